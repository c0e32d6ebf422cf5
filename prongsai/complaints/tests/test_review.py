"""Review of a refusal: the sender asks, a vice governor who had no part in it decides, the sender hears why (M5.2.4)."""

from __future__ import annotations

import re

import pytest
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps, traces
from prongsai.complaints.tests.steps import NOTICE, REASON

pytestmark = pytest.mark.django_db

WHY = "ยังมีพยานที่ท่านมิได้สอบถาม ขอให้ทบทวน"
URL = "/complaints/track/matter/review/"


@pytest.fixture
def refused(world, time_machine, client_of):
    time_machine.move_to("2026-05-18T10:00:00+07:00", tick=True)
    filed = steps.file_complaint()
    first = client_of("center_officer")
    case = steps.propose_refusal(first, steps.ready_to_refuse(first, filed))
    steps.act(client_of("center_officer_2"), acts.Refuse, case, reason=REASON)
    return filed


def ask(filed, *files, text=WHY):
    client = steps.tracking(filed)
    page = client.get(URL)
    assert page.status_code == 200
    token = re.search(r'name="token" value="([^"]+)"', page.content.decode()).group(1)
    return client.post(URL, {"token": token, "text": text, "files": list(files)})


def assigned(filed, unlocked_client_of, world, key="vice_governor"):
    officer = unlocked_client_of("center_officer")
    person = world[key].person
    return steps.act(officer, acts.AssignReviewer, filed.case, executive=str(person.pk), reason=REASON)


def test_the_sender_asks_on_the_own_page_and_the_refusal_is_taken_up_again(
    refused, unlocked_client_of, client_of, world
):
    assert URL in steps.matter(refused)
    assert ask(refused).status_code == 303
    case = refused.case
    assert (case.state, bool(case.review_asked_at)) == (Case.State.REVIEW, True)
    due = traces.dues(case)["complaints.review_refusal"]
    assert (due.due_on - due.started_on).days == 15
    assert "อยู่ระหว่างทบทวนคำสั่งไม่รับ" in steps.matter(refused)

    case = assigned(refused, unlocked_client_of, world)
    assert traces.dues(case)["complaints.review_refusal"].owed_person == world["vice_governor"].person
    for key in ("center_officer", "center_officer_2", "center_head"):
        assert steps.try_act(client_of(key), acts.UpholdReview, case, reason=REASON).status_code == 403, key
    vice = unlocked_client_of("vice_governor")
    assert WHY in steps.said(steps.record_page(vice, case))
    case = steps.act(vice, acts.UpholdReview, case, reason=REASON)

    assert (case.state, case.review_upheld) == (Case.State.SCREENING, True)
    assert (case.decision, case.proposed_by, case.decided_by) == ("", None, None)
    assert "ให้นำเรื่องกลับมากลั่นกรองใหม่" in steps.matter(refused)
    assert not traces.dues(case)["complaints.decide"].met_on


def test_the_reviewer_may_refuse_again_with_the_reason_and_then_only_new_evidence_counts(
    refused, unlocked_client_of, world
):
    ask(refused)
    case = assigned(refused, unlocked_client_of, world)
    vice = unlocked_client_of("vice_governor")
    words = "ตรวจแล้วไม่มีพยานเพิ่มเติมตามที่อ้าง จึงยืนตามคำสั่งเดิม"
    case = steps.act(vice, acts.RefuseAgain, case, reason=REASON, notice=words)
    assert (case.state, case.review_upheld) == (Case.State.REFUSED, False)
    page = steps.matter(refused)
    assert words in page and NOTICE in page and REASON not in page

    again = ask(refused)
    assert again.status_code == 422 and "หลักฐานใหม่" in steps.problem_of(again, "files")
    assert WHY in steps.said(again)
    assert ask(refused, steps.pdf()).status_code == 303


def test_after_thirty_days_only_with_new_evidence(refused, time_machine):
    time_machine.move_to("2026-06-18T10:00:00+07:00", tick=True)
    late = ask(refused)
    assert late.status_code == 422 and "พ้นกำหนด" in steps.problem_of(late, "files")
    assert ask(refused, steps.pdf("พบใหม่.pdf")).status_code == 303
    case = refused.case
    assert (case.state, case.evidence.count()) == (Case.State.REVIEW, 1)


def test_on_the_thirtieth_day_it_is_in_time(refused, time_machine):
    time_machine.move_to("2026-06-17T23:00:00+07:00", tick=True)
    assert ask(refused).status_code == 303


def test_a_named_vice_governor_is_not_offered(world, client_of, unlocked_client_of):
    filed = steps.file_complaint(accused_name="นางพิมพ์ใจ ศรีวิลัย รองผู้ว่าราชการจังหวัด")
    first = client_of("center_officer")
    case = steps.propose_refusal(first, steps.ready_to_refuse(first, filed))
    steps.act(client_of("center_officer_2"), acts.Refuse, case, reason=REASON)
    ask(filed)
    form = steps.said(
        unlocked_client_of("center_officer").get(steps.act_url(acts.AssignReviewer, filed.case))
    )
    assert "พิมพ์ใจ" not in form and "เกรียงไกร" in form
    vice = str(world["vice_governor"].person.pk)
    forged = steps.try_act(unlocked_client_of("center_officer"), acts.AssignReviewer, filed.case, executive=vice, reason=REASON)  # fmt: skip
    assert forged.status_code == 422


def test_without_a_refusal_there_is_nothing_to_ask(world):
    filed = steps.file_complaint()
    client = steps.tracking(filed)
    assert client.get(URL).status_code == 303
    assert URL not in steps.matter(filed)
    assert steps.Client().get(URL)["Location"] == reverse("complaints:track")
    late = steps.Client().post(URL, {"text": WHY})
    assert late.status_code == 403 and WHY in steps.said(late), "nothing typed is lost"
