"""Stale tabs and double clicks: one result, one clear message, and what was typed stays."""

from __future__ import annotations

import pytest

from prongsai.complaints import acts
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import REASON

pytestmark = pytest.mark.django_db

BEFORE_YOU = "มีผู้ดำเนินการกับเรื่องนี้ก่อนท่าน"


@pytest.fixture
def first(client_of):
    return client_of("center_officer")


@pytest.fixture
def second(client_of):
    return client_of("center_officer_2")


@pytest.fixture
def screened(first):
    return steps.screen(first, steps.file_signed().case)


def test_C07_a_stale_tab_is_refused_and_keeps_what_was_typed(first, second, screened):
    seen = screened.version
    steps.act(second, acts.RecordCheck, screened, text=REASON)
    typed = f"{REASON} ซึ่งพิมพ์ไว้ในหน้าเก่า"

    answer = steps.try_act(first, acts.ProposeAcceptance, screened, version=seen, reason=typed)

    assert answer.status_code == 409
    assert BEFORE_YOU in steps.said(answer)
    assert typed in steps.said(answer)
    assert steps.fresh(screened).state == Case.State.SCREENING
    assert traces.entries(screened, "complaints.propose_acceptance") == []


def test_G10_a_double_click_is_one_step(first, screened):
    answers = [
        steps.try_act(first, acts.ProposeAcceptance, screened, version=screened.version, reason=REASON)
        for _ in range(2)
    ]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert len(traces.entries(screened, "complaints.propose_acceptance")) == 1


def test_two_officers_one_after_the_other_give_one_handler(first, second, world):
    case = steps.file_complaint().case

    answers = [steps.try_act(who, acts.StartScreening, case, version=case.version) for who in (first, second)]

    assert [answer.status_code for answer in answers] == [303, 409]
    assert BEFORE_YOU in steps.said(answers[1])
    assert steps.fresh(case).handler == world["center_officer"].person


def test_confirming_what_was_returned_already_changes_nothing(first, second, client_of, screened):
    case = steps.act(first, acts.ProposeAcceptance, screened, reason=REASON)
    seen = case.version
    steps.act(second, acts.ReturnProposal, case, reason=REASON)

    answer = steps.try_act(client_of("center_head"), acts.Accept, case, version=seen)

    assert answer.status_code == 409
    case = steps.fresh(case)
    assert (case.state, case.decided_by) == (Case.State.SCREENING, None)


@pytest.mark.parametrize("version", ["", "x", "-1", "๒", "999999999999", "1\x00"])
def test_a_forged_version_is_as_good_as_stale(first, screened, version):
    answer = first.post(steps.act_url(acts.RecordCheck, screened), {"text": REASON, "version": version})

    assert answer.status_code == 409
    assert traces.entries(screened, "complaints.record_check") == []


def test_evidence_that_arrives_makes_the_officers_tab_stale(first, second):
    filed = steps.file_complaint()
    case = steps.propose_refusal(first, steps.ready_to_refuse(first, filed))
    steps.send_more(steps.tracking(filed), "พบหลักฐานแล้ว", steps.pdf())

    answer = steps.try_act(second, acts.Refuse, case, version=case.version, reason=REASON)

    assert answer.status_code == 409
    assert steps.fresh(case).state == Case.State.SCREENING
