"""What can go wrong with a paper."""


class DocumentError(Exception):
    """A paper cannot be made. For the operator's log; the page says a sentence of its own."""


class FontMissing(DocumentError):
    """A font of the papers is missing or unreadable: Typst would quietly print boxes or another typeface."""
