"""A register of 100,000 rows: its pages, its search, its workbook. The staff list, as the head of a large agency sees it.

The people are put in by COPY with the triggers off, so that what is measured is reading. Requests are made one after another
by somebody who is signed in, over HTTP; the workbook is written in a process of its own, for its peak of memory.
"""

from __future__ import annotations

import json
import random
import re
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass, field
from urllib.parse import urlencode

from bench.house import House
from bench.load import Connection, request

ROWS, REQUESTS = 100_000, 120
HEAD, PASSWORD = "head_agency@sample.prongsai.example", "sample-only-prongsai"
LIST = "/office/registers/people/"


def _words(text: str) -> list[str]:
    return text.split()


FIRST = _words(
    "สมชาย สมหญิง ประเสริฐ วันเพ็ญ จันทร์เพ็ญ บุญมี คำปัน อินทร์ทา แก้วตา ศรีนวล อำไพ ปิยะ ธีระ ชลิต นพพร กาญจนา รัตนา ดวงใจ "
    "พิมพ์พร วิไล สุดารัตน์ อนุชา เอกชัย ณรงค์ ไพโรจน์ มานพ ชูเกียรติ น้ำผึ้ง น้ำฝน ละออง"
)
HALVES = _words(
    "ทอง แก้ว คำ ศรี บุญ วงศ์ จันทร์ อินทร์ ปัญญา ใจ ดี งาม มูล เมือง สุข เกษม รัตน์ พันธุ์ ไชย ชัย ลาว เขียว ขาว สาย น้ำ ฟ้า ดวง เดือน ตา ปัน"
)
POSTS = ("นักวิชาการเกษตรชำนาญการ", "เจ้าพนักงานธุรการปฏิบัติงาน", "นักวิชาการพัสดุ", "นิติกรชำนาญการ")


@dataclass
class Rows:
    count: int
    list_ms: list[float] = field(default_factory=list)
    search_ms: list[float] = field(default_factory=list)
    search_db_ms: list[float] = field(default_factory=list)
    workbook_seconds: float = 0.0
    workbook_peak_mb: float = 0.0
    unexpected: list[str] = field(default_factory=list)


