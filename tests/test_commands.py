"""The ``prongsai`` command as an operator uses it: start, look, verify, accounts, stop."""

from __future__ import annotations

import json
import os
import signal
import socket
from pathlib import Path

import pytest

from tests.complaints import RECEIPT, complain
from tests.house import House, command_line, place, wait_until
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("spare")

LOADED = [
    "organisation_place",
    "organisation_agency",
    "organisation_person",
    "organisation_user",
    "organisation_roleassignment",
    "workdays_holiday",
    "compliance_announcement",
    "compliance_clause",
    "acts_ruleparameter",
    "sealed_keyholder",
    "complaints_case",
    "complaints_receipt",
    "acts_due",
]


def counts(house: House) -> dict[str, int]:
    return {table: house.query(f"SELECT count(*) FROM {table}")[0][0] for table in LOADED}


def test_it_starts_where_it_is_told_and_says_how_to_sign_in(spare_house: House):
    house = spare_house.start()
    assert house.health() == 200
    assert (house.data / "pg").is_dir()
    assert (house.data / "secrets").stat().st_mode & 0o077 == 0
    assert f"http://localhost:{house.port}/" in house.said
    for key in ("governor", "center_officer", "identity_custodian", "auditor", "system_admin"):
        assert f"{key}@sample.prongsai.example" in house.said
    assert "ERROR" not in house.said
    assert "Traceback" not in house.said


def test_ctrl_c_stops_everything_and_a_second_start_loads_nothing_twice(spare_house: House):
    house = spare_house.start()
    before, family = counts(house), house.processes()
    assert house.find("granian") and house.find("procrastinate") and house.find("postgres", "-D")
    assert house.stop(signal.SIGINT) == 0
    left = {pid: line for pid, line in family.items() if line and command_line(pid) == line}
    assert not left
    with socket.socket() as probe:
        assert probe.connect_ex(("127.0.0.1", house.port)) != 0
    house.start()
    assert counts(house) == before
    assert before["complaints_case"] > 0


def test_guessing_a_passphrase_or_a_password_costs_what_it_should(spare_house: House):
    """The rooms' own tests make them cheaper (``prongsai/config/testing.py``); a house never does."""
    keys = "SELECT DISTINCT (kdf->>'ops')::int, (kdf->>'memory')::int FROM sealed_keyholder WHERE kdf IS NOT NULL"
    passwords = "SELECT DISTINCT split_part(password, '$', 4) FROM organisation_user"
    house = spare_house.start()
    assert house.query(keys) == [(2, 64 * 1024**2)]
    assert house.query(passwords) == [("m=102400,t=2,p=8",)]


def test_a_taken_port_is_said_before_anything_is_started(spare_house: House):
    house = spare_house.start()
    elsewhere = place()
    answer = house.run("up", PRONGSAI_DATA=str(elsewhere))
    assert answer.returncode == 2
    assert f"Port {house.port}" in answer.stderr
    assert not elsewhere.exists()
    assert house.run("up", PORT="eighty").returncode == 2


def test_commands_say_what_to_do_when_nothing_runs(tmp_path: Path):
    answer = House(tmp_path / "nothing").run("check")
    assert answer.returncode == 2
    assert "prongsai up" in answer.stderr


def test_check_finds_everything_in_order(spare_house: House):
    answer = spare_house.start().run("check")
    assert answer.returncode == 0, answer.stdout + answer.stderr
    assert "✗" not in answer.stdout
    for what in (
        "การตั้งค่า",
        "เขตเวลา",
        "C.UTF-8",
        "โครงสร้างฐานข้อมูล",
        "ตัวทำงานเบื้องหลัง",
        "นาฬิกา",
        "พื้นที่ดิสก์",
        "สมุดบันทึก",
    ):
        assert what in answer.stdout


def test_a_silent_worker_is_named_by_check_and_by_healthz(spare_house: House):
    house = spare_house.start()
    (worker,) = house.find("procrastinate", "worker")
    os.kill(worker, signal.SIGSTOP)
    try:
        # Only a stopped worker does not put its heartbeat right again; the minute is not waited for.
        _execute(house, "UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 minute'")
        answer = house.run("check")
        assert answer.returncode == 1
        assert [line for line in answer.stdout.splitlines() if line.startswith("✗ ตัวทำงานเบื้องหลัง")]
        assert house.health() == 503
    finally:
        os.kill(worker, signal.SIGCONT)
    wait_until(house.is_healthy, "the worker's next heartbeat")


