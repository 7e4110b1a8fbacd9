"""A workbook made anew out of values: nothing of another workbook gets into it but what is written here."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_retention.books.fresh import CREATED
from xl_retention.books.sheet_xml import MOST_ROWS

_HEADING = {"bold": True, "bg_color": "#D9E1F2", "border": 1, "border_color": "#BFBFBF", "text_wrap": True}
_WIDEST = 40


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
    import xlsxwriter

    with xlsxwriter.Workbook(str(path), {"strings_to_formulas": False, "strings_to_urls": False}) as book:
        book.set_properties({"created": CREATED})
        heading, text = book.add_format(_HEADING), book.add_format({"num_format": "@"})
        looks = {
            dt.datetime: book.add_format({"num_format": "yyyy-mm-dd hh:mm"}),
            dt.date: book.add_format({"num_format": "yyyy-mm-dd"}),
            dt.time: book.add_format({"num_format": "hh:mm"}),
        }
        for sheet in sheets:
            made = book.add_worksheet(sheet.name)
            if sheet.is_hidden:
                made.very_hidden()
            for place, head in enumerate(sheet.headings):
                made.write_string(0, place, head, heading)
            first = 1 if sheet.headings else 0
            for place in range(len(sheet.headings)):
                width = max([len(str(row[place] or "")) for row in sheet.rows[:200] if place < len(row)], default=0)
                said = min(max(width, len(sheet.headings[place])) + 2, _WIDEST)
                made.set_column(place, place, said, None, {"hidden": place in sheet.hidden_columns})
            for number, row in enumerate(sheet.rows, first):
                for place, value in enumerate(row):
                    if value is None or value == "":
                        continue
                    if isinstance(value, str):
                        made.write_string(number, place, value, text)
                    elif isinstance(value, bool):
                        made.write_boolean(number, place, value)
                    elif isinstance(value, (dt.datetime, dt.date, dt.time)):
                        is_day = isinstance(value, dt.datetime) and value.time() == dt.time()
                        made.write_datetime(number, place, value, looks[dt.date if is_day else type(value)])
                    else:
                        made.write_number(number, place, value)
            if sheet.headings:
                made.freeze_panes(1, 0)
                made.autofilter(0, 0, min(max(len(sheet.rows), 1), MOST_ROWS - 1), len(sheet.headings) - 1)
