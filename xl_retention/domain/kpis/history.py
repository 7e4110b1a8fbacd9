"""Deliveries and last activities of all cars on any day, out of one pass over the visits (DOM 3.6).

Every month of a table asks for the ends of two days, and its growth for those of a year before. Days are numbers here.
"""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xl_retention.domain.kpis.calendar import visits_by_day
from xl_retention.domain.kpis.changes import Backwards, changed_between
from xl_retention.domain.kpis.tally import Tally
from xl_retention.domain.kpis.visits_of_cars import first_of_each_car, visits_of
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.ordering import Whole
from xl_retention.domain.service_due import last_active
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places

BLANK = int(np.iinfo(np.int32).min)
"""A blank day as a number: the smallest of all, so that it lies before every day."""
ACTIVE = ("delivery_date", "purchase_date", "last_service_date")
"""The typed dates that a last activity depends on."""
_CAR = 1 << 32
"""More than there are days in any calendar: one number for a car and a day."""


def numbers(days: Days) -> Whole:
    """Days as numbers of 32 bits, of which many months take half the memory."""
    return np.maximum(days.astype("datetime64[D]", copy=False).view(np.int64), BLANK).astype(np.int32)


def days_of(number: Whole) -> Days:
    """The days that are such numbers."""
    return np.where(number == BLANK, NO_DAY, number.astype("datetime64[D]"))


class History:
    """
    What was known of the listed cars on the day of *now* and on days before it.

    Args:
        now: The store as known on the day of asking.
    """

    def __init__(self, now: Situation) -> None:
        self._now = now
        vehicles = now.as_read.vehicles
        self._got, self._bought, self._typed = (numbers(vehicles.days(name)) for name in ACTIVE)
        by_day = now.once(visits_by_day)
        car = now.visits.car[by_day.place]
        listed = car < len(vehicles)
        self._came = Tally(by_day.day[listed], car[listed], len(vehicles))
        self._starts = now.once(first_of_each_car)[: len(vehicles)]
        visits = now.visits.first(int(np.count_nonzero(listed)))
        left = np.where(visits.in_shop, visits.day, visits.checkout).view(np.int64)
        earliest = int(left.min(initial=0))
        # The latest departure of each car up to each of its visits.
        latest = np.maximum.accumulate(visits.car * _CAR + (left - earliest)) - visits.car * _CAR + earliest
        self._left = latest.astype(np.int32)
        self._activity = Backwards(
            len(vehicles), self._activity_of, lambda day, later: changed_between(now, day, later, ACTIVE)
        )

    @property
    def known_from(self) -> Whole:
        """The day from which each car is known to be delivered; BLANK where none is typed."""
        got, bought = self._got, self._bought
        return np.where(got == BLANK, bought, np.where(bought == BLANK, got, np.minimum(got, bought)))

    def delivered(self, day: np.datetime64) -> Days:
        """Delivery day of each car as known on a day."""
        return days_of(self._delivered(day, np.arange(len(self._got))))

    def _delivered(self, day: np.datetime64, cars: Places) -> Whole:
        got, bought = self._got[cars], self._bought[cars]
        number = int(day.astype(np.int64))
        return np.where((got == BLANK) | (got > number), np.where(bought > number, BLANK, bought), got)

    def last_activity(self, day: np.datetime64) -> Whole:
        """Last activity of each car as known on a day, in numbers."""
        return self._activity.on(day)

    def _activity_of(self, cars: Places, day: np.datetime64) -> Whole:
        number = int(day.astype(np.int64))
        times = self._came.by(day)[cars]
        came = np.flatnonzero(times)
        active = np.full(len(cars), BLANK, np.int32)
        active[came] = self._left[self._starts[cars[came]] + times[came] - 1]
        # Who left after the day was in the workshop on it; they are few, and looked at one by one.
        inside = np.flatnonzero(active > number)
        if len(inside):
            place, visits = visits_of(self._now, cars[inside])
            active[inside] = numbers(last_active(len(inside), replace(visits, car=place).known_on(day)))
        typed = self._typed[cars]
        active = np.maximum(active, np.where(typed <= number, typed, BLANK))
        never = np.flatnonzero(active == BLANK)
        active[never] = self._delivered(day, cars[never])
        return active


def ever_delivered(now: Situation) -> Flags:
    """Listed cars with a delivery day, be it ahead."""
    return np.asarray(now.once(History).known_from != BLANK)
