"""Every act, tried by everybody on the record that is ready for it. An act without a row here fails the test: who may?

Whoever may not changes nothing: neither the record nor the ledger's count of that act.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import pytest
from django.urls import reverse

from prongsai.acts import Act, act_of, all_acts, open_to, perform
from prongsai.acts.declaration import record_type
from prongsai.complaints.forms_sending import CHECKLIST
from prongsai.complaints.models import Reveal
from prongsai.ledger.models import Entry
from prongsai.organisation.models import Person
from prongsai.organisation.periods import today
from prongsai.organisation.sample import SAMPLE_DOMAIN
from prongsai.registers import register_for
from prongsai.retention import acts as retention
from prongsai.thai.dates import format_date
from prongsai.workdays.models import Holiday
from tests import inquiries
from tests.routing import READY
from tests.stage import CAST, PUBLIC, REASON, STAFF, Stage, outcome, played, some_of

# One worker builds the stage, and early: these are long.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("test_permission_acts")]

PASSPHRASE = "ต้นไม้สามต้นริมแม่น้ำเก่า"
OPEN, UNLOCK, FORBIDDEN, MISSING = 200, "moved", 403, 404


@dataclass(frozen=True)
class Who:
    """``on``: which record of the stage; None: the act makes one. ``may`` by name; ``seen``: refused, but the record is theirs to see."""

    on: str | None
    may: tuple[str, ...] = ()
    seen: tuple[str, ...] = ()
    unlocks: bool = False

    def expected(self, name: str) -> int | str:
        if name in PUBLIC:
            return "sign in"
        if name in self.may:
            return UNLOCK if self.unlocks else OPEN
        if name in self.seen:
            return UNLOCK if self.unlocks else FORBIDDEN
        return FORBIDDEN if self.on is None else MISSING


CENTRE = ("centre",)
CENTRE_AND_CUSTODIAN = ("centre", "custodian")  # who keep the printed keys
SECRETARY, CHAIR, SIGNER = ("officer",), ("supervisor",), ("head",)  # of the stage's working group
GOVERNOR, PROTECTOR = ("governor",), ("protection_officer",)  # nobody of the cast
LINE = ("officer", "supervisor", "head", "auditor")  # who sees it
# Of fact-finding: who may, and who sees it all the same.
COMMITTEE = (("elsewhere",), ("centre", "head"))
DECIDER = (("head",), ("centre", "elsewhere"))
NOBODY_AT_A_DESK = Who("received")  # a citizen's or the clock's act: no officer finds it
TABLE = {
    "complaints.start_screening": Who("received", CENTRE),
    "complaints.assess": Who("screening", CENTRE),
    "complaints.record_check": Who("screening", CENTRE),
    "complaints.test_unsigned": Who("unsigned", CENTRE),
    "complaints.sign_test": Who("test made", CENTRE),
    "complaints.propose_keep": Who("rumour", CENTRE),
    "complaints.confirm_keep": Who("keep proposed", CENTRE),
    "complaints.reopen_kept": Who("kept", CENTRE),
    "complaints.ask_head": Who("strong", CENTRE, unlocks=True),
    # For the one executive to whom the question was put.
    "complaints.head_accepts": Who("head decides", seen=CENTRE),
    "complaints.head_keeps": Who("head decides", seen=CENTRE),
    "complaints.head_returns": Who("head decides", seen=CENTRE),
    "complaints.assign_reviewer": Who("review", CENTRE, unlocks=True),
    "complaints.uphold_review": Who("in review", seen=CENTRE),
    "complaints.refuse_again": Who("in review", seen=CENTRE),
    "complaints.write_working_text": Who("screening", CENTRE),
    "complaints.refer_to_damrongtham": Who("service", CENTRE),
    "complaints.propose_transfer": Who("screening", CENTRE),
    "complaints.transfer": Who("transfer proposed", CENTRE),
    "complaints.record_reply": Who("referred", CENTRE),
    # About the governor: nobody but the custodians.
    "complaints.forward_sealed": Who("forwarding", ("custodian",)),
    "complaints.assign_handler": Who("screening", seen=CENTRE, unlocks=True),
    "complaints.recuse": Who("screening", CENTRE),
    "complaints.ask_more": Who("screening", CENTRE),
    "complaints.propose_acceptance": Who("screening", CENTRE),
    "complaints.propose_refusal": Who("returned", CENTRE),
    "complaints.refer": Who("outside", CENTRE),
    # The centre's officer proposed the acceptance himself; the refusal came from the colleague.
    "complaints.accept": Who("accept_proposed", seen=CENTRE),
    "complaints.refuse": Who("refuse_proposed", CENTRE),
    "complaints.return_proposal": Who("refuse_proposed", CENTRE),
    "complaints.return_unanswered": NOBODY_AT_A_DESK,
    "complaints.file_complaint": NOBODY_AT_A_DESK,
    "complaints.file_for_forwarding": NOBODY_AT_A_DESK,
    "complaints.ask_review": NOBODY_AT_A_DESK,
    "complaints.send_more": NOBODY_AT_A_DESK,
    "complaints.confirm_signature": NOBODY_AT_A_DESK,
    # By the page that reads scans, which asks the act itself; there is no button.
    "complaints.file_signed_paper": NOBODY_AT_A_DESK,
    "complaints.request_reveal": Who("unsigned", CENTRE),
    "complaints.allow_reveal": Who("reveal requested", ("custodian",), seen=CENTRE, unlocks=True),
    "complaints.decline_reveal": Who("reveal requested", ("custodian",), seen=CENTRE),
    "complaints.open_identity": Who("reveal approved", CENTRE, seen=("custodian",), unlocks=True),
    "complaints.lapse_reveal": Who("reveal requested"),
    "complaints.declare_no_complaint": Who(None, CENTRE),
    "compliance.add_holiday": Who(None, ("admin",)),
    "compliance.withdraw_holiday": Who(None, ("admin",)),
    "complaints.hand_over": NOBODY_AT_A_DESK,
    "complaints.hold_case": Who("screening", CENTRE),
    "retention.lift_hold": Who("retention hold", CENTRE),
    "retention.make_list": NOBODY_AT_A_DESK,
    "retention.hand_in": Who("retention list", CENTRE),
    "retention.approve": Who("retention handed in", seen=CENTRE),  # the governor's, who is not of the cast
    "retention.stop": Who("retention list", CENTRE),
    "retention.destroy": Who("retention handed in"),
    # On the pages of the desk, which ask the act itself.
    "complaints.file_by_staff": NOBODY_AT_A_DESK,
    "complaints.forward_by_staff": NOBODY_AT_A_DESK,
    "complaints.take_over_original": Who("post", CENTRE),
    "complaints.write_to_sender": Who("screening", CENTRE),
    "complaints.merge_into": Who("screening", CENTRE, unlocks=True),
    "complaints.take_in_merged": NOBODY_AT_A_DESK,
    "staff.invite": Who(None, ("head",)),
    "staff.resend": Who("staff invitation", ("head",), seen=("admin",)),
    "staff.revoke_invitation": Who("staff invitation", ("head",), seen=("admin",)),
    "staff.accept_invitation": Who("staff invitation"),
    "staff.lapse_invitation": Who("staff invitation"),
    "staff.propose_role": Who(None, ("head", "admin")),
    # The head proposed it: another person gives it, or not.
    "staff.confirm_role": Who("staff role proposed", ("admin",), seen=("head", "auditor")),
    "staff.decline_role": Who("staff role proposed", ("admin",), seen=("head", "auditor")),
    "staff.retract_role": Who("staff role proposed", ("head",), seen=("admin", "auditor")),
    "staff.withdraw_role": Who("staff role given", ("head", "admin"), seen=("auditor",)),
    "staff.order_departure": Who(None, ("head",)),
    "staff.cancel_departure": Who("staff departure", ("head",), seen=("admin",)),
    "staff.complete_departure": Who("staff departure"),
    # Whoever has a key may have lost its passphrase: also the chair of the stage's committee.
    "staff.request_recovery": Who(None, (*CENTRE_AND_CUSTODIAN, "elsewhere", "head")),
    "staff.recover": Who("staff recovery", CENTRE_AND_CUSTODIAN),
    "staff.drill_recovery": Who(None, CENTRE_AND_CUSTODIAN),
    "inquiries.share_working_text": Who("to share", CENTRE, unlocks=True),
    "inquiries.give_key": Who("inquiry working", CENTRE, ("head", "elsewhere"), unlocks=True),
    "inquiries.record_pacc_referral": Who("inquiry working", CENTRE, ("head", "elsewhere")),
    # The head of the accused agency orders and decides; the centre's officer handles; the chair is from elsewhere.
    "inquiries.order_inquiry": Who("inquiry proposed", ("head",), CENTRE, unlocks=True),
    "inquiries.replace_member": Who("inquiry working", ("head",), ("centre", "elsewhere"), unlocks=True),
    "inquiries.extend_inquiry": Who("inquiry working", ("head",), ("centre", "elsewhere")),
    "inquiries.declare_no_interest": Who("seat asked", ("elsewhere",), ("centre", "head")),
    "inquiries.declare_interest": Who("seat asked", ("elsewhere",), ("centre", "head")),
    "inquiries.add_respondent": Who("inquiry working", *COMMITTEE),
    "inquiries.send_summons": Who("inquiry working", *COMMITTEE),
    "inquiries.take_statement": Who("inquiry working", *COMMITTEE),
    "inquiries.add_evidence": Who("inquiry working", *COMMITTEE),
    "inquiries.record_answer": Who("summons sent", *COMMITTEE),
    "inquiries.record_uncooperative": Who("summons sent", *COMMITTEE),
    "inquiries.confirm_statement": Who("statement written", *COMMITTEE),
    "inquiries.record_unsigned": Who("statement written", *COMMITTEE),
    "inquiries.tell_respondent": Who("respondent named", *COMMITTEE),
    "inquiries.record_hearing": Who("respondent told", *COMMITTEE),
    "inquiries.record_finding": Who("respondent heard", *COMMITTEE),
    "inquiries.submit_report": Who("inquiry quiet", *COMMITTEE),
    "inquiries.return_report": Who("inquiry reported", *DECIDER),
    "inquiries.decide_action": Who("inquiry reported", *DECIDER),
    "inquiries.decide_no_action": Who("inquiry reported", *DECIDER),
    "inquiries.order_sanction": Who("sanction proposed", *DECIDER),
    "inquiries.tell_authority": Who("sanction proposed", CENTRE, ("head", "elsewhere")),
    "inquiries.record_appeal": Who("sanction ordered", CENTRE, ("head", "elsewhere")),
    "inquiries.record_appeal_result": Who("sanction appealed", CENTRE, ("head", "elsewhere")),
    "inquiries.make_final": Who("sanction ordered", CENTRE, ("head", "elsewhere")),
    "inquiries.notify_result": Who("case action", CENTRE),
    "inquiries.close_case": Who("case notified", CENTRE),
    "inquiries.propose_reopening": Who("case closed", CENTRE),
    # The centre's officer proposed it: another person of the team agrees, or not.
    "inquiries.confirm_reopening": Who("case reopening", seen=CENTRE),
    "inquiries.decline_reopening": Who("case reopening", seen=CENTRE),
    # Within another act, or by the clock.
    **dict.fromkeys(
        (
            "inquiries.propose_inquiry",
            "inquiries.begin_fact_finding",
            "inquiries.conclude",
            "inquiries.send_back",
            "inquiries.take_action",
            "inquiries.end_case",
            "inquiries.stop_inquiry",
            "inquiries.start_inquiry",
            "inquiries.leave_seat",
            "inquiries.issue_summons",
            "inquiries.remind_summons",
            "inquiries.escalate_summons",
            "inquiries.propose_sanction",
            "inquiries.file_signed_inquiry_paper",
            "inquiries.file_signed_summons",
            "inquiries.file_signed_statement",
            "inquiries.file_signed_accusation",
            "inquiries.file_signed_sanction_paper",
        ),
        NOBODY_AT_A_DESK,
    ),
    "committees.draft_committee": Who(
        None, ("officer", "elsewhere", "supervisor", "head", "centre", "custodian")
    ),
    "committees.add_seat": Who("committee draft", SECRETARY, LINE),
    "committees.remove_seat": Who("committee draft", SECRETARY, LINE),
    "committees.submit_composition": Who("committee draft", SECRETARY, LINE),
    "committees.allow_incomplete": Who("committee incomplete", SIGNER, LINE),
    "committees.return_draft": Who("committee checked", SIGNER, LINE),
    "committees.sign_order": Who("committee checked", SIGNER, LINE),
    "committees.publish_composition": Who("committee signed", SECRETARY, LINE),
    "committees.replace_seat": Who("committee signed", SIGNER, LINE),
    "committees.end_committee": Who("committee signed", SIGNER, LINE),
    "committees.prepare_meeting": Who(None, SECRETARY),
    "committees.add_item": Who("meeting draft", SECRETARY),
    "committees.change_meeting": Who("meeting draft", SECRETARY),
    "committees.call_meeting": Who("meeting draft", SECRETARY),
    "committees.cancel_meeting": Who("meeting called", SECRETARY, LINE),
    "committees.record_attendance": Who("meeting called", SECRETARY, LINE),
    "committees.open_meeting": Who("meeting called", SECRETARY, LINE),
    "committees.edit_item": Who("item waiting", SECRETARY, LINE),
    "committees.withdraw_item": Who("item waiting", SECRETARY, LINE),
    "committees.ask_interests": Who("item waiting", SECRETARY, LINE),
    "committees.none_of_the_others": Who("item asking", SECRETARY, LINE),
    "committees.start_item": Who("item answered", SECRETARY, LINE),
    "committees.resolve": Who("item considered", SECRETARY, LINE),
    "committees.note_item": Who("item informed", SECRETARY, LINE),
    "committees.defer_item": Who("item considered", SECRETARY, LINE),
    "committees.record_legal_review": Who("item reviewed", SECRETARY, LINE),
    # The chair sees who declared what; the answer is the person's own, or what the secretary heard.
    "committees.declare_none": Who("interest asked", SECRETARY, CHAIR),
    "committees.declare_leave": Who("interest asked", SECRETARY, CHAIR),
    "committees.declare_stay": Who("interest asked", SECRETARY, CHAIR),
    "committees.mark_late": Who("interest asked"),
    "committees.close_meeting": Who("meeting open", SECRETARY, LINE),
    "committees.write_minutes": Who("meeting closed", SECRETARY, LINE),
    "committees.certify_minutes": Who("meeting written", CHAIR, LINE),
    "committees.correct_minutes": Who("meeting certified", SECRETARY, LINE),
    "committees.declare_late": Who("meeting certified", SECRETARY, LINE),
    "confidential.send_report": NOBODY_AT_A_DESK,
    "confidential.write_again": NOBODY_AT_A_DESK,
    # On pages of their own (``prongsai/confidential/tests``); there is no button.
    "confidential.open_report": NOBODY_AT_A_DESK,
    "confidential.reply_to_sender": NOBODY_AT_A_DESK,
    "confidential.make_key": NOBODY_AT_A_DESK,
    "confidential.close_report": Who("channel opened", GOVERNOR),
    "confidential.retire_key": Who("channel key", GOVERNOR),
    "confidential.name_deputy": Who(None, GOVERNOR),
    "confidential.end_deputy": Who("channel deputy", GOVERNOR),
    "protection.request_protection": NOBODY_AT_A_DESK,
    "protection.take_up_proposal": NOBODY_AT_A_DESK,
    "protection.withdraw": NOBODY_AT_A_DESK,
    "protection.propose_protection": Who("unsigned", CENTRE),
    "protection.assess": Who("protection requested", PROTECTOR),
    "protection.order_protection": Who("protection assessed", GOVERNOR),
    "protection.end_protection": Who("protection assessed", GOVERNOR),
    "protection.record_review": Who("protection protected", PROTECTOR),
    "protection.add_officer": Who("protection protected", PROTECTOR, unlocks=True),
    "protection.instruct": Who("protection for an agency", PROTECTOR, unlocks=True),
    "protection.take_instruction": NOBODY_AT_A_DESK,
    "protection.carry_out": Who("instruction given", SIGNER),
    "protection.recall": Who("instruction given", PROTECTOR, SIGNER),
    "protection.record_hr_action": Who(None, SIGNER),
    "protection.ask_reason": Who("hr review", PROTECTOR, SIGNER),
    "protection.answer_reason": Who("hr asked", SIGNER),
    "protection.pass_hr_action": Who("hr review", PROTECTOR, SIGNER),
    "protection.stop_hr_action": Who("hr review", GOVERNOR, SIGNER),
    "protection.raise_alert": NOBODY_AT_A_DESK,
    "protection.propose_stop": Who("alert open", PROTECTOR),
    "protection.let_pass": Who("alert open", PROTECTOR),
    "protection.stop_action": Who("alert proposed", GOVERNOR),
    "committees.file_signed_order": Who("committee signed"),
    "committees.file_signed_meeting_paper": Who("meeting written"),
}
# Sensible answers to every question of every form: nobody may fail for a missing field.
DATA = {
    "accused_staff_type": "civil_servant",
    "case_class": "misconduct",
    "main_ground": "G3",
    "foundation": "founded",
    "note": REASON,
    "text": REASON,
    "reason": REASON,
    "notice": REASON,
    "ground": "2.4.2",
    "evidence_test": "yes",
    "evidence_text": REASON,
    "witness_test": "yes",
    "witness_text": REASON,
    "to_authority": "นายอำเภอ",
    "letter_no": "1/2570",
    "letter_date": "1/1/2569",
    "agrees": "yes",
    "checked": [key for key, _label in CHECKLIST],
    "transfer_to": "nacc",
    "sent_by": "post",
    "reply_no": "2/2570",
    "reply_date": "2/1/2569",
    "letter_on": "1/1/2569",
    "purpose": Reveal.Purpose.values[0],
    "document_no": "1/2570",
    "period_from": "1/1/2563",
    "period_to": "31/1/2563",
    "date": "2/2/2569",
    "name": "วันหยุดทดสอบ",
    "scope": "national",
    "kind": "special",
    "source": "มติคณะรัฐมนตรีทดสอบ",
    "first_name": "ทดสอบ",
    "last_name": "ทดสอบ",
    "position": "นักวิชาการ",
    "staff_type": "civil_servant",
    "email": f"officer@{SAMPLE_DOMAIN}",
    "given_role": "web_officer",
    "extent": "agency",
    "cause": "retired",
    "hold_cause": "court",
    "committee_kind": "stage",
    "committee_name": "คณะทำงานใหม่",
    "short_name": "ใหม่",
    "duties": REASON,
    "organisation": "องค์กรใหม่",
    "sector": "civil",
    "order_no": "2/2570",
    "order_date": "1/11/2569",
    "starts_on": "1/1/2571",
    "ends_on": "1/1/2573",
    "until": "1/1/2573",
    "leaving_reason": REASON,
    "held_on": "1/1/2573",
    "starts_at": "13.30",
    "place": "ห้องประชุมใหม่",
    "subject": "เรื่องใหม่",
    "resolution": REASON,
    "lies_at": "ตู้นิรภัย",
    "relation": REASON,
    "stay_reason": REASON,
    "risk": "low",
    "reporter": "",
    "line": "",
    "kinds": ["conceal"],
    "detail": REASON,
    "found": "no",
    "whom": "คำปัน ตาคำ",
    "action": "transfer",
    "effective_on": "1/1/2573",
    "answer": REASON,
}


def test_every_act_has_a_row():
    assert {act.key() for act in all_acts()} == set(TABLE)


def record_for(stage: Stage, on: str | None) -> Any:
    """What the stage holds by that name, or makes ready."""
    if on is None or on == "post":
        return stage.letter if on else None
    kind, _space, rest = on.partition(" ")
    shelves: dict[str, dict[str, Any]] = {
        "staff": stage.staff,
        "retention": stage.retention,
        "reveal": stage.reveals,
    }
    if on == "retention handed in":
        return handed_in(stage)
    if kind in shelves:
        return shelves[kind][rest]
    for shelf in (stage.committees, stage.inquiries, stage.secrets):
        if on in shelf:
            return shelf[on]
    return stage.fresh(READY[on](stage) if on in READY else stage.cases[on])


def handed_in(stage: Stage) -> Any:
    made = type(stage.retention["list"]).objects.get()
    letter = {"letter_no": "1/2569", "letter_on": today()}
    perform(retention.HandIn, made, actor=stage.actor("center_officer_2"), data=letter)
    return made


def address(act: Act, record: Any) -> str:
    if record is None:
        return reverse("office:make", args=[act.key()])
    return reverse("office:act", args=[act.key(), record.pk])


def traces(act: Act, record: Any) -> tuple[Any, ...]:
    """What an act leaves: the record's columns, how many records there are, and how often the ledger has the act."""
    columns = type(record).objects.filter(pk=record.pk).values().get() if record is not None else {}
    return columns, act.record.objects.count(), Entry.objects.filter(kind=act.key()).count()


