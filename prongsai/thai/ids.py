"""Thai 13-digit numbers (citizens, juristic persons) and telephone numbers."""

import re

from prongsai.thai.clean import clean
from prongsai.thai.digits import to_arabic

_SEPARATORS = re.compile(r"[\s\-.()\u2010-\u2015]")
_PHONE = re.compile(r"0[0-9]{8,9}")
_PHONE_ABROAD = re.compile(r"(?:\+|00)660?(?=[0-9]{8,9}$)")


class IdError(ValueError):
    """Not such a number. ``str(error)`` is the Thai sentence to show."""


def _bare(text: str) -> str:
    return _SEPARATORS.sub("", to_arabic(clean(text)))


def check_digit(first12: str) -> str:
    """The 13th digit for twelve ASCII digits: mod 11, weights 13 … 2."""
    total = sum(int(digit) * weight for digit, weight in zip(first12, range(13, 1, -1), strict=True))
    return str((11 - total % 11) % 10)


def is_valid_id13(text: str) -> bool:
    """Whether the text, spaces and dashes aside, is 13 digits (Thai or Arabic) with the right check digit."""
    bare = _bare(text)
    return bool(re.fullmatch("[0-9]{13}", bare)) and check_digit(bare[:12]) == bare[12]


def parse_id13(text: str) -> str:
    """Thirteen ASCII digits, check digit verified. Raises :class:`IdError`."""
    if not is_valid_id13(text):
        raise IdError("เลขประจำตัว ๑๓ หลักไม่ถูกต้อง โปรดตรวจสอบอีกครั้ง")
    return _bare(text)


def parse_citizen_id(text: str) -> str:
    """A citizen's number: begins 1–8, or 0…89… for a person without civil status. Raises :class:`IdError`."""
    number = parse_id13(text)
    if number[0] == "9" or (number[0] == "0" and number[5:7] != "89"):
        raise IdError("เลขประจำตัวประชาชนไม่ถูกต้อง โปรดตรวจสอบอีกครั้ง")
    return number


def parse_juristic_id(text: str) -> str:
    """A juristic person's registration or tax number: begins with 0. Raises :class:`IdError`."""
    number = parse_id13(text)
    if number[0] != "0":
        raise IdError("เลขทะเบียนนิติบุคคลไม่ถูกต้อง โปรดตรวจสอบอีกครั้ง")
    return number


def parse_phone(text: str) -> str:
    """A Thai number as ``0`` and 8 or 9 digits; spaces, dashes, Thai digits and +66 understood. :class:`IdError`."""
    number = _PHONE_ABROAD.sub("0", _bare(text))
    if not _PHONE.fullmatch(number):
        raise IdError("หมายเลขโทรศัพท์ไม่ถูกต้อง โปรดระบุตัวเลข ๙ หรือ ๑๐ หลัก ขึ้นต้นด้วย ๐")
    return number
