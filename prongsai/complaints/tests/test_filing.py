"""Filing on the web: one form, one case, one receipt; nothing that was typed or attached is lost on the way."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.acts.models import RuleParameter
from prongsai.acts.rules import MissingRule, _rule
from prongsai.complaints.models import Case, Item, Receipt
from prongsai.complaints.tests import steps
from prongsai.thai.dates import fiscal_year

pytestmark = pytest.mark.django_db


def test_a_complete_complaint_is_received_with_number_and_code(world):
    filed = steps.file_complaint()

    case = filed.case
    assert case.state == Case.State.RECEIVED
    assert case.number == f"{case.agency.short_name}/รร/0001/{fiscal_year(case.received_on)}"
    assert re.fullmatch(r"([0-9A-Z]{3}-){6}[0-9A-Z]{3}", filed.code)
    assert steps.NARRATIVE not in steps.said(filed.client.get(reverse("complaints:receipt")))
    assert "รับเรื่องแล้ว" in steps.matter(filed)


def test_G10_the_same_form_sent_twice_is_one_case_with_the_same_receipt(world):
    filed = steps.file_complaint()

    again = steps.file_complaint(Client(), token=filed.token, narrative="แก้ไขข้อความแล้วกดส่งซ้ำ")

    assert (again.number, again.code) == (filed.number, filed.code)
    assert Case.objects.count() == Receipt.objects.count() == 1


def test_the_receipt_is_shown_only_to_the_browser_that_filed(world):
    filed = steps.file_complaint()

    assert Client().get(reverse("complaints:receipt")).status_code == 410
    assert Client().get(reverse("complaints:receipt-copy")).status_code == 410

    filed.client.post(reverse("complaints:receipt-kept"), {"kept": "1"})
    assert filed.client.get(reverse("complaints:receipt")).status_code == 410


def test_G14_numbers_follow_each_other_without_gap_after_a_filing_that_failed(world, province):
    first = steps.file_complaint()
    periods = RuleParameter.objects.filter(province=province, key="complaint_screening")
    kept = list(periods)
    periods.delete()
    _rule.cache_clear()
    client = Client()
    token = steps.blank_form(client)
    with pytest.raises(MissingRule):  # the last step of filing: the number has been taken already
        steps.send(client, token=token)
    assert Case.objects.count() == 1

    RuleParameter.objects.bulk_create(kept)
    _rule.cache_clear()
    second = steps.file_complaint(client, token=token)

    assert [first.case.sequence, second.case.sequence] == [1, 2]


def test_C06_a_form_shown_again_keeps_all_that_was_typed_and_attached(world, unlocked_client_of):
    client = Client()
    answer = steps.send(client, name="", files=[steps.pdf("ใบเสร็จน้ํามัน.pdf")], place="หน้าศาลากลาง")

    assert answer.status_code == 422
    assert steps.problem_of(answer, "name") == "โปรดระบุชื่อและนามสกุลของท่าน"
    page = steps.said(answer)
    for typed in (steps.NARRATIVE, "หน้าศาลากลาง", steps.ADDRESS, "สำเนาใบเสร็จรับเงิน"):
        assert typed in page
    assert re.search(r'name="grounds" value="G3"[^>]*checked', page)
    assert "ใบเสร็จน้ำมัน.pdf" in page or "ใบเสร็จน้ํามัน.pdf" in page

    held = re.search(r'name="files-held" value="([^"]+)"', page).group(1)
    token = re.search(r'name="token" value="([^"]+)"', page).group(1)
    filed = steps.file_complaint(client, token=token, **{"files-held": held})

    assert filed.case.evidence.count() == 1
    assert "ใบเสร็จน้" in steps.said(steps.record_page(unlocked_client_of("center_officer"), filed.case))


@pytest.mark.at("AT-M5-26")
def test_all_ticked_grounds_are_kept_and_the_gravest_is_the_main_one(world):
    case = steps.file_complaint(grounds=["G5", "G3", "G1"]).case

    assert case.grounds == ["G1", "G3", "G5"]
    assert case.main_ground == "G1"
    assert case.agency.function == "anticorruption_centre"


@pytest.mark.at("AT-M5-26")
def test_without_a_ground_the_sender_is_not_blocked_and_the_officer_sets_it(world, client_of):
    case = steps.file_complaint(grounds=None).case
    assert (case.grounds, case.main_ground) == ([], "")

    case = steps.screen(client_of("center_officer"), case, main_ground="G4")

    assert (case.grounds, case.main_ground) == (["G4"], "G4")


@pytest.mark.at("AT-M5-28")
def test_a_lead_is_taken_however_short_it_is(world, client_of):
    lead = {
        "narrative": "ดูสมุดน้ำมันรถ กข 1234 เดือน พ.ค.",
        "lead_only": "on",
        "documents": None,
        "grounds": None,
    }
    filed = steps.file_complaint(**lead)
    assert filed.case.lead_only

    page = steps.said(steps.record_page(client_of("center_officer"), filed.case))
    assert "แจ้งเบาะแส" in page


@pytest.mark.at("AT-M5-29")
def test_an_empty_request_is_asked_for_once_then_received_and_listed_as_missing(world, client_of):
    client = Client()
    answer = steps.send(client, request_choice=None)
    assert answer.status_code == 422
    assert "ท่านยังมิได้ระบุคำขอ" in steps.problem_of(answer, "request_choice")
    assert "ให้ตรวจสอบข้อเท็จจริง" in steps.said(answer)
    asked = re.search(r'name="asked" value="([^"]*)"', steps.said(answer)).group(1)
    token = re.search(r'name="token" value="([^"]+)"', steps.said(answer)).group(1)

    filed = steps.file_complaint(client, token=token, request_choice=None, asked=asked)

    assert Item.REQUEST in filed.case.items_missing
    page = steps.said(steps.record_page(client_of("center_officer"), filed.case))
    assert str(Item.REQUEST.label) in page


@pytest.mark.at("AT-M5-24")
def test_an_event_after_today_is_an_error(world, time_machine):
    time_machine.move_to("2026-11-24T10:00:00+07:00", tick=True)
    answer = steps.send(Client(), event_date="25/11/2569")

    assert answer.status_code == 422
    assert steps.problem_of(answer, "event_date") == "วันที่ต้องไม่อยู่หลังวันปัจจุบัน"
    assert steps.file_complaint(event_date="24/11/2569").case.state == Case.State.RECEIVED


@pytest.mark.at("AT-M5-24")
def test_an_event_before_2500_is_asked_about_and_time_bar_is_left_to_people(world, client_of):
    answer = steps.send(Client(), event_date="31/12/2499")
    assert "ก่อนปี พ.ศ. ๒๕๐๐" in steps.problem_of(answer, "event_date")

    filed = steps.file_complaint(event_date="31/12/2499", asked="event_date")

    assert filed.case.event_long_ago
    page = steps.said(steps.record_page(client_of("center_officer"), filed.case))
    assert "ระบบมิได้วินิจฉัยเรื่องอายุความ" in page


@pytest.mark.at("AT-M5-25")
def test_impolite_words_are_noted_to_the_screener_and_nothing_else_follows(world, client_of):
    filed = steps.file_complaint(narrative="ไอ้เหี้ย มันเรียกเงินผมสามพันบาท")
    assert filed.case.impolite

    officer = client_of("center_officer")
    assert "มีถ้อยคำไม่สุภาพ" in steps.said(steps.record_page(officer, filed.case))
    assert "ไม่สุภาพ" not in steps.matter(filed)
    assert steps.screen(officer, filed.case).state == Case.State.SCREENING
    polite = steps.file_complaint()
    assert not polite.case.impolite


@pytest.mark.at("AT-M5-25")
def test_impolite_words_are_no_ground_of_refusal(world, client_of):
    from prongsai.complaints.acts import refusal_grounds

    impolite, polite = steps.file_complaint(narrative="ไอ้เหี้ย มันเรียกเงินผม"), steps.file_complaint()
    officer = client_of("center_officer")
    offered = [refusal_grounds(steps.ready_to_refuse(officer, filed)) for filed in (impolite, polite)]

    assert offered[0] == offered[1]
