"""Large XLSX: asked for by a person, made by the worker, given out to the browser that asked, gone within a day.

``waiting → running → ready → given``, or ``failed`` with a Thai sentence, or ``cancelled``. The rows are those of the
person on the day when the worker reads them. What comes after: ``exported``.
"""

from __future__ import annotations

import json
import logging
import secrets
import zlib
from typing import Any
from uuid import UUID

from django.db import IntegrityError, transaction
from django.db.models import F
from django.http import QueryDict
from django.utils import timezone, translation
from nacl.exceptions import CryptoError

from prongsai.files.housekey import house_box
from prongsai.files.stream import SealedWriter
from prongsai.organisation.actors import Actor
from prongsai.organisation.keyed import keyed_hash
from prongsai.organisation.models import Person
from prongsai.registers.declaration import Period, Register
from prongsai.registers.exported import (
    NOT_ALLOWED,
    STUCK,
    NotGiven,
    close,
    context_of,
    delete_file,
    register_for,
    settle,
)
from prongsai.registers.listing import Listing
from prongsai.registers.models import Export
from prongsai.registers.workbook import MOST_ROWS, TooManyRows, write_workbook
from prongsai.sealed import boxes

log = logging.getLogger(__name__)

State = Export.State
TASK = "export_workbook"
MOST_LIVE = 5  # files of one person at a time
MOST_ATTEMPTS = 3  # of a worker that dies over it
REPORT_EVERY = 500  # rows

NO_SPACE = "เนื้อที่เก็บไฟล์ของระบบไม่เพียงพอ โปรดแจ้งผู้ดูแลระบบ แล้วลองใหม่ หรือดาวน์โหลดเป็น CSV"
WENT_WRONG = "เกิดข้อขัดข้องระหว่างจัดทำไฟล์ โปรดลองใหม่ หากยังไม่สำเร็จโปรดแจ้งผู้ดูแลระบบ หรือดาวน์โหลดเป็น CSV"
TOO_LONG = (
    f"รายการมีมากกว่า {MOST_ROWS:,} แถว ซึ่งเกินกว่าที่ไฟล์ XLSX จะบรรจุได้ โปรดเลือกเงื่อนไขให้แคบลง หรือดาวน์โหลดเป็น CSV"
)


class TooManyExports(ValueError):
    """The person has ``MOST_LIVE`` files waiting already."""


class _Stopped(Exception):
    """Somebody cancelled it, or another run has taken it over."""


# --- asking


def ask(listing: Listing, public_key: bytes) -> Export:
    """The export of this listing for whoever looks at it: the one that there is already, or a new one for the worker.

    Raises ``TooManyExports``.
    """
    person, wanted = listing.actor.person, asked(listing)
    assert person is not None
    if found := live(listing):
        return found
    if Export.objects.filter(person=person, state__in=Export.LIVE).count() >= MOST_LIVE:
        raise TooManyExports
    export = Export(
        person=person,
        register_key=listing.register.key,
        same=_same(listing.register, person, wanted),
        public_key=public_key,
        total=listing.count,
        narrowed=bool(listing.sentence),
    )
    export.asked = bytes(house_box(b"prongsai.asked1").encrypt(json.dumps(wanted).encode(), export.pk.bytes))
    try:
        with transaction.atomic():
            export.save(force_insert=True)
            _give_to_worker(export)
    except IntegrityError:  # the second of two clicks
        if found := live(listing):
            return found
        raise
    return export


def live(listing: Listing) -> Export | None:
    """The person's export of the same thing that is at work or ready."""
    person = listing.actor.person
    assert person is not None
    same = _same(listing.register, person, asked(listing))
    found = Export.objects.filter(person=person, same=same, state__in=Export.LIVE).first()
    return found if found is not None and settle(found).is_live else None


def asked(listing: Listing) -> dict[str, str]:
    """What of the address decides which rows are listed, and in which order."""
    keys = ["q", "sort"]
    for declared in listing.register.filters:
        ends = isinstance(declared, Period)
        keys += [f"{declared.key}_from", f"{declared.key}_to"] if ends else [declared.key]
    return {key: value for key in keys if (value := listing.params.get(key))}


