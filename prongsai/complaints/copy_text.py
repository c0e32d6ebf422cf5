"""The sender's copy: the complaint as one readable Thai text, in the order of the paper form (domain analysis 3.5)."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.translation import override

from prongsai.complaints.complaint_form import REQUESTS
from prongsai.complaints.models import Ground
from prongsai.thai.dates import format_date


def write(
    data: dict[str, Any],
    *,
    province: str,
    agency: str,
    today: dt.date,
    file_names: list[str],
    heading: str = "หนังสือร้องเรียน (ยื่นทางเว็บไซต์)",
    certified: str = "ผู้ร้องเรียนรับรองข้อความทางออนไลน์แทนการลงลายมือชื่อ",
) -> str:
    """``data``: the form's cleaned data. The same text is sealed, shown to the sender and covered by the proof."""
    with override("th"):
        requests = {key: str(label) for key, label in REQUESTS}
        grounds = "; ".join(str(Ground(g).label) for g in sorted(data["grounds"])) or "–"
    amount = f"{data['amount']:,.2f} บาท" if data.get("amount") else ""
    lines = [
        ("วันที่", format_date(today, style="long")),
        ("เรียน", f"ผู้ว่าราชการจังหวัด{province}"),
        ("ผู้ร้องเรียน", data["name"]),
        ("ที่อยู่", data["address"]),
        ("โทรศัพท์", data["phone"]),
        ("อีเมล", data["email"]),
        ("หน่วยงานที่เกี่ยวข้อง", agency),
        ("เจ้าหน้าที่ที่เกี่ยวข้อง", data["accused_name"]),
        ("เหตุแห่งการร้องเรียน", grounds),
        ("การกระทำและพฤติการณ์", data["narrative"]),
        ("วันที่เกิดเหตุ", format_date(data["event_date"], style="long") if data["event_date"] else ""),
        ("ช่วงเวลา", data["event_time"]),
        ("สถานที่", data["place"]),
        ("จำนวนเงิน", amount),
        ("ความเดือดร้อนหรือเสียหาย", data["harm"]),
        ("คำขอ", "; ".join(filter(None, [requests.get(data["request_choice"], ""), data["request_text"]]))),
        ("พยานเอกสารหรือพยานวัตถุ", data["documents"]),
        ("พยานบุคคล", data["witnesses"]),
        ("ไฟล์แนบ", ", ".join(file_names)),
        ("ขอให้ปกปิดชื่อและที่อยู่", "ใช่" if data["keep_secret"] else "ไม่"),
        ("การรับรอง", certified),
    ]
    return "\n".join([heading, *(f"{label}: {value}" for label, value in lines if value)])
