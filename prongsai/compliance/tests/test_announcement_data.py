"""The data files of the announcements: complete, consistent, and honest about what the announcement does not say."""

from collections import Counter
from importlib.resources import files
from typing import Any

import pytest
import yaml

ROOM = files("prongsai.compliance")
LOADER = getattr(yaml, "CSafeLoader", yaml.SafeLoader)

# Shared practices are the entry codes of the first announcement; other announcements map to them or add their own.
FIRST = "announcements/chiang-mai-2563.yaml"
SECOND = "tests/data/second-agency.yaml"

LEVELS = {"clause", "heading", "recital", "definition"}
KINDS = {
    "none",
    "continuous",
    "working_days",
    "calendar_days",
    "hours",
    "monthly",
    "quarterly",
    "yearly",
}
KINDS |= {"urgent", "on_event", "before_event", "from_date"}
VISIBILITY = {"public", "public_aggregate", "internal", "restricted", "secret"}
RULE_UNITS = {"working_days", "calendar_days", "years", "nth_working_day", "baht", "count"}
ALWAYS = ("title_th", "printed", "english", "duty_th", "types", "module", "practices")


def load(name: str) -> dict[str, Any]:
    return yaml.load(ROOM.joinpath(name).read_text(encoding="utf-8"), Loader=LOADER)  # a safe loader


DATA = load(FIRST)
CLAUSES = {entry["code"]: entry for entry in DATA["clauses"]}
OPERATIVE = [entry for entry in CLAUSES.values() if entry["operative"]]


def test_the_announcement_is_complete() -> None:
    levels = Counter(entry["level"] for entry in CLAUSES.values())

    assert len(DATA["clauses"]) == len(CLAUSES) == 136
    assert levels == {"clause": 97, "heading": 23, "recital": 12, "definition": 4}
    assert {entry["level"] for entry in OPERATIVE} == {"clause"} and len(OPERATIVE) == 97
    assert [entry["seq"] for entry in DATA["clauses"]] == list(range(1, 137))
    assert sum(max(1, len(entry["obligations"])) for entry in OPERATIVE) == 170


def test_every_measure_has_its_entries() -> None:
    entries = Counter(entry["measure"] for entry in CLAUSES.values())
    operative = Counter(entry["measure"] for entry in OPERATIVE)

    assert [measure["code"] for measure in DATA["measures"]] == [
        "A",
        "M1",
        "M2",
        "M3",
        "M4",
        "M5",
        "M6",
        "M7",
    ]
    assert entries == {"A": 13, "M1": 14, "M2": 17, "M3": 12, "M4": 12, "M5": 34, "M6": 23, "M7": 11}
    assert operative == {"A": 4, "M1": 10, "M2": 13, "M3": 9, "M4": 10, "M5": 23, "M6": 20, "M7": 8}


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_every_entry_can_be_shown_and_hangs_in_the_tree(name: str) -> None:
    data = load(name)
    codes = [entry["code"] for entry in data["clauses"]]
    measures = {measure["code"] for measure in data["measures"]}

    assert len(codes) == len(set(codes))
    for entry in data["clauses"]:
        code = entry["code"]
        assert all(entry[key] for key in ALWAYS), code
        assert entry["measure"] in measures and entry["parent"] in {*codes, *measures} - {code}, code
        assert entry["level"] in LEVELS and entry["visibility"]["level"] in VISIBILITY, code
        assert entry["visibility"]["text_th"] and entry["visibility"]["text_en"], code
        assert len(entry["title_th"]) <= 80 and "  " not in entry["printed"], code
        assert bool(entry["evidence_th"]) == bool(entry["evidence_en"]), code
        assert all(part["text_th"] and part["id"].startswith(code) for part in entry["obligations"]), code
        assert set(entry["practices"]) <= {*CLAUSES, code}, code


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_a_time_is_either_announced_or_labelled_as_a_default(name: str) -> None:
    for entry in load(name)["clauses"]:
        time, default, code = entry["time"], entry["default"], entry["code"]
        assert time["kind"] in KINDS and (default is None or default["kind"] in KINDS), code
        if entry["operative"]:
            assert time["source"] in {"announcement", "default"} and time["text_th"] and time["text_en"], code
        if time["source"] == "default":
            assert time["kind"] in {"none", "continuous"} and time["n"] is None, code
            assert default["text_th"] and default["text_en"], code