def query_of(export: Export) -> str:
    """The query of the list that was exported, for links back to it; "" under another key of the house than then."""
    try:
        return _params(export).urlencode()
    except CryptoError:
        return ""


def _same(register: Register, person: Person, wanted: dict[str, str]) -> bytes:
    text = json.dumps([person.pk, register.key, sorted(wanted.items())])
    return keyed_hash(text.encode(), b"registers.same")


def _params(export: Export) -> QueryDict:
    wanted = json.loads(house_box(b"prongsai.asked1").decrypt(bytes(export.asked), export.pk.bytes))
    params = QueryDict(mutable=True)
    params.update(wanted)
    return params


def _give_to_worker(export: Export) -> None:
    """One large export at a time for the whole house: the worker's other hand stays free for everything else."""
    from procrastinate.contrib.django import app

    app.configure_task(TASK, lock=TASK).defer(export_id=str(export.pk))


# --- making: the worker


def run(export_id: str) -> None:
    """Make the file. May run twice, and be killed at any moment: the next run begins anew, a stale one stops."""
    export = _claim(UUID(export_id))
    if export is None:
        return
    try:
        with translation.override("th"):
            _make(export)
    except _Stopped:
        return
    except NotGiven:
        close(export, State.FAILED, NOT_ALLOWED)
    except TooManyRows:
        close(export, State.FAILED, TOO_LONG)
    except OSError:
        log.exception("export %s could not be stored", export.pk)
        close(export, State.FAILED, NO_SPACE)
    except Exception:
        log.exception("export %s failed", export.pk)
        close(export, State.FAILED, WENT_WRONG)


def _claim(pk: UUID) -> Export | None:
    export = Export.objects.filter(pk=pk, state__in=Export.AT_WORK).first()
    if export is None:
        return None
    if export.attempts >= MOST_ATTEMPTS:
        close(export, State.FAILED, STUCK)
        return None
    delete_file(export)  # what a run that died has left
    fresh = {"state": State.RUNNING, "done": 0, "beat_at": timezone.now(), "blob": secrets.token_hex(16)}
    mine = Export.objects.filter(pk=pk, state__in=Export.AT_WORK, attempts=export.attempts)
    if not mine.update(attempts=F("attempts") + 1, **fresh):
        return None
    export.refresh_from_db()
    return export


def _make(export: Export) -> None:
    listing = Listing(register_for(export, actor := Actor.of(export.person)), actor, _params(export))
    _mine(export, total=listing.count)
    assert export.path is not None
    writer, report = SealedWriter(export.path), _Report(export)
    try:
        count = write_workbook(listing, writer, report)
        writer.finish()
        public_key, context = bytes(export.public_key), context_of(export)
        _mine(
            export,
            state=State.READY,
            total=count,
            done=count,
            size=writer.size,
            sealed_key=boxes.seal(public_key, writer.key, f"{context}:key"),
            sealed_rows=boxes.seal(public_key, report.rows(), f"{context}:rows"),
            finished_at=timezone.now(),
        )
    except BaseException:
        writer.discard()
        raise


def _mine(export: Export, **values: Any) -> None:
    """Change the row while it is this run's to change."""
    mine = Export.objects.filter(pk=export.pk, state=State.RUNNING, attempts=export.attempts)
    if not mine.update(beat_at=timezone.now(), **values):
        raise _Stopped


class _Report:
    """Tells the row how far the work is, hears there that it is cancelled, and keeps which rows went into the file."""

    def __init__(self, export: Export) -> None:
        self._export = export
        self._zip, self._kept = zlib.compressobj(), bytearray()

    def __call__(self, done: int, pk: Any) -> None:
        self._kept += self._zip.compress(f"{pk}\n".encode())
        if done % REPORT_EVERY == 0:
            _mine(self._export, done=done)

    def rows(self) -> bytes:
        return bytes(self._kept + self._zip.flush())
