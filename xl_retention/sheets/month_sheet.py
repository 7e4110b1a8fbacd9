"""A sheet about one month: its title, a note, the month in a yellow cell, headings, rows.

Another month is typed into the yellow cell; the next run takes it from there.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence

from xl_retention.books.layout import Look
from xl_retention.domain.dates import Period
from xl_retention.sheets.small_tables import cell_at
from xl_retention.sheets.typed_days import month_in
from xl_retention.sheets.wording import say

MONTH_ROW = 3
"""The row, from 1, whose first cell holds the month."""
HEADING_ROW = MONTH_ROW + 1
TITLE_LOOKS: tuple[Look, ...] = ("title", "note", "input_heading")


def month_typed(cells: Sequence[Sequence[object]]) -> Period | None:
    """The month in the yellow cell; None where there is none."""
    return month_in(cell_at(cells, MONTH_ROW))


def lay_out(
    title: str,
    note: str,
    month: Period | None,
    columns: Iterable[str],
    rows: Iterable[Mapping[str, object]],
    language: str,
    *,
    added: Sequence[str] = (),
    beside: str = "",
) -> list[list[object]]:
    """
    The cells of the sheet.

    Args:
        month: None for a sheet that is not filled yet.
        columns: Names of its columns, which are the keys of their headings too.
        rows: By name of the column.
        added: Headings of the columns that staff added to the right of ours.
        beside: What stands right of the month.
    """
    ours = list(columns)
    return [
        [title],
        [note],
        [month.label if month else None, *([beside] if beside else [])],
        [*(say(name, language) for name in ours), *added],
        *([row.get(name) for name in (*ours, *added)] for row in rows),
    ]
