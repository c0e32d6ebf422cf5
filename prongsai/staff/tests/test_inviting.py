"""A head invites; only whoever reads the mail can accept, once, in time."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.core.cache import cache
from django.db import connection
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai.ledger.models import Entry
from prongsai.notices.models import Notice
from prongsai.organisation.models import Person, User
from prongsai.organisation.tests.building import a_person
from prongsai.staff.acts import Invite, Resend, RevokeInvitation
from prongsai.staff.clock import lapse_invitations
from prongsai.staff.mailing import HAS_ACCOUNT, send_invitations
from prongsai.staff.models import Invitation
from prongsai.staff.tests.steps import do, make, sign_in
from prongsai.staff.thaid.identity import citizen_key, linked

pytestmark = pytest.mark.django_db

PASSWORD = "ปลาทูตากแห้งสิบสองตัว"
CITIZEN = "1101700230708"  # invented, with the right check digit
ANSWER = {"confirmed": "on", "password": PASSWORD, "again": PASSWORD}


@pytest.fixture(autouse=True)
def _no_attempts_counted() -> None:
    cache.clear()


@pytest.fixture
def head(client_of: Any) -> Client:
    return client_of("head_agency")


@pytest.fixture
def invited(head: Client, new_colleague: dict[str, Any], mail_server: Any) -> Invitation:
    assert make(head, Invite, **new_colleague).status_code == 303
    send_invitations()
    return Invitation.objects.get()


def link_in(mail_server: Any, number: int = -1) -> str:
    found = re.search(r"https://prongsai\.example(/account/invitation/\S+)", mail_server.bodies[number])
    assert found, mail_server.bodies[number]
    return found[1]


def opened(path: str) -> tuple[Client, Any]:
    """A stranger's browser follows a link; the page that it comes to."""
    client = Client()
    answer = client.get(path)
    assert answer.status_code == 303
    return client, client.get(answer.url)


def test_from_the_form_to_the_first_sign_in(invited: Invitation, mail_server: Any, world: dict[str, Any]):
    assert mail_server.recipients == ["malee.k@agency.example"]
    client, page = opened(link_in(mail_server))
    assert "นางสาวมาลี คำใส" in page.content.decode()
    assert "token" not in page.wsgi_request.path and page.wsgi_request.path == reverse("staff:invitation")
    answer = client.post(reverse("staff:invitation"), ANSWER)
    assert answer.status_code == 303
    person = Person.objects.get(user__email="malee.k@agency.example")
    assert (person.full_name, person.position) == ("นางสาวมาลี คำใส (ตัวอย่าง)", "นักวิชาการเกษตร")
    assert person.agency == world["head_agency"].person.agency
    browser, answer = sign_in("malee.k@agency.example", PASSWORD)
    assert answer.status_code == 302
    assert browser.get(reverse("office:my-work")).status_code == 200
    invited.refresh_from_db()
    assert (invited.state, invited.person) == (Invitation.State.JOINED, person)
    assert [
        e.kind for e in Entry.objects.for_subject("staff.invitation", str(invited.pk)).order_by("id")
    ] == [
        "staff.invite",
        "staff.accept_invitation",
    ]
    assert Notice.objects.filter(
        recipient=world["head_agency"].person, kind="staff.accept_invitation"
    ).exists()


def test_the_mail_says_no_more_than_needed(invited: Invitation, mail_server: Any, world: dict[str, Any]):
    text = mail_server.raw[0].decode("ascii", "replace") + mail_server.bodies[0]
    for word in ("มาลี", "คำใส", "นักวิชาการ", world["head_agency"].person.agency.name_th, "สมเจตน์"):
        assert word not in text
    assert mail_server.bodies[0].count("http") == 1


def test_what_is_stored_does_not_open_anything(invited: Invitation, mail_server: Any, new_colleague: Any):
    token = link_in(mail_server).rstrip("/").rpartition("/")[2]
    with connection.cursor() as cursor:
        cursor.execute("SELECT row_to_json(i)::text FROM staff_invitation i")
        (row,) = cursor.fetchone()
    assert len(token) == 43 and token not in row
    assert token not in str([(e.kind, e.content) for e in Entry.objects.all()])


def used(invited: Invitation, head: Client) -> None:
    client, _page = opened(_link(invited))
    assert client.post(reverse("staff:invitation"), ANSWER).status_code == 303


