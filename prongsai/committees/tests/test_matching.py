"""A match asks; what is no match stays quiet."""

from __future__ import annotations

import pytest

from prongsai.committees.matching import Attendee, reasons

MAYOR = Attendee(
    ["นายสมมติ เมืองงาม (ตัวอย่าง)", "สมมติ บ้านเดิม"], ["เทศบาลตำบลบ้านสมมติ", "บริษัท รุ่งเรือง ก่อสร้าง จำกัด"]
)


@pytest.mark.parametrize(
    ("party", "why"),
    [
        ("สมมติ เมืองงาม", "ชื่อตรงกับบุคคลในวาระ"),
        ("ดร.สมมติ  เมืองงาม", "ชื่อตรงกับบุคคลในวาระ"),
        ("นาย สมมติ บ้านเดิม", "ชื่อตรงกับบุคคลในวาระ"),
        ("นางสาวกานดา เมืองงาม", "นามสกุลตรงกับบุคคลในวาระ"),
        ("เทศบาลตำบลบ้านสมมติ", "หน่วยงานหรือกิจการตรงกับที่ปรากฏในวาระ"),
        ("โครงการถนนของเทศบาลตำบลบ้านสมมติ", "หน่วยงานหรือกิจการตรงกับที่ปรากฏในวาระ"),
        ("บจก. รุ่งเรืองก่อสร้าง", "หน่วยงานหรือกิจการตรงกับที่ปรากฏในวาระ"),
    ],
)
def test_names_that_meet_ask(party: str, why: str):
    assert reasons(MAYOR, [party]) == [f"{why}: {' '.join(party.split())}"]


@pytest.mark.parametrize(
    "party",
    ["", "เทศบาล", "เทศบาลตำบล", "เทศบาลตำบลบ้านอื่น", "นายสมชาย ใจดี", "บริษัท เมืองงาม จำกัด", "สมมติ", "จังหวัด"],
)
def test_other_names_do_not(party: str):
    assert reasons(MAYOR, [party]) == []
