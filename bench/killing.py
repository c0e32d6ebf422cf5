"""Kill -9 while people file: the web server, the worker and the database, in the middle of many complaints.

Whoever gets no answer sends the same form again, as a person does. What counts: every receipt that somebody has seen (its
number, the bytes of the copy) is there afterwards, and nothing is there twice.
"""

from __future__ import annotations

import hashlib
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from bench.house import House
from bench.load import CLIENTS, Answer, drive, once, request
from bench.submissions import FORM, RECEIPT, Form, cases_after, last_case, shown_number

PATIENCE = 120.0  # seconds that somebody goes on trying
PAUSE = 0.3  # between two tries
COPY = RECEIPT + "copy.txt"


@dataclass
class Killed:
    """``shown`` receipts were seen before the end; ``lost`` or ``changed`` of them must be none."""

    shown: int = 0
    kills: list[str] = field(default_factory=list)
    tries: int = 0  # requests that got no answer, or one that says to try again
    lost: int = 0
    changed: int = 0
    duplicates: int = 0
    gaps: int = 0
    given_up: int = 0
    longest: float = 0.0  # seconds from the first try to the receipt


@dataclass(frozen=True)
class _Seen:
    number: str
    copy: str  # SHA-256
    cookie: str


class _People:
    """Some clients who file the given forms, each until the receipt is seen."""

    def __init__(self, port: int, posts: list[bytes]) -> None:
        self.port, self.posts = port, posts
        self.seen: dict[int, _Seen] = {}
        self.result = Killed()
        self._numbers, self._lock = itertools.count(), threading.Lock()

    def work(self) -> None:
        while (number := next(self._numbers)) < len(self.posts):
            start = time.monotonic()
            try:
                seen = self._file(self.posts[number])
            except TimeoutError:
                with self._lock:
                    self.result.given_up += 1
                continue
            with self._lock:
                self.seen[number] = seen
                self.result.longest = max(self.result.longest, time.monotonic() - start)

    def _file(self, post: bytes) -> _Seen:
        filed = self.ask(post, 303)
        cookie = filed.cookies["prongsai_receipt"]
        return self.look(cookie)

    def look(self, cookie: str) -> _Seen:
        """What the sender sees and may keep: the number, and the bytes of the copy."""
        headers = {"Cookie": f"prongsai_receipt={cookie}"}
        page, copy = (self.ask(request("GET", path, headers), 200) for path in (RECEIPT, COPY))
        return _Seen(shown_number(page), hashlib.sha256(copy.body).hexdigest(), cookie)

    def ask(self, raw: bytes, expect: int) -> Answer:
        """Try until the answer comes. ``TimeoutError`` when it does not."""
        until = time.monotonic() + PATIENCE
        while time.monotonic() < until:
            try:
                answer = once(self.port, raw)
                if answer.status == expect:
                    return answer
            except (OSError, ValueError):  # the connection was cut, within the answer or before
                pass
            with self._lock:
                self.result.tries += 1
            time.sleep(PAUSE)
        raise TimeoutError


def run(house: House, *, count: int) -> Killed:
    before = last_case(house)
    opened = drive(house.port, lambda _: request("GET", FORM), count=count, keep=True)
    people = _People(house.port, [Form.of(answer).post(number) for number, answer in opened.answers.items()])
    threads = [threading.Thread(target=people.work, daemon=True) for _ in range(CLIENTS)]
    for thread in threads:
        thread.start()
    _kill_along(house, people, count)
    for thread in threads:
        thread.join()

    result, stored = people.result, cases_after(house, before)
    numbers, sequences = [number for number, _ in stored], sorted(sequence for _, sequence in stored)
    result.shown = len(people.seen)
    for seen in people.seen.values():
        try:
            again = people.look(seen.cookie)
        except TimeoutError:
            result.lost += 1
            continue
        result.lost += seen.number not in numbers
        result.changed += again != seen
    result.duplicates = len(numbers) - len(set(numbers)) + max(0, len(stored) - count)
    result.gaps = sequences[-1] - sequences[0] + 1 - len(sequences) if sequences else 0
    return result


def _kill_along(house: House, people: _People, count: int) -> None:
    """One after another, each when a further part of the complaints is filed."""
    kills: list[tuple[str, Callable[[], int]]] = [
        ("a web process", house.a_web_process),
        ("the worker", house.the_worker),
        ("the database", house.the_postmaster),
        ("the web server", house.the_web_server),
        ("the database", house.the_postmaster),
    ]
    for part, (name, find) in enumerate(kills, start=1):
        while len(people.seen) < part * count // (len(kills) + 1):
            time.sleep(0.02)
        house.kill(find())
        people.result.kills.append(name)
