"""Counting days, months, hours and periods as DOM 0.2 lays down.

Everything comes twice: for one `date` and, under the same name, for a numpy array of days. A blank date is
NaT in an array; a single date is never blank. "Today" is always an argument, called *as_of* (V14).
"""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal, overload

import numpy as np
import numpy.typing as npt
from dateutil.relativedelta import relativedelta

from xl_retention.errors import WrongRequest

Dates = npt.NDArray[np.datetime64]
"""Days (datetime64[D]) or moments (datetime64[s]), as the function says; NaT is blank."""
Feb29 = Literal["28feb", "1mar"]
"""Which day stands for 29 February in a common year (parameter `feb29_observe`)."""
PeriodKind = Literal["month", "week", "quarter", "year"]

DAY_SECONDS = 86_400


def day_of(moments: Dates) -> Dates:
    """The calendar days (datetime64[D]) of *moments*; days stay as they are."""
    return moments.astype("datetime64[D]")


def days_later(days: Dates, number: int | npt.NDArray[np.integer]) -> Dates:
    """The days (datetime64[D]) so many days later; a blank stays blank."""
    return np.asarray(days.astype("datetime64[D]") + np.asarray(number).astype("timedelta64[D]"))


def end_of_day(days: Dates) -> Dates:
    """The last second (23:59:59, datetime64[s]) of each day: what *as_of* means in KPIs (V19)."""
    return np.asarray(day_of(days).astype("datetime64[s]") + np.timedelta64(DAY_SECONDS - 1, "s"))


def has_clock(moments: Dates) -> npt.NDArray[np.bool_]:
    """Whether each moment (datetime64[s]) carries a clock; 00:00:00 and a blank do not (V18)."""
    seconds = moments.astype("datetime64[s]").astype(np.int64)
    return np.asarray((seconds % DAY_SECONDS != 0) & ~np.isnat(moments), np.bool_)


@overload
def add_months(day: dt.date, months: int) -> dt.date: ...
@overload
def add_months(day: Dates, months: int | npt.NDArray[np.integer]) -> Dates: ...
def add_months(day: dt.date | Dates, months: int | npt.NDArray[np.integer]) -> dt.date | Dates:
    """The same day number *months* later, or the last day of the month where that day does not exist (V2).

    Always add to the original anchor, never to a day that was itself added to (V3): 31 January plus two
    months is 31 March, although 31 January plus one month is the end of February.

    Args:
        day: A date, or an array of days; a clock in the array is dropped.
        months: May be negative; an array goes with the days place by place.

    Returns:
        A date, or datetime64[D] with NaT where the day is blank.
    """
    if not isinstance(day, np.ndarray):
        return day + relativedelta(months=int(months))
    days = day_of(day)
    if np.ndim(months) == 0:
        return days if months == 0 else once_each(days, lambda each: _months_later(each, np.asarray(months)))
    return _months_later(days, np.asarray(months))


def _months_later(days: Dates, months: npt.NDArray[np.integer]) -> Dates:
    first_of_month = days.astype("datetime64[M]")
    target = first_of_month + months.astype("timedelta64[M]")
    same_number = target.astype("datetime64[D]") + (days - first_of_month.astype("datetime64[D]"))
    last = (target + np.timedelta64(1, "M")).astype("datetime64[D]") - np.timedelta64(1, "D")
    return np.asarray(np.minimum(same_number, last))


def once_each(days: Dates, change: Callable[[Dates], Dates]) -> Dates:
    """What *change* makes of *days*, worked out once for each day from their first to their last.

    Many cars share few days, and a step through the calendar costs far more than looking a day up.
    """
    known = ~np.isnat(days)
    if not known.any():
        return change(days)
    number = days.view(np.int64)
    first, last = int(np.fmin.reduce(days).view(np.int64)), int(number.max())  # a blank is the smallest number
    if last - first >= days.size:
        return change(days)
    calendar = np.append(change(np.arange(first, last + 1).astype("datetime64[D]")), np.datetime64("NaT"))
    return np.asarray(calendar[np.where(known, number - first, -1)])


