"""Office documents with macros, as Word and Excel write them: the part, its relation, its types."""

from __future__ import annotations

import zipfile
from io import BytesIO

from docx import Document
from openpyxl import Workbook

MACRO = b'\xd0\xcf\x11\xe0 Attribute VB_Name = "ThisDocument" Sub AutoOpen()'
_RELATION = (
    b'<Relationship Id="rIdMacro" Type="http://schemas.microsoft.com/office/2006/relationships/vbaProject"'
    b' Target="vbaProject.bin"/>'
)
_DEFAULT = b'<Default Extension="bin" ContentType="application/vnd.ms-office.vbaProject"/>'
_OVERRIDE = b'<Override PartName="/xl/vbaProject.bin" ContentType="application/vnd.ms-office.vbaProject"/>'
_DOCUMENT = b"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml"
_SHEET = b"application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml"


def docm(text: str) -> bytes:
    document, out = Document(), BytesIO()
    document.add_paragraph(text)
    document.save(out)
    types = (_DOCUMENT, b"application/vnd.ms-word.document.macroEnabled.main+xml", _DEFAULT)
    return _with_macros(out.getvalue(), "word/", "document.xml", types)


def xlsm(value: str, *, sheet_of_macros: bool = False) -> bytes:
    book, out = Workbook(), BytesIO()
    book.active["A1"] = value
    book.save(out)
    types = (_SHEET, b"application/vnd.ms-excel.sheet.macroEnabled.main+xml", _OVERRIDE)
    more = {"xl/macrosheets/sheet1.xml": b"<xm:macrosheet/>"} if sheet_of_macros else {}
    return _with_macros(out.getvalue(), "xl/", "workbook.xml", types, more)


def _with_macros(
    plain: bytes,
    folder: str,
    main: str,
    types: tuple[bytes, bytes, bytes],
    more: dict[str, bytes] | None = None,
) -> bytes:
    out = BytesIO()
    kind, with_macros, named = types
    with zipfile.ZipFile(BytesIO(plain)) as source, zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as target:
        for part in source.namelist():
            content = source.read(part)
            if part == "[Content_Types].xml":
                content = content.replace(kind, with_macros).replace(b"</Types>", named + b"</Types>")
            if part == f"{folder}_rels/{main}.rels":
                content = content.replace(b"</Relationships>", _RELATION + b"</Relationships>")
            target.writestr(part, content)
        for part, content in {f"{folder}vbaProject.bin": MACRO, **(more or {})}.items():
            target.writestr(part, content)
    return out.getvalue()
