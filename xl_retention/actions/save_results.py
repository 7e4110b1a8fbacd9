"""Save results: what was typed beside the calls goes to the sheets where it belongs (DOM 6.1, 6.2)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions.call_rows import CallRows
from xl_retention.actions.generate_calls import NEEDED, Progress, all_problems
from xl_retention.actions.hand_over import note_told
from xl_retention.actions.own_sheets import own_sheet, write_checks
from xl_retention.actions.survey_fields import with_surveys
from xl_retention.books.book import Book
from xl_retention.domain.outcomes import Closes
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.sheets.calls import call_sheet
from xl_retention.sheets.calls.typed_results import CallCells
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.staff_rows import StaffRows

ASKED = {
    **NEEDED,
    "contact_log": (*NEEDED["contact_log"], "feedback"),
    "referral": (*NEEDED["referral"], "referral_id", "friend_mobile"),
}
"""By table the fields that are read: those that due contacts depend on, and what must not be written twice."""


@dataclass(frozen=True)
class SavedResults:
    """
    What the action did or, in a dry run, would do.

    Args:
        saved: Rows added to the contact log.
        kept_open: Rows left on the list: without an outcome, or with an entry that cannot be.
        taken_off: Rows that left the list, those saved before among them.
        problems: Entries that cannot be, and what is worth a look in the rows that were saved.
        language: Of the words written.
        calls_sheet: Name of the call sheet, "" where there is none.
    """

    saved: int
    kept_open: int
    taken_off: int
    problems: tuple[Problem, ...]
    language: str
    calls_sheet: str = ""


def save_results(
    book: Book, now: dt.datetime, who: str, progress: Progress, write: bool = True, account: str = ""
) -> SavedResults:
    """
    Turns each call with an outcome into one row of the contact log and takes it off the list.

    Rows are only added to the log. A call whose row stands there already, of the same day, person and outcome,
    is taken off without a second one. Rows without outcome stay, and so do those with an entry that cannot be.

    Args:
        now: When; 00:00 says the day alone.
        who: Whoever made the calls; "" for those whose names stand beside them.
        write: False leaves the book as it is.
        account: Name by which the person at the keyboard signed in. Without *who* it counts if the store knows somebody
            of that name, and where no name stands beside the call.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or a sheet of the staff's cannot take rows.
    """
    progress("reading")
    store = read_store(book, with_surveys(book, ASKED))
    name = own_sheet(book, "calls_sheet", store.language, call_sheet.is_ours)
    there = name.casefold() in {each.casefold() for each in book.sheet_names()}
    calls = CallCells(name, book.read(name) if there else [], store.outcomes)
    progress("computing")
    situation = Situation(store, now.date())
    saving = CallRows(StaffRows(book, store.language), situation, now, who.strip(), account)
    results = list(calls.results(now.date()))
    for result in results:
        saving.surveys.check(result)
    done = {result.row for result in results if result.outcome and not result.faults}
    for result in results:
        if result.row in done:
            saving.save(result)
    problems = []
    for result in results:
        above = sum(row < result.row for row in done)
        problems += [calls.problem(fault, result.row - above) for fault in result.faults]
    problems += saving.problems
    if write and there:
        progress("writing")
        closing = [each for each in results if each.row in done and store.outcomes[each.outcome].closes is Closes.ALL]
        note_told(book, saving.rows, store, [key for each in closing for key in each.keys], now.date())
        saving.rows.write()
        left = calls.without(done)
        if done:
            book.write(name, left, call_sheet.layout_of(left, now.date(), store.language, store.outcomes))
        write_checks(book, [*problems, *all_problems(store, situation)], now.date(), store.language)
    return SavedResults(
        saving.saved, calls.calls() - len(done), len(done), tuple(problems), store.language, name if there else ""
    )
