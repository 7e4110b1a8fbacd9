"""The sheet Class Changes: who went up or down, when, and why; the newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, field

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.sheets.small_tables import is_blank, small_rows
from xl_retention.sheets.wording import both, say

HEADING_ROW = 3
COLUMNS: dict[str, tuple[float, Look]] = {
    "changed_on": (12, "date"), "customer": (18, "wrapped"), "plate": (12, "text"), "scheme": (20, "text"),
    "label_before": (20, "text"), "label_now": (20, "text"), "direction": (12, "text"), "class_why": (60, "wrapped"),
    "class_key": (10, "code"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
_NEEDED = ("changed_on", "label_before", "label_now", "class_key")
_SINCE = 0
"""Place (from 0) in the row of the note where the day of the first run stands."""


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    place = letters(list(COLUMNS).index("direction"))
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        row_colours=(RowColour(f'${place}{HEADING_ROW + 1}="{say("demotion", language)}"', "warning"),),
        coloured=(list(COLUMNS).index("direction"),),
        printed_columns=list(COLUMNS).index("class_key"),
        frozen_columns=2,
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a log of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_change_log(cells)


def is_change_log(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a log, filled or not."""
    return any(
        {str(cell).strip() for cell in row} >= {HEADINGS[name][place] for name in _NEEDED}
        for row in cells[:HEADING_ROW]
        for place in (0, 1)
    )


@dataclass(frozen=True)
class Change:
    """
    One change of a label.

    Args:
        key: Whose label in which scheme, as `vehicle/LSV…/value_tier`.
        before, now: As a person reads them.
        is_demotion: Whether the label became less favourable.
        why: The sentence for the label of now.
    """

    day: dt.date
    customer: str
    plate: str
    scheme: str
    before: str
    now: str
    is_demotion: bool
    why: str
    key: str

    def cells(self, language: str) -> list[object]:
        """A row of the sheet."""
        direction = say("demotion" if self.is_demotion else "promotion", language)
        return [
            self.day, self.customer, self.plate, self.scheme, self.before, self.now, direction, self.why, self.key,
        ]  # fmt: skip


@dataclass(frozen=True)
class ChangeLog:
    """
    What the sheet said so far.

    Args:
        since: Day of the first run; None before it.
        rows: As they stand, the newest first.
        given: By key and label the latest day on which it was given.
    """

    since: dt.date | None = None
    rows: Sequence[Sequence[object]] = ()
    given: dict[tuple[str, str], dt.date] = field(default_factory=dict)

    @classmethod
    def of(cls, cells: Sequence[Sequence[object]]) -> ChangeLog:
        """From the cells of the sheet."""
        if not is_change_log(cells):
            return cls()
        rows: list[Sequence[object]] = []
        given: dict[tuple[str, str], dt.date] = {}
        for row in small_rows(cells, HEADINGS, _NEEDED):
            rows.append([row.cells.get(name) for name in COLUMNS])
            if day := _day(row.cells.get("changed_on")):
                place = row.text("class_key"), row.text("label_now")
                given[place] = max(day, given.get(place, day))
        note = next((row for row in cells[1:2]), ())
        return cls(_day(note[_SINCE] if len(note) > _SINCE else None), rows, given)

    def held_since(self, key: str, label: str) -> dt.date | None:
        """The day since which somebody carries a label, as far as the log reaches back."""
        return self.given.get((key, label), self.since)


def _day(cell: object) -> dt.date | None:
    return cell.date() if isinstance(cell, dt.datetime) else cell if isinstance(cell, dt.date) else None


def lay_out(log: ChangeLog, changes: Sequence[Change], as_of: dt.date | None, language: str) -> list[list[object]]:
    """
    The cells of the sheet.

    Args:
        changes: Of this run.
        as_of: Its day; None for a sheet before the first run.
    """
    return [
        [say("changes_title", language)],
        [log.since or as_of, say("changes_note", language)],
        [say(name, language) for name in COLUMNS],
        *(change.cells(language) for change in changes),
        *(list(row) for row in log.rows),
    ]
