"""Metrics, request ids and the JSON log: enough to run the house by, nothing to find anybody by."""

from __future__ import annotations

import io
import json
import logging
import re
from collections.abc import Iterator

import pytest
from django.db import IntegrityError, connection
from django.test import Client
from django.urls import reverse
from prometheus_client.parser import text_string_to_metric_families

from prongsai.config import metrics
from prongsai.config.logs import JsonFormatter, mask, mask_path

pytestmark = pytest.mark.django_db

PLACE = {"REMOTE_ADDR": "127.0.0.1"}


def scrape(**extra: str) -> dict[str, list]:
    answer = Client().get("/metrics", **{**PLACE, **extra})
    assert answer.status_code == 200
    families = text_string_to_metric_families(answer.content.decode())
    return {family.name: family.samples for family in families}


def test_only_this_machine_or_the_token_sees_metrics(settings):
    def status(**extra: str) -> int:
        return Client().get("/metrics", **extra).status_code

    settings.METRICS_TOKEN = ""
    assert status(REMOTE_ADDR="127.0.0.1") == status(REMOTE_ADDR="::1") == 200
    assert status(REMOTE_ADDR="192.0.2.7") == status(REMOTE_ADDR="") == 404
    # A proxy on this machine passes on a stranger's request.
    assert status(REMOTE_ADDR="127.0.0.1", HTTP_X_FORWARDED_FOR="192.0.2.7") == 404
    assert status(REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION="Bearer ") == 404
    settings.METRICS_TOKEN = "s3cret"
    assert status(REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION="Bearer s3cret") == 200
    assert status(REMOTE_ADDR="192.0.2.7", HTTP_AUTHORIZATION="Bearer s3cre") == 404
    # A scraper does not know the site's name.
    assert status(REMOTE_ADDR="127.0.0.1", HTTP_HOST="10.1.2.3:8000") == 200


def test_requests_are_counted_by_view_and_never_by_address(world):
    def requests(view: str, status: str) -> float:
        samples = scrape()["prongsai_requests"]
        wanted = {"view": view, "method": "GET", "status": status}
        return sum(s.value for s in samples if s.name.endswith("_total") and s.labels == wanted)

    before = requests("portal:home", "200"), requests("none", "404")
    Client().get(reverse("portal:home"))
    Client().get("/no/such/นางบุญมี/1509900000001/")
    assert (requests("portal:home", "200"), requests("none", "404")) == (before[0] + 1, before[1] + 1)
    text = Client().get("/metrics", **PLACE).content.decode()
    assert "บุญมี" not in text and "1509900000001" not in text
    names = {label for samples in scrape().values() for sample in samples for label in sample.labels}
    assert names == {"view", "method", "status", "le"}


def test_the_house_tells_how_it_stands(world, settings, tmp_path):
    settings.BACKUP_DIR = tmp_path
    found = {name: samples[0].value for name, samples in scrape().items() if not samples[0].labels}
    assert found["prongsai_database_up"] == 1
    assert found["prongsai_backup_age_seconds"] == float("inf")
    for name in (
        "complaints_stored",
        "duties_open",
        "duties_overdue",
        "worker_heartbeat_age_seconds",
        "ledger_entries",
        "ledger_pending",
    ):
        assert f"prongsai_{name}" in found
    from prongsai import ledger

    ledger.append(
        **{"kind": "test.watch", "actor_id": None, "actor_label": "x", "subject": ("", ""), "clauses": []},
        **{"province": "50", "agency_id": None, "secrecy": "S0", "content": {}},
    )
    waiting = scrape()["prongsai_ledger_pending"][0].value
    assert waiting == found["prongsai_ledger_pending"] + 1


def test_every_answer_has_an_id_and_a_proxy_may_give_it(db):
    own = Client().get("/i18n/nothing/")["X-Request-ID"]
    assert re.fullmatch("[0-9a-f]{32}", own)
    given = "4bf92f3577b34da6a3ce929d0e0e4736"
    assert Client().get("/", HTTP_X_REQUEST_ID=given)["X-Request-ID"] == given
    assert Client().get("/", HTTP_X_REQUEST_ID="<b>นางบุญมี</b>")["X-Request-ID"] != "<b>นางบุญมี</b>"


