"""From the draft order to the published composition, and a member replaced by another order."""

from __future__ import annotations

from typing import Any

import pytest
from django.db import DatabaseError, transaction

from prongsai.committees.models import Committee, Seat
from prongsai.committees.sample import Story
from prongsai.committees.tests.conftest import FIVE
from prongsai.committees.tests.desk import ClientOf, ask, do, page, published, refused, send
from prongsai.ledger.models import Entry

pytestmark = pytest.mark.django_db

DRAFT = {
    "committee_kind": "kbj",
    "committee_name": "คณะกรรมการทดสอบ",
    "short_name": "ก.ทดสอบ",
    "duties": "จัดทำแผนพัฒนาจังหวัด",
}
ORDER = {"order_no": "๑๒๓/๒๕๖๙", "order_date": "1/10/2569", "starts_on": "1/10/2569"}


def drafted(client: Any) -> Committee:
    do(client, "draft_committee", None, **DRAFT)
    return Committee.objects.get(short_name="ก.ทดสอบ")


def member(name: str, body: str, sector: str, role: str = "member", **more: Any) -> dict[str, Any]:
    return {
        "name": name,
        "position": "ผู้แทน",
        "organisation": body,
        "sector": sector,
        "role": role,
        **more,
    }


def fill(client: Any, committee: Committee, *sectors: str) -> None:
    do(
        client, "add_seat", committee,
        **member("นายเกรียงไกร วงศ์ปันดี", "จังหวัด", "regional", "chair", has_account="on"),
    )  # fmt: skip
    do(client, "add_seat", committee, **member("นางสาวเลขา สมมติ", "จังหวัด", "regional", "secretary"))
    for n, sector in enumerate(sectors):
        do(client, "add_seat", committee, **member(f"นายสมมติ{'กขคงจ'[n]} นามสกุล", f"องค์กร {n}", sector))


@pytest.mark.at("AT-M3-05")
def test_an_order_without_every_sector_is_not_signed(client_of: ClientOf):
    planner, governor = client_of("plan_officer"), client_of("governor")
    committee = drafted(planner)
    fill(planner, committee, "private", "local", "state_enterprise")
    do(planner, "submit_composition", committee)
    absent = "องค์ประกอบคณะกรรมการยังไม่ครบทุกภาคส่วน ขาด: ภาคประชาสังคม"
    assert absent in governor.get(page(committee)).content.decode()
    refused(governor, "sign_order", committee, absent, **ORDER)
    # Only with a reason and a last day.
    assert send(governor, "allow_incomplete", committee, reason="รอ", until="").status_code == 422
    refused(
        planner, "allow_incomplete", committee, reason="อยู่ระหว่างสรรหาผู้แทนภาคประชาสังคม" * 2, until="1/1/2571"
    )
    reason = "อยู่ระหว่างสรรหาผู้แทนภาคประชาสังคม คาดว่าแล้วเสร็จในสองเดือน"
    do(governor, "allow_incomplete", committee, reason=reason, until="1/1/2571")
    do(governor, "sign_order", committee, **ORDER)
    assert (committee.state, committee.override_reason) == ("signed", reason)
    entry = Entry.objects.filter(kind="committees.sign_order").latest("pk")
    assert entry.clauses == ["M3.7"]


@pytest.mark.at("AT-M3-13")
def test_a_monitoring_group_of_officials_alone_is_not_signed(client_of: ClientOf):
    planner, governor = client_of("plan_officer"), client_of("governor")
    do(planner, "draft_committee", None, **{**DRAFT, "committee_kind": "monitoring"})
    committee = Committee.objects.get(short_name="ก.ทดสอบ")
    fill(planner, committee, "regional", "central")
    do(planner, "submit_composition", committee)
    refused(governor, "sign_order", committee, "ขาด: ภาคเอกชน, องค์กรปกครองส่วนท้องถิ่น, ภาคประชาสังคม", **ORDER)


