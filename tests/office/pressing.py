"""Presses the buttons of a clerk's day in an open workbook and counts what each asks of the office."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from pathlib import Path

from benchmarks.workbooks import make_workbook
from tests.office.counting import counting_book
from tests.office.soffice import Office, Opened

NOW = dt.datetime(2026, 11, 21, 8, 30)
PRESSED = ("generate_calls", "save_results", "refresh_kpis", "refresh_classes", "check_data", "undo_last_run")
"""In this order; the last takes back the one before."""
LIST, HEADING_ROW = "Today's Calls", 2


def calls_of_buttons(office: Office, folder: Path, customers: int) -> dict[str, Counter[str]]:
    """For each button how often it asked or set which member, in a store of so many customers."""
    path = folder / f"store-{customers}.xlsx"
    make_workbook(path, customers)
    opened = office.open(path)
    try:
        return {name: _calls(opened, name) for name in PRESSED}
    finally:
        opened.close()


def _calls(opened: Opened, button: str) -> Counter[str]:
    """In a book that has not been looked at before."""
    from xl_retention.buttons import press_in

    if button == "save_results":
        _answer_all(opened)
    book, calls = counting_book(opened)
    press_in(book, button, NOW)
    return calls.by_name


def _answer_all(opened: Opened) -> None:
    """Types that each call reached the customer."""
    sheet = opened.model.Sheets.getByName(LIST)
    cursor = sheet.createCursor()
    cursor.gotoEndOfUsedArea(False)
    last, width = cursor.RangeAddress.EndRow, cursor.RangeAddress.EndColumn
    (headings,) = sheet.getCellRangeByPosition(0, HEADING_ROW, width, HEADING_ROW).getDataArray()
    place = headings.index("Outcome")
    calls = last - HEADING_ROW
    sheet.getCellRangeByPosition(place, HEADING_ROW + 1, place, last).setDataArray((("Connected",),) * calls)
