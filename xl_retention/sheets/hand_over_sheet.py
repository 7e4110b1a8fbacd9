"""The sheet Hand-over Form: who leaves and who takes over, and whom to tell (DOM 6.7)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

import numpy as np

from xl_retention.books.book import Book
from xl_retention.books.cell_xml import letters
from xl_retention.books.grid import Grid
from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.introductions import INTRODUCTION
from xl_retention.domain.person_names import people
from xl_retention.domain.problems import Problem
from xl_retention.domain.store import Heading, Table, same
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.small_tables import heading_row, is_blank, small_rows
from xl_retention.sheets.typed_days import day_in
from xl_retention.sheets.wording import both, say

INPUT_ROW, HEADING_ROW = 4, 5
ASKED = ("leaver", "receivers", "handed_on", "hand_over_reason")
"""What is typed into the yellow row, from the left."""
COLUMNS: dict[str, tuple[float, Look]] = {
    "customer_id": (18, "text"), "customer": (22, "wrapped"), "phone": (14, "text"), "old_owner": (22, "text"),
    "new_owner": (14, "text"), "taken_over_as": (22, "wrapped"), "handed_on": (12, "date"), "tell_by": (12, "date"),
    "told_on": (12, "input_date"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
FIELDS = {"customer_name": "customer", "mobile": "phone"}
"""Fields of the list that stand in a column of another name."""


class Handed(NamedTuple):
    """One hand-over: from whom, to whom, when."""

    old_owner: str
    new_owner: str
    day: dt.date


@dataclass(frozen=True)
class Typed:
    """What stands in the yellow row; blank texts and None where nothing does."""

    leaver: str
    receivers: tuple[str, ...]
    day: dt.date | None
    reason: str


def layout(language: str) -> SheetLayout:
    """Looks of the sheet; a customer who should have been told is red."""
    by, told = (letters(list(COLUMNS).index(name)) for name in ("tell_by", "told_on"))
    first = HEADING_ROW + 1
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note", "note"),
        looks={(INPUT_ROW - 1, place): "input_heading" for place in range(len(ASKED))},
        row_colours=(RowColour(f'AND(${by}{first}<>"",${told}{first}="",${by}{first}<TODAY())', "bad"),),
        tab_colour="7F6000",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a form of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_form(cells)


def is_form(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of a form, filled or not."""
    return heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def empty(language: str) -> list[list[object]]:
    """The form before it is filled."""
    return _head([None] * len(ASKED), say("hand_over_empty", language), language)


def _head(asked: Sequence[object], note: str, language: str) -> list[list[object]]:
    return [
        [say("hand_over_sheet", language)],
        [note],
        [say(name, language) for name in ASKED],
        list(asked),
        [say(name, language) for name in COLUMNS],
    ]


def typed(cells: Sequence[Sequence[object]]) -> Typed:
    """What is typed into the form."""
    row = [*cells[INPUT_ROW - 1], *[None] * len(ASKED)] if is_form(cells) and len(cells) >= INPUT_ROW else []
    leaver, receivers, day, reason = row[: len(ASKED)] or [None] * len(ASKED)
    return Typed(_text(leaver), tuple(people(_text(receivers))), day_in(day), _text(reason))


def with_told(
    cells: Sequence[Sequence[object]], told: Collection[tuple[str, dt.date]], day: dt.date
) -> tuple[list[list[object]], set[Handed]]:
    """
    The cells of the form with a day beside those who were told.

    Args:
        told: Number of each customer, and the day on which he was handed over.
        day: When they were told; a day that stands there already stays.

    Returns:
        The cells, and the hand-overs of which everybody has been told now.
    """
    written = [list(row) for row in cells]
    left: dict[Handed, bool] = {}
    for row in small_rows(cells, HEADINGS, tuple(COLUMNS)):
        handed_on = row.cells.get("handed_on")
        if not isinstance(handed_on, dt.datetime):
            continue
        hand_over = Handed(row.text("old_owner"), row.text("new_owner"), handed_on.date())
        now = (row.text("customer_id"), handed_on.date()) in told
        if now and not row.text("told_on"):
            written[row.number - 1][row.places["told_on"]] = day
        left[hand_over] = left.get(hand_over, False) or not (now or row.text("told_on"))
    return written, {hand_over for hand_over, still in left.items() if not still}


def with_numbers(cells: Sequence[Sequence[object]], numbers: Mapping[str, str]) -> list[list[object]]:
    """The cells of the form with other numbers of customers, by the ones they had."""
    written = [list(row) for row in cells]
    for row in small_rows(cells, HEADINGS, tuple(COLUMNS)):
        if number := numbers.get(row.text("customer_id")):
            written[row.number - 1][row.places["customer_id"]] = number
    return written


def read_introductions(book: Book) -> tuple[Table | None, list[Problem]]:
    """
    Whom to tell, from the form; None without one. A day of telling that makes no sense counts as not told.

    Only the date on which somebody was told is typed by hand, so only that can be a finding.
    """
    names = {name.casefold() for name in both("hand_over_sheet")}
    sheet = next((name for name in book.sheet_names() if name.casefold() in names), None)
    cells = book.read(sheet) if sheet is not None else []
    rows = list(small_rows(cells, HEADINGS, tuple(COLUMNS)))
    if sheet is None or not rows:
        return None, []
    columns, problems = {}, []
    for each in INTRODUCTION.fields:
        column = FIELDS.get(each.name, each.name)
        cleaned = clean(Grid.of([[row.cells.get(column)] for row in rows]).columns[0], each.kind)
        columns[each.name] = cleaned.values
        problems += [
            Problem(
                "date_not_understood", "medium", sheet, rows[place].address(column), rows[place].headings[column],
                rows[place].text(column), cleaned.wanted, "Type it as YYYY-MM-DD, or clear the cell.",
            )
            for place in cleaned.refused.tolist()
            if each.name == "told_on"
        ]  # fmt: skip
    headings = {
        (sheet, each.name): Heading(rows[0].address(name).rstrip("0123456789"), rows[0].headings[name])
        for each in INTRODUCTION.fields
        if (name := FIELDS.get(each.name, each.name)) in rows[0].places
    }
    numbers = np.array([row.number for row in rows], np.int64)
    return Table(INTRODUCTION, columns, same(sheet, len(rows)), numbers, headings), problems


def _text(cell: object) -> str:
    return "" if cell is None else str(cell).strip()


def lay_out(
    before: Sequence[Sequence[object]], told: Sequence[Mapping[str, object]], asked: Sequence[object], language: str
) -> list[list[object]]:
    """
    The cells of the sheet: the form, whom to tell now, and below whoever stood there before.

    Args:
        before: The sheet as it stands.
        told: The new rows, by column.
        asked: What the form says, in the order of `ASKED`.
    """
    old = [row.cells for row in small_rows(before, HEADINGS, tuple(COLUMNS))]
    rows = [[row.get(name) for name in COLUMNS] for row in (*told, *old)]
    return [*_head(asked, say("hand_over_note", language, count=len(rows)), language), *rows]
