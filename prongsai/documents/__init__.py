"""Official papers: one description (``Paper``), three forms (PDF by Typst, DOCX, HTML) with the same words.

A ground room: it knows no record, no person and no register. A measure declares a ``Document`` whose ``data`` turns a record
into a ``Paper``; ``render`` writes it; ``respond`` hands it out.
"""

from prongsai.documents.declaration import Document
from prongsai.documents.errors import DocumentError, FontMissing
from prongsai.documents.paper import (
    Block,
    Facts,
    Heading,
    Items,
    Paper,
    Paragraph,
    Signature,
    Table,
    paragraphs,
    signed_by,
    thai_date,
)
from prongsai.documents.rendering import KINDS, Rendered, render, respond
from prongsai.documents.stamp import BadStamp, Stamp, paper_code, read_code, read_stamp, stamp_of_address

__all__ = [
    "KINDS",
    "BadStamp",
    "Block",
    "Document",
    "DocumentError",
    "Facts",
    "FontMissing",
    "Heading",
    "Items",
    "Paper",
    "Paragraph",
    "Rendered",
    "Signature",
    "Stamp",
    "Table",
    "paper_code",
    "paragraphs",
    "read_code",
    "read_stamp",
    "render",
    "respond",
    "signed_by",
    "stamp_of_address",
    "thai_date",
]
