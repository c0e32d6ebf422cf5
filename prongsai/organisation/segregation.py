"""Which roles one person never holds at the same time (domain analysis §2.1, segregation of duties).

Intake, handler and decision maker of a complaint are three persons; nobody keeps both shares of an identity; whoever protects
a reporter, and so knows him, neither handles complaints nor keeps identities nor decides about staff; a supply
officer does not approve; an auditor audits nobody's work but that of others. That an administrator stands alone is kept
by the database itself (``role_admin_stands_alone``).
"""

from __future__ import annotations

from datetime import date

from prongsai.organisation.models.agencies import Post
from prongsai.organisation.models.people import Person
from prongsai.organisation.periods import overlaps
from prongsai.organisation.roles import Role

PAIRS: dict[frozenset[Role], str] = {
    frozenset({Role.DAMRONGTHAM_OFFICER, Role.CENTER_OFFICER}): (
        "ผู้รับเรื่องร้องเรียนกับผู้รับผิดชอบสำนวนต้องเป็นคนละคน จึงเป็นเจ้าหน้าที่ศูนย์ดำรงธรรม"
        "และเจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริตในเวลาเดียวกันมิได้"
    ),
    frozenset({Role.CENTER_OFFICER, Role.IDENTITY_CUSTODIAN}): (
        "ผู้รับผิดชอบสำนวนกับผู้เก็บรักษาข้อมูลผู้ร้องเรียนต้องเป็นคนละคน เพื่อมิให้ผู้ใดเปิดข้อมูลผู้ร้องเรียนได้โดยลำพัง"
    ),
    frozenset({Role.PROTECTION_OFFICER, Role.CENTER_OFFICER}): (
        "เจ้าหน้าที่คุ้มครองทราบว่าผู้แจ้งเป็นผู้ใด จึงเป็นผู้รับผิดชอบสำนวนในเวลาเดียวกันมิได้"
    ),
    frozenset({Role.PROTECTION_OFFICER, Role.IDENTITY_CUSTODIAN}): (
        "เจ้าหน้าที่คุ้มครองกับผู้เก็บรักษาข้อมูลผู้ร้องเรียนต้องเป็นคนละคน เพื่อมิให้ผู้ใดรวบรวมข้อมูลผู้แจ้งได้โดยลำพัง"
    ),
}
AUDITOR_ALONE = "ผู้ตรวจสอบต้องไม่มีบทบาทอื่นในช่วงเวลาเดียวกัน เพราะจะเป็นการตรวจสอบงานของตนเอง"
DECIDER_HANDLES = "ผู้วินิจฉัยกับผู้รับผิดชอบสำนวนต้องเป็นคนละคน ผู้ว่าราชการจังหวัดและรองผู้ว่าราชการจังหวัดจึงเป็นเจ้าหน้าที่ศูนย์มิได้"
DECIDER_PROTECTS = (
    "ผู้สั่งมาตรการคุ้มครองหรือผู้มีอำนาจด้านบุคคลกับเจ้าหน้าที่คุ้มครองต้องเป็นคนละคน ผู้ว่าราชการจังหวัด รองผู้ว่าราชการจังหวัด "
    "และหัวหน้าส่วนราชการจึงเป็นเจ้าหน้าที่คุ้มครองมิได้"
)
APPROVER_BUYS = "เจ้าหน้าที่พัสดุกับผู้อนุมัติต้องเป็นคนละคน หัวหน้าส่วนราชการจึงเป็นเจ้าหน้าที่พัสดุของหน่วยงานตนมิได้"

DECIDERS = (Post.Kind.GOVERNOR, Post.Kind.VICE_GOVERNOR)


def conflict(
    person: Person, role: str, agency_id: int | None, start: date, end: date | None, *, but: int | None = None
) -> str:
    """Why the person may not hold ``role`` in that period, in Thai; "" when he may. ``but``: an assignment to leave out."""
    period = overlaps(start, end)
    held = set(person.role_assignments.filter(period).exclude(pk=but).values_list("role", flat=True))
    for other in sorted(held - {role}):
        if reason := PAIRS.get(frozenset({Role(role), Role(other)}), ""):
            return reason
        if Role.AUDITOR in (role, other):
            return AUDITOR_ALONE
    return _conflict_with_post(person, role, agency_id, start, end)


def _conflict_with_post(
    person: Person, role: str, agency_id: int | None, start: date, end: date | None
) -> str:
    """Posts held, and posts acted for by order, count alike."""
    period = overlaps(start, end)
    posts = Post.objects.filter(pk__in=person.tenures.filter(period).values("post")) | Post.objects.filter(
        pk__in=person.acting.filter(period).values("post")
    )
    if role == Role.CENTER_OFFICER and posts.filter(kind__in=DECIDERS).exists():
        return DECIDER_HANDLES
    if role == Role.PROTECTION_OFFICER and posts.filter(kind__in=(*DECIDERS, Post.Kind.AGENCY_HEAD)).exists():
        return DECIDER_PROTECTS
    if role == Role.SUPPLY_OFFICER:
        headed = posts.filter(kind=Post.Kind.AGENCY_HEAD)
        if (headed.filter(agency_id=agency_id) if agency_id else headed).exists():
            return APPROVER_BUYS
    return AUDITOR_ALONE if role == Role.AUDITOR and posts.exists() else ""
