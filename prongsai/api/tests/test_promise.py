"""The API keeps what its description promises, and the description only changes on purpose."""

import json
from collections.abc import Iterator
from importlib.resources import files
from typing import Any

import pytest
import schemathesis
from django.core.signals import request_finished, request_started
from django.core.wsgi import get_wsgi_application
from django.db import close_old_connections
from django.test import Client
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from schemathesis.checks import not_a_server_error
from schemathesis.specs.openapi.checks import (
    content_type_conformance,
    response_schema_conformance,
    status_code_conformance,
)

from prongsai import ledger
from prongsai.api.v1 import api, written
from prongsai.organisation.models import Agency
from prongsai.portal.tests.reading import unmarked_thai

PROMISE = json.loads(files("prongsai.api").joinpath("openapi.json").read_text(encoding="utf-8"))
CHECKS = [
    not_a_server_error,
    status_code_conformance,
    content_type_conformance,
    response_schema_conformance,
]


def test_the_description_is_the_one_that_was_promised() -> None:
    assert json.loads(written(api)) == PROMISE, "run scripts/openapi, and look at what changed"


def test_everything_that_is_promised_can_be_read_about(province: Any, client: Client) -> None:
    thai, english = client.get("/api/"), client.get("/en/api/")

    assert client.get("/api/v1/openapi.json").json() == PROMISE
    for page in (thai, english):
        assert all(f"GET {path}</code>" in page.content.decode() for path in PROMISE["paths"])
        assert (
            "<script" not in page.content.decode().partition("<main")[2]
        )  # strict CSP: nothing to be blocked
    assert unmarked_thai(english.content.decode()) == []


@pytest.fixture
def served_within_the_test() -> Iterator[Any]:
    """The application as a server calls it; but it must not close the connection that holds the test's transaction."""
    signals = (request_started, request_finished)
    for signal in signals:
        signal.disconnect(close_old_connections)
    yield get_wsgi_application()
    for signal in signals:
        signal.connect(close_old_connections)


@pytest.fixture
def known(province: Any, centre: Agency, done: Any) -> dict[str, Any]:
    """Values that exist, so that not every answer is a 404."""
    entry = done("M4.2")
    ledger.integrate()
    size = ledger.Checkpoint.objects.latest().tree_size
    return {
        "code": "M4.2", "agency_id": centre.pk, "entry": entry, "tree_size": size, "old_size": size, "new_size": size,
        "announcements": "chiang-mai-2563", "registers": "evidence",
    }  # fmt: skip


@pytest.mark.parametrize("path", PROMISE["paths"])
def test_whatever_is_asked_the_answer_is_of_the_promised_shape(
    path: str, known: dict[str, Any], served_within_the_test: Any
) -> None:
    schema = schemathesis.openapi.from_wsgi("/api/v1/openapi.json", served_within_the_test)
    subject = path.split("/")[3]
    statuses = set()

    @settings(
        max_examples=25,
        deadline=None,
        database=None,
        derandomize=True,
        suppress_health_check=list(HealthCheck),
    )
    @given(case=schema[path]["GET"].as_strategy(), exists=st.booleans())
    def ask(case: Any, exists: bool) -> None:
        if exists:
            names = set(case.path_parameters or {})
            case.path_parameters = {name: known.get(name) or known[subject] for name in names}
            if path.endswith("/consistency"):
                case.query = {name: known[name] for name in ("old_size", "new_size")}
        if "\x00" in json.dumps([case.path_parameters, case.query], default=str, ensure_ascii=False):
            return  # refused before any address is looked at (ui.middleware.BadBytesMiddleware)
        response = case.call(headers={"Accept-Encoding": "identity"})  # nobody unpacks it here
        statuses.add(response.status_code)
        case.validate_response(response, checks=CHECKS)

    ask()
    assert 200 in statuses and statuses <= {200, 400, 404}
