"""How a state looks: its tone (one of six) and its formal Thai name.

Tone is never the only sign: every tone has its own glyph and every tag has its words.
"""

from django.utils.functional import Promise
from django.utils.translation import gettext_lazy as _

DONE, SOON, LATE, PROGRESS, REFUSED, NEUTRAL = "done", "soon", "late", "progress", "refused", "neutral"
TONES = (DONE, SOON, LATE, PROGRESS, REFUSED, NEUTRAL)

# State key → (tone, name). Rooms that need another word pass their own label to ``state_tag``.
STATES: dict[str, tuple[str, str | Promise]] = {
    "draft": (NEUTRAL, _("ร่าง")),
    "pending": (PROGRESS, _("รอพิจารณา")),
    "submitted": (PROGRESS, _("รอพิจารณา")),
    "approved": (DONE, _("อนุมัติแล้ว")),
    "rejected": (REFUSED, _("ไม่อนุมัติ")),
    "returned_for_edit": (SOON, _("ส่งกลับแก้ไข")),
    "published": (DONE, _("เผยแพร่แล้ว")),
    "withdrawn": (REFUSED, _("ถอนการเผยแพร่ชั่วคราว")),
    "review_due": (SOON, _("ถึงกำหนดทบทวน")),
    "repealed": (NEUTRAL, _("ยกเลิกแล้ว")),
    "cancelled": (NEUTRAL, _("ยกเลิกแล้ว")),
    "on_loan": (PROGRESS, _("อยู่ระหว่างยืม")),
    "returned": (DONE, _("ส่งคืนแล้ว")),
    "overdue": (LATE, _("เกินกำหนด")),
    "due_soon": (SOON, _("ใกล้ครบกำหนด")),
    "damaged": (LATE, _("ชำรุด")),
    "lost": (LATE, _("สูญหาย (รอสอบข้อเท็จจริง)")),
    "received": (PROGRESS, _("รับเรื่องแล้ว")),
    "screening": (PROGRESS, _("อยู่ระหว่างกลั่นกรอง")),
    "more_info": (SOON, _("รอข้อมูลเพิ่มเติม")),
    "accepted": (PROGRESS, _("รับพิจารณา")),
    "refused": (REFUSED, _("ไม่รับพิจารณา")),
    "head_decides": (SOON, _("รอผู้บริหารวินิจฉัยตามข้อ ๒.๓")),
    "kept": (NEUTRAL, _("เก็บเป็นข้อมูล")),
    "review": (PROGRESS, _("อยู่ระหว่างทบทวนคำสั่งไม่รับ")),
    "forwarding": (SOON, _("รอส่งต่อโดยปิดผนึก")),
    "merged": (NEUTRAL, _("รวมกับเรื่องอื่นแล้ว")),
    "action": (PROGRESS, _("อยู่ระหว่างดำเนินการตามผล")),
    "no_action": (NEUTRAL, _("ยุติเรื่อง")),
    "transferred": (NEUTRAL, _("โอนเรื่องให้ ป.ป.ช. หรือ ป.ป.ท. แล้ว")),
    "factfinding": (PROGRESS, _("อยู่ระหว่างตรวจสอบข้อเท็จจริง")),
    "concluded": (DONE, _("สรุปผลแล้ว")),
    "referred": (NEUTRAL, _("ส่งต่อหน่วยงานอื่นแล้ว")),
    "notified": (DONE, _("แจ้งผลแล้ว")),
    "closed": (NEUTRAL, _("ปิดเรื่อง")),
    "on_time": (DONE, _("ครบภายในกำหนด")),
    "late": (LATE, _("ดำเนินการล่าช้า")),
    "fulfilled": (DONE, _("ปฏิบัติครบถ้วน")),
    "in_progress": (PROGRESS, _("อยู่ระหว่างดำเนินการ")),
    "not_started": (NEUTRAL, _("ยังไม่ดำเนินการ")),
    "not_applicable": (NEUTRAL, _("ไม่เกี่ยวข้อง")),
    "no_hit": (DONE, _("ไม่พบความเกี่ยวข้อง")),
    "hit": (SOON, _("พบข้อมูลที่ต้องพิจารณา")),
    "confirmed_hit": (LATE, _("ยืนยันว่ามีความเกี่ยวข้อง")),
    "in_custody": (NEUTRAL, "อยู่ในความครอบครอง"),
    # Of staff: these are shown in the office only, which speaks Thai.
    "invited": (PROGRESS, "ส่งคำเชิญแล้ว"),
    "joined": (DONE, "ตอบรับแล้ว"),
    "lapsed": (NEUTRAL, "หมดอายุ"),
    "revoked": (REFUSED, "เพิกถอนแล้ว"),
    "proposed": (PROGRESS, "รอผู้รับรอง"),
    "given": (DONE, "มอบแล้ว"),
    "declined": (REFUSED, "ไม่รับรอง"),
    "retracted": (NEUTRAL, "ถอนข้อเสนอแล้ว"),
    "ended": (NEUTRAL, "เพิกถอนแล้ว"),
    "ordered": (PROGRESS, "กำหนดวันพ้นแล้ว"),
    "completed": (DONE, "ส่งมอบงานแล้ว"),
}

# States of records that say their own words in the office: the tone only.
OFFICE_TONES: dict[str, str] = {
    **dict.fromkeys(
        (
            "signed",
            "certified",
            "resolved",
            "noted",
            "none",
            "recovered",
            "passed",
            "done",
            "active",
            "in_force",
            "answered",
            "protected",
            "carried_out",
        ),
        DONE,
    ),
    **dict.fromkeys(
        ("checked", "called", "open", "written", "considered", "handed_in", "opened", "assessed", "reviewed"),
        PROGRESS,
    ),
    **dict.fromkeys(
        ("waiting", "asking", "asked", "deferred", "placed", "requested", "stop_proposed", "assigned"), SOON
    ),
    **dict.fromkeys(("failed",), LATE),
}


def tone_of(state: str) -> str:
    """The tone of a state key or of a tone's own name; unknown states are neutral."""
    if state in TONES:
        return state
    if state in STATES:
        return STATES[state][0]
    return OFFICE_TONES.get(state, NEUTRAL)


def name_of(state: str) -> str:
    """The formal name of a state key; a key without a name is shown as it is."""
    return str(STATES[state][1]) if state in STATES else state
