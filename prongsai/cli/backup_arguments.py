"""Arguments of ``prongsai backup``, and the key that opens what it writes; needs neither Django nor a database."""

from __future__ import annotations

import argparse
import os
import sys
from pathlib import Path

from prongsai.runtime.backup import make_identity


def add(verb: argparse.ArgumentParser) -> None:
    verb.add_argument(
        "file",
        nargs="?",
        type=Path,
        help="default: a new file in PRONGSAI_BACKUP_DIR, else in this directory",
    )
    verb.add_argument(
        "--recipient",
        action="append",
        default=[],
        metavar="age1…",
        help="who may open it (repeatable; default: PRONGSAI_BACKUP_RECIPIENTS; none at all: a passphrase is asked)",
    )
    verb.add_argument("--passphrase", action="store_true", help="ask for a passphrase instead of recipients")
    verb.add_argument(
        "--with-secrets",
        type=Path,
        metavar="FILE2",
        help="also write the house's secrets, into a file of their own",
    )
    verb.add_argument(
        "--secrets-recipient",
        action="append",
        default=[],
        metavar="age1…",
        help="who may open FILE2: another key than the backup's (default: another passphrase is asked)",
    )
    verb.add_argument(
        "--nightly",
        action="store_true",
        help="the copy of this night into PRONGSAI_BACKUP_DIR, unless the worker has made it; old ones go",
    )
    verb.add_argument(
        "--make-key",
        type=Path,
        metavar="KEYFILE",
        help="only make a new key: prints the recipient, keeps the key in KEYFILE",
    )


def make_key(path: Path) -> int:
    """A new age key in a file that only its owner may read; its recipient is printed."""
    secret, recipient = make_identity()
    try:
        with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
            out.write(f"# public key: {recipient}\n{secret}\n")
    except OSError as error:
        print(f"prongsai: {path}: {error.strerror}", file=sys.stderr)
        return 2
    print(f"กุญแจสำหรับเปิดข้อมูลสำรองอยู่ใน {path} โปรดเก็บไว้คนละแห่งกับเครื่องนี้\nผู้รับ (ไม่เป็นความลับ):\n{recipient}")
    return 0
