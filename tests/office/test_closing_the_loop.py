"""Complaints, cards and hand-over by their buttons in a workbook that is open in a real LibreOffice."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.drawn import VIN, shell, workbook
from xl_retention.books.live import LiveBook

NOW = dt.datetime(2026, 11, 21, 12, 0)
STORE = {
    "Customers": f"""
        Customer ID | Name | Mobile       | VIN   | Delivery Date | Sales Advisor
        C1          | Ada  | '13900000001 | {VIN} | 2026-11-18    | Li
        C2          | Bo   | '13900000002 |       |               | Li
    """,
    "Complaints": """
        Complaint ID | Customer ID | Received   | Category | Status | Handler
        T1           | C1          | 2026-11-20 | Service  | New    | Li
    """,
    "Prospects": """
        Prospect No | Name | Mobile       | Created    | Status
                    | Cy   | '13900000003 | 2026-11-20 | Open
        261101-01   | Di   | '13900000004 | 2026-11-01 | Delivered
    """,
    "Call Log": "Call ID|Customer ID|Call Date|Outcome|Agent\nL1|C1|2026-11-20|No answer|Li",
    "Staff": "Staff ID|Name|Role|Status\n1|Li|SA|Active\n2|Wu|SA|Active",
    "Handovers": "Handover No|From|To|Date",
}
COMMANDS = {
    "check_complaints": ("complaints", "--date", "2026-11-21T12:00"),
    "update_cards": ("cards", "--date", "2026-11-21"),
}


@pytest.fixture
def store(office, tmp_path, monkeypatch):
    """A drawn store closed, and open without message boxes; what is kept for undoing lies in the test's folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))
    opened = office.open(workbook(tmp_path / "open.xlsx", STORE))
    monkeypatch.setattr(type(opened.book.app), "alert", lambda app, text, *rest, **more: None)
    return workbook(tmp_path / "closed.xlsx", STORE), opened


def press(opened, name):
    from xl_retention.buttons import press_in

    press_in(opened.book, name, NOW)


def cells(book, sheet):
    """Its rows without the blank cells behind them."""
    return [trimmed(row) for row in book.read(sheet)]


def trimmed(row):
    row = list(row)
    while row and row[-1] in (None, ""):
        row.pop()
    return row


@pytest.mark.parametrize(
    ("name", "sheet"), [("check_complaints", "Complaint Clocks"), ("update_cards", "Yellow Card Plan")]
)
def test_the_button_writes_what_the_command_writes(store, name, sheet):
    from xl_retention.books.closed import ClosedBook

    path, opened = store
    press(opened, name)
    live = LiveBook(opened.book)
    command, *options = COMMANDS[name]
    assert shell(command, path, *options).code == 0

    with ClosedBook(path) as closed:
        for each in (*STORE, sheet):
            if each != "Call Log":  # there the button says who pressed it
                assert cells(live, each) == cells(closed, each), each
        assert len(live.read("Call Log")) == len(closed.read("Call Log"))


def test_names_on_the_form_hand_over_and_undo_gives_back(store):
    _, opened = store
    before = {sheet: LiveBook(opened.book).read(sheet) for sheet in STORE}
    press(opened, "hand_over")
    form = "Hand-over Form"
    assert opened.model.CurrentController.ActiveSheet.Name == form

    opened.cell(form, "A4").String = "Li"
    opened.cell(form, "B4").String = "Wu"
    press(opened, "hand_over")

    live = LiveBook(opened.book)
    assert [row[5] for row in live.read("Customers")[1:]] == ["Wu", "Wu"]
    assert live.read("Complaints")[1][5] == "Wu"
    assert live.read("Call Log")[1][4] == "Li"
    assert [row[0] for row in live.read(form)[5:]] == ["C1", "C2"]

    press(opened, "undo_last_run")

    assert {sheet: LiveBook(opened.book).read(sheet) for sheet in STORE} == before
