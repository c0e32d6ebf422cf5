"""The same matter came more than once: the later case leads to the first, and both keep their receipts (AT-M5-15)."""

from __future__ import annotations

from collections.abc import Iterable
from contextlib import suppress
from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import F, Value
from django.db.models.functions import Lower, Replace

from prongsai import sealed
from prongsai.acts import Refused, Step, perform
from prongsai.complaints import duties
from prongsai.complaints.acts.base import CaseAct, S, handler
from prongsai.complaints.forms import reason_field
from prongsai.complaints.keyring import envelopes_of, key_in_hand
from prongsai.complaints.models import Accused, Case, CaseNote, Exclusion
from prongsai.complaints.registers import Complaints
from prongsai.complaints.team import FEWEST, may_handle, never_told
from prongsai.complaints.tracking import normalise_number
from prongsai.organisation.actors import Actor
from prongsai.sealed.models import Envelope, Keyholder
from prongsai.ui.forms import ThaiTextField

# Into a matter that is over, or that waits for a second person or another authority, nothing is merged.
NOT_INTO = Case.OVER | {S.REFUSE_PROPOSED, S.KEEP_PROPOSED, S.FORWARDING}
TOO_FEW = "เมื่อเว้นผู้ที่ถูกระบุชื่อในทั้งสองเรื่องแล้ว ผู้รับผิดชอบเหลือไม่ถึงสองคน จึงรวมเรื่องมิได้"


