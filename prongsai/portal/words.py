"""Words for what the announcement's data name by keys: who must act, and the periods and limits of the rules."""

from __future__ import annotations

from django.utils.functional import Promise
from django.utils.translation import gettext
from django.utils.translation import gettext_lazy as _

from prongsai.acts.models import RuleParameter
from prongsai.thai.digits import format_number

# Whom the entries of an announcement address. Wider than the roles of the system: citizens and drivers hold no role.
ACTORS: dict[str, str | Promise] = {
    "governor": _("ผู้ว่าราชการจังหวัด"),
    "vice_governor": _("รองผู้ว่าราชการจังหวัด"),
    "head_agency": _("หัวหน้าส่วนราชการ"),
    "executive": _("ผู้บริหาร"),
    "supervisor": _("ผู้บังคับบัญชา"),
    "officer": _("เจ้าหน้าที่"),
    "driver": _("พนักงานขับรถ"),
    "supply_officer": _("เจ้าหน้าที่พัสดุ"),
    "finance_officer": _("เจ้าหน้าที่การเงินและบัญชี"),
    "web_officer": _("เจ้าหน้าที่เผยแพร่ข้อมูล"),
    "plan_officer": _("เจ้าหน้าที่แผน"),
    "district_officer": _("เจ้าหน้าที่อำเภอ"),
    "project_owner": _("เจ้าของโครงการ"),
    "kbj_member": _("กรรมการ ก.บ.จ."),
    "me_member": _("กรรมการติดตามและประเมินผล"),
    "meeting_secretary": _("เลขานุการการประชุม"),
    "center_officer": _("เจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริต"),
    "damrongtham_officer": _("เจ้าหน้าที่ศูนย์ดำรงธรรม"),
    "risk_officer": _("ผู้รับผิดชอบการบริหารความเสี่ยง"),
    "complainant": _("ผู้ร้องเรียน"),
    "whistleblower": _("ผู้แจ้งเบาะแส"),
    "citizen": _("ประชาชน"),
    "bidder": _("ผู้เสนองาน"),
    "ita_assessor": _("ผู้ประเมิน ITA"),
    "auditor": _("ผู้ตรวจสอบ"),
    "system_admin": _("ผู้ดูแลระบบ"),
}


def actor_names(keys: list[str]) -> list[str]:
    """The names in the reader's language; a key that an announcement brings along is shown as it stands there."""
    return [str(ACTORS.get(key, key)) for key in keys]


def rule_words(rule: RuleParameter) -> str:
    """``30 วันทำการ``, ``3,000 บาท``."""
    places = 0 if rule.value == rule.value.to_integral_value() else 2
    number = format_number(rule.value, places=places)
    if rule.unit == RuleParameter.Unit.DAY_OF_MONTH:
        return gettext("วันทำการที่ %(n)s ของเดือน") % {"n": number}
    return f"{number} {rule.get_unit_display()}"
