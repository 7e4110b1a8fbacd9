"""The workbook that we ship, filled with a store as its staff keeps it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from pathlib import Path

from xl_retention.books.closed import ClosedBook
from xl_retention.builder.workbook import build
from xl_retention.sheets.reading.reader import recognise_sheets

SAMPLES = Path(__file__).parents[2] / "sample"
SAMPLE = {"en": SAMPLES / "Store-East.xlsx", "zh": SAMPLES / "城西店.xlsx"}
SETTINGS = {"en": "Settings", "zh": "参数"}


def staff_rows(store: Path) -> dict[str, list[dict[str, object]]]:
    """By table the rows of a store, a value by field; a car on the sheet of its owner gets a row of its own."""
    found: dict[str, list[dict[str, object]]] = {}
    with ClosedBook(store) as book:
        for match in recognise_sheets(book).matches:
            for cells in book.read(match.sheet)[match.header_row :]:
                rows: dict[str, dict[str, object]] = {}
                for (entity, field), column in match.columns.items():
                    value = cells[column.place] if column.place < len(cells) else None
                    if value is not None:
                        rows.setdefault(entity, {})[field] = value
                if "customer" in rows and "vehicle" in rows and "customer_id" in rows["customer"]:
                    rows["vehicle"].setdefault("customer_id", rows["customer"]["customer_id"])
                for entity, row in rows.items():
                    found.setdefault(entity, []).append(row)
    return found


def filled_workbook(
    path: Path,
    language: str,
    rows: Mapping[str, Sequence[Mapping[str, object]]] | None = None,
    go_live: dt.date | None = None,
) -> Path:
    """
    Retention.xlsm in a language with the rows of the sample store, or with *rows*.

    Args:
        go_live: Typed into the sheet of settings.
    """
    build(path, language, staff_rows(SAMPLE[language]) if rows is None else rows)
    if go_live:
        with ClosedBook(path) as book:
            sheet = SETTINGS[language]
            for number, row in enumerate(book.read(sheet), 1):
                if "go_live_date" in row:
                    headings = next(each for each in book.read(sheet) if len([cell for cell in each if cell]) > 2)
                    place = next(n for n, cell in enumerate(headings, 1) if cell in ("Value", "值", "参数值", "数值"))
                    book.put(sheet, number, place, [[go_live]])
            book.save()
    return path
