#!/usr/bin/env python3
"""ตรวจสอบหลักฐานของระบบโปร่งใสโดยไม่ต้องเชื่อมต่อเครือข่าย — check a Prongsai proof offline.

This one file needs Python 3.9 or later and nothing else. Copy it anywhere and run:

    python3 verify.py proof.json --key VERIFIER_KEY [--document FILE] [--lang en]
    python3 verify.py --consistency old.note new.note proof.json --key VERIFIER_KEY

Exit code: 0 everything verifies; 1 something does not; 2 the input cannot be read; 3 the proof holds together, but no
verifier key was given from outside, so that nothing says who signed it. Take the key from a source you trust (the
agency's printed announcement, its website), not from the proof.

What is checked: the entry's bytes hash to a leaf; the leaf is in the tree of the checkpoint (RFC 9162 §2.1.3.2); the
checkpoint is a C2SP signed note (c2sp.org/tlog-checkpoint) signed with the key (Ed25519, RFC 8032); an opening matches
the entry's commitment; a document's SHA-256 is the one that the entry or its opening names.
"""

from __future__ import annotations

import argparse
import base64
import hashlib
import json
import sys
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

FORMAT = "prongsai-proof/v1"
CONSISTENCY_FORMAT = "prongsai-consistency/v1"
MAX_INTEGER = 2**53 - 1  # the largest that every JSON reader keeps exact
MAX_DEPTH = 100
MAX_INPUT = 16 * 1024 * 1024  # bytes of a proof file; documents may be of any size

# ---------------------------------------------------------------- canonical JSON and commitments


_ENCODER = json.JSONEncoder(ensure_ascii=False, sort_keys=True, separators=(",", ":"), allow_nan=False)


def canonical_json(value: Any) -> bytes:
    """The one byte form of a JSON value: UTF-8, no spaces, object keys sorted by code point, ``"``, ``\\`` and controls
    escaped as JSON requires and nothing else.

    Allowed: objects with string keys, arrays, strings, true, false, null, integers within ±(2^53 - 1). ``ValueError``
    for anything else: floats (money and shares go as strings), other types, lone surrogates.
    """
    _check_json(value, 0)
    return _ENCODER.encode(value).encode("utf-8")


def _check_json(value: Any, depth: int) -> None:
    if value is None or isinstance(value, (str, bool)):
        return
    if depth > MAX_DEPTH:
        raise ValueError("nested too deeply for canonical JSON")
    if isinstance(value, int):
        if abs(value) > MAX_INTEGER:
            raise ValueError("integer beyond 2^53 - 1: write it as a string")
    elif isinstance(value, dict):
        for key, item in value.items():
            if not isinstance(key, str):
                raise ValueError("canonical JSON needs string keys")
            _check_json(item, depth + 1)
    elif isinstance(value, (list, tuple)):
        for item in value:
            _check_json(item, depth + 1)
    else:
        raise ValueError(f"{type(value).__name__} is not allowed in canonical JSON")


def _no_doubles(pairs: list[tuple[str, Any]]) -> dict[str, Any]:
    found = dict(pairs)
    if len(found) != len(pairs):
        raise ValueError("a key stands twice in one object")
    return found


def _no_float(text: str) -> Any:
    raise ValueError(f"not allowed: {text}")


_DECODER = json.JSONDecoder(object_pairs_hook=_no_doubles, parse_float=_no_float, parse_constant=_no_float)


def parse_json(data: str | bytes) -> Any:
    """JSON (UTF-8) without floats or doubled keys. Raises ``ValueError``."""
    try:
        return _DECODER.decode(data if isinstance(data, str) else data.decode("utf-8"))
    except RecursionError:
        raise ValueError("nested too deeply") from None


def commitment(content: dict[str, Any], salt: bytes) -> str:
    """Lower-case hex SHA-256 of ``canonical_json({"content": content, "salt": base64(salt)})``.

    The salt (16 random bytes or more) keeps a short or guessable content from being found by trying.
    """
    whole = {"content": content, "salt": base64.b64encode(salt).decode()}
    return hashlib.sha256(canonical_json(whole)).hexdigest()


