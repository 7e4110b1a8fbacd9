"""A rectangle of cells."""

from __future__ import annotations

from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xl_retention.books.libreoffice import notation
from xl_retention.books.libreoffice.fonts import Font, shared
from xl_retention.books.libreoffice.measures import (
    RGB,
    colour_from_uno,
    colour_to_uno,
    from_points,
    points,
    width_from_characters,
    width_in_characters,
)
from xl_retention.books.libreoffice.putting import HeightsKept, put
from xl_retention.books.libreoffice.reading import read_block
from xl_retention.books.libreoffice.structs import Area, cell_address, enumerated
from xl_retention.books.libreoffice.unsupported import NotInLibreOffice, named_refusals
from xl_retention.books.libreoffice.writing import Block, write_block

if TYPE_CHECKING:
    from xl_retention.books.libreoffice.names import Name
    from xl_retention.books.libreoffice.sheets import Sheet
    from xl_retention.books.libreoffice.tables import Table

# com.sun.star.sheet.CellFlags
_CONTENTS = 1 | 2 | 4 | 16  # numbers, dates, texts, formulas; not the notes
_NOTES = 8
_FORMATS = 32 | 64 | 256 | 512
_EVERYTHING = 1023

_TYPED = "setFormulaArray"

_STEPS = {"up": (-1, 0), "down": (1, 0), "left": (0, -1), "right": (0, 1)}
_INSERTING = {"down": "DOWN", "right": "RIGHT"}
_DELETING = {"up": "UP", "left": "LEFT"}


