"""A printed paper is signed, scanned and comes back to its record by its QR; through the pages, as an officer does it."""

from __future__ import annotations

import hashlib
import re

import pytest
import segno
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image

from prongsai.complaints.models import Exclusion
from prongsai.complaints.tests import steps
from prongsai.documents.tests.samples import pdf_text
from prongsai.files.models import SealedFile
from prongsai.ledger.models import Entry
from prongsai.papers.models import SignedPaper
from prongsai.papers.tests import desk
from prongsai.papers.tests.desk import Scanner, as_pdf, as_picture, printed, said

pytestmark = pytest.mark.django_db

NOT_OURS = "มิใช่เอกสารของระบบนี้"
TURNED = Scanner(dots=150, turn=90, quality=40)
POOR = Scanner(dots=150, turn=4, blur=0.6, noise=0.01, quality=35)
UPSIDE_DOWN = Scanner(dots=200, turn=180, blur=0.8, noise=0.005, quality=50)


@pytest.fixture
def case(world):
    return steps.file_complaint().case


@pytest.fixture
def officer(unlocked_client_of):
    return unlocked_client_of("center_officer")


def paper(client, case, key="complaint-receipt"):
    answer = client.get(reverse("office:document", args=["complaints", case.pk, key, "pdf"]))
    assert answer.status_code == 200
    return answer.content


def of(case):
    return SignedPaper.objects.filter(record_id=case.pk).order_by("number")


def test_a_signed_scan_is_filed_sealed_recorded_and_shown(officer, case):
    pdf = paper(officer, case)
    scan = as_pdf(*printed(pdf, TURNED), quality=TURNED.quality)
    page = desk.upload(officer, scan)
    assert page.status_code == 200 and f"เรื่องร้องเรียน {case.number}" in said(page)
    assert "ใบรับเรื่องร้องเรียน" in said(page) and "ฉบับลงนามครั้งที่ 1" in said(page)
    assert not of(case).exists(), "nothing is kept before it is confirmed"

    answer = desk.confirm(officer, page)

    assert answer["Location"] == reverse("office:record", args=["complaints", case.pk])
    (signed,) = of(case)
    (entry,) = Entry.objects.filter(kind="complaints.file_signed_paper")
    scan.seek(0)
    whole = hashlib.sha256(scan.read()).hexdigest()
    assert entry.content["sha256"] == entry.content["scan_sha256"] == signed.sha256 == whole
    assert entry.subject_id == str(case.pk) and entry.secrecy == "S3"
    assert signed.file.envelope == case.envelope
    shown = said(steps.record_page(officer, case))
    assert "ฉบับลงนามครั้งที่ 1" in shown and whole[:16] in shown and "นำเข้าเอกสารที่ลงนามแล้ว" in shown
    given = officer.get(reverse("office:file", args=[signed.file_id]))
    assert b"".join(given).startswith(b"%PDF")


@pytest.mark.parametrize("scanner", [POOR, UPSIDE_DOWN], ids=["poor", "upside down"])
@pytest.mark.parametrize("sort", ["JPEG", "PNG"])
def test_bad_pictures_are_read_too(officer, case, scanner, sort):
    (page, *_rest) = printed(paper(officer, case), scanner)
    desk.file(officer, as_picture(page, sort, scanner.quality))
    assert of(case).count() == 1


def test_the_same_scan_twice_is_one_and_another_scan_is_the_next_version(officer, case):
    pdf = paper(officer, case)
    first = as_pdf(*printed(pdf))
    waiting = desk.upload(officer, first)
    desk.file(officer, first)
    desk.confirm(officer, waiting)  # two tabs
    again = desk.upload(officer, first)
    assert "สแกนนี้นำเข้าไว้แล้ว เป็นฉบับลงนามครั้งที่ 1" in said(again) and 'name="part"' not in said(again)
    assert of(case).count() == 1

    desk.file(officer, as_pdf(*printed(pdf, ink="another")))
    assert [one.number for one in of(case)] == [1, 2]
    assert SealedFile.objects.filter(record_id=str(case.pk), original=None, removed_at=None).count() == 2


def test_several_papers_in_one_scan_go_each_to_its_own_record(officer, case):
    other = steps.file_complaint().case
    one, two = (printed(paper(officer, c)) for c in (case, other))
    blank = Image.new("RGB", one[0].size, "white")
    page = desk.upload(officer, as_pdf(*one, *two, blank))
    assert "อ่านคิวอาร์โค้ดมิได้" in said(page) and other.number in said(page)
    assert desk.confirm(officer, page).status_code == 303

    (mine,), (theirs,) = of(case), of(other)
    assert mine.scan_sha256 == theirs.scan_sha256 and mine.sha256 != theirs.sha256
    assert mine.pages == "1" if len(one) == 1 else f"1–{len(one)}"
    given = b"".join(officer.get(reverse("office:file", args=[theirs.file_id])))
    assert pdf_pages(given) == len(two) + 1, (
        "its own pages and the one after them, no page of the other paper"
    )


