"""The named deputy of a sample province. Keys cannot be made here: they belong to browsers, and the page says so."""

from __future__ import annotations

from prongsai.acts import perform
from prongsai.confidential.acts import NameDeputy
from prongsai.confidential.models import Deputy
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Province, User
from prongsai.organisation.periods import today


def load_sample_deputy(province: Province, users: dict[str, User]) -> Deputy:
    """Loading again changes nothing."""
    if not province.is_sample:
        raise ValueError(
            "an invented appointment is only for a province that is marked as a sample (is_sample)"
        )
    if found := Deputy.objects.filter(province=province).first():
        return found
    data = {
        "person": users["vice_governor"].person,
        "order_no": "ตัวอย่าง 1/2570",
        "order_date": today(),
    }
    deputy: Deputy = perform(NameDeputy, None, actor=Actor.of(users["governor"].person), data=data).record
    return deputy
