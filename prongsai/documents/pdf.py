"""PDF by Typst: tagged, PDF/A-2a and PDF/UA-1, with only our own typeface in it.

The paper comes in as one JSON string (``sys.inputs``) that the template reads; nothing in it is evaluated. Typst refuses to
write a PDF/A with a character that it cannot draw, so a box can never be printed. One compiler is kept per template: it
holds the fonts and what it has parsed (a first page costs about ten times a later one).
"""

from __future__ import annotations

import json
from functools import cache
from pathlib import Path
from threading import Lock
from typing import Any

import typst

from prongsai.documents import fonts
from prongsai.documents.errors import DocumentError, FontMissing
from prongsai.documents.paper import Paper
from prongsai.documents.stamp import qr_svg

PACKAGE = Path(__file__).parents[1]  # the root of the templates' addresses: /documents/typst/base.typ
STANDARDS: list[Any] = ["a-2a", "ua-1"]

_one_at_a_time = Lock()


def write_pdf(paper: Paper, template: Path, *, font_directory: Path = fonts.DIRECTORY) -> bytes:
    """The same paper gives the same bytes. Raises :class:`DocumentError`; :class:`FontMissing` when a face is not there."""
    data = _printable(paper.data())
    data["qr"] = qr_svg(paper.qr) if paper.qr else ""
    inputs = {"paper": json.dumps(data, ensure_ascii=False)}
    with _one_at_a_time:
        try:
            content, warnings = _compiler(font_directory).compile_with_warnings(
                input=str(template), format="pdf", sys_inputs=inputs, pdf_standards=STANDARDS
            )
        except typst.TypstError as error:
            raise DocumentError(f"{template.name}: {error}") from error
    if not isinstance(content, bytes):
        raise DocumentError(f"{template.name}: nothing was written")
    if warnings:
        said = "; ".join(str(warning) for warning in warnings)
        raise FontMissing(said) if "font family" in said else DocumentError(f"{template.name}: {said}")
    return content


@cache
def _compiler(font_directory: Path) -> typst.Compiler:
    fonts.check(font_directory)
    return typst.Compiler(root=str(PACKAGE), font_paths=[str(font_directory)], ignore_system_fonts=True)


def _printable(value: Any) -> Any:
    if isinstance(value, str):
        return fonts.printable(value)
    if isinstance(value, list):
        return [_printable(part) for part in value]
    if isinstance(value, dict):
        return {key: _printable(part) for key, part in value.items()}
    return value
