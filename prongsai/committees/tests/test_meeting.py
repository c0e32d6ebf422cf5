"""A meeting from the call to its last item: notice, attendance, quorum, recusal, votes."""

from __future__ import annotations

import datetime as dt
from typing import Any

import pytest
from django.db import IntegrityError, transaction
from django.utils import timezone

from prongsai.committees.models import Attendance, Committee, Interest, Item, Meeting
from prongsai.committees.sample import ITEMS, MUNICIPALITY, Story
from prongsai.committees.tests.desk import (
    RESOLUTION,
    ClientOf,
    ask,
    do,
    interest,
    leave,
    page,
    presided,
    published,
    refused,
    send,
    statuses,
)
from prongsai.ledger.models import Entry
from prongsai.notices.models import Notice

pytestmark = pytest.mark.django_db


def prepared(story: Story, committee: Committee, days: int = 14, items: Any = ITEMS) -> Meeting:
    story.at = timezone.now()
    return story.meeting(committee, "plan_officer", timezone.localdate() + dt.timedelta(days=days), items)


def opened(story: Story, committee: Committee, client: Any, **away: str) -> list[Item]:
    """The meeting open, with whoever came; its items."""
    meeting = prepared(story, committee)
    do(client, "call_meeting", meeting, called_on=typed(timezone.localdate()))
    do(client, "record_attendance", meeting, **statuses(meeting, **away))
    chair = committee.seats.get(role="chair")
    do(client, "open_meeting", meeting, presiding=chair.pk, opened_at="9.30")
    return list(meeting.items.order_by("number"))


def typed(day: dt.date) -> str:
    return f"{day.day}/{day.month}/{day.year + 543}"


@pytest.mark.at("AT-M3-04")
def test_a_short_notice_is_allowed_and_shown_to_everybody(kbj: Committee, story: Story, client_of: ClientOf):
    planner, anyone = client_of("plan_officer"), client_of("anonymous")
    short, long = prepared(story, kbj, 2), prepared(story, kbj, 20)
    form = ask(planner, "call_meeting", short).content.decode()
    assert "การแจ้งล่วงหน้าน้อยกว่ากำหนด (7 วัน)" in form
    assert "การแจ้งล่วงหน้าน้อยกว่ากำหนด" not in ask(planner, "call_meeting", long).content.decode()
    for meeting in (short, long):
        do(planner, "call_meeting", meeting, called_on=typed(timezone.localdate()))
    assert (short.notice_days, short.notice_short) == (2, True)
    assert (long.notice_days, long.notice_short) == (20, False)
    rows = published(anyone, "committee-meetings").context["shown"].rows
    notice = {row.record.pk: next(c.value for c in row.cells if c.column.key == "notice") for row in rows}
    assert notice == {short.pk: "น้อยกว่ากำหนด", long.pk: "ครบตามกำหนด"}
    only = published(anyone, "committee-meetings", short="1").context["shown"].rows
    assert [row.record.pk for row in only] == [short.pk]
    assert "Shorter than the rule" in published(anyone, "committee-meetings", english=True).content.decode()


def test_members_are_told_of_the_call_and_the_number_is_gap_free(
    kbj: Committee, story: Story, client_of: ClientOf, world: dict[str, Any]
):
    planner = client_of("plan_officer")
    first, second, dropped = (prepared(story, kbj) for _ in range(3))
    assert client_of("kbj_member").get(page(first)).status_code == 404  # still being prepared
    do(planner, "cancel_meeting", dropped, reason="ไม่มีเรื่องพิจารณา")
    do(planner, "call_meeting", first, called_on=typed(timezone.localdate()))
    do(planner, "call_meeting", second, called_on=typed(timezone.localdate()))
    assert (first.sequence, second.sequence, dropped.sequence) == (1, 2, None)
    told = Notice.objects.filter(kind="committees.call_meeting", record_id=str(first.pk))
    assert world["kbj_member"].person.pk in told.values_list("recipient_id", flat=True)
    member = client_of("kbj_member")
    assert member.get(page(first)).status_code == 200
    assert member.get(f"{page(first)}documents/committee-invitation.html").status_code == 200


