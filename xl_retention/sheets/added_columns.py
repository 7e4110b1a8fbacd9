"""Columns that an action needs on a sheet of the staff's which has none for them yet."""

from __future__ import annotations

from collections.abc import Collection, Iterable

from xl_retention.books.book import Book
from xl_retention.books.grid import CellKind
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers import SheetMatch
from xl_retention.sheets.reading.reader import recognise_sheets
from xl_retention.sheets.staff_sheets import heading


def add_columns(book: Book, entity: str, names: Collection[str], sheets: Collection[str], language: str) -> None:
    """
    Puts the headings that are missing right of all that a sheet holds.

    Args:
        entity: The table.
        names: Its fields.
        sheets: On which of its sheets.
    """
    for match in recognise_sheets(book).matches:
        if match.entity == entity and match.sheet in sheets:
            missing = [name for name in names if (entity, name) not in match.columns]
            for place, name in enumerate(missing, _first_free(book, match) if missing else 0):
                book.put(
                    match.sheet, match.header_row, place + 1, [[heading(ENTITIES[entity].field(name), language)]]
                )


def _first_free(book: Book, match: SheetMatch) -> int:
    columns = book.grid(match.sheet).columns
    used: Iterable[int] = (place for place, column in enumerate(columns) if (column.kind != CellKind.BLANK).any())
    return max(used, default=-1) + 1
