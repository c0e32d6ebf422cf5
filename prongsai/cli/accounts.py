"""``prongsai user …``: accounts, roles by two persons, and the two printed recovery keys."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
import sys
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from prongsai.organisation.models import Province


def add_arguments(top: argparse.ArgumentParser) -> None:
    verbs = top.add_subparsers(dest="action", required=True, metavar="ACTION")
    verbs.add_parser("list", help="every account with the roles of today")
    add = verbs.add_parser("add", help="a person of the staff list, with an account (asks for the password)")
    add.add_argument("email")
    for name in ("title", "first-name", "last-name", "position", "agency"):
        add.add_argument(f"--{name}", required=True)
    add.add_argument("--staff-type", default="civil_servant")
    for action, text in (
        ("password", "set a new password"),
        ("close", "close an account; nothing is deleted"),
        ("unpair", "take off the app, passkeys and codes of somebody who has lost them all"),
    ):
        verbs.add_parser(action, help=text).add_argument("email")
    grant = verbs.add_parser("grant", help="give a role; two other persons answer for it")
    grant.add_argument("email")
    grant.add_argument("role", help="a role key, such as center_officer")
    grant.add_argument("--agency", help="code; without it the role holds in the whole province")
    grant.add_argument(
        "--until", help="last day, as 30/9/2570 or 2027-09-30; an auditor's role must have one"
    )
    grant.add_argument("--order-no", default="", help="number of the order")
    grant.add_argument("--granted-by", help="e-mail; not for the first administrator")
    grant.add_argument("--seconded-by", help="e-mail; not for the first administrator")
    recovery = verbs.add_parser(
        "recovery", help="make one of the two recovery keys; it is shown once, to be printed"
    )
    recovery.add_argument("slot", choices=["centre", "custodians"])


def answer(args: argparse.Namespace) -> int:
    from prongsai.organisation.commands import CommandRefused
    from prongsai.sealed import SealError

    try:
        return ACTIONS[args.action](args)
    except (CommandRefused, SealError) as refused:
        print(f"prongsai: {refused}", file=sys.stderr)
        return 1


def _list(args: argparse.Namespace) -> int:
    from prongsai.organisation.commands import list_users

    for account in list_users():
        mark = " " if account.is_open else "✗"
        print(
            f"{mark} {account.email:<50} {account.name:<30} {account.agency:<40} {', '.join(account.roles)}"
        )
    return 0


def _add(args: argparse.Namespace) -> int:
    from django.db import transaction

    from prongsai.organisation.commands import create_person, create_user

    province, password = _province(), _ask_password()
    with transaction.atomic():
        person = create_person(
            province,
            agency_code=args.agency,
            title=args.title,
            first_name=args.first_name,
            last_name=args.last_name,
            position=args.position,
            staff_type=args.staff_type,
        )
        create_user(args.email, password, person)
    print(f"{args.email}: {person}")
    return 0


def _password(args: argparse.Namespace) -> int:
    from prongsai.organisation.commands import set_password

    set_password(args.email, _ask_password())
    return 0


def _close(args: argparse.Namespace) -> int:
    from prongsai.organisation.commands import deactivate

    deactivate(args.email)
    return 0


def _unpair(args: argparse.Namespace) -> int:
    from prongsai.signin.commands import remove_factors

    taken = remove_factors(args.email)
    print(f"{args.email}: นำวิธียืนยันตัวตนขั้นที่สองออกแล้ว {taken} รายการ ทุกอุปกรณ์ออกจากระบบแล้ว")
    return 0


def _grant(args: argparse.Namespace) -> int:
    from prongsai.organisation.commands import CommandRefused, find_user, grant_role
    from prongsai.staff.acts.granting import enter_given

    def person(email: str | None):
        return find_user(email).person if email else None

    receiver = person(args.email)
    if receiver is None:
        raise CommandRefused(f"บัญชี {args.email} มิได้ผูกกับบุคคล")
    agency = receiver.province.agencies.filter(code=args.agency).first() if args.agency else None
    if args.agency and agency is None:
        raise CommandRefused(f"ไม่พบหน่วยงานรหัส {args.agency}")
    grant_role(
        receiver,
        args.role,
        granted_by=person(args.granted_by),
        seconded_by=person(args.seconded_by),
        agency=agency,
        order_no=args.order_no,
        end=_day(args.until) if args.until else None,
    )
    enter_given(receiver.province_id)
    return 0


def _day(text: str) -> dt.date:
    from prongsai.organisation.commands import CommandRefused
    from prongsai.thai.dates import DateError, parse_date

    try:
        return parse_date(text)
    except DateError as error:
        raise CommandRefused(f"--until {text}: {error}") from error


def _recovery(args: argparse.Namespace) -> int:
    from prongsai import sealed

    printed = sealed.create_recovery_key(args.slot, _province().pk)
    print("พิมพ์หรือจดแล้วเก็บในที่ปลอดภัย คนละแห่งกับกุญแจอีกดอก ระบบจะไม่แสดงอีก:\n")
    print(f"    {printed}\n")
    return 0


def _province() -> Province:
    from prongsai.organisation.commands import CommandRefused
    from prongsai.organisation.provinces import current_province

    province = current_province()
    if province is None:
        raise CommandRefused("ยังมิได้ตั้งจังหวัด ใช้ `prongsai province CODE` ก่อน")
    return province


def _ask_password() -> str:
    """From the keyboard, twice; from standard input when that is not a terminal."""
    from prongsai.organisation.commands import CommandRefused

    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    first = getpass.getpass("รหัสผ่าน: ")
    if first != getpass.getpass("รหัสผ่านอีกครั้ง: "):
        raise CommandRefused("รหัสผ่านทั้งสองครั้งไม่ตรงกัน")
    return first


ACTIONS = {
    "list": _list,
    "add": _add,
    "password": _password,
    "close": _close,
    "unpair": _unpair,
    "grant": _grant,
    "recovery": _recovery,
}
