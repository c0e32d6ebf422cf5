"""Giving files out: headers, one bad blob that harms nothing else (C09), removal with a record (C35)."""

from pathlib import Path
from typing import Any

import pytest
from django.core.exceptions import ValidationError
from django.db import IntegrityError, transaction

from prongsai import files, sealed
from prongsai.files.stream import FRAME, SealedWriter
from prongsai.files.upload import SealedUpload, incoming
from prongsai.sealed.tests.people import in_hand, make_keyholder

pytestmark = pytest.mark.django_db


def arrived(name: str, content: bytes) -> SealedUpload:
    writer = SealedWriter(incoming() / f"{abs(hash((name, content))):x}")
    writer.write(content)
    writer.finish()
    return SealedUpload(
        name=name, size=writer.size, path=writer.path, key=writer.key, salt=writer.salt, digest=writer.digest
    )


def keep(envelope: sealed.Envelope, name: str, content: bytes) -> files.SealedFile:
    return files.keep(arrived(name, content), envelope, record=("test.case", 7), kind="เอกสาร")


def path_of(file: files.SealedFile, store: Path) -> Path:
    return store / file.path


def test_the_card_of_a_file(envelope: sealed.Envelope, opened: sealed.OpenEnvelope) -> None:
    file = keep(envelope, "ภาพถ่าย.png", b"\x89PNG\r\n\x1a\n" + b"x" * 100)
    card = files.describe(file, opened)
    assert (card.name, card.kind, card.size, card.content_type) == ("ภาพถ่าย.png", "เอกสาร", 108, "image/png")
    assert card.inline and card.problem == "" and card.scan == "ยังไม่ได้ตรวจ"
    assert files.describe(file, None).name == "ไฟล์แนบ"


def test_G09_headers_of_a_download_are_ascii_and_shut_everything_out(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    file = keep(envelope, 'น้ำ"ใจ;\r\nX-Evil: 1.html', b"%PDF-1.7" + b"x" * 100)
    response = files.serve(file, opened, inline=True)
    for value in response.headers.values():
        value.encode("ascii")
    disposition = response["Content-Disposition"]
    assert disposition.startswith("attachment;") and "filename*=UTF-8''" in disposition
    assert disposition.endswith(".pdf") and "\n" not in disposition
    assert response["Content-Type"] == "application/pdf"
    assert "no-store" in response["Cache-Control"] and response["X-Content-Type-Options"] == "nosniff"
    assert "sandbox" in response["Content-Security-Policy"]

    picture = keep(envelope, "a.png", b"\x89PNG\r\n\x1a\n")
    assert files.serve(picture, opened, inline=True)["Content-Disposition"].startswith("inline;")
    assert files.serve(picture, opened)["Content-Disposition"].startswith("attachment;")


def test_C09_a_missing_changed_or_exchanged_blob_is_a_typed_error_and_a_sentence(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope, store: Path
) -> None:
    missing, cut, changed, good = (keep(envelope, f"{n}.txt", f"text {n}".encode() * 30) for n in range(4))
    path_of(missing, store).unlink()
    path_of(cut, store).write_bytes(path_of(cut, store).read_bytes()[:-1])
    path_of(changed, store).write_bytes(path_of(good, store).read_bytes())

    assert ["ไม่พบ" in files.describe(missing, opened).problem, bool(files.describe(cut, opened).problem)] == [
        True
    ] * 2
    assert files.describe(missing, opened).name == "0.txt"
    for file, error in ((missing, files.BlobMissing), (cut, files.BlobCorrupt), (changed, files.BlobCorrupt)):
        with pytest.raises(error):
            files.serve(file, opened)
    assert b"".join(files.open_stream(good, opened)) == b"text 3" * 30


def test_damage_further_in_breaks_the_download_and_is_not_passed_on(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope, store: Path
) -> None:
    file = keep(envelope, "a.txt", b"x" * (3 * FRAME))
    blob = bytearray(path_of(file, store).read_bytes())
    blob[-1] ^= 1
    path_of(file, store).write_bytes(bytes(blob))
    got = []
    with pytest.raises(files.BlobCorrupt):
        for frame in files.open_stream(file, opened):
            got.append(frame)
    assert sum(map(len, got)) == 2 * FRAME


def test_rows_that_were_exchanged_or_opened_by_another_envelope_give_nothing(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    one, other = keep(envelope, "one.txt", b"one"), keep(envelope, "other.txt", b"other")
    files.SealedFile.objects.filter(pk=one.pk).update(
        sealed_key=bytes(other.sealed_key), sealed_meta=bytes(other.sealed_meta)
    )
    one.refresh_from_db()
    assert files.describe(one, opened).problem and files.describe(one, opened).name == "ไฟล์แนบ"
    with pytest.raises(files.BlobCorrupt):
        files.serve(one, opened)
    stranger = sealed.create_envelope("case", [make_keyholder("ข")])
    foreign = in_hand(sealed.members(stranger)[0].keyholder).open(stranger)
    with pytest.raises(files.BlobCorrupt):
        files.open_stream(other, foreign)


def test_C35_a_removed_file_is_gone_from_the_disk_and_its_row_says_who(
    envelope: sealed.Envelope,
    opened: sealed.OpenEnvelope,
    store: Path,
    django_capture_on_commit_callbacks: Any,
) -> None:
    file = keep(envelope, "a.txt", b"secret")
    with django_capture_on_commit_callbacks(execute=True):
        record = files.remove(file, by="นายก เจ้าหน้าที่")
        assert path_of(file, store).exists()  # until the transaction is through
    assert not path_of(file, store).exists()
    assert record["file"] == str(file.pk) and record["digest"] == bytes(file.digest).hex()
    file.refresh_from_db()
    assert file.sealed_key is None and file.removed_by == "นายก เจ้าหน้าที่"
    assert "นำออก" in files.describe(file, opened).problem
    for act in (lambda: files.open_stream(file, opened), lambda: files.remove(file, by="ข")):
        with pytest.raises(files.FileRemoved):
            act()
    with pytest.raises(IntegrityError), transaction.atomic():
        files.SealedFile.objects.filter(pk=file.pk).update(sealed_key=b"back again")


def test_what_check_refuses_is_not_kept(envelope: sealed.Envelope, blobs: Any) -> None:
    with pytest.raises(ValidationError):
        keep(envelope, "a.pdf", b"MZ not a document")
    assert blobs()[1] == [] and files.SealedFile.objects.count() == 0
