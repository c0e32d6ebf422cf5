"""The postal register: numbers and the chain of custody in the open, letter and envelope sealed, each to its own key."""

from __future__ import annotations

import pytest
from django.db import DatabaseError, transaction
from django.urls import reverse

from prongsai.complaints import reveal
from prongsai.complaints.desk.custody import TakeOverOriginal
from prongsai.complaints.models import Custody, EnvelopeScan, PostalItem, Reveal
from prongsai.complaints.tests import counter, steps
from prongsai.complaints.tests.steps import NAME, REASON
from prongsai.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(client_of) -> steps.Filed:
    scans = {"files": [steps.pdf("หนังสือ.pdf")], "envelope_scan": [steps.pdf("ซองมีชื่อผู้ส่ง.pdf")]}
    numbers = {"receiving_no": "รับ ๑๒๓/๒๕๖๙", "postmark_on": "1/5/2569", "lies_at": "ตู้นิรภัย ชั้น ๓"}
    return counter.take_in(client_of("center_officer_3"), "post_signed", name=NAME, **numbers, **scans)


def test_the_register_shows_numbers_and_custody_is_a_chain_that_nobody_changes(filed, client_of):
    item, officer = PostalItem.objects.get(), client_of("center_officer")
    listing = steps.said(officer.get(reverse("office:register", args=["post"])))
    for shown in (filed.number, "รับ ๑๒๓/๒๕๖๙", "ตู้นิรภัย ชั้น ๓", "นายปกรณ์ ไชยวุฒิ"):
        assert shown in listing
    for sealed in (counter.STORY, NAME, "หนังสือ.pdf", "ซองมีชื่อผู้ส่ง"):
        assert sealed not in listing

    url = reverse("office:act", args=[TakeOverOriginal.key(), item.pk])
    assert officer.post(url, {"version": item.version, "lies_at": ""}).status_code == 422
    assert officer.post(url, {"version": item.version, "lies_at": "ตู้สำนวน"}).status_code == 303
    assert officer.post(url, {"version": item.version, "lies_at": "อื่น"}).status_code == 409
    page = steps.said(officer.get(reverse("office:record", args=["post", item.pk])))
    assert "รับมอบจาก นายปกรณ์ ไชยวุฒิ" in page
    assert "ตู้สำนวน" in page
    assert "ตู้นิรภัย ชั้น ๓" in page
    for change in (Custody.objects.all().delete, lambda: Custody.objects.update(lies_at="อื่น")):
        with pytest.raises(DatabaseError), transaction.atomic():
            change()


def test_the_envelope_opens_only_while_a_look_at_the_identity_is_on(filed, unlocked_client_of, client_of):
    officer, scan = unlocked_client_of("center_officer"), EnvelopeScan.objects.get()
    case = steps.screen(officer, filed.case)
    page = steps.said(steps.record_page(officer, case))
    assert "หนังสือ.pdf" in page
    assert "ซองมีชื่อผู้ส่ง" not in page
    assert officer.get(reverse("office:file", args=[scan.file_id])).status_code == 404
    assert officer.get(reverse("office:record-files", args=["complaints", case.pk])).status_code == 200

    steps.act(officer, reveal.RequestReveal, case, purpose="contact", document_no="", reason=REASON)
    asked = Reveal.objects.get()
    here = reverse("complaints-office:intake-envelope", args=[asked.pk, scan.file_id])
    assert officer.get(here).status_code == 404, "before it is allowed"
    custodian = unlocked_client_of("identity_custodian")
    allow = reverse("office:act", args=[reveal.AllowReveal.key(), asked.pk])
    assert custodian.post(allow, {"version": asked.version}).status_code == 303
    asked.refresh_from_db()
    look = reverse("office:act", args=[reveal.OpenIdentity.key(), asked.pk])
    assert officer.post(look, {"version": asked.version}).status_code == 303
    shown = steps.said(officer.get(reverse("office:record", args=["reveals", asked.pk])))
    assert NAME in shown
    assert here in shown
    assert b"".join(officer.get(here).streaming_content).startswith(b"%PDF")
    assert Entry.objects.filter(kind="complaints.identity_read").last().content["file"] == str(scan.file_id)
    assert custodian.get(here).status_code == 404
