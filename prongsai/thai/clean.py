"""Bring typed, pasted or imported Thai text into one form, before it is stored, searched or compared.

Unicode's NFC does not do it: it leaves ํ + า beside ำ, เ + เ beside แ, and marks in the order they were struck.
NFKC is never used: it takes ำ apart.
"""

import re
import unicodedata
from typing import NamedTuple

# Emoji and the characters that continue one; a ZWJ between two of them is part of the picture.
_EMOJI = "\u00a9\u00ae\u2190-\u2bff\u3030\u303d\u3297\u3299\ufe0f\U0001f000-\U0001faff"
_STRAY_ZWJ = re.compile(f"(?<![{_EMOJI}])\u200d|\u200d(?![{_EMOJI}])")
# Zero-width and bidirectional controls: invisible, and able to make a text read otherwise than it is stored.
_INVISIBLE = re.compile("[\u00ad\u061c\u200b\u200c\u200e\u200f\u202a-\u202e\u2060-\u2064\u2066-\u206f\ufeff]")
# Controls other than tab and newline, lone surrogates, non-characters: PostgreSQL, XML or JSON refuse them.
_FORBIDDEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]")
_NEWLINE = re.compile("\r\n?|\u2028|\u2029|\u0085")
_SPACE = re.compile("[\u00a0\u1680\u2000-\u200a\u202f\u205f\u3000]")

_MARK_RUN = re.compile("[\u0e31\u0e34-\u0e3a\u0e47-\u0e4e\u0300-\u036f]{2,}")
_NIKHAHIT_AA = re.compile("\u0e4d([\u0e48-\u0e4b]*)\u0e32")  # ํ (tone) า
_AM_TONE = re.compile("\u0e33([\u0e48-\u0e4b]+)")  # ำ before its tone


class Forbidden(NamedTuple):
    """A character that must not be stored: where it stands and its code point (``U+0000``)."""

    position: int
    code: str


def find_forbidden(text: str) -> list[Forbidden]:
    """Every control, lone surrogate and bidirectional or zero-width control, for forms that report, not repair.

    Tab, line breaks and the ZWJ inside an emoji are allowed.
    """
    hits = [m for pattern in (_FORBIDDEN, _INVISIBLE, _STRAY_ZWJ) for m in pattern.finditer(text)]
    allowed = "\r\u0085"
    return sorted(Forbidden(m.start(), f"U+{ord(m[0]):04X}") for m in hits if m[0] not in allowed)


def clean(text: str) -> str:
    """The one stored form of a text. Idempotent; keeps every visible character.

    NFC; invisible and control characters removed (emoji keep their ZWJ); any space → U+0020; any line break → ``\\n``;
    Thai marks once each, vowel before tone; ํา → ำ (also around a tone mark); เเ → แ.
    """
    if text.isascii() and text.isprintable():  # most fields of a form: nothing typed, a number, a tick
        return text
    text = _SPACE.sub(" ", _NEWLINE.sub("\n", text))
    text = _STRAY_ZWJ.sub("", _INVISIBLE.sub("", _FORBIDDEN.sub("", text)))
    # One pass is enough for anything a keyboard makes; the bound keeps hostile input linear.
    for _ in range(4):
        done = unicodedata.normalize("NFC", _thai_forms(unicodedata.normalize("NFC", text)))
        if done == text:
            break
        text = done
    return text


def _thai_forms(text: str) -> str:
    text = _AM_TONE.sub("\\1\u0e33", text)
    text = _MARK_RUN.sub(_order_marks, text)
    text = _NIKHAHIT_AA.sub("\\1\u0e33", text)
    return text.replace("เเ", "แ")


def _order_marks(run: re.Match[str]) -> str:
    return "".join(sorted(dict.fromkeys(run[0]), key=_mark_rank))


def _mark_rank(mark: str) -> int:
    """Vowel, nikhahit, tone and thanthakhat, foreign accent: the order in which a cluster is written."""
    if mark == "\u0e4d":
        return 1
    if "\u0e48" <= mark <= "\u0e4e":
        return 2
    return 3 if mark < "\u0e00" else 0
