"""The register of sanctions: what was decided and ordered, without a name in any list."""

from __future__ import annotations

from typing import Any

from prongsai.inquiries.documents import NaccLetter
from prongsai.inquiries.models import Penalty, Sanction, Track
from prongsai.inquiries.reading import InquiryFile
from prongsai.inquiries.registers.base import texts_of
from prongsai.inquiries.registers.parts import PartRegister
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Truth

TONES = {
    "proposed": "soon",
    "ordered": "progress",
    "told": "progress",
    "appealed": "progress",
    "final": "done",
}


class Sanctions(PartRegister):
    key = "sanctions"
    title = "การดำเนินการทางวินัย ทางปกครอง และทางกฎหมาย"
    title_en = "Disciplinary, administrative and legal action"
    about = "การดำเนินการตามผลการสอบข้อเท็จจริงรายบุคคล (มาตรการที่ ๖ ข้อ ๒.๓ (๑๔)) รายการไม่แสดงชื่อ"
    model = Sanction
    practices = ("M6.2.3.(14)",)
    documents = (NaccLetter(),)
    columns = (
        Column("number", "การดำเนินการ", lambda s: str(s), kind="link"),
        Column("track", "ทาง", lambda s: s.get_track_display(), sort="track"),
        Column("state", "สถานะ", lambda s: s.get_state_display(), sort="state", kind="state",
               tone=lambda s: TONES[s.state]),
        Column("penalty", "โทษหรือผล", lambda s: s.get_penalty_display(), sort="penalty"),
        Column("order_no", "คำสั่งที่", lambda s: s.order_no),
        Column("order_date", "ลงวันที่", lambda s: s.order_date, sort="order_date", kind="date"),
        Column("nacc", "แจ้ง ป.ป.ช. เมื่อ", lambda s: s.nacc_told_on, sort="nacc_told_on", kind="date"),
    )  # fmt: skip
    filters = (
        Choice("track", "ทาง", "track", lambda actor: Track.choices),
        Choice("state", "สถานะ", "state", lambda actor: Sanction.State.choices),
        Choice("penalty", "โทษหรือผล", "penalty", lambda actor: Penalty.choices),
        Truth("corruption", "เฉพาะเรื่องทุจริตต่อหน้าที่", lambda rows: rows.filter(concerns_corruption=True)),
    )

    def rows(self, actor: Actor) -> Any:
        return super().rows(actor).select_related("respondent")

    def facts(self, record: Sanction, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        return [
            ("การสอบข้อเท็จจริง", record.inquiry.number),
            ("ผู้ถูกกล่าวหา", f"ที่ {record.respondent.number} (ชื่อปิดผนึก)"),
            ("ฐานะ", record.respondent.get_part_display()),
            ("ทาง", record.get_track_display()),
            ("เรื่องทุจริตต่อหน้าที่", "ใช่ ต้องแจ้ง ป.ป.ช. (มาตรา ๑๓๖)" if record.concerns_corruption else ""),
            ("ผู้เสนอ", record.proposed_label),
            ("โทษหรือผล", record.get_penalty_display()),
            ("คำสั่ง", f"{record.order_no} โดย {record.ordered_label}" if record.order_no else ""),
            ("คำสั่งลงวันที่", record.order_date),
            ("หนังสือแจ้ง ป.ป.ช.", record.nacc_letter_no),
            ("แจ้ง ป.ป.ช. เมื่อ", record.nacc_told_on),
            ("หนังสือแจ้ง ป.ป.ท.", record.pacc_letter_no),
            ("แจ้ง ป.ป.ท. เมื่อ", record.pacc_told_on),
            ("อุทธรณ์ต่อ", record.appeal_to),
            ("อุทธรณ์เมื่อ", record.appealed_on),
            ("ผลอุทธรณ์", record.get_appeal_result_display()),
            ("ถึงที่สุดเมื่อ", record.final_on),
        ]

    def parts(self, record: Sanction, file: InquiryFile, actor: Actor) -> list[tuple[str, dict[str, Any]]]:
        who = file.who(record.respondent)
        context = {"who": who, "texts": texts_of(file, record), "inquiry": record.inquiry}
        return [("inquiries/office/part.html", context)]
