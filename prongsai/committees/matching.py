"""Why an attendee is asked about an agenda item: names that meet. A match only asks; it says nothing about anybody.

Plain Python on ``thai``. Three reasons: the attendee's own name, the same family name, the body that the attendee works
for or has named as an interest. Ways of writing are joined (titles, spaces, ํา/ำ), ways of spelling are not.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from prongsai.thai.clean import clean
from prongsai.thai.names import name_key, split_title

SHORTEST = 8  # characters of a body's name that may be found inside a longer one: "เทศบาล" alone is no name
SAMPLE = "(ตัวอย่าง)"  # how invented people are marked
# What stands before or behind the name proper of a body, and what makes a shorter name of every such body the same.
_FORMS = re.compile(
    r"บริษัท|ห้างหุ้นส่วนจำกัด|ห้างหุ้นส่วนสามัญ|หจก\.?|บจก\.?|บมจ\.?|จำกัด|\(มหาชน\)|มหาชน|\(ตัวอย่าง\)|[\s().,“”\"'-]"
)
GENERIC = frozenset(
    {"เทศบาล", "เทศบาลตำบล", "เทศบาลเมือง", "เทศบาลนคร", "องค์การบริหารส่วนตำบล", "สำนักงาน", "จังหวัด", "อำเภอ", "ตำบล",
     "หมู่บ้าน", "มูลนิธิ", "สมาคม", "สหกรณ์", "มหาวิทยาลัย", "โรงเรียน", "โรงพยาบาล", "ผู้แทน", "ภาคเอกชน", "ภาคประชาสังคม"}
)  # fmt: skip


@dataclass(frozen=True)
class Attendee:
    """``names``: as written today and before (a former family name). ``bodies``: organisation and declared interests."""

    names: Sequence[str]
    bodies: Sequence[str] = ()


def reasons(attendee: Attendee, parties: Sequence[str]) -> list[str]:
    """One Thai sentence for each party that meets the attendee; empty when none does."""
    found = []
    for party in parties:
        why = _why(attendee, party)
        if why:
            found.append(f"{why}: {' '.join(clean(party).split())}")
    return found


def _why(attendee: Attendee, party: str) -> str:
    if _key(party) and _key(party) in {_key(name) for name in attendee.names}:
        return "ชื่อตรงกับบุคคลในวาระ"
    if any(_same_body(body, party) for body in attendee.bodies if body):
        return "หน่วยงานหรือกิจการตรงกับที่ปรากฏในวาระ"
    family = _family(party)
    if family and family in {_family(name) for name in attendee.names}:
        return "นามสกุลตรงกับบุคคลในวาระ"
    return ""


def _key(name: str) -> str:
    return name_key(name.replace(SAMPLE, ""))


def _family(name: str) -> str:
    """The family name of a person's full name; "" where there is none (a company, one word)."""
    plain = name.replace(SAMPLE, "")
    if _looks_like_a_body(plain):
        return ""
    words = split_title(plain)[1].split()
    return words[-1].casefold() if len(words) >= 2 else ""


def _looks_like_a_body(text: str) -> bool:
    return bool(re.search(r"บริษัท|ห้างหุ้นส่วน|หจก|บจก|บมจ|จำกัด", text)) or clean(text).startswith(tuple(GENERIC))


def body_key(name: str) -> str:
    """The name proper of a body: without its legal form, brackets and spaces."""
    return _FORMS.sub("", clean(name)).casefold()


def _same_body(one: str, other: str) -> bool:
    a, b = sorted((body_key(one), body_key(other)), key=len)
    if not a or a in GENERIC:
        return False
    return a == b or (len(a) >= SHORTEST and a in b)
