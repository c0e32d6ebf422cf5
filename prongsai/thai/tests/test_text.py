import codecs
import contextlib
import itertools
import unicodedata

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai.text import (
    EncodingError,
    clean,
    decode_bytes,
    find_forbidden,
    like_pattern,
    name_key,
    search_normalise,
    search_terms,
    sort_key,
    split_title,
)

THAI = st.text(
    st.characters(min_codepoint=0x0E01, max_codepoint=0x0E5B) | st.sampled_from(" ,3a\u200b\u200d\u0301👩")
)
ANY = st.text(st.characters()) | THAI
NAM = "น\u0e49\u0e33"


@pytest.mark.parametrize(
    ("typed", "stored"),
    [
        ("น\u0e4d\u0e49\u0e32", NAM),  # ํ ้ า
        ("น\u0e49\u0e4d\u0e32", NAM),  # ้ ํ า
        ("น\u0e33\u0e49", NAM),  # tone struck last
        ("น\u0e49\u0e49\u0e33", NAM),
        ("ท\u0e35\u0e35\u0e48\u0e48", "ท\u0e35\u0e48"),
        ("ท\u0e48\u0e35", "ท\u0e35\u0e48"),
        ("เเก", "แก"),
        ("ก\u00a0ข\u200bค\ufeffง\u2060จ\u202eฉ\u200dช", "ก ขคงจฉช"),
        ("ก\x00ข\x1b\x7f\x85ค\r\nง\tจ", "กข\nค\nง\tจ"),
        ("e\u0301", "é"),
        ("👩\u200d👩\u200d👧 ☺\ufe0f", "👩\u200d👩\u200d👧 ☺\ufe0f"),
        ("ก\u200d👩", "ก👩"),
        ("\ud800", ""),
    ],
)
def test_C10_one_stored_form(typed: str, stored: str) -> None:
    assert clean(typed) == stored


@given(ANY)
def test_clean_is_idempotent_and_leaves_nothing_forbidden(text: str) -> None:
    once = clean(text)
    assert clean(once) == once == unicodedata.normalize("NFC", once)
    assert find_forbidden(once) == []
    once.encode()


def test_find_forbidden_tells_where() -> None:
    assert find_forbidden("ก\x00ข\u202e\n\t") == [(1, "U+0000"), (3, "U+202E")]
    assert find_forbidden("👩\u200d👧\r\n") == []


@given(ANY)
def test_search_form_is_idempotent(text: str) -> None:
    once = search_normalise(text)
    assert search_normalise(once) == once


def test_search_form() -> None:
    assert search_normalise("เกิน  ๓,๐๐๐\nบาท ITA") == "เกิน 3000 บาท ita"
    assert search_normalise("1,234,567 1,23 12,3456") == "1234567 1,23 12,3456"
    assert search_normalise("ยืมเเล้ว น\u0e4d\u0e49\u0e32") == f"ยืมแล้ว {NAM}"


@pytest.mark.parametrize(
    ("query", "terms"),
    [
        ("", []),
        ("เกิน ๓,๐๐๐ บาท", [["เกิน"], ["3000", "สามพัน"], ["บาท"]]),
        ("เกินสามพันบาท", [["เกินสามพันบาท", "เกิน3000บาท", "เกิน 3000 บาท"]]),
        ("สามพันสามารถ", [["สามพันสามารถ", "3000สามารถ", "3000 สามารถ"]]),
        ("ที่สามารถ สาม", [["ที่สามารถ"], ["สาม"]]),
        ("ร้อยเอ็ด สิบเอก", [["ร้อยเอ็ด"], ["สิบเอก"]]),  # a province, a rank
        ("พ.ร.บ.", [["พ.ร.บ.", "พรบ", "พระราชบัญญัติ"]]),
    ],
)
def test_search_terms(query: str, terms: list[list[str]]) -> None:
    assert search_terms(query) == terms


@given(ANY)
def test_search_terms_first_variant_is_what_was_typed(query: str) -> None:
    words = search_normalise(query[:200]).split()
    assert [variants[0] for variants in search_terms(query)] == list(dict.fromkeys(words[:12]))


def test_like_signs_are_escaped() -> None:
    assert like_pattern(r"50%_\x") == r"%50\%\_\\x%"


def test_C41_dictionary_order() -> None:
    ordered = ["กก", "ก๊ก", "กา", "กาง", "เกม", "เกา", "เก้า", "แก", "ไก่", "ขา", "นา", "น้ำ"]
    assert sorted(reversed(ordered), key=lambda word: sort_key(word).encode()) == ordered


