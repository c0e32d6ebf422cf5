"""Looking at the house: the province, who can open what, orders that end, holidays, files, the ledger."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

from django.conf import settings
from django.utils import timezone

from prongsai import ledger, sealed
from prongsai.cli import copies
from prongsai.cli.findings import Finding, Look, advice, fine, wrong
from prongsai.complaints.gaps import unreceivable
from prongsai.complaints.staffing import NoTeam, staff
from prongsai.files.models import ScanState, SealedFile, WaitingScan
from prongsai.organisation.models import ActingAppointment, Province, RoleAssignment
from prongsai.organisation.periods import today
from prongsai.sealed.models import Slot
from prongsai.staff.models import RecoveryDrill
from prongsai.thai.dates import format_date
from prongsai.workdays.models import Holiday

WEEK = dt.timedelta(days=7)
YEAR = dt.timedelta(days=366)
HOLIDAYS_AHEAD = dt.timedelta(days=60)
ENOUGH = 2  # people with keys: one may fall ill
MAKE_KEYS = "ให้เจ้าหน้าที่เข้าสู่ระบบแล้วเลือก เปิดผนึก → สร้างกุญแจ (/office/key/)"


def _provinces() -> list[Province]:
    return list(Province.objects.exclude(settings={}))


def _province() -> Iterator[Finding]:
    if names := [province.name_th for province in _provinces()]:
        yield fine("จังหวัด", ", ".join(names))
    else:
        yield wrong(
            "จังหวัด",
            "ยังมิได้ตั้ง",
            why="หน้าเว็บสาธารณะและทะเบียนทั้งหมดเป็นของจังหวัดหนึ่งจังหวัดใด",
            mend="prongsai province รหัสจังหวัดสองหลัก",
        )


def _recovery() -> Iterator[Finding]:
    for province in _provinces():
        if missing := sealed.missing_recovery(province.pk):
            # A complaint is received without them; a lost passphrase is what they are for.
            yield advice(
                "กุญแจกู้คืน",
                f"{province.name_th} ยังไม่มี: {', '.join(str(slot.label) for slot in missing)}",
                why="หากเจ้าหน้าที่ลืมรหัสเปิดผนึก เรื่องที่ผนึกไว้จะเปิดไม่ได้อีก",
                mend="\n".join(f"prongsai user recovery {slot.value}" for slot in missing),
            )
            continue
        yield fine("กุญแจกู้คืน", f"{province.name_th} มีครบ")
        since = timezone.now() - YEAR
        drilled = RecoveryDrill.objects.filter(province=province, state="passed", created_at__gte=since)
        done = set(drilled.values_list("slot", flat=True))
        if undone := [str(slot.label) for slot in Slot if slot not in done]:
            yield advice(
                "ซ้อมกู้คืน",
                f"{province.name_th} ยังมิได้ซ้อมในรอบปี: {', '.join(undone)}",
                why="กุญแจบนกระดาษที่อ่านไม่ออกหรือหายไปจะรู้เมื่อสายเสมอ",
                mend="นำกุญแจออกจากที่เก็บ แล้วเลือก ทะเบียนการซ้อมกู้คืน → ซ้อมใช้กุญแจกู้คืน",
            )


def _key_holders() -> Iterator[Finding]:
    for province in _provinces():
        try:
            people = staff(province)
        except NoTeam:
            yield advice(
                "ผู้รับเรื่องร้องเรียน",
                f"{province.name_th} ยังไม่มีศูนย์ปฏิบัติการต่อต้านการทุจริตในรายชื่อหน่วยงาน",
                why="ไม่มีผู้รับเรื่องร้องเรียนทางเว็บ",
                mend=f"prongsai province {province.code}",
            )
            continue
        groups = (
            ("เจ้าหน้าที่ศูนย์ฯ ที่มีกุญแจ", people.officers, "center_officer"),
            ("ผู้เก็บรักษาข้อมูลผู้ร้องเรียนที่มีกุญแจ", people.custodians, "identity_custodian"),
        )
        for what, members, role in groups:
            count = sum(person.pk in people.keys for person in members)
            if count >= ENOUGH:
                yield fine(what, f"{count} คน")
            else:
                yield advice(
                    what,
                    f"{count} คน ควรมีอย่างน้อย {ENOUGH} คน",
                    why="ไม่มีใครเปิดเรื่องได้เมื่อคนเดียวนั้นไม่อยู่"
                    if count
                    else "แบบคำร้องทางเว็บรับเรื่องไม่ได้ จนกว่าจะมีผู้ถือกุญแจ",
                    mend=f"prongsai user grant EMAIL {role} --granted-by … --seconded-by …\n{MAKE_KEYS}",
                )


def _gaps() -> Iterator[Finding]:
    for province in _provinces():
        try:
            people = unreceivable(province)
        except NoTeam:  # said already, beside the holders of keys
            continue
        if not people:
            yield fine("เรื่องที่เกี่ยวกับผู้บริหาร", f"{province.name_th} รับเรื่องเกี่ยวกับผู้บังคับบัญชาของศูนย์ฯ ได้ทุกคน")
            continue
        yield advice(
            "เรื่องที่เกี่ยวกับผู้บริหาร",
            f"{province.name_th} รับเรื่องเกี่ยวกับบุคคลต่อไปนี้มิได้: {', '.join(str(p) for p in people)}",
            why="ผู้ถือกุญแจทุกคนอยู่ใต้บังคับบัญชาของบุคคลนั้น ผู้ร้องเรียนจะได้รับคำแนะนำให้ไปแจ้งหน่วยงานอื่น",
            mend="ตั้งผู้เก็บรักษาข้อมูลผู้ร้องเรียนจากหน่วยงานที่มิได้อยู่ใต้บังคับบัญชาของบุคคลนั้นเพิ่ม\n"
            f"prongsai user grant EMAIL identity_custodian --granted-by … --seconded-by …\n{MAKE_KEYS}",
        )


def _ending() -> Iterator[Finding]:
    """Orders and roles of the coming week's end: whoever follows must be named before."""
    first, last = today(), today() + WEEK
    orders = ActingAppointment.objects.filter(end__range=(first, last)).select_related("person", "post")
    roles = RoleAssignment.objects.filter(end__range=(first, last)).select_related("person")
    ending = [f"{order} ถึง {format_date(order.end)}" for order in orders]
    ending += [f"{role.person} {role.get_role_display()} ถึง {format_date(role.end)}" for role in roles]
    if ending:
        yield advice(
            "คำสั่งและบทบาทที่จะสิ้นสุดในเจ็ดวัน",
            "; ".join(ending),
            why="เมื่อสิ้นสุดแล้วผู้นั้นจะลงนามหรือเปิดเรื่องไม่ได้ และเรื่องที่ค้างอาจเลยกำหนด",
            mend="บันทึกคำสั่งต่อเนื่องในทะเบียนบุคลากร หรือ prongsai user grant EMAIL ROLE --until วันที่ …",
        )
    else:
        yield fine("คำสั่งและบทบาท", "ไม่มีที่จะสิ้นสุดในเจ็ดวัน")


