"""Whoever is accused meets nothing of it anywhere: list, count, search, record, file, document, act, notice, duty."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from prongsai.acts.alarms import raise_alarms
from prongsai.complaints.acts import MergeInto
from prongsai.complaints.keyring import envelopes_of
from prongsai.complaints.tests import steps as complaints
from prongsai.files.models import SealedFile
from prongsai.inquiries import acts, registers
from prongsai.inquiries.tests import steps
from prongsai.inquiries.tests.steps import CHAIR, MEMBER, SECRETARY
from prongsai.notices.models import Notice
from prongsai.sealed.models import Grant

pytestmark = pytest.mark.django_db

# The head of the accused agency is an executive, the other one an officer of the same place.
ACCUSED = ("head_agency", "officer")


def body(answer) -> str:
    return (b"".join(answer.streaming_content) if answer.streaming else answer.content).decode()


def test_the_accused_never_see_any_of_it(matter, time_machine):
    time_machine.move_to("2026-12-14T09:00:00+07:00", tick=True)
    inquiry, world = matter.working(), matter.world
    clerk = matter.desk(MEMBER)
    summons = {"kind": "officer", "name": steps.name_of(world["officer_2"]), "letter_no": "๑",
               "letter_date": steps.today(), "asked": "โปรดชี้แจงข้อเท็จจริง"}  # fmt: skip
    steps.act(clerk, acts.SendSummons, inquiry, **summons)
    files = {"files": [complaints.pdf("หลักฐานของกรรมการ.pdf")], "description": "สมุดคุมรถ"}
    steps.act(clerk, acts.AddEvidence, inquiry, **files)
    statement = {
        "name": "นายจ พยาน",
        "taken_on": steps.today(),
        "place": "ศาลากลาง",
        "text": "เห็นเหตุการณ์ด้วยตนเอง",
    }
    steps.act(clerk, acts.TakeStatement, inquiry, **statement)
    steps.act(clerk, acts.ConfirmStatement, inquiry.statements.get(), read_back="on")
    for key in ACCUSED:
        matter.found(matter.heard(matter.respondent(inquiry, steps.name_of(world[key]))))
    before = Notice.objects.filter(recipient__in=[world[k].person for k in ACCUSED]).count()
    assert Notice.objects.filter(kind="inquiries.propose_inquiry").exists()
    inquiry = matter.decided(matter.reported(inquiry), tracks_2=["administrative"])

    records = [inquiry, *inquiry.seats.all(), *inquiry.respondents.all(), *inquiry.summonses.all(),
               *inquiry.statements.all(), *inquiry.sanctions.all()]  # fmt: skip
    file = SealedFile.objects.get(record_type="inquiries.inquiry", original=None)
    keys = [r.key for r in registers.ALL]
    for key in ACCUSED:
        client, person = matter.plain(key), world[key].person
        for record in records:
            assert steps.page(client, record).status_code == 404, (key, record)
        for name, args in [
            ("file", [file.pk]),
            ("record-files", ["inquiries", inquiry.pk]),
            ("document", ["inquiries", inquiry.pk, "inquiry-order", "html"]),
            ("act", [acts.DecideAction.key(), inquiry.pk]),
            ("act", [acts.OrderSanction.key(), inquiry.sanctions.first().pk]),
            *(("register", [k]) for k in keys),
            *(("register-csv", [k]) for k in keys),
        ]:
            assert client.get(reverse(f"office:{name}", args=args)).status_code == 404, (key, name, args)
        tail = inquiry.number.split("/", 1)[1]
        for url in (
            reverse("office:my-work"), reverse("office:notices"), reverse("office:registers"),
            f"{reverse('office:search')}?q={inquiry.number}", reverse("office:register-csv", args=["duties"]),
        ):  # fmt: skip
            text = re.sub(r'value="[^"]*"|“[^”]*”', "", body(client.get(url)))
            assert tail not in text and str(inquiry.pk) not in text, (key, url)
        told = Notice.objects.filter(recipient=person, record_id__in=[str(r.pk) for r in records])
        assert not told.exists(), "what was told before the person was named is taken back"
    raise_alarms()
    assert Notice.objects.filter(recipient__in=[world[k].person for k in ACCUSED]).count() == before

    # The others meet it at the same doors, so that the silence says something.
    governor = matter.plain("governor")
    assert inquiry.number in body(governor.get(reverse("office:register-csv", args=["inquiries"])))
    assert steps.page(governor, inquiry).status_code == 200
    handler = matter.desk("center_officer")
    assert handler.get(reverse("office:file", args=[file.pk])).status_code == 200
    assert matter.desk(SECRETARY) and steps.page(matter.desk(CHAIR), inquiry).status_code == 200


def test_an_accused_officer_of_the_centre_loses_the_keys_of_what_was_merged_too(matter):
    """He held them for being on the team of either case; no box of either is his once he is named."""
    inquiry, named = matter.working(), matter.world["center_officer_2"].person
    other = complaints.file_signed().case
    merged = complaints.act(
        matter.desk("center_officer"), MergeInto, other, main=inquiry.case.number, reason=complaints.REASON
    )
    envelopes = [each.pk for each in envelopes_of(inquiry.case, identity=True)]
    assert merged.envelope_id in envelopes
    held = Grant.objects.filter(keyholder__person=named)
    assert (
        held.filter(envelope=merged.envelope).exists()
        and held.filter(envelope=inquiry.case.envelope).exists()
    )
    matter.respondent(inquiry, named.full_name)
    assert not held.filter(envelope__in=[*envelopes, inquiry.envelope_id]).exists()
