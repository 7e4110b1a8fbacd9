"""The Settings sheet: one row per parameter (DOM 2.20)."""

from __future__ import annotations

from xl_retention.books.book import Book
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.problems import Problem
from xl_retention.sheets.small_tables import small_table

HEADINGS = {
    "parameter": ("Parameter", "参数"),
    "value": ("Value", "值"),
    "unit": ("Unit", "单位"),
    "note": ("Note", "说明"),
}


def read_settings(book: Book, sheet: str | None) -> tuple[Parameters, list[Problem]]:
    """The store's parameters; without the sheet, or where a cell is blank, the defaults."""
    if sheet is None:
        return Parameters(), []
    rows, problems = small_table(sheet, book.read(sheet), HEADINGS, ("parameter", "value"))
    parameters, unread = Parameters.from_settings([(row.text("parameter"), row.cells["value"]) for row in rows])
    for fault in unread:
        unknown = fault.found == fault.name
        row = next(
            row
            for row in rows
            if row.text("parameter") == fault.name and (unknown or str(row.cells["value"]) == fault.found)
        )
        problems.append(
            Problem(
                "parameter_unknown" if unknown else "setting_not_understood",
                "medium",
                sheet,
                row.address("parameter" if unknown else "value"),
                row.headings["parameter"] if unknown else fault.name,
                fault.found,
                fault.wanted,
                "Correct the cell; until then the default counts.",
            )
        )
    return parameters, problems
