"""How many bytes the first view of the home page takes, as they travel: page, styles, scripts, fonts, pictures.

What is counted is what the server sends to a browser that accepts gzip, body only, nothing cached before. Fonts are
those whose ``unicode-range`` has a character of the page, in every weight: a browser may load fewer, never more.
"""

from __future__ import annotations

import gzip
import html
import re
from dataclasses import dataclass
from urllib.parse import urljoin

from bench.load import Answer, once, request

_LINKS = (
    r'<link\b[^>]*\brel="(?:stylesheet|icon|preload|modulepreload)"[^>]*>',
    r"<script\b[^>]*\bsrc=[^>]*>",
    r"<img\b[^>]*\bsrc=[^>]*>",
)
_FACE = re.compile(r"@font-face\s*{([^}]*)}")


@dataclass(frozen=True)
class FirstView:
    """Bytes by address, the page itself first."""

    bytes_of: dict[str, int]

    @property
    def total(self) -> int:
        return sum(self.bytes_of.values())


def measure(port: int, path: str = "/") -> FirstView:
    sizes: dict[str, int] = {}

    def fetch(address: str) -> str:
        answer = once(port, request("GET", address, {"Accept-Encoding": "gzip"}))
        if answer.status != 200:
            raise ValueError(f"{address}: {answer.status}")
        sizes[address] = len(answer.body)
        return _text(answer)

    page = fetch(path)
    characters = {ord(char) for char in html.unescape(re.sub(r"<[^>]+>", " ", page))}
    tags = [tag for pattern in _LINKS for tag in re.findall(pattern, page)]
    waiting = [match[1] for tag in tags if (match := re.search(r'\b(?:href|src)="([^"#]+)"', tag))]
    while waiting:
        address = urljoin(path, waiting.pop(0))
        if address in sizes or not address.startswith("/"):
            continue
        text = fetch(address)
        if address.endswith(".css"):
            waiting += [urljoin(address, url) for url in _needed(text, characters)]
        elif address.endswith(".js"):
            waiting += [urljoin(address, url) for url in re.findall(r'\bfrom\s*"(\.[^"]+)"', text)]
    return FirstView(sizes)


def _needed(css: str, characters: set[int]) -> list[str]:
    """What a style sheet makes the browser load: other sheets, fonts for the page's characters, pictures."""
    faces = [face for face in _FACE.findall(css) if _covers(face, characters)]
    return [url for part in [_FACE.sub("", css), *faces] for url in re.findall(r'url\("?([^")]+)"?\)', part)]


def _covers(face: str, characters: set[int]) -> bool:
    ranges = re.findall(r"U\+([0-9A-Fa-f]+)(?:-([0-9A-Fa-f]+))?", face)
    spans = [(int(first, 16), int(last or first, 16)) for first, last in ranges]
    return not spans or any(low <= char <= high for char in characters for low, high in spans)


def _text(answer: Answer) -> str:
    packed = b"content-encoding: gzip" in answer.head.lower()
    return (gzip.decompress(answer.body) if packed else answer.body).decode(errors="replace")
