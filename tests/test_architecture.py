"""The house keeps its shape: imports run downward, the tools stand alone, nothing leans on the machine it was built on."""

from __future__ import annotations

import re
import subprocess
import sys
from pathlib import Path

import pytest
from django.core.management import call_command

from tests.house import ROOT, clean_environment

PACKAGE = ROOT / "prongsai"
TEXTS = {".py", ".html", ".txt", ".css", ".js", ".yaml", ".csv", ".json", ".md", ".toml", ".svg", ".po"}
# Written in parts, so that this file does not name what it forbids.
FORBIDDEN = re.compile("|".join(("\\.\\./shar" + "ed", "/wo" + "rk/", "/wo" + "rk\\b(?=[\"'`])")))
WITHOUT_DJANGO = """
import importlib, pkgutil, sys
class Refuse:
    def find_spec(self, name, path=None, target=None):
        if name.partition(".")[0] in {"django", "allauth", "psycopg"}:
            raise ImportError(f"{name} is not part of this room")
sys.meta_path.insert(0, Refuse())
for room in sys.argv[1:]:
    package = importlib.import_module(room)
    for found in pkgutil.walk_packages(package.__path__, room + "."):
        if ".tests" not in found.name:
            importlib.import_module(found.name)
            print(found.name)
"""


def test_imports_run_downward():
    answer = subprocess.run(
        [sys.executable, "-c", "from importlinter.cli import lint_imports_command as run; run()"],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "0 broken" in answer.stdout


@pytest.mark.parametrize("room", ["prongsai.thai", "prongsai.tlog"])
def test_the_tools_work_where_django_is_not_installed(room: str):
    answer = subprocess.run(
        [sys.executable, "-c", WITHOUT_DJANGO, room],
        cwd=ROOT,
        env=clean_environment(),
        capture_output=True,
        text=True,
    )
    assert answer.returncode == 0, answer.stderr
    assert answer.stdout.count("\n") > 2


def test_the_verifier_is_one_file_that_needs_nothing(tmp_path: Path):
    alone = tmp_path / "verify.py"
    alone.write_bytes((PACKAGE / "tlog" / "verify.py").read_bytes())
    (tmp_path / "proof.json").write_text("{}", encoding="utf-8")
    # -I: no packages of ours, -S: none at all.
    answer = subprocess.run(
        [sys.executable, "-I", "-S", str(alone), str(tmp_path / "proof.json")], capture_output=True, text=True
    )
    assert answer.returncode == 2
    assert "อ่านหลักฐานไม่ได้" in answer.stderr


def test_nothing_in_the_package_leans_on_the_place_where_it_was_built():
    named = [
        f"{path.relative_to(ROOT)}: {found[0]}"
        for path in sorted(PACKAGE.rglob("*"))
        if path.suffix in TEXTS and (found := FORBIDDEN.search(path.read_text(encoding="utf-8")))
    ]
    assert not named


def test_G02_tables_leave_through_one_writer_of_each_kind():
    """What makes Thai and formulas safe in a spreadsheet stands at one place; nobody writes a table past it."""
    writes = re.compile(r"csv\.(?:Dict)?[Ww]riter|from csv import|\bxlsxwriter\b|\bopenpyxl\b")
    writers = {
        str(path.relative_to(PACKAGE))
        for path in PACKAGE.rglob("*.py")
        if "tests" not in path.parts and writes.search(path.read_text(encoding="utf-8"))
    }
    assert writers == {"thai/csvfile.py", "registers/workbook.py"}


def test_G06_G07_no_address_is_made_of_the_words_of_a_title():
    """Records are found by number or id; so a Thai title can make no empty, double or unlike address."""
    makes = re.compile(r"\bslugify\b|prepopulated_fields")
    makers = [p for p in PACKAGE.rglob("*") if p.suffix in {".py", ".html"} and makes.search(p.read_text())]
    assert makers == []


def test_no_province_is_named_in_the_code():
    """Names, codes and texts of a province are data."""
    named = [
        f"{path.relative_to(ROOT)}:{number}"
        for path in sorted(PACKAGE.rglob("*.py"))
        if "tests" not in path.parts
        for number, line in enumerate(path.read_text(encoding="utf-8").splitlines(), start=1)
        if re.search("เชียงใหม่|chiang.?mai", line, re.IGNORECASE)
    ]
    assert not named


@pytest.mark.django_db
def test_migrations_are_complete(capsys: pytest.CaptureFixture[str]):
    ours = [
        "acts",
        "committees",
        "complaints",
        "compliance",
        "files",
        "inquiries",
        "ledger",
        "notices",
        "organisation",
        "papers",
        "sealed",
        "workdays",
    ]
    call_command("makemigrations", *ours, "--check", "--dry-run")
