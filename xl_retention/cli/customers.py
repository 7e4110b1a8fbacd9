"""Commands about single customers: `customer`, `complaints`, `cards`, `hand-over`."""

from __future__ import annotations

import argparse
import datetime as dt
from typing import TYPE_CHECKING

from xl_retention.cli.answers import print_rows, progress_on_stderr, save, told
from xl_retention.cli.options import as_of, asked_period, book_options, read_moment, writing_options
from xl_retention.errors import WrongRequest

if TYPE_CHECKING:
    from xl_retention.cli.options import Commands

SHOWN_OF_COMPLAINTS = (
    "complaint_no", "customer", "phone", "with_whom", "complaint_state", "overdue_steps", "next_step", "next_by"
)  # fmt: skip
"""Columns of the open complaints printed on the screen; the sheet has all clocks."""


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    customer = commands.add_parser("customer", help="show all about one customer")
    book_options(customer)
    customer.add_argument("--find", metavar="TEXT", help="plate, phone, VIN, number or name (default: as typed)")
    writing_options(customer)
    customer.set_defaults(run=_customer)

    complaints = commands.add_parser("complaints", help="show the clocks of open complaints, let overdue ones go up")
    book_options(complaints, read_moment, "YYYY-MM-DD[THH:MM]")
    writing_options(complaints)
    complaints.set_defaults(run=_complaints)

    cards = commands.add_parser("cards", help="number prospects' cards, convert delivered ones, plan yellow cards")
    book_options(cards)
    cards.add_argument("--month", metavar="YYYY-MM", help="whose deliveries (default: as typed, else this one)")
    writing_options(cards)
    cards.set_defaults(run=_cards)

    hand_over = commands.add_parser("hand-over", help="give what somebody looks after to others")
    book_options(hand_over)
    hand_over.add_argument("--from", dest="leaver", metavar="NAME", help="who leaves (default: as typed on the form)")
    hand_over.add_argument("--to", action="append", metavar="NAME", help="who takes over; once more to share it out")
    hand_over.add_argument("--reason", default="", metavar="TEXT", help="why, for the record")
    writing_options(hand_over)
    hand_over.set_defaults(run=_hand_over)


def _customer(options: argparse.Namespace) -> int:
    from xl_retention.actions.customer_view import show_customer
    from xl_retention.books.closed import ClosedBook

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = show_customer(book, as_of(options), options.find, write=not options.dry_run, progress=progress)
        save(book, options)
    if not options.json:
        title = made.cells[0][0] if made.story else made.cells[1][0]
        if made.cells[4:]:
            print_rows(title, made.cells[3], made.cells[4:], made.language, most=None)
        else:
            print(title)
    return told(options, made.as_json(), made.problems, made.language, book.backup)


def _complaints(options: argparse.Namespace) -> int:
    from xl_retention.actions.escalate_complaints import check_complaints
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets import complaint_sheet
    from xl_retention.sheets.wording import say

    now = options.date or dt.datetime.now().replace(second=0, microsecond=0)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = check_complaints(book, now, write=not options.dry_run, progress=progress)
        save(book, options)
    answer = {
        "as_of": made.now.isoformat(timespec="minutes"),
        "complaints": made.as_json(),
        "escalated": list(made.risen),
        "reopened": list(made.reopened),
    }
    if not options.json:
        cells = complaint_sheet.lay_out(made.situation, made.complaints, made.now, made.language)
        shown = [list(complaint_sheet.COLUMNS).index(name) for name in SHOWN_OF_COMPLAINTS]
        print_rows(cells[0][0], cells[2], cells[3:], made.language, only=shown)
        counts = {"overdue": made.overdue, "risen": len(made.risen), "reopened": len(made.reopened)}
        print(say("result_complaints", made.language, count=len(made.complaints), **counts))
    return told(options, answer, made.problems, made.language, book.backup)


def _cards(options: argparse.Namespace) -> int:
    from xl_retention.actions.convert_prospects import update_cards
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.wording import say

    month = asked_period(options)
    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = update_cards(book, as_of(options), month, write=not options.dry_run, progress=progress)
        save(book, options)
    if not options.json:
        counts = {"entered": len(made.entered), "customers": len(made.new_customers), "count": len(made.cards)}
        print(say("result_cards", made.language, **counts))
    return told(options, made.as_json(), made.problems, made.language, book.backup)


def _hand_over(options: argparse.Namespace) -> int:
    if bool(options.leaver) != bool(options.to):
        raise WrongRequest("--from and --to belong together: --from who leaves, --to who takes over.")
    from xl_retention.actions.hand_over import hand_over
    from xl_retention.books.closed import ClosedBook
    from xl_retention.sheets.hand_over_sheet import COLUMNS
    from xl_retention.sheets.wording import say

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        made = hand_over(
            book, as_of(options), options.leaver, options.to or (), options.reason,
            write=not options.dry_run, progress=progress,
        )  # fmt: skip
        save(book, options)
    if not options.json:
        headings = [say(name, made.language) for name in COLUMNS]
        rows = [[row.get(name) for name in COLUMNS] for row in made.told]
        print_rows(say("hand_over_sheet", made.language), headings, rows, made.language)
        print(made.result)
    return told(options, made.as_json(), made.problems, made.language, book.backup)
