"""The record page: what may be done, why not, what was done and by whom; the content only with the key in hand."""

from __future__ import annotations

from typing import Any

import pytest
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.tests.steps import (
    NAME,
    NARRATIVE,
    REASON,
    act,
    act_url,
    entries,
    file_complaint,
    file_signed,
    record_page,
    said,
    screen,
)

pytestmark = pytest.mark.django_db


def test_open_steps_are_buttons_and_closed_ones_say_why(client_of: Any) -> None:
    officer = client_of("center_officer")
    case = screen(officer, file_signed().case)

    page = said(record_page(officer, case))

    assert f'href="{act_url(acts.ProposeAcceptance, case)}"' in page
    assert f'href="{act_url(acts.Refer, case)}"' not in page
    assert "ส่งต่อได้เมื่อบันทึกการกลั่นกรองว่าอยู่นอกขอบเขต" in page
    assert f'href="{act_url(acts.Accept, case)}"' not in page


def test_the_proposer_reads_why_the_second_step_is_not_his(client_of: Any) -> None:
    officer = client_of("center_officer")
    case = screen(officer, file_signed().case)
    case = act(officer, acts.ProposeAcceptance, case, reason=REASON)

    assert "ผู้เสนอและผู้พิจารณาต้องมิใช่บุคคลเดียวกัน" in said(record_page(officer, case))
    assert f'href="{act_url(acts.Accept, case)}"' in said(record_page(client_of("center_head"), case))


def test_the_content_is_shown_only_with_the_key_in_hand(client_of: Any, unlocked_client_of: Any) -> None:
    case = file_complaint().case

    locked, opened = (
        said(record_page(client_of("center_head"), case)),
        said(record_page(unlocked_client_of("center_officer"), case)),
    )

    assert NARRATIVE not in locked
    assert reverse("sealed:unlock") in locked
    assert NARRATIVE in opened
    assert NAME not in opened
    assert [e.content["content_opened"] for e in entries(case, "complaints.read")] == [False, True]


def test_the_timeline_tells_acts_reads_and_refused_attempts(client_of: Any, world: Any) -> None:
    officer = client_of("center_officer")
    case = screen(officer, file_signed().case)
    case = act(officer, acts.ProposeAcceptance, case, reason=REASON)
    officer.post(act_url(acts.Accept, case), {"version": case.version})
    record_page(officer, case)

    page = said(record_page(officer, case))

    assert "อยู่ระหว่างกลั่นกรอง → เสนอรับพิจารณา" in page
    assert "ระบบไม่อนุญาต: รับไว้พิจารณา" in page
    assert "เปิดอ่าน 2 ครั้ง" in page
    assert world["center_officer"].person.full_name in page


def test_deadlines_show_their_source_and_a_late_mark_stays(client_of: Any) -> None:
    import datetime as dt

    from prongsai.acts.models import Due

    case = file_complaint().case
    Due.objects.filter(record_id=case.pk).update(
        started_on=dt.date(2026, 1, 5), due_on=dt.date(2026, 1, 6), original_due_on=dt.date(2026, 1, 6)
    )
    case = act(client_of("center_officer"), acts.StartScreening, case)

    page = said(record_page(client_of("center_officer"), case))

    assert "ดำเนินการล่าช้า" in page
    assert "1 วันทำการ นับจาก 5 ม.ค. 2569 (ค่าเริ่มต้นของระบบ)" in page


def test_the_page_says_who_sees_it(client_of: Any) -> None:
    page = said(record_page(client_of("center_officer"), file_complaint().case))
    assert "ผู้ที่เห็นข้อมูลนี้ได้" in page
    assert "เจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริต" in page.partition("ผู้ที่เห็นข้อมูลนี้ได้:")[2]
