from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from prongsai import sealed
from prongsai.files.tests.daemon import Daemon
from prongsai.sealed.tests.people import in_hand, make_keyholder


@pytest.fixture(autouse=True)
def store(settings: Any, tmp_path: Path) -> Path:
    """An empty place for files."""
    settings.FILES_ROOT = tmp_path / "files"
    return settings.FILES_ROOT


@pytest.fixture
def blobs(store: Path) -> Any:
    """What lies there now: (arrived, kept)."""

    def look() -> tuple[list[Path], list[Path]]:
        arrived = sorted(store.glob("incoming/*"))
        return arrived, [p for p in sorted(store.rglob("*")) if p.is_file() and p not in arrived]

    return look


@pytest.fixture(scope="session")
def daemon() -> Iterator[Daemon]:
    """One for all tests of a process; those that stop it start it again."""
    running = Daemon()
    try:
        yield running.start()
    finally:
        running.remove()


@pytest.fixture
def scanner(daemon: Daemon, settings: Any) -> Daemon:
    """The house has a scanner."""
    settings.CLAMD = daemon.address
    return daemon


@pytest.fixture
def envelope() -> sealed.Envelope:
    return sealed.create_envelope("case", [make_keyholder("ก")])


@pytest.fixture
def opened(envelope: sealed.Envelope) -> sealed.OpenEnvelope:
    return in_hand(sealed.members(envelope)[0].keyholder).open(envelope)
