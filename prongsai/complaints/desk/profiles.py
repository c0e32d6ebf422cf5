"""What each channel asks for. A letter needs no questionnaire (C39): what is not asked is not in the form at all (C46)."""

from __future__ import annotations

from dataclasses import dataclass

from prongsai.complaints.models import Channel
from prongsai.organisation.actors import Actor
from prongsai.organisation.roles import Role

CENTRE = (Role.CENTER_OFFICER,)
EITHER = (Role.CENTER_OFFICER, Role.DAMRONGTHAM_OFFICER)


@dataclass(frozen=True)
class Profile:
    """``first``: the fields of the first screen, in the order of the keyboard; ``folded``: the rest, none of them required.

    ``read_back``: staff write down what is said, read it out and have it confirmed (M5.2.4.1); ``paper``: an original comes
    into custody.
    """

    channel: Channel
    title: str
    about: str
    roles: tuple[Role, ...]
    first: tuple[str, ...]
    folded: tuple[str, ...]
    required: frozenset[str] = frozenset({"narrative"})
    read_back: bool = False
    paper: bool = False

    def why_not(self, actor: Actor) -> str | None:
        """None when this officer may take in by this channel."""
        if actor.kind == "staff" and any(actor.has(role) for role in self.roles):
            return None
        return NOT_YOURS


NOT_YOURS = "ท่านมิได้มีหน้าที่รับเรื่องร้องเรียนทางช่องทางนี้"
SPOKEN = (
    "narrative",
    "accused_agency",
    "accused_name",
    "event_date",
    "request_text",
    "name",
    "phone",
    "address",
)
MORE = ("accused_other", "grounds", "event_time", "place", "amount", "harm", "email", "keep_secret")
WRITTEN = ("received_on", "receiving_no", "accused_agency", "accused_name", "narrative")
OF_LETTERS = (
    *("accused_other", "grounds", "event_date", "event_time", "place", "amount", "request_text"),
    *("documents", "witnesses", "lies_at"),
)
OF_SENDERS = ("address", "phone", "email", "keep_secret")

ALL = (
    Profile(
        Channel.CENTRE,
        "รับเรื่องด้วยตนเองที่ศูนย์ปฏิบัติการต่อต้านการทุจริต",
        "ผู้ร้องเรียนมาที่ศูนย์ เจ้าหน้าที่บันทึก อ่านทวน และออกใบรับเรื่อง",
        CENTRE,
        (*SPOKEN, "hand_signed", "files"),
        ("documents", "witnesses", *MORE),
        read_back=True,
    ),
    Profile(
        Channel.DAMRONGTHAM,
        "รับเรื่องด้วยตนเองที่ศูนย์ดำรงธรรม",
        "เรื่องส่งถึงศูนย์ปฏิบัติการต่อต้านการทุจริตโดยปิดผนึกในวันเดียวกัน ผู้รับเรื่องเห็นเพียงเลขที่และสถานะ",
        EITHER,
        (*SPOKEN, "hand_signed", "files"),
        ("documents", "witnesses", *MORE),
        read_back=True,
    ),
    Profile(
        Channel.PHONE,
        "รับเรื่องทางโทรศัพท์ (สายด่วน ๑๕๖๗)",
        "ผู้แจ้งไม่ต้องบอกชื่อ เจ้าหน้าที่บันทึก อ่านทวนให้ฟัง และบอกเลขที่กับรหัสติดตาม",
        EITHER,
        SPOKEN,
        ("documents", "witnesses", "files", *MORE),
        read_back=True,
    ),
    Profile(
        Channel.POST_SIGNED,
        "ลงรับหนังสือร้องเรียนทางไปรษณีย์ (ลงชื่อ)",
        "พิมพ์ใจความตามหนังสือ สแกนหนังสือและซอง",
        CENTRE,
        (*WRITTEN[:2], "postmark_on", *WRITTEN[2:], "name", "hand_signed", "files", "envelope_scan"),
        (*OF_LETTERS, *OF_SENDERS),
        paper=True,
    ),
    Profile(
        Channel.POST_ANONYMOUS,
        "ลงรับบัตรสนเท่ห์ทางไปรษณีย์ (ไม่ลงชื่อ)",
        "พิมพ์ใจความตามหนังสือ สแกนหนังสือและซอง พิจารณาตามข้อ ๒.๓",
        CENTRE,
        (*WRITTEN[:2], "postmark_on", *WRITTEN[2:], "files", "envelope_scan"),
        OF_LETTERS,
        paper=True,
    ),
    Profile(
        Channel.AGENCY,
        "ลงรับเรื่องที่หน่วยงานอื่นส่งมา",
        "หนังสือนำส่งของหน่วยงาน และใจความของเรื่อง",
        CENTRE,
        (
            "received_on",
            "receiving_no",
            "from_agency",
            "letter_no",
            *WRITTEN[2:],
            "name",
            "hand_signed",
            "files",
        ),
        (*OF_LETTERS, *OF_SENDERS),
        required=frozenset({"narrative", "from_agency"}),
        paper=True,
    ),
)
PROFILES: dict[str, Profile] = {profile.channel.value: profile for profile in ALL}


def open_to(actor: Actor) -> list[Profile]:
    """The channels by which this officer takes in."""
    return [profile for profile in ALL if profile.why_not(actor) is None]
