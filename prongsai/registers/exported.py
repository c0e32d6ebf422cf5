"""A large export after it was asked for: given out once to the browser that asked, ended, and swept away.

At the download every row of the file must still be the person's to see. Whoever gives a file out writes the ledger entry
first, as for every export.
"""

from __future__ import annotations

import logging
import zlib
from collections.abc import Iterator
from itertools import islice

from django.utils import timezone
from nacl.public import PrivateKey

from prongsai.files.errors import FileUnavailable
from prongsai.files.holding import LIFETIME
from prongsai.files.stream import read_frames
from prongsai.organisation.actors import Actor
from prongsai.registers.declaration import Register
from prongsai.registers.models import Export
from prongsai.registers.registry import register_of
from prongsai.sealed import boxes
from prongsai.sealed.errors import CannotOpen

log = logging.getLogger(__name__)

State = Export.State
NOT_ALLOWED = "สิทธิของท่านในทะเบียนนี้เปลี่ยนไปหลังจากที่ขอไฟล์ ระบบจึงลบไฟล์แล้ว โปรดจัดทำใหม่จากรายการที่ท่านเห็นในปัจจุบัน"
STUCK = "การจัดทำไฟล์หยุดลงกลางคัน เนื่องจากโปรแกรมเบื้องหลังหยุดทำงาน โปรดลองใหม่"
FILE_GONE = "ไฟล์ที่จัดทำไว้ไม่อยู่ในระบบแล้ว โปรดจัดทำใหม่"
CHECK_AT_ONCE = 5000  # rows


class NotGiven(Exception):
    """The file is not given out; the row says why."""


def register_for(export: Export, actor: Actor) -> Register:
    """Raises ``NotGiven`` where the person may not see the register today."""
    register = register_of(export.register_key)
    if register is None or not register.may_see(actor):
        raise NotGiven
    return register


def context_of(export: Export) -> str:
    return f"export:{export.pk}"


# --- giving out


def still_allowed(export: Export, actor: Actor) -> bool:
    """Whether the person may still see the register; an export of one that is closed to him ends here."""
    try:
        register_for(export, actor)
    except NotGiven:
        close(export, State.FAILED, NOT_ALLOWED)
        return False
    return True


def opens_with(export: Export, key: PrivateKey | None) -> bool:
    """Whether this is the browser that asked, in the same session."""
    return key is not None and bytes(key.public_key) == bytes(export.public_key)


def open_file(export: Export, actor: Actor, key: PrivateKey) -> Iterator[bytes]:
    """The plain bytes, after everything has been asked again. The file is deleted once the last byte has gone out.

    Raises ``NotGiven``; the row then says why.
    """
    try:
        register = register_for(export, actor)
        rows = boxes.unseal(key, export.sealed_rows or b"", f"{context_of(export)}:rows")
        if not _all_visible(register, actor, zlib.decompress(rows).decode().splitlines()):
            raise NotGiven
    except (NotGiven, CannotOpen):
        close(export, State.FAILED, NOT_ALLOWED)
        raise NotGiven from None
    try:
        assert export.path is not None
        frames = read_frames(
            export.path, boxes.unseal(key, export.sealed_key or b"", f"{context_of(export)}:key")
        )
    except (FileUnavailable, CannotOpen):
        close(export, State.FAILED, FILE_GONE)
        raise NotGiven from None
    return _until_given(export, frames)


def _all_visible(register: Register, actor: Actor, keys: list[str]) -> bool:
    rows, rest = register.rows(actor).order_by(), iter(keys)
    while batch := list(islice(rest, CHECK_AT_ONCE)):
        seen = rows.filter(pk__in=batch).values_list("pk", flat=True)
        if not set(batch) <= {str(pk) for pk in seen}:
            return False
    return True


def _until_given(export: Export, frames: Iterator[bytes]) -> Iterator[bytes]:
    yield from frames
    close(export, State.GIVEN)


# --- ending


def close(export: Export, state: str, why: str = "") -> None:
    """End it, whatever it was doing, and delete its file. What has ended already stays as it ended."""
    gone = {"sealed_key": None, "sealed_rows": None, "finished_at": timezone.now()}
    Export.objects.filter(pk=export.pk, state__in=Export.LIVE).update(state=state, why=why, **gone)
    delete_file(export)
    export.refresh_from_db()


def settle(export: Export) -> Export:
    """The export as it stands: one that a dead worker left is at an end, and so is one whose day is over."""
    if export.is_stuck:
        close(export, State.FAILED, STUCK)
    elif export.state == State.READY and export.asked_at < timezone.now() - LIFETIME:
        close(export, State.FAILED, FILE_GONE)
    return export


def sweep_exports() -> int:
    """For the worker's clock: what a dead worker left ends; everything goes a day after it was asked for."""
    for export in Export.objects.filter(state=State.RUNNING):
        settle(export)
    old = list(Export.objects.filter(asked_at__lt=timezone.now() - LIFETIME))
    for export in old:
        delete_file(export)
        export.delete()
    return len(old)


def delete_file(export: Export) -> None:
    try:
        if export.path is not None:
            export.path.unlink(missing_ok=True)
    except OSError:  # ``files.sweep_incoming`` tries again
        log.warning("the file of export %s could not be deleted", export.pk)
