"""An agenda item, and what each attendee said about an interest in it."""

from __future__ import annotations

from django.contrib.postgres.fields import ArrayField
from django.db import models
from django.db.models import F, Q

from prongsai.acts.models import Record
from prongsai.committees.arithmetic import Votes
from prongsai.committees.models.meeting import Attendance, Meeting


class Item(Record):
    """ระเบียบวาระ: waiting → attendees asked → considered → resolved, noted or deferred.

    The numbers are those of the moment in which the item was concluded and never change after. ``about_*``: the record of
    another room that the item is about. ``applies_apa``: section 13 of the Administrative Procedure Act applies, so that
    whoever has an interest must leave.
    """

    class State(models.TextChoices):
        WAITING = "waiting", "รอพิจารณา"
        ASKING = "asking", "สอบถามส่วนได้ส่วนเสีย"
        CONSIDERED = "considered", "อยู่ระหว่างพิจารณา"
        RESOLVED = "resolved", "ลงมติแล้ว"
        NOTED = "noted", "รับทราบ"
        DEFERRED = "deferred", "เลื่อนวาระ"
        WITHDRAWN = "withdrawn", "ถอนวาระ"

    CONCLUDED = (
        State.RESOLVED.value,
        State.NOTED.value,
        State.DEFERRED.value,
        State.WITHDRAWN.value,
    )

    class Purpose(models.TextChoices):
        INFORM = "inform", "เพื่อทราบ"
        DECIDE = "decide", "เพื่อพิจารณา"

    class Ballot(models.TextChoices):
        OPEN = "open", "เปิดเผย"
        SECRET = "secret", "ลับ (บันทึกเฉพาะจำนวนคะแนน)"

    class Outcome(models.TextChoices):
        CARRIED = "carried", "เห็นชอบ"
        LOST = "lost", "ไม่เห็นชอบ"
        TIED = "tied", "คะแนนเท่ากัน ไม่มีมติ"

    ENGLISH = {"carried": "Approved", "lost": "Not approved", "tied": "Tied, no resolution"}

    meeting = models.ForeignKey(Meeting, models.PROTECT, related_name="items")
    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="+")
    number = models.PositiveSmallIntegerField("ระเบียบวาระที่")
    title = models.CharField("เรื่อง", max_length=300)
    detail = models.TextField("สาระสำคัญ", blank=True)
    purpose = models.CharField("วัตถุประสงค์", max_length=10, choices=Purpose, default=Purpose.DECIDE)
    parties = ArrayField(models.CharField(max_length=200), verbose_name="บุคคลและกิจการในวาระ", default=list)
    applies_apa = models.BooleanField("ผู้มีส่วนได้ส่วนเสียต้องออกจากห้องประชุม", default=False)
    is_secret = models.BooleanField("ไม่เปิดเผยมติ", default=False)
    about_type = models.CharField(max_length=60, blank=True)
    about_id = models.CharField(max_length=64, blank=True)

    started_at = models.TimeField("เริ่มพิจารณา", null=True)
    ended_at = models.TimeField("สิ้นสุดการพิจารณา", null=True)
    presided_by = models.CharField("ประธานในวาระ", max_length=300, blank=True)
    ballot = models.CharField("วิธีลงคะแนน", max_length=10, choices=Ballot, blank=True)
    members = models.PositiveSmallIntegerField("กรรมการทั้งหมด", null=True)
    present = models.PositiveSmallIntegerField("มาประชุม", null=True)
    left = models.PositiveSmallIntegerField("ออกจากห้องประชุม", null=True)
    stayed = models.PositiveSmallIntegerField("แจ้งและอยู่ร่วม", null=True)
    quorum = models.PositiveSmallIntegerField("องค์ประชุม", null=True)
    votes_for = models.PositiveSmallIntegerField("เห็นชอบ", null=True)
    votes_against = models.PositiveSmallIntegerField("ไม่เห็นชอบ", null=True)
    abstained = models.PositiveSmallIntegerField("งดออกเสียง", null=True)
    casting = models.CharField("เสียงชี้ขาด", max_length=8, blank=True)
    dissent = ArrayField(models.CharField(max_length=300), verbose_name="ผู้ไม่เห็นชอบหรืองดออกเสียง", default=list)
    outcome = models.CharField("ผลการลงมติ", max_length=10, choices=Outcome, blank=True)
    resolution = models.TextField("มติที่ประชุม", blank=True)
    legal_review = models.BooleanField("รอตรวจสอบข้อกฎหมาย", default=False)
    review_result = models.TextField("ผลการตรวจสอบข้อกฎหมาย", blank=True)

    class Meta:
        verbose_name = "ระเบียบวาระ"
        constraints = [
            models.UniqueConstraint(fields=["meeting", "number"], name="item_number_once"),
            # AT-M6-12: without a quorum no vote can be saved, whoever writes the row.
            models.CheckConstraint(
                condition=Q(votes_for=None) | Q(present__gte=F("quorum") + F("left")),
                name="item_vote_needs_quorum",
            ),
            models.CheckConstraint(
                condition=Q(votes_for=None)
                | Q(
                    votes_for=F("present") - F("left") - F("stayed") - F("votes_against") - F("abstained"),
                    votes_against__isnull=False,
                    abstained__isnull=False,
                ),
                name="item_votes_are_those_of_the_voters",
            ),
            models.CheckConstraint(
                condition=~Q(state="resolved")
                | (Q(votes_for__isnull=False) & ~Q(outcome="") & ~Q(resolution="")),
                name="item_resolved_has_votes",
            ),
        ]
        indexes = [models.Index(fields=["about_type", "about_id"], name="item_about")]

    def __str__(self) -> str:
        return f"{self.meeting} วาระที่ {self.number}"

    @property
    def is_concluded(self) -> bool:
        return self.state in self.CONCLUDED

    @property
    def votes(self) -> Votes | None:
        if self.votes_for is None:
            return None
        return Votes(self.votes_for, self.votes_against or 0, self.abstained or 0, self.casting)


