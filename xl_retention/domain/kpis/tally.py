"""How many rows of each car there were by any day; each day is counted from the nearest later one that is known."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.ordering import Whole
from xl_retention.domain.store import Places


class Tally:
    """
    Rows counted by car and day.

    Args:
        day: Day of each row as a number, rising.
        car: Its car.
        count: How many cars there are; rows of others may not be among them.
    """

    def __init__(self, day: Places, car: Places, count: int) -> None:
        self._day = day
        self._car = car
        # 32 bits are enough, and there are many days.
        self._known = {len(day): np.bincount(car, minlength=count).astype(np.int32)}

    def by(self, day: np.datetime64) -> Whole:
        """For each car the number of its rows up to a day."""
        end = int(np.searchsorted(self._day, day.astype("datetime64[D]").astype(np.int64), "right"))
        if end not in self._known:
            later = min(known for known in self._known if known > end)
            self._known[end] = self._known[later].copy()
            np.subtract.at(self._known[end], self._car[end:later], np.int32(1))
        return self._known[end]
