"""Invented officers in every role, for a province that is marked as a sample. Nobody here exists.

``SAMPLE_PASSWORD`` is printed in the documentation: these accounts must never reach a province with real matters,
so that loading them into one is refused. Loading twice changes nothing.
"""

from dataclasses import dataclass
from datetime import date

from django.contrib.auth.hashers import make_password
from django.db import transaction

from prongsai.organisation.models import (
    ActingAppointment,
    Agency,
    Person,
    Post,
    Province,
    RoleAssignment,
    Tenure,
    User,
)
from prongsai.organisation.periods import today
from prongsai.organisation.roles import Role

SAMPLE_PASSWORD = "sample-only-prongsai"  # noqa: S105 - public by intention
SAMPLE_DOMAIN = "sample.prongsai.example"
SINCE = date(2017, 10, 1)

Type = Person.StaffType


@dataclass(frozen=True)
class Sample:
    """``key``: the account is ``<key>@sample.prongsai.example``. ``under``: the key of the supervisor."""

    key: str
    name: str  # title first last, by spaces
    agency: str  # code
    position: str = ""  # empty: the title of the post
    staff_type: str = Type.CIVIL_SERVANT
    post: str = ""  # kind of the post held in ``agency``
    acts_for: str = ""  # code of the agency whose head's post is acted for by order
    role: str = ""
    of_province: bool = False  # the role holds in the whole province
    under: str = ""


