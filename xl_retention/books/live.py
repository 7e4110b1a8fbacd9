"""An open workbook, in Excel or LibreOffice, through xlwings: the same methods as a file.

Each sheet that is needed comes in as one block and goes out as one block, so the number of calls to the
application does not grow with the rows. Nothing is written before `save`, which shows all sheets at once.
"""

from __future__ import annotations

from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from contextlib import AbstractContextManager, suppress
from dataclasses import dataclass
from itertools import zip_longest
from pathlib import Path
from typing import Any

import xlwings as xw

from xl_retention.books import live_sheets
from xl_retention.books.block import Block, Replaced, check_block, put_into_rows
from xl_retention.books.book import KEEP
from xl_retention.books.cell_xml import plain
from xl_retention.books.formulas import shown
from xl_retention.books.grid import Grid
from xl_retention.books.layout import SheetLayout
from xl_retention.books.live_puts import Put, cells_of, fill, formulas_of, list_end, make_room, put_back
from xl_retention.books.live_values import as_grid, plain_cell
from xl_retention.books.own_columns import block as block_of
from xl_retention.books.own_columns import changed_cells, planned
from xl_retention.errors import BookRefused

_SAVED: Mapping[str, Callable[[Any], bool]] = {
    "Saved": bool,
    "isModified": lambda modified: not modified(),
    "saved": lambda saved: bool(saved.get()),
}
"""How Excel on Windows, LibreOffice and Excel on a Mac tell whether a workbook is saved, by the name that each has."""


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
        self._puts: list[Put] = []
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
        """Opens another workbook in the same program before all others, with one of its sheets in front."""
        opened = self._book.app.books.open(str(path))
        opened.activate()
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
        cells = [[plain_cell(value) for value in row] + [None] * (width - len(row)) for row in rows]
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
            self._puts.append(Put(sheet, top, left, [[*row, *[KEEP] * (width - len(row))] for row in cells]))

    def put_columns(self, sheet: str, heading_row: int, beside: int, columns: Mapping[str, Sequence[object]]) -> None:
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
        plan = planned(grid, heading_row, beside, columns, list_end(self._sheet(sheet), heading_row, beside), sheet)
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
                self._puts.append(Put(sheet, top, first + 1, made, are_new))

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
                    there = self._sheet(put.sheet)
                    self.replaced.append(make_room(there, put))
                    fill(there, put)
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
            put_back(self._sheet(cells.sheet), cells)

    def formulas(self, sheet: str, block: Block) -> list[list[object]]:
        """Formulas and values of cells, as `fill_rows` takes them."""
        return formulas_of(self._sheet(sheet), block)

    def show(self, sheet: str, cell: str = "") -> None:
        """Brings a sheet to the front, and marks a cell such as `B7` if one is named."""
        shown = self._sheet(sheet)
        shown.activate()
        if cell:
            shown[cell].select()

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
        cells = cells_of(self._sheet(sheet), block)
        formulas = self.formulas(sheet, block)
        cells.delete("up")
        return formulas

    def clear_rows(self, sheet: str, block: Block) -> list[list[object]]:
        """Blanks rows of a table that would be empty without them; their looks stay.

        Returns:
            What stood there, as `fill_rows` takes it.
        """
        cells = cells_of(self._sheet(sheet), block)
        formulas = self.formulas(sheet, block)
        cells.clear_contents()
        return formulas

    def fill_rows(self, sheet: str, block: Block, formulas: Sequence[Sequence[object]]) -> None:
        """Puts formulas and values into cells that are there."""
        cells_of(self._sheet(sheet), block).formula = [list(row) for row in formulas]

    def put_rows(self, sheet: str, block: Block, formulas: Sequence[Sequence[object]]) -> None:
        """Puts back what `cut_rows` took, looking like the rows below."""
        cells_of(self._sheet(sheet), block).insert("down", copy_origin="format_from_right_or_below")
        self.fill_rows(sheet, block, formulas)

    def quiet(self) -> AbstractContextManager[object]:
        """While something is written nothing flickers or recalculates; all is put back whatever happens."""
        return self._book.app.properties(screen_updating=False, calculation="manual", enable_events=False)

    # --- reading ---------------------------------------------------------------------------------------------

    def _grid(self, sheet: str, first_rows: int | None = None) -> Grid:
        pending = self._pending.get(sheet.casefold())
        if pending is not None:
            return Grid.of([[shown(value) for value in row] for row in pending.rows[:first_rows]])
        rows = as_grid(self._block(self._sheet(sheet), first_rows))
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
        return as_grid(self._block(self._sheet(name), None)).rows()

    def _is_there(self, name: str) -> bool:
        return name.casefold() in {sheet.name.casefold() for sheet in self._book.sheets}

    def _show(self, pending: _Pending) -> None:
        if not self._is_there(pending.name):
            live_sheets.add(self._book, pending.name, pending.layout)
        sheet = self._sheet(pending.name)
        before = self.before.get(pending.name.casefold()) or []
        live_sheets.lay(sheet, pending.rows, before, pending.layout)

    def _put_back(self, pending: _Pending) -> None:
        before = self.before.get(pending.name.casefold())
        with suppress(Exception):  # the first failure is the one to tell
            sheet = self._sheet(pending.name)
            if before is None:
                sheet.delete()
            else:
                live_sheets.lay(sheet, before, pending.rows, pending.layout)
