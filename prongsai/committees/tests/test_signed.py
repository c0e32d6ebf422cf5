"""Minutes that were signed in ink come back: open to whoever sees the meeting, without a passphrase, filed by the secretary."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from prongsai.committees.models import Meeting
from prongsai.committees.sample import Story, load_sample_committees
from prongsai.committees.tests.desk import ClientOf, page
from prongsai.ledger.models import Entry
from prongsai.papers.models import SignedPaper
from prongsai.papers.tests import desk

pytestmark = pytest.mark.django_db


@pytest.fixture
def meeting(province: Any, world: dict[str, Any], story: Story) -> Meeting:
    return Meeting.objects.get(
        committee=load_sample_committees(province, world), state=Meeting.State.CERTIFIED
    )


def test_the_secretary_files_signed_minutes_and_whoever_sees_the_meeting_reads_them(
    meeting: Meeting, client_of: ClientOf
) -> None:
    planner, auditor, stranger = (client_of(key) for key in ("plan_officer", "auditor", "center_officer"))
    pdf = planner.get(f"{page(meeting)}documents/committee-minutes.pdf").content
    scan = desk.as_pdf(*desk.printed(pdf, desk.Scanner(dots=150)))
    seen = desk.upload(auditor, scan)
    assert "เฉพาะเจ้าหน้าที่ฝ่ายเลขานุการ" in desk.said(seen) and 'name="part"' not in desk.said(seen)

    desk.file(planner, scan)

    signed = SignedPaper.objects.get(record_id=meeting.pk)
    assert signed.document == "committee-minutes" and signed.file.envelope is None
    assert Entry.objects.get(kind="committees.file_signed_meeting_paper").content["sha256"] == signed.sha256
    address = reverse("office:file", args=[signed.file_id])
    shown = desk.said(auditor.get(page(meeting)))
    assert address in shown and "ฉบับลงนามครั้งที่ 1" in shown
    assert b"".join(auditor.get(address)).startswith(b"%PDF")
    scan.seek(0)
    original = planner.post(
        reverse("office:file-original", args=[signed.file_id]), {"reason": "authenticity"}
    )
    assert b"".join(original) == scan.read()
    assert auditor.get(reverse("office:file-original", args=[signed.file_id])).status_code == 403
    together = auditor.get(reverse("office:record-files", args=["meetings", meeting.pk]))
    assert b"".join(together).startswith(b"PK")
    assert stranger.get(address).status_code == 404
