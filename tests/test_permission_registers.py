"""Every register, as everybody sees it: list, count, both files, search, record page and files show the same rows (G38, G41).

What a person may see is ``register.rows(actor)``; who finds anything at all is said by hand in ``WHO_SEES``, so that a door
left open in ``rows`` itself is found as well.
"""

from __future__ import annotations

import csv
import io
import re
from typing import Any

import pytest
from django.urls import reverse
from openpyxl import load_workbook

from prongsai.complaints.models import Case, Evidence, Exclusion
from prongsai.complaints.tests.steps import pdf, send
from prongsai.notices.models import Notice
from prongsai.registers import Register, all_registers, public_registers, register_of
from tests.stage import CAST, PUBLIC, STAFF, Stage, played, some_of

# One worker builds the stage, and early: these are long.
pytestmark = [pytest.mark.django_db, pytest.mark.xdist_group("test_permission_registers")]

EVERYBODY, ALL_STAFF = set(CAST), set(STAFF)
# Who finds anything in a register, given the matters of the stage.
WHO_SEES: dict[str, set[str]] = {
    "clauses": EVERYBODY,
    "statements": set(),  # none was signed
    "evidence": EVERYBODY,
    "holidays": ALL_STAFF,
    "people": {"supervisor", "head", "admin"},
    "outbox": set(),  # no mail waits; for administrators alone, as the doors below show
    "complaints": {"centre"},
    "holds": {"centre"},
    "key-recoveries": {"centre", "custodian"},
    "recovery-drills": {"centre", "custodian", "auditor"},
    "destruction": {"centre"},
    "reveals": {"centre", "custodian"},
    "received": set(),  # for the Damrongtham centre, as the test of the desk shows
    "post": {"centre"},
    # The head of the accused agency, the handler, and the chair of the committee.
    "inquiries": (FACT_FINDING := {"centre", "head", "elsewhere"}),
    "inquiry-seats": FACT_FINDING,
    "inquiry-respondents": FACT_FINDING,
    "inquiry-summonses": FACT_FINDING,
    "inquiry-statements": FACT_FINDING,
    "sanctions": FACT_FINDING,
    "duties": FACT_FINDING,
    # Those of the alert's and the channel's readers are nobody of the cast; the head sees what his agency waits for.
    "confidential": set(),
    "confidential-keys": set(),
    "confidential-deputies": set(),
    "protection": set(),
    "protection-instructions": {"head"},  # what is his to carry out
    "retaliation-alerts": set(),
    "hr-actions": {"head"},
    "invitations": {"head", "admin"},
    "roles": {"head", "auditor", "admin"},
    "departures": {"head", "admin"},
    "committees": (LINE := {"officer", "supervisor", "head", "auditor"}),
    "meetings": LINE,
    "meetings-agenda": LINE,
    "meetings-interests": {"officer", "supervisor"},  # the secretary and the chair
    "committee-members": EVERYBODY,
    "committee-meetings": EVERYBODY,
    "committee-resolutions": EVERYBODY,
}


def address(face: str, name: str, *arguments: Any) -> str:
    return reverse(f"{face}:{name}", args=arguments)


def body(answer: Any) -> bytes:
    return b"".join(answer.streaming_content) if answer.streaming else answer.content


def listed(client: Any, face: str, register: Register) -> tuple[list[Any], int]:
    """Keys of the rows on all pages, and the count that the pages show."""
    keys: list[Any] = []
    number = 1
    while True:
        answer = client.get(address(face, "register", register.key), {"page": number})
        keys += [row.record.pk for row in answer.context["shown"].rows]
        if not answer.context["shown"].listing.page.has_next():
            found = re.search(r"พบ ([\d,]+) รายการ", answer.content.decode())
            return keys, int(found[1].replace(",", "")) if found else -1
        number += 1


def exported(client: Any, face: str, register: Register) -> dict[str, int]:
    raw = body(client.get(address(face, "register-csv", register.key))).decode("utf-8-sig")
    book = load_workbook(
        io.BytesIO(body(client.get(address(face, "register-xlsx", register.key)))), read_only=True
    )
    return {
        "csv": len(list(csv.reader(io.StringIO(raw)))) - 1,
        "xlsx": len(list(book.active.iter_rows())) - 1,
    }


def test_every_register_has_a_line():
    assert {register.key for register in all_registers()} == set(WHO_SEES)


def test_G31_G34_G38_list_count_files_and_records_show_the_same_rows(stage: Stage):
    wrong = []
    for who in STAFF:
        with played(stage):
            wrong += [f"{who}: {found}" for found in surprises(stage, who)]
    assert not wrong, "\n".join(wrong)


