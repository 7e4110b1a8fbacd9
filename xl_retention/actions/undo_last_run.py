"""Undo last run: our sheets as they were before the last button, without losing what was typed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence

from xl_retention.actions.snapshots import Snapshot
from xl_retention.books.layout import SheetLayout
from xl_retention.books.live import LiveBook
from xl_retention.sheets import call_sheet, check_sheet, start_sheet


def undo_last_run(book: LiveBook, snapshot: Snapshot, today: dt.date, language: str) -> None:
    """
    Puts back what the last run replaced.

    A call list that was typed into since keeps those rows: beside the same call where the older list has it,
    else below.

    Raises:
        BookRefused: A sheet is protected.
    """
    added = []
    for sheet, before in snapshot.sheets.items():
        typed = call_sheet.typed_rows(now) if call_sheet.is_call_sheet(now := _cells(book, sheet)) else []
        if before is None and not typed:
            added.append(sheet)
            continue
        older = before if before else now[: call_sheet.HEADING_ROW]
        cells = call_sheet.with_typed_cells(older, typed) if typed else older
        book.write(sheet, cells, _layout(cells, today, language))
    book.save()
    with book.quiet():
        for sheet in added:
            if sheet.casefold() in {name.casefold() for name in book.sheet_names()}:
                book.remove(sheet)
        for rows in reversed(snapshot.taken):
            put = book.put_rows if rows.cut else book.fill_rows
            put(rows.sheet, rows.block, rows.formulas)


def _layout(cells: Sequence[Sequence[object]], today: dt.date, language: str) -> SheetLayout | None:
    """What the columns of a sheet of ours hold; None for a sheet that has no columns."""
    if call_sheet.is_call_sheet(cells):
        return call_sheet.layout(today, language)
    return None if start_sheet.is_ours(cells) else check_sheet.layout(language)


def _cells(book: LiveBook, sheet: str) -> Sequence[Sequence[object]]:
    present = {name.casefold() for name in book.sheet_names()}
    return book.read(sheet) if sheet.casefold() in present else []
