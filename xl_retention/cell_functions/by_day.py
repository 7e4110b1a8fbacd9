"""Rows that are asked from different days, each day once."""

from __future__ import annotations

import datetime as dt

import numpy as np

from xl_retention.cell_functions import answering
from xl_retention.domain.store import Array, Days


def or_today(days: Days) -> Days:
    """The days, today where they are blank."""
    return np.where(np.isnat(days), np.datetime64(answering.today()), days)


def per_day(days: Days) -> list[tuple[dt.date, np.ndarray]]:
    """Each different day with the places where it stands; blanks have none."""
    return [(day.item(), np.flatnonzero(days == day)) for day in np.unique(days[~np.isnat(days)])]


def different_rows(columns: dict[str, Array]) -> tuple[np.ndarray, np.ndarray]:
    """Places of rows of which no two are alike, and for each row which of these it is like."""
    first, each = np.zeros(1, np.int64), np.zeros(len(next(iter(columns.values()))), np.int64)
    for column in columns.values():
        values, number = np.unique(column, return_inverse=True)
        if len(values) > 1:  # most arguments are blank
            _, first, each = np.unique(each * len(values) + number, return_index=True, return_inverse=True)
    return first, each


def rows_at(columns: dict[str, Array], places: np.ndarray) -> dict[str, Array]:
    """The rows of some columns at *places*."""
    return {name: column[places] for name, column in columns.items()}
