"""Who reads the channel, and that the house cannot (M6.2.3.(12), AT-M6-18)."""

from __future__ import annotations

import base64
import datetime as dt
import difflib
import re

import pyrage
import pytest
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse

from prongsai.acts import act_of
from prongsai.acts.alarms import raise_alarms
from prongsai.acts.models import Due
from prongsai.complaints.tests.traces import whole_database
from prongsai.compliance.finished_years import YEARS, by_year
from prongsai.confidential.models import ChannelKey, Deputy, Report
from prongsai.confidential.recipients import recipients
from prongsai.confidential.tests.steps import (
    SECRET,
    Sender,
    make_key,
    name_deputy,
    open_channel,
    reply,
    wrapped,
)
from prongsai.config.metrics import exposition
from prongsai.ledger.models import Entry
from prongsai.notices.models import Notice
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Tenure
from prongsai.organisation.periods import today

pytestmark = pytest.mark.django_db


@pytest.fixture
def keys(world):
    return open_channel(world)


def record_of(client: Client, report: Report):
    return client.get(reverse("office:record", args=["confidential", report.pk]), secure=True)


@pytest.mark.at("AT-M6-18")
def test_only_the_governor_and_the_one_deputy_open_a_note_and_each_time_is_in_the_ledger(
    province, keys, client_of
):
    sender = Sender()
    report = sender.sent(province)

    for who in ("governor", "vice_governor"):
        client = client_of(who)
        before = Entry.objects.for_subject("confidential.report", report.pk).count()
        assert record_of(client, report).status_code == 200
        opened = client.post(reverse("confidential-office:open", args=[report.pk]), secure=True)
        (message,) = opened.json()["messages"]
        box = client.post(
            reverse("confidential-office:content", args=[report.pk, message["id"]]), secure=True
        )
        assert pyrage.decrypt(box.content, [keys[who]]).decode() == SECRET
        entries = Entry.objects.for_subject("confidential.report", report.pk)[before:]
        assert [e.kind for e in entries] == ["confidential.open_report", "confidential.message_read"]
        assert {(e.secrecy, tuple(e.clauses)) for e in entries} == {("S4", ())}
    assert [Report.objects.get().state, Due.objects.get().met_by] == ["opened", "confidential.open_report"]

    # The agency cannot see a count below five; the running year has none at all.
    assert by_year(Report.objects.filter(province=province), today())[0][1] is None
    page = Client().get(reverse("confidential:write"), secure=True).content.decode()
    assert "น้อยกว่า 5 เรื่อง หรือไม่มี" in page


def test_a_figure_is_public_from_five_on_and_of_years_that_are_over(province, keys):
    for i in range(5):
        Sender(code=f"0123456789ABCDEFGH{i}A").sent(province)
    assert [n for _y, n in by_year(Report.objects.filter(province=province), today())] == [None] * YEARS
    next_year = by_year(Report.objects.filter(province=province), today() + dt.timedelta(days=366))
    assert next_year[0][1] == 5
    Report.objects.filter(pk=Report.objects.values("pk")[:1]).update(fiscal_year=2500)
    assert by_year(Report.objects.filter(province=province), today() + dt.timedelta(days=366))[0][1] is None


OTHERS = ("center_officer", "identity_custodian", "head_agency", "auditor", "system_admin")


def test_nobody_else_finds_at_any_door_that_there_is_a_message(province, world, client_of):
    """Pages before and after a message are the same: lists, files, counts, search, overview, notices, open data."""
    open_channel(world)
    doors = [
        reverse("office:my-work"),
        reverse("office:registers"),
        reverse("office:notices"),
        reverse("office:dashboard"),
        reverse("office:dashboard-measure", args=["M6"]),
        reverse("office:register", args=["duties"]),
        reverse("office:register-csv", args=["duties"]),
        reverse("office:register", args=["confidential"]),
        reverse("office:register-csv", args=["confidential"]),
        reverse("office:register-xlsx", args=["confidential"]),
    ]
    public = [
        reverse("portal:measure", args=["M6"]),
        reverse("portal:search") + "?q=12345",
        reverse("portal:registers"),
        reverse("api:registers"),
        "/metrics",
    ]

    def seen() -> dict[tuple[str, str], bytes | int]:
        found = {}
        for who in ("anonymous", *OTHERS):
            client = client_of(who)
            for door in public if who == "anonymous" else doors:
                answer = client.get(door)
                text = b"".join(answer.streaming_content) if answer.streaming else answer.content
                found[who, door] = strip(text) if answer.status_code == 200 else answer.status_code
        return found

    before = seen()
    report = Sender().sent(province)
    Due.objects.update(started_on=today() - dt.timedelta(days=30), due_on=today() - dt.timedelta(days=3))
    raise_alarms()
    after = seen()
    differing = {key: difference(before[key], after[key]) for key in before if before[key] != after[key]}
    assert differing == {}
    for who in OTHERS:
        client = client_of(who)
        for answer in (
            record_of(client, report),
            client.post(reverse("confidential-office:open", args=[report.pk]), secure=True),
            client.post(reverse("confidential-office:content", args=[report.pk, 1]), secure=True),
            client.post(reverse("confidential-office:reply", args=[report.pk]), secure=True),
            client.get(reverse("office:act", args=["confidential.close_report", report.pk])),
        ):
            assert answer.status_code == 404, who
    told = set(Notice.objects.filter(record_id=str(report.pk)).values_list("recipient_id", flat=True))
    assert told == {world["governor"].person.pk, world["vice_governor"].person.pk}


