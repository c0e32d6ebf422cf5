"""Keeping uploads, reading them again, taking them out. Whoever calls writes the ledger entry."""

import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass, replace
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.files import kinds, scanning
from prongsai.files.errors import (
    BlobCorrupt,
    BlobMissing,
    FileHarmful,
    FileRemoved,
    FileUnavailable,
    HiddenDataLeft,
)
from prongsai.files.examining import examine
from prongsai.files.models import ScanState, SealedFile, WaitingScan
from prongsai.files.stream import read_frames, sealed_size
from prongsai.files.unsealed import Unsealed
from prongsai.files.upload import SealedUpload
from prongsai.files.working import NOTHING_HIDDEN
from prongsai.sealed.errors import SealError
from prongsai.sealed.models import Envelope
from prongsai.sealed.opening import OpenEnvelope


def keep(
    upload: SealedUpload, envelope: Envelope | Unsealed, *, record: tuple[str, object], kind: str = ""
) -> SealedFile:
    """Store an upload for good, and its working copy, in the caller's transaction. ``kind`` says what it is for; it is
    sealed too. ``envelope``: ``UNSEALED`` for a record that is not secret.

    The blob gets a second name (hard link) now and loses its first one at commit, so that a rollback leaves the upload
    as it was and a crash loses nothing. Raises ``ValidationError`` as ``examine`` does.
    """
    sort = examine(upload)
    meta = {"type": sort.name, "kind": kind}
    file = _keep(upload, envelope, record, meta, scan=upload.scan)
    if upload.working is not None:
        given = {**meta, "type": kinds.CONVERTED.get(sort.name, sort).name}
        _keep(upload.working, envelope, record, given, scan=upload.scan, original=file)
    if upload.scan == ScanState.NOT_SCANNED:
        scanning.let_wait(file, upload.key)
    transaction.on_commit(partial(_kept, upload))
    return file


def _keep(
    upload: SealedUpload,
    envelope: Envelope | Unsealed,
    record: tuple[str, object],
    meta: dict[str, str],
    *,
    scan: str,
    original: SealedFile | None = None,
) -> SealedFile:
    if upload.path is None:
        raise BlobMissing
    name = secrets.token_hex(20)
    path = f"{name[:2]}/{name[2:]}"
    _store(upload.path, Path(settings.FILES_ROOT) / path)
    file = SealedFile(
        record_type=record[0],
        record_id=str(record[1]),
        envelope=envelope if isinstance(envelope, Envelope) else None,
        size=upload.size,
        digest=upload.digest,
        path=path,
        scan_state=scan,
        scanned_at=None if scan == ScanState.NOT_SCANNED else timezone.now(),
        original=original,
    )
    meta = {"name": upload.name or "", **meta, "salt": upload.salt.hex()}
    file.sealed_meta = envelope.put(meta, context=file.meta_context)
    file.sealed_key = envelope.put_key(upload.key, context=file.key_context)
    file.save(force_insert=True)
    return file


def pass_on(
    file: SealedFile, opened: OpenEnvelope, envelope: Envelope, *, record: tuple[str, object], name: str
) -> SealedFile:
    """The working copy once more, for another record under its own envelope: the same blob, its key sealed anew, another
    name. Raises ``FileUnavailable``; ``HiddenDataLeft`` for a file whose hidden data nobody has taken out.
    """
    source = file.given_out
    _name, sort, meta = _meta(source, opened)
    if source is file and sort.name not in NOTHING_HIDDEN:
        raise HiddenDataLeft
    next(open_stream(source, opened))  # removed, harmful, missing or damaged: said before anything is written
    assert source.sealed_key is not None  # ``open_stream`` has raised
    stem = secrets.token_hex(20)
    path = f"{stem[:2]}/{stem[2:]}"
    _store(source.blob, Path(settings.FILES_ROOT) / path)
    copy = SealedFile(
        record_type=record[0],
        record_id=str(record[1]),
        envelope=envelope,
        size=source.size,
        digest=source.digest,
        path=path,
        scan_state=source.scan_state,
        scanned_at=source.scanned_at,
    )
    copy.sealed_meta = envelope.put({**meta, "name": name}, context=copy.meta_context)
    key = opened.get_key(source.sealed_key, context=source.key_context)
    copy.sealed_key = envelope.put_key(key, context=copy.key_context)
    copy.save(force_insert=True)
    return copy


def _kept(upload: SealedUpload) -> None:
    upload.held = False
    upload.discard()  # the first names of the blobs only


def _store(source: Path, target: Path) -> None:
    """A second name for a blob, on the disk before the row is."""
    for folder in (target.parent.parent, target.parent):
        folder.mkdir(mode=0o700, exist_ok=True)
    try:
        os.link(source, target)
    except FileNotFoundError as error:
        raise BlobMissing from error
    except OSError:  # a file system without hard links
        shutil.copyfile(source, target)
        target.chmod(0o600)
    for path in (target, target.parent, target.parent.parent):
        descriptor = os.open(path, os.O_RDONLY)
        try:
            os.fsync(descriptor)
        finally:
            os.close(descriptor)


