"""Whatever is typed into any box: never a server error; a Thai sentence beside the field; the words stay (C10)."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.test import Client
from django.urls import reverse

from prongsai.complaints import tokens
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps
from prongsai.complaints.tests.nasty import (
    CHOICES,
    FORBIDDEN,
    LONG,
    NASTY,
    TEXTS,
    THAI,
    TYPED,
    attempt,
    box,
    is_thai,
    shortened,
    summary,
)

pytestmark = pytest.mark.django_db


@pytest.mark.parametrize("kind", NASTY)
def test_C10_every_box_keeps_what_was_typed_and_says_in_thai_what_is_wrong(world, kind):
    text, client = NASTY[kind], Client()
    echoed = re.sub(r"[\x00-\x08\x0b\x0c\x0e-\x1f]", "\ufffd", text)
    for field in TYPED:
        answer = attempt(client, **{field: text})
        assert box(answer, field).strip() == echoed.strip(), field
        problem = steps.problem_of(answer, field)
        assert not problem or is_thai(problem), (field, problem)
        if kind in FORBIDDEN:
            assert problem, field


@pytest.mark.parametrize("kind", sorted(set(NASTY) - FORBIDDEN - {"only spaces"}))
def test_C10_what_is_allowed_is_filed_and_read_again(world, kind):
    filed = steps.file_complaint(**{field: NASTY[kind] for field in TEXTS})

    copy = filed.client.get(reverse("complaints:receipt-copy")).content.decode()
    if kind == "marks in another order":
        assert "น้ำมันที่ปั๊มน้ำตก" in copy
    assert "ครอบครัว" in copy or kind != "emoji"
    assert "\x00" not in copy


def test_C10_ten_megabytes_in_one_box(world):
    client = Client()
    for field in ("narrative", "name", "event_date", "amount", "phone", "email"):
        fields = steps.complaint(confirm=None, token=tokens.new_token(), **{field: LONG})
        answer = shortened(client.post(reverse("complaints:new"), fields))
        assert answer.status_code == 422, field
        assert is_thai(steps.problem_of(answer, field)), field
        assert box(answer, field) == "LONG-TEXT", field
    for field in [*CHOICES, "token", "asked", "files-held"]:
        answer = client.post(reverse("complaints:new"), steps.complaint(**{"token": "", field: LONG}))
        assert shortened(answer).status_code == 422, field


def test_C10_ten_megabytes_over_all_boxes(world):
    part = LONG[: len(LONG) // len(TYPED)]
    fields = steps.complaint(confirm=None, token=tokens.new_token(), **dict.fromkeys(TYPED, part))

    answer = shortened(Client().post(reverse("complaints:new"), fields), part)

    assert answer.status_code == 422
    assert {field: is_thai(steps.problem_of(answer, field)) for field in TYPED} == dict.fromkeys(TYPED, True)
    assert {field: box(answer, field) for field in TYPED} == dict.fromkeys(TYPED, "LONG-TEXT")


def test_more_than_fits_gets_a_page_that_says_so(world):
    answer = Client().post(
        reverse("complaints:new"), steps.complaint(token="", narrative="ก" * (5 * 1024 * 1024))
    )

    assert answer.status_code == 413
    assert THAI.search(steps.said(answer))


@pytest.mark.parametrize("encoding", ["urlencoded", "multipart"])
def test_C10_bytes_of_an_old_code_page_are_not_taken_for_words(world, encoding):
    client, old = Client(), "เรียกรับเงิน".encode("cp874")
    for field in [*TYPED, *CHOICES, "token", "asked"]:
        fields = {
            name: (v if isinstance(v, list) else [v])
            for name, v in steps.complaint(token="x", confirm=None).items()
        }
        fields[field] = [old]
        answer = client.post(reverse("complaints:new"), *raw(fields, encoding))
        assert answer.status_code == 422, field
        assert [p for p in summary(answer) if not is_thai(p)] == [], field
        if field in TYPED:
            assert steps.problem_of(answer, field), field
    assert not Case.objects.exists()


def raw(fields: dict[str, list], encoding: str) -> tuple[bytes, str]:
    pairs = [
        (name, v if isinstance(v, bytes) else str(v).encode()) for name, vs in fields.items() for v in vs
    ]
    if encoding == "urlencoded":
        body = "&".join(f"{name}={quote(value)}" for name, value in pairs)
        return body.encode(), "application/x-www-form-urlencoded"
    parts = [
        b'--X\r\nContent-Disposition: form-data; name="%s"\r\n\r\n%s\r\n' % (n.encode(), v) for n, v in pairs
    ]
    return b"".join(parts) + b"--X--\r\n", "multipart/form-data; boundary=X"
