"""The command `check`: how a workbook is understood, and what is wrong in it."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xl_retention.cli.answers import DONE, FAULTS, print_findings, print_json, problem_json, progress_on_stderr, screen
from xl_retention.cli.options import as_of, book_options

if TYPE_CHECKING:
    from collections.abc import Sequence

    from xl_retention.actions.check_data import MappedSheet
    from xl_retention.cli.options import Commands
    from xl_retention.domain.problems import Problem


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    check = commands.add_parser("check", help="say how a workbook is understood and what is wrong in it")
    book_options(check)
    check.set_defaults(run=_check)


def _check(options: argparse.Namespace) -> int:
    from xl_retention.actions.check_data import check_data
    from xl_retention.books.closed import ClosedBook

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        checked = check_data(book, as_of(options), progress=progress)
    if options.json:
        print_json(mapping_json(checked.sheets, checked.problems))
    else:
        print_mapping(checked.sheets, checked.language)
        print_findings(checked.problems, checked.language)
    return FAULTS if options.strict and checked.problems else DONE


def mapping_json(sheets: Sequence[MappedSheet], problems: Sequence[Problem]) -> dict[str, object]:
    """How the sheets are understood and what is wrong in them, as `check --json` prints it."""
    return {
        "mapping": [
            {
                "sheet": match.sheet,
                "header_row": match.header_row,
                "table": match.table,
                "columns": match.columns,
                "unmatched": list(match.unmatched),
                "questions": [
                    {"heading": asked.heading, "candidates": list(asked.candidates)} for asked in match.questions
                ],
            }
            for match in sheets
        ],
        "problems": [problem_json(problem) for problem in problems],
    }


def print_mapping(sheets: Sequence[MappedSheet], language: str) -> None:
    """The same for a person, without the problems."""
    from rich.table import Table
    from rich.text import Text

    from xl_retention.sheets.wording import say

    mapping = Table(title=say("mapping_title", language), title_justify="left")
    for key in ("sheet", "header_row", "table", "columns", "unmatched"):
        mapping.add_column(say(key, language))
    for sheet in sheets:
        mapping.add_row(
            Text(sheet.sheet),
            str(sheet.header_row),
            sheet.table,
            Text(", ".join(f"{heading} → {field}" for field, heading in sheet.columns.items())),
            Text(", ".join(sheet.unmatched)),
        )
    screen().print(mapping)
