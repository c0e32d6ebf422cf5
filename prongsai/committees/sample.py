"""Invented committees and meetings, for a province that is marked as a sample. Nobody and nothing here exists.

They travel the same road as real ones: drafted, signed, called, held and certified by acts, on the days that the story needs.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from typing import Any

from django.utils import timezone

from prongsai.acts import perform
from prongsai.committees import acts
from prongsai.committees.arithmetic import Votes
from prongsai.committees.models import (
    Attendance,
    Committee,
    Interest,
    Item,
    Kind,
    Meeting,
    Seat,
    Sector,
)
from prongsai.committees.room import room_of, voters_of
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Province, User

Role = Seat.Role
# name (a sample account's key in braces), post, body, sector, role
SEATS = [
    ("{governor}", "ผู้ว่าราชการจังหวัด", "จังหวัด (ตัวอย่าง)", "regional", Role.CHAIR),
    ("{vice_governor}", "รองผู้ว่าราชการจังหวัด", "จังหวัด (ตัวอย่าง)", "regional", Role.VICE_CHAIR),
    ("{kbj_member}", "ผู้แทนภาคประชาสังคม", "เครือข่ายประชาสังคมสมมติ", "civil", Role.MEMBER),
    ("{me_member}", "ผู้แทนภาคเอกชน", "หอการค้าสมมติ", "private", Role.MEMBER),
    ("นายสมมติ เมืองงาม", "นายกเทศมนตรี", "เทศบาลตำบลบ้านสมมติ", "local", Role.MEMBER),
    ("นางสมมุติ ไฟสว่าง", "ผู้จัดการ", "การไฟฟ้าสมมติ", "state_enterprise", Role.MEMBER),
    ("{head_provincial_office}", "หัวหน้าสำนักงานจังหวัด", "สำนักงานจังหวัด", "regional", Role.MEMBER_SECRETARY),
    ("{plan_officer}", "นักวิเคราะห์นโยบายและแผน", "สำนักงานจังหวัด", "regional", Role.ASSISTANT),
]
MUNICIPALITY = "เทศบาลตำบลบ้านสมมติ"
ITEMS = [
    ("รับรองรายงานการประชุมครั้งที่ผ่านมา (ตัวอย่าง)", Item.Purpose.INFORM, []),
    ("โครงการปรับปรุงถนนของเทศบาลตำบลบ้านสมมติ (ตัวอย่าง)", Item.Purpose.DECIDE, [MUNICIPALITY]),
    ("แผนพัฒนาจังหวัดฉบับทบทวน (ตัวอย่าง)", Item.Purpose.DECIDE, []),
]
COMING = [
    ("ผลการดำเนินงานรายไตรมาส (ตัวอย่าง)", Item.Purpose.INFORM, []),
    ("กรอบโครงการของปีงบประมาณถัดไป (ตัวอย่าง)", Item.Purpose.DECIDE, ["บริษัท ก่อสร้างสมมติ จำกัด"]),
]


def load_sample_committees(province: Province, users: dict[str, User]) -> Committee:
    """One integrated committee, one past meeting with certified minutes and a recusal, one coming. Loading again changes nothing."""
    if not province.is_sample:
        raise ValueError("invented committees are only for a province that is marked as a sample (is_sample)")
    found = Committee.objects.filter(province=province, is_sample=True, kind_id="kbj").first()
    if found is not None:
        return found
    story = Story(province, users)
    committee = story.committee("kbj", "plan_officer", "governor", SEATS, "ก.บ.จ. (ตัวอย่าง)")
    story.past_meeting(committee)
    story.coming_meeting(committee)
    return committee


class Story:
    """Brings committees and meetings to their states by the acts themselves, as the sample officers."""

    def __init__(self, province: Province, users: dict[str, User]) -> None:
        self.province, self.users = province, users
        self.at = timezone.now() - dt.timedelta(days=90)

    def actor(self, key: str) -> Actor:
        return Actor.of(self.users[key].person)  # type: ignore[arg-type]

    def person(self, key: str) -> Person:
        return self.users[key].person  # type: ignore[return-value]

    def do(self, act: type, record: Any, who: str, **data: Any) -> Any:
        if record is not None:
            record = fresh(record)
        return perform(act, record, actor=self.actor(who), data=data, at=self.at).record

    # --- the committee

    def draft(
        self, kind: str, secretary: str, seats: Sequence[tuple[str, ...]], short_name: str
    ) -> Committee:
        declared = Kind.objects.get(pk=kind)
        committee = self.do(
            acts.DraftCommittee, None, secretary, committee_kind=declared, committee_name=f"{declared.name_th} (ตัวอย่าง)",
            short_name=short_name, duties="พิจารณาเรื่องตามคำสั่งแต่งตั้ง (ข้อมูลสมมติเพื่อสาธิต)", legal_basis="",
        )  # fmt: skip
        for seat in seats:
            self.seat(committee, secretary, *seat)
        return fresh(committee)

    def seat(
        self,
        committee: Committee,
        secretary: str,
        name: str,
        position: str,
        body: str,
        sector: str,
        role: str,
    ) -> None:
        person = self.person(name.strip("{}")) if name.startswith("{") else None
        self.do(
            acts.AddSeat, committee, secretary, name=f"{name} (ตัวอย่าง)", person=person, position=position,
            organisation=body, sector=Sector.objects.get(pk=sector), role=role,
        )  # fmt: skip

    def committee(
        self, kind: str, secretary: str, signer: str, seats: Sequence[tuple[str, ...]], short_name: str
    ) -> Committee:
        """Drafted, signed and, where its kind is public, published."""
        committee = self.draft(kind, secretary, seats, short_name)
        self.do(acts.SubmitComposition, committee, secretary)
        day = self.at.date()
        self.do(
            acts.SignOrder, committee, signer, order_no="ตัวอย่าง 1/2569", order_date=day, starts_on=day,
            ends_on=None,
        )  # fmt: skip
        if committee.is_public:
            self.do(acts.PublishComposition, committee, secretary)
        return fresh(committee)

    # --- meetings

    def meeting(
        self, committee: Committee, secretary: str, on: dt.date, items: Sequence[tuple[Any, ...]]
    ) -> Meeting:
        """In preparation."""
        meeting = self.do(
            acts.PrepareMeeting, None, secretary, committee=committee, held_on=on, starts_at=dt.time(9, 30),
            place="ห้องประชุมสมมติ ศาลากลางจังหวัด",
        )  # fmt: skip
        for title, purpose, parties in items:
            self.do(
                acts.AddItem, meeting, secretary, subject=title, detail="", item_purpose=purpose, parties=parties,
                applies_apa=False, is_secret=False,
            )  # fmt: skip
        return fresh(meeting)

    def call(self, meeting: Meeting, secretary: str) -> Meeting:
        return self.do(acts.CallMeeting, meeting, secretary, called_on=timezone.localdate(self.at))

    def open(self, meeting: Meeting, secretary: str, away: tuple[str, ...] = ()) -> Meeting:
        """Everybody comes but ``away`` (names)."""
        statuses = {
            row.pk: (Attendance.Status.LEAVE if row.seat.name in away else Attendance.Status.CAME, "")
            for row in Attendance.objects.filter(meeting=meeting).select_related("seat")
        }
        self.do(acts.RecordAttendance, meeting, secretary, statuses=statuses)
        chair = fresh(meeting).committee.seats_in_force().filter(role=Role.CHAIR).get()
        return self.do(acts.OpenMeeting, meeting, secretary, presiding=chair, opened_at=dt.time(9, 30))

    def ask(self, item: Item, secretary: str) -> Item:
        return self.do(acts.AskInterests, item, secretary)

    def begin(self, item: Item, secretary: str) -> Item:
        """Asked, nobody with an interest but those whose names match: they leave."""
        self.ask(item, secretary)
        for interest in Interest.objects.filter(item=item).exclude(reasons=[]):
            self.do(
                acts.DeclareLeave, interest, secretary, relation="เป็นผู้บริหารของหน่วยงานเจ้าของโครงการ (สมมติ)",
                left_at=dt.time(10, 0),
            )  # fmt: skip
        if Interest.objects.filter(item=item, state=Interest.State.ASKED).exists():
            self.do(acts.NoneOfTheOthers, item, secretary)
        return self.do(acts.StartItem, item, secretary)

    def conclude(self, item: Item, secretary: str) -> Item:
        item = fresh(item)
        if item.purpose == Item.Purpose.INFORM:
            return self.do(
                acts.NoteItem, item, secretary, text="ตามที่ฝ่ายเลขานุการเสนอ (ตัวอย่าง)", ended_at=dt.time(9, 50)
            )
        return self.do(
            acts.Resolve, item, secretary, resolution="เห็นชอบตามที่เสนอ และให้ฝ่ายเลขานุการดำเนินการต่อไป (ตัวอย่าง)",
            presided=voters_of(item)[0], ballot=Item.Ballot.OPEN, against=[], abstained=[], dissent=[],
            votes=Votes(room_of(item).voters), ended_at=dt.time(10, 45),
        )  # fmt: skip

    def hold(self, meeting: Meeting, secretary: str) -> Meeting:
        """Every item asked, begun and concluded; the meeting closed."""
        for item in Item.objects.filter(meeting=meeting).order_by("number"):
            self.begin(item, secretary)
            self.conclude(item, secretary)
        return self.do(acts.CloseMeeting, meeting, secretary, closed_at=dt.time(11, 30))

    def past_meeting(self, committee: Committee) -> Meeting:
        held = timezone.now() - dt.timedelta(days=14)
        self.at = held - dt.timedelta(days=16)
        meeting = self.meeting(committee, "plan_officer", timezone.localdate(held), ITEMS)
        self.call(meeting, "plan_officer")
        self.at = held
        self.open(meeting, "plan_officer", away=("นางสมมุติ ไฟสว่าง (ตัวอย่าง)",))
        self.hold(meeting, "plan_officer")
        self.at = held + dt.timedelta(days=2)
        self.do(acts.WriteMinutes, meeting, "plan_officer", text="")
        self.at = held + dt.timedelta(days=4)
        return self.do(acts.CertifyMinutes, meeting, "governor")

    def coming_meeting(self, committee: Committee) -> Meeting:
        self.at = timezone.now() - dt.timedelta(days=1)
        on = timezone.localdate() + dt.timedelta(days=14)
        return self.call(self.meeting(committee, "plan_officer", on, COMING), "plan_officer")


def fresh(record: Any) -> Any:
    """The record as it is now, with what acts look at."""
    related = {
        Committee: ("kind", "agency", "province", "secretary"),
        Meeting: ("committee__kind", "committee__province", "province", "presiding"),
        Item: ("meeting__committee__kind", "meeting__presiding", "province"),
        Interest: ("item__meeting__committee__kind", "attendance__seat", "province"),
    }[type(record)]
    return type(record).objects.select_related(*related).get(pk=record.pk)
