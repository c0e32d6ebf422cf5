"""What differs between the text as printed and its corrected reading, and where a searched word stands in a text.

Thai is cut into clusters (a letter with its marks), so that a mark is never torn from its letter.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher

from prongsai.thai.text import search_normalise, search_terms

_MARKS = r"\u0e31\u0e33-\u0e3a\u0e47-\u0e4e\u0300-\u036f"
_CLUSTER = re.compile(rf"[^{_MARKS}][{_MARKS}]*|[{_MARKS}]+", re.DOTALL)
_MARK = re.compile(rf"[{_MARKS}]")
_BRIDGE = 2  # equal clusters between two differences that are shown as part of one


@dataclass(frozen=True)
class Piece:
    text: str
    marked: bool = False


def clusters(text: str) -> list[str]:
    return _CLUSTER.findall(text)


def differences(printed: str, reading: str) -> tuple[list[Piece], list[Piece]]:
    """Both texts in pieces; what only one of them has is marked."""
    old, new = clusters(printed), clusters(reading)
    left: list[Piece] = []
    right: list[Piece] = []
    for tag, a, b, c, d in _merged(SequenceMatcher(None, old, new, autojunk=False).get_opcodes()):
        if b > a:
            left.append(Piece("".join(old[a:b]), tag != "equal"))
        if d > c:
            right.append(Piece("".join(new[c:d]), tag != "equal"))
    return left, right


def _merged(opcodes: Sequence[tuple[str, int, int, int, int]]) -> list[tuple[str, int, int, int, int]]:
    """Two differences with next to nothing between them are one: readers see words, not letters."""
    result: list[tuple[str, int, int, int, int]] = []
    for index, (tag, a, b, c, d) in enumerate(opcodes):
        inner = 0 < index < len(opcodes) - 1
        if tag == "equal" and inner and b - a <= _BRIDGE:
            tag = "replace"
        if result and tag != "equal" and result[-1][0] != "equal":
            _, a0, _, c0, _ = result.pop()
            result.append(("replace", a0, b, c0, d))
        else:
            result.append((tag, a, b, c, d))
    return result


@dataclass(frozen=True)
class _Folded:
    """A text in its searched form, with the place in the original of every character of it."""

    text: str
    places: list[tuple[int, int]]  # start and end in the original, per folded character


def _fold(text: str) -> _Folded:
    folded: list[str] = []
    places: list[tuple[int, int]] = []
    at = 0
    for cluster in clusters(text):
        start, at = at, at + len(cluster)
        # A space keeps its place (search_normalise would trim it); a comma between digits disappears, as in the column.
        plain = " " if cluster.isspace() else search_normalise(cluster)
        if cluster == "," and folded and folded[-1].isdigit() and text[at : at + 3].isdecimal():
            plain = ""
        if plain == " " and folded and folded[-1] == " ":
            continue
        folded.extend(plain)
        places.extend([(start, at)] * len(plain))
    return _Folded("".join(folded), places)


def highlighted(text: str, query: str, *, around: int = 0) -> list[Piece]:
    """``text`` with every word of the query marked. ``around``: only so many characters about the first hit, with …"""
    folded = _fold(text)
    spans = sorted(_spans(folded, query), key=lambda span: (span[0], -span[1]))
    start, end = 0, len(text)
    if around:
        middle = spans[0][0] if spans else 0
        start, end = max(0, middle - around), min(end, middle + 2 * around)
        start, end = _at_cluster(text, start), _at_cluster(text, end)
    pieces = [Piece("…")] if start else []
    at = start
    for a, b in spans:
        if a < at or b > end:
            continue
        pieces += [Piece(text[at:a])] if a > at else []
        pieces.append(Piece(text[a:b], True))
        at = b
    pieces += [Piece(text[at:end])] if end > at else []
    return pieces + ([Piece("…")] if end < len(text) else [])


def _spans(folded: _Folded, query: str) -> set[tuple[int, int]]:
    found = set()
    for variants in search_terms(query):
        for variant in variants:
            at = folded.text.find(variant)
            while at >= 0:
                end = at + len(variant)
                if not _within_a_number(folded.text, variant, at, end):
                    found.add((folded.places[at][0], folded.places[end - 1][1]))
                at = folded.text.find(variant, end)
    return found


def _within_a_number(text: str, variant: str, start: int, end: int) -> bool:
    """A number that only stands inside a longer one (30 in 3,000) would be marked by accident."""
    around = text[start - 1 : start] + text[end : end + 1]
    return variant.isdigit() and any(char.isdigit() for char in around)


def _at_cluster(text: str, index: int) -> int:
    """The nearest index at or after ``index`` that does not tear a cluster."""
    while index < len(text) and _MARK.match(text[index]):
        index += 1
    return index
