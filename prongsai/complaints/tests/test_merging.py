"""The same matter more than once is one case with several receipts; nobody learns of another sender."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints import statistics as counting
from prongsai.complaints.models import Case
from prongsai.complaints.tests import counter, steps, traces
from prongsai.complaints.tests.steps import NAME, REASON
from prongsai.notices.models import Notice
from prongsai.sealed.models import Grant

pytestmark = pytest.mark.django_db


def merge(client, case: Case, main: Case):
    return steps.try_act(client, acts.MergeInto, case, main=main.number, reason=REASON)


@pytest.mark.at("AT-M5-15")
def test_the_same_matter_by_web_post_and_telephone_is_one_case_with_three_receipts(
    unlocked_client_of, client_of, world, province
):
    web = steps.file_complaint()
    post = counter.take_in(client_of("center_officer_3"), "post_signed", name=NAME, hand_signed="on")
    call = counter.take_in(client_of("damrongtham_officer"), "phone", narrative="ผู้โทรเล่าเรื่องเดียวกัน")
    officer = unlocked_client_of("center_officer")
    main = steps.screen(officer, web.case)
    for other in (post, call):
        assert merge(officer, other.case, main).status_code == 303
        assert (other.case.state, other.case.merged_into) == (Case.State.MERGED, main)
    main = steps.fresh(main)
    assert main.signed, "one of the senders signed"
    [taken, _] = traces.entries(main, "complaints.take_in_merged")
    assert taken.actor_id == world["center_officer"].person.pk
    assert not [due for due in traces.dues(post.case).values() if not due.cancelled_at and not due.met_at]

    # Each sender tracks with the own number and code, and meets no other.
    case = steps.act(officer, acts.ProposeAcceptance, main, reason=REASON)
    steps.act(client_of("center_officer_2"), acts.Accept, case, reason="")
    for filed in (web, post, call):
        page = steps.matter(filed)
        assert "รับพิจารณา" in page
        assert "รับเรื่องของท่านไว้พิจารณาแล้ว" in page
        assert filed.number in page
        for another in {web, post, call} - {filed}:
            assert another.number not in page

    # What one of them adds reaches who answers for the matter.
    before = Notice.objects.of(world["center_officer"].person.pk).count()
    assert steps.send_more(steps.tracking(call), "ขอเพิ่มเติมทางโทรศัพท์", steps.pdf("เพิ่ม.pdf")).status_code == 303
    assert Notice.objects.of(world["center_officer"].person.pk).count() == before + 1
    assert "ขอเพิ่มเติมทางโทรศัพท์" not in steps.matter(web)
    page = steps.said(steps.record_page(officer, main))
    for said in (post.number, call.number, "ผู้โทรเล่าเรื่องเดียวกัน", "ขอเพิ่มเติมทางโทรศัพท์", "เพิ่ม.pdf"):
        assert said in page

    first, last = counting.fiscal_period(main.fiscal_year)
    counted = counting.figures(province, first, last)
    assert (counted.total, counted.receipts) == (1, 3)
    assert counted.by_channel == {"web": 1, "post_signed": 1, "phone": 1}


def test_whoever_is_named_in_one_of_them_is_shut_out_of_both(unlocked_client_of, client_of, world):
    named = world["center_officer_2"].person
    main = steps.file_complaint()
    other = steps.file_complaint(accused_name=f"{named.first_name} {named.last_name}")
    handler = unlocked_client_of("center_officer_2")
    steps.screen(handler, main.case)
    assert steps.record_page(handler, main.case).status_code == 200

    assert merge(handler, other.case, main.case).status_code == 404
    assert merge(unlocked_client_of("center_officer"), other.case, main.case).status_code == 303

    assert steps.record_page(handler, main.case).status_code == 404
    receipts = main.case.all_receipts().select_related("identity")
    for receipt in receipts:
        envelopes = [receipt.case.envelope_id, receipt.correspondence_id, receipt.identity.envelope_id]
        held = Grant.objects.filter(envelope__in=envelopes, keyholder__person__isnull=False)
        assert not held.filter(keyholder__person=named).exists()
        assert held.filter(keyholder__person=world["center_officer_3"].person).count() == 3
    assert main.case.handler == world["center_officer"].person, "who merged answers for it"
    owed = traces.dues(main.case)["complaints.decide"]
    assert owed.owed_person == world["center_officer"].person


def test_no_chain_no_circle_and_no_stranger(unlocked_client_of):
    one, two, three = (steps.file_complaint() for _ in range(3))
    officer = unlocked_client_of("center_officer")
    assert merge(officer, two.case, one.case).status_code == 303
    into_merged = merge(officer, three.case, two.case)
    assert into_merged.status_code == 422
    assert "โปรดระบุเลขที่ของเรื่องหลัก" in steps.problem_of(into_merged, "main")
    assert merge(officer, one.case, three.case).status_code == 409, "it leads others already"
    itself = merge(officer, three.case, three.case)
    assert "มิใช่เรื่องนี้" in steps.problem_of(itself, "main")
    unknown = steps.try_act(officer, acts.MergeInto, three.case, main="ศปท/9/2569", reason=REASON)
    assert steps.problem_of(unknown, "main") == "ไม่พบเรื่องเลขที่นี้"
    typed = one.number.replace("/", " / ")
    answer = steps.try_act(officer, acts.MergeInto, three.case, main=typed, reason=REASON)
    assert answer.status_code == 303, "as people type numbers"
    assert reverse("office:record", args=["complaints", three.case.pk]) in answer["Location"]
