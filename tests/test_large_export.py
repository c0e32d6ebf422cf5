"""A large XLSX by the running house: its own web server, worker, database and disk, no test's transaction around them.

The worker is killed with -9 in the middle of it.
"""

from __future__ import annotations

import io
import os
import signal

import pytest
from openpyxl import load_workbook

from tests.house import House, wait_until
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("spare")

ROWS = 20_500  # more than ``registers.export.AT_ONCE``
# Long past, and cancelled: they are listed and disturb no clock.
OLD_DAYS = """
INSERT INTO workdays_holiday (date, name_th, name_en, scope, scope_code, kind, source, is_cancelled, updated_at)
SELECT DATE '1700-01-01' + n, 'วันทดสอบ ' || n, '', 'national', '', 'ordinary', 'ทดสอบ', true, now()
FROM generate_series(1, %s) n RETURNING 1
"""
NO_MORE = "DELETE FROM workdays_holiday WHERE source = 'ทดสอบ' RETURNING 1"


# The dead worker's heartbeat stops; instead of waiting for that and for the clock of ``rescue_stalled``:
LONG_SILENT = """
UPDATE procrastinate_workers SET last_heartbeat = now() - interval '1 hour'
WHERE id IN (SELECT worker_id FROM procrastinate_jobs WHERE task_name = 'export_workbook' AND status = 'doing') RETURNING 1
"""
AT_IT = "SELECT state, done > 0, attempts FROM registers_export WHERE id::text = %s"


def kill_the_worker_at_it(house: House, export: str) -> None:
    wait_until(lambda: house.query(AT_IT, export) == [("running", True, 1)], "the worker to be in the middle")
    (worker,) = house.find("procrastinate", "worker")
    os.kill(worker, signal.SIGKILL)
    assert house.query(AT_IT, export) == [("running", True, 1)], "it was killed too late"
    wait_until(
        lambda: [pid for pid in house.find("procrastinate", "worker") if pid != worker], "another worker"
    )
    house.query(LONG_SILENT)
    task = "prongsai.config.jobs.rescue_stalled"
    rescued = house.run("django", "procrastinate", "defer", task, '{"timestamp": 0}')
    assert rescued.returncode == 0, rescued.stderr


def test_a_worker_killed_over_it_begins_anew_and_the_browser_that_asked_gets_it_whole_and_once(
    spare_house: House,
) -> None:
    house = spare_house.start()
    incoming = house.data / "files" / "incoming"
    before = set(incoming.glob("*"))
    house.query(OLD_DAYS, ROWS)
    try:
        officer = Visitor(house.url).sign_in("officer")
        led = officer.get("/office/registers/holidays.xlsx?cancelled=1")
        form = officer.get(led.location).form()
        asked = officer.post(led.location, form)
        assert asked.status == 303, asked.words()
        export = asked.location.rstrip("/").rpartition("/")[2]
        kill_the_worker_at_it(house, export)

        wait_until(lambda: "file.xlsx" in officer.get(asked.location).text, "the file")
        assert house.query(AT_IT, export) == [("ready", True, 2)]
        answer = officer.get(f"{asked.location}file.xlsx")

        sheet = load_workbook(io.BytesIO(answer.body), read_only=True).active
        names = [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert names == [f"วันทดสอบ {n}" for n in range(ROWS, 0, -1)]
        assert officer.get(f"{asked.location}file.xlsx").location == asked.location
        wait_until(lambda: set(incoming.glob("*")) <= before, "the file to be deleted")
    finally:
        house.query(NO_MORE)
