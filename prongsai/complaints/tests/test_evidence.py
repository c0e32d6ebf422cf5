"""Evidence files: what was sent is what an officer gets, to the byte, under its own name; a bad file hides nothing else."""

from __future__ import annotations

import hashlib
import re
from pathlib import Path
from urllib.parse import unquote

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prongsai.complaints.tests import steps, traces
from prongsai.files.models import SealedFile
from prongsai.ledger.models import Entry
from prongsai.thai.text import clean

pytestmark = pytest.mark.django_db

MIB = 1024 * 1024


def document(size: int) -> bytes:
    """A PDF of exactly ``size`` bytes, with no two frames alike."""
    head = b"%PDF-1.7\n"
    body = hashlib.shake_256(str(size).encode()).digest(max(size - len(head), 0))
    return (head + body)[:size]


def download(client: Client, file: SealedFile):
    return client.get(reverse("office:file", args=[file.pk]))


def sha256(answer) -> str:
    assert answer.status_code == 200
    return hashlib.sha256(b"".join(answer.streaming_content)).hexdigest()


def name_of(answer) -> str:
    return unquote(re.search(r"filename\*=UTF-8''([^;]+)", answer["Content-Disposition"]).group(1))


def blob(file: SealedFile) -> Path:
    return Path(settings.FILES_ROOT) / file.path


def test_C03_files_of_every_size_arrive_whole_at_both_officers(unlocked_client_of):
    sent = {
        "หนึ่งไบต์.txt": b"x",
        "ใต้หนึ่งเมกะไบต์.pdf": document(MIB - 1),
        "หนึ่งเมกะไบต์.pdf": document(MIB),
        "เกินหนึ่งเมกะไบต์.pdf": document(MIB + 1),
    }
    filed = steps.file_complaint(files=[SimpleUploadedFile(name, content) for name, content in sent.items()])
    assert filed.case.evidence.count() == len(sent)

    for key in ("center_officer", "center_officer_2"):
        client = unlocked_client_of(key)
        got = {}
        for piece in filed.case.evidence.select_related("file"):
            answer = download(client, piece.file)
            assert int(answer["Content-Length"]) == piece.file.size
            got[name_of(answer)] = sha256(answer)
        assert got == {name: hashlib.sha256(content).hexdigest() for name, content in sent.items()}


def test_C03_an_empty_file_is_said_to_be_empty_and_the_others_stay(world):
    client = Client()
    files = [SimpleUploadedFile("ว่าง.pdf", b""), steps.pdf("ไม่ว่าง.pdf")]

    answer = steps.send(client, files=files)

    assert answer.status_code == 422
    assert steps.problem_of(answer, "files") == "ว่าง.pdf: ไฟล์ไม่มีข้อมูล โปรดตรวจสอบแล้วแนบใหม่"
    held = re.findall(r'name="files-held" value="([^"]+)"', answer.content.decode())
    assert len(held) == 1
    token = re.search(r'name="token" value="([^"]+)"', answer.content.decode()).group(1)
    filed = steps.file_complaint(client, token=token, **{"files-held": held})
    assert filed.case.evidence.count() == 1


def test_a_program_is_not_taken_whatever_it_is_called(world):
    answer = steps.send(Client(), files=[SimpleUploadedFile("ใบเสร็จ.pdf", b"MZ\x90\x00 program")])

    assert answer.status_code == 422
    assert "ชนิดไฟล์ไม่ได้รับอนุญาต" in steps.problem_of(answer, "files")


@pytest.mark.parametrize(
    "name",
    [
        "ใบเสร็จค่าน้ำมันที่ปั๊ม.pdf",
        "น้ํามันเชื้อเพลิง.pdf",
        "ก็จริง ๆ นะ (ฉบับแก้ไข).pdf",
        "เอกสาร “ลับ” ๑/๒.pdf",
        "📄หลักฐาน.pdf",
    ],
)
def test_names_with_thai_marks_come_back_as_they_were(unlocked_client_of, name):
    filed = steps.file_complaint(files=[steps.pdf(name)])
    shown = name.rpartition("/")[2]  # a browser sends no folders, and no name may hold one
    client = unlocked_client_of("center_officer")

    assert shown in steps.said(steps.record_page(client, filed.case))
    # Marks come in the order in which they are written, whatever the keyboard did (น้ํา → น้ำ).
    assert name_of(download(client, filed.case.evidence.get().file)) == clean(shown)


