"""How a room declares one of its papers."""

from __future__ import annotations

from pathlib import Path
from typing import Any, ClassVar

from prongsai.documents.paper import Paper

SHEET = Path(__file__).parent / "typst" / "sheet.typ"


class Document:
    """An official paper of a record. ``key`` names it in addresses and QR codes, alone in the house: ``complaint-receipt``."""

    key: ClassVar[str]
    title: ClassVar[str]
    template: ClassVar[Path] = (
        SHEET  # a Typst file inside the package; a form of its own imports /documents/typst/base.typ
    )
    needs_unlock: ClassVar[bool] = False  # its text is sealed: only with the reader's key in hand
    stamped: ClassVar[bool] = True  # carries a QR that leads to verification

    def fits(self, record: Any) -> bool:
        """Whether the record is in a state that has this paper."""
        return True

    def data(self, record: Any, actor: Any, request: Any) -> Paper:
        """What stands on the paper. May raise ``sealed.SealError`` where the reader's key does not open the text."""
        raise NotImplementedError
