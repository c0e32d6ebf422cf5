"""How a file begins: the reporter asks on the tracking page, or the handler of the complaint thinks it right."""

from __future__ import annotations

from typing import Any

from prongsai.acts import Refused, Step
from prongsai.complaints.acts import CaseAct
from prongsai.complaints.forms import ReasonForm
from prongsai.complaints.models import Case, Receipt
from prongsai.organisation.actors import Actor
from prongsai.protection import duties, forms, team
from prongsai.protection.acts.base import FileAct, S, new_file, officers
from prongsai.protection.acts.instructing import recall
from prongsai.protection.matching import receipt_link
from prongsai.protection.models import Measure, Note, ProtectionCase

NO_TEAM = "ขณะนี้ยังไม่มีเจ้าหน้าที่คุ้มครองที่รับคำขอได้ โปรดติดต่อสำนักงาน ป.ป.ช. ข้อความที่ท่านพิมพ์ยังอยู่ในหน้านี้"
ONLY_SENDER = "เฉพาะผู้มีรหัสติดตามของเรื่องนี้"


class RequestProtection(FileAct):
    """ร้องขอรับการคุ้มครอง: whoever sent a complaint, with number and code; names himself to the protection team alone."""

    title = "ขอรับการคุ้มครอง"
    title_en = "Ask for protection"
    moves = {None: S.REQUESTED}
    form = forms.RequestForm
    face = "public"
    opens = [duties.AssessRequest]
    tells = [officers]
    tells_text = "มีคำขอรับการคุ้มครอง"
    done = "ส่งคำขอถึงเจ้าหน้าที่คุ้มครองแล้ว"

    def by(self, actor: Actor, record: Any) -> str | None:
        return None if actor.kind == "tracker" else ONLY_SENDER

    def create(self, step: Step) -> ProtectionCase:
        receipt: Receipt = step.data["receipt"]
        if step.actor.record_key != str(receipt.case_id):
            raise Refused(ONLY_SENDER)
        try:
            return new_file(step, S.REQUESTED, receipt, step.data["said"])
        except team.NoTeam as error:
            raise Refused(NO_TEAM) from error


class TakeUpProposal(FileAct):
    """รับข้อเสนอคุ้มครอง: the reporter, to whom the handler has offered it, says who he is."""

    title = "รับข้อเสนอคุ้มครอง"
    title_en = "Take up the offer"
    moves = {S.PROPOSED: S.REQUESTED}
    form = forms.RequestForm
    face = "public"
    opens = [duties.AssessRequest]
    tells = [officers]
    tells_text = "มีคำขอรับการคุ้มครอง"
    done = "ส่งคำขอถึงเจ้าหน้าที่คุ้มครองแล้ว"

    def by(self, actor: Actor, record: ProtectionCase) -> str | None:
        return None if is_sender(actor, record) else ONLY_SENDER

    def sets(self, step: Step) -> dict[str, Any]:
        said = {"complaint": step.data["receipt"].case.number, **step.data["said"]}
        file: ProtectionCase = step.record
        return {"file": file.envelope.put(said, context=f"protection:{file.pk}:file")}

    def apply(self, step: Step) -> None:
        """Whoever is feared by name, which nobody knew when the offer was made, loses the key."""
        province = step.record.province
        try:
            able = {
                k.pk
                for k in team.choose(province, step.data["receipt"].case, step.data["said"].get("feared", ""))
            }
        except team.NoTeam as error:
            raise Refused(NO_TEAM) from error
        grants = step.record.envelope.grants.exclude(keyholder=None)
        grants.exclude(keyholder__in=able).delete()


def is_sender(actor: Actor, record: ProtectionCase) -> bool:
    """Whether the tracker's complaint is the one of the file."""
    if actor.kind != "tracker":
        return False
    receipts = Receipt.objects.filter(case=actor.record_key).values_list("pk", flat=True)
    return bytes(record.link) in {receipt_link(pk) for pk in receipts}


class ProposeProtection(CaseAct):
    """เห็นสมควรคุ้มครอง: the handler of a complaint, who does not know the reporter, offers it; the reporter takes it up."""

    title = "เสนอให้ผู้แจ้งรับการคุ้มครอง"
    title_en = "Offer protection to the reporter"
    secrecy = "S4"
    form = ReasonForm
    done = "เสนอการคุ้มครองแก่ผู้แจ้งทางหน้าติดตามเรื่องแล้ว ผู้แจ้งเป็นผู้ตัดสินใจ"

    def ready(self, actor: Actor, record: Case) -> str | None:
        if record.state == Case.State.MERGED:
            return "เรื่องนี้รวมกับเรื่องอื่นแล้ว โปรดดำเนินการในเรื่องที่รวม"
        return None

    def apply(self, step: Step) -> None:
        """For every sender of the matter who has no file yet. Of those who have one nothing is said."""
        for receipt in step.record.all_receipts().select_related("case__province", "correspondence"):
            if not ProtectionCase.objects.filter(link=receipt_link(receipt.pk)).exists():
                try:
                    file = new_file(step, S.PROPOSED, receipt, {})
                except team.NoTeam as error:
                    raise Refused("ยังไม่มีเจ้าหน้าที่คุ้มครองที่มีกุญแจ") from error
                Note.objects.create(
                    case=file,
                    kind=Note.Kind.ASSESSMENT,
                    sealed=file.envelope.put(step.data["reason"], context=f"protection:{file.pk}:assessment"),
                    author_label=step.actor.label,
                    written_at=step.now,
                )
        self.write_to_sender(step, "ข้อเสนอการคุ้มครอง", OFFER)


OFFER = (
    "เจ้าหน้าที่เห็นว่าท่านอาจต้องได้รับการคุ้มครอง หากท่านประสงค์ ให้เลือก “ขอรับการคุ้มครอง” ในหน้านี้ "
    "ชื่อของท่านจะเปิดเผยต่อเจ้าหน้าที่คุ้มครองเท่านั้น ผู้รับผิดชอบเรื่องร้องเรียนจะไม่ทราบ"
)


class Withdraw(FileAct):
    """ขอถอน: the reporter does not want it any more; what protects the public interest stays, and so do file and secrecy (AT-M6-19)."""

    title = "ขอถอนการคุ้มครอง"
    title_en = "Withdraw"
    moves = {s: s for s in (S.REQUESTED, S.ASSESSED, S.PROTECTED, S.REVIEWED)}
    form = forms.WithdrawForm
    face = "public"
    tells = [officers]
    tells_text = "ผู้แจ้งขอถอนการคุ้มครอง"
    tells_of_duty = True
    done = "บันทึกคำขอถอนแล้ว"

    def by(self, actor: Actor, record: ProtectionCase) -> str | None:
        return None if is_sender(actor, record) else ONLY_SENDER

    def ready(self, actor: Actor, record: ProtectionCase) -> str | None:
        return "ขอถอนไว้แล้ว" if record.withdrawn_on else None

    def sets(self, step: Step) -> dict[str, Any]:
        return {"withdrawn_on": step.today}

    def apply(self, step: Step) -> None:
        file: ProtectionCase = step.record
        own = file.measures.exclude(kind__in=Measure.PUBLIC_INTEREST)
        recall(file.instructions.filter(measure__in=own), at=step.now)
        own.filter(start__gt=step.today).delete()  # ordered, but not begun
        own.filter(end=None).update(end=step.today)
        own.filter(end__gt=step.today).update(end=step.today)
        if step.data.get("reason"):
            self.note(step, Note.Kind.WITHDRAWAL, step.data["reason"])
