"""Invented fact-finding, for a province that is marked as a sample. Nobody and nothing here exists.

It travels the same road as real fact-finding: proposed, ordered, declared, heard, reported and decided by acts, with the
sample officers' own keys.
"""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils import timezone

from prongsai import sealed
from prongsai.acts import perform
from prongsai.complaints import sample as complaints
from prongsai.complaints.acts import WriteWorkingText
from prongsai.complaints.models import Case, Ground
from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.inquiries import acts
from prongsai.inquiries.models import Inquiry, Respondent
from prongsai.organisation.models import Province, User
from prongsai.sealed.keys import unwrap

HANDLER, ORDERER = "center_officer", "governor"
COMMITTEE = ("head_dopa", "plan_officer", "dpo")  # chair, member, secretary
REASON = "พิจารณาพยานหลักฐานในสำนวนแล้ว เป็นข้อมูลสมมติเพื่อสาธิตเท่านั้น (ตัวอย่าง)"
FIRST_TOKEN = 300  # of ``complaints.sample.sample_token``: apart from the complaints' own stories
STORIES = [
    # grounds, agency, narrative, days ago, how far it goes
    ((Ground.CORRUPTION,), "DOAE", "มีการเรียกรับเงินเพื่อจัดลำดับคิวรับปัจจัยการผลิต (เรื่องสมมติ)", 40, "working"),
    ((Ground.MALFEASANCE,), "DLD", "มีการเบิกค่าน้ำมันโดยมิได้ใช้รถราชการ (เรื่องสมมติ)", 70, "reported"),
    ((Ground.CORRUPTION, Ground.NEGLECT), "HEALTH", "มีการรับเงินจากผู้เสนองานและหัวหน้ารู้แต่เพิกเฉย (เรื่องสมมติ)", 100, "closed"),
]  # fmt: skip


def load_sample_inquiries(province: Province, users: dict[str, User]) -> list[Inquiry]:
    """One matter in fact-finding, one concluded, one closed. Loading again changes nothing."""
    if not province.is_sample:
        raise ValueError("invented matters are only for a province that is marked as a sample (is_sample)")
    if Inquiry.objects.filter(province=province).exists():
        return list(Inquiry.objects.filter(province=province))
    load_sample_keys(users)
    story = Story(province, users)
    return [story.tell(FIRST_TOKEN + i, *entry) for i, entry in enumerate(STORIES)]


def load_sample_keys(users: dict[str, User], keys: tuple[str, ...] = COMMITTEE) -> None:
    """Keys for the members of sample committees, with the passphrase of all sample keys."""
    for key in keys:
        person = users[key].person
        if sealed.keyholder_of(person) is None:
            sealed.create_keys(person, SAMPLE_PASSPHRASE)


