"""Virus scanning by clamd (``PRONGSAI_CLAMD``). Nothing is called clean that nobody looked at.

A file is scanned while its form is handled, before it is sealed. Where the scanner does not answer then, the file's key
waits for it: for three days at most, in a box that only the house opens, never in a backup. The worker scans again
(:func:`scan_waiting`); afterwards, or in the end, that key is gone and only the team can open the file. Whoever then opens
it with the key in hand has it scanned first (:func:`scan_opened`).
"""

import logging
from collections.abc import Iterable
from datetime import timedelta

from django.apps import apps
from django.conf import settings
from django.db import transaction
from django.utils import timezone
from nacl.exceptions import CryptoError

from prongsai import ledger
from prongsai.files.clamd import Scanner, ScannerFailed, Version
from prongsai.files.errors import FileUnavailable
from prongsai.files.housekey import house_box
from prongsai.files.models import ScanState, SealedFile, WaitingScan
from prongsai.files.stream import read_frames

log = logging.getLogger(__name__)

LONGEST_WAIT = timedelta(days=3)
_PURPOSE = b"prongsai.scan1"


class NotScanned(Exception):
    """No scanner is set, or it did not answer."""


def is_set_up() -> bool:
    return bool(settings.CLAMD)


def look(chunks: Iterable[bytes]) -> str:
    """What was found in these plain bytes, or "". Raises ``NotScanned``."""
    if not is_set_up():
        raise NotScanned
    try:
        return Scanner(settings.CLAMD).scan(chunks)
    except ScannerFailed as error:
        log.warning("a file was not scanned: %s", error)
        raise NotScanned from error


def version() -> Version:
    """Raises ``ScannerFailed``."""
    return Scanner(settings.CLAMD).version()


def let_wait(file: SealedFile, key: bytes) -> None:
    """Keep the key for the worker until the scanner answers. Only where there is one to wait for."""
    if is_set_up():
        box = house_box(_PURPOSE).encrypt(key, _bound(file))
        WaitingScan.objects.create(file=file, sealed_key=bytes(box), until=timezone.now() + LONGEST_WAIT)


def scan_waiting() -> int:
    """Scan what waits, oldest first; how many were. For the worker's clock. It ends when the scanner does not answer."""
    WaitingScan.objects.filter(until__lt=timezone.now()).delete()
    count = 0
    for waiting in WaitingScan.objects.select_related("file").order_by("pk").iterator(100):
        try:
            key = house_box(_PURPOSE).decrypt(bytes(waiting.sealed_key), _bound(waiting.file))
            found = look(read_frames(waiting.file.blob, key))
        except NotScanned:
            break
        except (
            CryptoError,
            FileUnavailable,
        ):  # another SECRET_KEY than then, or the blob is gone: nobody can
            waiting.delete()
            continue
        with transaction.atomic():
            waiting.delete()
            settle(waiting.file, found)
        count += 1
    return count


def scan_opened(file: SealedFile, chunks: Iterable[bytes]) -> None:
    """Scan a file that somebody is about to be given. ``file.scan_state`` is true afterwards; a failure changes nothing."""
    try:
        found = look(chunks)
    except NotScanned:
        return
    with transaction.atomic():
        WaitingScan.objects.filter(file=file).delete()
        settle(file, found)


def settle(file: SealedFile, found: str) -> None:
    """Write down what the scanner said, also of the working copy; something harmful is an entry of the ledger too."""
    state = ScanState.HARMFUL if found else ScanState.CLEAN
    file.scan_state, file.scanned_at = state, timezone.now()
    both = SealedFile.objects.filter(pk=file.pk) | SealedFile.objects.filter(original=file)
    both.update(scan_state=state, scanned_at=file.scanned_at)
    if found:
        ledger.append(
            kind="files.harmful",
            actor_label="ระบบ",
            subject=(file.record_type, file.record_id),
            province=_province_of(file),
            secrecy="S3",
            content={"file": str(file.pk)},
        )


def _bound(file: SealedFile) -> bytes:
    return f"file:{file.pk}:scan".encode()


def _province_of(file: SealedFile) -> str:
    """The record's own, or "" where its kind is not a model of this house."""
    try:
        model = apps.get_model(file.record_type)
    except (LookupError, ValueError):
        return ""
    return str(model.objects.filter(pk=file.record_id).values_list("province_id", flat=True).first() or "")
