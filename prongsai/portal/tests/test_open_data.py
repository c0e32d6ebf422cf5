"""What others take along: JSON files, feeds, the calendar, the catalogue, the map of the site, the code on paper."""

import datetime as dt
import json
import re
from collections.abc import Callable
from typing import Any
from xml.etree import ElementTree

import pytest
import segno
from django.test import Client
from icalendar import Calendar

from prongsai.acts.models import Due
from prongsai.acts.registry import all_duties
from prongsai.compliance.models import Statement
from prongsai.organisation.models import Agency
from prongsai.portal.tests.test_registers import csv_of
from prongsai.registers import public_registers

ATOM = "{http://www.w3.org/2005/Atom}"
MAP = "{http://www.sitemaps.org/schemas/sitemap/0.9}"
XHTML = "{http://www.w3.org/1999/xhtml}"
CLAUSE = "/clauses/chiang-mai-2563/M4.2/"


def json_of(client: Client, url: str) -> Any:
    return json.loads(b"".join(client.get(url).streaming_content))  # type: ignore[arg-type]


def xml_of(client: Client, url: str) -> ElementTree.Element:
    answer = client.get(url)
    assert answer.status_code == 200, url
    return ElementTree.fromstring(answer.content)


def due(province: Any, agency: Agency, day: dt.date, **more: Any) -> Due:
    fields = {
        "duty": all_duties()[0].key(), "record_type": "compliance.statement", "record_label": "ลบ/1/2570",
        "record_id": "00000000-0000-4000-8000-000000000009", "practice": "M4.2", "secrecy": "S0", "province": province,
        "agency": agency, "started_on": day, "original_due_on": day, "due_on": day, "rule_text": "", "is_default": True,
    }  # fmt: skip
    return Due.objects.create(**{**fields, **more})


def test_the_json_file_holds_exactly_what_the_csv_file_holds(
    done: Callable[..., int], centre: Agency, client: Client
) -> None:
    done("M4.2"), done("M4.3")
    for query in ("", "?clause=M4.2&sort=number"):
        listed = csv_of(client, f"/registers/evidence.csv{query}")
        found = json_of(client, f"/registers/evidence.json{query}")

        assert [str(row["number"]) for row in found["rows"]] == [row[0] for row in listed[1:]]
        assert [row["at"] for row in found["rows"]] == [row[2] for row in listed[1:]]
        assert found["total"] == len(found["rows"]) == len(listed) - 1 > 0
    assert found["licence"]["url"].startswith("https://") and found["narrowed_by"]
    assert {column["key"] for column in found["fields"]} == set(found["rows"][0])
    assert (
        f"/registers/evidence.json?{query[1:]}".replace("&", "&amp;")
        in client.get(f"/registers/evidence/{query}").content.decode()
    )


@pytest.mark.parametrize("kind", ["rss", "atom"])
def test_feeds_tell_what_was_published_and_nothing_else(
    kind: str, done: Callable[..., int], centre: Agency, client: Client
) -> None:
    public, other = done("M4.2"), done("M4.3")
    done("M4.2", secrecy="S1"), done("M4.2", secrecy="S3")
    addresses = {}
    for feed in ("evidence", "clauses/chiang-mai-2563/M4.2", f"agencies/{centre.pk}", "statements"):
        text = client.get(f"/feeds/{feed}.{kind}").content.decode()
        addresses[feed] = sorted({int(n) for n in re.findall(r"http://testserver/evidence/(\d+)/", text)})

    assert addresses == {
        "evidence": [public, other],
        "clauses/chiang-mai-2563/M4.2": [public],
        f"agencies/{centre.pk}": [public, other],
        "statements": [],
    }
    assert (
        client.get("/feeds/evidence.exe").status_code
        == client.get("/feeds/agencies/0.rss").status_code
        == 404
    )


def test_a_feed_of_zero_statements_in_both_languages(centre: Agency, client: Client) -> None:
    statement = Statement.objects.create(
        province=centre.province, state=Statement.State.PUBLISHED, agency=centre, signed_on="2025-11-03",
        subject=Statement.Subject.NO_COMPLAINT, period_from="2025-10-01", period_to="2025-10-31",
        signed_by="นางสาวทดสอบ <ตัวอย่าง> & ผู้อื่น",
    )  # fmt: skip
    thai = xml_of(client, "/feeds/statements.atom")
    english = xml_of(client, "/en/feeds/statements.rss")
    entry = thai.find(f"{ATOM}entry")

    assert entry is not None and entry.findtext(f"{ATOM}id") == f"urn:uuid:{statement.pk}"
    assert "1 ต.ค. 2568 – 31 ต.ค. 2568 · นางสาวทดสอบ <ตัวอย่าง> & ผู้อื่น" in (
        entry.findtext(f"{ATOM}summary") or ""
    )
    assert english.findtext("channel/language") == "en" and "1 Oct 2025" in (english.findtext("channel/item/description") or "")  # fmt: skip


