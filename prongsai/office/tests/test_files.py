"""Files of sealed matters go out only to the team with the key in hand, and every opening is on record (G33, C09)."""

from __future__ import annotations

from typing import Any

import pytest
from django.conf import settings
from django.urls import reverse

from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.tests.steps import PDF, entries, file_complaint, pdf, record_page, said
from prongsai.files.models import SealedFile

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


def test_for_others_the_file_does_not_exist(
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
