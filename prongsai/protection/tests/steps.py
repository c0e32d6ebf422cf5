"""What people do in the tests of protection, through the pages; the complaint itself by the steps of complaints."""

from __future__ import annotations

from typing import Any

from django.test import Client
from django.urls import reverse

from prongsai.complaints.tests.steps import Filed, file_signed, tracking
from prongsai.organisation.periods import today
from prongsai.protection.models import HrAction, ProtectionCase
from prongsai.thai.dates import format_date

REASON = "ตรวจสอบข้อเท็จจริงแล้ว เห็นควรดำเนินการตามที่บันทึกนี้"
DANGER = "หัวหน้ากลุ่มขู่ว่าจะย้ายข้าพเจ้าไปอำเภออื่นเพราะส่งหลักฐาน"
REPORTER = "สมชาย ใจดี"  # the sample account "officer"
ACCUSED = "จันทร์เพ็ญ ทาวงศ์"  # "supervisor", whose head is "head_agency"


def day(days: int = 0) -> str:
    import datetime as dt

    return format_date(today() + dt.timedelta(days=days), "numeric")


def ask(filed: Filed, **changes: Any) -> Any:
    fields = {"name": f"นาย{REPORTER}", "post": "นักวิชาการส่งเสริมการเกษตร", "danger": DANGER, **changes}
    return tracking(filed).post(reverse("protection:mine"), fields)


def requested(**changes: Any) -> tuple[Filed, ProtectionCase]:
    before = set(ProtectionCase.objects.values_list("pk", flat=True))
    filed = file_signed()
    answer = ask(filed, **changes)
    assert answer.status_code == 303, answer.content.decode()
    return filed, ProtectionCase.objects.exclude(pk__in=before).get()


def try_act(client: Client, key: str, record: Any, **data: Any) -> Any:
    record.refresh_from_db()
    return client.post(reverse("office:act", args=[key, record.pk]), {"version": record.version, **data})


def act(client: Client, key: str, record: Any, **data: Any) -> None:
    answer = try_act(client, key, record, **data)
    assert answer.status_code == 303, answer.content.decode()
    record.refresh_from_db()


def assess(client: Client, case: ProtectionCase, **changes: Any) -> None:
    line = f"{ACCUSED}\nสมเจตน์ ทองอินทร์"
    act(
        client,
        "protection.assess",
        case,
        **{"risk": "high", "reporter": REPORTER, "line": line, "reason": REASON} | changes,
    )


def order(client: Client, case: ProtectionCase, kinds: tuple[str, ...]) -> None:
    data = {
        "kinds": list(kinds),
        "start": day(),
        "order_no": "ลับ 7/2570",
        "order_date": day(),
        "detail": REASON,
    }
    act(client, "protection.order_protection", case, **data)


def protected(
    client_of: Any, kinds: tuple[str, ...] = ("conceal", "no_adverse", "other_work")
) -> tuple[Filed, ProtectionCase]:
    filed, case = requested(feared=f"นาง{ACCUSED}")
    assess(client_of("protection_officer"), case)
    order(client_of("governor"), case, kinds)
    return filed, case


def record_action(client: Client, person: str = REPORTER, **changes: Any) -> HrAction:
    before = set(HrAction.objects.values_list("pk", flat=True))
    data = {
        "whom": person,
        "action": "transfer",
        "order_no": "ร่าง 12/2570",
        "effective_on": day(14),
        "reason": "ปรับปรุงการบริหารงานบุคคลประจำปีของสำนักงานตามความเหมาะสม",
        **changes,
    }
    answer = client.post(reverse("office:make", args=["protection.record_hr_action"]), data)
    assert answer.status_code == 303, answer.content.decode()
    return HrAction.objects.exclude(pk__in=before).get()


def page(client: Client, register: str, record: Any) -> Any:
    return client.get(reverse("office:record", args=[register, record.pk]))
