"""The sheet Start: the buttons and what they do, the last run, and what to do when a button does nothing.

A plain grid of three columns: what it is about, the words in the language of the workbook, the same in the other
language. The buttons float over the first column of their rows.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.sheets.push_buttons import BUTTONS
from xl_retention.sheets.small_tables import is_blank
from xl_retention.sheets.wording import LANGUAGES, say

WIDTHS = (30.0, 62.0, 62.0)
BUTTON_ROW = 4
"""Row of the first button, counting from 1; one row for each."""

_RUN = ("last_as_of", "last_when", "last_by", "last_customers")
_DAY = ("day_calls", "day_overdue", "day_complaints", "day_problems")
_HELP = ("first_steps", "help_blocked", "help_python", "help_libreoffice", "help_own")


@dataclass(frozen=True)
class Status:
    """The last run; what is not known is left blank.

    Args:
        as_of: The day that was worked out.
        when: Local time of the run.
        by: Name of the account that pressed.
        customers: Rows of customers that were read.
        calls, overdue: Rows of today's calls.
        complaints_overdue: Complaints of which a clock has run out.
        problems: Findings on the sheet Data Checks.
    """

    as_of: dt.date | None = None
    when: dt.datetime | None = None
    by: str | None = None
    customers: int | None = None
    calls: int | None = None
    overdue: int | None = None
    complaints_overdue: int | None = None
    problems: int | None = None


def lay_out(status: Status, language: str) -> list[list[object]]:
    """The cells of the sheet. They lie in the same rows whatever happened, so that values alone change."""
    return [cells for _, cells in _lines(status, language)]


def row_looks(language: str) -> list[Look]:
    """The look of each row, for whoever draws the sheet anew."""
    return [look for look, _ in _lines(Status(), language)]


def _lines(status: Status, language: str) -> list[tuple[Look, list[object]]]:
    other = next(each for each in LANGUAGES if each != language)

    def words(key: str) -> list[object]:
        return [say(key, language), say(key, other)]

    def section(key: str) -> tuple[Look, list[object]]:
        return "heading", [say(key, language), None, say(key, other)]

    values: dict[str, object] = dict(
        zip((*_RUN, *_DAY), (status.as_of, status.when, status.by, status.customers, status.calls, status.overdue,
                             status.complaints_overdue, status.problems), strict=True)
    )  # fmt: skip
    lines: list[tuple[Look, list[object]]] = [
        ("title", [say("start_title", language)]),
        ("note", [say("start_note", language)]),
        section("start_buttons"),
    ]
    lines += [("wrapped", [None, *words(f"tip_{button.name}")]) for button in BUTTONS]
    lines.append(section("last_run"))
    lines += [(_VALUE_LOOKS.get(key, "integer"), [say(key, language), values[key], say(key, other)]) for key in _RUN]
    lines.append(section("counts_of_the_day"))
    lines += [("integer", [say(key, language), values[key], say(key, other)]) for key in _DAY]
    lines.append(section("help"))
    lines += [("wrapped", [say(f"{key}_title", language), *words(key)]) for key in _HELP]
    return lines


_VALUE_LOOKS: dict[str, Look] = {"last_as_of": "date", "last_when": "datetime", "last_by": "text"}


def red_row(language: str) -> RowColour:
    """The line of overdue complaints is red while there are any."""
    return RowColour(f'AND($A1="{say("day_complaints", language)}",N($B1)>0)', "bad")


def layout(language: str) -> SheetLayout:
    """Looks of the sheet where a book has to make it: plain columns without headings."""
    return SheetLayout(
        tuple(ColumnLayout(width, "wrapped") for width in WIDTHS),
        heading_row=0,
        row_colours=(red_row(language),),
        landscape=True,
        filter=False,
        tab_colour="1F4E78",
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a start sheet of ours (or blank), and not one that the staff keep."""
    titles = {say("start_title", language) for language in LANGUAGES}
    return is_blank(cells) or bool(cells and cells[0] and cells[0][0] in titles)
