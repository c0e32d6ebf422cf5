"""Uploads are encrypted while they arrive: ``settings.FILE_UPLOAD_HANDLERS`` names ``SealedUploadHandler``.

Plain bytes exist in memory only, at most one frame at a time; the disk gets ciphertext under a key that is only in the
``SealedUpload`` (and, when a form is shown again, in a handle that only the browser has).
"""

import logging
import secrets
import weakref
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from django.conf import settings
from django.core.exceptions import RequestDataTooBig
from django.core.files.uploadedfile import UploadedFile
from django.core.files.uploadhandler import FileUploadHandler
from django.http.multipartparser import MultiPartParserError

from prongsai.files.errors import BlobMissing, FileUnavailable
from prongsai.files.stream import FRAME, HEAD, SealedWriter, read_frames

log = logging.getLogger(__name__)

# Why an upload cannot be used; ``checking.check`` turns it into a sentence.
TOO_LARGE, NOT_STORED, EXPIRED = "too_large", "not_stored", "expired"


def incoming() -> Path:
    return Path(settings.FILES_ROOT) / "incoming"


class SealedUpload(UploadedFile):
    """A file that came with a form. ``chunks`` and ``read`` give the plain bytes; on the disk it is encrypted.

    At the end of the request Django closes it, and what was neither kept nor held is deleted.
    """

    def __init__(
        self,
        *,
        name: str,
        size: int,
        content_type: str = "",
        path: Path | None = None,
        key: bytes = b"",
        salt: bytes = b"",
        digest: bytes = b"",
        problem: str = "",
        held: bool = False,
        scan: str = "",
        examined: bool = False,
        working: "SealedUpload | None" = None,
    ) -> None:
        super().__init__(None, name, content_type, size)
        self.size: int = size  # Django's own says that it may be unknown
        self.path, self.key, self.salt, self.digest = path, key, salt, digest
        self.problem = problem
        self.held = held
        self.refused = False  # by a form's field: not offered again
        # What ``examining.examine`` finds out; ``working`` is the copy without hidden data.
        self.scan, self.examined, self.working = scan, examined, working
        self._head: bytes | None = None

    @classmethod
    def written(cls, writer: SealedWriter, name: str, content_type: str) -> "SealedUpload":
        """What the house itself has written, as an upload."""
        writer.finish()
        upload = cls(name=name, size=writer.size, content_type=content_type)
        upload.take(writer)
        return upload

    def take(self, writer: SealedWriter) -> None:
        """What a finished writer has written."""
        self.path, self.key, self._head = writer.path, writer.key, writer.head
        self.salt, self.digest = writer.salt, writer.digest

    @property
    def head(self) -> bytes:
        """The first 8 KiB, to tell the type by. Empty when the file cannot be read."""
        if self._head is None:
            try:
                self._head = next(iter(self.chunks()), b"")[:HEAD]
            except FileUnavailable:
                self._head = b""
        return self._head

    def chunks(self, chunk_size: int | None = None) -> Iterator[bytes]:
        """The plain bytes in frames of 64 KiB. Raises ``BlobMissing``, ``BlobCorrupt``."""
        if self.path is None:
            raise BlobMissing
        return read_frames(self.path, self.key)

    def multiple_chunks(self, chunk_size: int | None = None) -> bool:
        return self.size > FRAME

    def read(self, *args: Any) -> bytes:
        """All of it at once: for small files that are read and not kept (a list to import)."""
        return b"".join(self.chunks())

    def open(self, mode: str | None = None, *args: Any, **kwargs: Any) -> "SealedUpload":
        return self

    def close(self) -> None:
        if not self.held:
            self.discard()

    def discard(self) -> None:
        """Delete what arrived, and what was made of it. Kept files are not touched."""
        if self.path is not None:
            self.path.unlink(missing_ok=True)
        if self.working is not None:
            self.working.discard()


class SealedUploadHandler(FileUploadHandler):
    """Encrypts each chunk into ``FILES_ROOT/incoming``; a file over ``UPLOAD_FILE_LIMIT`` is dropped as soon as it is.

    A file that is too large, or that the disk refuses, still arrives at the form, with its ``problem``: the person gets
    a sentence beside the field, and the other files and everything typed stay. A request that is larger than any form of
    the house is refused before it arrives. Where the line breaks, what came of the file goes with the request.
    """

    chunk_size = FRAME
    writer: SealedWriter | None = None

    def handle_raw_input(
        self, input_data: Any, META: Any, content_length: int, boundary: Any, encoding: str | None = None
    ) -> None:
        if content_length > settings.UPLOAD_REQUEST_LIMIT:
            raise RequestDataTooBig("the request is larger than UPLOAD_REQUEST_LIMIT")

    def new_file(self, *args: Any, **kwargs: Any) -> None:
        super().new_file(*args, **kwargs)
        self.problem = ""
        try:
            self.writer = SealedWriter(incoming() / secrets.token_hex(16))
            # The parser tells nobody that the line is gone: the handler's own end, with that of the request, does.
            weakref.finalize(self, SealedWriter.abandon, self.writer)
        except OSError:
            self._give_up(NOT_STORED)

    def receive_data_chunk(self, raw_data: bytes, start: int) -> None:
        if self.writer is None:
            return
        if start + len(raw_data) > settings.UPLOAD_FILE_LIMIT:
            self._give_up(TOO_LARGE)
            return
        try:
            self.writer.write(raw_data)
        except OSError:
            self._give_up(NOT_STORED)

    def file_complete(self, file_size: int) -> SealedUpload:
        if self.writer is not None:
            try:
                self.writer.finish()
            except OSError:
                self._give_up(NOT_STORED)
        upload = SealedUpload(name=self.file_name or "", size=file_size, content_type=self.content_type or "")
        upload.problem = self.problem
        if self.writer is not None:
            upload.take(self.writer)
            self.writer = None
        return upload

    def upload_interrupted(self) -> None:
        """The body ended inside of a file. Without this the form would look complete, only the file would be gone."""
        if self.writer is not None:
            self.writer.discard()
            self.writer = None
        raise MultiPartParserError("the upload ended before its file did")

    def _give_up(self, problem: str) -> None:
        if problem == NOT_STORED:
            log.exception("an upload could not be stored")
        self.problem = problem
        if self.writer is not None:
            self.writer.discard()
        self.writer = None
