"""Virus scanning with a real clamd: what it finds, what happens where it does not answer, and that nothing is called clean
that nobody looked at.
"""

from __future__ import annotations

import socket
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
import time_machine
from django.core.exceptions import ValidationError
from django.utils import timezone

from prongsai import files, sealed
from prongsai.config import jobs
from prongsai.files.clamd import Scanner, ScannerFailed, Version
from prongsai.files.models import ScanState, WaitingScan
from prongsai.files.scanning import LONGEST_WAIT
from prongsai.files.stream import read_frames
from prongsai.files.tests.daemon import HARM, NAME, STREAM_LIMIT, Daemon
from prongsai.files.tests.test_storing import arrived
from prongsai.ledger.models import Entry

pytestmark = pytest.mark.django_db
CLEAN = b"%PDF-1.7 harmless " * 5000
BAD = b"%PDF-1.7 " + b"." * 70_000 + HARM + b"." * 70_000


def keep(envelope: sealed.Envelope, content: bytes, name: str = "ก.pdf") -> files.SealedFile:
    return files.keep(arrived(name, content), envelope, record=("test.case", "7"), kind="evidence")


def kept_while_down(scanner: Daemon, envelope: sealed.Envelope, content: bytes) -> files.SealedFile:
    scanner.stop()
    try:
        return keep(envelope, content)
    finally:
        scanner.start()


def test_the_client_speaks_with_the_daemon(daemon: Daemon) -> None:
    scanner = Scanner(daemon.address)
    assert scanner.scan([b"harm", b"", b"less"]) == ""
    assert scanner.scan([]) == ""
    # The signature lies across two chunks.
    assert scanner.scan([b"x" * 100_000 + HARM[:9], HARM[9:] + b"x"]) == NAME
    assert scanner.version().program.startswith("ClamAV")
    assert scanner.version().signatures is None  # a database of our own has no day


def test_the_day_of_the_signatures_is_understood(tmp_path: Path) -> None:
    with answering(tmp_path / "socket", b"ClamAV 1.4.6/27831/Tue Nov 25 09:50:17 2025\0"):
        version = Scanner(str(tmp_path / "socket")).version()
    assert version == Version("ClamAV 1.4.6", datetime(2025, 11, 25, 9, 50, 17, tzinfo=UTC))
    with answering(tmp_path / "other", b"HTTP/1.1 400 Bad Request\r\n"), pytest.raises(ScannerFailed):
        Scanner(str(tmp_path / "other")).version()


@contextmanager
def answering(path: Path, answer: bytes) -> Iterator[None]:
    """Somebody who says one thing to one caller: signatures of ClamAV's own cannot be had without the network."""
    with socket.socket(socket.AF_UNIX) as listening:
        listening.bind(str(path))
        listening.listen()

        def talk() -> None:
            line, _ = listening.accept()
            with line:
                line.recv(100)
                line.sendall(answer)

        talking = threading.Thread(target=talk)
        talking.start()
        yield
        talking.join()


