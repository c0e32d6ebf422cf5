import pytest
from django.db import IntegrityError, transaction
from django.utils.translation import gettext_lazy

from prongsai import ledger
from prongsai.ledger.models import Entry, Pending


@pytest.mark.django_db
def test_a_rolled_back_act_leaves_nothing(write):
    with pytest.raises(RuntimeError, match="changed my mind"), transaction.atomic():
        write()
        raise RuntimeError("changed my mind")
    assert not Entry.objects.exists()
    assert not Pending.objects.exists()
    assert ledger.integrate() == 0


@pytest.mark.django_db
def test_what_is_hashed_is_what_is_read_back(write):
    """Types that the database would change (text for a number, a lazy translation, a tuple) are changed before."""
    write(
        actor_id="12",
        agency_id="3",
        actor_label=gettext_lazy("Yes"),
        clauses=("M5.2.1", "M5.2.2"),
        secrecy=ledger.Secrecy.S1,
        content={"ใจความ": "ก\u0e4d\u0e32 \\u0000 \"'\n\u2028😀", "list": (1, True, None, -(2**53) + 1)},
    )
    assert ledger.verify().ok
    ledger.integrate()
    assert ledger.verify().ok


@pytest.mark.django_db
@pytest.mark.parametrize(
    "wrong",
    [{"content": {"amount": 1.5}}, {"content": {"n": 2**53}}, {"clauses": "M5.2.1"}, {"actor_id": "x"}],
)
def test_what_has_no_single_form_is_refused(write, wrong):
    with pytest.raises(ValueError):
        write(**wrong)


@pytest.mark.django_db
def test_an_unknown_secrecy_class_is_refused(write):
    with pytest.raises(IntegrityError), transaction.atomic():
        write(secrecy="S9")


@pytest.mark.django_db
def test_timeline_and_evidence(write):
    first = write(1)
    second = write(2, clauses=["M5.2.2", "M5.2.5"], secrecy="S3")
    third = write(1, clauses=[])

    def ids(entries):
        return [entry.pk for entry in entries]

    assert ids(Entry.objects.for_subject("complaints.case", "case-1")) == [first.entry_id, third.entry_id]
    assert ids(Entry.objects.for_clauses(["M5.2.5", "M9"])) == [second.entry_id]
    assert ids(Entry.objects.public().order_by("pk")) == [first.entry_id, third.entry_id]


FIELDS = {
    "actor_id": 12,
    "actor_label": "เจ้าหน้าที่",
    "subject": ("complaints.case", "case-1"),
    "province": "50",
    "secrecy": "S3",
}


@pytest.mark.django_db(transaction=True, available_apps=["prongsai.ledger"])
@pytest.mark.parametrize("record", [ledger.record_read, ledger.record_refusal])
def test_a_read_stays_recorded_when_the_request_fails(write, record):
    with pytest.raises(RuntimeError), transaction.atomic():
        write()
        record(kind="sealed.open", **FIELDS)
        raise RuntimeError("the page broke")
    assert [entry.kind for entry in Entry.objects.all()] == ["sealed.open"]
    record(kind="sealed.open", **FIELDS)  # outside of a transaction
    assert Entry.objects.count() == 2
    assert ledger.integrate() == 2


@pytest.mark.django_db
def test_a_refused_attempt_is_no_evidence():
    with pytest.raises(ValueError, match="no evidence"):
        ledger.record_refusal(kind="complaints.accept.refused", clauses=["M5.2.1"], **FIELDS)
