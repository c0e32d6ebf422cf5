import datetime as dt
from decimal import Decimal

import pytest
from django import forms
from django.utils import timezone, translation

from prongsai.ui.forms import (
    CheckboxGroup,
    MoneyField,
    PhoneField,
    RadioGroup,
    ThaiDateField,
    ThaiDateParts,
    ThaiTextarea,
    ThaiTextField,
)
from prongsai.ui.tests.page import Page


class Report(forms.Form):
    ground = forms.ChoiceField(
        label="เหตุ",
        choices=[("a", "เรียกรับเงิน"), ("b", "ใช้รถหลวง")],
        widget=RadioGroup(hints={"b": "ทรัพย์สินของทางราชการ"}),
    )
    who = ThaiTextField(label="หน่วยงาน", max_length=10, help_text="เท่าที่ทราบ")
    seen = ThaiDateField(label="วันที่ทราบ")
    happened = ThaiDateField(label="วันที่เกิด", widget=ThaiDateParts)
    story = ThaiTextarea(label="ข้อเท็จจริง", max_length=20)
    loss = MoneyField(label="ความเสียหาย", required=False)
    phone = PhoneField(label="โทรศัพท์", required=False)
    proof = forms.MultipleChoiceField(
        label="หลักฐาน", choices=[("d", "เอกสาร"), ("p", "บุคคล")], widget=CheckboxGroup(hints={"p": "ผู้รู้เห็น"})
    )
    amphoe = forms.ChoiceField(label="อำเภอ", choices=[("", "โปรดเลือก"), ("1", "เมือง")])
    doc = forms.FileField(label="เอกสาร")
    truth = forms.BooleanField(label="ข้าพเจ้ารับรอง", help_text="ตามความจริง")


def test_every_field_is_labelled_described_and_reachable_from_the_summary():
    form = Report({})
    page = Page(str(form))
    ids = [e["id"] for e in page.elements if "id" in e]
    assert len(ids) == len(set(ids))
    links = [e["href"][1:] for e in page.all("a") if e["href"].startswith("#")]
    assert len(links) == len(form.errors) == 9
    for target in links:
        assert page.one(id=target)["tag"] in ("input", "select", "textarea")
    for control in page.elements:
        page.described(control)
        if control["tag"] in ("input", "select", "textarea"):
            assert page.one("label", for_=control["id"])["text"].strip()
            assert "required" not in control


def test_the_error_stands_beside_its_field_and_is_read_with_it():
    page = Page(str(Report({"seen": "31/02/2563", "who": "ก" * 11})))
    box = page.one("input", id="id_who")
    assert box["aria-invalid"] == "true"
    assert "govuk-input--error" in box["class"].split()
    assert page.described(box).startswith("เท่าที่ทราบ")
    assert "ข้อความยาว 11 ตัวอักษร" in page.described(box)
    assert "ปฏิทิน" in page.described(page.one("input", id="id_seen"))
    group = page.one("fieldset", **{"aria-describedby": "id_ground_error"})
    assert "โปรดระบุข้อมูลในช่องนี้" in page.described(group)
    assert all("aria-invalid" not in e for e in page.all("input", type="radio"))


def test_choices_carry_their_own_hints():
    page = Page(str(Report()))
    assert page.described(page.one("input", id="id_ground_1")) == "ทรัพย์สินของทางราชการ"
    assert page.described(page.one("input", id="id_proof_1")) == "ผู้รู้เห็น"
    assert "aria-describedby" not in page.one("input", id="id_ground_0")
    assert page.described(page.one("input", id="id_truth")) == "ตามความจริง"


def test_nothing_typed_is_lost_by_an_error():
    typed = {
        "seen": "๓๑ กุมภา ๖๓",
        "story": "ก" * 21,
        "loss": "สามพัน",
        "phone": "๐๘๑",
        "who": "<b>ชื่อ</b>ยาวมาก",
    }
    page = Page(str(Report(typed)))
    assert page.one("input", id="id_seen")["value"] == typed["seen"]
    assert page.one("textarea", id="id_story")["text"].strip() == typed["story"]
    assert page.one("input", id="id_loss")["value"] == "สามพัน"
    assert page.one("input", id="id_phone")["value"] == "๐๘๑"
    assert page.one("input", id="id_who")["value"] == typed["who"]
    assert not page.all("b")


