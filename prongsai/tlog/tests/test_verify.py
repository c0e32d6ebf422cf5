import base64
import contextlib
import copy
import hashlib
import json
import shutil
import subprocess
import sys
from collections.abc import Callable
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from prongsai.tlog import verify
from prongsai.tlog.canonical import canonical_json, commitment, new_salt, parse_json
from prongsai.tlog.note import Checkpoint, Signer, sign_checkpoint
from prongsai.tlog.tree import Tree, leaf_hash
from prongsai.tlog.verify import verify_bundle, verify_consistency_bundle

DOCUMENT = "แผนจัดซื้อจัดจ้าง ๒๕๖๓".encode()
SIGNER = Signer("ledger.example.go.th/51", bytes(range(32)))
KEY = str(SIGNER.verifier_key)
OTHER = str(Signer(SIGNER.name, bytes(32)).verifier_key)
Bundle = dict[str, Any]


def b64(data: bytes) -> str:
    return base64.b64encode(data).decode()


def sealed(leaves: list[bytes], size: int) -> tuple[Tree, str]:
    grown = Tree(leaf_hash(leaf) for leaf in leaves)
    return grown, sign_checkpoint(Checkpoint(SIGNER.name, size, grown.root(size)), SIGNER)


def make(size: int = 11, index: int = 5, *, opened: bool = True) -> Bundle:
    salt, digest = bytes(16), hashlib.sha256(DOCUMENT).hexdigest()
    content = {"title": "เผยแพร่แผน", "document_sha256": digest, "amount": "3000.00", "clauses": ["M4.1"]}
    entry = canonical_json({"kind": "publish", "n": index, "commitment": commitment(content, salt)})
    leaves = [canonical_json({"n": n}) if n != index else entry for n in range(size)]
    grown, note = sealed(leaves, size)
    return {
        "format": "prongsai-proof/v1",
        "log": SIGNER.name,
        "entry": entry.decode(),
        "leaf_index": index,
        "inclusion": [b64(item) for item in grown.inclusion_proof(index)],
        "checkpoint": note,
        "opening": {"salt": b64(salt), "content": content} if opened else None,
        "document_sha256": digest if opened else None,
        "key": KEY,
    }


JSON = st.recursive(
    st.none() | st.booleans() | st.integers(-(2**53) + 1, 2**53 - 1) | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(max_size=5), inner, max_size=4),
    max_leaves=15,
)


@given(JSON)
def test_canonical_json_reads_back_and_has_one_form(value: Any) -> None:
    data = canonical_json(value)
    assert parse_json(data) == value
    assert canonical_json(parse_json(json.dumps(value, indent=2).encode())) == data


def test_canonical_json_form() -> None:
    assert (
        canonical_json({"ข": [1, True, None], "ก": 'a"\n\u007f'})
        == '{"ก":"a\\"\\n\u007f","ข":[1,true,null]}'.encode()
    )


@pytest.mark.parametrize(
    "value", [1.0, float("nan"), {1: "a"}, 2**53, {"a": {"b": b""}}, "\ud800", {"a": 0.5}]
)
def test_canonical_json_refuses_what_has_no_one_form(value: Any) -> None:
    with pytest.raises(ValueError):
        canonical_json(value)


@pytest.mark.parametrize("text", ['{"a":1,"a":2}', "1.5", "NaN", "[" * 100_000])
def test_json_with_two_readings_is_refused(text: str) -> None:
    with pytest.raises(ValueError):
        parse_json(text)


def test_commitment_is_what_the_format_says() -> None:
    salt = bytes(range(16))
    text = '{"content":{"a":"ก"},"salt":"AAECAwQFBgcICQoLDA0ODw=="}'
    assert commitment({"a": "ก"}, salt) == hashlib.sha256(text.encode()).hexdigest()
    assert commitment({"a": "ก"}, new_salt()) != commitment({"a": "ก"}, new_salt())


@pytest.mark.parametrize(("size", "index"), [(1, 0), (2, 1), (8, 3), (11, 5), (11, 10)])
def test_a_right_bundle_verifies(size: int, index: int) -> None:
    report = verify_bundle(make(size, index), keys=[OTHER, KEY], document=DOCUMENT)
    assert report.ok
    assert {check.name: check.ok for check in report.checks} == dict.fromkeys(
        ["origin", "signature", "entry", "inclusion", "opening", "document"], True
    )


