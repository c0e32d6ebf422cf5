"""Which pages of a scan are one paper. Plain functions: no database, no person."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from prongsai.documents import BadStamp, Stamp, stamp_of_address

FOREIGN, SEVERAL, NO_CODE = "foreign", "several", "no code"


@dataclass
class Part:
    """Pages (from 1) of one paper. ``unread``: those whose QR could not be read, which are counted to the page before.

    ``problem``: why it is no paper of ours: ``FOREIGN`` codes only, ``SEVERAL`` papers on one page, ``NO_CODE`` at all.
    """

    stamp: Stamp | None
    pages: list[int]
    problem: str = ""
    unread: list[int] = field(default_factory=list)


def parts_of(pages: Sequence[Sequence[str]]) -> list[Part]:
    """A QR begins a paper; a page without one goes on with it; the same paper further on is one with its beginning.

    Pages before the first QR stay by themselves: whose they are nobody has said.
    """
    parts: list[Part] = []
    current: Part | None = None
    for number, texts in enumerate(pages, 1):
        if not texts:
            if current is None or current.problem == SEVERAL:
                current = Part(None, [], NO_CODE)
                parts.append(current)
            current.pages.append(number)
            current.unread.append(number)
            continue
        stamp, problem = _stamp(texts)
        found = next(
            (p for p in parts if p.stamp == stamp and p.problem == problem and problem != SEVERAL), None
        )
        if found is None:
            found = Part(stamp, [], problem)
            parts.append(found)
        found.pages.append(number)
        current = found
    return parts


def _stamp(texts: Iterable[str]) -> tuple[Stamp | None, str]:
    stamps = set()
    for text in texts:
        try:
            stamps.add(stamp_of_address(text))
        except BadStamp:
            continue
    if len(stamps) > 1:
        return None, SEVERAL
    return (stamps.pop(), "") if stamps else (None, FOREIGN)


def spans(pages: Sequence[int]) -> str:
    """``1–3, 5``."""
    runs: list[list[int]] = []
    for page in sorted(pages):
        if runs and page == runs[-1][-1] + 1:
            runs[-1].append(page)
        else:
            runs.append([page])
    return ", ".join(str(run[0]) if len(run) == 1 else f"{run[0]}–{run[-1]}" for run in runs)
