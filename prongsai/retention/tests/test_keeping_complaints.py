"""Complaints are kept for their time, and what is destroyed was asked for by one person and approved by another."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

import pytest
import time_machine
from django.db import IntegrityError, transaction
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai import sealed
from prongsai.acts import Act
from prongsai.complaints import acts, keeping
from prongsai.complaints.models import Case, Evidence, Exclusion, Identity
from prongsai.complaints.statistics import figures
from prongsai.complaints.tests import steps
from prongsai.files.models import SealedFile
from prongsai.ledger.models import Entry
from prongsai.retention.acts import Approve, HandIn, Stop
from prongsai.retention.clock import carry_out, make_lists
from prongsai.retention.holding import LiftHold
from prongsai.retention.models import DestructionItem, DestructionList, Hold, Tombstone
from prongsai.sealed.models import Grant

pytestmark = pytest.mark.django_db
Clients = Callable[[str], Client]
THEN = dt.datetime(2026, 5, 16, 10, 0, tzinfo=dt.UTC)
TEN_YEARS_ON = dt.datetime(2036, 5, 17, 10, 0, tzinfo=dt.UTC)


@pytest.fixture
def old(client_of: Clients) -> steps.Filed:
    """Referred elsewhere, with a file, ten years and a day ago."""
    with time_machine.travel(THEN):
        filed = steps.file_complaint(files=[steps.pdf()])
        officer = client_of("center_officer")
        case = steps.write_working_text(officer, steps.screen_as_outside(officer, filed.case))
        data = {"to_authority": "เทศบาลสมมติ", "letter_no": "ชม 0017/9", "letter_date": "16/05/2569"}
        steps.act(officer, acts.Refer, case, reason=steps.REASON, **data)
    return filed


def do(client: Client, declared: type[Act], record: Any, **data: Any) -> Any:
    record.refresh_from_db()
    address = reverse("office:act", args=[declared.key(), record.pk])
    return client.post(address, {**data, "version": record.version})


def listed() -> DestructionList:
    assert make_lists() == 1
    return DestructionList.objects.get()


def hand_in(client_of: Clients, made: DestructionList) -> None:
    letter = {"letter_no": "ชม 0017/100", "letter_on": "17/05/2579"}
    assert do(client_of("center_officer"), HandIn, made, **letter).status_code == 303


def approve(client_of: Clients, made: DestructionList) -> None:
    hand_in(client_of, made)
    assert do(client_of("governor"), Approve, made, agreed="on").status_code == 303


def test_C22_C35_from_the_list_to_the_tombstone(old: steps.Filed, client_of: Clients, province: Any) -> None:
    case, blob = old.case, SealedFile.objects.get(pk=Evidence.objects.get().file_id).blob
    counted = figures(province, case.received_on, case.received_on).total
    with time_machine.travel(TEN_YEARS_ON, tick=False):
        made = listed()
        assert make_lists() == 0, "one list at a time"
        item = made.items.get()
        assert item.record_label == old.number and item.contents["ไฟล์"] == 1
        page = client_of("center_officer").get(reverse("office:record", args=["destruction", made.pk]))
        assert old.number in steps.said(page) and "ยังมิได้ทำลาย" in steps.said(page)
        approve(client_of, made)
        assert carry_out() == 0 and blob.exists(), "the time of grace is not over"
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(days=32), tick=False):
        assert carry_out() == 1
        assert carry_out() == 0
        case.refresh_from_db()
        assert case.destroyed_at and not bytes(case.file) and case.state == Case.State.REFERRED
        assert not Grant.objects.filter(envelope=case.envelope).exists()
        assert not Identity.objects.filter(receipt__case=case).exists()
        assert SealedFile.objects.filter(removed_at=None).count() == 0
        grave = Tombstone.objects.get(record_id=case.pk)
        assert grave.record_label == old.number and grave.contents == item.contents
        assert Entry.objects.filter(kind="retention.destroyed", subject_id=str(case.pk)).count() == 1
        # What counts stays; officer and sender are told plainly.
        assert figures(province, case.received_on, case.received_on).total == counted
        assert "ถูกทำลายตามกำหนด" in steps.said(steps.record_page(client_of("center_officer"), case))
        sender = steps.tracking(old)
        for answer in (sender.get(reverse("complaints:matter")), steps.send_more_raw(sender)):
            assert answer.status_code == 410 and "ถูกทำลายแล้วเมื่อ" in steps.said(answer)
        with pytest.raises(sealed.NotAMember):
            sealed.Tracker.from_code(old.code).open(case.receipts.get().correspondence)


def test_C21_a_new_message_puts_it_off(old: steps.Filed, client_of: Clients) -> None:
    with time_machine.travel(TEN_YEARS_ON, tick=False):
        made = listed()
        approve(client_of, made)
        assert steps.send_more(steps.tracking(old), "มีข้อมูลเพิ่มเติม").status_code == 303
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(days=32), tick=False):
        assert carry_out() == 1
        item = DestructionItem.objects.get()
        assert item.outcome == "spared" and "ความเคลื่อนไหว" in item.why
        assert old.case.destroyed_at is None and "มีข้อมูลเพิ่มเติม" in steps.matter(old)
        assert make_lists() == 0


def test_C21_a_hold_wins_until_another_person_lifts_it(old: steps.Filed, client_of: Clients) -> None:
    case = old.case
    with time_machine.travel(TEN_YEARS_ON, tick=False):
        approve(client_of, made := listed())
        held = {"hold_cause": "court", "document_no": "อ. 12/2579"}
        assert do(client_of("center_officer"), keeping.HoldCase, case, **held).status_code == 303
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(days=32), tick=False):
        carry_out()
        made.refresh_from_db()
        assert made.items.get().why == "มีการระงับการทำลาย" and old.case.destroyed_at is None
        assert make_lists() == 0
        hold = Hold.objects.get()
        letter = {"document_no": "อ. 12/2579 ถึงที่สุด"}
        assert do(client_of("center_officer"), LiftHold, hold, **letter).status_code == 403
        assert do(client_of("center_officer_2"), LiftHold, hold, **letter).status_code == 303
    # The hold was the last thing that happened to the case: its time starts again from there.
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(days=366 * 10), tick=False):
        assert make_lists() == 1


def test_nobody_destroys_alone(old: steps.Filed, client_of: Clients, world: dict[str, Any]) -> None:
    with time_machine.travel(TEN_YEARS_ON, tick=False):
        made = listed()
        assert do(client_of("officer"), HandIn, made).status_code == 404
        hand_in(client_of, made)
        assert do(client_of("center_officer"), Approve, made, agreed="on").status_code == 403
        answer = do(client_of("governor"), Approve, made)
        assert "หอจดหมายเหตุแห่งชาติยังมิได้แจ้ง" in steps.said(answer)
        governor = world["governor"].person
        Exclusion.objects.create(case=old.case, person=governor)
        assert do(client_of("governor"), Approve, made, agreed="on").status_code == 403
        page = client_of("governor").get(reverse("office:record", args=["destruction", made.pk]))
        assert old.number not in steps.said(page), "the one who is named does not learn the number"
        Exclusion.objects.all().delete()
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(days=61), tick=False):
        assert do(client_of("governor"), Approve, made).status_code == 303, "no answer within its time"
        with pytest.raises(IntegrityError), transaction.atomic():
            DestructionList.objects.update(handed_in_by=governor)
        assert (
            do(client_of("center_officer_2"), Stop, made, reason="ยังใช้ประกอบการตรวจสอบอยู่").status_code == 303
        )
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(days=120), tick=False):
        assert carry_out() == 0 and old.case.destroyed_at is None


def test_C22_a_changed_period_counts_for_old_cases(old: steps.Filed, province: Any) -> None:
    from prongsai.acts.models import RuleParameter

    # Rules are read anew every minute.
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(hours=1), tick=False):
        RuleParameter.objects.filter(province=province, key="complaint_retention").update(value=20)
        assert make_lists() == 0
        RuleParameter.objects.filter(province=province, key="complaint_retention").update(value=5)
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(hours=2), tick=False):
        assert make_lists() == 1


def test_open_cases_are_never_listed(client_of: Clients) -> None:
    with time_machine.travel(THEN):
        filed = steps.file_complaint()
        steps.screen(client_of("center_officer"), filed.case)
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(days=4000), tick=False):
        assert make_lists() == 0
        assert timezone.localdate() > filed.case.received_on


def test_C23_a_list_that_lies_raises_its_alarm(old: steps.Filed, client_of: Clients) -> None:
    from prongsai.acts.alarms import raise_alarms
    from prongsai.notices.models import Notice

    with time_machine.travel(TEN_YEARS_ON, tick=False):
        made = listed()
        assert Notice.objects.filter(kind="retention.make_list").exists()
    with time_machine.travel(TEN_YEARS_ON + dt.timedelta(days=62), tick=False):
        raise_alarms()
        told = Notice.objects.filter(record_id=str(made.pk)).exclude(kind="retention.make_list")
        assert told.exists() and old.case.destroyed_at is None
