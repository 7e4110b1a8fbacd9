"""Collects the cells of a sheet piece by piece and makes a `Grid` of them."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from xl_retention.books import limits
from xl_retention.books.cell_values import CLOCK_SECONDS, SECONDS
from xl_retention.books.grid import CellKind, Column, Grid
from xl_retention.books.number_formats import days_to_seconds, is_a_date
from xl_retention.books.texts import Texts

Codes = npt.NDArray[np.uint8]
Numbers = npt.NDArray[np.float64]
Places = npt.NDArray[np.int64]

Scalar = TypeVar("Scalar", bound=np.generic)

_ALWAYS_FINE = 1 << 26
_SPREAD = 200


class TooSpread(Exception):
    """The used cells lie so far apart that nobody could hold the cells between them."""

    def __init__(self, row: int, column: int) -> None:
        super().__init__(row, column)
        self.row, self.column = row, column


class TooManyCells(Exception):
    """A sheet holds more cells than memory does."""

    def __init__(self, cells: int) -> None:
        super().__init__(cells)
        self.cells = cells


@dataclass
class _Piece:
    rows: slice | Places
    kind: Codes | int
    number: Numbers | None
    text: npt.NDArray[np.int32] | None


class Gathering:
    """The cells of one sheet met so far.

    Args:
        texts: Where the texts of the workbook are.
        date1904: The date system.
        columns: Places of the columns wanted; None wants all.
    """

    def __init__(self, texts: Texts, date1904: bool, columns: Collection[int] | None = None) -> None:
        self._texts = texts
        self._date1904 = date1904
        self._wanted = None if columns is None else frozenset(columns)
        self._pieces: dict[int, list[_Piece]] = {}
        self._empty = np.asarray(texts.empty, np.int64)
        self.height = 0
        self.width = 0 if not columns else min(max(columns) + 1, 16384)
        self.cells = 0

    def put(self, column: int, rows: slice | Places, codes: Codes | int, numbers: Numbers) -> None:
        """Adds a run of cells of one column.

        Args:
            column: Its place from 0.
            rows: Places from 0, increasing: a slice, or one place per cell.
            codes: One per cell, as `CellRules.cell` gives them, or one for all of them.
            numbers: One per cell; anything where the code is BLANK.

        Raises:
            TooManyCells: With these there are more than `limits` lets in.
        """
        if self._wanted is not None and column not in self._wanted:
            return
        low, high = (codes, codes) if isinstance(codes, int) else (int(codes.min()), int(codes.max()))
        if self._empty.size and low <= CellKind.TEXT <= high:
            hollow = (codes == CellKind.TEXT) & np.isin(numbers, self._empty)
            if hollow.any():
                codes = np.where(hollow, np.uint8(CellKind.BLANK), np.asarray(codes, np.uint8))
                low, high = int(codes.min()), int(codes.max())
        if high == CellKind.BLANK:
            return
        if low == CellKind.BLANK:
            filled = np.flatnonzero(codes)
            used, last = len(filled), int(filled[-1])
        else:
            used, last = len(numbers), len(numbers) - 1
        self.height = max(
            self.height, 1 + (rows.start + last if isinstance(rows, slice) else int(rows[last]))
        )
        self.width = max(self.width, column + 1)
        self.cells += used
        if self.cells > limits.MOST_CELLS:
            raise TooManyCells(limits.MOST_CELLS)
        self._pieces.setdefault(column, []).append(self._piece(rows, codes, low, high, numbers))

    def _piece(self, rows: slice | Places, codes: Codes | int, low: int, high: int, numbers: Numbers) -> _Piece:
        if low == high == CellKind.NUMBER:
            return _Piece(rows, low, numbers.copy(), None)
        if low == high and low in (CellKind.TEXT, CellKind.ERROR):
            return _Piece(rows, low, None, numbers.astype(np.int32))
        if low == high == CellKind.DATE and bool(is_a_date(numbers, self._date1904).all()):
            return _Piece(rows, low, days_to_seconds(numbers, self._date1904), None)
        codes = np.full(len(numbers), codes, np.uint8)
        kinds = codes.copy()
        told = (codes == CellKind.TEXT) | (codes == CellKind.ERROR)
        text = np.where(told, numbers, -1.0).astype(np.int32) if told.any() else None
        number = np.where(told | (codes == CellKind.BLANK), np.nan, numbers)
        dated = (codes == CellKind.DATE) | (codes == CellKind.TIME)
        if dated.any():
            with np.errstate(invalid="ignore", over="ignore"):
                possible = is_a_date(number, self._date1904)
                clock = (codes == CellKind.TIME) & possible & (number < 1)
                day = dated & possible & ~clock
                seconds = np.floor(number * 86400.0 + 0.5)
                number = np.where(day, days_to_seconds(number, self._date1904), number)
            number = np.where(clock, seconds, number)
            kinds[dated] = CellKind.NUMBER
            kinds[day] = CellKind.DATE
            kinds[clock] = CellKind.TIME
        kinds[codes == SECONDS] = CellKind.DATE
        kinds[codes == CLOCK_SECONDS] = CellKind.TIME
        return _Piece(rows, kinds, number, text)

    def grid(self, rows: int | None = None) -> Grid:
        """What was gathered, from A1 to the last used cell, or to the last within the first *rows* rows.

        Raises:
            TooSpread: The grid would be mostly emptiness, and more of it than memory holds.
        """
        if self.width * self.height > max(_ALWAYS_FINE, _SPREAD * self.cells) and rows is None:
            raise TooSpread(self.height, self.width)
        height, width = self.height, self.width
        if rows is not None and height > rows:
            height, width = self._within(rows)
        nothing = self._column([], height)
        columns = [
            self._column(self._pieces.pop(place, []), height) if place in self._pieces else nothing
            for place in range(width)
        ]
        return Grid(columns, height)

    def _within(self, rows: int) -> tuple[int, int]:
        height = width = 0
        for place, pieces in self._pieces.items():
            kept = []
            for piece in pieces:
                where = _rows_of(piece)
                count = int(np.searchsorted(where, rows))
                if not count:
                    continue
                cut = _Piece(
                    where[:count],
                    piece.kind if isinstance(piece.kind, int) else piece.kind[:count],
                    None if piece.number is None else piece.number[:count],
                    None if piece.text is None else piece.text[:count],
                )
                filled = np.flatnonzero(np.broadcast_to(cut.kind, count))
                if filled.size:
                    kept.append(cut)
                    height = max(height, int(where[filled[-1]]) + 1)
                    width = max(width, place + 1)
            self._pieces[place] = kept
        return height, width

    def _column(self, pieces: list[_Piece], height: int) -> Column:
        kind: Codes = _same(np.uint8(CellKind.BLANK), height)
        number: Numbers = _same(np.float64(np.nan), height)
        text: npt.NDArray[np.int32] = _same(np.int32(-1), height)
        if pieces:
            kind = np.zeros(height, np.uint8)
        # A column without numbers, or without texts, is given one value that stands for all its rows.
        if any(piece.number is not None for piece in pieces):
            number = np.full(height, np.nan)
        if any(piece.text is not None for piece in pieces):
            text = np.full(height, -1, np.int32)
        for piece in pieces:
            rows = piece.rows
            if isinstance(rows, slice) and rows.stop > height:
                keep = height - rows.start
                rows = slice(rows.start, height)
            else:
                keep = rows.stop - rows.start if isinstance(rows, slice) else len(rows)
                if not isinstance(rows, slice) and keep and int(rows[-1]) >= height:
                    keep = int(np.searchsorted(rows, height))
                    rows = rows[:keep]
            kind[rows] = piece.kind if isinstance(piece.kind, int) else piece.kind[:keep]
            if piece.number is not None:
                number[rows] = piece.number[:keep]
            elif number.flags.writeable:
                number[rows] = np.nan
            if piece.text is not None:
                text[rows] = piece.text[:keep]
            elif text.flags.writeable:
                text[rows] = -1
        pieces.clear()
        return Column(kind, number, text, self._texts.all)


def _rows_of(piece: _Piece) -> Places:
    if isinstance(piece.rows, slice):
        return np.arange(piece.rows.start, piece.rows.stop)
    return piece.rows


def _same(value: Scalar, height: int) -> npt.NDArray[Scalar]:
    """One value as a read-only array of *height* rows that takes no memory."""
    same: npt.NDArray[Scalar] = np.broadcast_to(value, height)
    return same
