"""What the buttons do to a workbook that is open in a real LibreOffice, without the mouse."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.actions.drawn import VIN, workbook

NOW = dt.datetime(2026, 11, 21, 8, 30)
STORE = {
    "Customers": f"""
        Customer ID | Customer | Mobile      | VIN               | Delivery date | Sales advisor
        C1          | Wu       | '13800138000 | {VIN} | 2026-11-18    | Li
        C2          | Zhao     | '13800138001 | LSVAA4187E2184848 | 2026-11-14    | Li
    """,
}  # fmt: skip
OUTCOME = 13
"""Place of the column for the outcome."""


@pytest.fixture
def press(office, tmp_path, monkeypatch):
    """Opens a drawn store and presses buttons in it; what is kept for undoing lies in the test's folder."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))
    opened = office.open(workbook(tmp_path / "store.xlsx", STORE))

    def pressed(name, now=NOW):
        from xl_retention.buttons import press_in

        press_in(opened.book, name, now)
        return opened

    return pressed


def rows(opened, sheet):
    from xl_retention.books.live import LiveBook

    return LiveBook(opened.book).read(sheet)


def test_generate_shows_the_calls_and_brings_them_to_the_front(press):
    opened = press("generate_calls")

    assert {"Wu", "Zhao"} == {row[1] for row in rows(opened, "Today's Calls")[3:]}
    assert opened.model.CurrentController.ActiveSheet.Name == "Today's Calls"


def test_what_is_typed_and_not_saved_is_still_there_after_generating_again(press):
    opened = press("generate_calls")
    opened.cell("Today's Calls", "N4").String = "接通"
    opened.cell("Today's Calls", "P4").String = "=calls back"
    key = opened.cell("Today's Calls", "R4").String

    press("generate_calls", NOW + dt.timedelta(days=1))

    (row,) = [row for row in rows(opened, "Today's Calls")[3:] if key in row[17]]
    assert (row[13], row[15]) == ("接通", "=calls back")


def test_undo_takes_away_sheets_that_were_not_there_before(press):
    opened = press("generate_calls")

    press("undo_last_run")

    assert [sheet.name for sheet in opened.book.sheets] == ["Customers"]


def test_undo_puts_the_list_of_before_back(press):
    opened = press("generate_calls")
    before = rows(opened, "Today's Calls")
    press("generate_calls", NOW + dt.timedelta(days=2))
    assert before != rows(opened, "Today's Calls")

    press("undo_last_run")

    assert before == rows(opened, "Today's Calls")


def test_undo_keeps_what_was_typed_since(press):
    opened = press("generate_calls")
    press("generate_calls", NOW + dt.timedelta(days=1))
    opened.cell("Today's Calls", "N4").String = "未接"
    key = opened.cell("Today's Calls", "R4").String

    press("undo_last_run")

    (row,) = [row for row in rows(opened, "Today's Calls")[3:] if row[17] == key]
    assert row[OUTCOME] == "未接"


def test_check_data_lists_the_faults(press):
    opened = press("check_data")

    assert rows(opened, "Data Checks")[2][0] == "Severity"
    assert opened.model.CurrentController.ActiveSheet.Name == "Data Checks"


def test_the_status_bar_is_given_back(press):
    opened = press("generate_calls")

    assert not opened.book.app.status_bar

