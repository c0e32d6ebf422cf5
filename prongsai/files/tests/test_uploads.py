"""Through HTTP: files of every size arrive whole (C03), in secret (C30), and survive a form shown again (C06)."""

import hashlib
import html
import os
import re
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.files.uploadedfile import SimpleUploadedFile
from django.db import connection
from django.http import HttpRequest
from django.test import Client
from django.utils import timezone

from prongsai import files, sealed
from prongsai.files.stream import FRAME
from prongsai.files.tests.daemon import HARM, Daemon
from prongsai.files.tests.test_cleaning import photo
from prongsai.files.upload import SealedUploadHandler
from prongsai.sealed.tests.people import in_hand, make_keyholder

pytestmark = [pytest.mark.django_db, pytest.mark.urls("prongsai.files.tests.urls")]
MIB = 1024 * 1024
NAME = "หลักฐานจากคุณสมศรี.pdf"
MARK = b"PLAIN-TEXT-OF-THE-EVIDENCE"


def pdf(size: int) -> bytes:
    body = (b"%PDF-1.7 " + MARK + b" " + bytes(range(256))) * (size // 290 + 1)
    return body[:size]


class Filing:
    """A person at the form, and two officers who read."""

    def __init__(self, commit: Any) -> None:
        self.commit = commit
        self.officers = [make_keyholder("ก"), make_keyholder("ข")]
        self.envelope = sealed.create_envelope("case", self.officers)
        self.client = Client()

    def send(self, *uploads: tuple[str, bytes], story: str = "เรื่อง", **more: Any) -> Any:
        sent = [SimpleUploadedFile(name, content) for name, content in uploads]
        with self.commit(execute=True):
            return self.client.post(f"/file/{self.envelope.pk}/", {"story": story, "files": sent, **more})

    def download(self, file_id: str, officer: int = 0) -> tuple[Any, bytes]:
        opened = in_hand(self.officers[officer]).open(self.envelope)
        response = files.serve(files.SealedFile.objects.get(pk=file_id), opened)
        return response, b"".join(response.streaming_content)


@pytest.fixture
def filing(django_capture_on_commit_callbacks: Any) -> Filing:
    return Filing(django_capture_on_commit_callbacks)


def handles(response: Any) -> list[str]:
    return [
        html.unescape(h) for h in re.findall(r'name="files-held" value="([^"]+)"', response.content.decode())
    ]


@pytest.mark.parametrize(
    "size", [10, FRAME - 1, FRAME, FRAME + 1, MIB - 1, MIB, MIB + 1, 2 * MIB - 1, 2 * MIB]
)
def test_C03_every_size_up_to_the_limit_arrives_whole_for_both_readers(
    filing: Filing, settings: Any, size: int
) -> None:
    settings.UPLOAD_FILE_LIMIT = 2 * MIB
    content = pdf(size)
    (file_id,) = filing.send((NAME, content)).json()["kept"]
    for officer in (0, 1):
        response, read = filing.download(file_id, officer)
        assert hashlib.sha256(read).digest() == hashlib.sha256(content).digest()
        assert int(response["Content-Length"]) == size
    file = files.SealedFile.objects.get(pk=file_id)
    opened = in_hand(filing.officers[0]).open(filing.envelope)
    _name, _kind, salt = files.meta_of(file, opened)
    assert bytes(file.digest) == hashlib.sha256(salt + content).digest()


def test_C03_one_byte_arrives(filing: Filing) -> None:
    (file_id,) = filing.send(("a.txt", b"x")).json()["kept"]
    assert filing.download(file_id)[1] == b"x"


def test_C03_too_large_and_empty_files_are_said_to_be_so_and_leave_nothing(
    filing: Filing, settings: Any, blobs: Any
) -> None:
    settings.UPLOAD_FILE_LIMIT = 2 * MIB
    response = filing.send((NAME, pdf(2 * MIB + 1)), ("ว่าง.txt", b""))
    page = response.content.decode()
    assert response.status_code == 422
    assert f"{NAME}: ขนาดไฟล์เกิน 2 เมกะไบต์" in page and "ว่าง.txt: ไฟล์ไม่มีข้อมูล" in page
    assert handles(response) == [] and blobs() == ([], [])


def test_a_full_disk_is_said_beside_the_field(filing: Filing, store: Path) -> None:
    store.write_bytes(b"")  # a file where the folder should be: nothing can be written
    response = filing.send((NAME, pdf(100)))
    assert response.status_code == 422 and "ไม่สามารถรับไฟล์ได้ในขณะนี้" in response.content.decode()


def test_a_body_that_ends_inside_of_a_file_is_no_success(filing: Filing, blobs: Any) -> None:
    body = (
        b'--b\r\nContent-Disposition: form-data; name="story"\r\n\r\nx\r\n'
        b'--b\r\nContent-Disposition: form-data; name="files"; filename="a.pdf"\r\n\r\n' + pdf(1000)
    )
    response = filing.client.post(
        f"/file/{filing.envelope.pk}/", body, content_type="multipart/form-data; boundary=b"
    )
    assert response.status_code == 400 and blobs() == ([], [])


def test_a_wrong_kind_is_refused_and_the_rest_is_kept_for_the_next_try(filing: Filing) -> None:
    response = filing.send((NAME, b"MZ\x90\x00" * 50), ("ดี.pdf", pdf(500)))
    assert response.status_code == 422
    assert f"{NAME}: ชนิดไฟล์ไม่ได้รับอนุญาต" in response.content.decode()
    assert len(handles(response)) == 1
    assert len(filing.send(**{"files-held": handles(response)}).json()["kept"]) == 1


def test_more_files_than_allowed_are_refused(filing: Filing) -> None:
    response = filing.send(*[(f"{n}.pdf", pdf(50)) for n in range(4)])
    assert "แนบไฟล์ได้ไม่เกิน 3 ไฟล์" in response.content.decode() and len(handles(response)) == 4
    kept = filing.send(**{"files-held": handles(response), "files-drop": ["1"]})
    assert len(kept.json()["kept"]) == 3


def test_no_plain_byte_is_on_the_disk_while_a_file_arrives_nor_after(store: Path, blobs: Any) -> None:
    handler = SealedUploadHandler(HttpRequest())
    handler.new_file("files", NAME, "application/pdf", None)
    content = pdf(MIB)
    for start in range(0, len(content), 50_000):
        handler.receive_data_chunk(content[start : start + 50_000], start)
        assert _plain_in(store) == []
    (arriving,), _ = blobs()
    assert arriving.stat().st_size > MIB - 2 * FRAME  # it is being written, not held in memory
    upload = handler.file_complete(len(content))
    assert _plain_in(store) == [] and b"".join(upload.chunks()) == content
    assert upload.head == content[:8192]


def _plain_in(root: Path) -> list[Path]:
    """Files that show the content, the name, or any stretch of the document."""
    signs = (MARK, b"%PDF", bytes(range(32, 96)), NAME.encode(), "สมศรี".encode())
    return [
        path
        for path in root.rglob("*")
        if any(
            sign in str(path.name).encode() or (path.is_file() and sign in path.read_bytes())
            for sign in signs
        )
    ]


def test_C30_neither_disk_nor_database_shows_name_type_or_content(filing: Filing, store: Path) -> None:
    filing.send((NAME, pdf(5000)))
    assert _plain_in(store) == []
    with connection.cursor() as cursor:
        cursor.execute("SELECT * FROM files_sealedfile")
        (row,) = cursor.fetchall()
    stored = b"|".join(bytes(v) if isinstance(v, memoryview) else str(v).encode() for v in row)
    for secret in (NAME.encode(), "สมศรี".encode(), b"pdf", b"evidence", MARK):
        assert secret not in stored


def test_C06_an_error_elsewhere_keeps_the_files_until_the_next_try(filing: Filing, blobs: Any) -> None:
    content = pdf(3 * FRAME + 5)
    response = filing.send((NAME, content), story="")
    assert response.status_code == 422 and NAME in response.content.decode()
    held = handles(response)
    assert len(held) == 1 and len(blobs()[0]) == 1
    # Shown again a second time, with one more file: both are there.
    response = filing.send(("b.pdf", pdf(40)), story="", **{"files-held": held})
    held = handles(response)
    kept = filing.send(**{"files-held": held}).json()["kept"]
    assert [filing.download(file_id)[1] for file_id in kept] == [content, pdf(40)]
    assert blobs()[0] == []
    # Sending the old form once more says that the files are gone instead of losing them in silence.
    response = filing.send(**{"files-held": held})
    assert response.status_code == 422 and "โปรดแนบใหม่อีกครั้ง" in response.content.decode()


def test_a_rollback_leaves_the_files_for_the_next_try(filing: Filing, blobs: Any) -> None:
    response = filing.send((NAME, pdf(900)), story="roll back")
    assert response.status_code == 409 and files.SealedFile.objects.count() == 0
    (file_id,) = filing.send(**{"files-held": handles(response)}).json()["kept"]
    assert filing.download(file_id)[1] == pdf(900)
    arrived, kept = blobs()
    assert arrived == [] and len(kept) == 2  # one of them without a row
    assert files.sweep_orphans() == 0  # it might be a transaction that is still open
    with time_machine.travel(timezone.now() + timedelta(days=2)):
        assert files.sweep_orphans() == 1
    assert filing.download(file_id)[1] == pdf(900)


def test_what_is_not_kept_goes_with_the_request(filing: Filing, blobs: Any) -> None:
    content = "รายการ\n".encode() * 20_000
    response = filing.client.post("/read/", {"list": SimpleUploadedFile("a.csv", content)})
    assert response.content == content and blobs() == ([], [])


def test_a_virus_is_said_beside_the_field_and_the_rest_is_kept(filing: Filing, scanner: Daemon) -> None:
    bad = b"%PDF-1.7 " + b"." * FRAME + HARM
    response = filing.send(("ร้าย.pdf", bad), ("ดี.pdf", pdf(500)))
    page = response.content.decode()
    assert response.status_code == 422 and "ร้าย.pdf: พบไวรัสในไฟล์นี้" in page and "เรื่อง" in page
    assert len(handles(response)) == 1
    # What was found clean is not looked at again: the scanner may be gone by then.
    scanner.stop()
    try:
        (file_id,) = filing.send(**{"files-held": handles(response)}).json()["kept"]
    finally:
        scanner.start()
    assert files.SealedFile.objects.get(pk=file_id).scan_state == files.ScanState.CLEAN


def test_the_working_copy_survives_a_form_shown_again(filing: Filing, blobs: Any) -> None:
    response = filing.send(("ภาพ.jpg", photo()), story="")
    assert len(blobs()[0]) == 2  # the original and the copy that was made of it
    (file_id,) = filing.send(**{"files-held": handles(response)}).json()["kept"]
    assert b"Exif" not in filing.download(file_id)[1]
    assert [len(found) for found in blobs()] == [0, 2]


def test_a_request_larger_than_any_form_is_refused_before_it_arrives(filing: Filing, settings: Any) -> None:
    settings.UPLOAD_REQUEST_LIMIT = 5 * MIB
    body = Untouched()
    response = filing.client.generic(
        "POST",
        f"/file/{filing.envelope.pk}/",
        b"body",
        content_type="multipart/form-data; boundary=b",
        **{"CONTENT_LENGTH": str(5 * MIB + 1), "wsgi.input": body},
    )
    assert response.status_code == 413 and "มีขนาดใหญ่เกินไป" in response.content.decode()
    assert body.read_so_far == 0


class Untouched:
    """A body that tells whether somebody has begun to read it."""

    read_so_far = 0

    def read(self, size: int = -1) -> bytes:
        self.read_so_far += 1
        return b""

    readline = read

    def close(self) -> None:
        pass


def test_handles_end_after_a_day_and_cannot_be_made_up(filing: Filing, blobs: Any) -> None:
    (handle,) = handles(filing.send((NAME, pdf(900)), story=""))
    assert NAME not in handle and files.from_handle(handle).name == NAME
    middle = len(handle) // 2
    for wrong in (
        handle[:-8],
        handle[:middle] + ("A" if handle[middle] != "A" else "B") + handle[middle + 1 :],
        "",
        "ก",
    ):
        with pytest.raises(files.HandleExpired):
            files.from_handle(wrong)
    (blob,), _ = blobs()
    with blob.open("r+b") as out:
        out.truncate(100)
    with pytest.raises(files.HandleExpired):
        files.from_handle(handle)

    (handle,) = handles(filing.send((NAME, pdf(900)), story=""))
    assert files.sweep_incoming() == 0
    with time_machine.travel(timezone.now() + timedelta(hours=25)):
        with pytest.raises(files.HandleExpired):
            files.from_handle(handle)
        assert files.sweep_incoming() == 2
    assert blobs() == ([], [])


def test_the_limit_is_enforced_while_the_file_arrives(settings: Any, blobs: Any) -> None:
    settings.UPLOAD_FILE_LIMIT = 100_000
    handler = SealedUploadHandler(HttpRequest())
    handler.new_file("files", NAME, "application/pdf", None)
    handler.receive_data_chunk(os.urandom(60_000), 0)
    assert len(blobs()[0]) == 1
    handler.receive_data_chunk(os.urandom(60_000), 60_000)
    assert blobs()[0] == []  # gone at once, not at the end
    handler.receive_data_chunk(os.urandom(60_000), 120_000)
    assert handler.file_complete(180_000).problem == "too_large" and blobs()[0] == []


def test_where_the_line_breaks_nothing_is_left(blobs: Any) -> None:
    handler = SealedUploadHandler(HttpRequest())
    handler.new_file("files", NAME, "application/pdf", None)
    handler.receive_data_chunk(pdf(3 * FRAME), 0)
    assert len(blobs()[0]) == 1
    del handler  # the parser tells nobody; the request is over
    assert blobs()[0] == []