def run(house: House, *, rows: int = ROWS, requests: int = REQUESTS) -> Rows:
    result = Rows(rows)
    _fill(house, rows)
    headers = {"Cookie": _sign_in(house.port)}
    chance = random.Random(2563)
    connection = Connection(house.port)

    def timed(path: str) -> float:
        start = time.perf_counter()
        answer = connection.exchange(request("GET", path, headers))
        if answer.status != 200:
            result.unexpected.append(f"{answer.status} {path}")
        return 1000 * (time.perf_counter() - start)

    for path in (LIST, f"{LIST}?{urlencode({'q': 'ศรี'})}"):
        timed(path)
    pages = max(1, rows // 50)
    for _ in range(requests):
        sort = chance.choice(["", "name", "-name", "position", "start"])
        result.list_ms.append(timed(f"{LIST}?{urlencode({'page': chance.randint(1, pages), 'sort': sort})}"))
    for _ in range(requests):
        words = f"{chance.choice(FIRST)} {chance.choice(HALVES)}{chance.choice(HALVES)}"
        result.search_ms.append(timed(f"{LIST}?{urlencode({'q': words})}"))
        result.search_db_ms.append(_in_the_database(house, words))
    connection.close()
    result.workbook_seconds, result.workbook_peak_mb = _workbook(house)
    return result


def _in_the_database(house: House, words: str) -> float:
    """Milliseconds that the database takes to count what is found and to give the first page of it."""
    from prongsai.thai.text import like_pattern, search_normalise

    patterns = [like_pattern(word) for word in search_normalise(words).split()]
    where = " AND ".join("search_norm LIKE %s" for _ in patterns)
    with house.connect() as connection:
        start = time.perf_counter()
        connection.execute(f"SELECT count(*) FROM organisation_person WHERE {where}", patterns)
        connection.execute(
            f"SELECT * FROM organisation_person WHERE {where} ORDER BY sort_key, id LIMIT 50",
            patterns,
        )
        return 1000 * (time.perf_counter() - start)


def percentile(values: list[float], part: float) -> float:
    ordered = sorted(values)
    return ordered[min(len(ordered) - 1, int(part * len(ordered)))]


def _fill(house: House, rows: int) -> None:
    from prongsai.thai.text import search_normalise, sort_key

    chance = random.Random(2570)
    with house.connect() as connection:
        connection.execute("SET session_replication_role = replica")
        agency, province, agency_key = connection.execute(
            "SELECT agency_id, province_id, agency_sort_key FROM organisation_person p"
            " JOIN organisation_user u ON u.person_id = p.id WHERE u.email = %s",
            [HEAD],
        ).fetchone()
        with (
            connection.cursor() as cursor,
            cursor.copy(
                "COPY organisation_person (province_id, agency_id, title, first_name, last_name, former_last_names,"
                " staff_type, position, start, is_executive, is_sample, sort_key, agency_sort_key, search_norm)"
                " FROM STDIN"
            ) as copy,
        ):
            for _ in range(rows):
                first, last = chance.choice(FIRST), "".join(chance.choices(HALVES, k=3))
                post = chance.choice(POSTS)
                words = search_normalise(f"นาย{first} {last} {post}")
                copy.write_row(
                    [
                        *(
                            province,
                            agency,
                            "นาย",
                            first,
                            last,
                            [],
                            "civil_servant",
                            post,
                            "2024-01-01",
                            False,
                            True,
                        ),
                        *(sort_key(f"{first} {last}"), agency_key, words),
                    ]
                )
        connection.execute("VACUUM (ANALYZE) organisation_person")


def _sign_in(port: int) -> str:
    """The session's cookie. ``RuntimeError`` if the house does not let the sample head in."""
    connection = Connection(port)
    try:
        page = connection.exchange(request("GET", "/account/login/"))
        hidden = re.search(r'name="csrfmiddlewaretoken" value="([^"]*)"', page.body.decode())
        cookie = f"csrftoken={page.cookies['csrftoken']}"
        body = urlencode(
            {"csrfmiddlewaretoken": hidden[1] if hidden else "", "login": HEAD, "password": PASSWORD}
        )
        answer = connection.exchange(
            request(
                "POST",
                "/account/login/",
                {"Cookie": cookie, "Content-Type": "application/x-www-form-urlencoded"},
                body.encode(),
            )
        )
        if answer.status != 302 or "sessionid" not in answer.cookies:
            raise RuntimeError(f"the sample head is not signed in: {answer.status}")
        return f"{cookie}; sessionid={answer.cookies['sessionid']}"
    finally:
        connection.close()


def _workbook(house: House) -> tuple[float, float]:
    """Seconds and peak of memory (MB) of the workbook of all rows, in a process of its own."""
    code = "import json; from bench import rows; print(json.dumps(rows.write_workbook()))"
    environment = {**house.environment, "DATABASE_URL": house.access.dsn("app")}
    answer = subprocess.run(
        [sys.executable, "-c", code], env=environment, check=True, stdout=subprocess.PIPE, text=True
    )
    seconds, peak = json.loads(answer.stdout)
    return seconds, peak


def write_workbook() -> tuple[float, float]:
    import os
    import resource

    os.environ.setdefault("DJANGO_SETTINGS_MODULE", "prongsai.config.settings")
    import django

    django.setup()
    from django.http import QueryDict

    from prongsai.organisation.actors import Actor
    from prongsai.organisation.models import User
    from prongsai.registers.listing import Listing
    from prongsai.registers.registry import register_of
    from prongsai.registers.workbook import write_workbook as write

    start = time.perf_counter()
    listing = Listing(register_of("people"), Actor.of(User.objects.get(email=HEAD).person), QueryDict())
    told: list[int] = []
    with tempfile.TemporaryFile() as out:
        written = write(listing, out, lambda done, _key: told.append(done))
    if written != listing.count or told[-1] != written:
        raise RuntimeError("the workbook is not of the whole register, or its progress was not told")
    return time.perf_counter() - start, resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
