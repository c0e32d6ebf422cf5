"""What people do in the tests of fact-finding, in the way they do it: through the pages."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai import sealed
from prongsai.acts import Act
from prongsai.complaints.acts import Accept, ProposeAcceptance, WriteWorkingText
from prongsai.complaints.forms_sending import CHECKLIST
from prongsai.complaints.models import Case
from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.complaints.tests import steps as complaints
from prongsai.complaints.tests.steps import REASON, said
from prongsai.inquiries import acts
from prongsai.inquiries.models import Inquiry, Respondent
from prongsai.organisation.models import Agency
from prongsai.registers import register_for
from prongsai.signin.testing import sign_in
from prongsai.thai.dates import format_date

WORKING = "มีผู้แจ้งว่าเจ้าหน้าที่เรียกรับเงินเพื่ออนุมัติคำขอ (ปกปิดผู้ร้องเรียนแล้ว)"
ACCUSED = "นาย ก. สมมติกล้า ตำแหน่ง นักวิชาการ"
REPORT = "คณะกรรมการสอบพยานและเอกสารแล้ว ข้อเท็จจริงฟังได้ตามที่ปรากฏในสำนวน"
SUMMARY = "ถูกกล่าวหาว่าเรียกรับเงินจากผู้ยื่นคำขอเมื่อเดือนพฤษภาคม พ.ศ. ๒๕๖๙"
CHAIR, MEMBER, SECRETARY = "head_dopa", "plan_officer", "dpo"
COMMITTEE = (CHAIR, MEMBER, SECRETARY)


def make_keys(world: dict[str, Any], *keys: str) -> None:
    for key in keys:
        if sealed.keyholder_of(world[key].person) is None:
            sealed.create_keys(world[key].person, SAMPLE_PASSPHRASE)


def name_of(user: Any) -> str:
    return user.person.full_name


def today() -> str:
    return format_date(timezone.localdate(), "numeric")


def url(declared: type[Act], record: Any) -> str:
    return reverse("office:act", args=[declared.key(), record.pk])


def try_act(
    client: Client, declared: type[Act], record: Any, *, version: int | None = None, **data: Any
) -> Any:
    seen = (
        type(record).objects.values_list("version", flat=True).get(pk=record.pk)
        if version is None
        else version
    )
    return client.post(url(declared, record), {**data, "version": seen})


def act(client: Client, declared: type[Act], record: Any, **data: Any) -> Any:
    """Do an act; the record as it is afterwards."""
    answer = try_act(client, declared, record, **data)
    assert answer.status_code == 303, (answer.status_code, complaints.problems(answer), said(answer))
    return type(record).objects.get(pk=record.pk)


def page(client: Client, record: Any) -> Any:
    register = register_for(type(record)._meta.label_lower)
    return client.get(reverse("office:record", args=[register.key, record.pk]))


class Matter:
    """One matter on its way; ``desk(key)`` is a browser with the sealed key in hand."""

    def __init__(self, world: dict[str, Any], desk: Any) -> None:
        self.world, self._desk, self._open = world, desk, {}

    def desk(self, key: str) -> Client:
        if key not in self._open:
            self._open[key] = self._desk(key)
        return self._open[key]

    def plain(self, key: str) -> Client:
        """A browser without a sealed key in hand."""
        return sign_in(Client(), self.world[key])

    def again(self) -> None:
        """Sessions do not last overnight."""
        self._open.clear()

    def accepted(self, agency: str = "DOAE", **changes: Any) -> Case:
        accused = str(Agency.objects.get(province="50", code=agency).pk)
        self.filed = complaints.file_signed(accused_agency=accused, **changes)
        officer = self.desk("center_officer")
        case = complaints.screen(officer, self.filed.case)
        complaints.act(officer, ProposeAcceptance, case, reason=REASON)
        return complaints.act(self.desk("center_head"), Accept, case)

    def proposed(self, **changes: Any) -> Inquiry:
        self.case = self.accepted(**changes)
        return self.share()

    def share(self, **changes: Any) -> Inquiry:
        fields = {"accused": ACCUSED, "checked": "on", **changes}
        looked = [key for key, _words in CHECKLIST]
        act(self.desk("center_officer"), WriteWorkingText, self.case, text=WORKING, checked=looked)
        act(self.desk("center_officer"), acts.ShareWorkingText, self.case, **fields)
        return Inquiry.objects.get(case=self.case, state=Inquiry.State.PROPOSED)

    def committee(self, **changes: Any) -> dict[str, Any]:
        chair, member, secretary = (name_of(self.world[key]) for key in COMMITTEE)
        order = {"order_no": "๑๒/๒๕๗๐", "order_date": today()}
        return {**order, "chair": chair, "members": member, "secretary": secretary, **changes}

    def ordered(self, by: str = "vice_governor", **changes: Any) -> Inquiry:
        inquiry = self.proposed(**changes)
        return act(self.desk(by), acts.OrderInquiry, inquiry, **self.committee())

    def working(self, **changes: Any) -> Inquiry:
        inquiry = self.ordered(**changes)
        return self.declare(inquiry)

    def declare(self, inquiry: Inquiry) -> Inquiry:
        for key in COMMITTEE:
            seat = inquiry.seats.get(person=self.world[key].person)
            act(self.desk(key), acts.DeclareNoInterest, seat)
        return Inquiry.objects.get(pk=inquiry.pk)

    def respondent(self, inquiry: Inquiry, name: str = "นาย ก. สมมติกล้า", **changes: Any) -> Respondent:
        fields = {"name": name, "position": "นักวิชาการ", "staff_type": "civil_servant", **changes}
        act(self.desk(MEMBER), acts.AddRespondent, inquiry, **fields)
        return inquiry.respondents.order_by("number").last()

    def heard(self, respondent: Respondent, hearing: str = "statement") -> Respondent:
        clerk = self.desk(SECRETARY)
        act(clerk, acts.TellRespondent, respondent, summary=SUMMARY, told_on=today())
        return act(clerk, acts.RecordHearing, respondent, hearing=hearing, heard_on=today(), text=REASON)

    def found(self, respondent: Respondent, **changes: Any) -> Respondent:
        fields = {"finding": "grave", "part": "principal", "reason": REASON, **changes}
        return act(self.desk(MEMBER), acts.RecordFinding, respondent, **fields)

    def reported(self, inquiry: Inquiry | None = None, **changes: Any) -> Inquiry:
        inquiry = inquiry or self.working()
        if not inquiry.respondents.exists():
            self.found(self.heard(self.respondent(inquiry)), **changes)
        return act(self.desk(CHAIR), acts.SubmitReport, inquiry, text=REPORT)

    def decided(self, inquiry: Inquiry | None = None, by: str = "vice_governor", **changes: Any) -> Inquiry:
        inquiry = inquiry or self.reported()
        fields = {"reason": REASON, "tracks_1": ["discipline"], **changes}
        return act(self.desk(by), acts.DecideAction, inquiry, **fields)
