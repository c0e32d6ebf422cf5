"""HTML: the same paper for a screen, a screen reader and a telephone. One file with its own style, no script."""

from __future__ import annotations

import base64

from django.template.loader import render_to_string

from prongsai.documents.paper import Paper
from prongsai.documents.stamp import qr_svg
from prongsai.thai.digits import to_thai


def write_html(paper: Paper) -> bytes:
    """``paper``: cleaned, with its QR address."""
    qr = base64.b64encode(qr_svg(paper.qr).encode()).decode() if paper.qr else ""
    context = {
        "paper": paper,
        "date": paper.dated,
        "qr": qr,
        "blocks": [_shown(b) for b in paper.blocks],
    }
    return render_to_string("documents/paper.html", context).encode()


def _shown(block: object) -> dict[str, object]:
    """The block with what a template cannot compute: numbered or ticked items."""
    shown: dict[str, object] = {"kind": block.kind, "it": block}  # type: ignore[attr-defined]
    if block.kind == "items":  # type: ignore[attr-defined]
        ticks = block.ticks or [None] * len(block.texts)  # type: ignore[attr-defined]
        shown["rows"] = [
            (to_thai(n), text, tick)
            for n, (text, tick) in enumerate(zip(block.texts, ticks, strict=True), 1)  # type: ignore[attr-defined]
        ]
    if block.kind == "table":  # type: ignore[attr-defined]
        shown["rows"] = [
            [(cell, i in block.numeric) for i, cell in enumerate(row)]  # type: ignore[attr-defined]
            for row in block.rows  # type: ignore[attr-defined]
        ]
    return shown
