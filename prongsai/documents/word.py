"""DOCX by python-docx: the same paper, to be worked on. Thai runs carry the complex-script settings that Word asks for.

Word takes size, boldness and typeface of Thai from other attributes (``w:cs``, ``w:szCs``, ``w:bCs``) than those of Latin text
(ECMA-376 part 1, 17.3.2); without them a Thai paper comes out in another face.
"""

from __future__ import annotations

import datetime as dt
from io import BytesIO
from typing import Any

import docx
from docx.enum.section import WD_ORIENT
from docx.enum.text import WD_ALIGN_PARAGRAPH
from docx.oxml import OxmlElement
from docx.oxml.ns import qn
from docx.shared import Cm, Pt, RGBColor

from prongsai.documents import paper as parts
from prongsai.documents.paper import Paper
from prongsai.documents.stamp import qr_png
from prongsai.thai.digits import to_thai

FAMILY = "TH Sarabun New"  # what Thai offices have; at 16 pt it is as large as Sarabun at 14
SIZE = 16
MARK_COLOUR = RGBColor(0xB0, 0x00, 0x20)
DOTS = "." * 40


def write_docx(paper: Paper) -> bytes:
    """``paper``: cleaned, with its QR address."""
    document = docx.Document()
    _settings(document, paper)
    HEADS[paper.layout](document, paper)
    for block in paper.blocks:
        BLOCKS[block.kind](document, block)
    for line in paper.contact:
        _line(document, line)
    out = BytesIO()
    document.save(out)
    return out.getvalue()


# --- the page ---


def _settings(document: Any, paper: Paper) -> None:
    core = document.core_properties
    core.title, core.language = f"{paper.title} {paper.reference}".strip(), "th-TH"
    core.author = core.last_modified_by = paper.sender[0] if paper.sender else ""
    core.created = core.modified = dt.datetime.combine(paper.date, dt.time())
    core.comments = ""
    normal = document.styles["Normal"]
    normal.paragraph_format.space_after = Pt(3)
    _thai_font(normal.element.get_or_add_rPr(), SIZE)
    for level in (1, 2):
        style = document.styles[f"Heading {level}"]
        style.paragraph_format.space_before, style.paragraph_format.space_after = Pt(6), Pt(4)
        style.font.color.rgb = RGBColor(0, 0, 0)
        _thai_font(style.element.get_or_add_rPr(), SIZE, bold=True)
    section = document.sections[0]
    width, height = Cm(21), Cm(29.7)
    if paper.wide:
        section.orientation, width, height = WD_ORIENT.LANDSCAPE, height, width
    section.page_width, section.page_height = width, height
    section.left_margin, section.right_margin = Cm(3), Cm(2)
    section.top_margin, section.bottom_margin = Cm(2.5), Cm(2)
    if paper.mark:
        _mark(section.header.paragraphs[0], paper.mark)
    _feet(section.footer, paper)


def _feet(footer: Any, paper: Paper) -> None:
    place = footer.paragraphs[0]
    if paper.mark:
        _mark(place, paper.mark)
        place = footer.add_paragraph()
    if paper.qr:
        picture = place.add_run().add_picture(BytesIO(qr_png(paper.qr)), width=Cm(2))
        picture._inline.docPr.set("descr", "คิวอาร์โค้ดสำหรับตรวจสอบเอกสารนี้")
    lines = [f"ตรวจสอบได้ที่ {paper.verify_at} โดยสแกนคิวอาร์โค้ด"] if paper.verify_at else []
    lines += [f"เลขที่อ้างอิง {paper.reference}"] if paper.reference else []
    lines += [f"รหัสเอกสาร {paper.code}"] if paper.code else []
    lines += [paper.printed] if paper.printed else []
    for line in lines:
        _run(footer.add_paragraph(), line, size=11)


def _mark(paragraph: Any, mark: str) -> None:
    paragraph.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(paragraph, mark, bold=True, size=22).font.color.rgb = MARK_COLOUR


# --- words ---


def _thai_font(properties: Any, size: int, *, bold: bool = False) -> None:
    fonts = properties.find(qn("w:rFonts"))
    if fonts is None:
        fonts = OxmlElement("w:rFonts")
        properties.insert(0, fonts)
    for theme in ("asciiTheme", "hAnsiTheme", "eastAsiaTheme", "cstheme"):
        fonts.attrib.pop(qn(f"w:{theme}"), None)
    for script in ("ascii", "hAnsi", "eastAsia", "cs"):
        fonts.set(qn(f"w:{script}"), FAMILY)
    for tag, value in (("w:b", None), ("w:bCs", None)) if bold else ():
        _set(properties, tag, value)
    _set(properties, "w:sz", str(2 * size))
    _set(properties, "w:szCs", str(2 * size))
    language = _set(properties, "w:lang", "en-US")
    language.set(qn("w:bidi"), "th-TH")


# The order in which the schema wants them (ECMA-376, CT_RPr).
ORDER = ["w:rStyle", "w:rFonts", "w:b", "w:bCs", "w:i", "w:iCs", "w:color", "w:sz", "w:szCs", "w:lang"]


def _set(properties: Any, tag: str, value: str | None) -> Any:
    found = properties.find(qn(tag))
    if found is None:
        found = OxmlElement(tag)
        later = [qn(name) for name in ORDER[ORDER.index(tag) + 1 :]]
        after = next((child for child in properties if child.tag in later), None)
        properties.append(found) if after is None else after.addprevious(found)
    if value is not None:
        found.set(qn("w:val"), value)
    return found


