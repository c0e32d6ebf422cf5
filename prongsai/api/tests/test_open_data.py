"""The API says what the pages say: pages of lists, filters, statistics, proofs; to anybody, read only."""

import csv
import io
from collections.abc import Callable
from typing import Any

import pytest
from django.db import connection
from django.test import Client
from django.test.utils import CaptureQueriesContext

from prongsai import ledger
from prongsai.acts.models import Due
from prongsai.complaints.tests.test_statistics import file_about
from prongsai.organisation.models import Agency
from prongsai.registers import public_registers
from prongsai.tlog.verify import VERIFIED, verify_bundle, verify_consistency_bundle

ANNOUNCEMENT = "/api/v1/announcements/chiang-mai-2563"


def walk(client: Client, url: str) -> list[Any]:
    """All items of a list, following the ``Link`` headers."""
    items = []
    while url:
        answer = client.get(url)
        assert answer.status_code == 200, answer.content.decode()
        items += answer.json()["items"]
        links = dict(reversed(link.split("; rel=")) for link in answer.headers["Link"].split(", "))
        url = links.get('"next"', "").strip("<>")
    return items


def test_a_list_is_walked_by_its_links_and_is_the_register(province: Any, client: Client) -> None:
    first = client.get("/api/v1/registers/clauses/rows?size=40")
    items = walk(client, "/api/v1/registers/clauses/rows?size=40")
    codes = [item["values"]["code"] for item in items]

    assert (
        len(codes) == len(set(codes)) == first.json()["total"] == int(first.headers["X-Total-Count"]) == 136
    )
    assert 'rel="prev"' not in first.headers["Link"] and 'rel="license"' in first.headers["Link"]
    assert codes == [clause["code"] for clause in walk(client, f"{ANNOUNCEMENT}/clauses?size=100")]
    assert client.get("/api/v1/registers/clauses/rows?page=9").json()["items"] == []


def test_G37_every_column_of_a_register_is_described_and_is_in_its_file(
    province: Any, client: Client
) -> None:
    registers = client.get("/api/v1/registers?size=100").json()["items"]
    assert len(registers) == len(public_registers())
    for register in registers:
        raw = b"".join(client.get(f"/registers/{register['key']}.csv").streaming_content)  # type: ignore[arg-type]
        head = next(csv.reader(io.StringIO(raw.decode("utf-8-sig"))))
        labels = [column["label_th"] for column in register["columns"]]
        assert labels and [name for name in head if not name.endswith("(ISO 8601)")] == labels, register[
            "key"
        ]


def test_filters_search_and_order_are_those_of_the_page(province: Any, client: Client) -> None:
    query = "measure=M4&duties=1&q=จัดซื้อ"
    rows = client.get(f"/api/v1/registers/clauses/rows?{query}").json()
    page = client.get(f"/registers/clauses/?{query}").content.decode()
    english = client.get(f"/api/v1/registers/clauses/rows?{query}&lang=en").json()

    assert 3 < rows["total"] < 20 and f"พบ {rows['total']} รายการ" in page
    assert all(item["url"].removeprefix("http://testserver") in page for item in rows["items"])
    assert rows["narrowed_by"] in page and rows["narrowed_by"] != english["narrowed_by"]
    assert "/en/clauses/" in english["items"][0]["url"]


@pytest.mark.parametrize(
    ("query", "parameter"),
    [
        ("measure=M99", "measure"),
        ("nothing=1", "nothing"),
        ("sort=title", "sort"),
        ("size=101", "size"),
        ("page=0", "page"),
        ("page=x", "page"),
        (f"q={'ก' * 201}", "q"),
    ],
)
def test_what_cannot_be_answered_is_said_in_both_languages(
    query: str, parameter: str, province: Any, client: Client
) -> None:
    answer = client.get(f"/api/v1/registers/clauses/rows?{query}")
    error = answer.json()["errors"][0]

    assert answer.status_code == answer.json()["status"] == 400
    assert answer.headers["Content-Type"].startswith("application/problem+json")
    assert error["parameter"] == parameter and error["detail"] and error["detail_en"].isascii()


def test_a_date_that_does_not_exist_is_refused_as_on_the_page(province: Any, client: Client) -> None:
    answer = client.get("/api/v1/registers/evidence/rows?at_from=31/02/2569")

    assert answer.status_code == 400
    assert "ไม่มีวันที่ดังกล่าวในปฏิทิน" in answer.json()["errors"][0]["detail"]


@pytest.mark.parametrize(
    "path", ["/nothing", "/registers/people", "/registers/complaints/rows", "/agencies/0x"]
)
def test_the_rest_is_a_problem_too(path: str, province: Any, client_of: Callable[[str], Client]) -> None:
    for who in ("anonymous", "center_officer"):
        answer = client_of(who).get(f"/api/v1{path}")
        assert answer.status_code in (400, 404) and answer.json()["title_en"] in ("Not found", "Bad request")