def test_no_meeting_without_a_quorum(kbj: Committee, story: Story, client_of: ClientOf):
    planner, meeting = client_of("plan_officer"), prepared(story, kbj)
    do(planner, "call_meeting", meeting, called_on=typed(timezone.localdate()))
    away = statuses(meeting, รุ่งเรือง="leave", ป่าชุมชน="absent", การไฟฟ้า="leave")
    do(planner, "record_attendance", meeting, **away)
    chair = kbj.seats.get(role="chair")
    refused(
        planner,
        "open_meeting",
        meeting,
        "องค์ประชุมไม่ครบ (2 จากที่ต้องมี 3 คน)",
        presiding=chair.pk,
        opened_at="9.30",
    )
    row = Attendance.objects.get(meeting=meeting, seat__sector_id="state_enterprise")
    substitute = {f"status_{row.pk}": "substitute", f"substitute_{row.pk}": "นายผู้แทน การไฟฟ้า"}
    assert (
        send(planner, "record_attendance", meeting, **{**away, f"status_{row.pk}": "substitute"}).status_code
        == 422
    )
    do(planner, "record_attendance", meeting, **{**away, **substitute})
    do(planner, "open_meeting", meeting, presiding=chair.pk, opened_at="9.30")
    row.refresh_from_db()
    assert row.name == "นายผู้แทน การไฟฟ้า (แทน นางสมมุติ ไฟสว่าง (ตัวอย่าง))"


@pytest.mark.at("AT-M3-06")
def test_a_mayor_is_asked_about_the_municipality_and_leaves(
    kbj: Committee, story: Story, client_of: ClientOf, world: dict[str, Any]
):
    planner, mayor = client_of("plan_officer"), client_of("officer")
    road = opened(story, kbj, planner)[1]
    do(planner, "ask_interests", road)
    prompt = interest(road, MUNICIPALITY)
    assert prompt.reasons == [f"หน่วยงานหรือกิจการตรงกับที่ปรากฏในวาระ: {MUNICIPALITY}"]
    assert Notice.objects.filter(recipient=world["officer"].person, record_id=str(road.pk)).exists()
    # He answers himself, from his own page; nobody can begin before.
    refused(planner, "start_item", road, "ยังมีผู้มาประชุม 6 คนที่ยังมิได้ตอบ")
    assert "โปรดแจ้งก่อนเริ่มการพิจารณา" in mayor.get(page(prompt)).content.decode()
    do(planner, "none_of_the_others", road)
    refused(planner, "start_item", road, "ยังมีผู้มาประชุม 1 คนที่ยังมิได้ตอบ")
    do(mayor, "declare_leave", prompt, relation="เป็นนายกเทศมนตรี", left_at="10.05")
    do(planner, "start_item", road)
    form = ask(planner, "resolve", road).content.decode()
    assert "อยู่ในห้องประชุม" in planner.get(page(road)).content.decode()
    mayor_row = Attendance.objects.get(meeting=road.meeting, seat__organisation=MUNICIPALITY)
    assert f'value="{mayor_row.pk}"' not in form
    assert (
        send(planner, "resolve", road, **RESOLUTION, **presided(road), against=[mayor_row.pk]).status_code
        == 422
    )
    do(planner, "resolve", road, **RESOLUTION, **presided(road))
    assert (road.members, road.present, road.left, road.quorum, road.votes_for) == (5, 5, 1, 3, 4)
    assert (road.state, road.outcome) == ("resolved", "carried")
    prompt.refresh_from_db()
    assert prompt.returned_at == dt.time(10, 45)
    entry = Entry.objects.filter(kind="committees.declare_leave").latest("pk")
    assert entry.clauses == ["M6.2.3.(10)"] and entry.secrecy == "S2"
    assert "นายกเทศมนตรี" not in str(entry.content)


