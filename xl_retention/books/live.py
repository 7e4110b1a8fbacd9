"""An open workbook, in Excel or LibreOffice, through xlwings: the same methods as a file.

Each sheet that is needed comes in as one block and goes out as one block, so the number of calls to the
application does not grow with the rows. Nothing is written before `save`, which shows all sheets at once.
"""

from __future__ import annotations

import datetime as dt
import math
import tempfile
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import numpy as np
import xlwings as xw

from xl_retention.books.book import KEEP
from xl_retention.books.cell_xml import letters, plain
from xl_retention.books.formulas import Formula, shown
from xl_retention.books.fresh import single_sheet
from xl_retention.books.grid import CellKind, Column, Grid
from xl_retention.books.layout import Look, SheetLayout
from xl_retention.books.live_filters import filter_of, set_end
from xl_retention.books.own_columns import block as block_of
from xl_retention.books.own_columns import changed_cells, planned, width
from xl_retention.books.put_cells import check_block, put_into_rows
from xl_retention.books.styles import DRAWINGS
from xl_retention.errors import BookRefused

NUMBER_FORMATS: dict[Look, str] = {
    # Text columns are text before a value is written, or a phone number would become a number.
    "text": "@", "wrapped": "@", "input": "@", "link": "@", "code": "@", "section": "@",
    "date": "yyyy-mm-dd", "input_date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm",
}  # fmt: skip
_WRAPPED: frozenset[Look] = frozenset({"wrapped"})
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"})
_SAVED: Mapping[str, Callable[[Any], bool]] = {
    "Saved": bool,
    "isModified": lambda modified: not modified(),
    "saved": lambda saved: bool(saved.get()),
}
"""How Excel on Windows, LibreOffice and Excel on a Mac tell whether a workbook is saved, by the name that each has."""
_CLOCK_DAY = dt.date(1899, 12, 30)
"""The day that a cell with a clock time only is read with."""


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


@dataclass(frozen=True)
class _Put:
    sheet: str
    top: int
    left: int
    rows: list[list[object]]
    are_new_columns: bool = False

    @property
    def block(self) -> Block:
        return Block(
            self.top, self.top + len(self.rows) - 1, self.left, self.left + max(map(len, self.rows), default=1) - 1
        )


@dataclass(frozen=True)
class _Pending:
    name: str
    rows: list[list[object]]
    layout: SheetLayout | None


