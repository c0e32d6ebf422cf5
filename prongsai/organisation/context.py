"""What every template may use."""

from typing import Any

from django.conf import settings
from django.http import HttpRequest
from django.utils.functional import SimpleLazyObject

from prongsai.organisation.actors import Actor
from prongsai.organisation.periods import today
from prongsai.organisation.provinces import current_province


def house(request: HttpRequest) -> dict[str, Any]:
    """``province``, ``is_sample``, ``actor``, ``today``, ``languages`` ([(code, name)]), ``site_url``,
    ``sign_in_by`` ({address: label} of other ways to sign in).

    Nothing is read from the database until a template uses it. Error pages come without an actor when the fault
    happened before it was known.
    """
    province = SimpleLazyObject(current_province)
    return {
        "province": province,
        "is_sample": SimpleLazyObject(lambda: bool(province) and province.is_sample),
        "actor": getattr(request, "actor", None) or Actor.anonymous(None),
        "today": SimpleLazyObject(today),
        "languages": settings.LANGUAGES,
        "site_url": settings.SITE_URL,
        "sign_in_by": settings.SIGN_IN_BY,
    }