def pdf_pages(data):
    import pypdfium2

    with pypdfium2.PdfDocument(data) as document:
        return len(document)


def test_without_a_readable_qr_the_code_beside_it_leads_there(officer, case):
    pdf = paper(officer, case)
    code = re.search(r"รหัสเอกสาร\s*([0-9A-Z-]{19})", pdf_text(pdf)).group(1)
    first, *_rest = printed(pdf)
    height = first.height
    first.paste("white", (0, int(height * 0.85), first.width, height))
    page = desk.upload(officer, as_picture(first))
    assert page.status_code == 422 and "อ่านคิวอาร์โค้ดในสแกนนี้มิได้" in said(page)
    held = re.search(r'name="scan-held" value="([^"]+)"', said(page)).group(1)
    wrong = officer.post(reverse(desk.SCAN), {"scan-held": held, "code": "AAAA-BBBB-CCCC-DDDD"})
    assert wrong.status_code == 422 and "ไม่พบเอกสารตามรหัสนี้" in said(wrong)

    page = officer.post(reverse(desk.SCAN), {"scan-held": held, "code": code.lower().replace("-", " ")})
    assert case.number in said(page)
    assert desk.confirm(officer, page).status_code == 303 and of(case).count() == 1


def test_a_code_that_the_qr_contradicts_is_refused(officer, case):
    other = steps.file_complaint().case
    code = re.search(r"รหัสเอกสาร\s*([0-9A-Z-]{19})", pdf_text(paper(officer, other))).group(1)
    answer = desk.upload(officer, as_pdf(*printed(paper(officer, case))), code=code)
    assert answer.status_code == 422 and "เป็นของเอกสารอื่น" in said(answer)


def test_foreign_codes_and_records_out_of_sight_are_answered_alike(officer, client_of, case, world):
    scan = as_pdf(*printed(paper(officer, case)))
    elsewhere = segno.make_qr("https://elsewhere.example/verify/?paper=abc")
    picture = Image.new("RGB", (800, 800), "white")
    foreign = elsewhere.to_pil(scale=6) if hasattr(elsewhere, "to_pil") else _drawn(elsewhere)
    picture.paste(foreign, (100, 100))
    answers = [desk.upload(officer, as_picture(picture))]
    answers += [desk.upload(client_of(key), scan) for key in ("officer", "auditor", "system_admin")]
    waiting = desk.upload(officer, scan)
    Exclusion.objects.create(case=case, person=world["center_officer"].person)
    answers.append(desk.upload(officer, scan))
    for answer in answers:
        assert answer.status_code == 422 and NOT_OURS in said(answer)
        assert case.number not in said(answer)
    assert desk.confirm(officer, waiting).status_code == 303 and not of(case).exists(), (
        "asked again when filed"
    )


def _drawn(code):
    from io import BytesIO

    out = BytesIO()
    code.save(out, kind="png", scale=6)
    return Image.open(out).convert("RGB")


def test_what_was_read_cannot_be_changed_or_used_by_another(officer, unlocked_client_of, case):
    page = desk.upload(officer, as_pdf(*printed(paper(officer, case))))
    assert desk.confirm(unlocked_client_of("center_officer_2"), page).status_code == 422
    assert desk.confirm(officer, page, reading="forged").status_code == 422
    assert desk.confirm(officer, page, part=[]).status_code == 422
    assert not of(case).exists()


@pytest.mark.parametrize(
    "content",
    [
        b"%PDF-1.7\n" + b"x" * 2000,
        b"%PDF-1.4\n1 0 obj<</Type/Catalog/Pages 2 0 R>>endobj 2 0 obj<</Type/Pages/Kids[3 0 R]/Count 1>>endobj "
        b"3 0 obj<</Type/Page/Parent 2 0 R/MediaBox[0 0 14000000 0.001]>>endobj trailer<</Root 1 0 R>>",
        b"\xff\xd8\xff\xe0broken",
        b"\x89PNG\r\n\x1a\n" + b"\0" * 50,
    ],
    ids=["pdf", "endless page", "jpeg", "png"],
)
def test_hostile_files_get_a_sentence(officer, content):
    ending = {b"%": "pdf", b"\xff": "jpg", b"\x89": "png"}[content[:1]]
    answer = desk.upload(officer, SimpleUploadedFile(f"x.{ending}", content))
    assert answer.status_code == 422 and 'class="govuk-error-message"' in said(answer)
