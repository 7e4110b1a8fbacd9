"""Values put into sheets of the staff's in an open workbook: tables and filters take them in, and give them back."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import xlwings as xw

from xl_retention.books.block import Block, Replaced
from xl_retention.books.book import KEEP
from xl_retention.books.cell_xml import letters
from xl_retention.books.live_filters import filter_of, set_end
from xl_retention.books.live_values import NUMBER_FORMATS, two_dimensional, typed
from xl_retention.books.own_columns import width
from xl_retention.errors import BookRefused


@dataclass(frozen=True)
class Put:
    """
    Values for a block of cells.

    Args:
        sheet: Name of the sheet.
        top, left: Row and column of the first cell, from 1.
        rows: All of one width; KEEP leaves a cell.
        are_new_columns: Whether these are columns that were not there, with their headings.
    """

    sheet: str
    top: int
    left: int
    rows: list[list[object]]
    are_new_columns: bool = False

    @property
    def block(self) -> Block:
        """The cells that they are for."""
        return Block(
            self.top, self.top + len(self.rows) - 1, self.left, self.left + max(map(len, self.rows), default=1) - 1
        )


def cells_of(sheet: xw.Sheet, block: Block) -> xw.Range:
    """The cells of a block."""
    return sheet.range((block.first_row, block.first_column), (block.last_row, block.last_column))


def formulas_of(sheet: xw.Sheet, block: Block) -> list[list[object]]:
    """Formulas and values of a block, row by row."""
    return two_dimensional(cells_of(sheet, block).formula)


def list_end(sheet: xw.Sheet, heading_row: int, beside: int) -> int | None:
    """
    Last column (from 0) of the table or filter that a list is; None where it is neither.

    Args:
        heading_row: Of the list, from 1.
        beside: A column of the list, from 1.
    """
    for table in sheet.tables:
        place = table.range
        if place.row == heading_row and place.column <= beside < place.column + place.shape[1]:
            return int(place.column + place.shape[1] - 2)
    filtered = filter_of(sheet)
    if filtered and filtered.top == heading_row and filtered.first <= beside <= filtered.last:
        return filtered.last - 1
    return None


# --- in -----------------------------------------------------------------------------------------------------


def make_room(sheet: xw.Sheet, put: Put) -> Replaced:
    """
    Lets the table or filter beside the block take it in.

    Returns:
        What the cells were.

    Raises:
        BookRefused: A formula would be overwritten, or rows are hidden by a filter that has to grow.
    """
    block, formulas = put.block, formulas_of(sheet, put.block)
    for number, (row, before) in enumerate(zip(put.rows, formulas, strict=True), block.first_row):
        for place, (value, formula) in enumerate(zip(row, before, strict=True), block.first_column - 1):
            if value is not KEEP and isinstance(formula, str) and formula.startswith("="):
                raise BookRefused(
                    f"{put.sheet}!{letters(place)}{number} holds a formula, which is not overwritten; "
                    "replace it by a value, or keep that column elsewhere, and try again."
                )
    taken_in = _take_columns_in(sheet, block) if put.are_new_columns else _grow_table(sheet, block)
    return Replaced(put.sheet, block, formulas, *taken_in)


def fill(sheet: xw.Sheet, put: Put) -> None:
    """Writes the values, those of neighbouring columns as one block."""
    if put.are_new_columns:
        _set_looks(sheet, put)
    for first, last in _runs_to_write(put.rows):
        for place in range(first, last + 1):
            _suit(sheet, put, place)
        textual = [_is_text(sheet, put, place) for place in range(first, last + 1)]
        cells = sheet.range((put.top, put.left + first), (put.block.last_row, put.left + last))
        cells.value = [
            [typed(value, as_text=text) for value, text in zip(row[first : last + 1], textual, strict=True)]
            for row in put.rows
        ]
    for number, row in enumerate(put.rows):  # single cells of columns that are kept elsewhere
        for place, value in enumerate(row):
            if value is not KEEP and any(other[place] is KEEP for other in put.rows):
                text = _is_text(sheet, put, place)
                sheet.range((put.top + number, put.left + place)).value = typed(value, as_text=text)


def _grow_table(sheet: xw.Sheet, block: Block) -> tuple[str, int, int]:
    """Lets a table that ends just above the block take it in; its name, its rows of before, and no column."""
    for table in sheet.tables:
        place = table.range
        height, width = place.shape
        beside = place.column <= block.last_column and block.first_column < place.column + width
        if beside and place.row + height == block.first_row and not table.show_totals:
            table.resize(place.resize(height + block.last_row - block.first_row + 1))
            return str(table.name), int(height), 0
    return "", 0, 0


def _take_columns_in(sheet: xw.Sheet, block: Block) -> tuple[str, int, int]:
    """Lets the table or filter that ends just left of the columns take them in; its name, no rows, and its old end."""
    for table in sheet.tables:
        place = table.range
        if place.row == block.first_row and place.column + place.shape[1] == block.first_column:
            table.resize(place.resize(place.shape[0], block.last_column - place.column + 1))
            return str(table.name), 0, block.first_column - 1
    there = filter_of(sheet)
    if there and there.top == block.first_row and there.last == block.first_column - 1:
        set_end(sheet, there, block.last_column)
        return "", 0, there.last
    return "", 0, 0


def _set_looks(sheet: xw.Sheet, put: Put) -> None:
    """New columns are wide enough, and their headings bold."""
    sheet.range((put.top, put.left), (put.top, put.block.last_column)).font.bold = True
    for place in range(len(put.rows[0])):
        sheet.range((put.top, put.left + place)).column_width = width([row[place] for row in put.rows])


def _suit(sheet: xw.Sheet, put: Put, place: int) -> None:
    """New cells of a column look like the one above; a date never looks like a number."""
    column = _column(sheet, put, place)
    if column.number_format != "General":
        return
    above = sheet.range((put.top - 1, put.left + place)).number_format if put.top > 1 else "General"
    values = [row[place] for row in put.rows]
    if above != "General":
        column.number_format = above
    elif any(isinstance(value, dt.datetime) and value.time() != dt.time() for value in values):
        column.number_format = NUMBER_FORMATS["datetime"]
    elif any(isinstance(value, dt.date) for value in values):
        column.number_format = NUMBER_FORMATS["date"]


def _is_text(sheet: xw.Sheet, put: Put, place: int) -> bool:
    return bool(_column(sheet, put, place).number_format == "@")


def _column(sheet: xw.Sheet, put: Put, place: int) -> xw.Range:
    return sheet.range((put.block.first_row, put.left + place), (put.block.last_row, put.left + place))


def _runs_to_write(rows: Sequence[Sequence[object]]) -> Iterator[tuple[int, int]]:
    """First and last place of each run of neighbouring columns of which no cell is kept."""
    whole = [all(row[place] is not KEEP for row in rows) for place in range(len(rows[0]))]
    first = None
    for place, write in enumerate([*whole, False]):
        if write and first is None:
            first = place
        elif not write and first is not None:
            yield first, place - 1
            first = None


# --- and back -----------------------------------------------------------------------------------------------


def put_back(sheet: xw.Sheet, cells: Replaced) -> None:
    """Gives cells what they were; a table or filter that took them in ends where it did, unless it grew since."""
    if cells.last_column:
        _narrow(sheet, cells)
    cells_of(sheet, cells.block).formula = [list(row) for row in cells.formulas]
    if cells.table and cells.table_rows:
        table = sheet.tables[cells.table]
        place = table.range
        if place.row + place.shape[0] - 1 <= cells.block.last_row:
            table.resize(place.resize(cells.table_rows))


def _narrow(sheet: xw.Sheet, cells: Replaced) -> None:
    """Lets a table or filter end where it did before it took columns in."""
    if cells.table:
        place = sheet.tables[cells.table].range
        sheet.tables[cells.table].resize(place.resize(place.shape[0], cells.last_column - place.column + 1))
    elif there := filter_of(sheet):
        set_end(sheet, there, cells.last_column)
