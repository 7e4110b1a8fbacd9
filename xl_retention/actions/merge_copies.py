"""Merge copies: what others did in their copies of the workbook comes in, and what clashes is asked on Conflicts."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.merged_book import DATA, Incoming, MergedBook
from xl_retention.actions.merging_one_copy import OneCopy
from xl_retention.actions.own_sheets import own_sheet, rows_there
from xl_retention.actions.written_copies import write_events
from xl_retention.books.book import Book
from xl_retention.sheets.merging import conflicts_sheet, copies_sheet
from xl_retention.sheets.merging.copies_sheet import Event
from xl_retention.sheets.merging.merge_rows import Copy, read_copy


def merge_copies(
    book: Book,
    name: str,
    copies: Sequence[Incoming],
    now: dt.datetime,
    who: str,
    *,
    base: Book | None = None,
    write: bool = True,
    progress: Progress,
) -> MergedBook:
    """
    Merges copies of a workbook into it, one after the other.

    Args:
        book: The workbook; its own sheets and rows keep their places.
        name: Of its file, as notes name it.
        copies: What comes in.
        now: Local time.
        who: Name of the account.
        base: What all of them came from; without it a packed copy tells itself what it came from.
        write: False leaves the sheets Conflicts and Copies as they are; what is put must then not be saved.

    Raises:
        BookRefused: A row has no place, or the copies keep customers and cars in another shape than the workbook.
    """
    progress("reading")
    ancestor = read_copy(base) if base else None
    events = copies_sheet.read(book)
    made: MergedBook | None = None
    touched: set[tuple[str, int]] = set()
    for incoming in copies:
        mine = read_copy(book)
        made = made or MergedBook(mine.language, unchanged=_count_rows(mine))
        progress("computing")
        one = OneCopy(book, name, mine, incoming, events, ancestor, base, now, made, touched)
        one.merge()
        events = [one.event(who), *events]
    assert made is not None, "at least one copy comes in"
    made.updated = len(touched)
    made.unchanged -= made.updated + made.removed
    if write:
        progress("writing")
        _write(book, made, events)
    return made


def _count_rows(copy: Copy) -> int:
    return sum(len(table.rows) for name, table in copy.tables.items() if name in DATA)


def _write(book: Book, made: MergedBook, events: Sequence[Event]) -> None:
    language = made.language
    if made.questions:
        made.sheet = own_sheet(book, "conflicts_sheet", language, conflicts_sheet.is_ours)
        before = rows_there(book, made.sheet)
        cells = conflicts_sheet.lay_out(before, made.questions, language)
        book.write(made.sheet, cells, conflicts_sheet.layout(language))
    write_events(book, events, language)
