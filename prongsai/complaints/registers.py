"""The register of complaints as the centre sees it. Nobody else sees a row; a named person never does."""

from __future__ import annotations

from typing import Any

from django.db.models import Exists, OuterRef, QuerySet
from django.utils import timezone

from prongsai import ledger, sealed
from prongsai.acts.models import Due
from prongsai.complaints import package, rooms
from prongsai.complaints.documents import OFFICE
from prongsai.complaints.line import kept_from
from prongsai.complaints.models import Case, Ground, Item, Referral
from prongsai.complaints.reading import read_case
from prongsai.organisation.actors import Actor
from prongsai.registers import Choice, Column, Period, Register, Truth
from prongsai.sealed.models import Grant


def open_dues() -> QuerySet:
    return Due.objects.open().filter(record_id=OuterRef("pk"))


def overdue(rows: QuerySet) -> QuerySet:
    return rows.filter(Exists(open_dues().filter(due_on__lt=timezone.localdate())))


class Complaints(Register):
    key = "complaints"
    title = "ทะเบียนเรื่องร้องเรียน"
    title_en = "Register of complaints"
    about = "เรื่องร้องเรียนการทุจริตและประพฤติมิชอบ (มาตรการที่ ๕) เนื้อหาปิดผนึก เปิดอ่านได้เฉพาะผู้รับผิดชอบสำนวน"
    model = Case
    secrecy = "S3"
    audience = "เจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริตที่มิได้เกี่ยวข้องกับเรื่อง การเปิดอ่านทุกครั้งถูกบันทึก"
    practices = ("M5.2.1", "M5.2.4", "M5.2.5")
    documents = OFFICE
    pages = (("สถิติภายใน", "complaints-office:statistics"),)
    search = "number"
    order = ("-received_on", "-sequence")
    columns = (
        Column("number", "เลขที่เรื่อง", lambda c: c.number, sort="sequence", kind="link", label_en="Number"),
        Column(
            "received_on",
            "วันที่รับเรื่อง",
            lambda c: c.received_on,
            sort="received_on",
            kind="date",
            label_en="Received",
        ),
        Column(
            "state", "สถานะ", lambda c: c.get_state_display(), sort="state", kind="state", label_en="State"
        ),
        Column("main_ground", "เหตุหลัก", lambda c: _ground(c), sort="main_ground", label_en="Main ground"),
        Column("accused_agency", "หน่วยงานที่ถูกร้องเรียน", lambda c: _accused(c), sort="accused_agency__sort_key"),
        Column("handler", "ผู้รับผิดชอบ", lambda c: c.handler_label, sort="handler_label"),
    )
    filters = (
        Choice("state", "สถานะ", "state", lambda actor: Case.State.choices),
        Choice("ground", "เหตุหลัก", "main_ground", lambda actor: Ground.choices),
        Period("received", "รับเรื่อง", "received_on"),
        Truth("overdue", "เฉพาะที่เกินกำหนด", overdue),
    )

    def rows(self, actor: Actor) -> QuerySet:
        """The centre's cases without those that name the actor or somebody above; for others, those whose key they hold.

        What is sealed to the custodians alone exists for nobody else.
        """
        if actor.kind != "staff" or actor.person is None:
            return Case.objects.none()
        officer, keeper = actor.has("center_officer"), actor.has("identity_custodian")
        heads = any(held.role == "head_agency" for held in actor.roles)  # also by an order for some measures
        if not (officer or keeper or heads or _stand_in(actor)):
            return Case.objects.none()
        cases = Case.objects.filter(province=actor.province).select_related(
            "accused_agency", "envelope", "province"
        )
        cases = cases.exclude(kept_from(actor))
        if officer:
            return cases.filter(custodians_only=False)
        mine = Exists(Grant.objects.filter(envelope=OuterRef("envelope"), keyholder__person=actor.person))
        return cases.filter(mine, custodians_only=keeper)

    def may_see(self, actor: Actor) -> bool:
        return actor.kind == "staff" and (actor.has("center_officer") or self.rows(actor).exists())

    def head(self, record: Case) -> str:
        return f"เรื่องร้องเรียน {record.number}"

    def facts(self, record: Case, actor: Actor, request: Any) -> list[tuple[str, Any]]:
        facts: list[tuple[str, Any]] = [
            ("วันที่รับเรื่อง", record.received_on),
            ("ช่องทาง", ", ".join(str(r.get_channel_display()) for r in record.all_receipts())),
            ("รวมกับเรื่อง", record.merged_into.number if record.merged_into else ""),
            ("เรื่องที่รวมเข้ามา", ", ".join(record.merged.order_by("number").values_list("number", flat=True))),
            ("ผู้ร้องเรียน", "ปกปิดข้อมูลเพื่อคุ้มครองผู้ร้องเรียน"),
            ("เหตุแห่งการร้องเรียน", ", ".join(str(Ground(g).label) for g in record.grounds) or "ยังมิได้ระบุ"),
            ("หน่วยงานที่ถูกร้องเรียน", _accused(record)),
            ("รายการที่ขาดตามข้อ ๒.๒", ", ".join(_items(record)) or "ครบถ้วน"),
            ("ผู้รับผิดชอบ", record.handler_label or "ยังไม่มี"),
        ]
        facts += _routing(record)
        if record.lead_only:
            facts.append(("ลักษณะเรื่อง", "แจ้งเบาะแส ความยาวของข้อความมิใช่เงื่อนไขในการรับเรื่อง"))
        if record.unanswered:
            facts.append(("การขอข้อมูลเพิ่มเติม", "ผู้ร้องเรียนมิได้ส่งข้อมูลภายในกำหนด แต่ยังส่งได้เสมอ"))
        if record.impolite:
            facts.append(("ข้อสังเกต", "มีถ้อยคำไม่สุภาพ ซึ่งมิใช่เหตุที่จะไม่รับเรื่อง"))
        if record.event_long_ago:
            facts.append(("ข้อสังเกตเรื่องเวลา", "เหตุเกิดก่อน พ.ศ. ๒๕๐๐ ระบบมิได้วินิจฉัยเรื่องอายุความ"))
        return facts

    def sections(self, record: Case, actor: Actor, request: Any) -> list[tuple[str, dict[str, Any]]]:
        if record.destroyed_at:
            return [("complaints/office/destroyed.html", {"case": record})]
        unlocked = sealed.unlocked(request)
        if unlocked is None:
            return [("complaints/office/locked.html", {"case": record})]
        file = read_case(record, unlocked)
        own = {
            "case": record,
            "file": file,
            "originals": self.may_open_original(record, actor),
            "package": not package.why_not(actor, record),
        }
        others = [] if file.denied else rooms.sections(record, actor, unlocked)
        return [("complaints/office/case_file.html", own), *others]

    def may_open_original(self, record: Case, actor: Actor) -> bool:
        """Hidden data may say who the sender is: for the one who answers for the matter, and nobody else."""
        handler = record.matter.handler_id
        return handler is not None and handler == actor.person_id

    def opened(self, record: Case, actor: Actor, request: Any) -> None:
        unlocked = sealed.unlocked(request)
        ledger.record_read(
            kind="complaints.read",
            actor_id=actor.person.pk if actor.person else None,
            actor_label=actor.label,
            subject=("complaints.case", str(record.pk)),
            province=record.province_id,
            secrecy="S3",
            content={"content_opened": unlocked is not None},
        )


