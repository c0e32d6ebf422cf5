"""Minutes: written by one, certified by another, corrected by a further version; and what the public reads of them."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction
from django.utils import timezone

from prongsai.committees.about import approval_of, items_about, put_on_agenda
from prongsai.committees.models import Committee, Interest, Item, Meeting, Minutes
from prongsai.committees.sample import ITEMS, MUNICIPALITY, Story
from prongsai.committees.tests.desk import ClientOf, do, interest, page, published, refused, statuses
from prongsai.documents.tests.samples import flat, pdf_text
from prongsai.ledger.models import Entry

pytestmark = pytest.mark.django_db


@pytest.fixture
def held(story: Story, kbj: Committee) -> Meeting:
    """Closed; the mayor left for the second item."""
    story.at = timezone.now()
    meeting = story.meeting(kbj, "plan_officer", timezone.localdate(), ITEMS)
    story.call(meeting, "plan_officer")
    story.open(meeting, "plan_officer")
    return story.hold(meeting, "plan_officer")


def paper(client: Any, meeting: Meeting, query: str = "") -> str:
    return client.get(f"{page(meeting)}documents/committee-minutes.html{query}").content.decode()


def test_minutes_say_who_left_and_count_again(held: Meeting, client_of: ClientOf):
    planner = client_of("plan_officer")
    do(planner, "write_minutes", held, text="ประธานกล่าวเปิดประชุม")
    text = paper(planner, held)
    assert "รายงานการประชุม (ยังมิได้รับรอง)" in text
    assert "แจ้งว่าเป็นผู้มีส่วนได้ส่วนเสีย และได้ออกจากห้องประชุมเป็นการชั่วคราวตั้งแต่เวลา ๑๐.๐๐ น. ถึง ๑๐.๔๕ น." in text
    assert "อยู่ในห้องประชุม ๔ คน องค์ประชุม ๓ คน เห็นชอบ ๔ เสียง" in text
    assert "เป็นผู้บริหารของหน่วยงานเจ้าของโครงการ" not in text  # the relation stays out
    pdf = planner.get(f"{page(held)}documents/committee-minutes.pdf").content
    assert flat("ประธานกล่าวเปิดประชุม") in flat(pdf_text(pdf))
    word = planner.get(f"{page(held)}documents/committee-minutes.docx")
    assert word.status_code == 200


def test_two_persons_and_no_open_question(held: Meeting, client_of: ClientOf):
    planner, governor = client_of("plan_officer"), client_of("governor")
    late = Interest.objects.filter(item__meeting=held, item__number=3).latest("pk")
    late.attendance.status = "left_early"
    late.attendance.save()
    Interest.objects.filter(pk=late.pk).update(state=Interest.State.ASKED)
    do(planner, "write_minutes", held, text="")
    refused(planner, "certify_minutes", held, "เฉพาะประธานที่ประชุม")
    refused(governor, "certify_minutes", held, "ยังมีคำถามเรื่องส่วนได้ส่วนเสียที่ยังมิได้ตอบ")
    do(planner, "declare_none", late)  # as the person said on the telephone
    do(planner, "write_minutes", held, text="แก้คำผิด")  # before certification, the same version
    do(governor, "certify_minutes", held)
    version = Minutes.objects.get(meeting=held)
    assert (version.number, version.text) == (1, "แก้คำผิด")
    assert version.certified_by != version.written_by
    entry = Entry.objects.filter(kind="committees.certify_minutes").latest("pk")
    assert "M6.2.3.(10)" in entry.clauses and entry.content["recusals"] == 1
    with pytest.raises(DatabaseError), transaction.atomic():
        Minutes.objects.filter(pk=version.pk).update(text="เปลี่ยนภายหลัง")


def certified(held: Meeting, client_of: ClientOf) -> None:
    do(client_of("plan_officer"), "write_minutes", held, text="ฉบับแรก")
    do(client_of("governor"), "certify_minutes", held)


def test_a_correction_is_a_further_version(held: Meeting, client_of: ClientOf):
    planner, governor = client_of("plan_officer"), client_of("governor")
    certified(held, client_of)
    do(planner, "correct_minutes", held, reason="ระบุชื่อโครงการคลาดเคลื่อน", text="ฉบับที่สอง")
    do(governor, "certify_minutes", held)
    assert [v.kind for v in Minutes.objects.filter(meeting=held)] == ["minutes", "correction"]
    assert "ฉบับที่สอง" in paper(planner, held)
    former = paper(planner, held, "?version=1")
    assert "ฉบับแรก" in former and "ฉบับที่สอง" not in former
    assert planner.get(f"{page(held)}documents/committee-minutes.html?version=9").status_code == 404


@pytest.mark.at("AT-M6-13")
def test_an_interest_found_afterwards_is_an_addendum_and_a_review(held: Meeting, client_of: ClientOf):
    planner, governor, anyone = client_of("plan_officer"), client_of("governor"), client_of("anonymous")
    certified(held, client_of)
    item = held.items.get(number=3)
    before = paper(planner, held, "?version=1")
    found = interest(item, "รุ่งเรือง")
    do(
        planner, "declare_late", held, interest=found.pk, relation="ถือหุ้นในกิจการที่เกี่ยวข้อง",
        reason="มีผู้แจ้งข้อมูลภายหลังการประชุม",
    )  # fmt: skip
    item.refresh_from_db()
    found.refresh_from_db()
    assert (held.state, item.legal_review, item.state, found.state) == ("written", True, "resolved", "late")
    assert paper(planner, held, "?version=1") == before  # not silently changed
    addendum = paper(planner, held)
    assert "ภายหลังรับรองรายงานการประชุม พบว่า" in addendum and "รอการตรวจสอบข้อกฎหมาย" in addendum
    do(governor, "certify_minutes", held)
    text = published(anyone, "committee-resolutions").content.decode()
    assert "รอตรวจสอบข้อกฎหมาย" in text and "ถือหุ้น" not in text
    do(planner, "record_legal_review", item, text="ไม่กระทบความชอบด้วยกฎหมายของมติ เพราะคะแนนเกินกึ่งหนึ่ง")
    assert item.legal_review is False


def test_the_public_reads_resolutions_of_certified_minutes_and_numbers_of_recusals(
    held: Meeting, client_of: ClientOf
):
    anyone = client_of("anonymous")
    assert published(anyone, "committee-resolutions").context["shown"].rows == []
    Item.objects.filter(meeting=held, number=3).update(is_secret=True)
    certified(held, client_of)
    rows = published(anyone, "committee-resolutions").context["shown"].rows
    assert [row.record.number for row in rows] == [1, 2]
    shown = {cell.column.key: cell.value for cell in rows[1].cells}
    assert (shown["recused"], shown["votes_for"], shown["outcome"]) == (1, 4, "เห็นชอบ")
    text = published(anyone, "committee-resolutions").content.decode()
    assert "สมชาย" not in text  # the mayor's account: numbers, not names
    assert "Approved" in published(anyone, "committee-resolutions", english=True).content.decode()


def test_a_room_above_brings_its_record_and_reads_the_approval(
    story: Story, kbj: Committee, client_of: ClientOf
):
    planner, governor = client_of("plan_officer"), client_of("governor")
    story.at = timezone.now()
    about = kbj  # any record will do
    meeting = story.meeting(kbj, "plan_officer", timezone.localdate(), [])
    actor = story.actor("plan_officer")
    item = put_on_agenda(meeting, about, actor=actor, title="เรื่องของห้องอื่น", parties=[MUNICIPALITY])
    assert list(items_about(about)) == [item]
    meeting.refresh_from_db()
    story.call(meeting, "plan_officer")
    story.open(meeting, "plan_officer")
    meeting.refresh_from_db()
    story.hold(meeting, "plan_officer")
    assert approval_of(about) is None  # not before the minutes are certified
    do(planner, "write_minutes", meeting, text="")
    do(governor, "certify_minutes", meeting)
    assert approval_of(about, "kbj") == item
    assert approval_of(about, "monitoring") is None
    Item.objects.filter(pk=item.pk).update(legal_review=True)
    assert approval_of(about) is None


def test_a_meeting_with_an_open_item_is_not_closed(story: Story, kbj: Committee, client_of: ClientOf):
    planner = client_of("plan_officer")
    story.at = timezone.now()
    meeting = story.meeting(kbj, "plan_officer", timezone.localdate(), ITEMS)
    story.call(meeting, "plan_officer")
    meeting.refresh_from_db()
    do(planner, "record_attendance", meeting, **statuses(meeting))
    do(planner, "open_meeting", meeting, presiding=kbj.seats.get(role="chair").pk, opened_at="9.30")
    refused(planner, "close_meeting", meeting, "ยังมีวาระที่พิจารณาไม่เสร็จ 3 วาระ", closed_at="11.00")