def test_a_killed_worker_is_started_again(spare_house: House):
    house = spare_house.start()
    (worker,) = house.find("procrastinate", "worker")
    os.kill(worker, signal.SIGKILL)
    wait_until(lambda: set(house.find("procrastinate", "worker")) - {worker}, "another worker")
    _execute(house, "DELETE FROM procrastinate_workers WHERE last_heartbeat < now() - interval '1 second'")
    wait_until(house.is_healthy, "a healthy house with the new worker")


def test_clauses_lists_every_entry_of_the_announcement(spare_house: House):
    house = spare_house.start()
    answer = house.run("clauses", "--json")
    entries = [json.loads(line) for line in answer.stdout.splitlines()]
    assert answer.returncode == 0
    assert len(entries) == len({entry["id"] for entry in entries}) == 136
    assert sum(entry["operative"] for entry in entries) == 97
    keys = {"id", "operative", "duties", "acts", "registers", "evidence", "state", "agencies"}
    assert all(keys <= entry.keys() for entry in entries)
    complaints = next(entry for entry in entries if entry["id"] == "M5.2.4")
    assert "complaints.refuse" in complaints["acts"]
    assert complaints["evidence"] > 0
    assert complaints["state"] != "none"
    assert house.run("clauses").stdout.count("\n") == 136
    assert house.run("clauses", "--announcement", "nowhere").returncode == 1


def test_verify_takes_the_ledger_and_a_citizens_proof(spare_house: House, tmp_path: Path):
    house = spare_house.start()
    citizen = Visitor(house.url)
    complain(citizen)
    (tmp_path / "proof.json").write_bytes(proof := citizen.get(f"{RECEIPT}proof.json").body)
    (tmp_path / "copy.txt").write_bytes(citizen.get(f"{RECEIPT}copy.txt").body)
    whole = house.run("verify")
    assert whole.returncode == 0, whole.stdout + whole.stderr
    # Offline: another directory, nothing running there.
    elsewhere = House(tmp_path / "nothing")
    key = json.loads(proof)["key"]
    files = [str(tmp_path / "proof.json"), "--key", key, "--document", str(tmp_path / "copy.txt")]
    assert elsewhere.run("verify", *files).returncode == 0
    (tmp_path / "copy.txt").write_text("ข้อความอื่น", encoding="utf-8")
    assert elsewhere.run("verify", *files).returncode == 1
    assert elsewhere.run("verify", files[0]).returncode == 3  # a key from the proof itself proves nothing


def test_accounts_from_the_command_line(spare_house: House):
    house, email = spare_house.start(), "new.officer@example.go.th"
    names = [
        "--title",
        "นาง",
        "--first-name",
        "ทดสอบ",
        "--last-name",
        "คำสั่ง",
        "--position",
        "นิติกร",
        "--agency",
        "PO",
    ]
    weak = house.run("user", "add", email, *names, stdin="short\n")
    assert weak.returncode == 1 and email not in house.run("user", "list").stdout
    assert house.run("user", "add", email, *names, stdin="a long enough sentence\n").returncode == 0
    assert _may_sign_in(house, email)
    alone = house.run("user", "grant", email, "auditor")
    assert alone.returncode == 1 and "คนละคน" in alone.stderr
    sample = "@sample.prongsai.example"
    two = ("--granted-by", f"system_admin{sample}", "--seconded-by", f"system_admin_2{sample}")
    assert house.run("user", "grant", email, "auditor", *two, "--until", "30/9/2599").returncode == 0
    line = next(row for row in house.run("user", "list").stdout.splitlines() if email in row)
    assert "auditor" in line
    assert house.run("user", "close", email).returncode == 0
    assert not _may_sign_in(house, email)
    assert house.run("user", "close", "nobody@example.go.th").returncode == 1


def _may_sign_in(house: House, email: str) -> bool:
    visitor = Visitor(house.url)
    form = visitor.get("/account/login/").form("login")
    visitor.post("/account/login/", {**form, "login": email, "password": "a long enough sentence"})
    return visitor.get("/office/").status == 200


def _execute(house: House, sql: str) -> None:
    import psycopg

    with psycopg.connect(house.dsn) as connection:
        connection.execute(sql)
