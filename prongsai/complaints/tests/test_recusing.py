"""Stepping aside with hand-over: never nobody, never without the last key (C31)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.complaints import acts, keyring
from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import REASON
from prongsai.notices.models import Notice
from prongsai.sealed.models import Grant, Keyholder

pytestmark = pytest.mark.django_db


def test_C31_an_officer_in_conflict_steps_aside_and_a_colleague_with_the_key_goes_on(
    world, client_of, unlocked_client_of
):
    case = steps.screen(client_of("center_officer"), steps.file_signed().case)
    leaver, client = world["center_officer"].person, unlocked_client_of("center_officer")

    answer = steps.try_act(client, acts.Recuse, case, reason="เป็นญาติของผู้ถูกร้องเรียน จึงขอถอนตัวจากเรื่องนี้")

    assert (answer.status_code, answer["Location"]) == (303, reverse("office:my-work"))
    case = steps.fresh(case)
    assert case.handler is not None and case.handler != leaver
    assert case.handler.pk in keyring.holding(case)
    assert case.exclusions.get().why == Exclusion.Why.CONFLICT
    envelopes = keyring.envelopes_of(case, identity=True)
    assert not Grant.objects.filter(envelope__in=envelopes, keyholder__person=leaver).exists()
    assert steps.record_page(client, case).status_code == 404
    assert traces.dues(case)["complaints.decide"].owed_person == case.handler
    assert Notice.objects.of(case.handler_id).filter(kind="complaints.recuse", is_duty=True).exists()
    assert traces.entries(case, "complaints.recuse")[-1].content["handed_to"] == case.handler_id


def test_C31_the_last_one_cannot_go_and_hears_who_must_act(world, client_of, unlocked_client_of):
    case = steps.screen(client_of("center_officer"), steps.file_signed().case)
    for key in ("center_head", "center_officer_2", "center_officer_3"):
        for envelope in keyring.envelopes_of(case, identity=True):
            Grant.objects.filter(envelope=envelope, keyholder__person=world[key].person).delete()

    answer = steps.try_act(client_of("center_officer"), acts.Recuse, case, reason=REASON)

    assert answer.status_code == 409
    assert "หัวหน้าศูนย์" in steps.said(answer) and "มอบหมายผู้รับผิดชอบคนใหม่ก่อน" in steps.said(answer)
    case = steps.fresh(case)
    assert case.handler == world["center_officer"].person and not case.exclusions.exists()


def test_C31_the_head_assigns_another_handler_and_passes_the_key(world, client_of, unlocked_client_of):
    case = steps.screen(client_of("center_officer"), steps.file_signed().case)
    newcomer = world["center_officer_3"].person
    for envelope in keyring.envelopes_of(case, identity=True):
        Grant.objects.filter(envelope=envelope, keyholder__person=newcomer).delete()
    data = {"to": str(newcomer.pk), "reason": REASON}
    assert (
        steps.try_act(unlocked_client_of("center_officer_2"), acts.AssignHandler, case, **data).status_code
        == 403
    )
    locked = client_of("center_head").get(steps.act_url(acts.AssignHandler, case))
    assert locked.status_code == 303 and reverse("sealed:unlock") in locked["Location"]

    case = steps.act(unlocked_client_of("center_head"), acts.AssignHandler, case, **data)

    assert case.handler == newcomer
    key = Keyholder.objects.of(newcomer.pk).get()
    assert (
        Grant.objects.filter(envelope__in=keyring.envelopes_of(case, identity=True), keyholder=key).count()
        == 3
    )
    assert steps.NARRATIVE in steps.said(steps.record_page(unlocked_client_of("center_officer_3"), case))
    assert traces.dues(case)["complaints.decide"].owed_person == newcomer


def test_C31_executives_who_stand_in_step_aside_too_but_never_both(world, unlocked_client_of):
    filed = steps.file_signed(accused_name="นาง ดวงใจ ปัญญาดี")
    case = steps.screen(unlocked_client_of("vice_governor"), filed.case)
    case_after = steps.try_act(unlocked_client_of("vice_governor"), acts.Recuse, case, reason=REASON)
    assert case_after.status_code == 303
    case = steps.fresh(case)
    assert case.handler == world["governor"].person
    last = steps.try_act(unlocked_client_of("governor"), acts.Recuse, case, reason=REASON)
    assert last.status_code == 409
    assert steps.fresh(case).state == Case.State.SCREENING
