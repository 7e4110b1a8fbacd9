"""When a car is due: first service, maintenance, and what it last came for (DOM 3.6)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum

import numpy as np

from xl_retention.domain.dates import add_months
from xl_retention.domain.mileage import NO_DAY, Driving, Readings, Rung, driving
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.store import Days, Flags, Numbers, Places, Table
from xl_retention.domain.visits import Visits


def earlier(left: Days, right: Days) -> Days:
    """The earlier of two days per row; a blank gives way to the other."""
    return np.asarray(np.fmin(left, right))


def later(left: Days, right: Days) -> Days:
    """The later of two days per row; a blank gives way to the other."""
    return np.asarray(np.fmax(left, right))


def delivery_days(vehicles: Table) -> Days:
    """`delivery_date`, where blank `purchase_date` (DOM 3.6, "Delivery date" everywhere)."""
    delivered = vehicles.days("delivery_date")
    return np.where(np.isnat(delivered), vehicles.days("purchase_date"), delivered)


class Basis(IntEnum):
    """What gave a due day: a date, the car's own driving, or the store's usual kilometres a day."""

    DATE = 0
    OWN_KM = 1
    USUAL_KM = 2


def _basis(pace: Driving, by_km: Flags) -> Places:
    usual = pace.rung == Rung.STORE_DEFAULT
    return np.where(by_km, np.where(usual, Basis.USUAL_KM, Basis.OWN_KM), Basis.DATE)


@dataclass(frozen=True)
class ServiceDue:
    """What is due for each listed car (arrays of one entry per car; NaT is unknown).

    Args:
        delivered: Delivery day.
        driving: Latest reading and pace.
        last_maintenance: Day of the latest maintenance visit.
        first_done: Whether the first service is done.
        first_done_on: Its day; NaT where done but undated.
        first_due: Day the first service is due.
        maintenance_due: Day the next maintenance is due.
        last_activity: Latest departure from the workshop, else delivery.
        first_by, maintenance_by: The rung of the ladder that gave the day, as `Basis`.
    """

    delivered: Days
    driving: Driving
    last_maintenance: Days
    first_done: Flags
    first_done_on: Days
    first_due: Days
    maintenance_due: Days
    last_activity: Days
    first_by: Places
    maintenance_by: Places


def last_active(count: int, visits: Visits) -> Days:
    """The latest day on which each car left the workshop; of one still there the day it came."""
    is_first = np.ones(len(visits), np.bool_)
    np.not_equal(visits.car[1:], visits.car[:-1], out=is_first[1:])
    starts = np.flatnonzero(is_first)
    days = np.full(count, NO_DAY)
    if len(starts):
        active = np.where(visits.in_shop, visits.day, visits.checkout) if visits.in_shop.any() else visits.checkout
        days[visits.car[starts]] = np.maximum.reduceat(active, starts)
    return days


@dataclass(frozen=True)
class Maintained:
    """What the latest maintenance visit of each car said; all blank for a car without one.

    Args:
        day: When it was.
        next_date, next_km: When the next one was said to be due.
        odometer: The reading of that day, km.
    """

    day: Days
    next_date: Days
    next_km: Numbers
    odometer: Numbers

    @classmethod
    def at(cls, visits: Visits, place: Places) -> Maintained:
        """The visits at some places, one per car; -1 is none."""
        there = np.flatnonzero(place >= 0)

        def read(column: np.ndarray, blank: object) -> np.ndarray:
            values = np.full(len(place), blank, column.dtype)
            values[there] = column[place[there]]
            return values

        return cls(
            read(visits.day, NO_DAY),
            read(visits.next_date, NO_DAY),
            read(visits.next_km, np.nan),
            read(visits.odometer, np.nan),
        )


@dataclass(frozen=True)
class Forecast:
    """The day on which a service is due, and whether kilometres gave it."""

    day: Days
    by_km: Flags


def first_service(delivered: Days, pace: Driving, parameters: Parameters) -> Forecast:
    """The first service of each car: so many months after delivery, or so many kilometres, whichever is earlier."""
    km = np.full(len(delivered), parameters.number("first_service_km"))
    date = add_months(delivered, parameters.integer("first_service_months"))
    km_day = np.where(np.isnat(delivered), NO_DAY, pace.reaches(km))
    return Forecast(earlier(date, km_day), np.asarray(km_day < date))


def next_maintenance(
    latest: Maintained,
    vehicles: Table,
    km_on: Callable[[Places, Days], Numbers],
    pace: Driving,
    parameters: Parameters,
) -> Forecast:
    """
    The next maintenance of each car.

    Args:
        vehicles: The cars, as known on the day in question.
        km_on: The readings of some cars, by place, each on exactly a day of its own; NaN where there is none.
    """
    by_visit = ~np.isnat(latest.next_date) | ~np.isnan(latest.next_km)
    typed_date, typed_km = vehicles.days("next_service_date"), vehicles.numbers("next_service_km")
    typed_date = np.where(typed_date <= latest.day, NO_DAY, typed_date)
    typed_km = np.where(typed_km <= latest.odometer, np.nan, typed_km)
    next_date = np.where(by_visit, latest.next_date, typed_date)
    next_km = np.where(by_visit, latest.next_km, typed_km)

    base = later(latest.day, vehicles.days("last_service_date"))
    by_interval = np.isnat(next_date) & np.isnan(next_km) & ~np.isnat(base)
    those = np.flatnonzero(by_interval)
    next_date[those] = add_months(base[those], parameters.integer("maint_interval_months"))
    next_km[those] = km_on(those, base[those]) + parameters.number("maint_interval_km")
    km_day = pace.reaches(next_km)
    return Forecast(earlier(next_date, km_day), np.isnat(next_date) | (km_day < next_date))


def service_due(
    vehicles: Table, visits: Visits, parameters: Parameters, readings: Readings | None = None
) -> ServiceDue:
    """
    Works out the dates of DOM 3.6 for every listed car.

    Args:
        vehicles: As known on the day in question.
        visits: Merged (V12), sorted by car, then day; visits of unlisted cars are passed over.
        readings: Those of the cars and visits, where somebody has collected them already.
    """
    count = len(vehicles)
    visits = visits.first(int(np.searchsorted(visits.car, count)))  # listed cars come first
    delivered = delivery_days(vehicles)
    typed_last = vehicles.days("last_service_date")
    typed_first = vehicles.days("first_service_date")
    collected = Readings.collected(visits, vehicles) if readings is None else readings
    pace = driving(collected, delivered, parameters)

    maintenance = np.flatnonzero(visits.maintenance)
    maintained_car = visits.car[maintenance]
    latest = np.full(count, -1, np.int64)
    latest[maintained_car] = maintenance  # sorted by day: the last write is the latest visit
    first_visit = np.full(count, -1, np.int64)
    first_visit[maintained_car[::-1]] = maintenance[::-1]
    maintained = Maintained.at(visits, latest)

    first_day = np.full(count, NO_DAY)
    came = np.flatnonzero(first_visit >= 0)
    first_day[came] = visits.day[first_visit[came]]
    first_done = (latest >= 0) | vehicles.flags("first_service_done") | ~np.isnat(typed_first) | ~np.isnat(typed_last)
    first = first_service(delivered, pace, parameters)
    following = next_maintenance(maintained, vehicles, collected.at, pace, parameters)

    last_activity = later(last_active(count, visits), typed_last)
    last_activity = np.where(np.isnat(last_activity), delivered, last_activity)
    return ServiceDue(
        delivered,
        pace,
        maintained.day,
        first_done,
        earlier(first_day, typed_first),
        first.day,
        following.day,
        last_activity,
        _basis(pace, first.by_km),
        _basis(pace, following.by_km),
    )
