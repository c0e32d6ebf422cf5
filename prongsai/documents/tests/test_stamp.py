"""The QR of a paper: read from the printed picture's address, unforgeable, and of no use for another paper."""

from __future__ import annotations

import datetime as dt
from urllib.parse import parse_qs, urlsplit

import pytest

from prongsai.documents import BadStamp, Stamp, read_stamp
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


@pytest.mark.parametrize("text", ["", "x", "ก", "=" * 8, "A" * 40, "A" * 10_000, "\x00", "a b"])
def test_what_is_no_stamp_is_refused(text):
    with pytest.raises(BadStamp):
        read_stamp(text)


def test_a_stamp_of_another_installation_is_none_of_ours(settings):
    text = make_stamp(STAMP)
    settings.SECRET_KEY = "another house"
    with pytest.raises(BadStamp):
        read_stamp(text)
