"""Accounts and roles from the command line. Plain functions: they return records or raise CommandRefused.

Every refusal is a Thai sentence that can be printed as it is.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date

from django.contrib.auth.password_validation import validate_password
from django.core.exceptions import ValidationError
from django.db import transaction

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Agency, Person, Province, RoleAssignment, User
from prongsai.organisation.models.accounts import UserManager
from prongsai.organisation.periods import today
from prongsai.organisation.roles import Role


class CommandRefused(ValueError):
    """What was asked cannot be done; the message says why."""


@dataclass(frozen=True)
class Account:
    """One line of the list of accounts."""

    email: str
    name: str
    agency: str
    is_open: bool
    roles: tuple[str, ...]


def create_person(
    province: Province,
    *,
    agency_code: str,
    title: str,
    first_name: str,
    last_name: str,
    position: str,
    staff_type: str = "",
    supervisor: Person | None = None,
    start: date | None = None,
    end: date | None = None,
    is_executive: bool = False,
) -> Person:
    """Add somebody to the staff list; without ``staff_type`` a member or auditor from outside."""
    agency = province.agencies.filter(code=agency_code).first()
    if agency is None:
        raise CommandRefused(f"ไม่พบหน่วยงานรหัส {agency_code}")
    person = Person(
        province=province,
        agency=agency,
        title=title,
        first_name=first_name,
        last_name=last_name,
        position=position,
        staff_type=staff_type,
        supervisor=supervisor,
        start=start or today(),
        end=end,
        is_executive=is_executive,
        is_sample=province.is_sample,
    )
    _clean(person)
    person.save()
    return person


def create_user(email: str, password: str, person: Person | None = None) -> User:
    """Open an account. The password is checked by the same rules as on the page."""
    user = User(email=UserManager.normalise(email), person=person)
    _check_password(password, user)
    user.set_password(password)
    _clean(user)
    user.save()
    return user


def set_password(email: str, password: str) -> User:
    """Set a new password; open sessions of the account end, because they are bound to the old one."""
    user = find_user(email)
    _check_password(password, user)
    user.set_password(password)
    user.save(update_fields=["password"])
    return user


def list_users() -> Iterator[Account]:
    """Every account with the roles of today, in the order of e-mail addresses."""
    for user in User.objects.select_related("person__agency", "person__province"):
        person = user.person
        yield Account(
            email=user.email,
            name=person.full_name if person else "",
            agency=person.agency.name_th if person else "",
            is_open=user.may_sign_in(),
            roles=tuple(sorted({held.role for held in Actor.of(person).roles})) if person else (),
        )


def deactivate(email: str) -> User:
    """Close an account (never deleted). Whoever is signed in with it is out at the next click."""
    user = find_user(email)
    user.is_active = False
    user.save(update_fields=["is_active"])
    return user


@transaction.atomic
def grant_role(
    person: Person,
    role: str,
    *,
    granted_by: Person | None,
    seconded_by: Person | None,
    agency: Agency | None = None,
    order_no: str = "",
    start: date | None = None,
    end: date | None = None,
) -> RoleAssignment:
    """Give a role by two people: an administrator, and another one or the head of the provincial office.

    Only the first administrator of a province is made without them. Raises CommandRefused.
    """
    first = role == Role.SYSTEM_ADMIN and not _has_administrator(person.province)
    if not (first and granted_by is None and seconded_by is None):
        _check_givers(person, granted_by, seconded_by)
    assignment = RoleAssignment(
        person=person,
        role=role,
        agency=agency,
        order_no=order_no,
        start=start or today(),
        end=end,
        granted_by=granted_by,
        seconded_by=seconded_by,
    )
    _clean(assignment)
    assignment.save()
    return assignment


def find_user(email: str) -> User:
    user = User.objects.filter(email=UserManager.normalise(email)).first()
    if user is None:
        raise CommandRefused(f"ไม่พบบัญชี {email}")
    return user


def _has_administrator(province: Province) -> bool:
    return (
        RoleAssignment.objects.in_force().filter(role=Role.SYSTEM_ADMIN, person__province=province).exists()
    )


def _check_givers(person: Person, granted_by: Person | None, seconded_by: Person | None) -> None:
    if granted_by is None or seconded_by is None or granted_by.pk == seconded_by.pk:
        raise CommandRefused("การมอบบทบาทต้องมีผู้มอบและผู้รับรองซึ่งเป็นคนละคน")
    if person.pk in (granted_by.pk, seconded_by.pk):
        raise CommandRefused("ผู้มอบหรือผู้รับรองมอบบทบาทให้ตนเองไม่ได้")
    granter, seconder = Actor.of(granted_by), Actor.of(seconded_by)
    if not granter.has(Role.SYSTEM_ADMIN):
        raise CommandRefused("ผู้มอบบทบาทต้องเป็นผู้ดูแลระบบ")
    office = person.province.agencies.active().filter(function=Agency.Function.PROVINCIAL_OFFICE).first()
    heads_office = office is not None and seconder.has(Role.HEAD_AGENCY, agency_id=office.pk)
    if not (seconder.has(Role.SYSTEM_ADMIN) or heads_office):
        raise CommandRefused("ผู้รับรองต้องเป็นผู้ดูแลระบบอีกคนหนึ่งหรือหัวหน้าสำนักงานจังหวัด")


def _check_password(password: str, user: User) -> None:
    try:
        validate_password(password, user)
    except ValidationError as error:
        raise CommandRefused(" ".join(error.messages)) from error


def _clean(record: Person | User | RoleAssignment) -> None:
    try:
        record.full_clean()
    except ValidationError as error:
        raise CommandRefused(" ".join(error.messages)) from error