@named_refusals
class Range(base_classes.Range):
    """
    Cells of a sheet.

    Properties of looks give None where the cells differ, widths and heights those of the first column and row.

    Args:
        sheet: Where they are.
        area: Which; None for no cells at all, which xlwings' slices may end in.
    """

    def __init__(self, sheet: Sheet, area: Area | None) -> None:
        self.sheet = sheet
        self.area = area
        self.options: dict[str, Any] = {}
        self._xl: Any = None

    @property
    def api(self) -> Any:
        """The UNO cell range; None for no cells."""
        if self._xl is None and self.area:
            area = self.area
            self._xl = self.sheet.xl.getCellRangeByPosition(area.left, area.top, area.right, area.bottom)
        return self._xl

    @property
    def _cells(self) -> Area:
        if self.area is None:
            raise IndexError("the range has no cells")
        return self.area

    @property
    def coords(self) -> tuple[str, int, int, int, int]:
        """Sheet, first row and column (from 1), number of rows and columns."""
        return self.sheet.name, self.row, self.column, *self.shape

    def __len__(self) -> int:
        rows, columns = self.shape
        return rows * columns

    @property
    def row(self) -> int:
        """Of the first cell, from 1."""
        return self._cells.top + 1

    @property
    def column(self) -> int:
        """Of the first cell, from 1."""
        return self._cells.left + 1

    @property
    def shape(self) -> tuple[int, int]:
        """Number of rows and columns."""
        if self.area is None:
            return 0, 0
        return self.area.bottom - self.area.top + 1, self.area.right - self.area.left + 1

    def __call__(self, arg1: int, arg2: int | None = None) -> Range:
        """One cell by its number, row by row, or by row and column; from 1, beyond the range too."""
        if arg2 is None:
            row, column = divmod(arg1 - 1, self.shape[1])
        else:
            row, column = arg1 - 1, arg2 - 1
        return self._cell(self._cells.top + row, self._cells.left + column)

    def _cell(self, row: int, column: int) -> Range:
        return Range(self.sheet, Area(row, column, row, column))

    # Values

    @property
    def raw_value(self) -> Any:
        """The value of one cell, or rows of values; see `reading.read_block`."""
        if self.area is None:
            return None
        book = self.sheet.book
        block = read_block(book.xl, self.api, book.number_formats, bool(self.options.get("err_to_str")))
        return block if len(self) > 1 else block[0][0]

    @raw_value.setter
    def raw_value(self, value: Any) -> None:
        if self.area is None:
            return
        rows = self._as_rows(value)
        book = self.sheet.book
        write_block(book.xl, self.sheet.xl, self._sized(rows).api, book.number_formats, rows)

    def _as_rows(self, value: Any) -> Sequence[Sequence[Any]]:
        """One value is for every cell, as in Excel."""
        if not isinstance(value, (list, tuple)):
            rows, columns = self.shape
            return [[value] * columns] * rows
        return value if isinstance(value[0], (list, tuple)) else [value]

    def _sized(self, rows: Sequence[Sequence[Any]]) -> Range:
        """From the first cell on, as large as the values."""
        top, left = self._cells.top, self._cells.left
        return Range(self.sheet, Area(top, left, top + len(rows) - 1, left + len(rows[0]) - 1))

    @property
    def max_cells_per_read(self) -> None:
        """One block, one read."""
        return

    @property
    def max_cells_per_write(self) -> None:
        """One block, one write."""
        return

    @property
    def formula(self) -> Any:
        """
        The formula of one cell, or rows of them, as Excel writes them.

        Without a formula it is what one would type: a number's digits, a text, with an apostrophe if it looks like
        something else. So it can be put back.
        """
        rows = [[_excel_formula(text) for text in row] for row in self.api.getFormulaArray()]
        return rows if len(self) > 1 else rows[0][0]

    @formula.setter
    def formula(self, value: Any) -> None:
        if not isinstance(value, (list, tuple)) and len(self) > 1:
            self._fill_with_formula(value)
            return
        rows = Block(self._as_rows(value), self.sheet.book.xl).cells
        put(self.sheet.xl, self._sized(rows).api, [[_calc_formula(one) for one in row] for row in rows], _TYPED)

    def _fill_with_formula(self, formula: Any) -> None:
        """Relative addresses go along, as in Excel."""
        import uno

        self(1).formula = formula
        tokens = uno.Any("[]com.sun.star.sheet.FormulaToken", self(1).api.getCellByPosition(0, 0).getTokens())
        rows = ((tokens,) * self.shape[1],) * self.shape[0]
        uno.invoke(self.api, "setDataArray", (rows,))

    @property
    def formula2(self) -> Any:
        """As `formula`: LibreOffice 7 has no formulas that spill by themselves."""
        return self.formula

    @formula2.setter
    def formula2(self, value: Any) -> None:
        self.formula = value

    @property
    def formula_array(self) -> str | None:
        """The formula that the whole range shares, None without one."""
        if not self.has_array:
            return None
        text: str = self.api.getFormulaArray()[0][0]
        return notation.to_excel(text[1:-1])  # without the braces around it

    @formula_array.setter
    def formula_array(self, value: str) -> None:
        self.api.setArrayFormula(notation.to_calc(value))

    @property
    def has_array(self) -> bool:
        """Whether the whole range shares a formula."""
        return bool(self.api.getArrayFormula())

    def clear_contents(self) -> None:
        """Values and formulas go; looks, validation and notes stay."""
        if self.area:
            self.api.clearContents(_CONTENTS)

    def clear_formats(self) -> None:
        """Looks go; in LibreOffice validation is one of them."""
        self.api.clearContents(_FORMATS)

    def clear(self) -> None:
        """All goes."""
        if self.area:
            self.api.clearContents(_EVERYTHING)

    # Finding other cells

    def end(self, direction: str) -> Range:
        """Where Ctrl and an arrow lead, from the first cell; *direction* is up, down, left or right."""
        step = _STEPS[direction]
        row, column = self._cells.top, self._cells.left
        filled = self._filled_from(row, column, step)
        at = steps_to_end(filled)
        if at is None:  # nothing more: the edge of the sheet
            rows, columns = self.sheet.size
            row = {-1: 0, 0: row, 1: rows - 1}[step[0]]
            column = {-1: 0, 0: column, 1: columns - 1}[step[1]]
            return self._cell(row, column)
        return self._cell(row + step[0] * at, column + step[1] * at)

    def _filled_from(self, row: int, column: int, step: tuple[int, int]) -> list[bool]:
        used = self.sheet.used_area
        last_row = {-1: 0, 0: row, 1: max(row, used.bottom)}[step[0]]
        last_column = {-1: 0, 0: column, 1: max(column, used.right)}[step[1]]
        line = self.sheet.xl.getCellRangeByPosition(
            min(column, last_column), min(row, last_row), max(column, last_column), max(row, last_row)
        )
        filled = [text != "" for texts in line.getFormulaArray() for text in texts]
        return filled[::-1] if -1 in step else filled

    @property
    def current_region(self) -> Range:
        """What blank rows and columns close in."""
        cursor = self.sheet.xl.createCursorByRange(self.api)
        cursor.collapseToCurrentRegion()
        return Range(self.sheet, Area.of(cursor.RangeAddress))

    @property
    def table(self) -> Table | None:
        """The table that the first cell lies in."""
        row, column = self._cells.top, self._cells.left
        for table in self.sheet.tables:
            area = table.range.area
            if area and area.top <= row <= area.bottom and area.left <= column <= area.right:
                return table
        return None

    @property
    def name(self) -> Name | None:
        """The name given to exactly these cells."""
        for _, name in self.sheet.book.names.snapshot():
            cells = name.refers_to_range_or_none
            if cells and cells.area == self.area and cells.sheet.index == self.sheet.index:
                return name
        return None

    @name.setter
    def name(self, value: str) -> None:
        self.sheet.book.names.add(value, "=" + self.get_address(True, True, external=True))

    @property
    def address(self) -> str:
        """Such as `$A$1:$B$2`."""
        return self.get_address(True, True, False)

    def get_address(self, row_absolute: bool, col_absolute: bool, external: bool) -> str:
        """Such as `A$1:B$2`; with the sheet in front if *external*."""
        area = self._cells
        text = notation.address((area.top, area.left, area.bottom, area.right), row_absolute, col_absolute)
        return f"{notation.quoted(self.sheet.name)}!{text}" if external else text

    # Looks

    @property
    def number_format(self) -> str | None:
        """Excel's code, such as `yyyy-mm-dd`."""
        key = shared(self.api, "NumberFormat")
        return None if key is None else self.sheet.book.number_formats.code(key)

    @number_format.setter
    def number_format(self, value: str) -> None:
        with HeightsKept(self.sheet.book.xl):
            self.api.NumberFormat = self.sheet.book.number_formats.key(value)

    @property
    def font(self) -> Font:
        """Its font."""
        return Font(self.api)

    @property
    def color(self) -> RGB | None:
        """Red, green and blue of the background; None for none."""
        colour = shared(self.api, "CellBackColor")
        return None if colour is None else colour_from_uno(colour)

    @color.setter
    def color(self, color_or_rgb: Any) -> None:
        self.api.CellBackColor = colour_to_uno(color_or_rgb)

    @property
    def wrap_text(self) -> bool | None:
        """Whether long texts go on in a new line."""
        wrapped: bool | None = shared(self.api, "IsTextWrapped")
        return wrapped

    @wrap_text.setter
    def wrap_text(self, value: bool) -> None:
        self.api.IsTextWrapped = bool(value)

    @property
    def column_width(self) -> float:
        """In digits of the standard font."""
        return width_in_characters(self.api.Columns.Width)

    @column_width.setter
    def column_width(self, value: float) -> None:
        self.api.Columns.Width = width_from_characters(value)

    @property
    def row_height(self) -> float:
        """In points."""
        return points(self.api.Rows.Height)

    @row_height.setter
    def row_height(self, value: float) -> None:
        self.api.Rows.Height = from_points(value)

    @property
    def width(self) -> float:
        """In points."""
        return points(self.api.Size.Width)

    @property
    def height(self) -> float:
        """In points."""
        return points(self.api.Size.Height)

    @property
    def left(self) -> float:
        """In points from the left edge of the sheet."""
        return points(self.api.Position.X)

    @property
    def top(self) -> float:
        """In points from the upper edge of the sheet."""
        return points(self.api.Position.Y)

    @property
    def row_hidden(self) -> bool:
        """Whether the first row is hidden."""
        return not self.api.Rows.IsVisible

    @row_hidden.setter
    def row_hidden(self, value: bool) -> None:
        self.api.Rows.IsVisible = not value

    @property
    def column_hidden(self) -> bool:
        """Whether the first column is hidden."""
        return not self.api.Columns.IsVisible

    @column_hidden.setter
    def column_hidden(self, value: bool) -> None:
        self.api.Columns.IsVisible = not value

    def autofit(self, axis: str | None = None) -> None:
        """As wide and high as the contents; *axis* is rows, columns or both."""
        if axis in (None, "columns", "c"):
            self.api.Columns.OptimalWidth = True
        if axis in (None, "rows", "r"):
            self.api.Rows.OptimalHeight = True

    # Changing the sheet

    def insert(self, shift: str | None = None, copy_origin: str | None = None) -> None:
        """Blank cells here; these go down or right. They look like their neighbours, or like what is below them."""
        mode = self._whole_lines() or _INSERTING[shift or "down"]
        address = self.api.RangeAddress
        self.sheet.xl.insertCells(address, enumerated("sheet.CellInsertMode", mode))
        self._xl = None  # the UNO range has gone along
        if copy_origin == "format_from_right_or_below" and mode in ("DOWN", "ROWS"):
            self._look_like_below()

    def _look_like_below(self) -> None:
        area, sheet = self._cells, self.sheet.index - 1
        below = Area(area.bottom + 1, area.left, area.bottom + 1, area.right)
        self.sheet.xl.copyRange(cell_address(sheet, area.top, area.left), below.to_uno(sheet))
        self.api.fillAuto(enumerated("sheet.FillDirection", "TO_BOTTOM"), 1)
        self.api.clearContents(_CONTENTS | _NOTES)

    def delete(self, shift: str | None = None) -> None:
        """These cells go; others come up or from the right, as the shape has it if *shift* does not say."""
        rows, columns = self.shape
        mode = self._whole_lines() or _DELETING[shift or ("left" if rows > columns else "up")]
        self.sheet.xl.removeRange(self.api.RangeAddress, enumerated("sheet.CellDeleteMode", mode))
        self._xl = None

    def _whole_lines(self) -> str | None:
        rows, columns = self.sheet.size
        return "ROWS" if self.shape[1] == columns else "COLUMNS" if self.shape[0] == rows else None

    def copy(self, destination: Any = None) -> None:
        """Values, formulas and looks to another place of the same workbook."""
        if destination is None:
            raise NotInLibreOffice("Range.copy to the clipboard")
        there: Range = destination.impl
        area = there._cells
        there.sheet.xl.copyRange(
            cell_address(there.sheet.index - 1, area.top, area.left), self.api.RangeAddress
        )  # fmt: skip

    def merge(self, across: bool) -> None:
        """One cell of all, or one per row if *across*."""
        area = self._cells
        for row in range(area.top, area.bottom + 1) if across else ():
            self.sheet.xl.getCellRangeByPosition(area.left, row, area.right, row).merge(True)
        if not across:
            self.api.merge(True)

    def unmerge(self) -> None:
        """Undo `merge`."""
        self.api.merge(False)

    @property
    def merge_cells(self) -> bool:
        """Whether it is part of a merged cell."""
        return bool(self.api.getIsMerged()) or self.merge_area.shape != (1, 1)

    @property
    def merge_area(self) -> Range:
        """The merged cell that the first cell belongs to."""
        cursor = self.sheet.xl.createCursorByRange(self(1).api)
        cursor.collapseToMergedArea()
        return Range(self.sheet, Area.of(cursor.RangeAddress))

    def select(self) -> None:
        """Bring the sheet to the front and mark the cells."""
        self.sheet.activate()
        self.sheet.book.controller.select(self.api)


def steps_to_end(filled: Sequence[bool]) -> int | None:
    """
    How far Ctrl and an arrow go along cells that are filled or not, the first of which is the start.

    From inside a row of filled cells to its last one; else to the next filled one; None if there is none.
    """
    if len(filled) > 1 and filled[0] and filled[1]:
        return next((at for at, is_filled in enumerate(filled) if not is_filled), len(filled)) - 1
    return next((at for at, is_filled in enumerate(filled) if is_filled and at > 0), None)


def _excel_formula(text: str) -> str:
    return notation.to_excel(text) if text.startswith("=") else text


def _calc_formula(value: float | str) -> str:
    if isinstance(value, str):
        return notation.to_calc(value) if value.startswith("=") else value
    return repr(value)
