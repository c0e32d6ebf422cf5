"""The sample province shows fact-finding on its way, concluded and closed; nobody real is accused."""

from __future__ import annotations

import pytest

from prongsai import ledger
from prongsai.complaints.models import Case
from prongsai.inquiries.models import Inquiry
from prongsai.inquiries.sample import load_sample_inquiries
from prongsai.inquiries.statistics import outcomes
from prongsai.organisation.models import Province

pytestmark = pytest.mark.django_db


def test_the_sample_holds_a_matter_in_each_stage_and_is_loaded_once(province, world):
    loaded = load_sample_inquiries(province, world)

    assert {i.pk for i in load_sample_inquiries(province, world)} == {i.pk for i in loaded}
    states = [Case.objects.get(inquiries=i).state for i in loaded]
    assert states == [Case.State.FACT_FINDING, Case.State.CONCLUDED, Case.State.CLOSED]
    assert all(i.is_sample and not i.case.exclusions.exists() for i in loaded)
    assert all(
        part.is_sample for i in loaded for part in (*i.seats.all(), *i.respondents.all(), *i.sanctions.all())
    )
    figures = outcomes(Inquiry.objects.filter(province=province))
    assert (figures.inquiries, figures.decided, figures.by_finding) == (3, 1, {"grave": 1})
    ledger.integrate()
    assert ledger.verify().ok


def test_a_real_province_gets_no_invented_matter(world):
    with pytest.raises(ValueError, match="sample"):
        load_sample_inquiries(Province(code="00", is_sample=False), world)
