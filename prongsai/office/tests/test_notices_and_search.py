"""The inbox and the search: neutral words, and no way to what one may not see."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from prongsai.complaints.models import Exclusion
from prongsai.complaints.tests.steps import NARRATIVE, file_complaint, said
from prongsai.notices.models import Notice

pytestmark = pytest.mark.django_db


def test_a_new_matter_is_told_by_number_and_can_be_marked_as_read(client_of: Any, world: Any) -> None:
    case, officer = file_complaint().case, client_of("center_officer")
    record = reverse("office:record", args=["complaints", case.pk])

    page = said(officer.get(reverse("office:notices")))
    assert f'href="{record}">มีเรื่องร้องเรียนใหม่ {case.number}' in page
    assert NARRATIVE not in page
    assert "ยังไม่ได้อ่าน 1 รายการ" in page
    foreign = Notice.objects.of(world["center_officer_2"].person.pk).get()

    mine = Notice.objects.of(world["center_officer"].person.pk).get()
    officer.post(reverse("office:notices-read"), {"id": [mine.pk, foreign.pk]})

    assert "อ่านครบทุกรายการแล้ว" in said(officer.get(reverse("office:notices")))
    foreign.refresh_from_db()
    assert foreign.read_at is None


def test_a_notice_leads_nowhere_once_the_matter_may_not_be_seen(client_of: Any, world: Any) -> None:
    case = file_complaint().case
    Exclusion.objects.create(case=case, person=world["center_officer"].person)

    page = said(client_of("center_officer").get(reverse("office:notices")))

    assert reverse("office:record", args=["complaints", case.pk]) not in page


def test_reading_is_not_done_by_a_link(client_of: Any) -> None:
    assert client_of("center_officer").get(reverse("office:notices-read")).status_code == 405


def test_search_finds_numbers_clauses_and_says_when_there_is_nothing(client_of: Any) -> None:
    case, officer = file_complaint().case, client_of("center_officer")

    def found(query: str) -> str:
        return said(officer.get(reverse("office:search"), {"q": query}))

    assert reverse("office:record", args=["complaints", case.pk]) in found(case.number)
    assert reverse("office:record", args=["complaints", case.pk]) in found(f"{case.sequence:04d}")
    assert "M5.2.1.1" in found("เรื่องที่ร้องเรียนได้")
    assert "ไม่พบข้อมูลตามเงื่อนไขที่ระบุ" in found("ไม่มีคำนี้แน่นอน")
    assert "พิมพ์เลขที่เรื่อง" in found("")
