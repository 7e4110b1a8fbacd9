"""Places in a sheet (filters, tables, names, rules) that end with its last row and follow when it moves."""

from __future__ import annotations

import re
from dataclasses import dataclass

from xl_retention.books.cell_xml import column_number

_RANGE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?::(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7}))?")


@dataclass(frozen=True)
class Following:
    """How places that ended with the old last row come to end with the new one.

    Args:
        heading_row: From 1; a place that begins at or above the first row below it follows.
        old_ends: Rows that counted as the last one: of the cells, of the filter, of a table.
        new_end: The last row now; at least the one below the headings.
    """

    heading_row: int
    old_ends: frozenset[int]
    new_end: int

    def moved(self, places: str, *, single: bool = True) -> str:
        """Places such as `A4:Q43 S1`, each that covered the old rows now covers the new ones.

        Args:
            places: With or without `$`.
            single: Whether a lone cell in the first data row counts as a column of one row.
        """

        def move(found: re.Match[str]) -> str:
            lead, column, fix, row, *second = found.groups()
            lone = second[3] is None
            first, last = int(row), int(second[3] or row)
            if last not in self.old_ends or first > self.heading_row + 1 or last <= self.heading_row:
                return found[0]
            if lone and not single:
                return found[0]
            last_lead, last_column, last_fix = (lead, column, fix) if lone else second[:3]
            return f"{lead}{column}{fix}{first}:{last_lead}{last_column}{last_fix}{max(first, self.new_end)}"

        return _RANGE.sub(move, places)


def corners(place: str) -> tuple[int, int, int, int] | None:
    """First column and row, last column and row; columns from 0, rows from 1; None if it is no place."""
    found = _RANGE.fullmatch(place.strip())
    if not found:
        return None
    _, column, _, row, _, last_column, _, last_row = found.groups()
    first = column_number(column)
    return first, int(row), column_number(last_column) if last_column else first, int(last_row or row)


def bottom(place: str) -> int:
    """The last row of a place, 0 if it is none."""
    found = corners(place)
    return found[3] if found else 0
