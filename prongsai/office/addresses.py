"""Where things are on the staff site."""

from __future__ import annotations

from typing import Any

from django.urls import reverse

from prongsai.acts import Act
from prongsai.acts.declaration import record_type
from prongsai.registers import Register, register_for


def record_url(kind: str, pk: Any) -> str:
    """The page of a record by its type (``complaints.case``) and id; "" where its register has none."""
    register = register_for(kind)
    if register is None or not register.has_record_page:
        return ""
    return reverse("office:record", args=[register.key, pk])


def register_url(register: Register, query: str = "") -> str:
    url = reverse("office:register", args=[register.key])
    return f"{url}?{query}" if query else url


def row_url(register: Register, row: Any) -> str:
    """Where a row of a list leads: to its own page, to the record that it is about, or to its public page."""
    if register.has_record_page:
        return reverse("office:record", args=[register.key, row.pk])
    if about := getattr(row, "record_type", ""):
        return record_url(about, row.record_id)
    return register.public_address(row)


def act_url(act: Act, record: Any) -> str:
    return reverse("office:act", args=[act.key(), record.pk])


def make_url(act: Act) -> str:
    """Where an act that makes its record begins."""
    return reverse(act.page) if act.page else reverse("office:make", args=[act.key()])


def after(act: Act, record: Any) -> str:
    """Where an act leaves its doer: at the record, or at the register that lists it; at the desk if he sees it no more."""
    kind = record_type(act.record)
    if act.leaves:
        return reverse("office:my-work")
    if url := record_url(kind, record.pk):
        return url
    register = register_for(kind)
    return register_url(register) if register else reverse("office:my-work")
