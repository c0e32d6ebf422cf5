"""Working copies: who, where and with what go; the picture, its colours and the right way up stay; originals are untouched."""

from __future__ import annotations

import hashlib
import zipfile
from io import BytesIO
from pathlib import Path
from typing import Any

import pikepdf
import pytest
from django.core.exceptions import ValidationError
from docx import Document
from openpyxl import Workbook, load_workbook
from PIL import Image, ImageCms, ImageOps
from PIL.PngImagePlugin import PngInfo

from prongsai import files, sealed
from prongsai.files import cleaning
from prongsai.files.cleaning.jpeg import strip
from prongsai.files.cleaning.pictures import clean_picture
from prongsai.files.tests.macros import MACRO, docm, xlsm
from prongsai.files.tests.test_storing import arrived

pytestmark = pytest.mark.django_db

AUTHOR, PLACE = "Somchai Whistleblower", "18.7883"
ORIENTATION, MAKE, GPS = 0x0112, 0x010F, 0x8825
ICC = ImageCms.ImageCmsProfile(ImageCms.createProfile("sRGB")).tobytes()


def keep(envelope: sealed.Envelope, name: str, content: bytes) -> files.SealedFile:
    return files.keep(arrived(name, content), envelope, record=("test.case", "7"), kind="evidence")


def served(file: files.SealedFile, opened: sealed.OpenEnvelope, **how: Any) -> bytes:
    return b"".join(files.serve(file, opened, **how).streaming_content)


def scene(mode: str = "RGB") -> Image.Image:
    """40 × 20, each corner of another colour, so that any turn shows."""
    picture = Image.new("RGB", (40, 20), "white")
    for colour, corner in (("red", (0, 0)), ("lime", (30, 0)), ("blue", (0, 10)), ("black", (30, 10))):
        picture.paste(colour, (*corner, corner[0] + 10, corner[1] + 10))
    return picture.convert(mode)


def photo(kind: str = "JPEG", orientation: int = 6, **options: Any) -> bytes:
    exif = Image.Exif()
    exif[ORIENTATION], exif[MAKE] = orientation, AUTHOR
    exif.get_ifd(GPS)[29] = PLACE
    out = BytesIO()
    scene().save(out, kind, exif=exif, icc_profile=ICC, **options)
    return out.getvalue()


def alike(one: Image.Image, other: Image.Image) -> bool:
    """The same picture, but for what a compression changes at its edges."""
    if one.size != other.size:
        return False
    pixels = zip(one.convert("RGB").tobytes(), other.convert("RGB").tobytes(), strict=True)
    far = [abs(a - b) for a, b in pixels]
    return sum(far) / len(far) < 12


@pytest.mark.parametrize("kind", ["JPEG", "PNG", "WEBP"])
@pytest.mark.parametrize("orientation", [1, 2, 3, 4, 5, 6, 7, 8])
def test_C47_pictures_are_turned_before_what_says_so_goes(kind: str, orientation: int) -> None:
    sent = photo(kind, orientation)
    with Image.open(BytesIO(clean_picture(sent))) as clean, Image.open(BytesIO(sent)) as seen:
        assert not clean.getexif() and "exif" not in clean.info and "xmp" not in clean.info
        assert clean.info["icc_profile"] == ICC
        assert alike(clean, ImageOps.exif_transpose(seen))
        assert clean.size == ((20, 40) if orientation >= 5 else (40, 20))


