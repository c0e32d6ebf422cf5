"""The inbox: who is told, and what counts as unread."""

from datetime import timedelta

from prongsai import notices
from prongsai.notices.models import Mailing, Notice
from prongsai.organisation.periods import today
from prongsai.organisation.tests.building import a_person, an_account


def test_G42_whoever_left_is_not_told(agency, django_assert_num_queries):
    here, left, closed, without_account = (a_person(agency) for _ in range(4))
    an_account(here, "here@example.go.th")
    an_account(closed, "closed@example.go.th", is_active=False)
    team = [here.pk, left.pk, closed.pk, without_account.pk, here.pk]
    # Named while the matter began, gone when it is told.
    type(left).objects.filter(pk=left.pk).update(end=today() - timedelta(days=1))
    with django_assert_num_queries(1):
        told = notices.tell(person_ids=lambda: team, text="มีเรื่องใหม่ 1/2569", record=("tests.matter", "7"))
    assert told == 2
    assert set(Notice.objects.values_list("recipient_id", flat=True)) == {here.pk, without_account.pk}


def test_whoever_did_it_is_not_told_of_it(agency):
    doer, other = a_person(agency), a_person(agency)
    assert notices.tell(person_ids=[doer.pk, other.pk], text="มีเรื่องใหม่", told_by=doer.pk) == 1
    assert Notice.objects.get().recipient == other


def test_without_a_mail_server_nothing_is_queued_and_it_is_said(agency, settings):
    settings.SMTP_URL = ""
    notices.tell(person_ids=[a_person(agency).pk], text="มีเรื่องใหม่")
    assert Notice.objects.get().mailing == Mailing.NONE
    assert notices.deliver() == 0
    health = notices.mail_health()
    assert not health.configured and "PRONGSAI_SMTP_URL" in health.words


def test_reading_marks_only_ones_own(agency):
    one, other = a_person(agency), a_person(agency)
    notices.tell(person_ids=[one.pk, other.pk], text="มีเรื่องใหม่")
    notices.tell(person_ids=[one.pk], text="มีเรื่องใหม่อีก")
    foreign = Notice.objects.get(recipient=other)
    assert notices.mark_read(one, [foreign.pk]) == 0
    assert notices.unread_count(one) == 2
    assert notices.mark_read(one) == 2
    assert notices.unread_count(one) == 0
    assert notices.unread_count(other) == 1
