"""The sheet Copies: what is to be merged or packed next, which copies left and which came back, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xl_retention.books.book import Book
from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.domain.words import canonical
from xl_retention.sheets.small_tables import heading_row, is_blank, small_rows
from xl_retention.sheets.wording import both, say, word

FORM = ("copy_to_merge", "pack_for", "pack_masked", "pack_locked")
"""Rows with a yellow cell, above the headings."""
INPUT_ROW = 3
HEADING_ROW = INPUT_ROW + len(FORM)
PACKED, MERGED = "packed", "merged"
COLUMNS: dict[str, tuple[float, Look]] = {
    "when": (33, "datetime"), "by_whom": (34, "text"), "copy_event": (10, "text"), "copy_file": (34, "wrapped"),
    "copy_for": (30, "wrapped"), "copy_id": (20, "text"), "copy_digest": (20, "code"), "copy_secret": (24, "code"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}
_FORM_LOOKS: tuple[Look, Look] = ("input_heading", "input")


@dataclass(frozen=True)
class Event:
    """
    A copy that left or came back.

    Args:
        when: Local time, to the minute.
        who: Name of the account.
        what: PACKED or MERGED.
        file: Its name.
        receiver: Address that it was packed for; "" where none was given.
        copy_id: Number that the packed copy carries; "" for a copy that nobody packed.
        digest: Of the content that was merged; "" for one that left.
        secret: With which the copy's texts are masked and its ancestor's are sealed; "" for one that came back.
    """

    when: dt.datetime
    who: str
    what: str
    file: str
    receiver: str = ""
    copy_id: str = ""
    digest: str = ""
    secret: str = ""


@dataclass(frozen=True)
class Form:
    """
    What is typed into the yellow cells.

    Args:
        file: The copy to merge; "" where none is named.
        receiver: Address of whoever gets the next copy; "" where it is not known.
        mask: Whether names, phones and numbers are masked in it; as long as nobody says no, they are.
        lock: Whether a password is asked for it.
    """

    file: str = ""
    receiver: str = ""
    mask: bool = True
    lock: bool = False

    def cells(self, language: str) -> list[object]:
        """As they stand in the yellow cells."""
        answers = [word("yes_no", "yes" if yes else "no", language) for yes in (self.mask, self.lock)]
        return [self.file or None, self.receiver or None, *answers]


NOTHING_TYPED = Form()


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        looks={
            (INPUT_ROW - 1 + number, place): look
            for number in range(len(FORM))
            for place, look in enumerate(_FORM_LOOKS)
        },
        footer=say("page", language),
    )


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_copies(cells)


def is_copies(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of this sheet."""
    return heading_row(cells, HEADINGS, tuple(COLUMNS)) is not None


def sheet_of(book: Book) -> str | None:
    """Name of the sheet in a workbook; None where it has none."""
    names = {name.casefold() for name in both("copies_sheet")}
    return next((name for name in book.sheet_names() if name.casefold() in names), None)


def typed_form(book: Book) -> Form:
    """What is typed into the yellow cells; the usual answers without the sheet."""
    sheet = sheet_of(book)
    cells = book.read(sheet) if sheet else []
    found = heading_row(cells, HEADINGS, tuple(COLUMNS))
    if found is None:
        return NOTHING_TYPED
    names = {text.casefold(): name for name in FORM for text in both(name)}
    said = {
        name: ("" if row[1] is None else str(row[1])).strip().strip('"')
        for row in cells[: found[0]]
        if len(row) > 1 and (name := names.get(str(row[0] or "").strip().casefold()))
    }
    return Form(
        said.get("copy_to_merge", ""),
        said.get("pack_for", ""),
        canonical("yes_no", said.get("pack_masked", "")) != "no",
        canonical("yes_no", said.get("pack_locked", "")) == "yes",
    )


def read(book: Book) -> list[Event]:
    """What the workbook knows of its copies; nothing without the sheet."""
    sheet = sheet_of(book)
    words = {word: what for what in (PACKED, MERGED) for word in both(f"copy_{what}")}
    found = []
    for row in small_rows(book.read(sheet), HEADINGS, tuple(COLUMNS)) if sheet else ():
        when = row.cells.get("when")
        if not isinstance(when, dt.datetime):
            continue
        texts = [row.text(name) for name in ("by_whom", "copy_event", "copy_file", "copy_for")]
        codes = [row.text(name) for name in ("copy_id", "copy_digest", "copy_secret")]
        found.append(Event(when, texts[0], words.get(texts[1], ""), texts[2], texts[3], *codes))
    return found


def lay_out(events: Sequence[Event], language: str, form: Form = NOTHING_TYPED) -> list[list[object]]:
    """The cells of the sheet, newest first."""
    return [
        [say("copies_title", language)],
        [say("copies_note", language)],
        *([say(name, language), cell] for name, cell in zip(FORM, form.cells(language), strict=True)),
        [say(name, language) for name in COLUMNS],
        *(
            [
                event.when, event.who, say(f"copy_{event.what}", language) if event.what else "", event.file,
                event.receiver, event.copy_id, event.digest, event.secret,
            ]
            for event in events
        ),
    ]  # fmt: skip