def withdrawn(invited: Invitation, head: Client) -> None:
    assert do(head, RevokeInvitation, invited).status_code == 303


def too_old(invited: Invitation, head: Client) -> None:
    Invitation.objects.update(expires_at=timezone.now())


def sent_again(invited: Invitation, head: Client) -> None:
    Invitation.objects.update(sent_at=timezone.now() - dt.timedelta(minutes=6))
    assert do(head, Resend, invited).status_code == 303


def _link(invited: Invitation) -> str:
    from prongsai.staff.links import token_of

    return reverse("staff:invitation-link", args=[token_of(invited.pk, 1)])


def without_token(page: Any) -> str:
    return re.sub('name="csrfmiddlewaretoken" value="[^"]*"', "", page.content.decode())


@pytest.mark.parametrize("how", [used, withdrawn, too_old, sent_again])
def test_a_link_that_is_over_looks_like_one_that_never_was(invited: Invitation, head: Client, how: Any):
    path = _link(invited)
    assert opened(path)[1].status_code == 200
    how(invited, head)
    client, page = opened(path)
    _stranger, never = opened(reverse("staff:invitation-link", args=["x" * 43]))
    assert page.status_code == never.status_code == 410
    assert without_token(page) == without_token(never)
    before = User.objects.count()
    assert client.post(reverse("staff:invitation"), ANSWER).status_code == 410
    assert User.objects.count() == before


def test_sending_again_gives_a_new_link_and_new_time(invited: Invitation, head: Client, mail_server: Any):
    assert do(head, Resend, invited).status_code == 409  # not within five minutes
    old = invited.expires_at
    sent_again(invited, head)
    send_invitations()
    assert link_in(mail_server) != link_in(mail_server, 0)
    invited.refresh_from_db()
    assert invited.expires_at > old and (invited.expires_at - invited.sent_at).days == 7
    client, _page = opened(link_in(mail_server))
    assert client.post(reverse("staff:invitation"), ANSWER).status_code == 303


def test_the_clock_says_what_has_lapsed(invited: Invitation):
    assert lapse_invitations() == 0
    Invitation.objects.update(expires_at=timezone.now())
    assert lapse_invitations() == 1
    invited.refresh_from_db()
    assert invited.state == Invitation.State.LAPSED


def test_an_address_with_an_account_is_answered_alike_and_only_its_reader_learns(
    head: Client, new_colleague: Any, mail_server: Any, world: dict[str, Any]
):
    known, unknown = world["officer_4"].email, "nobody@agency.example"
    answers = [make(head, Invite, **{**new_colleague, "email": email}) for email in (known, unknown)]
    assert [a.status_code for a in answers] == [303, 303]
    pages = [
        re.sub(r'value="[^"]*"|[0-9a-f-]{36}', "", head.get(a.url).content.decode()).replace(email, "")
        for a, email in zip(answers, (known, unknown), strict=True)
    ]
    assert [p.count("ส่งคำเชิญแล้ว") for p in pages] == [pages[0].count("ส่งคำเชิญแล้ว")] * 2
    send_invitations()
    bodies = dict(zip(mail_server.recipients, mail_server.bodies, strict=True))
    assert bodies[known] == HAS_ACCOUNT and "/account/invitation/" in bodies[unknown]
    # Even with the link, which nobody was sent, an open account is not touched.
    client, _page = opened(_link(Invitation.objects.get(email=known)))
    assert client.post(reverse("staff:invitation"), ANSWER).status_code == 409
    assert User.objects.get(email=known).person == world["officer_4"].person


def test_an_address_of_somebody_who_left_opens_a_new_account_and_nothing_of_the_old(
    head: Client, new_colleague: Any, mail_server: Any, world: dict[str, Any]
):
    old = world["officer_4"]
    Person.objects.filter(pk=old.person_id).update(end=dt.date(2024, 9, 30))
    make(head, Invite, **{**new_colleague, "email": old.email})
    send_invitations()
    client, _page = opened(link_in(mail_server))
    assert client.post(reverse("staff:invitation"), ANSWER).status_code == 303
    new = User.objects.get(email=old.email)
    former = User.objects.get(pk=old.pk)
    assert new.pk != old.pk and former.person_id == old.person_id
    assert not former.is_active and not former.has_usable_password()


