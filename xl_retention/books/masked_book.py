"""A workbook made anew out of values: nothing of another workbook gets into it but what is written here."""

from __future__ import annotations

import tempfile
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_retention.books.closed import ClosedBook
from xl_retention.books.fresh import CREATED
from xl_retention.books.limits import MOST_ROWS

_HEADING = {"bold": True, "bg_color": "#D9E1F2", "border": 1, "border_color": "#BFBFBF", "text_wrap": True}
_WIDEST, _MEASURED = 40, 200


@dataclass(frozen=True)
class ValueSheet:
    """
    One sheet of values.

    Args:
        name: On its tab.
        headings: Of its columns; none for a sheet without headings.
        rows: Values below the headings.
        hidden_columns: Places of columns that nobody is to see.
        is_hidden: Whether only a program shows it.
    """

    name: str
    headings: Sequence[str]
    rows: Sequence[Sequence[object]]
    hidden_columns: frozenset[int] = frozenset()
    is_hidden: bool = False


def write_values(path: Path, sheets: Sequence[ValueSheet]) -> None:
    """Writes a workbook of value sheets; text stays text, days look like days."""
    with tempfile.TemporaryDirectory() as folder:
        drawn = Path(folder) / f"drawn{path.suffix}"
        _draw(drawn, sheets)
        with ClosedBook(drawn) as book:
            for sheet in sheets:
                book.write(sheet.name, [sheet.headings, *sheet.rows] if sheet.headings else sheet.rows)
            book.save(path)


def _draw(path: Path, sheets: Sequence[ValueSheet]) -> None:
    """The same workbook without its values: how it looks, with a first row that says how cells look."""
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": CREATED})
        heading, text = book.add_format(_HEADING), book.add_format({"num_format": "@"})
        for sheet in sheets:
            made = book.add_worksheet(sheet.name)
            if sheet.is_hidden:
                made.very_hidden()
            if not sheet.headings:
                continue
            for place, head in enumerate(sheet.headings):
                measured = (str(row[place] or "") for row in sheet.rows[:_MEASURED] if place < len(row))
                width = min(max([len(head), *map(len, measured)]) + 2, _WIDEST)
                made.set_column(place, place, width, None, {"hidden": place in sheet.hidden_columns})
                made.write_string(0, place, head, heading)
                made.write_blank(1, place, None, text)
            made.freeze_panes(1, 0)
            made.autofilter(0, 0, min(max(len(sheet.rows), 1), MOST_ROWS - 1), len(sheet.headings) - 1)
