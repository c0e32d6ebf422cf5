"""The working copy of an upload: the same file without hidden data, made by a child process while plain bytes stay in memory."""

import logging
import secrets
import signal
import threading
from pathlib import PurePath

from prongsai.files import apart, cleaning
from prongsai.files.kinds import CONVERTED, Kind
from prongsai.files.stream import SealedWriter
from prongsai.files.upload import SealedUpload, incoming

log = logging.getLogger(__name__)

CLEANED = frozenset({"jpeg", "png", "webp", "pdf", "docx", "xlsx", "docm", "xlsm"})
NOTHING_HIDDEN = frozenset({"txt", "txt-874"})
LARGEST = 64 * 1024 * 1024  # larger ones are kept as they came: the child holds the whole file
SECONDS = 90
# Children of one web process at a time; each may use ``cleaning.MEMORY``.
_room = threading.BoundedSemaphore(2)


def make_working_copy(upload: SealedUpload, kind: Kind) -> SealedUpload | None:
    """A second sealed upload, or None where hidden data cannot be removed (or there is none). Raises ``cleaning.Bomb``."""
    if kind.name not in CLEANED or not 0 < upload.size <= LARGEST:
        return None
    with _room:
        writer = SealedWriter(incoming() / secrets.token_hex(16))
        try:
            status = apart.run(
                cleaning.__name__, kind.name, upload=upload, take=writer.write, seconds=SECONDS
            )
        except BaseException:
            writer.discard()
            raise
    if status == 0 and writer.size:
        return SealedUpload.written(writer, _name(upload.name or "", kind), upload.content_type or "")
    writer.discard()
    if status in (cleaning.BOMB, -signal.SIGXCPU):
        raise cleaning.Bomb
    if status != cleaning.NOT_CLEANED:  # a machine too busy or too small is no fault of the file's
        log.error("the cleaning of a %s ended with status %s", kind.name, status)
    return None


def _name(name: str, kind: Kind) -> str:
    """Of a document that lost its macros: with the ending of what it is now."""
    if kind.name not in CONVERTED:
        return name
    return str(PurePath(name).with_suffix(f".{CONVERTED[kind.name].endings[0]}")) if name else ""