def test_C47_the_working_copy_goes_out_and_the_original_stays_as_it_came(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    sent = photo("JPEG", 6, quality=90, comment=AUTHOR.encode())
    assert AUTHOR.encode() in sent and PLACE.encode() in sent
    file = keep(envelope, "ภาพถ่าย.jpg", sent)

    copy = served(file, opened)
    assert AUTHOR.encode() not in copy and PLACE.encode() not in copy and b"Exif" not in copy
    assert Image.open(BytesIO(copy)).size == (20, 40)
    assert served(file, opened, original=True) == sent
    name, _kind, salt = files.meta_of(file, opened)
    assert bytes(file.digest) == hashlib.sha256(salt + sent).digest() and name == "ภาพถ่าย.jpg"
    card = files.describe(file, opened)
    assert (card.hidden_data, card.has_original, card.size) == ("ลบข้อมูลแฝงแล้ว", True, len(copy))


def test_a_jpeg_that_lies_right_keeps_every_bit_of_its_picture() -> None:
    sent = photo("JPEG", 1, quality=70, progressive=True, restart_marker_blocks=1)
    # As phones do it: a second picture and a film behind the end of the first.
    clean = clean_picture(sent + photo("JPEG", 1) + AUTHOR.encode())
    assert AUTHOR.encode() not in clean and PLACE.encode() not in clean
    assert Image.open(BytesIO(clean)).tobytes() == Image.open(BytesIO(sent)).tobytes()


@pytest.mark.parametrize("cut", [3, 30, 300, -1, -2])
def test_a_jpeg_that_is_cut_off_is_said_to_be_so(cut: int) -> None:
    with pytest.raises(ValueError):
        strip(photo("JPEG", 1)[:cut])


def test_words_in_a_png_go_and_transparency_stays() -> None:
    words, out = PngInfo(), BytesIO()
    words.add_itxt("Author", AUTHOR)
    words.add_text("Comment", AUTHOR)
    Image.new("RGBA", (4, 4), (1, 2, 3, 77)).save(out, "PNG", pnginfo=words)
    clean = clean_picture(out.getvalue())
    assert AUTHOR.encode() not in clean
    assert Image.open(BytesIO(clean)).getpixel((0, 0)) == (1, 2, 3, 77)


def a_pdf() -> bytes:
    """Two pages; information and XMP of the document, a photograph with its own, an application's data."""
    pdf = pikepdf.new()
    for _ in range(2):
        pdf.add_blank_page()
    with pdf.open_metadata() as meta:
        meta["dc:creator"] = [AUTHOR]
    pdf.docinfo["/Author"] = AUTHOR
    page = pdf.pages[0]
    image = pikepdf.Stream(pdf, photo("JPEG", 1))
    image.Type, image.Subtype, image.Filter = pikepdf.Name.XObject, pikepdf.Name.Image, pikepdf.Name.DCTDecode
    image.Width, image.Height, image.BitsPerComponent = 40, 20, 8
    image.ColorSpace = pikepdf.Name.DeviceRGB
    page.Resources = pikepdf.Dictionary(XObject=pikepdf.Dictionary(Im0=image))
    page.PieceInfo = pikepdf.Dictionary(App=pikepdf.Dictionary(Private=pikepdf.String(AUTHOR)))
    page.Contents = pikepdf.Stream(pdf, "q 40 0 0 20 0 0 cm /Im0 Do Q % ข้อความในหน้า".encode())
    out = BytesIO()
    pdf.save(out, compress_streams=False)
    return out.getvalue()


def test_a_pdf_keeps_its_pages_and_loses_who_made_it(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    sent = a_pdf()
    assert AUTHOR.encode() in sent and PLACE.encode() in sent
    file = keep(envelope, "หนังสือ.pdf", sent)
    copy = served(file, opened)
    with pikepdf.open(BytesIO(copy)) as clean:
        assert len(clean.pages) == 2 and pikepdf.Name.Info not in clean.trailer
        everything = b"".join(
            thing.read_raw_bytes() for thing in clean.objects if isinstance(thing, pikepdf.Stream)
        )
        shown = clean.pages[0].Contents.read_bytes().decode()
        picture = pikepdf.PdfImage(clean.pages[0].Resources.XObject.Im0).as_pil_image()
    assert "ข้อความในหน้า" in shown and alike(picture, scene())
    for secret in (AUTHOR.encode(), PLACE.encode()):
        assert secret not in copy and secret not in everything
    assert served(file, opened, original=True) == sent


def test_office_files_lose_author_times_and_the_places_of_their_pictures(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    document, out = Document(), BytesIO()
    document.add_paragraph("เนื้อความของบันทึก")
    document.add_picture(BytesIO(photo("JPEG", 1)))
    document.core_properties.author = document.core_properties.last_modified_by = AUTHOR
    document.save(out)
    file = keep(envelope, "บันทึก.docx", out.getvalue())
    copy = served(file, opened)
    parts = zipfile.ZipFile(BytesIO(copy))
    everything = b"".join(parts.read(name) for name in parts.namelist())
    assert AUTHOR.encode() not in everything and PLACE.encode() not in everything
    assert {part.date_time for part in parts.infolist()} == {(1980, 1, 1, 0, 0, 0)}
    read = Document(BytesIO(copy))
    assert read.paragraphs[0].text == "เนื้อความของบันทึก" and len(read.inline_shapes) == 1

    book, out = Workbook(), BytesIO()
    book.active["A1"], book.properties.creator = "ยอดรวม", AUTHOR
    book.save(out)
    copy = served(keep(envelope, "บัญชี.xlsx", out.getvalue()), opened)
    assert load_workbook(BytesIO(copy)).active["A1"].value == "ยอดรวม"
    assert AUTHOR.encode() not in b"".join(map(zipfile.ZipFile(BytesIO(copy)).read, ["docProps/core.xml"]))


def parts_of(document: bytes) -> dict[str, bytes]:
    with zipfile.ZipFile(BytesIO(document)) as parts:
        return {name: parts.read(name) for name in parts.namelist()}


def test_documents_with_macros_are_given_out_without_and_the_original_stays(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    sent = docm("ราคากลางของโครงการ")
    file = keep(envelope, "ราคากลาง.docm", sent)
    copy, card = served(file, opened), files.describe(file, opened)
    assert Document(BytesIO(copy)).paragraphs[0].text == "ราคากลางของโครงการ"
    for part, content in parts_of(copy).items():
        assert (
            "vba" not in part.lower() and b"vba" not in content.lower() and b"macroEnabled" not in content
        ), part
    name, kind, _salt = files.meta_of(file.given_out, opened)
    assert (name, kind.name) == ("ราคากลาง.docx", "docx")
    assert (card.name, card.hidden_data) == ("ราคากลาง.docm", "ลบชุดคำสั่ง (แมโคร) และข้อมูลแฝงแล้ว")
    assert served(file, opened, original=True) == sent

    copy = served(keep(envelope, "บัญชี.xlsm", xlsm("ยอดรวม")), opened)
    assert load_workbook(BytesIO(copy)).active["A1"].value == "ยอดรวม"
    assert not [part for part in parts_of(copy) if "vba" in part.lower()]


def test_macros_behind_the_name_of_a_plain_document_go_too(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope
) -> None:
    copy = served(keep(envelope, "บัญชี.xlsx", xlsm("ยอดรวม")), opened)
    assert not [part for part, content in parts_of(copy).items() if MACRO in content or "vba" in part.lower()]


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("แผ่นคำสั่ง.xlsm", xlsm("1", sheet_of_macros=True)),
        ("เสีย.docm", b"PK\x03\x04" + b"\0" * 22 + b"\x05\0\0\0word/"),
    ],
)
def test_macros_that_cannot_be_taken_out_are_refused_with_what_to_do(
    envelope: sealed.Envelope, blobs: Any, name: str, content: bytes
) -> None:
    with pytest.raises(ValidationError, match=r"แมโคร.*บันทึกเป็น PDF"):
        keep(envelope, name, content)


@pytest.mark.parametrize(
    ("name", "content"),
    [
        ("เสีย.pdf", b"%PDF-1.7 no document"),
        ("เสีย.jpg", b"\xff\xd8\xff\xe0 no picture"),
        ("เสีย.docx", b"PK\x03\x04" + b"\0" * 22 + b"\x05\0\0\0word/"),
        ("เสียง.mp3", b"ID3" + b"x" * 50),
    ],
)
def test_what_cannot_be_cleaned_is_kept_as_it_came_and_said_to_be_so(
    envelope: sealed.Envelope, opened: sealed.OpenEnvelope, name: str, content: bytes
) -> None:
    file = keep(envelope, name, content)
    card = files.describe(file, opened)
    assert (card.hidden_data, card.has_original) == ("ยังมิได้ลบข้อมูลแฝง", False)
    assert served(file, opened) == content


def bomb_of_pixels() -> bytes:
    """A PNG of 40,000 × 40,000 pixels, made row by row: a few hundred kilobytes that would be 1.6 GB."""
    import struct
    import zlib

    side = 40_000
    packer = zlib.compressobj(9)
    rows = b"".join(packer.compress(bytes(side // 8 + 1)) for _ in range(side)) + packer.flush()

    def chunk(kind: bytes, data: bytes) -> bytes:
        return struct.pack("!I", len(data)) + kind + data + struct.pack("!I", zlib.crc32(kind + data))

    head = struct.pack("!IIBBBBB", side, side, 1, 0, 0, 0, 0)
    return b"\x89PNG\r\n\x1a\n" + chunk(b"IHDR", head) + chunk(b"IDAT", rows) + chunk(b"IEND", b"")


def bomb_of_parts() -> bytes:
    out = BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for number in range(5):
            with archive.open(f"word/media/{number}.bin", "w") as part:
                for _ in range(cleaning.UNPACKED // 4 // (1 << 20)):
                    part.write(bytes(1 << 20))
    return out.getvalue()


@pytest.mark.parametrize(("name", "bomb"), [("ภาพ.png", bomb_of_pixels), ("บันทึก.docx", bomb_of_parts)])
def test_what_is_huge_once_it_is_opened_is_refused(
    envelope: sealed.Envelope, blobs: Any, name: str, bomb: Any
) -> None:
    content = bomb()
    assert len(content) < 3_000_000
    with pytest.raises(ValidationError, match="เมื่อเปิดแล้วไฟล์มีขนาดใหญ่ผิดปกติ"):
        keep(envelope, name, content)
    assert blobs()[1] == []


def test_the_working_copy_goes_with_its_original_and_no_plain_byte_lies_about(
    envelope: sealed.Envelope,
    opened: sealed.OpenEnvelope,
    store: Path,
    blobs: Any,
    django_capture_on_commit_callbacks: Any,
) -> None:
    with django_capture_on_commit_callbacks(execute=True):
        file = keep(envelope, "ภาพ.jpg", photo())
    arrived_now, kept = blobs()
    assert arrived_now == [] and len(kept) == 2
    assert not any(b"JFIF" in path.read_bytes() or b"Exif" in path.read_bytes() for path in kept)
    with django_capture_on_commit_callbacks(execute=True):
        files.remove(file, by="เจ้าหน้าที่")
    assert blobs() == ([], [])
    assert not files.SealedFile.objects.exclude(sealed_key=None).exists()
