"""A browser without a screen: cookies, forms with their hidden fields, files. Standard library only."""

from __future__ import annotations

import http.cookiejar
import re
import secrets
import urllib.error
import urllib.parse
import urllib.request
from collections.abc import Iterable
from dataclasses import dataclass
from html import unescape
from html.parser import HTMLParser
from typing import Any

Fields = dict[str, Any]
File = tuple[str, str, bytes, str]  # field, file name, content, type


@dataclass(frozen=True)
class Answer:
    status: int
    url: str
    headers: Any
    body: bytes

    @property
    def text(self) -> str:
        return self.body.decode()

    @property
    def location(self) -> str:
        return self.headers.get("Location", "")

    def form(self, containing: str = "csrfmiddlewaretoken") -> Fields:
        """Names and values of the form that has a field called ``containing``, as a browser would send them."""
        return form_of(self.text, containing)

    def words(self) -> str:
        """The page's text without its markup."""
        return unescape(re.sub(r"\s+", " ", re.sub(r"<[^>]*>", " ", self.text)))


def form_of(page: str, containing: str) -> Fields:
    return next(form for form in _Forms.of(page) if containing in form)


class Visitor:
    def __init__(self, base: str) -> None:
        self.base = base
        self.cookies = http.cookiejar.CookieJar()
        self._opener = urllib.request.build_opener(
            urllib.request.HTTPCookieProcessor(self.cookies), _AsItIs()
        )

    def get(self, path: str, **headers: str) -> Answer:
        return self._send(urllib.request.Request(self._url(path), headers=headers))

    def post(self, path: str, fields: Fields, files: Iterable[File] | None = None) -> Answer:
        """Urlencoded, or multipart where ``files`` are given."""
        if files is None:
            body, kind = (
                urllib.parse.urlencode(fields, doseq=True).encode(),
                "application/x-www-form-urlencoded",
            )
        else:
            body, kind = _multipart(fields, files)
        return self._send(
            urllib.request.Request(self._url(path), body, {"Content-Type": kind, "Referer": self.base})
        )

    def sign_in(self, key: str) -> Visitor:
        from prongsai.organisation.sample import SAMPLE_DOMAIN, SAMPLE_PASSWORD

        form = self.get("/account/login/").form("login")
        answer = self.post(
            "/account/login/", {**form, "login": f"{key}@{SAMPLE_DOMAIN}", "password": SAMPLE_PASSWORD}
        )
        assert answer.status == 302, answer.words()
        return self

    def unlock(self) -> Visitor:
        from prongsai.complaints.sample import SAMPLE_PASSPHRASE

        form = self.get("/office/key/unlock/").form("passphrase")
        answer = self.post("/office/key/unlock/", {**form, "passphrase": SAMPLE_PASSPHRASE})
        assert answer.status == 302, answer.words()
        return self

    def act(self, key: str, pk: Any, **data: Any) -> Answer:
        """The act's page, then its button."""
        path = f"/office/act/{key}/{pk}/"
        return self.post(path, {**self.get(path).form("version"), **data})

    def _url(self, path: str) -> str:
        return urllib.parse.urljoin(self.base, urllib.parse.quote(path, safe="/:?&=%+"))

    def _send(self, request: urllib.request.Request) -> Answer:
        try:
            response = self._opener.open(request, timeout=60)
        except urllib.error.HTTPError as error:
            response = error
        with response:
            return Answer(response.status, response.url, response.headers, response.read())


class _AsItIs(urllib.request.HTTPRedirectHandler):
    """Redirects are answers like others."""

    def redirect_request(self, *args: Any, **kwargs: Any) -> None:
        return None


class _Forms(HTMLParser):
    """The forms of a page: hidden, typed and chosen values."""

    def __init__(self) -> None:
        super().__init__()
        self.forms: list[Fields] = []
        self._inside = False
        self._textarea = ""

    @classmethod
    def of(cls, text: str) -> list[Fields]:
        parser = cls()
        parser.feed(text)
        return parser.forms

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        at = dict(attrs)
        name, kind = at.get("name") or "", at.get("type") or "text"
        if tag == "form":
            self.forms.append({})
            self._inside = True
        if not self._inside or not name:
            return
        if tag == "input" and kind in ("checkbox", "radio"):
            if "checked" in at:
                self.forms[-1].setdefault(name, []).append(at.get("value") or "on")
        elif tag == "input" and kind != "file":
            self.forms[-1][name] = at.get("value") or ""
        elif tag == "textarea":
            self.forms[-1][name] = ""
            self._textarea = name
        elif tag == "select":
            self.forms[-1].setdefault(name, "")

    def handle_data(self, data: str) -> None:
        if self._textarea:
            # As in a browser, the line break right after the tag is markup.
            self.forms[-1][self._textarea] += (
                data if self.forms[-1][self._textarea] else data.removeprefix("\n")
            )

    def handle_endtag(self, tag: str) -> None:
        if tag == "textarea":
            self._textarea = ""
        if tag == "form":
            self._inside = False


def _multipart(fields: Fields, files: Iterable[File]) -> tuple[bytes, str]:
    boundary = secrets.token_hex(16)
    parts = []
    for name, value in fields.items():
        for one in value if isinstance(value, list | tuple) else [value]:
            parts.append(f'Content-Disposition: form-data; name="{name}"\r\n\r\n{one}'.encode())
    for name, file_name, content, kind in files:
        head = f'Content-Disposition: form-data; name="{name}"; filename="{file_name}"\r\nContent-Type: {kind}\r\n\r\n'
        parts.append(head.encode() + content)
    body = b"".join(b"--" + boundary.encode() + b"\r\n" + part + b"\r\n" for part in parts)
    return body + f"--{boundary}--\r\n".encode(), f"multipart/form-data; boundary={boundary}"
