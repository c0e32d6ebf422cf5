"""A passphrase that is lost, and the drill (C38). Nobody but the printed keys can give back what it opened.

The officer makes new keys at once, with which nothing old opens. Somebody else, with the paper from the safe, gives them
what the old ones held: the centre's paper what handlers hold, the custodians' paper what custodians hold. Neither opens an
identity, and nobody recovers for himself.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.db import IntegrityError, transaction

from prongsai import notices, sealed
from prongsai.acts import Act, Refused, Step
from prongsai.organisation.actors import Actor
from prongsai.organisation.roles import Role
from prongsai.sealed.forms import CreateKeysForm
from prongsai.sealed.recovery import drill
from prongsai.staff.models import KeyRecovery, RecoveryDrill

KEEPERS = (Role.CENTER_OFFICER, Role.IDENTITY_CUSTODIAN, Role.GOVERNOR, Role.VICE_GOVERNOR)


def keeps_paper(actor: Actor) -> bool:
    return actor.kind == "staff" and any(actor.has(role) for role in KEEPERS)


def keepers(step: Step) -> Iterable[notices.To]:
    province = step.record.province
    return [notices.To(Role.CENTER_OFFICER, province), notices.To(Role.IDENTITY_CUSTODIAN, province)]


def requester(step: Step) -> Iterable[int]:
    return [step.record.person_id]


class PaperForm(forms.Form):
    """The printed key. What was typed is never shown again."""

    printed = forms.CharField(
        label="กุญแจกู้คืนตามที่พิมพ์ไว้",
        help_text="ขึ้นต้นด้วย PRONGSAI-RECOVERY พิมพ์ติดกันหรือเว้นวรรคก็ได้",
        max_length=300,
        widget=forms.PasswordInput({"autocomplete": "off"}),
        error_messages={"required": "โปรดระบุกุญแจกู้คืน"},
    )


class RequestRecovery(Act):
    """ลืมรหัสเปิดผนึก: the old keys are closed and new ones made; what the old ones opened waits for the printed key."""

    title, title_en = "ลืมรหัสเปิดผนึก ขอกู้คืน", "Lost passphrase: ask for recovery"
    record = KeyRecovery
    moves = {None: KeyRecovery.State.WAITING}
    secrecy = "S2"
    form = CreateKeysForm
    grave = True
    tells = [keepers]
    tells_text = "มีผู้ขอกู้คืนรหัสเปิดผนึก:"
    tells_of_duty = True
    done = "ตั้งรหัสใหม่แล้ว เรื่องเดิมเปิดได้เมื่อผู้เก็บกุญแจกู้คืนดำเนินการ"

    def by(self, actor: Actor, record: Any) -> str | None:
        if actor.kind != "staff" or actor.person is None or sealed.keyholder_of(actor.person) is None:
            return "เฉพาะผู้ที่มีรหัสเปิดผนึกแล้ว"
        return None

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> CreateKeysForm:
        assert actor.person is not None  # ``by`` lets nobody else come here
        return CreateKeysForm(*args, account=actor.person.user, **kwargs)

    def create(self, step: Step) -> KeyRecovery:
        person = step.actor.person
        assert person is not None  # ``by`` lets nobody else come here
        old = sealed.keyholder_of(person)
        if old is None:
            raise Refused("ท่านยังไม่มีรหัสเปิดผนึก")
        sealed.retire_keys(old)
        recovery = KeyRecovery(
            province=person.province,
            agency=person.agency,
            state=KeyRecovery.State.WAITING,
            is_sample=person.is_sample,
            person=person,
            person_label=step.actor.label,
            old_keys=old,
            new_keys=sealed.create_keys(person, step.data["passphrase"]),
        )
        try:
            with transaction.atomic():
                recovery.save(force_insert=True)
        except IntegrityError as error:
            raise Refused("คำขอกู้คืนของท่านรอดำเนินการอยู่แล้ว") from error
        step.content.update(old=old.fingerprint, new=recovery.new_keys.fingerprint)
        return recovery


class Recover(Act):
    """ใช้กุญแจกู้คืน: another person types the printed key; the new keys get what the old ones held, and nothing else."""

    title, title_en = "ใช้กุญแจกู้คืนให้ผู้ขอ", "Use the printed key"
    record = KeyRecovery
    moves = {KeyRecovery.State.WAITING: KeyRecovery.State.RECOVERED}
    secrecy = "S2"
    form = PaperForm
    grave = True
    main = True
    tells = [requester, keepers]
    tells_text = "ใช้กุญแจกู้คืนแล้ว:"
    done = "คืนสิทธิเปิดอ่านให้ผู้ขอแล้ว"

    def by(self, actor: Actor, record: KeyRecovery) -> str | None:
        if actor.person_id == record.person_id:
            return "ผู้ขอและผู้ใช้กุญแจกู้คืนต้องมิใช่บุคคลเดียวกัน"
        return None if keeps_paper(actor) else "เฉพาะผู้เก็บรักษากุญแจกู้คืนของจังหวัด"

    def sets(self, step: Step) -> dict[str, Any]:
        """Under the record's own guard: two at once give one result."""
        recovery: KeyRecovery = step.record
        try:
            found = sealed.recover(step.data["printed"], to=recovery.new_keys, instead_of=recovery.old_keys)
        except sealed.SealError as error:
            raise Refused(str(error)) from error
        if not found["given"]:
            raise Refused("กุญแจนี้มิได้มีส่วนในเรื่องที่ผู้ขอเคยเปิดได้ โปรดใช้กุญแจกู้คืนอีกดอก")
        step.content.update({name: found[name] for name in ("slot", "given", "refused")})
        return {
            **{name: found[name] for name in ("slot", "given", "refused")},
            "recovered_by": step.actor.person,
            "recovered_label": step.actor.label,
        }


class DrillRecovery(Act):
    """ซ้อมกู้คืน: the printed key is tried on what it should open. Nothing is given to anybody and nothing is shown."""

    title, title_en = "ซ้อมใช้กุญแจกู้คืน", "Drill with a printed key"
    record = RecoveryDrill
    moves = {None: RecoveryDrill.State.PASSED}
    secrecy = "S2"
    form = PaperForm
    proof = True
    done = "บันทึกผลการซ้อมแล้ว"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if keeps_paper(actor) else "เฉพาะผู้เก็บรักษากุญแจกู้คืนของจังหวัด"

    def create(self, step: Step) -> RecoveryDrill:
        person = step.actor.person
        assert person is not None  # ``by`` lets nobody else come here
        try:
            result = drill(step.data["printed"], province_id=person.province_id)
        except sealed.SealError as error:
            raise Refused(str(error)) from error
        passed = result.in_force and result.opened == result.tried
        made = RecoveryDrill.objects.create(
            province=person.province,
            agency=person.agency,
            state=RecoveryDrill.State.PASSED if passed else RecoveryDrill.State.FAILED,
            is_sample=person.is_sample,
            slot=result.slot,
            in_force=result.in_force,
            held=result.held,
            tried=result.tried,
            opened=result.opened,
            done_by=person,
            done_label=step.actor.label,
        )
        step.content.update(slot=result.slot, passed=passed, tried=result.tried, opened=result.opened)
        step.result["message"] = (
            "ซ้อมแล้ว กุญแจใช้ได้" if passed else "ซ้อมแล้ว กุญแจนี้ใช้มิได้ทั้งหมด โปรดดูผลและออกกุญแจใหม่"
        )
        return made
