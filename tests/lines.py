"""A form with a file on its way over a connection of its own, as slowly as a test wants."""

from __future__ import annotations

import re
import socket
from collections.abc import Iterator
from contextlib import contextmanager

from tests.complaints import RECEIPT
from tests.house import House
from tests.visitor import Answer, Fields, Visitor

BOUNDARY = "----line"
FILM = b"\0\0\0\x18ftypisom"


class Line:
    """``size``: bytes of the file. ``port``: a proxy's, in place of the house's own."""

    def __init__(
        self, house: House, visitor: Visitor, fields: Fields, size: int, port: int | None = None
    ) -> None:
        parts = []
        for name, value in fields.items():
            for one in value if isinstance(value, list | tuple) else [value]:
                parts.append(
                    f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="{name}"\r\n\r\n{one}\r\n'
                )
        parts.append(
            f'--{BOUNDARY}\r\nContent-Disposition: form-data; name="files"; filename="ภาพเคลื่อนไหว.mp4"\r\n'
            "Content-Type: video/mp4\r\n\r\n"
        )
        opening, self.closing = "".join(parts).encode(), f"\r\n--{BOUNDARY}--\r\n".encode()
        cookies = "; ".join(f"{cookie.name}={cookie.value}" for cookie in visitor.cookies)
        head = (
            f"POST /complaints/new/ HTTP/1.1\r\nHost: 127.0.0.1:{house.port}\r\nCookie: {cookies}\r\n"
            f"Referer: {house.url}/\r\nContent-Type: multipart/form-data; boundary={BOUNDARY}\r\n"
            f"Content-Length: {len(opening) + size + len(self.closing)}\r\nConnection: close\r\n\r\n"
        )
        self.socket = socket.create_connection(("127.0.0.1", port or house.port), timeout=120)
        self.socket.sendall(head.encode() + opening)

    def answer(self) -> str:
        said = b""
        while part := self.socket.recv(65536):
            said += part
        return said.decode()


@contextmanager
def line(
    house: House, visitor: Visitor, fields: Fields, size: int, port: int | None = None
) -> Iterator[Line]:
    opened = Line(house, visitor, fields, size, port)
    try:
        yield opened
    finally:
        opened.socket.close()


def as_the_officer_sees_it(house: House, visitor: Visitor, answer: str) -> tuple[str, Answer]:
    """Page of the matter that ``answer`` has received, and the download of its one file."""
    cookies = re.findall(r"^set-cookie: ([^=]+)=([^;]+)", answer, re.MULTILINE | re.IGNORECASE)
    page = visitor.get(RECEIPT, Cookie="; ".join(f"{name}={value}" for name, value in cookies)).text
    number = re.search(r'ps-receipt__number">([^<]+)<', page)
    assert number, answer[:2000]
    ((pk,),) = house.query("SELECT id FROM complaints_case WHERE number = %s", number[1])
    officer = Visitor(house.url).sign_in("center_officer").unlock()
    matter = officer.get(f"/office/registers/complaints/{pk}/").text
    (address,) = set(re.findall(r"/office/files/[0-9a-f-]+/(?=\")", matter))
    return matter, officer.get(address)