def test_who_may(stage: Stage):
    wrong = []
    for key in TABLE:
        with played(stage):
            wrong += [f"{key} by {found}" for found in surprises(stage, key)]
    assert not wrong, "\n".join(wrong)


def surprises(stage: Stage, key: str) -> list[str]:
    act, row = act_of(key), TABLE[key]
    record = record_for(stage, row.on)
    url, wrong = address(act, record), []
    if record is not None and row.may:
        assert record.state in act.moves or not act.moves, f"{key}: the record must be ready"
    # What has no button has no page for anybody: one who is nobody, and one who sees the record, try it.
    for name in CAST if act.face == "office" else ("anyone", "centre"):
        client, expected = stage.client(name), row.expected(name)
        if expected == MISSING and name not in some_of(STAFF, key):
            continue  # to whom the record does not exist, by turns
        # Whoever does not find the record, or is not signed in, need not look before he presses.
        if expected not in (MISSING, "sign in") and (found := outcome(client.get(url))) != expected:
            wrong.append(f"{name}: the page answers {found}, not {expected}")
        if name in row.may:
            continue
        before = traces(act, record)
        found = outcome(client.post(url, filled(stage, act, record)))
        if found != expected:
            wrong.append(f"{name}: the button answers {found}, not {expected}")
        if traces(act, record) != before:
            wrong.append(f"{name}: something has changed")
    return wrong


