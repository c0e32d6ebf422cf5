"""What records with a period, and records with history, have in common."""

import pghistory
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

ENDS_AFTER_START = _("วันที่สิ้นสุดต้องไม่ก่อนวันที่เริ่ม")
ADMIN_STANDS_ALONE = _("ผู้ดูแลระบบต้องไม่มีบทบาทหรือตำแหน่งอื่นในช่วงเวลาเดียวกัน")


def ends_after_start(name: str) -> models.CheckConstraint:
    return models.CheckConstraint(
        condition=Q(end__isnull=True) | Q(end__gte=F("start")),
        name=name,
        violation_error_message=ENDS_AFTER_START,
    )


def with_history(model: type[models.Model]) -> type[models.Model]:
    """Every insert, update and delete of the table is kept by a trigger, so that bulk writes are kept too.

    Fields named in the model's ``NO_HISTORY`` are copies of what another table says: their change is no event here.
    """
    events = (pghistory.InsertEvent(), pghistory.UpdateEvent(), pghistory.DeleteEvent())
    return pghistory.track(*events, exclude=list(getattr(model, "NO_HISTORY", ())))(model)
