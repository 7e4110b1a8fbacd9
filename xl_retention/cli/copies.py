"""Commands about copies of a workbook: `merge`, `pack`, `verify`."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
import getpass
import os
from pathlib import Path
from typing import TYPE_CHECKING

from xl_retention.cli.answers import DONE, FAULTS, print_end, print_json, print_rows, progress_on_stderr, save
from xl_retention.cli.options import writing_options
from xl_retention.errors import WrongRequest

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    merge = commands.add_parser("merge", help="take copies of a workbook in; what clashes is asked on Conflicts")
    merge.add_argument("book", type=Path, metavar="BOOK", help="an .xlsx or .xlsm workbook")
    merge.add_argument("copies", type=Path, nargs="+", metavar="OTHER", help="a copy that somebody worked in")
    merge.add_argument("--base", type=Path, metavar="FILE", help="the state that all of them came from")
    merge.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    merge.add_argument("--strict", action="store_true", help="exit 1 if there are conflicts")
    writing_options(merge)
    merge.set_defaults(run=_merge)

    pack = commands.add_parser("pack", help="make a copy that may leave, and that merges when it comes back")
    pack.add_argument("book", type=Path, metavar="BOOK", help="an .xlsx or .xlsm workbook")
    pack.add_argument("--out", type=Path, metavar="FILE", required=True, help="where the copy goes")
    pack.add_argument("--mask", action="store_true", help="mask names, phones, plates, VINs and the like")
    pack.add_argument("--password-env", metavar="VAR", help="lock it with the password in this environment variable")
    pack.add_argument("--to", default="", metavar="ADDRESS", help="whom it is for")
    pack.add_argument("--eml", type=Path, metavar="FILE", help="write a message with the copy attached")
    pack.add_argument("--json", action="store_true", help="print one JSON object instead of a sentence")
    pack.add_argument("--strict", action="store_true", help="exit 1 if the data have serious faults")
    pack.set_defaults(run=_pack)

    verify = commands.add_parser("verify", help="tell whether somebody changed the journal")
    verify.add_argument("book", type=Path, metavar="BOOK", help="an .xlsx or .xlsm workbook")
    verify.add_argument("--json", action="store_true", help="print one JSON object instead of sentences")
    verify.add_argument("--strict", action="store_true", help="exit 1 if somebody did")
    verify.set_defaults(run=_verify)

    answers = commands.add_parser("apply-answers", help="write the answers given on Conflicts into the sheets")
    answers.add_argument("book", type=Path, metavar="BOOK", help="an .xlsx or .xlsm workbook")
    answers.add_argument("--json", action="store_true", help="print one JSON object instead of a sentence")
    writing_options(answers)
    answers.set_defaults(run=_apply_answers)


def _merge(options: argparse.Namespace) -> int:
    from xl_retention.actions.merge_copies import merge_copies
    from xl_retention.actions.merged_book import incoming_file
    from xl_retention.actions.written_runs import Run, write_run
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.merging.conflicts_sheet import COLUMNS, row_in_words
    from xl_retention.sheets.wording import say

    if options.book.resolve() in {path.resolve() for path in options.copies}:
        raise WrongRequest(f"{options.book.name} is the workbook itself; name the copy that is to be merged into it.")
    now = dt.datetime.now().replace(second=0, microsecond=0)
    with progress_on_stderr(quiet=options.json) as progress, contextlib.ExitStack() as opened:
        book = opened.enter_context(ClosedBook(options.book))
        base = opened.enter_context(ClosedBook(options.base)) if options.base else None
        copies = [incoming_file(path, opened.enter_context(ClosedBook(path))) for path in options.copies]
        made = merge_copies(
            book, options.book.name, copies, now, getpass.getuser(), base=base, write=not options.dry_run,
            progress=progress,
        )  # fmt: skip
        result = say("result_merge", made.language, **made.counts)
        if not options.dry_run:
            run = Run("merge_copy", now, getpass.getuser())
            write_run(book, run, made.added + made.updated, result, made.language, always=True)
        save(book, options)
    if options.json:
        print_json(made.as_json())
    else:
        shown = list(COLUMNS)[:9]
        rows = [row_in_words(question, made.language)[: len(shown)] for question in made.questions]
        if rows:
            print_rows(
                say("conflicts_title", made.language), [say(name, made.language) for name in shown], rows, made.language
            )
        for notice in made.notices:
            print(notice)
        print(result)
        print_end(options, made.language, book.backup)
    return FAULTS if options.strict and made.questions else DONE


def _apply_answers(options: argparse.Namespace) -> int:
    from xl_retention.actions.apply_answers import apply_answers
    from xl_retention.actions.written_runs import Run, write_run
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.wording import say

    now = dt.datetime.now().replace(second=0, microsecond=0)
    who = getpass.getuser()
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = apply_answers(book, now, who, write=not options.dry_run, progress=progress)
        result = say("result_answers", made.language, count=made.done, left=made.left)
        if made.done and not options.dry_run:
            write_run(book, Run("apply_answers", now, who), made.done, result, made.language)
        save(book, options)
    if options.json:
        print_json(made.as_json())
    else:
        for number, why in made.refused.items():
            print(f"{made.sheet} {number}: {why}")
        print(result)
        print_end(options, made.language, book.backup)
    return DONE


def _pack(options: argparse.Namespace) -> int:
    from xl_retention.actions.pack import Parcel, pack, unmade_on_failure
    from xl_retention.actions.written_runs import Run, write_run
    from xl_retention.books.closed import ClosedBook
    from xl_retention.builder.wrappers import function_names
    from xl_retention.sheets.wording import say

    now = dt.datetime.now().replace(second=0, microsecond=0)
    who = getpass.getuser()
    parcel = Parcel(
        options.out, options.mask, _password(options.password_env), options.to, options.eml, function_names()
    )
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = pack(book, parcel, now, who, progress=progress)
        rows = sum(made.rows.values())
        result = say("result_packed", made.language, copy_id=made.copy_id, rows=rows, file=options.out.name)
        with unmade_on_failure(parcel):
            write_run(book, Run("pack_copy", now, who), rows, result, made.language, always=True)
            book.save()
    if options.json:
        print_json(made.as_json())
    else:
        if made.serious:
            print(say("packed_serious", made.language, count=made.serious))
        print(result)
    return FAULTS if options.strict and made.serious else DONE


def _password(variable: str | None) -> str:
    if variable is None:
        return ""
    password = os.environ.get(variable, "")
    if not password:
        raise WrongRequest(f"The environment variable {variable} holds no password.")
    return password


def _verify(options: argparse.Namespace) -> int:
    from xl_retention.actions.written_runs import check_journal
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.wording import say

    with ClosedBook(options.book) as book:
        language, checked = check_journal(book)
    broken = checked.broken if checked else ()
    if options.json:
        print_json(
            {
                "journal": checked is not None,
                "intact": not broken,
                "entries": checked.entries if checked else 0,
                "chained": checked.chained if checked else 0,
                "broken": [{"row": each.row, "why": each.why} for each in broken],
            }
        )
    elif checked is None:
        print(say("journal_none", language))
    elif broken:
        print(say("journal_broken", language, count=len(broken)))
        for each in broken:
            print(f"  {each.row}: {say(f'journal_{each.why}', language)}")
    else:
        print(say("journal_intact", language, chained=checked.chained, older=checked.entries - checked.chained))
    return FAULTS if options.strict and broken else DONE
