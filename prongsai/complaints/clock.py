"""What happens to complaints when time passes: nothing is decided, a case only comes back to a person's desk."""

import logging

from django.utils import timezone

from prongsai.acts import Refused, perform
from prongsai.acts.models import Due
from prongsai.complaints.acts import ReturnUnanswered
from prongsai.complaints.duties import AnswerRequest
from prongsai.complaints.models import Case
from prongsai.organisation.actors import Actor

log = logging.getLogger(__name__)


def return_unanswered() -> int:
    """Put every case whose request for information ran out yesterday or before back to screening. Returns how many."""
    late = (
        Due.objects.overdue(timezone.localdate())
        .filter(duty=AnswerRequest.key())
        .values_list("record_id", flat=True)
    )
    returned = 0
    for case in Case.objects.filter(pk__in=late, state=Case.State.MORE_INFO).select_related("province"):
        try:
            perform(ReturnUnanswered, case, actor=Actor.system(case.province))
            returned += 1
        except Refused:
            log.info("a case was answered in the same moment")
    return returned
