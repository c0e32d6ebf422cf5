"""The file's way: assessed by an officer, ordered by the governor, checked after six and twelve months, ended."""

from __future__ import annotations

from typing import Any

from django import forms as django_forms

from prongsai import sealed
from prongsai.acts import Refused, Step
from prongsai.acts import duties as clocks
from prongsai.complaints.forms import ReasonForm
from prongsai.complaints.keyring import key_in_hand
from prongsai.organisation.actors import Actor
from prongsai.organisation.holders import holders
from prongsai.organisation.models import Person
from prongsai.protection import duties, forms, team
from prongsai.protection.acts.base import FileAct, S, deciders, officers
from prongsai.protection.acts.instructing import recall
from prongsai.protection.matching import in_line, line_hash, person_hash
from prongsai.protection.models import Measure, Note, ProtectionCase, Review
from prongsai.ui.forms import RadioGroup

FIRST, SECOND = 6, 12


class Assess(FileAct):
    """ประเมิน: how great is the risk, who is to be protected from whom; measures are proposed, not ordered."""

    title = "บันทึกการประเมิน"
    title_en = "Record the assessment"
    moves = {S.REQUESTED: S.ASSESSED}
    form = forms.AssessForm
    meets = [duties.AssessRequest]
    opens = [duties.OrderMeasures]
    tells = [deciders]
    tells_text = "มีเรื่องคุ้มครองรอสั่งมาตรการ"
    main = True

    def by(self, actor: Actor, record: ProtectionCase) -> str | None:
        return team.officer(actor, record)

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> forms.AssessForm:
        return forms.AssessForm(*args, actor=actor, **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        case, data = step.record, step.data
        return {
            "risk": data["risk"],
            "person_hash": person_hash(data["reporter"].pk) if data["reporter"] else None,
            "line_hashes": sorted(line_hash(case, person.pk) for person in data["line"]),
            "assessed_by": step.actor.person,
            "assessed_label": step.actor.label,
        }

    def apply(self, step: Step) -> None:
        reporter, line = step.data["reporter"], step.data["line"]
        if step.actor.person == reporter or step.actor.person in line:
            raise Refused("ท่านเกี่ยวข้องกับเรื่องนี้ จึงประเมินมิได้")
        named = [f"ผู้แจ้ง: {Actor.of(reporter).label}"] if reporter else []
        named += [f"ผู้ที่อาจตอบโต้: {Actor.of(person).label}" for person in line]
        self.note(step, Note.Kind.ASSESSMENT, "\n".join([*named, step.data["reason"]]))
        # Whoever is named among the line holds the key no longer, and finds the file at no door.
        step.record.envelope.grants.filter(keyholder__person__in=line).delete()


class OrderProtection(FileAct):
    """สั่งมาตรการคุ้มครอง: the governor or a vice governor, never who assessed it; more measures may be ordered later."""

    title = "สั่งมาตรการคุ้มครอง"
    title_en = "Order protective measures"
    moves = {S.ASSESSED: S.PROTECTED, S.PROTECTED: S.PROTECTED, S.REVIEWED: S.REVIEWED}
    form = forms.OrderForm
    meets = [duties.OrderMeasures]
    tells = [officers]
    tells_text = "มีคำสั่งมาตรการคุ้มครองแล้ว"
    proof = True

    def by(self, actor: Actor, record: ProtectionCase) -> str | None:
        if why_not := team.decider(actor, record):
            return why_not
        return "ผู้ประเมินและผู้สั่งต้องมิใช่บุคคลเดียวกัน" if record.assessed_by_id == actor.person_id else None

    def sets(self, step: Step) -> dict[str, Any]:
        if step.record.ordered_on:
            return {}
        return {
            "ordered_by": step.actor.person,
            "ordered_label": step.actor.label,
            "ordered_on": step.today,
        }

    def apply(self, step: Step) -> None:
        data = step.data
        Measure.objects.bulk_create(
            Measure(
                case=step.record,
                kind=kind,
                start=data["start"],
                end=data["end"],
                order_no=data["order_no"],
                order_date=data["order_date"],
            )
            for kind in data["kinds"]
        )
        self.note(step, Note.Kind.ORDER, data["detail"])
        if step.came_from == S.ASSESSED:
            clocks.open_duties([duties.FirstReview, duties.SecondReview], step)


class RecordReview(FileAct):
    """ตรวจการตอบโต้: after six months, and again after twelve."""

    title = "บันทึกการตรวจการตอบโต้"
    title_en = "Record the check for retaliation"
    moves = {S.PROTECTED: S.REVIEWED, S.REVIEWED: S.REVIEWED}
    form = forms.ReviewForm
    tells = [deciders]
    tells_text = "มีผลการตรวจการตอบโต้"

    def by(self, actor: Actor, record: ProtectionCase) -> str | None:
        return team.officer(actor, record)

    def ready(self, actor: Actor, record: ProtectionCase) -> str | None:
        done = record.reviews.filter(month=SECOND).exists()
        return "ตรวจครบ ๑๒ เดือนแล้ว" if done else None

    def apply(self, step: Step) -> None:
        case: ProtectionCase = step.record
        month = SECOND if case.reviews.filter(month=FIRST).exists() else FIRST
        Review.objects.create(
            case=case,
            month=month,
            found=step.data["found"] == "yes",
            reviewed_on=step.today,
            reviewed_label=step.actor.label,
        )
        self.note(step, Note.Kind.REVIEW, step.data["reason"])
        clocks.meet([duties.FirstReview if month == FIRST else duties.SecondReview], step)


class EndProtection(FileAct):
    """สิ้นสุด: after the check of the twelfth month, or because there is nothing to protect from; with the reason, by the governor."""

    title = "สิ้นสุดการคุ้มครอง"
    title_en = "End the protection"
    moves = {s: S.ENDED for s in (S.REQUESTED, S.ASSESSED, S.PROTECTED, S.REVIEWED)}
    form = ReasonForm
    cancels = [duties.AssessRequest, duties.OrderMeasures, duties.FirstReview, duties.SecondReview]
    tells = [officers]
    tells_text = "เรื่องคุ้มครองสิ้นสุดแล้ว"
    grave = True

    def by(self, actor: Actor, record: ProtectionCase) -> str | None:
        if why_not := team.decider(actor, record):
            return why_not
        return "ผู้ประเมินและผู้สั่งต้องมิใช่บุคคลเดียวกัน" if record.assessed_by_id == actor.person_id else None

    def ready(self, actor: Actor, record: ProtectionCase) -> str | None:
        if record.state == S.REQUESTED and not record.withdrawn_on:
            return "ต้องประเมินคำขอก่อน"
        if record.ordered_on and not record.reviews.filter(month=SECOND).exists():
            return "ต้องตรวจการตอบโต้เมื่อครบ ๑๒ เดือนก่อน มาตรการเพื่อประโยชน์สาธารณะคงอยู่แม้ผู้แจ้งขอถอน"
        return None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"ended_on": step.today}

    def apply(self, step: Step) -> None:
        running = step.record.measures.exclude(kind=Measure.Kind.CONCEAL)  # the name stays secret for good
        recall(step.record.instructions.filter(measure__in=running), at=step.now)
        running.filter(end=None, start__lte=step.today).update(end=step.today)
        self.note(step, Note.Kind.END, step.data["reason"])


