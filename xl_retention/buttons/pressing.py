"""What the buttons ring: each answers the person at the sheet itself, and no error leaves this module."""

from __future__ import annotations

import datetime as dt
import logging
from collections.abc import Mapping
from importlib import import_module
from logging.handlers import RotatingFileHandler
from pathlib import Path
from threading import Lock
from typing import Any

import xlwings as xw
from platformdirs import user_log_path

from xl_retention.actions.written_runs import language_of
from xl_retention.books.live import LiveBook
from xl_retention.buttons.forms import show_form
from xl_retention.buttons.pressed import Action, Hint, Pressed
from xl_retention.errors import RetentionError, WrongRequest
from xl_retention.sheets.push_buttons import ADD_IN_BUTTONS, GROUPS
from xl_retention.sheets.refusals import in_chinese
from xl_retention.sheets.wording import say

MODULES = {
    **{button.name: group.removeprefix("group_") for group, buttons in GROUPS.items() for button in buttons},
    **{button.name: "add_in" for button in ADD_IN_BUTTONS},
}
"""By button the module of its group in this package; only that one is loaded when it is pressed."""
_AT_WORK = Lock()


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
    """
    Does what a button says in an open workbook; whatever goes wrong is told in one message box.

    A button that is pressed while another one works does nothing: LibreOffice would run it between two steps of that.
    """
    if not _AT_WORK.acquire(blocking=False):
        return
    try:
        _press_in(book, name, now)
    finally:
        _AT_WORK.release()


def _press_in(book: xw.Book, name: str, now: dt.datetime) -> None:
    app, language = book.app, "en"

    def tell(line: str) -> None:
        app.status_bar = line

    try:
        live = LiveBook(book, lambda sheet, number, count: tell(
            say("reading_sheet", language, sheet=sheet, number=number, count=count)
        ))  # fmt: skip
        language = language_of(live)
        action_of(name)(Pressed(live, book.fullname, language, now.replace(second=0, microsecond=0), tell, app))
    except RetentionError as error:
        show_form(book, name)
        sentence = in_chinese(str(error)) if language == "zh" else str(error)
        app.status_bar = False  # while the box stands nothing is being read any more
        mode = "info" if isinstance(error, Hint | WrongRequest) else "critical"
        app.alert(sentence, say(f"button_{name}", language), mode=mode)
    except Exception:  # a traceback would tell a clerk nothing
        app.alert(
            say("went_wrong", language, path=_logged(name, book)), say(f"button_{name}", language), mode="critical"
        )
    finally:
        app.status_bar = False


def action_of(name: str) -> Action:
    """What a button does."""
    actions: Mapping[str, Action] = import_module(f"xl_retention.buttons.{MODULES[name]}").ACTIONS
    return actions[name]


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
