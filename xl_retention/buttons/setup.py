"""Buttons for setting a workbook up: its data, its duplicates, its example rows."""

from __future__ import annotations

import getpass

from xl_retention.actions import snapshots
from xl_retention.actions.check_data import check_data
from xl_retention.actions.merge_duplicates import merge_duplicates
from xl_retention.actions.remove_examples import remove_examples as take_out_examples
from xl_retention.actions.snapshots import Snapshot
from xl_retention.buttons.pressed import Action, Hint, Pressed, finish, journal
from xl_retention.sheets.wording import say


def _check_data(pressed: Pressed) -> None:
    checked = check_data(pressed.book, pressed.now.date(), progress=pressed.progress, write=True)
    high = sum(problem.severity == "high" for problem in checked.problems)
    result = say("result_checks", checked.language, count=len(checked.problems), high=high)
    finish(pressed, "check_data", len(checked.problems), result)
    pressed.book.show(checked.checks_sheet)


def _merge_duplicates(pressed: Pressed) -> None:
    book, language = pressed.book, pressed.language
    made = merge_duplicates(book, pressed.now, getpass.getuser(), progress=pressed.progress)
    if not (made.merged or made.apart or made.refused):
        if not made.waiting:
            raise Hint(say("no_duplicates", language))
        book.save()
        book.show(made.sheet)
        raise Hint(say("duplicates_choose", language))
    finish(pressed, "merge_duplicates", len(made.merged), made.result)
    book.show(made.sheet)
    if made.refused:
        pressed.inform("merge_duplicates", "\n".join([made.result, *made.refused]))


def _remove_examples(pressed: Pressed) -> None:
    taken = take_out_examples(pressed.book)
    if not taken:
        raise Hint(say("no_examples", pressed.language))
    snapshots.keep(pressed.name, Snapshot("remove_examples", taken=taken))
    count = sum(len(rows.formulas) for rows in taken)
    sheets = len({rows.sheet for rows in taken})
    result = say("result_examples", pressed.language, count=count, sheets=sheets)
    journal(pressed, "remove_examples", count, result)
    pressed.inform("remove_examples", result)


ACTIONS: dict[str, Action] = {
    "check_data": _check_data,
    "merge_duplicates": _merge_duplicates,
    "remove_examples": _remove_examples,
}
