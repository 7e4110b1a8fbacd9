"""A block of values into cells, with what Excel would make of them."""

from __future__ import annotations

import datetime as dt
import numbers
from collections.abc import Iterator, Sequence
from typing import Any

import numpy as np
import numpy.typing as npt

from xl_retention.books.libreoffice.notation import to_calc
from xl_retention.books.libreoffice.number_formats import (
    BOOLEAN,
    GENERAL,
    ISO_DATE,
    ISO_DATE_AND_TIME,
    Alike,
    Kind,
    NumberFormats,
)
from xl_retention.books.libreoffice.putting import HeightsKept, put
from xl_retention.books.libreoffice.structs import Area, day_zero
from xl_retention.books.libreoffice.unsupported import NotInLibreOffice

Place = tuple[int, int]  # row and column within the block, 0-based
Mask = npt.NDArray[np.bool_]  # a place of the block each
_BLANKS_OF_PANDAS = ("NaTType", "NAType")
"""Known by name: who hands such values over has pandas, and nobody else has to load it."""


class Block:
    """
    Values as LibreOffice takes them: numbers and texts.

    Args:
        rows: Rectangular; None, NaN and NaT are blanks, dates may be of Python, numpy or pandas.
        document: For its day zero.

    Attributes:
        cells: Rows of float and str; a blank is "".
        looks: Where a number is a boolean, a date, or a date with a time, by the number format that shows it.
        marked: Where a text begins with `=` or an apostrophe.
        has_texts: Whether there is any text.

    Raises:
        NotInLibreOffice: A value is of a type that no cell can hold.
    """

    def __init__(self, rows: Sequence[Sequence[Any]], document: Any) -> None:
        self._document = document
        self._zero: dt.datetime | None = None
        self.looks: dict[str, list[Place]] = {BOOLEAN: [], ISO_DATE: [], ISO_DATE_AND_TIME: []}
        self.marked: list[Place] = []
        self.has_texts = False
        self.cells = [self._row(at, row) for at, row in enumerate(rows)]

    def mask(self, places: Sequence[Place]) -> Mask:
        """True at *places*."""
        mask = np.zeros((len(self.cells), len(self.cells[0])), bool)
        if places:
            mask[tuple(np.array(places).T)] = True
        return mask

    def _row(self, at: int, row: Sequence[Any]) -> list[Any]:
        made = list(row)
        for column, value in enumerate(made):
            kind = type(value)
            if kind is str:
                self.has_texts = True
                if value[:1] in ("=", "'"):
                    self.marked.append((at, column))
            elif value is None:
                made[column] = ""
            elif kind is not float or value != value:
                made[column] = self._rarer(value, (at, column))
        return made

    def _rarer(self, value: Any, place: Place) -> float | str:
        if type(value).__name__ in _BLANKS_OF_PANDAS:
            return ""
        if isinstance(value, dt.date):
            return self._serial(value, place)
        if value != value:
            return ""
        if isinstance(value, (bool, np.bool_)):
            self.looks[BOOLEAN].append(place)
            return float(value)
        if isinstance(value, numbers.Real):
            return float(value)
        if isinstance(value, str):
            return str.__str__(value)
        if isinstance(value, np.datetime64):
            return self._serial(value.astype("datetime64[us]").item(), place)
        raise NotInLibreOffice(f"a {type(value).__name__} as a cell's value")

    def _serial(self, day: dt.date, place: Place) -> float:
        moment = day.replace(tzinfo=None) if isinstance(day, dt.datetime) else dt.datetime.combine(day, dt.time())
        self.looks[ISO_DATE_AND_TIME if moment.time() != dt.time() else ISO_DATE].append(place)
        self._zero = self._zero or day_zero(self._document)
        return (moment - self._zero) / dt.timedelta(days=1)


