"""The store's own holiday sheet: days off and make-up working days (DOM V17)."""

from __future__ import annotations

import datetime as dt

from xl_retention.books.book import Book
from xl_retention.domain.working_days import WorkingDays
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.small_tables import small_rows

HOLIDAY_SHEETS = frozenset(clean_heading(name) for name in ("Holidays", "节日表", "节假日", "假日", "Days Off"))
HEADINGS = {
    "date": ("Date", "日期", "Day"),
    "working": ("Working day", "Working", "Open", "上班", "是否上班", "调休上班"),
    "name": ("Name", "节日", "名称", "Holiday"),
}


def read_holidays(book: Book, sheet: str | None, country: str) -> WorkingDays:
    """The calendar of *country* with the store's own days laid over it; a blank mark is a day off."""
    own: dict[dt.date, bool | str] = {}
    if sheet is not None:
        for row in small_rows(book.read(sheet), HEADINGS, ("date",)):
            day = row.cells["date"]
            if isinstance(day, dt.datetime):
                own[day.date()] = row.text("working")
    return WorkingDays(country, own)
