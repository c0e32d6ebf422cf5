"""The typeface of the papers: Sarabun in four faces, carried with the program, and what it can print.

Typst falls back silently when a font is missing, so the fonts are counted before anything is printed. A character that no
face can draw (an emoji, a Chinese name) is written as its number, ``[U+1F600]``: never a box, never left out. The DOCX and
the HTML keep the character itself.
"""

from __future__ import annotations

import struct
from functools import cache
from pathlib import Path

import typst

from prongsai.documents.errors import FontMissing

FAMILY = "Sarabun"
DIRECTORY = Path(__file__).parent / "fonts"
FACES = {("normal", 400), ("normal", 700), ("italic", 400), ("italic", 700)}


def check(directory: Path = DIRECTORY) -> None:
    """Raises :class:`FontMissing` unless Typst itself finds the four faces in ``directory``."""
    fonts = typst.Fonts(
        include_system_fonts=False, include_embedded_fonts=False, font_paths=[str(directory)]
    ).fonts()
    missing = FACES - {(font.style, font.weight) for font in fonts if font.family == FAMILY}
    if missing:
        named = ", ".join(f"{style} {weight}" for style, weight in sorted(missing))
        raise FontMissing(f"{FAMILY} ({named}) is not in {directory}")


def printable(text: str) -> str:
    """``text`` as the paper can carry it: what the typeface lacks as ``[U+…]``."""
    known = coverage()
    if all(ord(char) in known for char in text):
        return text
    return "".join(char if ord(char) in known or char == "\n" else f"[U+{ord(char):04X}]" for char in text)


@cache
def coverage(directory: Path = DIRECTORY) -> frozenset[int]:
    """The characters that every face can draw."""
    faces = [_characters(path.read_bytes()) for path in sorted(directory.glob("*.ttf"))]
    if not faces:
        raise FontMissing(f"no font in {directory}")
    return frozenset.intersection(*faces)


def _characters(font: bytes) -> frozenset[int]:
    """The code points in a TrueType file's Unicode table (``cmap``, formats 4 and 12; OpenType 1.9)."""
    tables, found = struct.unpack_from(">H", font, 4)[0], set()
    for i in range(tables):
        tag, _, at, _ = struct.unpack_from(">4sLLL", font, 12 + 16 * i)
        if tag == b"cmap":
            for n in range(struct.unpack_from(">H", font, at + 2)[0]):
                found |= _subtable(font, at + struct.unpack_from(">HHL", font, at + 4 + 8 * n)[2])
    return frozenset(found)


def _subtable(font: bytes, at: int) -> set[int]:
    form = struct.unpack_from(">H", font, at)[0]
    if form == 12:
        groups = struct.unpack_from(">L", font, at + 12)[0]
        spans = (struct.unpack_from(">LLL", font, at + 16 + 12 * i) for i in range(groups))
        return {code for first, last, _ in spans for code in range(first, last + 1)}
    if form != 4:
        return set()
    count = struct.unpack_from(">H", font, at + 6)[0] // 2
    ends = struct.unpack_from(f">{count}H", font, at + 14)
    starts = struct.unpack_from(f">{count}H", font, at + 16 + 2 * count)
    spans4 = zip(starts, ends, strict=True)
    return {code for first, last in spans4 for code in range(first, last + 1) if code != 0xFFFF}
