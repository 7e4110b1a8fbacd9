"""Buttons about copies of the workbook: one leaves, one comes back, what clashed is settled."""

from __future__ import annotations

import getpass
from pathlib import Path
from typing import NoReturn

from xl_retention.actions import snapshots
from xl_retention.actions.apply_answers import apply_answers
from xl_retention.actions.merge_copies import merge_copies
from xl_retention.actions.merged_book import incoming_file
from xl_retention.actions.pack import unmade_on_failure
from xl_retention.actions.pack_open import pack_open
from xl_retention.actions.written_copies import show_form
from xl_retention.books.asking import ask_password
from xl_retention.books.closed import ClosedBook
from xl_retention.builder.wrappers import function_names
from xl_retention.buttons.pressed import Action, Hint, Pressed, finish, journal
from xl_retention.errors import RetentionError
from xl_retention.sheets.merging import copies_sheet
from xl_retention.sheets.wording import say


def _pack_copy(pressed: Pressed) -> None:
    book, language = pressed.book, pressed.language
    if copies_sheet.sheet_of(book) is None:
        _ask_on_copies(pressed, "pack_form_shown", "pack_for")

    def password() -> str:
        captions = say("ok", language), say("cancel", language)
        return ask_password(pressed.app, say("button_pack_copy", language), say("pack_password", language), captions)

    made = pack_open(
        book, Path(pressed.name), pressed.now, getpass.getuser(), language,
        functions=function_names(), ask_password=password, progress=pressed.progress,
    )  # fmt: skip
    sheet, rows = str(copies_sheet.sheet_of(book)), sum(made.rows.values())
    result = say("result_packed", language, copy_id=made.copy_id, rows=rows, file=made.parcel.out.name)
    with unmade_on_failure(made.parcel):
        book.save()
        journal(pressed, "pack_copy", rows, result)
        book.save_file()
    snapshots.leave_out(pressed.name, sheet)  # undoing an earlier run must not forget the copy's key
    book.show(sheet)
    serious = [say("packed_serious", language, count=made.serious)] if made.serious else []
    pressed.inform("pack_copy", "\n".join([result, *serious, made.message_told]))


def _merge_copy(pressed: Pressed) -> None:
    book = pressed.book
    file = copies_sheet.typed_form(book).file
    if not file:
        _ask_on_copies(pressed, "copy_not_typed", "copy_to_merge")
    path = Path(pressed.name).parent / file
    if not path.is_file():
        raise RetentionError(say("copy_not_found", pressed.language, path=path))
    with ClosedBook(path) as copy:
        incoming = incoming_file(path, copy)
        made = merge_copies(
            book, Path(pressed.name).name, [incoming], pressed.now, getpass.getuser(), progress=pressed.progress
        )
    result = " ".join([say("result_merge", made.language, **made.counts), *made.notices])
    finish(pressed, "merge_copy", made.added + made.updated, result)
    book.show(made.sheet or str(copies_sheet.sheet_of(book)))
    if made.notices:
        pressed.inform("merge_copy", "\n".join(made.notices))


def _apply_answers(pressed: Pressed) -> None:
    made = apply_answers(pressed.book, pressed.now, getpass.getuser(), progress=pressed.progress)
    if not (made.done or made.refused):
        if made.sheet:
            pressed.book.show(made.sheet)
        raise Hint(say("no_answers", pressed.language))
    finish(pressed, "apply_answers", made.done, say("result_answers", made.language, count=made.done, left=made.left))
    pressed.book.show(made.sheet)


def _ask_on_copies(pressed: Pressed, why: str, wanted: str) -> NoReturn:
    """Shows the sheet Copies, whose yellow cells say what a button is to do, and marks the one that is wanted first."""
    form = show_form(pressed.book, pressed.language)
    pressed.book.save()
    pressed.book.show(form, f"B{copies_sheet.INPUT_ROW + copies_sheet.FORM.index(wanted)}")
    raise Hint(say(why, pressed.language))


ACTIONS: dict[str, Action] = {
    "pack_copy": _pack_copy,
    "merge_copy": _merge_copy,
    "apply_answers": _apply_answers,
}
