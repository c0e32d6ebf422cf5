"""The QR codes of every page of a scan (ISO/IEC 18004), also where it is turned, pale, blurred or speckled."""

from __future__ import annotations

import json
import math
from collections.abc import Iterator
from io import BytesIO

import pypdfium2 as pdfium
import zxingcpp
from PIL import Image, ImageFilter, ImageOps

from prongsai.papers.reading import CODES, LARGEST_PICTURE, LONGEST, PAGES, PIXELS, TooLarge, TooManyPages

POINT = 72  # per inch: what a PDF measures in
# Dots per inch: most scans are read at the first; the second finds what is printed small.
COARSE, FINE = 200, 300
PICTURES = ("JPEG", "PNG", "WEBP")

Image.MAX_IMAGE_PIXELS = None  # counted here, before anything is unpacked


def read(data: bytes, kind: str) -> bytes:
    """JSON: for each page the texts of its codes. Raises ``TooLarge``, ``TooManyPages``, and what the libraries raise."""
    pages = _pages_of_pdf(data) if kind == "pdf" else _page_of_picture(data)
    return json.dumps(list(pages)).encode()


def _pages_of_pdf(data: bytes) -> Iterator[list[str]]:
    with pdfium.PdfDocument(data) as pdf:
        if len(pdf) > PAGES:
            raise TooManyPages
        for number in range(len(pdf)):
            page = pdf[number]
            yield _codes(_drawn(page, COARSE)) or _codes_of_bad(_drawn(page, FINE))
            page.close()


def _drawn(page: pdfium.PdfPage, dots: int) -> Image.Image:
    """Grey, never more than ``PIXELS`` whatever size the page says it has."""
    width, height = page.get_size()
    if width < 1 or height < 1:
        raise ValueError("a page without a size")
    scale = min(dots / POINT, math.sqrt(PIXELS / (width * height)))
    if min(width, height) * scale < 1 or max(width, height) * scale > PIXELS // 100:
        raise TooLarge
    return page.render(scale=scale, grayscale=True).to_pil()


def _page_of_picture(data: bytes) -> Iterator[list[str]]:
    with Image.open(BytesIO(data), formats=PICTURES) as picture:
        if picture.width * picture.height > LARGEST_PICTURE:
            raise TooLarge
        side = max(picture.size) * min(1.0, math.sqrt(PIXELS / (picture.width * picture.height)))
        picture.draft("L", (int(side), int(side)))
        grey = picture.convert("L")
        grey.thumbnail((int(side), int(side)))
    yield _codes(grey) or _codes_of_bad(grey)


def _codes(picture: Image.Image) -> list[str]:
    found = zxingcpp.read_barcodes(picture, formats=zxingcpp.BarcodeFormat.QRCode)
    texts = dict.fromkeys(one.text[:LONGEST] for one in found)  # each once, in order
    return list(texts)[:CODES]


def _codes_of_bad(picture: Image.Image) -> list[str]:
    """The same picture with its speckles gone, its contrast drawn out, or smoothed and twice as large."""
    return (
        _codes(picture)
        or _codes(ImageOps.autocontrast(picture.filter(ImageFilter.MedianFilter(3)), cutoff=2))
        or _codes(ImageOps.autocontrast(picture.filter(ImageFilter.GaussianBlur(1.2)), cutoff=2))
        or _codes(_larger(picture.filter(ImageFilter.GaussianBlur(0.8))))
    )


def _larger(picture: Image.Image) -> Image.Image:
    scale = min(2.0, math.sqrt(2 * PIXELS / (picture.width * picture.height)))
    return picture.resize((int(picture.width * scale), int(picture.height * scale)), Image.Resampling.BICUBIC)
