"""Sheets of a workbook."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes
from xlwings import main as xlwings_main

from xl_retention.books.libreoffice.conditional_styles import keep_colours
from xl_retention.books.libreoffice.names import Names
from xl_retention.books.libreoffice.ranges import Range
from xl_retention.books.libreoffice.structs import Area
from xl_retention.books.libreoffice.tables import Tables
from xl_retention.books.libreoffice.unsupported import named_refusals

if TYPE_CHECKING:
    from xl_retention.books.libreoffice.books import Book


@named_refusals
class Sheet(base_classes.Sheet):
    """
    One sheet.

    Args:
        book: Its workbook.
        xl: The UNO sheet.
    """

    def __init__(self, book: Book, xl: Any) -> None:
        self._book = book
        self.xl = xl

    @property
    def book(self) -> Book:
        """Its workbook."""
        return self._book

    @property
    def api(self) -> Any:
        """The UNO sheet."""
        return self.xl

    @property
    def name(self) -> str:
        """Its name."""
        name: str = self.xl.Name
        return name

    @name.setter
    def name(self, value: str) -> None:
        self.xl.setName(value)

    @property
    def index(self) -> int:
        """Its place among the sheets, from 1."""
        return int(self.xl.RangeAddress.Sheet) + 1

    @property
    def size(self) -> tuple[int, int]:
        """How many rows and columns a sheet has at all."""
        area = Area.of(self.xl.RangeAddress)
        return area.bottom + 1, area.right + 1

    def range(self, arg1: Any, arg2: Any = None) -> Range:
        """
        Cells by address, by name, by row and column (from 1), or between two of them.

        Raises:
            KeyError: No such address or name.
        """
        first = self._area(arg1)
        last = first if arg2 is None else self._area(arg2)
        if first is None or last is None:
            return Range(self, None)
        return Range(
            self,
            Area(
                min(first.top, last.top), min(first.left, last.left),
                max(first.bottom, last.bottom), max(first.right, last.right),
            ),
        )  # fmt: skip

    def _area(self, arg: Any) -> Area | None:
        if isinstance(arg, xlwings_main.Range):
            arg = arg.impl
        if isinstance(arg, Range):
            return arg.area
        if isinstance(arg, str):
            return self._named(arg)
        row, column, rows, columns = (*arg, 1, 1)[:4]
        if 0 in (row, column):
            raise IndexError("rows and columns are counted from 1")
        return Area(row - 1, column - 1, row + rows - 2, column + columns - 2) if rows and columns else None

    def _named(self, text: str) -> Area:
        import uno

        try:
            cells = self.xl.getCellRangeByName(text.replace("!", "."))
        except uno.getClass("com.sun.star.uno.RuntimeException"):
            raise KeyError(text) from None
        return Area.of(cells.RangeAddress)

    @property
    def cells(self) -> Range:
        """All of them."""
        return Range(self, Area.of(self.xl.RangeAddress))

    @property
    def used_area(self) -> Area:
        """From the first to the last cell that holds or shows anything."""
        cursor = self.xl.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        return Area.of(cursor.RangeAddress)

    @property
    def used_range(self) -> Range:
        """From the first to the last cell that holds or shows anything; not always from A1."""
        return Range(self, self.used_area)

    def activate(self) -> None:
        """Bring it to the front."""
        self.book.controller.setActiveSheet(self.xl)

    def select(self) -> None:
        """Bring it to the front."""
        self.activate()

    def clear_contents(self) -> None:
        """Values and formulas go."""
        self.cells.clear_contents()

    def clear_formats(self) -> None:
        """Looks go; in LibreOffice validation is one of them."""
        self.cells.clear_formats()

    def clear(self) -> None:
        """All goes."""
        self.cells.clear()

    def autofit(self, axis: str | None = None) -> None:
        """Columns and rows as wide and high as what they hold."""
        self.used_range.autofit(axis)

    def delete(self) -> None:
        """The sheet goes, without a question."""
        self.book.xl.Sheets.removeByName(self.name)

    def copy(self, before: Sheet | None, after: Sheet | None) -> None:
        """
        A copy next to a sheet of this workbook or of another open one.

        Validation, conditional formats, widths and buttons come along.
        """
        place, target = _place_at(before, after)
        name = target.book.sheets.free_name(self.name)
        if target.book.is_same(self.book):
            self.book.xl.Sheets.copyByName(self.name, name, place)
        else:
            self._take_over(target.book.xl, place).setName(name)

    def _take_over(self, document: Any, place: int) -> Any:
        """
        Take the sheet over into another workbook.

        Where that one has macros, LibreOffice 7.4 looks for those of the sheet too, and raises or ends where there
        are none. So it does without the macros meanwhile.
        """
        libraries = document.BasicLibraries
        with_macros = libraries.VBACompatibilityMode
        libraries.VBACompatibilityMode = False
        try:
            copy = document.Sheets.getByIndex(document.Sheets.importSheet(self.book.xl, self.name, place))
        finally:
            libraries.VBACompatibilityMode = with_macros
        keep_colours(self.book.xl, self.xl, document, copy)
        return copy

    def move(self, before: Sheet | None, after: Sheet | None) -> None:
        """To another place of its workbook."""
        place, _ = _place_at(before, after)
        self.book.xl.Sheets.moveByName(self.name, place)

    @property
    def tables(self) -> Tables:
        """Its tables."""
        return Tables(self)

    @property
    def names(self) -> Names:
        """The names that hold in this sheet alone."""
        return Names(self.book, self.xl.NamedRanges)

    @property
    def visible(self) -> bool:
        """Whether it is among the tabs."""
        return bool(self.xl.IsVisible)

    @visible.setter
    def visible(self, value: bool) -> None:
        self.xl.IsVisible = bool(value)

    @property
    def freeze_panes(self) -> FreezePanes:
        """Rows and columns that do not scroll."""
        return FreezePanes(self)


def _place_at(before: Sheet | None, after: Sheet | None) -> tuple[int, Sheet]:
    """0-based place among the sheets, and the sheet it was said by."""
    if before is not None:
        return before.index - 1, before
    if after is not None:
        return after.index, after
    raise ValueError("name a sheet, before or after")


@named_refusals
class FreezePanes(base_classes.FreezePanes):
    """
    Rows and columns that do not scroll.

    Args:
        sheet: Of which; it comes to the front when they change.
    """

    def __init__(self, sheet: Sheet) -> None:
        self._sheet = sheet

    def freeze_at(self, frozen_range: Any) -> None:
        """The rows and columns of a range stay, such as `1:3`, `A:B` or `A1:B3`."""
        area, (rows, columns) = self._sheet.range(frozen_range).area, self._sheet.size
        if area is None:
            return
        kept_columns = 0 if area.right == columns - 1 else area.right + 1
        kept_rows = 0 if area.bottom == rows - 1 else area.bottom + 1
        self._freeze(kept_columns, kept_rows)

    def unfreeze(self) -> None:
        """All scrolls again."""
        self._freeze(0, 0)

    def _freeze(self, columns: int, rows: int) -> None:
        self._sheet.activate()
        self._sheet.book.controller.freezeAtPosition(columns, rows)


@named_refusals
class Sheets(base_classes.Sheets):
    """
    The sheets of a workbook.

    Args:
        book: The workbook.
    """

    def __init__(self, book: Book) -> None:
        self.book = book

    @property
    def api(self) -> Any:
        """The UNO sheets."""
        return self.book.xl.Sheets

    @property
    def active(self) -> Sheet:
        """The one in front."""
        return Sheet(self.book, self.book.controller.ActiveSheet)

    def __len__(self) -> int:
        return int(self.api.Count)

    def __iter__(self) -> Iterator[Sheet]:
        sheets = self.api
        for at in range(sheets.Count):
            yield Sheet(self.book, sheets.getByIndex(at))

    def __contains__(self, key: object) -> bool:
        return isinstance(key, str) and self._own_spelling(key) is not None

    def __call__(self, name_or_index: str | int) -> Sheet:
        """
        By name, in any case, or by number from 1.

        Raises:
            KeyError: No such name.
            IndexError: No such number.
        """
        if isinstance(name_or_index, int):
            if not 1 <= name_or_index <= len(self):
                raise IndexError(name_or_index)
            return Sheet(self.book, self.api.getByIndex(name_or_index - 1))
        name = self._own_spelling(name_or_index)
        if name is None:
            raise KeyError(name_or_index)
        return Sheet(self.book, self.api.getByName(name))

    def _own_spelling(self, name: str) -> str | None:
        return next((one for one in self.api.ElementNames if one.casefold() == name.casefold()), None)

    def free_name(self, wish: str) -> str:
        """*wish*, or with a number behind it, as Excel does it, within Excel's 31 characters."""
        taken = {name.casefold() for name in self.api.ElementNames}
        tries = [wish, *(f"{wish[: 31 - len(f' ({n})')]} ({n})" for n in range(2, len(taken) + 3))]
        return next(name for name in tries if name.casefold() not in taken)

    def add(self, before: Sheet | None = None, after: Sheet | None = None, name: str | None = None) -> Sheet:
        """A blank sheet, brought to the front; before the one in front by default."""
        place, _ = _place_at(before if before or after else self.active, after)
        taken = {one.casefold() for one in self.api.ElementNames}
        free = name or next(
            text for text in (f"Sheet{n}" for n in range(1, len(taken) + 2)) if text.casefold() not in taken
        )
        self.api.insertNewByName(free, place)
        made = self(free)
        made.activate()
        return made