@pytest.fixture
def written() -> Iterator[io.StringIO]:
    """What ``PRONGSAI_LOG=json`` writes."""
    out = io.StringIO()
    handler = logging.StreamHandler(out)
    handler.setFormatter(JsonFormatter())
    requests = logging.getLogger("prongsai.requests")
    level = requests.level
    logging.getLogger().addHandler(handler)
    requests.setLevel(logging.INFO)
    yield out
    requests.setLevel(level)
    logging.getLogger().removeHandler(handler)


def test_the_log_says_what_happened_and_to_nobody(world, written: io.StringIO):
    client = Client(REMOTE_ADDR="203.0.113.77", HTTP_USER_AGENT="นางบุญมี's phone")
    client.get("/clauses/M5.2.1/?q=นางบุญมี&name=somchai@example.go.th")
    client.get("/no/1509900000001/such/?code=ABC-DEF-GHJ")
    lines = [json.loads(line) for line in written.getvalue().splitlines()]
    views = [line for line in lines if line["logger"] == "prongsai.requests"]
    assert len(views) == 2
    assert all({"at", "view", "status", "method", "milliseconds", "request"} <= line.keys() for line in views)
    missing = [line for line in lines if line["logger"] == "django.request"]
    assert missing and missing[-1]["message"] == "Not Found: /no/:id/such/"
    assert missing[-1]["request"] == views[-1]["request"]
    for secret in ("203.0.113.77", "บุญมี", "somchai", "1509900000001", "ABC-DEF", "q="):
        assert secret not in written.getvalue()


def test_an_error_is_told_without_the_row_that_it_quotes(world, written: io.StringIO):
    person = world["governor"].person
    try:
        with connection.cursor() as cursor:
            cursor.execute("INSERT INTO organisation_user SELECT * FROM organisation_user LIMIT 1")
    except IntegrityError as error:
        assert "already exists" in str(error)  # it quotes the row
        logging.getLogger("prongsai.test").exception("could not keep %s", "mail@example.go.th")
    line = json.loads(written.getvalue().splitlines()[-1])
    assert line["error"] == "IntegrityError" and any("test_watching" in frame for frame in line["where"])
    assert "mail@example" not in written.getvalue() and "already exists" not in written.getvalue()
    assert person.last_name not in written.getvalue()


@pytest.mark.parametrize(
    ("path", "masked"),
    [
        ("/office/records/1234/?next=/x", "/office/records/:id/"),
        ("/files/6f1c7a1e-9d1d-4d0a-8a57-cc1d2c7c4d11/", "/files/:id/"),
        ("/static/ui/site.css", "/static/ui/site.css"),
        ("/ประกาศ/", "/:id/"),
        ("/%E0%B8%81/", "/:id/"),
        ("/verify/ABC-DEF-GHJ#x", "/verify/:id"),
    ],
)
def test_paths_keep_only_plain_words(path: str, masked: str):
    assert mask_path(path) == masked


def test_addresses_of_people_and_machines_are_taken_out():
    said = mask("a@b.go.th from 203.0.113.9 and 2001:db8::1 at 12:30:05 on /clauses/")
    assert said == "[mail] from [address] and [address] at 12:30:05 on /clauses/"


def test_several_web_processes_count_together(tmp_path, monkeypatch):
    """Two processes of the web server write, a third one reads."""
    import subprocess
    import sys

    once = (
        "import django; django.setup()\n"
        "from prongsai.config import metrics\n"
        "metrics.REQUESTS.labels('portal:home', 'GET', '200').inc()\n"
    )
    monkeypatch.setenv("PROMETHEUS_MULTIPROC_DIR", str(tmp_path))
    monkeypatch.setenv("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
    for _ in range(2):
        subprocess.run([sys.executable, "-c", once], check=True)
    assert (
        b'prongsai_requests_total{method="GET",status="200",view="portal:home"} 2.0' in metrics.exposition()
    )
