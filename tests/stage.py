"""Who tries, and on what: ten kinds of people, and the sample province with a matter in every state."""

from __future__ import annotations

import zlib
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from django.core.cache import cache
from django.db import transaction
from django.test import Client
from django.urls import reverse

from prongsai import sealed
from prongsai.acts import perform
from prongsai.complaints import acts, keeping, reveal
from prongsai.complaints.intake import tracking_code
from prongsai.complaints.models import Case, Channel, Ground, PostalItem, Reveal
from prongsai.complaints.sample import (
    SAMPLE_PASSPHRASE,
    Story,
    load_sample_matters,
    sample_token,
)
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Province, User
from prongsai.organisation.sample import SAMPLE_DOMAIN
from prongsai.retention import acts as retention
from prongsai.retention.disposables import disposable
from prongsai.retention.models import Hold
from prongsai.signin.testing import sign_in
from prongsai.staff.tests.records import staff_records
from tests import inquiries
from tests.committees import every_state
from tests.secret_rooms import every_secret

REASON = "เหตุผลที่ยาวพอสำหรับการทดสอบสิทธิของแต่ละบทบาทในระบบ"
# The sample account of each; None: nobody signed in. The accused agency of the matters is the officer's own.
CAST: dict[str, str | None] = {
    "anyone": None,
    "citizen": None,  # with the tracking code of one matter
    "elsewhere": "officer_4",  # an officer of another agency
    "officer": "officer",
    "supervisor": "supervisor",
    "head": "head_agency",
    "centre": "center_officer",
    "custodian": "identity_custodian",
    "auditor": "auditor",
    "admin": "system_admin",
}
PUBLIC = ("anyone", "citizen")
STAFF = tuple(name for name in CAST if name not in PUBLIC)


def some_of(names: Sequence[str], what: str, how_many: int = 3) -> set[str]:
    """Other ones for each door, the same in every run: who is not named in the table is like everybody else there."""
    first = zlib.crc32(what.encode())
    return {names[(first + 3 * i) % len(names)] for i in range(how_many)}