class Interest(Record):
    """One attendee, asked about one item: none, leaves the room, or declares and stays; ``late``: found afterwards.

    A record of its own, so that twenty members may answer at the same moment. What the relation is stays between the
    person, the secretary and the chair (S2); minutes say only that there is one.
    """

    class State(models.TextChoices):
        ASKED = "asked", "รอคำตอบ"
        NONE = "none", "ไม่มีส่วนได้ส่วนเสีย"
        LEFT = "left", "ออกจากห้องประชุม"
        STAYED = "stayed", "แจ้งและอยู่ร่วมประชุม"
        LATE = "late", "พบภายหลังรับรองรายงาน"
        LAPSED = "lapsed", "วาระเลื่อนก่อนตอบ"

    DECLARED = (State.LEFT.value, State.STAYED.value)

    item = models.ForeignKey(Item, models.PROTECT, related_name="interests")
    agency = models.ForeignKey("organisation.Agency", models.PROTECT, related_name="+")
    attendance = models.ForeignKey(Attendance, models.PROTECT, related_name="interests")
    reasons = ArrayField(models.CharField(max_length=400), verbose_name="เหตุที่สอบถาม", default=list)
    relation = models.TextField("ความเกี่ยวข้อง", blank=True)
    stay_reason = models.TextField("เหตุผลที่อยู่ร่วม", blank=True)
    left_at = models.TimeField("ออกเวลา", null=True)
    returned_at = models.TimeField("กลับเข้าเวลา", null=True)
    answered_by = models.CharField("ผู้บันทึกคำตอบ", max_length=400, blank=True)
    answered_at = models.DateTimeField("ตอบเมื่อ", null=True)

    class Meta:
        verbose_name = "การแจ้งส่วนได้ส่วนเสีย"
        constraints = [
            models.UniqueConstraint(fields=["item", "attendance"], name="interest_asked_once"),
            models.CheckConstraint(
                condition=~Q(state="left") | Q(left_at__isnull=False), name="interest_left_has_a_time"
            ),
            models.CheckConstraint(
                condition=~Q(state="stayed") | ~Q(stay_reason=""), name="interest_stayed_has_a_reason"
            ),
        ]

    def __str__(self) -> str:
        return f"{self.item}: {self.attendance.name}"

    @property
    def is_matched(self) -> bool:
        return bool(self.reasons)
