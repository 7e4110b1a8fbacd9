"""The command `merge-duplicates`: what is chosen on the sheet Duplicates is carried out."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
from typing import TYPE_CHECKING

from xl_retention.cli.answers import DONE, FAULTS, print_end, print_json, print_rows, progress_on_stderr, save
from xl_retention.cli.options import as_of, book_options, writing_options

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands


def add_to(commands: Commands) -> None:
    """Registers the command of this module."""
    merge = commands.add_parser("merge-duplicates", help="merge the customers chosen on Duplicates, list the others")
    book_options(merge)
    writing_options(merge)
    merge.set_defaults(run=_merge_duplicates)


def _merge_duplicates(options: argparse.Namespace) -> int:
    from xl_retention.actions.merge_duplicates import merge_duplicates
    from xl_retention.actions.written_runs import Run, write_run
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.wording import say

    now = dt.datetime.combine(as_of(options), dt.datetime.now().time().replace(second=0, microsecond=0))
    who = getpass.getuser()
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = merge_duplicates(book, now, who, write=not options.dry_run, progress=progress)
        if (made.merged or made.apart) and not options.dry_run:
            run = Run("merge_duplicates", now, who)
            write_run(book, run, len(made.merged), made.result, made.language, always=True)
        save(book, options)
    if options.json:
        print_json(made.as_json())
    else:
        if made.waiting:
            names = ("dup_kept", "dup_other", "customer", "phone", "dup_kept_rows", "dup_other_rows", "dup_differs")
            rows = [
                [pair.kept, pair.other, pair.name, pair.phone, pair.kept_rows, pair.other_rows, pair.differs]
                for pair in made.waiting
            ]
            headings = [say(name, made.language) for name in names]
            print_rows(say("duplicates_sheet", made.language), headings, rows, made.language)
        for why in made.refused:
            print(why)
        print(made.result)
        print_end(options, made.language, book.backup)
    return FAULTS if options.strict and (made.refused or made.waiting) else DONE
