"""Files of sealed matters go out only to the team with the key in hand, and every opening is on record (G33, C09)."""

from __future__ import annotations

import zipfile
from io import BytesIO
from typing import Any

import pytest
from django.conf import settings
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse

from prongsai.complaints.acts import StartScreening
from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.tests.steps import PDF, act, entries, file_complaint, pdf, record_page, said
from prongsai.files.models import SealedFile
from prongsai.files.tests.conftest import daemon
from prongsai.files.tests.daemon import HARM
from prongsai.files.tests.test_cleaning import photo

__all__ = ["daemon"]

pytestmark = pytest.mark.django_db


@pytest.fixture
def case() -> Case:
    return file_complaint(files=[pdf("หลักฐานการจ่ายเงิน.pdf")]).case


def address(case: Case) -> str:
    return reverse("office:file", args=[SealedFile.objects.get(record_id=str(case.pk)).pk])


def test_the_team_reads_the_very_bytes_under_the_name_and_it_is_on_record(
    unlocked_client_of: Any, case: Case
) -> None:
    officer = unlocked_client_of("center_officer")
    assert "หลักฐานการจ่ายเงิน.pdf" in said(record_page(officer, case))

    answer = officer.get(address(case))

    assert b"".join(answer) == PDF
    assert "filename*=UTF-8''" in answer["Content-Disposition"]
    assert "no-store" in answer["Cache-Control"]
    assert len(entries(case, "complaints.file_read")) == 1


def test_without_the_key_in_hand_the_way_leads_to_the_passphrase(client_of: Any, case: Case) -> None:
    answer = client_of("center_officer").get(address(case))

    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("sealed:unlock"))
    assert not entries(case, "complaints.file_read")


def test_G33_for_others_the_file_does_not_exist(
    client_of: Any, unlocked_client_of: Any, case: Case, world: Any
) -> None:
    for key in ("officer", "head_agency", "system_admin", "auditor"):
        assert client_of(key).get(address(case)).status_code == 404, key
    assert unlocked_client_of("governor").get(address(case)).status_code == 404
    Exclusion.objects.create(case=case, person=world["center_officer_2"].person)
    assert unlocked_client_of("center_officer_2").get(address(case)).status_code == 404
    assert client_of("anonymous").get(address(case)).status_code == 302


def test_a_lost_blob_is_said_and_hides_nothing_else(unlocked_client_of: Any, case: Case) -> None:
    officer, file = unlocked_client_of("center_officer"), SealedFile.objects.get(record_id=str(case.pk))
    (settings.FILES_ROOT / file.path).unlink()

    answer = officer.get(address(case))

    assert answer.status_code == 404
    assert "ไม่พบไฟล์นี้ในที่เก็บไฟล์" in said(answer)
    assert reverse("office:record", args=["complaints", case.pk]) in said(answer)
    assert record_page(officer, case).status_code == 200


# --- originals, and all files at once ---


@pytest.fixture
def pictures() -> Case:
    names = ("สลิป.jpg", "สลิป.jpg", "น้ํามัน.jpg")
    return file_complaint(files=[SimpleUploadedFile(name, photo(orientation=6)) for name in names]).case


def original_of(case: Case) -> str:
    kept = SealedFile.objects.filter(record_id=str(case.pk), original=None).order_by("created_at")
    return reverse("office:file-original", args=[kept[0].pk])