def test_C30_the_name_is_not_in_the_database_and_the_page_of_a_locked_key_does_not_show_it(client_of):
    name = "ชื่อไฟล์บอกว่าใครส่ง.pdf"
    filed = steps.file_complaint(files=[steps.pdf(name)])

    needle = name.removesuffix(".pdf").encode()
    assert [column for column, text in traces.whole_database().items() if needle in text] == []
    assert name not in steps.said(steps.record_page(client_of("center_officer"), filed.case))


def test_every_download_is_in_the_ledger_and_needs_the_key(client_of, unlocked_client_of, world):
    filed = steps.file_complaint(files=[steps.pdf()])
    file = filed.case.evidence.get().file

    locked = download(client_of("center_officer"), file)
    assert locked.status_code == 302
    assert reverse("sealed:unlock") in locked["Location"]
    assert Client().get(reverse("office:file", args=[file.pk])).status_code == 302
    sha256(download(unlocked_client_of("center_officer_2"), file))

    reads = Entry.objects.for_subject("complaints.case", str(filed.case.pk)).filter(
        kind="complaints.file_read"
    )
    assert [(e.actor_id, e.content["file"]) for e in reads] == [
        (world["center_officer_2"].person.pk, str(file.pk))
    ]


@pytest.mark.parametrize("damage", ["missing", "changed", "cut"])
def test_C09_a_bad_file_does_not_hide_the_case(unlocked_client_of, damage):
    filed = steps.file_complaint(files=[steps.pdf("เสียหาย.pdf", document(5000)), steps.pdf("ดีอยู่.pdf")])
    bad, good = [piece.file for piece in filed.case.evidence.order_by("pk").select_related("file")]
    path = blob(bad)
    content = path.read_bytes()
    path.unlink()
    if damage == "changed":
        path.write_bytes(content[:200] + bytes([content[200] ^ 1]) + content[201:])
    elif damage == "cut":
        path.write_bytes(content[:-20])
    client = unlocked_client_of("center_officer")

    page = steps.record_page(client, filed.case)

    assert page.status_code == 200
    shown = steps.said(page)
    for expected in (steps.NARRATIVE, "เสียหาย.pdf", "ดีอยู่.pdf"):
        assert expected in shown, expected
    assert "FileCard(" not in shown
    if damage != "changed":
        assert "ในที่เก็บไฟล์ โปรดแจ้งผู้ดูแลระบบ" in shown
    refused = download(client, bad)
    assert refused.status_code == 404
    assert "โปรดแจ้งผู้ดูแลระบบ" in steps.said(refused)
    assert sha256(download(client, good)) == hashlib.sha256(steps.PDF).hexdigest()
    assert steps.tracking(filed).get(reverse("complaints:matter")).status_code == 200


def test_a_broken_letter_or_story_does_not_hide_the_rest(unlocked_client_of):
    filed = steps.file_complaint(files=[steps.pdf("ดีอยู่.pdf")])
    steps.send_more(steps.tracking(filed), "ข้อความที่จะเสียหาย")
    steps.send_more(steps.tracking(filed), "ข้อความที่ยังดี")
    broken = filed.case.receipts.get().messages.order_by("pk").first()
    broken.sealed = bytes(broken.sealed)[:-1] + b"\x00"
    broken.save(update_fields=["sealed"])
    case = filed.case
    type(case).objects.filter(pk=case.pk).update(file=bytes(case.file)[:-1] + b"\x00")

    for page in (
        steps.said(steps.record_page(unlocked_client_of("center_officer"), case)),
        steps.matter(filed),
    ):
        assert "อ่านส่วนนี้มิได้ (ข้อมูลเสียหาย)" in page
        assert "ข้อความที่ยังดี" in page
    assert "ดีอยู่.pdf" in steps.said(steps.record_page(unlocked_client_of("center_officer"), case))
