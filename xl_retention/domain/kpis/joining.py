"""Rows brought together by a number they share."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.ordering import order_of
from xl_retention.domain.store import Days, Places

DAYS = 1 << 24
"""More than there are days in any calendar."""


def pairs(left: Places, right: Places) -> tuple[Places, Places]:
    """Places of all pairs of equal numbers, ordered by *left*, then as *right* stands; negative ones have no pair."""
    return Sorted.of(right).pairs(left)


@dataclass(frozen=True)
class Sorted:
    """Rows by a number of theirs, for those who look them up more than once.

    Args:
        order: Places of the rows, their numbers rising.
        number: These numbers.
    """

    order: Places
    number: Places

    @classmethod
    def of(cls, numbers: Places) -> Sorted:
        """Rows with their numbers."""
        order = order_of(numbers)
        return cls(order, numbers[order])

    def pairs(self, left: Places) -> tuple[Places, Places]:
        """Places in *left* and of the rows with its number, as `pairs`."""
        asked = np.flatnonzero(left >= 0)
        wanted = left[asked]
        low, high = np.searchsorted(self.number, wanted, "left"), np.searchsorted(self.number, wanted, "right")
        number, place = spread(low, high, self.order)
        return asked[number], place


def spread(low: Places, high: Places, order: Places | None = None) -> tuple[Places, Places]:
    """Of each range from *low* to before *high*: the place of the range, and what stands there in *order*."""
    count = np.maximum(high - low, 0)
    left = np.repeat(np.arange(len(low)), count)
    place = np.arange(len(left)) + np.repeat(low - (np.cumsum(count) - count), count)
    return left, place if order is None else order[place]


def with_day(number: Places, day: Days) -> Places:
    """One number for a number and a day; -1 where either is missing."""
    days = day.astype("datetime64[D]").astype(np.int64)
    known = (number >= 0) & ~np.isnat(day)
    return np.where(known, number * DAYS + np.where(known, days, 0) + DAYS // 2, -1)
