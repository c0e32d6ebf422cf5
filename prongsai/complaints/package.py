"""What goes with a matter to another authority: an allow-list, not the file (C43).

The letter, the number, the day of receipt, the working text, and the evidence that the handler has chosen, under neutral
names. No identity, no internal id, no officer's note, no key. For a sealed matter whose sender wants to be named, the
complaint as it was filed, with the sender. Each part's SHA-256 is in the ledger before anything is given out.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from typing import Any

from django.http import StreamingHttpResponse

from prongsai import files, ledger, sealed
from prongsai.complaints.documents import ForwardLetter, ReferralLetter, TransferLetter
from prongsai.complaints.documents.common import CLASSIFIED, number, office
from prongsai.complaints.models import Case, Evidence
from prongsai.complaints.reading import read_case, working_text
from prongsai.complaints.team import may_handle
from prongsai.documents import Document, Facts, Paper, Paragraph, paragraphs, render, thai_date
from prongsai.files.models import ScanState
from prongsai.organisation.actors import Actor

S = Case.State
STATES = (S.REFERRED, S.TRANSFERRED, S.FORWARDING)
LETTERS = (ReferralLetter(), TransferLetter(), ForwardLetter())
EVIDENCE = "หลักฐาน"


class PackagePaper(Document):
    """ข้อความของเรื่องร้องเรียน (ฉบับส่งต่อ): nothing but number, day and text."""

    key = "complaint-package"
    title = "ข้อความของเรื่องร้องเรียน"
    stamped = False


@dataclass(frozen=True)
class Part:
    name: str
    sha256: str


def why_not(actor: Actor, case: Case) -> str:
    """Why the person may not have the package; "" when he may."""
    if refused := may_handle(actor, case):
        return refused
    if not case.custodians_only and case.handler_id != actor.person_id:
        return "เฉพาะผู้รับผิดชอบเรื่องนี้"
    return "" if case.state in STATES else "ชุดเอกสารมีเมื่อบันทึกการส่งต่อแล้ว"


def text_paper(case: Case, opened: sealed.OpenEnvelope, unlocked: sealed.Unlocked) -> Paper | None:
    """The text that goes out; None as long as nobody has written the working text."""
    blocks: list[Any]
    if case.custodians_only and case.forward_with_name:
        blocks = [Facts(read_case(case, unlocked).facts)]
    elif (text := working_text(case, opened)) is not None:
        blocks = list(paragraphs(text))
    else:
        return None
    head = [("เลขที่เรื่อง", number(case)), ("วันที่รับเรื่อง", thai_date(case.received_on))]
    return Paper(
        layout="form",
        title=PackagePaper.title,
        date=case.received_on,
        reference=case.number,
        number=number(case),
        sender=office(case)[:1],
        blocks=[Facts(head), *blocks, Paragraph("สิ้นสุดข้อความ", plain=True)],
        mark=CLASSIFIED,
    )


def make(
    case: Case,
    actor: Actor,
    request: Any,
    unlocked: sealed.Unlocked,
    evidence: Sequence[Evidence],
) -> StreamingHttpResponse | None:
    """The package as a ZIP, in the ledger part by part first; None without a working text. Raises ``sealed.SealError``."""
    opened = unlocked.open(case.envelope)
    text = text_paper(case, opened, unlocked)
    if text is None:
        return None
    papers = [(f"{declared.title}.pdf", content) for declared, content in _letters(case, actor, request)]
    papers.append((f"{PackagePaper.title}.pdf", render(PackagePaper(), text).content))
    parts = [Part(name, hashlib.sha256(content).hexdigest()) for name, content in papers]
    chosen = [piece.file for piece in evidence]
    parts += [Part(f"{EVIDENCE} {i:02}", digest) for i, digest in enumerate(_digests(chosen, opened), 1)]
    ledger.record_read(
        kind="complaints.package_read",
        actor_id=actor.person_id,
        actor_label=actor.label,
        subject=("complaints.case", str(case.pk)),
        province=case.province_id,
        secrecy="S3",
        content={"parts": [{"name": part.name, "sha256": part.sha256} for part in parts]},
    )
    name = f"ชุดเอกสารส่งต่อ {case.number}.zip".replace("/", "-")
    return files.serve_zip(chosen, {case.envelope_id: opened}, name=name, papers=papers, called=EVIDENCE)


def _letters(case: Case, actor: Actor, request: Any) -> Iterable[tuple[Document, bytes]]:
    """The letter that fits, without the record's id in its code and without who printed it."""
    for declared in LETTERS:
        if declared.fits(case):
            paper = replace(declared.data(case, actor, request), printed="")
            yield declared, render(declared, paper).content


def _digests(chosen: Sequence[files.SealedFile], opened: sealed.OpenEnvelope) -> Iterable[str]:
    """SHA-256 of what is given out of each file; "" for what cannot be given out (the ZIP says why)."""
    for file in chosen:
        if file.scan_state == ScanState.NOT_SCANNED:
            with suppress(files.FileUnavailable):
                files.scan_opened(file, files.open_stream(file, opened))
        digest = hashlib.sha256()
        try:
            for frame in files.open_stream(file.given_out, opened):
                digest.update(frame)
        except files.FileUnavailable:
            yield ""
        else:
            yield digest.hexdigest()
