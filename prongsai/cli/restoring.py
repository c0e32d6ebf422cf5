"""``prongsai restore``: a backup into an empty place, and the proof that everything arrived.

Django is entered only after the secrets and the database are in place: its settings would make new secrets.
"""

from __future__ import annotations

import argparse
import os
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import psycopg

from prongsai.cli import secret_part, surroundings
from prongsai.cli.asking import ask_passphrase
from prongsai.config import environment as env
from prongsai.runtime.backup import (
    BackupError,
    Damaged,
    Key,
    Refused,
    Target,
    differences,
    needs_passphrase,
    restore,
)
from prongsai.runtime.postgres import PostgresServer

FINE, INCOMPLETE, REFUSED, DAMAGED = 0, 1, 2, 3


def add_arguments(verb: argparse.ArgumentParser) -> None:
    verb.add_argument("file", type=Path)
    verb.add_argument(
        "--identity", type=Path, metavar="KEYFILE", help="the key that opens it (else a passphrase is asked)"
    )
    verb.add_argument(
        "--secrets", type=Path, metavar="FILE2", help="the secrets that backup --with-secrets wrote"
    )
    verb.add_argument(
        "--secrets-identity",
        type=Path,
        metavar="KEYFILE2",
        help="the key that opens FILE2 (else a passphrase)",
    )
    verb.add_argument(
        "--without-secrets",
        action="store_true",
        help="the old secrets are lost: old proofs and tracking codes will not work",
    )


def answer(args: argparse.Namespace) -> int:
    """0 all is there and right, 1 restored but something is not right, 2 refused, 3 given up (nothing left behind)."""
    data = surroundings.data_directory()
    os.environ["PRONGSAI_DATA"] = str(data)
    try:
        key = _key(args.file, args.identity, "รหัสผ่านของข้อมูลสำรอง")
        secrets = None
        if args.secrets:
            secrets = secret_part.unlock(
                args.secrets, _key(args.secrets, args.secrets_identity, "รหัสผ่านของไฟล์กุญแจ")
            )
        if url := env.text("DATABASE_OWNER_URL") or env.text("DATABASE_URL"):
            return _restore(args, key, secrets, data, url)
        with PostgresServer(data, log=print) as server:
            return _restore(args, key, secrets, data, server.dsn("owner"))
    except Damaged as error:
        print(f"\nprongsai: {error}", file=sys.stderr)
        return DAMAGED
    except BackupError as error:
        print(f"\nprongsai: {error}", file=sys.stderr)
        return REFUSED
    except OSError as error:
        print(f"\nprongsai: {error.filename}: {error.strerror}", file=sys.stderr)
        return REFUSED
    except psycopg.OperationalError as error:
        raise surroundings.NotSetUp(f"The database does not answer as it should: {error}") from error


def _key(sealed: Path, identity: Path | None, prompt: str) -> Key:
    if needs_passphrase(sealed):
        return Key(passphrase=ask_passphrase(prompt))
    if identity is None:
        raise Refused(
            f"{sealed} เปิดด้วยกุญแจ โปรดระบุไฟล์กุญแจ (--identity หรือ --secrets-identity)",
            f"{sealed} is opened by a key: give its file (--identity, --secrets-identity).",
        )
    return Key(identity.read_text(encoding="utf-8"))


def _restore(
    args: argparse.Namespace, key: Key, secrets: Mapping[str, str] | None, data: Path, url: str
) -> int:
    def accept(header: Mapping[str, Any]) -> None:
        print(f"ข้อมูลสำรองเมื่อ {header['made_at']} จาก {header['site']} (PostgreSQL {header['server']})")
        if secrets is not None:
            secret_part.put_back(data, secrets)
        if not args.without_secrets:
            secret_part.make_sure(data, header["secrets"])

    manifest = restore(args.file, key, Target(url, data / "files", accept), _show)
    print(file=sys.stderr)
    wrong = [f"จำนวนแถวไม่ตรง {line}" for line in differences(url, manifest)]
    wrong += _as_django(url, manifest)
    for line in wrong:
        print(f"✗ {line}")
    if wrong:
        return INCOMPLETE
    print(f"✓ กู้คืนครบถ้วน {manifest['members']:,} รายการ สมุดบันทึกและไฟล์แนบถูกต้องทั้งหมด")
    return FINE


def _as_django(url: str, manifest: Mapping[str, Any]) -> list[str]:
    """Bring the schema to the present, then check what the rows say."""
    os.environ["DATABASE_OWNER_URL"] = url
    surroundings.enter()
    from prongsai.cli import copies, installing

    installing.prepare_schema(print)
    return copies.problems(manifest)


def _show(done: int) -> None:
    print(f"\r{done / 1024**2:,.0f} MiB", end="", file=sys.stderr, flush=True)
