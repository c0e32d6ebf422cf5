"""Files of a form that has to be shown again (C06): kept for a day under a handle that only the browser has.

A handle holds the file's key and name, encrypted with a key of the house. The disk has the ciphertext without the key,
so neither a copy of the disk nor the handle alone shows anything.
"""

import json
import os
import time
from base64 import urlsafe_b64decode, urlsafe_b64encode
from collections.abc import Iterable
from datetime import timedelta
from pathlib import Path
from typing import Any

from django.conf import settings
from nacl.exceptions import CryptoError
from nacl.secret import Aead

from prongsai.files.errors import HandleExpired
from prongsai.files.housekey import house_box
from prongsai.files.models import SealedFile
from prongsai.files.stream import sealed_size
from prongsai.files.upload import SealedUpload, incoming

LIFETIME = timedelta(hours=24)
_AAD = b"prongsai/upload-handle/1"


def hold(upload: SealedUpload) -> str:
    """A handle for a hidden field of the form. The upload outlives the request, for a day from now."""
    content = {**_written(upload), "until": int(time.time() + LIFETIME.total_seconds())}
    return urlsafe_b64encode(_box().encrypt(json.dumps(content).encode(), _AAD)).decode()


def _written(upload: SealedUpload) -> dict[str, Any]:
    if upload.path is None:
        raise HandleExpired
    upload.held = True
    os.utime(upload.path)  # the day begins again each time the form is shown
    return {
        "path": upload.path.name,
        "key": upload.key.hex(),
        "salt": upload.salt.hex(),
        "digest": upload.digest.hex(),
        "name": upload.name,
        "size": upload.size,
        "type": upload.content_type,
        "scan": str(upload.scan),
        "examined": upload.examined,
        "working": _written(upload.working) if upload.working else None,
    }


def from_handle(handle: str) -> SealedUpload:
    """The upload again. Raises ``HandleExpired``: too old, swept, kept already, or not a handle of ours."""
    try:
        content = json.loads(_box().decrypt(urlsafe_b64decode(handle), _AAD))
    except (CryptoError, ValueError, TypeError) as error:
        raise HandleExpired from error
    if content["until"] < time.time():
        raise HandleExpired
    return _read(content)


def _read(content: dict[str, Any]) -> SealedUpload:
    path = incoming() / content["path"]
    if not _is_whole(path, content["size"]):
        raise HandleExpired
    return SealedUpload(
        name=content["name"],
        size=content["size"],
        content_type=content["type"],
        path=path,
        key=bytes.fromhex(content["key"]),
        salt=bytes.fromhex(content["salt"]),
        digest=bytes.fromhex(content["digest"]),
        held=True,
        scan=content["scan"],
        examined=content["examined"],
        working=_read(content["working"]) if content["working"] else None,
    )


def sweep_incoming(older_than: timedelta = LIFETIME) -> int:
    """Delete what arrived and was never kept; how many files. For the worker's clock."""
    edge = time.time() - older_than.total_seconds()
    return _delete_older(incoming().glob("*"), edge)


def sweep_orphans(older_than: timedelta = LIFETIME) -> int:
    """Delete stored files that no row names (their transaction was rolled back); how many."""
    edge = time.time() - older_than.total_seconds()
    root = Path(settings.FILES_ROOT)
    orphans = []
    for folder in root.glob("[0-9a-f][0-9a-f]"):
        paths = {f"{folder.name}/{path.name}": path for path in folder.iterdir()}
        known = set(SealedFile.objects.filter(path__in=paths).values_list("path", flat=True))
        orphans += [path for name, path in paths.items() if name not in known]
    return _delete_older(orphans, edge)


def _delete_older(paths: Iterable[Path], edge: float) -> int:
    count = 0
    for path in paths:
        try:
            # Linking a file into the store changes its ctime: a fresh one is never taken for an orphan.
            if max(path.stat().st_mtime, path.stat().st_ctime) < edge:
                path.unlink()
                count += 1
        except FileNotFoundError:
            continue
    return count


def _is_whole(path: Path, size: int) -> bool:
    try:
        return path.stat().st_size == sealed_size(size)
    except OSError:
        return False


def _box() -> Aead:
    return house_box(b"prongsai.handle1")
