"""สถิติเรื่องร้องเรียนรายไตรมาส: the figures of the public page on paper, with the same ones hidden."""

from __future__ import annotations

from typing import Any

from prongsai.complaints.models import Channel
from prongsai.complaints.statistics import Figures, public
from prongsai.documents import Document, Facts, Heading, Paper, Paragraph, thai_date
from prongsai.organisation.models import Province
from prongsai.thai.digits import to_thai

ZERO = "ไม่มีเรื่องร้องเรียนการทุจริตและประพฤติมิชอบในช่วงเวลานี้"


class StatisticsPaper(Document):
    key = "complaint-statistics"
    title = "สถิติเรื่องร้องเรียนการทุจริตและประพฤติมิชอบ"
    stamped = False  # of no record; every figure is on the public page

    def of(self, province: Province, figures: Figures, *, year: int, quarter: int | None) -> Paper:
        shown = public(figures, province, with_agencies=quarter is None)
        period = f"ปีงบประมาณ พ.ศ. {year}" + (f" ไตรมาสที่ {quarter}" if quarter else "")
        return Paper(
            layout="form",
            title=self.title,
            date=figures.last,
            reference=period,
            sender=[province.name_th],
            blocks=[
                Paragraph(f"{to_thai(period)} ({thai_date(figures.first)} ถึง {thai_date(figures.last)})"),
                *([] if figures.total else [Paragraph(ZERO)]),
                Facts(
                    [
                        ("เรื่องทั้งหมด", _n(shown["total"])),
                        ("ดำเนินการแล้ว", _n(shown["done"])),
                        ("อยู่ระหว่างดำเนินการ", _n(shown["in_progress"])),
                        ("ใบรับเรื่อง", _n(shown["receipts"])),
                    ]
                ),
                Heading("ตามเหตุหลักแห่งการร้องเรียน"),
                Facts([(str(g.label), _n(main)) for g, main, _named in shown["grounds"]]),
                Heading("ตามช่องทาง"),
                Facts([(str(Channel(c).label), _n(n)) for c, n in shown["channels"]]),
                Heading("ตามผลการดำเนินการ"),
                Facts([(str(s.label), _n(n)) for s, n in shown["states"]] or [("ไม่มี", _n(0))]),
                Heading("เวลาของแต่ละขั้นตอน"),
                Facts([(s.title, _stage(s)) for s in shown["course"].stages] or [("ไม่มี", _n(0))]),
            ],
        )


def _n(number: int) -> str:
    return to_thai(f"{number:,}")


def _stage(stage: Any) -> str:
    days = f"มัธยฐาน {stage.days:g} วัน" if stage.days is not None else "ยังไม่มีที่แล้วเสร็จ"
    return to_thai(f"{days} แล้วเสร็จ {stage.done} ล่าช้า {stage.late + stage.open_late}")
