"""Some pages of a PDF as a PDF of their own: what is drawn on them is copied as it is."""

from __future__ import annotations

from io import BytesIO

import pikepdf

from prongsai.papers.reading import PAGES, TooManyPages


def cut(data: bytes, pages: list[int]) -> bytes:
    """``pages``: numbered from 1. Raises ``TooManyPages``, and what pikepdf raises for a broken file."""
    with pikepdf.open(BytesIO(data)) as scan, pikepdf.new() as part:
        if len(scan.pages) > PAGES:
            raise TooManyPages
        for number in pages:
            part.pages.append(scan.pages[number - 1])
        # Only what these pages draw goes along: a leftover reference could carry another paper's page.
        part.remove_unreferenced_resources()
        out = BytesIO()
        part.save(out, deterministic_id=True)
        return out.getvalue()