def _routing(case: Case) -> list[tuple[str, Any]]:
    """Who decides in place of whom, and where the matter goes."""
    referral = Referral.objects.filter(case=case).first()
    tests = " และ ".join(filter(None, (case.tested_label, case.test_signed_label)))
    asked = case.review_asked_at
    rows = [
        (
            "ผู้รับผิดชอบแทนศูนย์",
            "ผู้บริหาร เพราะศูนย์เกี่ยวข้องกับเรื่องหรือมีผู้รับผิดชอบไม่ครบสองคน" if case.handled_above else "",
        ),
        ("ผู้ลงนามแบบพิจารณาตามข้อ ๒.๓", tests),
        ("ผู้บริหารผู้วินิจฉัย", case.executive_label),
        ("ขอให้ทบทวนเมื่อ", timezone.localdate(asked) if asked else ""),
        ("เสนอโอนเรื่องให้", case.get_transfer_to_display() if case.transfer_to else ""),
        ("ส่งต่อโดยปิดผนึกถึง", case.get_forward_to_display() if case.forward_to else ""),
        (
            "ข้อสังเกตตามมาตรการที่ ๗",
            "ต้องบันทึกเป็นการปฏิบัติที่ไม่เป็นไปตามหลักเกณฑ์ (ข้อ ๑.๓)" if case.nonconformity else "",
        ),
    ]
    if case.forward_to:
        rows.append(("ชื่อผู้ร้องเรียน", "แจ้งแก่หน่วยงานที่ส่งต่อ" if case.forward_with_name else "ไม่แจ้ง"))
    if referral:
        sent = f"{referral.to_authority} ตามหนังสือเลขที่ {referral.letter_no}"
        rows += [("ส่งถึง", sent), ("หนังสือตอบ", referral.reply_no)]
    return [(label, value) for label, value in rows if value]


def _ground(case: Case) -> str:
    return str(Ground(case.main_ground).label) if case.main_ground else "ยังมิได้ระบุ"


def _accused(case: Case) -> str:
    if case.accused_outside:
        return "หน่วยงานอื่นนอกรายการ (ระบุในสำนวน)"
    return str(case.accused_agency.name_th) if case.accused_agency else ""


def _items(case: Case) -> list[str]:
    return [str(Item(i).label) for i in case.items_missing]


def _stand_in(actor: Actor) -> bool:
    return actor.has("vice_governor") or actor.has("governor")
