"""What can go wrong. Every error says it in Thai and in English, and can be shown to an operator as it is."""

from __future__ import annotations


class BackupError(RuntimeError):
    """The root; ``str(error)`` is the Thai sentence and the English one, a line each."""

    def __init__(self, thai: str, english: str) -> None:
        super().__init__(f"{thai}\n{english}")


class Refused(BackupError):
    """Nothing was begun: a setting, a key or a program does not fit."""


class NotEmpty(Refused):
    """There is something already in the place that a copy should be restored into."""


class Damaged(BackupError):
    """It was begun and given up; what was restored so far has been taken back."""
