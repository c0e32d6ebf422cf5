"""Dates in the Buddhist era (B.E. = C.E. + 543), fiscal years, and times in Asia/Bangkok.

A date is not a datetime: functions that take a date refuse a datetime (``TypeError``), because the day of a
timestamp depends on the zone it is read in. A date that is ambiguous or impossible is refused, never guessed.
"""

import datetime as dt
import re
from typing import Literal
from zoneinfo import ZoneInfo

from prongsai.thai.digits import Digits, to_arabic, to_thai

Style = Literal["full", "long", "short", "numeric"]
Lang = Literal["th", "en"]

BANGKOK = ZoneInfo("Asia/Bangkok")
BE_OFFSET = 543
# Years that can be told apart: 2400–2600 is B.E., 1900–2200 is C.E. Anything else (3106: 543 added twice) is refused.
BE_YEARS = range(2400, 2601)
CE_YEARS = range(1900, 2201)

MONTHS = [
    "มกราคม", "กุมภาพันธ์", "มีนาคม", "เมษายน", "พฤษภาคม", "มิถุนายน",
    "กรกฎาคม", "สิงหาคม", "กันยายน", "ตุลาคม", "พฤศจิกายน", "ธันวาคม",
]  # fmt: skip
MONTHS_SHORT = [
    "ม.ค.",
    "ก.พ.",
    "มี.ค.",
    "เม.ย.",
    "พ.ค.",
    "มิ.ย.",
    "ก.ค.",
    "ส.ค.",
    "ก.ย.",
    "ต.ค.",
    "พ.ย.",
    "ธ.ค.",
]
WEEKDAYS = ["จันทร์", "อังคาร", "พุธ", "พฤหัสบดี", "ศุกร์", "เสาร์", "อาทิตย์"]
WEEKDAYS_SHORT = ["จ.", "อ.", "พ.", "พฤ.", "ศ.", "ส.", "อา."]
MONTHS_EN = [
    "January", "February", "March", "April", "May", "June",
    "July", "August", "September", "October", "November", "December",
]  # fmt: skip
WEEKDAYS_EN = ["Monday", "Tuesday", "Wednesday", "Thursday", "Friday", "Saturday", "Sunday"]

BAD_DATE = "รูปแบบวันที่ไม่ถูกต้อง โปรดระบุ วัน เดือน ปี พ.ศ."


class DateError(ValueError):
    """The text is not a date that can be understood in one way. ``str(error)`` is the Thai sentence to show."""

    def __init__(self, detail: str = "") -> None:
        super().__init__(f"{BAD_DATE} ({detail})" if detail else BAD_DATE)


def _names(*lists: list[str]) -> dict[str, int]:
    """Every spelling, without dots and in lower case → its index from 0."""
    return {name.replace(".", "").lower(): i for names in lists for i, name in enumerate(names)}


_MONTH_INDEX = _names(MONTHS, MONTHS_SHORT, MONTHS_EN, [name[:3] for name in MONTHS_EN])
_THAI_MONTHS = _names(MONTHS, MONTHS_SHORT)
_WEEKDAY_INDEX = _names(
    WEEKDAYS,
    [*WEEKDAYS[:3], "พฤหัส", *WEEKDAYS[4:]],
    WEEKDAYS_SHORT,
    WEEKDAYS_EN,
    [name[:3] for name in WEEKDAYS_EN],
)

_INVISIBLE = re.compile("[\u200b-\u200f\u2060\ufeff]")
_WEEKDAY = re.compile(r"(?:วัน)?(?P<weekday>[^\d\s,]+?)(?: ?ที่|,)? ?(?=\d)")
_NUMERIC = re.compile(r"(?P<day>\d{1,2})([/\-.])(?P<month>\d{1,2})\2(?P<year>\d{1,4})", re.ASCII)
_ISO = re.compile(r"(?P<year>\d{4})-(?P<month>\d{2})-(?P<day>\d{2})", re.ASCII)
_NAMED = re.compile(
    r"(?P<day>\d{1,2}) ?(?:เดือน ?)?(?P<name>[^\d\s]+?),? ?(?P<era>พ\.? ?ศ\.?|ค\.? ?ศ\.?)? ?(?P<year>\d{1,4})",
    re.ASCII,
)


