"""The working copy of an upload: the same file without hidden data, made by a child process while plain bytes stay in memory."""

import logging
import os
import secrets
import signal
import subprocess
import sys
import threading
from pathlib import Path

from prongsai.files import cleaning
from prongsai.files.kinds import Kind
from prongsai.files.stream import FRAME, SealedWriter
from prongsai.files.upload import SealedUpload, incoming

log = logging.getLogger(__name__)

CLEANED = frozenset({"jpeg", "png", "webp", "pdf", "docx", "xlsx"})
NOTHING_HIDDEN = frozenset({"txt", "txt-874"})
LARGEST = 64 * 1024 * 1024  # larger ones are kept as they came: the child holds the whole file
SECONDS = 90
# Children of one web process at a time; each may use ``cleaning.MEMORY``.
_room = threading.BoundedSemaphore(2)
_PACKAGES = str(Path(__file__).parent.parent.parent)


def make_working_copy(upload: SealedUpload, kind: Kind) -> SealedUpload | None:
    """A second sealed upload, or None where hidden data cannot be removed (or there is none). Raises ``cleaning.Bomb``."""
    if kind.name not in CLEANED or not 0 < upload.size <= LARGEST:
        return None
    with _room:
        writer = SealedWriter(incoming() / secrets.token_hex(16))
        try:
            status = _run(upload, kind, writer)
        except BaseException:
            writer.discard()
            raise
    if status == 0 and writer.size:
        writer.finish()
        copy = SealedUpload(name=upload.name or "", size=writer.size, content_type=upload.content_type or "")
        copy.take(writer)
        return copy
    writer.discard()
    if status in (cleaning.BOMB, -signal.SIGXCPU):
        raise cleaning.Bomb
    if status != cleaning.NOT_CLEANED:  # a machine too busy or too small is no fault of the file's
        log.error("the cleaning of a %s ended with status %s", kind.name, status)
    return None


def _run(upload: SealedUpload, kind: Kind, writer: SealedWriter) -> int:
    """Through the child; how it ended. It reads all before it writes, so one side at a time is enough."""
    command = [sys.executable, "-m", cleaning.__name__, kind.name]
    environment = {"PATH": os.defpath, "PYTHONPATH": _PACKAGES, "PYTHONDONTWRITEBYTECODE": "1"}
    with subprocess.Popen(
        command,
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        env=environment,
        cwd="/",
    ) as child:
        assert child.stdin is not None and child.stdout is not None
        clock = threading.Timer(SECONDS, child.kill)
        clock.start()
        try:
            try:
                for frame in upload.chunks():
                    child.stdin.write(frame)
                child.stdin.close()
            except BrokenPipeError:
                pass  # it has ended: its status says why
            while part := child.stdout.read(FRAME):
                writer.write(part)
            return child.wait()
        except BaseException:
            child.kill()
            raise
        finally:
            clock.cancel()
