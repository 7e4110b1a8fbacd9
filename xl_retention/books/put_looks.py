"""Which style a cell starts from that values are put into: its own, or that of the cells above it."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from typing import Protocol

from xl_retention.books.single_row import KnownRow

_LOOKED_AT = 20
"""Rows above a new cell that are searched for the style of its column."""


class _Sheet(Protocol):
    """What has to be known of the sheet."""

    def row(self, number: int) -> KnownRow | None: ...

    def is_data(self, row: int, column: int) -> bool: ...

    def style_of_column(self, column: int) -> int: ...


class Looks:
    """Styles for the cells of one sheet.

    Args:
        sheet: As it was.
        new_rows: Numbers of the rows that are added, in order.
    """

    def __init__(self, sheet: _Sheet, new_rows: Iterable[int]) -> None:
        self._sheet = sheet
        self._begin: dict[int, int] = {}
        for row in new_rows:
            self._begin[row] = self._begin.get(row - 1, row)
        self._above: dict[tuple[int, int], int | None] = {}

    def base(self, row: int, column: int) -> int:
        """The style number of a cell (row from 1, column from 0) before it is suited to what it holds."""
        known = self._sheet.row(row)
        if known and column in known.cells:
            return known.cells[column].style
        if known and known.style is not None:
            return known.style
        above = self._style_above(row, column)
        return self._sheet.style_of_column(column) if above is None else above

    def _style_above(self, row: int, column: int) -> int | None:
        """Of the nearest cell above; rows added at one place all look like the last one before them."""
        begin = self._begin.get(row, row)
        if (begin, column) not in self._above:
            self._above[begin, column] = next(self._styles_above(begin, column), None)
        return self._above[begin, column]

    def _styles_above(self, row: int, column: int) -> Iterator[int]:
        for number in range(row - 1, max(0, row - 1 - _LOOKED_AT), -1):
            known = self._sheet.row(number)
            if known is None or not self._sheet.is_data(number, column):
                return
            if column in known.cells:
                yield known.cells[column].style