def test_a_whole_committee_is_signed_published_and_shown_to_everybody(client_of: ClientOf):
    planner, governor, anyone = client_of("plan_officer"), client_of("governor"), client_of("anonymous")
    committee = drafted(planner)
    refused(planner, "submit_composition", committee, "ยังมิได้ระบุประธานกรรมการ")
    fill(planner, committee, "private", "local", "state_enterprise", "civil")
    chair = Seat.objects.get(committee=committee, role="chair")
    assert chair.person is not None  # found by name, not chosen from a list
    do(planner, "submit_composition", committee)
    refused(planner, "sign_order", committee, "เฉพาะผู้ว่าราชการจังหวัด", **ORDER)
    do(governor, "sign_order", committee, **ORDER)
    assert "องค์กร 0" not in published(anyone, "committee-members").content.decode()
    do(planner, "publish_composition", committee)
    text = published(anyone, "committee-members").content.decode()
    assert "องค์กร 0" in text
    assert "123/2569" in text or "๑๒๓/๒๕๖๙" in text
    assert "Local government" in published(anyone, "committee-members", english=True).content.decode()
    assert planner.get(f"{page(committee)}documents/committee-order.html").status_code == 200


def test_G39_names_are_found_not_listed(client_of: ClientOf):
    """G39: whoever drafts an order sees nobody of the staff list; a name that is not there is said."""
    planner = client_of("plan_officer")
    committee = drafted(planner)
    form = ask(planner, "add_seat", committee).content.decode()
    assert "เกรียงไกร" not in form
    answer = send(
        planner, "add_seat", committee, **member("นายไม่มี ตัวตน", "จังหวัด", "regional", has_account="on")
    )
    assert answer.status_code == 422
    assert "ไม่พบชื่อนี้ในทะเบียนบุคคลของจังหวัด" in answer.content.decode()
    same = member("นายสมมติ นามสกุล", "องค์กร", "civil")
    do(planner, "add_seat", committee, **same)
    refused(planner, "add_seat", committee, "บุคคลนี้เป็นกรรมการในคณะนี้อยู่แล้ว", **same)
    do(planner, "add_seat", committee, **member("นายหนึ่ง นามสกุล", "องค์กร", "civil", "chair"))
    refused(planner, "add_seat", committee, "มีประธานกรรมการอยู่แล้ว", **member("ก ข", "องค์กร", "civil", "chair"))
    do(planner, "remove_seat", committee, seat=Seat.objects.get(name="นายสมมติ นามสกุล").pk)
    assert not Seat.objects.filter(name="นายสมมติ นามสกุล").exists()


def test_a_member_is_replaced_by_another_order_and_stays_in_history(kbj: Committee, client_of: ClientOf):
    governor = client_of("governor")
    leaving = kbj.seats.get(sector_id="state_enterprise")
    new = member("นายใหม่ มาแทน", "การประปาสมมติ", "private")
    order = {
        "leaving": leaving.pk, "leaving_reason": "ลาออก", "order_no": "ตัวอย่าง 9/2569", "order_date": "1/10/2569",
        "starts_on": "1/11/2569",
    }  # fmt: skip
    refused(governor, "replace_seat", kbj, "ขาด: รัฐวิสาหกิจ", **{**new, **order})
    assert Seat.objects.filter(name="นายใหม่ มาแทน").count() == 0
    do(governor, "replace_seat", kbj, **{**new, **order, "sector": "state_enterprise"})
    leaving.refresh_from_db()
    fresh = kbj.seats.get(name="นายใหม่ มาแทน")
    assert (leaving.ended_by_order, fresh.replaces, fresh.role) == ("ตัวอย่าง 9/2569", leaving, leaving.role)
    text = published(client_of("anonymous"), "committee-members").content.decode()
    assert "การไฟฟ้าสมมติ" in text and "การประปาสมมติ" in text
    with pytest.raises(DatabaseError), transaction.atomic():
        leaving.delete()


def test_a_draft_is_seen_by_its_secretary_and_the_line_alone(story: Story, client_of: ClientOf):
    committee = story.draft("kbj", "plan_officer", FIVE, "ร่าง")
    for who, status in (
        ("plan_officer", 200), ("governor", 200), ("auditor", 200), ("kbj_member", 404), ("officer", 404),
        ("center_officer", 404), ("system_admin", 404),
    ):  # fmt: skip
        assert client_of(who).get(page(committee)).status_code == status, who


def test_an_ended_committee_calls_no_meeting(kbj: Committee, client_of: ClientOf):
    do(client_of("governor"), "end_committee", kbj, ends_on="30/12/2569", reason="ครบวาระตามคำสั่ง")
    assert kbj.state == "ended"
    assert not kbj.seats_in_force().exists()
    answer = send(client_of("plan_officer"), "prepare_meeting", None, committee=kbj.pk)
    assert answer.status_code == 403
