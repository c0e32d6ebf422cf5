"""Who gets the mail is decided when it goes out: settings, quiet hours, caps, and posts that changed overnight."""

from __future__ import annotations

import datetime as dt
from typing import Any
from zoneinfo import ZoneInfo

import pytest

from prongsai import notices
from prongsai.notices.models import Mailing, MailSettings, Notice, Outgoing
from prongsai.organisation.models import ActingAppointment, Person, Tenure
from prongsai.organisation.periods import today
from prongsai.organisation.tests.building import START, a_post

BANGKOK = ZoneInfo("Asia/Bangkok")
Delivery = MailSettings.Delivery
HOUR, MINUTE = dt.timedelta(hours=1), dt.timedelta(minutes=1)


def at(hour: int, minute: int = 0, day: int = 0) -> dt.datetime:
    return dt.datetime(2026, 11, 16, hour, minute, tzinfo=BANGKOK) + dt.timedelta(days=day)


def tell(*people: Person, **more: Any) -> None:
    notices.tell(person_ids=[p.pk for p in people], text="มีเรื่องใหม่", **more)


def wants(person: Person, delivery: str = Delivery.AT_ONCE, quiet: tuple[int, int] = (20, 7)) -> None:
    MailSettings.objects.create(person=person, delivery=delivery, quiet_from=quiet[0], quiet_to=quiet[1])


def test_G42_whoever_left_between_the_telling_and_the_mail_gets_none(somebody: Any, mail_server: Any) -> None:
    stays, left, closed = somebody("stays"), somebody("left"), somebody("closed")
    tell(stays, left, closed)
    Person.objects.filter(pk=left.pk).update(end=today() - dt.timedelta(days=1))
    type(closed.user).objects.filter(person=closed).update(is_active=False)
    notices.deliver(at(10))
    assert mail_server.recipients == ["stays@agency.example"]
    assert Notice.objects.filter(mailing=Mailing.WITHHELD).count() == 2


def test_G42_a_mail_that_is_tried_again_is_not_sent_to_who_has_left_meanwhile(
    somebody: Any, mail_server: Any
) -> None:
    person = somebody("leaving")
    mail_server.answers["leaving@agency.example"] = "451 4.3.0 later"
    tell(person)
    notices.deliver(at(10))
    mail_server.answers.clear()
    Person.objects.filter(pk=person.pk).update(end=today() - dt.timedelta(days=1))
    notices.deliver(at(10, 5))
    assert mail_server.letters == []
    assert Outgoing.objects.get().state == Outgoing.State.WITHHELD
    notices.deliver(at(10, 6))
    assert Notice.objects.get().mailing == Mailing.WITHHELD and Outgoing.objects.count() == 1


def test_a_notice_to_the_head_follows_the_post_to_the_successor_and_to_the_acting_head(
    province: Any, agency: Any, somebody: Any, mail_server: Any
) -> None:
    post = a_post(agency)
    before, after, acting, elsewhere = (somebody(n) for n in ("before", "after", "acting", "elsewhere"))
    tenure = Tenure.objects.create(post=post, person=before, start=START)
    head = notices.To("head_agency", province, agency.pk, "M5.2.1")
    assert notices.tell(to=[head], text="เกินกำหนด", is_duty=True) == 1
    notices.deliver(at(23))  # quiet: it waits
    Tenure.objects.filter(pk=tenure.pk).update(end=today() - dt.timedelta(days=1))
    Tenure.objects.create(post=post, person=after, start=today())
    order = {"post": post, "start": today(), "end": today(), "order_no": "1/2569", "kind": "acting_for"}
    ActingAppointment.objects.create(person=acting, measures=["M5"], **order)
    notices.deliver(at(7, day=1))
    assert sorted(mail_server.recipients) == ["acting@agency.example", "after@agency.example"]
    assert notices.unread_count(after) == notices.unread_count(acting) == 1
    assert notices.unread_count(elsewhere) == 0
    notices.deliver(at(8, day=1))
    assert len(mail_server.letters) == 2


def test_an_acting_order_for_another_measure_does_not_count(
    province: Any, agency: Any, somebody: Any, mail_server: Any
) -> None:
    post, acting = a_post(agency), somebody("acting")
    order = {"post": post, "start": today(), "end": today(), "order_no": "1/2569", "kind": "acting_for"}
    ActingAppointment.objects.create(person=acting, measures=["M1"], **order)
    assert notices.tell(to=[notices.To("head_agency", province, agency.pk, "M5.2.1")], text="เกินกำหนด") == 0


