"""The command `survey`: what customers answered in the follow-up calls."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xl_retention.cli.answers import print_rows, progress_on_stderr, save, told
from xl_retention.cli.options import as_of, asked_period, book_options, writing_options

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands


def add_to(commands: Commands) -> None:
    """Registers the command of this module."""
    survey = commands.add_parser("survey", help="count the answers of the follow-up calls, question by question")
    book_options(survey)
    survey.add_argument("--month", metavar="YYYY-MM", help="which month (default: as the sheet says, else this one)")
    writing_options(survey)
    survey.set_defaults(run=_survey)


def _survey(options: argparse.Namespace) -> int:
    from xl_retention.actions.survey_results import count_answers
    from xl_retention.books.closed import ClosedBook

    month = asked_period(options)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = count_answers(book, as_of(options), month, write=not options.dry_run, progress=progress)
        save(book, options)
    if not options.json:
        print_rows(made.cells[0][0], made.cells[3], made.cells[4:], made.language)
    return told(options, made.as_json(), made.problems, made.language, book.backup)
