"""What a reader finds on a page: its words, and which of them are marked as Thai."""

import re
from html.parser import HTMLParser

VOID = {"meta", "link", "input", "br", "hr", "img", "circle", "path", "rect", "source", "wbr"}
SPOKEN = {"aria-label", "placeholder", "title", "alt", "content", "data-copied", "data-label", "value"}
THAI = re.compile(r"[\u0e00-\u0e7f]")


class _Reader(HTMLParser):
    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.langs: list[tuple[str, str]] = []  # open elements: name and language
        self.words: list[tuple[str, str]] = []  # language and text
        self.spoken: list[tuple[str, str]] = []  # the same of attributes that people hear or see

    @property
    def lang(self) -> str:
        return self.langs[-1][1] if self.langs else ""

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        own = dict(attrs).get("lang") or self.lang
        self.spoken += [(own, value) for name, value in attrs if name in SPOKEN and value]
        if tag not in VOID:
            self.langs.append((tag, own))

    def handle_endtag(self, tag: str) -> None:
        while self.langs and tag not in VOID:
            if self.langs.pop()[0] == tag:
                break

    def handle_data(self, data: str) -> None:
        if self.langs and self.langs[-1][0] not in {"script", "style"}:
            self.words.append((self.lang, data))


def _read(html: str) -> _Reader:
    reader = _Reader()
    reader.feed(html)
    return reader


def text_of(html: str) -> str:
    """The text of the page's main part without its elements, white space collapsed."""
    main = html.partition("<main")[2].partition("</main>")[0]
    return " ".join("".join(text for _, text in _read(f"<main{main}").words).split())


def unmarked_thai(html: str) -> list[str]:
    """Thai words on a page that no ``lang="th"`` declares: on an English page, strings that were left untranslated."""
    page = _read(html)
    return [
        " ".join(text.split())
        for lang, text in page.words + page.spoken
        if lang != "th" and THAI.search(text)
    ]
