"""What `prongsai check` and `prongsai doctor` find: one list, looked at in the same way, said shortly or with advice."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from enum import StrEnum


class Level(StrEnum):
    FINE = "✓"
    ADVICE = "!"  # works, but somebody should do something
    WRONG = "✗"


@dataclass(frozen=True)
class Finding:
    """``why`` it matters and what to do (``mend``: sentences, or commands, one a line); Thai sentences."""

    level: Level
    what: str
    found: str
    why: str = ""
    mend: str = ""


Look = Callable[[], Iterator[Finding]]


def fine(what: str, found: str) -> Finding:
    return Finding(Level.FINE, what, found)


def advice(what: str, found: str, *, why: str, mend: str) -> Finding:
    return Finding(Level.ADVICE, what, found, why, mend)


def wrong(what: str, found: str, *, why: str, mend: str) -> Finding:
    return Finding(Level.WRONG, what, found, why, mend)


def gather() -> Iterator[Finding]:
    """Every finding in order. A look that fails is a finding itself."""
    from prongsai.cli import looks_house, looks_machine

    for name, look in (*looks_machine.LOOKS, *looks_house.LOOKS):
        try:
            yield from look()
        except Exception as error:
            yield wrong(
                name,
                f"ตรวจไม่ได้: {error}",
                why="สิ่งที่ตรวจไม่ได้อาจผิดปกติโดยไม่มีใครทราบ",
                mend="แก้ไขข้อผิดพลาดข้างต้นก่อน แล้วใช้ prongsai doctor อีกครั้ง",
            )
