"""A field that only some answers ask for: required beside them, and by no other answer (C46)."""

from __future__ import annotations

from typing import Any

import pytest
from django.test import Client

from prongsai.complaints.reveal import RevealForm
from prongsai.complaints.tests import steps

pytestmark = pytest.mark.django_db


def test_C46_the_name_of_an_agency_is_asked_only_of_whom_the_list_did_not_serve(world: Any) -> None:
    filed = steps.file_complaint(accused_other=None)
    assert filed.case.accused_agency_id

    answer = steps.send(Client(), accused_agency="other", accused_other="")
    assert steps.problem_of(answer, "accused_other") == "โปรดระบุชื่อหน่วยงาน"
    # What was left there of another choice neither stops the form nor counts.
    left_over = steps.file_complaint(accused_other="ก" * 200)
    assert left_over.case.accused_agency_id == filed.case.accused_agency_id


@pytest.mark.parametrize("purpose", RevealForm.base_fields["purpose"].choices, ids=lambda choice: choice[0])  # type: ignore[attr-defined]
def test_C46_the_number_of_an_order_is_asked_only_where_there_is_one(purpose: Any) -> None:
    form = RevealForm({"purpose": purpose[0], "document_no": "", "reason": steps.REASON})
    assert form.is_valid() == (purpose[0] not in ("court", "authority"))
    assert set(form.errors) <= {"document_no"}
