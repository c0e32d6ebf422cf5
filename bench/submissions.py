"""Complaints filed through the web form at once, and afterwards looked for in the database: all there, each once.

Everybody first opens the form (that gives the CSRF cookie and the form's own token), then everybody sends it; so forms,
submissions and receipts are timed apart, each with requests as a browser makes them. Files are not sent.
"""

from __future__ import annotations

import re
import secrets
from dataclasses import dataclass
from typing import Any

from bench.house import House
from bench.load import Answer, Run, drive, request

FORM, RECEIPT = "/complaints/new/", "/complaints/receipt/"
# Complaints before those that count: each of some thirty connections plans a statement anew its first eight times.
WARM_UP = 300
NARRATIVE = (
    "เมื่อต้นเดือนที่ผ่านมาข้าพเจ้าไปติดต่อขอรับใบอนุญาต เจ้าหน้าที่แจ้งว่าเอกสารไม่ครบ ทั้งที่ยื่นครบตามประกาศแล้ว "
    "และบอกว่าหากต้องการให้แล้วเสร็จภายในสัปดาห์ต้องมีค่าดำเนินการเพิ่มเติมโดยไม่ออกใบเสร็จ ข้าพเจ้าไม่ได้จ่าย "
    "เรื่องจึงค้างอยู่จนถึงวันนี้ มีผู้อื่นพบเหตุเดียวกันอีกหลายราย "
) * 4


@dataclass(frozen=True)
class Submissions:
    """The three timed runs, processor seconds of the web server for the submissions, and what the database holds."""

    forms: Run
    posts: Run
    receipts: Run
    posts_cpu: float | None
    stored: int
    lost: int
    duplicates: int
    gaps: int
    repeated: int  # further cases made by sending some of the forms a second time: must be 0

    @property
    def all_is_well(self) -> bool:
        problems = self.lost or self.duplicates or self.gaps or self.repeated
        return not problems and not (
            self.forms.unexpected or self.posts.unexpected or self.receipts.unexpected
        )


@dataclass(frozen=True)
class Form:
    """A form that somebody has open: its hidden fields, its cookie, an agency of its list."""

    csrf: str
    cookie: str
    token: str
    agency: str

    @classmethod
    def of(cls, answer: Answer) -> Form:
        page = answer.body.decode()
        hidden = dict(re.findall(r'<input type="hidden" name="(\w+)" value="([^"]*)"', page))
        agency = re.search(r'<option value="(\d+)"', page)
        if agency is None:
            raise ValueError("the form lists no agency")
        return cls(hidden["csrfmiddlewaretoken"], answer.cookies["csrftoken"], hidden["token"], agency[1])

    def post(self, number: int) -> bytes:
        fields = {
            "csrfmiddlewaretoken": self.csrf,
            "token": self.token,
            "asked": "",
            "grounds": "G1",
            "accused_agency": self.agency,
            "accused_name": "เจ้าหน้าที่ประจำเคาน์เตอร์",
            "narrative": NARRATIVE,
            "request_choice": "investigate",
            "name": f"นางสาวทดสอบ ความเร็ว{number}",
            "address": "๑ หมู่ ๒ ตำบลศรีภูมิ อำเภอเมืองเชียงใหม่",
            "phone": "0812345678",
            "keep_secret": "on",
            "confirm": "on",
        }
        kind, body = _multipart(fields)
        return request("POST", FORM, {"Cookie": f"csrftoken={self.cookie}", "Content-Type": kind}, body)


def run(house: House, *, count: int) -> Submissions:
    warm = drive(house.port, lambda _: request("GET", FORM), count=WARM_UP, keep=True)
    first = [Form.of(answer).post(-number) for number, answer in warm.answers.items()]
    drive(house.port, first.__getitem__, expect=303, count=len(first))
    before = last_case(house)
    opened = drive(house.port, lambda _: request("GET", FORM), count=count, keep=True)
    posts = [Form.of(answer).post(number) for number, answer in opened.answers.items()]

    cpu = house.web_seconds()
    filed = drive(house.port, posts.__getitem__, expect=303, count=len(posts), keep=True)
    used = None if cpu is None else (house.web_seconds() or 0.0) - cpu

    cookies = [answer.cookies["prongsai_receipt"] for answer in filed.answers.values()]
    read = drive(
        house.port,
        lambda n: request("GET", RECEIPT, {"Cookie": f"prongsai_receipt={cookies[n]}"}),
        count=len(cookies),
        keep=True,
    )
    shown = [shown_number(answer) for answer in read.answers.values()]
    stored = cases_after(house, before)
    again = posts[: min(len(posts), 16)]
    drive(house.port, again.__getitem__, expect=303, count=len(again))
    numbers = [number for number, _ in stored]
    sequences = sorted(sequence for _, sequence in stored)
    return Submissions(
        forms=opened,
        posts=filed,
        receipts=read,
        posts_cpu=used,
        stored=len(stored),
        lost=count - len(set(shown) & set(numbers)),
        duplicates=len(numbers) - len(set(numbers)) + len(shown) - len(set(shown)),
        gaps=sequences[-1] - sequences[0] + 1 - len(sequences) if sequences else 0,
        repeated=len(cases_after(house, before)) - len(stored),
    )


def _multipart(fields: dict[str, str]) -> tuple[str, bytes]:
    """As a browser sends the form, with its file field left empty (RFC 7578)."""
    boundary = f"----bench{secrets.token_hex(8)}"
    parts = [
        f'--{boundary}\r\nContent-Disposition: form-data; name="{k}"\r\n\r\n{v}\r\n'
        for k, v in fields.items()
    ]
    parts.append(
        f'--{boundary}\r\nContent-Disposition: form-data; name="files"; filename=""\r\n'
        f"Content-Type: application/octet-stream\r\n\r\n\r\n--{boundary}--\r\n"
    )
    return f"multipart/form-data; boundary={boundary}", "".join(parts).encode()


def shown_number(answer: Answer) -> str:
    """The running number on the receipt page, in the form in which it is stored."""
    found = re.search(r"\S+/รร/\d+/\d+", re.sub(r"<[^>]+>", " ", answer.body.decode()))
    return found[0] if found else ""


def last_case(house: House) -> Any:
    with house.connect() as connection:
        return connection.execute("SELECT coalesce(max(id), 0) FROM complaints_receipt").fetchone()[0]


def cases_after(house: House, receipt_id: Any) -> list[tuple[str, int]]:
    """Number and sequence of the cases of later receipts that are whole: identity sealed, filing in the ledger."""
    with house.connect() as connection:
        return connection.execute(
            "SELECT c.number, c.sequence FROM complaints_receipt r JOIN complaints_case c ON c.id = r.case_id"
            " JOIN complaints_identity i ON i.receipt_id = r.id JOIN ledger_entry e"
            " ON e.subject_type = 'complaints.case' AND e.subject_id = c.id::text"
            " AND e.kind = 'complaints.file_complaint' WHERE r.id > %s",
            [receipt_id],
        ).fetchall()
