"""What an officer has half typed is not lost: sealed to that officer alone, also after the session has ended."""

from __future__ import annotations

import datetime as dt

import pytest
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai.complaints.desk import drafts
from prongsai.complaints.models import Case, IntakeDraft
from prongsai.complaints.tests import counter, steps, traces

pytestmark = pytest.mark.django_db

HALF = "ข้อความที่พิมพ์ค้างไว้ครึ่งหนึ่ง"


def keep(client: Client, channel: str = "post_signed", **more) -> Client:
    assert counter.send(client, channel, narrative=HALF, save="draft", **more).status_code == 303
    return client


def opened(client: Client, draft: IntakeDraft):
    return client.get(f"{counter.address(draft.channel)}?draft={draft.pk}")


def test_a_draft_needs_no_open_key_to_write_and_the_own_key_to_read(client_of, unlocked_client_of):
    keep(
        client_of("center_officer"), files=[steps.pdf("หนังสือ.pdf")], received_on="๑/๕/๒๕๖๙", hand_signed="on"
    )
    draft = IntakeDraft.objects.get()
    assert not [where for where, text in traces.whole_database().items() if HALF.encode() in text]

    locked = opened(client_of("center_officer"), draft)
    assert locked["Location"].startswith(reverse("sealed:unlock"))
    officer = unlocked_client_of("center_officer")
    page = opened(officer, draft)
    assert HALF in steps.said(page)
    assert "๑/๕/๒๕๖๙" in steps.said(page)
    assert len(counter.held(page)) == 1
    colleague = unlocked_client_of("center_officer_2")
    assert opened(colleague, draft).status_code == 404
    assert (
        colleague.post(reverse("complaints-office:intake-draft-delete", args=[draft.pk])).status_code == 404
    )

    # Kept again it stays one draft; stored as a complaint it is gone.
    fields = {
        **counter.hidden(page),
        **counter.typed("post_signed", narrative=HALF),
        "files-held": counter.held(page),
    }
    again = officer.post(counter.address("post_signed"), {**fields, "save": "auto"})
    assert again.json()["draft"] == str(draft.pk)
    assert IntakeDraft.objects.count() == 1
    assert officer.post(counter.address("post_signed"), fields).status_code == 303
    assert Case.objects.get().evidence.count() == 1
    assert not IntakeDraft.objects.exists()


def test_C07_what_is_sent_after_the_session_ended_is_a_draft_of_the_same_officer(
    client_of, unlocked_client_of
):
    officer = client_of("center_officer")
    fields = {**counter.blank(officer, "phone"), **counter.typed("phone", narrative=HALF, place="หน้าสำนักงาน")}
    officer.logout()
    answer = officer.post(counter.address("phone"), fields)
    assert answer.status_code == 302
    assert answer["Location"].startswith(reverse("account_login"))
    page = steps.said(opened(unlocked_client_of("center_officer"), IntakeDraft.objects.get()))
    assert HALF in page
    assert "หน้าสำนักงาน" in page


def test_C07_where_no_draft_can_be_kept_the_words_stay_on_the_page(client_of):
    officer = client_of("damrongtham_officer")  # has made no key
    answer = counter.send(officer, "phone", narrative=HALF, save="draft")
    assert answer.status_code == 409
    assert HALF in steps.said(answer)
    fields = {**counter.blank(officer, "phone"), **counter.typed("phone", narrative=HALF)}
    officer.logout()
    for ticket in (fields["ticket"], "forged"):
        ours = {"Sec-Fetch-Site": "same-origin"}
        answer = officer.post(counter.address("phone"), {**fields, "ticket": ticket}, headers=ours)
        assert answer.status_code == 403
        assert HALF in steps.said(answer)
    assert not IntakeDraft.objects.exists()


def test_drafts_are_listed_deleted_and_swept_after_thirty_days(client_of):
    officer = keep(keep(client_of("center_officer")), "phone")
    page = steps.said(officer.get(reverse("complaints-office:intake")))
    assert page.count("ลบร่างนี้") == 2
    newest = IntakeDraft.objects.first()
    assert officer.post(reverse("complaints-office:intake-draft-delete", args=[newest.pk])).status_code == 303
    assert drafts.sweep() == 0
    IntakeDraft.objects.update(saved_at=timezone.now() - dt.timedelta(days=30))
    assert drafts.sweep() == 1
    assert not IntakeDraft.objects.exists()
