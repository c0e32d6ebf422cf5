"""The forms of staff. What is refused is said in formal Thai beside the field."""

from __future__ import annotations

import datetime as dt
from typing import Any, ClassVar

from django import forms
from django.contrib.auth.password_validation import password_validators_help_texts, validate_password
from django.core.exceptions import ValidationError
from django.db.models import Q
from django.utils import timezone
from django.utils.translation import gettext_lazy as _

from prongsai.organisation.actors import Actor
from prongsai.organisation.models import Agency, Person, RoleAssignment, User
from prongsai.organisation.roles import ASSIGNABLE_CHOICES, Role
from prongsai.staff.models import Departure, Invitation
from prongsai.staff.reach import agencies_headed
from prongsai.staff.thaid.identity import citizen_key
from prongsai.thai.ids import IdError, parse_citizen_id
from prongsai.ui.forms import EmailField, RadioGroup, ThaiDateField, ThaiTextarea, ThaiTextField

A_YEAR = dt.timedelta(days=366)


class PeopleField(forms.ModelChoiceField):
    def label_from_instance(self, obj: Any) -> str:
        return f"{obj.full_name} – {obj.position}"


class InviteForm(forms.Form):
    """Somebody of the staff list, or the particulars of a new colleague; and the address that the link goes to."""

    OF_PERSON: ClassVar = ("title", "first_name", "last_name", "position", "staff_type")

    email = EmailField(label="อีเมลราชการ", help_text="ลิงก์คำเชิญส่งไปยังอีเมลนี้เท่านั้น และเป็นชื่อบัญชีของผู้ได้รับเชิญ")
    person = PeopleField(
        label="บุคคลในทะเบียนเจ้าหน้าที่ (ถ้ามีอยู่แล้ว)",
        queryset=Person.objects.none(),
        required=False,
        help_text="ผู้ที่ยังไม่มีบัญชี หากไม่มีชื่อในรายการ โปรดกรอกข้อมูลด้านล่าง",
    )
    title = ThaiTextField(label="คำนำหน้า", max_length=60, required=False)
    first_name = ThaiTextField(label="ชื่อ", max_length=100, required=False)
    last_name = ThaiTextField(label="นามสกุล", max_length=100, required=False)
    position = ThaiTextField(label="ตำแหน่ง", max_length=200, required=False)
    staff_type = forms.ChoiceField(
        label="ประเภทเจ้าหน้าที่", choices=[("", "โปรดเลือก"), *Person.StaffType.choices], required=False
    )
    agency = forms.ModelChoiceField(label="หน่วยงาน", queryset=Agency.objects.none(), required=False)
    citizen_id = ThaiTextField(
        label="เลขประจำตัวประชาชน (ถ้าให้เข้าสู่ระบบด้วย ThaID)",
        required=False,
        max_length=30,
        help_text="ระบบไม่เก็บเลขนี้ เก็บเพียงรหัสที่ย้อนกลับเป็นเลขมิได้ เพื่อจับคู่กับ ThaID",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = agencies_headed(actor)
        people = Person.objects.in_service().filter(agency_id__in=own, user__isnull=True)
        self.fields["person"].queryset = people  # type: ignore[attr-defined]
        self.fields["agency"].queryset = Agency.objects.active().filter(pk__in=own)  # type: ignore[attr-defined]
        if len(own) == 1:
            self.fields["agency"].initial = next(iter(own))

    def clean_email(self) -> str:
        return User.objects.normalise(self.cleaned_data["email"])

    def clean_citizen_id(self) -> bytes | None:
        """The keyed hash; the number itself goes no further than this line."""
        typed = self.cleaned_data["citizen_id"]
        if not typed:
            return None
        try:
            return citizen_key(parse_citizen_id(typed))
        except IdError as error:
            raise ValidationError(str(error)) from error

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("person") is None and "person" not in self.errors:
            for name in ("first_name", "last_name", "position", "staff_type", "agency"):
                if name not in self.errors and not data.get(name):
                    self.add_error(name, "โปรดระบุ หรือเลือกบุคคลในทะเบียนเจ้าหน้าที่")
        return data


class AcceptForm(forms.Form):
    """Name and post are the head's to write: the invited person confirms them or asks for another invitation."""

    confirmed = forms.BooleanField(
        label=_("ข้าพเจ้ายืนยันว่าชื่อ ตำแหน่ง และหน่วยงานข้างต้นเป็นของข้าพเจ้าและถูกต้อง"),
        error_messages={"required": _("โปรดยืนยัน หากข้อมูลไม่ถูกต้อง โปรดแจ้งหัวหน้าหน่วยงานให้ส่งคำเชิญใหม่")},
    )
    password = forms.CharField(
        label=_("รหัสผ่านใหม่"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("โปรดตั้งรหัสผ่าน")},
    )
    again = forms.CharField(
        label=_("รหัสผ่านใหม่อีกครั้ง"),
        strip=False,
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
        error_messages={"required": _("โปรดระบุรหัสผ่านอีกครั้ง")},
    )

    def __init__(self, *args: Any, invitation: Invitation, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.invitation = invitation
        self.fields["password"].help_text = " ".join(password_validators_help_texts())

    def clean_password(self) -> str:
        validate_password(self.cleaned_data["password"], User(email=self.invitation.email))
        return self.cleaned_data["password"]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if data.get("password") and data.get("again") and data["password"] != data["again"]:
            self.add_error("again", _("รหัสผ่านใหม่ทั้งสองช่องไม่ตรงกัน"))
        return data


# Not for a head to propose: they reach beyond any agency.
OF_PROVINCE = (Role.SYSTEM_ADMIN, Role.AUDITOR, Role.DPO)
OWN_AGENCY, WHOLE_PROVINCE = "agency", "province"


class ProposeForm(forms.Form):
    """Whoever is to get the role is named by the account, so that nobody is mistaken for a namesake."""

    email = EmailField(label="บัญชี (อีเมลราชการ) ของผู้รับบทบาท")
    given_role = forms.ChoiceField(label="บทบาท", choices=[("", "โปรดเลือก"), *ASSIGNABLE_CHOICES])
    extent = forms.ChoiceField(
        label="ขอบเขต",
        choices=[(OWN_AGENCY, "เฉพาะหน่วยงานที่สังกัด"), (WHOLE_PROVINCE, "ทั้งจังหวัด")],
        widget=RadioGroup,
        initial=OWN_AGENCY,
    )
    start = ThaiDateField(label="ตั้งแต่วันที่", earliest=timezone.localdate)
    end = ThaiDateField(label="ถึงวันที่ (ถ้ากำหนด)", required=False, earliest=timezone.localdate)
    order_no = ThaiTextField(label="คำสั่งหรือหนังสือที่ (ถ้ามี)", max_length=100, required=False)
    reason = ThaiTextarea(label="เหตุผล", max_length=2000, rows=3)

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.actor, self.is_admin = actor, actor.has(Role.SYSTEM_ADMIN)
        self.reach = None if self.is_admin else agencies_headed(actor)
        self.fields["start"].initial = timezone.localdate()
        if not self.is_admin:
            # No address names a right: what a head may not propose is not among the choices.
            allowed = [choice for choice in ASSIGNABLE_CHOICES if choice[0] not in OF_PROVINCE]
            self.fields["given_role"].choices = [("", "โปรดเลือก"), *allowed]  # type: ignore[attr-defined]
            self.fields["extent"].choices = [(OWN_AGENCY, "เฉพาะหน่วยงานที่สังกัด")]  # type: ignore[attr-defined]

    def clean_email(self) -> Person:
        """The person of the account, within reach of who proposes."""
        people = Person.objects.in_service().filter(province=self.actor.province, user__is_active=True)
        if self.reach is not None:
            people = people.filter(agency_id__in=self.reach)
        found = people.filter(user__email=User.objects.normalise(self.cleaned_data["email"])).first()
        if found is None:
            raise ValidationError("ไม่พบบัญชีที่เปิดใช้งานของบุคคลในความรับผิดชอบของท่าน")
        return found

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        if self.errors:
            return data
        person: Person = data["email"]
        agency = person.agency if data["extent"] == OWN_AGENCY else None
        try:
            RoleAssignment(
                person=person,
                role=data["given_role"],
                agency=agency,
                start=data["start"],
                end=data["end"],
                granted_by=self.actor.person,
            ).full_clean()
        except ValidationError as error:
            raise ValidationError(error.messages) from error
        return {**data, "person": person, "agency": agency}


class WhyForm(forms.Form):
    reason = ThaiTextarea(label="เหตุผล", max_length=2000, rows=3)


class DepartureForm(forms.Form):
    """Who leaves, why, the last day, and who takes over."""

    leaver = PeopleField(label="ผู้พ้นจากหน้าที่", queryset=Person.objects.none())
    cause = forms.ChoiceField(label="เหตุ", choices=Departure.Kind.choices, widget=RadioGroup)
    last_day = ThaiDateField(
        label="ปฏิบัติหน้าที่วันสุดท้าย",
        earliest=lambda: timezone.localdate() - A_YEAR,
        latest=lambda: timezone.localdate() + A_YEAR,
    )
    order_no = ThaiTextField(label="คำสั่งหรือหนังสือที่ (ถ้ามี)", max_length=100, required=False)
    successor = PeopleField(
        label="ผู้รับมอบงาน",
        queryset=Person.objects.none(),
        required=False,
        help_text="หากไม่ระบุ งานที่ค้างอยู่จะมอบแก่หัวหน้าส่วนราชการ",
    )

    def __init__(self, *args: Any, actor: Actor, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        own = Q(agency_id__in=agencies_headed(actor))
        if actor.has(Role.GOVERNOR):
            own |= Q(tenures__isnull=False)  # heads and vice governors, for whom nobody else would do it
        people = Person.objects.in_service().filter(own, province=actor.province).exclude(pk=actor.person_id)
        self.fields["leaver"].queryset = people.distinct()  # type: ignore[attr-defined]
        reachable = Person.objects.reachable().filter(own, province=actor.province, user__isnull=False)
        self.fields["successor"].queryset = reachable.distinct()  # type: ignore[attr-defined]

    def clean(self) -> dict[str, Any]:
        data = super().clean() or {}
        person, last_day = data.get("leaver"), data.get("last_day")
        if person and data.get("successor") == person:
            self.add_error("successor", "ผู้รับมอบงานต้องเป็นคนละคนกับผู้พ้น")
        if person and last_day and last_day < person.start:
            self.add_error("last_day", "วันสุดท้ายต้องไม่ก่อนวันที่เริ่มปฏิบัติหน้าที่")
        return data
