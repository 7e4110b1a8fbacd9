"""Days and moments as numbers: serials of a spreadsheet, YYYYMMDD, fractions of a day (DOM 2.14, "Dates")."""

from __future__ import annotations

import datetime as dt

import numpy as np
import numpy.typing as npt

from xl_retention.domain.dates import DAY_SECONDS, Dates, half_up

FIRST_YEAR, LAST_YEAR = 1900, 2099
SERIAL_OF_1970 = 25_569
LEAP_BUG = 60
"""The serial of 29 February 1900, a day that spreadsheets have and the calendar has not."""
SHIFT_1904 = 1_462
"""Days between serial 0 of the two date systems."""
LAST_SERIAL = 73_050
"""31 December 2099."""
SMALLEST_RECENT_SERIAL = 10_000
"""Smaller numbers (before 1927) in a column of clocks or months are hours or months rather than days."""
NO_MOMENT = np.datetime64("NaT", "s")
FIRST_SECOND = int(np.datetime64(f"{FIRST_YEAR}-01-01", "s").astype(np.int64))
SECOND_AFTER = int(np.datetime64(f"{LAST_YEAR + 1}-01-01", "s").astype(np.int64))
FIRST_DAY = dt.date(1970, 1, 1).toordinal()


def moments_of_numbers(numbers: npt.NDArray[np.float64], *, date1904: bool, smallest: float) -> Dates:
    """Serial numbers and numbers such as 20240305; NaT where it is neither."""
    serials = numbers + SHIFT_1904 if date1904 else numbers
    # Before the day that never was, spreadsheets count one day less than the calendar.
    days = serials - SERIAL_OF_1970 + (serials < LEAP_BUG)
    is_serial = (numbers >= (0 if date1904 else smallest)) & (serials < LAST_SERIAL + 1)
    is_serial &= (serials < LEAP_BUG) | (serials >= LEAP_BUG + 1)
    # 2024 and 2024.3 were typed as a year and a month; as serials they would be days of 1905.
    is_serial &= (numbers < FIRST_YEAR) | (numbers >= LAST_YEAR + 1)
    seconds = half_up(np.where(is_serial, days, 0) * DAY_SECONDS).astype(np.int64)
    out = seconds.astype("datetime64[s]")
    out[~is_serial | (seconds >= SECOND_AFTER)] = NO_MOMENT
    is_digits = (numbers >= 19_000_101) & (numbers <= 20_991_231) & (np.floor(numbers) == numbers)
    if is_digits.any():
        digits = numbers[is_digits].astype(np.int64)
        out[is_digits] = moments_of_parts(digits // 10_000, digits // 100 % 100, digits % 100)
    return out


def moments_of_parts(
    year: npt.NDArray[np.int64],
    month: npt.NDArray[np.int64],
    day: npt.NDArray[np.int64],
    seconds: npt.NDArray[np.int64] | int = 0,
) -> Dates:
    """Moments of their parts; NaT where the calendar has no such day, or it lies too far away."""
    known = (year >= FIRST_YEAR) & (year <= LAST_YEAR) & (month >= 1) & (month <= 12) & (day >= 1)
    first = np.where(known, (year - 1970) * 12 + month - 1, 0).astype("datetime64[M]")
    next_first = (first + np.timedelta64(1, "M")).astype("datetime64[D]")
    days = first.astype("datetime64[D]") + (np.where(known, day, 1) - 1).astype("timedelta64[D]")
    known &= days < next_first
    moments = np.asarray(days.astype("datetime64[s]") + np.asarray(seconds).astype("timedelta64[s]"))
    moments[~known] = NO_MOMENT
    return moments


def clocks_of_numbers(numbers: npt.NDArray[np.float64]) -> npt.NDArray[np.float64]:
    """Seconds since midnight of fractions of a day and of serials with a clock; NaN for other numbers."""
    fractions = numbers - np.floor(numbers)
    seconds = half_up(fractions * DAY_SECONDS)
    is_fraction = (numbers >= 0) & (numbers < 1)
    is_moment = (numbers >= SMALLEST_RECENT_SERIAL) & (numbers < LAST_SERIAL + 1) & (seconds > 0)
    return np.where(is_fraction | is_moment, seconds, np.nan)
