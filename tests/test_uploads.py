"""Large files on slow and broken lines, at a house that really runs: memory, whole arrival, and what is left when it breaks."""

from __future__ import annotations

import hashlib
import re
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.complaints import RECEIPT, blank, filled, receipt
from tests.house import House, descendants, wait_until
from tests.lines import FILM, as_the_officer_sees_it, line
from tests.screen import PHONE, browser, look_over, page_of
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("house")
__all__ = ["browser"]

MIB = 1024 * 1024
SIZE = 100 * MIB  # UPLOAD_FILE_LIMIT: the largest that is taken
GROWTH = 50 * MIB
PART = 16 * 1024  # bytes a step of the line


def film(size: int) -> Iterator[bytes]:
    """No two parts alike, and nothing that has to be kept to be compared."""
    yield FILM
    sent = len(FILM)
    while sent < size:
        part = hashlib.shake_128(sent.to_bytes(8, "big")).digest(min(PART, size - sent))
        yield part
        sent += len(part)


class Memory:
    """What the web server's processes and their children hold together, and the most of it since."""

    def __init__(self, house: House) -> None:
        self._web = house.find("granian")
        self.before = self.peak = self._now()

    def look(self) -> None:
        self.peak = max(self.peak, self._now())

    def _now(self) -> int:
        family = set().union(*(descendants(pid) for pid in self._web))
        return sum(map(_resident, family))


def _resident(pid: int) -> int:
    """Bytes; 0 for one that has just ended."""
    try:
        found = re.search(r"VmRSS:\s+(\d+) kB", Path(f"/proc/{pid}/status").read_text())
    except OSError:
        return 0
    return int(found[1]) * 1024 if found else 0


def arriving(house: House) -> set[Path]:
    """What lies where files arrive; others' may lie there too, such as an export that nobody has fetched."""
    return set((house.data / "files" / "incoming").glob("*"))


def test_a_hundred_megabytes_on_a_slow_line_arrive_whole_and_cost_no_memory(house: House):
    citizen = Visitor(house.url)
    fields = filled(blank(citizen))
    sent, memory = hashlib.sha256(), Memory(house)
    with line(house, citizen, fields, SIZE) as slow:
        for number, part in enumerate(film(SIZE)):
            slow.socket.sendall(part)
            sent.update(part)
            if number % 64 == 0:  # every mebibyte the line rests
                memory.look()
                time.sleep(0.01)
        slow.socket.sendall(slow.closing)
        answer = slow.answer()
    memory.look()
    assert answer.startswith("HTTP/1.1 303") and RECEIPT in answer, answer[:2000]
    assert memory.peak - memory.before < GROWTH, f"{(memory.peak - memory.before) / MIB:.0f} MiB"

    matter, download = as_the_officer_sees_it(house, citizen, answer)
    assert hashlib.sha256(download.body).digest() == sent.digest()
    assert int(download.headers["Content-Length"]) == SIZE
    assert "ภาพเคลื่อนไหว.mp4" in matter and "ยังมิได้ลบข้อมูลแฝง" in matter


def test_where_the_line_breaks_nothing_half_is_left_and_the_form_can_be_sent_again(house: House):
    citizen = Visitor(house.url)
    fields = filled(blank(citizen))
    before, others = house.query("SELECT count(*) FROM complaints_case"), arriving(house)
    with line(house, citizen, fields, SIZE) as broken:
        parts = film(SIZE)
        for _ in range(200):
            broken.socket.sendall(next(parts))
        wait_until(lambda: arriving(house) - others, "the file that is arriving")
    wait_until(lambda: not arriving(house) - others, "the half file to go")
    assert house.query("SELECT count(*) FROM complaints_case") == before
    # The same form, with everything that was typed: a browser has it still.
    answer = citizen.post("/complaints/new/", fields, [("files", "ดี.mp4", b"".join(film(MIB)), "video/mp4")])
    assert answer.status == 303, answer.words()
    assert receipt(citizen).number


def test_more_than_any_form_needs_is_refused_while_it_is_still_coming(house: House):
    citizen, others = Visitor(house.url), arriving(house)
    with line(house, citizen, filled(blank(citizen)), 5 * 1024 * MIB) as endless:
        answer = endless.answer()
    assert answer.startswith("HTTP/1.1 413") and "ไฟล์ละไม่เกิน 100 เมกะไบต์" in answer
    assert not arriving(house) - others


@pytest.mark.browser
def test_a_file_that_is_too_large_is_told_before_it_is_sent(browser: Browser, house: House, tmp_path: Path):
    large = tmp_path / "ใหญ่เกินไป.mp4"
    with large.open("wb") as out:
        out.write(FILM)
        out.truncate(SIZE + 1)
    small = tmp_path / "พอดี.mp4"
    small.write_bytes(FILM + b"x" * 100)
    with page_of(browser, width=PHONE) as page:
        page.goto(f"{house.url}/complaints/new/")
        page.locator("textarea[name=narrative]").fill("ข้อความที่ต้องยังอยู่")
        field = page.locator("input[type=file]")
        field.set_input_files(large)
        told = page.get_by_text("ใหญ่เกินไป.mp4: ขนาดไฟล์เกิน 100 เมกะไบต์")
        expect(told).to_be_visible()
        assert not look_over(page)
        requests: list[str] = []
        page.on("request", lambda request: requests.append(request.method))
        page.locator("form[method=post] button[type=submit]").last.click()
        expect(field).to_be_focused()
        assert "POST" not in requests
        field.set_input_files(small)
        expect(told).to_be_hidden()
