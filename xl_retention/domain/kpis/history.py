"""Deliveries and last activities of all cars on any day, out of one pass over the visits (DOM 3.6).

Every month of a table asks for the ends of two days, and its growth for those of a year before. The visits are put
in order once; a day then costs a count of the visits that had been made by it. Days are numbers here.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xl_retention.domain.kpis.calendar import visits_by_day
from xl_retention.domain.kpis.visits_of_cars import first_of_each_car, visits_of
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.service_due import last_active
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places

BLANK = int(NO_DAY.astype(np.int64))
"""A blank day as a number: the smallest of all, so that it lies before every day."""
_CAR = 1 << 32
"""More than there are days in any calendar: one number for a car and a day."""


def numbers(days: Days) -> Places:
    """Days as numbers."""
    return days.astype("datetime64[D]").view(np.int64)


class History:
    """
    What was known of the listed cars on the day of *now* and on days before it.

    Args:
        now: The store as known on the day of asking.
    """

    def __init__(self, now: Situation) -> None:
        self._now = now
        vehicles = now.as_read.vehicles
        self._got, self._bought, self._typed = (
            numbers(vehicles.days(name)) for name in ("delivery_date", "purchase_date", "last_service_date")
        )
        count = len(vehicles)
        by_day = now.once(visits_by_day)
        car = now.visits.car[by_day.place]
        listed = car < count
        self._car, self._day = car[listed], by_day.day[listed]
        visits = now.visits.first(len(self._car))
        left = numbers(np.where(visits.in_shop, visits.day, visits.checkout))
        earliest = int(left.min(initial=0))
        # The latest departure of each car up to each of its visits; before the first one stands a blank.
        left = np.maximum.accumulate(visits.car * _CAR + (left - earliest)) - visits.car * _CAR + earliest
        self._left = np.full(len(left) + count, BLANK)
        self._left[np.arange(len(left)) + visits.car + 1] = left
        self._starts = now.once(first_of_each_car)[:count] + np.arange(count)

    @property
    def known_from(self) -> Places:
        """The day from which each car is known to be delivered; BLANK where none is typed."""
        return numbers(np.fmin(self._got.view("datetime64[D]"), self._bought.view("datetime64[D]")))

    def delivered(self, day: np.datetime64) -> Days:
        """Delivery day of each car as known on a day."""
        return self._delivered(day, np.arange(len(self._got))).view("datetime64[D]")

    def _delivered(self, day: np.datetime64, cars: Places) -> Places:
        got, bought = self._got[cars], self._bought[cars]
        number = day.astype(np.int64)
        return np.where((got == BLANK) | (got > number), np.where(bought > number, BLANK, bought), got)

    def last_activity(self, day: np.datetime64) -> Places:
        """Last activity of each car as known on a day, in numbers."""
        number = day.astype(np.int64)
        made = np.bincount(self._car[: np.searchsorted(self._day, number, "right")], minlength=len(self._starts))
        left = self._left[self._starts + made]
        # Who left after the day was in the workshop on it; they are few, and looked at one by one.
        inside = np.flatnonzero(left > number)
        if len(inside):
            place, visits = visits_of(self._now, inside)
            left[inside] = numbers(last_active(len(inside), replace(visits, car=place).known_on(day)))
        left = np.maximum(left, np.where(self._typed <= number, self._typed, BLANK))
        never = np.flatnonzero(left == BLANK)
        left[never] = self._delivered(day, never)
        return np.asarray(left)


def ever_delivered(now: Situation) -> Flags:
    """Listed cars with a delivery day, be it ahead."""
    return np.asarray(now.once(History).known_from != BLANK)
