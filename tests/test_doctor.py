"""`prongsai check` and `prongsai doctor`: each thing that can be wrong is found, explained, and can be mended as told."""

from __future__ import annotations

import datetime as dt
import re
import shlex
from collections.abc import Callable
from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
import time_machine
from django.core.management import call_command
from django.core.management.base import SystemCheckError
from django.db import connection
from django.utils import timezone

from prongsai.cli import backing_up, checking, findings
from prongsai.cli.command import parser
from prongsai.cli.findings import Finding, Level
from prongsai.cli.installing import prepare_schema
from prongsai.files.tests.test_scanning import answering
from prongsai.notices.models import Notice
from prongsai.organisation.models import ActingAppointment
from prongsai.organisation.periods import today
from prongsai.runtime.backup import Key, Shelf, make_identity

pytestmark = pytest.mark.django_db

SECRET, RECIPIENT = make_identity()


def found(what: str) -> Finding:
    return next(finding for finding in findings.gather() if finding.what.startswith(what))


@pytest.fixture
def real(province, settings):
    """The same province, but in production."""
    province.is_sample = False
    province.save()
    settings.SITE_URL = "https://prongsai.example.go.th"
    return province


@pytest.fixture
def shelf(settings, tmp_path: Path) -> Shelf:
    settings.BACKUP_DIR, settings.BACKUP_RECIPIENTS = tmp_path / "backups", [RECIPIENT]
    return Shelf(settings.BACKUP_DIR)


def test_every_fault_says_why_it_matters_and_what_to_do(world, capsys):
    listed = list(findings.gather())
    faults = [finding for finding in listed if finding.level is not Level.FINE]
    assert faults and all(finding.why and finding.mend for finding in faults)
    assert {finding.level for finding in listed} == set(
        Level
    )  # no worker runs here, and nothing is printed yet
    assert checking.doctor() == 1
    said = capsys.readouterr().out
    assert said.startswith("✗ ต้องแก้ไข — ตัวทำงานเบื้องหลัง")
    for words in ("เหตุผล:", "วิธีทำ:", "prongsai user recovery centre", "PRONGSAI_BACKUP_DIR"):
        assert words in said
    assert checking.check() == 1
    assert len(capsys.readouterr().out.splitlines()) == len(listed)


def test_the_commands_that_it_names_are_commands(world):
    """What the doctor prescribes can be typed: every ``prongsai …`` in the sources of the looks is one."""
    folder = Path(findings.__file__).parent
    text = "".join((folder / name).read_text() for name in ("looks_machine.py", "looks_house.py"))
    text = re.sub(r"(?m)^(from|import) .*$", "", text)
    prescribed = re.findall(r"prongsai ((?:up|[a-z]+)(?: (?:[a-z]+|--[a-z-]+))*)", text)
    assert len(set(prescribed)) > 6
    verbs = next(a for a in parser()._actions if a.dest == "verb").choices
    for command in prescribed:
        verb, *rest = shlex.split(command)
        assert verb in verbs, command
        known = {option for action in verbs[verb]._actions for option in action.option_strings}
        if verb not in ("django", "user"):
            assert {word for word in rest if word.startswith("--")} <= known, command
    for variable in set(re.findall(r"PRONGSAI_[A-Z_]+", text)):
        assert variable in Path(findings.__file__).parents[1].joinpath("config/settings.py").read_text()


def test_production_without_https_or_in_debugging_is_wrong(real, settings):
    settings.HTTPS, settings.DEBUG = False, True
    assert found("HTTPS").level is found("โหมดพัฒนา").level is Level.WRONG
    settings.HTTPS, settings.DEBUG = True, False
    assert found("HTTPS").level is Level.FINE
    settings.HTTPS, settings.SITE_URL = False, "http://localhost:8000"
    assert found("HTTPS").level is Level.FINE


@pytest.mark.parametrize(("name", "value"), [("TIME_ZONE", "Asia/Tokyo"), ("USE_TZ", False)])
def test_G46_under_another_zone_nothing_starts_and_the_doctor_says_why(name: str, value: Any, settings):
    assert found("เขตเวลา").level is Level.FINE
    call_command("check", tags=["time_zone"])
    setattr(settings, name, value)
    with pytest.raises(SystemCheckError, match="Asia/Bangkok"):
        prepare_schema()
    assert found("เขตเวลา").level is Level.WRONG


def test_G46_a_session_of_the_database_in_another_zone_is_wrong():
    with connection.cursor() as cursor:
        cursor.execute("SET LOCAL timezone = 'Asia/Tokyo'")
    finding = found("เขตเวลา")
    assert finding.level is Level.WRONG and "Asia/Tokyo" in finding.found


def test_people_who_can_open_a_matter_are_counted(world, actor_of):
    from prongsai import sealed
    from prongsai.complaints import staffing

    assert found("ผู้เก็บรักษาข้อมูลผู้ร้องเรียนที่มีกุญแจ").level is Level.FINE
    custodians = staffing.staff(world["governor"].person.province).custodians
    for person in custodians[1:]:
        sealed.retire_keys(sealed.keyholder_of(person))
    finding = found("ผู้เก็บรักษาข้อมูลผู้ร้องเรียนที่มีกุญแจ")
    assert finding.level is Level.ADVICE and finding.found.startswith("1 คน")


