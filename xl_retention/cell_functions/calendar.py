"""Months as DOM 0.2 counts them."""

from __future__ import annotations

import numpy as np
import xlwings as xw

from xl_retention.cell_functions.answering import CATEGORY, in_cells
from xl_retention.domain.dates import add_months, months_between
from xl_retention.domain.schema import Kind
from xl_retention.sheets.cell_arguments import NO_DATA, Cell, Rows, dates_of

FIRST_DAY, LAST_DAY = np.datetime64("1900-01-01", "D"), np.datetime64("9999-12-31", "D")
"""The days that a cell can show."""


@xw.func(category=CATEGORY)
@in_cells
def MONTHS_BETWEEN_DATES(start: Cell, finish: Cell) -> Cell:
    """Completed months between two dates; unlike DATEDIF the end of a short month completes a month.

    Args:
        start: Earlier date
        finish: Later date; before the earlier one the number is negative

    Examples:
        =MONTHS_BETWEEN_DATES("2023-08-31","2024-02-29") -> 6
        =MONTHS_BETWEEN_DATES("2024-08-31","2025-02-27") -> 5
        =MONTHS_BETWEEN_DATES("2024-08-31","") -> (empty)
    """
    rows = Rows.of(start=start, finish=finish)
    months = months_between(rows.days("start"), rows.days("finish"))
    return rows.answer([NO_DATA if np.isnan(number) else int(number) for number in months])


@xw.func(category=CATEGORY)
@in_cells
def EDATE_CLAMPED(start: Cell, months: Cell) -> Cell:
    """The same day some months later, or the last day of the month where that day does not exist.

    Args:
        start: Date to count from
        months: Number of months; negative counts back

    Examples:
        =EDATE_CLAMPED("2024-08-31",6) -> 2025-02-28
        =EDATE_CLAMPED("2024-03-31",-1) -> 2024-02-29
        =EDATE_CLAMPED("2024-08-31","six") -> months: not a whole number
    """
    rows = Rows.of(start=start, months=months)
    day = rows.days("start")
    number = rows.cleaned("months", Kind.INTEGER).astype(np.float64)
    most = (LAST_DAY - FIRST_DAY).astype(np.int64) // 28
    within = np.abs(number) <= most  # beyond it the calendar of numpy ends as well
    later = add_months(day, np.where(within, number, 0).astype(np.int64))
    shown = ~np.isnan(number) & ~np.isnat(day)
    rows.refuse("months", shown & ~(within & (later >= FIRST_DAY) & (later <= LAST_DAY)), "beyond the calendar")
    later[~shown | (rows.faults != "")] = np.datetime64("NaT")
    return rows.answer(dates_of(later))
