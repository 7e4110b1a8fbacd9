"""Surveys in the workbook: questions beside the call, answers typed there kept, and their results."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.clerk import call, cells, rules, save, table
from tests.actions.drawn import TODAY, VIN, Sheet, sheet_names, shell, today, type_in, typed_in, workbook
from xl_retention.sheets.calls import survey_templates
from xl_retention.sheets.check_kinds import KIND_OF

STORE: dict[str, Sheet] = {
    "Customers": f"""
        Customer ID | Name | Mobile       | Client Type | VIN   | Delivery Date | Sales Advisor
        C1          | Ada  | '13900000001 | Company     | {VIN} | 2020-01-05    | Li
    """,
    "Visits": f"""
        Repair Order | VIN   | Visit Date | Check-out Date | Type of Work | Major Repair
        R1           | {VIN} | 2026-11-18 | 2026-11-19     | Repair       | {{major}}
    """,
    "Settings": """
        Parameter     | Value
        hotline_store | '400-1234
    """,
}
KEY = f"C1/{VIN}/SVC-3D/2026-11-19/1"


def made(path: Path, major: str = "no", *, templates: bool = True) -> Path:
    sheets = {name: sheet.format(major=major) if isinstance(sheet, str) else sheet for name, sheet in STORE.items()}
    if templates:
        sheets["Survey Templates"] = survey_templates.lay_out("en")
    return workbook(path, sheets)


@pytest.fixture
def store(tmp_path: Path) -> Path:
    path = made(tmp_path / "Store.xlsx")
    today(path)
    return path


def answered(path: Path, text: str, **more: object) -> dict[str, object]:
    type_in(path, KEY, {"Outcome": "Connected", "Survey answers": text, **more})
    return save(path, TODAY).json


def points(path: Path) -> list[str]:
    return str(typed_in(path, KEY)["Points to raise"]).split("\n")


def test_the_steps_and_questions_stand_beside_the_call(store: Path) -> None:
    """
    DOM 6.2: permission, minutes and recording first, the branches after the questions, the hotline last.
    """
    lines = points(store)

    assert lines[0].startswith("Company after a repair. Ask permission: about 5 minutes, recorded")
    assert lines[1] == "1. Did the drivers get the cars back in time?"
    assert "after-sales calls within 2 hours" in lines[-2]
    assert lines[-1].endswith("Hotline: 400-1234.")


def test_a_major_repair_has_its_own_questions(tmp_path: Path) -> None:
    path = made(tmp_path / "Store.xlsx", "yes")
    today(path)

    assert points(path)[1] == "1. Is the damage cured, without noise, vibration or warning lamp?"


def test_a_store_without_templates_keeps_its_points_and_its_answer(tmp_path: Path) -> None:
    bare, shipped = made(tmp_path / "Bare.xlsx", templates=False), made(tmp_path / "Shipped.xlsx")

    assert today(bare).json == today(shipped).json
    assert points(bare) == ["Fault really cured? Satisfied? Next service date, suggestions."]


def test_answers_become_rows_of_their_own(store: Path) -> None:
    assert answered(store, "1: yes; 2: 9；3 no\n5. the van, Mr Wu")["problems"] == []

    (log,) = table(store, "contact_log")
    assert log["template_id"] == "R-COMPANY"
    assert table(store, "survey_answer") == [
        {"contact_id": log["contact_id"], "question_no": 1, "answer": "yes"},
        {"contact_id": log["contact_id"], "question_no": 2, "answer": "9", "score": 9},
        {"contact_id": log["contact_id"], "question_no": 3, "answer": "no"},
        {"contact_id": log["contact_id"], "question_no": 5, "answer": "the van, Mr Wu"},
    ]


def test_the_answer_about_satisfaction_holds_for_the_call(store: Path) -> None:
    """
    K02 and K07 count the satisfaction of the log.
    """
    answered(store, "4: very satisfied")

    assert table(store, "contact_log")[0]["satisfaction_level"] == "Very satisfied"


def test_what_is_typed_as_satisfaction_goes_first(store: Path) -> None:
    answered(store, "4: very satisfied", Satisfaction="Neutral")

    assert table(store, "contact_log")[0]["satisfaction_level"] == "Neutral"


@pytest.mark.parametrize(
    ("text", "code", "remedy"),
    [
        ("fine", "answers_not_understood", "Type number and answer, such as 1: yes; 2: 9, or clear the cell."),
        ("1: yes; 1: no", "answers_not_understood", "Type number and answer, such as 1: yes; 2: 9, or clear the cell."),
        ("9: yes", "question_unknown", "Use the numbers of the questions beside the call."),
        ("1: perhaps", "answer_not_understood", "Type yes or no."),
        ("2: 11", "answer_not_understood", "Type points from 0 to 10."),
        ("2: -1", "answer_not_understood", "Type points from 0 to 10."),
        ("4: meh", "answer_not_understood", "Type points from 0 to 10, or a word of satisfaction."),
    ],
)
def test_an_answer_that_cannot_be_stays_in_its_row(store: Path, text: str, code: str, remedy: str) -> None:
    """The box that names it has room for the remedy alone, so that says what would do."""
    saved = answered(store, text)

    assert saved["saved"] == 0
    assert [(problem["code"], problem["remedy"]) for problem in saved["problems"]] == [(code, remedy)]
    assert KIND_OF[code] == "kind_result"
    assert typed_in(store, KEY)["Survey answers"] == text


@pytest.mark.parametrize("text", ["2: 0", "2: 10", "2: 7.5", "4: 8"])
def test_points_go_from_0_to_10(store: Path, text: str) -> None:
    assert answered(store, text)["problems"] == []


def test_answers_beside_a_call_that_is_no_survey_are_not_lost(tmp_path: Path) -> None:
    path = made(tmp_path / "Store.xlsx", templates=False)
    today(path)

    (problem,) = answered(path, "1: yes")["problems"]
    assert problem["code"] == "question_unknown"
    assert problem["remedy"] == "This call has no questions; clear the cell."


def test_saving_twice_keeps_one_set_of_answers(store: Path) -> None:
    answered(store, "1: yes; 2: 9")
    save(store, TODAY)

    assert len(table(store, "survey_answer")) == 2


def test_a_doubt_of_quality_opens_a_complaint_that_after_sales_answers_in_two_hours(store: Path) -> None:
    """
    DOM 3.1, 6.2 (5d): quality objection leads to CMP-2H.
    """
    call(store, TODAY, KEY, {"Outcome": "Connected", "Objection": "Quality", "Notes": "knocks again"})

    (complaint,) = table(store, "complaint")
    assert (complaint["category"], complaint["content"]) == ("Quality", "knocks again")
    assert any("CMP-2H" in each for each in rules(store, TODAY))


def test_a_question_about_using_the_car_brings_the_advisor_back(store: Path) -> None:
    """
    DOM 6.2 (5c): CMP-USE, and no complaint.
    """
    call(store, TODAY, KEY, {"Outcome": "Connected", "Objection": "Usage"})

    assert table(store, "complaint") == []
    assert any("CMP-USE" in each for each in rules(store, "2026-11-22"))


def results(path: Path, *more: object) -> dict:
    answer = shell("survey", path, "--date", TODAY, "--json", *more)
    assert answer.code == 0, answer.err
    return answer.json


def test_the_answers_of_a_month_are_counted(store: Path) -> None:
    answered(store, "1: yes; 2: 9")
    found = results(store)

    counted = {each["question_no"]: each for each in found["questions"] if each["template_id"] == "R-COMPANY"}
    assert (found["month"], found["templates_added"]) == ("2026-11", False)
    assert (counted[1]["answers"], counted[2]["average"], counted[3]["count"]) == ({"yes": 1}, 9.0, 0)
    assert not any(each["count"] for each in results(store, "--month", "2026-10")["questions"])
    assert cells(store, "Survey Results")[0] == ["Survey results 2026-10", *[None] * 6]


def test_a_workbook_without_templates_gets_them(tmp_path: Path) -> None:
    path = made(tmp_path / "Store.xlsx", templates=False)

    assert results(path)["templates_added"]
    assert not results(path)["templates_added"]
    assert [name for name in sheet_names(path) if name.startswith("Survey")] == ["Survey Templates", "Survey Results"]
    today(path)
    assert points(path)[1].startswith("1. ")