def test_those_about_whom_no_complaint_could_be_received_are_named(world):
    """Without the custodian of another office, all who keep identities are below the head of the provincial office."""
    from prongsai import sealed

    what = "เรื่องที่เกี่ยวกับผู้บริหาร"
    assert found(what).level is Level.FINE
    sealed.retire_keys(sealed.keyholder_of(world["identity_custodian_3"].person))
    finding = found(what)
    assert finding.level is Level.ADVICE
    assert finding.found.endswith(f"รับเรื่องเกี่ยวกับบุคคลต่อไปนี้มิได้: {world['head_provincial_office'].person}")
    sealed.retire_keys(sealed.keyholder_of(world["identity_custodian_2"].person))
    assert str(world["governor"].person) in found(what).found, "two custodians keep what concerns him"


def test_orders_that_end_this_week_are_named(world):
    assert found("คำสั่งและบทบาท").level is Level.FINE
    order = ActingAppointment.objects.first()
    ActingAppointment.objects.filter(pk=order.pk).update(end=max(order.start, today()) + dt.timedelta(days=3))
    finding = found("คำสั่งและบทบาท")
    assert finding.level is Level.ADVICE and str(order.person) in finding.found


def test_the_end_of_the_holiday_table_is_seen_two_months_before(world):
    from prongsai.workdays.models import Holiday

    Holiday.objects.filter(date__gt=dt.date(2026, 12, 31)).delete()
    with time_machine.travel("2026-10-20T12:00+07:00", tick=False):
        assert found("วันหยุดราชการ").level is Level.FINE
    with time_machine.travel("2026-11-20T12:00+07:00", tick=False):
        finding = found("วันหยุดราชการ")
    assert finding.level is Level.ADVICE and "2569" in finding.found


def test_secrets_that_others_can_read_are_wrong(world, settings, tmp_path: Path):
    settings.DATA = tmp_path
    (tmp_path / "secrets").mkdir()
    (tmp_path / "secrets" / "ledger").write_text("seed")
    (tmp_path / "secrets" / "ledger").chmod(0o644)
    assert found("กุญแจของระบบ").level is Level.WRONG
    (tmp_path / "secrets" / "ledger").chmod(0o600)
    assert found("กุญแจของระบบ").level is Level.FINE


def test_the_scanner_is_asked_whether_it_answers_and_how_old_its_signatures_are(
    world, settings, tmp_path: Path
):
    what = "เครื่องตรวจไวรัส"
    assert "ยังมิได้ตั้ง" in found(what).found and found(what).level is Level.ADVICE
    settings.CLAMD = str(tmp_path / "nobody")
    assert found(what).level is Level.WRONG
    for days, level in ((1, Level.FINE), (30, Level.ADVICE)):
        day = timezone.now() - dt.timedelta(days=days)
        settings.CLAMD = str(tmp_path / f"{days}")
        with answering(Path(settings.CLAMD), f"ClamAV 1.4.6/27831/{day:%a %b %d %H:%M:%S %Y}\0".encode()):
            said = found(what)
        assert said.level is level and "ClamAV 1.4.6" in said.found
    assert found("การตรวจไวรัสของไฟล์แนบ").found.startswith("ยังไม่ได้ตรวจ 0 ไฟล์")


def test_a_look_that_fails_is_a_finding(world, monkeypatch):
    def broken() -> Any:
        raise RuntimeError("no such thing")
        yield

    from prongsai.cli import looks_machine

    monkeypatch.setattr(looks_machine, "LOOKS", (("นาฬิกา", broken),))
    finding = found("นาฬิกา")
    assert finding.level is Level.WRONG and "no such thing" in finding.found


def test_the_nightly_copy_is_made_once_a_night_and_can_be_opened(world, shelf: Shelf):
    assert found("ข้อมูลสำรอง").level is Level.WRONG  # set up, but there is none
    made = backing_up.nightly()
    assert made and made.parent == shelf.directory and made.stat().st_mode & 0o777 == 0o600
    with Key(SECRET).open(made) as plain:
        assert plain.read(512).startswith(b"header.json")
    assert found("ข้อมูลสำรอง").level is Level.FINE
    assert backing_up.nightly() is None  # the timer and the worker do not do it twice
    assert len(shelf.copies()) == 1
    tomorrow = timezone.now() + dt.timedelta(hours=27)
    with time_machine.travel(tomorrow, tick=False):
        assert found("ข้อมูลสำรอง").level is Level.WRONG
        assert backing_up.nightly() is not None
        assert found("ข้อมูลสำรอง").level is Level.FINE


def test_administrators_are_told_once_a_day_that_the_copy_is_late(
    world, shelf: Shelf, client_of: Callable[[str], Any]
):
    administrators = {key for key in world if key.startswith("system_admin")}
    assert backing_up.watch() == len(administrators) > 0
    assert backing_up.watch() == 0
    told = set(Notice.objects.filter(kind="care.backup_late").values_list("recipient_id", flat=True))
    assert told == {world[key].person.pk for key in administrators}
    backing_up.nightly()
    with time_machine.travel(timezone.now() + dt.timedelta(hours=25), tick=False):
        assert backing_up.watch() == 0  # not late yet
    with time_machine.travel(timezone.now() + dt.timedelta(hours=27), tick=False):
        assert backing_up.watch() == len(administrators)


def test_without_a_place_nothing_is_copied_and_nobody_is_blamed(world, settings):
    settings.BACKUP_DIR, settings.BACKUP_RECIPIENTS = None, []
    assert backing_up.nightly() is None and backing_up.watch() == 0
    assert found("ข้อมูลสำรอง").level is Level.ADVICE
    assert backing_up.backup(SimpleNamespace(nightly=True)) == 2
