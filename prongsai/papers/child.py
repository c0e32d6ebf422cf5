"""The web process's side of ``reading``: plain bytes go to a child with limits, never to the disk."""

from __future__ import annotations

import json
import logging
import secrets
import signal
import threading
from collections.abc import Callable

from prongsai.files import apart
from prongsai.files.kinds import Kind
from prongsai.files.stream import SealedWriter
from prongsai.files.upload import SealedUpload, incoming
from prongsai.papers import reading

log = logging.getLogger(__name__)

KINDS = frozenset({"pdf", "jpeg", "png", "webp"})
LARGEST = 64 * 1024 * 1024  # the child holds the whole scan
SECONDS = 120
ANSWER = 1024 * 1024  # bytes of codes; more is no answer of ours
# Children of one web process at a time; each may use ``reading.MEMORY``.
_room = threading.BoundedSemaphore(2)


class ScanRefused(ValueError):
    """Why this file cannot be read as a scan; the text is a Thai sentence."""


_BUSY = "ระบบอ่านสแกนนี้มิได้ในขณะนี้ โปรดลองอีกครั้ง"
WORDS = {
    reading.TOO_LARGE: "เมื่อเปิดแล้วไฟล์มีขนาดใหญ่ผิดปกติ โปรดสแกนใหม่ที่ความละเอียด 200–300 จุดต่อนิ้ว",
    reading.UNREADABLE: "เปิดไฟล์นี้มิได้ ไฟล์อาจเสียหายหรือมีรหัสผ่าน โปรดสแกนใหม่",
    reading.TOO_MANY_PAGES: f"สแกนหนึ่งไฟล์มีได้ไม่เกิน {reading.PAGES} หน้า โปรดแยกเป็นหลายไฟล์",
    -signal.SIGXCPU: "การอ่านไฟล์นี้ใช้เวลานานเกินไป โปรดสแกนใหม่ที่ความละเอียด 200–300 จุดต่อนิ้ว หรือแยกเป็นหลายไฟล์",
}


def read_codes(upload: SealedUpload, kind: Kind) -> list[list[str]]:
    """For each page of the scan the texts of its QR codes. Raises ``ScanRefused``."""
    if kind.name not in KINDS:
        raise ScanRefused("โปรดใช้ไฟล์สแกนชนิด PDF, JPG, PNG หรือ WEBP")
    if upload.size > LARGEST:
        raise ScanRefused(f"ไฟล์สแกนต้องมีขนาดไม่เกิน {LARGEST // 1024**2} เมกะไบต์ โปรดแยกเป็นหลายไฟล์")
    answer = bytearray()
    with _room:
        _run(["codes", kind.name], upload, answer.extend, most=ANSWER)
    return json.loads(answer)


def cut(upload: SealedUpload, pages: list[int], name: str) -> SealedUpload:
    """These pages (from 1) as a sealed upload of their own. Raises ``ScanRefused``."""
    writer = SealedWriter(incoming() / secrets.token_hex(16))
    try:
        with _room:
            _run(["cut", ",".join(map(str, pages))], upload, writer.write, most=2 * LARGEST)
    except BaseException:
        writer.discard()
        raise
    return SealedUpload.written(writer, name, "application/pdf")


def _run(arguments: list[str], upload: SealedUpload, take: Callable[[bytes], object], *, most: int) -> None:
    """Through the child, which may answer with ``most`` bytes."""

    def bounded(part: bytes) -> None:
        nonlocal most
        most -= len(part)
        if most < 0:
            raise ScanRefused(WORDS[reading.TOO_LARGE])
        take(part)

    status = apart.run(reading.__name__, *arguments, upload=upload, take=bounded, seconds=SECONDS)
    if status:
        if status not in WORDS:
            log.error("the reading of a scan ended with status %s", status)
        raise ScanRefused(WORDS.get(status, _BUSY))
