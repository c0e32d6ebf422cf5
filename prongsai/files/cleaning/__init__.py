"""Copies without hidden data: who made a file, where and with what does not go along. Plain Python, in a child process.

``python -m prongsai.files.cleaning KIND`` reads a file from its input and writes the clean one to its output. A process of
its own, because it takes apart what strangers send: its memory and time are limited, it can write to no file, and what
breaks in it breaks nothing else. ``pictures``, ``jpeg``, ``pdf`` and ``office`` know the formats.
"""

PIXELS = 120_000_000  # of one picture; more is refused
UNPACKED = 400 * 1024 * 1024  # bytes of all parts of an office document together
PARTS = 10_000
MEMORY = 1536 * 1024 * 1024
PROCESSOR_SECONDS = 40

# How the child ends, beside 0: what it was given is a bomb; it cannot be cleaned.
BOMB, NOT_CLEANED = 10, 11


class Bomb(Exception):
    """Small as a file, huge when it is opened."""


class NotCleaned(Exception):
    """Broken, locked, or of a form in which hidden data cannot be taken out safely."""
