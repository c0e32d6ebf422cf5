import base64

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

from prongsai.tlog.note import (
    Checkpoint,
    Note,
    NoteError,
    Signer,
    VerifierKey,
    add_signatures,
    open_checkpoint,
    open_note,
    sign_checkpoint,
    sign_note,
)
from prongsai.tlog.verify import ed25519_verify

# From the documentation of golang.org/x/mod/sumdb/note.
PETER = "PRIVATE+KEY+PeterNeumann+c74f20a3+AYEKFALVFGyNhPJEMzD1QIDr+Y7hfZx09iUvxdXHKDFz"
PETER_VERIFIER = "PeterNeumann+c74f20a3+ARpc2QcUPDhMQegwxbzhKqiBfsVkmqq/LDE4izWy10TW"
ENOCH_VERIFIER = "EnochRoot+af0cfe78+ATtqJ7zOtqQtYqOo0CpvDXNlMhV3HeJDpjrASKGLWdop"
TEXT = "If you think cryptography is the answer to your problem,\nthen you don't know what your problem is.\n"
PETER_LINE = "— PeterNeumann x08go/ZJkuBS9UG/SffcvIAQxVBtiFupLLr8pAcElZInNIuGUgYN1FFYC2pZSNXgKvqfqdngotpRZb6KE6RyyBwJnAM=\n"
ENOCH_LINE = "— EnochRoot rwz+eBzmZa0SO3NbfRGzPCpDckykFXSdeX+MNtCOXm2/5n2tiOHp+vAF1aGrQ5ovTG01oOTGwnWLox33WWd1RvMc+QQ=\n"
# From c2sp.org/signed-note.
FOO_VERIFIER = "example.com/foo+530d903a+AekyeRrm56hApGFkyQR4ZCbV54Id2LKaANYcrnKv3U2k"
FOO_NOTE = (
    "This is an example message.\n\n"
    "— example.com/foo Uw2QOkn8srV1yJGh2VYRlL1Tnagv1YEq6TfXppzi2ONncAlTgK7Ztg1ERYNZXsYjOBH3mFXmRKuwHjG1Yu72IneyaQM=\n"
)
SEEDS = st.binary(min_size=32, max_size=32)
L = 2**252 + 27742317777372353535851937790883648493


def test_published_key_and_note_byte_for_byte() -> None:
    signer = Signer.parse(PETER)
    assert str(signer.verifier_key) == PETER_VERIFIER
    assert signer.encode() == PETER
    assert sign_note(TEXT, signer) == f"{TEXT}\n{PETER_LINE}"
    assert "YEKFALVFG" not in repr(signer)


def test_published_notes_verify() -> None:
    keys = [VerifierKey.parse(key) for key in (PETER_VERIFIER, ENOCH_VERIFIER)]
    assert open_note(f"{TEXT}\n{PETER_LINE}{ENOCH_LINE}", keys) == (TEXT, keys)
    foo = VerifierKey.parse(FOO_VERIFIER)
    assert open_note(FOO_NOTE, [foo]) == ("This is an example message.\n", [foo])
    with pytest.raises(NoteError, match="not signed by a known key"):
        open_note(FOO_NOTE, keys)


def test_published_checkpoint_parses() -> None:
    """The example of c2sp.org/tlog-checkpoint."""
    text = "example.com/behind-the-sofa\n20852163\nCsUYapGGPo4dkMgIAUqom/Xajj7h2fB2MPA3j2jxq2I=\n"
    found = Checkpoint.parse(text)
    assert (found.origin, found.size, found.root.hex()[:8]) == (
        "example.com/behind-the-sofa",
        20852163,
        "0ac5186a",
    )
    assert str(found) == text


def test_every_changed_character_of_a_note_is_noticed() -> None:
    note, key = f"{TEXT}\n{PETER_LINE}", VerifierKey.parse(PETER_VERIFIER)
    for place, char in enumerate(note):
        spoiled = note[:place] + chr(ord(char) ^ 1) + note[place + 1 :]
        with pytest.raises(NoteError):
            open_note(spoiled, [key])


@pytest.mark.parametrize("key", [PETER, PETER_VERIFIER])
def test_every_changed_character_of_a_key_is_noticed(key: str) -> None:
    parse = Signer.parse if key is PETER else VerifierKey.parse
    for place, char in enumerate(key):
        with pytest.raises(NoteError):
            parse(key[:place] + chr(ord(char) + 1) + key[place + 1 :])
    for end in range(len(key)):
        with pytest.raises(NoteError):
            parse(key[:end])


def test_a_wrong_signature_beside_a_right_one_spoils_the_note() -> None:
    forged = PETER_LINE.replace("x08go/ZJ", "x08go/ZK")
    with pytest.raises(NoteError):
        open_note(f"{TEXT}\n{PETER_LINE}{forged}", [VerifierKey.parse(PETER_VERIFIER)])