HEAD, UNIT = Post.Kind.AGENCY_HEAD, Post.Kind.UNIT_HEAD
SAMPLES = [
    Sample("governor", "นาย เกรียงไกร วงศ์ปันดี", "PO", post=Post.Kind.GOVERNOR),
    Sample("vice_governor", "นาง พิมพ์ใจ ศรีวิลัย", "PO", post=Post.Kind.VICE_GOVERNOR, under="governor"),
    Sample("head_agency", "นาย สมเจตน์ ทองอินทร์", "DOAE", post=HEAD, under="governor"),
    Sample("head_provincial_office", "นาง วิไลพร ใจกว้าง", "PO", post=HEAD, under="governor"),
    Sample("head_dopa", "นาย อดุลย์ แก้วคำแสน", "DOPA", post=HEAD, under="governor"),
    Sample("head_health", "นาย ธีรภัทร คำวงศ์", "HEALTH", post=HEAD, under="governor"),
    Sample("acting_head", "นาย บุญส่ง อินต๊ะวัน", "DLD", "หัวหน้ากลุ่มยุทธศาสตร์และสารสนเทศ", acts_for="DLD"),
    Sample("head_district", "นาย ชูชาติ มณีวรรณ", "", post=HEAD, under="governor"),
    Sample("center_head", "นาง ดวงใจ ปัญญาดี", "ACOC", post=UNIT, role=Role.CENTER_OFFICER),
    Sample("center_officer", "นาย กิตติ ศรีบุญเรือง", "ACOC", "นิติกรชำนาญการ", role=Role.CENTER_OFFICER),
    Sample("center_officer_2", "นางสาว อรทัย จันทร์แก้ว", "ACOC", "นักทรัพยากรบุคคลชำนาญการ", role=Role.CENTER_OFFICER),
    Sample("center_officer_3", "นาย ปกรณ์ ไชยวุฒิ", "ACOC", "นิติกรปฏิบัติการ", role=Role.CENTER_OFFICER),
    Sample("identity_custodian", "นาง นงลักษณ์ สุขเกษม", "ACOC", "เจ้าพนักงานธุรการชำนาญงาน", role=Role.IDENTITY_CUSTODIAN),
    Sample("identity_custodian_2", "นาย ศักดา เรือนคำ", "PO-AUDIT", "นักวิชาการตรวจสอบภายใน", role=Role.IDENTITY_CUSTODIAN),
    # Outside the provincial office: a complaint about its head goes past all who belong to it.
    Sample("identity_custodian_3", "นาง อัมพร แสงทอง", "DOPA", "เจ้าพนักงานธุรการอาวุโส", role=Role.IDENTITY_CUSTODIAN, under="head_dopa"),
    Sample("protection_officer", "นาง กัลยา ใจมั่น", "PO", "นักทรัพยากรบุคคลชำนาญการพิเศษ", role=Role.PROTECTION_OFFICER),
    Sample("protection_officer_2", "นาย วิชัย แสนดี", "PO", "นิติกรชำนาญการ", role=Role.PROTECTION_OFFICER),
    Sample("damrongtham_head", "นาย ประเสริฐ ยอดคำ", "DTC", post=UNIT, role=Role.DAMRONGTHAM_OFFICER),
    Sample("damrongtham_officer", "นางสาว สุภาวดี หน่อแก้ว", "DTC", "นักวิเคราะห์นโยบายและแผน", role=Role.DAMRONGTHAM_OFFICER),
    Sample("plan_officer", "นางสาว ชลธิชา ใจมา", "PO-STRAT", "นักวิเคราะห์นโยบายและแผน", role=Role.PLAN_OFFICER),
    Sample("supervisor", "นาง จันทร์เพ็ญ ทาวงศ์", "DOAE", "หัวหน้ากลุ่มส่งเสริมและพัฒนาการผลิต", under="head_agency"),
    Sample("supply_officer", "นาย วีระ สิงห์แก้ว", "DOAE", "นักวิชาการพัสดุ", role=Role.SUPPLY_OFFICER, under="supervisor"),
    Sample("web_officer", "นางสาว กมลชนก พรหมมา", "DOAE", "นักวิชาการคอมพิวเตอร์", role=Role.WEB_OFFICER, under="supervisor"),
    Sample("officer", "นาย สมชาย ใจดี", "DOAE", "นักวิชาการส่งเสริมการเกษตร", under="supervisor"),
    Sample("officer_2", "นาย คำปัน ตาคำ", "DOAE", "พนักงานขับรถยนต์", Type.PERMANENT_EMPLOYEE, under="supervisor"),
    Sample("officer_3", "นางสาว รัตนา วงค์ษา", "DOAE", "เจ้าหน้าที่ระบบงานคอมพิวเตอร์", Type.GOVERNMENT_EMPLOYEE, under="supervisor"),
    Sample("officer_4", "นาย ณรงค์ ปินตา", "DLD", "คนงานทดลองการเกษตร", Type.TEMPORARY_EMPLOYEE, under="acting_head"),
    Sample("officer_5", "นาง บัวผัน กันทะ", "PO", "พนักงานทำความสะอาด", Type.CONTRACT_WORKER, under="head_provincial_office"),
    Sample("officer_6", "นาย เอกชัย มูลเมือง", "HEALTH", "พนักงานบันทึกข้อมูล", Type.OTHER_HIRED, under="head_health"),
    Sample("kbj_member", "นาย มานพ ลาภเกิด", "PO", "ผู้แทนภาคประชาสังคม", "", role=Role.KBJ_MEMBER, of_province=True),
    Sample("me_member", "นาง สายสุนีย์ ขัดทา", "PO", "ผู้แทนภาคเอกชน", "", role=Role.ME_MEMBER, of_province=True),
    Sample("auditor", "นาย ไพโรจน์ เที่ยงธรรม", "PO-AUDIT", "นักวิชาการตรวจเงินแผ่นดิน", "", role=Role.AUDITOR, of_province=True),
    Sample("system_admin", "นาย ธนกฤต แสนคำ", "PO", "นักวิชาการคอมพิวเตอร์", role=Role.SYSTEM_ADMIN, of_province=True),
    Sample("system_admin_2", "นางสาว ปวีณา กาวิละ", "PO", "เจ้าพนักงานเครื่องคอมพิวเตอร์", role=Role.SYSTEM_ADMIN, of_province=True),
    Sample("dpo", "นาง ลำดวน อุ่นใจ", "PO", "นิติกรชำนาญการพิเศษ", role=Role.DPO, of_province=True),
]  # fmt: skip

