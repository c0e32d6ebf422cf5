"""Arguments of the ``prongsai`` command, and which function answers each."""

from __future__ import annotations

import argparse
import sys
from pathlib import Path

from prongsai.cli import surroundings
from prongsai.config.environment import SettingsError
from prongsai.runtime.postgres import PostgresError


def parser() -> argparse.ArgumentParser:
    top = argparse.ArgumentParser(
        prog="prongsai", description="โปร่งใส: ระบบปฏิบัติตามมาตรการคุณธรรมและความโปร่งใสของจังหวัด"
    )
    verbs = top.add_subparsers(dest="verb", required=True, metavar="COMMAND")

    up = verbs.add_parser("up", help="start database, web server and worker; serve until Ctrl-C")
    up.add_argument(
        "--upgrade-database",
        action="store_true",
        help="first move the embedded database to the newest PostgreSQL that is installed",
    )
    verbs.add_parser(
        "demo", help="as up, with a labelled sample province; prints how to sign in as each role"
    )
    verbs.add_parser("web", help="only the web server, for systemd or a container; needs DATABASE_URL")
    verbs.add_parser("worker", help="only the worker, beside it")
    verbs.add_parser(
        "check", help="a line for everything that can be wrong: settings, database, worker, …, ledger"
    )
    verbs.add_parser("doctor", help="what is wrong or missing, why it matters, and what to do, in words")

    clauses = verbs.add_parser(
        "clauses", help="every entry of the announcement with its duties, acts, evidence and state"
    )
    clauses.add_argument("--json", action="store_true", help="one JSON object per entry")
    clauses.add_argument("--announcement", help="key of the announcement (default: all)")

    verify = verbs.add_parser(
        "verify", help="check a proof file offline; without a file: recompute the whole ledger"
    )
    verify.add_argument("arguments", nargs=argparse.REMAINDER, help="as the single-file verifier takes them")

    province = verbs.add_parser("province", help="set up a province that has a data file (by its DOPA code)")
    province.add_argument("code")
    load = verbs.add_parser("load", help="load an announcement from its data file")
    load.add_argument("file", type=Path)

    from prongsai.cli import accounts, backup_arguments, restoring

    backup_arguments.add(
        verbs.add_parser("backup", help="everything into one encrypted file (runs while the house works)")
    )
    restoring.add_arguments(
        verbs.add_parser("restore", help="a backup into an empty place; verifies ledger and files afterwards")
    )
    accounts.add_arguments(verbs.add_parser("user", help="accounts, keys and roles"))

    prepare = verbs.add_parser(
        "prepare", help="migrate and load what every installation needs (up does it too)"
    )
    prepare.add_argument("--sample", action="store_true")
    django = verbs.add_parser("django", help="a Django management command (as the owner of the database)")
    django.add_argument("arguments", nargs=argparse.REMAINDER)
    return top


def main(argv: list[str] | None = None) -> int:
    args = parser().parse_args(argv)
    try:
        return answer(args)
    except (surroundings.NotSetUp, PostgresError, SettingsError) as error:
        print(f"prongsai: {error}", file=sys.stderr)
        return 2


def answer(args: argparse.Namespace) -> int:
    if args.verb in ("up", "demo"):
        from prongsai.cli.serving import serve

        return serve(sample=args.verb == "demo", upgrade=getattr(args, "upgrade_database", False))
    if args.verb in ("web", "worker"):
        from prongsai.cli.serving import become

        return become(args.verb)
    if args.verb == "verify" and args.arguments:
        from prongsai.tlog.verify import main as verify

        return verify(args.arguments)
    if args.verb == "restore":
        from prongsai.cli import restoring

        return restoring.answer(args)
    if args.verb == "backup" and args.make_key:
        from prongsai.cli import backup_arguments

        return backup_arguments.make_key(args.make_key)
    surroundings.enter()
    from django.db import OperationalError

    try:
        return _with_django(args)
    except OperationalError as error:
        raise surroundings.NotSetUp(f"The database does not answer as it should: {error}") from error


def _with_django(args: argparse.Namespace) -> int:
    from prongsai.cli import accounts, checking, clauses, installing

    if args.verb == "prepare":
        return _prepare(args.sample)
    if args.verb == "province":
        installing.prepare_province(args.code, say=print)
        return 0
    if args.verb == "load":
        print(installing.load_file(args.file))
        return 0
    if args.verb == "check":
        return checking.check()
    if args.verb == "doctor":
        return checking.doctor()
    if args.verb == "verify":
        return checking.verify_ledger()
    if args.verb == "backup":
        from prongsai.cli import backing_up

        return backing_up.backup(args)
    if args.verb == "clauses":
        return clauses.show(as_json=args.json, key=args.announcement)
    if args.verb == "user":
        return accounts.answer(args)
    from django.core.management import execute_from_command_line

    execute_from_command_line(["prongsai django", *args.arguments])
    return 0


def _prepare(sample: bool) -> int:
    from prongsai.cli import installing

    installing.prepare_schema(print)
    installing.prepare_country(print)
    if sample:
        installing.prepare_sample(installing.sample_province(), print)
    return 0