class LiveBook:
    """A workbook that is open in a spreadsheet program; a `Book`.

    Args:
        book: Of xlwings, whatever engine stands behind it.
        reading: Is told the sheet that is read next, its number and how many there are.

    Attributes:
        before: What `save` replaced: the rows of each sheet as they were, None for a sheet that was not there.
        replaced: The cells of the staff's sheets that `save` replaced, in the order in which it did.
    """

    def __init__(self, book: xw.Book, reading: Callable[[str, int, int], None] | None = None) -> None:
        self._book = book
        self._reading = reading
        self._pending: dict[str, _Pending] = {}
        self._puts: list[_Put] = []
        self.before: dict[str, list[list[object]] | None] = {}
        self.replaced: list[Replaced] = []

    @property
    def is_saved(self) -> bool:
        """Whether the file on the disk holds what the window shows."""
        api = self._book.api
        for name, saved in _SAVED.items():
            with suppress(AttributeError):
                return saved(getattr(api, name))
        return True

    def save_file(self) -> None:
        """
        Saves the file where it is, as the person at the window would.

        Raises:
            BookRefused: The program cannot save it.
        """
        try:
            self._book.save()
        except Exception as error:
            raise BookRefused(
                f"{self._book.name} could not be saved ({error}); save it yourself, then try again."
            ) from error

    def open_beside(self, path: Path, sheet: str) -> None:
        """Opens another workbook in the same program, with one of its sheets in front."""
        opened = self._book.app.books.open(str(path))
        names = {each.name.casefold(): each.name for each in opened.sheets}
        if name := names.get(sheet.casefold()):
            opened.sheets[name].activate()

    def sheet_names(self) -> list[str]:
        """Names of the worksheets in their order, those written but not saved yet last."""
        names = [sheet.name for sheet in self._book.sheets]
        known = {name.casefold() for name in names}
        return names + [pending.name for key, pending in self._pending.items() if key not in known]

    def read(self, sheet: str) -> list[list[object]]:
        """All cells from A1 to the last used one; dates as datetime, blanks as None."""
        return self.grid(sheet).rows()

    def head(self, sheet: str, rows: int = 30) -> Grid:
        """The first rows of a sheet, without reading the rest of it."""
        return self._grid(sheet, rows)

    def grid(self, sheet: str, columns: Collection[int] | None = None) -> Grid:
        """The whole sheet as arrays; with *columns* (places from 0) the others come back blank."""
        grid = self._grid(sheet)
        if columns is None:
            return grid
        blank = Grid.of([[None]] * grid.height).columns if grid.height else []
        kept = [column if place in columns else blank[0] for place, column in enumerate(grid.columns)]
        return Grid(kept, grid.height)

    def grids(self, sheets: Sequence[str]) -> Iterator[Grid]:
        """Several whole sheets in their order."""
        for number, sheet in enumerate(sheets, 1):
            if self._reading:
                self._reading(sheet, number, len(sheets))
            yield self.grid(sheet)

    def write(self, sheet: str, rows: Sequence[Sequence[object]], layout: SheetLayout | None = None) -> None:
        """Replaces the values of a sheet of ours, created if absent; text is written as text, never as formula.

        Args:
            layout: How a new sheet looks; of one that is there the looks stay, but for what its columns hold.
        """
        width = max((len(row) for row in rows), default=0)
        cells = [[_plain_cell(value) for value in row] + [None] * (width - len(row)) for row in rows]
        self._pending[sheet.casefold()] = _Pending(sheet, cells, layout)

    def put(self, sheet: str, top: int, left: int, rows: Sequence[Sequence[object]]) -> None:
        """Writes values into a block of cells of a sheet that is not ours; everything else of it stays.

        A table that ends just above the block takes it in.

        Args:
            top, left: Row and column of the first cell, from 1.
            rows: None and "" blank a cell, KEEP leaves it; text is written as text, never as formula.
        """
        check_block(sheet, top, left, rows)
        width = max((len(row) for row in rows), default=0)
        if rows and width:
            cells = [[value if value is KEEP else plain(value) for value in row] for row in rows]
            self._puts.append(_Put(sheet, top, left, [[*row, *[KEEP] * (width - len(row))] for row in cells]))

    def put_columns(
        self, sheet: str, heading_row: int, beside: int, columns: Mapping[str, Sequence[object]]
    ) -> None:
        """Writes columns of ours into a sheet of the staff's; everything else of it stays.

        A heading that is there already keeps its column. Further ones come directly right of the table, the
        filtered list or the last used column, and the table or filter takes them in.

        Args:
            heading_row: Of the list, from 1.
            beside: A column of the list, from 1, that has a heading.
            columns: By heading the values of the rows below it; KEEP leaves a cell.

        Raises:
            BookRefused: Something stands right of the list, where a new column would go.
        """
        grid = self.grid(sheet)
        plan = planned(grid, heading_row, beside, columns, self._list_end(sheet, heading_row, beside), sheet)
        cells = changed_cells(grid, plan, columns)
        added = {plan.places[heading] for heading in plan.added}
        known = {place: column[1:] for place, column in cells.items() if place not in added}
        for place, column in known.items():
            # One block per column, not a call per cell: what is kept is written as it is.
            before = grid.columns[place].values()[heading_row:]
            both = zip_longest(before[: len(column)], column)
            known[place] = [now if value is KEEP else value for now, value in both]
        for top, part, are_new in (
            (heading_row + 1, known, False),
            (heading_row, {place: cells[place] for place in cells if place in added}, True),
        ):
            if part:
                first, rows = block_of(part)
                made = [[value if value is KEEP else plain(value) for value in row] for row in rows]
                if are_new:
                    made = [[None if value is KEEP else value for value in row] for row in made]
                self._puts.append(_Put(sheet, top, first + 1, made, are_new))

    def _list_end(self, sheet: str, heading_row: int, beside: int) -> int | None:
        """Last column (from 0) of the table or filter that a list is."""
        there = self._sheet(sheet)
        for table in there.tables:
            place = table.range
            if place.row == heading_row and place.column <= beside < place.column + place.shape[1]:
                return int(place.column + place.shape[1] - 2)
        filtered = filter_of(there)
        if filtered and filtered.top == heading_row and filtered.first <= beside <= filtered.last:
            return filtered.last - 1
        return None

    def save(self, path: str | Path | None = None) -> None:
        """Shows what was written; saving the file stays with the person who has it open.

        Raises:
            BookRefused: A sheet is protected or cannot be added; sheets shown before are put back as they were.
        """
        if path is not None:
            raise BookRefused("An open workbook is saved by the program that has it open; use its own Save As.")
        with self.quiet():
            self.before = {name: self._rows_now(pending.name) for name, pending in self._pending.items()}
            self.replaced = []
            shown: list[_Pending] = []
            at = ""
            try:
                for put in self._puts:
                    at = put.sheet
                    self._fill(put)
                for pending in self._pending.values():
                    at = pending.name
                    shown.append(pending)
                    self._show(pending)
            except Exception as error:
                for pending in shown:
                    self._put_back(pending)
                with suppress(Exception):  # the first failure is the one to tell
                    self.restore(self.replaced)
                if isinstance(error, BookRefused):
                    raise
                raise BookRefused(
                    f"The sheet '{at}' could not be written ({error}); if it or the workbook is "
                    "protected, lift the protection (Review) and try again."
                ) from error
            finally:
                self._pending.clear()
                self._puts.clear()

    def restore(self, replaced: Sequence[Replaced]) -> None:
        """
        Puts cells of the staff's sheets back as they were before `put`, the last first.

        A table that got further rows since keeps them.
        """
        for cells in reversed(replaced):
            if cells.last_column:
                self._narrow(cells)
            self.fill_rows(cells.sheet, cells.block, cells.formulas)
            if cells.table and cells.table_rows:
                table = self._sheet(cells.sheet).tables[cells.table]
                place = table.range
                if place.row + place.shape[0] - 1 <= cells.block.last_row:
                    table.resize(place.resize(cells.table_rows))

    def formulas(self, sheet: str, block: Block) -> list[list[object]]:
        """Formulas and values of cells, as `fill_rows` takes them."""
        return _two_dimensional(self._cells(sheet, block).formula)

    def show(self, sheet: str) -> None:
        """Brings a sheet to the front."""
        self._sheet(sheet).activate()

    def marked(self) -> tuple[str, int, int]:
        """Sheet, row and column (from 1) of the cell that is marked; A1 of the sheet in front where none is."""
        marked = self._book.app.selection
        if marked is None:
            return str(self._book.sheets.active.name), 1, 1
        return str(marked.sheet.name), int(marked.row), int(marked.column)

    def remove(self, sheet: str) -> None:
        """Takes a sheet of ours away, with all it holds."""
        with self._book.app.properties(display_alerts=False):
            self._sheet(sheet).delete()

    def cut_rows(self, sheet: str, block: Block) -> list[list[object]]:
        """Takes rows out of a table; what lies below moves up, cells left and right of the block stay.

        Returns:
            Their formulas and values, as `put_rows` takes them.
        """
        cells = self._cells(sheet, block)
        formulas = self.formulas(sheet, block)
        cells.delete("up")
        return formulas

    def clear_rows(self, sheet: str, block: Block) -> list[list[object]]:
        """Blanks rows of a table that would be empty without them; their looks stay.

        Returns:
            What stood there, as `fill_rows` takes it.
        """
        cells = self._cells(sheet, block)
        formulas = self.formulas(sheet, block)
        cells.clear_contents()
        return formulas

    def fill_rows(self, sheet: str, block: Block, formulas: Sequence[Sequence[object]]) -> None:
        """Puts formulas and values into cells that are there."""
        self._cells(sheet, block).formula = [list(row) for row in formulas]

    def put_rows(self, sheet: str, block: Block, formulas: Sequence[Sequence[object]]) -> None:
        """Puts back what `cut_rows` took, looking like the rows below."""
        self._cells(sheet, block).insert("down", copy_origin="format_from_right_or_below")
        self.fill_rows(sheet, block, formulas)

    def _cells(self, sheet: str, block: Block) -> xw.Range:
        return self._sheet(sheet).range((block.first_row, block.first_column), (block.last_row, block.last_column))

    def quiet(self) -> AbstractContextManager[object]:
        """While something is written nothing flickers or recalculates; all is put back whatever happens."""
        return self._book.app.properties(screen_updating=False, calculation="manual", enable_events=False)

    # --- reading ---------------------------------------------------------------------------------------------

    def _grid(self, sheet: str, first_rows: int | None = None) -> Grid:
        pending = self._pending.get(sheet.casefold())
        if pending is not None:
            return Grid.of([[shown(value) for value in row] for row in pending.rows[:first_rows]])
        rows = _as_grid(self._block(self._sheet(sheet), first_rows))
        puts = [put for put in self._puts if put.sheet.casefold() == sheet.casefold()]
        if not puts:
            return rows
        cells: Sequence[Sequence[object]] = rows.rows()
        for put in puts:
            cells = put_into_rows(cells, put.top, put.left, put.rows)
        return Grid.of(cells[:first_rows])

    def _sheet(self, name: str) -> xw.Sheet:
        return self._book.sheets[name]

    def _block(self, sheet: xw.Sheet, first_rows: int | None) -> list[list[Any]]:
        used = sheet.used_range
        height, width = used.row + used.shape[0] - 1, used.column + used.shape[1] - 1
        if first_rows is not None:
            height = min(height, first_rows)
        block = sheet.range((1, 1), (height, width)).options(ndim=2, err_to_str=True).value
        while block and all(cell is None or cell == "" for cell in block[-1]):
            block.pop()
        return list(block)

    # --- writing ---------------------------------------------------------------------------------------------

    def _rows_now(self, name: str) -> list[list[object]] | None:
        if not self._is_there(name):
            return None
        return _as_grid(self._block(self._sheet(name), None)).rows()

    def _is_there(self, name: str) -> bool:
        return name.casefold() in {sheet.name.casefold() for sheet in self._book.sheets}

    def _show(self, pending: _Pending) -> None:
        if not self._is_there(pending.name):
            self._add(pending.name, pending.layout)
        sheet = self._sheet(pending.name)
        before = self.before.get(pending.name.casefold()) or []
        self._lay(sheet, pending.rows, before, pending.layout)

    def _add(self, name: str, layout: SheetLayout | None) -> None:
        """A new sheet comes as a copy from a workbook drawn for it, so it looks as in a closed file."""
        last = self._book.sheets[len(self._book.sheets) - 1]
        if layout is None:
            self._book.sheets.add(name, after=last)
            return
        active = self._book.sheets.active
        with tempfile.TemporaryDirectory() as folder:
            path = Path(folder) / "sheet.xlsx"
            single_sheet(path, name, [], layout)
            with suppress(Exception):  # LibreOffice 7.4 may end later where the active sheet is one that it took over
                self._book.sheets[0].activate()
            drawn = self._book.app.books.open(path)
            try:
                drawn.sheets[0].copy(after=last)
            finally:
                drawn.close()
        with suppress(Exception):  # which sheet is shown is no reason to fail
            active.activate()

    def _lay(
        self,
        sheet: xw.Sheet,
        rows: Sequence[Sequence[object]],
        before: Sequence[Sequence[object]],
        layout: SheetLayout | None,
    ) -> None:
        height, width = len(rows), max((len(row) for row in rows), default=0)
        old_height, old_width = len(before), max((len(row) for row in before), default=0)
        if before:
            sheet.range((1, 1), (max(height, old_height), max(width, old_width))).clear_contents()
        if not rows or not width:
            return
        textual = self._prepare_columns(sheet, height, layout) if layout else frozenset()
        first = layout.heading_row if layout else 0
        looks = layout.looks if layout else {}

        def is_text(row: int, place: int) -> bool:
            if (look := looks.get((row, place))) is not None:
                return NUMBER_FORMATS.get(look) == "@"
            return row >= first and place in textual

        sheet.range((1, 1), (height, width)).value = [
            [_typed(value, as_text=is_text(number, place)) for place, value in enumerate(row)]
            for number, row in enumerate(rows)
        ]
        if layout and height > first:
            body = sheet.range((first + 1, 1), (height, width))
            if height != len(before):
                body.rows.hidden = False  # a filter of yesterday would hide calls of today
            if any(column.look in _WRAPPED for column in layout.columns):
                body.rows.autofit()

    def _prepare_columns(self, sheet: xw.Sheet, height: int, layout: SheetLayout) -> frozenset[int]:
        """What the columns hold, before values come: places of those that hold text."""
        if height > layout.heading_row:
            for place, column in enumerate(layout.columns):
                if column.look in NUMBER_FORMATS:
                    body = sheet.range((layout.heading_row + 1, place + 1), (height, place + 1))
                    body.number_format = NUMBER_FORMATS[column.look]
        for number_format, cells in _format_runs(layout, height):
            sheet.range(*cells).number_format = number_format
        return frozenset(
            place for place, column in enumerate(layout.columns) if NUMBER_FORMATS.get(column.look) == "@"
        )

    def _fill(self, put: _Put) -> None:
        sheet, block = self._sheet(put.sheet), put.block
        formulas = self.formulas(put.sheet, block)
        for number, (row, before) in enumerate(zip(put.rows, formulas, strict=True), block.first_row):
            for place, (value, formula) in enumerate(zip(row, before, strict=True), block.first_column - 1):
                if value is not KEEP and isinstance(formula, str) and formula.startswith("="):
                    raise BookRefused(
                        f"{put.sheet}!{letters(place)}{number} holds a formula, which is not overwritten; "
                        "replace it by a value, or keep that column elsewhere, and try again."
                    )
        if put.are_new_columns:
            self.replaced.append(Replaced(put.sheet, block, formulas, *self._take_columns_in(sheet, block)))
            self._set_looks(sheet, put)
        else:
            self.replaced.append(Replaced(put.sheet, block, formulas, *self._grow_table(sheet, block)))
        for first, last in _runs_to_write(put.rows):
            for place in range(first, last + 1):
                self._suit(sheet, put, place)
            textual = [self._is_text(sheet, put, place) for place in range(first, last + 1)]
            cells = sheet.range((block.first_row, put.left + first), (block.last_row, put.left + last))
            cells.value = [
                [_typed(value, as_text=text) for value, text in zip(row[first : last + 1], textual, strict=True)]
                for row in put.rows
            ]
        for number, row in enumerate(put.rows):  # single cells of columns that are kept elsewhere
            for place, value in enumerate(row):
                if value is not KEEP and any(other[place] is KEEP for other in put.rows):
                    text = self._is_text(sheet, put, place)
                    sheet.range((put.top + number, put.left + place)).value = _typed(value, as_text=text)

    def _grow_table(self, sheet: xw.Sheet, block: Block) -> tuple[str, int]:
        """Lets a table that ends just above the block take it in; its name and its rows of before."""
        for table in sheet.tables:
            place = table.range
            height, width = place.shape
            beside = place.column <= block.last_column and block.first_column < place.column + width
            if beside and place.row + height == block.first_row and not table.show_totals:
                table.resize(place.resize(height + block.last_row - block.first_row + 1))
                return str(table.name), int(height)
        return "", 0

    @staticmethod
    def _take_columns_in(sheet: xw.Sheet, block: Block) -> tuple[str, int, int]:
        """Lets the table or filter that ends just left of the columns take them in; its name and its old end."""
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

    def _narrow(self, cells: Replaced) -> None:
        """Lets a table or filter end where it did before it took columns in."""
        sheet = self._sheet(cells.sheet)
        if cells.table:
            place = sheet.tables[cells.table].range
            sheet.tables[cells.table].resize(place.resize(place.shape[0], cells.last_column - place.column + 1))
        elif there := filter_of(sheet):
            set_end(sheet, there, cells.last_column)

    @staticmethod
    def _set_looks(sheet: xw.Sheet, put: _Put) -> None:
        """New columns are wide enough, and their headings bold."""
        sheet.range((put.top, put.left), (put.top, put.block.last_column)).font.bold = True
        for place in range(len(put.rows[0])):
            sheet.range((put.top, put.left + place)).column_width = width([row[place] for row in put.rows])

    def _suit(self, sheet: xw.Sheet, put: _Put, place: int) -> None:
        """New cells of a column look like the one above; a date never looks like a number."""
        column = self._column(sheet, put, place)
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

    def _is_text(self, sheet: xw.Sheet, put: _Put, place: int) -> bool:
        return bool(self._column(sheet, put, place).number_format == "@")

    def _column(self, sheet: xw.Sheet, put: _Put, place: int) -> xw.Range:
        return sheet.range((put.block.first_row, put.left + place), (put.block.last_row, put.left + place))

    def _put_back(self, pending: _Pending) -> None:
        before = self.before.get(pending.name.casefold())
        with suppress(Exception):  # the first failure is the one to tell
            sheet = self._sheet(pending.name)
            if before is None:
                sheet.delete()
            else:
                self._lay(sheet, before, pending.rows, pending.layout)


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