# Whoever names no supervisor is led by the head of the unit, if a sample person is that.
LED_BY = {
    "ACOC": "center_head",
    "DTC": "damrongtham_head",
    "PO": "head_provincial_office",
    "PO-STRAT": "head_provincial_office",
}
PORTFOLIO = ["PO", "DOAE", "DLD", "HEALTH"]


@transaction.atomic
def load_sample_people(province: Province) -> dict[str, User]:
    """Accounts by key (see ``SAMPLES``); the password of all is ``SAMPLE_PASSWORD``.

    Needs the standard agencies. Raises ValueError unless the province is marked as a sample.
    """
    if not province.is_sample:
        raise ValueError("invented people are only for a province that is marked as a sample (is_sample)")
    agencies = {agency.code: agency for agency in province.agencies.all()}
    first_district = province.agencies.filter(kind=Agency.Kind.DISTRICT).order_by("code").first()
    # The sample list names no district, because their codes differ from province to province.
    agencies[""] = first_district
    password = make_password(SAMPLE_PASSWORD)
    users: dict[str, User] = {}
    for sample in SAMPLES:
        person = _person(province, sample, agencies[sample.agency], users)
        users[sample.key], _created = User.objects.get_or_create(
            email=f"{sample.key}@{SAMPLE_DOMAIN}", defaults={"person": person, "password": password}
        )
    for sample in SAMPLES:
        _place(sample, users, agencies)
    vice = Post.objects.get(tenures__person=users["vice_governor"].person)
    vice.in_charge_of.set(agencies[code] for code in PORTFOLIO)
    return users


def _person(province: Province, sample: Sample, agency: Agency, users: dict[str, User]) -> Person:
    existing = Person.objects.filter(user__email=f"{sample.key}@{SAMPLE_DOMAIN}").first()
    if existing:
        return existing
    leader = users.get(sample.under or LED_BY.get(sample.agency, ""))
    title, first_name, last_name = sample.name.split()
    return Person.objects.create(
        province=province,
        agency=agency,
        title=title,
        first_name=first_name,
        last_name=last_name,
        staff_type=sample.staff_type,
        position=sample.position or _post(agency, sample.post).title_th,
        supervisor=leader.person if leader else None,
        start=SINCE,
        is_executive=sample.post in (Post.Kind.GOVERNOR, Post.Kind.VICE_GOVERNOR, HEAD),
        is_sample=True,
    )


def _place(sample: Sample, users: dict[str, User], agencies: dict[str, Agency]) -> None:
    """The post, the acting order and the role of a sample person, unless they are there already."""
    person = users[sample.key].person
    if sample.post:
        post = _post(agencies[sample.agency], sample.post)
        Tenure.objects.get_or_create(post=post, person=person, defaults={"start": SINCE})
    if sample.acts_for:
        ActingAppointment.objects.get_or_create(
            post=_post(agencies[sample.acts_for], HEAD),
            person=person,
            defaults={
                "kind": ActingAppointment.Kind.ACTING_FOR,
                "order_no": "ตัวอย่าง 1/2560",
                "start": SINCE,
            },
        )
    if sample.role:
        RoleAssignment.objects.get_or_create(
            person=person,
            role=sample.role,
            defaults={
                "agency": None if sample.of_province else agencies[sample.agency],
                "start": SINCE,
                # An auditor's role ends with the next fiscal year.
                "end": date(today().year + 1, 9, 30) if sample.role == Role.AUDITOR else None,
                "order_no": "ตัวอย่าง 1/2560",
            },
        )


def _post(agency: Agency, kind: str) -> Post:
    return agency.posts.filter(kind=kind).order_by("id")[0]
