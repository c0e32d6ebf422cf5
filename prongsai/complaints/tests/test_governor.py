"""A complaint about the governor: explained, and sent on sealed as its sender chooses; nothing goes to the governor (AT-M5-07)."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.acts.alarms import raise_alarms
from prongsai.acts.models import Due
from prongsai.complaints import acts, governor
from prongsai.complaints import statistics as counting
from prongsai.complaints.forms_sending import CHECKLIST
from prongsai.complaints.models import Case
from prongsai.complaints.tests import counter, steps, traces
from prongsai.complaints.tests.steps import NARRATIVE
from prongsai.notices.models import Notice
from prongsai.sealed.models import Grant

pytestmark = [pytest.mark.django_db, pytest.mark.at("AT-M5-07")]

NAMED = "นายเกรียงไกร วงศ์ปันดี"
NOT_FOR = ("governor", "vice_governor", "center_head", "center_officer", "head_provincial_office")


def asked(**changes):
    """The form comes back with the question; the browser, its fields, and the page."""
    client = Client()
    fields = steps.complaint(**changes)
    fields["token"] = steps.blank_form(client)
    answer = client.post(reverse("complaints:new"), fields)
    assert answer.status_code == 422
    return client, fields, steps.said(answer)


def forwarded(**choice) -> steps.Filed:
    client, fields, _page = asked(accused_name=NAMED)
    answer = client.post(
        reverse("complaints:new"), {**fields, "forward_asked": "1", "forward_to": "nacc", **choice}
    )
    assert answer.status_code == 303, steps.problems(answer)
    return steps.Filed(client, fields["token"], *steps.receipt_of(client))


@pytest.mark.parametrize("written", [NAMED, "ผู้ว่าราชการจังหวัดเชียงใหม่", "ท่านผู้ว่าฯ", "ผวจ.เชียงใหม่"])
def test_the_form_explains_shows_the_channels_and_keeps_everything(world, written):
    _client, _fields, page = asked(accused_name=written, files=[steps.pdf("หลักฐาน.pdf")])

    assert "จังหวัดไม่สอบสวนผู้ว่าราชการจังหวัดของตน" in page
    for authority in ("ป.ป.ช.", "ป.ป.ท.", "กระทรวงมหาดไทย", "1205", "1206", "ที่มา"):
        assert authority in page
    for typed in (NARRATIVE, steps.NAME, steps.ADDRESS, written):
        assert typed in page
    assert re.search(r'name="files-held" value="[^"]+"', page), "the file is kept too"
    assert not Case.objects.exists(), "nothing is kept before the sender has chosen"


@pytest.mark.parametrize(
    "written",
    [
        "รองผู้ว่าราชการจังหวัดเชียงใหม่",
        "อดีตผู้ว่าราชการจังหวัด",
        "ผู้ว่าราชการจังหวัดลำพูน",
        "เลขานุการผู้ว่าราชการจังหวัด",
        "ผู้ว่าการไฟฟ้าส่วนภูมิภาค",
        "ผู้ว่าจ้างโครงการ",
        "deputy governor",
        "เจ้าหน้าที่ขนส่ง",
    ],
)
def test_others_are_not_taken_for_the_governor(province, written):
    assert not governor.is_named(province, written)


def test_somebody_who_only_mentions_him_files_as_usual_and_he_is_kept_from_it(world):
    client, fields, _page = asked(accused_name=f"นายสมมติ คนขับรถ อ้างชื่อ {NAMED}")
    answer = client.post(
        reverse("complaints:new"), {**fields, "forward_asked": "1", "forward_to": "mentioned"}
    )
    assert answer.status_code == 303
    case = Case.objects.get()
    assert (case.state, case.custodians_only) == (Case.State.RECEIVED, False)
    assert case.exclusions.filter(person=world["governor"].person).exists()
    assert case.envelope.grants.filter(keyholder__person=world["center_officer"].person).exists()


def test_a_choice_must_be_made(world):
    client, fields, _page = asked(accused_name=NAMED)
    answer = client.post(reverse("complaints:new"), {**fields, "forward_asked": "1"})
    assert answer.status_code == 422
    assert "โปรดเลือก" in steps.problem_of(answer, "forward_to")
    assert not Case.objects.exists()


def test_it_is_sealed_to_the_custodians_and_nobody_else_sees_hears_or_counts_it(world, client_of):
    filed = forwarded(forward_name="no")
    case = filed.case
    keepers = {
        world[key].person.pk for key in ("identity_custodian", "identity_custodian_2", "identity_custodian_3")
    }

    assert (case.state, case.accused_agency, case.forward_with_name) == (Case.State.FORWARDING, None, False)
    receipt = case.receipts.get()
    for envelope in (case.envelope, receipt.correspondence, receipt.identity.envelope):
        held = Grant.objects.filter(envelope=envelope, keyholder__person__isnull=False)
        assert set(held.values_list("keyholder__person_id", flat=True)) == keepers
    shares = Grant.objects.filter(envelope=receipt.identity.envelope, keyholder__person__isnull=False)
    assert sorted(shares.values_list("share", flat=True)) == [1, 2, 2], "one half each"
    Due.objects.filter(record_id=case.pk).update(due_on="2020-01-01", started_on="2019-12-01")
    raise_alarms()
    told = set(Notice.objects.filter(record_id=str(case.pk)).values_list("recipient_id", flat=True))
    assert told == keepers
    for key in NOT_FOR:
        client = client_of(key)
        assert steps.record_page(client, case).status_code == 404, key
        listed = client.get(reverse("office:register", args=["complaints"]))
        assert listed.status_code == 404 or filed.number not in steps.said(listed), key
        duties = steps.said(client.get(reverse("office:register", args=["duties"])))
        assert filed.number not in duties, key
    page = steps.said(Client().get(reverse("complaints:statistics")))
    assert "ปิดผนึก" not in page, "no figure of its own"
    figures = counting.figures(case.province, case.received_on, case.received_on)
    assert figures.by_state == {"received": 1} and figures.by_agency == {None: 1}


def test_where_a_custodian_is_named_too_nobody_remains_and_the_sender_hears_it(world):
    client, fields, _page = asked(accused_name=f"{NAMED} กับ นางนงลักษณ์ สุขเกษม และนายศักดา เรือนคำ")
    choice = {"forward_asked": "1", "forward_to": "nacc", "forward_name": "no"}
    answer = client.post(reverse("complaints:new"), {**fields, **choice})
    assert answer.status_code == 503
    page = steps.said(answer)
    assert "ไม่มีเจ้าหน้าที่อย่างน้อยสองคน" in page and NARRATIVE in page
    assert not Case.objects.exists()


def test_a_custodian_sends_it_on_with_the_working_text_and_the_sender_is_told(world, unlocked_client_of):
    filed = forwarded(forward_name="no")
    keeper = unlocked_client_of("identity_custodian_2")
    due = traces.dues(filed.case)["complaints.forward_matter"]
    assert due.rule_text == "5 วันทำการ" and due.is_default
    letter = {"letter_no": "ลับ ๑/๒๕๗๐", "letter_date": steps.thai_today(), "sent_by": "post"}

    too_early = steps.try_act(keeper, acts.ForwardSealed, filed.case, **letter)
    assert too_early.status_code == 409 and "ข้อความใช้งาน" in steps.said(too_early)
    checked = [key for key, _label in CHECKLIST]
    case = steps.act(keeper, acts.WriteWorkingText, filed.case, text="มีการเรียกรับเงิน", checked=checked)
    case = steps.act(keeper, acts.ForwardSealed, case, **letter)

    assert case.state == Case.State.REFERRED
    assert traces.dues(case)["complaints.forward_matter"].met_by == "complaints.forward_sealed"
    assert case.referral.to_authority.startswith("สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ")
    page = steps.matter(filed)
    assert "ลับ ๑/๒๕๗๐" in page and "ส่งต่อหน่วยงานอื่นแล้ว" in page
    assert "ปกปิดข้อมูลเพื่อคุ้มครองผู้ร้องเรียน" in steps.said(steps.record_page(keeper, case))
    assert steps.NAME not in steps.said(steps.record_page(keeper, case))


def test_with_the_name_only_if_the_sender_says_so(unlocked_client_of):
    filed = forwarded(forward_name="yes")
    page = steps.said(steps.record_page(unlocked_client_of("identity_custodian"), filed.case))
    assert steps.NAME in page and "ประสงค์ให้แจ้งชื่อ" in page
    proof = filed.client.get(reverse("complaints:receipt-proof"))
    assert proof.status_code == 200


@pytest.mark.parametrize("channel", ["post_anonymous", "phone"])
def test_a_letter_or_a_call_about_him_goes_the_same_way(world, client_of, channel):
    desk = client_of("center_officer")
    shown = counter.send(desk, channel, accused_name=NAMED)
    if channel in counter.SPOKEN:
        shown = counter.confirm(desk, channel, shown, accused_name=NAMED)
    page = steps.said(shown)
    assert shown.status_code == 422 and "จังหวัดไม่สอบสวนผู้ว่าราชการจังหวัดของตน" in page
    assert counter.STORY in page and not Case.objects.exists()

    choice = {"forward_asked": "1", "forward_to": "pacc", "forward_name": "no"}
    answer = counter.confirm(desk, channel, shown, accused_name=NAMED, **choice)

    assert answer.status_code == 303, steps.problems(answer)
    case = Case.objects.get()
    assert (case.state, case.forward_to, case.custodians_only) == (Case.State.FORWARDING, "pacc", True)
    for key in NOT_FOR:
        assert steps.record_page(client_of(key), case).status_code == 404
    assert steps.record_page(client_of("identity_custodian"), case).status_code == 200
