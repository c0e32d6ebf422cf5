"""Invented complaints in every state, for a province that is marked as a sample. Nobody and nothing here exists.

They travel the same road as real ones: filed, screened and decided by acts, on the days that the story needs.
"""

from __future__ import annotations

import datetime as dt
import hashlib
from typing import Any

from django.utils import timezone

from prongsai import sealed
from prongsai.acts import perform
from prongsai.complaints import acts
from prongsai.complaints.desk.filing import FileByStaff
from prongsai.complaints.desk.profiles import PROFILES
from prongsai.complaints.forms import OUTSIDE
from prongsai.complaints.forms_sending import CHECKLIST
from prongsai.complaints.intake import FileComplaint, Message
from prongsai.complaints.models import Case, Channel, Ground, Identity, Item
from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Agency, Person, Province, User

SAMPLE_PASSPHRASE = "วลีผ่านตัวอย่างใช้สาธิตเท่านั้น"  # noqa: S105 - public by intention
KEYHOLDERS = (
    "center_head",
    "center_officer",
    "center_officer_2",
    "center_officer_3",
    "identity_custodian",
    "identity_custodian_2",
    "identity_custodian_3",
    "protection_officer",
    "protection_officer_2",
    "vice_governor",
    "governor",
)

STORIES = [
    # grounds, agency code, narrative, days ago
    ((Ground.CORRUPTION, Ground.NEGLECT), "DOAE", "มีการเรียกรับเงินเพื่ออนุมัติคำขอสนับสนุนปัจจัยการผลิต (เรื่องสมมติ)", 1),
    ((Ground.DELAY,), "DLT", "ยื่นคำขอต่อใบอนุญาตไว้แล้วสามเดือน ยังไม่ได้รับคำตอบ (เรื่องสมมติ)", 3),
    ((Ground.MALFEASANCE,), "HEALTH", "มีการเบิกค่าเดินทางโดยมิได้เดินทางจริง (เรื่องสมมติ)", 6),
    ((Ground.NEGLECT,), "LAND", "เจ้าหน้าที่ไม่รับคำขอโดยไม่แจ้งเหตุผล (เรื่องสมมติ)", 9),
    ((Ground.CORRUPTION,), "DOPA", "ได้ยินว่ามีการฝากเข้าทำงาน แต่ไม่ทราบรายละเอียด (เรื่องสมมติ)", 40),
    ((Ground.BEYOND_POWER,), "DOAE", "นำเครื่องจักรของทางราชการไปปรับพื้นที่ส่วนตัว (เรื่องสมมติ)", 30),
    (
        (Ground.MALFEASANCE, Ground.CORRUPTION),
        None,
        "เจ้าพนักงานของเทศบาลออกใบเสร็จไม่ตรงกับเงินที่รับ (เรื่องสมมติ)",
        20,
    ),
    ((), "DOAE", "ขอให้ตรวจสมุดใช้น้ำมันของรถคันหนึ่งในเดือนที่ผ่านมา (เบาะแสสมมติ)", 0),
]

# What officers took in by other channels: channel, who took it in, accused agency, narrative, sender, days ago.
TAKEN_IN = [
    (
        Channel.DAMRONGTHAM,
        "damrongtham_officer",
        "LAND",
        "เจ้าหน้าที่เรียกเงินห้าร้อยบาทเพื่อเร่งคิวรังวัด (เรื่องสมมติ)",
        "ผู้ร้องสมมติที่เคาน์เตอร์",
        2,
    ),
    (
        Channel.PHONE,
        "damrongtham_officer",
        "DLT",
        "ผู้โทรแจ้งว่ามีผู้เรียกรับเงินหน้าสนามสอบใบขับขี่ (เรื่องสมมติ)",
        "",
        1,
    ),
    (
        Channel.POST_SIGNED,
        "center_officer_3",
        "HEALTH",
        "หนังสือแจ้งว่ามีการนำยาของโรงพยาบาลไปขาย (เรื่องสมมติ)",
        "ผู้ร้องสมมติทางไปรษณีย์",
        4,
    ),
    (
        Channel.POST_ANONYMOUS,
        "center_officer_2",
        "DOAE",
        "บัตรสนเท่ห์แจ้งว่ามีการเบิกน้ำมันเกินจริง (เรื่องสมมติ)",
        "",
        5,
    ),
]