def decode_base64(text: str, length: int | None = None) -> bytes:
    """Standard base64, exact: one text for one value. ``ValueError`` otherwise, or when the length differs."""
    data = base64.b64decode(text, validate=True)
    if base64.b64encode(data).decode() != text:
        raise ValueError("not canonical base64")
    if length is not None and len(data) != length:
        raise ValueError(f"{length} bytes expected, {len(data)} found")
    return data


# ---------------------------------------------------------------- Merkle tree (RFC 6962, RFC 9162 §2.1)

EMPTY_ROOT = hashlib.sha256(b"").digest()


def leaf_hash(data: bytes) -> bytes:
    """SHA-256(0x00 || data), 32 bytes."""
    return hashlib.sha256(b"\x00" + data).digest()


def node_hash(left: bytes, right: bytes) -> bytes:
    """SHA-256(0x01 || left || right), 32 bytes."""
    return hashlib.sha256(b"\x01" + left + right).digest()


def verify_inclusion(leaf: bytes, index: int, size: int, proof: list[bytes], root: bytes) -> bool:
    """Whether ``leaf`` (a leaf hash) is number ``index`` (from 0) of the ``size`` leaves under ``root``. RFC 9162 §2.1.3.2."""
    if not 0 <= index < size:
        return False
    fn, sn, found = index, size - 1, leaf
    for sibling in proof:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            found = node_hash(sibling, found)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            found = node_hash(found, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and found == root


def verify_consistency(old: int, new: int, proof: list[bytes], old_root: bytes, new_root: bytes) -> bool:
    """Whether the tree of ``new`` leaves only added to the tree of ``old`` leaves. RFC 9162 §2.1.4.2."""
    if not 0 <= old <= new:
        return False
    if old == 0:
        return not proof and old_root == EMPTY_ROOT and (new > 0 or new_root == EMPTY_ROOT)
    if old == new:
        return not proof and old_root == new_root
    path = list(proof) if old & (old - 1) else [old_root, *proof]
    if not path:
        return False
    fn, sn = old - 1, new - 1
    while fn & 1:
        fn, sn = fn >> 1, sn >> 1
    first = second = path[0]
    for sibling in path[1:]:
        if sn == 0:
            return False
        if fn & 1 or fn == sn:
            first, second = node_hash(sibling, first), node_hash(sibling, second)
            while fn and not fn & 1:
                fn, sn = fn >> 1, sn >> 1
        else:
            second = node_hash(second, sibling)
        fn, sn = fn >> 1, sn >> 1
    return sn == 0 and first == old_root and second == new_root


# ---------------------------------------------------------------- Ed25519, verification only (RFC 8032 §5.1.7)

_P = 2**255 - 19
_L = 2**252 + 27742317777372353535851937790883648493
_D = -121665 * pow(121666, -1, _P) % _P
_SQRT_M1 = pow(2, (_P - 1) // 4, _P)
_Point = tuple  # (X, Y, Z, T): extended homogeneous coordinates, x = X/Z, y = Y/Z, xy = T/Z


def _add(p: _Point, q: _Point) -> _Point:
    a, b = (p[1] - p[0]) * (q[1] - q[0]) % _P, (p[1] + p[0]) * (q[1] + q[0]) % _P
    c, d = 2 * p[3] * q[3] * _D % _P, 2 * p[2] * q[2] % _P
    e, f, g, h = b - a, d - c, d + c, b + a
    return (e * f % _P, g * h % _P, f * g % _P, e * h % _P)


def _multiply(scalar: int, point: _Point) -> _Point:
    total: _Point = (0, 1, 1, 0)
    while scalar:
        if scalar & 1:
            total = _add(total, point)
        point, scalar = _add(point, point), scalar >> 1
    return total


def _decompress(data: bytes) -> _Point | None:
    """The point that 32 bytes encode; ``None`` for a non-canonical encoding or no point of the curve (§5.1.3)."""
    encoded = int.from_bytes(data, "little")
    sign, y = encoded >> 255, encoded & (2**255 - 1)
    if y >= _P:
        return None
    square = (y * y - 1) * pow(_D * y * y + 1, -1, _P) % _P
    x = pow(square, (_P + 3) // 8, _P)
    if (x * x - square) % _P:
        x = x * _SQRT_M1 % _P
    if (x * x - square) % _P or (x == 0 and sign):
        return None
    if x & 1 != sign:
        x = _P - x
    return (x, y, 1, x * y % _P)


def _compress(point: _Point) -> bytes:
    inverse = pow(point[2], -1, _P)
    x, y = point[0] * inverse % _P, point[1] * inverse % _P
    return (y | (x & 1) << 255).to_bytes(32, "little")


_BASE = _decompress((4 * pow(5, -1, _P) % _P).to_bytes(32, "little")) or (0, 1, 1, 0)


def ed25519_verify(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether the 64-byte signature over the message is by the 32-byte public key.

    Strict: refuses S ≥ L (malleable), non-canonical points and keys of small order, as libsodium does. About 10 ms.
    """
    if len(public) != 32 or len(signature) != 64:
        return False
    key, s = _decompress(public), int.from_bytes(signature[32:], "little")
    if key is None or s >= _L or _compress(_multiply(8, key)) == _compress((0, 1, 1, 0)):
        return False
    k = int.from_bytes(hashlib.sha512(signature[:32] + public + message).digest(), "little") % _L
    minus_key = (_P - key[0], key[1], 1, _P - key[3])
    return _compress(_add(_multiply(s, _BASE), _multiply(k, minus_key))) == signature[:32]


# ---------------------------------------------------------------- signed notes and checkpoints (C2SP)

ALG_ED25519 = 1
MAX_SIGNATURES = 100


class NoteError(ValueError):
    """Not a well-formed signed note, checkpoint or key."""


def key_id(name: str, encoded: bytes) -> bytes:
    """First 4 bytes of SHA-256(name || "\\n" || algorithm byte and public key)."""
    return hashlib.sha256(name.encode() + b"\n" + encoded).digest()[:4]


def check_name(name: str) -> str:
    if not name or "+" in name or any(char.isspace() or not char.isprintable() for char in name):
        raise NoteError("a key name is not empty and has no spaces, controls or plus")
    return name


@dataclass(frozen=True)
class VerifierKey:
    """``name+keyid+base64(0x01 || public key)``: what a log publishes so that its notes can be checked."""

    name: str
    public: bytes

    @property
    def id(self) -> bytes:
        return key_id(self.name, bytes([ALG_ED25519]) + self.public)

    @classmethod
    def parse(cls, text: str) -> VerifierKey:
        """Raises :class:`NoteError`, also when the key id does not fit the key."""
        try:
            name, claimed, encoded = text.split("+", 2)
            data = decode_base64(encoded, 33)
        except ValueError:
            raise NoteError("not a verifier key") from None
        if data[0] != ALG_ED25519:
            raise NoteError("not an Ed25519 key")
        found = cls(check_name(name), data[1:])
        if found.id.hex() != claimed:
            raise NoteError("the key id does not fit the key")
        return found

    def __str__(self) -> str:
        encoded = base64.b64encode(bytes([ALG_ED25519]) + self.public).decode()
        return f"{self.name}+{self.id.hex()}+{encoded}"


@dataclass(frozen=True)
class Note:
    """Text (ends with a newline) and its signature lines as (key name, 4-byte key id, signature)."""

    text: str
    signatures: tuple[tuple[str, bytes, bytes], ...]

    @classmethod
    def parse(cls, note: str) -> Note:
        """Splits a note; nothing is verified yet. Raises :class:`NoteError`."""
        if any(
            char != "\n" and (char < " " or char == "\x7f" or "\ud800" <= char <= "\udfff") for char in note
        ):
            raise NoteError("a note has no control characters")
        text, blank, lines = note.rpartition("\n\n")
        if not blank or not lines.endswith("\n"):
            raise NoteError("no signature lines")
        signatures = tuple(_signature_line(line) for line in lines[:-1].split("\n"))
        if len(signatures) > MAX_SIGNATURES:
            raise NoteError("too many signatures")
        return cls(text + "\n", signatures)

    def signed_by(self, key: VerifierKey) -> bool:
        """Whether the key signed, and signed rightly. A line with the key's name and id but a wrong signature spoils it."""
        lines = [sig for name, ident, sig in self.signatures if name == key.name and ident == key.id]
        return bool(lines) and all(ed25519_verify(key.public, self.text.encode(), sig) for sig in lines)


def _signature_line(line: str) -> tuple[str, bytes, bytes]:
    try:
        dash, name, encoded = line.split(" ")
        data = decode_base64(encoded)
    except ValueError:
        raise NoteError("malformed signature line") from None
    if dash != "\u2014" or len(data) < 5:
        raise NoteError("malformed signature line")
    return check_name(name), data[:4], data[4:]


@dataclass(frozen=True)
class Checkpoint:
    """The text of a checkpoint: log origin, tree size, 32-byte root hash, further lines."""

    origin: str
    size: int
    root: bytes
    extensions: tuple[str, ...] = ()

    @classmethod
    def parse(cls, text: str) -> Checkpoint:
        """Raises :class:`NoteError`."""
        lines = text.split("\n")
        if len(lines) < 4 or not all(lines[:-1]) or lines[-1]:
            raise NoteError("a checkpoint has three lines or more, none empty")
        if not (lines[1].isascii() and lines[1].isdigit()) or str(int(lines[1][:20])) != lines[1]:
            raise NoteError("the tree size is not a plain decimal number")
        try:
            root = decode_base64(lines[2], 32)
        except ValueError:
            raise NoteError("the root hash is not 32 bytes of base64") from None
        return cls(lines[0], int(lines[1]), root, tuple(lines[3:-1]))

    def __str__(self) -> str:
        lines = [self.origin, str(self.size), base64.b64encode(self.root).decode(), *self.extensions]
        return "".join(f"{line}\n" for line in lines)


# ---------------------------------------------------------------- reports

VERIFIED, UNPINNED, FAILED = "verified", "unpinned", "failed"


@dataclass(frozen=True)
class Check:
    """One thing looked at. ``ok`` is ``None`` when it was not part of the proof, and so not checked."""

    name: str
    ok: bool | None
    th: str
    en: str


@dataclass
class Report:
    """What was checked, in order. ``pinned``: the signature was checked with a key given from outside the proof."""

    checks: list[Check] = field(default_factory=list)
    pinned: bool = False
    facts: dict[str, str] = field(default_factory=dict)

    @property
    def status(self) -> str:
        if not self.checks or any(check.ok is False for check in self.checks):
            return FAILED
        return VERIFIED if self.pinned else UNPINNED

    @property
    def ok(self) -> bool:
        """Everything verifies, and with a key from outside."""
        return self.status == VERIFIED

    def add(self, name: str, ok: bool | None, th: str, en: str) -> bool:
        self.checks.append(Check(name, ok, th, en))
        return bool(ok)

    def text(self, lang: str = "th") -> str:
        """For people. Anything unprintable in the proof is shown escaped, so that it cannot redraw the screen."""
        marks = {True: "✓", False: "✗", None: "–"}
        lines = [
            _FACTS[lang].get(name, name) + ": " + _printable(value) for name, value in self.facts.items()
        ]
        lines += [
            f"{marks[check.ok]} {_printable(check.th if lang == 'th' else check.en)}" for check in self.checks
        ]
        return "\n".join([*lines, _VERDICTS[lang][self.status]]) + "\n"


_VERDICTS = {
    "th": {
        VERIFIED: "ผลการตรวจสอบ: ถูกต้องทุกข้อที่ตรวจสอบ",
        UNPINNED: "ผลการตรวจสอบ: หลักฐานสอดคล้องกัน แต่ยังไม่ยืนยันผู้ลงนาม โปรดระบุกุญแจของหน่วยงานด้วย --key",
        FAILED: "ผลการตรวจสอบ: ไม่ผ่าน หลักฐานนี้ไม่น่าเชื่อถือ",
    },
    "en": {
        VERIFIED: "Result: every check passes",
        UNPINNED: "Result: the proof holds together, but the signer is not confirmed: give the agency's key with --key",
        FAILED: "Result: FAILED, do not rely on this proof",
    },
}
_FACTS = {
    "th": {
        "log": "บัญชีบันทึก",
        "index": "ลำดับรายการ",
        "size": "จำนวนรายการทั้งหมด",
        "entry": "รายการที่บันทึก",
        "content": "เนื้อหาที่เปิดเผย",
    },
    "en": {
        "log": "Log",
        "index": "Entry number",
        "size": "Entries in the log",
        "entry": "Entry as recorded",
        "content": "Content opened",
    },
}


def _printable(text: str) -> str:
    return "".join(char if char.isprintable() else f"\\u{ord(char):04x}" for char in text)


def _signature(report: Report, note: Note, origin: str, keys: list[str], shown: str | None) -> None:
    """The note must be signed by one of the keys that bear the log's name; without keys, by the one the proof shows."""
    report.pinned = bool(keys)
    given = [VerifierKey.parse(key) for key in keys or ([shown] if shown else [])]
    good = [key for key in given if key.name == origin and note.signed_by(key)]
    if not given:
        report.add(
            "signature", None, "มิได้ตรวจลายมือชื่อ เนื่องจากไม่มีกุญแจ", "signature not checked: there is no key"
        )
    elif not good:
        report.add(
            "signature", False, "ลายมือชื่อของจุดตรวจสอบไม่ถูกต้อง", "the checkpoint is not signed by the key"
        )
    elif keys:
        report.add("signature", True, f"ลายมือชื่อถูกต้องตามกุญแจ {good[0]}", f"signed by the key {good[0]}")
    else:
        report.add(
            "signature",
            True,
            f"ลายมือชื่อตรงกับกุญแจที่แนบมาในหลักฐานเอง ({good[0]}) ซึ่งไม่ยืนยันว่าผู้ใดเป็นผู้ลงนาม",
            f"signed by the key that the proof itself carries ({good[0]}); this does not say whose key it is: NOT PINNED",
        )


# ---------------------------------------------------------------- bundles


def verify_bundle(bundle: dict[str, Any], *, keys: list[str], document: bytes | None = None) -> Report:
    """Check a ``prongsai-proof/v1``.

    Members: ``format``; ``log`` (origin); ``entry`` (the leaf: canonical JSON of an object, as a string); ``leaf_index``;
    ``inclusion`` (base64 hashes); ``checkpoint`` (signed note); ``opening`` ``{"salt": base64, "content": {…}}`` or null;
    ``document_sha256`` (hex) or null; ``key`` (verifier key, for display) or absent. A malformed bundle or key raises
    ``ValueError``; a well-formed one that does not verify gives a report that says where.
    """
    report = Report()
    try:
        _check_bundle(
            report, bundle, keys, None if document is None else hashlib.sha256(document).hexdigest()
        )
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"malformed proof: {error!r}") from None
    return report


def _check_bundle(report: Report, bundle: dict[str, Any], keys: list[str], document: str | None) -> None:
    if bundle["format"] != FORMAT:
        raise ValueError(f"unknown format: {bundle['format']!r}")
    note = Note.parse(bundle["checkpoint"])
    checkpoint = Checkpoint.parse(note.text)
    data, index = bundle["entry"].encode("utf-8"), bundle["leaf_index"]
    if type(index) is not int:
        raise ValueError("leaf_index is not a whole number")
    report.facts.update(
        log=checkpoint.origin, index=str(index), size=str(checkpoint.size), entry=bundle["entry"]
    )
    report.add(
        "origin",
        bundle["log"] == checkpoint.origin,
        f"จุดตรวจสอบเป็นของบัญชีบันทึก {checkpoint.origin}",
        f"the checkpoint is of the log {checkpoint.origin}",
    )
    _signature(report, note, checkpoint.origin, keys, bundle.get("key"))
    entry = _entry(report, data)
    proof = [decode_base64(item, 32) for item in bundle["inclusion"]]
    included = verify_inclusion(leaf_hash(data), index, checkpoint.size, proof, checkpoint.root)
    report.add(
        "inclusion",
        included,
        f"รายการนี้เป็นลำดับที่ {index} ในจำนวน {checkpoint.size} รายการของจุดตรวจสอบ",
        f"the entry is number {index} of the {checkpoint.size} under the checkpoint",
    )
    content = _opening(report, entry, bundle.get("opening"))
    _document(report, [entry, content], bundle.get("document_sha256"), document)


def _entry(report: Report, data: bytes) -> dict[str, Any]:
    """The entry as an object; it must be in canonical form, so that no reader can see it otherwise."""
    try:
        entry = parse_json(data)
        canonical = isinstance(entry, dict) and canonical_json(entry) == data
    except ValueError:
        entry, canonical = {}, False
    report.add("entry", canonical, "รายการอยู่ในรูปแบบมาตรฐาน", "the entry is in canonical form")
    return entry if canonical else {}


def _opening(report: Report, entry: dict[str, Any], opening: dict[str, Any] | None) -> dict[str, Any]:
    if opening is None:
        report.add("opening", None, "หลักฐานนี้มิได้เปิดเผยเนื้อหา", "the proof does not open the content")
        return {}
    content = opening["content"]
    found = commitment(content, decode_base64(opening["salt"]))
    report.facts["content"] = canonical_json(content).decode()
    ok = isinstance(content, dict) and entry.get("commitment") == found
    report.add(
        "opening", ok, "เนื้อหาที่เปิดเผยตรงกับพันธสัญญาในรายการ", "the opened content matches the entry's commitment"
    )
    return content if ok else {}


def _document(
    report: Report, sources: list[dict[str, Any]], claimed: str | None, document: str | None
) -> None:
    """The hashes that count are those in the entry or in the verified opening; the bundle's own is only a claim."""
    bound = {value for source in sources for value in _document_hashes(source)}
    if claimed is not None and claimed not in bound:
        report.add(
            "claim",
            False,
            "รายการมิได้ระบุเอกสารที่หลักฐานอ้างถึง",
            "the entry does not name the document that the proof claims",
        )
    if document is not None:
        report.add(
            "document",
            document in bound,
            f"เอกสารที่ให้มาตรงกับรายการ (SHA-256 {document})",
            f"the document is the one recorded (SHA-256 {document})",
        )
    elif bound:
        report.add(
            "document",
            None,
            "มิได้ตรวจเอกสาร โปรดระบุไฟล์ด้วย --document",
            "document not checked: give it with --document",
        )


def _document_hashes(source: dict[str, Any]) -> list[str]:
    """``document_sha256``, and the ``sha256`` of each item of ``documents``."""
    listed = source.get("documents")
    items = (
        [item.get("sha256") for item in listed if isinstance(item, dict)] if isinstance(listed, list) else []
    )
    return [value for value in [source.get("document_sha256"), *items] if isinstance(value, str)]


def verify_consistency_bundle(old: str, new: str, bundle: dict[str, Any], *, keys: list[str]) -> Report:
    """Check that the log only grew between two signed checkpoints.

    ``bundle`` is a ``prongsai-consistency/v1``: ``format``, ``log``, ``old_size``, ``new_size``, ``consistency`` (base64
    hashes), ``key`` (for display) or absent. Malformed input raises ``ValueError``.
    """
    report = Report()
    try:
        if bundle["format"] != CONSISTENCY_FORMAT:
            raise ValueError(f"unknown format: {bundle['format']!r}")
        notes = [Note.parse(old), Note.parse(new)]
        first, second = (Checkpoint.parse(note.text) for note in notes)
        proof = [decode_base64(item, 32) for item in bundle["consistency"]]
        same = bundle["log"] == first.origin == second.origin
        sizes = (bundle["old_size"], bundle["new_size"]) == (first.size, second.size)
        report.facts.update(log=second.origin, size=f"{first.size} → {second.size}")
        report.add(
            "origin",
            same and sizes,
            "จุดตรวจสอบทั้งสองเป็นของบัญชีบันทึกเดียวกัน",
            "both checkpoints are of the log in the proof",
        )
        for note in notes:
            _signature(report, note, first.origin, keys, bundle.get("key"))
    except (KeyError, TypeError, AttributeError) as error:
        raise ValueError(f"malformed proof: {error!r}") from None
    grew = verify_consistency(first.size, second.size, proof, first.root, second.root)
    report.add(
        "consistency",
        grew,
        f"รายการเดิมทั้ง {first.size} รายการยังคงอยู่โดยมิได้แก้ไข",
        f"all {first.size} earlier entries are still there, unchanged",
    )
    return report


# ---------------------------------------------------------------- command line


def _parser() -> argparse.ArgumentParser:
    parser = argparse.ArgumentParser(
        prog="verify", description="ตรวจสอบหลักฐานของระบบโปร่งใส / check a Prongsai proof offline"
    )
    parser.add_argument(
        "files",
        nargs="+",
        metavar="FILE",
        help="proof.json, or old.note new.note proof.json with --consistency",
    )
    parser.add_argument(
        "--key", action="append", default=[], help="verifier key from a source you trust; may be repeated"
    )
    parser.add_argument("--document", type=Path, help="the published file to compare")
    parser.add_argument(
        "--consistency", action="store_true", help="check that a log only grew between two checkpoints"
    )
    parser.add_argument("--lang", choices=["th", "en"], default="th")
    return parser


def _read(path: str) -> str:
    with Path(path).open("rb") as file:
        data = file.read(MAX_INPUT + 1)
    if len(data) > MAX_INPUT:
        raise ValueError(f"{path}: too large to be a proof")
    return data.decode("utf-8")


def _run(options: argparse.Namespace) -> Report:
    if options.consistency:
        old, new, proof = options.files
        return verify_consistency_bundle(_read(old), _read(new), parse_json(_read(proof)), keys=options.key)
    document = options.document.read_bytes() if options.document else None
    return verify_bundle(parse_json(_read(options.files[0])), keys=options.key, document=document)


def main(argv: list[str] | None = None) -> int:
    """Run the command; returns the exit code (see the top of this file)."""
    for stream in (sys.stdout, sys.stderr):
        if hasattr(stream, "reconfigure"):
            stream.reconfigure(encoding="utf-8")  # Thai on any console
    parser = _parser()
    options = parser.parse_args(argv)
    if len(options.files) != (3 if options.consistency else 1):
        parser.error("proof.json, or --consistency old.note new.note proof.json")
    try:
        report = _run(options)
    except (OSError, ValueError) as error:
        start = "อ่านหลักฐานไม่ได้" if options.lang == "th" else "cannot read the proof"
        sys.stderr.write(f"{start}: {_printable(str(error))}\n")
        return 2
    sys.stdout.write(report.text(options.lang))
    return {VERIFIED: 0, FAILED: 1, UNPINNED: 3}[report.status]


if __name__ == "__main__":
    sys.exit(main())