def test_quiet_hours_hold_back_even_what_is_owed_until_the_morning(somebody: Any, mail_server: Any) -> None:
    person = somebody("asleep")
    tell(person, is_duty=True)
    for night in (at(20), at(23, 59), at(6, 59, day=1)):
        assert notices.deliver(night) == 0
    notices.deliver(at(7, day=1))
    assert mail_server.recipients == ["asleep@agency.example"]


def test_a_failed_mail_is_not_tried_again_at_night(somebody: Any, mail_server: Any) -> None:
    mail_server.answers["late@agency.example"] = "451 later"
    tell(somebody("late"))
    notices.deliver(at(19, 59))
    mail_server.answers.clear()
    notices.deliver(at(20, 1))
    assert mail_server.letters == []
    assert Outgoing.objects.get().next_attempt_at == at(7, day=1)
    notices.deliver(at(7, day=1))
    assert len(mail_server.letters) == 1


@pytest.mark.parametrize(("quiet", "hour", "sent"), [((12, 13), 12, 0), ((12, 13), 13, 1), ((9, 9), 9, 1)])
def test_quiet_hours_are_ones_own(quiet: Any, hour: int, sent: int, somebody: Any, mail_server: Any) -> None:
    person = somebody("own")
    wants(person, quiet=quiet)
    tell(person)
    assert notices.deliver(at(hour)) == sent


def test_a_daily_digest_is_one_mail_in_the_morning_with_duties_first(somebody: Any, mail_server: Any) -> None:
    person = somebody("daily")
    wants(person, Delivery.DAILY)
    tell(person, number="ก 1/รร/0001/2570")
    tell(person, number="ก 1/รร/0002/2570", is_duty=True)
    assert notices.deliver(at(7, 30)) == 0
    notices.deliver(at(8))
    (body,) = mail_server.bodies
    assert body.index("0002/2570") < body.index("0001/2570")
    tell(person)
    assert notices.deliver(at(15)) == 0
    assert notices.deliver(at(8, day=1)) == 1


def test_no_setting_silences_a_duty(somebody: Any, mail_server: Any) -> None:
    person = somebody("duties")
    wants(person, Delivery.DUTIES)
    tell(person)
    tell(person, is_duty=True)
    assert notices.deliver(at(10)) == 1
    assert "มีหน้าที่ดำเนินการ" in mail_server.bodies[0]
    assert notices.unread_count(person) == 2


def test_what_was_read_in_the_meantime_needs_no_mail(somebody: Any, mail_server: Any) -> None:
    person = somebody("reader")
    tell(person)
    notices.mark_read(person)
    assert notices.deliver(at(10)) == 0


def test_C45_seven_hundred_reports_are_not_seven_hundred_mails(somebody: Any, mail_server: Any) -> None:
    person = somebody("flooded")
    for _ in range(700):
        tell(person)
    notices.deliver(at(10))
    (body,) = mail_server.bodies
    assert "700 รายการ" in body and "และอีก 650 รายการ" in body


def test_C45_after_the_most_of_an_hour_the_rest_comes_together(
    somebody: Any, mail_server: Any, settings: Any
) -> None:
    settings.MAIL_HOURLY = 3
    person, other = somebody("busy"), somebody("other")
    for minute in range(10):
        tell(person)
        notices.deliver(at(10, minute))
    assert len(mail_server.letters) == 3
    tell(other)
    notices.deliver(at(10, 30))
    assert mail_server.recipients[3:] == ["other@agency.example"]
    notices.deliver(at(11) + MINUTE)
    assert mail_server.recipients[4:] == ["busy@agency.example"] and "7 รายการ" in mail_server.bodies[4]
    assert not Notice.objects.waiting().exists()


def test_whoever_is_barred_after_the_telling_gets_no_mail(
    somebody: Any, mail_server: Any, monkeypatch: Any
) -> None:
    from prongsai.notices import addressing

    person, named = somebody("person"), somebody("named")
    tell(person, named, record=("tests.matter", "7"))
    monkeypatch.setitem(addressing._bars, "tests.matter", lambda records, people: {("7", named.pk)})
    notices.deliver(at(10))
    assert mail_server.recipients == ["person@agency.example"]
