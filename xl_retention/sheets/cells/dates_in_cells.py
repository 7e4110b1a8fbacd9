"""Columns of dates, birthdays, clocks and months (DOM 2.14, "Dates")."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xl_retention.books.grid import CellKind
from xl_retention.domain.dates import DAY_SECONDS, Dates, day_of
from xl_retention.sheets.cells.cell_texts import Cells, Mask, Shapes, Texts, as_objects, is_nothing, normal
from xl_retention.sheets.cells.date_numbers import (
    FIRST_SECOND,
    NO_MOMENT,
    SECOND_AFTER,
    SMALLEST_RECENT_SERIAL,
    clocks_of_numbers,
    moments_of_numbers,
    moments_of_parts,
)

SMALLEST_BIRTHDAY = 1_232
"""Numbers up to 1231 in a birthday column are a month and a day (5.21, 1231) rather than a serial of 1903."""
_REGULAR = tuple(
    date + clock
    for date in ("9999-99-99", "9999/99/99", "9999.99.99", "99999999")
    for clock in ("", " 99:99", " 99:99:99", "T99:99", "T99:99:99")
)
"""The shapes that whole columns have; they are read as matrices."""


@dataclass(frozen=True)
class Birthdays:
    """Birthdays as far as they are known.

    Args:
        dates: datetime64[s] at midnight, NaT where the year is unknown.
        month_day: month * 100 + day, 0 where unknown.
    """

    dates: Dates
    month_day: npt.NDArray[np.int16]


def dates(cells: Cells, *, date1904: bool = False, month_end: bool = False, smallest: float = 1) -> Dates:
    """The moments (datetime64[s]) of the cells, a date without clock at 00:00 (V18); blank is NaT.

    Args:
        cells: The cells.
        date1904: Plain serial numbers count from 1904; cells shown as dates are resolved already.
        month_end: A month alone stands for its last day, words such as 有效期至 may stand before.
        smallest: Smaller serial numbers are refused.
    """
    out = np.full(len(cells), NO_MOMENT)
    rows = cells.rows(CellKind.DATE)
    if rows.size:
        seconds = cells.number[rows].astype(np.int64)
        known = (seconds >= FIRST_SECOND) & (seconds < SECOND_AFTER)
        out[rows] = seconds.astype("datetime64[s]")
        _take_back(cells, out, rows[~known])
    rows = cells.rows(CellKind.NUMBER)
    if rows.size:
        out[rows] = moments_of_numbers(cells.number[rows], date1904=date1904, smallest=smallest)
        _take_back(cells, out, rows[np.isnat(out[rows])])
    cells.refuse(cells.rows(CellKind.TIME, CellKind.BOOL))
    if cells.texts.rows.size:
        values, understood, others = _of_texts(cells.texts.texts)
        if others:
            _read_others(cells, values, understood, others, date1904=date1904, month_end=month_end)
        cells.put_texts(out, values, understood)
    return out


def _read_others(
    cells: Cells, values: Dates, understood: Mask, others: list[int], *, date1904: bool, month_end: bool
) -> None:
    """
    Read the texts that have none of the regular shapes: each by itself, the rest in the order of the column.

    Args:
        values, understood: Of the different texts of the column; filled here.
        others: Places of the texts.
    """
    # Long in loading, and most columns need none of it.
    from xl_retention.sheets.cells.date_order import in_order, not_year_first
    from xl_retention.sheets.cells.date_texts import moment_in, month_end_in

    texts, read = cells.texts, month_end_in if month_end else moment_in
    for place in others:
        if (seconds := read(normal(texts.texts[place]), date1904)) is not None:
            values[place], understood[place] = np.datetime64(seconds, "s"), True
    # 15/01/26 reads as 2015 only where the column as a whole begins with years.
    for place in not_year_first(texts.texts, others, normal):
        values[place], understood[place] = NO_MOMENT, False
    unread = np.flatnonzero(~understood)
    counts = np.bincount(texts.place, minlength=len(texts.texts))
    filled = int((cells.kind != CellKind.BLANK).sum())
    found = in_order([texts.texts[place] for place in unread.tolist()], counts[unread], filled, normal)
    if found is None:
        return
    doubtful = np.zeros(len(texts.texts), np.bool_)
    for number, iso in found.iso.items():
        place = unread[number]
        if (seconds := moment_in(iso, date1904=False)) is not None:
            values[place], understood[place] = np.datetime64(seconds, "s"), True
            doubtful[place] = number in found.doubtful
    cells.doubt(texts.rows[doubtful[texts.place]])


def birthdays(cells: Cells, *, date1904: bool = False) -> Birthdays:
    """Birth dates, and birthdays without a year such as 5-21 or 5月21日."""
    found = day_of(dates(cells, date1904=date1904, smallest=SMALLEST_BIRTHDAY))
    month_day = np.zeros(len(cells), np.int16)
    known = ~np.isnat(found)
    months = found[known].astype("datetime64[M]")
    day = (found[known] - months.astype("datetime64[D]")).astype(np.int64) + 1
    month_day[known] = months.astype(np.int64) % 12 * 100 + 100 + day

    texts = cells.texts
    unread = np.flatnonzero(np.bincount(texts.place[np.isnat(found[texts.rows])]))  # np.unique would load numpy.ma
    if unread.size:
        from xl_retention.sheets.cells.date_texts import month_day_in  # long in loading, and seldom needed

        without_year = np.zeros(len(texts.texts), np.int16)
        without_year[unread] = [month_day_in(texts.texts[place]) for place in unread.tolist()]
        rows = texts.rows[without_year[texts.place] > 0]
        month_day[rows] = without_year[texts.place[without_year[texts.place] > 0]]
        cells.refused[rows] = False
    return Birthdays(found.astype("datetime64[s]"), month_day)


def clocks(cells: Cells) -> npt.NDArray[np.float64]:
    """Seconds since midnight, NaN where blank; of a date with a clock, its clock.

    A date without a clock (V18) is refused: midnight is not what was meant.
    """
    out = np.full(len(cells), np.nan)
    for kind in (CellKind.TIME, CellKind.NUMBER, CellKind.DATE):
        rows = cells.rows(kind)
        if rows.size:
            seconds = cells.number[rows] if kind != CellKind.NUMBER else clocks_of_numbers(cells.number[rows])
            if kind == CellKind.DATE:
                # Before 1900 begins there is no day: the number was a clock all along.
                has_day = seconds >= FIRST_SECOND
                seconds = seconds % DAY_SECONDS
                seconds[has_day & (seconds == 0)] = np.nan
            seconds = np.where((seconds >= 0) & (seconds < DAY_SECONDS), seconds, np.nan)
            out[rows] = seconds
            cells.refuse(rows[np.isnan(seconds)])
    cells.refuse(cells.rows(CellKind.BOOL))
    texts = cells.texts
    if texts.rows.size:
        from xl_retention.sheets.cells.date_texts import clock_in  # long in loading, and few stores have clocks

        found = [clock_in(normal(text)) for text in texts.texts]
        values = np.array([np.nan if second is None else second for second in found])
        cells.put_texts(out, values, np.array([second is not None for second in found]))
    return out


def months(cells: Cells, *, date1904: bool = False) -> Texts:
    """Months as `YYYY-MM`, "" where blank; of a date, its month."""
    numbers = cells.number.copy()
    as_month = (cells.kind == CellKind.NUMBER) & (numbers >= 190_001) & (numbers <= 209_912)
    found = np.full(len(cells), np.datetime64("NaT", "M"))
    whole = as_month & (np.floor(numbers) == numbers) & (numbers % 100 >= 1) & (numbers % 100 <= 12)
    year, month = numbers[whole] // 100, numbers[whole] % 100
    found[whole] = ((year - 1970) * 12 + month - 1).astype(np.int64).astype("datetime64[M]")
    days = dates(cells, date1904=date1904, month_end=True, smallest=SMALLEST_RECENT_SERIAL)
    of_dates = days.astype("datetime64[M]")
    cells.refused[whole] = False
    found = np.where(np.isnat(found), of_dates, found)
    out = np.full(len(cells), "", object)
    known = ~np.isnat(found)
    different, place = np.unique(found[known], return_inverse=True)
    out[known] = as_objects(np.datetime_as_string(different, unit="M").tolist())[place]
    return out


def _take_back(cells: Cells, out: Dates, rows: npt.NDArray[np.intp]) -> None:
    out[rows] = NO_MOMENT
    cells.refuse(rows)


def _of_texts(texts: list[str]) -> tuple[Dates, Mask, list[int]]:
    """
    The moments of different texts of regular shapes.

    Args:
        texts: As they stand in the cells.

    Returns:
        The moments, which texts are understood, and the places of those that say something in another way.
    """
    values = np.full(len(texts), NO_MOMENT)
    understood = np.zeros(len(texts), np.bool_)
    shapes = Shapes.of(texts)
    for pattern in _REGULAR:
        found = shapes.matching(pattern)
        if found.places.size:
            values[found.places] = _of_digits(found.digits)
            understood[found.places] = ~np.isnat(values[found.places])
    others = []
    for place in np.flatnonzero(~understood).tolist():
        if is_nothing(normal(texts[place])):
            understood[place] = True
        else:
            others.append(place)
    return values, understood, others


def _of_digits(digits: list[npt.NDArray[np.int64]]) -> Dates:
    """Moments of the digits YYYYMMDD, and HHMM or HHMMSS behind them; NaT where there is none such."""
    pairs = [tens * 10 + ones for tens, ones in zip(digits[0::2], digits[1::2], strict=True)]
    century, year, month, day, *clock = pairs
    seconds = np.zeros(len(day), np.int64)
    for pair, unit in zip(clock, (3600, 60, 1), strict=False):
        seconds += pair * unit
    moments = moments_of_parts(century * 100 + year, month, day, seconds)
    for pair, largest in zip(clock, (23, 59, 59), strict=False):
        moments[pair > largest] = NO_MOMENT
    return moments
