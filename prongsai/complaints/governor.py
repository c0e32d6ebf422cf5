"""A complaint about the governor (AT-M5-07): the province does not investigate its governor.

Recognised by the name of who holds the post, or by the post's words; the sender says whether that is meant. The authorities
that are competent, with their channels, are data of the province (``higher_authorities`` of its file).
"""

from __future__ import annotations

from typing import Any

from prongsai.complaints.line import named, post_plain, says_post, written_plain
from prongsai.complaints.models import Authority
from prongsai.organisation.models import ActingAppointment, Person, Place, Post, Province, Tenure
from prongsai.organisation.periods import covers, today

WORDS = ("ผู้ว่าราชการ", "ผู้ว่าจังหวัด", "ผู้ว่าฯ", "ผวจ", "พ่อเมือง", "governor")  # as people write it
NOT_THE_POST = ("การ", "จ้าง", "ธนาคาร", "กรุงเทพ", "กทม")  # ผู้ว่าการ…, the governor of the capital


def governors(province: Province) -> list[Person]:
    """Who holds the post today, or is in it by an order while it is vacant; not a deputy who acts for a day."""
    post = {"post__kind": Post.Kind.GOVERNOR, "post__agency__province": province}
    in_post = ActingAppointment.Kind.ACTING_IN_POST
    held = Tenure.objects.filter(covers(today()), **post).values("person")
    vacant = ActingAppointment.objects.filter(covers(today()), kind=in_post, **post).values("person")
    return list(Person.objects.filter(pk__in=held.union(vacant)))


def is_named(province: Province, written: str, in_post: list[Person] | None = None) -> bool:
    """Whether what was written of the accused names the governor of this province. ``in_post``: ``governors``, if at hand."""
    if not written.strip():
        return False
    people = governors(province) if in_post is None else in_post
    return _by_words(province, written) or bool(named(written, people))


def _by_words(province: Province, written: str) -> bool:
    plain = written_plain(written)
    if plain in ("ผู้ว่า", "ท่านผู้ว่า"):
        return True
    words = (*WORDS, f"ผู้ว่า{province.name_th}")
    if not any(post_plain(one) in plain for one in words):
        return False
    elsewhere = Place.objects.filter(kind=Place.Kind.PROVINCE).exclude(pk=province.pk)
    names = list(elsewhere.values_list("name_th", flat=True))
    away = [*names, *(f"จังหวัด{name}" for name in names), *NOT_THE_POST]
    return any(says_post(plain, one, not_followed_by=away) for one in words)


def authorities(province: Province) -> list[dict[str, Any]]:
    """Key, name, channels and source of each authority, as the province's file gives them."""
    return [one for one in province.higher_authorities if one["key"] in Authority.values]


def authority_name(province: Province, key: str) -> str:
    found = (str(one["name_th"]) for one in authorities(province) if one["key"] == key)
    return next(found, str(Authority(key).label))
