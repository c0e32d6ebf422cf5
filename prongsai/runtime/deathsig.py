"""Tie a child process to the life of the process that started it (Linux: prctl(2), PR_SET_PDEATHSIG)."""

from __future__ import annotations

import ctypes
import os
import signal
import sys
import threading
from collections.abc import Callable

_PR_SET_PDEATHSIG = 1


def die_with_parent(sig: signal.Signals) -> Callable[[], None] | None:
    """A `preexec_fn` for Popen: the child receives `sig` as soon as its parent is gone, even by kill -9.

    The kernel watches the *thread* that forked, so this refuses any thread but the main one (RuntimeError):
    a helper thread that ends would take the child with it. Elsewhere than on Linux there is no such service
    and the answer is None.
    """
    if sys.platform != "linux":
        return None
    if threading.current_thread() is not threading.main_thread():
        raise RuntimeError(
            "Child processes must be started from the main thread: they die with their thread."
        )
    # Resolved before the fork: a forked child must not load libraries.
    prctl = ctypes.CDLL(None, use_errno=True).prctl
    parent = os.getpid()

    def in_child() -> None:
        if prctl(_PR_SET_PDEATHSIG, int(sig), 0, 0, 0) != 0:
            raise OSError(ctypes.get_errno(), "prctl(PR_SET_PDEATHSIG) failed")
        if os.getppid() != parent:  # it died between fork and prctl
            os.kill(os.getpid(), sig)

    return in_child
