"""รายงานการประชุม: from the facts of one version, never from the records of today."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator
from typing import Any

from django.http import Http404

from prongsai.committees.minutes_text import Facts, recusal_sentence, votes_sentence
from prongsai.committees.models import Item, Meeting, Minutes
from prongsai.documents import (
    Block,
    Document,
    Heading,
    Items,
    Paper,
    Paragraph,
    paragraphs,
    signed_by,
    thai_date,
)
from prongsai.organisation.actors import Actor
from prongsai.thai.digits import to_thai


class MinutesPaper(Document):
    """The newest version, or that of ``?version=``; one that nobody has certified says so in its title."""

    key = "committee-minutes"
    title = "รายงานการประชุม"

    def fits(self, record: Meeting) -> bool:
        return record.state in (Meeting.State.WRITTEN, Meeting.State.CERTIFIED)

    def data(self, record: Meeting, actor: Actor, request: Any) -> Paper:
        return paper_of(_wanted(record, request.GET.get("version", "") if request else ""))


def _wanted(meeting: Meeting, number: str) -> Minutes:
    versions = meeting.versions.order_by("-number")  # type: ignore[attr-defined]
    if number:
        versions = (
            versions.filter(number=int(number)) if number.isdecimal() and len(number) < 5 else versions.none()
        )
    found = versions.first()
    if found is None:
        raise Http404
    return found


def paper_of(version: Minutes) -> Paper:
    """Raises nothing: every version was complete when it was written."""
    facts: Facts = version.facts
    title = version.get_kind_display()
    return Paper(
        layout="form",
        title=title if version.certified_on else f"{title} (ยังมิได้รับรอง)",
        date=version.certified_on or version.written_on,
        reference=f"{version.meeting} ฉบับที่ {version.number}",
        sender=[
            facts["committee"],
            to_thai(f"ครั้งที่ {facts['number']}"),
            f"เมื่อวันที่ {thai_date(dt.date.fromisoformat(facts['held_on']))} ณ {to_thai(facts['place'])}",
        ],
        blocks=list(_blocks(version, facts)),
    )


def _blocks(version: Minutes, facts: Facts) -> Iterator[Block]:
    if version.reason:
        yield Heading("เหตุผลของฉบับนี้")
        yield from paragraphs(to_thai(version.reason))
    for label, key in (("ผู้มาประชุม", "present"), ("ผู้ไม่มาประชุม", "absent"), ("ผู้เข้าร่วมประชุม", "others")):
        if facts[key]:
            yield Heading(label)
            yield Items([_member(row, absent=key == "absent") for row in facts[key]])
    yield Heading(f"เริ่มประชุมเวลา {to_thai(facts['opened_at'])} น.")
    if facts["presiding"]:
        yield Paragraph(f"{facts['presiding']} เป็นประธานที่ประชุม")
    for item in facts["items"]:
        yield from _item(item)
    if version.text:
        yield Heading("ข้อความเพิ่มเติม")
        yield from paragraphs(to_thai(version.text))
    yield Heading(f"เลิกประชุมเวลา {to_thai(facts['closed_at'])} น.")
    yield signed_by(version.written_by, role="ผู้จดรายงานการประชุม", on=version.written_on)
    yield signed_by(version.certified_by, role="ผู้ตรวจรายงานการประชุม", on=version.certified_on)


def _member(row: Facts, *, absent: bool) -> str:
    status = f" ({row['status']})" if absent or row["status"] == "กลับก่อนเลิกประชุม" else ""
    return to_thai(f"{row['name']} {row['post']} {row['role']}{status}")


def _item(item: Facts) -> Iterator[Block]:
    yield Heading(f"ระเบียบวาระที่ {to_thai(item['number'])} {to_thai(item['title'])}")
    yield from paragraphs(to_thai(item["detail"]))
    if item["recusals"]:
        for recusal in item["recusals"]:
            yield Paragraph(recusal_sentence(item["number"], recusal))
    elif item["asked"]:
        yield Paragraph("ประธานสอบถามก่อนเริ่มการพิจารณาแล้ว ไม่มีผู้แจ้งว่ามีส่วนได้ส่วนเสียในวาระนี้")
    if votes := votes_sentence(item):
        yield Paragraph(votes)
    label = {Item.State.NOTED.value: "ที่ประชุมรับทราบ", Item.State.DEFERRED.value: "เลื่อนวาระ"}.get(
        item["state"], "มติที่ประชุม"
    )
    yield Paragraph(f"{label} {to_thai(item['resolution'])}".strip())
    if item["legal_review"]:
        yield Paragraph("มติของวาระนี้รอการตรวจสอบข้อกฎหมาย")
