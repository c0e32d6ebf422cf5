"""Names of downloads: Thai marks survive, and nothing in a name can leave its folder or break a header."""

import re
import unicodedata
from urllib.parse import quote

from prongsai.thai.clean import clean

FALLBACK = "file"
_UNSAFE = re.compile(r'[<>:"|?*\t\n\u200d]')
_RESERVED = re.compile(r"(?:con|prn|aux|nul|com[0-9]|lpt[0-9])(?:\.|$)", re.IGNORECASE)
_NOT_PLAIN = re.compile(r"[^A-Za-z0-9._()\- ]+")
_ATTR_CHARS = "!#$&+-.^_`|~"  # RFC 8187 attr-char, beside letters and digits


def safe_download_name(name: str, *, max_bytes: int = 200) -> str:
    """A file name fit for Windows, macOS, Linux and ZIP: last path part only, no control or reserved character, at
    most ``max_bytes`` of UTF-8 with the ending kept and no mark cut from its letter. Never empty.
    """
    base = re.split(r"[/\\]", clean(name))[-1]
    base = " ".join(_UNSAFE.sub("_", base).split()).strip(" .")
    if not base:
        return FALLBACK
    if _RESERVED.match(base):
        base = f"_{base}"
    stem, dot, ending = base.rpartition(".")
    if not stem or len(ending.encode()) > 16:
        stem, dot, ending = base, "", ""
    room = max_bytes - len((dot + ending).encode())
    return (_cut(stem, room).rstrip(" .") or FALLBACK) + dot + ending


def _cut(text: str, room: int) -> str:
    """The longest beginning of ``text`` within ``room`` bytes that ends before a letter, not before its marks."""
    short = text.encode()[:room].decode(errors="ignore")
    while short and len(short) < len(text) and _depends(text[len(short)]):
        short = short[:-1]
    return short


def _depends(char: str) -> bool:
    return unicodedata.category(char)[0] == "M" or char in "ะาำ"


def content_disposition(name: str, *, inline: bool = False) -> str:
    """The header's value by RFC 6266: an ASCII ``filename`` for old clients, ``filename*=UTF-8''…`` for the rest.

    Pure ASCII, whatever ``name`` is.
    """
    safe = safe_download_name(name)
    stem, dot, ending = safe.rpartition(".")
    if not dot:
        stem, ending = safe, ""
    plain_stem = _NOT_PLAIN.sub("_", stem).strip(" ._-") or "download"
    plain = plain_stem + (f".{ending}" if ending and not _NOT_PLAIN.search(ending) else "")
    return f"{'inline' if inline else 'attachment'}; filename=\"{plain}\"; filename*=UTF-8''{quote(safe, _ATTR_CHARS)}"
