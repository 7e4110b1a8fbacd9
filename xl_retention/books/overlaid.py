"""A sheet as read, with values over it that are put in but not saved yet."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from typing import TypeVar

import numpy as np
import numpy.typing as npt

from xl_retention.books.grid import CellKind, Column, Grid

_Scalar = TypeVar("_Scalar", bound=np.generic)


def overlaid(grid: Grid, cells: Mapping[tuple[int, int], object], columns: Collection[int] | None = None) -> Grid:
    """What a reader would find once the values are saved.

    Args:
        grid: The sheet without them.
        cells: Values as a cell can hold them, by row from 1 and column from 0; None is blank.
        columns: Places of the columns that were read, None for all.
    """
    wanted = {place: value for place, value in cells.items() if columns is None or place[1] in columns}
    if not wanted:
        return grid
    new = Grid.of([[value] for value in wanted.values()])
    values = new.columns[0]
    places = np.array(list(wanted), np.int64)
    shared = list(grid.columns[0].texts) if grid.columns else []
    texts = np.where(values.text < 0, -1, values.text + len(shared)).astype(np.int32)
    shared += values.texts
    height = max(grid.height, int(places[:, 0].max()))
    width = max(grid.width, int(places[:, 1].max()) + 1)
    nothing = Column(np.zeros(0, np.uint8), np.zeros(0), np.zeros(0, np.int32), shared)
    made = []
    for place in range(width):
        before = grid.columns[place] if place < grid.width else nothing
        here = places[:, 1] == place
        rows = places[here, 0] - 1
        made.append(
            Column(
                _with(before.kind, height, np.uint8(CellKind.BLANK), rows, values.kind[here]),
                _with(before.number, height, np.float64(np.nan), rows, values.number[here]),
                _with(before.text, height, np.int32(-1), rows, texts[here]),
                shared,
            )
        )
    asked = 0 if columns is None else min(max(columns) + 1, width)
    return _trimmed(made, asked)


def _with(
    cells: npt.NDArray[_Scalar], height: int, blank: _Scalar, rows: npt.NDArray[np.int64], new: npt.NDArray[_Scalar]
) -> npt.NDArray[_Scalar]:
    if len(cells) == height and not rows.size:
        return cells
    made = np.full(height, blank)
    made[: len(cells)] = cells
    made[rows] = new
    return made


def _trimmed(columns: list[Column], asked: int) -> Grid:
    """Up to the last used cell; of the columns, those asked for stay at any rate."""
    ends = [int(used[-1]) + 1 if (used := np.flatnonzero(column.kind)).size else 0 for column in columns]
    height = max(ends)
    width = max(asked, *(place for place, end in enumerate(ends, 1) if end), 0)
    return Grid([Column(c.kind[:height], c.number[:height], c.text[:height], c.texts) for c in columns[:width]], height)