def parse_date(text: str, *, today: dt.date | None = None, short_year: bool = False) -> dt.date:
    """Read a date as a person in a Thai office writes it. Raises :class:`DateError`.

    Understood, all the same day: ``15/05/2563``, ``15/05/2020``, ``15-5-2563``, ``๑๕ พ.ค. ๒๕๖๓``,
    ``15 พฤษภาคม พ.ศ. 2563``, ``วันศุกร์ที่ 15 พฤษภาคม 2563`` (the weekday must agree), ``15 May 2020``, ``2020-05-15``.
    Day before month, always. Years 2400–2600 are B.E., 1900–2200 are C.E.; two-digit years are refused.

    ``short_year``: also take e-GP's ``29 พ.ย. 67`` (Thai month name, two digits) as B.E. 2567.
    ``today``: also refuse dates outside B.E. 2500 … today + 5 years (the range common to all registers).
    """
    plain = " ".join(to_arabic(_INVISIBLE.sub("", text)).split())
    if len(plain) > 80:
        raise DateError
    plain = plain.removeprefix("วันที่").lstrip()
    weekday, plain = _split_weekday(plain)
    match = _ISO.fullmatch(plain) or _NUMERIC.fullmatch(plain) or _NAMED.fullmatch(plain)
    if not match:
        raise DateError
    parts = match.groupdict()
    name = parts.get("name", "").replace(".", "").lower()
    month = int(parts["month"]) if "month" in parts else _MONTH_INDEX.get(name, -1) + 1
    year = _ce_year(parts["year"], parts.get("era"), short_year=short_year and name in _THAI_MONTHS)
    try:
        found = dt.date(year, month, int(parts["day"]))
    except ValueError:
        raise DateError("ไม่มีวันที่ดังกล่าวในปฏิทิน" if 1 <= month <= 12 else "") from None
    if weekday is not None and found.weekday() != weekday:
        raise DateError(f"วันที่ดังกล่าวตรงกับวัน{WEEKDAYS[found.weekday()]}")
    if today is not None:
        _check_range(found, today)
    return found


def _split_weekday(plain: str) -> tuple[int | None, str]:
    match = _WEEKDAY.match(plain)
    if not match:
        return None, plain
    index = _WEEKDAY_INDEX.get(match["weekday"].replace(".", "").lower())
    if index is None:
        raise DateError
    return index, plain[match.end() :]


def _ce_year(digits: str, era: str | None, *, short_year: bool) -> int:
    if len(digits) == 2 and short_year and not (era and era.startswith("ค")):
        return 2500 + int(digits) - BE_OFFSET
    if len(digits) != 4:
        raise DateError("โปรดระบุปีเป็นเลขสี่หลัก")
    year = int(digits)
    is_be, is_ce = year in BE_YEARS, year in CE_YEARS
    if era:
        is_be, is_ce = is_be and era.startswith("พ"), is_ce and era.startswith("ค")
    if not (is_be or is_ce):
        raise DateError("ปีไม่อยู่ในช่วงที่รองรับ")
    return year - BE_OFFSET if is_be else year


def _check_range(found: dt.date, today: dt.date) -> None:
    _plain_date(today)
    too_late = (found.year - 5, found.month, found.day) > (today.year, today.month, today.day)
    if too_late or found.year + BE_OFFSET < 2500:
        raise DateError("วันที่ต้องอยู่ระหว่าง พ.ศ. 2500 ถึงห้าปีนับจากวันนี้")


def _plain_date(value: dt.date) -> dt.date:
    if not isinstance(value, dt.date) or isinstance(value, dt.datetime):
        raise TypeError(
            f"a date is needed, not {type(value).__name__}: read a timestamp with bangkok_date() first"
        )
    return value


def bangkok_date(moment: dt.datetime) -> dt.date:
    """The calendar day in Thailand at an aware moment. Naive datetimes raise ``ValueError``."""
    return _bangkok(moment).date()


def _bangkok(moment: dt.datetime) -> dt.datetime:
    if moment.utcoffset() is None:
        raise ValueError("a naive datetime has no zone and cannot be shown")
    return moment.astimezone(BANGKOK)


