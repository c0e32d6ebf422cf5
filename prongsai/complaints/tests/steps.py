"""What people do in the tests of measure 5, in the way they do it: through the pages.

A citizen is a browser that nobody signed in to; an officer is a browser with an account (``client_of``), and one who reads
sealed matters has unlocked the key first (``unlocked_client_of``).
"""

from __future__ import annotations

import html
import re
from dataclasses import dataclass
from typing import Any

from django.core import mail
from django.core.files.uploadedfile import SimpleUploadedFile
from django.test import Client
from django.urls import reverse
from django.utils import timezone

from prongsai.acts import Act
from prongsai.complaints import acts, tokens
from prongsai.complaints.forms import OUTSIDE
from prongsai.complaints.forms_sending import CHECKLIST
from prongsai.complaints.models import Case, Ground, Item
from prongsai.complaints.tests.traces import dues, entries  # noqa: F401 - the office's tests take them from here
from prongsai.organisation.models import Agency, Person
from prongsai.thai.dates import format_date

NARRATIVE = "เจ้าหน้าที่เรียกรับเงินสามพันบาทเพื่อออกใบอนุญาต เมื่อวันที่ ๑๕ พฤษภาคม ๒๕๖๙"
NAME = "นางบุญมี ศรีสมมติ"
ADDRESS = "๙๙/๙ หมู่ ๙ ตำบลสมมติ อำเภอสมมติ"
EMAIL = "boonmee@citizen.example"
REASON = "ตรวจสอบคำร้องและเอกสารแล้ว เห็นควรดำเนินการตามที่เสนอนี้"
NOTICE = "ศูนย์ไม่รับเรื่องไว้พิจารณา ท่านมีสิทธิขอให้ทบทวนภายใน ๓๐ วัน"
PDF = b"%PDF-1.7\n" + bytes(range(256)) * 8


@dataclass(frozen=True)
class Filed:
    """What a citizen holds after filing: the browser, the number and the code of the receipt."""

    client: Client
    token: str
    number: str
    code: str

    @property
    def case(self) -> Case:
        return Case.objects.select_related("province", "agency", "envelope").get(number=self.number)


# --- the citizen ---


def said(answer: Any) -> str:
    """The page as text with its entities resolved."""
    return html.unescape(answer.content.decode())


def blank_form(client: Client) -> str:
    """Open the form; its token."""
    page = client.get(reverse("complaints:new"))
    assert page.status_code == 200
    return re.search(r'name="token" value="([^"]+)"', page.content.decode()).group(1)


def complaint(**changes: Any) -> dict[str, Any]:
    """The fields of a complete complaint; None leaves a field out, as a browser does with an empty choice."""
    fields = {
        "grounds": ["G3"],
        "accused_agency": str(Agency.objects.get(province="50", code="DLT").pk),
        "narrative": NARRATIVE,
        "request_choice": "investigate",
        "documents": "สำเนาใบเสร็จรับเงิน",
        "name": NAME,
        "address": ADDRESS,
        "email": EMAIL,
        "keep_secret": "on",
        "confirm": "on",
        **changes,
    }
    return {name: value for name, value in fields.items() if value is not None}


def send(client: Client, **changes: Any) -> Any:
    """Fill the form in and press the button; the answer."""
    fields = complaint(**changes)
    fields.setdefault("token", blank_form(client))
    return client.post(reverse("complaints:new"), fields)


def receipt_of(client: Client) -> tuple[str, str]:
    """Number and code as the receipt page shows them."""
    page = client.get(reverse("complaints:receipt"))
    assert page.status_code == 200, page.content.decode()
    text = said(page)
    number = re.search(r'ps-receipt__number">([^<]+)<', text).group(1)
    return number, re.search(r'id="ps-receipt-code">([^<]+)<', text).group(1)


def file_complaint(client: Client | None = None, **changes: Any) -> Filed:
    client = client or Client()
    token = changes.pop("token", None) or blank_form(client)
    answer = send(client, token=token, **changes)
    assert answer.status_code == 303, problems(answer)
    return Filed(client, token, *receipt_of(client))


def track(filed: Filed, *, number: str = "", code: str = "", client: Client | None = None) -> Any:
    client = client or Client()
    typed = {"number": number or filed.number, "code": code or filed.code}
    return client.post(reverse("complaints:track"), typed)


def tracking(filed: Filed) -> Client:
    """A browser that has entered number and code."""
    client = Client()
    assert track(filed, client=client).status_code == 303
    return client


def sign(filed: Filed) -> Filed:
    """Confirm the signature by the one-time code that comes to the sender's mailbox."""
    client, address = tracking(filed), reverse("complaints:signature")
    assert client.post(address, {"way": "email"}).status_code == 200
    code = re.search(r"\d{6}", mail.outbox[-1].body).group()
    assert client.post(address, {"code": code, "way": "email"}).status_code == 303
    return filed


def file_signed(**changes: Any) -> Filed:
    return sign(file_complaint(**changes))


def matter(filed: Filed) -> str:
    """The sender's own page, opened with number and code."""
    page = tracking(filed).get(reverse("complaints:matter"))
    assert page.status_code == 200
    return said(page)


