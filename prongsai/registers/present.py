"""A listing made ready for ``registers/listing.html``, which both faces use: heads, rows, addresses."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

from django.utils.safestring import SafeString, mark_safe

from prongsai.registers.cells import draw, head_cell, other_cell
from prongsai.registers.listing import Listing
from prongsai.ui.states import tone_of

if TYPE_CHECKING:
    from django.http import QueryDict

    from prongsai.registers.declaration import Column


@dataclass(frozen=True)
class Head:
    """A column's head: where a click sorts, and how the list is sorted now (for ``aria-sort``)."""

    column: Column
    sort_url: str = ""
    sorted: str = ""  # "" | ascending | descending


@dataclass(frozen=True)
class CellShown:
    column: Column
    value: Any
    tone: str = ""


@dataclass(frozen=True)
class RowShown:
    record: Any
    url: str
    cells: list[CellShown]

    @property
    def html(self) -> SafeString:
        """The row's cells, the first as its head."""
        first, *others = [(cell.column, draw(cell.column, cell.value, cell.tone)) for cell in self.cells]
        drawn = [head_cell(*first, self.url), *(other_cell(*cell) for cell in others)]
        return mark_safe("".join(drawn))  # noqa: S308 - every part is escaped where it is drawn


class Presented:
    """What the template reads as ``shown``. ``row_url`` gives a record's page, ``export_url`` the address of a file kind,
    ``kinds`` the files that the face offers."""

    def __init__(
        self,
        listing: Listing,
        *,
        row_url: Callable[[Any], str],
        export_url: Callable[[str], str],
        kinds: Sequence[str] = ("xlsx", "csv"),
    ) -> None:
        self.listing = listing
        self.register = listing.register
        self._row_url, self._export_url, self._kinds = row_url, export_url, kinds
        self.page = listing.page

    @property
    def heads(self) -> list[Head]:
        return [self._head(column) for column in self.listing.columns]

    def _head(self, column: Column) -> Head:
        if not column.sort:
            return Head(column)
        now = self.listing.sort_key
        following = f"-{column.key}" if now == column.key else column.key
        state = {column.key: "ascending", f"-{column.key}": "descending"}.get(now, "")
        return Head(column, f"?{self._query(sort=following)}", state)

    @property
    def rows(self) -> list[RowShown]:
        return [self._row(record) for record in self.page.object_list]

    def _row(self, record: Any) -> RowShown:
        cells = [
            CellShown(column, value, _tone(column, record)) for column, value in self.listing.cells(record)
        ]
        return RowShown(record, self._row_url(record), cells)

    @property
    def exports(self) -> list[tuple[str, str]]:
        """Kind and address of the files that hold exactly what is listed (all pages)."""
        query = self._query()
        return [(kind, f"{self._export_url(kind)}?{query}".rstrip("?")) for kind in self._kinds]

    @property
    def is_narrowed(self) -> bool:
        return bool(
            self.listing.query or any(f.value or f.value_from or f.value_to for f in self.listing.filters)
        )

    def _query(self, **changes: str) -> str:
        """What was asked for, without the page number and without empty values, changed by ``changes``."""
        params: QueryDict = self.listing.params.copy()
        params.pop("page", None)
        for key in [key for key in params if not params.get(key)]:
            del params[key]
        for key, value in changes.items():
            params[key] = value
        return params.urlencode()


def _tone(column: Column, record: Any) -> str:
    if column.kind != "state":
        return ""
    return column.tone(record) if column.tone else tone_of(str(getattr(record, "state", "")))
