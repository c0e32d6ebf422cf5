"""A large register as XLSX: made by the worker for one browser, watched, given out once to who may still see it."""

from __future__ import annotations

import io
import re
import zipfile
from collections.abc import Callable
from datetime import timedelta
from pathlib import Path
from typing import Any

import pytest
from django.db.models import Max
from django.test import Client
from django.urls import reverse
from django.utils import timezone
from openpyxl import load_workbook
from procrastinate.contrib.django.models import ProcrastinateJob

from prongsai.complaints.models import Case, Exclusion
from prongsai.complaints.tests.steps import file_complaint, said
from prongsai.config import jobs
from prongsai.files.upload import incoming
from prongsai.ledger.models import Entry
from prongsai.organisation.models import RoleAssignment
from prongsai.registers import export, exported, exporting
from prongsai.registers.models import Export
from prongsai.registers.workbook import _row

pytestmark = pytest.mark.django_db

State = Export.State
ASK = "/office/registers/complaints/export/?state=received&sort=-number"


@pytest.fixture(autouse=True)
def small_limit(monkeypatch: pytest.MonkeyPatch) -> None:
    """Three rows are a large register here, and every row is told."""
    monkeypatch.setattr(export, "AT_ONCE", 2)
    monkeypatch.setattr(exporting, "REPORT_EVERY", 1)


@pytest.fixture
def cases() -> list[Case]:
    return [file_complaint().case for _ in range(3)]


@pytest.fixture
def officer(client_of: Any, cases: list[Case]) -> Client:
    return client_of("center_officer")


def ask(client: Client) -> str:
    answer = client.post(ASK)
    assert answer.status_code == 303, said(answer)
    return answer["Location"]


def work() -> None:
    """What the worker does with the jobs that it was given (those that have ended do nothing)."""
    for job in ProcrastinateJob.objects.filter(task_name="export_workbook").order_by("pk"):
        jobs.export_workbook(**job.args)


def the_export(page: str) -> Export:
    return Export.objects.get(pk=page.rstrip("/").rpartition("/")[2])


def files_kept() -> list[Path]:
    return [
        path
        for name in Export.objects.values_list("blob", flat=True)
        if name and (path := incoming() / name).exists()
    ]


def at_row(monkeypatch: pytest.MonkeyPatch, wanted: int, do: Callable[[], Any]) -> None:
    """Something happens outside while the worker has written so many rows and told so."""
    write = exporting.write_workbook

    def watched(listing: Any, out: Any, progress: Any) -> int:
        def told(done: int, pk: Any) -> None:
            progress(done, pk)
            if done == wanted:
                do()

        return write(listing, out, told)

    monkeypatch.setattr(exporting, "write_workbook", watched)


def test_the_file_holds_what_the_list_shows_and_is_given_out_once(officer: Client, cases: list[Case]) -> None:
    before = Entry.objects.aggregate(last=Max("pk"))["last"] or 0
    led = officer.get(
        reverse("office:register-xlsx", args=["complaints"]) + "?state=received&sort=-number&page=2"
    )
    assert (led.status_code, led["Location"]) == (
        302,
        ASK.replace("state=received&sort=-number", "sort=-number&state=received"),
    )
    assert "3</strong> แถว" in officer.get(ASK).content.decode()

    page = ask(officer)
    waiting = officer.get(page)
    assert "กำลังจัดทำไฟล์ 0 จาก 3 แถว" in said(waiting)
    assert waiting["Refresh"] == "3"

    work()
    ready = officer.get(page)
    assert "Refresh" not in ready and page + "file.xlsx" in ready.content.decode()
    (kept,) = files_kept()
    assert not zipfile.is_zipfile(kept) and not kept.read_bytes().startswith(b"PK")
    assert kept.stat().st_mode & 0o077 == 0

    answer = officer.get(page + "file.xlsx")
    content = b"".join(answer)
    assert (len(content), "no-store" in answer["Cache-Control"]) == (int(answer["Content-Length"]), True)
    sheet = load_workbook(io.BytesIO(content)).active
    assert [row[0].value for row in list(sheet.rows)[1:]] == sorted((c.number for c in cases), reverse=True)
    reads = Entry.objects.filter(kind="registers.export_read", pk__gt=before)
    assert [(e.content, e.secrecy) for e in reads] == [({"kind": "xlsx", "rows": 3, "narrowed": True}, "S3")]

    again = officer.get(page + "file.xlsx")
    assert (again.status_code, again["Location"], files_kept()) == (302, page, [])
    assert "ลบออกจากระบบแล้ว" in said(officer.get(page))
    assert reads.count() == 1


def test_a_broken_download_leaves_the_file(officer: Client) -> None:
    page = ask(officer)
    work()
    next(iter(officer.get(page + "file.xlsx")))  # and the line breaks

    assert b"".join(officer.get(page + "file.xlsx")).startswith(b"PK")


def test_asking_twice_is_one_job(officer: Client) -> None:
    first, second = ask(officer), officer.post(ASK.replace("?", "?page=3&"))
    assert (second.status_code, second["Location"]) == (302, first)
    assert ProcrastinateJob.objects.filter(task_name="export_workbook").count() == 1
    assert officer.get(ASK)["Location"] == first

    work()
    assert officer.get(ASK)["Location"] == first  # ready, not given yet
    b"".join(officer.get(first + "file.xlsx"))
    assert ask(officer) != first


def test_what_was_searched_for_is_not_readable_in_the_row(officer: Client) -> None:
    officer.post(ASK)
    row = Export.objects.values().get()
    assert not [
        name
        for name, value in row.items()
        if "received" in str(bytes(value) if isinstance(value, memoryview) else value)
    ]


