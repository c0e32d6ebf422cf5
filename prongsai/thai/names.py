"""Personal names: titles and ranks glued to the name, and a key to compare names written in different ways."""

import re
from collections.abc import Sequence

from prongsai.thai.clean import clean

CIVIL_TITLES = (
    "นางสาว", "นาง", "นาย", "เด็กชาย", "เด็กหญิง", "คุณหญิง", "ท่านผู้หญิง",
    "หม่อมราชวงศ์", "หม่อมหลวง", "หม่อมเจ้า", "พระครู", "พระมหา", "แม่ชี",
)  # fmt: skip
ACADEMIC_TITLES = (
    "ผู้ช่วยศาสตราจารย์", "รองศาสตราจารย์", "ศาสตราจารย์", "ดอกเตอร์", "นายแพทย์", "แพทย์หญิง",
    "ทันตแพทย์หญิง", "ทันตแพทย์", "สัตวแพทย์หญิง", "สัตวแพทย์", "นายสัตวแพทย์", "เภสัชกรหญิง", "เภสัชกร", "อาจารย์",
)  # fmt: skip
_GRADES = ("ตรี", "โท", "เอก")
_RANK_STEMS = (
    "ร้อย", "พัน", "พล", "สิบ", "จ่าสิบ", "จ่า", "พันจ่า", "พันจ่าอากาศ", "จ่าอากาศ", "เรือ", "นาวา", "พลเรือ",
    "เรืออากาศ", "นาวาอากาศ", "พลอากาศ", "สิบตำรวจ", "จ่าสิบตำรวจ", "ร้อยตำรวจ", "พันตำรวจ", "พลตำรวจ",
)  # fmt: skip
RANKS = (
    *(stem + grade for stem in _RANK_STEMS for grade in _GRADES),
    "จ่าสิบตำรวจ", "ดาบตำรวจ", "นายดาบตำรวจ", "นายกองเอก", "นายกองโท", "นายกองตรี", "นายหมวดเอก", "นายหมวดโท", "นายหมวดตรี",
)  # fmt: skip
LATIN_TITLES = ("mister", "mr", "mrs", "ms", "miss", "dr", "prof")

_FULL_TITLES = sorted({*CIVIL_TITLES, *ACADEMIC_TITLES, *RANKS}, key=len, reverse=True)
_DOT_SPACE = re.compile(r" ?\. ?")
# น.ส. ดร. ผศ.ดร. พ.ต.ท. ม.ร.ว. – a Thai name itself is never written with a full stop.
_ABBREVIATION = re.compile(r"(?:[ก-ฮ][ก-ฮ\u0e30-\u0e4e]{0,3}\.)+(?:หญิง(?! ?$))?")
_BARE_ABBREVIATION = re.compile(r"(?:นส|ดร|ดช|ดญ|ผศ|รศ|ศ|นพ|พญ|ทพ|ทพญ|ภก|ภญ) ")
_ACTING = re.compile(r"ว่าที่ ?")
_LATIN = re.compile(rf"(?:{'|'.join(LATIN_TITLES)})(?:\.| )", re.IGNORECASE)
# What may stand first in a name: a consonant or a leading vowel, but not รร (นางสาวรรณา is นาง + สาวรรณา).
_NAME_START = re.compile(r"(?!รร)[ก-ฮเ-ไ][^\s.]")


def split_title(name: str) -> tuple[str, str]:
    """``(titles, name)`` of a person's full name, both cleaned; ``("", name)`` when there is no title.

    A title is taken off only when a name can begin there: ``นางสาวิตรี`` is ``("นาง", "สาวิตรี")``. คุณ is left: it begins
    many given names.
    """
    rest = " ".join(_DOT_SPACE.sub(".", clean(name)).split())
    titles: list[str] = []
    # After นาย only an abbreviation can be a second title (นาย ดร.สมชาย): นางสาวนางนวล is Miss นางนวล.
    while len(titles) < 4 and (found := _abbreviated(rest) or _written_out(rest, titles)):
        titles.append(found.strip())
        rest = rest[len(found) :].lstrip()
    return " ".join(titles), rest


def name_key(name: str) -> str:
    """A key that is equal for two spellings of one person's name: no titles, spaces, or case.

    It joins ways of writing (ํา/ำ, doubled marks, invisible characters, glued ranks), not ways of spelling (พงศ์/พงษ์).
    """
    return "".join(split_title(name)[1].split()).casefold()


def _abbreviated(text: str) -> str:
    for pattern in (_ABBREVIATION, _BARE_ABBREVIATION, _LATIN):
        match = pattern.match(text)
        if match and text[match.end() :].strip():
            return match[0]
    return ""


def _written_out(text: str, after: Sequence[str]) -> str:
    if set(CIVIL_TITLES).intersection(after):
        return ""
    acting = _ACTING.match(text)
    start = acting.end() if acting else 0
    for title in _FULL_TITLES:
        if text.startswith(title, start):
            end = start + len(title)
            woman = text[end:].startswith("หญิง") and title in RANKS
            for stop in (end + 4, end) if woman else (end,):
                if _NAME_START.match(text[stop:].lstrip()):
                    return text[:stop]
    return text[:start] if acting and text[start:] else ""
