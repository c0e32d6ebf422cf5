"""The coming public deadlines as iCalendar (RFC 5545), for anybody's own calendar.

A deadline is a date, not a point in time: events last the whole day and have no zone to be wrong in (G29). The only
time in the file, when it was made, is in UTC.
"""

from __future__ import annotations

import datetime as dt

from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from django.utils.translation import gettext as _
from icalendar import Calendar, Event

from prongsai.compliance.registers import current_announcement
from prongsai.portal.deadlines import Deadline, deadlines
from prongsai.portal.keeping import kept
from prongsai.portal.pages import province_of
from prongsai.registers.language import in_english, pick

LONGEST = 1000
DAY = dt.timedelta(days=1)


@kept
def calendar(request: HttpRequest) -> HttpResponse:
    province = province_of(request)
    made = Calendar()
    made.add("prodid", f"-//Prongsai//{province.pk}//{'EN' if in_english() else 'TH'}")
    made.add("version", "2.0")
    made.add("method", "PUBLISH")
    name = f"{_('กำหนดเวลาที่เปิดเผย')} – {province.name}"
    made.add("x-wr-calname", name)
    made.add("x-wr-timezone", str(timezone.get_default_timezone()))
    if announcement := current_announcement(province):
        stamp = timezone.now().astimezone(dt.UTC).replace(microsecond=0)
        for deadline in deadlines(announcement, announcement.clauses.all(), LONGEST):
            made.add_component(_event(request, deadline, stamp))
    return HttpResponse(made.to_ical(), content_type="text/calendar; charset=utf-8")


def _event(request: HttpRequest, deadline: Deadline, stamp: dt.datetime) -> Event:
    due, clause = deadline.due, deadline.clause
    event = Event()
    event.add("uid", f"due-{due.pk}@{request.get_host()}")
    event.add("dtstamp", stamp)
    event.add("dtstart", due.due_on)
    event.add("dtend", due.due_on + DAY)  # of a whole day the end does not belong to it
    event.add("transp", "TRANSPARENT")
    event.add("summary", f"{deadline.title} ({clause.code})" if clause else deadline.title)
    if due.agency:
        event.add("description", pick(due.agency.name_th, due.agency.name_en))
    if deadline.url:
        event.add("url", request.build_absolute_uri(deadline.url))
    return event
