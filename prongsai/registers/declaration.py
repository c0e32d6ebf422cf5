"""How a register is declared: columns, filters, search, and the one function that says who sees which rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any, ClassVar

from django.utils.translation import gettext as _

from prongsai.registers.language import in_english, pick
from prongsai.thai import dates

if TYPE_CHECKING:
    from django.db.models import QuerySet
    from django.http import QueryDict

    from prongsai.documents import Document
    from prongsai.organisation.actors import Actor


@dataclass(frozen=True)
class Column:
    """One column: list, card, CSV and XLSX show the same value."""

    key: str
    label: str
    value: Callable[[Any], Any]
    sort: str = ""  # the ordering expression; empty: not sortable
    kind: str = "text"  # text | long | number | date | datetime | state | link
    label_en: str = ""
    official: bool = False  # official Thai text: stays Thai on English pages and is marked so
    tone: Callable[[Any], str] | None = None  # of a state; by default that of the record's own ``state``

    @property
    def name(self) -> str:
        """The label in the reader's language."""
        return pick(self.label, self.label_en)


@dataclass(frozen=True)
class Choice:
    """A filter by one of several values."""

    key: str
    label: str
    field: str
    choices: Callable[[Actor], Sequence[tuple[str, str]]]
    label_en: str = ""
    kind: ClassVar[str] = "choice"

    @property
    def name(self) -> str:
        return pick(self.label, self.label_en)

    def apply(self, rows: QuerySet, params: QueryDict, actor: Actor) -> tuple[QuerySet, str, str]:
        """The rows, the chosen value's label (for the sentence), and an error in Thai."""
        value = params.get(self.key, "")
        if not value:
            return rows, "", ""
        labels = {str(k): v for k, v in self.choices(actor)}
        if value not in labels:
            return rows.none(), "", _("ไม่มีตัวเลือกนี้")
        return rows.filter(**{self.field: value}), labels[value], ""


@dataclass(frozen=True)
class Truth:
    """A filter that is on or off, e.g. "overdue only"."""

    key: str
    label: str
    narrow: Callable[[QuerySet], QuerySet]
    label_en: str = ""
    kind: ClassVar[str] = "truth"

    @property
    def name(self) -> str:
        return pick(self.label, self.label_en)

    def apply(self, rows: QuerySet, params: QueryDict, actor: Actor) -> tuple[QuerySet, str, str]:
        if params.get(self.key) != "1":
            return rows, "", ""
        return self.narrow(rows), self.name, ""


@dataclass(frozen=True)
class Period:
    """A filter by a range of dates; both ends belong to it. ``KEY_from`` and ``KEY_to`` in the address."""

    key: str
    label: str
    field: str
    label_en: str = ""
    kind: ClassVar[str] = "period"

    @property
    def name(self) -> str:
        return pick(self.label, self.label_en)

    def apply(self, rows: QuerySet, params: QueryDict, actor: Actor) -> tuple[QuerySet, str, str]:
        said = []
        for end, lookup, word in (("from", "gte", _("ตั้งแต่")), ("to", "lte", _("ถึง"))):
            typed = params.get(f"{self.key}_{end}", "").strip()
            if not typed:
                continue
            try:
                day = dates.parse_date(typed)
            except dates.DateError as error:
                wrong = _("รูปแบบวันที่ไม่ถูกต้อง โปรดระบุ วัน เดือน ปี พ.ศ.") if in_english() else str(error)
                return rows.none(), "", wrong
            rows = rows.filter(**{f"{self.field}__{lookup}": day})
            lang: dates.Lang = "en" if in_english() else "th"
            said.append(f"{word} {dates.format_date(day, style='short', lang=lang)}")
        return rows, " ".join(said), ""


class Register:
    """A list of records. ``rows`` is the only door: list, count, search, export, record page and files go through it."""

    key: ClassVar[str]
    title: ClassVar[str]
    title_en: ClassVar[str] = ""
    about: ClassVar[str] = ""  # one sentence under the title
    about_en: ClassVar[str] = ""
    model: ClassVar[Any]
    acts_on: ClassVar[Any] = None  # the model whose acts make these rows, where that is not ``model`` itself
    secrecy: ClassVar[str] = "S1"
    audience: ClassVar[str] = ""  # "ผู้ที่เห็นข้อมูลนี้ได้", in words
    audience_en: ClassVar[str] = ""
    columns: ClassVar[Sequence[Column]] = ()
    filters: ClassVar[Sequence[Choice | Truth | Period]] = ()
    search: ClassVar[str] = (
        ""  # a text field that holds thai.text.search_normalise of what can be found; "" = no search
    )
    order: ClassVar[Sequence[str]] = ("-created_at",)
    page_size: ClassVar[int] = 50
    public: ClassVar[bool] = (
        False  # has a public page and open data; then ``rows`` must answer an anonymous actor
    )
    has_record_page: ClassVar[bool] = True
    documents: ClassVar[Sequence[Document]] = ()  # the official papers of a record, offered where they fit
    pages: ClassVar[Sequence[tuple[str, str]]] = ()  # further staff pages: words, and the name of the address
    practices: ClassVar[Sequence[str]] = ()  # the clauses whose work is done here

    def rows(self, actor: Actor) -> QuerySet:
        """The rows that this actor may see. Nothing is the default."""
        return self.model._default_manager.none()

    def may_see(self, actor: Actor) -> bool:
        """Whether the register appears in the menu at all."""
        return actor.kind == "staff" or self.public

    @property
    def name(self) -> str:
        """The title in the reader's language."""
        return pick(self.title, self.title_en)

    @property
    def summary(self) -> str:
        """``about`` in the reader's language."""
        return pick(self.about, self.about_en)

    def changed(self, actor: Actor) -> dt.datetime | None:
        """When something in these rows was last changed, if the register knows."""
        return None

    def public_address(self, record: Any) -> str:
        """The record's own page on the public site, or "" if it has none."""
        return ""

    def head(self, record: Any) -> str:
        """The record page's title."""
        return str(record)

    def facts(self, record: Any, actor: Actor, request: Any) -> Sequence[tuple[str, Any]]:
        """Label and value, in the order of the paper form."""
        return [(column.label, column.value(record)) for column in self.columns]

    def sections(self, record: Any, actor: Actor, request: Any) -> Sequence[tuple[str, dict[str, Any]]]:
        """Further parts of the record page: template name and context."""
        return ()

    def may_open_original(self, record: Any, actor: Actor) -> bool:
        """Whether a file's original, with its hidden data, may be opened beside the working copy."""
        return False

    def opened(self, record: Any, actor: Actor, request: Any) -> None:
        """Called when a record page is shown: where a read must be logged, log it here."""