@given(SEEDS, st.integers(0, 2**60), SEEDS, st.lists(st.from_regex("[ก-ฮa-z ]+", fullmatch=True), max_size=3))
@settings(max_examples=30)
def test_checkpoints_round_trip(seed: bytes, size: int, root: bytes, extensions: list[str]) -> None:
    log, witness = Signer("ledger.example.go.th/เชียง", seed), Signer.generate("witness.example")
    checkpoint = Checkpoint(log.name, size, root, tuple(extensions))
    note = add_signatures(sign_checkpoint(checkpoint, log), witness)
    assert open_checkpoint(note, [log.verifier_key], origin=log.name) == checkpoint
    assert len(Note.parse(note).signatures) == 2
    with pytest.raises(NoteError):  # a witness's signature does not stand for the log's
        open_checkpoint(note, [witness.verifier_key], origin=log.name)
    with pytest.raises(NoteError):
        open_checkpoint(note, [log.verifier_key, witness.verifier_key], origin="witness.example")


@pytest.mark.parametrize(
    "checkpoint",
    [
        Checkpoint("a\nb", 1, bytes(32)),
        Checkpoint("", 1, bytes(32)),
        Checkpoint("a", -1, bytes(32)),
        Checkpoint("a", 1, b"x"),
    ],
)
def test_what_would_not_read_back_is_not_signed(checkpoint: Checkpoint) -> None:
    with pytest.raises(NoteError):
        sign_checkpoint(checkpoint, Signer.generate("a"))


@pytest.mark.parametrize("size", ["01", "+1", "1_0", "๑", "", "9" * 5000])
def test_only_one_way_to_write_a_size(size: str) -> None:
    with pytest.raises(NoteError):
        Checkpoint.parse(f"a\n{size}\n{base64.b64encode(bytes(32)).decode()}\n")


def test_rfc_8032_vectors() -> None:
    """Section 7.1, TEST 1 and TEST 3."""
    one = "d75a980182b10ab7d54bfed3c964073a0ee172f3daa62325af021a68f707511a"
    signature = (
        "e5564300c360ac729086e2cc806e828a84877f1eb8e5d974d873e06522490155"
        "5fb8821590a33bacc61e39701cf9b46bd25bf5f0595bbe24655141438e7a100b"
    )
    assert ed25519_verify(bytes.fromhex(one), b"", bytes.fromhex(signature))
    three = "fc51cd8e6218a1a38da47ed00230f0580816ed13ba3303ac5deb911548908025"
    signature = (
        "6291d657deec24024827e69c3abe01a30ce548a284743a445e3680d7db5ac3ac"
        "18ff9b538d16f290ae67f760984dc6594a7c15e9716ed28dc027beceea1ec40a"
    )
    assert ed25519_verify(bytes.fromhex(three), bytes.fromhex("af82"), bytes.fromhex(signature))


def pynacl_verifies(public: bytes, message: bytes, signature: bytes) -> bool:
    try:
        VerifyKey(public).verify(message, signature)
    except BadSignatureError:
        return False
    return True


@given(SEEDS, st.binary(max_size=200), st.integers(0, 95), st.integers(0, 7))
@settings(max_examples=60)
def test_ed25519_agrees_with_libsodium(seed: bytes, message: bytes, place: int, bit: int) -> None:
    signing = SigningKey(seed)
    public, signature = bytes(signing.verify_key), signing.sign(message).signature
    assert ed25519_verify(public, message, signature)
    assert not ed25519_verify(public, message + b"\x00", signature)
    both = bytearray(public + signature)
    both[place] ^= 1 << bit
    spoiled = bytes(both)
    assert not ed25519_verify(spoiled[:32], message, spoiled[32:])
    assert not pynacl_verifies(spoiled[:32], message, spoiled[32:])


@given(SEEDS, st.binary(max_size=50))
@settings(max_examples=20)
def test_ed25519_refuses_a_second_form_of_s(seed: bytes, message: bytes) -> None:
    signing = SigningKey(seed)
    signature = signing.sign(message).signature
    larger = int.from_bytes(signature[32:], "little") + L
    assert not ed25519_verify(
        bytes(signing.verify_key), message, signature[:32] + larger.to_bytes(32, "little")
    )


def test_ed25519_refuses_keys_that_sign_anything() -> None:
    """With the neutral element, or another point of small order, as the key, R = [S]B passes for every message."""
    neutral, order_two = (1).to_bytes(32, "little"), (2**255 - 20).to_bytes(32, "little")
    not_canonical, sign_of_zero = (2**255 - 18).to_bytes(32, "little"), (1 | 1 << 255).to_bytes(32, "little")
    for key in (neutral, order_two, not_canonical, sign_of_zero):
        assert not ed25519_verify(key, b"any", neutral + bytes(32))
    assert not ed25519_verify(neutral, b"", b"")
