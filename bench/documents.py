"""Papers: a distinct two-page letter each time, in every form, in one process. Goal: a PDF page in under 50 ms."""

from __future__ import annotations

import datetime as dt
import os
import statistics
import time
from typing import Any

WARM, ROUNDS = 3, 60
TEXT = (
    "ตามที่ท่านได้ยื่นเรื่องร้องเรียนต่อศูนย์ปฏิบัติการต่อต้านการทุจริตจังหวัด เกี่ยวกับการปฏิบัติหน้าที่ของเจ้าหน้าที่ในสังกัดหน่วยงานที่ท่านระบุไว้ในคำร้อง"
    " ศูนย์ได้กลั่นกรองตามมาตรการส่งเสริมคุณธรรมและความโปร่งใสแล้ว เห็นควรดำเนินการต่อไป นั้น"
)


def run(rounds: int = ROUNDS) -> dict[str, Any]:
    """``pdf_ms_a_page``, ``pdf_pages_a_second``, ``first_pdf_ms``; ``pdf_ms``, ``docx_ms``, ``html_ms`` a paper.

    Medians of wall time; beside each the processor's time (``…_cpu_…``), which a busy machine changes less.
    """
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
    import django

    django.setup()
    import pypdfium2

    from prongsai.documents import Document, render

    class Letter(Document):
        key, title = "bench-letter", "หนังสือ"

    def timed(kind: str, number: int) -> tuple[float, float, bytes]:
        start, cpu = time.perf_counter(), time.process_time()
        content = render(Letter(), _letter(number), kind).content
        return (time.perf_counter() - start) * 1000, (time.process_time() - cpu) * 1000, content

    first, _, content = timed("pdf", 0)
    pages = len(pypdfium2.PdfDocument(content))
    result: dict[str, Any] = {"first_pdf_ms": round(first, 1), "pages": pages}
    for kind in ("pdf", "docx", "html"):
        for number in range(WARM):
            timed(kind, number)
        each = [timed(kind, number)[:2] for number in range(WARM, WARM + rounds)]
        result[f"{kind}_ms"] = round(statistics.median(wall for wall, _ in each), 1)
        result[f"{kind}_cpu_ms"] = round(statistics.median(cpu for _, cpu in each), 1)
    result["pdf_ms_a_page"] = round(result["pdf_ms"] / pages, 1)
    result["pdf_cpu_ms_a_page"] = round(result["pdf_cpu_ms"] / pages, 1)
    result["pdf_pages_a_second"] = round(1000 * pages / result["pdf_ms"], 1)
    return result


def _letter(number: int) -> Any:
    """No two are alike, so that nothing laid out before helps but the fonts and the template."""
    from prongsai.documents import Facts, Items, Paper, Paragraph, signed_by, thai_date

    day = dt.date(2026, 1, 1) + dt.timedelta(days=number)
    return Paper(
        layout="letter",
        title="หนังสือ",
        date=day,
        reference=f"ชม/รร/{number:04d}/2569",
        sender=("ศูนย์ปฏิบัติการต่อต้านการทุจริตจังหวัด", "ศาลากลางจังหวัด"),
        subject=f"แจ้งผลการพิจารณา ฉบับที่ {number}",
        to="ผู้ร้องเรียน",
        blocks=[
            *(Paragraph(f"ข้อ {number}.{i} {TEXT}") for i in range(8)),
            Facts([("วันที่รับเรื่อง", thai_date(day)), ("ลำดับ", str(number))]),
            Items([f"พยานเอกสารที่ {number}", "ลายมือชื่อ"]),
            signed_by("นายสมชาย ใจดี ตำแหน่ง นิติกรชำนาญการ", closing="ขอแสดงความนับถือ"),
        ],
    )


if __name__ == "__main__":
    print(run())
