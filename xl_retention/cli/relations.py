"""The command `relations`: referrals, clubs, WeChat and key accounts, and what is due of each."""

from __future__ import annotations

import argparse
from typing import TYPE_CHECKING

from xl_retention.cli.answers import print_rows, progress_on_stderr, save, told
from xl_retention.cli.options import as_of, book_options, writing_options

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands


def add_to(commands: Commands) -> None:
    """Registers the command of this module."""
    relations = commands.add_parser("relations", help="list referrals, clubs, WeChat and key accounts to care for")
    book_options(relations)
    writing_options(relations)
    relations.set_defaults(run=_relations)


def _relations(options: argparse.Namespace) -> int:
    from xl_retention.actions.relationships import list_relations
    from xl_retention.books.closed import ClosedBook

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = list_relations(book, as_of(options), write=not options.dry_run, progress=progress)
        save(book, options)
    if not options.json:
        title, _, headings, *rows = made.cells
        print_rows(title[0], headings, rows, made.language)
    return told(options, made.as_json(), made.problems, made.language, book.backup)
