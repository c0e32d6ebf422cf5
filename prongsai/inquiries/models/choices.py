"""The closed lists of fact-finding (domain analysis 3.5 FactFinding, 3.6 SanctionRecord)."""

from __future__ import annotations

from collections.abc import Iterable

from django.db import models

from prongsai.organisation.models import Person


class Finding(models.TextChoices):
    """What the committee finds of one respondent, gravest first."""

    CRIMINAL = "criminal", "มีมูลอาญา"
    GRAVE = "grave", "มีมูลวินัยร้ายแรง"
    NOT_GRAVE = "not_grave", "มีมูลวินัยไม่ร้ายแรง"
    ADMONISH = "admonish", "ว่ากล่าวตักเตือน"
    IMPROVE = "improve", "ปรับปรุงงาน"
    UNFOUNDED = "unfounded", "ไม่มีมูล"


class Part(models.TextChoices):
    """The part a respondent had (M6.2.3.(14)). ``IGNORED`` is for whoever knew and did nothing."""

    PRINCIPAL = "principal", "ตัวการ"
    SUPPORTER = "supporter", "ผู้สนับสนุน"
    FALSE_CERTIFIER = "false_certifier", "รับรองข้อมูลเท็จ"
    IGNORED = "ignored", "เพิกเฉย"


class Outcome(models.TextChoices):
    """The class of a result: all that the sender is told of it (AT-M5-20)."""

    ACTION = "action", "พบว่าเรื่องมีมูล และอยู่ระหว่างดำเนินการทางวินัย ทางปกครอง หรือทางกฎหมายตามอำนาจหน้าที่"
    CORRECTED = "corrected", "พบข้อบกพร่องในการปฏิบัติงาน และได้ให้ว่ากล่าวตักเตือนหรือปรับปรุงงานแล้ว"
    NO_ACTION = "no_action", "ตรวจสอบข้อเท็จจริงแล้ว ให้ยุติเรื่อง"

    @classmethod
    def of(cls, findings: Iterable[str], *, acted: bool) -> Outcome:
        if not acted:
            return cls.NO_ACTION
        return (
            cls.ACTION
            if {Finding.CRIMINAL, Finding.GRAVE, Finding.NOT_GRAVE} & set(findings)
            else cls.CORRECTED
        )


class Track(models.TextChoices):
    DISCIPLINE = "discipline", "ทางวินัย"
    ADMINISTRATIVE = "administrative", "ทางปกครอง"
    LEGAL = "legal", "ทางอาญาหรือทางกฎหมาย"


class Penalty(models.TextChoices):
    """The five of the Civil Service Act B.E. 2551 s.88; what other staff and other tracks know beside them."""

    PROBATION = "probation", "ภาคทัณฑ์"
    PAY_CUT = "pay_cut", "ตัดเงินเดือนหรือค่าจ้าง"
    PAY_REDUCTION = "pay_reduction", "ลดเงินเดือนหรือค่าจ้าง"
    DISMISSAL = "dismissal", "ปลดออก"
    EXPULSION = "expulsion", "ไล่ออก"
    TERMINATION = "termination", "เลิกจ้าง"
    OTHER = "other", "อื่น ๆ ตามคำสั่ง"
    NONE = "none", "งดโทษหรือยกโทษ"

    @classmethod
    def open_to(cls, track: str, staff_type: str) -> list[Penalty]:
        """Those that may be ordered: nobody but a hired person has the contract ended, and only discipline has the five."""
        if track != Track.DISCIPLINE:
            return [cls.OTHER, cls.NONE]
        five = [cls.PROBATION, cls.PAY_CUT, cls.PAY_REDUCTION, cls.DISMISSAL, cls.EXPULSION]
        if staff_type == Person.StaffType.CIVIL_SERVANT:
            return [*five, cls.NONE]
        if staff_type in (Person.StaffType.CONTRACT_WORKER, Person.StaffType.OTHER_HIRED):
            return [cls.TERMINATION, cls.OTHER, cls.NONE]
        return [*five, cls.TERMINATION, cls.OTHER, cls.NONE]
