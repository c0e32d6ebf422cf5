"""What the committee does to find facts: it asks, and it writes down what it is told."""

from __future__ import annotations

from django.db import models
from django.db.models import Q

from prongsai.inquiries.models.inquiry import Inquiry, PartOfInquiry
from prongsai.inquiries.models.respondent import Respondent


class Summons(PartOfInquiry):
    """หนังสือเรียกหรือเชิญ. Of an officer who is asked as such ``person`` is known, so that the clock can remind; a witness's
    name is sealed, and nobody is reminded but the committee."""

    class State(models.TextChoices):
        SENT = "sent", "รอคำตอบ"
        REMINDED = "reminded", "พ้นกำหนด เตือนแล้ว"
        ESCALATED = "escalated", "พ้นกำหนด แจ้งผู้บังคับบัญชาแล้ว"
        ANSWERED = "answered", "ได้รับคำตอบแล้ว"
        # A fact about the inquiry, not a finding about a person (AT-M6-26).
        UNCOOPERATIVE = "uncooperative", "บันทึกข้อเท็จจริงว่าไม่ให้ความร่วมมือ"

    WAITING = (State.SENT.value, State.REMINDED.value, State.ESCALATED.value)

    class Kind(models.TextChoices):
        OFFICER = "officer", "เจ้าหน้าที่ (ขอให้ชี้แจงหรือส่งเอกสาร)"
        WITNESS = "witness", "พยานบุคคล (เชิญมาให้ถ้อยคำ)"

    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="summonses")
    kind = models.CharField("ประเภท", max_length=10, choices=Kind)
    person = models.ForeignKey("organisation.Person", on_delete=models.PROTECT, null=True, related_name="+")
    person_label = models.CharField("ผู้ถูกเรียก", max_length=300, blank=True)
    letter_no = models.CharField("เลขที่หนังสือ", max_length=80)
    sent_on = models.DateField("ลงวันที่")
    due_on = models.DateField("ให้ตอบหรือมาภายใน")
    reminded_on = models.DateField("เตือนเมื่อ", null=True)
    escalated_to = models.ForeignKey(
        "organisation.Person", on_delete=models.PROTECT, null=True, related_name="+"
    )
    escalated_label = models.CharField("แจ้งผู้บังคับบัญชา", max_length=300, blank=True)
    escalated_on = models.DateField("แจ้งผู้บังคับบัญชาเมื่อ", null=True)
    closed_on = models.DateField("ได้คำตอบหรือบันทึกเมื่อ", null=True)

    class Meta:
        constraints = [
            models.UniqueConstraint(fields=["inquiry", "number"], name="summons_numbered"),
            models.CheckConstraint(
                condition=Q(kind="officer", person__isnull=False) | Q(kind="witness", person=None),
                name="summons_names_officers_only",
            ),
        ]

    def __str__(self) -> str:
        return f"{self.inquiry.number} หนังสือเรียกที่ {self.number}"


class Statement(PartOfInquiry):
    """บันทึกถ้อยคำ: written, read back, confirmed; the signed paper comes back by its QR."""

    class State(models.TextChoices):
        WRITTEN = "written", "รออ่านทวน"
        CONFIRMED = "confirmed", "อ่านทวนและรับรองแล้ว"
        UNSIGNED = "unsigned", "ไม่ลงลายมือชื่อ"

    # Not "statement_set": those are the signed statements of ``compliance``.
    province = models.ForeignKey(
        "organisation.Province", on_delete=models.PROTECT, related_name="+", verbose_name="จังหวัด"
    )
    inquiry = models.ForeignKey(Inquiry, on_delete=models.PROTECT, related_name="statements")
    respondent = models.ForeignKey(
        Respondent, on_delete=models.PROTECT, null=True, related_name="statements", verbose_name="ผู้ถูกกล่าวหา"
    )
    taken_on = models.DateField("วันที่ให้ถ้อยคำ")
    taken_by = models.CharField("ผู้บันทึก", max_length=300)
    confirmed_on = models.DateField("อ่านทวนเมื่อ", null=True)

    class Meta:
        constraints = [models.UniqueConstraint(fields=["inquiry", "number"], name="statement_numbered")]

    def __str__(self) -> str:
        return f"{self.inquiry.number} บันทึกถ้อยคำที่ {self.number}"
