"""For the stage: an inquiry in every state that an act begins from. The chair is the officer of the other agency."""

from __future__ import annotations

from typing import Any

from django.utils import timezone

from prongsai.complaints.models import Case, Ground, Message
from prongsai.complaints.tests.steps import pdf
from prongsai.inquiries import acts
from prongsai.inquiries.models import Summons
from prongsai.inquiries.sample import HANDLER, ORDERER, REASON, Story, load_sample_keys
from prongsai.organisation.periods import today
from prongsai.thai.dates import format_date

COMMITTEE = ("officer_4", "head_dopa", "plan_officer")  # "elsewhere" of the cast, and two who are not in it


def every_state(province: Any, users: dict[str, Any]) -> dict[str, Any]:
    """Records by what is to be tried on them: ``inquiry working``, ``seat asked``, ``sanction ordered``, ``case notified`` …"""
    load_sample_keys(users, COMMITTEE)
    return _Maker(Story(province, users, COMMITTEE)).make()


class _Maker:
    def __init__(self, story: Story) -> None:
        self.story, self.token = story, 400

    def proposed(self) -> Any:
        self.token += 1
        case = self.story.accepted(self.token, (Ground.NEGLECT,), "DOAE", "เรื่องที่สอบข้อเท็จจริง", 20)
        return self.story.proposed(case)

    def make(self) -> dict[str, Any]:
        story, found = self.story, dict[str, Any]({"inquiry proposed": self.proposed()})
        found["inquiry ordered"] = ordered = story.ordered(self.proposed())
        found["seat asked"] = ordered.seats.get(person=story.users[COMMITTEE[0]].person)
        found |= self.at_work() | self.over()
        return {name: _fresh(record) for name, record in found.items()}

    def at_work(self) -> dict[str, Any]:
        story = self.story
        inquiry = story.working(self.proposed())
        found: dict[str, Any] = {"inquiry working": inquiry}
        found["respondent named"] = story.respondent(inquiry, "นายหนึ่ง ไม่มีตัวตน")
        found["respondent told"] = story.told(story.respondent(inquiry, "นายสอง ไม่มีตัวตน"))
        found["respondent heard"] = story.heard(story.respondent(inquiry, "นายสาม ไม่มีตัวตน"))
        found["summons sent"] = story.summons(inquiry)
        Summons.objects.filter(pk=found["summons sent"].pk).update(due_on="2020-01-01")  # long over
        found["statement written"] = story.statement(inquiry)
        quiet = story.working(self.proposed())
        found["inquiry quiet"] = quiet  # nobody is accused: the chair may report
        found["inquiry reported"] = story.reported(self.proposed())
        return found

    def over(self) -> dict[str, Any]:
        story = self.story
        decided = story.decided(self.proposed())
        first, second = decided.sanctions.order_by("number")
        found = {"sanction proposed": first, "sanction ordered": story.sanctioned(second, "probation")}
        found["case action"] = decided.case
        told = story.decided(self.proposed())
        found["case notified"] = story.do(acts.NotifyResult, told.case, HANDLER)
        # No statutory notice is owed any more: the case may be closed.
        owed, other = told.sanctions.order_by("number")
        letter = {"authority": "nacc", "letter_no": "๑", "letter_date": story.day()}
        story.do(acts.TellAuthority, owed, HANDLER, **letter)
        appeal = {"appeal_to": "ก.พ.ค.", "appealed_on": story.day(), "text": ""}
        other = story.sanctioned(other, "probation")
        found["sanction appealed"] = story.do(acts.RecordAppeal, other, HANDLER, **appeal)
        found["case closed"] = self.closed()
        found["case reopening"] = again = self.closed()
        self.send_more(again)
        story.do(acts.ProposeReopening, again, HANDLER, source="sender", reason=REASON, files=[])
        return found

    def closed(self) -> Case:
        """Ended without action: nobody was found to have done it."""
        story = self.story
        inquiry = story.working(self.proposed())
        inquiry = story.do(acts.SubmitReport, inquiry, story.chair, text=REASON, nobody=True)
        inquiry = story.do(acts.DecideNoAction, inquiry, ORDERER, reason=REASON)
        for act in (acts.NotifyResult, acts.CloseCase):
            story.do(act, inquiry.case, HANDLER)
        return inquiry.case

    def send_more(self, case: Case) -> None:
        """As if the sender had written after the result."""
        receipt = case.receipts.get()
        Message.objects.create(
            receipt=receipt,
            way=Message.Way.FROM_SENDER,
            title="ข้อมูลเพิ่มเติมจากผู้ร้องเรียน",
            sealed=receipt.correspondence.put("หลักฐานใหม่", context=f"message:{receipt.pk}"),
            written_at=timezone.now(),
            released_at=timezone.now(),
        )


def _fresh(record: Any) -> Any:
    return type(record)._base_manager.get(pk=record.pk)


def answers(key: str) -> dict[str, Any]:
    """Sensible answers where the stage's common ones do not fit the form of an act of this room."""
    this_day = format_date(today(), style="numeric")
    same = {"told_on": this_day, "heard_on": this_day, "answered_on": this_day, "taken_on": this_day,
            "final_on": this_day, "appealed_on": this_day, "letter_date": this_day, "order_date": this_day}  # fmt: skip
    special: dict[str, dict[str, Any]] = {
        "share_working_text": {"checked": "on", "accused": "นายหนึ่ง ไม่มีตัวตน"},
        "add_respondent": {"name": "นายสี่ ไม่มีตัวตน"},
        "send_summons": {"kind": "witness", "name": "นายห้า พยาน", "asked": REASON},
        "take_statement": {"name": "นายห้า พยาน"},
        "add_evidence": {"files": [pdf()], "description": REASON},
        "confirm_statement": {"read_back": "on"},
        "tell_respondent": {"summary": REASON},
        "record_hearing": {"hearing": "refused"},
        "record_finding": {"finding": "unfounded", "part": ""},
        "submit_report": {"nobody": "on"},
        "decide_action": {"tracks_1": ["discipline"]},
        "order_sanction": {"penalty": "probation"},
        "tell_authority": {"authority": "nacc"},
        "record_appeal": {"appeal_to": "ก.พ.ค."},
        "record_appeal_result": {"appeal_result": "dismissed"},
        "propose_reopening": {"source": "officer", "files": [pdf()]},
    }
    room, _dot, name = key.partition(".")
    return {**same, **special.get(name, {})} if room == "inquiries" else {}