@dataclass
class Stage:
    province: Province
    users: dict[str, Any]
    clients: dict[str, Client] = field(default_factory=dict)

    @cached_property
    def papers(self) -> dict[str, str]:
        """The printed recovery keys; made before any matter, so that they open every one."""
        return {slot: sealed.create_recovery_key(slot, self.province.pk) for slot in ("centre", "custodians")}

    @cached_property
    def story(self) -> Story:
        return Story(self.province, self.users)

    @cached_property
    def cases(self) -> dict[str, Case]:
        """A matter in every state, by the state's name; ``unsigned``: in screening, without a signature."""
        found = {case.state: case for case in map(self.fresh, load_sample_matters(self.province, self.users))}
        story = self.story
        unsigned = story.file(90, (), "DOAE", "เบาะแสที่มิได้ลงชื่อ", 2)
        story.screen(unsigned)
        proposed = story.file(91, (Ground.NEGLECT,), "DOAE", "เรื่องที่เสนอไม่รับ", 30)
        story.ask(proposed, foundation=Case.Foundation.UNFOUNDED, by="center_officer_2")
        perform(acts.ReturnUnanswered, self.fresh(proposed), actor=Actor.system(self.province))
        story.do(acts.RecordCheck, proposed, "center_officer_2", text=REASON)
        words = {"ground": "2.4.2", "reason": REASON, "notice": REASON}
        story.do(acts.ProposeRefusal, proposed, "center_officer_2", **words)
        return {**found, "unsigned": self.fresh(unsigned), "refuse_proposed": self.fresh(proposed)}

    @cached_property
    def reveals(self) -> dict[str, Reveal]:
        """Requests of the centre's officer to see an identity: one waiting, one allowed."""
        asked = {}
        for state, case in (("requested", self.cases["more_info"]), ("approved", self.cases["screening"])):
            data = {"purpose": Reveal.Purpose.values[0], "document_no": "1/2570", "reason": REASON}
            perform(reveal.RequestReveal, self.fresh(case), actor=self.actor("centre"), data=data)
            asked[state] = Reveal.objects.get(case=case)
        keeper = self.unlocked("custodian")
        path = reverse("office:act", args=["complaints.allow_reveal", asked["approved"].pk])
        assert keeper.post(path, {"version": asked["approved"].version}).status_code == 303
        keeper.post(reverse("sealed:lock"))
        return {state: Reveal.objects.get(pk=found.pk) for state, found in asked.items()}

    @cached_property
    def letter(self) -> PostalItem:
        """A letter on paper that a colleague of the centre's officer opened."""
        assert self.cases
        return PostalItem.objects.get(receipt__channel=Channel.POST_ANONYMOUS)

    @cached_property
    def committees(self) -> dict[str, Any]:
        """Committees, meetings, items and prompts by what is to be tried on them (``tests/committees.py``)."""
        return every_state(self.province, self.users)

    @cached_property
    def retention(self) -> dict[str, Any]:
        """A hold that a colleague placed, and a list of what is due."""
        held, case = self.fresh(self.cases["refused"]), self.fresh(self.cases["referred"])
        data = {"hold_cause": "court", "document_no": "อ. 1/2569"}
        perform(keeping.HoldCase, held, actor=self.actor("center_officer_2"), data=data)
        kind = disposable("complaints.case")
        made = {"disposable": kind, "records": [case]}
        listed = perform(retention.MakeList, None, actor=Actor.system(self.province), data=made).record
        return {"hold": Hold.objects.get(), "list": listed}

    @cached_property
    def inquiries(self) -> dict[str, Any]:
        """Inquiries, their parts and their cases by what is to be tried on them (``tests/inquiries.py``)."""
        return inquiries.every_state(self.province, self.users)

    @cached_property
    def staff(self) -> dict[str, Any]:
        """An invitation, a role proposed and one given, a departure: of the head's agency."""
        return staff_records(self.users, self.papers["custodians"])

    @cached_property
    def secrets(self) -> dict[str, Any]:
        """A thread of the confidential channel, protection files, personnel actions, an alert (``tests/secret_rooms.py``)."""
        return every_secret(self.province, self.users, self.cases)

    def refresh(self) -> None:
        """The records in hand as the database has them: an attempt that was taken back may have changed them."""
        shelves = (
            self.cases,
            self.reveals,
            self.retention,
            self.committees,
            self.inquiries,
            self.secrets,
            self.staff,
        )
        for record in (record for shelf in shelves for record in shelf.values()):
            record.refresh_from_db()

    def fresh(self, case: Case) -> Case:
        return Case.objects.select_related("province", "envelope", "agency").get(pk=case.pk)

    def actor(self, name: str) -> Actor:
        if name == "anyone":
            return Actor.anonymous(self.province)
        if name == "citizen":
            return Actor.tracker(self.province, str(self.cases["more_info"].pk))
        return Actor.of(self.users[CAST.get(name) or name].person)

    def client(self, name: str) -> Client:
        """The browser of one of the cast (or of any sample account); the same one each time."""
        if name not in self.clients:
            self.clients[name] = client = Client()
            if name == "citizen":
                self._track(client)
            elif name != "anyone":
                user = self.users[CAST.get(name) or name]
                sign_in(client, user)
        return self.clients[name]

    def unlocked(self, name: str) -> Client:
        client = self.client(name)
        answer = client.post(reverse("sealed:unlock"), {"passphrase": SAMPLE_PASSPHRASE})
        assert answer.status_code == 302
        return client

    def _track(self, client: Client) -> None:
        code = sealed.format_code(tracking_code(sample_token(2)))
        answer = client.post(
            reverse("complaints:track"), {"number": self.cases["more_info"].number, "code": code}
        )
        assert answer.status_code == 303


def outcome(response: Any) -> int | str:
    """The status; for a redirect whether it asks to sign in or leads elsewhere."""
    if response.status_code not in (301, 302, 303):
        return int(response.status_code)
    return "sign in" if response["Location"].startswith(reverse("account_login")) else "moved"


@contextmanager
def built(province: str) -> Iterator[Stage]:
    """The stage, in a transaction that ends with it."""
    users = {
        user.email.removesuffix(f"@{SAMPLE_DOMAIN}"): user for user in User.objects.select_related("person")
    }
    with transaction.atomic():
        stage = Stage(Province.objects.get(pk=province), users)
        assert stage.papers and stage.reveals and stage.staff and stage.retention
        assert stage.committees and stage.inquiries and stage.secrets
        for name in CAST:
            stage.client(name)
        yield stage
        transaction.set_rollback(True)


@contextmanager
def played(stage: Stage) -> Iterator[Stage]:
    """One attempt; afterwards everything stands where it stood: rows, browsers, kept pages."""
    browsers = {name: (client, deepcopy(client.cookies)) for name, client in stage.clients.items()}
    cache.clear()
    with transaction.atomic():
        yield stage
        transaction.set_rollback(True)
    stage.clients = {name: client for name, (client, _cookies) in browsers.items()}
    for client, cookies in browsers.values():
        client.cookies = cookies
