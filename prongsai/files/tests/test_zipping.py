"""All files as one ZIP: Thai names intact (C11), nothing that leaves its folder, nothing missing in silence."""

from __future__ import annotations

import shutil
import subprocess
import tracemalloc
import unicodedata
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pytest

from prongsai import files, sealed
from prongsai.files.stream import FRAME
from prongsai.files.tests.test_cleaning import photo
from prongsai.files.tests.test_storing import arrived
from prongsai.sealed.tests.people import make_keyholder

pytestmark = pytest.mark.django_db

# As it was sent, and as it must come out of the ZIP.
NAMES = {
    "ใบเสร็จค่าน้ำมันที่ปั๊ม.txt": "ใบเสร็จค่าน้ำมันที่ปั๊ม.txt",
    "น้ํามันเชื้อเพลิง.txt": "น้ำมันเชื้อเพลิง.txt",  # ํ and า apart
    "nul\0byte\x1b.txt": "nulbyte.txt",
    "../../etc/passwd.txt": "passwd.txt",
    "C:\\Users\\x\\ลับ.txt": "ลับ.txt",
    "\u202etxt.exe\u202c.txt": "txt.exe.txt",
    "📄👩‍💻หลักฐาน.txt": "📄👩_💻หลักฐาน.txt",
    "con.txt": "_con.txt",
    "cafe\u0301.txt": "café.txt",
    "": "file.txt",
}


def keep(envelope: sealed.Envelope, name: str, content: bytes) -> files.SealedFile:
    # The kind is told by the name for text only; an empty name is a text all the same.
    upload = arrived(name or "x.txt", content)
    upload._name = name or "."
    return files.keep(upload, envelope, record=("test.case", "7"), kind="evidence")


def zipped(kept: list[files.SealedFile], *opened: sealed.OpenEnvelope) -> tuple[Any, bytes]:
    response = files.serve_zip(kept, {one.envelope.id: one for one in opened}, name="ไฟล์แนบ ชม/รร/1.zip")
    return response, b"".join(response.streaming_content)


def test_C11_names_come_out_as_a_person_would_write_them(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    sent = {name: f"text of {number}".encode() for number, name in enumerate(NAMES) if name}
    response, content = zipped([keep(envelope, name, text) for name, text in sent.items()], opened)

    assert (
        "filename*=UTF-8''" in response["Content-Disposition"] and response["Content-Disposition"].isascii()
    )
    archive = zipfile.ZipFile(BytesIO(content))
    assert archive.testzip() is None
    assert {entry.filename: archive.read(entry) for entry in archive.infolist()} == {
        NAMES[name]: text for name, text in sent.items()
    }
    for entry in archive.infolist():
        assert entry.filename.isascii() or entry.flag_bits & 0x800  # APPNOTE 4.4.4: the name is UTF-8
        assert unicodedata.is_normalized("NFC", entry.filename)


def test_C11_another_program_unpacks_them_too(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope, tmp_path: Path
) -> None:
    """7-Zip where there is one, else Python's own reading of what lies on the disk."""
    names = ["ใบเสร็จค่าน้ำมันที่ปั๊ม.txt", "ก็จริง ๆ นะ (ฉบับแก้ไข).txt"]
    _response, content = zipped([keep(envelope, name, name.encode()) for name in names], opened)
    (tmp_path / "a.zip").write_bytes(content)
    if program := shutil.which("7z") or shutil.which("7zz"):
        subprocess.run(
            [program, "x", f"-o{tmp_path / 'out'}", tmp_path / "a.zip"], check=True, capture_output=True
        )
    else:
        shutil.unpack_archive(tmp_path / "a.zip", tmp_path / "out")
    assert {path.name: path.read_text() for path in (tmp_path / "out").iterdir()} == {n: n for n in names}


def test_the_same_name_is_numbered_and_a_long_one_keeps_its_ending(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    kept = [
        keep(envelope, name, name.encode()) for name in ("A.txt", "a.TXT", "a (2).txt", "ปั๊" * 200 + ".txt")
    ]
    names = zipfile.ZipFile(BytesIO(zipped(kept, opened)[1])).namelist()
    assert names[:3] == ["A.txt", "a (2).TXT", "a (2) (2).txt"]
    assert names[3].startswith("ปั๊ปั๊") and names[3].endswith("ปั๊.txt") and len(names[3].encode()) <= 200
    assert len({name.casefold() for name in names}) == 4


def test_working_copies_go_in_and_what_cannot_is_listed_with_the_reason(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope, store: Path
) -> None:
    picture, lost, harmful = (keep(envelope, f"{n}.jpg", photo(orientation=n)) for n in (6, 1, 8))
    (store / lost.given_out.path).unlink()
    files.SealedFile.objects.filter(pk=harmful.pk).update(scan_state=files.ScanState.HARMFUL)
    files.SealedFile.objects.filter(original=harmful).update(scan_state=files.ScanState.HARMFUL)
    foreign = keep(sealed.create_envelope("case", [make_keyholder("ข")]), "อื่น.txt", b"other")
    kept = list(files.SealedFile.objects.filter(original=None).order_by("created_at"))
    assert [one.pk for one in kept] == [picture.pk, lost.pk, harmful.pk, foreign.pk]

    archive = zipfile.ZipFile(BytesIO(zipped(kept, opened)[1]))
    assert archive.namelist() == ["6.jpg", "ไฟล์ที่มิได้รวมไว้.txt"]
    assert b"Exif" not in archive.read("6.jpg")
    why = archive.read("ไฟล์ที่มิได้รวมไว้.txt").decode("utf-8-sig")
    assert "1.jpg: ไม่พบไฟล์นี้" in why and "8.jpg: พบไวรัส" in why and "other" not in why


def test_damage_met_on_the_way_makes_no_zip_at_all(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope, store: Path
) -> None:
    file = keep(envelope, "a.txt", b"x" * (3 * FRAME))
    blob = bytearray((store / file.path).read_bytes())
    blob[-1] ^= 1
    (store / file.path).write_bytes(bytes(blob))
    response = files.serve_zip([file], {envelope.id: opened}, name="a.zip")
    got = BytesIO()
    with pytest.raises(files.BlobCorrupt):
        for part in response.streaming_content:
            got.write(part)
    assert not zipfile.is_zipfile(got)


def test_it_is_made_while_it_is_sent(envelope: sealed.Envelope, opened: sealed.OpenEnvelope) -> None:
    content = bytes(range(256)) * (40 * FRAME // 256)
    kept = [keep(envelope, f"{n}.txt", b"A%d" % n + b"x" * len(content)) for n in range(4)]
    response = files.serve_zip(kept, {envelope.id: opened}, name="a.zip")
    tracemalloc.start()
    sizes = [len(part) for part in response.streaming_content]
    _now, peak = tracemalloc.get_traced_memory()
    tracemalloc.stop()
    assert max(sizes) < 8 * FRAME and peak < len(content)
