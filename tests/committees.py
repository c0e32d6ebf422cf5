"""For the stage: a working group, its meetings and their items in every state that an act begins from.

Its secretary is the officer of the cast, its chair the supervisor, and the head of their agency signs.
"""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from prongsai.committees import acts
from prongsai.committees.models import Interest, Item, Kind, Meeting, Seat
from prongsai.committees.sample import Story, fresh

Role = Seat.Role
SECRETARY, SIGNER, CHAIR = "officer", "head_agency", "supervisor"
SEATS = [
    ("{supervisor}", "หัวหน้ากลุ่ม", "สำนักงาน", "regional", Role.CHAIR),
    ("นายหนึ่ง สมมติ", "ผู้แทน", "องค์กรสมมติ", "civil", Role.MEMBER),
    ("นางสอง สมมติ", "ผู้แทน", "องค์กรอื่น", "private", Role.MEMBER_SECRETARY),
]
INFORM, DECIDE = Item.Purpose.INFORM, Item.Purpose.DECIDE


def every_state(province: Any, users: dict[str, Any]) -> dict[str, Any]:
    """Records by what is to be tried on them: ``committee draft``, ``meeting open``, ``item asking``, ``interest asked`` …"""
    maker = _Maker(province, users)
    return {name: fresh(record) for name, record in maker.make().items()}


class _Maker:
    def __init__(self, province: Any, users: dict[str, Any]) -> None:
        self.story = Story(province, users)
        self.story.at = timezone.now()
        self.kind = Kind.objects.create(
            key="stage", name_th="คณะทำงานทดสอบสิทธิ", name_en="Working group", required_groups=["civil"],
            legal_basis="คำสั่ง", signed_by="head_agency", drafted_by="officer", is_public=True, substitutes=True,
            notice_rule="committee_meeting_notice", practices=["M3.9"],
        )  # fmt: skip

    def make(self) -> dict[str, Any]:
        story, found = self.story, {}
        found["committee draft"] = story.draft("stage", SECRETARY, SEATS, "ร่าง")
        found["committee incomplete"] = story.draft("stage", SECRETARY, SEATS, "ไม่ครบ")
        Seat.objects.filter(committee=found["committee incomplete"], sector_id="civil").update(
            sector_id="people"
        )
        found["committee checked"] = story.draft("stage", SECRETARY, SEATS, "รอลงนาม")
        for name in ("committee incomplete", "committee checked"):
            story.do(acts.SubmitComposition, found[name], SECRETARY)
        found["committee published"] = self.group = story.committee(
            "stage", SECRETARY, SIGNER, SEATS, "เผยแพร่"
        )
        found["committee signed"] = story.draft("stage", SECRETARY, SEATS, "ลงนาม")
        story.do(acts.SubmitComposition, found["committee signed"], SECRETARY)
        day = timezone.localdate()
        order = {"order_no": "1/2570", "order_date": day, "starts_on": day, "ends_on": None}
        story.do(acts.SignOrder, found["committee signed"], SIGNER, **order)
        return found | self.meetings() | self.items()

    def called(self, *purposes: str) -> Meeting:
        agenda = [(f"เรื่องที่ {n}", purpose, ["องค์กรสมมติ"]) for n, purpose in enumerate(purposes, 1)]
        meeting = self.story.meeting(self.group, SECRETARY, timezone.localdate(), agenda)
        return self.story.call(meeting, SECRETARY)

    def opened(self, *purposes: str) -> tuple[Meeting, list[Item]]:
        meeting = self.called(*purposes)
        self.story.open(meeting, SECRETARY)
        return meeting, list(Item.objects.filter(meeting=meeting).order_by("number"))

    def held(self) -> Meeting:
        meeting, _items = self.opened(DECIDE)
        return self.story.hold(meeting, SECRETARY)

    def meetings(self) -> dict[str, Meeting]:
        story = self.story
        agenda = [("เรื่อง", DECIDE, [])]
        found = {"meeting draft": story.meeting(self.group, SECRETARY, timezone.localdate(), agenda)}
        found["meeting called"] = self.called(DECIDE)
        came = {row.pk: ("came", "") for row in found["meeting called"].attendances.all()}
        story.do(acts.RecordAttendance, found["meeting called"], SECRETARY, statuses=came)
        found["meeting open"], items = self.opened(INFORM)
        story.begin(items[0], SECRETARY)
        story.conclude(items[0], SECRETARY)
        for name in ("closed", "written", "certified"):
            found[f"meeting {name}"] = self.held()
        for name in ("written", "certified"):
            story.do(acts.WriteMinutes, found[f"meeting {name}"], SECRETARY, text="")
        story.do(acts.CertifyMinutes, found["meeting certified"], CHAIR)
        return found

    def items(self) -> dict[str, Any]:
        story, found = self.story, {}
        found["item waiting"] = self.opened(DECIDE)[1][0]
        found["item asking"] = self.opened(DECIDE)[1][0]
        story.ask(found["item asking"], SECRETARY)
        found["interest asked"] = Interest.objects.get(
            item=found["item asking"], attendance__seat__sector="civil"
        )
        found["item answered"] = self.opened(DECIDE)[1][0]
        story.ask(found["item answered"], SECRETARY)
        for prompt in Interest.objects.filter(item=found["item answered"]):
            story.do(acts.DeclareNone, prompt, SECRETARY)
        found["item considered"], found["item informed"] = (
            self.opened(DECIDE)[1][0],
            self.opened(INFORM)[1][0],
        )
        for name in ("item considered", "item informed"):
            story.begin(found[name], SECRETARY)
        found["item reviewed"] = Item.objects.filter(meeting=self.held()).get()
        Item.objects.filter(pk=found["item reviewed"].pk).update(legal_review=True)
        return found
