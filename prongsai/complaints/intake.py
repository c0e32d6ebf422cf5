"""Filing: the one way in. Whatever the channel, a message becomes a receipt and a case here, in one transaction.

The order matters. Everything slow or fallible (keys, sealing, files) comes before the running number, because the
number's counter stays locked until the commit. The form's token makes filing repeatable: the same form sent twice is one
receipt, and the same tracking code follows from the token again, so an answer that was lost on the way is not lost.
"""

from __future__ import annotations

import datetime as dt
import hashlib
import secrets
from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

from django.conf import settings
from django.db import connection

from prongsai import files as filing_cabinet
from prongsai import sealed
from prongsai.acts import Act, Step
from prongsai.acts.numbers import next_number, running_number
from prongsai.acts.rows import insert
from prongsai.complaints import duties, team
from prongsai.complaints.impolite import is_impolite
from prongsai.complaints.line import mark_of
from prongsai.complaints.models import (
    Accused,
    Case,
    Channel,
    Evidence,
    Exclusion,
    Ground,
    Identity,
    Item,
    Receipt,
)
from prongsai.organisation.actors import Actor
from prongsai.organisation.keyed import keyed_hash
from prongsai.thai.dates import fiscal_year, format_date

REGISTER = "รร"  # the running number's middle part: เรื่องร้องเรียน

# What a receipt by a channel is evidence for.
PRACTICES = {
    Channel.CENTRE: "M5.2.5.1",
    Channel.WEB: "M5.2.5.2",
    Channel.DAMRONGTHAM: "M5.2.5.3",
    Channel.POST_SIGNED: "M5.2.5.4",
    Channel.POST_ANONYMOUS: "M5.2.5.4",
    Channel.PHONE: "M5.2.5.5",
}


@dataclass(frozen=True)
class Message:
    """What comes in, whatever the channel. Only ``grounds``, ``accused_agency`` and the flags are kept in the open."""

    channel: Channel
    token: bytes  # ≥ 128 random bits, once per form
    grounds: Sequence[str] = ()
    accused_agency_id: int | None = None
    accused: dict[str, str] = field(default_factory=dict)  # agency, name: sealed
    story: dict[str, Any] = field(
        default_factory=dict
    )  # narrative, dates, place, amount, request, evidence: sealed
    sender: dict[str, str] = field(
        default_factory=dict
    )  # name, address, phone, email, witnesses: sealed, split
    items_missing: Sequence[str] = ()
    lead_only: bool = False
    harmed: bool = False
    event_long_ago: bool = False
    wants_secret: bool = True
    signed: bool = False  # by hand or by a one-time code; the web's tick alone is not enough (M5.2.2.5)
    copy: str = ""  # the complaint as one readable text, for the sender
    uploads: Sequence[Any] = ()
    about_governor: bool = True  # False: the sender has said that the governor is mentioned only
    received_by_id: int | None = None
    anonymous: bool = False
    signature: str = Identity.Signature.NONE
    received_on: dt.date | None = None  # None: today
    received_label: str = ""  # of the officer who took it down: name and post of that day
    readback_confirmed: bool = False


def tracking_code(token: bytes) -> str:
    """The tracking code that belongs to a form's token. Nothing of it is stored but a keyed hash."""
    return sealed.code_from_token(token, settings.LOOKUP_KEY)


def token_hash(token: bytes) -> bytes:
    return keyed_hash(token, b"prongsai.token")


def handlers(step: Step) -> list[int]:
    return step.result["tell"]


class FileComplaint(Act):
    """ยื่นเรื่องร้องเรียน: the seven items of M5.2.2, by a channel of M5.2.5; receipt, number, code and proof."""

    title = "ยื่นเรื่องร้องเรียน"
    title_en = "File a complaint"
    record = Case
    clauses = ("M5.2.1", "M5.2.2", "M5.2.2.1", "M5.2.2.2", "M5.2.2.3", "M5.2.2.5", "M5.2.2.6", "M5.2.5")
    moves = {None: Case.State.RECEIVED}
    secrecy = "S3"
    face = "public"
    opens = [duties.BeginScreening]
    tells = [handlers]
    tells_text = "มีเรื่องร้องเรียนใหม่"
    done = "ยื่นเรื่องเรียบร้อยแล้ว"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None  # anybody may complain; no account, no standing (NACC Act s.60)

    def choose(self, step: Step, message: Message) -> team.Team:
        return team.choose(
            step.actor.province,
            message.accused,
            agency_id=message.accused_agency_id,
            received_by=message.received_by_id,
            about_governor=message.about_governor,
        )

    def create(self, step: Step) -> Case:
        message: Message = step.data["message"]
        chosen = self.choose(step, message)
        code = tracking_code(message.token)
        connection.send_together()  # type: ignore[attr-defined]
        case, envelopes = _sealed_case(step, message, chosen, code)
        receipt = _receipt(step, message, case, code, envelopes["correspondence"])
        kept = [
            filing_cabinet.keep(
                upload, case.envelope, record=("complaints.case", str(case.pk)), kind="evidence"
            )
            for upload in message.uploads
        ]
        # Rows that point to the case may come before it: foreign keys are checked at the commit.
        insert(receipt)
        identity = Identity(
            receipt=receipt,
            envelope=envelopes["identity"],
            sealed=envelopes["identity"].put(message.sender, context=f"identity:{case.pk}"),
            signature=message.signature,
            wants_secret=message.wants_secret,
        )
        insert(identity, reads_id=False)
        Exclusion.objects.bulk_create(Exclusion(case=case, person=p) for p in chosen.excluded)
        Accused.objects.bulk_create(Accused(case=case, mark=mark_of(pk)) for pk in chosen.accused)
        Evidence.objects.bulk_create(
            Evidence(case=case, receipt=receipt, file=file, received_at=step.now) for file in kept
        )
        step.result.update(receipt=receipt, identity=identity)
        step.result["tell"] = [k.person_id for k in chosen.readers]
        _for_the_ledger(step, message, case, receipt, kept)
        return case

    def register(self, step: Step) -> None:
        case, centre = step.record, step.record.agency
        case.fiscal_year = fiscal_year(step.today)
        case.sequence = next_number(REGISTER, centre.code, case.fiscal_year)
        case.number = running_number(
            centre.short_name or centre.code, REGISTER, case.sequence, case.fiscal_year
        )
        insert(case)
        step.content["number"] = case.number