def test_G29_the_calendar_gives_dates_that_are_the_same_in_every_zone(
    province: Any, centre: Agency, client: Client
) -> None:
    day = dt.date(2099, 12, 31)
    due(province, centre, day)
    due(province, centre, day, record_id="00000000-0000-4000-8000-000000000008", secrecy="S3")
    answer = client.get("/calendar.ics")
    events = Calendar.from_ical(answer.content).walk("VEVENT")

    assert answer.headers["Content-Type"] == "text/calendar; charset=utf-8"
    assert len(events) == 1
    assert events[0].decoded("dtstart") == day and events[0].decoded("dtend") == dt.date(2100, 1, 1)
    assert events[0].decoded("dtstamp").utcoffset() == dt.timedelta(0)
    assert "(M4.2)" in events[0]["summary"] and events[0]["url"] == f"http://testserver{CLAUSE}"
    for line in answer.content.decode().splitlines():
        if re.match(r"DT\w+[:;]", line):
            assert line.endswith("Z") or ";VALUE=DATE:" in line, line
    assert max(len(line.encode()) for line in answer.content.decode().split("\r\n")) <= 75


def test_the_catalogue_describes_every_public_register_and_its_files_exist(
    province: Any, client: Client
) -> None:
    catalogue = client.get("/data/catalog.json").json()
    required = {"title", "owner_org", "maintainer", "tag_string", "notes", "objective", "geo_coverage", "data_source",
                "data_format", "data_category", "license_id", "data_type", "update_frequency_unit"}  # fmt: skip

    assert len(catalogue["dataset"]) == len(public_registers()) + 1
    for dataset in catalogue["dataset"]:
        assert all(dataset[name] for name in required), dataset["name"]
        for resource in dataset["resources"]:
            answer = client.get(resource["url"].removeprefix("http://testserver"))
            assert answer.status_code == 200
            assert answer.headers["Content-Type"].startswith(resource["mimetype"])


def test_the_map_names_every_page_in_both_languages(
    province: Any, done: Callable[..., int], client: Client
) -> None:
    entry, secret = done("M4.2"), done("M4.2", secrecy="S3")
    index = xml_of(client, "/sitemap.xml")
    urls = [
        url
        for part in index.iter(f"{MAP}loc")
        for url in xml_of(client, (part.text or "")[17:]).iter(f"{MAP}url")
    ]
    pages = {url.findtext(f"{MAP}loc") or "" for url in urls}
    alternates = {link.get("href") for url in urls for link in url.iter(f"{XHTML}link")}

    assert f"http://testserver{CLAUSE}" in pages and f"http://testserver/en{CLAUSE}" in pages
    assert (
        f"http://testserver/evidence/{entry}/" in pages
        and f"http://testserver/evidence/{secret}/" not in pages
    )
    assert pages == alternates and len(pages) == len(urls)
    assert "Sitemap: http://testserver/sitemap.xml" in client.get("/robots.txt").content.decode()
    for page in sorted(pages)[:: len(pages) // 25]:
        assert client.get(page.removeprefix("http://testserver")).status_code == 200, page


@pytest.mark.parametrize("address", [CLAUSE, f"/en{CLAUSE}", "/clauses/chiang-mai-2563/M6.2.3.(10)/"])
def test_the_code_on_a_printed_clause_leads_back_to_its_page(
    address: str, province: Any, client: Client
) -> None:
    page = client.get(address).content.decode()
    figure = page.partition('<figure class="pp-paper">')[2].partition("</figure>")[0]
    expected = segno.make(f"http://testserver{address}", error="m", micro=False)
    drawn = re.search(r'<path[^>]* d="([^"]+)"', figure)
    wanted = re.search(r'<path[^>]* d="([^"]+)"', expected.svg_inline(border=4))

    assert drawn and wanted and drawn.group(1) == wanted.group(1)
    assert f"http://testserver{address}" in figure and "<title>" in figure
    assert "style=" not in figure  # the site's policy allows no inline style
