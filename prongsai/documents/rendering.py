"""One paper in the form that is asked for, and the way out of the house for it."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, replace
from uuid import UUID

from django.http import HttpResponse

from prongsai.documents.declaration import Document
from prongsai.documents.page import write_html
from prongsai.documents.paper import Paper
from prongsai.documents.pdf import write_pdf
from prongsai.documents.stamp import Stamp, paper_code, verify_address, verify_page
from prongsai.documents.word import write_docx
from prongsai.thai.filenames import content_disposition, safe_download_name

KINDS = {
    "pdf": "application/pdf",
    "docx": "application/vnd.openxmlformats-officedocument.wordprocessingml.document",
    "html": "text/html; charset=utf-8",
}
# The HTML brings its own style and picture; nothing else may run or load in it.
POLICY = "default-src 'none'; style-src 'unsafe-inline'; img-src data:; frame-ancestors 'none'; sandbox"


@dataclass(frozen=True)
class Rendered:
    content: bytes
    content_type: str
    filename: str
    sha256: str


def render(document: Document, data: Paper, kind: str = "pdf", *, record: UUID | None = None) -> Rendered:
    """``kind``: ``pdf``, ``docx`` or ``html``. Raises ``DocumentError``; ``KeyError`` for another kind.

    ``record``: whose paper it is, where it may come back signed.
    """
    content_type, paper = KINDS[kind], data.cleaned()
    if document.stamped:
        stamp = Stamp(document.key, paper.reference, paper.date, record)
        code = paper_code(document.key, record) if record else ""
        paper = replace(paper, qr=verify_address(stamp), verify_at=verify_page(), code=code)
    if kind == "pdf":
        content = write_pdf(paper, document.template)
    else:
        content = write_docx(paper) if kind == "docx" else write_html(paper)
    name = f"{document.title} {paper.reference}".strip().replace("/", "-")
    return Rendered(
        content, content_type, safe_download_name(f"{name}.{kind}"), hashlib.sha256(content).hexdigest()
    )


def respond(rendered: Rendered) -> HttpResponse:
    """HTML is shown, PDF and DOCX are downloads with their Thai name (RFC 6266). Never kept on the way."""
    response = HttpResponse(rendered.content, content_type=rendered.content_type)
    inline = rendered.content_type == KINDS["html"]
    response["Content-Disposition"] = content_disposition(rendered.filename, inline=inline)
    response["Cache-Control"] = "private, no-store"
    response["X-Content-Type-Options"] = "nosniff"
    response["Content-Security-Policy"] = POLICY
    return response
