"""One normaliser for the searched column and the query, and the variants a query is widened to.

The column is searched with ``LIKE '%…%'`` over a trigram index; Thai has no spaces between words, so no tokenizer can
be trusted to split the text and the query alike.
"""

import re
import unicodedata

from prongsai.thai.baht import number_words
from prongsai.thai.clean import clean
from prongsai.thai.digits import to_arabic

MAX_TERMS = 12
MAX_QUERY = 200

_THOUSANDS = re.compile(r"(?<=[0-9]),(?=[0-9]{3}(?![0-9]))")

# Groups of terms that mean the same in Thai government writing; a query for one finds the others.
SYNONYMS: tuple[tuple[str, ...], ...] = (
    ("พ.ร.บ.", "พรบ", "พระราชบัญญัติ"),
    ("พ.ร.ก.", "พรก", "พระราชกำหนด"),
    ("พ.ร.ฎ.", "พรฎ", "พระราชกฤษฎีกา"),
    ("ครม.", "ครม", "คณะรัฐมนตรี"),
    ("ป.ป.ช.", "ปปช", "คณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ"),
    ("ป.ป.ท.", "ปปท", "คณะกรรมการป้องกันและปราบปรามการทุจริตในภาครัฐ"),
    ("สตง.", "สตง", "สำนักงานการตรวจเงินแผ่นดิน"),
    ("อปท.", "อปท", "องค์กรปกครองส่วนท้องถิ่น"),
    ("อบจ.", "อบจ", "องค์การบริหารส่วนจังหวัด"),
    ("อบต.", "อบต", "องค์การบริหารส่วนตำบล"),
    ("ผวจ.", "ผวจ", "ผู้ว่าราชการจังหวัด"),
    ("ร.ร.", "รร.", "โรงเรียน"),
)
_SYNONYM_OF = {term: group for group in SYNONYMS for term in group}

_DIGIT_WORDS = {
    w: i for i, w in enumerate(["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"])
} | {"เอ็ด": 1, "ยี่": 2}
_D = "หนึ่ง|สอง|สาม|สี่|ห้า|หก|เจ็ด|แปด|เก้า"
_UNITS = {"แสน": 100_000, "หมื่น": 10_000, "พัน": 1_000, "ร้อย": 100, "สิบ": 10}
# A word may not be cut before a vowel or mark that belongs to it: สามพันสามารถ is 3000 + สามารถ, not 3003 + ารถ.
_WHOLE = r"(?![\u0e30-\u0e3a\u0e45\u0e47-\u0e4e])"
_GROUP = rf"(?:(?:{_D})แสน)?(?:(?:{_D})หมื่น)?(?:(?:{_D})พัน)?(?:(?:{_D})ร้อย)?(?:(?:ยี่|{_D})?สิบ)?(?:(?:เอ็ด|{_D}){_WHOLE})?"
_NUMBER_WORD = re.compile(rf"(?=(?:{_D}|ยี่|สิบ))(?:({_GROUP})ล้าน)?({_GROUP})")
_PART = re.compile(rf"({_D}|เอ็ด|ยี่)?(แสน|หมื่น|พัน|ร้อย|สิบ)?")


def search_normalise(text: str) -> str:
    """The form in which text is searched. Idempotent; used for the stored column and for every query alike.

    ``clean``, then Thai digits → Arabic, thousands commas dropped, lower case, white space runs → one space.
    """
    text = unicodedata.normalize("NFC", to_arabic(clean(text)).lower())
    return " ".join(_THOUSANDS.sub("", text).split())


def search_terms(query: str) -> list[list[str]]:
    """The query as AND of ORs: one list per word the person typed, each with the variants that also satisfy it.

    Number words gain their figures and figures their words (``สามพันบาท`` ↔ ``3000 บาท``), abbreviations their long
    forms. The first variant of each list is what was typed. At most ``MAX_TERMS`` words are used.
    """
    words = search_normalise(query[:MAX_QUERY]).split()
    return [_variants(word) for word in dict.fromkeys(words[:MAX_TERMS])]


def like_pattern(term: str) -> str:
    """``%term%`` with LIKE's own signs escaped by a backslash."""
    return "%" + re.sub(r"([\\%_])", r"\\\1", term) + "%"


def _variants(word: str) -> list[str]:
    found = [word, *_SYNONYM_OF.get(word, ())]
    if word.isascii() and word.isdigit() and len(word) <= 9:
        found.append(number_words(int(word)))
    glued = _NUMBER_WORD.sub(lambda m: _figure(m, ""), word)
    if glued != word:
        spaced = _NUMBER_WORD.sub(lambda m: _figure(m, " "), word)
        found += [glued, " ".join(spaced.split())]
    return list(dict.fromkeys(found))


def _figure(match: re.Match[str], space: str) -> str:
    """Figures for a run of number words. A bare digit word (สาม) is left: it is too often part of another word."""
    words, millions, rest = match[0], match[1], match[2]
    if not words or words in _DIGIT_WORDS or words == "สิบ":
        return words
    value = (_value(millions) * 1_000_000 if millions else 0) + _value(rest)
    return f"{space}{value}{space}"


def _value(words: str) -> int:
    total = 0
    for digit, unit in _PART.findall(words):
        if digit or unit:
            total += _DIGIT_WORDS.get(digit, 1) * _UNITS.get(unit, 1)
    return total