@overload
def months_between(earlier: dt.date, later: dt.date) -> int: ...
@overload
def months_between(earlier: Dates, later: dt.date | Dates) -> npt.NDArray[np.float64]: ...
def months_between(earlier: dt.date | Dates, later: dt.date | Dates) -> int | npt.NDArray[np.float64]:
    """Completed months: the largest n with `add_months(earlier, n) <= later` (V4).

    Not what Excel's DATEDIF counts: 31 August to 29 February are 6 months here, 5 there. Negative where
    *later* lies before *earlier*.

    Returns:
        A whole number; for arrays float64 with NaN where either day is blank.
    """
    if not isinstance(earlier, np.ndarray):
        if isinstance(later, np.ndarray):
            return months_between(np.full(later.shape, np.datetime64(earlier, "D")), later)
        months = (later.year - earlier.year) * 12 + later.month - earlier.month
        return months - (add_months(_plain(earlier), months) > _plain(later))
    a, b = np.broadcast_arrays(day_of(earlier), day_of(np.asarray(later, "datetime64[s]")))
    blank = np.isnat(a) | np.isnat(b)
    steps = np.where(blank, 0, (b.astype("datetime64[M]") - a.astype("datetime64[M]")).astype(np.int64))
    completed = (steps - (add_months(a, steps) > b)).astype(np.float64)
    completed[blank] = np.nan
    return completed


@overload
def deadline_hours(anchor: dt.datetime, hours: float) -> dt.datetime: ...
@overload
def deadline_hours(anchor: Dates, hours: float) -> Dates: ...
def deadline_hours(anchor: dt.datetime | Dates, hours: float) -> dt.datetime | Dates:
    """The moment *hours* clock hours after *anchor*; nights and weekends count, nothing is shifted (V7).

    An anchor without a clock is taken as 00:00; what that means for being on time is for the caller to say (V18).

    Returns:
        A moment; for arrays datetime64[s] with NaT where the anchor is blank.
    """
    seconds = half_up(hours * 3600)
    if isinstance(anchor, np.ndarray):
        return np.asarray(anchor.astype("datetime64[s]") + np.timedelta64(seconds, "s"))
    return anchor + dt.timedelta(seconds=seconds)


@overload
def next_birthday(month: int, day: int, as_of: dt.date, feb29: Feb29 = ...) -> dt.date: ...
@overload
def next_birthday(
    month: npt.NDArray[np.integer], day: npt.NDArray[np.integer], as_of: dt.date, feb29: Feb29 = ...
) -> Dates: ...
def next_birthday(
    month: int | npt.NDArray[np.integer],
    day: int | npt.NDArray[np.integer],
    as_of: dt.date,
    feb29: Feb29 = "28feb",
) -> dt.date | Dates:
    """The first observed birthday on or after *as_of*; *as_of* itself may be the birthday (V8).

    Returns:
        A date; for arrays datetime64[D] with NaT where month and day are no day of any year (0 is blank).

    Raises:
        ValueError: The single month and day are no day of any year.
    """
    if isinstance(month, np.ndarray):
        days = np.asarray(day)
        this_year = birthday_in(month, days, as_of.year, feb29)
        has_passed = this_year < np.datetime64(_plain(as_of), "D")
        return np.where(has_passed, birthday_in(month, days, as_of.year + 1, feb29), this_year)
    observed = birthday_in(month, int(day), as_of.year, feb29)
    return observed if observed >= _plain(as_of) else birthday_in(month, int(day), as_of.year + 1, feb29)


@overload
def birthday_in(month: int, day: int, year: int, feb29: Feb29 = ...) -> dt.date: ...
@overload
def birthday_in(
    month: npt.NDArray[np.integer], day: npt.NDArray[np.integer], year: int, feb29: Feb29 = ...
) -> Dates: ...
def birthday_in(
    month: int | npt.NDArray[np.integer],
    day: int | npt.NDArray[np.integer],
    year: int,
    feb29: Feb29 = "28feb",
) -> dt.date | Dates:
    """The day on which a birthday is observed in *year*; errors and blanks as `next_birthday`."""
    if isinstance(month, np.ndarray):
        return _birthdays_in(month, np.asarray(day), year, feb29)
    dt.date(2000, month, int(day))  # a leap year knows every birthday; anything else raises here
    if (month, day) == (2, 29) and not _is_leap(year):
        return dt.date(year, 2, 28) if feb29 == "28feb" else dt.date(year, 3, 1)
    return dt.date(year, month, int(day))