def test_somebody_on_the_staff_list_is_not_entered_twice(
    head: Client, mail_server: Any, world: dict[str, Any]
):
    person = a_person(world["head_agency"].person.agency, first_name="คำแปง")
    made = make(head, Invite, email="kp@agency.example", person=person.pk, citizen_id="1-1017-00230-70-8")
    assert made.status_code == 303
    invitation = Invitation.objects.get()
    assert bytes(invitation.citizen_key) == citizen_key(CITIZEN)
    count = Person.objects.count()
    client, _page = opened(_link(invitation))
    assert client.post(reverse("staff:invitation"), ANSWER).status_code == 303
    user = User.objects.get(email="kp@agency.example")
    assert (user.person, Person.objects.count()) == (person, count)
    tie = linked(user)
    assert tie is not None and (tie.uid, tie.extra_data) == (citizen_key(CITIZEN).hex(), {})


def test_a_weak_password_or_no_confirmation_changes_nothing(invited: Invitation):
    client, _page = opened(_link(invited))
    for wrong, field in (
        ({**ANSWER, "confirmed": ""}, "confirmed"),
        ({**ANSWER, "password": "สั้น", "again": "สั้น"}, "password"),
        ({**ANSWER, "again": f"{PASSWORD} "}, "again"),
    ):
        answer = client.post(reverse("staff:invitation"), wrong)
        assert answer.status_code == 422 and field in answer.context["form"].errors
    invited.refresh_from_db()
    assert invited.state == Invitation.State.INVITED and not User.objects.filter(email=invited.email).exists()


def test_a_head_invites_for_the_own_agency_alone(
    client_of: Any, head: Client, new_colleague: Any, mail_server: Any, world: dict[str, Any]
):
    elsewhere = world["head_health"].person.agency_id
    assert make(head, Invite, **{**new_colleague, "agency": elsewhere}).status_code == 422
    stranger = a_person(world["head_health"].person.agency)
    assert make(head, Invite, email="x@y.example", person=stranger.pk).status_code == 422
    for who in ("officer", "supervisor", "system_admin", "center_officer"):
        assert make(client_of(who), Invite, **new_colleague).status_code == 403
    assert not Invitation.objects.exists()
    acting = {**new_colleague, "agency": world["acting_head"].person.agency_id}
    assert make(client_of("acting_head"), Invite, **acting).status_code == 303
    invitation = Invitation.objects.get()
    assert "รักษาราชการแทน" in invitation.invited_label
    for path in (
        reverse("office:record", args=["invitations", invitation.pk]),
        reverse("office:act", args=[RevokeInvitation.key(), invitation.pk]),
    ):
        assert head.get(path).status_code == 404


def test_a_server_that_refuses_is_seen_in_the_register(head: Client, new_colleague: Any, mail_server: Any):
    mail_server.answers["malee.k@agency.example"] = "550 5.1.1 no such mailbox"
    make(head, Invite, **new_colleague)
    send_invitations()
    page = head.get(reverse("office:register", args=["invitations"])).content.decode()
    assert "ส่งไม่ถึง" in page
    mail_server.stop()
    make(head, Invite, **{**new_colleague, "email": "second@agency.example"})
    assert send_invitations() == 1
    waiting = Invitation.objects.get(email="second@agency.example")
    assert (waiting.mail, waiting.mail_attempts) == (Invitation.Mail.QUEUED, 1)
    mail_server.start()
    assert send_invitations(timezone.now() + dt.timedelta(minutes=2)) == 1
    assert mail_server.recipients == ["second@agency.example"]


def test_two_who_accept_at_once_open_one_account(invited: Invitation):
    """The second finds the invitation used, though both had the page open."""
    first, second = opened(_link(invited))[0], opened(_link(invited))[0]
    assert first.post(reverse("staff:invitation"), ANSWER).status_code == 303
    assert second.post(reverse("staff:invitation"), ANSWER).status_code == 410
    assert User.objects.filter(email=invited.email).count() == 1


def test_without_a_mail_server_no_invitation_is_made(
    head: Client, new_colleague: Any, province: Any, settings: Any
):
    settings.SMTP_URL = ""
    type(province).objects.update(is_sample=False)
    answer = make(head, Invite, **new_colleague)
    assert answer.status_code == 409 and "เครื่องแม่ข่ายอีเมล" in answer.content.decode()
    assert not Invitation.objects.exists()
