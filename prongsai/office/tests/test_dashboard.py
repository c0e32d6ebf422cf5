"""The overview: who sees it, what it counts, and that no secret matter can be read off an agency's row (AT-M5-22)."""

from __future__ import annotations

import datetime as dt
import re
from typing import Any

import pytest
from django.urls import reverse
from django.utils import timezone

from prongsai.acts.models import Due
from prongsai.complaints.tests.steps import file_complaint, said
from prongsai.organisation.models import Agency

pytestmark = pytest.mark.django_db

DASHBOARD = reverse("office:dashboard")


def agency(code: str) -> Agency:
    return Agency.objects.get(province="50", code=code)


def due(code: str, days: int, *, secrecy: str = "S1", practice: str = "M1.1.1") -> Due:
    """A duty of an agency that falls due so many days from today."""
    import uuid

    from prongsai.complaints.duties import Decide

    day = timezone.localdate() + dt.timedelta(days=days)
    return Due.objects.create(
        duty=Decide.key(), record_type="test.record", record_id=uuid.uuid4(), record_label=f"ทดสอบ {code} {days}",
        practice=practice, secrecy=secrecy, province_id="50", agency=agency(code), owed_role="head_agency",
        started_on=day - dt.timedelta(days=30), original_due_on=day, due_on=day, rule_text="30 วัน", is_default=True,
    )  # fmt: skip


def page(client: Any, url: str = DASHBOARD) -> str:
    answer = client.get(url)
    assert answer.status_code == 200
    return said(answer)


def rows(html: str) -> dict[str, str]:
    """The heat map's rows: label → HTML."""
    body = html.partition('class="govuk-table ps-heat"')[2].partition("</table>")[0].partition("<tbody>")[2]
    found = re.findall(r'<tr><th scope="row">(.*?)</th>(.*?)</tr>', body, re.DOTALL)
    return {re.sub("<[^>]+>", "", label).strip(): cells for label, cells in found}


@pytest.mark.parametrize(
    ("key", "status"),
    [("governor", 200), ("vice_governor", 200), ("head_agency", 200), ("acting_head", 200), ("auditor", 200)]
    + [(key, 403) for key in ("officer", "supervisor", "center_officer", "system_admin", "kbj_member")],
)
def test_it_is_for_those_who_answer_for_agencies(client_of: Any, key: str, status: int) -> None:
    answer = client_of(key).get(DASHBOARD)

    assert answer.status_code == status
    assert (reverse("office:dashboard") in said(client_of(key).get(reverse("office:my-work")))) is (
        status == 200
    )
    if status == 403:
        assert "หน้านี้สำหรับผู้ว่าราชการจังหวัด" in said(answer)


def test_an_agencys_row_shows_its_open_duties(client_of: Any) -> None:
    due("DOAE", -2)
    due("HEALTH", 30)

    shown = rows(page(client_of("governor")))

    assert set(shown) == {"ทั้งจังหวัด", agency("DOAE").name_th, agency("HEALTH").name_th}
    assert "ps-heat__cell--late" in shown[agency("DOAE").name_th]
    assert "ps-heat__cell--progress" in shown[agency("HEALTH").name_th]
    everyone = rows(page(client_of("governor"), f"{DASHBOARD}?all=1"))
    assert len(everyone) == Agency.objects.filter(province="50").active().count() + 1


def test_a_secret_matter_counts_for_the_province_and_for_no_agency(client_of: Any) -> None:
    case = file_complaint().case
    late = timezone.localdate() - dt.timedelta(days=1)
    Due.objects.filter(record_id=case.pk).update(started_on=late - dt.timedelta(days=9), due_on=late)

    for key in ("governor", "auditor"):
        html = page(client_of(key), f"{DASHBOARD}?all=1")
        shown = rows(html)
        assert "ps-heat__cell--late" in shown["ทั้งจังหวัด"]
        assert "ps-heat__cell--late" not in "".join(
            cells for label, cells in shown.items() if label != "ทั้งจังหวัด"
        )
        assert "เรื่องลับที่เกินกำหนด 1 รายการ" in html
        assert case.number not in html
    centre = reverse("office:dashboard-cell", args=["M5", case.agency_id])
    assert "เกินกำหนด" not in page(client_of("governor"), centre).partition("<tbody")[2]


def test_a_cell_leads_to_its_clauses_and_they_to_their_deadlines(client_of: Any) -> None:
    late, governor = due("DOAE", -2), client_of("governor")
    cell = reverse("office:dashboard-cell", args=["M1", agency("DOAE").pk])
    assert f'href="{cell}"' in page(governor)

    html = page(governor, cell)
    link = re.search(r'href="(/office/registers/duties/\?clause=M1\.1\.1[^"]*)"', html)

    assert link
    assert "เกินกำหนด 1 รายการ" in html
    listed = page(governor, link.group(1).replace("&amp;", "&"))
    assert late.record_label in listed
    assert "พบ 1 รายการ" in listed


def test_a_head_sees_the_own_agency_and_no_other(client_of: Any) -> None:
    due("DOAE", -2)
    due("HEALTH", -2)
    head = client_of("head_agency")

    html = page(head)

    assert set(rows(html)) == {agency("DOAE").name_th}
    assert "ทดสอบ DOAE" in html
    assert "ทดสอบ HEALTH" not in html
    assert head.get(reverse("office:dashboard-cell", args=["M1", agency("HEALTH").pk])).status_code == 404
    assert "ทดสอบ HEALTH" not in page(head, reverse("office:register", args=["duties"]))


def test_what_became_late_this_week_is_listed_and_older_things_are_not(client_of: Any) -> None:
    due("DOAE", -7)
    due("DOAE", -8)
    due("DOAE", 0)

    section = page(client_of("governor")).partition('id="late-title"')[2].partition("</section>")[0]

    assert re.findall(r"ทดสอบ DOAE (-?\d+)", section) == ["-7"]


def test_the_years_show_what_was_met_in_time(client_of: Any) -> None:
    met = due("DOAE", -3)
    Due.objects.filter(pk=met.pk).update(met_on=met.due_on, met_at=timezone.now())
    due("DOAE", -4)
    due("DOAE", 4)

    assert "ทันกำหนด 1 จาก 2 รายการ" in page(client_of("governor"))