MORE = "/complaints/track/matter/send/"


def more_fields(client: Client, text: str, *uploads: SimpleUploadedFile) -> dict[str, Any]:
    """The form of the sender's own page, as it has just been shown."""
    page = client.get(reverse("complaints:matter")).content.decode()
    token = re.search(r'name="token" value="([^"]+)"', page)
    assert token, page
    return {"token": token.group(1), "text": text, "files": list(uploads)}


def send_more(client: Client, text: str, *uploads: SimpleUploadedFile) -> Any:
    """Write to the officers on the sender's own page."""
    return client.post(MORE, more_fields(client, text, *uploads))


def send_more_raw(client: Client) -> Any:
    """Write to the officers from a form that was opened before (its token is not looked up on the page)."""
    return client.post(MORE, {"token": tokens.new_token(), "text": "ข้อความ"})


def pdf(name: str = "หลักฐาน.pdf", content: bytes = PDF) -> SimpleUploadedFile:
    return SimpleUploadedFile(name, content, content_type="application/pdf")


def problems(answer: Any) -> list[str]:
    """The sentences that a page shows beside its fields."""
    found = re.findall(r'govuk-error-message">(?:<span[^>]*>[^<]*</span>)?([^<]*)<', said(answer))
    return [text.strip() for text in found]


def problem_of(answer: Any, field: str) -> str:
    """The sentence beside one field; empty when there is none."""
    box = re.search(rf'<div class="ps-errors" id="id_{field}_error">(.*?)</div>', said(answer), re.DOTALL)
    return re.sub(r"<[^>]+>|\s+", " ", box.group(1)).replace("ข้อผิดพลาด:", "").strip() if box else ""


# --- the officers ---


def act_url(declared: type[Act], case: Case) -> str:
    return reverse("office:act", args=[declared.key(), case.pk])


def try_act(
    client: Client, declared: type[Act], case: Case, *, version: int | None = None, **data: Any
) -> Any:
    """Send the page of an act as an officer sees it now, or as it was at ``version``; the answer."""
    seen = Case.objects.values_list("version", flat=True).get(pk=case.pk) if version is None else version
    fields = {name: value for name, value in data.items() if value is not None}
    return client.post(act_url(declared, case), {**fields, "version": seen})


def act(client: Client, declared: type[Act], case: Case, **data: Any) -> Case:
    """Do an act; the case as it is afterwards."""
    answer = try_act(client, declared, case, **data)
    assert answer.status_code == 303, (answer.status_code, said(answer))
    return fresh(case)


def fresh(case: Case) -> Case:
    return Case.objects.select_related("province", "agency", "envelope").get(pk=case.pk)


def record_page(client: Client, case: Case) -> Any:
    return client.get(reverse("office:record", args=["complaints", case.pk]))


def screen(client: Client, case: Case, **changes: Any) -> Case:
    """Take the case and record the screening; by default in scope and founded."""
    if case.state == Case.State.RECEIVED:
        case = act(client, acts.StartScreening, case)
    return assess(client, case, **changes)


def assess(client: Client, case: Case, **changes: Any) -> Case:
    answers = {
        "accused_staff_type": Person.StaffType.CIVIL_SERVANT.value,
        "case_class": Case.Class.MISCONDUCT.value,
        "main_ground": min(case.grounds, default=Ground.NEGLECT.value),
        "foundation": Case.Foundation.FOUNDED.value,
        "note": REASON,
        **changes,
    }
    return act(client, acts.Assess, case, **answers)


def screen_as_outside(client: Client, case: Case) -> Case:
    return screen(client, case, accused_staff_type=OUTSIDE)


WORKING_TEXT = "มีการเรียกรับเงินเพื่อออกใบอนุญาต (ปกปิดชื่อแล้ว)"


def write_working_text(client: Client, case: Case, text: str = WORKING_TEXT) -> Case:
    checked = [key for key, _label in CHECKLIST]
    return act(client, acts.WriteWorkingText, case, text=text, checked=checked)


def ask(client: Client, case: Case) -> Case:
    text = "โปรดส่งเอกสารหรือภาพถ่ายที่แสดงเหตุการณ์ให้ชัดเจนยิ่งขึ้น"
    return act(client, acts.AskMore, case, items=[Item.EVIDENCE.value], text=text)


def ready_to_refuse(client: Client, filed: Filed) -> Case:
    """Signed, screened as unfounded, asked once, answered, checked: from here a refusal may be proposed."""
    sign(filed)
    case = screen(client, filed.case, foundation=Case.Foundation.UNFOUNDED.value)
    ask(client, case)
    assert send_more(tracking(filed), "ไม่มีเอกสารเพิ่มเติม").status_code == 303
    return act(client, acts.RecordCheck, case, text=REASON)


def propose_refusal(client: Client, case: Case, **changes: Any) -> Case:
    data = {"ground": "2.1.2", "reason": REASON, "notice": NOTICE, **changes}
    return act(client, acts.ProposeRefusal, case, **data)


def thai_today() -> str:
    return format_date(timezone.localdate(), "numeric")
