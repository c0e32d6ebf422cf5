"""What a thief of the machine gets: after a whole matter, neither a dump nor the disk says a word of it (AT-M5-12).

Everything secret that people type is a mark of its own: random letters that occur nowhere else. The keys (``secrets/``) are
looked at separately: they are kept apart from the copy, as a backup keeps them.
"""

from __future__ import annotations

import base64
import random
import re
import subprocess
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

import pytest
from PIL import Image

from prongsai.runtime.postgres import attach, binaries
from tests.complaints import blank, filled, pdf, receipt, send, track
from tests.house import House
from tests.visitor import Visitor

pytestmark = pytest.mark.xdist_group("spare")

LETTERS = "กขคฆงจฉชซญฐฑฒณดตถทธนบปผฝพฟภมยรลวศษสหฬอฮ"


class Marks(dict[str, str]):
    """A mark for each name that is asked for."""

    def __missing__(self, name: str) -> str:
        self[name] = "".join(random.choices(LETTERS, k=16))
        return self[name]

    def text(self, name: str) -> str:
        return f"ข้อความที่ต้องไม่ปรากฏที่ใด {self[name]} จบข้อความ"


def disguises(mark: str) -> dict[str, bytes]:
    """The ways in which text lies in databases, logs, sessions and caches."""
    plain = mark.encode()
    found = {
        "UTF-8": plain,
        "UTF-16": mark.encode("utf-16-le"),
        "UTF-16 big-endian": mark.encode("utf-16-be"),
        "hex": plain.hex().encode(),
        "hex in capitals": plain.hex().upper().encode(),
        "percent": "".join(f"%{byte:02X}" for byte in plain).encode(),
        "JSON": "".join(f"\\u{ord(letter):04x}" for letter in mark).encode(),
        "CP874": mark.encode("cp874"),
    }
    for shift in range(3):
        # Only the letters that do not depend on what stands before and behind.
        encoded = base64.b64encode(b"\0" * shift + plain)
        inner = encoded[4 if shift else 0 : -4]
        found[f"base64 +{shift}"] = inner
        found[f"base64url +{shift}"] = inner.translate(bytes.maketrans(b"+/", b"-_"))
    return found


def findings(marks: dict[str, str], places: Iterator[tuple[str, bytes]]) -> list[str]:
    needles = [(name, how, needle) for name, mark in marks.items() for how, needle in disguises(mark).items()]
    return [
        f"{name} as {how} in {place}"
        for place, content in places
        for name, how, needle in needles
        if needle in content
    ]


def everything_in(directory: Path) -> Iterator[tuple[str, bytes]]:
    for path in sorted(directory.rglob("*")):
        inside = path.relative_to(directory)
        if path.is_file() and inside.parts[0] != "secrets":
            yield f"name of {inside}", str(inside).encode()
            yield str(inside), path.read_bytes()


def dump(house: House) -> bytes:
    environment = attach(house.data).environment("superuser")
    program = binaries.available()[0].program("pg_dump")
    return subprocess.run(
        [program, "--format=plain"], env=environment, capture_output=True, check=True
    ).stdout


def photograph(comment: str) -> bytes:
    out = BytesIO()
    Image.new("RGB", (64, 48), "teal").save(out, "JPEG", comment=comment.encode())
    return out.getvalue()


