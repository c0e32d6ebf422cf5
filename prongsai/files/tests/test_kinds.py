"""Kinds are told by content: real documents of the libraries we have, and things that only pretend."""

import io
import zipfile

import pytest
from openpyxl import Workbook

from prongsai.files.kinds import fitting_name, recognise


def zipped(*names: str) -> bytes:
    out = io.BytesIO()
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name in names:
            archive.writestr(name, "<xml/>" * 20)
    return out.getvalue()


def workbook() -> bytes:
    out = io.BytesIO()
    Workbook().save(out)
    return out.getvalue()


TAKEN = [
    ("pdf", b"%PDF-1.7\n", "a.pdf"),
    ("pdf", b"\xef\xbb\xbf\r\n%PDF-1.4\n", "a"),
    ("jpeg", b"\xff\xd8\xff\xe0\x00\x10JFIF", "IMG_1.JPG"),
    ("png", b"\x89PNG\r\n\x1a\n", "a.png"),
    ("webp", b"RIFF\x24\x00\x00\x00WEBPVP8 ", "a.webp"),
    ("heic", b"\x00\x00\x00\x24ftypheic\x00\x00\x00\x00", "IMG_1.HEIC"),
    ("m4a", b"\x00\x00\x00\x1cftypM4A \x00\x00\x00\x00", "เสียง.m4a"),
    ("mp4", b"\x00\x00\x00\x20ftypisom\x00\x00\x02\x00", "a.mp4"),
    ("mov", b"\x00\x00\x00\x14ftypqt  \x00\x00\x00\x00", "a.mov"),
    ("3gp", b"\x00\x00\x00\x18ftyp3gp4\x00\x00\x00\x00", "a.3gp"),
    ("mp3", b"ID3\x04\x00", "a.mp3"),
    ("mp3", b"\xff\xfb\x90\x64", "a.mp3"),
    ("docx", zipped("[Content_Types].xml", "_rels/.rels", "word/document.xml"), "หนังสือ.docx"),
    ("docx", zipped("_rels/.rels", "docProps/app.xml", "word/document.xml", "[Content_Types].xml"), "a.docx"),
    ("docx", zipped("word/numbering.xml", "word/document.xml", "[Content_Types].xml"), "a.docx"),
    ("docx", zipped("[Content_Types].xml", "customXml/item1.xml"), "a.docx"),
    ("xlsx", workbook(), "a.xlsx"),
    ("docm", zipped("[Content_Types].xml", "word/vbaProject.bin", "word/document.xml"), "a.docx"),
    ("docm", zipped("[Content_Types].xml", "word/document.xml"), "a.docm"),
    ("xlsm", zipped("[Content_Types].xml", "xl/vbaProject.bin", "xl/workbook.xml"), "a.xlsx"),
    ("xlsm", zipped("[Content_Types].xml", "_rels/.rels"), "a.xlsm"),
    ("txt", "สวัสดี".encode(), "a.txt"),
    ("txt", "ก".encode() * 2731, "a.TXT"),
    ("txt-874", "สวัสดี".encode("cp874"), "a.txt"),
]
REFUSED = [
    (b"MZ\x90\x00\x03", "invoice.pdf"),
    (b"\x7fELF", "a.jpg"),
    (b"<script>alert(1)</script>", "a.html"),
    (b"<svg xmlns='http://www.w3.org/2000/svg'/>", "a.svg"),
    (b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1", "a.doc"),
    (zipped("META-INF/MANIFEST.MF", "a.class"), "a.docx"),
    (zipped("a.exe"), "a.zip"),
    (zipped("[Content_Types].xml", "_rels/.rels", "ppt/slides/slide1.xml"), "a.docx"),
    (b"text\x00with nul", "a.txt"),
    (b"\xff\xfb\x90\x64", "a.exe"),
    (b"", "a.txt"),
    (b"@echo off", "run.bat"),
]


@pytest.mark.parametrize(("kind", "content", "name"), TAKEN)
def test_what_is_taken(kind: str, content: bytes, name: str) -> None:
    found = recognise(content[:8192], name)
    assert found is not None and found.name == kind


@pytest.mark.parametrize(("content", "name"), REFUSED)
def test_what_is_refused_whatever_its_name_says(content: bytes, name: str) -> None:
    assert recognise(content[:8192], name) is None


def test_a_download_has_an_ending_of_its_content() -> None:
    kind = recognise(b"%PDF-1.7", "a.hta")
    assert kind and fitting_name("a.hta", kind) == "a.hta.pdf" and fitting_name("ก.PDF", kind) == "ก.PDF"
