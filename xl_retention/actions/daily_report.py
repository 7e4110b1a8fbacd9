"""Daily report: the button and the command `report` (DOM 6.1 "Check", 6.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions import generate_calls
from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.actions.own_sheets import own_sheet
from xl_retention.books.book import Book
from xl_retention.domain.day_report import PersonsDay, day_report
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import todays_calls
from xl_retention.sheets import daily_report_sheet
from xl_retention.sheets.calls import call_reasons
from xl_retention.sheets.masked_columns import as_reported
from xl_retention.sheets.reading.reader import read_store

_MORE = {
    "contact_log": ("feedback", "checked_by"),
    "complaint": ("content",),
    "booking": ("purpose",),
    "prospect": ("cancel_date", "intent_model", "reviewed_by"),
    "base_card": ("card_no", "customer_id", "month_file", "manager_checked"),
}
NEEDED = {
    name: (*generate_calls.NEEDED.get(name, ()), *_MORE.get(name, ()))
    for name in dict.fromkeys((*generate_calls.NEEDED, *_MORE))
}


@dataclass(frozen=True)
class ReportedDay:
    """
    What the action found.

    Args:
        staff: The only person asked for; None for all.
        cells: As the sheet shows it.
        sheet: Name of the sheet with the report in this workbook.
    """

    situation: Situation
    people: tuple[PersonsDay, ...]
    staff: str | None
    cells: list[list[object]]
    problems: tuple[Problem, ...]
    language: str
    sheet: str

    @property
    def calls_made(self) -> int:
        """Contacts of the day, of the people reported on."""
        return sum(len(day.made) for day in self.people)

    def as_json(self) -> list[dict[str, object]]:
        """A person each; results go by their words in DOM 2.18, rows by their numbers."""
        store = self.situation.store
        log, complaints, bookings = store["contact_log"], store["complaint"], store["booking"]
        return [
            {
                "staff": day.staff,
                "calls_made": len(day.made),
                "results": dict(sorted(day.results(log.texts("result")).items())),
                "open": len(day.left),
                "overdue": day.overdue,
                "complaints": complaints.texts("complaint_id")[day.complaints].tolist(),
                "bookings": bookings.texts("booking_id")[day.bookings].tolist(),
                "unread": log.texts("contact_id")[day.unread].tolist(),
                "unread_prospects": store["prospect"].texts("prospect_no")[day.unread_prospects].tolist(),
                "unread_cards": store["base_card"].texts("card_no")[day.unread_cards].tolist(),
            }
            for day in self.people
        ]


def report_day(
    book: Book, as_of: dt.date, staff: str | None = None, *, write: bool = True, progress: Progress
) -> ReportedDay:
    """
    Works out the report of a day and shows it on the sheet Daily Report.

    Args:
        staff: Only this person; "" for everybody, None for who is typed into the sheet's yellow cell.
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    store = read_store(book, NEEDED)
    language = store.language
    name = own_sheet(book, "report_sheet", language, daily_report_sheet.is_ours)
    asked = (staff.strip() if staff is not None else _typed(book, name)) or None
    progress("computing")
    situation = Situation(store, as_of)
    worklist = todays_calls(situation)
    people = tuple(day_report(situation, worklist, asked))
    reasons = call_reasons.reasons(situation, worklist, language)
    laid = daily_report_sheet.lay_out(situation, worklist, reasons, people, asked, language)
    cells = as_reported(laid, daily_report_sheet.HEADING_ROW, situation.parameters)
    if write:
        progress("writing")
        book.write(name, cells, daily_report_sheet.layout(language))
    return ReportedDay(
        situation, people, asked, [list(row) for row in cells], all_problems(store, situation), language, name
    )


def _typed(book: Book, sheet: str) -> str:
    return daily_report_sheet.typed_name(book.head(sheet).rows()) if sheet in book.sheet_names() else ""
