"""A copy of the database and of the disk tells nobody what was said, nor by whom; and the administrator has no way in."""

from __future__ import annotations

import base64
from io import BytesIO
from pathlib import Path
from zipfile import ZipFile

import pytest
from django.conf import settings
from django.contrib.sessions.models import Session
from django.test import Client
from django.urls import reverse

from prongsai.acts import all_acts
from prongsai.complaints import acts
from prongsai.complaints.documents import OFFICE
from prongsai.complaints.intake import tracking_code
from prongsai.complaints.models import Case
from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tokens import read_token
from prongsai.documents.tests.samples import docx_text, flat, html_text, pdf_text
from prongsai.organisation.actors import Actor
from prongsai.registers import all_registers
from prongsai.sealed import Tracker, Unlocked, keys
from prongsai.thai.digits import to_thai

pytestmark = pytest.mark.django_db

READERS = {"pdf": pdf_text, "docx": docx_text, "html": html_text}
# One unmistakable word for everything that is said, asked, attached or noted.
IDENTITY = {
    "name": "นางกขคงจันทร์ ผู้ร้องหนึ่งเดียว",
    "address": "๗๗๗/๗ ตรอกไม่มีจริง",
    "phone": "081 765 4321",
    "email": "only.one.sender@nowhere.example",
    "witnesses": "นายพยานคนที่หนึ่ง โทร ๐๘๙",
}
STORY = {
    "narrative": "ถ้อยคำบรรยายเหตุการณ์ที่ไม่ซ้ำใคร",
    "accused_name": "นายผู้ถูกกล่าวหาสมมติ",
    "event_time": "ช่วงเวลาเฉพาะเรื่องนี้",
    "place": "สถานที่เฉพาะเรื่องนี้",
    "harm": "ความเสียหายเฉพาะเรื่องนี้",
    "request_text": "คำขอเฉพาะเรื่องนี้",
    "documents": "รายการเอกสารเฉพาะเรื่องนี้",
    "amount": "765432.10",
}
NOTES = {
    name: f"ข้อความ{name}ของเจ้าหน้าที่ซึ่งต้องยาวพอสมควรและปิดผนึกไว้"
    for name in ("กลั่นกรอง", "ขอข้อมูล", "ตรวจสอบ", "เสนอ", "แจ้ง", "ยืนยัน")
}
ANSWER = "คำตอบของผู้ร้องที่ไม่ซ้ำใคร"
FILE_NAME, FILE_WORDS = "ชื่อไฟล์ที่บอกตัวผู้ร้อง.pdf", "เนื้อหาของไฟล์ที่ไม่ซ้ำใคร"


@pytest.fixture
def filed(unlocked_client_of) -> steps.Filed:
    """Everything that can be said has been said: filed, signed, screened, asked, answered, checked and refused."""
    upload = steps.pdf(FILE_NAME, b"%PDF-1.7\n" + FILE_WORDS.encode())
    filed = steps.file_signed(**IDENTITY, **STORY, files=[upload])
    first, second = unlocked_client_of("center_officer"), unlocked_client_of("center_officer_2")
    case = steps.screen(first, filed.case, foundation=Case.Foundation.UNFOUNDED.value, note=NOTES["กลั่นกรอง"])
    steps.act(first, acts.AskMore, case, text=NOTES["ขอข้อมูล"])
    steps.send_more(steps.tracking(filed), ANSWER)
    case = steps.act(first, acts.RecordCheck, case, text=NOTES["ตรวจสอบ"])
    case = steps.propose_refusal(first, case, reason=NOTES["เสนอ"], notice=NOTES["แจ้ง"])
    steps.act(second, acts.Refuse, case, reason=NOTES["ยืนยัน"])
    steps.record_page(first, case)
    return filed


def spellings(secret: bytes) -> set[bytes]:
    """How bytes may lie in a column."""
    return {secret, secret.hex().encode(), base64.b64encode(secret), base64.urlsafe_b64encode(secret)}


def found(needles: dict[str, set[bytes]], places: dict[str, bytes]) -> list[tuple[str, str]]:
    return [
        (name, p)
        for name, ways in needles.items()
        for p, text in places.items()
        if any(w in text for w in ways)
    ]


def everything_said() -> dict[str, set[bytes]]:
    said = [*IDENTITY.values(), *STORY.values(), *NOTES.values(), ANSWER, FILE_NAME, FILE_WORDS]
    said += ["0817654321", "081-765-4321", FILE_NAME.removesuffix(".pdf")]
    return {text: {text.encode(), text.encode("utf-16-le"), base64.b64encode(text.encode())} for text in said}


@pytest.mark.at("AT-M5-12")
def test_the_database_shows_no_word_of_a_matter_and_nobody(filed):
    places = traces.whole_database()
    places |= {f"session {s.pk}": str(s.get_decoded()).encode() for s in Session.objects.all()}
    assert found({"number": {filed.number.encode()}}, places), "what is open is found, so the search works"

    assert found(everything_said(), places) == []


@pytest.mark.at("AT-M5-12")
def test_the_disk_shows_no_word_of_a_file_nor_its_name(filed):
    blobs = [path for path in Path(settings.FILES_ROOT).rglob("*") if path.is_file()]
    assert blobs

    names = {"names": "\n".join(str(path) for path in blobs).encode()}
    assert found(everything_said(), names | {str(path): path.read_bytes() for path in blobs}) == []


