"""One paper, three forms, the same words; nothing evaluated, nothing lost, no boxes (C13, C14)."""

from __future__ import annotations

import re
import shutil
import zlib
from ctypes import create_string_buffer
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pypdfium2
import pypdfium2.raw as pdfium
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from PIL import Image, ImageChops, ImageStat

from prongsai.documents import FontMissing, Paragraph, fonts, render, respond
from prongsai.documents.pdf import write_pdf
from prongsai.documents.tests import samples
from prongsai.documents.tests.samples import HARD_WORDS, INJECTED, MIXED, Sample, flat, paper

READERS = {"pdf": samples.pdf_text, "docx": samples.docx_text, "html": samples.html_text}
PICTURE = Path(__file__).parent / "letter.png"


def written(kind: str, layout: str = "form", **changes):
    return render(Sample(), paper(layout, **changes), kind).content


@pytest.mark.parametrize("layout", ["letter", "memo", "form"])
@pytest.mark.parametrize("kind", READERS)
def test_every_text_of_the_paper_is_read_back_from_every_form(kind, layout):
    described = (
        paper(layout, refers_to="หนังสือที่อ้าง", enclosures=("สำเนา จำนวน ๑ ฉบับ",))
        if layout == "letter"
        else paper(layout)
    )
    if layout == "memo":
        described = paper(layout, title="บันทึกข้อความ")
    text = flat(READERS[kind](render(Sample(), described, kind).content))
    for expected in filter(None, described.texts()):
        for line in expected.split("\n"):
            assert flat(line) in text, line
    assert "๑๕พฤษภาคม๒๕๖๙" in text
    assert "\\n" not in text
    assert "ตรวจสอบได้ที่" in text


def test_C13_hard_thai_words_are_found_whole_and_once_in_the_pdf():
    """PDFium (Chrome's reader) leaves out some spaces after ู; every word is there, in order, no cluster doubled."""
    text = samples.pdf_text(written("pdf"))
    for word in HARD_WORDS:
        assert word in text, word
    assert flat(" ".join(HARD_WORDS)) in flat(text)
    assert flat(MIXED) in flat(text)


def test_C14_only_our_typeface_is_in_the_pdf_and_every_part_of_it():
    content = written("pdf")
    document = pypdfium2.PdfDocument(content)
    found = set()
    for page in document:
        for piece in page.get_objects(filter=[pdfium.FPDF_PAGEOBJ_TEXT]):
            font = pdfium.FPDFTextObj_GetFont(piece.raw)
            assert pdfium.FPDFFont_GetIsEmbedded(font) == 1
            name = create_string_buffer(pdfium.FPDFFont_GetBaseFontName(font, None, 0))
            pdfium.FPDFFont_GetBaseFontName(font, name, len(name))
            found.add(name.value.decode().partition("+")[2] or name.value.decode())
    assert found == {"Sarabun-Regular", "Sarabun-Bold"}


def test_the_pdf_says_that_it_is_tagged_archival_thai_and_has_a_title():
    content = written("pdf")
    objects = content + b"".join(_streams(content))
    assert re.search(rb"/MarkInfo\s*<<[^>]*/Marked true", objects)
    assert b"/StructTreeRoot" in objects
    assert re.search(rb"/Lang\s*\(th-TH\)", objects)
    assert re.search(rb"pdfaid:part>\s*2\s*<", objects)
    assert re.search(rb"pdfaid:conformance>\s*A\s*<", objects)
    assert re.search(rb"pdfuaid:part>\s*1\s*<", objects)
    assert pypdfium2.PdfDocument(content).get_metadata_dict()["Title"] == "ใบรับเรื่องตัวอย่าง ตย/รร/0012/2569"


def _streams(content: bytes):
    for match in re.finditer(rb"stream\r?\n(.*?)\r?\nendstream", content, re.DOTALL):
        try:
            yield zlib.decompress(match[1])
        except zlib.error:
            yield match[1]


def test_the_same_paper_gives_the_same_bytes():
    one, other = (render(Sample(), paper()) for _ in range(2))
    assert one.sha256 == other.sha256
    assert render(Sample(), paper(subject="อื่น")).sha256 != one.sha256


