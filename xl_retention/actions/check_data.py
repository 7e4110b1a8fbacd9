"""Check data: how a workbook is understood, and everything that is wrong in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.actions.own_sheets import write_checks
from xl_retention.books.book import Book
from xl_retention.domain.cards import card_problems, contact_problems
from xl_retention.domain.complaint_clock import complaint_problems
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.sheets.headers import SheetMatch
from xl_retention.sheets.reader import read_store, recognise_sheets


@dataclass(frozen=True)
class MappedSheet:
    """How one sheet is understood.

    Args:
        table: Name of its table (DOM 2.2).
        columns: Heading by field name; a vehicle column of a wide sheet goes by its field name too.
    """

    sheet: str
    header_row: int
    table: str
    columns: dict[str, str]
    unmatched: tuple[str, ...]


@dataclass(frozen=True)
class CheckedData:
    """
    What the action found.

    Args:
        language: Of the workbook's own words.
        checks_sheet: Name of the sheet that shows the findings, "" where they were not written.
    """

    sheets: tuple[MappedSheet, ...]
    problems: tuple[Problem, ...]
    language: str
    checks_sheet: str = ""


def check_data(book: Book, as_of: dt.date, *, progress: Progress, write: bool = False) -> CheckedData:
    """
    Reads everything and reports all faults at once.

    Args:
        write: Whether they are also put on the sheet Data Checks; a command only tells them.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
    """
    progress("reading")
    recognised = recognise_sheets(book)
    store = read_store(book)
    progress("computing")
    situation = Situation(store, as_of)
    problems = (
        *all_problems(store, situation),
        *complaint_problems(situation),
        *card_problems(situation),
        *contact_problems(situation),
    )
    written = write_checks(book, problems, as_of, store.language) if write else ""
    return CheckedData(tuple(_mapped(match) for match in recognised.matches), problems, store.language, written)


def _mapped(match: SheetMatch) -> MappedSheet:
    columns = {field: column.heading for (_, field), column in match.columns.items()}
    return MappedSheet(match.sheet, match.header_row, match.entity, columns, tuple(match.unmatched))
