"""Tracking codes as people type them, hear them and get them wrong."""

from contextlib import suppress

import pytest
from hypothesis import given
from hypothesis import strategies as st

from prongsai.sealed.codes import (
    ALPHABET,
    code_from_token,
    code_hash,
    format_code,
    new_code,
    normalise_code,
    tracker_key,
)
from prongsai.sealed.errors import BadCode

codes = st.builds(code_from_token, st.binary(min_size=16, max_size=16), st.just("server secret"))
_LOOKALIKES = str.maketrans({"0": "O", "1": "l"})
_THAI = str.maketrans("0123456789", "๐๑๒๓๔๕๖๗๘๙")


@given(codes)
def test_every_way_of_typing_a_code_is_the_same_code(code: str) -> None:
    plain = code.replace("-", "")
    ways = [
        plain,
        code.lower(),
        code.replace("-", " "),
        code.replace("-", "–"),
        f"  {code.translate(_LOOKALIKES)}\n",
        code.translate(_THAI),
        "\u200b".join(plain),
    ]
    assert {normalise_code(way) for way in ways} == {plain}
    assert {code_hash(way, "key") for way in ways} == {code_hash(code, "key")}
    assert {bytes(tracker_key(way)) for way in ways} == {bytes(tracker_key(code))}
    assert format_code(plain) == code


@given(codes, st.integers(0, 20), st.sampled_from(ALPHABET))
def test_one_wrong_character_is_found(code: str, place: int, char: str) -> None:
    plain = code.replace("-", "")
    wrong = plain[:place] + char + plain[place + 1 :]
    if wrong != plain:
        with pytest.raises(BadCode):
            normalise_code(wrong)


@given(codes, st.integers(0, 20), st.integers(0, 20))
def test_two_characters_that_changed_places_are_found(code: str, one: int, other: int) -> None:
    chars = list(code.replace("-", ""))
    chars[one], chars[other] = chars[other], chars[one]
    if "".join(chars) != code.replace("-", ""):
        with pytest.raises(BadCode):
            normalise_code("".join(chars))


@given(st.text(max_size=60))
def test_any_text_is_a_code_or_refused(text: str) -> None:
    with suppress(BadCode):
        assert len(normalise_code(text)) == 21


def test_codes_are_random_and_long_enough() -> None:
    many = {new_code() for _ in range(2000)}
    assert len(many) == 2000
    drawn = {code.replace("-", "")[:-1] for code in many}
    assert {len(data) for data in drawn} == {20}  # 20 × 5 = 100 bits
    for place in range(20):
        assert {data[place] for data in drawn} == set(ALPHABET)


def test_a_token_gives_one_code_that_needs_the_servers_secret() -> None:
    token = bytes(range(16))
    assert code_from_token(token, "s") == code_from_token(token, "s")
    assert code_from_token(token, "s") != code_from_token(token, "t")
    assert code_from_token(token, "s") != code_from_token(bytes(16), "s")


def test_hash_and_key_are_unrelated_and_keyed() -> None:
    code = new_code()
    assert code_hash(code, "one") != code_hash(code, "two")
    assert code_hash(code) == code_hash(code)
    assert len({code_hash(code), bytes(tracker_key(code)), bytes(tracker_key(code).public_key)}) == 3
