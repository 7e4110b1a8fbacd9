"""Services due, surveys and relations by their buttons in a workbook that is open in a real LibreOffice."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.drawn import VIN, shell, workbook
from tests.office.test_closing_the_loop import cells, press
from xl_retention.books.live import LiveBook
from xl_retention.sheets import service_sheet
from xl_retention.sheets.calls import survey_templates

STORE = {
    "Customers": f"""
        Customer ID | Name | Mobile       | VIN   | Delivery Date | First Service Done | Next Service | WeChat Linked
        C1          | Ada  | '13900000001 | {VIN} | 2024-10-18    | yes                | 2026-12-10   | no
    """,
    "Visits": f"""
        Repair Order | VIN   | Visit Date | Check-out Date | Type of Work
        R1           | {VIN} | 2026-11-18 | 2026-11-19     | Repair
    """,
    "Bookings": f"""
        Booking ID | VIN   | Booked On  | Appointment
        B1         | {VIN} | 2026-11-20 | 2026-12-08
    """,
    "Referrals": """
        Referral ID | Referrer | Friend Name | Referral Date
        F1          | C1       | Eve         | 2026-11-18
    """,
}
BUTTONS = {
    "service_due": ("service-due", "Service Due"),
    "survey_results": ("survey", "Survey Results"),
    "relations": ("relations", "Relationships"),
}


@pytest.fixture
def opened(office, tmp_path, monkeypatch):
    """The store open without message boxes; what is kept for undoing lies in the test's folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))
    book = office.open(workbook(tmp_path / "open.xlsx", STORE))
    monkeypatch.setattr(type(book.book.app), "alert", lambda app, text, *rest, **more: None)
    return book


@pytest.mark.parametrize("name", BUTTONS)
def test_the_button_writes_what_the_command_writes(opened, tmp_path, name):
    from xl_retention.books.closed import ClosedBook

    command, sheet = BUTTONS[name]
    path = workbook(tmp_path / "closed.xlsx", STORE)
    press(opened, name)
    assert shell(command, path, "--date", "2026-11-21").code == 0

    live = LiveBook(opened.book)
    with ClosedBook(path) as closed:
        assert cells(live, sheet) == cells(closed, sheet)
        assert opened.model.CurrentController.ActiveSheet.Name == sheet


def test_a_promise_typed_in_the_window_is_kept_and_undone(opened):
    press(opened, "service_due")
    column = list(service_sheet.COLUMNS).index("promised")
    opened.cell("Service Due", f"{chr(65 + column)}5").String = "2026-12-20"
    press(opened, "service_due")

    live = LiveBook(opened.book)
    assert live.read("Maintenance Reminders")[1][-2:] != []
    assert live.read("Service Due")[4][column] == dt.datetime(2026, 12, 20)

    press(opened, "undo_last_run")

    assert "Maintenance Reminders" not in LiveBook(opened.book).sheet_names()


def test_a_promise_that_is_no_day_is_told_and_marked(opened, monkeypatch):
    press(opened, "service_due")
    cell = f"{chr(65 + list(service_sheet.COLUMNS).index('promised'))}5"
    opened.cell("Service Due", cell).String = "Saturday"
    told = []
    monkeypatch.setattr(type(opened.book.app), "alert", lambda app, text, *rest, **more: told.append(text))
    press(opened, "service_due")

    (text,) = told
    assert f"Service Due!{cell} Promised for Saturday: Type it as YYYY-MM-DD, or clear the cell." in text
    assert opened.cell("Service Due", cell).String == "Saturday"


def test_answers_typed_in_the_window_are_kept(opened):
    press(opened, "survey_results")
    press(opened, "generate_calls")
    live = LiveBook(opened.book)
    headings = live.read("Today's Calls")[2]
    (row,) = (n for n, each in enumerate(live.read("Today's Calls")) if "SVC-3D" in str(each[headings.index("Key")]))
    for heading, text in (("Outcome", "Connected"), ("Survey answers", "1: yes; 2: 9")):
        opened.cell("Today's Calls", f"{chr(65 + headings.index(heading))}{row + 1}").String = text
    press(opened, "save_results")

    kept = LiveBook(opened.book).read("Survey Answers")
    assert [each[1:4] for each in kept[1:]] == [[1, "yes", None], [2, "9", 9]]
    assert survey_templates.lay_out("en")[0] == ["Survey Templates"]
