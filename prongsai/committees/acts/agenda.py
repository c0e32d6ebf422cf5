"""The agenda: what is to be considered, and whom it concerns."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db.models import Max

from prongsai.acts import Act, Refused, Step
from prongsai.acts.declaration import record_type
from prongsai.committees.access import by_secretary
from prongsai.committees.acts.calling import SecretaryOfMeeting
from prongsai.committees.models import Item, Meeting
from prongsai.organisation.actors import Actor
from prongsai.ui.forms import RadioGroup, ThaiTextarea, ThaiTextField

State = Item.State
MOST_PARTIES, LONGEST_NAME = 50, 200


class PartiesField(ThaiTextarea):
    """Names of persons, companies and bodies, one a line; cleans to a list."""

    def clean(self, value: Any) -> Any:
        text = super().clean(value)
        names = list(dict.fromkeys(line.strip() for line in text.split("\n") if line.strip()))
        if len(names) > MOST_PARTIES or any(len(name) > LONGEST_NAME for name in names):
            raise ValidationError(f"ระบุได้ไม่เกิน {MOST_PARTIES} ชื่อ ชื่อละไม่เกิน {LONGEST_NAME} ตัวอักษร")
        return names


class ItemForm(forms.Form):
    subject = ThaiTextField(label="เรื่อง", max_length=300)
    detail = ThaiTextarea(label="สาระสำคัญ", max_length=4000, rows=5, required=False)
    item_purpose = forms.ChoiceField(
        label="เสนอที่ประชุม", choices=Item.Purpose.choices, widget=RadioGroup, initial=Item.Purpose.DECIDE
    )
    parties = PartiesField(
        label="บุคคล กิจการ และหน่วยงานที่เกี่ยวข้องกับวาระนี้",
        help_text="บรรทัดละหนึ่งชื่อ ระบบใช้เทียบกับชื่อกรรมการเพื่อสอบถามส่วนได้ส่วนเสียเท่านั้น",
        max_length=MOST_PARTIES * (LONGEST_NAME + 1),
        rows=4,
        required=False,
    )
    applies_apa = forms.BooleanField(
        label="เป็นการพิจารณาทางปกครอง (มาตรา 13 แห่ง พ.ร.บ. วิธีปฏิบัติราชการทางปกครอง พ.ศ. 2539) "
        "ผู้มีส่วนได้ส่วนเสียต้องออกจากห้องประชุม",
        required=False,
    )
    is_secret = forms.BooleanField(label="ไม่เปิดเผยมติของวาระนี้ต่อประชาชน", required=False)


def fields_of(data: dict[str, Any]) -> dict[str, Any]:
    """The form's data as columns."""
    same = {name: data[name] for name in ("detail", "parties", "applies_apa", "is_secret")}
    return {"title": data["subject"], "purpose": data["item_purpose"], **same}


def initial_of(item: Item) -> dict[str, Any]:
    return {
        "subject": item.title,
        "item_purpose": item.purpose,
        "parties": "\n".join(item.parties),
        **{name: getattr(item, name) for name in ("detail", "applies_apa", "is_secret")},
    }


def new_item(meeting: Meeting, fields: dict[str, Any], **more: Any) -> Item:
    """The next item of a meeting whose row the caller has locked."""
    last = meeting.items.aggregate(last=Max("number"))["last"] or 0  # type: ignore[attr-defined]
    return Item.objects.create(
        meeting=meeting,
        agency_id=meeting.agency_id,
        province_id=meeting.province_id,
        state=State.WAITING,
        number=last + 1,
        is_sample=meeting.is_sample,
        **fields,
        **more,
    )


class AddItem(SecretaryOfMeeting):
    """เพิ่มระเบียบวาระ: also while the meeting runs (เรื่องอื่น ๆ)."""

    title = "เพิ่มระเบียบวาระ"
    title_en = "Add an agenda item"
    moves = {state: state for state in (Meeting.State.DRAFT, Meeting.State.CALLED, Meeting.State.OPEN)}
    form = ItemForm

    def apply(self, step: Step) -> None:
        about = step.data.get("about")  # another room's record (``about.put_on_agenda``), never from a form
        more = {"about_type": record_type(about), "about_id": str(about.pk)} if about is not None else {}
        item = step.result["item"] = new_item(step.record, fields_of(step.data), **more)
        step.content.update(item=item.number)
        step.result["message"] = f"เพิ่มระเบียบวาระที่ {item.number} แล้ว"


class SecretaryOfItem(Act):
    record = Item

    def by(self, actor: Actor, record: Item) -> str | None:
        return by_secretary(actor, record.meeting.committee)


class EditItem(SecretaryOfItem):
    """แก้ไขระเบียบวาระ: until somebody has been asked about it."""

    title = "แก้ไขระเบียบวาระ"
    title_en = "Edit the item"
    moves = {State.WAITING: State.WAITING}
    form = ItemForm

    def make_form(self, *args: Any, actor: Actor, record: Item, **kwargs: Any) -> ItemForm:
        return ItemForm(*args, initial=initial_of(record), **kwargs)

    def sets(self, step: Step) -> dict[str, Any]:
        return fields_of(step.data)

    def apply(self, step: Step) -> None:
        running(step.record, but_before=True)


class WithdrawForm(forms.Form):
    reason = ThaiTextarea(label="เหตุที่ถอนวาระ", max_length=1000, rows=3)


class WithdrawItem(SecretaryOfItem):
    """ถอนวาระ: the number stays, so that the others keep theirs."""

    title = "ถอนวาระ"
    title_en = "Withdraw the item"
    moves = {State.WAITING: State.WITHDRAWN}
    form = WithdrawForm
    grave = True

    def sets(self, step: Step) -> dict[str, Any]:
        return {"resolution": f"ถอนวาระ: {step.data['reason']}"}

    def apply(self, step: Step) -> None:
        running(step.record, but_before=True)


def running(item: Item, *, but_before: bool = False) -> Meeting:
    """The item's meeting, both rows locked; refused when it is not in session (or, ``but_before``, not yet).

    Always the item first, then the meeting, and never against a key: attendance adds prompts meanwhile, which point at both.
    """
    Item.objects.select_for_update(no_key=True).get(pk=item.pk)
    meeting = Meeting.objects.select_for_update(no_key=True, of=("self",)).get(pk=item.meeting_id)
    allowed = [Meeting.State.OPEN, *([Meeting.State.DRAFT, Meeting.State.CALLED] if but_before else [])]
    if meeting.state not in allowed:
        raise Refused("การประชุมนี้มิได้อยู่ระหว่างประชุม")
    item.meeting = meeting
    return meeting
