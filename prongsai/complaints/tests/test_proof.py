"""The proof of filing: whoever holds it and the copy can show, without us, what was filed and that nobody changed it."""

from __future__ import annotations

import hashlib
import json
import subprocess
import sys

import pytest
from django.test import Client
from django.urls import reverse

from prongsai import ledger
from prongsai.complaints.tests import steps
from prongsai.tlog import verify
from prongsai.tlog.verify import verify_bundle

pytestmark = pytest.mark.django_db


@pytest.fixture
def filed(world):
    return steps.file_complaint(accused_name="นายสมมติ", files=[steps.pdf("น้ํามัน.pdf")])


def papers(client: Client, page: str) -> tuple[dict, bytes]:
    """Proof and copy as a browser downloads them from ``receipt`` or ``matter``."""
    proof = client.get(reverse(f"complaints:{page}-proof"))
    copy = client.get(reverse(f"complaints:{page}-copy"))
    assert (proof.status_code, copy.status_code) == (200, 200)
    assert "attachment" in proof["Content-Disposition"]
    assert "no-store" in copy["Cache-Control"]
    return json.loads(proof.content), copy.content


def holds(proof: dict, copy: bytes) -> bool:
    return verify_bundle(proof, keys=[ledger.verifier_key()], document=copy).ok


def test_the_proof_covers_the_copy_to_the_byte(filed):
    proof, copy = papers(filed.client, "receipt")

    assert holds(proof, copy)
    for position in (0, len(copy) // 2, len(copy) - 1):
        changed = bytearray(copy)
        changed[position] ^= 1
        assert not holds(proof, bytes(changed)), position
    assert not holds(proof, copy + b"\n")
    assert not holds(proof, copy.replace("เรียกรับเงิน".encode(), "มิได้เรียกรับเงิน".encode()))


def test_a_changed_proof_fails(filed):
    proof, copy = papers(filed.client, "receipt")
    content = proof["opening"]["content"]
    other_day = {**content, "content": {**content["content"], "received_at": "2020-01-01T00:00:00+07:00"}}

    assert content["content"]["received_at"]
    assert not holds({**proof, "opening": {**proof["opening"], "content": other_day}}, copy)
    assert not holds({**proof, "document_sha256": hashlib.sha256(b"x").hexdigest()}, b"x")
    assert not holds({**proof, "entry": proof["entry"].replace("file_complaint", "file_complainu")}, copy)
    foreign = "other.example+" + ledger.verifier_key().split("+", 1)[1]
    with pytest.raises(ValueError, match="key"):
        verify_bundle(proof, keys=[foreign], document=copy)


def test_the_copy_says_all_that_was_filed(filed):
    _proof, copy = papers(filed.client, "receipt")
    text = copy.decode()

    for said in (steps.NARRATIVE, steps.NAME, steps.ADDRESS, "นายสมมติ", "ให้ตรวจสอบข้อเท็จจริง", "น้ํามัน.pdf"):
        assert said in text, said
    assert "เหตุแห่งการร้องเรียน: ละเลยหน้าที่ตามที่กฎหมายกำหนดให้ต้องปฏิบัติ" in text


def test_the_proof_itself_names_nobody_and_tells_nothing(filed):
    proof, _copy = papers(filed.client, "receipt")
    text = json.dumps(proof, ensure_ascii=False)

    assert filed.number in text
    for secret in (steps.NARRATIVE, steps.NAME, steps.ADDRESS, steps.EMAIL, "นายสมมติ", "น้ํามัน", filed.code):
        assert secret not in text, secret


def test_the_same_papers_come_with_number_and_code_later(filed, client_of):
    at_filing = papers(filed.client, "receipt")
    steps.sign(filed)
    steps.screen(client_of("center_officer"), filed.case)
    ledger.integrate()

    proof, copy = papers(steps.tracking(filed), "matter")

    assert copy == at_filing[1]
    assert proof["entry"] == at_filing[0]["entry"]
    assert holds(proof, copy)
    assert holds(at_filing[0], copy), "an old proof holds under the checkpoint of its day"


def test_a_filing_in_english_has_the_same_thai_copy_and_its_receipt(world):
    client = Client()
    page = client.get("/en/complaints/new/")
    token = page.content.decode().partition('name="token" value="')[2].partition('"')[0]

    answer = client.post("/en/complaints/new/", steps.complaint(token=token))

    assert answer.status_code == 303
    receipt = client.get(answer["Location"])
    assert receipt.status_code == 200
    copy = client.get("/en/complaints/receipt/copy.txt").content.decode()
    assert "เหตุแห่งการร้องเรียน: ละเลยหน้าที่" in copy
    assert "คำขอ: ให้ตรวจสอบข้อเท็จจริง" in copy


def test_the_single_file_verifier_says_so_without_this_house(filed, tmp_path):
    proof, copy = papers(filed.client, "receipt")
    (tmp_path / "proof.json").write_text(json.dumps(proof), encoding="utf-8")
    (tmp_path / "copy.txt").write_bytes(copy)
    (tmp_path / "changed.txt").write_bytes(copy.replace(b"\n", b" \n", 1))

    def run(document: str) -> int:
        command = [sys.executable, "-I", verify.__file__, "proof.json", "--key", ledger.verifier_key()]
        return subprocess.run(
            [*command, "--document", document], cwd=tmp_path, capture_output=True
        ).returncode

    assert [run("copy.txt"), run("changed.txt")] == [0, 1]
