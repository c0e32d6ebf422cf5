"""What is sealed opens with the right key and context, and with nothing else."""

import json

import pytest
from hypothesis import given
from hypothesis import strategies as st
from nacl.public import PrivateKey

from prongsai.sealed import boxes
from prongsai.sealed.errors import CannotOpen

KEY = PrivateKey.generate()
PUBLIC = bytes(KEY.public_key)


@given(st.binary(max_size=10_000), st.text(min_size=1, max_size=40))
def test_what_was_sealed_comes_back(plain: bytes, context: str) -> None:
    assert boxes.unseal(KEY, boxes.seal(PUBLIC, plain, context), context) == plain


def test_two_boxes_of_the_same_text_have_nothing_in_common() -> None:
    one, other = (boxes.seal(PUBLIC, b"secret" * 20, "a") for _ in range(2))
    assert one[1:] != other[1:] and one[-40:] != other[-40:]


def test_wrong_context_and_wrong_key_are_refused() -> None:
    box = boxes.seal(PUBLIC, b"secret", "case:1:narrative")
    with pytest.raises(CannotOpen):
        boxes.unseal(KEY, box, "case:2:narrative")
    with pytest.raises(CannotOpen):
        boxes.unseal(PrivateKey.generate(), box, "case:1:narrative")


def test_every_changed_byte_and_every_cut_is_refused() -> None:
    box = boxes.seal(PUBLIC, b"secret", "c")
    for index in range(len(box)):
        changed = bytearray(box)
        changed[index] ^= 1
        with pytest.raises(CannotOpen):
            boxes.unseal(KEY, bytes(changed), "c")
        with pytest.raises(CannotOpen):
            boxes.unseal(KEY, box[:index], "c")
    # A low-order point in place of the ephemeral key would make the shared secret known to everybody.
    with pytest.raises(CannotOpen):
        boxes.unseal(KEY, box[:1] + bytes(32) + box[33:], "c")


@given(st.one_of(st.binary(max_size=6000), st.text(max_size=3000), st.dictionaries(st.text(), st.text())))
def test_content_survives_packing_in_a_bucket(content: boxes.Content) -> None:
    packed = boxes.pack(content)
    assert len(packed) == boxes.padded_length(len(packed))
    plain = boxes.unpack(packed)
    if isinstance(content, bytes):
        assert plain == content
    elif isinstance(content, str):
        assert plain.decode() == content
    else:
        assert json.loads(plain) == content


def test_lengths_tell_little() -> None:
    def sealed(text: str) -> int:
        return len(boxes.seal(PUBLIC, boxes.pack(text), "c"))

    assert sealed("") == sealed("ใช่") == sealed("นายสมชาย ใจดี ๑๒๓ หมู่ ๔")
    # Beyond 4 KiB padding costs at most 12 %.
    assert all(n <= boxes.padded_length(n) <= n * 1.12 for n in range(4097, 3_000_000, 997))
