"""How far a car is driven a day, and when it will reach a number of kilometres (DOM 3.6)."""

from __future__ import annotations

from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from xl_retention.domain.car_days import CarDays
from xl_retention.domain.dates import days_later
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.store import Days, Numbers, Places, Table
from xl_retention.domain.visits import Visits

MIN_DAYS_BETWEEN = 7
"""Two readings closer than this say nothing about driving."""
FARTHEST = 3650
"""A predicted day farther off than this many days is no date."""
MILLI = 1000
"""The store's default daily km may have a fraction; thousandths keep the arithmetic whole."""

NO_DAY = np.datetime64("NaT", "D")


class Rung(IntEnum):
    """Which rung of the ladder gave the daily km."""

    READINGS = 0
    """Two readings of this car."""
    SINCE_DELIVERY = 1
    """One reading, and delivery with 0 km."""
    STORE_DEFAULT = 2
    """Parameter `default_daily_km`: no two usable readings, or the odometer went back."""


@dataclass(frozen=True)
class Readings(CarDays):
    """All dated readings: one per car and day (the highest), sorted by car, then day."""

    km: Numbers

    @classmethod
    def collected(cls, visits: Visits, vehicles: Table) -> Readings:
        """Odometers of visits, and the vehicle's own reading where it carries a date."""
        typed_day, typed_km = vehicles.days("odometer_date"), vehicles.numbers("last_odometer")
        typed = np.flatnonzero(~np.isnan(typed_km) & ~np.isnat(typed_day))
        read = np.flatnonzero(~np.isnan(visits.odometer) & (visits.car < len(vehicles)))
        car, day = visits.car[read], visits.day[read]
        # Both are in order already, the typed ones with one row a car: they are put between, not sorted again.
        behind = _places_behind(car, day, typed, typed_day[typed]) + np.arange(len(typed))
        is_read = np.ones(len(read) + len(typed), np.bool_)
        is_read[behind] = False
        before = np.flatnonzero(is_read)

        def joined(of_visits: np.ndarray, of_cars: np.ndarray) -> np.ndarray:
            values = np.empty(len(is_read), of_visits.dtype)
            values[before], values[behind] = of_visits, of_cars
            return values

        car = joined(car, typed)
        day = joined(day, typed_day[typed])
        km = joined(visits.odometer[read], typed_km[typed])
        last_of_day = np.ones(len(car), np.bool_)
        last_of_day[:-1] = (car[1:] != car[:-1]) | (day[1:] != day[:-1])
        # A day has at most two: that of the visit and the one typed beside the car.
        two = np.flatnonzero(~last_of_day)
        km[two + 1] = np.maximum(km[two], km[two + 1])
        kept = np.flatnonzero(last_of_day)
        return cls(car[kept], day[kept], km[kept])

    def in_place_of(self, delivered: Days, place: Places) -> tuple[Days, Numbers]:
        """Day and km of the reading at *place*, one per car; where that is -1 the delivery day and 0 km."""
        day, km = delivered.copy(), np.zeros(len(delivered))
        there = np.flatnonzero(place >= 0)
        day[there], km[there] = self.day[place[there]], self.km[place[there]]
        return day, km

    def week_before(self, place: Places) -> Places:
        """For each reading the last one of its car that is at least a week older; -1 where there is none."""
        earlier = place - 1
        open_ = np.flatnonzero(place >= 0)
        while len(open_):
            # The reading before it, as a rule.
            before, after = earlier[open_], place[open_]
            of_car = (before >= 0) & (self.car[before] == self.car[after])
            earlier[open_[~of_car]] = -1
            near = of_car & (days_later(self.day[before], MIN_DAYS_BETWEEN) > self.day[after])
            open_ = open_[near]
            earlier[open_] -= 1
        return np.maximum(earlier, -1)

    def at(self, cars: Places, days: Days) -> Numbers:
        """The readings of some cars, each on exactly a day of its own; NaN where there is none."""
        place = self.on(cars, days)
        there = np.flatnonzero(place >= 0)
        found = np.full(len(cars), np.nan)
        found[there] = self.km[place[there]]
        return found


def _places_behind(car: Places, day: Days, other_car: Places, other_day: Days) -> Places:
    """For each other row the place behind all rows, sorted by car and day, that do not come after it."""
    days = np.concatenate([day, other_day]).view(np.int64)
    if not len(days):
        return np.empty(0, np.int64)
    first = int(days.min())
    bits = (int(days.max()) - first).bit_length()
    row, other = ((c << bits) + (d.view(np.int64) - first) for c, d in ((car, day), (other_car, other_day)))
    return np.searchsorted(row, other, side="right")


@dataclass(frozen=True)
class Driving:
    """Latest reading and pace of each listed car.

    Args:
        day, km: The latest reading; without one 0 km on the delivery day; NaT where neither is known.
        over_km, over_days: The pace as a ratio of whole numbers, `over_km / over_days` km a day.
        rung: `Rung` that gave the pace.
    """

    day: Days
    km: Numbers
    over_km: Places
    over_days: Places
    rung: Places

    def daily_km(self) -> Numbers:
        """Kilometres a day."""
        return np.asarray(self.over_km / self.over_days, np.float64)

    def reaches(self, target_km: Numbers) -> Days:
        """The day each car reaches its target; NaT without target or reading, or beyond 3,650 days."""
        missing = np.isnan(target_km) | np.isnat(self.day)
        to_go = np.where(missing, 0.0, np.floor(target_km) - self.km).astype(np.int64)
        days = -(-(to_go * self.over_days) // self.over_km)
        days = np.where(to_go <= 0, 0, days)
        reached = self.day + np.where(days > FARTHEST, 0, days).astype("timedelta64[D]")
        return np.where(missing | (days > FARTHEST), NO_DAY, reached)


def driving(readings: Readings, delivered: Days, parameters: Parameters) -> Driving:
    """Pace of each listed car from its last two readings.

    The latest reading is compared with the latest one at least a week older, else with delivery (0 km) if that
    is at least a week older. No such pair, or no kilometres between (a roll-back, a typing error): the store's
    default.

    Args:
        readings: Of all cars.
        delivered: Delivery day per car; NaT where unknown.
    """
    latest = np.full(len(delivered), -1, np.int64)
    latest[readings.car] = np.arange(len(readings.car))  # sorted by day: the last write is the latest reading
    return driving_since(readings, latest, delivered, parameters)


def driving_since(readings: Readings, latest: Places, delivered: Days, parameters: Parameters) -> Driving:
    """
    The same for any cars.

    Args:
        latest: For each car the place of the reading that is its latest; -1 for none.
    """
    has_reading = latest >= 0
    day, km = readings.in_place_of(delivered, latest)
    week_before = days_later(day, -MIN_DAYS_BETWEEN)
    earlier = readings.week_before(latest)
    from_reading = has_reading & (earlier >= 0)
    from_delivery = has_reading & ~from_reading & (delivered <= week_before)
    start_day, start_km = readings.in_place_of(delivered, earlier)

    default = max(int(parameters.number("default_daily_km") * MILLI + 0.5), 1)
    over_km = (km - start_km).astype(np.int64)
    usable = (from_reading | from_delivery) & (over_km > 0)
    over_days = np.where(usable, (day - start_day).astype(np.int64), MILLI)
    rung = np.where(from_reading, Rung.READINGS, Rung.SINCE_DELIVERY)
    return Driving(
        day,
        np.floor(km),
        np.where(usable, over_km, default),
        over_days,
        np.where(usable, rung, Rung.STORE_DEFAULT),
    )
