"""For the stage: the confidential channel with a thread, protection files, personnel actions and alerts, ready for their acts."""

from __future__ import annotations

import datetime as dt
from typing import Any, cast

from prongsai.acts import perform
from prongsai.complaints.models import Case
from prongsai.confidential.acts import OpenReport
from prongsai.confidential.models import ChannelKey, Deputy
from prongsai.confidential.tests.steps import Sender, open_channel
from prongsai.organisation.actors import Actor
from prongsai.organisation.periods import today
from prongsai.protection import acts
from prongsai.protection.models import HrAction, ProtectionCase, RetaliationAlert
from prongsai.protection.sample import REASON, ask, give_instruction, load_sample_protection


def every_secret(province: Any, users: dict[str, Any], cases: dict[str, Case]) -> dict[str, Any]:
    """Records by what is to be tried on them."""
    open_channel(users)
    report = Sender().sent(province)
    perform(OpenReport, report, actor=Actor.of(users["governor"].person))
    protected, requested = load_sample_protection(province, users, [cases["received"], cases["screening"]])
    assessed = ask(province, cases["more_info"], "ผู้แจ้งสมมติ ค")
    officer = Actor.of(users["protection_officer_2"].person)
    data = {"risk": "low", "reporter": None, "line": [], "reason": REASON}
    perform(acts.Assess, assessed, actor=officer, data=data)
    for_an_agency = _ordered(users, ask(province, cases["unsigned"], "ผู้แจ้งสมมติ ง"))
    alert = RetaliationAlert.objects.get()
    waiting = HrAction.objects.get(person=users["officer_2"].person)
    found = {
        "channel opened": report,
        "channel key": ChannelKey.objects.get(person=users["governor"].person),
        "channel deputy": Deputy.objects.get(),
        "protection requested": requested,
        "protection assessed": assessed,
        "protection protected": protected,
        "protection for an agency": for_an_agency,
        "instruction given": give_instruction(for_an_agency, users, "head_agency"),
        "hr review": waiting,
        "hr asked": _asked(users),
        "alert open": alert,
        "alert proposed": _proposed(users),
    }
    for record in found.values():
        record.refresh_from_db()
    return found


def _ordered(users: dict[str, Any], case: ProtectionCase) -> ProtectionCase:
    """A file under protection from nobody of an agency whose head can carry something out."""
    data = {"risk": "low", "reporter": None, "line": [], "reason": REASON}
    perform(acts.Assess, case, actor=Actor.of(users["protection_officer_2"].person), data=data)
    order = {
        "order_no": "ตัวอย่าง 3/2570",
        "order_date": today(),
        "start": today(),
        "end": None,
        "detail": REASON,
    }
    case.refresh_from_db()
    governor = Actor.of(users["governor"].person)
    perform(acts.OrderProtection, case, actor=governor, data={"kinds": ["no_adverse"], **order})
    return case


def _proposed(users: dict[str, Any]) -> RetaliationAlert:
    """Another action on the protected reporter: the officer proposes to stop it."""
    _record(users, "officer", "ร่าง 15/2570")
    alert = RetaliationAlert.objects.latest("created_at")
    perform(
        acts.ProposeStop, alert, actor=Actor.of(users["protection_officer"].person), data={"reason": REASON}
    )
    return alert


def _asked(users: dict[str, Any]) -> HrAction:
    action = _record(users, "officer_3", "ร่าง 14/2570")
    perform(acts.AskReason, action, actor=Actor.of(users["protection_officer"].person))
    return action


def _record(users: dict[str, Any], whom: str, number: str) -> HrAction:
    data = {"whom": users[whom].person, "action": "evaluation", "order_no": number, "reason": REASON}
    data["effective_on"] = today() + dt.timedelta(days=30)
    head = Actor.of(users["head_agency"].person)
    return cast(HrAction, perform(acts.RecordHrAction, None, actor=head, data=data).record)
