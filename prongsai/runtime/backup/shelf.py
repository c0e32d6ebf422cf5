"""The directory of nightly copies: their names, the newest, and which of them to keep."""

from __future__ import annotations

import re
from collections.abc import Callable, Hashable, Iterable
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path

NAME = re.compile(r"prongsai-(\d{8}T\d{6})Z\.age")
STAMP = "%Y%m%dT%H%M%S"
DAILY, WEEKLY, MONTHLY = 7, 4, 12
ABANDONED = timedelta(days=1)  # an unfinished copy of a process that died


@dataclass(frozen=True)
class Shelf:
    """Only files with our own names are counted or deleted; an unfinished copy has another name."""

    directory: Path

    def new(self, now: datetime) -> Path:
        return self.directory / f"prongsai-{now.astimezone(UTC).strftime(STAMP)}Z.age"

    def copies(self) -> dict[datetime, Path]:
        """Every complete copy by its time; empty where there is no directory."""
        if not self.directory.is_dir():
            return {}
        found = ((NAME.fullmatch(path.name), path) for path in self.directory.iterdir())
        return {datetime.strptime(m[1], STAMP).replace(tzinfo=UTC): path for m, path in found if m}

    def newest(self) -> datetime | None:
        return max(self.copies(), default=None)

    def tidy(self, now: datetime) -> list[Path]:
        """Delete what need not be kept, and what was abandoned; returns what was deleted."""
        copies = self.copies()
        kept = to_keep(copies)
        old = [path for made, path in copies.items() if made not in kept]
        edge = (now - ABANDONED).timestamp()
        old += [path for path in self.directory.glob(".prongsai-*.part") if path.stat().st_mtime < edge]
        for path in old:
            path.unlink(missing_ok=True)
        return old


def to_keep(times: Iterable[datetime]) -> set[datetime]:
    """The newest of each of the last 7 days, 4 ISO weeks and 12 months that have a copy."""
    newest_first = sorted(times, reverse=True)
    buckets: tuple[tuple[int, Callable[[datetime], Hashable]], ...] = (
        (DAILY, lambda made: made.date()),
        (WEEKLY, lambda made: made.isocalendar()[:2]),
        (MONTHLY, lambda made: (made.year, made.month)),
    )
    kept: set[datetime] = set()
    for count, bucket in buckets:
        first_of: dict[Hashable, datetime] = {}
        for made in newest_first:
            first_of.setdefault(bucket(made), made)
        kept.update(list(first_of.values())[:count])
    return kept
