import contextlib
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.thai import ids
from prongsai.thai.baht import baht_text, number_words
from prongsai.thai.digits import (
    Digits,
    NumberError,
    format_money,
    format_number,
    parse_int,
    parse_money,
    to_arabic,
    to_thai,
)
from prongsai.thai.search import search_terms

MONEY = st.decimals(Decimal("0.01"), Decimal("9999999999999.99"), places=2)


@given(MONEY, st.sampled_from(["arabic", "thai"]))
def test_money_shown_reads_back(amount: Decimal, digits: Digits) -> None:
    assert parse_money(format_money(amount, digits=digits)) == amount


@given(st.integers(-(10**18) + 1, 10**18 - 1), st.sampled_from(["arabic", "thai"]))
def test_whole_number_shown_reads_back(number: int, digits: Digits) -> None:
    assert parse_int(format_number(number, digits=digits)) == number


@pytest.mark.parametrize(
    ("text", "amount"),
    [("๓,๐๐๐", "3000.00"), ("3000.5", "3000.50"), ("1,234,567.25 บาท", "1234567.25"), ("\u200b007.", "7.00")],
)
def test_money_as_typed(text: str, amount: str) -> None:
    assert str(parse_money(text)) == amount


@pytest.mark.parametrize(
    "text", ["0", "-1", "1.234", "1,2345", "1,23", "", "1e5", "NaN", "๑.๒.๓", "10000000000000", "٣"]
)
def test_money_refused(text: str) -> None:
    with pytest.raises(NumberError, match="จำนวนเงิน"):
        parse_money(text)


def test_zero_only_where_allowed() -> None:
    assert parse_money("0", allow_zero=True) == 0
    with pytest.raises(NumberError, match="ต้องไม่ติดลบ"):
        parse_money("-0.01", allow_zero=True)


@given(st.text())
def test_digits_change_and_nothing_else(text: str) -> None:
    assert to_thai(to_arabic(text)) == to_thai(text)
    assert len(to_arabic(text)) == len(text)
    for parse in (parse_int, parse_money):
        with contextlib.suppress(NumberError):
            parse(text)


@pytest.mark.parametrize(
    ("amount", "words"),
    [
        ("1000001", "หนึ่งล้านเอ็ดบาทถ้วน"),
        ("0", "ศูนย์บาทถ้วน"),
        ("0.50", "ศูนย์บาทห้าสิบสตางค์"),
        ("1", "หนึ่งบาทถ้วน"),
        ("11", "สิบเอ็ดบาทถ้วน"),
        ("21.21", "ยี่สิบเอ็ดบาทยี่สิบเอ็ดสตางค์"),
        ("101", "หนึ่งร้อยเอ็ดบาทถ้วน"),
        ("3000", "สามพันบาทถ้วน"),
        ("11000000", "สิบเอ็ดล้านบาทถ้วน"),
        ("1234567.25", "หนึ่งล้านสองแสนสามหมื่นสี่พันห้าร้อยหกสิบเจ็ดบาทยี่สิบห้าสตางค์"),
        ("1000000000000", "หนึ่งล้านล้านบาทถ้วน"),
        ("-5", "ลบห้าบาทถ้วน"),
    ],
)
def test_amounts_in_words(amount: str, words: str) -> None:
    assert baht_text(Decimal(amount)) == words


@pytest.mark.parametrize("amount", ["0.001", "NaN", "Infinity"])
def test_words_never_round(amount: str) -> None:
    with pytest.raises(ValueError, match="ทศนิยม"):
        baht_text(Decimal(amount))


@given(st.integers(20, 10**9))
def test_words_and_query_reader_agree(number: int) -> None:
    """Two pieces of code, one writing number words and one reading them, check each other."""
    assert str(number) in search_terms(number_words(number))[0]


def test_check_digit_published_examples() -> None:
    """0107542000011 is a listed company's number, printed on its tax invoices."""
    assert ids.parse_juristic_id("0-1075-42000-01-1") == "0107542000011"
    assert ids.parse_juristic_id("๐๑๐๗๕๔๒๐๐๐๐๑๑") == "0107542000011"
    with pytest.raises(ids.IdError):
        ids.parse_citizen_id("0107542000011")


@given(st.from_regex("[1-8][0-9]{11}", fullmatch=True), st.integers(0, 12), st.integers(1, 9))
def test_one_wrong_digit_is_found(first12: str, place: int, shift: int) -> None:
    """Mod 11 has ten check digits for eleven remainders, so one pair shares a digit: that slip alone may pass."""
    number = first12 + ids.check_digit(first12)
    assert ids.parse_citizen_id(number) == number
    wrong = number[:place] + str((int(number[place]) + shift) % 10) + number[place + 1 :]
    if ids.is_valid_id13(wrong):
        remainders = {
            sum(int(d) * w for d, w in zip(n, range(13, 1, -1), strict=False)) % 11 for n in (number, wrong)
        }
        assert remainders == {0, 10} or len(remainders) == 1


@pytest.mark.parametrize(
    ("text", "number"),
    [
        ("053-112 708", "053112708"),
        ("๐๘๑-๒๓๔-๕๖๗๘", "0812345678"),
        ("+66 81 234 5678", "0812345678"),
        ("+66 (0)81 234 5678", "0812345678"),
        ("0066812345678", "0812345678"),
    ],
)
def test_phone(text: str, number: str) -> None:
    assert ids.parse_phone(text) == number


@pytest.mark.parametrize("text", ["", "1567", "081234567890", "812345678", "0812345678 ต่อ 12", "08x2345678"])
def test_phone_refused(text: str) -> None:
    with pytest.raises(ids.IdError):
        ids.parse_phone(text)