def _two_dimensional(formulas: Any) -> list[list[object]]:
    """Formulas of a block as rows; a single cell comes bare."""
    if not isinstance(formulas, (list, tuple)):
        return [[formulas]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in formulas]


def _plain_cell(value: object) -> object:
    """A value as a cell holds it; a formula stays one."""
    return Formula(value.text, plain(value.value)) if isinstance(value, Formula) else plain(value)


def _format_runs(layout: SheetLayout, height: int) -> Iterator[tuple[str, tuple[tuple[int, int], tuple[int, int]]]]:
    """Number formats of the cells that look other than their columns, a run of neighbours in a row each."""
    rows: dict[int, dict[int, str]] = {}
    for (row, place), look in layout.looks.items():
        if row < height and look in DRAWINGS and DRAWINGS[look].number_format:
            rows.setdefault(row, {})[place] = DRAWINGS[look].number_format
    for row, formats in rows.items():
        first = 0
        for place in sorted(formats):
            if formats.get(place - 1) != formats[place]:
                first = place
            if formats.get(place + 1) != formats[place]:
                yield formats[place], ((row + 1, first + 1), (row + 1, place + 1))


def _typed(value: object, *, as_text: bool) -> object:
    """A value such that the program takes it for what it is: text in a column that holds no text gets an apostrophe."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, str) and not as_text:
        return f"'{value}"
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 86400
    return value


def _as_grid(block: Sequence[Sequence[object]]) -> Grid:
    """A block as arrays; a clock time and an error value are told from what they look like."""
    grid = Grid.of([[_clock(cell) for cell in row] for row in block])
    columns: list[Column] = []
    for column in grid.columns:
        kind = column.kind
        errors = [place for place, text in enumerate(column.texts) if text in _ERRORS]
        if errors:
            kind = np.where(np.isin(column.text, errors), np.uint8(CellKind.ERROR), kind)
        columns.append(Column(kind, column.number, column.text, column.texts))
    return Grid(columns, grid.height)


def _clock(cell: object) -> object:
    return cell.time() if isinstance(cell, dt.datetime) and cell.date() == _CLOCK_DAY else cell
