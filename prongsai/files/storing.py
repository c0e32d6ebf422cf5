"""Keeping uploads, reading them again, taking them out. Whoever calls writes the ledger entry."""

import os
import secrets
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from itertools import chain
from pathlib import Path
from typing import Any
from uuid import UUID

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.files import kinds
from prongsai.files.checking import check
from prongsai.files.errors import BlobCorrupt, BlobMissing, FileRemoved, FileUnavailable
from prongsai.files.models import SealedFile
from prongsai.files.stream import read_frames, sealed_size
from prongsai.files.upload import SealedUpload
from prongsai.sealed.errors import SealError
from prongsai.sealed.models import Envelope
from prongsai.sealed.opening import OpenEnvelope


def keep(
    upload: SealedUpload, envelope: Envelope, *, record: tuple[str, object], kind: str = ""
) -> SealedFile:
    """Store an upload for good, in the caller's transaction. ``kind`` says what it is for; it is sealed too.

    The blob gets a second name (hard link) now and loses its first one at commit, so that a rollback leaves the upload
    as it was and a crash loses nothing. Raises ``ValidationError`` as ``check`` does.
    """
    sort = check(upload)
    if upload.path is None:
        raise BlobMissing
    name = secrets.token_hex(20)
    path = f"{name[:2]}/{name[2:]}"
    _store(upload.path, Path(settings.FILES_ROOT) / path)
    file = SealedFile(
        record_type=record[0],
        record_id=str(record[1]),
        envelope=envelope,
        size=upload.size,
        digest=upload.digest,
        path=path,
    )
    meta = {"name": upload.name, "type": sort.name, "kind": kind, "salt": upload.salt.hex()}
    file.sealed_meta = envelope.put(meta, context=file.meta_context)
    file.sealed_key = envelope.put_key(upload.key, context=file.key_context)
    file.save(force_insert=True)
    transaction.on_commit(partial(_kept, upload))
    return file


def _kept(upload: SealedUpload) -> None:
    upload.held = False
    upload.discard()


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


def describe(file: SealedFile, opened: OpenEnvelope | None) -> FileCard:
    """The card of a file; never raises, so that one bad blob or row does not take the page with it (C09)."""
    unnamed = FileCard(file.id, _("ไฟล์แนบ"), "", file.size, scan=file.get_scan_state_display())
    if opened is None:
        return unnamed
    try:
        name, sort, meta = _meta(file, opened)
    except FileUnavailable as error:
        return FileCard(file.id, unnamed.name, "", file.size, scan=unnamed.scan, problem=str(error))
    problem = _problem(file)
    return FileCard(
        file.id, name, meta["kind"], file.size, sort.content_type, sort.inline, unnamed.scan, problem
    )


def _problem(file: SealedFile) -> str:
    if file.removed_at is not None:
        return str(FileRemoved())
    try:
        whole = _path(file).stat().st_size == sealed_size(file.size)
    except OSError:
        return str(BlobMissing())
    return "" if whole else str(BlobCorrupt())


def open_stream(file: SealedFile, opened: OpenEnvelope) -> Iterator[bytes]:
    """The plain bytes, frame by frame. What can be known beforehand is raised here, not in the middle of a response.

    Raises ``FileRemoved``, ``BlobMissing``, ``BlobCorrupt``; damage further in raises ``BlobCorrupt`` while reading.
    """
    if file.removed_at is not None or file.sealed_key is None:
        raise FileRemoved
    try:
        key = opened.get_key(file.sealed_key, context=file.key_context)
    except SealError as error:
        raise BlobCorrupt from error
    frames = read_frames(_path(file), key)
    if _path(file).stat().st_size != sealed_size(file.size):
        raise BlobCorrupt
    return chain([next(frames)], frames)


def meta_of(file: SealedFile, opened: OpenEnvelope) -> tuple[str, kinds.Kind, bytes]:
    """Download name (with an ending that fits), kind, and the salt of ``digest``. Raises ``BlobCorrupt``."""
    name, sort, meta = _meta(file, opened)
    return name, sort, bytes.fromhex(meta["salt"])


def _meta(file: SealedFile, opened: OpenEnvelope) -> tuple[str, kinds.Kind, dict[str, Any]]:
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
    if not found.update(removed_at=timezone.now(), removed_by=by, sealed_key=None):
        raise FileRemoved
    file.refresh_from_db()
    transaction.on_commit(partial(_path(file).unlink, missing_ok=True))
    return {"file": str(file.pk), "size": file.size, "digest": bytes(file.digest).hex()}


def _path(file: SealedFile) -> Path:
    return Path(settings.FILES_ROOT) / file.path
