"""Secret matters show as counts by month, never one by one, and small counts not at all."""

from collections.abc import Callable
from typing import Any

import pytest
from django.test import Client

from prongsai.acts.models import Due
from prongsai.organisation.models import Agency
from prongsai.portal.tests.reading import text_of

CLAUSE = "/clauses/chiang-mai-2563/M5.2.4.2/"
KIND = "complaints.ask_more"


@pytest.fixture
def secret(province: Any, done: Callable[..., int]) -> Callable[[int], list[int]]:
    return lambda times: [done("M5.2.4.2", kind=KIND, secrecy="S3") for _ in range(times)]


@pytest.mark.parametrize(("times", "shown"), [(4, "น้อยกว่า ๕"), (5, "5"), (7, "7")])
def test_a_month_shows_its_count_from_five_up(
    times: int, shown: str, secret: Callable[[int], list[int]], client: Client
) -> None:
    secret(times)
    page = text_of(client.get(CLAUSE).content.decode())
    table = page.partition("จำนวนการดำเนินการรายเดือน")[2].partition("สถานะของแต่ละหน่วยงาน")[0]

    assert table.split("ขอข้อมูลเพิ่มเติม")[1].strip().startswith(shown)
    assert shown == str(times) or str(times) not in table.split("ขอข้อมูลเพิ่มเติม")[1]


def test_no_side_door_shows_a_secret_entry(
    secret: Callable[[int], list[int]], centre: Agency, client: Client
) -> None:
    entry = secret(1)[0]

    assert client.get(f"/evidence/{entry}/").status_code == 404
    assert client.get(f"/evidence/{entry}/proof.json").status_code == 404
    assert f"/evidence/{entry}/" not in client.get(CLAUSE).content.decode()
    assert f"/evidence/{entry}/" not in client.get("/registers/evidence/").content.decode()
    exported = b"".join(client.get("/registers/evidence.csv").streaming_content).decode()  # type: ignore[arg-type]
    assert len(exported.splitlines()) == 1


def test_an_agency_is_not_given_away_by_its_state(
    secret: Callable[[int], list[int]], centre: Agency, province: Any, client: Client
) -> None:
    """One complaint about, or at, an agency must not turn its row green or red; the province's own state may."""
    secret(1)
    Due.objects.create(
        duty="complaints.decide",
        record_type="complaints.case",
        record_id="00000000-0000-4000-8000-000000000001",
        record_label="รร/0001/2563",
        practice="M5.2.4.3",
        secrecy="S3",
        province=province,
        agency=centre,
        started_on="2020-06-01",
        original_due_on="2020-06-05",
        due_on="2020-06-05",
        rule_text="3 วันทำการ",
        is_default=True,
    )
    agency = text_of(client.get(f"/agencies/{centre.pk}/").content.decode())
    late = text_of(client.get("/clauses/chiang-mai-2563/M5.2.4.3/").content.decode())

    assert "มีหลักฐานหรือกำหนดเวลาแล้ว ๐ จาก ๙๗ ข้อ" in agency
    assert "สถานะวันนี้ เกินกำหนด" in late and centre.name_th not in late.partition("หน่วยงานที่ยังไม่มีหลักฐาน")[0]
    assert "รร/0001/2563" not in client.get("/").content.decode()


def test_an_internal_matter_proves_that_it_happened_and_nothing_more(
    done: Callable[..., int], client: Client
) -> None:
    entry = done("M1.2.4", secrecy="S1", actor_label="นางสาวภายใน ตัวอย่าง", content={"note": "ภายในเท่านั้น"})
    page, proof = client.get(f"/evidence/{entry}/"), client.get(f"/evidence/{entry}/proof.json")

    assert page.status_code == proof.status_code == 200
    assert "นางสาวภายใน" not in page.content.decode() + proof.content.decode()
    assert proof.json()["opening"] is None