class Story:
    """Brings inquiries to their states by the acts themselves, as the sample officers."""

    def __init__(
        self, province: Province, users: dict[str, User], committee: tuple[str, ...] = COMMITTEE
    ) -> None:
        self.filing = complaints.Story(province, users)
        self.province, self.users, self.committee = province, users, committee
        self.hands: dict[str, sealed.Unlocked] = {}
        self.at = timezone.now()

    def hand(self, key: str) -> sealed.Unlocked:
        if key not in self.hands:
            self.hands[key] = sealed.Unlocked(*unwrap(self.users[key].person, SAMPLE_PASSPHRASE))
        return self.hands[key]

    def do(self, act: type, record: Any, who: str, **data: Any) -> Any:
        """An hour after the one before; never in the future."""
        self.at = min(self.at + dt.timedelta(hours=1), timezone.now())
        fresh = type(record)._base_manager.get(pk=record.pk)
        perform(act, fresh, actor=self.filing.actor(who), data=data, at=self.at)
        return type(record)._base_manager.get(pk=record.pk)

    def day(self) -> dt.date:
        return timezone.localdate(self.at)

    # --- from the complaint to the committee

    def accepted(
        self, index: int, grounds: tuple[Ground, ...], agency: str, narrative: str, days_ago: int
    ) -> Case:
        case = self.filing.file(index, grounds, agency, narrative, days_ago)
        self.filing.accept(case)
        self.at = self.filing.times[case.pk]
        return Case.objects.get(pk=case.pk)

    def proposed(self, case: Case) -> Inquiry:
        self.do(WriteWorkingText, case, HANDLER, text=f"มีผู้แจ้งให้ตรวจสอบเรื่องเลขที่ {case.number} (ข้อมูลสมมติ)")
        text = {"accused": "นายสมมติ ตัวอย่างดี เจ้าพนักงาน (ไม่มีตัวตน)", "checked": True}
        self.do(acts.ShareWorkingText, case, HANDLER, unlocked=self.hand(HANDLER), **text)
        return Inquiry.objects.get(case=case, state=Inquiry.State.PROPOSED)

    def ordered(self, inquiry: Inquiry) -> Inquiry:
        chair, member, secretary = (self.users[key].person for key in self.committee)
        people = {"chair": chair, "members": [member], "secretary": secretary}
        order = {"order_no": "ตัวอย่าง 1/2570", "order_date": self.day(), "unlocked": self.hand(ORDERER)}
        return self.do(acts.OrderInquiry, inquiry, ORDERER, **order, **people)

    def working(self, inquiry: Inquiry) -> Inquiry:
        inquiry = self.ordered(inquiry)
        for key in self.committee:
            self.do(acts.DeclareNoInterest, inquiry.seats.get(person=self.users[key].person), key)
        return Inquiry.objects.get(pk=inquiry.pk)

    # --- the committee's work

    @property
    def chair(self) -> str:
        return self.committee[0]

    def respondent(self, inquiry: Inquiry, name: str, *, executive: bool = False) -> Respondent:
        who = {
            "name": name,
            "position": "เจ้าพนักงาน (สมมติ)",
            "staff_type": "civil_servant",
            "is_executive": executive,
        }
        self.do(acts.AddRespondent, inquiry, self.chair, **who)
        return inquiry.respondents.latest("number")

    def told(self, respondent: Respondent) -> Respondent:
        summary = "ถูกกล่าวหาว่าปฏิบัติหน้าที่โดยมิชอบตามที่ปรากฏในสำนวน (ข้อมูลสมมติ)"
        return self.do(acts.TellRespondent, respondent, self.chair, summary=summary, told_on=self.day())

    def heard(self, respondent: Respondent) -> Respondent:
        said = {"hearing": "statement", "heard_on": self.day(), "text": REASON}
        return self.do(acts.RecordHearing, self.told(respondent), self.chair, **said)

    def found(self, respondent: Respondent, finding: str, part: str, conduct: list[str]) -> Respondent:
        fields = {"finding": finding, "part": part, "conduct": conduct, "reason": REASON}
        return self.do(acts.RecordFinding, self.heard(respondent), self.chair, **fields)

    def summons(self, inquiry: Inquiry) -> Any:
        fields = {"kind": "witness", "person": None, "name": "นางพยาน สมมติ", "position": "", "letter_no": "ตัวอย่าง 2",
                  "letter_date": self.day(), "asked": "เชิญมาให้ถ้อยคำ ณ ศาลากลางจังหวัด (ข้อมูลสมมติ)"}  # fmt: skip
        self.do(acts.SendSummons, inquiry, self.chair, **fields)
        return inquiry.summonses.latest("number")

    def statement(self, inquiry: Inquiry) -> Any:
        fields = {"name": "นางพยาน สมมติ", "position": "", "place": "ศาลากลางจังหวัด", "respondent": "",
                  "taken_on": self.day(), "text": "ให้ถ้อยคำตามที่ได้เห็น (ข้อมูลสมมติ)"}  # fmt: skip
        self.do(acts.TakeStatement, inquiry, self.chair, **fields)
        return inquiry.statements.latest("number")

    def reported(self, inquiry: Inquiry) -> Inquiry:
        """Two respondents: one who acted, one who knew and did nothing."""
        inquiry = self.working(inquiry)
        self.do(acts.ConfirmStatement, self.statement(inquiry), self.chair, read_back=True, correction="")
        first = self.respondent(inquiry, "นายสมมติ ตัวอย่างดี (ไม่มีตัวตน)")
        self.found(first, "grave", "principal", ["M6.2.3.(2)", "M6.2.3.(5)"])
        second = self.respondent(inquiry, "นางสมมุติ ตัวอย่างงาม (ไม่มีตัวตน)", executive=True)
        self.found(second, "not_grave", "ignored", ["M6.2.3.(14)"])
        return self.do(acts.SubmitReport, inquiry, self.chair, text=REASON)

    # --- the end

    def decided(self, inquiry: Inquiry) -> Inquiry:
        inquiry = self.reported(inquiry)
        respondents = list(inquiry.respondents.order_by("number"))
        chosen = [(respondents[0], "discipline", True), (respondents[1], "discipline", False)]
        return self.do(acts.DecideAction, inquiry, ORDERER, reason=REASON, chosen=chosen)

    def sanctioned(self, sanction: Any, penalty: str) -> Any:
        order = {
            "penalty": penalty,
            "order_no": f"ตัวอย่าง {sanction.number}/2570",
            "order_date": self.day(),
            "detail": "",
        }
        return self.do(acts.OrderSanction, sanction, ORDERER, **order)

    def closed(self, inquiry: Inquiry) -> Inquiry:
        inquiry = self.decided(inquiry)
        for sanction, penalty in zip(
            inquiry.sanctions.order_by("number"), ("pay_reduction", "probation"), strict=True
        ):
            self.sanctioned(sanction, penalty)
            if sanction.concerns_corruption:
                letter = {"authority": "nacc", "letter_no": "ตัวอย่าง 3", "letter_date": self.day()}
                self.do(acts.TellAuthority, sanction, HANDLER, **letter)
            self.do(acts.MakeFinal, sanction, HANDLER, final_on=self.day())
        for act in (acts.NotifyResult, acts.CloseCase):
            self.do(act, inquiry.case, HANDLER)
        return Inquiry.objects.get(pk=inquiry.pk)

    def tell(self, index: int, *entry: Any) -> Inquiry:
        *about, how_far = entry
        inquiry = self.proposed(self.accepted(index, *about))
        if how_far == "working":
            inquiry = self.working(inquiry)
            self.summons(inquiry)
            self.told(self.respondent(inquiry, "นายสมมติ ตัวอย่างดี (ไม่มีตัวตน)"))
            return inquiry
        return self.reported(inquiry) if how_far == "reported" else self.closed(inquiry)
