"""Many people at the same moment, and a web server that is killed among them. Through the running house only."""

from __future__ import annotations

import os
import signal
import threading
from collections import Counter
from collections.abc import Callable
from concurrent.futures import ThreadPoolExecutor
from http.client import HTTPException
from typing import Any, TypeVar

import pytest
from django.utils import timezone

from prongsai.thai.dates import fiscal_year
from tests.complaints import FORM, Filed, blank, complain, filled, pdf, receipt, send
from tests.house import House, wait_until
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("house")

T = TypeVar("T")
UNREACHABLE = (OSError, HTTPException)


def at_once(count: int, task: Callable[[int], T]) -> list[T]:
    """``task(0) … task(count - 1)`` in as many threads, let go together."""
    gate = threading.Barrier(count)

    def run(index: int) -> T:
        gate.wait()
        return task(index)

    with ThreadPoolExecutor(count) as pool:
        return list(pool.map(run, range(count)))


def sequences(house: House) -> list[int]:
    """Of this fiscal year: the sample has matters of the one before."""
    year = fiscal_year(timezone.localdate())
    sql = "SELECT sequence FROM complaints_case WHERE fiscal_year = %s ORDER BY sequence"
    return [row[0] for row in house.query(sql, year)]


def numbers(house: House) -> set[str]:
    return {row[0] for row in house.query("SELECT number FROM complaints_case")}


def test_C01_C02_G14_fifty_complaints_at_once_from_one_address_are_all_stored_without_gaps(house: House):
    visitors = [Visitor(house.url) for _ in range(50)]
    forms = [filled(blank(visitor), narrative=f"เรื่องที่ {i}") for i, visitor in enumerate(visitors)]
    before = len(sequences(house))
    answers = at_once(50, lambda i: send(visitors[i], forms[i], [pdf(f"หลักฐาน {i}.pdf")]))
    assert Counter(answer.status for answer in answers) == {303: 50}
    filed = [receipt(visitor) for visitor in visitors]
    assert len({f.number for f in filed}) == len({f.code for f in filed}) == 50
    assert {f.number for f in filed} <= numbers(house)
    assert sequences(house) == list(range(1, before + 51))
    files = "SELECT count(*) FROM complaints_evidence e JOIN complaints_case c ON c.id = e.case_id WHERE c.number = ANY(%s)"
    assert house.query(files, [f.number for f in filed]) == [(50,)]


CHANNELS = ("web", "centre", "damrongtham", "phone", "post_signed", "post_anonymous", "agency")


def test_fifty_at_once_by_every_channel_are_all_stored_with_numbers_without_gaps(house: House):
    """Citizens and officers together; what is said has been read back before, the last step comes at once."""
    officer = Visitor(house.url).sign_in("center_officer_3")
    ready = [_ready(house, officer, CHANNELS[i % len(CHANNELS)], i) for i in range(50)]
    before = len(sequences(house))
    answers = at_once(50, lambda i: ready[i][0].post(*ready[i][1:]))
    assert Counter(answer.status for answer in answers) == {303: 50}
    filed = [receipt(ready[i][0], path=answers[i].location) for i in range(50)]
    assert len({f.number for f in filed}) == len({f.code for f in filed}) == 50
    assert sequences(house) == list(range(1, before + 51))
    by_channel = "SELECT r.channel, count(*), count(e.id) FROM complaints_receipt r JOIN complaints_case c ON c.id = r.case_id"
    by_channel += (
        " LEFT JOIN complaints_evidence e ON e.receipt_id = r.id WHERE c.number = ANY(%s) GROUP BY r.channel"
    )
    expected = Counter(CHANNELS[i % len(CHANNELS)] for i in range(50))
    stored = house.query(by_channel, [f.number for f in filed])
    assert {channel: (n, files) for channel, n, files in stored} == {c: (n, n) for c, n in expected.items()}


