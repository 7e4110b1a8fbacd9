"""A block of cells as Excel would hand it out: numbers as float, dates as datetime, blanks as None."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable
from typing import Any

from xl_retention.books.libreoffice.number_formats import Kind, NumberFormats
from xl_retention.books.libreoffice.structs import Area, day_zero

# What `getError` of a cell says, in Excel's words; Excel calls all others #VALUE!.
_ERRORS = {
    32767: "#N/A",
    503: "#NUM!",
    519: "#VALUE!",
    521: "#NULL!",
    524: "#REF!",
    525: "#NAME?",
    532: "#DIV/0!",
}
_ERROR_RESULTS = 4  # com.sun.star.sheet.FormulaResult
_CLOCK_DAY = dt.datetime(1899, 12, 30)


class CellError(str):
    """An error value in a cell, such as `#DIV/0!`; found only by a read with `err_to_str`."""

    __slots__ = ()


def read_block(document: Any, cells: Any, formats: NumberFormats, with_errors: bool) -> list[list[Any]]:
    """
    The values of a range of any size, row by row.

    A formula's result counts as a value. A cell without a date format holds a number even if its author thinks of a
    day. A time of day alone comes as one of 30 December 1899. The number of calls grows with the number of
    different looks.

    Args:
        document: For its day zero.
        cells: The UNO cell range.
        formats: Of the document.
        with_errors: Errors as `CellError`, with a call for each formula that fails; they are None otherwise.
    """
    block = [[None if value == "" else value for value in row] for row in cells.getDataArray()]
    origin = Area.of(cells.RangeAddress)
    seen_as: dict[Kind, Callable[[float], Any]] = {
        Kind.DAY: _Days(document),
        Kind.CLOCK: _Days(document, clock=True),
        Kind.LOGICAL: bool,
    }
    for alike in formats.looks(cells):
        if alike.kind in seen_as:
            for area in alike.areas:
                _convert(block, area, origin, seen_as[alike.kind])
    if with_errors:
        _name_errors(cells, block, origin)
    return block


def _convert(block: list[list[Any]], area: Area, origin: Area, make: Callable[[float], Any]) -> None:
    columns = range(area.left - origin.left, area.right - origin.left + 1)
    for row in block[area.top - origin.top : area.bottom - origin.top + 1]:
        for column in columns:
            if type(row[column]) is float:
                row[column] = make(row[column])


class _Days:
    """
    Serial numbers to datetimes, to the millisecond; what is no day of the calendar stays a number.

    Args:
        document: For its day zero.
        clock: Whether a number below 1 is a time of day rather than the day zero itself.
    """

    def __init__(self, document: Any, clock: bool = False) -> None:
        self._clock = clock
        self._document = document
        self._zero: dt.datetime | None = None
        self._known: dict[float, dt.datetime | float] = {}

    def __call__(self, serial: float) -> dt.datetime | float:
        if serial not in self._known:
            self._known[serial] = self._day(serial)
        return self._known[serial]

    def _day(self, serial: float) -> dt.datetime | float:
        self._zero = self._zero or day_zero(self._document)
        zero = _CLOCK_DAY if self._clock and serial < 1 else self._zero
        if serial < 0:
            return serial
        try:
            return zero + dt.timedelta(milliseconds=round(serial * 86_400_000))
        except OverflowError:
            return serial


def _name_errors(cells: Any, block: list[list[Any]], origin: Area) -> None:
    """What was typed or filed as an error is read at once; each formula that fails has to be asked."""
    wrong = cells.queryFormulaCells(_ERROR_RESULTS)
    if not wrong.Count:
        return
    typed = cells.getFormulaArray()
    for area in map(Area.of, wrong.RangeAddresses):
        for row in range(area.top - origin.top, area.bottom - origin.top + 1):
            for column in range(area.left - origin.left, area.right - origin.left + 1):
                text = typed[row][column].removeprefix("=")
                if text not in _ERRORS.values():
                    text = _ERRORS.get(cells.getCellByPosition(column, row).getError(), "#VALUE!")
                block[row][column] = CellError(text)


def clean(
    block: list[list[Any]],
    datetime_builder: Callable[..., Any],
    empty_as: Any,
    number_builder: Callable[[float], Any] | None,
    err_to_str: bool,
) -> list[list[Any]]:
    """What xlwings asks of an engine after a read: its options `dates`, `empty`, `numbers` and `err_to_str`."""

    def day(value: dt.datetime) -> Any:
        return datetime_builder(
            year=value.year, month=value.month, day=value.day, hour=value.hour, minute=value.minute,
            second=value.second, microsecond=value.microsecond, tzinfo=None,
        )  # fmt: skip

    change: dict[type, Callable[[Any], Any]] = {
        type(None): lambda _: empty_as,
        CellError: (lambda error: str(error)) if err_to_str else (lambda _: None),
    }
    if number_builder is not None:
        change[float] = number_builder
    if datetime_builder is not dt.datetime:
        change[dt.datetime] = day
    return [[change[type(value)](value) if type(value) in change else value for value in row] for row in block]
