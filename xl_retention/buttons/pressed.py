"""A button that was pressed: in which workbook, and how what it did is shown, kept for Undo and journaled."""

from __future__ import annotations

import datetime as dt
import getpass
from collections.abc import Callable, Sequence
from dataclasses import dataclass

import xlwings as xw

from xl_retention.actions import snapshots
from xl_retention.actions.snapshots import PutCells, Snapshot
from xl_retention.actions.written_runs import Run, write_run
from xl_retention.books.live import LiveBook
from xl_retention.domain.problems import Problem
from xl_retention.errors import RetentionError
from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.wording import OWN_SHEETS, in_language, say

Tell = Callable[[str], None]
_JOURNALED = ("mailing_list", "merge_copy", "pack_copy", "merge_duplicates")
"""Buttons by which data of many customers leave or enter the workbook, or customers go; all are journaled (DOM 6.8)."""
LINES_TOLD = 8
"""Findings that a message box names."""


class Hint(RetentionError):
    """What is to be done first, or that nothing is left to do: nothing went wrong."""


@dataclass(frozen=True)
class Pressed:
    """A button pressed in a workbook.

    Args:
        book: The workbook.
        name: Its full name.
        language: Of the words shown.
        now: Local time.
        tell: Shows a line in the status bar.
        app: The program that has it open.
    """

    book: LiveBook
    name: str
    language: str
    now: dt.datetime
    tell: Tell
    app: xw.App

    def inform(self, name: str, text: str) -> None:
        """Shows in a box under a button's caption what it did; by then nothing is being read or written any more."""
        self.app.status_bar = False
        self.app.alert(text, say(f"button_{name}", self.language), mode="info")

    def progress(self, step: str) -> None:
        """Shows what is being done."""
        self.tell(say(f"doing_{step}", self.language))


def finish(pressed: Pressed, name: str, rows: int, result: str) -> None:
    """Shows what the action wrote, keeps what it replaced, and enters the run into the journal."""
    book = pressed.book
    book.save()
    put = [PutCells(cells, book.formulas(cells.sheet, cells.block)) for cells in book.replaced]
    made = {
        sheet: book.read(sheet)
        for sheet, before in book.before.items()
        if before is None and clean_heading(sheet) not in OWN_SHEETS
    }
    snapshots.keep(pressed.name, Snapshot(name, dict(book.before), put=put, made=made))
    journal(pressed, name, rows, result)


def journal(pressed: Pressed, name: str, rows: int, result: str) -> None:
    """Enters a run into the journal, and shows that."""
    write_run(pressed.book, run_of(pressed, name), rows, result, pressed.language, always=name in _JOURNALED)
    pressed.book.save()


def run_of(pressed: Pressed, name: str) -> Run:
    """Who ran which action when."""
    return Run(name, pressed.now, getpass.getuser())


Action = Callable[[Pressed], None]
"""What a button does."""


def briefly(problems: Sequence[Problem], language: str) -> list[str]:
    """A line per finding, as far as a message box has room; the others are on the sheet Data Checks alone."""
    lines = []
    for each in problems[:LINES_TOLD]:
        place = f"{each.sheet}!{each.cell}" if each.cell else each.sheet
        what = " ".join(filter(None, (place, each.heading, each.found)))
        lines.append(say("told_finding", language, what=what, remedy=in_language(each.remedy, language)))
    more = len(problems) - len(lines)
    return [*lines, *([say("more_on_checks", language, count=more)] if more else [])]