def sample_token(index: int) -> bytes:
    """The form token of sample story ``index``; its tracking code follows from it, so the demonstration can print it."""
    return hashlib.blake2b(f"prongsai sample {index}".encode(), digest_size=16).digest()


def load_sample_keys(users: dict[str, User]) -> None:
    """Keys for the sample officers of the centre and the custodians, all with ``SAMPLE_PASSPHRASE``."""
    for key in KEYHOLDERS:
        person = users[key].person
        if sealed.keyholder_of(person) is None:
            sealed.create_keys(person, SAMPLE_PASSPHRASE)


def load_sample_matters(province: Province, users: dict[str, User]) -> list[Case]:
    """One case per story, each brought to another state. Loading again changes nothing."""
    if not province.is_sample:
        raise ValueError("invented matters are only for a province that is marked as a sample (is_sample)")
    if Case.objects.filter(province=province).exists():
        return list(Case.objects.filter(province=province))
    story = Story(province, users)
    cases = [story.file(i, *entry) for i, entry in enumerate(STORIES)]
    story.screen(cases[1])
    story.ask(cases[2])
    story.accept(cases[3], confirm=False)
    story.refuse(cases[4])
    story.accept(cases[5])
    story.refer(cases[6])
    return [*(story.take_in(50 + i, entry) for i, entry in enumerate(TAKEN_IN)), *cases]