@pytest.mark.at("AT-M3-06")
def test_a_mayor_declares_and_stays_without_a_vote(kbj: Committee, story: Story, client_of: ClientOf):
    planner = client_of("plan_officer")
    road = opened(story, kbj, planner)[1]
    do(planner, "ask_interests", road)
    do(planner, "none_of_the_others", road)
    prompt = interest(road, MUNICIPALITY)
    stay = {"relation": "เป็นนายกเทศมนตรี", "stay_reason": "ที่ประชุมขอให้อยู่ตอบข้อซักถาม"}
    assert send(planner, "declare_stay", prompt, relation="ก", stay_reason="").status_code == 422
    do(planner, "declare_stay", prompt, **stay)
    do(planner, "start_item", road)
    do(planner, "resolve", road, **RESOLUTION, **presided(road))
    assert (road.present, road.left, road.stayed, road.votes_for) == (5, 0, 1, 4)


def test_staying_is_not_open_where_section_13_applies(kbj: Committee, story: Story, client_of: ClientOf):
    """Domain analysis, section 9, question 10."""
    planner = client_of("plan_officer")
    road = opened(story, kbj, planner)[1]
    Item.objects.filter(pk=road.pk).update(applies_apa=True)
    do(planner, "ask_interests", road)
    stay = {"relation": "เป็นนายกเทศมนตรี", "stay_reason": "ที่ประชุมขอให้อยู่ตอบข้อซักถาม"}
    refused(planner, "declare_stay", interest(road, MUNICIPALITY), "ต้องออกจากห้องประชุม", **stay)


@pytest.mark.at("AT-M6-12")
def test_when_three_of_five_leave_there_is_no_vote(kbj: Committee, story: Story, client_of: ClientOf):
    planner = client_of("plan_officer")
    item = opened(story, kbj, planner)[1]
    parties = [MUNICIPALITY, "บจก. รุ่งเรืองสมมติ", "เครือข่ายป่าชุมชนสมมติ"]
    Item.objects.filter(pk=item.pk).update(parties=parties)
    do(planner, "ask_interests", item)
    asked = Interest.objects.filter(item=item).exclude(reasons=[])
    assert asked.count() == 3
    do(planner, "none_of_the_others", item)
    for body in (MUNICIPALITY, "รุ่งเรือง", "ป่าชุมชน"):
        refused(planner, "start_item", item, "ที่ยังมิได้ตอบ")
        leave(planner, item, body)
    do(planner, "start_item", item)
    for answer in (
        ask(planner, "resolve", item),
        send(planner, "resolve", item, **RESOLUTION, **presided(item)),
    ):
        assert answer.status_code in (409, 422)
        assert "องค์ประชุมไม่ครบ ไม่สามารถลงมติได้ (อยู่ในห้องประชุม 2 จากที่ต้องมี 3 คน)" in answer.content.decode()
    with pytest.raises(IntegrityError, match="item_vote_needs_quorum"), transaction.atomic():
        Item.objects.filter(pk=item.pk).update(
            present=5, left=3, stayed=0, quorum=3, votes_for=2, votes_against=0, abstained=0
        )
    do(planner, "defer_item", item, text="องค์ประชุมไม่ครบเพราะกรรมการออกจากห้องประชุม", ended_at="10.20")
    assert (item.state, item.left, item.votes_for) == ("deferred", 3, None)