def test_without_opening_or_document_the_report_says_what_was_not_checked() -> None:
    report = verify_bundle(make(opened=False), keys=[KEY])
    assert report.ok
    assert [check.name for check in report.checks if check.ok is None] == ["opening"]
    assert "มิได้เปิดเผยเนื้อหา" in report.text()
    report = verify_bundle(make(), keys=[KEY])
    assert report.ok
    assert "มิได้ตรวจเอกสาร" in report.text()


def test_a_key_from_the_bundle_pins_nothing() -> None:
    report = verify_bundle(make(), keys=[])
    assert (report.ok, report.status) == (False, "unpinned")
    assert "กุญแจที่แนบมาในหลักฐานเอง" in report.text("th")
    assert "NOT PINNED" in report.text("en")


def set_(name: str, value: Any) -> Callable[[Bundle], None]:
    return lambda bundle: bundle.update({name: value})


def change_entry(bundle: Bundle) -> None:
    bundle["entry"] = bundle["entry"].replace("publish", "publisH")


def change_content(bundle: Bundle) -> None:
    bundle["opening"]["content"]["amount"] = "300.00"


def claim_another_document(bundle: Bundle) -> None:
    bundle["document_sha256"] = hashlib.sha256(b"another").hexdigest()


def borrow_a_checkpoint(bundle: Bundle) -> None:
    bundle["checkpoint"] = sealed([b"{}"] * 11, 11)[1]


def rename_the_log(bundle: Bundle) -> None:
    other = Signer("other.example", SIGNER.seed)
    checkpoint = Checkpoint.parse(bundle["checkpoint"].split("\n\n")[0] + "\n")
    bundle["checkpoint"] = sign_checkpoint(Checkpoint(other.name, checkpoint.size, checkpoint.root), SIGNER)
    bundle["log"] = other.name


@pytest.mark.parametrize(
    ("spoil", "name"),
    [
        (change_entry, "inclusion"),
        (set_("leaf_index", 4), "inclusion"),
        (set_("leaf_index", 11), "inclusion"),
        (set_("inclusion", []), "inclusion"),
        (borrow_a_checkpoint, "inclusion"),
        (set_("log", "other.example"), "origin"),
        (rename_the_log, "signature"),  # a note of another log is no note of this one, even by the same key
        (change_content, "opening"),
        (claim_another_document, "claim"),
    ],
)
def test_a_changed_bundle_fails_at_the_right_place(spoil: Callable[[Bundle], None], name: str) -> None:
    bundle = make()
    spoil(bundle)
    report = verify_bundle(bundle, keys=[KEY])
    assert report.status == "failed"
    assert name in [check.name for check in report.checks if check.ok is False]
    assert "ไม่ผ่าน" in report.text()


def test_another_document_or_key_fails() -> None:
    assert verify_bundle(make(), keys=[KEY], document=DOCUMENT + b" ").status == "failed"
    assert verify_bundle(make(opened=False), keys=[KEY], document=DOCUMENT).status == "failed"
    assert verify_bundle(make(), keys=[OTHER]).status == "failed"


def test_an_entry_that_can_be_read_in_two_ways_fails() -> None:
    """The operator itself could log an entry with doubled keys, and show one reading today and another tomorrow."""
    entry = '{"a":1,"a":2}'
    grown, note = sealed([entry.encode()], 1)
    bundle = make(opened=False) | {"entry": entry, "leaf_index": 0, "inclusion": [], "checkpoint": note}
    assert len(grown) == 1
    report = verify_bundle(bundle, keys=[KEY])
    assert [check.name for check in report.checks if check.ok is False] == ["entry"]


STRING_MEMBERS = ["log", "entry", "checkpoint", "document_sha256"]


@given(st.sampled_from(STRING_MEMBERS), st.integers(0, 10_000), st.integers(1, 6))
@settings(max_examples=150)
def test_no_changed_character_passes(name: str, place: int, bit: int) -> None:
    bundle = make()
    text = bundle[name]
    place %= len(text)
    bundle[name] = text[:place] + chr(ord(text[place]) ^ (1 << bit)) + text[place + 1 :]
    with contextlib.suppress(ValueError):
        assert not verify_bundle(bundle, keys=[KEY]).ok


MEMBERS = [*STRING_MEMBERS, "format", "leaf_index", "inclusion", "opening", "key"]


@given(st.sampled_from(MEMBERS), JSON, st.booleans())
@settings(max_examples=200)
def test_nonsense_is_a_value_error_or_a_failed_report(name: str, value: Any, missing: bool) -> None:
    bundle = make()
    original = bundle.pop(name)
    if not missing:
        bundle[name] = value
    harmless = name == "key" or (name in ("opening", "document_sha256") and bundle.get(name) is None)
    try:
        report = verify_bundle(bundle, keys=[KEY])
    except ValueError:
        return
    assert harmless or value == original or not report.ok


