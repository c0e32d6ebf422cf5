"""An agency's head invites a person of the agency to open an account (domain analysis §2.1)."""

from __future__ import annotations

import datetime as dt
import uuid
from collections.abc import Iterable
from typing import Any

from django.conf import settings
from django.db import IntegrityError, transaction

from prongsai.acts import Act, Refused, Step
from prongsai.notices.waking import wake_after_commit
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Person, Province, User
from prongsai.staff import links
from prongsai.staff.forms import AcceptForm, InviteForm
from prongsai.staff.models import Invitation
from prongsai.staff.reach import heads
from prongsai.staff.thaid.identity import Taken, link

S = Invitation.State
NOT_HEAD = "เฉพาะหัวหน้าส่วนราชการของหน่วยงาน หรือผู้รักษาราชการแทน"
NO_MAIL = "ยังมิได้ตั้งเครื่องแม่ข่ายอีเมล จึงส่งคำเชิญมิได้ โปรดแจ้งผู้ดูแลระบบ"
TOO_SOON = dt.timedelta(minutes=5)


def can_mail(province: Province | None) -> bool:
    """A sample province writes its mails to files."""
    return bool(settings.SMTP_URL) or (province is not None and province.is_sample)


class InvitationAct(Act):
    record = Invitation

    def by(self, actor: Actor, record: Invitation | None) -> str | None:
        allowed = heads(actor, record.agency_id) if record is not None else actor.has("head_agency")
        return None if allowed else NOT_HEAD


def _fresh(step: Step, pk: uuid.UUID, round_: int) -> dict[str, Any]:
    """A link that begins to count now, and its mail on the way. A link sent before is void."""
    days = links.lifetime(step.actor.province, step.today).value  # type: ignore[arg-type]
    return {
        "round": round_,
        "token_hash": links.hash_of(links.token_of(pk, round_)),
        "sent_at": step.now,
        "expires_at": step.now + dt.timedelta(days=days),
        "mail": Invitation.Mail.QUEUED,
        "mail_attempts": 0,
        "mail_next_at": step.now,
        "mail_error": "",
    }


class Invite(InvitationAct):
    """เชิญเปิดบัญชี: whoever is on the staff list, or whom acceptance will add to it.

    The answer is the same whether the address has an account: only whoever reads its mail learns that.
    """

    title, title_en = "เชิญบุคลากรเปิดบัญชี", "Invite somebody to open an account"
    moves = {None: S.INVITED}
    form = InviteForm
    done = "บันทึกคำเชิญแล้ว ระบบกำลังส่งลิงก์ไปยังอีเมลที่ระบุ"

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> InviteForm:
        return InviteForm(*args, actor=actor, **kwargs)

    def create(self, step: Step) -> Invitation:
        if not can_mail(step.actor.province):
            raise Refused(NO_MAIL)
        data, pk = step.data, uuid.uuid4()
        person: Person | None = data["person"]
        who = person or Person(**{name: data[name] for name in InviteForm.OF_PERSON})
        invitation = Invitation(
            pk=pk,
            province=step.actor.province,
            state=S.INVITED,
            is_sample=bool(step.actor.province and step.actor.province.is_sample),
            agency=person.agency if person else data["agency"],
            person=person,
            **{name: getattr(who, name) for name in InviteForm.OF_PERSON},
            email=data["email"],
            citizen_key=data["citizen_id"],
            invited_by=step.actor.person,
            invited_label=step.actor.label,
            **_fresh(step, pk, 1),
        )
        if not heads(step.actor, invitation.agency_id):
            raise Refused(NOT_HEAD)
        try:
            with transaction.atomic():
                invitation.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("หน่วยงานของท่านมีคำเชิญถึงอีเมลนี้ที่ยังใช้ได้อยู่แล้ว") from error
        return invitation

    def apply(self, step: Step) -> None:
        step.content.update(person=step.record.person_id, for_thaid=step.record.citizen_key is not None)
        wake_after_commit("send_invitations")


