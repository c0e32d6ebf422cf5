"""Taking in by hand: the officer's form becomes the same message as the web's and goes the same road."""

from __future__ import annotations

import datetime as dt
from typing import Any

from django.utils.crypto import constant_time_compare, salted_hmac
from django.utils.translation import override

from prongsai import files as filing_cabinet
from prongsai.acts import Refused, Step
from prongsai.complaints import copy_text
from prongsai.complaints.desk.form import IntakeForm
from prongsai.complaints.desk.profiles import NOT_YOURS, PROFILES, Profile, open_to
from prongsai.complaints.forwarding import FileForForwarding
from prongsai.complaints.intake import FileComplaint, Message
from prongsai.complaints.models import Case, Custody, EnvelopeScan, Identity, PostalItem, Receipt
from prongsai.organisation.actors import Actor
from prongsai.organisation.roles import Role

NOT_READ_BACK = "โปรดอ่านทวนข้อความให้ผู้ร้องเรียนฟัง และทำเครื่องหมายเมื่อผู้ร้องเรียนยืนยันแล้ว"


class FileByStaff(FileComplaint):
    """รับเรื่องร้องเรียนโดยเจ้าหน้าที่: at the counter, by telephone, by post, from another agency (M5.2.5.1–.5); what is
    said is written down, read back and confirmed, and so made in writing (M5.2.4.1)."""

    title = "รับเรื่องร้องเรียน"
    title_en = "Take in a complaint"
    face = "page"
    page = "complaints-office:intake"
    done = "รับเรื่องเรียบร้อยแล้ว"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if open_to(actor) else NOT_YOURS

    def create(self, step: Step) -> Case:
        message: Message = step.data["message"]
        profile = PROFILES[message.channel]
        if why_not := profile.why_not(step.actor):
            raise Refused(why_not)
        if profile.read_back and not message.readback_confirmed:
            raise Refused(NOT_READ_BACK)
        case = super().create(step)
        if profile.paper:
            _into_custody(step, case)
        if profile.read_back:
            step.clauses.append("M5.2.4.1")
        if not step.actor.has(Role.CENTER_OFFICER):
            step.content["handed_over_sealed_to"] = case.agency.name_th  # the day of receipt; he holds no key
        return case


class ForwardByStaff(FileByStaff, FileForForwarding):
    """รับเรื่องเพื่อส่งต่อโดยปิดผนึก: a letter or a call about the governor, for the custodians alone (M5.2.2.2, AT-M5-07)."""

    title = "รับเรื่องเพื่อส่งต่อโดยปิดผนึก"
    title_en = "Take in a complaint to be sent on, sealed"
    page = ""  # reached from the desk when the governor is named


def _into_custody(step: Step, case: Case) -> None:
    """The original and its envelope: whoever opened the letter holds it until a colleague takes it over."""
    receipt: Receipt = step.result["receipt"]
    identity: Identity = step.result["identity"]
    paper: dict[str, Any] = step.data["paper"]
    lies_at = paper["lies_at"] or case.agency.name_th
    item = PostalItem.objects.create(
        province=case.province,
        state=PostalItem.State.KEPT,
        is_sample=case.is_sample,
        case=case,
        receipt=receipt,
        receiving_no=paper["receiving_no"],
        arrived_on=case.received_on,
        postmark_on=paper["postmark_on"] or None,
        holder=step.actor.person,
        holder_label=step.actor.label,
        lies_at=lies_at,
    )
    Custody.objects.create(
        item=item,
        taken_by=step.actor.person,
        taken_by_label=step.actor.label,
        taken_at=step.now,
        lies_at=lies_at,
    )
    scans = [
        filing_cabinet.keep(
            upload, identity.envelope, record=("complaints.identity", str(receipt.pk)), kind="envelope"
        )
        for upload in paper["envelope_scan"]
    ]
    EnvelopeScan.objects.bulk_create(EnvelopeScan(item=item, file=file) for file in scans)
    step.content["envelope_scans"] = len(scans)


def message_of(form: IntakeForm, *, actor: Actor, token: bytes, text: str, confirmed: bool) -> Message:
    """``text``: the record as it was read back, which is also the sender's copy."""
    data = form.said()
    agency_id, agency_name = form.chosen_agency()
    signature = form.signature()
    signed = signature != Identity.Signature.NONE
    story = {
        "narrative": data["narrative"],
        "event_date": data["event_date"].isoformat() if data["event_date"] else "",
        "event_time": data["event_time"],
        "place": data["place"],
        "amount": str(data["amount"] or ""),
        "harm": data["harm"],
        "request_text": data["request_text"],
        "documents": data["documents"],
        "from_agency": data["from_agency"],
        "letter_no": data["letter_no"],
    }
    return Message(
        channel=form.profile.channel,
        token=token,
        grounds=data["grounds"],
        accused_agency_id=agency_id,
        accused={"agency": agency_name, "name": data["accused_name"]},
        story={key: value for key, value in story.items() if value},
        sender={k: data[k] for k in ("name", "address", "phone", "email", "witnesses")},
        items_missing=form.items_missing(),
        harmed=bool(data["harm"]),
        event_long_ago=form.event_long_ago,
        wants_secret=bool(data["keep_secret"]),
        signed=signed,
        signature=signature,
        anonymous=not data["name"] and not signed,
        copy=text,
        uploads=data["files"],
        received_on=data["received_on"] or None,
        received_by_id=actor.person_id,
        received_label=actor.label,
        readback_confirmed=confirmed,
    )


def paper_of(form: IntakeForm) -> dict[str, Any]:
    """What the postal register keeps of an original."""
    data = form.said()
    return {name: data[name] for name in ("receiving_no", "postmark_on", "lies_at", "envelope_scan")}


def record_text(form: IntakeForm, *, actor: Actor, today: dt.date) -> str:
    """The record as it will be stored and, where somebody speaks, as it is read back."""
    data, profile = form.said(), form.profile
    with override("th"):
        channel = str(profile.channel.label)
    return copy_text.write(
        data,
        province=actor.province.name_th,  # type: ignore[union-attr]
        agency=form.chosen_agency()[1],
        today=data["received_on"] or today,
        file_names=[upload.name for upload in data["files"]],
        heading=f"{'แบบบันทึกคำร้องเรียน' if profile.read_back else 'หนังสือร้องเรียน'} ({channel})",
        certified=_certified(profile, form.signature()),
    )


def _certified(profile: Profile, signature: str) -> str:
    unsigned = signature == Identity.Signature.NONE
    signed = "ไม่มีลายมือชื่อ" if unsigned else str(Identity.Signature(signature).label)
    return f"อ่านทวนให้ผู้ร้องเรียนฟังและผู้ร้องเรียนยืนยันแล้ว ({signed})" if profile.read_back else signed


def seal_of(text: str) -> str:
    """Says that this very text was shown to be read back; another text is read back again."""
    return salted_hmac("complaints.desk.readback", text, algorithm="sha256").hexdigest()


def was_read_back(text: str, seal: str) -> bool:
    return constant_time_compare(seal_of(text), seal)
