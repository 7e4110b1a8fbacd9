"""A day or a month that a person typed into a single cell of a sheet of ours, read as DOM 2.14 reads the staff's."""

from __future__ import annotations

import datetime as dt

import numpy as np

from xl_retention.books.grid import Grid
from xl_retention.domain.dates import Period
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import Kind
from xl_retention.errors import WrongRequest
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.typed_cells import TypedCells
from xl_retention.sheets.wording import say


def day_in(cell: object) -> dt.date | None:
    """The day; None for a blank and for what is no day."""
    day = clean(Grid.of([[cell]]).columns[0], Kind.DATE).values.astype("datetime64[D]")[0]
    return None if np.isnat(day) else day.item()


def month_in(cell: object) -> Period | None:
    """The month; None for a blank and for what is no month."""
    month = clean(Grid.of([[cell]]).columns[0], Kind.MONTH).values[0]
    try:
        return Period.month(str(month))
    except WrongRequest:
        return None


def unread_days(typed: TypedCells, column: str, sheet: str, language: str) -> list[Problem]:
    """A finding for each cell of an input column that holds no day."""
    return [
        Problem(
            "date_not_understood",
            "medium",
            sheet,
            row.addresses[column],
            say(column, language),
            str(cell),
            "a date",
            "Type it as YYYY-MM-DD, or clear the cell.",
        )
        for row in typed.by_key.values()
        if (cell := row.inputs.get(column)) is not None and day_in(cell) is None
    ]