class Resend(InvitationAct):
    """ส่งอีกครั้ง: a new link, and the time begins anew; the link sent before is void."""

    title, title_en = "ส่งคำเชิญอีกครั้ง", "Send the invitation again"
    moves = {S.INVITED: S.INVITED, S.LAPSED: S.INVITED}
    done = "ระบบกำลังส่งลิงก์ใหม่ ลิงก์เดิมใช้ไม่ได้แล้ว"

    def ready(self, actor: Actor, record: Invitation) -> str | None:
        from django.utils import timezone

        if not can_mail(record.province):
            return NO_MAIL
        soon = timezone.now() - record.sent_at < TOO_SOON
        return "เพิ่งส่งคำเชิญไป โปรดรอห้านาทีก่อนส่งอีกครั้ง" if soon else None

    def sets(self, step: Step) -> dict[str, Any]:
        return _fresh(step, step.record.pk, step.record.round + 1)

    def apply(self, step: Step) -> None:
        step.content.update(round=step.record.round)
        wake_after_commit("send_invitations")


class RevokeInvitation(InvitationAct):
    """เพิกถอนคำเชิญ: the link stops working at once."""

    title, title_en = "เพิกถอนคำเชิญ", "Withdraw the invitation"
    moves = {S.INVITED: S.REVOKED}
    grave = True
    done = "เพิกถอนคำเชิญแล้ว ลิงก์ใช้ไม่ได้ตั้งแต่บัดนี้"


def _inviter(step: Step) -> Iterable[int]:
    return [step.record.invited_by_id]


class AcceptInvitation(Act):
    """ตอบรับคำเชิญ: whoever holds the link confirms name and post and chooses a password."""

    title, title_en = "ตอบรับคำเชิญ", "Accept the invitation"
    record = Invitation
    moves = {S.INVITED: S.JOINED}
    face = "public"
    form = AcceptForm
    tells = [_inviter]
    tells_text = "เปิดบัญชีแล้ว:"

    def by(self, actor: Actor, record: Invitation) -> str | None:
        holds_link = actor.kind == "tracker" and actor.record_key == str(record.pk)
        return None if holds_link else "เฉพาะผู้ถือลิงก์คำเชิญ"

    def sets(self, step: Step) -> dict[str, Any]:
        if step.record.expires_at <= step.now:
            raise Refused("คำเชิญหมดอายุแล้ว")
        person = step.record.person or _add_to_staff_list(step.record, step.today)
        if not person.is_in_service(step.today) or hasattr(person, "user"):
            raise Refused("บุคคลตามคำเชิญนี้พ้นจากหน่วยงานหรือมีบัญชีแล้ว โปรดติดต่อหัวหน้าหน่วยงานของท่าน")
        return {"person": person, "joined_at": step.now}

    def apply(self, step: Step) -> None:
        invitation: Invitation = step.record
        before = _free_address(invitation.email, step.today)
        user = User.objects.create_user(invitation.email, step.data["password"], person=invitation.person)
        if invitation.citizen_key is not None:
            try:
                link(user, bytes(invitation.citizen_key))
            except Taken as error:
                raise Refused("ข้อมูล ThaID ตามคำเชิญนี้ผูกกับบัญชีอื่นแล้ว โปรดติดต่อหัวหน้าหน่วยงานของท่าน") from error
        step.content.update(person=invitation.person_id, account=user.pk, address_of_closed_account=before)


def _add_to_staff_list(invitation: Invitation, today: dt.date) -> Person:
    names = {name: getattr(invitation, name) for name in InviteForm.OF_PERSON}
    return Person.objects.create(
        province=invitation.province,
        agency=invitation.agency,
        start=today,
        is_sample=invitation.is_sample,
        **names,
    )


def _free_address(email: str, today: dt.date) -> int | None:
    """Take the address from a closed account of somebody who left, so that nothing of that account opens the new one.

    Returns the closed account's number. Raises Refused while the account is open.
    """
    user = User.objects.select_for_update(of=("self",)).select_related("person").filter(email=email).first()
    if user is None:
        return None
    if user.may_sign_in(today):
        raise Refused("อีเมลนี้มีบัญชีที่เปิดใช้งานอยู่แล้ว โปรดเข้าสู่ระบบด้วยบัญชีนั้น หรือติดต่อผู้ดูแลระบบ")
    user.email, user.is_active = f"closed-{user.pk}@closed.invalid", False
    user.set_unusable_password()
    user.save(update_fields=["email", "is_active", "password"])
    return user.pk


class LapseInvitation(Act):
    """หมดอายุ: by the clock. A link past its time is refused before that."""

    title, title_en = "คำเชิญหมดอายุ", "The invitation lapses"
    record = Invitation
    moves = {S.INVITED: S.LAPSED}
    face = "system"

    def by(self, actor: Actor, record: Invitation) -> str | None:
        return None if actor.kind == "system" else "เฉพาะระบบ เมื่อครบกำหนด"
