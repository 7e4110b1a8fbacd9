"""Which days a store works, for moving due dates off days off (DOM V17, parameter `shift_nonworking`).

Public holidays and the Chinese make-up working days come from the `holidays` package; what the store lists on
its own holiday sheet goes before them. Hour deadlines are never moved, so nothing here knows a clock.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING, Literal

import numpy as np
import numpy.typing as npt

from xl_retention.domain.dates import Dates, day_of
from xl_retention.domain.problems import Problem

if TYPE_CHECKING:
    import holidays

Shift = Literal["none", "next", "previous"]

WORKING_WORDS = frozenset(
    {"work", "working", "workday", "working day", "班", "上班", "补班", "调休上班", "工作日"}
)
"""How the holiday sheet marks a make-up working day; any other word is the name of a day off."""

SATURDAY = 5


class WorkingDays:
    """The working days of one store.

    A country that `holidays` does not know, or a year it has nothing about, leaves Saturdays and Sundays as
    the only days off; `problems` then says so, and nothing is raised.

    Args:
        country: ISO code such as `CN`; empty for weekends alone, which is then no problem.
        own_holidays: The store's own days: False or a name is a day off, True or one of `WORKING_WORDS` a
            working day.
    """

    def __init__(self, country: str = "CN", own_holidays: Mapping[dt.date, bool | str] | None = None) -> None:
        self.country = country.strip().upper()
        own = dict(own_holidays or {})
        self._own = {day: _is_working_mark(mark) for day, mark in own.items()}
        self._years: dict[int, _Year] = {}
        self._unknown: set[int] = set()
        self._without_make_up: set[int] = set()

    @property
    def problems(self) -> tuple[Problem, ...]:
        """At most one warning about what was asked so far and could not be known."""
        if not self._unknown and not self._without_make_up:
            return ()
        if self._public is None:
            wanted = f"A holiday calendar of the country '{self.country}'"
        elif self._unknown:
            wanted = f"A holiday calendar of {self.country} for {_listed(self._unknown)}"
        else:
            wanted = f"A list of make-up working days of {self.country} for {_listed(self._without_make_up)}"
        days_off = "Saturdays and Sundays" if self._unknown else "All Saturdays and Sundays"
        return (
            Problem(
                code="working_days_unknown",
                severity="low",
                wanted=wanted,
                remedy=f"{days_off} count as days off there; list other days on the holiday sheet.",
            ),
        )

    def is_working(self, day: dt.date) -> bool:
        """Whether the store works on *day*."""
        return bool(self.working(np.array([day], "datetime64[D]"))[0])

    def next(self, day: dt.date) -> dt.date:
        """*day* itself if the store works then, else the next day it does."""
        return self._moved(day, "next")

    def previous(self, day: dt.date) -> dt.date:
        """*day* itself if the store works then, else the last day before on which it does."""
        return self._moved(day, "previous")

    def working(self, days: Dates) -> npt.NDArray[np.bool_]:
        """Whether the store works on each day; a blank is no working day."""
        days = day_of(days)
        known = ~np.isnat(days)
        answer = np.zeros(days.shape, np.bool_)
        for year in self._years_of(days[known]):
            calendar = self._year(year)
            inside = known & (days >= calendar.first) & (days < calendar.first + len(calendar.working))
            answer[inside] = calendar.working[(days[inside] - calendar.first).astype(np.int64)]
        return answer

    def shift(self, days: Dates, how: Shift = "none") -> Dates:
        """*days* with every day off moved to the next or the previous working day (V17).

        Args:
            days: Days; a clock is dropped, a blank stays blank.
            how: `none` leaves all days where they are.

        Returns:
            datetime64[D].
        """
        days = day_of(days)
        if how == "none":
            return days
        step = np.timedelta64(1 if how == "next" else -1, "D")
        moved = days.copy()
        # Runs of days off are short, so that few rounds over the few days left are enough.
        off = np.flatnonzero(~np.isnat(moved))
        off = off[~self.working(moved[off])]
        for _ in range(366):
            if not off.size:
                break
            moved[off] += step
            off = off[~self.working(moved[off])]
        return moved

    def _moved(self, day: dt.date, how: Shift) -> dt.date:
        moved: dt.date = self.shift(np.array([day], "datetime64[D]"), how)[0].item()
        return moved

    @staticmethod
    def _years_of(days: Dates) -> Iterable[int]:
        return sorted({int(year) + 1970 for year in np.unique(days.astype("datetime64[Y]")).astype(np.int64)})

    @cached_property
    def _public(self) -> holidays.HolidayBase | None:
        if not self.country:
            return None
        import holidays  # takes long to load, and most stores move no dates

        try:
            return holidays.country_holidays(self.country)
        except NotImplementedError:
            return None

    def _year(self, year: int) -> _Year:
        if year not in self._years:
            self._years[year] = self._drawn(year)
        return self._years[year]

    def _drawn(self, year: int) -> _Year:
        first = np.datetime64(f"{year:04d}-01-01", "D")
        length = int((np.datetime64(f"{year + 1:04d}-01-01", "D") - first).astype(np.int64))
        days = first + np.arange(length)
        # 1970-01-01 was a Thursday, day 3 of a week that begins on Monday.
        working = (days.astype(np.int64) + 3) % 7 < SATURDAY
        if self.country:
            self._mark_public(year, days, working)
        for day, works in self._own.items():
            if day.year == year:
                working[(day - dt.date(year, 1, 1)).days] = works
        return _Year(first, working)

    def _mark_public(self, year: int, days: Dates, working: npt.NDArray[np.bool_]) -> None:
        public = self._public
        # Outside its years the package answers with an empty calendar, and asking for year 0 would raise.
        if public is None or not public.start_year <= year <= public.end_year or not _filled(public, year):
            self._unknown.add(year)
            return
        announced = getattr(public, "special_public_holidays", None) or {}
        if self.country == "CN" and year > max(announced, default=year):
            self._without_make_up.add(year)
        working[:] = [public.is_working_day(day) for day in days.tolist()]


@dataclass(frozen=True)
class _Year:
    first: np.datetime64
    working: npt.NDArray[np.bool_]


def _filled(public: holidays.HolidayBase, year: int) -> bool:
    _ = dt.date(year, 1, 1) in public  # asking for a day is what makes the package fill its year
    return any(day.year == year for day in public)


def _is_working_mark(mark: bool | str) -> bool:
    return mark.strip().casefold() in WORKING_WORDS if isinstance(mark, str) else bool(mark)


def _listed(years: Iterable[int]) -> str:
    return ", ".join(str(year) for year in sorted(years))
