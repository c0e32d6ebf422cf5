"""Who is protected, by what, and who hears of it (M6.2.3.(13))."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai import sealed
from prongsai.acts.alarms import raise_alarms
from prongsai.acts.models import Due
from prongsai.complaints.line import mark_of
from prongsai.complaints.models import Accused
from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.complaints.tests import steps as complaint
from prongsai.complaints.tests.traces import whole_database
from prongsai.ledger.models import Entry
from prongsai.notices.models import Notice
from prongsai.organisation.models import RoleAssignment
from prongsai.organisation.periods import today
from prongsai.protection.models import HrAction, ProtectionCase, RetaliationAlert
from prongsai.protection.tests import steps
from prongsai.protection.tests.steps import DANGER, REASON, REPORTER, act, page, try_act

pytestmark = pytest.mark.django_db


@pytest.mark.at("AT-M5-23")
def test_the_transfer_of_a_protected_reporter_by_the_accused_line_waits_and_raises_an_alert(client_of, world):
    _filed, case = steps.protected(client_of)
    head = client_of("head_agency")
    action = steps.record_action(head)
    other = steps.record_action(head, "คำปัน ตาคำ", order_no="ร่าง 13/2570")

    # The action waits: it is not in force yet. The agency sees the same of both, whoever is protected.
    assert [action.state, other.state] == ["review", "review"]
    head.get(reverse("office:my-work"))  # what was said of the buttons is read
    first, second = (as_anybodys(page(head, "hr-actions", a), a) for a in (action, other))
    assert "รอตรวจสอบตามระเบียบ" in first
    assert first == second
    assert Due.objects.filter(record_id__in=[action.pk, other.pk]).count() == 2

    # An alert to the protection officer, and to nobody of the agency.
    alert = RetaliationAlert.objects.get()
    assert (alert.case_id, alert.in_force, alert.state) == (case.pk, False, "open")
    told = set(Notice.objects.filter(record_id=str(alert.pk)).values_list("recipient_id", flat=True))
    assert told == {world[k].person.pk for k in ("protection_officer", "protection_officer_2")}
    assert page(head, "retaliation-alerts", alert).status_code == 404
    assert str(action.pk) not in str(alert.__dict__), "nothing stored leads from the alert to the action"

    # A person decides: the officer cannot pass the action by, proposes to stop it, and the governor stops it.
    officer, governor = client_of("protection_officer"), client_of("governor")
    assert try_act(officer, "protection.pass_hr_action", action).status_code == 409
    assert REPORTER in complaint.said(page(officer, "retaliation-alerts", alert))
    act(officer, "protection.propose_stop", alert, reason=REASON)
    action.refresh_from_db()
    assert action.state == "review", "a proposal changes nothing at the agency"
    assert try_act(officer, "protection.stop_action", alert, order_no="1", reason=REASON).status_code == 403
    act(governor, "protection.stop_action", alert, order_no="ลับ 9/2570", reason=REASON)
    action.refresh_from_db()
    assert (action.state, action.stop_order, alert.state) == ("stopped", "ลับ 9/2570", "stopped")
    act(officer, "protection.pass_hr_action", other)


def as_anybodys(answer: Any, action: HrAction) -> str:
    """The page of an action without what is its own: person, number, key, minute."""
    text = complaint.said(answer)
    for own in (action.person_label, action.order_no, str(action.pk)):
        text = text.replace(own, "…")
    return re.sub(r"csrfmiddlewaretoken.*?>|\d\d?[:.]\d\d|<time[^>]*>", "", text)


@pytest.mark.at("AT-M5-23")
def test_no_alert_without_the_line_after_the_year_or_for_somebody_else(client_of, world):
    steps.protected(client_of)
    steps.record_action(client_of("head_agency"), "รัตนา วงค์ษา")
    assert not RetaliationAlert.objects.exists(), "another person"
    ProtectionCase.objects.update(line_hashes=[b"x" * 32])
    steps.record_action(client_of("head_agency"))
    assert not RetaliationAlert.objects.exists(), "nobody of the line stands behind it"


def test_an_action_in_force_already_and_one_that_comes_after_the_year(client_of):
    steps.protected(client_of)
    long_ago = today() - dt.timedelta(days=400)
    ProtectionCase.objects.update(reported_on=long_ago, ordered_on=long_ago)
    steps.record_action(client_of("head_agency"), effective_on=steps.day())
    assert not RetaliationAlert.objects.exists()
    ProtectionCase.objects.update(reported_on=today())
    steps.record_action(client_of("head_agency"), effective_on=steps.day())
    alert = RetaliationAlert.objects.get()
    assert alert.in_force
    act(client_of("protection_officer"), "protection.let_pass", alert, reason=REASON)
    states = HrAction.objects.order_by("created_at").values_list("state", flat=True)
    assert list(states) == ["review", "passed"]


@pytest.mark.at("AT-M6-19")
def test_who_withdraws_keeps_what_protects_the_public_interest_and_the_secret(client_of):
    filed, case = steps.protected(client_of)
    tracked = complaint.tracking(filed)
    assert DANGER in complaint.said(tracked.get(reverse("protection:mine")))

    answer = tracked.post(reverse("protection:mine"), {"reason": "ย้ายที่อยู่แล้ว"})
    assert answer.status_code == 303

    case.refresh_from_db()
    assert (case.state, case.withdrawn_on) == ("protected", today())
    ends = {m.kind: m.end for m in case.measures.all()}
    assert ends == {"conceal": None, "no_adverse": None, "other_work": today()}
    text = complaint.said(tracked.get(reverse("protection:mine")))
    assert "มาตรการเพื่อประโยชน์สาธารณะคงอยู่" in text
    assert "ขอถอนการคุ้มครอง</button>" not in text
    # The record is kept, the identity is still secret, and an action still raises an alert.
    assert case.notes.count() == 3
    assert page(client_of("center_officer"), "protection", case).status_code == 404
    steps.record_action(client_of("head_agency"))
    assert RetaliationAlert.objects.count() == 1
    # Ended by a person only after the check of the twelfth month; the name stays secret for good.
    governor = client_of("governor")
    assert try_act(governor, "protection.end_protection", case, reason=REASON).status_code == 409
    officer = client_of("protection_officer")
    for _ in range(2):
        act(officer, "protection.record_review", case, found="no", reason=REASON)
    assert [r.month for r in case.reviews.all()] == [6, 12]
    assert not Due.objects.open().filter(record_id=case.pk).exists()
    act(governor, "protection.end_protection", case, reason=REASON)
    assert {m.kind for m in case.measures.filter(end=None)} == {"conceal"}


def test_two_persons_and_clocks(client_of):
    filed, case = steps.requested()
    officer = client_of("protection_officer")
    (due,) = Due.objects.filter(record_id=case.pk)
    assert (due.duty, due.rule_text, due.is_default) == ("protection.assess_request", "3 วันทำการ", True)
    for wrong, field in (
        ({"reporter": "สมชาย ไม่มีจริง"}, "reporter"),
        ({"line": "ไม่มีผู้นี้ ในทะเบียน"}, "line"),
        ({"line": REPORTER}, "line"),
        ({"reason": "สั้น"}, "reason"),
    ):
        data = {"risk": "low", "reporter": REPORTER, "line": "", "reason": REASON, **wrong}
        answer = try_act(officer, "protection.assess", case, **data)
        assert answer.status_code == 422
        assert complaint.problem_of(answer, field)
    steps.assess(officer, case)
    data = {
        "kinds": ["conceal"],
        "start": steps.day(),
        "order_no": "1",
        "order_date": steps.day(),
        "detail": REASON,
    }
    assert try_act(officer, "protection.order_protection", case, **data).status_code == 403
    answer = try_act(
        client_of("governor"), "protection.order_protection", case, **{**data, "end": steps.day(-5)}
    )
    assert complaint.problem_of(answer, "end")
    steps.order(client_of("vice_governor"), case, ("conceal",))
    open_duties = set(Due.objects.open().filter(record_id=case.pk).values_list("duty", flat=True))
    assert open_duties == {"protection.first_review", "protection.second_review"}
    again = steps.ask(filed, danger="อีกครั้ง")
    assert again.status_code in (303, 422)
    assert ProtectionCase.objects.count() == 1


def test_whoever_is_feared_by_name_never_holds_the_key(client_of, world):
    """A vice governor named by the reporter, an officer of protection named by the reporter."""
    vice, officer = world["vice_governor"].person, world["protection_officer_2"].person
    feared = f"{vice.full_name} และ {officer.first_name} {officer.last_name}"
    _filed, case = steps.requested(feared=feared)
    for who in ("vice_governor", "protection_officer_2"):
        assert page(client_of(who), "protection", case).status_code == 404
        assert not Notice.objects.filter(record_id=str(case.pk), recipient=world[who].person).exists()
    assert page(client_of("protection_officer"), "protection", case).status_code == 200
    # Named later, by the assessing officer: the key is taken off.
    _filed, second = steps.requested()
    assert page(client_of("vice_governor"), "protection", second).status_code == 200
    steps.assess(client_of("protection_officer"), second, line=f"{vice.first_name} {vice.last_name}")
    assert page(client_of("vice_governor"), "protection", second).status_code == 404


def test_whoever_is_accused_afterwards_loses_sight_of_the_file_and_so_does_everybody_below(
    client_of, unlocked_client_of, world
):
    """The key was sealed to them before anybody knew; the file says who the reporter is."""
    filed, case = steps.protected(client_of)
    steps.record_action(client_of("head_agency"))
    alert = RetaliationAlert.objects.get()
    for accused, out in (
        ("vice_governor", ["vice_governor"]),
        ("head_provincial_office", ["protection_officer", "protection_officer_2"]),
    ):
        for who in out:
            assert page(client_of(who), "protection", case).status_code == 200, who
        Accused.objects.create(case=filed.case, mark=mark_of(world[accused].person.pk))
        Notice.objects.all().delete()
        for who in out:
            client = client_of(who)
            assert page(client, "protection", case).status_code == 404, who
            assert page(client, "retaliation-alerts", alert).status_code == 404, who
            assert case.number not in complaint.said(
                client.get(reverse("office:register", args=["protection"]))
            )
    complaint.tracking(filed).post(reverse("protection:mine"), {"reason": ""})
    assert not Notice.objects.filter(record_id=str(case.pk)).exists(), "no officer is left who may hear of it"
    # The governor still may, and takes in an officer who is not concerned.
    assert page(client_of("governor"), "protection", case).status_code == 200
    person = world["officer_6"].person
    RoleAssignment.objects.create(person=person, role="protection_officer", start=today(), order_no="1/2570")
    sealed.create_keys(person, SAMPLE_PASSPHRASE)
    offered = complaint.said(
        unlocked_client_of("governor").get(reverse("office:act", args=["protection.add_officer", case.pk]))
    )
    assert person.full_name in offered
    assert world["protection_officer"].person.full_name not in offered
    act(unlocked_client_of("governor"), "protection.add_officer", case, person=person.pk)
    assert page(client_of("officer_6"), "protection", case).status_code == 200


def test_the_handler_may_offer_and_the_reporter_decides(client_of, unlocked_client_of):
    filed = complaint.file_signed()
    handler = client_of("center_officer")
    act(handler, "protection.propose_protection", filed.case, reason=REASON)
    case = ProtectionCase.objects.get()
    assert (case.state, page(handler, "protection", case).status_code) == ("proposed", 404)
    assert "ข้อเสนอการคุ้มครอง" in complaint.matter(filed)
    assert steps.ask(filed).status_code == 303
    case.refresh_from_db()
    assert (case.state, ProtectionCase.objects.count()) == ("requested", 1)
    text = complaint.said(page(unlocked_client_of("protection_officer"), "protection", case))
    assert all(word in text for word in (REPORTER, DANGER, filed.number, REASON))
    record = complaint.said(complaint.record_page(handler, filed.case))
    assert DANGER not in record
    assert case.number not in record


OTHERS = (
    "supervisor",
    "head_agency",
    "center_officer",
    "identity_custodian",
    "officer",
    "auditor",
    "system_admin",
)


def test_nobody_else_finds_a_file_or_an_alert_at_any_door(client_of, world):
    _filed, case = steps.protected(client_of)
    action = steps.record_action(client_of("head_agency"))
    alert = RetaliationAlert.objects.get()
    Due.objects.filter(record_id=case.pk).update(
        started_on=today() - dt.timedelta(days=9), due_on=today() - dt.timedelta(days=6)
    )
    raise_alarms()
    for who in OTHERS:
        client = client_of(who)
        for key, record in (("protection", case), ("retaliation-alerts", alert)):
            for kind in ("", "-csv", "-xlsx"):
                assert client.get(reverse(f"office:register{kind}", args=[key])).status_code == 404, who
            assert page(client, key, record).status_code == 404
        paper = ["protection", case.pk, "protection-request", "html"]
        assert client.get(reverse("office:document", args=paper)).status_code == 404
        assert try_act(client, "protection.record_review", case, found="no", reason=REASON).status_code == 404
        texts = [
            b"".join(answer.streaming_content) if answer.streaming else answer.content
            for name, arguments in (
                ("my-work", []),
                ("notices", []),
                ("register-csv", ["duties"]),
            )
            for answer in [client.get(reverse(f"office:{name}", args=arguments))]
        ]
        texts.append(client.get(reverse("office:search"), {"q": case.number}).content)
        found = (
            b"\n".join(texts).decode().replace(f'value="{case.number}"', "").replace(f"“{case.number}”", "")
        )
        assert str(case.pk) not in found, who
        assert case.number not in found, who
        seen = page(client, "hr-actions", action).status_code
        assert seen == (200 if who == "head_agency" else 404), who
    told = Notice.objects.filter(record_id__in=[str(case.pk), str(alert.pk)])
    allowed = {
        world[k].person.pk
        for k in ("protection_officer", "protection_officer_2", "governor", "vice_governor")
    }
    assert set(told.values_list("recipient_id", flat=True)) <= allowed
    assert not Entry.objects.filter(subject_type="protection.protectioncase", clauses__len__gt=0).exists()
    assert Client().get(reverse("protection:mine")).status_code == 303
    assert "น้อยกว่า 5 เรื่อง หรือไม่มี" in complaint.said(Client().get(reverse("protection:policy")))


def test_the_database_shows_neither_who_is_protected_nor_of_which_complaint(client_of, world):
    filed, case = steps.protected(client_of)
    person = world["officer"].person
    row = str({**case.__dict__, **case.measures.values().first()})
    assert str(filed.case.pk) not in row
    assert filed.number not in row
    assert f"'person_id': {person.pk}" not in row
    places = whole_database()
    for word in (DANGER, REASON):
        assert [name for name, text in places.items() if word.encode() in text] == []


def test_papers_for_who_has_the_key_in_hand(client_of, unlocked_client_of):
    _filed, case = steps.protected(client_of)
    officer = unlocked_client_of("protection_officer")
    for paper, words in (("protection-request", DANGER), ("protection-order", "ปกปิดตัวตนของผู้แจ้ง")):
        answer = officer.get(reverse("office:document", args=["protection", case.pk, paper, "html"]))
        assert answer.status_code == 200
        assert words in complaint.said(answer)
    other = ["protection.add_officer"]
    assert officer.get(reverse("office:act", args=[*other, case.pk])).status_code == 200
