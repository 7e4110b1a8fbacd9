"""The command `rows`: the very rows behind a key figure."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xl_retention.cli.answers import print_rows, progress_on_stderr, save, told
from xl_retention.cli.key_figures import span_options
from xl_retention.cli.options import as_of, asked_period, book_options, writing_options

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands


def add_to(commands: Commands) -> None:
    """Registers the command of this module."""
    rows = commands.add_parser("rows", help="list the rows that a key figure counts, and those that are missing")
    book_options(rows)
    rows.add_argument("--kpi", metavar="CODE", required=True, help="code of the key figure, such as K01 or K04.DLV-3D")
    rows.add_argument("--group", metavar="NAME", default="", help="person or class, for figures that go by such")
    span_options(rows)
    writing_options(rows)
    rows.set_defaults(run=_rows)


def _rows(options: argparse.Namespace) -> int:
    from xl_retention.actions.rows_behind import show_rows
    from xl_retention.books.closed import ClosedBook

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = show_rows(
            book,
            as_of(options),
            options.kpi,
            options.group,
            asked_period(options),
            write=not options.dry_run,
            progress=progress,
        )
        save(book, options)
    if not options.json:
        (title,), (note,), (definition,), headings, *rows = made.cells
        print_rows(title, headings, rows, made.language)
        print(note, definition, sep="\n")
    return told(options, made.as_json(), made.problems, made.language, book.backup)