def _birthdays_in(
    month: npt.NDArray[np.integer], day: npt.NDArray[np.integer], year: int, feb29: Feb29
) -> Dates:
    in_leap_year = np.array([0, 31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31])
    a_month = (month >= 1) & (month <= 12)
    known = a_month & (day >= 1) & (day <= in_leap_year[np.where(a_month, month, 0)])
    january = np.datetime64(f"{year:04d}-01", "M")
    first = (january + (np.where(known, month, 1) - 1).astype("timedelta64[M]")).astype("datetime64[D]")
    days = np.asarray(first + (np.where(known, day, 1) - 1).astype("timedelta64[D]"))
    if feb29 == "28feb" and not _is_leap(year):
        # Counting on from 1 February has already led 29 February to 1 March.
        days = np.where((month == 2) & (day == 29), np.datetime64(f"{year:04d}-02-28", "D"), days)
    days[~known] = np.datetime64("NaT")
    return days


def _is_leap(year: int) -> bool:
    return year % 4 == 0 and (year % 100 != 0 or year % 400 == 0)


def _plain(day: dt.date) -> dt.date:
    """Without a clock: a `datetime` must not be compared with a `date`."""
    return day.date() if isinstance(day, dt.datetime) else day


@overload
def half_up(number: float) -> int: ...
@overload
def half_up(number: npt.NDArray[np.floating]) -> npt.NDArray[np.float64]: ...
def half_up(number: float | npt.NDArray[np.floating]) -> int | npt.NDArray[np.float64]:
    """The nearest whole number, 0.5 up to 1 and -0.5 up to 0 (V9); arrays stay float64 and keep NaN.

    The part behind the point is compared with one half: adding one half first would itself be rounded.
    """
    whole = np.floor(number)
    rounded = whole + (number - whole >= 0.5)
    return rounded if isinstance(number, np.ndarray) else int(rounded)


def half_up_ratio(numerator: int, denominator: int) -> int:
    """`half_up(numerator / denominator)` without a detour through floating point (V9).

    Raises:
        ZeroDivisionError: The denominator is 0; whoever asks decides what "no data" looks like (V11).
        ValueError: The denominator is negative.
    """
    if denominator < 0:
        raise ValueError(f"a count of {denominator} cannot be a denominator")
    return (2 * numerator + denominator) // (2 * denominator)