def _run(paragraph: Any, text: str, *, bold: bool = False, size: int = SIZE) -> Any:
    run = paragraph.add_run()
    for i, line in enumerate(text.split("\n")):
        if i:
            run.add_break()
        run.add_text(line)
    _thai_font(run._element.get_or_add_rPr(), size, bold=bold)
    return run


def _line(document: Any, text: str = "", *, bold: bool = False, size: int = SIZE, align: Any = None) -> Any:
    paragraph = document.add_paragraph()
    paragraph.alignment = align
    if text:
        _run(paragraph, text, bold=bold, size=size)
    return paragraph


def _labelled(document: Any, label: str, value: str, *, bold: bool = False) -> None:
    if value:
        paragraph = document.add_paragraph()
        _run(paragraph, f"{label}  ", bold=bold)
        _run(paragraph, value)


def _title(document: Any, text: str, size: int) -> None:
    heading = document.add_heading(level=1)
    heading.alignment = WD_ALIGN_PARAGRAPH.CENTER
    _run(heading, text, bold=True, size=size)


def _halves(document: Any, left: str, right: str) -> None:
    cells = document.add_table(rows=1, cols=2).rows[0].cells
    for cell, text in zip(cells, (left, right), strict=True):
        _run(cell.paragraphs[0], text)


# --- heads ---


def _letter_head(document: Any, paper: Paper) -> None:
    document.add_paragraph()  # the Garuda is on the paper
    _halves(document, f"ที่ {paper.number or DOTS}", "\n".join(paper.sender))
    _line(document, paper.dated).paragraph_format.left_indent = Cm(8)
    heading = document.add_heading(level=1)
    _run(heading, f"เรื่อง  {paper.subject}")
    for run in heading.runs:
        run.font.bold = run.font.cs_bold = False
    _labelled(document, "เรียน", paper.to)
    _labelled(document, "อ้างถึง", paper.refers_to)
    _labelled(document, "สิ่งที่ส่งมาด้วย", "\n".join(paper.enclosures))


def _memo_head(document: Any, paper: Paper) -> None:
    _title(document, paper.title, 26)
    _labelled(document, "ส่วนราชการ", "  ".join(paper.sender), bold=True)
    _halves(document, f"ที่ {paper.number or DOTS}", f"วันที่ {paper.dated}")
    _labelled(document, "เรื่อง", paper.subject, bold=True)
    _labelled(document, "เรียน", paper.to)


def _form_head(document: Any, paper: Paper) -> None:
    _title(document, paper.title, 20)
    for line in paper.sender:
        _line(document, line, align=WD_ALIGN_PARAGRAPH.CENTER)
    number = f"เลขที่ {paper.number}" if paper.number else ""
    _halves(document, number, f"วันที่ {paper.dated}")
    _labelled(document, "เรื่อง", paper.subject)
    _labelled(document, "เรียน", paper.to)


# --- blocks ---


def _heading(document: Any, block: parts.Heading) -> None:
    _run(document.add_heading(level=2), block.text, bold=True)


def _paragraph(document: Any, block: parts.Paragraph) -> None:
    paragraph = _line(document, block.text, align=WD_ALIGN_PARAGRAPH.THAI_JUSTIFY)
    if not block.plain:
        paragraph.paragraph_format.first_line_indent = Cm(2.5)


def _facts(document: Any, block: parts.Facts) -> None:
    table = document.add_table(rows=0, cols=2)
    table.autofit = False
    for label, value in block.rows:
        cells = table.add_row().cells
        cells[0].width, cells[1].width = Cm(5.2), Cm(10.8)
        _run(cells[0].paragraphs[0], label, bold=True)
        _run(cells[1].paragraphs[0], value)


def _items(document: Any, block: parts.Items) -> None:
    for i, text in enumerate(block.texts):
        if block.ticks:
            line = f"{'☑' if block.ticks[i] else '☐'} {text} ({'มี' if block.ticks[i] else 'ไม่มี'})"
        else:
            line = f"{to_thai(i + 1)}. {text}"
        _line(document, line).paragraph_format.left_indent = Cm(0.6 if block.ticks else 2.5)


def _table(document: Any, block: parts.Table) -> None:
    if block.caption:
        _line(document, block.caption, bold=True)
    table = document.add_table(rows=1, cols=len(block.head), style="Table Grid")
    for cell, text in zip(table.rows[0].cells, block.head, strict=True):
        _run(cell.paragraphs[0], text, bold=True)
    repeat = OxmlElement("w:tblHeader")
    table.rows[0]._tr.get_or_add_trPr().append(repeat)
    for row in block.rows:
        for i, (cell, text) in enumerate(zip(table.add_row().cells, row, strict=True)):
            _run(cell.paragraphs[0], text)
            if i in block.numeric:
                cell.paragraphs[0].alignment = WD_ALIGN_PARAGRAPH.RIGHT


def _signature(document: Any, block: parts.Signature) -> None:
    lines = [block.closing, "", ""] if block.closing else [""]
    if block.role or not block.closing:
        lines.append(f"(ลงชื่อ) {DOTS} {block.role}".rstrip())
    lines += [f"({block.name or DOTS})", block.post, block.acting, block.date]
    for n, line in enumerate(lines):
        if line or n < len(lines) - 4:
            paragraph = _line(document, line, align=WD_ALIGN_PARAGRAPH.CENTER)
            paragraph.paragraph_format.left_indent = Cm(6)
            paragraph.paragraph_format.keep_with_next = n < len(lines) - 1


HEADS = {"letter": _letter_head, "memo": _memo_head, "form": _form_head}
BLOCKS: dict[str, Any] = {
    "heading": _heading,
    "paragraph": _paragraph,
    "facts": _facts,
    "items": _items,
    "table": _table,
    "signature": _signature,
}