def test_only_nine_entries_get_their_time_from_the_announcement() -> None:
    announced = {
        code: (entry["time"]["kind"], entry["time"]["n"])
        for code, entry in CLAUSES.items()
        if entry["time"]["source"] == "announcement"
    }
    assert announced == {
        "A.END": ("from_date", None),
        "M2.3": ("urgent", None),
        "M3.8": ("on_event", None),
        "M4.1": ("working_days", 30),
        "M4.8": ("monthly", 1),
        "M6.2.3.(10)": ("before_event", None),
        "M6.2.3.(11)": ("before_event", None),
        "M6.2.3.(17)": ("calendar_days", 30),
        "M7.1.4": ("yearly", 1),
    }


def test_the_corrections_are_applied_and_the_print_is_kept() -> None:
    corrections = DATA["corrections"]
    corrected = {fix["clause"] for fix in corrections if fix["kind"] != "page_turn"}

    assert Counter(fix["kind"] == "page_turn" for fix in corrections) == {False: 17, True: 6}
    assert {code for code, entry in CLAUSES.items() if entry["reading"]} == corrected
    for fix in corrections:
        entry = CLAUSES[fix["clause"]]
        assert fix["note_th"] and fix["note_en"]
        if fix["kind"] == "page_turn":
            assert "..." not in entry["printed"] and fix["reading"] is None
        else:
            assert fix["printed"] in entry["printed"] and fix["printed"] not in entry["reading"]
            assert fix["reading"] in entry["reading"] and fix["note_th"] in entry["reading_note_th"]


def test_sentences_cut_by_a_page_turn_are_whole() -> None:
    printed = {
        code: CLAUSES[code]["printed"] for code in ("M2.2.1.(5)", "M2.3", "M3.2", "M5.2.5.5", "M6.2.3.(8)")
    }

    assert "ผลผลิต/ผลลัพธ์ของโครงการ" in printed["M2.2.1.(5)"]
    assert "ส่งผลกระทบต่อภาพลักษณ์ของหน่วยงาน" in printed["M2.3"]
    assert "และได้ผ่านกระบวนการจัดทำแผนในระดับต่าง ๆ" in printed["M3.2"]
    assert printed["M5.2.5.5"].endswith("โทรศัพท์หมายเลข ๐ ๕๓๑๑ ๒๗๐๔ หรือสายด่วน ๑๕๖๗")
    assert printed["M6.2.3.(8)"].endswith("การฝ่าฝืนถือเป็นการผิดทางวินัย")


@pytest.mark.parametrize("name", [FIRST, SECOND])
def test_every_rule_says_where_it_comes_from(name: str) -> None:
    data = load(name)
    codes = {entry["code"] for entry in data["clauses"]}
    keys = [(rule["key"], rule["valid_from"]) for rule in data["rules"]]

    assert len(keys) == len(set(keys))
    for rule in data["rules"]:
        assert rule["origin"] in {"announcement", "law", "default"} and rule["unit"] in RULE_UNITS, rule[
            "key"
        ]
        assert rule["is_default"] == (rule["origin"] == "default")
        assert rule["source"] and rule["label_th"] and rule["label_en"] and rule["clause"] in codes, rule[
            "key"
        ]


def test_the_numbers_of_the_announcement_and_the_defaults_for_complaints() -> None:
    rules = {rule["key"]: (rule["value"], rule["unit"], rule["is_default"]) for rule in DATA["rules"]}

    assert rules["gift_threshold_baht"] == (3000, "baht", False)
    assert rules["gift_report_days"] == (30, "calendar_days", False)
    assert rules["plan_working_days"] == (30, "working_days", False)
    assert {key: rule for key, rule in rules.items() if key.startswith("complaint_") and rule[2]} == {
        "complaint_screening": (1, "working_days", True),
        "complaint_acceptance": (3, "working_days", True),
        "complaint_refusal": (7, "working_days", True),
        "complaint_referral": (5, "working_days", True),
        "complaint_more_information": (15, "calendar_days", True),
        "complaint_review_request": (30, "calendar_days", True),
        "complaint_review_decision": (15, "calendar_days", True),
        "complaint_fact_finding_start": (7, "calendar_days", True),
        "complaint_fact_finding": (30, "calendar_days", True),
        "complaint_fact_finding_extension": (15, "calendar_days", True),
        "complaint_fact_finding_extensions": (2, "count", True),
        "complaint_forwarding": (5, "working_days", True),
        "complaint_head_decision": (7, "working_days", True),
        "complaint_result_notice": (15, "calendar_days", True),
    }


def test_the_second_announcement_is_marked_as_invented() -> None:
    head = load(SECOND)["announcement"]

    assert (
        head["is_sample"]
        and "สมมติ" in head["title_th"]
        and head["province"] != DATA["announcement"]["province"]
    )
    assert not DATA["announcement"]["is_sample"]
