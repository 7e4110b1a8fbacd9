"""Rows in the order of their cars and days, where the last one of a car up to any day is found by a search."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

Places = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]

_CAR = 1 << 32
"""More than there are days in any calendar: one number holds a car and a day."""


def car_and_day(car: Places, day: Days) -> Places:
    """One number for a car and a day (datetime64[D]), in their order; a blank day lies before all others."""
    return np.asarray(car * _CAR + np.maximum(day.view(np.int64), -_CAR // 2))


@dataclass(frozen=True)
class CarDays:
    """
    Rows of cars.

    Args:
        car: Rising.
        day: datetime64[D], rising within a car.
    """

    car: Places
    day: Days

    @cached_property
    def _key(self) -> Places:
        return car_and_day(self.car, self.day)

    def last(self, cars: Places, days: Days) -> Places:
        """Place of the last row of each of some cars up to a day of its own; -1 where there is none."""
        if not len(self.car):
            return np.full(len(cars), -1, np.int64)
        place = np.searchsorted(self._key, car_and_day(cars, days), "right") - 1
        place[self.car[place] != cars] = -1
        return place

    def on(self, cars: Places, days: Days) -> Places:
        """The same on exactly that day."""
        place = self.last(cars, days)
        there = np.flatnonzero(place >= 0)
        there = there[self.day[place[there]] != days[there]]
        place[there] = -1
        return place