def difference(before: bytes | int, after: bytes | int) -> list[str]:
    if isinstance(before, int) or isinstance(after, int):
        return [str(before), str(after)]
    return list(difflib.unified_diff(before.decode().split("\n"), after.decode().split("\n"), n=0))


def strip(text: bytes) -> bytes:
    """Without what differs from answer to answer: tokens, times, and the ledger's own size."""
    text = re.sub(rb'csrfmiddlewaretoken" value="[^"]*"', b"", text)
    lines = text.split(b"\n")
    passing = (b"prongsai_ledger", b"prongsai_worker", b"prongsai_requests", b"prongsai_request_seconds")
    return b"\n".join(
        re.sub(rb"\d\d?[:.]\d\d|<time[^>]*>", b"", line) for line in lines if not line.startswith(passing)
    )


def test_requests_to_the_channel_are_in_nobodys_count(province, keys):
    Sender().sent(province)
    Client().get(reverse("confidential:write"), secure=True)
    assert b"confidential:" not in exposition()


def test_a_thread_about_the_governor_reaches_the_deputy_alone(province, keys, client_of, world):
    """The spirit of AT-M5-07: nothing goes to the governor, and the page names the authorities outside."""
    report = Sender().sent(province, to="deputy")

    assert record_of(client_of("governor"), report).status_code == 404
    assert record_of(client_of("vice_governor"), report).status_code == 200
    assert set(Notice.objects.filter(record_id=str(report.pk)).values_list("recipient", flat=True)) == {
        world["vice_governor"].person.pk
    }
    page = Client().get(reverse("confidential:write"), secure=True).content.decode()
    assert all(word in page for word in ("1205", "1206", "moi.go.th"))


def test_no_word_of_it_lies_in_the_database_and_text_is_never_taken(province, keys, client_of):
    sender = Sender()
    report = sender.sent(province)
    client = client_of("governor")
    client.post(reverse("confidential-office:open", args=[report.pk]), secure=True)
    assert reply(client, sender, report, "คำตอบของผู้ว่าราชการจังหวัด").status_code == 200

    everything = b"\n".join(whole_database().values())
    assert report.number.encode() in everything, "what is open is found, so the search works"
    for secret in (SECRET, "คำตอบของผู้ว่าราชการจังหวัด", sender.code, sender.lookup):
        assert secret.encode() not in everything

    # A program error in a browser: plain text, a file to one key only, a key that is not a key.
    plain = SimpleUploadedFile("message.age", SECRET.encode())
    for wrong in (
        {"content": plain},
        {"content": Sender().encrypted([], SECRET)},
        {"sender_wrapped": plain},
        {"sender_key": "age1"},
        {"to": "everybody"},
        {"lookup": "x"},
    ):
        answer = Sender(code="ZZZZ56789ABCDEFGHJKM").send(province, **wrong)
        assert answer.status_code == 422
        assert answer.json()["error"]
    assert Report.objects.count() == 1


def test_the_sender_reads_the_answer_writes_again_and_five_wrong_codes_lock(province, keys, client_of):
    sender = Sender()
    report = sender.sent(province)
    assert sender.send(province).json()["number"] == report.number, "sent twice is one thread"
    client = client_of("vice_governor")
    client.post(reverse("confidential-office:open", args=[report.pk]), secure=True)
    assert reply(client, sender, report, "ขอวันเวลาที่แน่ชัด").status_code == 200

    thread = sender.ask("open").json()
    assert [m["way"] for m in thread["messages"]] == ["from_sender", "to_sender"]
    box = sender.ask("content", id=thread["messages"][1]["id"]).content
    assert pyrage.decrypt(box, [sender.identity]).decode() == "ขอวันเวลาที่แน่ชัด"
    assert sender.write_again(report, "วันที่ ๕ ของทุกเดือน").status_code == 200
    report.refresh_from_db()
    assert report.state == Report.State.WAITING
    assert Due.objects.open().filter(record_id=report.pk).count() == 1

    stranger = Sender(code="X123456789ABCDEFGHJK", number=sender.number)
    assert [stranger.ask("open").status_code for _ in range(6)] == [422] * 5 + [429]
    assert sender.ask("open").status_code == 429, "the number is locked, for whoever asks"
    unknown = Sender(code="X123456789ABCDEFGHJK", number="00000-00000")
    assert [unknown.ask("open").status_code for _ in range(6)] == [422] * 5 + [429], "no difference"


