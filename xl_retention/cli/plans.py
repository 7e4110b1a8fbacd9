"""Commands that list what is to be done or was done: `plan`, `mailing-list`, `report`."""

from __future__ import annotations

import argparse
import datetime as dt
import getpass
from pathlib import Path
from typing import TYPE_CHECKING

from xl_retention.cli.answers import print_rows, progress_on_stderr, save, told
from xl_retention.cli.options import as_of, asked_period, book_options, writing_options

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands

SHOWN_OF_PLAN = (
    "customer", "phone", "plate", "model", "plan_groups", "reasons", "assigned_to", "planned_date", "method"
)  # fmt: skip
SHOWN_OF_MAILING = ("customer_name", "message_rule", "due", "channel", "phone", "plate", "rule_code")
"""Columns printed on the screen; the sheets have more."""


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    plan = commands.add_parser("plan", help="plan a month: whom to contact, in which groups")
    book_options(plan)
    plan.add_argument("--month", metavar="YYYY-MM", help="which month (default: as the sheet says, else this one)")
    writing_options(plan)
    plan.set_defaults(run=_plan)

    mailing = commands.add_parser("mailing-list", help="list the messages due, ready for mail merge")
    book_options(mailing)
    mailing.add_argument("--rule", metavar="CODE", help="only the messages of one rule, such as HOL")
    mailing.add_argument(
        "--filter", metavar="NAME", help="only to the customers in a filter saved on the sheet Segments"
    )
    mailing.add_argument("--csv", type=Path, metavar="FILE", help="write the list to a CSV file too")
    writing_options(mailing)
    mailing.set_defaults(run=_mailing_list)

    report = commands.add_parser("report", help="report what each person did on a day and what is left")
    book_options(report)
    report.add_argument("--staff", metavar="NAME", help="only this person")
    writing_options(report)
    report.set_defaults(run=_report)


def _plan(options: argparse.Namespace) -> int:
    from xl_retention.actions.month_plan import plan_month
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets import plan_sheet
    from xl_retention.sheets.wording import say

    month = asked_period(options)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = plan_month(book, as_of(options), month, write=not options.dry_run, progress=progress)
        save(book, options)
    answer = {"month": made.plan.month.label, "rows": made.as_json()}
    if not options.json:
        shown = [list(plan_sheet.COLUMNS).index(name) for name in SHOWN_OF_PLAN]
        print_rows(made.cells[0][0], made.cells[3], made.cells[4:], made.language, only=shown)
        print(say("result_plan", made.language, count=len(made.plan.rows), month=made.plan.month.label))
    return told(options, answer, made.problems, made.language, book.backup)


def _mailing_list(options: argparse.Namespace) -> int:
    from xl_retention.actions.mailing_list import make_mailing_list, write_csv
    from xl_retention.actions.written_runs import Run, write_run
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets import mailing_sheet
    from xl_retention.sheets.wording import say

    day = as_of(options)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = make_mailing_list(
            book,
            day,
            rule=options.rule,
            saved_filter=options.filter,
            write=not options.dry_run,
            progress=progress,
        )
        result = say("result_mailing", made.language, count=len(made.rows))
        if not options.dry_run:
            # The sheet: the day alone, so that the same workbook comes out the same whoever makes it. What leaves the
            # workbook: who and when (DOM 6.8).
            run = Run("mailing_list", dt.datetime.combine(day, dt.time()), "")
            if options.csv:
                run = Run("mailing_list", dt.datetime.now().replace(second=0, microsecond=0), getpass.getuser())
            write_run(book, run, len(made.rows), result, made.language, always=True)
            if options.csv:
                write_csv(options.csv, made)
        save(book, options)
    if not options.json:
        shown = [list(mailing_sheet.COLUMNS).index(name) for name in SHOWN_OF_MAILING]
        title, headings = say("mailing_sheet", made.language), mailing_sheet.headings(made.language)
        print_rows(title, headings, made.body, made.language, only=shown)
        print(result)
        if options.csv and not options.dry_run:
            print(say("exported", made.language, count=len(made.rows), path=options.csv))
    return told(options, made.as_json(), made.problems, made.language, book.backup)


def _report(options: argparse.Namespace) -> int:
    from xl_retention.actions.daily_report import report_day
    from xl_retention.books.closed import ClosedBook

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = report_day(book, as_of(options), options.staff, write=not options.dry_run, progress=progress)
        save(book, options)
    if not options.json:
        print_rows(made.cells[0][0], made.cells[3], made.cells[4:], made.language)
    return told(options, {"people": made.as_json()}, made.problems, made.language, book.backup)
