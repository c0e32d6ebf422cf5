"""A paper as data: what stands on it, in reading order, before anybody decides how it looks.

All texts are plain: nothing in them is evaluated by Typst, Word or a browser. They are brought into the one stored form of
Thai (``thai.clean``) when the paper is made, so that the three renderings hold the same words.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, fields, replace
from typing import Any, ClassVar, Literal

from prongsai.thai.clean import clean
from prongsai.thai.dates import format_date
from prongsai.thai.digits import to_thai

Layout = Literal["letter", "memo", "form"]


@dataclass(frozen=True)
class Heading:
    text: str
    kind: ClassVar[str] = "heading"


@dataclass(frozen=True)
class Paragraph:
    """One paragraph; its first line is indented as on official paper, unless ``plain``."""

    text: str
    plain: bool = False
    kind: ClassVar[str] = "paragraph"


@dataclass(frozen=True)
class Facts:
    """Pairs of label and value, in the order of the form."""

    rows: Sequence[tuple[str, str]]
    kind: ClassVar[str] = "facts"


@dataclass(frozen=True)
class Items:
    """A list: numbered with Thai digits (๑. ๒. …), or ticked (``ticks``: one truth per item)."""

    texts: Sequence[str]
    ticks: Sequence[bool] = ()
    kind: ClassVar[str] = "items"


@dataclass(frozen=True)
class Table:
    """``widths``: shares of the text's width; ``numeric``: columns set flush right."""

    head: Sequence[str]
    rows: Sequence[Sequence[str]]
    widths: Sequence[float] = ()
    numeric: Sequence[int] = ()
    caption: str = ""
    kind: ClassVar[str] = "table"


@dataclass(frozen=True)
class Signature:
    """Room for a signature, the name in brackets, the post; ``acting`` is the line "รักษาราชการแทน …"."""

    name: str
    post: str = ""
    acting: str = ""
    closing: str = ""  # "ขอแสดงความนับถือ" on letters
    role: str = ""  # "ผู้เสนอ", "ผู้พิจารณา" on records
    date: str = ""
    kind: ClassVar[str] = "signature"


Block = Heading | Paragraph | Facts | Items | Table | Signature


@dataclass(frozen=True)
class Paper:
    """``layout``: ``letter`` (หนังสือภายนอก), ``memo`` (บันทึกข้อความ), ``form`` (ใบรับ, แบบ, ทะเบียน), after the
    Regulation of the Office of the Prime Minister on Correspondence, B.E. 2526, forms 1 and 2.

    ``number``: as printed at "ที่"/"เลขที่"; empty on a letter leaves a dotted line for the registry. ``reference``: the number by
    which the paper is found again (in the QR and the file's name). ``sender``: office and address, line by line.
    """

    layout: Layout
    title: str
    date: dt.date
    blocks: Sequence[Block]
    reference: str = ""
    number: str = ""
    sender: Sequence[str] = ()
    subject: str = ""
    to: str = ""
    refers_to: str = ""
    enclosures: Sequence[str] = ()
    contact: Sequence[str] = ()  # at the foot of a letter: responsible unit, telephone
    mark: str = ""  # "ลับ": at the head and the foot of every page
    printed: str = ""  # who printed a copy, and when: at the foot of every page
    wide: bool = False  # landscape
    undated: bool = False  # to be filled in by hand: dots in place of the date
    qr: str = field(default="", repr=False)  # the address that the QR holds; render() fills it
    verify_at: str = ""
    code: str = ""  # what the QR says of document and record, to be typed

    @property
    def dated(self) -> str:
        """The date as printed."""
        return "." * 40 if self.undated else thai_date(self.date)

    def cleaned(self) -> Paper:
        """The same paper with every text in its one stored form."""
        return _clean(self)

    def data(self) -> dict[str, Any]:
        """Plain JSON for the templates; dates in words with Thai digits."""
        return {**_plain(self), "date": self.dated, "day": self.date.isoformat()}

    def texts(self) -> Iterator[str]:
        """Every text that a reader must find on it, in any rendering."""
        yield from (self.title if self.layout != "letter" else "", self.number, self.subject, self.to)
        yield from (self.refers_to, *self.sender, *self.enclosures, *self.contact, self.mark, self.printed)
        for block in self.blocks:
            yield from _texts(block)


def _clean(value: Any) -> Any:
    if isinstance(value, str):
        return clean(value)
    if isinstance(value, (list, tuple)):
        return tuple(_clean(part) for part in value)
    if hasattr(value, "__dataclass_fields__"):
        return replace(value, **{f.name: _clean(getattr(value, f.name)) for f in fields(value)})
    return value


def _plain(value: Any) -> Any:
    if isinstance(value, (list, tuple)):
        return [_plain(part) for part in value]
    if hasattr(value, "__dataclass_fields__"):
        plain = {f.name: _plain(getattr(value, f.name)) for f in fields(value)}
        return plain | ({"kind": value.kind} if hasattr(value, "kind") else {})
    return value


def _texts(value: Any) -> Iterator[str]:
    if isinstance(value, str):
        yield value
    elif isinstance(value, (list, tuple)):
        for part in value:
            yield from _texts(part)
    elif hasattr(value, "__dataclass_fields__"):
        for f in fields(value):
            yield from _texts(getattr(value, f.name))


def paragraphs(text: str, *, plain: bool = False) -> list[Paragraph]:
    """What a person typed, a paragraph per line."""
    return [Paragraph(line.strip(), plain) for line in clean(text).split("\n") if line.strip()]


def thai_date(day: dt.date) -> str:
    """``๑๕ พฤษภาคม ๒๕๖๓``, as official papers write it."""
    return format_date(day, "long", "thai")


def signed_by(label: str, *, role: str = "", closing: str = "", on: dt.date | None = None) -> Signature:
    """From the snapshot that a record keeps ("นายสมชาย ใจดี ตำแหน่ง … รักษาราชการแทน…") to name, post and the acting line."""
    name, _, post = label.partition(" ตำแหน่ง ")
    found = [at for word in (" รักษาราชการแทน", " ปฏิบัติราชการแทน", " รักษาการ") if (at := post.find(word)) >= 0]
    cut = min(found, default=len(post))
    date = thai_date(on) if on else ""
    return Signature(name, to_thai(post[:cut]).strip(), to_thai(post[cut:]).strip(), closing, role, date)
