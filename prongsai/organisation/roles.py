"""The roles of the domain analysis (§2.1): their keys, names, and where each one comes from.

Three sources, and no other: a *post* (governor, vice governor, head of agency, also by an acting order), the *staff
list* (officer, supervisor), or an *assignment* granted by one person and seconded by another.
"""

from django.db import models
from django.utils.translation import gettext_lazy as _


class Role(models.TextChoices):
    """A role key; ``label`` is its Thai name (translated), ``english`` its English name."""

    GOVERNOR = "governor", _("ผู้ว่าราชการจังหวัด")
    VICE_GOVERNOR = "vice_governor", _("รองผู้ว่าราชการจังหวัด")
    HEAD_AGENCY = "head_agency", _("หัวหน้าส่วนราชการ")
    SUPERVISOR = "supervisor", _("ผู้บังคับบัญชา")
    OFFICER = "officer", _("เจ้าหน้าที่")
    SUPPLY_OFFICER = "supply_officer", _("เจ้าหน้าที่พัสดุ")
    WEB_OFFICER = "web_officer", _("เจ้าหน้าที่เผยแพร่ข้อมูล")
    CENTER_OFFICER = "center_officer", _("เจ้าหน้าที่ศูนย์ปฏิบัติการต่อต้านการทุจริต")
    IDENTITY_CUSTODIAN = "identity_custodian", _("ผู้เก็บรักษาข้อมูลผู้ร้องเรียน")
    PROTECTION_OFFICER = "protection_officer", _("เจ้าหน้าที่คุ้มครองผู้แจ้งเบาะแส")
    DAMRONGTHAM_OFFICER = "damrongtham_officer", _("เจ้าหน้าที่ศูนย์ดำรงธรรม")
    KBJ_MEMBER = "kbj_member", _("กรรมการ ก.บ.จ.")
    ME_MEMBER = "me_member", _("กรรมการติดตามและประเมินผล")
    PLAN_OFFICER = "plan_officer", _("เจ้าหน้าที่แผน")
    AUDITOR = "auditor", _("ผู้ตรวจสอบ")
    SYSTEM_ADMIN = "system_admin", _("ผู้ดูแลระบบ")
    DPO = "dpo", _("เจ้าหน้าที่คุ้มครองข้อมูลส่วนบุคคล")

    @property
    def english(self) -> str:
        return _ENGLISH[self]


_ENGLISH = {
    Role.GOVERNOR: "Governor",
    Role.VICE_GOVERNOR: "Vice governor",
    Role.HEAD_AGENCY: "Head of agency",
    Role.SUPERVISOR: "Supervisor",
    Role.OFFICER: "Officer",
    Role.SUPPLY_OFFICER: "Supply officer",
    Role.WEB_OFFICER: "Publication (web) officer",
    Role.CENTER_OFFICER: "Anti-corruption centre officer",
    Role.IDENTITY_CUSTODIAN: "Identity custodian",
    Role.PROTECTION_OFFICER: "Whistleblower protection officer",
    Role.DAMRONGTHAM_OFFICER: "Damrongtham centre officer",
    Role.KBJ_MEMBER: "Member of the provincial administration committee (ก.บ.จ.)",
    Role.ME_MEMBER: "Member of the monitoring and evaluation committee",
    Role.PLAN_OFFICER: "Plan officer",
    Role.AUDITOR: "Auditor",
    Role.SYSTEM_ADMIN: "System administrator",
    Role.DPO: "Data protection officer",
}

# Follow from a post or from the staff list; nobody can be given them by an assignment.
DERIVED = frozenset({Role.GOVERNOR, Role.VICE_GOVERNOR, Role.HEAD_AGENCY, Role.SUPERVISOR, Role.OFFICER})
ASSIGNABLE = tuple(role for role in Role if role not in DERIVED)
ASSIGNABLE_CHOICES = [(role.value, role.label) for role in ASSIGNABLE]
