"""A committee of five whose secretary, signer and members are sample accounts."""

from __future__ import annotations

from typing import Any

import pytest

from prongsai.committees.models import Seat
from prongsai.committees.sample import MUNICIPALITY, Story

Role = Seat.Role
# Five voting members from five sectors, as an integrated committee needs; quorum three.
FIVE = [
    ("{governor}", "ผู้ว่าราชการจังหวัด", "จังหวัด", "regional", Role.CHAIR),
    ("{kbj_member}", "ผู้แทนภาคประชาสังคม", "เครือข่ายป่าชุมชนสมมติ", "civil", Role.MEMBER),
    ("{me_member}", "ผู้แทนภาคเอกชน", "บริษัท รุ่งเรืองสมมติ จำกัด", "private", Role.MEMBER),
    ("{officer}", "นายกเทศมนตรี", MUNICIPALITY, "local", Role.MEMBER),
    ("นางสมมุติ ไฟสว่าง", "ผู้จัดการ", "การไฟฟ้าสมมติ", "state_enterprise", Role.MEMBER),
    ("{plan_officer}", "นักวิเคราะห์นโยบายและแผน", "สำนักงานจังหวัด", "regional", Role.SECRETARY),
]


@pytest.fixture
def story(province: Any, world: dict[str, Any]) -> Story:
    return Story(province, world)


@pytest.fixture
def kbj(story: Story) -> Any:
    return story.committee("kbj", "plan_officer", "governor", FIVE, "ก.บ.จ. ทดสอบ")
