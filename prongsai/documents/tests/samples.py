"""Papers with everything on them, and readers of what came out."""

from __future__ import annotations

import datetime as dt
import html
import re
from io import BytesIO

import docx
import pypdfium2

from prongsai.documents import (
    Document,
    Facts,
    Heading,
    Items,
    Paper,
    Paragraph,
    Table,
    signed_by,
)

# Stacked marks, marks under a letter with a foot, sara am with a tone: what other PDF makers lose (C13).
HARD_WORDS = [
    "ที่",
    "น้ำ",
    "ปู่",
    "กตัญญู",
    "ญู",
    "ฐาน",
    "ฏุ",
    "ฐูป",
    "ปฏิสังขรณ์",
    "ผู้ใหญ่",
    "ชั้นผู้ใหญ่",
    "ศักดิ์สิทธิ์",
    "ความเชื่อมั่น",
    "มาตรการ",
    "พื้นที่",
    "ขึ้น",
    "เมื่อ",
    "ยื่น",
    "ทั้ง",
    "ปิ่น",
    "ฝั้น",
    "จั๊ก",
    "จี้",
    "ซื้อ",
    "เปลี่ยน",
    "สั่ง",
    "เรื่อง",
    "แห่ง",
    "กู้",
    "รู้",
    "ปฏิญาณ",
    "ตั้ง",
    "หนึ่ง",
    "คำร้อง",
    "อำเภอ",
    "พร่ำ",
    "ค่ำ",
    "ก๊วยเตี๋ยว",
    "เดี๋ยว",
    "ทรัพย์",
    "รัฐธรรมนูญ",
    "ราชบัณฑิตยสภา",
]
MIXED = "ที่ ABC-123 น้ำ (e-mail) ปู่ 1,234.50 บาท ผู้ใหญ่ Ångström"
INJECTED = '#read("/etc/passwd") #import "x.typ": * $x^2$ *หนา* \\ `ราว` <label> @ref [ก] = หัว // จบ'
SENDER = ("ศูนย์ปฏิบัติการต่อต้านการทุจริตจังหวัดตัวอย่าง", "ศาลากลางจังหวัดตัวอย่าง อำเภอเมือง จังหวัดตัวอย่าง ๑๒๓๔๕")


class Sample(Document):
    key = "sample"
    title = "เอกสารตัวอย่าง"


def paper(layout: str = "form", **changes: object) -> Paper:
    values = {
        "layout": layout,
        "title": "ใบรับเรื่องตัวอย่าง",
        "date": dt.date(2026, 5, 15),
        "reference": "ตย/รร/0012/2569",
        "number": "ตย/รร/๐๐๑๒/๒๕๖๙",
        "sender": SENDER,
        "subject": "ขอให้ส่งข้อมูลเพิ่มเติม",
        "to": "ผู้ร้องเรียน",
        "blocks": (
            Facts([("ช่องทาง", "เว็บไซต์"), ("ที่อยู่", "บรรทัดแรก\nบรรทัดสอง")]),
            Heading("๑. คำยาก"),
            Paragraph(" ".join(HARD_WORDS)),
            Paragraph(MIXED, plain=True),
            Items(["พยานเอกสาร", "ลายมือชื่อ"], [True, False]),
            Items(["ข้อหนึ่ง", "ข้อสอง"]),
            Table(["ลำดับ", "รายการ", "จำนวน"], [["๑", "น้ำดื่ม", "๑,๐๐๐"], ["๒", "กตัญญู", "๒๐"]], (1, 4, 1), (2,), "ตารางที่ ๑"),
            signed_by(
                "นายกิตติ ศรีบุญเรือง ตำแหน่ง ปลัดจังหวัด รักษาราชการแทนผู้ว่าราชการจังหวัด",
                closing="ขอแสดงความนับถือ",
                role="ผู้อนุมัติ",
                on=dt.date(2026, 5, 16),
            ),
        ),
        "contact": ("กลุ่มงานตัวอย่าง", "โทร. ๐ ๐๐๐๐ ๐๐๐๐"),
        "mark": "ลับ",
        "printed": "พิมพ์โดย นางสาวทดสอบ ระบบดี",
        **changes,
    }  # fmt: skip
    return Paper(**values)  # type: ignore[arg-type]


def flat(text: str) -> str:
    """Without spaces: where a line breaks is no part of the text."""
    return re.sub(r"[\s\u2060\u200b\ufffe]+", "", text)


def pdf_text(content: bytes) -> str:
    return "\n".join(page.get_textpage().get_text_range() for page in pypdfium2.PdfDocument(content))


def docx_text(content: bytes) -> str:
    """Every run of body, tables, head and foot, in the order of the file."""
    document = docx.Document(BytesIO(content))
    section = document.sections[0]
    return "\n".join(
        "".join(node.text or "" if node.tag.endswith("}t") else "\n" for node in part.iter() if node.tag[-2:] in ("}t", "}p", "br"))
        for part in (section.header._element, document.element.body, section.footer._element)
    )  # fmt: skip


def html_text(content: bytes) -> str:
    body = re.sub(r"(?s)<(style|title)\b.*?</\1>", "", content.decode())
    return html.unescape(re.sub(r"<[^>]+>", "", body))
