"""What the minutes say, taken from the meeting's records when they are written: plain facts, then Thai sentences.

The form follows the Regulation of the Office of the Prime Minister on Correspondence, B.E. 2526, form 11 (รายงานการประชุม). The
relation that a person declared is not in it: minutes say that there is one, and what the person did (M6.2.3.(10)).
"""

from __future__ import annotations

from typing import Any

from prongsai.committees.models import Attendance, Interest, Item, Meeting
from prongsai.thai.digits import to_thai

Facts = dict[str, Any]  # JSON: times as "09.30", dates as ISO


def facts_of(meeting: Meeting) -> Facts:
    """Everything that the paper needs, as JSON. Later changes of names, seats or items do not reach it."""
    committee = meeting.committee
    rows = list(Attendance.objects.filter(meeting=meeting).select_related("seat").in_order())
    items = meeting.items.prefetch_related("interests__attendance__seat").order_by("number")  # type: ignore[attr-defined]
    return {
        "committee": committee.name,
        "number": meeting.number,
        "held_on": meeting.held_on.isoformat(),
        "place": meeting.place,
        "opened_at": _time(meeting.opened_at),
        "closed_at": _time(meeting.closed_at),
        "presiding": meeting.presiding.name if meeting.presiding else "",
        "present": [_member(row) for row in rows if row.seat.votes and row.status in _CAME],
        "absent": [_member(row) for row in rows if row.seat.votes and row.status not in _CAME],
        "others": [_member(row) for row in rows if not row.seat.votes and row.status in _CAME],
        "items": [_item(item) for item in items if item.state != Item.State.WITHDRAWN],
    }


_CAME = (*Attendance.PRESENT, Attendance.Status.LEFT_EARLY.value)


def _time(value: Any) -> str:
    return f"{value:%H.%M}" if value else ""


def _member(row: Attendance) -> Facts:
    seat = row.seat
    return {
        "name": row.name,
        "post": " ".join(part for part in (seat.position, seat.organisation) if part),
        "role": seat.get_role_display(),
        "status": row.get_status_display(),
    }


def _item(item: Item) -> Facts:
    interests = sorted(item.interests.all(), key=lambda interest: interest.created_at)  # type: ignore[attr-defined]
    return {
        "number": item.number,
        "title": item.title,
        "detail": item.detail,
        "state": item.state,
        "secret": item.is_secret,
        "asked": any(i.state != Interest.State.LAPSED for i in interests),
        "recusals": [
            {
                "name": i.attendance.name,
                "mode": i.state,
                "left_at": _time(i.left_at),
                "returned_at": _time(i.returned_at),
                "reason": i.stay_reason,
            }
            for i in interests
            if i.state in (*Interest.DECLARED, Interest.State.LATE)
        ],
        "presided_by": item.presided_by,
        "present": item.present,
        "left": item.left,
        "quorum": item.quorum,
        "ballot": item.ballot,
        "votes": [item.votes_for, item.votes_against, item.abstained] if item.votes_for is not None else [],
        "casting": item.casting,
        "outcome": item.get_outcome_display() if item.outcome else "",
        "dissent": list(item.dissent),
        "resolution": item.resolution,
        "legal_review": item.legal_review,
    }


def recusal_sentence(number: int, recusal: Facts) -> str:
    """As the form of the domain analysis says it (3.6, Documents)."""
    name, mode = recusal["name"], recusal["mode"]
    if mode == Interest.State.LATE:
        return f"ภายหลังรับรองรายงานการประชุม พบว่า{name}เป็นผู้มีส่วนได้ส่วนเสียในระเบียบวาระที่ {to_thai(number)}"
    before = f"ก่อนเข้าสู่ระเบียบวาระที่ {to_thai(number)} {name} แจ้งว่าเป็นผู้มีส่วนได้ส่วนเสีย"
    if mode == Interest.State.STAYED:
        return f"{before} และขออยู่ร่วมประชุมโดยไม่ออกเสียง เนื่องจาก{to_thai(recusal['reason'])}"
    times = f"ตั้งแต่เวลา {_thai(recusal['left_at'])}"
    if recusal["returned_at"]:
        times += f" ถึง {_thai(recusal['returned_at'])}"
    return f"{before} และได้ออกจากห้องประชุมเป็นการชั่วคราว{times}"


def _thai(time: str) -> str:
    return f"{to_thai(time)} น."


def votes_sentence(item: Facts) -> str:
    """How the votes fell, with the quorum of the item."""
    if not item["votes"]:
        return ""
    for_, against, abstained = item["votes"]
    room = f"อยู่ในห้องประชุม {item['present'] - item['left']} คน องค์ประชุม {item['quorum']} คน"
    text = f"{room} เห็นชอบ {for_} เสียง ไม่เห็นชอบ {against} เสียง งดออกเสียง {abstained} เสียง"
    if item["ballot"] == Item.Ballot.SECRET:
        text += " (ลงคะแนนลับ)"
    if item["casting"]:
        text += f" ประธานออกเสียงชี้ขาด{'เห็นชอบ' if item['casting'] == 'for' else 'ไม่เห็นชอบ'}"
    if item["dissent"]:
        text += f" ({', '.join(item['dissent'])})"
    return to_thai(f"{text} ผลการลงมติ {item['outcome']}")
