"""Loads the gazetteer, a province and its standard agencies from ``data/``. May be repeated at any time.

Sources and licences: ``data/README.md``.
"""

import csv
from collections.abc import Callable
from datetime import date
from importlib.resources import files
from typing import Any

import yaml
from django.db import transaction

from prongsai.organisation.models import Agency, Person, Place, Post, Province
from prongsai.organisation.provinces import forget_province

DATA = files("prongsai.organisation").joinpath("data")

# The standard list names no founding dates: the earliest date that the system accepts (B.E. 2500).
FOUNDED = date(1957, 1, 1)
# How many vice governors a province has differs; its file may say (``vice_governors``).
VICE_GOVERNORS = 2

KINDS = {"central": Agency.Kind.CENTRAL_IN_PROVINCE}
FUNCTIONS = {
    "PO": Agency.Function.PROVINCIAL_OFFICE,
    "ACOC": Agency.Function.ANTICORRUPTION_CENTRE,
    "DTC": Agency.Function.DAMRONGTHAM_CENTRE,
}
PLACE_FIELDS = ["kind", "parent", "name_th", "name_en", "name_alt", "region"]

Progress = Callable[[str], None]


class LoadingError(ValueError):
    """Data for this province are missing; the message says what there is."""


def load_places(progress: Progress | None = None) -> int:
    """Bring the table of places up to date with ``places.csv``; returns how many there are."""
    lines = DATA.joinpath("places.csv").read_text(encoding="utf-8").splitlines()
    places = [
        Place(parent_id=row.pop("parent") or None, **{k: v or "" for k, v in row.items()})
        for row in csv.DictReader(lines)
    ]
    Place.objects.bulk_create(
        places, batch_size=4000, update_conflicts=True, unique_fields=["code"], update_fields=PLACE_FIELDS
    )
    if progress:
        progress(f"สถานที่ {len(places):,} แห่ง")
    return len(places)


def available_provinces() -> list[str]:
    """Codes of the provinces that have a data file."""
    names = (entry.name for entry in DATA.joinpath("provinces").iterdir())
    return sorted(name.removesuffix(".yaml") for name in names if name.endswith(".yaml"))


def load_province(code: str, *, is_sample: bool = False) -> Province:
    """Create the province or bring its settings up to date with ``provinces/<code>.yaml``.

    ``is_sample`` marks an installation with invented people and matters; once set it stays. Raises LoadingError when
    there is no such file, or when a province with real people would become a sample.
    """
    if code not in available_provinces():
        raise LoadingError(f"no data file for province {code}; there is: {', '.join(available_provinces())}")
    if is_sample and Person.objects.filter(province_id=code, is_sample=False).exists():
        raise LoadingError(f"province {code} has real people and cannot become a sample")
    settings = _read_yaml(f"provinces/{code}.yaml")
    names = {key: settings.pop(key) for key in ("name_th", "name_en", "region")}
    settings.pop("code")
    values = {**names, "settings": settings} | ({"is_sample": True} if is_sample else {})
    province, _created = Province.objects.update_or_create(code=code, defaults=values)
    return province


@transaction.atomic
def load_agencies_standard(province: Province) -> int:
    """Create the standard agencies and districts that are missing, with the posts of their heads.

    What exists is left as it is, because the office edits it. Needs the places. Returns how many were created.
    """
    standard = _read_yaml("agencies-standard.yaml")
    overrides = province.settings.get("agencies", {})
    rows = [
        _named({**row, **overrides.get(row["code"], {})}, province=(province.name_th, province.name_en))
        for row in standard["agencies"]
    ]
    for place in Place.objects.filter(parent_id=province.code, kind=Place.Kind.DISTRICT):
        row = _named(standard["district_template"], district=(place.name_th, place.name_en))
        row |= {"code": row["code"].replace("{code}", place.code), "place": place}
        rows.append({**row, **overrides.get(row["code"], {})})
    known = {agency.code: agency for agency in province.agencies.all()}
    created: list[Agency] = []
    # Level by level: an agency can only point at a parent that has its number.
    while ready := [
        row for row in rows if row["code"] not in known and (row["parent"] or None) in {None, *known}
    ]:
        level = Agency.objects.bulk_create(_agency(province, row, known.get(row["parent"])) for row in ready)
        known |= {agency.code: agency for agency in level}
        created += level
    _create_posts(province, created)
    forget_province()
    return len(created)


def _agency(province: Province, row: dict[str, Any], parent: Agency | None) -> Agency:
    agency = Agency(
        province=province,
        code=row["code"],
        parent=parent,
        kind=KINDS.get(row["kind"], row["kind"]),
        name_th=row["name_th"],
        name_en=row["name_en"],
        short_name=row["short_name"],
        ministry=row["ministry_th"],
        head_title=_head_title(province, row),
        function=FUNCTIONS.get(row["code"], ""),
        place=row.get("place"),
        active_from=FOUNDED,
    )
    agency.set_sort_key()
    return agency


def _head_title(province: Province, row: dict[str, Any]) -> str:
    """The title with the name of what is headed: ปศุสัตว์จังหวัด + น่าน, นายอำเภอ + ปัว."""
    title = row["head_title_th"]
    if place := row.get("place"):
        return f"{title}{place.name_th}"
    return f"{title}{province.name_th}" if title.endswith("จังหวัด") else title


def _create_posts(province: Province, agencies: list[Agency]) -> None:
    posts = []
    for agency in agencies:
        unit = agency.kind in (Agency.Kind.UNIT, Agency.Kind.CENTRE)
        kind = Post.Kind.UNIT_HEAD if unit else Post.Kind.AGENCY_HEAD
        posts.append(Post(agency=agency, kind=kind, title_th=agency.head_title))
        if agency.function == Agency.Function.PROVINCIAL_OFFICE:
            posts += _governors(province, agency)
    Post.objects.bulk_create(posts)


def _governors(province: Province, office: Agency) -> list[Post]:
    title = f"ผู้ว่าราชการ{province.full_name}"
    vices = range(1, province.settings.get("vice_governors", VICE_GOVERNORS) + 1)
    return [
        Post(agency=office, kind=Post.Kind.GOVERNOR, title_th=title),
        *(
            Post(agency=office, kind=Post.Kind.VICE_GOVERNOR, title_th=f"รอง{title} (คนที่ {number})")
            for number in vices
        ),
    ]


def _named(row: dict[str, Any], **names: tuple[str, str]) -> dict[str, Any]:
    """``row`` with ``{province}`` or ``{district}`` replaced by the Thai name, in ``*_en`` by the English one."""
    filled = dict(row)
    for key, value in row.items():
        for word, (thai, english) in names.items():
            if isinstance(value, str):
                value = value.replace(f"{{{word}}}", english if key.endswith("_en") else thai)
        filled[key] = value
    return filled


def _read_yaml(name: str) -> dict[str, Any]:
    return yaml.safe_load(DATA.joinpath(name).read_text(encoding="utf-8"))
