"""Rows in the order of their days, so that a period takes its rows instead of asking every row."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.ordering import order_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Places

WHEN = "datetime64[D]"


@dataclass(frozen=True)
class Calendar:
    """
    The dated ones among some rows.

    Args:
        place: Of each row, by day; rows of one day as they stand.
        day: Its day as a number, rising.
    """

    place: Places
    day: Places

    @classmethod
    def of(cls, days: Days) -> Calendar:
        """Rows with their days; a blank is on no day."""
        known = np.flatnonzero(~np.isnat(days))
        number = days[known].astype(WHEN).view(np.int64)
        order = order_of(number)
        return cls(known[order], number[order])

    def between(self, first: np.datetime64, last: np.datetime64) -> Places:
        """Places of the rows from one day to another, both included, in their own order."""
        return np.sort(self.by_day(first, last))

    def by_day(self, first: np.datetime64, last: np.datetime64) -> Places:
        """The same in the order of their days."""
        low = np.searchsorted(self.day, first.astype(WHEN).astype(np.int64), "left")
        high = np.searchsorted(self.day, last.astype(WHEN).astype(np.int64), "right")
        return self.place[low : max(low, high)]

    def within(self, asked: Asked) -> Places:
        """Places of the rows in P up to as_of."""
        return self.between(asked.first, np.datetime64(asked.until, "D"))


def visits_by_day(now: Situation) -> Calendar:
    """All merged visits by their days."""
    return Calendar.of(now.visits.day)
