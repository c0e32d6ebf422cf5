"""Reading the QR codes of a scan, and cutting pages out of it. Plain Python, in a child process.

``python -m prongsai.papers.reading codes KIND`` reads a scan from its input and writes one JSON list per page: the texts of
the QR codes on it. ``… cut 1,3`` writes a PDF of these pages, as they are in the scan. A process of its own, because it
takes apart what it has not made: memory, time, pages and pixels are limited, it can write to no file, and what breaks in it
breaks nothing else.
"""

PAGES = 60  # of one scan
PIXELS = 16_000_000  # of a page while it is looked at: A4 at 400 dots per inch
LARGEST_PICTURE = 120_000_000  # pixels as it comes; ``files`` takes no larger one either
CODES = 8  # on one page; more are not looked at
LONGEST = 1200  # characters of one code; nothing of ours is longer
MEMORY = 1536 * 1024 * 1024
PROCESSOR_SECONDS = 90

# How the child ends, beside 0.
TOO_LARGE, UNREADABLE, TOO_MANY_PAGES = 10, 11, 12


class TooLarge(Exception):
    """Small as a file, huge when it is opened."""


class TooManyPages(Exception):
    """More than ``PAGES``."""