def test_more_than_the_daemon_takes_is_not_scanned(daemon: Daemon) -> None:
    with pytest.raises(ScannerFailed, match="size limit"):
        Scanner(daemon.address).scan(b"x" * 65536 for _ in range(4 * STREAM_LIMIT // 65536))


def test_nobody_there_and_somebody_else_there_are_failures(tmp_path: Path) -> None:
    for address in (str(tmp_path / "nothing"), "127.0.0.1:1", "[::1]:1"):
        with pytest.raises(ScannerFailed):
            Scanner(address).version()


def test_a_clean_file_is_said_to_be_clean_and_no_key_waits(
    scanner: Daemon, envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    file = keep(envelope, CLEAN)
    assert file.scan_state == ScanState.CLEAN and file.scanned_at
    assert files.describe(file, opened).scan == "ตรวจแล้วไม่พบไวรัส"
    assert not WaitingScan.objects.exists()


def test_without_a_scanner_it_is_said_that_nobody_looked(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    file = keep(envelope, BAD)
    assert files.describe(file, opened).scan == "ยังไม่ได้ตรวจ"
    assert not WaitingScan.objects.exists()  # there is nothing to wait for


def test_what_is_found_is_not_kept(scanner: Daemon, envelope: sealed.Envelope, blobs: Any) -> None:
    with pytest.raises(ValidationError, match=f"ร้าย.pdf: พบไวรัสในไฟล์นี้ .{NAME}"):
        keep(envelope, BAD, "ร้าย.pdf")
    assert blobs()[1] == [] and not files.SealedFile.objects.exists()


def test_a_file_that_waited_is_scanned_when_the_scanner_answers_again(
    scanner: Daemon, envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    file = kept_while_down(scanner, envelope, CLEAN)
    assert file.scan_state == ScanState.NOT_SCANNED and WaitingScan.objects.count() == 1
    scanner.stop()
    try:
        assert files.scan_waiting() == 0 and WaitingScan.objects.count() == 1
    finally:
        scanner.start()
    jobs.scan_waiting(0)  # as the worker does by the clock
    file.refresh_from_db()
    assert file.scan_state == ScanState.CLEAN and not WaitingScan.objects.exists()
    assert b"".join(files.open_stream(file, opened)) == CLEAN


def test_what_is_found_later_stays_sealed_and_goes_out_to_nobody(
    scanner: Daemon, envelope: sealed.Envelope, opened: sealed.OpenEnvelope, store: Path
) -> None:
    file = kept_while_down(scanner, envelope, BAD)
    assert files.scan_waiting() == 1
    file.refresh_from_db()

    card = files.describe(file, opened)
    assert card.scan == "พบไวรัส" and card.harmful and "ไม่เปิดให้ดาวน์โหลด" in card.problem
    for original in (False, True):
        with pytest.raises(files.FileHarmful):
            files.serve(file, opened, original=original)
    # The evidence is still there, byte for byte, for whoever must examine it elsewhere.
    key = opened.get_key(bytes(file.sealed_key), context=file.key_context)
    assert b"".join(read_frames(store / file.path, key)) == BAD
    entry = Entry.objects.get(kind="files.harmful")
    assert (entry.subject_id, entry.secrecy, entry.content) == ("7", "S3", {"file": str(file.pk)})


def test_whoever_opens_a_file_has_it_scanned_first(
    scanner: Daemon, envelope: sealed.Envelope, opened: sealed.OpenEnvelope, settings: Any
) -> None:
    settings.CLAMD = ""
    file = keep(envelope, BAD)
    files.scan_opened(file, files.open_stream(file, opened))
    assert file.scan_state == ScanState.NOT_SCANNED
    settings.CLAMD = scanner.address
    files.scan_opened(file, files.open_stream(file, opened))
    assert file.scan_state == ScanState.HARMFUL
    file.refresh_from_db()
    assert file.scan_state == ScanState.HARMFUL


def test_a_key_waits_three_days_at_most_and_opens_nothing_without_the_house(
    scanner: Daemon, envelope: sealed.Envelope, opened: sealed.OpenEnvelope, settings: Any
) -> None:
    file = kept_while_down(scanner, envelope, CLEAN)
    box = bytes(WaitingScan.objects.get().sealed_key)
    assert opened.get_key(bytes(file.sealed_key), context=file.key_context) not in box
    with time_machine.travel(timezone.now() + LONGEST_WAIT + timedelta(minutes=1)):
        assert files.scan_waiting() == 0
    assert not WaitingScan.objects.exists()
    # A restored copy with another SECRET_KEY: what waited can no longer be opened, and waits no longer.
    kept_while_down(scanner, envelope, CLEAN + b"another")
    settings.SECRET_KEY = "another" * 8
    assert files.scan_waiting() == 0 and not WaitingScan.objects.exists()


def test_a_removed_file_waits_for_nothing(scanner: Daemon, envelope: sealed.Envelope) -> None:
    file = kept_while_down(scanner, envelope, CLEAN)
    files.remove(file, by="เจ้าหน้าที่")
    assert not WaitingScan.objects.exists() and files.scan_waiting() == 0