class MergeForm(forms.Form):
    main = ThaiTextField(
        label="เลขที่เรื่องหลัก", help_text="เรื่องที่จะพิจารณาต่อไป โดยปกติคือเรื่องที่มาถึงก่อน", max_length=100
    )
    reason = reason_field("เหตุที่เห็นว่าเป็นเรื่องเดียวกัน")

    def __init__(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.record = actor, record

    def clean_main(self) -> Case:
        plain = Lower(Replace(F("number"), Value(" "), Value("")))
        rows = Complaints().rows(self.actor).annotate(plain=plain)
        found = rows.filter(plain=normalise_number(self.cleaned_data["main"])).first()
        if found is None:
            raise ValidationError("ไม่พบเรื่องเลขที่นี้")
        if why_not := _why_not_into(found, self.record):
            raise ValidationError(why_not)
        return found


def _why_not_into(main: Case, record: Case) -> str | None:
    if main.pk == record.pk:
        return "โปรดระบุเลขที่ของเรื่องอื่น มิใช่เรื่องนี้"
    if main.state == S.MERGED:
        return "เรื่องนั้นรวมกับเรื่องอื่นแล้ว โปรดระบุเลขที่ของเรื่องหลัก"
    return "เรื่องนั้นสิ้นสุดแล้วหรือรอผู้พิจารณาคนที่สอง จึงรับเรื่องอื่นมารวมมิได้" if main.state in NOT_INTO else None


class MergeInto(CaseAct):
    """รวมกับเรื่องอื่น: the same matter by web, post and telephone is one case; every sender keeps number and code
    (M5.2.5). Only by an officer who holds the keys of both; whoever is named in one of them sees neither."""

    title = "รวมกับเรื่องอื่น"
    title_en = "Merge into another case"
    clauses = ("M5.2.5",)
    moves = {S.RECEIVED: S.MERGED, S.SCREENING: S.MERGED, S.MORE_INFO: S.MERGED, S.KEPT: S.MERGED}
    form = MergeForm
    cancels = [duties.BeginScreening, duties.Decide, duties.AnswerRequest]
    needs_unlock = True
    done = "รวมเรื่องแล้ว ผู้ร้องเรียนแต่ละรายยังติดตามได้ด้วยเลขที่และรหัสของตน"

    def make_form(self, *args: Any, actor: Actor, record: Case, **kwargs: Any) -> MergeForm:
        return MergeForm(*args, actor=actor, record=record, **kwargs)

    def ready(self, actor: Actor, record: Case) -> str | None:
        return "มีเรื่องอื่นรวมอยู่ในเรื่องนี้แล้ว โปรดรวมเรื่องอื่นเข้ากับเรื่องนี้แทน" if record.merged.exists() else None

    def sets(self, step: Step) -> dict[str, Any]:
        # Both rows in one order, so that two merges at the same moment wait for each other and make no chain.
        pair = [step.record.pk, step.data["main"].pk]
        locked = {c.pk: c for c in Case.objects.select_for_update().filter(pk__in=pair).order_by("pk")}
        main = locked[step.data["main"].pk]
        why_not = _why_not_into(main, step.record) or may_handle(step.actor, main)
        if why_not or (why_not := self.ready(step.actor, step.record)):
            raise Refused(why_not)
        step.data["main"] = main
        return {"merged_into": main}

    def apply(self, step: Step) -> None:
        unlocked = key_in_hand(step)
        main: Case = step.data["main"]
        try:
            excluded = _join_exclusions(step.record, main)
            _join_teams(step.record, main, unlocked, excluded)
        except sealed.SealError as error:
            raise Refused(str(error)) from error
        self.note(step, CaseNote.Kind.MERGER, step.data["reason"])
        perform(TakeInMerged, main, actor=step.actor, data={"merged": step.record, "excluded": excluded})
        step.content["into"] = str(main.pk)


class TakeInMerged(CaseAct):
    """รับเรื่องอื่นมารวม: what the other receipt adds counts for the matter: signature, items, grounds."""

    title = "รับเรื่องอื่นมารวม"
    title_en = "Take in a merged case"
    clauses = ("M5.2.5",)
    face = "system"  # always with ``MergeInto``
    tells = [handler]
    tells_text = "มีเรื่องอื่นรวมเข้ากับเรื่องที่ท่านรับผิดชอบ"

    def sets(self, step: Step) -> dict[str, Any]:
        main, merged = step.record, step.data["merged"]
        grounds = sorted({*main.grounds, *merged.grounds})
        changes = {
            "signed": main.signed or merged.signed,
            "anonymous": main.anonymous and merged.anonymous,
            "harmed": main.harmed or merged.harmed,
            "lead_only": main.lead_only and merged.lead_only,
            "handled_above": main.handled_above or merged.handled_above,
            "grounds": grounds,
            "items_missing": sorted({*main.items_missing} & {*merged.items_missing}),
        }
        if main.in_scope is None:
            changes["main_ground"] = min(grounds, default="")
        if main.handler_id in step.data["excluded"]:
            # Named in what came in: whoever merges, and so holds both keys, answers for it until it is assigned.
            changes |= {"handler": step.actor.person, "handler_label": step.actor.label}
        return changes

    def apply(self, step: Step) -> None:
        duties.hand_on(step.record, step.data["excluded"])
        step.content["merged"] = str(step.data["merged"].pk)


def _join_exclusions(record: Case, main: Case) -> set[int]:
    """Whoever is kept from one is kept from both. Returns those of the two teams who are."""
    both = (record, main)
    people = set(Exclusion.objects.filter(case__in=both).values_list("person_id", flat=True))
    Exclusion.objects.bulk_create(
        [Exclusion(case=case, person_id=person) for case in both for person in people], ignore_conflicts=True
    )
    marks = {bytes(mark) for mark in Accused.objects.filter(case__in=both).values_list("mark", flat=True)}
    Accused.objects.bulk_create(
        [Accused(case=case, mark=mark) for case in both for mark in marks], ignore_conflicts=True
    )
    team = {
        grant.keyholder.person_id
        for case in both
        for grant in sealed.members(case.envelope)
        if grant.keyholder.person_id is not None
    }
    return {person for _case, person in never_told([str(record.pk), str(main.pk)], team)}


def _join_teams(record: Case, main: Case, unlocked: sealed.Unlocked, excluded: set[int]) -> None:
    """Every handler of either case, but who is named in one, holds the keys of both. Nothing is opened for it."""
    team = {
        grant.keyholder
        for case in (record, main)
        for grant in sealed.members(case.envelope)
        if grant.keyholder.person_id not in {None, *excluded} and grant.keyholder.retired_at is None
    }
    if len(team) < FEWEST:
        raise Refused(TOO_FEW)
    for envelope in envelopes_of(main, identity=True):  # the other's among them, now that it is merged
        _give(envelope, unlocked, team)
        for grant in sealed.members(envelope):
            if grant.keyholder.person_id in excluded:
                sealed.remove_member(envelope, grant.keyholder)


def _give(envelope: Envelope, unlocked: sealed.Unlocked, team: Iterable[Keyholder]) -> None:
    there = {grant.keyholder_id for grant in sealed.members(envelope)}
    for keyholder in team:
        if keyholder.pk not in there:
            with suppress(sealed.SamePerson):  # a custodian of the other identity stays that
                sealed.add_member(envelope, unlocked, keyholder)
