"""What the buttons ring: each answers the person at the sheet itself, and no error leaves this module."""

from __future__ import annotations

import datetime as dt
import getpass
import logging
from collections.abc import Callable
from dataclasses import dataclass
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import Any

import xlwings as xw
from platformdirs import user_log_path

from xl_retention.actions import snapshots
from xl_retention.actions.check_data import check_data
from xl_retention.actions.generate_calls import generate_calls
from xl_retention.actions.remove_examples import remove_examples as take_out_examples
from xl_retention.actions.snapshots import Snapshot
from xl_retention.actions.undo_last_run import undo_last_run as put_back
from xl_retention.actions.written_runs import Run, language_of, write_run
from xl_retention.books.live import LiveBook
from xl_retention.errors import RetentionError
from xl_retention.sheets.wording import say

Tell = Callable[[str], None]


@dataclass(frozen=True)
class Pressed:
    """A button pressed in a workbook.

    Args:
        book: The workbook.
        name: Its full name.
        language: Of the words shown.
        now: Local time.
        tell: Shows a line in the status bar.
    """

    book: LiveBook
    name: str
    language: str
    now: dt.datetime
    tell: Tell

    def progress(self, step: str) -> None:
        """Shows what is being done."""
        self.tell(say(f"doing_{step}", self.language))


def press(name: str, *, now: dt.datetime | None = None) -> None:
    """
    Does what a button says, in the workbook that called.

    Args:
        name: Of the button, see `sheets.push_buttons`.
        now: Local time; the clock's without it.
    """
    press_in(xw.Book.caller(), name, now or dt.datetime.now())


def press_in_libreoffice(script_context: Any, name: str) -> None:
    """The same for LibreOffice, whose script context names the workbook."""
    from xl_retention.books.libreoffice import book_of

    press_in(book_of(script_context), name, dt.datetime.now())


def press_in(book: xw.Book, name: str, now: dt.datetime) -> None:
    """Does what a button says in an open workbook; whatever goes wrong is told in one message box."""
    app, language = book.app, "en"

    def tell(line: str) -> None:
        app.status_bar = line

    try:
        live = LiveBook(book, lambda sheet, number, count: tell(
            say("reading_sheet", language, sheet=sheet, number=number, count=count)
        ))  # fmt: skip
        language = language_of(live)
        _ACTIONS[name](Pressed(live, book.fullname, language, now.replace(second=0, microsecond=0), tell))
    except RetentionError as error:
        app.alert(str(error), say(f"button_{name}", language), mode="critical")
    except Exception:  # a traceback would tell a clerk nothing
        app.alert(
            say("went_wrong", language, path=_logged(name, book)), say(f"button_{name}", language), mode="critical"
        )
    finally:
        app.status_bar = False


def _logged(name: str, book: xw.Book) -> Path:
    """Writes the current exception to the log and says where that is."""
    path = user_log_path("xl_retention", ensure_exists=True) / "buttons.log"
    handler = RotatingFileHandler(path, maxBytes=1_000_000, backupCount=3, encoding="utf-8")
    handler.setFormatter(logging.Formatter("%(asctime)s %(message)s"))
    log = logging.getLogger("xl_retention.buttons")
    log.addHandler(handler)
    try:
        log.exception("%s in %s", name, book.name)
    finally:
        log.removeHandler(handler)
        handler.close()
    return path


def _generate_calls(pressed: Pressed) -> None:
    book, day = pressed.book, pressed.now.date()
    made = generate_calls(book, day, progress=pressed.progress, run=_run(pressed, "generate_calls"))
    rows = made.worklist.rows
    result = say("result_calls", made.language, calls=len(rows), overdue=int((rows.overdue > 0).sum()))
    _finish(pressed, "generate_calls", len(rows), result)
    book.show(made.calls_sheet)


def _check_data(pressed: Pressed) -> None:
    checked = check_data(pressed.book, pressed.now.date(), progress=pressed.progress, write=True)
    high = sum(problem.severity == "high" for problem in checked.problems)
    result = say("result_checks", checked.language, count=len(checked.problems), high=high)
    _finish(pressed, "check_data", len(checked.problems), result)
    pressed.book.show(checked.checks_sheet)


def _remove_examples(pressed: Pressed) -> None:
    taken = take_out_examples(pressed.book)
    if not taken:
        raise RetentionError(say("no_examples", pressed.language))
    snapshots.keep(pressed.name, Snapshot("remove_examples", taken=taken))
    count = sum(len(rows.formulas) for rows in taken)
    _journal(pressed, "remove_examples", count, say("result_examples", pressed.language, count=count))


def _undo_last_run(pressed: Pressed) -> None:
    snapshot = snapshots.kept(pressed.name)
    if snapshot is None:
        raise RetentionError(say("nothing_to_undo", pressed.language))
    put_back(pressed.book, snapshot, pressed.now.date(), pressed.language)
    snapshots.forget(pressed.name)
    undone = say("result_undone", pressed.language, action=say(f"button_{snapshot.action}", pressed.language))
    _journal(pressed, "undo_last_run", len(snapshot.sheets) + len(snapshot.taken), undone)


def _finish(pressed: Pressed, name: str, rows: int, result: str) -> None:
    """Shows what the action wrote, keeps what it replaced, and enters the run into the journal."""
    pressed.book.save()
    snapshots.keep(pressed.name, Snapshot(name, dict(pressed.book.before)))
    _journal(pressed, name, rows, result)


def _journal(pressed: Pressed, name: str, rows: int, result: str) -> None:
    write_run(pressed.book, _run(pressed, name), rows, result, pressed.language)
    pressed.book.save()


def _run(pressed: Pressed, name: str) -> Run:
    return Run(name, pressed.now, getpass.getuser())


_ACTIONS: dict[str, Callable[[Pressed], None]] = {
    "generate_calls": _generate_calls,
    "check_data": _check_data,
    "undo_last_run": _undo_last_run,
    "remove_examples": _remove_examples,
}
