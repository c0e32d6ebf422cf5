"""What several forms share: people by their names."""

from __future__ import annotations

from typing import Any

from django.core.exceptions import ValidationError

from prongsai.organisation.models import Person, Province
from prongsai.thai.names import split_title
from prongsai.ui.forms import ThaiTextarea, ThaiTextField

SAMPLE_MARK = "(ตัวอย่าง)"
BY_NAME = "ชื่อและนามสกุลตามทะเบียนบุคคลของจังหวัด"


def people_called(province: Province, name: str) -> list[Person]:
    """People in service whose given and family name are these, however the title is written; two at most."""
    words = split_title(name.replace(SAMPLE_MARK, ""))[1].split()
    if len(words) < 2:
        return []
    people = Person.objects.of(province).in_service().select_related("agency", "supervisor", "province")
    return list(people.filter(first_name=words[0], last_name=" ".join(words[1:]))[:2])


def the_one(province: Province, name: str) -> Person:
    """The only person of this name. Raises ``ValidationError``: nobody is chosen from a list of people."""
    found = people_called(province, name)
    if len(found) != 1:
        why = "พบชื่อนี้มากกว่าหนึ่งคน" if found else "ไม่พบชื่อนี้"
        raise ValidationError(f"{why}ในทะเบียนบุคคลของจังหวัด โปรดตรวจสอบ: {name}")
    return found[0]


class PersonField(ThaiTextField):
    """A name; cleans to the person of the staff list."""

    def __init__(self, *, province: Province, **kwargs: Any) -> None:
        super().__init__(max_length=200, **{"help_text": BY_NAME, **kwargs})
        self.province = province

    def clean(self, value: Any) -> Any:
        name = super().clean(value)
        return the_one(self.province, name) if name else None


class PeopleField(ThaiTextarea):
    """Names, one a line; cleans to persons of the staff list, each once."""

    MOST = 20

    def __init__(self, *, province: Province, **kwargs: Any) -> None:
        super().__init__(
            max_length=self.MOST * 200, rows=4, **{"help_text": f"บรรทัดละหนึ่งคน {BY_NAME}", **kwargs}
        )
        self.province = province

    def clean(self, value: Any) -> Any:
        names = [line.strip() for line in super().clean(value).split("\n") if line.strip()]
        if len(names) > self.MOST:
            raise ValidationError(f"ระบุได้ไม่เกิน {self.MOST} คน")
        people, errors = {}, []
        for name in names:
            try:
                person = the_one(self.province, name)
                people[person.pk] = person
            except ValidationError as error:
                errors.append(error)
        if errors:
            raise ValidationError(errors)
        return list(people.values())
