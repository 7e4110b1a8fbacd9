"""The sheet Data Checks: every fault with its cell and what to do about it (DOM 2.15)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Sequence

from xl_retention.books.layout import ColumnLayout, RowColour, SheetLayout
from xl_retention.domain.problems import Problem
from xl_retention.sheets.check_kinds import ORDER, counted_kinds, kind_of
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.wording import both, in_language, say

HEADING_ROW = 3
SEVERITIES = ("high", "medium", "low")
WIDTHS = {
    "severity": 10, "kind": 27, "sheet": 16, "cell": 18, "heading": 18, "found": 28, "wanted": 36, "remedy": 48,
}  # fmt: skip
SINCE_THE_FIRST = ("severity", "sheet", "cell", "heading", "found", "wanted", "remedy")
"""Headings that the sheet had from the first version on; by them it is known as ours."""
LONGEST = 20_000
"""More findings than this help nobody; the note above still counts them all."""


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    wrapped = ("found", "wanted", "remedy")
    return SheetLayout(
        tuple(
            ColumnLayout(width, "wrapped" if name in wrapped else "link" if name == "cell" else "text")
            for name, width in WIDTHS.items()
        ),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        row_colours=(RowColour(f'$A{HEADING_ROW + 1}="{say("high", language)}"', "bad"),),
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is a check sheet of ours (or blank), and not one that the staff keep."""
    headings = {name: both(name) for name in WIDTHS}
    return is_blank(cells) or heading_row(cells, headings, SINCE_THE_FIRST) is not None


def in_order(problems: Sequence[Problem]) -> list[Problem]:
    """The serious ones first, else as found."""
    return sorted(problems, key=lambda problem: SEVERITIES.index(problem.severity))


def lay_out(
    problems: Sequence[Problem], as_of: dt.date, language: str, *, whole: bool = True
) -> list[list[object]]:
    """
    The cells of the sheet: the serious findings first, of these those of one kind together.

    Args:
        whole: Whether every column of every sheet was looked at; else the note says how to have that done.
    """
    severities = Counter(problem.severity for problem in problems)
    kinds = counted_kinds(problems, language)
    note = [say("checks_note", language, count=len(problems), high=severities["high"])]
    if not whole:
        note.append(say("checks_part", language))
    cells: list[list[object]] = [
        [say("checks_title", language, day=as_of.isoformat())],
        [("" if language == "zh" else " ").join(note)],
        [say(name, language) for name in WIDTHS],
    ]
    shown = sorted(problems, key=lambda each: (SEVERITIES.index(each.severity), ORDER.index(kind_of(each))))
    for problem in shown[:LONGEST]:
        cells.append(
            [
                say(problem.severity, language),
                kinds[kind_of(problem)],
                problem.sheet,
                f"{problem.sheet}!{problem.cell}" if problem.cell else "",
                problem.heading,
                problem.found,
                in_language(problem.wanted, language),
                in_language(problem.remedy, language),
            ]
        )
    return cells