def test_only_reading_is_answered_and_to_every_site(province: Any, client: Client) -> None:
    read, head, asked = (getattr(client, verb)("/api/v1/agencies") for verb in ("get", "head", "options"))

    assert {read.status_code, head.status_code, asked.status_code} == {200, 204}
    assert all(answer.headers["Access-Control-Allow-Origin"] == "*" for answer in (read, head, asked))
    for verb in ("post", "put", "patch", "delete"):
        refused = getattr(Client(enforce_csrf_checks=True), verb)("/api/v1/agencies")
        assert refused.status_code == 405 and refused.headers["Allow"] == "GET, HEAD, OPTIONS"
        assert refused.json()["title_en"]


def test_an_answer_has_an_etag_and_is_kept_for_everybody(
    province: Any, client_of: Callable[[str], Client]
) -> None:
    anybody, officer = client_of("anonymous"), client_of("center_officer")
    first = anybody.get(ANNOUNCEMENT)
    with CaptureQueriesContext(connection) as queries:
        again = officer.get(ANNOUNCEMENT)
    unchanged = anybody.get(ANNOUNCEMENT, headers={"If-None-Match": first.headers["ETag"]})

    assert again.content == first.content and len(queries) == 0 and not again.cookies
    assert "Cookie" not in again.headers.get("Vary", "") and "public" in again.headers["Cache-Control"]
    assert unchanged.status_code == 304 and not unchanged.content


def test_a_clause_stands_where_its_page_says(
    province: Any, centre: Agency, done: Callable[..., int], client: Client
) -> None:
    entry = done("M4.2")
    clause = client.get(f"{ANNOUNCEMENT}/clauses/M4.2").json()
    agency = client.get(f"/api/v1/agencies/{centre.pk}").json()

    assert clause["standing"]["state"] == "done" and clause["printed"] and clause["reading"] is None
    assert [row["entry"] for row in clause["evidence"]] == [entry]
    assert [row["agency"] for row in clause["agencies"]] == [centre.pk]
    assert [m["clauses"]["done"] for m in agency["measures"] if m["measure"] == "M4"] == [1]
    assert client.get(f"{ANNOUNCEMENT}/clauses?state=done").json()["total"] == 1


def test_the_date_of_a_confidential_duty_is_nowhere(province: Any, centre: Agency, client: Client) -> None:
    Due.objects.create(
        duty="complaints.decide_acceptance", record_type="complaints.case", record_label="รร/0001/2563",
        record_id="00000000-0000-4000-8000-000000000001", practice="M5.2.4.3", secrecy="S3", province=province,
        agency=centre, started_on="2026-11-20", original_due_on="2099-12-24", due_on="2099-12-24",
        rule_text="3 วันทำการ", is_default=True,
    )  # fmt: skip
    clause = client.get(f"{ANNOUNCEMENT}/clauses/M5.2.4.3").json()
    page = client.get("/clauses/chiang-mai-2563/M5.2.4.3/").content.decode()

    assert clause["standing"]["state"] == "in_progress"
    assert clause["standing"]["next_due_on"] is None and clause["agencies"] == []
    assert "2099" not in page and "กำหนดถัดไป" not in page
    assert "BEGIN:VEVENT" not in client.get("/calendar.ics").content.decode()


def test_statistics_are_those_of_the_page_with_the_same_ones_hidden(
    world: dict[str, Any], client: Client, time_machine: Any
) -> None:
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)  # the third quarter of 2569
    small, large = file_about("DLT", 2), file_about("DOAE", 5)
    one_more = file_about("HEALTH", 6)
    year = client.get("/api/v1/statistics/complaints?year=2569").json()
    quarter = client.get("/api/v1/statistics/complaints?year=2569&quarter=3")
    page = client.get("/complaints/statistics/?year=2569").content.decode()

    assert year["total"] == quarter.json()["total"] == 13 and year["states"][0]["count"] == 13
    assert [(row["agency"], row["count"]) for row in year["agencies"]] == [(one_more.pk, 6)]
    assert year["others_hidden"] and one_more.name_th in page
    for hidden in (small, large):
        assert hidden.name_th not in page and hidden.name_th not in str(year)
    assert quarter.json()["agencies"] is None and one_more.name_th not in quarter.content.decode()
    assert client.get("/api/v1/statistics/complaints?year=2500").status_code == 400


def test_proofs_convince_the_verifier(province: Any, done: Callable[..., int], client: Client) -> None:
    first, second = done("M4.2"), done("M4.3")
    ledger.integrate()
    old = client.get("/api/v1/ledger").json()
    done("M4.1")
    ledger.integrate()
    proof = client.get(f"/api/v1/ledger/entries/{second}/proof").json()
    size = client.get(f"/api/v1/ledger/checkpoints/{old['checkpoint']['tree_size'] + 1}").json()
    grown = client.get(
        f"/api/v1/ledger/consistency?old_size={old['checkpoint']['tree_size']}&new_size={size['tree_size']}"
    ).json()
    keys = [old["verifier_key"]]

    assert verify_bundle(proof, keys=keys).status == VERIFIED
    assert (
        verify_consistency_bundle(old["checkpoint"]["note"], size["note"], grown, keys=keys).status
        == VERIFIED
    )
    assert first != second and proof["opening"]
    assert client.get("/api/v1/ledger/consistency?old_size=9&new_size=3").status_code == 400
    assert client.get("/api/v1/ledger/checkpoints/9999999").status_code == 404
