"""The sheet Copies: which copies of the workbook left and which were merged, newest first."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass

from xl_retention.books.book import Book
from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.sheets.small_tables import heading_row, is_blank, small_rows
from xl_retention.sheets.wording import both, say

INPUT_ROW, HEADING_ROW = 3, 4
PACKED, MERGED = "packed", "merged"
COLUMNS: dict[str, tuple[float, Look]] = {
    "when": (17, "datetime"), "by_whom": (14, "text"), "copy_event": (10, "text"), "copy_file": (34, "text"),
    "copy_for": (26, "text"), "copy_id": (20, "code"), "copy_digest": (20, "code"), "copy_secret": (20, "code"),
}  # fmt: skip
HEADINGS = {name: both(name) for name in COLUMNS}


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


def layout(language: str) -> SheetLayout:
    """Looks of the sheet."""
    return SheetLayout(
        tuple(ColumnLayout(width, look) for width, look in COLUMNS.values()),
        heading_row=HEADING_ROW,
        title_looks=("title", "note"),
        looks={(INPUT_ROW - 1, 0): "input_heading", (INPUT_ROW - 1, 1): "input"},
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


def typed_file(book: Book) -> str:
    """The file that is typed into the yellow cell; "" where none is."""
    sheet = sheet_of(book)
    cells = book.read(sheet) if sheet else []
    row = cells[INPUT_ROW - 1] if is_copies(cells) else []
    return str(row[1] or "").strip().strip('"') if len(row) > 1 else ""


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


def lay_out(events: Sequence[Event], language: str) -> list[list[object]]:
    """The cells of the sheet, newest first."""
    return [
        [say("copies_title", language)],
        [say("copies_note", language)],
        [say("copy_to_merge", language)],
        [say(name, language) for name in COLUMNS],
        *(
            [
                event.when, event.who, say(f"copy_{event.what}", language) if event.what else "", event.file,
                event.receiver, event.copy_id, event.digest, event.secret,
            ]
            for event in events
        ),
    ]  # fmt: skip
