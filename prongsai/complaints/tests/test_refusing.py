"""Refusing: "may", never "must"; a ground that fits, a reason, two persons, and a notice that waits for the second."""

from __future__ import annotations

import pytest
from django.db import IntegrityError, transaction

from prongsai.complaints import acts
from prongsai.complaints.models import Case, RefusalGround
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import NOTICE, REASON

pytestmark = pytest.mark.django_db

SHORT = "ไม่มีมูล"


@pytest.fixture
def first(client_of):
    return client_of("center_officer")


@pytest.fixture
def second(client_of):
    return client_of("center_officer_2")


@pytest.fixture
def filed(world):
    return steps.file_complaint()


@pytest.mark.at("AT-M5-18")
@pytest.mark.parametrize("reason", [None, "", SHORT, " " * 40])
def test_no_refusal_without_a_reason_of_thirty_characters(first, filed, reason):
    case = steps.ready_to_refuse(first, filed)

    answer = steps.try_act(first, acts.ProposeRefusal, case, ground="2.1.2", reason=reason, notice=NOTICE)

    assert answer.status_code == 422
    assert steps.problem_of(answer, "reason")
    assert steps.fresh(case).state == Case.State.SCREENING


@pytest.mark.at("AT-M5-18")
def test_no_refusal_without_a_ground(first, filed):
    case = steps.ready_to_refuse(first, filed)

    for ground in (None, "", "2.4.1", "9.9"):
        answer = steps.try_act(first, acts.ProposeRefusal, case, ground=ground, reason=REASON, notice=NOTICE)
        assert (answer.status_code, bool(steps.problem_of(answer, "ground"))) == (422, True)
    assert steps.fresh(case).state == Case.State.SCREENING


@pytest.mark.at("AT-M5-18")
def test_no_refusal_by_one_person_alone(first, second, filed):
    case = steps.propose_refusal(first, steps.ready_to_refuse(first, filed))
    assert case.state == Case.State.REFUSE_PROPOSED

    alone = steps.try_act(first, acts.Refuse, case, reason=REASON)
    assert alone.status_code == 403
    assert "ผู้เสนอและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน" in steps.said(alone)
    assert steps.fresh(case).state == Case.State.REFUSE_PROPOSED

    silent = steps.try_act(second, acts.Refuse, case, reason=SHORT)
    assert (silent.status_code, bool(steps.problem_of(silent, "reason"))) == (422, True)

    case = steps.act(second, acts.Refuse, case, reason=REASON)
    assert case.state == Case.State.REFUSED
    assert case.proposed_by_id != case.decided_by_id
    assert "กิตติ ศรีบุญเรือง" in case.proposed_label
    assert "อรทัย จันทร์แก้ว" in case.decided_label


@pytest.mark.at("AT-M5-18")
def test_the_database_itself_wants_two_persons_and_a_ground(first, second, filed):
    case = steps.propose_refusal(first, steps.ready_to_refuse(first, filed))
    row = Case.objects.filter(pk=case.pk)
    one, other = case.proposed_by_id, case.decided_by_id or steps.fresh(filed.case).handler_id

    def refused_by_the_database(**columns):
        with pytest.raises(IntegrityError), transaction.atomic():
            row.update(**columns)

    assert one == other, "the handler proposed"
    refused_by_the_database(state=Case.State.REFUSED, decided_by=one)
    refused_by_the_database(state=Case.State.REFUSED, decided_by=None)
    refused_by_the_database(state=Case.State.ACCEPTED, decided_by=one)
    refused_by_the_database(refusal_ground="")
    steps.act(second, acts.Refuse, case, reason=REASON)
    refused_by_the_database(decided_by=one)


def test_the_sender_sees_nothing_of_a_proposal_and_all_of_the_refusal(first, second, filed):
    case = steps.propose_refusal(first, steps.ready_to_refuse(first, filed))

    before = steps.matter(filed)
    assert "อยู่ระหว่างกลั่นกรอง" in before
    for word in (NOTICE, "ไม่รับพิจารณา", "ไม่รับเรื่อง", "เสนอ", "คนที่สอง"):
        assert word not in before, word

    steps.act(second, acts.Refuse, case, reason=REASON)

    after = steps.matter(filed)
    assert "ไม่รับพิจารณา" in after
    assert NOTICE in after
    assert REASON not in after, "what the officers wrote to each other stays in the file"


def test_a_returned_proposal_sends_nothing_and_screening_goes_on(first, second, filed):
    case = steps.propose_refusal(first, steps.ready_to_refuse(first, filed))

    assert steps.try_act(first, acts.ReturnProposal, case, reason=REASON).status_code == 403
    case = steps.act(second, acts.ReturnProposal, case, reason=REASON)

    assert (case.state, case.refusal_ground, case.proposed_by) == (Case.State.SCREENING, "", None)
    assert NOTICE not in steps.matter(filed)
    dues = traces.dues(case)
    assert dues["complaints.confirm_refusal"].cancelled_at
    assert not dues["complaints.decide"].cancelled_at
    assert not dues["complaints.decide"].met_at
    # A second proposal is a new one, with the notice of its own.
    case = steps.propose_refusal(first, case, notice=f"{NOTICE} (แก้ไข)")
    steps.act(second, acts.Refuse, case, reason=REASON)
    assert steps.matter(filed).count(NOTICE) == 1


@pytest.mark.at("AT-M5-27")
def test_a_rumour_is_checked_and_asked_about_once_before_it_may_be_closed(first, second):
    filed = steps.file_signed(narrative="คนเขาพูดกันว่ามีการเรียกรับเงิน", documents=None, grounds=["G1"])
    unclear = Case.Foundation.UNCLEAR.value

    def refusal_is_open(case):
        page = steps.said(first.get(steps.act_url(acts.ProposeRefusal, case)))
        assert ("ยังไม่มีเหตุที่อาจไม่รับพิจารณาได้" in page) != ('name="ground"' in page)
        return 'name="ground"' in page

    case = steps.screen(first, filed.case, foundation=unclear)
    assert case.foundation == unclear
    assert not refusal_is_open(case)
    case = steps.ask(first, case)
    assert steps.send_more(steps.tracking(filed), "ไม่ทราบรายละเอียด").status_code == 303
    assert not refusal_is_open(steps.fresh(case)), "asked, but nothing was checked"
    answer = steps.try_act(first, acts.ProposeRefusal, case, ground="2.4.2", reason=REASON, notice=NOTICE)
    assert answer.status_code != 303

    case = steps.act(first, acts.RecordCheck, case, text=REASON)
    assert refusal_is_open(case)
    assert RefusalGround.UNFOUNDED not in acts.refusal_grounds(case), "not clear is not unfounded"
    case = steps.propose_refusal(first, case, ground="2.4.2")
    assert steps.act(second, acts.Refuse, case, reason=REASON).state == Case.State.REFUSED


@pytest.mark.at("AT-M5-27")
def test_a_check_alone_does_not_close_a_rumour(first, filed):
    steps.sign(filed)
    case = steps.screen(first, filed.case, foundation=Case.Foundation.UNFOUNDED.value)
    case = steps.act(first, acts.RecordCheck, case, text=REASON)

    answer = steps.try_act(first, acts.ProposeRefusal, case, ground="2.1.2", reason=REASON, notice=NOTICE)

    assert answer.status_code != 303
    assert steps.fresh(case).state == Case.State.SCREENING
