"""Every door of open data after a whole complaint: not a word of it, not its number, not who worked on it (G38, AT-X-06)."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
from django.core.cache import cache
from django.test import Client
from django.urls import reverse

from prongsai import ledger
from prongsai.complaints.tests import steps
from prongsai.compliance.models import Clause
from prongsai.ledger.models import Entry
from prongsai.organisation.models import Agency
from prongsai.registers import public_registers

MARKS = ("ฆฌฏฐฑฒณ", "ฟฝผภฤฦ", "ฎฏฐฆฌฅ", "ฃฅฆฌฌฌ")
PROMISE = json.loads(files("prongsai.api").joinpath("openapi.json").read_text(encoding="utf-8"))


def doors(agency: Agency, entries: list[int], size: int) -> Iterator[str]:
    """Each address of the API with values that exist, every clause, every file, feed, calendar and map."""
    values = {"agency_id": [agency.pk], "entry": entries, "tree_size": [size], "code": list(_codes())}
    for path in PROMISE["paths"]:
        if path.endswith("/consistency"):
            path += f"?old_size={size}&new_size={size}"
        keys = [r.key for r in public_registers()] if "/registers/" in path else ["chiang-mai-2563"]
        addresses = [path.replace("{key}", key) for key in keys] if "{key}" in path else [path]
        for name, known in values.items():
            if f"{{{name}}}" in path:
                addresses = [a.replace(f"{{{name}}}", str(value)) for a in addresses for value in known]
        yield from addresses
    yield from (f"/api/v1/registers/{r.key}/rows?lang=en" for r in public_registers())
    yield "/api/v1/statistics/complaints?quarter=1"
    yield from (f"/registers/{r.key}.{kind}" for r in public_registers() for kind in ("csv", "json"))
    for kind in ("rss", "atom"):
        yield from (f"/feeds/{name}.{kind}" for name in ("evidence", "statements", f"agencies/{agency.pk}"))
        yield from (f"/feeds/clauses/chiang-mai-2563/{code}.{kind}" for code in ("M5.2.1", "M5.2.4.3"))
    yield from (
        "/calendar.ics",
        "/data/catalog.json",
        "/sitemap.xml",
        "/sitemap-evidence-1.xml",
        "/robots.txt",
    )


def _codes() -> Iterator[str]:
    yield from Clause.objects.filter(code__startswith="M5").values_list("code", flat=True)


def read(client: Client, address: str) -> tuple[int, str]:
    cache.clear()
    answer = client.get(address)
    body = b"".join(answer.streaming_content) if answer.streaming else answer.content  # type: ignore[arg-type]
    return answer.status_code, body.decode("utf-8-sig")


def test_G38_C27_no_door_says_anything_of_a_matter(world: dict[str, Any], client_of: Any, done: Any) -> None:
    narrative, name, address, note = MARKS
    agency = Agency.objects.get(province="50", code="DLT")
    before = set(Entry.objects.values_list("pk", flat=True))
    filed = steps.file_complaint(
        narrative=f"เรียกรับเงิน {narrative} เพื่อออกใบอนุญาต", name=f"นาง{name} สมมติ", address=f"๙ {address}"
    )
    internal = done(
        "M1.2.4", secrecy="S1", actor_label=f"นาย{note}", agency_id=agency.pk, content={"note": note}
    )
    public = done("M5.2.5", agency_id=agency.pk)
    ledger.integrate()
    secret = [
        pk for pk in Entry.objects.values_list("pk", flat=True) if pk not in {*before, internal, public}
    ]
    size = ledger.Checkpoint.objects.latest().tree_size
    forbidden = [
        *MARKS,
        filed.number,
        filed.code,
        str(filed.case.pk),
        steps.EMAIL,
    ]
    statuses: dict[str, int] = {}

    for client in (client_of("anonymous"), client_of("center_officer")):
        for door in doors(agency, [internal, public, *secret], size):
            status, text = read(client, door)
            assert status in (200, 404), door
            statuses[door] = status
            assert [mark for mark in forbidden if mark in text] == [], door

    proofs = {entry: statuses[reverse("api:inclusion_proof", args=[entry])] for entry in secret}
    assert secret and set(proofs.values()) == {404}
    found = [door for door, status in statuses.items() if status == 404]
    assert sorted(found) == sorted(reverse("api:inclusion_proof", args=[entry]) for entry in secret)


@pytest.mark.parametrize(("times", "shown"), [(4, None), (5, 5)])
def test_what_was_done_in_secret_matters_is_a_number_from_five_up(
    times: int, shown: int | None, province: Any, done: Any, client: Client
) -> None:
    for _ in range(times):
        done("M5.2.4.2", kind="complaints.ask_more", secrecy="S3")
    clause = client.get("/api/v1/announcements/chiang-mai-2563/clauses/M5.2.4.2").json()

    assert [month["count"] for month in clause["confidential_months"]] == [shown]
    assert clause["evidence"] == [] and clause["agencies"] == []
    assert clause["standing"]["latest_evidence_at"] is None and str(times) not in str(clause["standing"])
