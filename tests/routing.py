"""Matters on the way to their handlers and out of the house, made ready for one act each (``test_permission_acts.py``)."""

from __future__ import annotations

import hashlib
from typing import TYPE_CHECKING, Any

from django.urls import reverse

from prongsai.acts import perform
from prongsai.complaints import acts
from prongsai.complaints.forwarding import FileForForwarding
from prongsai.complaints.intake import Message
from prongsai.complaints.models import Case, Channel, Ground
from prongsai.complaints.review_request import AskReview
from prongsai.organisation.actors import Actor

if TYPE_CHECKING:
    from tests.stage import Stage

REASON = "เหตุผลที่ยาวพอสำหรับการทดสอบสิทธิของแต่ละบทบาทในระบบ"
TESTS = {"evidence_text": REASON, "witness_text": REASON}
LETTER = {"letter_no": "1/2570", "reason": REASON, "notice": ""}
COLLEAGUE, OFFICER, VICE = "center_officer_2", "center_officer", "vice_governor"


def unsigned(stage: Stage, *, by: str, evidence: str = "no", witness: str = "no") -> Case:
    """Tested by one officer; the other has not signed yet."""
    case = stage.story.file(93, (), "DOAE", "เรื่องที่มิได้ลงชื่อ", 3)
    stage.story.screen(case, by=by)
    stage.story.do(acts.TestUnsigned, case, by, evidence_test=evidence, witness_test=witness, **TESTS)
    return case


def signed_test(stage: Stage, *, by: str, second: str, **tests: str) -> Case:
    case = unsigned(stage, by=by, **tests)
    stage.story.do(acts.SignTest, case, second, agrees="yes", reason="")
    return case


def rumour(stage: Stage, by: str = OFFICER, second: str = COLLEAGUE) -> Case:
    case = signed_test(stage, by=by, second=second)
    stage.story.do(acts.RecordCheck, case, by, text=REASON)
    return case


def keep_proposed(stage: Stage) -> Case:
    case = rumour(stage, COLLEAGUE, "center_officer_3")
    stage.story.do(acts.ProposeKeep, case, COLLEAGUE, reason=REASON)
    return case


def kept(stage: Stage) -> Case:
    case = keep_proposed(stage)
    stage.story.do(acts.ConfirmKeep, case, OFFICER, reason=REASON)
    return case


def strong(stage: Stage) -> Case:
    return signed_test(stage, by=OFFICER, second=COLLEAGUE, evidence="yes")


def head_decides(stage: Stage) -> Case:
    return _by_page(stage, acts.AskHead, strong(stage))


def review(stage: Stage) -> Case:
    case = stage.fresh(stage.cases["refused"])
    data = {"text": REASON, "files": [], "token": b"review", "receipt": case.receipts.get()}
    perform(AskReview, case, actor=Actor.tracker(stage.province, str(case.pk)), data=data)
    return case


def in_review(stage: Stage) -> Case:
    return _by_page(stage, acts.AssignReviewer, review(stage))


def outside(stage: Stage) -> Case:
    case = stage.story.file(92, (Ground.NEGLECT,), None, "เจ้าหน้าที่ของเทศบาล", 3)
    stage.story.screen(case, outside=True)
    stage.story.write_working_text(case)
    return case


def service(stage: Stage) -> Case:
    case = stage.story.file(94, (Ground.DELAY,), "DLT", "ใบอนุญาตล่าช้า", 5)
    stage.story.screen(case)
    answers = {"accused_staff_type": "civil_servant", "main_ground": "G4", "foundation": "founded"}
    stage.story.do(acts.Assess, case, OFFICER, case_class=Case.Class.SERVICE.value, note=REASON, **answers)
    stage.story.write_working_text(case)
    stage.story.do(acts.ProposeAcceptance, case, OFFICER, reason=REASON)
    stage.story.do(acts.Accept, case, "center_head", reason="")
    return case


def transfer_proposed(stage: Stage) -> Case:
    case = stage.story.file(95, (Ground.CORRUPTION,), "DOAE", "เรื่องที่อยู่ในอำนาจ ป.ป.ช.", 3)
    stage.story.screen(case)
    stage.story.write_working_text(case)
    stage.story.do(acts.ProposeTransfer, case, COLLEAGUE, transfer_to="nacc", reason=REASON)
    return case


def forwarding(stage: Stage) -> Case:
    message = Message(
        channel=Channel.WEB,
        token=hashlib.blake2b(b"forwarding", digest_size=16).digest(),
        accused={"agency": "", "name": "ผู้ว่าราชการจังหวัด"},
        story={"narrative": "เรื่องสมมติ"},
        sender={"name": "ผู้ร้องสมมติ"},
        copy="คำร้องสมมติ",
    )
    data = {"message": message, "forward_to": "nacc", "with_name": True}
    return perform(FileForForwarding, None, actor=Actor.anonymous(stage.province), data=data).record


def returned(stage: Stage) -> Case:
    """Sent back by the second person: from here a refusal may be proposed."""
    case = stage.cases["refuse_proposed"]
    stage.story.do(acts.ReturnProposal, case, OFFICER, reason=REASON)
    return case


def to_share(stage: Stage) -> Case:
    """Accepted, with what may leave the case file."""
    case = stage.cases["accepted"]
    stage.story.times[case.pk] = case.created_at
    stage.story.do(acts.WriteWorkingText, case, OFFICER, text=REASON)
    return case


READY = {
    "returned": returned,
    "to share": to_share,
    "test made": lambda stage: unsigned(stage, by=COLLEAGUE),
    "rumour": rumour,
    "keep proposed": keep_proposed,
    "kept": kept,
    "strong": strong,
    "head decides": head_decides,
    "review": review,
    "in review": in_review,
    "outside": outside,
    "service": service,
    "transfer proposed": transfer_proposed,
    "forwarding": forwarding,
}


def _by_page(stage: Stage, act: Any, case: Case) -> Case:
    """The centre's officer puts it before the vice governor, with his key in hand."""
    client, case = stage.unlocked("centre"), stage.fresh(case)
    data = {"executive": stage.users[VICE].person.pk, "reason": REASON, "version": case.version}
    answer = client.post(reverse("office:act", args=[act.key(), case.pk]), data)
    assert answer.status_code == 303, answer.content.decode()
    client.post(reverse("sealed:lock"))
    return case
