"""A small province for tests: people and agencies with no more than the test needs."""

from datetime import date
from itertools import count
from typing import Any

from prongsai.organisation.models import Agency, Person, Post, Province, User

PASSWORD = "correct horse battery"
START = date(2020, 1, 1)
_number = count(1)


def a_province(code: str = "50", **fields: Any) -> Province:
    values = {"name_th": "ทดสอบ", "region": "N", "settings": {"x": 1}} | fields
    return Province.objects.create(code=code, **values)


def an_agency(province: Province, **fields: Any) -> Agency:
    number = next(_number)
    values = {
        "code": f"A{number}",
        "name_th": f"สำนักงาน {number}",
        "kind": "provincial",
        "active_from": START,
    }
    return Agency.objects.create(province=province, **(values | fields))


def a_person(agency: Agency, **fields: Any) -> Person:
    values = {
        "title": "นาย",
        "first_name": f"คนที่{next(_number)}",
        "last_name": "ทดสอบ",
        "staff_type": Person.StaffType.CIVIL_SERVANT,
        "position": "นักวิชาการ",
        "start": START,
    }
    return Person.objects.create(province=agency.province, agency=agency, **(values | fields))


def a_post(agency: Agency, kind: str = Post.Kind.AGENCY_HEAD, title: str = "ปศุสัตว์จังหวัดทดสอบ") -> Post:
    return Post.objects.create(agency=agency, kind=kind, title_th=title)


def an_account(person: Person | None, email: str = "somchai@example.go.th", **fields: Any) -> User:
    return User.objects.create_user(email, PASSWORD, person=person, **fields)
