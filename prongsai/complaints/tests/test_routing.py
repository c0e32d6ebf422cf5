"""Who is accused, and everybody who reports to him, gets no key, no row and no notice; others decide, always two (AT-M5-06)."""

from __future__ import annotations

import pytest
from django.test import Client
from django.urls import reverse

from prongsai import sealed
from prongsai.complaints import acts
from prongsai.complaints.line import above
from prongsai.complaints.models import Accused, Case, Receipt
from prongsai.complaints.tests import steps
from prongsai.complaints.tests.steps import REASON
from prongsai.notices.models import Notice
from prongsai.organisation.models import Agency, Person, RoleAssignment, User
from prongsai.organisation.periods import today
from prongsai.organisation.roles import Role
from prongsai.sealed.models import Grant, Keyholder
from prongsai.signin.testing import sign_in

pytestmark = [pytest.mark.django_db, pytest.mark.at("AT-M5-06")]

HEAD = "นาง ดวงใจ ปัญญาดี หัวหน้าศูนย์ปฏิบัติการต่อต้านการทุจริต"
COLLEAGUE = "นางสาว อรทัย จันทร์แก้ว"  # an officer of the centre who leads nobody
CENTRE = ("center_head", "center_officer", "center_officer_2", "center_officer_3")


def holders_of_keys(filed) -> set[int]:
    """Persons to whom any of the case's envelopes is sealed."""
    receipt = filed.case.receipts.select_related("identity").get()
    envelopes = [filed.case.envelope_id, receipt.correspondence_id, receipt.identity.envelope_id]
    held = Grant.objects.filter(envelope__in=envelopes, keyholder__person__isnull=False)
    return set(held.values_list("keyholder__person_id", flat=True))


def people(world, *keys) -> set[int]:
    return {world[key].person.pk for key in keys}


@pytest.mark.parametrize(
    "written",
    [
        HEAD,
        "ปัญญาดี, ดวงใจ",
        "คุณดวงใจ  ปัญญาดีและพวก",
        "หัวหน้าศูนย์ปฏิบัติการต่อต้านการทุจริตจังหวัดเชียงใหม่",
        "หัวหน้า ศปท.",
    ],
)
def test_a_complaint_about_the_head_goes_past_the_whole_centre_to_the_vice_governor_and_the_governor(
    world, written
):
    filed = steps.file_complaint(accused_name=written)

    keys = holders_of_keys(filed)
    assert keys.isdisjoint(people(world, *CENTRE, "identity_custodian")), "they report to the head"
    assert keys == people(world, "vice_governor", "governor", "identity_custodian_2", "identity_custodian_3")
    assert filed.case.handled_above


def test_the_governor_is_not_below_the_head_of_the_office_that_he_belongs_to(world):
    """The centre is below the head of the provincial office; were the executives so too, nobody could take the complaint in."""
    head = world["head_provincial_office"].person
    found = above([world[key].person.pk for key in ("governor", "vice_governor", "center_officer")])
    assert [
        head.pk in found[world[key].person.pk] for key in ("governor", "vice_governor", "center_officer")
    ] == [
        False,
        False,
        True,
    ]
    filed = steps.file_complaint(accused_name=head.full_name)
    keys = holders_of_keys(filed)
    assert keys == people(world, "vice_governor", "governor", "identity_custodian_3"), "of another office"


def test_the_centre_sees_no_row_no_notice_and_no_file_and_the_executives_decide(world, client_of):
    filed = steps.file_signed(accused_name=HEAD, files=[steps.pdf()])
    other = steps.file_complaint()
    file = filed.case.evidence.get().file_id

    for key in CENTRE:
        client = client_of(key)
        assert steps.record_page(client, filed.case).status_code == 404, key
        for name, args in [("register", ["complaints"]), ("register-csv", ["complaints"]), ("my-work", [])]:
            answer = client.get(reverse(f"office:{name}", args=args))
            page = b"".join(answer.streaming_content).decode() if answer.streaming else steps.said(answer)
            assert filed.number not in page, (key, name)
            assert not args or other.number in page, (key, name)
        found = client.get(reverse("office:search"), {"q": filed.number})
        assert str(filed.case.pk) not in steps.said(found)
        assert client.get(reverse("office:file", args=[file])).status_code == 404
        assert steps.try_act(client, acts.StartScreening, filed.case).status_code == 404

    case = steps.screen(client_of("vice_governor"), filed.case)
    case = steps.act(client_of("vice_governor"), acts.ProposeAcceptance, case, reason=REASON)
    alone = steps.try_act(client_of("vice_governor"), acts.Accept, case)
    assert alone.status_code == 403, "two persons, also above"
    assert steps.act(client_of("governor"), acts.Accept, case).state == Case.State.ACCEPTED
    told = set(Notice.objects.filter(record_id=str(case.pk)).values_list("recipient_id", flat=True))
    assert told <= people(world, "vice_governor", "governor")
    assert steps.record_page(client_of("vice_governor"), other.case).status_code == 404


def test_who_joins_the_centre_later_is_kept_out_by_the_same_rule(world):
    """A named officer of another agency who is made an officer of the centre, and one who is put under the accused."""
    filed = steps.file_complaint(accused_name="นาย สมชาย ใจดี นักวิชาการส่งเสริมการเกษตร")
    accused = world["officer"].person
    assert not filed.case.exclusions.exists()
    assert accused.last_name.encode() not in bytes(Accused.objects.get(case=filed.case).mark)

    centre = Agency.objects.get(province="50", code="ACOC")
    for key in ("officer", "officer_6"):
        RoleAssignment.objects.create(
            person=world[key].person, role=Role.CENTER_OFFICER, agency=centre, start=today(), order_no="1"
        )
    newcomers = {
        key: sign_in(Client(), User.objects.get(pk=world[key].pk)) for key in ("officer", "officer_6")
    }
    assert steps.record_page(newcomers["officer"], filed.case).status_code == 404
    assert steps.record_page(newcomers["officer_6"], filed.case).status_code == 200
    Person.objects.filter(pk=world["officer_6"].person.pk).update(supervisor=accused)
    assert steps.record_page(newcomers["officer_6"], filed.case).status_code == 404