@pytest.mark.parametrize("kind", READERS)
def test_what_people_write_is_printed_and_never_carried_out(kind):
    text = READERS[kind](written(kind, blocks=[Paragraph(INJECTED)], title="<script>alert(1)</script>"))
    assert flat(INJECTED) in flat(text)
    assert "root:" not in text
    if kind == "html":
        assert b"<script" not in written(kind, blocks=[Paragraph("<script>alert(1)</script>")])


def test_C14_what_the_typeface_lacks_is_written_as_its_number_and_kept_in_the_other_forms():
    changes = {"blocks": [Paragraph("ยิ้ม 😀 漢字 Ж")]}
    text = flat(samples.pdf_text(written("pdf", **changes)))
    assert "ยิ้ม[U+1F600][U+6F22][U+5B57][U+0416]" in text
    assert "😀漢字Ж" in flat(samples.docx_text(written("docx", **changes)))
    assert "😀漢字Ж" in flat(samples.html_text(written("html", **changes)))


@settings(max_examples=30, deadline=None)
@given(
    st.text(
        st.one_of(st.characters(), st.sampled_from("กญฐฎั่้๊๋็์ิีืึฺุูำเแโใไๆฯะาํ\u25cc\u200d\ufe0f\u0301")), max_size=60
    )
)
def test_no_text_keeps_a_paper_from_being_made(text):
    for kind in READERS:
        assert written(kind, blocks=[Paragraph(text), Paragraph("ท้าย")], subject=text, reference="")


@pytest.mark.parametrize("left_out", ["Sarabun-Bold.ttf", "Sarabun-Italic.ttf", "*.ttf"])
def test_a_missing_font_is_an_error_and_no_other_takes_its_place(tmp_path, left_out):
    shutil.copytree(fonts.DIRECTORY, tmp_path / "fonts", ignore=shutil.ignore_patterns(left_out))
    with pytest.raises(FontMissing):
        write_pdf(paper().cleaned(), Sample.template, font_directory=tmp_path / "fonts")


def test_a_template_that_asks_for_another_typeface_is_an_error(tmp_path):
    template = fonts.DIRECTORY.parent / "typst" / "of_a_test.typ"
    template.write_text(
        '#import "base.typ": frame\n#frame(json(bytes(sys.inputs.paper)), text(font: "Arial")[ก])'
    )
    try:
        with pytest.raises(FontMissing):
            write_pdf(paper().cleaned(), template)
    finally:
        template.unlink()


def test_C13_the_letter_looks_as_it_looked():
    """Marks above and below, margins, table and feet, against the picture that a person has looked at."""
    now = picture()
    before = Image.open(PICTURE).convert("L")
    assert now.size == before.size
    assert ImageStat.Stat(ImageChops.difference(now, before)).mean[0] < 1.0
    assert ImageStat.Stat(now).mean[0] < 250, "there is something on it"


def picture() -> Image.Image:
    content = write_pdf(paper("letter", title="หนังสือ").cleaned(), Sample.template)
    return pypdfium2.PdfDocument(content)[0].render(scale=1.0, grayscale=True).to_pil().convert("L")


def test_word_takes_the_thai_face_and_size_for_thai_runs():
    with ZipFile(BytesIO(written("docx"))) as archive:
        body = archive.read("word/document.xml").decode()
    runs = re.findall(r"<w:r>.*?</w:r>", body, re.DOTALL)
    with_text = [run for run in runs if "<w:t" in run]
    assert with_text
    for run in with_text:
        assert 'w:cs="TH Sarabun New"' in run
        assert "<w:szCs" in run
        assert 'w:bidi="th-TH"' in run
    assert all("<w:bCs/>" in run for run in with_text if "<w:b/>" in run)


def test_G09_the_download_carries_its_thai_name():
    answer = respond(render(Sample(), paper(), "pdf"))
    header = answer["Content-Disposition"]
    assert header.isascii()
    assert "filename*=UTF-8''%E0%B9%80" in header
    assert "%20%E0%B8%95%E0%B8%A2-%E0%B8%A3%E0%B8%A3-0012-2569.pdf" in header
    assert answer["Content-Type"] == "application/pdf"
    assert answer["Cache-Control"] == "private, no-store"
    assert respond(render(Sample(), paper(), "html"))["Content-Disposition"].startswith("inline")
