"""Answers that nearly every request needs and few changes touch, kept in the process for as long as they hold.

Whether they hold is asked of the database each time, in one query that is much cheaper than the answer: what another
process commits counts at once, and nothing has to be told to forget.
"""

from __future__ import annotations

from collections.abc import Callable, Hashable, Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from typing import Any, Generic, TypeVar

from django.db import connection

MOST = 16  # answers of one state: provinces, days

Answer = TypeVar("Answer")


class Kept(Generic[Answer]):
    """``questions``: SQL expressions of which at least one gives another value whenever an answer might.

    Good ones: the fingerprint of a small table; count and last id of one that only grows. Ids alone would not do
    (transactions commit in another order than they take ids), nor counts alone (a transaction that is rolled back gives
    its count to the next one).
    """

    def __init__(self, *questions: str) -> None:
        self.questions = questions
        self._state: tuple[Any, dict[Hashable, Answer]] = (None, {})

    def get(self, key: Hashable, look_up: Callable[[], Answer]) -> Answer:
        """The kept answer, else that of ``look_up``. It is shared between threads: do not change it."""
        asked = _asked.get().get(self)
        row = (
            _ask(self)[self] if asked is None else asked
        )  # before looking up: later changes are seen the next time
        known, answers = self._state
        if known != row or len(answers) > MOST:
            answers = {}
            self._state = (row, answers)
        if key not in answers:
            answers[key] = look_up()
        return answers[key]


_asked: ContextVar[dict[Kept[Any], tuple[Any, ...]]] = ContextVar("asked", default={})  # noqa: B039 - never changed


@contextmanager
def together(*several: Kept[Any]) -> Iterator[None]:
    """Ask now, once, for all of these; inside the block they hold as they hold now.

    For a road that needs them all and changes nothing that they depend on.
    """
    before = _asked.set(_ask(*several))
    try:
        yield
    finally:
        _asked.reset(before)


def _ask(*several: Kept[Any]) -> dict[Kept[Any], tuple[Any, ...]]:
    """In one statement, each question once however many depend on it."""
    questions = list(dict.fromkeys(q for kept in several for q in kept.questions))
    with connection.cursor() as cursor:
        cursor.execute(f"SELECT {', '.join(questions)}")
        said = dict(zip(questions, cursor.fetchone(), strict=True))
    return {kept: tuple(said[q] for q in kept.questions) for kept in several}


def fingerprint(table: str) -> str:
    """SQL for a number that follows every change of a table of at most some hundred rows.

    Every change writes the row anew: at another place (``ctid``), or by another transaction (``xmin``).
    """
    return f"(SELECT sum(hashtext(xmin::text || ctid::text)::bigint) FROM {table})"  # noqa: S608 - our own table names


def grown(table: str, key: str = "id") -> str:
    """SQL for count and last id, for a table whose rows never change."""
    return f"(SELECT ARRAY[count(*), max({key})] FROM {table})"  # noqa: S608 - our own table names