class AddOfficerForm(django_forms.Form):
    person = django_forms.ModelChoiceField(
        label="เจ้าหน้าที่คุ้มครอง",
        queryset=Person.objects.none(),
        widget=RadioGroup,
        empty_label=None,
        error_messages={"required": "โปรดเลือกเจ้าหน้าที่", "invalid_choice": "โปรดเลือกจากรายการ"},
    )


class AddOfficer(FileAct):
    """เพิ่มเจ้าหน้าที่คุ้มครองในเรื่อง: the key is passed on, the file is not opened by it. By an officer; by the governor too, because
    every officer may turn out to be concerned."""

    title = "เพิ่มเจ้าหน้าที่คุ้มครองในเรื่อง"
    title_en = "Add a protection officer to the file"
    form = AddOfficerForm
    needs_unlock = True

    def by(self, actor: Actor, record: ProtectionCase) -> str | None:
        return team.officer(actor, record) and team.decider(actor, record) and team.NOT_OFFICER

    def make_form(self, *args: Any, actor: Actor, record: Any, **kwargs: Any) -> AddOfficerForm:
        form = AddOfficerForm(*args, **kwargs)
        others = holders(team.OFFICER, record.province).exclude(pk__in=team.members(record).values("pk"))
        kept = team.kept_from(record, others.values_list("pk", flat=True))
        form.fields["person"].queryset = others.exclude(pk__in=kept)  # type: ignore[attr-defined]
        return form

    def apply(self, step: Step) -> None:
        unlocked = key_in_hand(step)
        key = next(iter(sealed.keyholders_of([step.data["person"].pk])), None)
        if key is None:
            raise Refused("ผู้ที่เลือกยังไม่ได้ตั้งรหัสเปิดผนึก จึงเพิ่มมิได้")
        person = step.data["person"]
        if in_line(step.record, person.pk):
            raise Refused("ผู้ที่เลือกเกี่ยวข้องกับเรื่องนี้ จึงเพิ่มมิได้")
        try:
            sealed.add_member(step.record.envelope, unlocked, key)
        except sealed.SealError as error:
            raise Refused(str(error)) from error
