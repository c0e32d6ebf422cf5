"""Whole numbers and amounts of money in Thai words, as contracts and receipts write them."""

from decimal import Decimal

_DIGITS = ["ศูนย์", "หนึ่ง", "สอง", "สาม", "สี่", "ห้า", "หก", "เจ็ด", "แปด", "เก้า"]
_PLACES = ["", "สิบ", "ร้อย", "พัน", "หมื่น", "แสน"]


def number_words(number: int) -> str:
    """``1000001`` → ``หนึ่งล้านเอ็ด``, ``21`` → ``ยี่สิบเอ็ด``. Any size: beyond a million, ล้าน is repeated."""
    if number < 0:
        return "ลบ" + number_words(-number)
    if number < 10:
        return _DIGITS[number]
    millions, rest = divmod(number, 1_000_000)
    head = f"{number_words(millions)}ล้าน" if millions else ""
    return head + "".join(_place_words(rest, bool(head)))


def _place_words(number: int, follows: bool) -> list[str]:
    """Words for 0 … 999,999. ``follows``: something was said before, so that a last 1 is เอ็ด."""
    words: list[str] = []
    for place in range(5, -1, -1):
        digit = number // 10**place % 10
        if not digit:
            continue
        if place == 0 and digit == 1 and (follows or words):
            words.append("เอ็ด")
        elif place == 1 and digit <= 2:
            words.append("ยี่สิบ" if digit == 2 else "สิบ")
        else:
            words.append(_DIGITS[digit] + _PLACES[place])
    return words


def baht_text(amount: Decimal | int) -> str:
    """``Decimal('1000001')`` → ``หนึ่งล้านเอ็ดบาทถ้วน``; ``Decimal('0.50')`` → ``ศูนย์บาทห้าสิบสตางค์``.

    Raises ``ValueError`` for more than two decimals (a contract sum is never rounded here) and for non-finite values.
    """
    amount = Decimal(amount)
    if not amount.is_finite() or amount != round(amount, 2):
        raise ValueError("จำนวนเงินต้องมีทศนิยมไม่เกินสองตำแหน่ง")
    baht, satang = divmod(int(abs(amount) * 100), 100)
    sign = "ลบ" if amount < 0 else ""
    return f"{sign}{number_words(baht)}บาท" + (f"{number_words(satang)}สตางค์" if satang else "ถ้วน")