@dataclass(frozen=True, slots=True)
class FileCard:
    """What a page shows of a file. ``problem`` is a Thai sentence when it cannot be given out, otherwise empty."""

    id: UUID
    name: str
    kind: str
    size: int
    content_type: str = ""
    inline: bool = False
    scan: str = ""
    problem: str = ""
    hidden_data: str = ""  # whether who, where and with what have been taken out of what is given out
    harmful: bool = False
    has_original: bool = False  # beside the working copy, which ``serve`` gives by default


def describe(file: SealedFile, opened: OpenEnvelope | Unsealed | None) -> FileCard:
    """The card of a file; never raises, so that one bad blob or row does not take the page with it (C09).

    Ask for ``working_copy`` with ``select_related`` where there are several.
    """
    shown = file.given_out
    card = FileCard(
        file.id,
        _("ไฟล์แนบ"),
        "",
        shown.size,
        scan=file.get_scan_state_display(),
        harmful=file.scan_state == ScanState.HARMFUL,
        has_original=shown is not file,
    )
    if opened is None:
        return card
    try:
        name, sort, meta = _meta(file, opened)
    except FileUnavailable as error:
        return replace(card, problem=str(error))
    return replace(
        card,
        name=name,
        kind=meta["kind"],
        content_type=sort.content_type,
        inline=sort.inline,
        hidden_data=_hidden_data(card, sort),
        problem=_problem(shown),
    )


def _hidden_data(card: FileCard, sort: kinds.Kind) -> str:
    if sort.name in NOTHING_HIDDEN:
        return ""
    if not card.has_original:
        return _("ยังมิได้ลบข้อมูลแฝง")
    return _("ลบชุดคำสั่ง (แมโคร) และข้อมูลแฝงแล้ว") if sort.name in kinds.CONVERTED else _("ลบข้อมูลแฝงแล้ว")


def _problem(file: SealedFile) -> str:
    if file.removed_at is not None:
        return str(FileRemoved())
    if file.scan_state == ScanState.HARMFUL:
        return str(FileHarmful())
    try:
        whole = file.blob.stat().st_size == sealed_size(file.size)
    except OSError:
        return str(BlobMissing())
    return "" if whole else str(BlobCorrupt())


def open_stream(file: SealedFile, opened: OpenEnvelope | Unsealed) -> Iterator[bytes]:
    """The plain bytes, frame by frame. What can be known beforehand is raised here, not in the middle of a response.

    Raises ``FileRemoved``, ``FileHarmful``, ``BlobMissing``, ``BlobCorrupt``; damage further in raises ``BlobCorrupt`` while
    reading.
    """
    if file.removed_at is not None or file.sealed_key is None:
        raise FileRemoved
    if file.scan_state == ScanState.HARMFUL:
        raise FileHarmful
    try:
        key = opened.get_key(file.sealed_key, context=file.key_context)
    except SealError as error:
        raise BlobCorrupt from error
    frames = read_frames(file.blob, key)
    if file.blob.stat().st_size != sealed_size(file.size):
        raise BlobCorrupt
    return chain([next(frames)], frames)


def meta_of(file: SealedFile, opened: OpenEnvelope | Unsealed) -> tuple[str, kinds.Kind, bytes]:
    """Download name (with an ending that fits), kind, and the salt of ``digest``. Raises ``BlobCorrupt``."""
    name, sort, meta = _meta(file, opened)
    return name, sort, bytes.fromhex(meta["salt"])


def _meta(file: SealedFile, opened: OpenEnvelope | Unsealed) -> tuple[str, kinds.Kind, dict[str, Any]]:
    try:
        meta = opened.json(file.sealed_meta, context=file.meta_context)
        sort = kinds.KINDS[meta["type"]]
    except (SealError, KeyError) as error:
        raise BlobCorrupt from error
    return kinds.fitting_name(meta["name"], sort), sort, meta


def remove(file: SealedFile, *, by: str) -> dict[str, Any]:
    """Take a file out for good: its key at once, its blob at commit. ``by``: the actor's label.

    Returns what the caller's own ledger entry says of it (C35). Raises ``FileRemoved`` the second time.
    """
    found = SealedFile.objects.filter(pk=file.pk, removed_at__isnull=True)
    gone = {"removed_at": timezone.now(), "removed_by": by, "sealed_key": None}
    if not found.update(**gone):
        raise FileRemoved
    WaitingScan.objects.filter(file=file).delete()
    file.refresh_from_db()
    for one in (file, *SealedFile.objects.filter(original=file)):
        SealedFile.objects.filter(pk=one.pk).update(**gone)
        transaction.on_commit(partial(one.blob.unlink, missing_ok=True))
    return {"file": str(file.pk), "size": file.size, "digest": bytes(file.digest).hex()}