def test_the_original_is_for_the_one_who_answers_for_the_matter_after_a_reason(
    unlocked_client_of: Any, pictures: Case
) -> None:
    handler, other = (unlocked_client_of(key) for key in ("center_officer", "center_officer_2"))
    act(handler, StartScreening, pictures)
    assert original_of(pictures) in said(record_page(handler, pictures))
    assert original_of(pictures) not in said(record_page(other, pictures))
    assert other.post(original_of(pictures), {"reason": "authenticity"}).status_code == 403

    page = handler.get(original_of(pictures))
    assert page.status_code == 200 and "อาจมีข้อมูลแฝงที่ระบุตัวผู้ส่งได้" in said(page)
    unreasoned = handler.post(original_of(pictures), {"reason": ""})
    assert unreasoned.status_code == 422 and "โปรดเลือกเหตุ" in said(unreasoned)
    assert not entries(pictures, "complaints.original_read")

    answer = handler.post(original_of(pictures), {"reason": "authenticity"})
    assert b"".join(answer) == photo(orientation=6)
    (entry,) = entries(pictures, "complaints.original_read")
    assert entry.content["reason"] == "authenticity"


def test_a_working_copy_has_no_address_of_its_own_and_a_file_without_one_no_original(
    unlocked_client_of: Any, pictures: Case, case: Case
) -> None:
    officer = unlocked_client_of("center_officer")
    copy = SealedFile.objects.filter(record_id=str(pictures.pk)).exclude(original=None).first()
    assert officer.get(reverse("office:file", args=[copy.pk])).status_code == 404
    assert officer.get(original_of(case)).status_code == 404


def test_the_zip_holds_every_working_copy_and_each_is_a_read_on_record(
    unlocked_client_of: Any, pictures: Case
) -> None:
    officer, url = (
        unlocked_client_of("center_officer"),
        reverse("office:record-files", args=["complaints", pictures.pk]),
    )
    assert url in said(record_page(officer, pictures))

    answer = officer.get(url)

    archive = zipfile.ZipFile(BytesIO(b"".join(answer)))
    assert archive.namelist() == ["สลิป.jpg", "สลิป (2).jpg", "น้ำมัน.jpg"]
    assert not any(b"Exif" in archive.read(name) for name in archive.namelist())
    assert "no-store" in answer["Cache-Control"]
    read = entries(pictures, "complaints.file_read")
    originals = SealedFile.objects.filter(record_id=str(pictures.pk), original=None)
    assert {entry.content["file"] for entry in read} == {str(file.pk) for file in originals}


def test_the_zip_does_not_exist_for_others(
    client_of: Any, unlocked_client_of: Any, pictures: Case, world: Any
) -> None:
    url = reverse("office:record-files", args=["complaints", pictures.pk])
    for key in ("officer", "head_agency", "system_admin", "auditor", "governor"):
        assert client_of(key).get(url).status_code == 404, key
    Exclusion.objects.create(case=pictures, person=world["center_officer_2"].person)
    assert unlocked_client_of("center_officer_2").get(url).status_code == 404
    answer = client_of("center_officer").get(url)
    assert answer.status_code == 302 and answer["Location"].startswith(reverse("sealed:unlock"))
    assert not entries(pictures, "complaints.file_read")


def test_what_a_virus_was_found_in_is_not_given_out_and_hides_nothing_else(
    unlocked_client_of: Any, case: Case, settings: Any
) -> None:
    officer = unlocked_client_of("center_officer")
    SealedFile.objects.filter(record_id=str(case.pk)).update(scan_state="harmful")

    answer = officer.get(address(case))

    assert answer.status_code == 403 and "พบไวรัสในไฟล์นี้" in said(answer)
    assert not entries(case, "complaints.file_read") and entries(case, "complaints.file_read.refused")
    assert "พบไวรัสในไฟล์นี้" in said(record_page(officer, case))


def test_whoever_opens_what_was_not_scanned_has_it_scanned_first(
    unlocked_client_of: Any, settings: Any, daemon: Any
) -> None:
    filed = file_complaint(files=[pdf("ร้าย.pdf", PDF + HARM)])
    officer = unlocked_client_of("center_officer")
    assert "ยังไม่ได้ตรวจ" in said(record_page(officer, filed.case))
    settings.CLAMD = daemon.address

    assert officer.get(address(filed.case)).status_code == 403

    assert "พบไวรัสในไฟล์นี้" in said(record_page(officer, filed.case))
    assert len(entries(filed.case, "files.harmful")) == 1
