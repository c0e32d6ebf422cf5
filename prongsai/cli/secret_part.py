"""The house's secrets as a part of their own: which they are, how a copy names them, how they are put back.

A backup holds fingerprints only. The secrets go into another file, for another key (``backup --with-secrets``): whoever has
both can read lookups, sign for the ledger and forge sessions. Needs no Django, because settings make missing secrets.
"""

from __future__ import annotations

import hashlib
import json
import os
from collections.abc import Mapping
from pathlib import Path

from prongsai.config import environment as env
from prongsai.runtime.backup import Key, Lock, Refused

FORMAT = "prongsai-secrets/v1"
# Without these two a restored house cannot prove what it signed, nor find a matter by its tracking code.
NEEDED = {"ledger": "สมุดบันทึก", "lookup": "รหัสติดตามเรื่อง"}
KNOWN = ("django", "lookup", "ledger")


def read(data: Path) -> dict[str, str]:
    """Every secret that is set, by its name: from the surroundings or from ``<data>/secrets``. Makes none."""
    folder = data / "secrets"
    names = {*KNOWN, *(path.name for path in folder.glob("*") if path.is_file())}
    found: dict[str, str] = {}
    for name in sorted(names):
        if value := env.text(f"PRONGSAI_{name.upper()}"):
            found[name] = value
        elif (folder / name).is_file():
            found[name] = (folder / name).read_text(encoding="ascii").strip()
    return found


def fingerprints(data: Path) -> dict[str, str]:
    """What tells whether a secret is the same one, and nothing else of it."""
    values = read(data)
    return {name: _fingerprint(name, values[name]) for name in NEEDED if name in values}


def _fingerprint(name: str, value: str) -> str:
    return hashlib.sha256(f"prongsai secret fingerprint\0{name}\0{value}".encode()).hexdigest()[:32]


def lock_away(data: Path, lock: Lock, path: Path) -> None:
    """Write all secrets into an encrypted file."""
    content = json.dumps({"format": FORMAT, "secrets": read(data)}).encode()
    with os.fdopen(os.open(path, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "wb") as out:
        lock.encrypt(iter([content]), out)


def unlock(path: Path, key: Key) -> dict[str, str]:
    with key.open(path) as plain:
        try:
            content = json.loads(plain.read())
        except ValueError:
            content = {}
    if content.get("format") != FORMAT:
        raise Refused("ไม่ใช่ไฟล์กุญแจของระบบ", f"{path} does not hold the secrets of an installation.")
    return dict(content["secrets"])


def put_back(data: Path, secrets: Mapping[str, str]) -> None:
    """Into ``<data>/secrets``. ``Refused`` before anything is written if there are others already."""
    present = read(data)
    if differing := [name for name in secrets if present.get(name, secrets[name]) != secrets[name]]:
        raise Refused(
            f"{data / 'secrets'} มีกุญแจชุดอื่นอยู่แล้ว ({', '.join(differing)}) โปรดย้ายออกก่อน",
            f"{data / 'secrets'} holds other secrets already ({', '.join(differing)}). Move them away first.",
        )
    folder = data / "secrets"
    folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    for name, value in secrets.items():
        if name not in present:
            place = folder / Path(name).name
            with os.fdopen(os.open(place, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600), "w") as out:
                out.write(value)


def make_sure(data: Path, wanted: Mapping[str, str]) -> None:
    """``Refused`` if the secrets here are not those of the backup."""
    here = fingerprints(data)
    wrong = [name for name, fingerprint in wanted.items() if here.get(name) != fingerprint]
    if wrong:
        raise Refused(
            f"กุญแจของระบบที่นี่ไม่ใช่ชุดเดียวกับข้อมูลสำรอง ({', '.join(NEEDED[name] for name in wrong)}) หากไม่มีกุญแจเดิม "
            "หลักฐานและรหัสติดตามเดิมจะใช้ไม่ได้ โปรดนำกุญแจเดิมกลับด้วย --secrets ไฟล์ หรือวางไว้ใน "
            f"{data / 'secrets'} หากกุญแจเดิมสูญหายแล้วจริง ใช้ --without-secrets",
            f"The secrets here ({', '.join(wrong)}) are not those of the backup. Without them old proofs and tracking codes "
            f"do not work. Give --secrets FILE, or put the files into {data / 'secrets'}; if they are lost: "
            "--without-secrets.",
        )
