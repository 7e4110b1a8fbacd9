"""The cells of a sheet as columns of arrays: no Python object per cell.

A column keeps what kind each cell is, its number and the number of its text in a shared list of texts.
Whoever cleans a column can so look at every different text once, however many rows it stands in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Final

import numpy as np
import numpy.typing as npt

EPOCH = dt.datetime(1970, 1, 1)


class TextList(list[str]):
    """Texts of a workbook; its `mark` stands for them where they are compared by their places, and keeps none."""

    def __init__(self, texts: Iterable[str] = ()) -> None:
        super().__init__(texts)
        self.mark = object()


class CellKind:
    """What a cell holds: plain numbers, for numpy is ten times as slow to compare bytes with those of an `IntEnum`."""

    BLANK: Final = 0
    NUMBER: Final = 1
    TEXT: Final = 2
    DATE: Final = 3
    """A number shown as a date or date and time."""
    BOOL: Final = 4
    ERROR: Final = 5
    """An error value such as #N/A; its text is the name of the error."""
    TIME: Final = 6
    """A number below 1 shown as a clock time."""


@dataclass(frozen=True)
class Column:
    """One column, from row 1 of the sheet down.

    Args:
        kind: `CellKind` of each cell, uint8.
        number: float64; value of NUMBER, 0 or 1 of BOOL, whole seconds since 1970-01-01 of DATE (both date
            systems already resolved, rounded to the nearest second, DOM V18), seconds since midnight of TIME;
            NaN elsewhere.
        text: int32; place of the text in `texts` for TEXT and ERROR, -1 elsewhere.
        texts: The different texts, shared by all columns of a workbook; may hold more than this column uses.
    """

    kind: npt.NDArray[np.uint8]
    number: npt.NDArray[np.float64]
    text: npt.NDArray[np.int32]
    texts: Sequence[str]

    @classmethod
    def of(cls, cells: Sequence[object]) -> Column:
        """A column of Python values, as `Grid.of` takes them."""
        places: dict[str, int] = {}
        return cls(*_arrays(cells, places), list(places))

    def __len__(self) -> int:
        return len(self.kind)

    def value(self, row: int) -> object:
        """The cell as Python value: None, float or int, str, datetime, time, bool; *row* counts from 0."""
        kind = self.kind[row]
        if kind == CellKind.BLANK:
            return None
        if kind in (CellKind.TEXT, CellKind.ERROR):
            return self.texts[self.text[row]]
        number = float(self.number[row])
        if kind == CellKind.DATE:
            return EPOCH + dt.timedelta(seconds=number)
        if kind == CellKind.TIME:
            return (EPOCH + dt.timedelta(seconds=number)).time()
        if kind == CellKind.BOOL:
            return bool(number)
        return int(number) if number.is_integer() else number

    def values(self) -> list[object]:
        """All cells as Python values, as `value` gives them singly."""
        found: list[object] = [None] * len(self)
        for kind in np.flatnonzero(np.bincount(self.kind, minlength=1)).tolist():
            if kind == CellKind.BLANK:
                continue
            where = np.flatnonzero(self.kind == kind)
            cells: Iterable[object]
            if kind in (CellKind.TEXT, CellKind.ERROR):
                cells = map(self.texts.__getitem__, self.text[where].tolist())
            else:
                numbers = self.number[where].tolist()
                if kind == CellKind.DATE:
                    cells = (EPOCH + dt.timedelta(seconds=number) for number in numbers)
                elif kind == CellKind.TIME:
                    cells = ((EPOCH + dt.timedelta(seconds=number)).time() for number in numbers)
                elif kind == CellKind.BOOL:
                    cells = map(bool, numbers)
                else:
                    cells = (int(number) if number.is_integer() else number for number in numbers)
            if len(where) == len(found):
                return list(cells)
            for place, cell in zip(where.tolist(), cells, strict=True):
                found[place] = cell
        return found


@dataclass(frozen=True)
class Grid:
    """A sheet from A1 to its last used cell; all columns are equally long, missing cells are blank."""

    columns: Sequence[Column]
    height: int

    @property
    def width(self) -> int:
        """Number of columns."""
        return len(self.columns)

    def rows(self) -> list[list[object]]:
        """The cells as rows of Python values, as `Book.read` promises them."""
        if not self.columns:
            return [[] for _ in range(self.height)]
        # Blank columns between far cells share one Column, whose values are then made once.
        made = {id(column): column for column in self.columns}
        values = {key: column.values() for key, column in made.items()}
        return [list(cells) for cells in zip(*(values[id(column)] for column in self.columns), strict=True)]

    @classmethod
    def of(cls, rows: Sequence[Sequence[object]]) -> Grid:
        """A grid of rows of Python values (None or "" is blank; date without time becomes midnight)."""
        places: dict[str, int] = {}
        columns = [_arrays(cells, places) for cells in zip_longest(*rows)]
        texts = list(places)
        return cls([Column(*arrays, texts) for arrays in columns], len(rows))


def _arrays(
    cells: Sequence[object], places: dict[str, int]
) -> tuple[npt.NDArray[np.uint8], npt.NDArray[np.float64], npt.NDArray[np.int32]]:
    """Kinds, numbers and places of texts of a column; a text that is new gets the next place."""
    kind = np.zeros(len(cells), np.uint8)
    number = np.full(len(cells), np.nan)
    text = np.full(len(cells), -1, np.int32)
    kinds = set(map(type, cells))
    some_blank = type(None) in kinds
    kinds.discard(type(None))
    if kinds == {str}:
        filled = np.fromiter(map(bool, cells), np.bool_, len(cells))
        kind[filled] = CellKind.TEXT
        text[filled] = [places.setdefault(cell, len(places)) for cell in cells if cell]  # type: ignore[arg-type]
    elif kinds == {float} and not some_blank:
        kind[:], number[:] = CellKind.NUMBER, cells
    elif kinds == {float}:
        filled = np.fromiter((cell is not None for cell in cells), np.bool_, len(cells))
        kind[filled] = CellKind.NUMBER
        number[filled] = [cell for cell in cells if cell is not None]
    elif kinds:
        for place, value in enumerate(cells):
            if value is None or value == "":
                continue
            if isinstance(value, str):
                kind[place], text[place] = CellKind.TEXT, places.setdefault(value, len(places))
            else:
                kind[place], number[place] = _as_number(value)
    return kind, number, text


def _as_number(value: object) -> tuple[int, float]:
    """Kind and number of a value that is no text."""
    if isinstance(value, (bool, np.bool_)):
        return CellKind.BOOL, float(value)
    if isinstance(value, dt.datetime):
        seconds = (value.replace(tzinfo=None) - EPOCH).total_seconds()
        return CellKind.DATE, float(np.floor(seconds + 0.5))
    if isinstance(value, dt.date):
        return CellKind.DATE, (value - EPOCH.date()).days * 86400.0
    if isinstance(value, dt.time):
        return CellKind.TIME, float(value.hour * 3600 + value.minute * 60 + value.second)
    if isinstance(value, dt.timedelta):
        return CellKind.TIME, value.total_seconds()
    return CellKind.NUMBER, float(value)  # type: ignore[arg-type]
