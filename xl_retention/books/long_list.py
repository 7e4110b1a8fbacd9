"""The rows of a long list, kept as columns: a row is put together only for whoever asks for rows."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import chain, zip_longest
from typing import overload

Row = Sequence[object]


class LongList(Sequence[Row]):
    """
    Some first rows, and columns of values below them. Ten thousand rows as tuples take as much memory again.

    Args:
        first: Title, notes, headings.
        columns: Equally long.
    """

    def __init__(self, first: Sequence[Row], columns: Sequence[Sequence[object]]) -> None:
        self.first = tuple(first)
        self.columns = columns
        self._height = len(columns[0]) if columns else 0

    def __len__(self) -> int:
        return len(self.first) + self._height

    def __iter__(self) -> Iterator[Row]:
        return chain(self.first, zip(*self.columns, strict=True))

    @overload
    def __getitem__(self, place: int) -> Row: ...
    @overload
    def __getitem__(self, place: slice) -> Sequence[Row]: ...
    def __getitem__(self, place: int | slice) -> Row | Sequence[Row]:
        if isinstance(place, slice):
            return [self[each] for each in range(*place.indices(len(self)))]
        number = range(len(self))[place]
        if number < len(self.first):
            return self.first[number]
        return tuple(column[number - len(self.first)] for column in self.columns)


def columns_below(rows: Sequence[Row], start: int) -> list[Sequence[object]]:
    """The columns of *rows* from the row at *start* on; where a row is shorter, None."""
    if isinstance(rows, LongList) and len(rows.first) == start:
        return list(rows.columns)
    return list(zip_longest(*rows[start:]))


def width_of(rows: Sequence[Row]) -> int:
    """Cells of the longest row."""
    if isinstance(rows, LongList):
        return max([len(rows.columns) if len(rows) > len(rows.first) else 0, *map(len, rows.first)])
    return max(map(len, rows), default=0)