@pytest.mark.parametrize(
    ("parts", "kept", "said"),
    [
        (("๓๑", "2", "๒๕๖๓"), ("๓๑", "2", "๒๕๖๓"), "ปฏิทิน"),
        (("31", "", "2563"), ("31", "", "2563"), "โปรดระบุเดือน"),
        (("", "5", ""), ("", "5", ""), "โปรดระบุปี พ.ศ."),
        (("<i>", "5", "9999"), ("<i>", "5", "9999"), "รูปแบบวันที่ไม่ถูกต้อง"),
    ],
)
def test_a_date_in_three_parts_keeps_what_was_typed(parts, kept, said):
    data = dict(zip(("happened_day", "happened_month", "happened_year"), parts, strict=True))
    form = Report(data)
    page = Page(str(form))
    chosen = page.one("option", selected=None, value=kept[1]) if kept[1] else None
    assert page.one("input", id="id_happened_day")["value"] == kept[0]
    assert chosen is None or "selected" in chosen
    assert page.one("input", id="id_happened_year")["value"] == kept[2]
    assert said in " ".join(form.errors["happened"])


@pytest.mark.parametrize("text", ["15/05/2563", "15/05/2020", "๑๕ พ.ค. ๒๕๖๓", "15-5-2563", "2020-05-15"])
def test_one_box_understands_every_way_of_writing_a_date(text):
    assert ThaiDateField().clean(text) == dt.date(2020, 5, 15)


def test_G30_three_parts_and_one_text_mean_the_same_day():
    parts = {"d_day": "15", "d_month": "5", "d_year": "2563"}
    for data in (parts, {"d": "๑๕ พ.ค. ๒๕๖๓"}):
        assert ThaiDateField().clean(ThaiDateParts().value_from_datadict(data, {}, "d")) == dt.date(
            2020, 5, 15
        )
    shown = Page(ThaiDateParts().render("d", dt.date(2020, 5, 15), {"id": "x"}))
    assert (shown.one(id="x_day")["value"], shown.one(id="x_year")["value"]) == ("15", "2563")
    assert "selected" in shown.one("option", value="5")


def test_limits_of_a_date_are_said_in_the_buddhist_era():
    today = timezone.localdate()
    with pytest.raises(forms.ValidationError, match="ไม่อยู่หลังวันปัจจุบัน"):
        ThaiDateField(future=False).clean(f"{today + dt.timedelta(1):%d/%m/%Y}")
    assert ThaiDateField(future=False).clean(f"{today:%d/%m/%Y}") == today
    with pytest.raises(forms.ValidationError, match="ก่อนวันที่ 1 ตุลาคม 2562"):
        ThaiDateField(earliest=lambda: dt.date(2019, 10, 1)).clean("30/09/2562")
    assert not ThaiDateField().has_changed(dt.date(2020, 5, 15), "๑๕ พ.ค. ๒๕๖๓")


@pytest.mark.parametrize("bad", ["\x00", "\x07", "\ufffd", "\ud800", "\x9f"])
def test_control_characters_are_refused_beside_the_field_and_shown_where_they_stand(bad):
    form = Report({"who": f"นาย{bad}ก"})
    assert "อักขระควบคุม" in form.errors["who"][0]
    html = str(form)
    html.encode()
    assert Page(html).one("input", id="id_who")["value"] == "นาย\ufffdก"


def test_text_is_cleaned_before_it_is_counted():
    field = ThaiTextField(max_length=3)
    assert field.clean(" น\u0e4dา ") == "นำ"  # nikhahit + aa → sara am
    assert field.clean("เเดง\u200b") == "แดง"
    assert field.clean("ก\r\nข") == "ก ข"
    assert ThaiTextarea(max_length=3).clean("ก\r\nข") == "ก\nข"
    assert "maxlength" not in field.widget.attrs


def test_a_limited_textarea_says_its_limit_and_an_unlimited_one_does_not():
    page = Page(str(Report()))
    assert "ไม่เกิน 20 ตัวอักษร" in page.described(page.one("textarea", id="id_story"))
    assert "aria-describedby" not in Page(ThaiTextarea().widget.render("t", "", {"id": "t"})).one("textarea")


@pytest.mark.parametrize(("text", "amount"), [("๓,๐๐๐", "3000.00"), ("3,000.5 บาท", "3000.50"), ("", None)])
def test_money(text, amount):
    assert MoneyField(required=False).clean(text) == (Decimal(amount) if amount else None)


@pytest.mark.parametrize("text", ["0", "-1", "1.005", "1,2345", "มาก"])
def test_money_that_is_refused(text):
    with pytest.raises(forms.ValidationError, match="จำนวนเงิน"):
        MoneyField().clean(text)


def test_telephone_numbers():
    assert PhoneField().clean("๐๕๓-๑๑๒ ๗๐๘") == "053112708"
    with pytest.raises(forms.ValidationError):
        PhoneField().clean("12345")


def test_optional_fields_are_marked_and_a_form_may_hide_the_mark():
    form = Report()
    assert str(form).count("(ไม่บังคับ)") == 2
    form.hide_optional = True
    assert "(ไม่บังคับ)" not in str(form)


def test_an_english_page_speaks_english():
    with translation.override("en"):
        form = Report({"seen": "31/02/2563", "who": "ก" * 11})
        html = str(form)
    assert "the limit is 10" in html
    assert "This is not a date" in html
    assert "Please correct the following" in html