def test_a_new_key_is_used_from_now_on_and_the_old_one_still_reads(province, keys, world, client_of):
    sender = Sender()
    report = sender.sent(province)
    new = make_key(world["governor"])
    again = sender.write_again(report, "ข้อความหลังเปลี่ยนกุญแจ")
    assert again.status_code == 200
    first, second = report.messages.all()
    assert pyrage.decrypt(bytes(first.content), [keys["governor"]])
    assert pyrage.decrypt(bytes(second.content), [new])
    with pytest.raises(pyrage.DecryptError):
        pyrage.decrypt(bytes(second.content), [keys["governor"]])
    data = record_of(client_of("governor"), report).context["sections"][0][1]["data"]
    assert len(data["identities"]) == 2

    # A browser that still holds the old keys is told, and gets those of now.
    old = ChannelKey.objects.get(state=ChannelKey.State.RETIRED)
    deputy = ChannelKey.objects.get(person=world["vice_governor"].person)
    stale = Sender(code="Y123456789ABCDEFGHJK").send(province, keys=[str(old.pk), str(deputy.pk)])
    assert stale.status_code == 422
    assert len(stale.json()["choices"]["both"]) == 2


def test_who_leaves_the_office_leaves_the_channel(province, keys, world, client_of):
    report = Sender().sent(province)
    yesterday = today() - dt.timedelta(days=1)
    Tenure.objects.filter(person=world["vice_governor"].person).update(end=yesterday)
    assert record_of(client_of("vice_governor"), report).status_code == 404
    assert [r.office for r in recipients(province)] == ["governor"]
    assert Sender(code="Q123456789ABCDEFGHJK").send(province, to="both").status_code == 422
    Tenure.objects.filter(person=world["governor"].person).update(end=yesterday)
    assert record_of(client_of("governor"), report).status_code == 404
    page = Client().get(reverse("confidential:write"), secure=True).content.decode()
    assert "ช่องทางนี้ยังไม่เปิด" in page
    assert 'data-channel="write"' not in page


def test_the_governor_names_one_deputy_at_a_time_and_never_himself(province, world, client_of):
    name_deputy(world)
    name_deputy(world)
    states = Deputy.objects.order_by("created_at").values_list("state", flat=True)
    assert list(states) == ["ended", "in_force"]
    act = act_of("confidential.name_deputy")
    for who in ("vice_governor", "center_officer", "head_agency", "system_admin"):
        assert act.by(Actor.of(world[who].person), None)
    form = act.make_form(actor=Actor.of(world["governor"].person), record=None)
    assert world["governor"].person not in form.fields["person"].queryset
    answer = client_of("center_officer").get(reverse("confidential-office:key"), secure=True)
    assert answer.status_code == 403


def test_plain_http_is_refused_and_says_why(province, keys):
    for name in ("write", "thread"):
        answer = Client().get(reverse(f"confidential:{name}"))
        assert answer.status_code == 403
        assert "มิได้เปิดผ่าน HTTPS" in answer.content.decode()
    assert Client().post(reverse("confidential:send"), {}).status_code == 403
    local = Client().get(reverse("confidential:write"), HTTP_HOST="localhost")
    assert local.status_code == 200
    assert "เพื่อการสาธิต" in local.content.decode()
    assert local["Cache-Control"].find("no-store") >= 0


def test_a_recipient_makes_a_key_and_its_fingerprint_is_in_the_ledger(province, world, client_of):
    client = client_of("governor")
    assert client.get(reverse("confidential-office:key"), secure=True).status_code == 200
    identity = pyrage.x25519.Identity.generate()
    body = {"public": str(identity.to_public()), "wrapped": base64.b64encode(wrapped()).decode()}
    made = client.post(reverse("confidential-office:key"), body, content_type="application/json", secure=True)
    assert made.status_code == 200
    entry = Entry.objects.get(kind="confidential.make_key")
    assert (entry.content["fingerprint"], entry.clauses, entry.secrecy) == (
        made.json()["fingerprint"],
        ["M6.2.3.(12)"],
        "S0",
    )
    assert (
        made.json()["fingerprint"]
        in Client().get(reverse("confidential:write"), secure=True).content.decode()
    )
    for wrong in ({"public": "age1x", "wrapped": body["wrapped"]}, {**body, "wrapped": "ไม่ใช่"}, []):
        again = client.post(
            reverse("confidential-office:key"), wrong, content_type="application/json", secure=True
        )
        assert again.status_code == 422
    listing = client.get(reverse("office:register", args=["confidential-keys"]))
    assert reverse("confidential-office:key") in listing.content.decode()
