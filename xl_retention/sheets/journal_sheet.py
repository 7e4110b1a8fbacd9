"""The sheet Journal: who pressed which button when, for which day, and what came of it; newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.sheets.small_tables import heading_row, is_blank, small_rows
from xl_retention.sheets.wording import both, say

HEADING_ROW = 3
KEPT = 5_000
"""Older entries leave the sheet, so that it stays quick to read and to mail."""

COLUMNS: dict[str, tuple[float, Look]] = {
    "when": (17, "datetime"), "by_whom": (18, "text"), "action": (24, "text"), "day": (12, "date"),
    "rows": (10, "integer"), "result": (60, "wrapped"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}


@dataclass(frozen=True)
class Entry:
    """One run.

    Args:
        when: Local time, to the minute.
        who: Name of the account that pressed.
        action: Caption of the button.
        day: The day that was worked out.
        rows: Rows that were read or written, whichever says more of this action.
        result: What came of it, in a sentence.
    """

    when: dt.datetime
    who: str
    action: str
    day: dt.date
    rows: int
    result: str


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a journal of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def lay_out(before: Sequence[Sequence[object]], entry: Entry | None, language: str) -> list[list[object]]:
    """The cells of the sheet: the new entry above those that stand there.

    Args:
        before: The sheet as it is, blank for a new one.
        entry: None draws the sheet without one.
    """
    rows: list[list[object]] = [
        [say("journal_title", language)],
        [say("journal_note", language)],
        [say(name, language) for name in COLUMNS],
    ]
    if entry:
        rows.append([entry.when, entry.who, entry.action, entry.day, entry.rows, entry.result])
    earlier = [[row.cells.get(name) for name in COLUMNS] for row in small_rows(before, HEADINGS, tuple(COLUMNS))]
    return rows + earlier[: KEPT - 1]
