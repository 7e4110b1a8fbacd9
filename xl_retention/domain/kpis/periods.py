"""The period that was asked for, seen from the day of asking (DOM V13, V14, 5.6)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np

from xl_retention.domain.dates import Period, days_later
from xl_retention.domain.store import Days, Flags


@dataclass(frozen=True)
class Asked:
    """A period P and the day on which it is counted.

    Args:
        period: P.
        as_of: The day; the end of it is meant (DOM V19).
    """

    period: Period
    as_of: dt.date

    @property
    def has_begun(self) -> bool:
        """A period that starts after as_of has no data at all (DOM V13)."""
        return self.period.start <= self.as_of

    @property
    def until(self) -> dt.date:
        """`c`: the earlier of the end of P and as_of."""
        return min(self.period.end, self.as_of)

    @property
    def eve(self) -> dt.date:
        """The day before P."""
        return self.period.start - dt.timedelta(days=1)

    @cached_property
    def first(self) -> np.datetime64:
        """First day of P."""
        return np.datetime64(self.period.start, "D")

    @cached_property
    def last(self) -> np.datetime64:
        """Last day of P, be it ahead."""
        return np.datetime64(self.period.end, "D")

    @cached_property
    def day(self) -> np.datetime64:
        """as_of."""
        return np.datetime64(self.as_of, "D")

    def holds(self, days: Days) -> Flags:
        """Days in P up to as_of; a blank is not."""
        day = days.astype("datetime64[D]", copy=False)
        return np.asarray((day >= self.first) & (day <= np.datetime64(self.until, "D")))

    def spans(self, days: Days) -> Flags:
        """Days in P, those that lie ahead too."""
        day = days.astype("datetime64[D]", copy=False)
        return np.asarray((day >= self.first) & (day <= self.last))

    def is_open(self, window: int = 0) -> bool:
        """Whether P, or a window of so many days after it, still runs at the end of as_of."""
        return self.period.is_running(self.as_of - dt.timedelta(days=window))

    @classmethod
    def together(cls, periods: Sequence[Period], as_of: dt.date) -> Asked:
        """From the first day of all *periods* to the last one, seen from the same day."""
        start, end = min(each.start for each in periods), max(each.end for each in periods)
        return cls(Period(start, end, "year"), as_of)

    def holds_all_of(self, other: Asked) -> bool:
        """Whether another period lies inside this one."""
        return self.period.start <= other.period.start and other.period.end <= self.period.end

    def in_year(self) -> Asked:
        """The calendar year in which P begins."""
        return Asked(Period.containing(self.period.start, "year"), self.as_of)

    def a_year_earlier(self) -> Asked:
        """The same period of the year before, counted up to the same day of it; a week is 52 weeks earlier."""
        steps = {"week": 52, "month": 12, "quarter": 4, "year": 1}[self.period.kind]
        then = self.period.shift(-steps)
        gone = (self.until - self.period.start).days
        return Asked(then, then.end if self.until == self.period.end else then.start + dt.timedelta(days=gone))


def within_days(days: Days, since: Days, number: int) -> Flags:
    """Days at most so many days after each *since*; a blank on either side is not."""
    return np.asarray(days <= days_later(since, number))
