"""Thai and Arabic digits, thousands separators, whole numbers and amounts of money as people type them."""

import re
from decimal import Decimal
from typing import Literal

Digits = Literal["arabic", "thai"]

_TO_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")
_TO_ARABIC = str.maketrans("๐๑๒๓๔๕๖๗๘๙", "0123456789")
# Characters that pasted numbers carry without anybody seeing them.
_INVISIBLE = re.compile("[\u200b\u200c\u200d\u2060\ufeff]")
_INTEGER = re.compile(r"-?(?:[0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)")
_MONEY = re.compile(r"(-?)([0-9]{1,3}(?:,[0-9]{3})+|[0-9]+)(?:\.([0-9]*))?(?: ?(?:บาท|฿))?")

MAX_INTEGER_DIGITS = 18  # fits a 64-bit column
MAX_MONEY_DIGITS = 13  # numeric(15,2)
SATANG = Decimal("0.01")


class NumberError(ValueError):
    """The text is not a number of the asked kind. ``str(error)`` is the Thai sentence to show."""


def to_thai(value: object) -> str:
    """``str(value)`` with 0–9 written ๐–๙."""
    return str(value).translate(_TO_THAI)


def to_arabic(text: str) -> str:
    """``text`` with ๐–๙ written 0–9. Nothing else changes."""
    return text.translate(_TO_ARABIC)


def format_number(value: int | Decimal, *, places: int | None = None, digits: Digits = "arabic") -> str:
    """``1234567`` → ``1,234,567``; ``places`` fixes the number of decimals."""
    text = f"{value:,}" if places is None else f"{value:,.{places}f}"
    return to_thai(text) if digits == "thai" else text


def format_money(value: int | Decimal, *, digits: Digits = "arabic") -> str:
    """``Decimal('3000')`` → ``3,000.00``."""
    return format_number(Decimal(value), places=2, digits=digits)


def _plain(text: str) -> str:
    return " ".join(to_arabic(_INVISIBLE.sub("", text)).split())


def parse_int(text: str) -> int:
    """A whole number, with commas and Thai digits allowed (``๑,๒๓๔``). Raises :class:`NumberError`."""
    plain = _plain(text)
    if not _INTEGER.fullmatch(plain):
        raise NumberError("โปรดระบุเป็นจำนวนเต็ม")
    bare = plain.replace(",", "")
    if len(bare.lstrip("-").lstrip("0")) > MAX_INTEGER_DIGITS:
        raise NumberError("จำนวนมีค่าเกินกว่าที่ระบบรองรับ")
    return int(bare)


def parse_money(text: str, *, allow_zero: bool = False) -> Decimal:
    """An amount in baht with exactly two decimals, as numeric(15,2). Raises :class:`NumberError`.

    Commas must stand where thousands end: ``1,2345`` is refused, because it is a typing slip of unknown meaning.
    """
    match = _MONEY.fullmatch(_plain(text))
    if not match:
        raise NumberError("รูปแบบจำนวนเงินไม่ถูกต้อง โปรดระบุเป็นตัวเลข เช่น 1,234.50")
    sign, whole, fraction = match[1], match[2].replace(",", "").lstrip("0"), match[3] or ""
    if len(whole) > MAX_MONEY_DIGITS:
        raise NumberError("จำนวนเงินมีค่าเกินกว่าที่ระบบรองรับ")
    rule = "ต้องไม่ติดลบ" if allow_zero else "ต้องมากกว่าศูนย์"
    amount = Decimal(f"{whole or '0'}.{fraction or '0'}")
    if len(fraction) > 2 or (sign and amount) or (not amount and not allow_zero):
        raise NumberError(f"จำนวนเงิน{rule} และมีทศนิยมไม่เกินสองตำแหน่ง")
    return amount.quantize(SATANG)
