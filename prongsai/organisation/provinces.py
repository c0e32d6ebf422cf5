"""Which province this installation serves."""

import time

from django.conf import settings
from django.core.exceptions import ImproperlyConfigured
from django.db.models.signals import post_delete, post_save

from prongsai.organisation.models import Province

# Every page asks; a change made by another process shows after this many seconds.
KEEP_SECONDS = 5.0

_kept: tuple[float, Province | None] | None = None


def current_province() -> Province | None:
    """The province named by ``PRONGSAI_PROVINCE``, or the only one with settings; None before one is loaded.

    Raises ImproperlyConfigured when several are loaded and none is named, or the named one is missing.
    """
    global _kept
    if _kept is not None and time.monotonic() < _kept[0]:
        return _kept[1]
    province = _find()
    _kept = (time.monotonic() + KEEP_SECONDS, province)
    return province


def forget_province(**signal: object) -> None:
    """Ask the database again next time."""
    global _kept
    _kept = None


def _find() -> Province | None:
    named = getattr(settings, "PRONGSAI_PROVINCE", None)
    if named:
        province = Province.objects.filter(pk=named).first()
        if province is None and Province.objects.exists():
            raise ImproperlyConfigured(f"PRONGSAI_PROVINCE={named}: no such province has been loaded")
        return province
    loaded = list(Province.objects.exclude(settings={})[:2])
    if len(loaded) > 1:
        raise ImproperlyConfigured("several provinces are loaded: name one in PRONGSAI_PROVINCE")
    return loaded[0] if loaded else None


post_save.connect(forget_province, sender=Province, dispatch_uid="organisation.forget_province.save")
post_delete.connect(forget_province, sender=Province, dispatch_uid="organisation.forget_province.delete")
