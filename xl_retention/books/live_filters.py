"""The filter of a sheet that is open: the arrows over a list that is no table."""

from __future__ import annotations

from dataclasses import dataclass

import xlwings as xw

from xl_retention.errors import BookRefused


@dataclass(frozen=True)
class SheetFilter:
    """
    Where it lies, rows and columns from 1.

    Args:
        bottom: Its last row.
        last: Its last column.
    """

    top: int
    first: int
    bottom: int
    last: int


def filter_of(sheet: xw.Sheet) -> SheetFilter | None:
    """
    The filter of a sheet.

    Returns:
        None where it has none, or the program does not tell: neither does LibreOffice 7, nor Excel on a Mac.
    """
    if not getattr(sheet.api, "AutoFilterMode", False):
        return None
    cells = sheet.api.AutoFilter.Range
    bottom, last = cells.Row + cells.Rows.Count - 1, cells.Column + cells.Columns.Count - 1
    return SheetFilter(cells.Row, cells.Column, bottom, last)


def set_end(sheet: xw.Sheet, there: SheetFilter, last: int) -> None:
    """
    Lets the filter end with another column.

    Raises:
        BookRefused: Rows are hidden by it, which would show again.
    """
    if sheet.api.FilterMode:
        raise BookRefused(
            f"Rows of {sheet.name} are hidden by its filter; show all (Data, Clear) and try again, so that the filter "
            "can take our columns in."
        )
    sheet.api.AutoFilterMode = False
    sheet.range((there.top, there.first), (there.bottom, last)).api.AutoFilter()
