"""A day or a month that a person typed into a single cell of a sheet of ours, read as DOM 2.14 reads the staff's."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from xl_retention.books.grid import Grid
from xl_retention.domain.dates import Period, add_months
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import Kind
from xl_retention.errors import WrongRequest
from xl_retention.sheets.cells.values import clean
from xl_retention.sheets.typed_cells import TypedCells
from xl_retention.sheets.wording import say

FARTHEST_MONTHS = 24
"""
Nobody agrees on a day with a customer that lies further ahead: until then the car is due for service again (DOM 3.6).
It tells a year that was meant from one that the office guessed (`5 Dec` becomes December 2005, `5 Dec 62` 2062).
"""


@dataclass(frozen=True)
class LikelyDays:
    """The days that can have been meant; *first* and *last* are among them."""

    first: dt.date
    last: dt.date

    @classmethod
    def agreed_from(cls, first: dt.date, about: dt.date) -> LikelyDays:
        """Those from *first* on that may be agreed in a call about something due on *about*."""
        return cls(first, add_months(about, FARTHEST_MONTHS))

    def __contains__(self, day: dt.date) -> bool:
        return self.first <= day <= self.last

    def __str__(self) -> str:
        return f"a day from {self.first} to {self.last}"


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


def unlikely_days(
    typed: TypedCells, column: str, likely: Mapping[str, LikelyDays], sheet: str, language: str
) -> list[Problem]:
    """
    A finding for each cell of an input column that holds a day, but none that can have been meant.

    Args:
        likely: The days that can, by key of the row; a row that is not named may hold any.
    """
    days = {key: day for key, row in typed.by_key.items() if (day := day_in(row.inputs.get(column))) is not None}
    return [
        Problem(
            "date_unlikely",
            "medium",
            sheet,
            typed.by_key[key].addresses[column],
            say(column, language),
            str(day),
            str(likely[key]),
            "Type it with its year, as YYYY-MM-DD, or clear the cell.",
        )
        for key, day in days.items()
        if key in likely and day not in likely[key]
    ]