def test_the_screen_cannot_be_redrawn_by_a_proof() -> None:
    entry = canonical_json({"note": "\u009b2J\u202eevil"})
    _, note = sealed([entry], 1)
    bundle = make(opened=False) | {
        "entry": entry.decode(),
        "leaf_index": 0,
        "inclusion": [],
        "checkpoint": note,
    }
    shown = verify_bundle(bundle, keys=[KEY]).text()
    assert "\\u009b2J\\u202eevil" in shown
    assert all(char.isprintable() or char == "\n" for char in shown)


def consistency(old: int, new: int) -> tuple[str, str, Bundle]:
    leaves = [canonical_json({"n": n}) for n in range(new)]
    grown, later = sealed(leaves, new)
    proof = [b64(item) for item in grown.consistency_proof(old, new)]
    bundle = {
        "format": "prongsai-consistency/v1",
        "log": SIGNER.name,
        "old_size": old,
        "new_size": new,
        "consistency": proof,
    }
    return sealed(leaves, old)[1], later, bundle


def test_a_log_that_only_grew() -> None:
    old, new, bundle = consistency(5, 13)
    assert verify_consistency_bundle(old, new, bundle, keys=[KEY]).ok
    assert verify_consistency_bundle(old, new, bundle, keys=[]).status == "unpinned"
    rewritten = sealed([b"{}"] * 5, 5)[1]
    report = verify_consistency_bundle(rewritten, new, bundle, keys=[KEY])
    assert [check.name for check in report.checks if check.ok is False] == ["consistency"]
    assert not verify_consistency_bundle(new, old, bundle, keys=[KEY]).ok
    with pytest.raises(ValueError):
        verify_consistency_bundle(old, new, make(), keys=[KEY])


def run(folder: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    """The verifier as a citizen has it: one copied file, an isolated interpreter without any package."""
    script = folder / "verify.py"
    shutil.copy(verify.__file__, script)
    command = [sys.executable, "-I", "-S", str(script), *arguments]
    return subprocess.run(command, capture_output=True, encoding="utf-8", cwd=folder, check=False)


def test_the_copied_file_alone(tmp_path: Path) -> None:
    bundle = make()
    (tmp_path / "proof.json").write_text(json.dumps(bundle), encoding="utf-8")
    (tmp_path / "แผน.pdf").write_bytes(DOCUMENT)
    done = run(tmp_path, "proof.json", "--key", KEY, "--document", "แผน.pdf")
    assert (done.returncode, done.stderr) == (0, "")
    assert "ถูกต้องทุกข้อที่ตรวจสอบ" in done.stdout
    assert "เผยแพร่แผน" in done.stdout
    done = run(tmp_path, "proof.json", "--lang", "en")
    assert done.returncode == 3
    assert "NOT PINNED" in done.stdout
    (tmp_path / "แผน.pdf").write_bytes(DOCUMENT + b"!")
    assert run(tmp_path, "proof.json", "--key", KEY, "--document", "แผน.pdf").returncode == 1
    spoiled = copy.deepcopy(bundle)
    change_entry(spoiled)
    (tmp_path / "proof.json").write_text(json.dumps(spoiled), encoding="utf-8")
    assert run(tmp_path, "proof.json", "--key", KEY).returncode == 1
    (tmp_path / "proof.json").write_text("{}", encoding="utf-8")
    done = run(tmp_path, "proof.json", "--key", KEY)
    assert (done.returncode, done.stdout) == (2, "")
    assert run(tmp_path, "missing.json", "--key", KEY).returncode == 2


def test_the_copied_file_alone_on_two_checkpoints(tmp_path: Path) -> None:
    old, new, bundle = consistency(3, 8)
    for name, text in (("old.note", old), ("new.note", new), ("proof.json", json.dumps(bundle))):
        (tmp_path / name).write_text(text, encoding="utf-8", newline="")
    done = run(tmp_path, "--consistency", "old.note", "new.note", "proof.json", "--key", KEY, "--lang", "en")
    assert done.returncode == 0, done.stderr
    assert "all 3 earlier entries are still there" in done.stdout
    assert run(tmp_path, "--consistency", "new.note", "old.note", "proof.json", "--key", KEY).returncode == 1
    assert run(tmp_path, "--consistency", "proof.json", "--key", KEY).returncode == 2
