"""Tracking with number and code: five wrong codes lock the number, and nothing tells whether such a number exists."""

from __future__ import annotations

import re

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.complaints.models import TrackLock
from prongsai.complaints.tests import steps

pytestmark = pytest.mark.django_db


def seen(answer, number: str) -> tuple[int, str]:
    """What an outsider can compare: status and page, without what was typed and the page's own random token."""
    page = re.sub(r'(name="csrfmiddlewaretoken" value=")[^"]*', r"\1", steps.said(answer))
    return answer.status_code, page.replace(number, "NUMBER")


@pytest.mark.at("AT-M5-16")
def test_five_wrong_codes_lock_the_number_for_a_quarter_of_an_hour(world, time_machine):
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=False)
    filed, other = steps.file_complaint(), steps.file_complaint()

    wrong = [steps.track(filed, code=other.code).status_code for _ in range(6)]
    assert wrong == [422] * 4 + [429] * 2

    locked = steps.track(filed)
    assert locked.status_code == 429, "the right code does not help while the number is locked"
    assert "โปรดลองใหม่ในอีก 15 นาที" in steps.said(locked)
    assert steps.track(other).status_code == 303, "another number is not locked"

    time_machine.shift(14 * 60)
    assert "โปรดลองใหม่ในอีก 1 นาที" in steps.said(steps.track(filed))
    time_machine.shift(60)
    assert steps.track(filed, code=other.code).status_code == 422, "counting begins anew"
    assert steps.track(filed).status_code == 303
    assert not TrackLock.objects.exists()


@pytest.mark.at("AT-M5-16")
def test_the_answers_do_not_tell_whether_the_number_exists(world, time_machine):
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=False)
    filed, other = steps.file_complaint(), steps.file_complaint()
    unknown = filed.number.replace("/0001/", "/7777/")
    assert unknown != filed.number

    def attempts(number: str) -> list[tuple[int, str]]:
        codes = ["ไม่ใช่รหัส", other.code, "000-000-000-000-000-000-000", other.code, other.code, other.code]
        return [seen(steps.track(filed, number=number, code=code), number) for code in codes]

    known_answers, unknown_answers = attempts(filed.number), attempts(unknown)

    assert [status for status, _page in known_answers] == [422] * 4 + [429] * 2
    for known, unknown_ in zip(known_answers, unknown_answers, strict=True):
        # The page echoes the code that was typed, which is the same on both sides.
        assert known == unknown_


def test_number_and_code_are_understood_as_people_type_them(world):
    filed = steps.file_complaint()
    in_thai = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")

    ways = [
        (filed.number.translate(in_thai), filed.code.lower()),
        (f" {filed.number.replace('/', ' / ')} ", filed.code.replace("-", "")),
        (filed.number.replace("/", "\\"), filed.code.replace("-", " ")),
    ]

    assert [steps.track(filed, number=n, code=c).status_code for n, c in ways] == [303] * 3


def test_a_code_opens_its_own_number_only(world):
    one, other = steps.file_complaint(), steps.file_complaint()

    assert steps.track(one, code=other.code).status_code == 422
    assert steps.track(other, number=one.number).status_code == 422


def test_C07_after_a_quarter_of_an_hour_the_page_asks_again_and_keeps_what_was_typed(world, time_machine):
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=False)
    filed = steps.file_complaint()
    client = steps.tracking(filed)
    assert client.get(reverse("complaints:matter")).status_code == 200

    time_machine.shift(15 * 60 + 1)
    assert client.get(reverse("complaints:matter")).status_code == 302
    late = client.post(reverse("complaints:send-more"), {"text": "ข้อความที่พิมพ์ไว้นานแล้ว"})

    assert late.status_code == 403
    assert "ข้อความที่พิมพ์ไว้นานแล้ว" in steps.said(late)
    assert filed.case.receipts.get().messages.count() == 0


def test_leaving_closes_the_page_and_nobody_without_the_code_opens_it(world):
    filed = steps.file_complaint()
    client = steps.tracking(filed)

    client.post(reverse("complaints:leave"))

    for browser in (client, Client()):
        for name in ("matter", "matter-proof", "matter-copy"):
            assert browser.get(reverse(f"complaints:{name}")).status_code == 302