def some(keys: Any, expected: set[Any], most: int = 15) -> list[Any]:
    """Of the records seen and of those not seen at most so many, from all over the register."""
    seen, others = [k for k in keys if k in expected], [k for k in keys if k not in expected]
    return [key for found in (seen, others) for key in found[:: 1 + len(found) // most]]


def surprises(stage: Stage, who: str) -> list[str]:
    client, actor, wrong = stage.client(who), stage.actor(who), []
    for register in all_registers():
        expected = set(register.rows(actor).values_list("pk", flat=True))
        if bool(expected) != (who in WHO_SEES[register.key]):
            wrong.append(f"{register.key}: {len(expected)} rows")
        if register.may_see(actor):
            keys, shown = listed(client, "office", register)
            found = {"list": len(keys), "count": shown}
            if expected or who in some_of(STAFF, register.key):  # empty files by turns
                found |= exported(client, "office", register)
            if set(keys) != expected or set(found.values()) != {len(expected)}:
                wrong.append(f"{register.key}: {found}, not {len(expected)}")
        else:
            doors = [address("office", f"register{kind}", register.key) for kind in ("", "-csv", "-xlsx")]
            wrong += [f"{url} is open" for url in doors if client.get(url).status_code != 404]
        if register.has_record_page:
            for pk in some(register.model.objects.values_list("pk", flat=True), expected):
                status = client.get(address("office", "record", register.key, pk)).status_code
                if status != (200 if pk in expected and register.may_see(actor) else 404):
                    wrong.append(f"{register.key}: the record page answers {status}")
    return wrong


def test_G34_the_public_sees_the_public_registers_alone(stage: Stage):
    for who in PUBLIC:
        client, actor = stage.client(who), stage.actor(who)
        for register in all_registers():
            rows = register.rows(actor).count()
            assert bool(rows) == (who in WHO_SEES[register.key]), (who, register.key)
            if not register.public:
                assert client.get(address("portal", "register", register.key)).status_code == 404
                continue
            keys, shown = listed(client, "portal", register)
            found = {"list": len(set(keys)), "count": shown, **exported(client, "portal", register)}
            assert set(found.values()) == {rows}, f"{register.key}: {found}"
    assert {register.secrecy for register in public_registers()} == {"S0"}


def test_G38_G41_the_counts_of_the_index_are_those_of_the_lists(stage: Stage):
    for who in STAFF:
        actor, answer = stage.actor(who), stage.client(who).get(address("office", "registers"))
        counts = {
            register.key: count for _title, rows in answer.context["groups"] for register, count in rows
        }
        assert counts == {r.key: r.rows(actor).count() for r in all_registers() if r.may_see(actor)}, who


def test_G33_G38_search_and_files_open_only_what_the_list_shows(stage: Stage):
    assert send(stage.client("anyone"), files=[pdf()]).status_code == 303
    evidence, complaints = Evidence.objects.latest("pk"), register_of("complaints")
    assert complaints is not None
    for who in STAFF:
        client = stage.client(who)
        seen = set(complaints.rows(stage.actor(who)).values_list("pk", flat=True))
        for case in Case.objects.all():
            text = client.get(address("office", "search"), {"q": case.number}).content.decode()
            assert (str(case.pk) in text) == (case.pk in seen), (who, case.number)
        status = client.get(address("office", "file", evidence.file_id)).status_code
        assert status == (302 if evidence.case_id in seen else 404), who


@pytest.mark.at("AT-M5-06")
@pytest.mark.parametrize(
    ("who", "handles"), [("center_head", "vice_governor"), ("center_officer_3", "center_officer")]
)
def test_whoever_is_named_in_a_matter_does_not_meet_it_anywhere(stage: Stage, who: str, handles: str):
    """The number and the address of the matter occur on no page, in no file and in no notice of theirs."""
    named, before = stage.users[who].person, set(Case.objects.values_list("pk", flat=True))
    accused = f"คุณ{named.first_name} {named.last_name} กับพวก"
    assert send(stage.client("anyone"), accused_name=accused).status_code == 303
    (case,) = Case.objects.exclude(pk__in=before)
    assert Exclusion.objects.filter(case=case, person=named).exists()
    stage.story.times[case.pk] = case.created_at
    stage.story.screen(case, by=handles)
    client, colleague = stage.unlocked(who), stage.client(handles)
    lists = ("complaints", "duties", "reveals")
    places = [
        *(address("office", name) for name in ("my-work", "notices", "registers", "dashboard")),
        f"{address('office', 'search')}?q={case.number}",
        *(address("office", f"register{kind}", key) for key in lists for kind in ("", "-csv")),
    ]
    for url in places:
        text = body(client.get(url)).decode()
        found = re.sub(r'value="[^"]*"|“[^”]*”', "", text)  # without the words that were searched for
        assert not re.search(rf"(?<=>){re.escape(case.number)}(?!\d)", found), url
        assert str(case.pk) not in text, url
    for name, arguments in (
        ("record", ("complaints", case.pk)),
        ("act", ("complaints.record_check", case.pk)),
    ):
        assert client.get(address("office", name, *arguments)).status_code == 404
    assert not Notice.objects.filter(recipient=named, record_id=str(case.pk)).exists()
    assert len(listed(client, "office", register_of("complaints"))[0]) == len(before)  # type: ignore[arg-type]
    # Whoever handles it meets it at the same doors, so the silence above says something.
    assert str(case.pk) in colleague.get(places[4]).content.decode()
    assert case.number in body(colleague.get(address("office", "register-csv", "complaints"))).decode()
    assert case.number in body(colleague.get(address("office", "register-csv", "duties"))).decode()
