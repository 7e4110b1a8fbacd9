"""The sheets Staff Days Off and Capacity: who is away, and how many calls everybody makes a day."""

from __future__ import annotations

from xl_retention.books.book import Book
from xl_retention.domain.cadence import ROLES
from xl_retention.domain.capacity import Absence, Capacity
from xl_retention.domain.problems import Problem
from xl_retention.domain.words import canonical
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.small_tables import SmallRow, small_table
from xl_retention.sheets.typed_days import day_in
from xl_retention.sheets.wording import both

STAFF_DAYS_SHEETS = frozenset(clean_heading(name) for name in (*both("staff_days_sheet"), "Staff Holidays", "员工请假"))
CAPACITY_SHEETS = frozenset(clean_heading(name) for name in (*both("capacity_sheet"), "Work Load", "工作量"))
DAYS_HEADINGS = {
    "name": (*both("staff_name"), "Name", "姓名"),
    "first": (*both("off_from"), "First day", "起始日期"),
    "last": (*both("off_to"), "Last day", "结束日期"),
}
CAPACITY_HEADINGS = {
    "who": (*both("name_or_role"), "Name", "姓名", "Role", "岗位"),
    "calls": (*both("calls_a_day"), "Calls", "每日条数"),
}
MOST_CALLS = 10_000


def read_capacity(book: Book, days_sheet: str | None, capacity_sheet: str | None) -> tuple[Capacity, list[Problem]]:
    """What both sheets say; without them nobody is off and there is no limit beside `max_calls_per_staff_day`."""
    absences, problems = _absences(book, days_sheet) if days_sheet else ((), [])
    of_person: dict[str, int] = {}
    of_role: dict[str, int] = {}
    if capacity_sheet:
        rows, more = small_table(capacity_sheet, book.read(capacity_sheet), CAPACITY_HEADINGS, ("who", "calls"))
        problems = [*problems, *more]
        for row in rows:
            who, calls = row.text("who"), row.text("calls")
            if not (who and calls):
                continue
            if not (calls.isascii() and calls.isdecimal() and int(calls) <= MOST_CALLS):
                problems.append(
                    _fault(capacity_sheet, row, "calls", "number_not_understood", "a number of calls, 0 for no limit")
                )
                continue
            role = canonical("role", who)
            (of_role if role in ROLES else of_person).setdefault(role if role in ROLES else who, int(calls))
    return Capacity(of_person, of_role, absences), problems


def _absences(book: Book, sheet: str) -> tuple[tuple[Absence, ...], list[Problem]]:
    rows, problems = small_table(sheet, book.read(sheet), DAYS_HEADINGS, ("name", "first"))
    found = []
    for row in rows:
        first, last = (day_in(row.cells.get(name)) for name in ("first", "last"))
        wrong = [name for name, day in (("first", first), ("last", last)) if row.text(name) and day is None]
        problems += [_fault(sheet, row, name, "date_not_understood", "a date") for name in wrong]
        if wrong or first is None or not row.text("name"):
            continue
        if last is not None and last < first:
            problems.append(_fault(sheet, row, "last", "days_off_backwards", "the first day or a later one"))
            continue
        found.append(Absence(row.text("name"), first, last or first))
    return tuple(found), problems


def _fault(sheet: str, row: SmallRow, name: str, code: str, wanted: str) -> Problem:
    return Problem(
        code, "medium", sheet, row.address(name), row.headings[name], row.text(name), wanted,
        "Correct the cell; until then the row is not used.",
    )  # fmt: skip
