"""All files of a record as one ZIP, made while it is sent: constant memory, nothing on the disk (APPNOTE 6.3.10)."""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from io import RawIOBase
from typing import Any
from uuid import UUID
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

from django.http import StreamingHttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _

from prongsai.files.errors import BlobMissing, FileUnavailable
from prongsai.files.models import SealedFile
from prongsai.files.serving import shut
from prongsai.files.storing import describe, meta_of, open_stream
from prongsai.files.unsealed import Unsealed
from prongsai.sealed.opening import OpenEnvelope
from prongsai.thai.filenames import content_disposition, safe_download_name

FASTEST = 1  # most evidence is compressed already


def serve_zip(
    files: Iterable[SealedFile],
    opened: Mapping[UUID | None, OpenEnvelope | Unsealed],
    *,
    name: str,
    papers: Sequence[tuple[str, bytes]] = (),
    called: str = "",
) -> StreamingHttpResponse:
    """The working copies of ``files`` as a download called ``name``. ``opened``: the envelopes in hand, by their ids.

    ``papers``: documents made for it, (name, content), which come first. ``called``: number the files under this word instead
    of giving the names that they came with, which may tell who sent them.

    What cannot be given out is left out and listed, with the reason, in a text file inside. Damage met later breaks the
    connection before the ZIP's directory is written, so that nobody takes a part for the whole.
    """
    response = StreamingHttpResponse(
        _zipped(list(files), opened, papers, called), content_type="application/zip"
    )
    response["Content-Disposition"] = content_disposition(name)
    return shut(response)


def _zipped(
    files: list[SealedFile],
    opened: Mapping[UUID | None, OpenEnvelope | Unsealed],
    papers: Sequence[tuple[str, bytes]],
    called: str,
) -> Iterator[bytes]:
    pipe, names, left_out = _Pipe(), _Names(), []
    with ZipFile(pipe, "w", ZIP_DEFLATED, compresslevel=FASTEST) as archive:  # type: ignore[arg-type]
        for title, content in papers:
            archive.writestr(names.take(title), content)
        for number, file in enumerate(files, 1):
            envelope = opened.get(file.envelope_id)
            try:
                if envelope is None:
                    raise BlobMissing
                frames = open_stream(file.given_out, envelope)
                own = meta_of(file.given_out, envelope)[0]
                name = names.take(numbered(called, number, own) if called else own)
            except FileUnavailable as error:
                shown = f"{called} {number}" if called else describe(file, envelope).name
                left_out.append(f"{shown}: {error}")
                continue
            with archive.open(_entry(name, file.given_out), "w") as part:
                for frame in frames:
                    part.write(frame)
                    yield from pipe.drain()
        if left_out:
            text = "\r\n".join([_("ไฟล์ที่มิได้รวมไว้ในชุดนี้"), "", *left_out, ""])
            archive.writestr(names.take(_("ไฟล์ที่มิได้รวมไว้.txt")), "\ufeff" + text)
    yield from pipe.drain()


def numbered(called: str, number: int, name: str) -> str:
    """``หลักฐาน 01.pdf``: the word, the number, and the ending of the file's own name."""
    _stem, dot, ending = name.rpartition(".")
    return f"{called} {number:02}{dot}{ending if dot else ''}"


def _entry(name: str, file: SealedFile) -> ZipInfo:
    """A name that is not ASCII goes as UTF-8 with flag bit 11 (4.4.4); the size decides about ZIP64 beforehand."""
    entry = ZipInfo(name, timezone.localtime(file.created_at).timetuple()[:6])
    entry.compress_type = ZIP_DEFLATED
    entry.file_size = file.size
    entry.external_attr = 0o600 << 16
    return entry


class _Names:
    """Safe names, each once: ``ก.pdf``, ``ก (2).pdf``. Windows does not tell capitals from small letters."""

    def __init__(self) -> None:
        self._taken: set[str] = set()

    def take(self, name: str) -> str:
        safe = safe_download_name(name, max_bytes=180)
        stem, dot, ending = safe.rpartition(".")
        if not stem:
            stem, dot, ending = safe, "", ""
        free, number = safe, 1
        while free.casefold() in self._taken:
            number += 1
            free = f"{stem} ({number}){dot}{ending}"
        self._taken.add(free.casefold())
        return free


class _Pipe(RawIOBase):
    """What ``ZipFile`` writes to: it cannot seek, and holds only what has not been sent yet."""

    def __init__(self) -> None:
        super().__init__()
        self._parts: list[bytes] = []

    def writable(self) -> bool:
        return True

    def write(self, data: Any) -> int:
        self._parts.append(bytes(data))
        return len(data)

    def drain(self) -> Iterator[bytes]:
        parts, self._parts = self._parts, []
        if parts:
            yield b"".join(parts)
