"""แบบหนังสือร้องเรียน: the blank letter, to be written by hand and posted or handed in. Its items are those of M5.2.2."""

from __future__ import annotations

import datetime as dt

from prongsai.complaints.models import Ground
from prongsai.documents import Document, Facts, Heading, Items, Paper, Paragraph, Signature
from prongsai.organisation.models import Province
from prongsai.thai.digits import to_thai

LINE = "." * 70
SHORT = "." * 40


class BlankLetter(Document):
    key = "complaint-blank"
    title = "แบบหนังสือร้องเรียน"
    stamped = False  # of no record yet

    def of(self, province: Province, today: dt.date) -> Paper:
        return Paper(
            layout="form",
            title=self.title,
            date=today,
            reference="แบบหนังสือร้องเรียน",
            undated=True,
            sender=[f"เขียนที่ {SHORT}"],
            to=f"ผู้ว่าราชการ{province.full_name}",
            subject="ร้องเรียนการทุจริตหรือประพฤติมิชอบ",
            blocks=[
                Paragraph(
                    f"ตามประกาศ{province.full_name} มาตรการที่ ๕ ข้อ ๒.๒ โปรดใช้ถ้อยคำสุภาพ ข้อใดไม่ทราบให้เว้นไว้ "
                    "ผู้ไม่ประสงค์ลงชื่อโปรดระบุหลักฐานแวดล้อมและพยานบุคคลให้ชัดแจ้ง (ข้อ ๒.๓)"
                ),
                Heading("๑. ผู้ร้องเรียน"),
                Facts(
                    [
                        ("ชื่อ นามสกุล", LINE),
                        ("ที่อยู่", LINE),
                        ("โทรศัพท์", SHORT),
                        ("ปกปิดชื่อและที่อยู่", "(      ) ประสงค์     (      ) ไม่ประสงค์"),
                    ]
                ),
                Heading("๒. หน่วยงานหรือเจ้าหน้าที่ที่ถูกร้องเรียน"),
                Facts([("หน่วยงาน", LINE), ("ชื่อหรือตำแหน่ง", LINE)]),
                Heading("๓. การกระทำที่เป็นเหตุ และพฤติการณ์ หรือเบาะแสที่ให้ตรวจสอบ"),
                Paragraph("วงกลมข้อที่ตรง เลือกได้หลายข้อ"),
                Items([to_thai(str(ground.label)) for ground in Ground]),
                Facts([("วัน เวลา สถานที่", LINE), *((name, LINE) for name in ("เหตุการณ์", " ", " ", " ", " "))]),
                Heading("๔. พยานเอกสาร พยานวัตถุ พยานบุคคล (ถ้ามี)"),
                Facts([("เอกสารหรือวัตถุ", LINE), ("พยานบุคคล", LINE)]),
                Heading("๕. คำขอของผู้ร้องเรียน"),
                Facts([("ขอให้", LINE)]),
                Signature(name=f"({SHORT})", role="ผู้ร้องเรียน"),
            ],
        )
