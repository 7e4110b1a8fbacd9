"""Sheets of ours in an open workbook: a new one is copied over as it was drawn, one that is there gets its cells."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import xlwings as xw

from xl_retention.books.fresh import single_sheet
from xl_retention.books.layout import Look, SheetLayout
from xl_retention.books.live_values import NUMBER_FORMATS, typed
from xl_retention.books.styles import DRAWINGS

_WRAPPED: frozenset[Look] = frozenset({"wrapped"})


def add(book: xw.Book, name: str, layout: SheetLayout | None) -> None:
    """A new sheet comes as a copy from a workbook drawn for it, so it looks as in a closed file."""
    last = book.sheets[len(book.sheets) - 1]
    if layout is None:
        book.sheets.add(name, after=last)
        return
    active = book.sheets.active
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "sheet.xlsx"
        single_sheet(path, name, [], layout)
        with suppress(Exception):  # LibreOffice 7.4 may end later where the active sheet is one that it took over
            book.sheets[0].activate()
        drawn = book.app.books.open(path)
        try:
            drawn.sheets[0].copy(after=last)
        finally:
            drawn.close()
    with suppress(Exception):  # which sheet is shown is no reason to fail
        active.activate()


def lay(
    sheet: xw.Sheet,
    rows: Sequence[Sequence[object]],
    before: Sequence[Sequence[object]],
    layout: SheetLayout | None,
) -> None:
    """
    Writes the cells of a sheet in the place of those that were there.

    Args:
        sheet: One of ours.
        rows: What it shows from A1 on.
        before: What it showed until now.
        layout: Says what its columns hold; without it nothing is formatted.
    """
    height, width = len(rows), max((len(row) for row in rows), default=0)
    old_height, old_width = len(before), max((len(row) for row in before), default=0)
    if before:
        sheet.range((1, 1), (max(height, old_height), max(width, old_width))).clear_contents()
    if not rows or not width:
        return
    textual = _prepare_columns(sheet, height, layout) if layout else frozenset()
    first = layout.heading_row if layout else 0
    looks = layout.looks if layout else {}

    def is_text(row: int, place: int) -> bool:
        if (look := looks.get((row, place))) is not None:
            return NUMBER_FORMATS.get(look) == "@"
        return row >= first and place in textual

    sheet.range((1, 1), (height, width)).value = [
        [typed(value, as_text=is_text(number, place)) for place, value in enumerate(row)]
        for number, row in enumerate(rows)
    ]
    if layout and height > first:
        body = sheet.range((first + 1, 1), (height, width))
        if height != len(before):
            body.rows.hidden = False  # a filter of yesterday would hide calls of today
        if any(column.look in _WRAPPED for column in layout.columns):
            body.rows.autofit()


def _prepare_columns(sheet: xw.Sheet, height: int, layout: SheetLayout) -> frozenset[int]:
    """What the columns hold, before values come: places of those that hold text."""
    if height > layout.heading_row:
        for place, column in enumerate(layout.columns):
            if column.look in NUMBER_FORMATS:
                body = sheet.range((layout.heading_row + 1, place + 1), (height, place + 1))
                body.number_format = NUMBER_FORMATS[column.look]
    for number_format, cells in _format_runs(layout, height):
        sheet.range(*cells).number_format = number_format
    return frozenset(place for place, column in enumerate(layout.columns) if NUMBER_FORMATS.get(column.look) == "@")


def _format_runs(layout: SheetLayout, height: int) -> Iterator[tuple[str, tuple[tuple[int, int], tuple[int, int]]]]:
    """Number formats of the cells that look other than their columns, a run of neighbours in a row each."""
    rows: dict[int, dict[int, str]] = {}
    for (row, place), look in layout.looks.items():
        if row < height and look in DRAWINGS and DRAWINGS[look].number_format:
            rows.setdefault(row, {})[place] = DRAWINGS[look].number_format
    for row, formats in rows.items():
        first = 0
        for place in sorted(formats):
            if formats.get(place - 1) != formats[place]:
                first = place
            if formats.get(place + 1) != formats[place]:
                yield formats[place], ((row + 1, first + 1), (row + 1, place + 1))
