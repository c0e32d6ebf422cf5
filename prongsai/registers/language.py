"""Declarations and data carry both languages side by side; this picks the one that the reader reads."""

from django.utils.translation import get_language


def in_english() -> bool:
    return (get_language() or "th").startswith("en")


def pick(thai: str, english: str) -> str:
    """The English words for an English reader if there are any; else the Thai ones."""
    return english if english and in_english() else thai
