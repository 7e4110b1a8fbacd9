"""The cells of a sheet as columns of arrays: no Python object per cell.

A column keeps what kind each cell is, its number and the number of its text in a shared list of texts.
Whoever cleans a column can so look at every different text once, however many rows it stands in.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Final

import numpy as np
import numpy.typing as npt

EPOCH = dt.datetime(1970, 1, 1)


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
        width = max((len(row) for row in rows), default=0)
        places: dict[str, int] = {}
        columns = []
        for index in range(width):
            kind = np.zeros(len(rows), np.uint8)
            number = np.full(len(rows), np.nan)
            text = np.full(len(rows), -1, np.int32)
            for place, row in enumerate(rows):
                value = row[index] if index < len(row) else None
                if value is None or value == "":
                    continue
                if isinstance(value, str):
                    kind[place], text[place] = CellKind.TEXT, places.setdefault(value, len(places))
                elif isinstance(value, (bool, np.bool_)):
                    kind[place], number[place] = CellKind.BOOL, float(value)
                elif isinstance(value, dt.datetime):
                    seconds = (value.replace(tzinfo=None) - EPOCH).total_seconds()
                    kind[place], number[place] = CellKind.DATE, np.floor(seconds + 0.5)
                elif isinstance(value, dt.date):
                    kind[place] = CellKind.DATE
                    number[place] = (value - EPOCH.date()).days * 86400.0
                elif isinstance(value, dt.time):
                    kind[place] = CellKind.TIME
                    number[place] = value.hour * 3600 + value.minute * 60 + value.second
                elif isinstance(value, dt.timedelta):
                    kind[place], number[place] = CellKind.TIME, value.total_seconds()
                else:
                    kind[place], number[place] = CellKind.NUMBER, float(value)  # type: ignore[arg-type]
            columns.append((kind, number, text))
        texts = list(places)
        return cls([Column(*arrays, texts) for arrays in columns], len(rows))
