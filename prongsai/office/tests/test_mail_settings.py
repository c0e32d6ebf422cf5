"""How one is told by mail, where a mail leads, and what everybody must know: the worker is silent, no mail goes out."""

from __future__ import annotations

from collections.abc import Iterator
from typing import Any

import pytest
from django.db import connection
from django.urls import reverse

from prongsai.complaints.models import Exclusion
from prongsai.complaints.tests.steps import file_complaint, said
from prongsai.notices.models import MailSettings, Notice
from prongsai.office.warnings import NO_MAIL, WORKER_SILENT, watch

pytestmark = pytest.mark.django_db


@pytest.fixture(autouse=True)
def no_memory() -> Iterator[None]:
    watch.forget()
    yield
    watch.forget()


def test_one_chooses_how_to_be_told(client_of: Any, world: Any) -> None:
    client, url = client_of("officer"), reverse("office:notices-mail")
    assert client.get(url).status_code == 405
    wrong = client.post(url, {"delivery": "never", "quiet_from": "25", "quiet_to": "7"})
    assert wrong.status_code == 422 and not MailSettings.objects.exists()
    assert client.post(url, {"delivery": "daily", "quiet_from": "18", "quiet_to": "9"}).status_code == 302
    kept = MailSettings.objects.get()
    assert (kept.person, kept.delivery, kept.quiet_from, kept.quiet_to) == (
        world["officer"].person,
        "daily",
        18,
        9,
    )
    page = said(client.get(reverse("office:notices")))
    assert '<option value="18" selected>18.00 น.' in page


def test_a_mail_leads_to_the_matter_and_nobody_else_there(client_of: Any, world: Any) -> None:
    case = file_complaint().case
    mine = Notice.objects.of(world["center_officer"].person.pk).get()
    url, record = (
        reverse("office:notice", args=[mine.pk]),
        reverse("office:record", args=["complaints", case.pk]),
    )
    assert client_of("center_officer").get(url)["Location"] == record
    assert client_of("center_officer_2").get(url).status_code == 404
    assert client_of("anonymous").get(url)["Location"].endswith(f"?next={url}")
    mine.refresh_from_db()
    assert mine.read_at is None
    Exclusion.objects.create(case=case, person=world["center_officer"].person)
    assert client_of("center_officer").get(url)["Location"] == reverse("office:notices")


def test_everybody_at_work_sees_that_the_worker_is_silent(client_of: Any) -> None:
    def page() -> str:
        watch.forget()
        return said(client_of("officer").get(reverse("office:my-work")))

    assert WORKER_SILENT in page()
    with connection.cursor() as cursor:
        cursor.execute("INSERT INTO procrastinate_workers DEFAULT VALUES")
        assert WORKER_SILENT not in page()
        cursor.execute("UPDATE procrastinate_workers SET last_heartbeat = now() - interval '3 minutes'")
        assert WORKER_SILENT in page()


def test_administrators_see_that_no_mail_goes_out(client_of: Any, settings: Any) -> None:
    settings.SMTP_URL = ""
    pages = {key: said(client_of(key).get(reverse("office:my-work"))) for key in ("system_admin", "officer")}
    assert NO_MAIL in pages["system_admin"] and NO_MAIL not in pages["officer"]
    settings.SMTP_URL = "smtp://mail.example"
    assert NO_MAIL not in said(client_of("system_admin").get(reverse("office:my-work")))
