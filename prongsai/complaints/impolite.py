"""Impolite words (M5.2.2 asks for polite ones). Only a mark for the screening officer: never a ground, never a block."""

from prongsai.thai.text import search_normalise

WORDS = (
    "มึง",
    "กูจะ",
    "ไอ้สัตว์",
    "ไอ้เหี้ย",
    "อีเหี้ย",
    "เหี้ย",
    "สัส",
    "ชาติหมา",
    "ระยำ",
    "เฮงซวย",
    "ไอ้ชั่ว",
    "อีดอก",
    "ควาย",
)
_NORMALISED = tuple(search_normalise(word) for word in WORDS)


def is_impolite(text: str) -> bool:
    plain = search_normalise(text)
    return any(word in plain for word in _NORMALISED)
