"""What the pages' script says, in the reader's language; and the authorities outside of the province."""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

# Whoever does not want to write to the governor, or writes about him (AT-M5-07): name, telephone, address on the web.
OUTSIDE = (
    (
        gettext_lazy("สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ (ป.ป.ช.)"),
        "1205",
        "https://www.nacc.go.th",
    ),
    (
        gettext_lazy("สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตในภาครัฐ (ป.ป.ท.)"),
        "1206",
        "https://www.pacc.go.th",
    ),
    (gettext_lazy("ศูนย์ดำรงธรรม กระทรวงมหาดไทย"), "1567", "https://www.damrongdhama.moi.go.th"),
)


def sentences() -> dict[str, str]:
    return {
        "working": _("กำลังดำเนินการ โปรดรอสักครู่"),
        "broken": _("ดำเนินการมิได้ สิ่งที่ท่านพิมพ์ยังอยู่ในหน้านี้ โปรดตรวจสอบการเชื่อมต่อแล้วลองใหม่"),
        "choose": _("โปรดเลือกว่าจะส่งถึงผู้ใด"),
        "empty": _("โปรดเขียนข้อความหรือแนบไฟล์"),
        "large": _("ไฟล์รวมกันต้องไม่เกิน 20 เมกะไบต์ โปรดเลือกไฟล์ใหม่"),
        "unreadable": _("เปิดอ่านข้อความนี้มิได้ ข้อความอาจเสียหาย"),
        "other_key": _("ข้อความนี้เข้ารหัสด้วยกุญแจเดิม โปรดใส่วลีผ่านของกุญแจนั้นด้านบน"),
        "wrong": _("วลีผ่านไม่ถูกต้อง โปรดลองใหม่ วลีผ่านมิได้ส่งออกจากเครื่องของท่าน"),
        "short": _("วลีผ่านต้องยาวอย่างน้อย 16 ตัวอักษร"),
        "differs": _("วลีผ่านทั้งสองช่องไม่ตรงกัน"),
    }
