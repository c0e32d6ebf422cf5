"""Backup and restore as an operator does them, on a whole house: what citizens hold must work in the new place."""

from __future__ import annotations

import json
import re
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.complaints import NARRATIVE, RECEIPT, Filed, complain, pdf, track
from tests.house import House, place
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("spare")

EVIDENCE = b"%PDF-1.7\n" + bytes(range(256)) * 4000
PASSPHRASE = "ข้อมูลสำรองของจังหวัด ๒๕๖๙"


@dataclass
class Care:
    """A house with a citizen's matter in it, and what its operator and the citizen keep elsewhere."""

    house: House
    filed: Filed
    folder: Path
    proof: bytes
    recipient: str

    def path(self, name: str) -> str:
        return str(self.folder / name)


@pytest.fixture(scope="module")
def care(spare_house: House, tmp_path_factory: pytest.TempPathFactory) -> Care:
    house, folder = spare_house.start(), tmp_path_factory.mktemp("care")
    citizen = Visitor(house.url)
    filed = complain(citizen, [pdf(content=EVIDENCE)])
    proof = citizen.get(f"{RECEIPT}proof.json").body
    answer = house.run("backup", "--make-key", str(folder / "key"))
    assert answer.returncode == 0 and (folder / "key").stat().st_mode & 0o777 == 0o600
    recipient = re.search(r"^age1\w+$", answer.stdout, re.MULTILINE)[0]
    return Care(house, filed, folder, proof, recipient)


@pytest.fixture
def elsewhere() -> Iterator[House]:
    """Another machine, so to speak; nothing runs there yet."""
    house = House(place(), verb="up")
    yield house
    house.remove()


def test_a_province_moves_to_another_machine(care: Care, elsewhere: House):
    made = care.house.run(
        *("backup", care.path("moving.age"), "--recipient", care.recipient),
        *("--with-secrets", care.path("secrets.age")),
        stdin=f"{PASSPHRASE}\n",
    )
    assert made.returncode == 0, made.stderr
    assert "MiB" in made.stderr  # the progress
    for name in ("moving.age", "secrets.age"):
        assert Path(care.path(name)).stat().st_mode & 0o777 == 0o600

    restored = elsewhere.run(
        *(
            "restore",
            care.path("moving.age"),
            "--identity",
            care.path("key"),
            "--secrets",
            care.path("secrets.age"),
        ),
        stdin=f"{PASSPHRASE}\n",
    )
    assert restored.returncode == 0, restored.stdout + restored.stderr
    assert "✓" in restored.stdout and "✗" not in restored.stdout

    elsewhere.start()
    matter = track(Visitor(elsewhere.url), care.filed).get("/complaints/track/matter/")
    assert care.filed.number in matter.text
    proof = care.folder / "proof.json"
    proof.write_bytes(care.proof)
    key = json.loads(care.proof)["key"]
    assert elsewhere.run("verify", str(proof), "--key", key).returncode == 0
    assert elsewhere.run("verify").returncode == 0
    officer = Visitor(elsewhere.url).sign_in("center_officer").unlock()
    [(case,)] = elsewhere.query("SELECT id FROM complaints_case WHERE number = %s", care.filed.number)
    page = officer.get(f"/office/registers/complaints/{case}/").text
    assert NARRATIVE in page
    assert EVIDENCE in {officer.get(link).body for link in re.findall(r"/office/files/[0-9a-f-]+/", page)}

    again = elsewhere.run("restore", care.path("moving.age"), "--identity", care.path("key"))
    assert again.returncode == 2 and "already" in again.stderr  # it runs
    elsewhere.stop()
    again = elsewhere.run("restore", care.path("moving.age"), "--identity", care.path("key"))
    assert again.returncode == 2
    assert "มีข้อมูลอยู่แล้ว" in again.stderr and "not empty" in again.stderr


def test_without_the_secrets_it_is_refused_or_told(care: Care, elsewhere: House):
    copy = care.path("without.age")
    made = care.house.run("backup", copy, PRONGSAI_BACKUP_RECIPIENTS=care.recipient)
    assert made.returncode == 0, made.stderr
    refused = elsewhere.run("restore", copy, "--identity", care.path("key"))
    assert refused.returncode == 2 and "--secrets" in refused.stderr
    assert not (elsewhere.data / "secrets").exists() and not (elsewhere.data / "files").exists()
    told = elsewhere.run("restore", copy, "--identity", care.path("key"), "--without-secrets")
    assert told.returncode == 1 and "✗ สมุดบันทึก" in told.stdout


def test_a_lost_file_is_told_when_it_is_copied_and_when_it_is_restored(care: Care, elsewhere: House):
    blob = next(path for path in (care.house.data / "files").glob("??/*") if path.is_file())
    aside = care.folder / "aside"
    shutil.move(blob, aside)
    try:
        made = care.house.run("backup", care.path("lost.age"), "--recipient", care.recipient)
    finally:
        shutil.move(aside, blob)
    assert made.returncode == 1 and blob.name in made.stderr
    shutil.copytree(care.house.data / "secrets", elsewhere.data / "secrets")
    told = elsewhere.run("restore", care.path("lost.age"), "--identity", care.path("key"))
    assert told.returncode == 1
    assert re.search(r"^✗ ไฟล์แนบ .*ไม่มีอยู่แล้วเมื่อทำข้อมูลสำรอง", told.stdout, re.MULTILINE)


def test_an_operators_mistakes_are_said(care: Care):
    house = care.house
    short = house.run("backup", care.path("x.age"), stdin="short\n")
    assert short.returncode == 2 and "16" in short.stderr
    same = house.run(
        *("backup", care.path("x.age"), "--recipient", care.recipient, "--with-secrets", care.path("y.age")),
        *("--secrets-recipient", care.recipient),
    )
    assert same.returncode == 2 and "another key" in same.stderr
    nowhere = house.run("backup", care.path("no/such/directory.age"), "--recipient", care.recipient)
    assert nowhere.returncode == 2 and "no/such" in nowhere.stderr
    assert not any(Path(care.path(name)).exists() for name in ("x.age", "y.age"))
    assert house.run("restore", care.path("absent.age")).returncode == 2
    assert house.run("backup", "--make-key", care.path("key")).returncode == 2  # never over a key