def a_whole_matter(house: House, marks: Marks) -> str:
    """A complaint from form to decision, read and answered on both sides. Returns its number (which is no secret)."""
    citizen = Visitor(house.url)
    typed = {
        "accused_other": marks.text("accused agency"),
        "accused_name": marks.text("accused name"),
        "request_text": marks.text("request"),
        "email": f"{marks['e-mail (ASCII)']}@citizen.example",
        "phone": marks["phone"],
    }
    typed |= {
        name: marks.text(name)
        for name in ("narrative", "event_time", "place", "harm", "documents", "witnesses", "name", "address")
    }
    files = [
        pdf(f"{marks['file name']}.pdf", b"%PDF-1.7\n" + marks.text("file content").encode() * 50),
        # Of this one there is a working copy too.
        ("files", f"{marks['photograph name']}.jpg", photograph(marks.text("hidden data")), "image/jpeg"),
    ]
    # First a mistake (the certification is not ticked): what was typed and sent is kept for the second try.
    refused = send(citizen, filled(blank(citizen), **typed) | {"confirm": ""}, files)
    assert refused.status == 422
    held = refused.form("narrative")
    answer = send(citizen, {**filled(held, **typed), "token": held["token"]}, files)
    assert answer.status == 303, answer.words()
    filed = receipt(citizen)
    citizen.get("/complaints/receipt/copy.txt")
    first, second = (
        Visitor(house.url).sign_in(key).unlock() for key in ("center_officer", "center_officer_2")
    )
    ((pk,),) = house.query("SELECT id FROM complaints_case WHERE number = %s", filed.number)

    def act(officer: Visitor, key: str, **data: object) -> None:
        answer = officer.act(f"complaints.{key}", pk, **data)
        assert answer.status == 303, (key, answer.words())

    act(first, "start_screening")
    page = first.get(f"/office/registers/complaints/{pk}/")
    assert marks["narrative"] in page.text, "the officer must be able to read it, or this test proves nothing"
    addresses = sorted(set(re.findall(r"/office/files/[0-9a-f-]+/(?=\")", page.text)))
    given = [first.get(address).body for address in addresses]
    assert any(marks["file content"].encode() in body for body in given)
    assert not any(marks["hidden data"].encode() in body for body in given)
    photo = next(a for a, body in zip(addresses, given, strict=True) if body.startswith(b"\xff\xd8"))
    original = {**first.get(f"{photo}original/").form(), "reason": "authenticity"}
    assert marks["hidden data"].encode() in first.post(f"{photo}original/", original).body
    assess = {
        "accused_staff_type": "civil_servant",
        "case_class": "misconduct",
        "main_ground": "G3",
        "foundation": "founded",
    }
    act(first, "assess", **assess, note=marks.text("assessment"))
    act(first, "record_check", text=marks.text("check"))
    act(first, "ask_more", text=marks.text("question"))
    track(citizen, filed)
    matter = citizen.get("/complaints/track/matter/")
    assert marks["question"] in matter.text
    more = [pdf(f"{marks['second file name']}.pdf", b"%PDF-1.7\n" + marks.text("second file").encode())]
    form = {**matter.form("text"), "text": marks.text("answer")}
    assert citizen.post("/complaints/track/matter/send/", form, more).status == 303
    unsigned = {"evidence_test": "yes", "witness_test": "yes"}
    texts = {"evidence_text": marks.text("evidence"), "witness_text": marks.text("witness")}
    act(first, "test_unsigned", **unsigned, **texts)
    act(second, "sign_test", agrees="yes", reason=marks.text("second opinion"))
    act(first, "propose_acceptance", reason=marks.text("reason"))
    act(second, "return_proposal", reason=marks.text("why returned"))
    act(first, "propose_acceptance", reason=marks.text("second reason"))
    act(second, "accept", reason=marks.text("decision"))
    assert marks["decision"] in second.get(f"/office/registers/complaints/{pk}/").text
    for words in (filed.number, marks["accused name"], marks["narrative"]):
        assert second.get(f"/office/search/?q={words}").status == 200
    return filed.number


@pytest.mark.at("AT-M5-12")
def test_C27_a_copy_of_database_and_disk_says_nothing_of_a_matter(spare_house: House):
    house, marks = spare_house.start(), Marks()
    marks["phone"] = f"08{random.randrange(10**7, 10**8)}"
    marks["e-mail (ASCII)"] = "".join(random.choices("bcdfghjklmnpqrstvwxz", k=20))
    number = a_whole_matter(house, marks)
    assert len(marks) > 20
    dumped = dump(house)
    assert house.stop() == 0
    assert not (house.data / "outbox").exists()
    assert not findings(marks, iter([("the dump", dumped), ("what the house said", house.said.encode())]))
    assert not findings(marks, everything_in(house.data))
    # The same search finds what is no secret: the number of the matter.
    assert number.encode() in dumped
    assert [place for place, content in everything_in(house.data) if number.encode() in content]
    kept = {path.name: path.read_bytes() for path in (house.data / "secrets").iterdir()}
    assert not findings(marks, iter(kept.items()))


@pytest.mark.parametrize("how", sorted(disguises("ก" * 16)))
def test_the_search_itself_sees_through_every_disguise(how: str):
    marks = Marks()
    text = marks.text("secret")
    hidden = {
        "UTF-8": text.encode(),
        "UTF-16": text.encode("utf-16-le"),
        "UTF-16 big-endian": text.encode("utf-16-be"),
        "hex": text.encode().hex().encode(),
        "hex in capitals": text.encode().hex().upper().encode(),
        "percent": "".join(f"%{byte:02X}" for byte in text.encode()).encode(),
        "JSON": text.encode("unicode_escape"),
        "CP874": text.encode("cp874"),
    }
    padded = "x" * int(how[-1]) if "base64" in how else ""
    content = hidden.get(how) or base64.b64encode(f"{padded}{text}".encode())
    assert findings(marks, iter([("a file", content)]))
