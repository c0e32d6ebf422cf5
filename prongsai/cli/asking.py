"""Asking the operator for a secret: from the keyboard without echo, from standard input where that is no terminal."""

from __future__ import annotations

import getpass
import sys


def ask_passphrase(prompt: str, *, twice: bool = False) -> str:
    """One line. ``twice``: the same again, from the keyboard only, until both agree."""
    if not sys.stdin.isatty():
        return sys.stdin.readline().rstrip("\n")
    while True:
        first = getpass.getpass(f"{prompt}: ")
        if not twice or first == getpass.getpass(f"{prompt} (อีกครั้ง): "):
            return first
        print("ทั้งสองครั้งไม่ตรงกัน", file=sys.stderr)