def test_C46_whoever_may_leaves_one_trace_and_needs_no_field_that_does_not_apply(stage: Stage):
    """The same data in the same form, from somebody who may: so the others failed for who they are."""
    for key, row in TABLE.items():
        if not row.may or row.unlocks:
            continue
        with played(stage):
            act, record = act_of(key), record_for(stage, row.on)
            assert needless(stage, act, record) <= CONDITIONAL.get(key, set()), key
            before = traces(act, record)
            answer = stage.client(row.may[0]).post(address(act, record), filled(stage, act, record))
            assert outcome(answer) == "moved", f"{key}: {answer.content.decode()}"
            after = traces(act, record)
            assert after[2] == before[2] + 1, key
            assert after[:2] != before[:2], key


CONDITIONAL = {
    # Without somebody of the staff list the invitation itself says who it is for.
    "staff.invite": {"first_name", "last_name", "position", "staff_type", "agency"},
    # Action without any track would be none, and files do not come with the answers here.
    "inquiries.decide_action": {"__all__"},
    "inquiries.add_evidence": {"files"},
    "inquiries.propose_reopening": {"files"},
}


def needless(stage: Stage, act: Act, record: Any) -> set[str]:
    """Fields that refuse the form though they are hidden and empty, or though the form calls them optional."""
    actor = stage.actor(TABLE[act.key()].may[0])
    fresh = act.make_form(actor=actor, record=record)
    hidden = {
        name
        for name, field in fresh.fields.items()
        if field.required and field.widget.is_hidden and not fresh.get_initial_for_field(field, name)
    }
    optional = {name for name, field in fresh.fields.items() if not field.required}
    answers = {k: v for k, v in filled(stage, act, record).items() if k not in optional}
    return hidden | set(act.make_form(answers, actor=actor, record=record).errors)


