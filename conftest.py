"""The tests' house: one PostgreSQL server a session, one database a worker, one sample province in it.

``world`` is loaded once a session and copied for each worker, and every test runs in a transaction that is rolled back, so that tests see the same
province whatever ran before. Tests that need parallel connections or a browser use a house of their own (``tests/house.py``).
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest

from prongsai.runtime.testing import make_once

PROVINCE = "50"
PREPARED = "test_prepared"  # the database that is copied


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Keep ``xdist_group`` working: pytest-xdist 3.8 writes the group where pytest 9.2 no longer looks for a test's name."""
    if not config.getoption("loadgroup", False):
        return
    from _pytest.nodeid import coerce_node_id

    for item in items:
        groups = sorted({str(mark.args[0]) for mark in item.iter_markers("xdist_group")})
        if groups and not item.nodeid.endswith(suffix := f"@{'_'.join(groups)}"):
            item._id = coerce_node_id(item.nodeid + suffix)  # type: ignore[attr-defined]


@pytest.fixture(scope="session")
def django_db_modify_db_settings(django_db_modify_db_settings: None, django_db_blocker: Any) -> None:
    """Each process of a session begins with a copy of one prepared database: the migrations take 20 s of processor time."""
    from prongsai.ledger.testing import permit_flush

    with django_db_blocker.unblock():
        from django.db import connection

        permit_flush()
        make_once("database", prepare_database)
        connection.settings_dict["TEST"]["TEMPLATE"] = PREPARED


def prepare_database() -> None:
    """Migrated, with the sample province without its matters: tests make their own."""
    from django.conf import settings
    from django.db import connection

    from prongsai import ledger
    from prongsai.cli.installing import prepare_country, prepare_province
    from prongsai.complaints.sample import load_sample_keys
    from prongsai.organisation.sample import load_sample_people

    database, test = connection.settings_dict["NAME"], connection.settings_dict["TEST"]
    own = test["NAME"]
    test["NAME"] = PREPARED
    connection.creation.create_test_db(verbosity=0, autoclobber=True, serialize=False)
    ledger.apply_grants(connection)
    prepare_country()
    province = prepare_province(PROVINCE, is_sample=True)
    load_sample_keys(load_sample_people(province))
    connection.close()  # a database is copied only while nobody uses it
    settings.DATABASES["default"]["NAME"] = connection.settings_dict["NAME"] = database
    test["NAME"] = own


@pytest.fixture
def province(db: None) -> Any:
    from prongsai.organisation.models import Province

    return Province.objects.get(pk=PROVINCE)


@pytest.fixture
def world(db: None) -> dict[str, Any]:
    """Sample accounts by key (``governor``, ``center_officer``, …)."""
    from prongsai.organisation.models import User
    from prongsai.organisation.sample import SAMPLE_DOMAIN

    return {u.email.removesuffix(f"@{SAMPLE_DOMAIN}"): u for u in User.objects.select_related("person")}


@pytest.fixture
def actor_of(world: dict[str, Any]) -> Callable[[str], Any]:
    from prongsai.organisation.actors import Actor

    return lambda key: Actor.of(world[key].person)


@pytest.fixture
def client_of(world: dict[str, Any]) -> Callable[[str], Any]:
    """A browser signed in as a sample account; ``anonymous`` is nobody."""
    from django.test import Client

    from prongsai.signin.testing import sign_in as just_signed_in

    def sign_in(key: str) -> Client:
        return Client() if key == "anonymous" else just_signed_in(Client(), world[key])

    return sign_in


@pytest.fixture
def unlocked_client_of(client_of: Callable[[str], Any]) -> Callable[[str], Any]:
    """As ``client_of``, with the sealed key in hand (through the page, with the sample passphrase)."""
    from django.urls import reverse

    from prongsai.complaints.sample import SAMPLE_PASSPHRASE

    def unlock(key: str) -> Any:
        client = client_of(key)
        answer = client.post(reverse("sealed:unlock"), {"passphrase": SAMPLE_PASSPHRASE})
        assert answer.status_code in (302, 303), answer.content.decode()
        return client

    return unlock


@pytest.fixture(autouse=True)
def static_files_as_they_are(settings: Any) -> Iterator[None]:
    """No collected manifest in tests: pages name the files themselves."""
    settings.STORAGES = {
        **settings.STORAGES,
        "staticfiles": {"BACKEND": "django.contrib.staticfiles.storage.StaticFilesStorage"},
    }
    yield


@pytest.fixture(autouse=True)
def nothing_left_in_the_process(settings: Any) -> None:
    """A page asked for in English leaves its language with the thread: the next test would look for English addresses. A
    menu is kept for some seconds: the next test, whose people have the same ids, would be shown it."""
    from django.core.cache import caches
    from django.utils import translation

    translation.activate(settings.LANGUAGE_CODE)
    caches["menus"].clear()


@pytest.fixture
def sample_file(tmp_path: Path) -> Path:
    path = tmp_path / "หลักฐาน.pdf"
    path.write_bytes(b"%PDF-1.7\n" + b"x" * 2000)
    return path
