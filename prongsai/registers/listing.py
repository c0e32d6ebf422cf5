"""A listing: one register, one actor, what the address asks for. List, count and export all come from it."""

from __future__ import annotations

from dataclasses import dataclass, field
from functools import cached_property
from typing import TYPE_CHECKING, Any

from django.core.paginator import Page, Paginator
from django.db.models import Q
from django.utils.translation import gettext as _

from prongsai.registers.declaration import Choice
from prongsai.thai.text import search_terms

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from prongsai.organisation.actors import Actor
    from prongsai.registers.declaration import Column, Register


class _Paginator(Paginator):
    """Finds which rows are on the page before it reads them, from the end that is nearer: what is passed over on the way
    are keys, of which an index may hold all, and never more than half of them."""

    object_list: QuerySet

    def page(self, number: int | str) -> Page:
        number = self.validate_number(number)
        first = (number - 1) * self.per_page
        last = min(first + self.per_page, self.count)
        if (beyond := self.count - last) >= first:
            return self.page_of(self.keys(first, last), number)
        return self.page_of(self.keys(beyond, self.count - first, backwards=True)[::-1], number)

    def keys(self, first: int, last: int, *, backwards: bool = False) -> list[Any]:
        rows = self.object_list.reverse() if backwards else self.object_list
        return list(rows.values_list("pk", flat=True)[first:last])

    def page_of(self, keys: list[Any], number: int) -> Page:
        rows = {row.pk: row for row in self.object_list.order_by().filter(pk__in=keys)}
        return Page([rows[key] for key in keys if key in rows], number, self)


@dataclass
class FilterState:
    """A filter as shown: what was typed is kept, what is wrong stands beside it."""

    filter: Any
    value: str = ""
    value_from: str = ""
    value_to: str = ""
    said: str = ""
    error: str = ""
    choices: list[tuple[str, str]] = field(default_factory=list)


class Listing:
    """``register`` as ``actor`` sees it, narrowed by ``params``."""

    def __init__(self, register: Register, actor: Actor, params: QueryDict) -> None:
        self.register, self.actor, self.params = register, actor, params
        self.filters: list[FilterState] = []
        self.query = (params.get("q") or "").replace("\x00", "").strip()[:200]
        self._rows = self._narrow(register.rows(actor))

    def _narrow(self, rows: QuerySet) -> QuerySet:
        for declared in self.register.filters:
            rows, said, error = declared.apply(rows, self.params, self.actor)
            choices = list(declared.choices(self.actor)) if isinstance(declared, Choice) else []
            self.filters.append(
                FilterState(
                    declared,
                    self.params.get(declared.key, ""),
                    self.params.get(f"{declared.key}_from", ""),
                    self.params.get(f"{declared.key}_to", ""),
                    said,
                    error,
                    choices,
                )
            )
        return search(rows, self.register.search, self.query) if self.register.search else rows

    @property
    def sort_key(self) -> str:
        wanted = self.params.get("sort", "")
        return wanted if wanted.lstrip("-") in {c.key for c in self.columns if c.sort} else ""

    @cached_property
    def rows(self) -> QuerySet:
        """Ordered; the primary key last, so that pages never overlap. Descending is ascending read from its end: one
        index serves both."""
        key = self.sort_key
        first = [c.sort for c in self.columns if c.key == key.lstrip("-")]
        rows = self._rows.order_by(*first, *self.register.order, "pk")
        return rows.reverse() if key.startswith("-") else rows

    @cached_property
    def count(self) -> int:
        return self._rows.count()

    @property
    def columns(self) -> list[Column]:
        return list(self.register.columns)

    @cached_property
    def page(self) -> Page:
        """Ask for it before ``count``: what fits on the first page is not counted by another query."""
        size, wanted = self.register.page_size, self.params.get("page")
        paginator = _Paginator(self.rows, size)
        if wanted in (None, "", "1"):
            keys = paginator.keys(0, size + 1)
            if len(keys) <= size:
                self.count = len(keys)
            paginator.count = self.count
            return paginator.page_of(keys[:size], 1)
        paginator.count = self.count
        return paginator.get_page(wanted)

    @property
    def sentence(self) -> str:
        """The narrowing in words: "สถานะ รับพิจารณา · มีคำว่า …"; empty when everything is shown."""
        said = [
            f"{f.filter.name} {f.said}" if f.filter.kind != "truth" else f.said
            for f in self.filters
            if f.said
        ]
        if self.query:
            said.append(_("มีคำว่า “%(query)s”") % {"query": self.query})
        return " · ".join(said)

    def cells(self, record: Any) -> list[tuple[Column, Any]]:
        return [(column, column.value(record)) for column in self.columns]


def search(rows: QuerySet, field_name: str, query: str) -> QuerySet:
    """Every word of the query must be found (AND), in any of its written variants (OR). Trigram index on the field."""
    for variants in search_terms(query):
        any_of = Q()
        for variant in variants:
            any_of |= Q(**{f"{field_name}__contains": variant})
        rows = rows.filter(any_of)
    return rows
