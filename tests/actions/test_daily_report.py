"""The sheet Daily Report: each person's day on paper."""

from __future__ import annotations

from pathlib import Path

import pytest

from tests.actions.drawn import VIN, contents, shell, workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets import daily_report_sheet

DAY = "2026-11-21"
STORE = {
    "Customers": f"""
        Customer ID | Name | Mobile       | Sales Advisor | CS Owner | VIN   | Delivery Date
        C1          | Ada  | '13900000001 | Meg           | Kim      | {VIN} | 2026-11-17
    """,
    "Call Log": """
        Call ID | Customer ID | Call Date  | Outcome   | Agent | Rule        | Feedback | Reviewed By
        L1      | C1          | 2026-11-21 | Connected | Kim   | 2-hour care call | fine  | Sun
        L2      | C1          | 2026-11-21 | No answer | Kim   | 2-hour care call |       |
        L3      | C1          | 2026-11-20 | No answer | Meg   | 2-hour care call |       |
    """,
    "Complaints": "Complaint ID|Received|Customer ID|Category|Content|Handler\nX1|2026-11-20|C1|Service|Slow|Sun",
}


@pytest.fixture
def store(tmp_path: Path) -> Path:
    return workbook(tmp_path / "Store.xlsx", STORE)


def report(path: Path, *more: object) -> dict:
    answer = shell("report", path, "--date", DAY, "--json", *more)
    assert answer.code == 0, answer.err
    return answer.json


def shown(path: Path) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read("Daily Report")


def test_json_counts_by_person(store: Path) -> None:
    answer = report(store)

    assert list(answer) == ["as_of", "people", "problems"]
    kim, meg, sun = (next(day for day in answer["people"] if day["staff"] == name) for name in ("Kim", "Meg", "Sun"))
    assert kim == {
        "staff": "Kim", "calls_made": 2, "results": {"接通": 1, "未接": 1}, "open": kim["open"], "overdue": 0,
        "complaints": [], "bookings": [], "unread": ["L2"],
        "unread_prospects": [], "unread_cards": [],
    }  # fmt: skip
    assert (meg["calls_made"], meg["open"], meg["overdue"], meg["unread"]) == (0, 1, 1, ["L3"])
    assert sun["complaints"] == ["X1"]


def test_the_sheet_begins_each_person_with_a_summary(store: Path) -> None:
    report(store)
    rows = shown(store)[daily_report_sheet.HEADING_ROW :]

    people = [row[0] for row in rows if row[1] == "Summary"]
    assert people == sorted(people)
    assert ("Kim", "Call made", "Ada", "Connected") in {(row[0], row[1], row[2], row[7]) for row in rows}
    assert ("Meg", "Call left", "Ada", "Overdue") in {(row[0], row[1], row[2], row[7]) for row in rows}
    assert ("Meg", "Not reviewed") in {(row[0], row[1]) for row in rows}
    assert ("Sun", "Complaint", "X1", "Slow") in {(row[0], row[1], row[5], row[6]) for row in rows}


def test_one_person_alone_by_option_or_by_the_yellow_cell(store: Path) -> None:
    assert [day["staff"] for day in report(store, "--staff", "Kim")["people"]] == ["Kim"]
    assert shown(store)[daily_report_sheet.STAFF_ROW - 1][0] == "Kim"
    assert [day["staff"] for day in report(store)["people"]] == ["Kim"], "as the cell says"
    assert len(report(store, "--staff", "")["people"]) > 1


def test_reported_twice_changes_nothing(store: Path) -> None:
    report(store)
    before = contents(store.parent)

    report(store)

    assert contents(store.parent) == before
