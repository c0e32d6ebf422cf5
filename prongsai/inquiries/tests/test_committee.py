"""Who may sit, who may order, and what happens when somebody turns out to have an interest."""

from __future__ import annotations

import pytest

from prongsai.acts.models import Due
from prongsai.complaints.acts import ProposeTransfer, Transfer
from prongsai.complaints.tests import steps as complaints
from prongsai.inquiries import acts, naming
from prongsai.inquiries.models import Inquiry, Note, Seat
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import CHAIR, MEMBER, REASON, SECRETARY
from prongsai.organisation.models import Person
from prongsai.sealed.models import Grant

pytestmark = pytest.mark.django_db


def holds_key(inquiry: Inquiry, person: Person) -> bool:
    return Grant.objects.filter(envelope=inquiry.envelope, keyholder__person=person).exists()


def test_a_committee_has_no_conflict_and_declares_before_reading(matter):
    inquiry = matter.proposed(accused_name="นาย สมเจตน์ ทองอินทร์ หัวหน้าส่วนราชการ")
    world, governor = matter.world, matter.desk("governor")
    # The named head is shut out, so he cannot order; whoever works under him cannot sit.
    assert naming.is_kept_from(world["head_agency"].person.pk, inquiry.case)
    assert matter.plain("head_agency").get(steps.url(acts.OrderInquiry, inquiry)).status_code == 404
    for key, why in [
        ("officer", "ใต้บังคับบัญชา"),
        ("head_agency", "เกี่ยวข้องกับเรื่องนี้"),
        ("center_officer", "รับผิดชอบสำนวน"),
        ("identity_custodian", "ผู้เก็บรักษาข้อมูล"),
        ("governor", "ผู้สั่งแต่งตั้ง"),
    ]:
        order = matter.committee(members=steps.name_of(world[key]))
        answer = steps.try_act(governor, acts.OrderInquiry, inquiry, **order)
        assert answer.status_code == 422 and why in complaints.problem_of(answer, "members"), key
        assert order["order_no"] in steps.said(answer), "what was typed stays"
    without_key = steps.try_act(
        governor, acts.OrderInquiry, inquiry, **matter.committee(members=steps.name_of(world["officer_6"]))
    )
    assert without_key.status_code == 409 and "รหัสเปิดผนึก" in steps.said(without_key)
    unknown = steps.try_act(governor, acts.OrderInquiry, inquiry, **matter.committee(chair="นายไม่มี ในทะเบียน"))
    assert unknown.status_code == 422

    inquiry = steps.act(governor, acts.OrderInquiry, inquiry, **matter.committee())
    # Before the declaration only the own seat is there: whom it concerns, not what it says.
    member, seat = matter.desk(MEMBER), inquiry.seats.get(person=world[MEMBER].person)
    assert steps.page(member, inquiry).status_code == 404
    shown = steps.said(steps.page(member, seat))
    assert steps.ACCUSED in shown and steps.WORKING not in shown
    steps.act(member, acts.DeclareInterest, seat, reason=REASON)
    assert not holds_key(inquiry, world[MEMBER].person)
    assert steps.page(member, inquiry).status_code == 404

    # Another is named; the inquiry begins with the last declaration.
    steps.make_keys(world, "officer_6")
    new = {
        "seat": str(seat.pk),
        "person": steps.name_of(world["officer_6"]),
        "order_no": "๑๓",
        "reason": REASON,
    }
    inquiry = steps.act(governor, acts.ReplaceMember, inquiry, **new)
    for key in (CHAIR, SECRETARY, "officer_6"):
        assert inquiry.state == Inquiry.State.ORDERED
        steps.act(matter.desk(key), acts.DeclareNoInterest, inquiry.sitting().get(person=world[key].person))
        inquiry.refresh_from_db()
    assert inquiry.state == Inquiry.State.WORKING
    assert steps.WORKING in steps.said(steps.page(matter.desk("officer_6"), inquiry))


def test_a_member_who_is_named_later_loses_the_key_and_sees_nothing_any_more(matter):
    inquiry = matter.working()
    named = matter.world[CHAIR].person
    assert holds_key(inquiry, named)

    matter.respondent(inquiry, steps.name_of(matter.world[CHAIR]))

    chair, seat = matter.desk(CHAIR), Seat.objects.get(inquiry=inquiry, person=named)
    assert not holds_key(inquiry, named) and seat.state == Seat.State.REPLACED
    respondent = inquiry.respondents.get()
    for record in (inquiry, seat, respondent):
        assert steps.page(chair, record).status_code == 404


def test_it_is_not_ordered_before_the_text_without_the_sender_exists(matter):
    matter.case = matter.accepted()
    officer = matter.desk("center_officer")
    none_yet = steps.try_act(officer, acts.ShareWorkingText, matter.case, checked="on")
    assert none_yet.status_code == 409 and "ข้อความใช้งาน" in steps.said(none_yet)
    assert not Inquiry.objects.exists()
    inquiry = matter.share(evidence=[])
    Note.objects.filter(inquiry=inquiry).delete()

    answer = steps.try_act(matter.desk("governor"), acts.OrderInquiry, inquiry, **matter.committee())

    assert answer.status_code == 409 and "ปกปิดผู้ร้องเรียน" in steps.said(answer)


def test_two_executives_at_once_give_one_inquiry(matter):
    inquiry = matter.proposed()
    seen, order = inquiry.version, matter.committee()

    answers = [
        steps.try_act(matter.desk(key), acts.OrderInquiry, inquiry, version=seen, **order)
        for key in ("governor", "vice_governor")
    ]

    assert [a.status_code for a in answers] == [303, 409]
    assert "ก่อนท่าน" in steps.said(answers[1])
    assert (Seat.objects.filter(inquiry=inquiry).count(), matter.case.inquiries.count()) == (3, 1)


def test_time_is_extended_twice_and_a_late_report_stays_late(matter, time_machine):
    time_machine.move_to("2026-12-14T09:00:00+07:00", tick=True)
    inquiry = matter.ordered()
    assert str(inquiry.report_due_on) == "2027-01-13"
    vice = matter.desk("vice_governor")
    for due in ("2027-01-28", "2027-02-12"):
        inquiry = steps.act(vice, acts.ExtendInquiry, inquiry, reason=REASON)
        assert str(inquiry.report_due_on) == due
    assert steps.try_act(vice, acts.ExtendInquiry, inquiry, reason=REASON).status_code == 409


def test_the_committee_stops_when_the_matter_goes_to_nacc(matter):
    inquiry = matter.working()
    respondent = matter.respondent(inquiry, "นายสมมติ ไม่มีตัวตน")
    case = steps.act(
        matter.desk("center_officer"), ProposeTransfer, matter.case, transfer_to="nacc", reason=REASON
    )
    letter = {"letter_no": "ชม 0017/77", "letter_date": steps.today(), "reason": REASON, "notice": REASON}
    case = steps.act(matter.desk("center_head"), Transfer, case, **letter)

    inquiry.refresh_from_db()
    assert (case.state, inquiry.state) == ("transferred", "transferred")
    owed = Due.objects.open().filter(record_id__in=[case.pk, inquiry.pk, respondent.pk])
    assert not owed.exists(), "nobody here owes anything more"
    answer = steps.try_act(matter.desk(CHAIR), acts.AddRespondent, inquiry, name="นายอื่น ไม่มีตัวตน")
    assert answer.status_code != 303 and inquiry.respondents.count() == 1
