"""Whatever comes in, in any field: never a server error; a Thai sentence beside the field; what was typed stays (C10)."""

from __future__ import annotations

import re
from urllib.parse import quote

import pytest
from django.core.signing import TimestampSigner
from django.test import Client
from django.urls import reverse

from prongsai.complaints import tokens
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps
from prongsai.organisation.models import Agency, Province

pytestmark = pytest.mark.django_db

TEXTS = [
    "accused_other",
    "accused_name",
    "narrative",
    "event_time",
    "place",
    "harm",
    "request_text",
    "documents",
]
TEXTS += ["witnesses", "name", "address"]
TYPED = [*TEXTS, "event_date", "amount", "phone", "email"]
CHOICES = ["grounds", "accused_agency", "request_choice"]
OTHERS = ["lead_only", "keep_secret", "confirm", "token", "asked", "files-held", "files-drop", "files"]

NASTY = {
    "thai digits": "๑๒๓",
    "marks in another order": "น้ํามันที่ปั๊มนํ้าตก",
    "control": "ก่อน\x00หลัง",
    "escape": "ก่อน\x1b[31mหลัง",
    "emoji": "👨‍👩‍👧‍👦 ครอบครัว 🇹🇭",
    "zero width": "คำ\u200bติด\u200dกัน\ufeff",
    "right to left": "\u202eกลับด้าน\u202c",
    "markup": "<script>alert(1)</script>{{ 7|add:7 }}{% now 'Y' %}",
    "astral": "𝕏𐍈 ก",
    "only spaces": "   \t  ",
}
FORBIDDEN = {"control", "escape"}
THAI = re.compile(r"[\u0e01-\u0e5b]")
LATIN = re.compile(r"[A-Za-z]{4,}")


def is_thai(sentence: str) -> bool:
    return bool(THAI.search(sentence)) and not LATIN.search(sentence)


def attempt(client: Client, **fields) -> object:
    """Send the form without the confirmation, so that it always comes back."""
    answer = steps.send(client, confirm=None, **fields)
    assert answer.status_code == 422, answer.status_code
    assert steps.problem_of(answer, "confirm")
    return answer


def box(answer, field: str) -> str:
    """What stands in the box of a field now."""
    tag = re.search(
        rf'<input[^>]*name="{field}"[^>]*>|<textarea[^>]*name="{field}"[^>]*>(.*?)</textarea>',
        answer.content.decode(),
        re.DOTALL,
    )
    inside = tag.group(1)
    if inside is None:
        value = re.search(r'value="([^"]*)"', tag.group())
        inside = value.group(1) if value else ""
    return steps.html.unescape(inside.removeprefix("\n"))


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


@pytest.mark.parametrize("kind", NASTY)
def test_C10_forged_choices_and_hidden_fields_are_no_server_error(world, kind):
    client = Client()
    for field in [*CHOICES, *OTHERS]:
        answer = client.post(reverse("complaints:new"), steps.complaint(**{"token": "", field: NASTY[kind]}))
        assert answer.status_code == 422, field
        assert [p for p in steps.problems(answer) if not is_thai(p)] == [], field
        assert [p for p in summary(answer) if not is_thai(p)] == [], field
        assert steps.NARRATIVE in steps.said(answer), field
    assert not Case.objects.exists()


def summary(answer) -> list[str]:
    block = steps.said(answer).partition("govuk-error-summary__list")[2].partition("</ul>")[0]
    return [re.sub(r"<[^>]+>", "", item).strip() for item in re.findall(r"<li>(.*?)</li>", block, re.DOTALL)]


LONG = "ก" * (10 * 1024 * 1024 // 3)


def shortened(answer, long: str = LONG):
    """The same answer with a word in the place of each long text."""
    answer.content = answer.content.replace(long.encode(), b"LONG-TEXT")
    assert len(answer.content) < 1024 * 1024
    return answer


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


@pytest.mark.parametrize(
    "token",
    [
        None,
        "",
        "x",
        "AAAA:1a:zzz",
        tokens.new_token() + "x",
        TimestampSigner(salt="other").sign("AAAAAAAAAAAAAAAAAAAAAA=="),
    ],
)
def test_a_forged_token_files_nothing_and_the_form_comes_back_with_a_good_one(world, token):
    client = Client()
    answer = client.post(reverse("complaints:new"), steps.complaint(token=token))

    assert answer.status_code == 422
    assert "แบบฟอร์มนี้หมดอายุหรือมิได้มาจากระบบนี้" in steps.said(answer)
    assert steps.NARRATIVE in steps.said(answer)
    fresh = re.search(r'name="token" value="([^"]+)"', answer.content.decode()).group(1)
    assert steps.file_complaint(client, token=fresh).case.sequence == 1


def test_a_form_of_yesterday_comes_back_with_what_was_typed(world, time_machine):
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    client = Client()
    token = steps.blank_form(client)
    time_machine.shift(25 * 3600)

    answer = client.post(reverse("complaints:new"), steps.complaint(token=token))

    assert answer.status_code == 422
    assert steps.NARRATIVE in steps.said(answer)


def test_an_agency_of_another_province_and_an_unknown_ground_are_no_choices(world):
    other = Province.objects.create(code="99", name_th="สมมติ", region="N")
    elsewhere = Agency.objects.create(
        province=other, code="X", name_th="สำนักงานสมมติ", kind="district", active_from="2020-01-01"
    )
    client = Client()

    for field, value in [
        ("accused_agency", str(elsewhere.pk)),
        ("grounds", ["G1", "G9"]),
        ("request_choice", "burn"),
    ]:
        answer = steps.send(client, **{field: value})
        assert answer.status_code == 422
        assert is_thai(steps.problem_of(answer, field)), field
    assert not Case.objects.exists()


def test_what_has_been_asked_may_be_forged_without_harm(world):
    answer = steps.send(Client(), request_choice=None, asked="x" * 500)
    assert answer.status_code == 422
    asked = re.search(r'name="asked" value="([^"]*)"', answer.content.decode()).group(1)
    assert asked == "request_choice"

    assert steps.file_complaint(request_choice=None, asked="request_choice,<script>").case.items_missing


@pytest.mark.parametrize("kind", NASTY)
def test_C10_the_tracking_form_and_the_senders_own_page(world, kind):
    text = NASTY[kind]
    for fields in (
        {"number": text, "code": "x"},
        {"number": "x", "code": text},
        {"number": text, "code": text},
    ):
        answer = Client().post(reverse("complaints:track"), fields)
        assert answer.status_code == 422
        assert [p for p in summary(answer) if not is_thai(p)] == []
    filed = steps.file_complaint()
    client = steps.tracking(filed)
    for field in ("text", "token", "files-held"):
        answer = client.post(steps.MORE, {**steps.more_fields(client, "ข้อความที่พิมพ์ไว้"), field: text})
        assert answer.status_code in (303, 422), field
        if field != "text":
            assert answer.status_code == 422
            assert "ข้อความที่พิมพ์ไว้" in steps.said(answer)
    assert steps.matter(filed)


def test_C10_ten_megabytes_on_the_senders_own_page_and_at_its_door(world):
    for field in ("number", "code"):
        answer = Client().post(reverse("complaints:track"), {"number": "x", "code": "x", field: LONG})
        assert (answer.status_code, is_thai(steps.problem_of(shortened(answer), field))) == (422, True)
    client = steps.tracking(steps.file_complaint())
    answer = shortened(client.post(steps.MORE, steps.more_fields(client, LONG)))
    assert (answer.status_code, is_thai(steps.problem_of(answer, "text"))) == (422, True)
    assert box(answer, "text") == "LONG-TEXT"
