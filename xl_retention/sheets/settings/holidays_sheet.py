"""The store's own holiday sheet: days off and make-up working days (DOM V17)."""

from __future__ import annotations

import datetime as dt

from xl_retention.books.book import Book
from xl_retention.books.grid import Grid
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import Kind
from xl_retention.domain.words import canonical
from xl_retention.domain.working_days import WorkingDays
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.small_tables import small_table

HOLIDAY_SHEETS = frozenset(clean_heading(name) for name in ("Holidays", "节日表", "节假日", "假日", "Days Off"))
HEADINGS = {
    "date": ("Date", "日期", "Day"),
    "working": ("Working day", "上班", "Working", "Open", "是否上班", "调休上班"),
    "name": ("Name", "节日", "名称", "Holiday"),
}


def read_holidays(book: Book, sheet: str | None, country: str) -> tuple[WorkingDays, list[Problem]]:
    """The calendar of *country* with the store's own days laid over it; a blank mark is a day off."""
    if sheet is None:
        return WorkingDays(country), []
    rows, problems = small_table(sheet, book.read(sheet), HEADINGS, ("date",))
    rows = [row for row in rows if row.text("date")]
    own: dict[dt.date, bool | str] = {}
    if rows:
        cleaned = clean(Grid.of([[row.cells["date"]] for row in rows]).columns[0], Kind.DATE)
        for row, moment in zip(rows, cleaned.values.astype("datetime64[s]").tolist(), strict=True):
            if moment is not None:
                own[moment.date()] = _mark(row.text("working"))
        problems.extend(
            Problem(
                "date_not_understood",
                "medium",
                sheet,
                rows[place].address("date"),
                rows[place].headings["date"],
                rows[place].text("date"),
                cleaned.wanted,
                "Type it as YYYY-MM-DD, or clear the cell.",
            )
            for place in cleaned.refused.tolist()
        )
    return WorkingDays(country, own), problems


def _mark(text: str) -> bool | str:
    """Whether the store works that day: yes, no, or a word of its own such as 调休上班."""
    answer = canonical("yes_no", text)
    return text if answer is None else answer == "yes"
