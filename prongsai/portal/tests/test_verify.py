"""A citizen takes a proof home, brings it back, and is told in words whether it holds."""

import json
import subprocess
import sys
from collections.abc import Callable
from hashlib import sha256
from pathlib import Path
from typing import Any

import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client

from prongsai import ledger
from prongsai.portal.tests.reading import text_of

DOCUMENT = "คำรับรองว่าไม่มีเรื่องร้องเรียน".encode()


@pytest.fixture
def proof(done: Callable[..., int], client: Client) -> bytes:
    entry = done("M5.2.5", content={"document_sha256": sha256(DOCUMENT).hexdigest()})
    return client.get(f"/evidence/{entry}/proof.json").content


def asked(client: Client, **data: Any) -> str:
    response = client.post("/verify/", data)
    assert response.status_code == 200 and response.headers["Cache-Control"] == "no-store"
    return text_of(response.content.decode())


def as_file(content: bytes, name: str = "proof.json") -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, "application/json")


def test_a_downloaded_proof_verifies_as_file_and_as_text(proof: bytes, client: Client) -> None:
    for words in (asked(client, file=as_file(proof)), asked(client, text=proof.decode())):
        assert "ถูกต้องครบถ้วน" in words
        assert "สิ่งที่บันทึกรับรองว่าไม่มีเรื่องร้องเรียน" in words and "M5.2.5" in words
        assert "มิได้ตรวจเอกสาร เพราะมิได้แนบไฟล์เอกสารมาด้วย" in words


def test_the_document_must_be_the_one_on_record(proof: bytes, client: Client) -> None:
    right = asked(client, file=as_file(proof), document=as_file(DOCUMENT, "คำรับรอง.txt"))
    wrong = asked(client, file=as_file(proof), document=as_file(DOCUMENT + b" ", "คำรับรอง.txt"))

    assert "ถูกต้องครบถ้วน" in right and "มิได้ตรวจ" not in right
    assert "ไม่ผ่านการตรวจสอบ" in wrong


def test_a_changed_proof_fails_and_says_where(proof: bytes, client: Client) -> None:
    changed = json.loads(proof)
    changed["entry"] = changed["entry"].replace("M5.2.5", "M5.2.4")

    assert "ไม่ผ่าน รายการนี้เป็นลำดับที่" in asked(client, text=json.dumps(changed))


@pytest.mark.parametrize(
    "text", ["{}", "[1, 2", "null", '{"format": "other"}', "\x00", '{"log": 1, "log": 2}', "ก"]
)
def test_what_is_no_proof_is_said_to_be_none_and_kept(text: str, province: Any, client: Client) -> None:
    response = client.post("/verify/", {"text": text})

    assert response.status_code == 200
    assert 'role="alert"' in response.content.decode()
    assert text == "\x00" or text.replace('"', "&quot;") in response.content.decode()


def test_nothing_and_too_much_are_refused_with_a_word(province: Any, client: Client) -> None:
    assert "โปรดแนบไฟล์หลักฐาน" in asked(client)
    assert "ไม่เกิน 5 เมกะไบต์" in asked(client, file=as_file(b"{" + b" " * (5 * 1024 * 1024)))


def test_the_same_proof_verifies_offline_with_the_published_program_and_key(
    proof: bytes, client: Client, tmp_path: Path
) -> None:
    page = text_of(client.get("/verify/").content.decode())
    (tmp_path / "proof.json").write_bytes(proof)
    (tmp_path / "verify.py").write_bytes(client.get("/verify/verify.py").content)
    command = [
        sys.executable,
        "-I",
        "verify.py",
        "proof.json",
        "--key",
        ledger.verifier_key(),
        "--lang",
        "en",
    ]
    done = subprocess.run(command, cwd=tmp_path, capture_output=True, check=False)

    assert ledger.verifier_key() in page
    assert (done.returncode, done.stderr) == (0, b"")