def test_order_of_numbers_latin_spaces_and_marks() -> None:
    ordered = ["ข้อ 1/2563", "ข้อ ๒", "ข้อ 10", "ข้อก", "สม ชัย", "สมจิต", "สมชัย", "เสม"]
    assert sorted(reversed(ordered), key=sort_key) == ordered
    assert sorted(["ก", "z", "Éa", "eb", "9"], key=sort_key) == ["9", "Éa", "eb", "z", "ก"]
    assert sort_key("กก่า") < sort_key("ก่กา")  # the first letter without a mark comes first
    assert sort_key("(ก) ") == sort_key("“ก”") == sort_key("ก") == "ก"


@given(ANY)
def test_sort_key_is_storable_and_short(text: str) -> None:
    key = sort_key(text)
    assert len(key.encode()) < 2600
    assert "\x00" not in key


@given(st.lists(THAI, max_size=6))
def test_byte_order_is_code_point_order(words: list[str]) -> None:
    keys = [sort_key(word) for word in words]
    assert sorted(keys) == sorted(keys, key=str.encode)


@pytest.mark.parametrize(
    ("data", "expected"),
    [
        ("ชื่อ,ที่อยู่".encode("utf-8-sig"), ("ชื่อ,ที่อยู่", "utf-8-sig")),
        ("ชื่อ".encode(), ("ชื่อ", "utf-8")),
        ("ชื่อ".encode("cp874"), ("ชื่อ", "cp874")),
        (codecs.BOM_UTF16_LE + "ชื่อ".encode("utf-16-le"), ("ชื่อ", "utf-16")),
        (codecs.BOM_UTF16_BE + "ชื่อ".encode("utf-16-be"), ("ชื่อ", "utf-16")),
        (b"", ("", "utf-8")),
    ],
)
def test_G03_encodings_of_thai_offices(data: bytes, expected: tuple[str, str]) -> None:
    assert decode_bytes(data) == expected


@pytest.mark.parametrize(
    "data", ["café à la carte".encode("latin-1"), b"PK\x03\x04\x00\x00", b"\xff\xfea", b"\xdb\xdb"]
)
def test_what_is_not_thai_text_is_refused(data: bytes) -> None:
    with pytest.raises(EncodingError, match="TIS-620"):
        decode_bytes(data)


@given(st.binary())
def test_decoding_never_fails_otherwise(data: bytes) -> None:
    with contextlib.suppress(EncodingError):
        decode_bytes(data)


@pytest.mark.parametrize(
    ("name", "title", "rest"),
    [
        ("นายสมชาย ใจดี", "นาย", "สมชาย ใจดี"),
        ("นางสาวิตรี ใจดี", "นาง", "สาวิตรี ใจดี"),
        ("นางสาวสาวิตรี ใจดี", "นางสาว", "สาวิตรี ใจดี"),
        ("นางสาวรรณา", "นาง", "สาวรรณา"),
        ("น.ส. สมหญิง", "น.ส.", "สมหญิง"),
        ("ว่าที่ร้อยตรีหญิงสมศรี ใจดี", "ว่าที่ร้อยตรีหญิง", "สมศรี ใจดี"),
        ("ว่าที่ ร.ต. สมชาย", "ว่าที่ ร.ต.", "สมชาย"),
        ("พ. ต. ท.สมชาย", "พ.ต.ท.", "สมชาย"),
        ("ผศ.ดร.สมชาย", "ผศ.ดร.", "สมชาย"),
        ("ร.ต.อ.หญิง มานี", "ร.ต.อ.หญิง", "มานี"),
        ("นาย ดร.สมชาย", "นาย ดร.", "สมชาย"),
        ("นางสาวนางนวล", "นางสาว", "นางนวล"),
        ("นายแพทย์สมชาย", "นายแพทย์", "สมชาย"),
        ("พลตำรวจเอก สม ใจ", "พลตำรวจเอก", "สม ใจ"),
        ("Mr. John Smith", "Mr.", "John Smith"),
        ("คุณากร ดี", "", "คุณากร ดี"),
        ("นายิกา", "", "นายิกา"),
        ("ดรุณี", "", "ดรุณี"),
        ("พลเดช", "", "พลเดช"),
    ],
)
def test_titles(name: str, title: str, rest: str) -> None:
    assert split_title(name) == (title, rest)


def test_spellings_of_one_name_share_a_key() -> None:
    spellings = ["นายอำนาจ แซ่ลิ้ม", "อ\u0e4d\u0e32นาจ  แซ่ ลิ้ม", "ร.ต.อ.อำนาจ\u00a0แซ่ลิ้ม", "นาย อำ\u200bนาจ แซ่ลิ้ม"]
    assert {name_key(name) for name in spellings} == {"อำนาจแซ่ลิ้ม"}
    assert all(name_key(a) != name_key(b) for a, b in itertools.combinations(["สาวิตรี", "สาวรรณา", "รรณา"], 2))


@given(ANY)
def test_names_never_fail(name: str) -> None:
    title, rest = split_title(name)
    assert split_title(rest)[1] == rest or title
    name_key(name)
