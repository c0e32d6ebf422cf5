"""Whoever is named in a complaint gets no key, no row and no notice of it (AT-M5-06, as far as the person is known)."""

from __future__ import annotations

import pytest
from django.urls import reverse

from prongsai.complaints import acts
from prongsai.complaints.models import Case
from prongsai.complaints.tests import steps
from prongsai.complaints.tests.steps import REASON
from prongsai.notices.models import Notice
from prongsai.sealed.models import Grant

pytestmark = [pytest.mark.django_db, pytest.mark.at("AT-M5-06")]

HEAD = "นาง ดวงใจ ปัญญาดี หัวหน้าศูนย์ปฏิบัติการต่อต้านการทุจริต"


def holders_of_keys(filed) -> set[int]:
    """Persons to whom any of the case's envelopes is sealed."""
    receipt = filed.case.receipts.select_related("identity").get()
    envelopes = [filed.case.envelope_id, receipt.correspondence_id, receipt.identity.envelope_id]
    held = Grant.objects.filter(envelope__in=envelopes, keyholder__person__isnull=False)
    return set(held.values_list("keyholder__person_id", flat=True))


@pytest.mark.parametrize(
    "written",
    [HEAD, "ดวงใจ ปัญญาดี", "ปัญญาดี, ดวงใจ", "คุณดวงใจ  ปัญญาดีและพวก", "นายสมมติ กับ นางดวงใจ ปัญญาดี"],
)
def test_the_named_head_of_the_centre_gets_no_key(world, written):
    filed = steps.file_complaint(accused_name=written)
    head, officer = (world[key].person.pk for key in ("center_head", "center_officer"))

    assert head not in holders_of_keys(filed)
    assert officer in holders_of_keys(filed)
    assert list(filed.case.exclusions.values_list("person_id", flat=True)) == [head]


def test_the_named_head_sees_no_row_anywhere(unlocked_client_of, client_of):
    filed, other = steps.file_complaint(accused_name=HEAD), steps.file_complaint()
    head, officer = unlocked_client_of("center_head"), client_of("center_officer")

    assert steps.record_page(head, filed.case).status_code == 404
    assert steps.record_page(officer, filed.case).status_code == 200
    for name, args in [("register", ["complaints"]), ("register-csv", ["complaints"]), ("my-work", [])]:
        answer = head.get(reverse(f"office:{name}", args=args))
        page = b"".join(answer.streaming_content).decode() if answer.streaming else steps.said(answer)
        assert filed.number not in page, name
        if args:
            assert other.number in page, name
    found = head.get(reverse("office:register", args=["complaints"]), {"q": filed.number.split("/")[2]})
    assert steps.record_page(head, other.case).status_code == 200
    assert str(filed.case.pk) not in steps.said(found)


def test_the_named_head_can_do_nothing_to_the_case(client_of):
    filed = steps.file_complaint(accused_name=HEAD)
    case = steps.screen(client_of("center_officer"), steps.sign(filed).case)
    case = steps.act(client_of("center_officer"), acts.ProposeAcceptance, case, reason=REASON)

    assert steps.try_act(client_of("center_head"), acts.Accept, case).status_code == 404
    assert steps.fresh(case).state == Case.State.ACCEPT_PROPOSED
    assert steps.act(client_of("center_officer_2"), acts.Accept, case).state == Case.State.ACCEPTED


def test_the_named_head_hears_nothing_while_the_others_do(world, client_of):
    filed = steps.file_complaint(accused_name=HEAD)
    case = steps.screen(client_of("center_officer"), steps.sign(filed).case)
    case = steps.act(client_of("center_officer"), acts.ProposeAcceptance, case, reason=REASON)
    steps.act(client_of("center_officer_2"), acts.Accept, case)

    about = Notice.objects.filter(record_id=str(case.pk))
    told = set(about.values_list("recipient_id", flat=True))
    assert world["center_head"].person.pk not in told
    assert world["center_officer_3"].person.pk in told
    assert steps.NARRATIVE not in "".join(about.values_list("text", flat=True))


def test_where_the_centre_itself_is_named_the_vice_governor_and_the_governor_stand_in(world, client_of):
    named = [world[f"center_{key}"].person for key in ("head", "officer", "officer_2")]
    filed = steps.file_signed(accused_name=" ".join(f"{p.first_name} {p.last_name}" for p in named))

    keys = holders_of_keys(filed)
    assert keys.isdisjoint({p.pk for p in named})
    assert {world[key].person.pk for key in ("vice_governor", "governor", "center_officer_3")} <= keys
    assert steps.record_page(client_of("center_officer"), filed.case).status_code == 404

    case = steps.screen(client_of("vice_governor"), filed.case)
    case = steps.act(client_of("vice_governor"), acts.ProposeAcceptance, case, reason=REASON)
    assert steps.act(client_of("governor"), acts.Accept, case).state == Case.State.ACCEPTED
    ordinary = steps.file_complaint()
    assert steps.record_page(client_of("vice_governor"), ordinary.case).status_code == 404


def test_a_named_custodian_gets_no_share_of_the_identity(world):
    filed = steps.file_complaint(accused_name="นาง นงลักษณ์ สุขเกษม เจ้าหน้าที่ธุรการ")

    assert world["identity_custodian"].person.pk not in holders_of_keys(filed)
    assert world["identity_custodian_2"].person.pk in holders_of_keys(filed)


def test_somebody_of_the_same_first_name_is_not_shut_out(world):
    filed = steps.file_complaint(accused_name="นางดวงใจ นามสกุลอื่น")

    assert world["center_head"].person.pk in holders_of_keys(filed)
    assert not filed.case.exclusions.exists()
