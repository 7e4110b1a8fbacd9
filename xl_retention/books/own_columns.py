"""Columns of our own inside a sheet of the staff's: where they go, and how wide they are.

They have to sort and filter with the staff's rows. So they stand directly right of the table, of the filtered list
or of the last used column, with no gap, and tables and filters take them in. Where something else stands there,
nothing is written: a column further right would stay behind when the rows are sorted.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.books.book import KEEP
from xl_retention.books.cell_xml import letters, plain
from xl_retention.books.grid import CellKind, Grid
from xl_retention.errors import BookRefused, WrongRequest

Columns = Mapping[str, Sequence[object]]
"""By heading the values of the rows below it; KEEP leaves a cell."""

_NARROWEST, _WIDEST = 11, 40
_LOOKED_AT = 200
"""Values by which the width of a new column is chosen."""


@dataclass(frozen=True)
class ColumnPlan:
    """
    Where columns go.

    Args:
        heading_row: From 1.
        places: By heading its column, from 0.
        added: Headings that were not there, in the order in which they are added.
    """

    heading_row: int
    places: Mapping[str, int]
    added: tuple[str, ...]

    @property
    def last(self) -> int:
        """The last column that is added, from 0."""
        return self.places[self.added[-1]]

    @property
    def like(self) -> int:
        """The column whose heading the new ones look like."""
        return self.places[self.added[0]] - 1


def planned(
    grid: Grid, heading_row: int, beside: int, columns: Columns, list_end: int | None, sheet: str
) -> ColumnPlan:
    """
    Finds the headings that are there and the place of those that are not.

    Args:
        grid: The whole sheet.
        heading_row: From 1.
        beside: A column of the list (from 1) that the new ones belong to.
        list_end: Last column (from 0) of the table or filter that the list is; None for a list without.
        sheet: Its name, for messages.

    Raises:
        BookRefused: Something stands where a new column would go.
        WrongRequest: There is no heading at that place.
    """
    headings = _headings(grid, heading_row)
    if beside - 1 not in headings.values():
        raise WrongRequest(f"{sheet}!{letters(beside - 1)}{heading_row} holds no heading.")
    places = {heading: headings[key] for heading in columns if (key := _key(heading)) in headings}
    added = tuple(heading for heading in columns if heading not in places)
    if added:
        end = _end_of_list(grid, heading_row, beside - 1) if list_end is None else list_end
        for place, heading in enumerate(added, end + 1):
            if row := _filled_row(grid, heading_row, place):
                raise BookRefused(
                    f"{sheet}!{letters(place)}{row} is taken where the column '{heading}' would go, which has to stand "
                    "beside the list to be sorted with it; move what stands there to another sheet and try again."
                )
            places[heading] = place
    return ColumnPlan(heading_row, places, added)


def _key(heading: str) -> str:
    """Excel takes no two headings in a table that differ in capitals alone."""
    return heading.strip().casefold()


def _headings(grid: Grid, heading_row: int) -> dict[str, int]:
    """Columns by heading; of two that are alike the left one counts."""
    found: dict[str, int] = {}
    for place, column in enumerate(grid.columns if heading_row <= grid.height else ()):
        if column.kind[heading_row - 1] == CellKind.TEXT:
            found.setdefault(_key(str(column.value(heading_row - 1))), place)
    return found


def _filled_row(grid: Grid, heading_row: int, place: int) -> int:
    """The first row from the headings down in which a column holds something; 0 where none does."""
    if place >= grid.width:
        return 0
    rows = np.flatnonzero(grid.columns[place].kind[heading_row - 1 :] != CellKind.BLANK)
    return int(rows[0]) + heading_row if len(rows) else 0


def _end_of_list(grid: Grid, heading_row: int, beside: int) -> int:
    """The last column before a wholly blank one."""
    end = beside
    while _filled_row(grid, heading_row, end + 1):
        end += 1
    return end


def changed_cells(grid: Grid, plan: ColumnPlan, columns: Columns, *, date1904: bool = False) -> dict[int, list[object]]:
    """
    By column what has to be put into it, from the heading down; cells that hold the value already are kept.

    Columns in which nothing changes are left out.
    """
    found: dict[int, list[object]] = {}
    for heading, values in columns.items():
        place = plan.places[heading]
        before = grid.columns[place].values()[plan.heading_row :] if place < grid.width else []
        before += [None] * (len(values) - len(before))
        cells = [
            KEEP if value is KEEP or _alike(now, plain(value, date1904=date1904)) else value
            for now, value in zip(before, values, strict=False)
        ]
        if heading in plan.added:
            found[place] = [heading, *cells]
        elif any(cell is not KEEP for cell in cells):
            found[place] = [KEEP, *cells]
    return found


def _alike(now: object, value: object) -> bool:
    if isinstance(value, dt.date) and not isinstance(value, dt.datetime):
        value = dt.datetime.combine(value, dt.time())
    return now == value and isinstance(now, bool) == isinstance(value, bool)


def block(cells: Mapping[int, Sequence[object]]) -> tuple[int, list[list[object]]]:
    """The first column (from 0) and the rows of a block that holds these columns; what lies between is kept."""
    first, last = min(cells), max(cells)
    height = max(len(column) for column in cells.values())
    rows: list[list[object]] = [[KEEP] * (last - first + 1) for _ in range(height)]
    for place, column in cells.items():
        for row, value in zip(rows, column, strict=False):
            row[place - first] = value
    return first, rows


def width(column: Sequence[object]) -> int:
    """Characters that a new column needs; a Chinese one counts twice."""
    longest = max(
        (_length(str(value)) for value in column[:_LOOKED_AT] if value is not None and value is not KEEP), default=0
    )
    return max(_NARROWEST, min(longest + 2, _WIDEST))


def _length(text: str) -> int:
    return sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in text)