@dataclass(frozen=True)
class Period:
    """A closed interval of store-local days; both ends belong to it (V13).

    Args:
        start: First day.
        end: Last day.
        kind: Calendar month, week from Monday to Sunday (ISO), calendar quarter or calendar year.
    """

    start: dt.date
    end: dt.date
    kind: PeriodKind

    @classmethod
    def month(cls, text: str) -> Period:
        """The month written as `2026-02`.

        Raises:
            WrongRequest: It is not written so, or there is no such month.
        """
        year, month = _numbers(r"(\d{4})-(\d{2})", text, "a month such as 2026-02")
        return cls._of_months(year, month, 1, "month", text)

    @classmethod
    def week(cls, text: str) -> Period:
        """The week written as `2026-W07` (ISO: week 1 holds the first Thursday of the year).

        Raises:
            WrongRequest: It is not written so, or the year has no such week.
        """
        year, week = _numbers(r"(\d{4})-W(\d{2})", text, "a week such as 2026-W07")
        try:
            monday = dt.date.fromisocalendar(year, week, 1)
            return cls(monday, monday + dt.timedelta(days=6), "week")
        except (ValueError, OverflowError):
            raise WrongRequest(f"'{text}' is not a week that the calendar has.") from None

    @classmethod
    def quarter(cls, text: str) -> Period:
        """The quarter written as `2026-Q1`.

        Raises:
            WrongRequest: It is not written so, or there is no such quarter.
        """
        year, quarter = _numbers(r"(\d{4})-Q([1-4])", text, "a quarter such as 2026-Q1")
        return cls._of_months(year, 3 * quarter - 2, 3, "quarter", text)

    @classmethod
    def year(cls, text: str) -> Period:
        """The year written as `2026`.

        Raises:
            WrongRequest: It is not written so.
        """
        (year,) = _numbers(r"(\d{4})", text, "a year such as 2026")
        return cls._of_months(year, 1, 12, "year", text)

    @classmethod
    def containing(cls, day: dt.date, kind: PeriodKind = "month") -> Period:
        """The period of that kind in which *day* lies."""
        if kind == "week":
            monday = _plain(day) - dt.timedelta(days=day.weekday())
            return cls(monday, monday + dt.timedelta(days=6), "week")
        months = {"month": 1, "quarter": 3, "year": 12}[kind]
        return cls._of_months(day.year, (day.month - 1) // months * months + 1, months, kind, str(day))

    @classmethod
    def _of_months(cls, year: int, month: int, months: int, kind: PeriodKind, text: str) -> Period:
        try:
            start = dt.date(year, month, 1)
            return cls(start, add_months(start, months) - dt.timedelta(days=1), kind)
        except (ValueError, OverflowError):
            raise WrongRequest(f"'{text}' is not a {kind} that the calendar has.") from None

    @property
    def label(self) -> str:
        """As its constructor reads it: `2026-02`, `2026-W07`, `2026-Q1` or `2026`."""
        year = f"{self.start.year:04d}"
        if self.kind == "week":
            year_of_week, week, _ = self.start.isocalendar()
            return f"{year_of_week:04d}-W{week:02d}"
        if self.kind == "quarter":
            return f"{year}-Q{(self.start.month + 2) // 3}"
        return year if self.kind == "year" else f"{year}-{self.start.month:02d}"

    def cut(self, as_of: dt.date) -> Period | None:
        """The part that has passed by *as_of*, that day included; None if nothing has (V13)."""
        if self.start > _plain(as_of):
            return None
        return Period(self.start, min(self.end, _plain(as_of)), self.kind)

    def is_running(self, as_of: dt.date) -> bool:
        """Whether days of the period lie after *as_of*, which means the end of that day (V19)."""
        return self.end > _plain(as_of)

    def shift(self, steps: int) -> Period:
        """The whole period of the same kind that many steps later; negative is earlier."""
        if self.kind == "week":
            return Period.containing(self.start + dt.timedelta(weeks=steps), "week")
        months = {"month": 1, "quarter": 3, "year": 12}[self.kind]
        return Period.containing(add_months(self.start, steps * months), self.kind)

    @overload
    def holds(self, day: dt.date) -> bool: ...
    @overload
    def holds(self, day: Dates) -> npt.NDArray[np.bool_]: ...
    def holds(self, day: dt.date | Dates) -> bool | npt.NDArray[np.bool_]:
        """Whether the day, or the day of the moment, lies in the period; a blank does not."""
        if isinstance(day, np.ndarray):
            days = day_of(day)
            return np.asarray(
                (days >= np.datetime64(self.start, "D")) & (days <= np.datetime64(self.end, "D")), np.bool_
            )
        return self.start <= _plain(day) <= self.end


def _numbers(pattern: str, text: str, wanted: str) -> tuple[int, ...]:
    match = re.fullmatch(pattern, text.strip(), re.ASCII)
    if match is None:
        raise WrongRequest(f"'{text}' is not {wanted}.")
    return tuple(int(group) for group in match.groups())


def iso(day: dt.date) -> str:
    """A day as `2026-11-21`, a moment as `2026-11-21T08:30`: how JSON answers write them."""
    return day.isoformat(timespec="minutes") if isinstance(day, dt.datetime) else day.isoformat()