def _sealed_case(
    step: Step, message: Message, chosen: team.Team, code: str
) -> tuple[Case, dict[str, sealed.Envelope]]:
    public = bytes(sealed.tracker_key(code).public_key)
    file, correspondence, identity = sealed.seal_new(
        [
            sealed.Team("case", chosen.readers, recovery=chosen.slot),
            sealed.Team("correspondence", chosen.readers, trackers=[public], recovery=chosen.slot),
            sealed.SplitTeam("identity", chosen.handlers, chosen.custodians, trackers=[public]),
        ],
        recovery=chosen.recovery,
    )
    case = Case(
        province=step.actor.province,
        state=step.act.moves[None],
        received_on=message.received_on or step.today,
        grounds=sorted(set(message.grounds)),
        main_ground=min(message.grounds, default=""),  # the gravest: G1 comes first (AT-M5-26)
        accused_agency_id=message.accused_agency_id,
        accused_outside=message.accused_agency_id is None and bool(message.accused.get("agency")),
        agency=chosen.centre,
        handled_above=chosen.above,
        lead_only=message.lead_only,
        harmed=message.harmed,
        anonymous=message.anonymous,
        items_missing=sorted({*message.items_missing, *([] if message.signed else [Item.SIGNATURE.value])}),
        signed=message.signed,
        impolite=is_impolite(message.story.get("narrative", "")),
        event_long_ago=message.event_long_ago,
        envelope=file,
        is_sample=step.actor.province.is_sample,
    )
    case.file = file.put({"accused": message.accused, **message.story}, context=f"case:{case.pk}:file")
    return case, {"correspondence": correspondence, "identity": identity}


def _receipt(step: Step, message: Message, case: Case, code: str, correspondence: sealed.Envelope) -> Receipt:
    salt = secrets.token_hex(16)
    text = f"{message.copy}\n\nรหัสสุ่มประกอบสำเนา: {salt}\n"
    return Receipt(
        case=case,
        channel=message.channel,
        received_at=step.now,
        received_by_id=message.received_by_id,
        received_label=message.received_label,
        written_by_staff=message.received_by_id is not None,
        readback_confirmed=message.readback_confirmed,
        token_hash=token_hash(message.token),
        code_hash=sealed.code_hash(code),
        correspondence=correspondence,
        copy=correspondence.put(text, context=f"copy:{case.pk}"),
        copy_sha256=hashlib.sha256(text.encode()).hexdigest(),
    )


def _for_the_ledger(step: Step, message: Message, case: Case, receipt: Receipt, kept: Sequence[Any]) -> None:
    """The proof of filing, without its number: day, channel, the sender's copy as a fingerprint. Nothing that it says."""
    step.content.update(
        received_at=step.now.isoformat(timespec="seconds"),
        received_on=format_date(step.today, style="long"),
        channel=message.channel.value,
        document_sha256=receipt.copy_sha256,
        files=len(kept),
    )
    step.clauses.extend(Ground(g).practice for g in case.grounds)
    if practice := PRACTICES.get(message.channel):
        step.clauses.append(practice)
    if message.story.get("request") or message.story.get("request_text"):
        step.clauses.append("M5.2.2.4")
    if kept or message.story.get("documents") or message.sender.get("witnesses"):
        step.clauses.append("M5.2.2.7")


def already_filed(token: bytes) -> Receipt | None:
    """The receipt that this very form has made already."""
    return Receipt.objects.select_related("case").filter(token_hash=token_hash(token)).first()


def filing_acts() -> list[str]:
    """The keys of the acts that file: the sender's own, and those by an officer's hand."""
    found, below = [FileComplaint], FileComplaint.__subclasses__()
    while below:
        found += below
        below = [deeper for act in below for deeper in act.__subclasses__()]
    return [act.key() for act in found]


def is_filed(token: bytes) -> bool:
    with connection.cursor() as cursor:  # by hand, because every form that is sent asks it
        cursor.execute(
            "SELECT EXISTS (SELECT FROM complaints_receipt WHERE token_hash = %s)", [token_hash(token)]
        )
        return cursor.fetchone()[0]
