"""Check data: how a workbook is understood, and everything that is wrong in it."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress, all_problems
from xl_retention.books.book import Book
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
    What the action found; it writes nothing.

    Args:
        language: Of the workbook's own words.
    """

    sheets: tuple[MappedSheet, ...]
    problems: tuple[Problem, ...]
    language: str


def check_data(book: Book, as_of: dt.date, *, progress: Progress) -> CheckedData:
    """
    Reads everything and reports all faults at once.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read.
    """
    progress("reading")
    recognised = recognise_sheets(book)
    store = read_store(book)
    progress("computing")
    situation = Situation(store, as_of)
    problems = all_problems(store, situation)
    return CheckedData(tuple(_mapped(match) for match in recognised.matches), problems, store.language)


def _mapped(match: SheetMatch) -> MappedSheet:
    columns = {field: column.heading for (_, field), column in match.columns.items()}
    return MappedSheet(match.sheet, match.header_row, match.entity, columns, tuple(match.unmatched))