def _holidays() -> Iterator[Finding]:
    last = Holiday.objects.filter(scope=Holiday.Scope.NATIONAL).order_by("-date").first()
    end = dt.date(last.date.year, 12, 31) if last else None
    if end and end - today() >= HOLIDAYS_AHEAD:
        yield fine("วันหยุดราชการ", f"มีถึงปี พ.ศ. {end.year + 543}")
    else:
        yield advice(
            "วันหยุดราชการ",
            f"มีถึงสิ้นปี พ.ศ. {end.year + 543} เท่านั้น" if end else "ยังไม่มี",
            why="วันครบกำหนดของปีถัดไปจะนับวันหยุดเป็นวันทำการ และจะเร็วกว่าที่ควร",
            mend="เพิ่มวันหยุดตามมติคณะรัฐมนตรีในทะเบียนวันหยุดราชการ (/office/)",
        )


def _files() -> Iterator[Finding]:
    if bad := list(copies.file_problems()):
        yield wrong(
            "ไฟล์แนบ",
            f"ผิดปกติ {len(bad)} ไฟล์ เช่น {bad[0]}",
            why="พยานหลักฐานที่ผู้ร้องแนบไว้เปิดไม่ได้",
            mend=f"นำไฟล์กลับจากข้อมูลสำรองลงใน {settings.FILES_ROOT} (docs/operate.md หัวข้อ Backup and restore)",
        )
    else:
        yield fine("ไฟล์แนบ", "ครบและมีขนาดถูกต้อง")


def _unscanned() -> Iterator[Finding]:
    """Files that nobody scanned: an officer's opening scans one, where a scanner answers."""
    kept = SealedFile.objects.filter(removed_at=None, original=None)
    waiting = WaitingScan.objects.count()
    found = (
        f"ยังไม่ได้ตรวจ {kept.filter(scan_state=ScanState.NOT_SCANNED).count()} ไฟล์ (รอเครื่องตรวจ {waiting})"
        f" พบไวรัส {kept.filter(scan_state=ScanState.HARMFUL).count()} ไฟล์"
    )
    yield fine("การตรวจไวรัสของไฟล์แนบ", found)


def _ledger() -> Iterator[Finding]:
    verification = ledger.verify()
    if verification.ok:
        yield fine("สมุดบันทึก", verification.message_th)
    else:
        yield wrong(
            "สมุดบันทึก",
            verification.message_th,
            why="มีการแก้ไขรายการนอกระบบ หลักฐานตั้งแต่จุดนั้นเชื่อถือไม่ได้",
            mend="prongsai verify (ตรวจอีกครั้ง)\nแจ้งผู้ตรวจสอบ เก็บฐานข้อมูลไว้ตามสภาพ และเทียบกับข้อมูลสำรองก่อนหน้า",
        )


LOOKS: tuple[tuple[str, Look], ...] = (
    ("จังหวัด", _province),
    ("กุญแจกู้คืน", _recovery),
    ("ผู้ถือกุญแจ", _key_holders),
    ("เรื่องที่เกี่ยวกับผู้บริหาร", _gaps),
    ("คำสั่งและบทบาท", _ending),
    ("วันหยุดราชการ", _holidays),
    ("ไฟล์แนบ", _files),
    ("การตรวจไวรัส", _unscanned),
    ("สมุดบันทึก", _ledger),
)