def test_votes_are_those_of_the_room(kbj: Committee, story: Story, client_of: ClientOf):
    """Dissent by name, a secret ballot in numbers alone, a tie decided by whoever presides."""
    planner = client_of("plan_officer")
    _first, item, other = opened(story, kbj, planner, การไฟฟ้า="leave")
    for one in (item, other):
        Item.objects.filter(pk=one.pk).update(parties=[])
    do(planner, "ask_interests", item)
    do(planner, "none_of_the_others", item)
    do(planner, "start_item", item)
    against = Attendance.objects.get(meeting=item.meeting, seat__sector_id="civil")
    both = {"against": [against.pk], "abstained": [against.pk]}
    assert send(planner, "resolve", item, **RESOLUTION, **presided(item), **both).status_code == 422
    do(planner, "resolve", item, **RESOLUTION, **presided(item), against=[against.pk])
    assert (item.votes_for, item.votes_against, item.dissent) == (3, 1, [f"{against.name} ไม่เห็นชอบ"])
    do(planner, "ask_interests", other)
    do(planner, "none_of_the_others", other)
    do(planner, "start_item", other)
    secret = {**RESOLUTION, **presided(other), "ballot": "secret", "count_abstained": 0}
    refused(planner, "resolve", other, "จำนวนคะแนนรวม 5", **secret, count_for=3, count_against=2)
    tied = {**secret, "count_for": 2, "count_against": 2}
    assert (
        send(
            planner, "resolve", other, **{**secret, "count_for": 3, "count_against": 1, "casting": "for"}
        ).status_code
        == 422
    )
    do(planner, "resolve", other, **{**tied, "casting": "against"})
    assert (other.outcome, other.dissent, other.casting) == ("lost", [], "against")


def test_a_latecomer_is_asked_too(kbj: Committee, story: Story, client_of: ClientOf):
    planner = client_of("plan_officer")
    road = opened(story, kbj, planner, เทศบาล="absent")[1]
    do(planner, "ask_interests", road)
    do(planner, "none_of_the_others", road)
    do(planner, "start_item", road)
    do(planner, "record_attendance", road.meeting, **statuses(road.meeting))
    refused(planner, "resolve", road, "ที่ยังมิได้ตอบ", **RESOLUTION, **presided(road))
    leave(planner, road, MUNICIPALITY)
    do(planner, "resolve", road, **RESOLUTION, **presided(road))
    assert (road.present, road.left, road.votes_for) == (5, 1, 4)


def test_two_tabs_give_one_result(kbj: Committee, story: Story, client_of: ClientOf):
    planner = client_of("plan_officer")
    item = opened(story, kbj, planner)[2]
    do(planner, "ask_interests", item)
    do(planner, "none_of_the_others", item)
    do(planner, "start_item", item)
    seen = item.version
    assert send(planner, "resolve", item, **RESOLUTION, **presided(item), version=seen).status_code == 303
    again = {**RESOLUTION, "resolution": "มติอื่น", "version": seen}
    assert send(planner, "resolve", item, **again, **presided(item)).status_code == 409
    item.refresh_from_db()
    assert item.resolution == RESOLUTION["resolution"]
    assert Entry.objects.filter(kind="committees.resolve", subject_id=str(item.pk)).count() == 1


def test_what_the_relation_is_stays_between_three(kbj: Committee, story: Story, client_of: ClientOf):
    """S2: the person, the secretary, whoever presides; each reading is recorded."""
    planner = client_of("plan_officer")
    road = opened(story, kbj, planner)[1]
    do(planner, "ask_interests", road)
    prompt = interest(road, MUNICIPALITY)
    do(client_of("officer"), "declare_leave", prompt, relation="ความเกี่ยวข้องที่เป็นความลับ", left_at="10.00")
    for who, status in (
        ("plan_officer", 200), ("governor", 200), ("officer", 200), ("kbj_member", 404), ("vice_governor", 404),
        ("auditor", 404), ("system_admin", 404),
    ):  # fmt: skip
        answer = client_of(who).get(page(prompt))
        assert answer.status_code == status, who
        assert ("ความเกี่ยวข้องที่เป็นความลับ" in answer.content.decode()) == (status == 200), who
        if who not in ("system_admin",):
            assert "ความเกี่ยวข้องที่เป็นความลับ" not in client_of(who).get(page(road)).content.decode()
    assert Entry.objects.filter(kind="committees.interest_read", subject_id=str(prompt.pk)).count() == 3
    refused(client_of("governor"), "declare_stay", prompt, "เฉพาะผู้ถูกสอบถาม", relation="ก", stay_reason="ข")
