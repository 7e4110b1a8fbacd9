"""The command `service-due`: cars due in a month, from the reminder to the visit."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xl_retention.cli.answers import print_rows, progress_on_stderr, save, told
from xl_retention.cli.options import as_of, asked_period, book_options, writing_options

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands

SHOWN = ("customer", "phone", "service", "due", "with_person", "appointment", "came_on", "progress")
"""Columns printed on the screen; the sheet has more."""


def add_to(commands: Commands) -> None:
    """Registers the command of this module."""
    due = commands.add_parser("service-due", help="list the cars whose service is due next month")
    book_options(due)
    due.add_argument("--month", metavar="YYYY-MM", help="which month (default: as the sheet says, else the next one)")
    writing_options(due)
    due.set_defaults(run=_service_due)


def _service_due(options: argparse.Namespace) -> int:
    from xl_retention.actions.service_due import list_services
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets import service_sheet

    month = asked_period(options)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = list_services(book, as_of(options), month, write=not options.dry_run, progress=progress)
        save(book, options)
    if not options.json:
        shown = [list(service_sheet.COLUMNS).index(name) for name in SHOWN]
        (title, maintenance, first), table = made.cells[:3], made.cells[3:]
        headings, *rows = ([row[at] for at in shown] for row in table)
        print_rows(title[0], headings, rows, made.language)
        print(maintenance[0], first[1])
    return told(options, made.as_json(), made.problems, made.language, book.backup)