def test_progress_is_shown_and_the_work_can_be_stopped(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ask(officer)
    seen: list[str] = []

    def look_and_stop() -> None:
        seen.append(said(officer.get(page)))
        answer = officer.post(page + "cancel/")
        assert answer["Location"].startswith(reverse("office:register", args=["complaints"]))

    at_row(monkeypatch, 2, look_and_stop)
    work()

    assert "กำลังจัดทำไฟล์ 2 จาก 3 แถว" in seen[0]
    assert (the_export(page).state, the_export(page).done, files_kept()) == (State.CANCELLED, 2, [])
    assert officer.get(page + "file.xlsx").status_code == 302


@pytest.mark.parametrize("made_before", [False, True])
def test_whoever_has_lost_the_role_gets_nothing(officer: Client, world: Any, made_before: bool) -> None:
    page = ask(officer)
    if made_before:
        work()
    RoleAssignment.objects.filter(person=world["center_officer"].person).delete()
    work()

    answer = officer.get(page + "file.xlsx")

    assert (answer.status_code, files_kept()) == (302, [])
    shown = officer.get(page)
    assert exported.NOT_ALLOWED in said(shown)
    assert the_export(page).sealed_key is None


def test_a_row_that_is_no_longer_ones_own_keeps_the_whole_file_back(
    officer: Client, world: Any, cases: list[Case]
) -> None:
    page = ask(officer)
    work()
    Exclusion.objects.create(case=cases[1], person=world["center_officer"].person)

    assert officer.get(page + "file.xlsx").status_code == 302
    assert (exported.NOT_ALLOWED in said(officer.get(page)), files_kept()) == (True, [])


def test_only_the_browser_that_asked_opens_the_file(officer: Client, client_of: Any) -> None:
    page = ask(officer)
    work()
    elsewhere, somebody = client_of("center_officer"), client_of("center_officer_2")

    assert elsewhere.get(page + "file.xlsx")["Location"] == page
    assert "ดาวน์โหลดที่นี่มิได้" in said(elsewhere.get(page))
    # A cookie that was copied is only half of the key.
    elsewhere.cookies["prongsai_export"] = officer.cookies["prongsai_export"].value
    assert elsewhere.get(page + "file.xlsx").status_code == 302
    for url in (page, page + "file.xlsx"):
        assert somebody.get(url).status_code == 404
    assert somebody.post(page + "cancel/").status_code == 404
    assert officer.get(page + "file.xlsx").status_code == 200


def test_a_worker_that_dies_begins_anew_and_a_stale_one_stops(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = ask(officer)
    stale = exporting._claim(the_export(page).pk)  # killed here, with half a file on the disk
    assert stale is not None and stale.path is not None
    stale.path.parent.mkdir(parents=True, exist_ok=True)
    stale.path.write_bytes(b"half")

    work()  # put back by ``rescue_stalled``

    assert (the_export(page).state, stale.path.exists(), len(files_kept())) == (State.READY, False, 1)
    with pytest.raises(exporting._Stopped):
        exporting._mine(stale, done=1)


def test_nothing_is_at_work_for_ever(officer: Client) -> None:
    page = ask(officer)
    for _ in range(exporting.MOST_ATTEMPTS):
        exporting._claim(the_export(page).pk)
    work()
    assert exported.STUCK in said(officer.get(page))

    second = ask(officer)
    exporting._claim(the_export(second).pk)
    Export.objects.filter(pk=the_export(second).pk).update(beat_at=timezone.now() - timedelta(minutes=11))
    answer = officer.get(second)
    assert exported.STUCK in said(answer) and "Refresh" not in answer


def test_a_full_disk_is_told(officer: Client, settings: Any, tmp_path: Path) -> None:
    page = ask(officer)
    settings.FILES_ROOT = tmp_path / "a-file"
    settings.FILES_ROOT.write_text("no directory")

    work()

    assert exporting.NO_SPACE in said(officer.get(page))


def test_a_day_later_nothing_is_left(officer: Client) -> None:
    page = ask(officer)
    work()
    Export.objects.update(asked_at=timezone.now() - timedelta(hours=25))
    (kept,) = files_kept()

    jobs.sweep_incoming(0)

    assert (Export.objects.count(), kept.exists()) == (0, False)
    assert officer.get(page).status_code == 404


def test_too_many_files_at_a_time_are_refused_in_words(
    officer: Client, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = ask(officer)
    monkeypatch.setattr(exporting, "MOST_LIVE", 1)

    answer = officer.post(ASK.replace("sort=-number", "sort=number"))

    assert answer.status_code == 422 and first in answer.content.decode()


def test_a_small_list_is_made_at_once(officer: Client, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(export, "AT_ONCE", 3)
    answer = officer.get(ASK)
    assert answer["Location"].startswith(reverse("office:register-xlsx", args=["complaints"]))
    assert b"".join(officer.get(answer["Location"])).startswith(b"PK")


def test_any_text_and_any_number_makes_a_sheet_that_opens() -> None:
    row = _row(2, ["<&>\x0b\ud800", " เว้นวรรค ", None, 3, 2.5, float("nan"), True, "x" * 40_000])
    texts = re.findall(r'<t xml:space="preserve">([^<]*)</t>', row)
    assert texts[:4] == ["&lt;&amp;&gt;", " เว้นวรรค ", "nan", "True"]
    assert len(texts[4]) == 32_767 and re.findall(r"<v>([^<]*)</v>", row) == ["3", "2.5"]