class Story:
    """Brings cases to their states by the acts themselves, as the sample officers."""

    def __init__(self, province: Province, users: dict[str, User]) -> None:
        self.province, self.users = province, users
        self.times: dict[Any, dt.datetime] = {}  # when each case's last act was done

    def later(self, case: Case, **wait: float) -> dt.datetime:
        """The time of a case's next act: a working morning later, never in the future."""
        self.times[case.pk] = min(
            self.times[case.pk] + dt.timedelta(**(wait or {"hours": 20})), timezone.now()
        )
        return self.times[case.pk]

    def actor(self, key: str) -> Actor:
        return Actor.of(self.users[key].person)

    def file(
        self, index: int, grounds: tuple[Ground, ...], agency: str | None, narrative: str, days_ago: int
    ) -> Case:
        accused = Agency.objects.filter(province=self.province, code=agency).first() if agency else None
        name = accused.name_th if accused else "เทศบาลสมมติ"
        message = Message(
            channel=Channel.WEB,
            token=sample_token(index),
            grounds=[g.value for g in grounds],
            accused_agency_id=accused.pk if accused else None,
            accused={"agency": name, "name": ""},
            story={"narrative": narrative, "request": "investigate"},
            sender={
                "name": f"ผู้ร้องสมมติ {index + 1}",
                "address": "ที่อยู่สมมติ",
                "phone": "",
                "email": "",
                "witnesses": "",
            },
            items_missing=[Item.EVIDENCE.value],
            lead_only=not grounds,
            signed=bool(grounds),
            copy=f"คำร้องสมมติ: {narrative}",
        )
        at = timezone.now() - dt.timedelta(days=days_ago)
        anybody = Actor.anonymous(self.province)
        case = perform(FileComplaint, None, actor=anybody, data={"message": message}, at=at).record
        self.times[case.pk] = at
        return case

    def take_in(self, index: int, entry: tuple[Channel, str, str, str, str, int]) -> Case:
        """As an officer takes it down; what is said is read back."""
        channel, who, agency, narrative, sender, days_ago = entry
        accused = Agency.objects.get(province=self.province, code=agency)
        actor, profile = self.actor(who), PROFILES[channel]
        signature = Identity.Signature.HANDWRITTEN if sender else Identity.Signature.NONE
        at = timezone.now() - dt.timedelta(days=days_ago)
        message = Message(
            channel=channel,
            token=sample_token(index),
            grounds=[Ground.CORRUPTION.value],
            accused_agency_id=accused.pk,
            accused={"agency": accused.name_th, "name": ""},
            story={"narrative": narrative},
            sender={"name": sender, "address": "", "phone": "", "email": "", "witnesses": ""},
            items_missing=[Item.SENDER.value, Item.REQUEST.value, Item.EVIDENCE.value],
            signed=bool(sender),
            signature=signature,
            anonymous=not sender,
            copy=f"คำร้องสมมติ: {narrative}",
            received_by_id=actor.person_id,
            received_label=actor.label,
            readback_confirmed=profile.read_back,
        )
        paper = {"receiving_no": f"สม {index}", "postmark_on": None, "lies_at": "", "envelope_scan": []}
        data = {"message": message, "paper": paper}
        case = perform(FileByStaff, None, actor=actor, data=data, at=at).record
        self.times[case.pk] = at
        return case

    def do(self, act: type, case: Case, who: str, **data: Any) -> None:
        case = Case.objects.select_related("province", "envelope").get(pk=case.pk)
        perform(act, case, actor=self.actor(who), data=data, at=self.later(case))

    def screen(
        self,
        case: Case,
        *,
        outside: bool = False,
        foundation: str = Case.Foundation.FOUNDED,
        by: str = "center_officer",
    ) -> None:
        self.do(acts.StartScreening, case, by)
        self.do(
            acts.Assess,
            case,
            by,
            accused_staff_type=OUTSIDE if outside else Person.StaffType.CIVIL_SERVANT.value,
            case_class=Case.Class.MISCONDUCT.value,
            main_ground=min(case.grounds, default=Ground.NEGLECT.value),
            foundation=foundation,
            note="ตรวจสอบข้อมูลเบื้องต้นจากคำร้องแล้ว เป็นตัวอย่างสำหรับสาธิตเท่านั้น",
        )

    def ask(
        self, case: Case, *, foundation: str = Case.Foundation.UNCLEAR, by: str = "center_officer"
    ) -> None:
        self.screen(case, foundation=foundation, by=by)
        text = "โปรดส่งเอกสารหรือภาพถ่ายที่แสดงเหตุการณ์ และระบุวันที่ให้ชัดเจน (ตัวอย่าง)"
        self.do(acts.AskMore, case, by, items=[Item.EVIDENCE.value], text=text)

    def accept(self, case: Case, *, confirm: bool = True) -> None:
        self.screen(case)
        reason = "คำร้องมีข้อเท็จจริงที่ตรวจสอบได้ และอยู่ในอำนาจของจังหวัด (ตัวอย่าง)"
        self.do(acts.ProposeAcceptance, case, "center_officer", reason=reason)
        if confirm:
            self.do(acts.Accept, case, "center_head", reason="")

    def refuse(self, case: Case) -> None:
        self.ask(case, foundation=Case.Foundation.UNFOUNDED)
        asked = Case.objects.select_related("province", "envelope").get(pk=case.pk)
        perform(acts.ReturnUnanswered, asked, actor=Actor.system(self.province), at=self.later(case, days=16))
        check = "สอบถามหน่วยงานและตรวจบัญชีรายชื่อผู้เข้าทำงานแล้ว ไม่พบสิ่งที่ตรวจสอบต่อได้ (ตัวอย่าง)"
        self.do(acts.RecordCheck, case, "center_officer", text=check)
        reason = "เป็นเพียงคำบอกเล่า ไม่มีหลักฐานและพยาน แม้ได้ขอข้อมูลเพิ่มเติมแล้ว (ตัวอย่าง)"
        notice = "ไม่รับพิจารณาตามข้อ ๒.๔.๒ ท่านมีสิทธิขอให้ทบทวนภายใน ๓๐ วัน (ตัวอย่าง)"
        self.do(acts.ProposeRefusal, case, "center_officer", ground="2.4.2", reason=reason, notice=notice)
        self.do(acts.Refuse, case, "center_officer_2", reason="เห็นพ้องด้วย ได้ตรวจสำนวนครบถ้วนแล้ว (ตัวอย่าง)")

    def write_working_text(self, case: Case) -> None:
        text = "ได้รับแจ้งว่าใบเสร็จที่ออกให้ไม่ตรงกับเงินที่รับ (ข้อความใช้งานตัวอย่าง ปกปิดชื่อแล้ว)"
        checked = [key for key, _label in CHECKLIST]
        self.do(acts.WriteWorkingText, case, "center_officer", text=text, checked=checked)

    def refer(self, case: Case) -> None:
        self.screen(case, outside=True)
        self.write_working_text(case)
        self.do(
            acts.Refer,
            case,
            "center_officer",
            to_authority="นายอำเภอในฐานะผู้กำกับดูแล (ตัวอย่าง)",
            letter_no="สม 0017/ตัวอย่าง",
            letter_date=timezone.localdate(self.times[case.pk]),
            reason="ผู้ถูกร้องเป็นเจ้าหน้าที่ขององค์กรปกครองส่วนท้องถิ่น (ตัวอย่าง)",
            notice="",
        )
