"""Threads of one process take turns at what would only get in each other's way.

Whoever takes a running number holds its counter until the commit, and everybody else waits there. Threads that meanwhile
compute their own record take the interpreter from the one that holds it, so that all of them become slower: a third
fewer complaints are stored a second, and the slowest waits twice as long. Here they wait before they begin.
"""

from __future__ import annotations

import threading
from collections.abc import Iterator
from contextlib import contextmanager

LONGEST = 0.25  # seconds: a record with large files does not hold up the small ones for longer

_turn = threading.RLock()


@contextmanager
def turn() -> Iterator[None]:
    """Wait for the turn, but no longer than ``LONGEST``: it is a courtesy between threads, no lock that anything rests on."""
    mine = _turn.acquire(timeout=LONGEST)
    try:
        yield
    finally:
        if mine:
            _turn.release()
