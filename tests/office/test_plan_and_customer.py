"""Month plan, mailing list, customer view and daily report in a workbook that is open in a real LibreOffice."""

from __future__ import annotations

import datetime as dt
import json

import pytest

from tests.actions.drawn import OTHER_VIN, VIN, shell, workbook
from xl_retention.books.live import LiveBook
from xl_retention.sheets import customer_sheet, mailing_sheet, plan_sheet

NOW = dt.datetime(2026, 12, 31, 8, 30)
STORE = {
    "Customers": f"""
        Customer ID | Customer | Mobile       | Gender | Consent | Advisor | VIN         | Delivery date | Birthday
        C1          | Wu       | '13800138000 | Male   | yes     | Li      | {VIN}       | 2026-11-18    | 1980-12-24
        C2          | =Zhao    | '13800138001 | Female | yes     | Li      | {OTHER_VIN} | 2026-12-28    |
    """,
    "Call Log": "Call ID|Customer ID|Call Date|Outcome|Agent|Reviewed By\nL1|C1|2026-12-31|Connected|Li|",
}
PLAN = list(plan_sheet.COLUMNS)


@pytest.fixture
def press(office, tmp_path, monkeypatch):
    """Opens a drawn store and presses buttons in it; what is kept for undoing lies in the test's folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))
    path = workbook(tmp_path / "store.xlsx", STORE)
    opened = office.open(path)

    def pressed(name, now=NOW):
        from xl_retention.buttons import press_in

        press_in(opened.book, name, now)
        return opened

    pressed.path = path
    return pressed


def rows(opened, sheet):
    return LiveBook(opened.book).read(sheet)


def cell(name: str, row: int) -> str:
    return f"{chr(65 + PLAN.index(name))}{row}"


def answered(path, command, *options):
    """What the command line says about the file as it was opened."""
    return json.loads(shell(command, path, "--date", NOW.date().isoformat(), "--json", "--dry-run", *options).out)


def test_the_plan_holds_what_the_command_finds_and_keeps_what_is_assigned(press):
    opened = press("month_plan")
    plan = rows(opened, "Month Plan")
    first = plan_sheet.HEADING_ROW
    expected = answered(press.path, "plan")["rows"]

    keys = [row[PLAN.index("key")] for row in plan[first:]]
    assert [f"{row['customer_id']}/{row['vin']}" for row in expected] == keys
    assert plan[plan_sheet.MONTH_ROW - 1][0] == "2026-12"
    assert opened.model.CurrentController.ActiveSheet.Name == "Month Plan"

    opened.cell("Month Plan", cell("tools", first + 1)).String = "=card"
    opened.cell("Month Plan", cell("planned_date", first + 1)).Formula = "2027-01-05"
    press("month_plan")

    row = rows(opened, "Month Plan")[first]
    assert (row[PLAN.index("tools")], row[PLAN.index("planned_date")]) == ("=card", dt.datetime(2027, 1, 5))


def test_another_month_typed_on_the_sheet_is_planned(press):
    opened = press("month_plan")
    opened.cell("Month Plan", f"A{plan_sheet.MONTH_ROW}").Formula = "2027-02"

    press("month_plan")

    assert rows(opened, "Month Plan")[0][0] == "Month plan 2027-02"


def test_undoing_a_plan_keeps_what_was_assigned_since(press):
    opened = press("month_plan")
    press("month_plan")
    first = plan_sheet.HEADING_ROW + 1
    opened.cell("Month Plan", cell("method", first)).String = "Visit"

    press("undo_last_run")

    assert rows(opened, "Month Plan")[first - 1][PLAN.index("method")] == "Visit"


def test_the_mailing_list_is_shown_and_journaled(press):
    opened = press("mailing_list")

    body = rows(opened, "Mailing List")[mailing_sheet.HEADING_ROW :]
    expected = answered(press.path, "mailing-list")["rows"]
    assert [(row["salutation"], row["mobile"], row["rule"]) for row in expected] == [
        (row[0], row[6], row[-1]) for row in body
    ]
    assert "Ms =Zhao" in {row[0] for row in body}
    entry = rows(opened, "Journal")[3]
    assert (entry[0], entry[2], entry[4]) == (NOW, "Make the mailing list", len(body))


def test_the_first_press_makes_the_sheet_to_type_into_and_the_next_shows_the_customer(press):
    opened = press("show_customer")
    assert opened.model.CurrentController.ActiveSheet.Name == "Customer View"
    opened.cell("Customer View", f"A{customer_sheet.FIND_ROW}").Formula = "13800138000"

    press("show_customer")

    shown = rows(opened, "Customer View")
    assert (shown[0][0], shown[2][0]) == ("Wu", "13800138000")
    assert {"On file", "Car", "Contact", "Class"} <= {row[0] for row in shown[customer_sheet.HEADING_ROW :]}


def test_nothing_is_left_of_the_customer_before(press):
    opened = press("show_customer")
    for text in ("C1", OTHER_VIN):
        opened.cell("Customer View", f"A{customer_sheet.FIND_ROW}").String = text
        press("show_customer")

    shown = rows(opened, "Customer View")
    assert shown[0][0] == "=Zhao"
    assert not [row for row in shown if row[0] == "Contact"]


def test_the_daily_report_tells_what_each_person_did(press):
    opened = press("daily_report")

    report = rows(opened, "Daily Report")
    assert ["Li", "Call made", "Wu"] in [row[:3] for row in report]
    assert opened.model.CurrentController.ActiveSheet.Name == "Daily Report"
