"""People with keys, for tests of this room and of rooms above it."""

from datetime import date
from itertools import count

from prongsai.organisation.models import Agency, Person, Province, User
from prongsai.sealed import keys
from prongsai.sealed.envelopes import Unlocked
from prongsai.sealed.models import Keyholder

PASSPHRASE = "ข้าวสารสามถังริมน้ำปิง"
START = date(2020, 1, 1)
_number = count(1)


def make_person(first_name: str) -> Person:
    province, _ = Province.objects.get_or_create(
        code="98", defaults={"name_th": "ทดสอบ", "region": "N", "is_sample": True}
    )
    agency, _ = Agency.objects.get_or_create(
        province=province,
        code="TEST",
        defaults={"name_th": "หน่วยงานทดสอบ", "kind": Agency.Kind.PROVINCIAL, "active_from": START},
    )
    return Person.objects.create(
        province=province,
        agency=agency,
        first_name=first_name,
        last_name=f"ทดสอบ{next(_number)}",
        staff_type=Person.StaffType.CIVIL_SERVANT,
        position="นักวิชาการ",
        start=START,
    )


def make_user(first_name: str) -> User:
    person = make_person(first_name)
    return User.objects.create_user(f"p{person.pk}@example.test", "login password 1", person=person)


def make_keyholder(first_name: str) -> Keyholder:
    return keys.create_keys(make_person(first_name), PASSPHRASE)


def in_hand(keyholder: Keyholder, passphrase: str = PASSPHRASE) -> Unlocked:
    return Unlocked(*keys.unwrap(keyholder.person, passphrase))
