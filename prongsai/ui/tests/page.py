"""Reads rendered HTML as a browser's accessibility tree would: by ids and attributes, not by spelling."""

from html.parser import HTMLParser


class Page(HTMLParser):
    VOID = {"input", "br", "meta", "link", "img", "path", "circle", "rect"}

    def __init__(self, html: str) -> None:
        super().__init__()
        self.html = html
        self.elements: list[dict] = []
        self._open: list[dict] = []
        self.feed(html)

    def handle_starttag(self, tag, attrs):
        element = {"tag": tag, "text": "", **dict(attrs)}
        self.elements.append(element)
        if tag not in self.VOID:
            self._open.append(element)

    def handle_startendtag(self, tag, attrs):
        self.elements.append({"tag": tag, "text": "", **dict(attrs)})

    def handle_endtag(self, tag):
        while self._open and self._open.pop()["tag"] != tag:
            pass

    def handle_data(self, data):
        for element in self._open:
            element["text"] += data

    def all(self, tag=None, **attrs):
        return [
            e
            for e in self.elements
            if (tag is None or e["tag"] == tag) and all(e.get(k.rstrip("_")) == v for k, v in attrs.items())
        ]

    def one(self, tag=None, **attrs):
        found = self.all(tag, **attrs)
        assert len(found) == 1, f"{len(found)} elements for {tag} {attrs}"
        return found[0]

    def described(self, element) -> str:
        """What a screen reader adds to ``element``. Fails when a description points nowhere."""
        return " ".join(
            self.one(id=id_)["text"].strip() for id_ in element.get("aria-describedby", "").split()
        )
