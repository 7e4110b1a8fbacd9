"""The sheet Start: what to do first, the buttons by occasion, the day in numbers, and help.

A grid of as many columns as there are groups of buttons. The buttons float over the rows below the names of their
groups, so that all of them are seen at once. Longer texts are cut into lines that run over the cells to their right:
a wrapped cell would be as narrow as a button. What everybody has to understand stands in both languages.
"""

from __future__ import annotations

import datetime as dt
import re
import unicodedata
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import zip_longest
from typing import Literal

from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.sheets.push_buttons import GROUPS, PushButton
from xl_retention.sheets.small_tables import is_blank
from xl_retention.sheets.wording import LANGUAGES, say

RowKind = Literal["title", "note", "heading", "buttons", "values", "words", "other_words"]
"""What a row holds; `other_words` are those of the other language."""

WIDTHS = (29.0, *(25.0,) * (len(GROUPS) - 1))
"""Of a column per group: each takes its buttons and its name in both languages, the first what is counted, too."""
BUTTON_ROW = 5
"""Row of the first buttons, counting from 1; the names of the groups stand in the row above."""
LINE_WIDTH = 100
"""Signs of a line of help, which begins in the second column; a Chinese sign takes the room of two."""

_DAY = ("day_calls", "day_overdue", "day_complaints", "day_problems")
_RUN = ("last_as_of", "last_when", "last_by", "last_customers")
RUN_COLUMN = 3
"""Column (from 0) of the words about the last run; the day in numbers stands in the first one."""
VALUE_LOOKS: dict[str, Look] = {"last_as_of": "date", "last_when": "datetime", "last_by": "text"}
_HELP = ("first_steps", "help_blocked", "help_python", "help_libreoffice", "help_own")
_PIECE = re.compile(r"\s*[\x21-\x7e]+|\s*[^\x21-\x7e\s]")


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
        examples: Whether the example rows of a new workbook are there; else Start does not speak of them.
    """

    as_of: dt.date | None = None
    when: dt.datetime | None = None
    by: str | None = None
    customers: int | None = None
    calls: int | None = None
    overdue: int | None = None
    complaints_overdue: int | None = None
    problems: int | None = None
    examples: bool = True


def lay_out(status: Status, language: str) -> list[list[object]]:
    """The cells of the sheet. They lie in the same rows whatever happened, so that values alone change."""
    return [cells for _, cells in _rows(status, language)]


def row_kinds(language: str) -> list[RowKind]:
    """What each row holds, for whoever draws the sheet anew."""
    return [kind for kind, _ in _rows(Status(), language)]


def button_places() -> Iterator[tuple[int, int, PushButton]]:
    """Row and column (from 0) of each button, in the order in which the keyboard goes through them."""
    for column, group in enumerate(GROUPS.values()):
        for row, button in enumerate(group, BUTTON_ROW - 1):
            yield row, column, button


def value_looks() -> dict[tuple[int, int], Look]:
    """The looks of the cells that a run fills, by row and column (from 0)."""
    first = BUTTON_ROW + max(map(len, GROUPS.values()))
    return {
        (first + number, column + 1): VALUE_LOOKS.get(key, "integer")
        for column, keys in ((0, _DAY), (RUN_COLUMN, _RUN))
        for number, key in enumerate(keys)
    }


def _rows(status: Status, language: str) -> list[tuple[RowKind, list[object]]]:
    other = next(each for each in LANGUAGES if each != language)
    gap = [None] * (RUN_COLUMN - 2)
    day = (status.calls, status.overdue, status.complaints_overdue, status.problems)
    run = (status.as_of, status.when, status.by, status.customers)
    rows: list[tuple[RowKind, list[object]]] = [
        ("title", [say("start_title", language)]),
        ("note", [say("start_daily", language)]),
        ("note", [say("start_new" if status.examples else "start_own", language)]),
        ("heading", [in_both(key, language) for key in GROUPS]),
        *(("buttons", []) for _ in range(max(map(len, GROUPS.values())))),
        ("heading", [in_both("counts_of_the_day", language), None, *gap, in_both("last_run", language)]),
    ]
    for said, number, told, value in zip(_DAY, day, _RUN, run, strict=True):
        rows.append(("values", [in_both(said, language), number, *gap, in_both(told, language), value]))
    rows.append(("heading", [say("start_tips", language), say("start_tips", other)]))
    for _, _, button in button_places():
        rows += _words(f"button_{button.name}", f"tip_{button.name}", language, other)
    rows.append(("heading", [say("help", language), say("help", other)]))
    for key in _HELP:
        text = "first_steps_own" if key == "first_steps" and not status.examples else key
        rows += _words(f"{key}_title", text, language, other)
    return rows


def in_both(key: str, language: str) -> str:
    """The words of *key* in both languages, those of *language* first."""
    other = next(each for each in LANGUAGES if each != language)
    return " · ".join(dict.fromkeys((say(key, language), say(key, other))))


def _words(title: str, text: str, language: str, other: str) -> Iterator[tuple[RowKind, list[object]]]:
    """A name in the first column and, in lines beside it, what is to be said, in both languages."""
    kinds: tuple[tuple[RowKind, str], ...] = (("words", language), ("other_words", other))
    for kind, spoken in kinds:
        for name, line in zip_longest([say(title, spoken)], in_lines(say(text, spoken), LINE_WIDTH)):
            yield kind, [name, line]


def in_lines(text: str, width: int) -> list[str]:
    """
    A text cut into lines between words, or between Chinese signs but not before one that ends a phrase.

    Args:
        width: Signs of a line; a Chinese one counts as two.
    """
    lines = [""]
    room = width
    for piece in _PIECE.findall(text):
        needed = sum(2 if unicodedata.east_asian_width(sign) in "WF" else 1 for sign in piece)
        ends_a_phrase = unicodedata.category(piece.lstrip()[0]) in ("Po", "Pe", "Pf")
        if needed > room and lines[-1] and not ends_a_phrase:
            lines.append("")
            room = width
            piece = piece.lstrip()
        lines[-1] += piece
        room -= needed
    return lines


def red_row(language: str) -> RowColour:
    """The line of overdue complaints is red while there are any."""
    return RowColour(f'AND($A1="{in_both("day_complaints", language)}",N($B1)>0)', "bad")


def layout(language: str) -> SheetLayout:
    """Looks of the sheet where a book has to make it: plain columns without headings."""
    return SheetLayout(
        tuple(ColumnLayout(width) for width in WIDTHS),
        heading_row=0,
        row_colours=(red_row(language),),
        coloured=(0, 1),
        landscape=True,
        filter=False,
        tab_colour="1F4E78",
        footer=say("page", language),
    )


def is_current(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the buttons lie where this version has them; of an older sheet Start the words must not move."""
    heads = [[in_both(key, language) for key in GROUPS] for language in LANGUAGES]
    row = list(cells[BUTTON_ROW - 2]) if len(cells) >= BUTTON_ROW - 1 else []
    return is_blank(cells) or (is_ours(cells) and row[: len(GROUPS)] in heads)


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a start sheet of ours (or blank), and not one that the staff keep."""
    titles = {say("start_title", language) for language in LANGUAGES}
    return is_blank(cells) or bool(cells and cells[0] and cells[0][0] in titles)
