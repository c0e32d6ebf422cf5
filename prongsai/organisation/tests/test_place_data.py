import csv
from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
import yaml

DATA = files("prongsai.organisation").joinpath("data")
PLACES = {
    row["code"]: row
    for row in csv.DictReader(DATA.joinpath("places.csv").read_text(encoding="utf-8").splitlines())
}


def load(name: str) -> Any:
    return yaml.safe_load(DATA.joinpath(name).read_text(encoding="utf-8"))


def test_all_places_of_the_country_hang_together() -> None:
    kinds = Counter(row["kind"] for row in PLACES.values())
    assert kinds == {"province": 77, "district": 928, "subdistrict": 7436}
    for code, row in PLACES.items():
        assert row["name_th"] and row["name_en"], code
        assert row["parent"] == code[:-2] and (row["parent"] in PLACES or row["kind"] == "province")


def test_every_province_has_a_region() -> None:
    regions = Counter(row["region"] for row in PLACES.values() if row["kind"] == "province")
    assert regions == {"N": 17, "NE": 20, "C": 14, "E": 8, "W": 4, "S": 14}
    assert not any(row["region"] for row in PLACES.values() if row["kind"] != "province")


def test_chiang_mai_has_its_newest_district_and_no_phantom_ones() -> None:
    districts = [code for code, row in PLACES.items() if row["parent"] == "50"]
    tambons = [code for code in PLACES if code.startswith("50") and len(code) == 6]

    assert districts == [str(code) for code in range(5001, 5026)]
    assert len(tambons) == 204
    assert PLACES["5025"]["name_th"] == "กัลยาณิวัฒนา"
    assert [PLACES[f"50250{n}"]["name_th"] for n in (1, 2, 3)] == ["บ้านจันทร์", "แม่แดด", "แจ่มหลวง"]


def test_both_spellings_of_a_disputed_name_are_kept() -> None:
    both = {code: {PLACES[code]["name_th"], PLACES[code]["name_alt"]} for code in ("501805", "502202")}
    assert both == {"501805": {"สบโขง", "แม่หลอง"}, "502202": {"ทุ่งปี้", "ทุ่งปี๊"}}


def test_the_standard_agencies_form_a_tree_with_the_two_centres() -> None:
    agencies = {row["code"]: row for row in load("agencies-standard.yaml")["agencies"]}
    keys = {
        "name_th",
        "name_en",
        "short_name",
        "head_title_th",
        "head_title_en",
        "ministry_th",
        "ministry_en",
    }

    assert sum(row["kind"] in {"provincial", "central"} for row in agencies.values()) == 36
    assert all(row["parent"] is None or row["parent"] in agencies for row in agencies.values())
    assert all(row[key] for row in agencies.values() for key in keys)
    assert all("{province}" in row["name_th"] and "{province}" in row["name_en"] for row in agencies.values())
    assert agencies[agencies["ACOC"]["parent"]]["parent"] == agencies["DTC"]["parent"] == "PO"


@pytest.mark.parametrize("code", ["50"])
def test_the_values_of_a_province_name_known_agencies_and_channels(code: str) -> None:
    values = load(f"provinces/{code}.yaml")
    known = {row["code"] for row in load("agencies-standard.yaml")["agencies"]}

    assert [values[key] for key in ("code", "name_th", "name_en", "region")] == [
        PLACES[code][key] for key in ("code", "name_th", "name_en", "region")
    ]
    assert set(values["agencies"]) <= known
    assert {channel["agency"] for channel in values["complaint_channels"]} <= known
    assert [channel["value"] for channel in values["complaint_channels"]][-2:] == ["0 5311 2704", "1567"]
