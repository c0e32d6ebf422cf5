"""A large XLSX by the running house: its own web server, worker, database and disk, no test's transaction around them."""

from __future__ import annotations

import io

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


def test_the_worker_makes_it_and_the_browser_that_asked_gets_it_once(spare_house: House) -> None:
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

        wait_until(lambda: "file.xlsx" in officer.get(asked.location).text, "the file")
        answer = officer.get(f"{asked.location}file.xlsx")

        sheet = load_workbook(io.BytesIO(answer.body), read_only=True).active
        names = [row[2] for row in sheet.iter_rows(min_row=2, values_only=True)]
        assert names == [f"วันทดสอบ {n}" for n in range(ROWS, 0, -1)]
        assert officer.get(f"{asked.location}file.xlsx").location == asked.location
        wait_until(lambda: set(incoming.glob("*")) <= before, "the file to be deleted")
    finally:
        house.query(NO_MORE)
