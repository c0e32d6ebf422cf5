"""What a head of an agency is to carry out: he reads that and nothing else, and nobody concerned is ever asked (M6.2.3.(13))."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.urls import reverse

from prongsai import sealed
from prongsai.acts.alarms import raise_alarms
from prongsai.acts.models import Due
from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.complaints.tests import steps as complaint
from prongsai.complaints.tests.traces import whole_database
from prongsai.notices.models import Notice
from prongsai.organisation.periods import today
from prongsai.protection.models import Instruction, ProtectionCase
from prongsai.protection.tests import steps
from prongsai.protection.tests.steps import DANGER, REPORTER, act, page, try_act
from prongsai.staff.handover import hand_over

pytestmark = pytest.mark.django_db

TASK = "ให้ผู้แจ้งไปช่วยงานกลุ่มยุทธศาสตร์เป็นการชั่วคราว โดยไม่แจ้งเหตุผล"
DONE = "ออกคำสั่งให้ช่วยงานแล้ว มีผลตั้งแต่วันจันทร์ที่ผ่านมา"
CARRIER, OTHER = "head_health", "head_dopa"


@pytest.fixture
def heads(world: dict[str, Any]) -> dict[str, Any]:
    """Heads of agencies with keys of their own: who carries out, another, and the one from whom the reporter is protected."""
    for key in (CARRIER, OTHER, "head_agency"):
        sealed.create_keys(world[key].person, SAMPLE_PASSPHRASE)
    return world


def give(client: Any, case: ProtectionCase, person: Any, *, kind: str = "other_work", **changes: Any) -> Any:
    measure = case.measures.get(kind=kind)
    data = {"measure": measure.pk, "head": person.pk, "reason": TASK, **changes}
    return try_act(client, "protection.instruct", case, **data)


def given(unlocked_client_of: Any, client_of: Any, world: Any) -> tuple[Any, ProtectionCase, Instruction]:
    filed, case = steps.protected(client_of)
    answer = give(unlocked_client_of("protection_officer"), case, world[CARRIER].person)
    assert answer.status_code == 303, answer.content.decode()
    return filed, case, Instruction.objects.get()


def test_the_head_reads_what_he_is_to_do_and_nothing_of_the_file(heads, client_of, unlocked_client_of):
    filed, case, instruction = given(unlocked_client_of, client_of, heads)
    head = unlocked_client_of(CARRIER)
    [due] = Due.objects.open().filter(record_id=instruction.pk)
    assert (due.owed_person, due.rule_text, due.is_default) == (heads[CARRIER].person, "5 วันทำการ", True)
    told = set(Notice.objects.filter(record_id=str(instruction.pk)).values_list("recipient_id", flat=True))
    assert told == {heads[CARRIER].person.pk}

    text = complaint.said(page(head, "protection-instructions", instruction))
    assert all(word in text for word in (TASK, "ย้ายงานหรือสถานที่ทำงานชั่วคราว", "ลับ 7/2570"))
    for hidden in (case.number, filed.number, DANGER, REPORTER, str(case.pk)):
        assert hidden not in text
    assert instruction.number in complaint.said(head.get(reverse("office:my-work")))
    for key, record in (("protection", case), ("complaints", filed.case)):
        assert page(head, key, record).status_code == 404

    act(head, "protection.carry_out", instruction, reason=DONE)
    assert (instruction.state, instruction.carried_out_on) == ("carried_out", today())
    assert not Due.objects.open().filter(record_id=instruction.pk).exists()
    officer = unlocked_client_of("protection_officer")
    assert DONE in complaint.said(page(officer, "protection-instructions", instruction))
    assert heads[CARRIER].person.full_name in complaint.said(page(officer, "protection", case))
    assert [
        name for name, text in whole_database().items() if TASK.encode() in text or DONE.encode() in text
    ] == []


def test_without_the_key_in_hand_neither_is_shown_what_is_sealed(heads, client_of, unlocked_client_of):
    _filed, case, instruction = given(unlocked_client_of, client_of, heads)
    answer = give(client_of("protection_officer_2"), case, heads[OTHER].person)
    assert "/office/key/unlock/" in answer["Location"]
    assert not case.instructions.filter(head=heads[OTHER].person).exists()
    text = complaint.said(page(client_of(CARRIER), "protection-instructions", instruction))
    assert TASK not in text
    assert "เปิดผนึก" in text


def test_nobody_else_finds_it_at_any_door(heads, client_of, unlocked_client_of):
    _filed, _case, instruction = given(unlocked_client_of, client_of, heads)
    Due.objects.filter(record_id=instruction.pk).update(
        started_on=today() - dt.timedelta(days=20), due_on=today() - dt.timedelta(days=9)
    )
    raise_alarms()
    for who in (OTHER, "head_agency", "supervisor", "center_officer", "identity_custodian", "auditor"):
        client = client_of(who)
        assert page(client, "protection-instructions", instruction).status_code == 404, who
        assert try_act(client, "protection.carry_out", instruction, reason=DONE).status_code == 404, who
        for address in (reverse("office:my-work"), reverse("office:notices")):
            assert instruction.number not in complaint.said(client.get(address)), who
        found = complaint.said(client.get(reverse("office:search"), {"q": instruction.number}))
        assert str(instruction.pk) not in found, who
        assert not Notice.objects.filter(
            record_id=str(instruction.pk), recipient=heads[who].person
        ).exists(), who
    late = Notice.objects.filter(record_id=str(instruction.pk)).values_list("recipient_id", flat=True)
    assert heads["protection_officer"].person.pk in late
    # The officer opens it and may not report in the head's name.
    officer = client_of("protection_officer")
    assert try_act(officer, "protection.carry_out", instruction, reason=DONE).status_code == 403


@pytest.mark.parametrize("why", ["in the line", "feared", "the reporter", "accused", "no key"])
def test_whoever_is_concerned_is_refused_and_hears_nothing(why, heads, client_of, unlocked_client_of):
    officer, person = unlocked_client_of("protection_officer"), heads[OTHER].person
    feared = person.full_name if why == "feared" else ""
    if why == "accused":
        filed = complaint.file_signed(accused_name=person.full_name)
        assert steps.ask(filed).status_code == 303
        case = ProtectionCase.objects.get()
    else:
        _filed, case = steps.requested(feared=feared)
    name = f"{person.first_name} {person.last_name}"
    line = {"in the line": name, "feared": ""}.get(why, "")
    steps.assess(officer, case, line=line, reporter=name if why == "the reporter" else "")
    steps.order(client_of("governor"), case, ("no_adverse",))
    if why == "no key":
        sealed.retire_keys(sealed.keyholder_of(person))
    answer = give(officer, case, person, kind="no_adverse")
    assert answer.status_code in (409, 422), answer.status_code
    shown = complaint.said(answer)
    assert ("ยังไม่ได้ตั้งรหัสเปิดผนึก" if why == "no key" else "เกี่ยวข้องกับเรื่องนี้") in shown
    assert TASK in answer.content.decode(), "what was typed is kept"
    assert not Instruction.objects.exists()
    assert not Notice.objects.filter(recipient=person).exists()


def test_it_is_recalled_with_the_measure_and_the_same_one_is_not_given_twice(
    heads, client_of, unlocked_client_of
):
    filed, case, instruction = given(unlocked_client_of, client_of, heads)
    officer = unlocked_client_of("protection_officer")
    assert give(officer, case, heads[CARRIER].person).status_code in (409, 422)
    assert give(officer, case, heads[OTHER].person, kind="no_adverse").status_code == 303
    tracked = complaint.tracking(filed)
    assert tracked.post(reverse("protection:mine"), {"reason": ""}).status_code == 303
    states = dict(Instruction.objects.values_list("head_id", "state"))
    assert states == {heads[CARRIER].person.pk: "recalled", heads[OTHER].person.pk: "assigned"}
    assert not Due.objects.open().filter(record_id=instruction.pk).exists()
    told = Notice.objects.filter(record_id=str(instruction.pk), recipient=heads[CARRIER].person)
    assert told.count() == 2

    other = Instruction.objects.get(state="assigned")
    act(officer, "protection.recall", other)
    assert other.state == "recalled"
    assert try_act(client_of(OTHER), "protection.carry_out", other, reason=DONE).status_code == 409


def test_a_successor_inherits_nothing_of_it(heads, client_of, unlocked_client_of):
    """The one who follows the head may be the one from whom the reporter is protected."""
    _filed, _case, instruction = given(unlocked_client_of, client_of, heads)
    successor = heads["officer_6"].person
    said = hand_over(heads[CARRIER].person, successor)
    assert "มาตรการลับ" not in said, "whoever orders the departure learns nothing of it"
    instruction.refresh_from_db()
    assert instruction.state == "recalled"
    assert not Due.objects.open().filter(record_id=instruction.pk).exists()
    assert page(client_of("officer_6"), "protection-instructions", instruction).status_code == 404
    told = set(Notice.objects.filter(record_id=str(instruction.pk)).values_list("recipient_id", flat=True))
    assert successor.pk not in told
    assert {heads[k].person.pk for k in ("protection_officer", "protection_officer_2")} <= told
