"""The tracking page goes both ways: files from the centre, words at any time, and what a kept matter is told."""

from __future__ import annotations

from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.models import Case, MessageFile
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import REASON
from prongsai.organisation.models import Person

pytestmark = pytest.mark.django_db

WORDS = "โปรดอ่านเอกสารที่แนบ แล้วตอบกลับทางหน้านี้"


@pytest.fixture
def filed(client_of) -> steps.Filed:
    filed = steps.file_complaint()
    officer = client_of("center_officer")
    case = steps.act(officer, acts.StartScreening, filed.case)
    uploads = [steps.pdf("หนังสือถึงท่าน.pdf"), steps.pdf("แบบคำให้การ.pdf")]
    steps.act(officer, acts.WriteToSender, case, text=WORDS, files=uploads)
    return filed


def files_of(filed: steps.Filed) -> list[MessageFile]:
    return list(MessageFile.objects.filter(message__receipt__case=filed.case).select_related("file"))


def download(client: Client, one: MessageFile):
    return client.get(reverse("complaints:matter-file", args=[one.file_id]))


def test_the_sender_reads_words_and_files_and_nobody_elses(filed, client_of, unlocked_client_of):
    sender, stranger = steps.tracking(filed), steps.tracking(steps.file_complaint())
    page = steps.said(sender.get(reverse("complaints:matter")))
    for shown in (WORDS, "หนังสือถึงท่าน.pdf", "แบบคำให้การ.pdf"):
        assert shown in page
        assert not [where for where, text in traces.whole_database().items() if shown.encode() in text]
    for one in files_of(filed):
        assert b"".join(download(sender, one).streaming_content) == steps.PDF
        assert download(stranger, one).status_code == 404
        assert download(Client(), one).status_code == 302
    assert "หนังสือถึงท่าน.pdf" in steps.said(steps.record_page(unlocked_client_of("center_officer"), filed.case))
    other = steps.try_act(client_of("center_officer_2"), acts.WriteToSender, filed.case, text=WORDS)
    assert other.status_code == 403, "only who answers for the matter"


def test_C09_a_file_that_is_gone_hides_nothing_else(filed):
    gone, whole = files_of(filed)
    (Path(settings.FILES_ROOT) / gone.file.path).unlink()
    sender = steps.tracking(filed)
    page = sender.get(reverse("complaints:matter"))
    assert page.status_code == 200
    assert WORDS in steps.said(page)
    assert download(sender, gone).status_code == 404
    assert download(sender, whole).status_code == 200


@pytest.mark.at("AT-M5-03")
def test_the_sender_of_a_kept_matter_is_told_and_may_add(filed, client_of):
    one, two = (
        Person.objects.get(user__email__startswith=f"{key}@") for key in ("center_officer", "center_head")
    )
    kept = {"state": Case.State.KEPT, "proposed_by": one, "decided_by": two}
    Case.objects.filter(pk=filed.case.pk).update(**kept)
    assert "ข้อมูลไม่เพียงพอ สามารถส่งข้อมูลเพิ่มเติมได้" in steps.matter(filed)
    assert steps.send_more(steps.tracking(filed), "มีชื่อพยานแล้ว").status_code == 303
    case = filed.case
    assert (case.state, case.reopened) == (Case.State.SCREENING, True)
    assert traces.dues(case)["complaints.decide"].met_on is None
    assert steps.act(client_of("center_officer"), acts.RecordCheck, case, text=REASON)


@pytest.mark.parametrize("state", ["factfinding", "concluded", "action", "no_action", "notified", "closed"])
def test_after_acceptance_words_are_welcome_and_the_state_stays(filed, state):
    Case.objects.filter(pk=filed.case.pk).update(state=state)
    assert steps.send_more(steps.tracking(filed), "ข้อมูลเพิ่มเติมระหว่างสอบ").status_code == 303
    assert filed.case.state == state