def _ready(house: House, officer: Visitor, channel: str, i: int) -> tuple[Any, ...]:
    """Who sends, and what remains to be sent."""
    if channel == "web":
        citizen = Visitor(house.url)
        return citizen, FORM, filled(blank(citizen), narrative=f"เรื่องที่ {i}"), [pdf(f"หลักฐาน {i}.pdf")]
    path, files = f"/office/complaints/intake/{channel}/", [pdf(f"หลักฐาน {i}.pdf")]
    fields = {**officer.get(path).form("ticket"), "narrative": f"เรื่องที่ {i}", "hand_signed": "on"}
    if channel == "agency":
        fields["from_agency"] = "หน่วยงานสมมติ"
    if channel in ("centre", "damrongtham", "phone"):
        shown = officer.post(path, fields, files)
        assert shown.status == 200, shown.words()
        fields, files = {**shown.form("readback"), "readback_confirmed": "on"}, []
    return _same_browser(officer), path, fields, files


def test_G13_one_form_sent_eight_times_at_once_is_one_complaint(house: House):
    first = Visitor(house.url)
    form = filled(blank(first))
    visitors = [first, *(_same_browser(first) for _ in range(7))]
    before = len(sequences(house))
    answers = at_once(8, lambda i: send(visitors[i], form, [pdf()]))
    assert Counter(answer.status for answer in answers) == {303: 8}
    assert len({receipt(visitor) for visitor in visitors}) == 1
    assert sequences(house) == list(range(1, before + 2))


def test_G10_G13_of_two_officers_at_the_same_moment_one_acts_and_the_other_is_told(house: House):
    filed = complain(Visitor(house.url))
    ((pk,),) = house.query("SELECT id FROM complaints_case WHERE number = %s", filed.number)
    officers = [Visitor(house.url).sign_in(key) for key in ("center_officer", "center_officer_2")]
    path = f"/office/act/complaints.start_screening/{pk}/"
    forms = [officer.get(path).form("version") for officer in officers]
    answers = at_once(2, lambda i: officers[i].post(path, forms[i]))
    assert sorted(answer.status for answer in answers) == [303, 409]
    told = next(answer for answer in answers if answer.status == 409)
    assert "มีผู้ดำเนินการกับเรื่องนี้ก่อนท่าน" in told.text
    done = "SELECT count(*) FROM ledger_entry WHERE subject_id = %s AND kind = 'complaints.start_screening'"
    assert house.query(done, str(pk)) == [(1,)]
    ((state, handler),) = house.query("SELECT state, handler_label FROM complaints_case WHERE id = %s", pk)
    winner = officers[[answer.status for answer in answers].index(303)]
    assert state == "screening"
    assert handler.partition(" ตำแหน่ง")[0] in winner.get("/office/").text


def test_every_receipt_that_was_shown_outlives_a_killed_web_process(house: House):
    """60 people file; in between one web process is killed with -9. Whoever got no answer sends the same form again."""
    before, shown = numbers(house), []
    visitors = [Visitor(house.url) for _ in range(60)]
    forms = [filled(blank(visitor)) for visitor in visitors]
    ahead = threading.Semaphore(0)

    def file(i: int) -> Filed | None:
        try:
            answer = send(visitors[i], forms[i], [pdf()])
            assert answer.status == 303, answer.words()
            filed = receipt(visitors[i])
        except UNREACHABLE:
            return None
        finally:
            ahead.release()
        shown.append(filed)
        return filed

    with ThreadPoolExecutor(12) as pool:
        waiting = [pool.submit(file, i) for i in range(60)]
        for _ in range(15):
            ahead.acquire()
        web = house.find("granian")
        os.kill(web[-1], signal.SIGKILL)
        results = [future.result() for future in waiting]
    wait_until(house.is_healthy, "the house to answer again")
    assert {filed.number for filed in shown} <= numbers(house)
    again = [visitors[i] for i, result in enumerate(results) if result is None]
    for i, result in enumerate(results):
        if result is None:
            shown.append(_again(visitors[i], forms[i]))
    assert len({filed.number for filed in shown}) == 60
    assert len(numbers(house) - before) == 60, f"{len(again)} had to send again"
    stored = sequences(house)
    assert stored == list(range(1, len(stored) + 1))
    assert house.run("verify").returncode == 0


def _again(visitor: Visitor, form: dict[str, Any]) -> Filed:
    answer = send(visitor, form, [pdf()])
    assert answer.status == 303, answer.words()
    return receipt(visitor)


def _same_browser(visitor: Visitor) -> Visitor:
    twin = Visitor(visitor.base)
    for cookie in visitor.cookies:
        twin.cookies.set_cookie(cookie)
    return twin
