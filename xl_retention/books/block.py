"""Blocks of cells that are put into a sheet of the staff's: where they lie, what they were, how they fit in."""

from __future__ import annotations

from dataclasses import dataclass

from xl_retention.books.book import KEEP
from xl_retention.books.cell_xml import Rows
from xl_retention.books.limits import MOST_COLUMNS, MOST_ROWS
from xl_retention.errors import WrongRequest


@dataclass(frozen=True)
class Block:
    """Cells of a sheet, rows and columns counted from 1, the last ones within."""

    first_row: int
    last_row: int
    first_column: int
    last_column: int


@dataclass(frozen=True)
class Replaced:
    """Cells of a sheet of the staff's as they were before `put`.

    Args:
        sheet: Its name.
        block: Where they lie.
        formulas: Their formulas and values, row by row.
        table: Name of the table that grew over them, "" if none did.
        table_rows: How many rows that table had, with its headings.
        last_column: Where the table or the filter ended that took columns in; 0 where none did.
    """

    sheet: str
    block: Block
    formulas: list[list[object]]
    table: str = ""
    table_rows: int = 0
    last_column: int = 0


def put_into_rows(rows: Rows, top: int, left: int, block: Rows) -> list[tuple[object, ...]]:
    """The rows of a sheet with a block of values in them (first cell from 1); KEEP leaves what is there."""
    made = [list(row) for row in rows]
    made += [[] for _ in range(top - 1 + len(block) - len(made))]
    for row, values in zip(made[top - 1 : top - 1 + len(block)], block, strict=True):
        end = left - 1 + len(values)
        row += [None] * (end - len(row))
        row[left - 1 : end] = [
            before if value is KEEP else value for before, value in zip(row[left - 1 : end], values, strict=True)
        ]
    return [tuple(row) for row in made]


def check_block(sheet: str, top: int, left: int, rows: Rows) -> None:
    """Raises `WrongRequest` for a block that does not lie on a sheet whole."""
    width = max((len(row) for row in rows), default=0)
    if top < 1 or left < 1 or top + len(rows) - 1 > MOST_ROWS or left + width - 1 > MOST_COLUMNS:
        raise WrongRequest(f"{len(rows):,} rows from row {top}, column {left} do not fit on {sheet}.")
