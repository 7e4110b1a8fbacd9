"""When a car is due: first service, maintenance, and what it last came for (DOM 3.6)."""

from __future__ import annotations

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


def service_due(vehicles: Table, visits: Visits, parameters: Parameters) -> ServiceDue:
    """
    Works out the dates of DOM 3.6 for every listed car.

    Args:
        vehicles: As known on the day in question.
        visits: Merged (V12), sorted by car, then day; visits of unlisted cars are passed over.
    """
    count = len(vehicles)
    visits = visits.first(int(np.searchsorted(visits.car, count)))  # listed cars come first
    delivered = delivery_days(vehicles)
    typed_last = vehicles.days("last_service_date")
    typed_first = vehicles.days("first_service_date")
    readings = Readings.collected(visits, vehicles)
    pace = driving(readings, delivered, parameters)

    maintenance = np.flatnonzero(visits.maintenance)
    maintained_car = visits.car[maintenance]
    latest = np.full(count, -1, np.int64)
    latest[maintained_car] = maintenance  # sorted by day: the last write is the latest visit
    first_visit = np.full(count, -1, np.int64)
    first_visit[maintained_car[::-1]] = maintenance[::-1]
    came = latest >= 0

    def day_of_visit(days: Days, place: Places) -> Days:
        return np.append(days, NO_DAY)[place]  # the place -1 is the last one

    def km_of_visit(km: Numbers, place: Places) -> Numbers:
        return np.append(km, np.nan)[place]

    last_maintenance = day_of_visit(visits.day, latest)
    first_done = came | vehicles.flags("first_service_done") | ~np.isnat(typed_first) | ~np.isnat(typed_last)
    first_done_on = earlier(day_of_visit(visits.day, first_visit), typed_first)
    first_km = np.full(count, parameters.number("first_service_km"))
    first_date = add_months(delivered, parameters.integer("first_service_months"))
    first_km_day = np.where(np.isnat(delivered), NO_DAY, pace.reaches(first_km))
    first_due = earlier(first_date, first_km_day)

    visit_date = day_of_visit(visits.next_date, latest)
    visit_km = km_of_visit(visits.next_km, latest)
    visit_odometer = km_of_visit(visits.odometer, latest)
    by_visit = ~np.isnat(visit_date) | ~np.isnan(visit_km)
    typed_date, typed_km = vehicles.days("next_service_date"), vehicles.numbers("next_service_km")
    typed_date = np.where(typed_date <= last_maintenance, NO_DAY, typed_date)
    typed_km = np.where(typed_km <= visit_odometer, np.nan, typed_km)
    next_date = np.where(by_visit, visit_date, typed_date)
    next_km = np.where(by_visit, visit_km, typed_km)

    base = later(last_maintenance, typed_last)
    by_interval = np.isnat(next_date) & np.isnan(next_km) & ~np.isnat(base)
    next_date = np.where(
        by_interval, add_months(base, parameters.integer("maint_interval_months")), next_date
    )
    at_base = readings.at(count, base)
    next_km = np.where(by_interval, at_base + parameters.number("maint_interval_km"), next_km)
    km_day = pace.reaches(next_km)
    maintenance_due = earlier(next_date, km_day)

    last_activity = later(last_active(count, visits), typed_last)
    last_activity = np.where(np.isnat(last_activity), delivered, last_activity)
    return ServiceDue(
        delivered,
        pace,
        last_maintenance,
        first_done,
        first_done_on,
        first_due,
        maintenance_due,
        last_activity,
        _basis(pace, first_km_day < first_date),
        _basis(pace, np.isnat(next_date) | (km_day < next_date)),
    )