def test_the_head_of_an_agency_that_the_centre_belongs_to_is_above_it(world):
    """Where the centre's line is accused and no custodian outside it remains, the sender hears it and keeps the text."""
    sealed.retire_keys(sealed.keyholder_of(world["identity_custodian_3"].person))
    answer = steps.send(Client(), accused_name="นาง วิไลพร ใจกว้าง")

    assert answer.status_code == 503
    page = steps.said(answer)
    assert "ไม่มีเจ้าหน้าที่อย่างน้อยสองคนที่ไม่เกี่ยวข้อง" in page
    assert "1205" in page and "ป.ป.ช." in page, "where to go instead"
    assert steps.NARRATIVE in page and steps.NAME in page
    assert not Case.objects.exists()


def test_a_named_officer_alone_is_left_out_and_the_centre_goes_on(world, client_of):
    filed = steps.file_signed(accused_name=COLLEAGUE)
    assert list(filed.case.exclusions.values_list("person_id", flat=True)) == [
        world["center_officer_2"].person.pk
    ]
    case = steps.screen(client_of("center_officer"), filed.case)
    case = steps.act(client_of("center_officer"), acts.ProposeAcceptance, case, reason=REASON)

    assert steps.try_act(client_of("center_officer_2"), acts.Accept, case).status_code == 404
    assert steps.act(client_of("center_officer_3"), acts.Accept, case).state == Case.State.ACCEPTED
    told = set(Notice.objects.filter(record_id=str(case.pk)).values_list("recipient_id", flat=True))
    assert world["center_officer_2"].person.pk not in told
    assert world["center_officer_3"].person.pk in told


def test_the_centre_itself_as_the_accused_agency_goes_above(world):
    centre = Agency.objects.get(province="50", code="ACOC")
    filed = steps.file_complaint(accused_agency=str(centre.pk))
    assert holders_of_keys(filed).isdisjoint(people(world, *CENTRE))


def test_an_accused_vice_governor_is_left_out_above_too(world, client_of):
    filed = steps.file_complaint(accused_name="รองผู้ว่าราชการจังหวัด นางพิมพ์ใจ ศรีวิลัย")
    assert world["vice_governor"].person.pk not in holders_of_keys(filed)
    assert people(world, "center_officer", "center_head") <= holders_of_keys(filed)
    # With the head of the centre accused too, one person would remain: no double act is possible.
    answer = steps.send(Client(), accused_name=f"{HEAD} กับ นางพิมพ์ใจ ศรีวิลัย")
    assert answer.status_code == 503
    assert steps.NARRATIVE in steps.said(answer)


def test_a_named_custodian_gets_no_share_of_the_identity(world):
    filed = steps.file_complaint(accused_name="นาง นงลักษณ์ สุขเกษม เจ้าหน้าที่ธุรการ")

    assert world["identity_custodian"].person.pk not in holders_of_keys(filed)
    assert world["identity_custodian_2"].person.pk in holders_of_keys(filed)


def test_somebody_of_the_same_first_name_or_a_former_head_is_not_shut_out(world):
    for written in ("นางดวงใจ นามสกุลอื่น", "อดีตหัวหน้าศูนย์ปฏิบัติการต่อต้านการทุจริต"):
        filed = steps.file_complaint(accused_name=written)
        assert world["center_head"].person.pk in holders_of_keys(filed), written
        assert not filed.case.exclusions.exists()


def test_intake_handler_and_decision_maker_are_three_persons(world, client_of):
    filed = steps.file_signed()
    Receipt.objects.filter(case=filed.case).update(received_by=world["center_officer"].person)
    typed, handler = client_of("center_officer"), client_of("center_officer_2")

    refused = steps.try_act(typed, acts.StartScreening, filed.case)
    assert refused.status_code == 403
    assert "ท่านเป็นผู้รับและบันทึกเรื่องนี้" in steps.said(refused)
    case = steps.screen(handler, filed.case)
    case = steps.act(client_of("center_officer_3"), acts.ProposeAcceptance, case, reason=REASON)
    for client, why in ((typed, "ผู้รับเรื่อง ผู้รับผิดชอบ และผู้วินิจฉัย"), (handler, "ผู้รับผิดชอบเรื่องและผู้พิจารณา")):
        answer = steps.try_act(client, acts.Accept, case)
        assert (answer.status_code, why in steps.said(answer)) == (403, True)
    assert steps.act(client_of("center_head"), acts.Accept, case).state == Case.State.ACCEPTED


def test_the_shares_of_an_identity_stay_with_different_persons(world):
    filed = steps.file_complaint(accused_name=HEAD)
    envelope = filed.case.receipts.get().identity.envelope
    shares = {}
    for grant in Grant.objects.filter(
        envelope=envelope, keyholder__in=Keyholder.objects.filter(kind="person")
    ):
        shares.setdefault(grant.keyholder.person_id, set()).add(grant.share)
    assert all(len(held) == 1 for held in shares.values())
    assert {share for held in shares.values() for share in held} == {1, 2}
