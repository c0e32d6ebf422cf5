"""The official papers of a complaint: through the pages, by the register's door, with no name of the sender in any."""

from __future__ import annotations

import re
from urllib.parse import urlsplit

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.documents import OFFICE
from prongsai.complaints.models import Item, RefusalGround
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import ADDRESS, EMAIL, NAME, NARRATIVE, NOTICE, REASON
from prongsai.documents.stamp import Stamp, make_stamp, verify_page
from prongsai.documents.tests.samples import docx_text, flat, html_text, pdf_text
from prongsai.ledger.models import Entry
from prongsai.thai.digits import to_thai

pytestmark = pytest.mark.django_db

READERS = {"pdf": pdf_text, "docx": docx_text, "html": html_text}
AUTHORITY = "นายกเทศมนตรีตำบลสมมติ"


def address(case, key, kind="pdf"):
    return reverse("office:document", args=["complaints", case.pk, key, kind])


def read(client, case, key, kind="pdf"):
    answer = client.get(address(case, key, kind))
    assert answer.status_code == 200, (key, kind, answer.status_code)
    return flat(READERS[kind](answer.content))


def offered(client, case) -> set[str]:
    """The papers that the record page offers; every link of them answers."""
    links = re.findall(r'href="([^"]+/documents/[^"]+)"', steps.said(steps.record_page(client, case)))
    assert all(client.get(link).status_code == 200 for link in links)
    return {link.rpartition("/")[2].partition(".")[0] for link in links}


def assert_nobody_is_named(text):
    for private in (NAME, ADDRESS, EMAIL, NARRATIVE):
        assert flat(private) not in text


@pytest.fixture
def filed(world):
    return steps.file_complaint()


@pytest.fixture
def officer(unlocked_client_of):
    return unlocked_client_of("center_officer")


@pytest.mark.parametrize("kind", READERS)
def test_the_sender_takes_the_receipt_with_the_code_from_the_receipt_page_only(filed, kind):
    here = reverse("complaints:receipt-document", args=[kind])
    assert here in steps.said(filed.client.get(reverse("complaints:receipt")))
    text = flat(READERS[kind](filed.client.get(here).content))
    assert flat(to_thai(filed.number)) in text
    assert filed.code in text
    assert flat(str(Item.EVIDENCE.label)) in text
    assert_nobody_is_named(text)

    assert Client().get(here).status_code == 410
    filed.client.post(reverse("complaints:receipt-kept"), {"kept": "1"})
    assert filed.client.get(here).status_code == 410


def test_the_office_copy_of_the_receipt_has_no_code_and_says_who_printed_it(officer, filed):
    for kind in READERS:
        text = read(officer, filed.case, "complaint-receipt", kind)
        assert flat(to_thai(filed.number)) in text
        assert filed.code not in text
        assert flat("พิมพ์โดย นายกิตติ ศรีบุญเรือง") in text
        assert "ลับ" in text
        assert_nobody_is_named(text)


def test_a_record_offers_the_papers_of_its_state_and_no_others(officer, filed):
    assert offered(officer, filed.case) == {"complaint-receipt"}
    case = steps.screen(officer, filed.case)
    assert offered(officer, case) == {"complaint-receipt", "complaint-screening"}
    case = steps.ask(officer, case)
    assert offered(officer, case) == {"complaint-receipt", "complaint-screening", "complaint-request"}
    for key in ("complaint-refusal", "complaint-referral", "nothing"):
        assert officer.get(address(case, key)).status_code == 404
    assert officer.get(address(case, "complaint-receipt", "exe")).status_code == 404


@pytest.mark.parametrize("kind", READERS)
def test_the_request_says_what_is_missing_and_until_when(officer, filed, kind):
    case = steps.ask(officer, steps.screen(officer, filed.case))
    text = read(officer, case, "complaint-request", kind)
    assert flat("โปรดส่งเอกสารหรือภาพถ่ายที่แสดงเหตุการณ์ให้ชัดเจนยิ่งขึ้น") in text
    assert flat(str(Item.EVIDENCE.label)) in text
    due = traces.dues(case)["complaints.answer_request"].due_on
    assert flat(f"ภายในวันที่ {to_thai(due.day)}") in text
    assert "ขอแสดงความนับถือ" in text
    assert_nobody_is_named(text)


@pytest.mark.parametrize("kind", READERS)
def test_the_refusal_gives_ground_reason_and_the_right_to_a_review(officer, client_of, filed, kind):
    case = steps.propose_refusal(officer, steps.ready_to_refuse(officer, filed))
    assert officer.get(address(case, "complaint-refusal", kind)).status_code == 404, (
        "not before the second person"
    )
    case = steps.act(client_of("center_officer_2"), acts.Refuse, case, reason=REASON)
    text = read(officer, case, "complaint-refusal", kind)
    assert flat(str(RefusalGround.UNFOUNDED.label)) in text
    assert flat(NOTICE) in text
    assert flat("ท่านมีสิทธิขอให้ทบทวนภายใน ๓๐ วัน") in text
    assert flat("อรทัย จันทร์แก้ว") in text
    assert flat(REASON) not in text, "what the officers wrote to each other stays in the file"
    assert_nobody_is_named(text)


