"""English is complete: whatever a Thai reader sees has its English beside it, and the catalogues follow the code."""

import shutil
import subprocess
import sys
from importlib.resources import files
from pathlib import Path

import polib
import pytest

PACKAGE = Path(str(files("prongsai")))
ROOMS = sorted(path.parent.parent.parent.parent for path in PACKAGE.glob("*/locale/en/LC_MESSAGES/django.po"))


def catalogue(room: Path) -> polib.POFile:
    return polib.pofile(str(room / "locale" / "en" / "LC_MESSAGES" / "django.po"))


def keys(entries: polib.POFile) -> set[tuple[str | None, str, str]]:
    return {(entry.msgctxt, entry.msgid, entry.msgid_plural) for entry in entries if not entry.obsolete}


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_everything_is_translated_and_nothing_by_guess(room: Path) -> None:
    entries = catalogue(room)

    assert [entry.msgid for entry in entries if entry.fuzzy or not entry.translated()] == []
    assert entries.obsolete_entries() == []


@pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.name)
def test_the_compiled_catalogue_is_of_this_text(room: Path) -> None:
    compiled = polib.mofile(str(room / "locale" / "en" / "LC_MESSAGES" / "django.mo"))
    written = {(e.msgctxt, e.msgid): e.msgstr or dict(e.msgstr_plural) for e in catalogue(room)}

    assert {(e.msgctxt, e.msgid): e.msgstr or dict(e.msgstr_plural) for e in compiled} == written


def test_the_catalogues_hold_what_the_code_says(tmp_path: Path) -> None:
    """``makemessages`` in a copy finds nothing new and nothing gone. Needs GNU gettext."""
    assert shutil.which("xgettext"), "GNU gettext is needed here (Debian: gettext)"
    leave_out = shutil.ignore_patterns("tests", "__pycache__", "static", "data", "collected")
    wrong: dict[str, set[tuple[str | None, str, str]]] = {}
    for room in ROOMS:
        copy = tmp_path / room.name
        shutil.copytree(room, copy, ignore=leave_out)
        code = (
            "import sys; from django.core.management import execute_from_command_line as run; run(sys.argv)"
        )
        command = [sys.executable, "-P", "-c", code, "makemessages", "-l", "en", "--no-obsolete", "-v", "0"]
        subprocess.run(command, cwd=copy, check=True, env={"PATH": "/usr/bin:/bin"})
        if differing := keys(catalogue(copy)) ^ keys(catalogue(room)):
            wrong[room.name] = differing

    assert wrong == {}
