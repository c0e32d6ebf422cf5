"""A lost passphrase, through the pages: new keys at once, what they open only with the paper in another person's hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client
from django.urls import reverse

from prongsai import sealed
from prongsai.complaints.tests import steps
from prongsai.ledger.models import Entry
from prongsai.staff.models import KeyRecovery, RecoveryDrill

pytestmark = pytest.mark.django_db
Clients = Callable[[str], Client]
NEW = "ต้นไม้สามต้นริมแม่น้ำเก่า"


@pytest.fixture
def papers(province: Any) -> dict[str, str]:
    return {slot: sealed.create_recovery_key(slot, province.pk) for slot in ("centre", "custodians")}


def lose(client: Client) -> Any:
    answers = {"passphrase": NEW, "again": NEW, "understood": "on"}
    return client.post(reverse("office:make", args=["staff.request_recovery"]), answers)


def recover(client: Client, recovery: KeyRecovery, printed: str) -> Any:
    address = reverse("office:act", args=["staff.recover", recovery.pk])
    return client.post(address, {"printed": printed, "version": recovery.version})


def opens(client: Client, filed: steps.Filed, passphrase: str) -> bool:
    client.post(reverse("sealed:unlock"), {"passphrase": passphrase})
    return steps.NARRATIVE in steps.said(steps.record_page(client, filed.case))


def test_C38_the_paper_gives_back_what_the_lost_passphrase_opened(
    papers: dict[str, str], client_of: Clients
) -> None:
    filed, officer, colleague = (
        steps.file_complaint(),
        client_of("center_officer"),
        client_of("center_officer_2"),
    )
    assert reverse("office:make", args=["staff.request_recovery"]) in steps.said(
        officer.get(reverse("sealed:unlock"))
    )
    assert lose(officer).status_code == 303
    recovery = KeyRecovery.objects.get()
    assert not opens(officer, filed, NEW), "the new keys open nothing old by themselves"

    assert recover(officer, recovery, papers["centre"]).status_code == 403, "nobody for himself"
    assert recover(client_of("officer"), recovery, papers["centre"]).status_code == 404
    other_end = "1" if papers["centre"].endswith("0") else "0"
    wrong = recover(colleague, recovery, papers["centre"][:-1] + other_end)
    assert wrong.status_code in (409, 422) and papers["centre"][:30] not in steps.said(wrong)
    other = recover(colleague, recovery, papers["custodians"])
    assert "กุญแจกู้คืนอีกดอก" in steps.said(other), "the custodians' paper is not of this person's side"
    recovery.refresh_from_db()
    assert recovery.state == KeyRecovery.State.WAITING

    assert recover(colleague, recovery, papers["centre"].lower().replace("-", " ")).status_code == 303
    recovery.refresh_from_db()
    assert recovery.state == KeyRecovery.State.RECOVERED and recovery.given and recovery.slot == "centre"
    assert opens(officer, filed, NEW)
    told = " ".join(str(entry.content) for entry in Entry.objects.filter(kind__startswith="staff.rec"))
    assert papers["centre"][-20:] not in told and NEW not in told


def test_a_drill_gives_nothing_and_is_on_record(
    papers: dict[str, str], client_of: Clients, province: Any
) -> None:
    from prongsai.sealed.models import Grant

    steps.file_complaint()
    before, address = Grant.objects.count(), reverse("office:make", args=["staff.drill_recovery"])
    custodian = client_of("identity_custodian")
    assert custodian.post(address, {"printed": papers["custodians"]}).status_code == 303
    drill = RecoveryDrill.objects.get()
    assert (drill.state, drill.tried, drill.opened, drill.slot) == ("passed", 1, 1, "custodians")
    sealed.create_recovery_key("custodians", province.pk)  # the paper in the safe is a former one now
    assert custodian.post(address, {"printed": papers["custodians"]}).status_code == 303
    assert RecoveryDrill.objects.latest("created_at").state == "failed"
    assert custodian.post(address, {"printed": "PRONGSAI-RECOVERY-CENTRE-0000"}).status_code in (409, 422)
    assert client_of("officer").post(address, {"printed": papers["centre"]}).status_code == 403
    assert Grant.objects.count() == before