@pytest.mark.at("AT-M5-12")
def test_no_key_lies_in_the_database(filed, world):
    code = Tracker.from_code(filed.code)
    token = read_token(filed.token)
    assert tracking_code(token) == filed.code
    receipt = filed.case.receipts.select_related("correspondence", "identity__envelope").get()
    holder, private = keys.unwrap(world["center_officer"].person, SAMPLE_PASSPHRASE)
    envelopes = {
        "case": Unlocked(holder, private).open(filed.case.envelope),
        "correspondence": code.open(receipt.correspondence),
        "identity": code.open(receipt.identity.envelope),
    }
    secrets = {
        "tracking code": filed.code.encode(),
        "tracking code, plain": filed.code.replace("-", "").encode(),
        "form token": token,
        "tracker's key": code.private_bytes,
        "officer's key": bytes(private),
        "passphrase": SAMPLE_PASSPHRASE.encode(),
        **{f"key of {name}": bytes(opened._private) for name, opened in envelopes.items()},
        **{name: getattr(settings, name).encode() for name in ("SECRET_KEY", "LOOKUP_KEY", "LEDGER_SEED")},
    }

    assert found({name: spellings(secret) for name, secret in secrets.items()}, traces.whole_database()) == []


@pytest.mark.at("AT-M5-12")
@pytest.mark.parametrize("admin", ["system_admin", "system_admin_2"])
def test_the_administrator_has_no_page_of_a_matter_or_an_identity(filed, client_of, world, admin):
    client, case = client_of(admin), filed.case
    assert client.get(reverse("office:my-work")).status_code == 200

    file = case.evidence.get().file_id
    addresses = [
        reverse("office:record", args=["complaints", case.pk]),
        reverse("office:register", args=["complaints"]),
        reverse("office:register-csv", args=["complaints"]),
        reverse("office:file", args=[file]),
        *[reverse("office:act", args=[a.key(), case.pk]) for a in all_acts() if a.face == "office"],
    ]
    assert {address: client.get(address).status_code for address in addresses} == dict.fromkeys(
        addresses, 404
    )

    actor = Actor.of(world[admin].person)
    for register in all_registers():
        page = client.get(reverse("office:register", args=[register.key]))
        assert page.status_code in (200, 404)
        shown = steps.said(page)
        assert not register.may_see(actor) or filed.number not in shown, register.key
        assert [word for word in everything_said() if word in shown] == [], register.key


@pytest.mark.at("AT-M5-12")
def test_C29_not_even_the_handler_sees_who_sent_it(filed, unlocked_client_of):
    page = steps.said(steps.record_page(unlocked_client_of("center_officer"), filed.case))

    assert STORY["narrative"] in page
    assert ANSWER in page
    assert "ปกปิดข้อมูลเพื่อคุ้มครองผู้ร้องเรียน" in page
    assert [secret for secret in (*IDENTITY.values(), "0817654321", "081-765-4321") if secret in page] == []


def test_C29_no_file_that_goes_out_names_the_sender(filed, unlocked_client_of):
    """Every paper in every form, every table in every format, all files as one: to an officer who may read the matter."""
    officer, case = unlocked_client_of("center_officer"), filed.case
    papers = {
        f"{paper.key}.{kind}": reverse("office:document", args=["complaints", case.pk, paper.key, kind])
        for paper in OFFICE
        for kind in READERS
    }
    tables = {
        f"{register.key}.{kind}": reverse(f"office:register-{kind}", args=[register.key])
        for register in all_registers()
        for kind in ("csv", "xlsx")
    }
    everything = {
        **papers,
        **tables,
        "files.zip": reverse("office:record-files", args=["complaints", case.pk]),
    }
    answers = {name: officer.get(address) for name, address in everything.items()}
    given = {name: text_of(name, answer) for name, answer in answers.items() if answer.status_code == 200}

    for name in ("complaint-screening.pdf", "complaint-refusal.docx", "complaints.csv", "complaints.xlsx"):
        assert flat(filed.number) in given[name] or flat(to_thai(filed.number)) in given[name], name
    assert flat(FILE_NAME) in given["files.zip"]
    secret = [*map(flat, IDENTITY.values()), "0817654321", "081-765-4321"]
    assert [(name, word) for name, text in given.items() for word in secret if word in text] == []


def text_of(name: str, answer) -> str:
    content = b"".join(answer.streaming_content) if answer.streaming else answer.content
    kind = name.rpartition(".")[2]
    if kind in READERS:
        return flat(READERS[kind](content))
    if kind == "csv":
        return flat(content.decode("utf-8-sig"))
    with ZipFile(BytesIO(content)) as packed:
        inside = [packed.read(one).decode(errors="replace") for one in packed.namelist()]
        return flat(" ".join([*packed.namelist(), *inside]))


def test_nothing_of_a_matter_is_shown_to_whoever_has_not_unlocked_the_key(filed, client_of):
    page = steps.said(steps.record_page(client_of("center_officer"), filed.case))

    assert "เนื้อหาปิดผนึกอยู่" in page
    assert [word for word in everything_said() if word in page] == []


@pytest.mark.parametrize(
    "who", ["governor", "head_agency", "supervisor", "damrongtham_officer", "auditor", "dpo"]
)
def test_a_matter_does_not_exist_for_whoever_is_not_of_the_team(filed, client_of, who):
    client = client_of(who)

    assert steps.record_page(client, filed.case).status_code == 404
    assert client.get(reverse("office:file", args=[filed.case.evidence.get().file_id])).status_code == 404
    assert steps.try_act(client, acts.RecordCheck, filed.case, text=steps.REASON).status_code == 404
    assert Client().get(steps.act_url(acts.Assess, filed.case)).status_code == 302, "nobody: the sign-in page"
