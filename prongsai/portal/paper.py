"""What a printed page needs: a code that leads back to the living one."""

from __future__ import annotations

import segno
from django.http import HttpRequest
from django.utils.safestring import SafeString, mark_safe

# Paper is folded, copied and faxed: 15 % of the code may be unreadable.
CORRECTION = "m"


def qr(request: HttpRequest, path: str, *, label: str) -> SafeString:
    """A QR code of the page's full address as inline SVG; ``label`` is what a screen reader says."""
    code = segno.make(request.build_absolute_uri(path), error=CORRECTION, micro=False)
    svg = code.svg_inline(omitsize=True, border=4, svgclass="pp-qr", lineclass=None, title=label)
    return mark_safe(svg)  # noqa: S308 - segno escapes the title; the rest is numbers
