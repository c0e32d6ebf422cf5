"""Pen, scanner and post: a printed paper is signed, laid on the glass askew, and comes back as a file."""

from __future__ import annotations

import random
import re
from dataclasses import dataclass
from html import unescape
from io import BytesIO
from typing import Any

import pypdfium2 as pdfium
from django.core.files.uploadedfile import SimpleUploadedFile
from django.urls import reverse
from PIL import Image, ImageDraw, ImageFilter

SCAN, FILE = "office:signed-papers", "office:signed-papers-file"


@dataclass(frozen=True)
class Scanner:
    """``turn``: degrees. ``noise``: the share of points that are speckles."""

    dots: int = 200
    turn: float = 0
    blur: float = 0
    noise: float = 0
    quality: int = 75


FINE = Scanner()


def printed(pdf: bytes, scanner: Scanner = FINE, ink: str = "นาย") -> list[Image.Image]:
    """Every page, signed in blue ink, as the scanner sees it. Two signatures are never the same (``ink``)."""
    with pdfium.PdfDocument(pdf) as document:
        pages = [page.render(scale=scanner.dots / 72).to_pil().convert("RGB") for page in document]
    return [_scanned(_signed(page, ink), scanner) for page in pages]


def _signed(page: Image.Image, ink: str) -> Image.Image:
    pen, hand = ImageDraw.Draw(page), random.Random(ink)
    at = (page.width * 0.55, page.height * 0.6)
    line = [(at[0] + step * page.width / 80, at[1] + hand.uniform(-30, 30)) for step in range(24)]
    pen.line(line, fill=(25, 40, 150), width=4, joint="curve")
    return page


def _scanned(page: Image.Image, scanner: Scanner) -> Image.Image:
    page = page.rotate(
        scanner.turn, expand=True, fillcolor=(235, 235, 230), resample=Image.Resampling.BICUBIC
    )
    if scanner.blur:
        page = page.filter(ImageFilter.GaussianBlur(scanner.blur))
    if scanner.noise:
        speck, dust = page.load(), random.Random(1)
        for _ in range(int(page.width * page.height * scanner.noise)):
            shade = dust.choice((0, 90, 200, 255))
            speck[dust.randrange(page.width), dust.randrange(page.height)] = (shade, shade, shade)
    return page


def as_pdf(*pages: Image.Image, quality: int = 75) -> SimpleUploadedFile:
    out = BytesIO()
    pages[0].save(out, "PDF", save_all=True, append_images=pages[1:], resolution=200, quality=quality)
    return SimpleUploadedFile("สแกน.pdf", out.getvalue(), "application/pdf")


def as_picture(page: Image.Image, sort: str = "JPEG", quality: int = 75) -> SimpleUploadedFile:
    out = BytesIO()
    page.save(out, sort, quality=quality)
    return SimpleUploadedFile(f"สแกน.{sort.lower()}", out.getvalue(), f"image/{sort.lower()}")


def said(answer: Any) -> str:
    return unescape(answer.content.decode())


def upload(client: Any, scan: Any, **more: Any) -> Any:
    if hasattr(scan, "seek"):
        scan.seek(0)
    return client.post(reverse(SCAN), {"scan": scan, **more})


def confirm(client: Any, page: Any, *parts: int, **changes: Any) -> Any:
    """Sends what the page of the first step holds; every part that it offers, unless they are named."""
    text = said(page)
    hidden = dict(re.findall(r'<input type="hidden" name="(scan-held|reading)" value="([^"]+)"', text))
    offered = re.findall(r'name="part" value="(\d+)"', text)
    return client.post(reverse(FILE), {**hidden, "part": [str(p) for p in parts] or offered, **changes})


def file(client: Any, scan: Any, **more: Any) -> Any:
    page = upload(client, scan, **more)
    assert page.status_code == 200, said(page)
    answer = confirm(client, page)
    assert answer.status_code == 303, said(answer)
    return answer
