"""Thai dictionary order as a string that sorts right byte by byte, because the database has no Thai collation."""

import re
import unicodedata

from prongsai.thai.clean import clean
from prongsai.thai.digits import to_arabic

MAX_SOURCE = 200  # characters that take part; keeps the key well under PostgreSQL's index row limit

_DIGIT_RUN = re.compile("[0-9]+")
_LEADING_VOWELS = frozenset("เแโใไ")
# Second-level weights in the Royal Society's order, which is code point order: ็ ่ ้ ๊ ๋ ์, the rare signs, phinthu.
_MARK_WEIGHT = {chr(code): str(i) for i, code in enumerate([*range(0x0E47, 0x0E4F), 0x0E3A], start=1)}
_NO_MARK = "0"
_LEVEL, _GAP = " ", "!"  # both below every digit and letter, and the level mark below the gap between words


def sort_key(text: str) -> str:
    """A key to store beside the text and ORDER BY in C.UTF-8 (code points), in Royal Society dictionary order.

    A leading vowel counts after its consonant; ็, tone marks and ์ count only between words otherwise equal; figures
    come before Latin before Thai, and compare as numbers (ข้อ 2 before ข้อ 10); case, accents and punctuation do not
    count; a space ends a word, so that สม ชัย comes before สมจิต. Different texts may share a key.
    """
    text = to_arabic(clean(text[:MAX_SOURCE])).lower()
    letters: list[tuple[str, str]] = []
    for char in _DIGIT_RUN.sub(_natural, text):
        if char in _MARK_WEIGHT:
            if letters and letters[-1][1] == _NO_MARK:
                letters[-1] = (letters[-1][0], _MARK_WEIGHT[char])
        else:
            letters += [
                part for part in _primary(char) if part[0] != _GAP or (letters and letters[-1][0] != _GAP)
            ]
    _swap_leading_vowels(letters)
    while letters and letters[-1][0] == _GAP:
        letters.pop()
    primary = "".join(char for char, _ in letters)
    secondary = "".join(weight for _, weight in letters).rstrip(_NO_MARK)
    return primary + (_LEVEL + secondary if secondary else "")


def _natural(run: re.Match[str]) -> str:
    """A number with its length before it, so that byte order is the order of size."""
    number = run[0].lstrip("0") or "0"
    return f"{min(len(number), 99):02d}{number}"


def _primary(char: str) -> list[tuple[str, str]]:
    """First-level letters of one character: none for an accent, a gap for space and punctuation."""
    parts = []
    for base in unicodedata.normalize("NFD", char):
        category = unicodedata.category(base)[0]
        if category == "M" and not "\u0e00" <= base <= "\u0e7f":
            continue
        parts.append((base if category in "LNM" and base != "ๆ" else _GAP, _NO_MARK))
    return parts


def _swap_leading_vowels(letters: list[tuple[str, str]]) -> None:
    i = 0
    while i + 1 < len(letters):
        if letters[i][0] in _LEADING_VOWELS and "ก" <= letters[i + 1][0] <= "ฮ":
            letters[i], letters[i + 1] = letters[i + 1], letters[i]
            i += 1
        i += 1
