"""The packaged holiday table ``data/holidays.csv`` as ``Holiday`` records. Plain Python, no Django.

The table seeds the database; an officer edits it there, because the cabinet moves and adds days during the year.
"""

import csv
from collections.abc import Iterable
from datetime import date
from importlib.resources import files

from prongsai.workdays.calendar import Holiday, Scope

COLUMNS = ("date", "name_th", "name_en", "scope", "scope_code", "kind", "source")


def read_holidays(lines: Iterable[str]) -> list[Holiday]:
    """Parse CSV lines with the header ``COLUMNS``; dates are ISO (CE). Raises ValueError on a bad row."""
    reader = csv.DictReader(lines)
    if tuple(reader.fieldnames or ()) != COLUMNS:
        raise ValueError(f"the holiday table must have the columns {', '.join(COLUMNS)}")
    return [
        Holiday(
            date=date.fromisoformat(row["date"]),
            name=row["name_th"],
            name_en=row["name_en"],
            scope=Scope(row["scope"]),
            scope_code=row["scope_code"],
            kind=row["kind"],
            source=row["source"],
        )
        for row in reader
    ]


def packaged_holidays() -> list[Holiday]:
    """The table that comes with the software (B.E. 2563–2570)."""
    text = files("prongsai.workdays").joinpath("data/holidays.csv").read_text(encoding="utf-8")
    return read_holidays(text.splitlines())
