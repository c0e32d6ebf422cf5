"""The QR of a paper: read from the printed picture's address, unforgeable, and of no use for another paper."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit
from uuid import UUID, uuid4

import pytest

from prongsai.documents import BadStamp, Stamp, paper_code, read_code, read_stamp, stamp_of_address
from prongsai.documents.stamp import make_stamp, verify_address

STAMP = Stamp("complaint-receipt", "ตย-ศปท/รร/0012/2569", dt.date(2026, 5, 15))


def test_a_stamp_says_which_paper_it_is(settings):
    settings.SITE_URL = "https://ตัวอย่าง.example/"
    address = urlsplit(verify_address(STAMP))
    assert address.path == "/verify/"
    assert read_stamp(parse_qs(address.query)["paper"][0]) == STAMP


@pytest.mark.parametrize("place", [0, 5, 20, -1])
def test_a_changed_stamp_is_none_of_ours(place):
    text = make_stamp(STAMP)
    changed = list(text)
    changed[place] = "A" if changed[place] != "A" else "B"
    with pytest.raises(BadStamp):
        read_stamp("".join(changed))


def test_a_stamp_that_names_its_record_comes_back_whole_from_its_address(settings):
    whole = replace(STAMP, record=uuid4())
    printed = verify_address(whole)
    settings.SITE_URL = "https://moved.example"
    assert stamp_of_address(printed) == whole


@pytest.mark.parametrize(
    "address", ["", "https://elsewhere.example/", "//[", "?paper=x", "?paper=a&paper=b", "ก"]
)
def test_an_address_without_a_stamp_is_none_of_ours(address):
    with pytest.raises(BadStamp):
        stamp_of_address(address)


def test_the_code_is_read_as_people_type_it_and_leads_to_its_record():
    record = UUID("f01a1b2c-0000-4000-8000-000000000001")
    code = paper_code("complaint-receipt", record)
    for typed in (
        code,
        code.lower(),
        code.replace("-", " "),
        f" {code} ".replace("0", "O").replace("1", "l"),
    ):
        printed, least, greatest = read_code(typed)
        assert printed == code and least <= record <= greatest
    assert code != paper_code("complaint-request", record)
    for wrong in ("", code[:-1], code + "A", "ก" * 16, "A" * 5000):
        with pytest.raises(BadStamp):
            read_code(wrong)


@pytest.mark.parametrize("text", ["", "x", "ก", "=" * 8, "A" * 40, "A" * 10_000, "\x00", "a b"])
def test_what_is_no_stamp_is_refused(text):
    with pytest.raises(BadStamp):
        read_stamp(text)


def test_a_stamp_of_another_installation_is_none_of_ours(settings):
    text = make_stamp(STAMP)
    settings.SECRET_KEY = "another house"
    with pytest.raises(BadStamp):
        read_stamp(text)
