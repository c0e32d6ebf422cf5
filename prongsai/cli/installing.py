"""Setting up an installation: schema, privileges, places, province, holidays, announcement; and the sample province."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

from django.core.management import call_command
from django.db import connection

from prongsai import ledger, workdays
from prongsai.committees.reference import load_reference
from prongsai.compliance.loading import ANNOUNCEMENTS, load_announcement
from prongsai.compliance.models import Announcement
from prongsai.organisation import loading
from prongsai.organisation.models import Place, Province, User
from prongsai.organisation.sample import load_sample_people
from prongsai.workdays import zone

Say = Callable[[str], None]


def quiet(_text: str) -> None:
    """Say nothing."""


def prepare_schema(say: Say = quiet) -> None:
    """Migrate, give the application role its privileges, collect static files. As the owner of the database."""
    call_command("check", tags=[zone.TAG], verbosity=0)
    say("ปรับปรุงโครงสร้างฐานข้อมูล")
    call_command("migrate", verbosity=0, interactive=False)
    ledger.apply_grants(connection)
    say("เตรียมไฟล์ของหน้าเว็บ")
    call_command("collectstatic", verbosity=0, interactive=False)


def prepare_country(say: Say = quiet) -> None:
    """Places, holidays and kinds of committees of the whole country, once."""
    if not Place.objects.exists():
        say("โหลดจังหวัด อำเภอ ตำบล")
        loading.load_places()
    workdays.load_holidays()
    load_reference()


def prepare_province(code: str, *, is_sample: bool = False, say: Say = quiet) -> Province:
    """The province with its standard agencies and the announcements that have a data file for it."""
    say(f"โหลดจังหวัด {code} และส่วนราชการ")
    province = loading.load_province(code, is_sample=is_sample)
    loading.load_agencies_standard(province)
    for path in sorted(ANNOUNCEMENTS.glob("*.yaml")):
        if f"province: '{code}'" in path.read_text(encoding="utf-8")[:4000]:
            say(f"โหลดประกาศ {path.stem}")
            load_announcement(path)
    return province


def load_file(path: Path) -> Announcement:
    return load_announcement(path)


def prepare_sample(code: str, say: Say = quiet) -> dict[str, User]:
    """The labelled sample province: invented officers in every role, invented matters in every state."""
    from prongsai.committees.sample import load_sample_committees
    from prongsai.complaints.sample import load_sample_keys, load_sample_matters
    from prongsai.confidential.sample import load_sample_deputy
    from prongsai.inquiries.sample import load_sample_inquiries
    from prongsai.protection.sample import load_sample_protection
    from prongsai.staff.acts.granting import enter_given

    province = prepare_province(code, is_sample=True, say=say)
    say("โหลดบุคคลตัวอย่างทุกบทบาท")
    users = load_sample_people(province)
    enter_given(province.pk)
    load_sample_keys(users)
    say("โหลดเรื่องตัวอย่างทุกสถานะ")
    matters = load_sample_matters(province, users)
    say("โหลดการสอบข้อเท็จจริงตัวอย่าง")
    load_sample_inquiries(province, users)
    load_sample_deputy(province, users)
    load_sample_protection(province, users, matters)
    say("โหลดคณะกรรมการและการประชุมตัวอย่าง")
    load_sample_committees(province, users)
    ledger.integrate()
    return users


def sample_province() -> str:
    """Which province the demonstration shows: ``PRONGSAI_PROVINCE``, else the first that has a data file."""
    return os.environ.get("PRONGSAI_PROVINCE") or loading.available_provinces()[0]
