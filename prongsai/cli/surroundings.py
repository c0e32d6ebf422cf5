"""Finding the database of an installation, and entering Django as the owner of it."""

from __future__ import annotations

import os
from pathlib import Path

from prongsai.config import environment as env
from prongsai.runtime.postgres import NotRunning, attach


class NotSetUp(RuntimeError):
    """There is no database to work on; the message says what to do."""


def data_directory() -> Path:
    return Path(os.environ.get("PRONGSAI_DATA") or "data").resolve()


def owner_url() -> str:
    """The database as its owner: ``DATABASE_OWNER_URL``, ``DATABASE_URL``, or the embedded server that runs now."""
    if url := env.text("DATABASE_OWNER_URL") or env.text("DATABASE_URL"):
        return url
    try:
        return attach(data_directory()).dsn("owner")
    except NotRunning as error:
        raise NotSetUp(
            f"{error}\nStart it in another window with `prongsai up`, or set DATABASE_URL."
        ) from error


def enter() -> None:
    """Set up Django with the owner's rights."""
    os.environ["DATABASE_URL"] = owner_url()
    os.environ.pop("DATABASE_URL_FILE", None)  # it names the application's login
    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
    import django

    django.setup()