@pytest.mark.parametrize("kind", READERS)
def test_C43_the_referral_carries_the_letter_and_nothing_of_the_file(officer, filed, kind):
    case = steps.write_working_text(officer, steps.screen_as_outside(officer, filed.case))
    case = steps.act(
        officer, acts.Refer, case, to_authority=AUTHORITY, letter_no="ชม ๐๐๑๗.๑/๑๒๓", letter_date=steps.thai_today(), reason=REASON
    )  # fmt: skip
    text = read(officer, case, "complaint-referral", kind)
    for expected in (AUTHORITY, "ชม ๐๐๑๗.๑/๑๒๓", to_thai(filed.number)):
        assert flat(expected) in text
    for inner in (REASON, "ใบเสร็จรับเงิน", str(case.pk), str(case.envelope_id)):
        assert flat(inner) not in text
    assert_nobody_is_named(text)


@pytest.mark.parametrize("kind", READERS)
def test_the_screening_record_is_complete_and_signed(officer, client_of, filed, kind):
    case = steps.propose_refusal(officer, steps.ready_to_refuse(officer, filed))
    case = steps.act(client_of("center_officer_2"), acts.Refuse, case, reason=f"{REASON} ครั้งที่สอง")
    text = read(officer, case, "complaint-screening", kind)
    for expected in (
        "บันทึกการกลั่นกรอง",
        "การตรวจสอบเบื้องต้น",
        REASON,
        f"{REASON} ครั้งที่สอง",
        "ผู้กลั่นกรอง",
        "ผู้พิจารณา",
        "ลับ",
    ):
        assert flat(expected) in text, expected
    assert_nobody_is_named(text)


def test_sealed_papers_need_the_key_and_the_case_needs_the_door(client_of, filed, officer):
    case = steps.screen(officer, filed.case)
    locked = client_of("center_officer")
    answer = locked.get(address(case, "complaint-screening"))
    assert (answer.status_code, urlsplit(answer.url).path) == (302, reverse("sealed:unlock"))
    assert locked.get(address(case, "complaint-receipt")).status_code == 200, "nothing in it is sealed"

    for stranger in ("governor", "officer", "system_admin"):
        assert client_of(stranger).get(address(case, "complaint-receipt")).status_code == 404, stranger
    assert Client().get(address(case, "complaint-receipt")).status_code == 302


def test_every_paper_is_a_read_that_the_ledger_keeps(officer, filed):
    before = Entry.objects.filter(kind="complaints.document_read").count()
    read(officer, filed.case, "complaint-receipt")
    read(officer, filed.case, "complaint-receipt", "html")
    kept = Entry.objects.filter(kind="complaints.document_read")
    assert kept.count() == before + 2
    assert {entry.secrecy for entry in kept} == {"S3"}


def test_the_code_of_a_paper_leads_to_its_verification(officer, filed):
    body = officer.get(address(filed.case, "complaint-receipt", "html")).content.decode()
    assert verify_page() in body
    assert urlsplit(verify_page()).path == reverse("portal:verify")
    stamp = Stamp("complaint-receipt", filed.number, filed.case.received_on)
    page = steps.said(Client().get(reverse("portal:verify"), {"paper": make_stamp(stamp)}))
    assert "เอกสารนี้ออกจากระบบนี้" in page
    assert filed.number in page
    assert "ใบรับเรื่องร้องเรียน" in page
    for forged in ("x", make_stamp(stamp)[:-4] + "AAAA"):
        page = steps.said(Client().get(reverse("portal:verify"), {"paper": forged}))
        assert "มิได้ออกจากระบบนี้" in page
        assert filed.number not in page


def test_the_keys_of_papers_are_their_own():
    keys = [declared.key for declared in OFFICE]
    assert len(set(keys)) == len(keys)


@pytest.mark.parametrize("kind", READERS)
def test_whoever_writes_by_hand_finds_the_blank_letter_and_where_to_send_it(world, kind):
    page = steps.said(Client().get(reverse("complaints:how")))
    for channel in ("0 5311 2704", "1567", "ศาลากลางจังหวัดเชียงใหม่"):
        assert channel in page
    assert reverse("complaints:blank-letter", args=["pdf"]) in page

    answer = Client().get(reverse("complaints:blank-letter", args=[kind]))

    text = flat(READERS[kind](answer.content))
    for words in (
        "ผู้ว่าราชการจังหวัดเชียงใหม่",
        "ชื่อ นามสกุล",
        "กระทำการทุจริตต่อหน้าที่ราชการ",
        "พยานบุคคล",
        "ขอให้",
        "ปกปิดชื่อ",
    ):
        assert flat(words) in text