def filled(stage: Stage, act: Act, record: Any) -> dict[str, Any]:
    holiday = Holiday.objects.filter(scope="national", is_cancelled=False).latest("date").pk
    officer = Person.objects.get(user__email=DATA["email"])
    this_day = format_date(today(), style="numeric")
    of_staff = {"agency": officer.agency_id, "leaver": officer.pk, "start": this_day, "last_day": this_day}
    version = {"version": record.version} if record is not None else {}
    printed = {
        "printed": stage.papers["custodians"],
        "passphrase": PASSPHRASE,
        "again": PASSPHRASE,
        "understood": "on",
    }
    given = {**offered(stage, act, record), **DATA, **printed, **of_staff, "holiday": holiday}
    return {**given, **inquiries.answers(act.key()), **version}


def offered(stage: Stage, act: Act, record: Any) -> dict[str, Any]:
    """What the form itself offers to somebody who may, or the first of its choices: who came, who presides."""
    may = TABLE[act.key()].may
    if not act.key().startswith(("committees.", "confidential.")) or not may:
        return {}
    form, found = act.make_form(actor=stage.actor(may[0]), record=record), {}
    for name, field in form.fields.items():
        value = form.get_initial_for_field(field, name)
        if not value and hasattr(field, "queryset") and field.required:
            value = field.queryset.first()
        if value:
            value = field.prepare_value(value)
            found[name] = value if hasattr(field, "choices") else field.widget.format_value(value)
    return found


def test_G39_nobody_is_offered_a_button_that_is_not_theirs(stage: Stage):
    """Buttons come from the same question as the acts themselves (G39), on every record of the stage."""
    seen = 0
    for name in STAFF:
        actor, client = stage.actor(name), stage.client(name)
        for record in [
            *stage.cases.values(),
            *stage.reveals.values(),
            *stage.staff.values(),
            *stage.retention.values(),
            *stage.committees.values(),
            *stage.inquiries.values(),
            *stage.secrets.values(),
        ]:
            register = register_for(record_type(record))
            answer = client.get(reverse("office:record", args=[register.key, record.pk]))
            if answer.status_code == 404:
                continue
            seen += 1
            record.refresh_from_db()
            offered = {button.act.key() for button in answer.context["buttons"]}
            assert offered == {offer.act.key() for offer in open_to(actor, record) if offer.is_open}
            for act in all_acts():
                shown = address(act, record) in answer.content.decode()
                assert shown <= (act.key() in offered), f"{name}: {act.key()} on {record}"
    assert seen > len(stage.cases)
