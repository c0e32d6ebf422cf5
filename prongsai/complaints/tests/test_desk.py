"""Taking in by hand: every channel has its own few questions and one road; who takes in at Damrongtham never reads."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.desk.profiles import PROFILES
from prongsai.complaints.models import Case, Identity, Item, RefusalGround
from prongsai.complaints.tests import counter, steps, traces
from prongsai.complaints.tests.steps import ADDRESS, NAME, REASON
from prongsai.documents.tests.samples import docx_text, flat, html_text, pdf_text
from prongsai.sealed.models import Grant
from prongsai.thai.digits import to_thai

pytestmark = pytest.mark.django_db

READERS = {"pdf": pdf_text, "docx": docx_text, "html": html_text}


@pytest.fixture
def desk(client_of) -> Client:
    """An officer of the Damrongtham centre."""
    return client_of("damrongtham_officer")


@pytest.mark.parametrize("channel", PROFILES)
def test_C39_C46_a_channel_needs_its_own_few_fields_and_no_questionnaire(client_of, channel):
    officer = client_of("center_officer_3")
    page = steps.said(officer.get(counter.address(channel)))
    for of_the_web in ("request_choice", "confirm", "lead_only"):
        assert f'name="{of_the_web}"' not in page
    assert ('name="envelope_scan"' in page) == channel.startswith("post")
    assert len(PROFILES[channel].first) <= 10

    refused = counter.send(officer, channel, narrative="")
    assert refused.status_code == 422
    assert steps.problem_of(refused, "narrative") == "โปรดบันทึกเรื่องที่ร้องเรียน"
    assert len(steps.problems(refused)) == 1, "nothing else is required"

    case = counter.take_in(officer, channel).case
    receipt = case.receipts.get()
    assert (receipt.channel, receipt.written_by_staff) == (channel, True)
    assert receipt.readback_confirmed == (channel in counter.SPOKEN)
    assert receipt.received_label.startswith("นายปกรณ์ ไชยวุฒิ (ตัวอย่าง) ตำแหน่ง")
    practice = {"centre": "1", "damrongtham": "3", "phone": "5", "agency": None}.get(channel, "4")
    [entry] = traces.entries(case, "complaints.file_by_staff")
    assert practice is None or f"M5.2.5.{practice}" in entry.clauses
    assert not case.accused_outside, "what is not stated is not another agency"
    assert Item.ACCUSED.value in case.items_missing


@pytest.mark.at("AT-M5-04")
def test_a_call_to_1567_is_written_down_read_back_and_so_in_writing(desk, unlocked_client_of):
    words = {"narrative": "ผู้โทรแจ้งว่าถูกเรียกเงินหนึ่งพันบาท", "name": NAME, "phone": "081 765 4321"}
    shown = counter.send(desk, "phone", **words)
    assert shown.status_code == 200
    assert not Case.objects.exists(), "nothing is stored before it is confirmed"
    assert "อ่านทวน" in steps.said(shown)
    for said in words.values():
        assert said.replace(" ", "") in steps.said(shown).replace(" ", "").replace("-", "")

    untouched = desk.post(counter.address("phone"), {**counter.hidden(shown), **words})
    assert untouched.status_code == 422
    assert "ทำเครื่องหมายเมื่อผู้ร้องเรียนยืนยันแล้ว" in steps.said(untouched)
    changed = counter.confirm(desk, "phone", shown, **{**words, "narrative": "ข้อความอื่นที่มิได้อ่านทวน"})
    assert changed.status_code == 422
    assert "โปรดอ่านทวนข้อความนี้อีกครั้ง" in steps.said(changed)
    assert not Case.objects.exists()

    stored = counter.confirm(desk, "phone", shown, **words)
    assert stored.status_code == 303
    case = Case.objects.get()
    receipt = case.receipts.select_related("identity").get()
    assert receipt.readback_confirmed
    assert receipt.identity.signature == Identity.Signature.PHONE
    assert case.signed
    assert "M5.2.4.1" in traces.entries(case, "complaints.file_by_staff")[0].clauses

    officer = unlocked_client_of("center_officer")
    case = steps.screen(officer, steps.fresh(case), foundation=Case.Foundation.UNFOUNDED.value)
    case = steps.ask(officer, case)
    code = steps.html.unescape(desk.get(stored["Location"]).content.decode())
    code = code.partition('id="ps-receipt-code">')[2].partition("<")[0]
    steps.send_more(steps.tracking(steps.Filed(desk, "", case.number, code)), "ไม่มีข้อมูลเพิ่ม")
    case = steps.act(officer, acts.RecordCheck, steps.fresh(case), text=REASON)
    page = steps.said(officer.get(steps.act_url(acts.ProposeRefusal, case)))
    assert acts.refusal_grounds(case)
    assert str(RefusalGround.UNWRITTEN.label) not in page

    for kind, reader in READERS.items():
        paper = officer.get(
            reverse("office:document", args=["complaints", case.pk, "complaint-oral-record", kind])
        )
        text = flat(reader(paper.content))
        assert flat(words["narrative"]) in text
        assert flat("อ่านทวนข้อความข้างต้นให้ผู้ร้องเรียนฟังแล้ว") in text
        assert flat("นางสาวสุภาวดี หน่อแก้ว") in text
        assert flat(NAME) not in text


@pytest.mark.at("AT-M5-05")
def test_a_signed_letter_without_an_address_is_asked_once_and_not_refused_for_it(client_of, time_machine):
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    letter = {"name": NAME, "phone": "0817654321", "hand_signed": "on", "documents": "สำเนาใบเสร็จแนบมาสามฉบับ"}
    letter |= {"request_text": "ให้ตรวจสอบ", "accused_name": "เจ้าหน้าที่ทะเบียนของสำนักงานสมมติ"}
    filed = counter.take_in(client_of("center_officer_3"), "post_signed", **letter)
    case, officer = filed.case, client_of("center_officer")
    assert case.signed
    assert Item.SENDER.value in case.items_missing
    assert Item.EVIDENCE.value not in case.items_missing
    assert str(Item.SENDER.label) in steps.said(steps.record_page(officer, case))

    case = steps.screen(officer, case, foundation=Case.Foundation.UNCLEAR.value)
    text = "โปรดแจ้งที่อยู่ที่ติดต่อได้ เจ้าหน้าที่ได้โทรศัพท์แจ้งแล้ว"
    case = steps.act(officer, acts.AskMore, case, items=[Item.SENDER.value], text=text, way="phone")
    assert case.state == Case.State.MORE_INFO
    assert traces.dues(case)["complaints.answer_request"].due_on == traces.day("2026-06-02")
    assert traces.entries(case, "complaints.ask_more")[0].content["way"] == "phone"
    assert steps.send_more(steps.tracking(filed), "ยังไม่มีที่อยู่แน่นอน").status_code == 303
    case = steps.act(officer, acts.RecordCheck, steps.fresh(case), text=REASON)
    assert steps.try_act(officer, acts.AskMore, case, text=text).status_code == 409, "once"
    assert case.state == Case.State.SCREENING
    assert RefusalGround.INCOMPLETE not in acts.refusal_grounds(case)


@pytest.mark.at("AT-M5-32")
def test_damrongtham_takes_in_prints_the_receipt_and_then_sees_number_and_state_only(
    desk, client_of, unlocked_client_of, world, time_machine
):
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    words = {"grounds": ["G1"], "name": NAME, "address": ADDRESS, "hand_signed": "on"}
    filed = counter.take_in(desk, "damrongtham", files=[steps.pdf("สลิปโอนเงิน.pdf")], **words)
    for kind, reader in READERS.items():
        paper = desk.get(reverse("complaints-office:intake-receipt-document", args=["receipt", kind]))
        text = flat(reader(paper.content))
        assert flat(to_thai(filed.number)) in text
        assert filed.code in text
        record = desk.get(reverse("complaints-office:intake-receipt-document", args=["record", kind]))
        assert flat(NAME) in flat(reader(record.content)), "the sender signs it at the counter"

    # Handed over, sealed, on the same day: the centre owes the screening, and the desk holds no key.
    case, person = filed.case, world["damrongtham_officer"].person
    assert case.received_on == traces.day("2026-05-18")
    assert traces.dues(case)["complaints.begin_screening"].owed_role == "center_officer"
    entry = traces.entries(case, "complaints.file_by_staff")[0]
    assert entry.content["handed_over_sealed_to"] == case.agency.name_th
    assert not Grant.objects.filter(keyholder__person=person).exists()
    assert counter.STORY in steps.said(steps.record_page(unlocked_client_of("center_officer"), case))

    # The receipt goes from this browser for good.
    assert desk.post(reverse("complaints-office:intake-receipt-given")).status_code == 303
    assert desk.get(reverse("complaints-office:intake-receipt")).status_code == 410
    listing = desk.get(reverse("office:register", args=["received"]))
    assert filed.number in steps.said(listing)
    assert "รับเรื่องแล้ว" in steps.said(listing)
    for secret in (counter.STORY, NAME, filed.code, "สลิปโอนเงิน", "กระทำการทุจริต"):
        assert secret not in steps.said(listing)
    piece = case.evidence.get()
    for door in (
        reverse("office:record", args=["complaints", case.pk]),
        reverse("office:register", args=["complaints"]),
        reverse("office:register", args=["post"]),
        reverse("office:file", args=[piece.file_id]),
        reverse("office:document", args=["complaints", case.pk, "complaint-oral-record", "html"]),
        steps.act_url(acts.StartScreening, case),
    ):
        assert desk.get(door).status_code == 404, door
    assert desk.get(counter.address("post_signed")).status_code == 403

    steps.screen(client_of("center_officer"), case)
    steps.act(client_of("center_officer"), acts.ProposeAcceptance, steps.fresh(case), reason=REASON)
    listing = steps.said(desk.get(reverse("office:register", args=["received"])))
    assert "อยู่ระหว่างกลั่นกรอง" in listing, "what is proposed inside is not said outside"


def test_an_officer_who_is_named_in_what_a_colleague_took_in_does_not_meet_it(client_of):
    head, officer = client_of("damrongtham_head"), client_of("damrongtham_officer")
    filed = counter.take_in(head, "damrongtham", accused_name="นางสาวสุภาวดี หน่อแก้ว")
    address = reverse("office:register", args=["received"])
    assert filed.number in steps.said(head.get(address))
    assert filed.number not in steps.said(officer.get(address))


def test_the_receipt_is_for_the_officer_who_took_it_in(desk, client_of):
    counter.take_in(desk, "phone")
    colleague = client_of("damrongtham_head")
    colleague.cookies["prongsai_receipt"] = desk.cookies["prongsai_receipt"].value
    assert desk.get(reverse("complaints-office:intake-receipt")).status_code == 200
    assert colleague.get(reverse("complaints-office:intake-receipt")).status_code == 410


def test_a_form_that_is_sent_twice_is_one_complaint(client_of):
    officer = client_of("center_officer")
    fields = {**counter.blank(officer, "post_anonymous"), **counter.typed("post_anonymous")}
    answers = [officer.post(counter.address("post_anonymous"), fields) for _ in range(2)]
    assert [answer.status_code for answer in answers] == [303, 303]
    assert Case.objects.count() == 1
