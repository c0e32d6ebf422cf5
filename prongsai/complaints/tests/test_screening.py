"""Screening: who is in scope, what is a ground, and what may never be one."""

from __future__ import annotations

import pytest

from prongsai.complaints import acts
from prongsai.complaints.complaint_form import OTHER_AGENCY
from prongsai.complaints.forms import OUTSIDE
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import NOTICE, REASON
from prongsai.organisation.models import Person

pytestmark = pytest.mark.django_db


@pytest.fixture
def officer(client_of):
    return client_of("center_officer")


def test_whoever_takes_the_case_is_its_handler(world, officer):
    case = steps.act(officer, acts.StartScreening, steps.file_complaint().case)

    assert case.state == Case.State.SCREENING
    assert case.handler == world["center_officer"].person
    assert "กิตติ ศรีบุญเรือง" in case.handler_label


@pytest.mark.at("AT-M5-08")
def test_a_municipal_clerk_is_out_of_scope_and_the_matter_goes_to_the_supervising_authority(officer):
    filed = steps.file_signed(accused_agency=OTHER_AGENCY, accused_other="เทศบาลตำบลสมมติ")
    case = steps.screen_as_outside(officer, filed.case)
    assert (case.in_scope, case.case_class) == (False, Case.Class.OUT_OF_SCOPE)

    refusal = steps.try_act(officer, acts.ProposeRefusal, case, ground="2.1.2", reason=REASON, notice=NOTICE)
    assert refusal.status_code in (409, 422)
    assert "เรื่องนอกขอบเขตให้ส่งต่อหน่วยงานที่มีอำนาจ" in steps.said(
        officer.get(steps.act_url(acts.ProposeRefusal, case))
    )
    case = steps.write_working_text(officer, case)
    unsent = steps.try_act(officer, acts.Refer, case, to_authority="นายอำเภอสมมติ", reason=REASON)
    assert unsent.status_code == 422, "the letter is part of a referral"
    assert steps.problem_of(unsent, "letter_no")

    letter = {"letter_no": "ชม ๐๐๑๗/๙๙", "letter_date": steps.thai_today()}
    case = steps.act(officer, acts.Refer, case, to_authority="นายอำเภอสมมติ", reason=REASON, **letter)

    assert case.state == Case.State.REFERRED
    assert case.referral.to_authority == "นายอำเภอสมมติ"
    decide = traces.dues(case)["complaints.decide"]
    assert decide.met_by == "complaints.refer"
    assert decide.met_on <= decide.due_on
    page = steps.matter(filed)
    assert "ส่งต่อหน่วยงานอื่นแล้ว" in page
    assert "นายอำเภอสมมติ ตามหนังสือเลขที่ ชม ๐๐๑๗/๙๙" in page


def test_a_matter_in_scope_cannot_be_referred_away(officer):
    case = steps.screen(officer, steps.file_signed().case)
    letter = {"letter_no": "1/2569", "letter_date": steps.thai_today()}

    answer = steps.try_act(officer, acts.Refer, case, to_authority="ป.ป.ช.", reason=REASON, **letter)

    assert answer.status_code == 409
    assert "ส่งต่อได้เมื่อบันทึกการกลั่นกรองว่าอยู่นอกขอบเขต" in steps.said(answer)
    assert steps.fresh(case).state == Case.State.SCREENING


@pytest.mark.at("AT-M5-09")
def test_a_contract_cleaner_is_in_scope(officer):
    page = steps.said(
        officer.get(
            steps.act_url(acts.Assess, steps.act(officer, acts.StartScreening, steps.file_signed().case))
        )
    )
    assert [label for label in Person.StaffType.labels if str(label) not in page] == []

    case = steps.screen(
        officer, steps.file_signed().case, accused_staff_type=Person.StaffType.CONTRACT_WORKER.value
    )

    assert case.in_scope is True
    case = steps.act(officer, acts.ProposeAcceptance, case, reason=REASON)
    assert case.state == Case.State.ACCEPT_PROPOSED


@pytest.mark.at("AT-M5-09")
@pytest.mark.parametrize("staff_type", Person.StaffType.values)
def test_all_six_staff_types_are_in_scope(officer, staff_type):
    assert steps.screen(officer, steps.file_complaint().case, accused_staff_type=staff_type).in_scope is True


def test_only_somebody_outside_the_six_is_out_of_scope(officer):
    assert steps.screen(officer, steps.file_complaint().case, accused_staff_type=OUTSIDE).in_scope is False


@pytest.mark.at("AT-M5-10")
@pytest.mark.parametrize("ground", ["G1", "G2"])
def test_whoever_reports_corruption_need_not_be_harmed(officer, client_of, ground):
    filed = steps.file_complaint(grounds=[ground], narrative="จัดซื้อครุภัณฑ์แพงกว่าราคาตลาดสองเท่า", harm="")
    case = steps.ready_to_refuse(officer, filed)

    answer = steps.try_act(officer, acts.ProposeRefusal, case, ground="2.1.1", reason=REASON, notice=NOTICE)

    assert answer.status_code == 422
    assert 'value="2.1.1"' not in answer.content.decode(), "no standing is not selectable"
    case = steps.assess(officer, case, foundation=Case.Foundation.FOUNDED.value)
    case = steps.act(officer, acts.ProposeAcceptance, case, reason=REASON)
    assert steps.act(client_of("center_head"), acts.Accept, case).state == Case.State.ACCEPTED


@pytest.mark.at("AT-M5-10")
def test_no_standing_may_be_chosen_for_the_other_grounds_only_where_nobody_was_harmed(officer):
    unharmed = steps.ready_to_refuse(officer, steps.file_complaint(grounds=["G4"], harm=""))
    harmed = steps.ready_to_refuse(officer, steps.file_complaint(grounds=["G4"], harm="ขาดรายได้สามเดือน"))

    pages = [officer.get(steps.act_url(acts.ProposeRefusal, c)).content.decode() for c in (unharmed, harmed)]

    assert ['value="2.1.1"' in page for page in pages] == [True, False]