def write_block(document: Any, sheet: Any, cells: Any, formats: NumberFormats, rows: Sequence[Sequence[Any]]) -> None:
    """
    Write values into a range of the same size.

    Text stays text, whatever it looks like: `13800138000` does not become a number. As in Excel a text that begins
    with `=` is a formula, and an apostrophe in front is swallowed and makes text of what follows; but in a cell that
    is formatted as text (`@`) every text is taken as it is.

    Number formats stay, except that a date gets one where the cell has none that shows a date, that a boolean needs
    its own and that a number takes the place of a boolean's. Notes, validation, colours and row heights stay.

    The number of calls grows with the number of different looks, of columns with formulas and of notes, not of rows.

    Args:
        document: The UNO document.
        sheet: The UNO sheet.
        cells: The UNO cell range on it.
        formats: Of the document.
        rows: The values.
    """
    block = Block(rows, document)
    area = Area.of(cells.RangeAddress)
    looks = list(formats.looks(cells))
    formulas = _settle_marked(block, _where(looks, {Kind.TEXT}, area) if block.marked else None)
    typed = list(_typed_columns(block, formulas))
    for row, column in formulas:  # as a text it would give its cell the format "@"
        block.cells[row][column] = ""
    with HeightsKept(document):
        put(sheet, cells, block.cells, "setDataArray")
        for alike in looks:
            if alike.kind is Kind.GENERAL and block.has_texts:
                alike.ranges.NumberFormat = alike.key  # LibreOffice gives "@" to a text that looks like a number
        for column, first, texts in typed:
            part = cells.getCellRangeByPosition(column, first, column, first + len(texts) - 1)
            put(sheet, part, [(text,) for text in texts], "setFormulaArray")
        for code, mask in _looks_to_give(block, looks, area).items():
            _give_look(document, cells, mask, formats.key(code))


def _give_look(document: Any, cells: Any, mask: Mask, key: int) -> None:
    if not mask.any():
        return
    address = cells.RangeAddress
    ranges = document.createInstance("com.sun.star.sheet.SheetCellRanges")
    areas = tuple(strip.to_uno(address.Sheet) for strip in strips(mask, Area.of(address)))
    ranges.addRangeAddresses(areas, False)
    ranges.NumberFormat = key


def _where(looks: list[Alike], kinds: set[Kind], area: Area) -> Mask:
    """Where the cells have a number format of one of the *kinds*."""
    mask = np.zeros((area.bottom - area.top + 1, area.right - area.left + 1), bool)
    for alike in looks:
        if alike.kind in kinds:
            for one in alike.areas:
                rows = slice(one.top - area.top, one.bottom - area.top + 1)
                mask[rows, one.left - area.left : one.right - area.left + 1] = True
    return mask


def _settle_marked(block: Block, is_text: Mask | None) -> list[Place]:
    """Take apostrophes away; the places of formulas."""
    formulas: list[Place] = []
    for row, column in block.marked:
        value = block.cells[row][column]
        if is_text is not None and is_text[row, column]:
            continue
        if value[0] == "'":
            block.cells[row][column] = value[1:]
        elif len(value) > 1:
            formulas.append((row, column))
    return formulas


def _typed_columns(block: Block, formulas: list[Place]) -> Iterator[tuple[int, int, list[str]]]:
    """For each column with formulas what to type from the first to the last of them: column, first row, texts."""
    columns: dict[int, set[int]] = {}
    for row, column in formulas:
        columns.setdefault(column, set()).add(row)
    for column, rows in columns.items():
        first, last = min(rows), max(rows)
        values = [block.cells[row][column] for row in range(first, last + 1)]
        yield (
            column,
            first,
            [to_calc(value) if row in rows else typed_in(value) for row, value in enumerate(values, first)],
        )


def typed_in(value: float | str) -> str:
    """What one would type to get this value, as LibreOffice's interface takes it."""
    if isinstance(value, str):
        return "'" + value if value else ""
    return repr(value)


def _looks_to_give(block: Block, looks: list[Alike], area: Area) -> dict[str, Mask]:
    """Number formats that cells need because of their new values; where."""
    wanted = {code: block.mask(places) for code, places in block.looks.items() if places}
    dates = [code for code in wanted if code != BOOLEAN]
    if dates:
        shows_dates = _where(looks, {Kind.DAY, Kind.CLOCK}, area)
        wanted |= {code: wanted[code] & ~shows_dates for code in dates}
    if any(alike.kind is Kind.LOGICAL for alike in looks):
        placed = [place for places in block.looks.values() for place in places]
        wanted[GENERAL] = _where(looks, {Kind.LOGICAL}, area) & ~block.mask(placed)
    return wanted


def strips(mask: Mask, origin: Area) -> Iterator[Area]:
    """The true places as strips of neighbours in a column, counted from *origin*."""
    for column in np.flatnonzero(mask.any(axis=0)).tolist():
        edges = np.flatnonzero(np.diff(mask[:, column], prepend=False, append=False)).tolist()
        for first, beyond in zip(edges[::2], edges[1::2], strict=True):
            left = origin.left + column
            yield Area(origin.top + first, left, origin.top + beyond - 1, left)
