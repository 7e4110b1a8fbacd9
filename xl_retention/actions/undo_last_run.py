"""Undo last run: our sheets as they were before the last button, without losing what was typed since."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from xl_retention.actions.snapshots import Cells, Snapshot
from xl_retention.books.layout import SheetLayout
from xl_retention.books.live import LiveBook
from xl_retention.errors import BookRefused
from xl_retention.sheets import (
    check_sheet,
    customer_sheet,
    daily_report_sheet,
    mailing_sheet,
    month_sheet,
    plan_sheet,
    start_sheet,
)
from xl_retention.sheets.calls import call_sheet, typed_calls
from xl_retention.sheets.classes import class_changes_sheet, segments_sheet
from xl_retention.sheets.kpis import kpi_report_sheet, kpi_sheet, rows_sheet
from xl_retention.sheets.merging import conflicts_sheet, copies_sheet, duplicates_sheet
from xl_retention.sheets.typed_cells import TypedCells
from xl_retention.sheets.wording import say


def undo_last_run(book: LiveBook, snapshot: Snapshot, today: dt.date, language: str) -> None:
    """
    Puts back what the last run replaced.

    A call list or a month plan that was typed into since keeps those rows: beside the same call where the older
    list has it, else below. A sheet that the run made for the staff goes only as long as nobody else wrote on it.

    Raises:
        BookRefused: A sheet is protected, or somebody worked since on cells that the run put into a sheet of the
            staff's; then nothing is undone.
    """
    for put in snapshot.put:
        name, block = put.before.sheet, put.before.block
        if not _is_there(book, name) or _plain(book.formulas(name, block)) != _plain(put.after):
            raise BookRefused(say("changed_since", language, sheet=name))
    added = []
    for sheet, before in snapshot.sheets.items():
        now = _cells(book, sheet)
        if before is None and not _is_typed_into(now):
            if sheet not in snapshot.made or _cells(book, sheet) == snapshot.made[sheet]:
                added.append(sheet)
            continue
        cells = _with_typed(before, now)
        book.write(sheet, cells, _layout(cells, today, language))
    book.save()
    with book.quiet():
        for sheet in added:
            if _is_there(book, sheet):
                book.remove(sheet)
        book.restore([put.before for put in snapshot.put])
        for rows in reversed(snapshot.taken):
            fill = book.put_rows if rows.cut else book.fill_rows
            fill(rows.sheet, rows.block, rows.formulas)


def _is_typed_into(now: Sequence[Sequence[object]]) -> bool:
    if call_sheet.is_call_sheet(now):
        return bool(typed_calls.typed_rows(now))
    return bool(_planned(now).by_key)


def _planned(now: Sequence[Sequence[object]]) -> TypedCells:
    return TypedCells.of(now, plan_sheet.HEADINGS, plan_sheet.INPUTS)


def _with_typed(
    before: Sequence[Sequence[object]] | None, now: Sequence[Sequence[object]]
) -> Sequence[Sequence[object]]:
    """The older cells of a sheet, without any its headings alone, with what is typed into it now."""
    if call_sheet.is_call_sheet(now):
        typed = typed_calls.typed_rows(now)
        older = before or now[: call_sheet.HEADING_ROW]
        return typed_calls.with_typed_cells(older, typed) if typed else older
    older = before or now[: month_sheet.HEADING_ROW]
    return _planned(now).put_into(older, plan_sheet.HEADINGS, plan_sheet.INPUTS)


_LAYOUTS: tuple[tuple[Callable[[Sequence[Sequence[object]]], bool], Callable[[str], SheetLayout]], ...] = (
    (plan_sheet.is_plan, plan_sheet.layout),
    (mailing_sheet.is_mailing_list, mailing_sheet.layout),
    (customer_sheet.is_customer_view, customer_sheet.layout),
    (daily_report_sheet.is_report, daily_report_sheet.layout),
    (segments_sheet.is_segments, segments_sheet.layout),
    (class_changes_sheet.is_change_log, class_changes_sheet.layout),
    (conflicts_sheet.is_conflicts, conflicts_sheet.layout),
    (copies_sheet.is_copies, copies_sheet.layout),
    (duplicates_sheet.is_duplicates, duplicates_sheet.layout),
    (kpi_sheet.is_kpi_sheet, kpi_sheet.layout),
    (rows_sheet.is_rows, rows_sheet.layout),
    (kpi_report_sheet.is_report, kpi_report_sheet.layout),
)
"""How the sheets are told apart that look alike every day."""


def _layout(cells: Sequence[Sequence[object]], today: dt.date, language: str) -> SheetLayout | None:
    """What the columns of a sheet of ours hold; None for a sheet that has no columns."""
    if call_sheet.is_call_sheet(cells):
        return call_sheet.layout(today, language)
    for is_such, layout in _LAYOUTS:
        if is_such(cells):
            return layout(language)
    return None if start_sheet.is_ours(cells) else check_sheet.layout(language)


def _cells(book: LiveBook, sheet: str) -> Sequence[Sequence[object]]:
    return book.read(sheet) if _is_there(book, sheet) else []


def _is_there(book: LiveBook, sheet: str) -> bool:
    return sheet.casefold() in {name.casefold() for name in book.sheet_names()}


def _plain(formulas: Cells) -> list[list[object]]:
    """Blank is blank, however a program says so."""
    return [["" if cell is None else cell for cell in row] for row in formulas]