def format_date(
    value: dt.date,
    style: Style = "long",
    digits: Digits = "arabic",
    *,
    weekday: bool = False,
    lang: Lang = "th",
) -> str:
    """Write a date. Thai: full ``15 พฤษภาคม พ.ศ. 2563``, long ``15 พฤษภาคม 2563``, short ``15 พ.ค. 2563``, numeric
    ``15/05/2563``. English (C.E.): ``15 May 2020``, short ``15 May 2020`` with a three-letter month, numeric ISO.
    """
    day = _plain_date(value)
    text = _english(day, style, weekday) if lang == "en" else _thai(day, style, weekday)
    return to_thai(text) if digits == "thai" else text


def _thai(day: dt.date, style: Style, weekday: bool) -> str:
    year = day.year + BE_OFFSET
    if style in ("full", "long"):
        text = f"{day.day} {MONTHS[day.month - 1]} {'พ.ศ. ' if style == 'full' else ''}{year}"
        return f"วัน{WEEKDAYS[day.weekday()]}ที่ {text}" if weekday else text
    if style == "short":
        text = f"{day.day} {MONTHS_SHORT[day.month - 1]} {year}"
    else:
        text = f"{day.day:02d}/{day.month:02d}/{year}"
    return f"{WEEKDAYS_SHORT[day.weekday()]} {text}" if weekday else text


def _english(day: dt.date, style: Style, weekday: bool) -> str:
    month, name = MONTHS_EN[day.month - 1], WEEKDAYS_EN[day.weekday()]
    if style in ("full", "long"):
        return f"{name}, {day.day} {month} {day.year}" if weekday else f"{day.day} {month} {day.year}"
    text = f"{day.day} {month[:3]} {day.year}" if style == "short" else f"{day:%Y-%m-%d}"
    return f"{name[:3]} {text}" if weekday else text


def format_time(moment: dt.datetime, digits: Digits = "arabic", *, lang: Lang = "th") -> str:
    """The time of day in Thailand: ``14.30 น.`` (Office of the Royal Society's form) or ``14:30``."""
    local = _bangkok(moment)
    text = f"{local:%H:%M}" if lang == "en" else f"{local:%H.%M} น."
    return to_thai(text) if digits == "thai" else text


def format_datetime(
    moment: dt.datetime,
    style: Style = "long",
    digits: Digits = "arabic",
    *,
    weekday: bool = False,
    lang: Lang = "th",
) -> str:
    """An aware moment in Thailand's zone: ``15 พฤษภาคม 2563 เวลา 14.30 น.``. Naive datetimes raise ``ValueError``."""
    day = format_date(bangkok_date(moment), style, digits, weekday=weekday, lang=lang)
    joint = {"en": ", "}.get(lang, " " if style in ("short", "numeric") else " เวลา ")
    return f"{day}{joint}{format_time(moment, digits, lang=lang)}"


def fiscal_year(day: dt.date) -> int:
    """The government fiscal year in B.E.: 1 October to 30 September, named by the later year."""
    _plain_date(day)
    return day.year + BE_OFFSET + (day.month >= 10)


def fiscal_year_range(year: int) -> tuple[dt.date, dt.date]:
    """First and last day of the fiscal year ``year`` (B.E.)."""
    return dt.date(year - BE_OFFSET - 1, 10, 1), dt.date(year - BE_OFFSET, 9, 30)


def quarter(day: dt.date) -> int:
    """Quarter of the fiscal year, 1 (October–December) to 4 (July–September)."""
    _plain_date(day)
    return (day.month - 10) % 12 // 3 + 1


def quarter_range(year: int, number: int) -> tuple[dt.date, dt.date]:
    """First and last day of quarter ``number`` (1–4) of the fiscal year ``year`` (B.E.)."""
    if number not in (1, 2, 3, 4):
        raise ValueError("a fiscal year has quarters 1 to 4")
    ce = year - BE_OFFSET
    first = dt.date(ce - 1, 10, 1) if number == 1 else dt.date(ce, 3 * number - 5, 1)
    last = dt.date(ce - 1, 12, 31) if number == 1 else dt.date(ce, 3 * number - 3, 30 + (number == 2))
    return first, last
