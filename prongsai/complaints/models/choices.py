"""The closed lists of measure 5, in the announcement's own words."""

from __future__ import annotations

from django.db import models
from django.utils.translation import gettext_lazy as _


class Ground(models.TextChoices):
    """The five grounds of M5.2.1.1, gravest first."""

    CORRUPTION = "G1", _("กระทำการทุจริตต่อหน้าที่ราชการ")
    MALFEASANCE = "G2", _("กระทำความผิดต่อตำแหน่งหน้าที่ราชการ")
    NEGLECT = "G3", _("ละเลยหน้าที่ตามที่กฎหมายกำหนดให้ต้องปฏิบัติ")
    DELAY = "G4", _("ปฏิบัติหน้าที่ล่าช้าเกินสมควร")
    BEYOND_POWER = "G5", _("กระทำการนอกเหนืออำนาจหน้าที่ หรือขัดหรือไม่ถูกต้องตามกฎหมาย")

    @property
    def practice(self) -> str:
        return f"M5.2.1.1.({self.value[1]})"


class Channel(models.TextChoices):
    """The channels of M5.2.5, the confidential one of M6.2.3.(12), and other agencies. Officers take in all but the web."""

    CENTRE = "centre", _("ศูนย์ปฏิบัติการต่อต้านการทุจริต ด้วยตนเอง")
    WEB = "web", _("เว็บไซต์")
    DAMRONGTHAM = "damrongtham", _("ศูนย์ดำรงธรรม")
    POST_SIGNED = "post_signed", _("ไปรษณีย์ (ลงชื่อ)")
    POST_ANONYMOUS = "post_anonymous", _("ไปรษณีย์ (บัตรสนเท่ห์)")
    PHONE = "phone", _("โทรศัพท์")
    CONFIDENTIAL = "confidential", _("ช่องทางลับ")
    AGENCY = "agency", _("หน่วยงานอื่นส่งมา")


class Item(models.TextChoices):
    """The seven items of M5.2.2."""

    SENDER = "M5.2.2.1", _("ชื่อและที่อยู่ของผู้ร้องเรียน")
    ACCUSED = "M5.2.2.2", _("ชื่อหน่วยงานหรือเจ้าหน้าที่ที่เกี่ยวข้อง")
    ACTS = "M5.2.2.3", _("การกระทำที่เป็นเหตุแห่งการร้องเรียน")
    REQUEST = "M5.2.2.4", _("คำขอของผู้ร้องเรียน")
    SIGNATURE = "M5.2.2.5", _("ลายมือชื่อของผู้ร้องเรียน")
    DATE = "M5.2.2.6", _("วัน เดือน ปี")
    EVIDENCE = "M5.2.2.7", _("พยานเอกสาร พยานวัตถุ พยานบุคคล (ถ้ามี)")


class RefusalGround(models.TextChoices):
    """When a complaint may be refused (M5.2.1, M5.2.3, M5.2.4). "May": never by the system, never by one person."""

    NOT_HARMED = "2.1.1", _("ผู้ร้องเรียนมิได้รับความเดือดร้อนหรือเสียหาย (ข้อ ๒.๑.๑)")
    UNFOUNDED = "2.1.2", _("เป็นกระแสข่าวที่ไม่มีมูล (ข้อ ๒.๑.๒)")
    ANONYMOUS = "2.3", _("บัตรสนเท่ห์ที่ไม่ระบุหลักฐานแวดล้อมและพยานบุคคล (ข้อ ๒.๓)")
    UNWRITTEN = "2.4.1", _("มิได้ทำเป็นหนังสือ (ข้อ ๒.๔.๑)")
    NO_EVIDENCE = "2.4.2", _("ไม่ระบุพยานหรือหลักฐานที่เพียงพอ (ข้อ ๒.๔.๒)")
    INCOMPLETE = "2.4.3", _("ไม่มีรายการตามข้อ ๒.๒ (ข้อ ๒.๔.๓)")

    @property
    def practice(self) -> str:
        return f"M5.{self.value}"


class Authority(models.TextChoices):
    """Where a matter goes that the province may not decide itself. Names and channels are data of the province."""

    NACC = "nacc", _("สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตแห่งชาติ (ป.ป.ช.)")
    PACC = "pacc", _("สำนักงานคณะกรรมการป้องกันและปราบปรามการทุจริตในภาครัฐ (ป.ป.ท.)")
    MOI = "moi", _("กระทรวงมหาดไทย")
