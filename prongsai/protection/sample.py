"""An invented reporter under protection, for a province that is marked as a sample. Nobody and nothing here exists."""

from __future__ import annotations

import datetime as dt
from typing import Any

from prongsai import sealed
from prongsai.acts import perform
from prongsai.complaints.models import Case, Receipt
from prongsai.complaints.sample import SAMPLE_PASSPHRASE
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Province, User
from prongsai.organisation.periods import today
from prongsai.protection import acts
from prongsai.protection.models import HrAction, Instruction, ProtectionCase
from prongsai.sealed.keys import unwrap

REASON = "ผู้แจ้งเป็นผู้ใต้บังคับบัญชาของผู้ถูกกล่าวหา จึงมีความเสี่ยงที่จะถูกตอบโต้ (ตัวอย่าง)"


def load_sample_protection(
    province: Province, users: dict[str, User], complaints: list[Case]
) -> list[ProtectionCase]:
    """One file under protection with an alert, one that waits for its assessment. Loading again changes nothing."""
    if not province.is_sample:
        raise ValueError("invented files are only for a province that is marked as a sample (is_sample)")
    if ProtectionCase.objects.filter(province=province).exists():
        return list(ProtectionCase.objects.filter(province=province))
    first, second = (
        ask(province, case, name)
        for case, name in zip(complaints, ("ผู้แจ้งสมมติ ก", "ผู้แจ้งสมมติ ข"), strict=False)
    )

    def do(act: type, record: Any, who: str, **data: Any) -> Any:
        if record is not None:
            record.refresh_from_db()
        return perform(act, record, actor=Actor.of(users[who].person), data=data).record

    line = [users["supervisor"].person, users["head_agency"].person]
    reporter = users["officer"].person
    do(acts.Assess, first, "protection_officer", risk="high", reporter=reporter, line=line, reason=REASON)
    do(
        acts.OrderProtection,
        first,
        "governor",
        kinds=["conceal", "no_adverse"],
        start=today(),
        end=None,
        order_no="ตัวอย่าง 2/2570",
        order_date=today(),
        detail="ปกปิดชื่อ และตรวจสอบการดำเนินการด้านบุคคลก่อนมีผล (ตัวอย่าง)",
    )
    give_instruction(first, users, "head_health")
    for person in (reporter, users["officer_2"].person):
        do(
            acts.RecordHrAction,
            None,
            "head_agency",
            whom=person,
            action=HrAction.Kind.TRANSFER,
            order_no=f"ร่างตัวอย่าง {person.pk}/2570",
            effective_on=today() + dt.timedelta(days=14),
            reason="ปรับปรุงการบริหารงานบุคคลประจำปีของสำนักงาน (ตัวอย่าง)",
        )
    return [first, second]


def give_instruction(case: ProtectionCase, users: dict[str, User], to: str) -> Instruction:
    """The first measure of the file, to a head, who gets a key for it if he has none."""
    person, officer = users[to].person, users["protection_officer"].person
    if sealed.keyholder_of(person) is None:
        sealed.create_keys(person, SAMPLE_PASSPHRASE)
    data = {
        "measure": case.measures.first(),
        "head": person,
        "reason": "ระหว่างนี้ไม่สั่งย้ายหรือเปลี่ยนงานผู้ใดในกลุ่มงานโดยไม่แจ้งเจ้าหน้าที่คุ้มครองก่อน (ตัวอย่าง)",
        "unlocked": sealed.Unlocked(*unwrap(officer, SAMPLE_PASSPHRASE)),
    }
    case.refresh_from_db()
    perform(acts.Instruct, case, actor=Actor.of(officer), data=data)
    return case.instructions.get(head=person)


def ask(province: Province, case: Case, name: str) -> ProtectionCase:
    receipt = Receipt.objects.select_related("case__province", "correspondence").get(case=case)
    said = {"name": name, "danger": "เกรงว่าจะถูกย้ายเพราะแจ้งเรื่อง (เรื่องสมมติ)", "feared": ""}
    actor = Actor.tracker(province, str(case.pk))
    file: ProtectionCase = perform(
        acts.RequestProtection, None, actor=actor, data={"receipt": receipt, "said": said}
    ).record
    return file
