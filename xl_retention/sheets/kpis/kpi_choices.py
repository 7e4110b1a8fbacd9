"""What the yellow cells of the key figures are chosen from: columns beside the table, outside the printed page.

Drop-downs name these columns by a formula, so that each refresh offers what the store then holds, in an open
workbook too.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look
from xl_retention.domain.dates import Period
from xl_retention.sheets.wording import say

MONTHS_OFFERED = 25
MOST = 400
"""Rows of a column that are looked at."""


@dataclass(frozen=True)
class Choices:
    """
    Columns of choices beside a table.

    Args:
        switches: Their keys in `wording`, in the order of the yellow cells.
        heading_row: Of the table, from 1; the names of the switches stand in it, the choices below.
        first: Place of the first column, from 0.
    """

    switches: tuple[str, ...]
    heading_row: int
    first: int

    @property
    def columns(self) -> tuple[ColumnLayout, ...]:
        """A gap, then a column per switch."""
        return (ColumnLayout(4), *(ColumnLayout(14, "text") for _ in self.switches))

    @property
    def looks(self) -> dict[tuple[int, int], Look | None]:
        """The headings are plain notes, no part of the table's."""
        looks: dict[tuple[int, int], Look | None] = {(self.heading_row - 1, self.first - 1): None}
        for at in range(len(self.switches)):
            looks[self.heading_row - 1, self.first + at] = "note"
        return looks

    def drop_downs(self, first_row: int, place: int) -> dict[tuple[int, int], str]:
        """By yellow cell, one below the other from *first_row* (from 1), the formula of its choices."""
        found = {}
        for at in range(len(self.switches)):
            column = f"${letters(self.first + at)}$"
            top = f"{column}{self.heading_row + 1}"
            filled = f"COUNTA({top}:{column}{self.heading_row + MOST})"
            found[first_row - 1 + at, place] = f"OFFSET({top},0,0,MAX(1,{filled}),1)"
        return found

    def beside(
        self, rows: Sequence[Sequence[object]], offered: Sequence[Sequence[str]], language: str
    ) -> list[list[object]]:
        """The rows of a sheet with the choices beside them."""
        height = max(len(rows), self.heading_row + max(map(len, offered), default=0))
        wide = [[*row] for row in rows] + [[] for _ in range(height - len(rows))]
        names = [say(key, language) for key in self.switches]
        for at, (name, choices) in enumerate(zip(names, offered, strict=True), self.first):
            for row, cell in enumerate((name, *choices[:MOST]), self.heading_row - 1):
                wide[row] += [None] * (at + 1 - len(wide[row]))
                wide[row][at] = cell
        return wide


def months_offered(as_of: dt.date) -> list[str]:
    """The month of a day and those before it."""
    month = Period.containing(as_of, "month")
    return [month.shift(-back).label for back in range(MONTHS_OFFERED)]
