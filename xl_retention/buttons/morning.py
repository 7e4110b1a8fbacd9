"""Buttons of the morning: whom to call, what came of it."""

from __future__ import annotations

import getpass

from xl_retention.actions import snapshots
from xl_retention.actions.customer_view import show_customer
from xl_retention.actions.escalate_complaints import check_complaints
from xl_retention.actions.generate_calls import generate_calls
from xl_retention.actions.mailing_list import make_mailing_list
from xl_retention.actions.save_results import save_results
from xl_retention.actions.snapshots import Snapshot
from xl_retention.actions.undo_last_run import undo_last_run as put_back
from xl_retention.books.live import LiveBook
from xl_retention.buttons.pressed import Action, Hint, Pressed, briefly, finish, journal, run_of
from xl_retention.sheets.wording import both, say


def _generate_calls(pressed: Pressed) -> None:
    book, day = pressed.book, pressed.now.date()
    made = generate_calls(book, day, progress=pressed.progress, run=run_of(pressed, "generate_calls"))
    rows = made.worklist.rows
    result = say("result_calls", made.language, calls=len(rows), overdue=int((rows.overdue > 0).sum()))
    finish(pressed, "generate_calls", len(rows), result)
    book.show(made.calls_sheet)


def _save_results(pressed: Pressed) -> None:
    done = save_results(pressed.book, pressed.now, "", pressed.progress, account=getpass.getuser())
    if not (done.taken_off or done.problems):
        raise Hint(say("nothing_to_save", done.language))
    counts = {"saved": done.saved, "kept": done.kept_open, "problems": len(done.problems)}
    result = say("result_saved", done.language, **counts)
    if done.taken_off:
        finish(pressed, "save_results", done.saved, result)
    else:
        pressed.book.save()  # what Undo brings back stays the run that saved something
    wrong = [problem.cell for problem in done.problems if problem.sheet == done.calls_sheet]
    pressed.book.show(done.calls_sheet, wrong[0] if wrong else "")
    if done.problems:
        pressed.inform("save_results", "\n".join([result, "", *briefly(done.problems, done.language)]))


def _check_complaints(pressed: Pressed) -> None:
    made = check_complaints(pressed.book, pressed.now, getpass.getuser(), progress=pressed.progress)
    counts = {"overdue": made.overdue, "risen": len(made.risen), "reopened": len(made.reopened)}
    result = say("result_complaints", made.language, count=len(made.complaints), **counts)
    finish(pressed, "check_complaints", len(made.complaints), result)
    pressed.book.show(made.sheet)


def _mailing_list(pressed: Pressed) -> None:
    made = make_mailing_list(pressed.book, pressed.now.date(), progress=pressed.progress)
    finish(pressed, "mailing_list", len(made.rows), say("result_mailing", made.language, count=len(made.rows)))
    pressed.book.show(made.sheet)


def _show_customer(pressed: Pressed) -> None:
    made = show_customer(pressed.book, pressed.now.date(), prepare=True, progress=pressed.progress)
    several = say("result_several", made.language, count=len(made.parties))
    result = say("result_customer", made.language, name=made.cells[0][0]) if made.story else several
    finish(pressed, "show_customer", len(made.parties), result)
    pressed.book.show(made.sheet)


def _undo_last_run(pressed: Pressed) -> None:
    snapshot = snapshots.kept(pressed.name)
    if snapshot is None:
        raise Hint(say("nothing_to_undo", pressed.language))
    put_back(pressed.book, snapshot, pressed.now.date(), pressed.language)
    snapshots.forget(pressed.name)
    undone = say("result_undone", pressed.language, action=say(f"button_{snapshot.action}", pressed.language))
    journal(pressed, "undo_last_run", len(snapshot.sheets) + len(snapshot.taken), undone)
    _show_undone(pressed.book, snapshot)


def _show_undone(book: LiveBook, snapshot: Snapshot) -> None:
    """Brings a sheet to the front that is as it was before, for elsewhere nothing is seen of it."""
    there = {*book.sheet_names()} - {*both("start_sheet"), *both("journal_sheet")}
    staff = (*(rows.sheet for rows in snapshot.taken), *(put.before.sheet for put in snapshot.put))
    shown = next((sheet for sheet in (*snapshot.sheets, *staff) if sheet in there), None)
    if shown:
        book.show(shown)


ACTIONS: dict[str, Action] = {
    "generate_calls": _generate_calls,
    "save_results": _save_results,
    "check_complaints": _check_complaints,
    "mailing_list": _mailing_list,
    "show_customer": _show_customer,
    "undo_last_run": _undo_last_run,
}
