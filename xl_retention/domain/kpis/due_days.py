"""When services were due as month-end lists showed it, for many days at once (DOM 3.6, K11, K15).

From one month-end to the next, few cars come or are typed anew. Going back in time, a car is worked out afresh only
on the days before something happened to it, and these cars of all days in one block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.car_days import CarDays
from xl_retention.domain.kpis.changes import changed_between
from xl_retention.domain.mileage import driving_since
from xl_retention.domain.service_due import Maintained, delivery_days, first_service, next_maintenance
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import STAMPS, Days, Numbers, Places, Table

SERVICED = (
    *STAMPS["vehicle"], "first_service_done", "next_service_date", "next_service_km", "last_odometer",
)  # fmt: skip
"""The columns of the cars that `service_due` reads."""


@dataclass(frozen=True)
class DueDays:
    """Of each listed car the day its first service and its next maintenance were due, as seen on one day."""

    first: Days
    maintenance: Days


def due_days(now: Situation, days: Sequence[np.datetime64]) -> dict[np.datetime64, DueDays]:
    """
    What was due as seen on each of some days.

    Args:
        now: The store as known on the day of asking.
        days: None of them after that day.
    """
    falling = sorted({*days}, reverse=True)
    changed = [changed_between(now, day, later) for day, later in zip(falling, [now.day, *falling], strict=False)]
    ends = np.cumsum([len(cars) for cars in changed]).tolist()
    cars = np.concatenate([*changed, np.empty(0, np.int64)])
    when = np.repeat(np.array(falling, "datetime64[D]"), [len(each) for each in changed])
    block = _due_on(now, cars, when)
    first, maintenance = now.service.first_due, now.service.maintenance_due
    found = {}
    for day, of_day, end in zip(falling, changed, ends, strict=True):
        span = slice(end - len(of_day), end)
        first, maintenance = first.copy(), maintenance.copy()
        first[of_day], maintenance[of_day] = block.first[span], block.maintenance[span]
        found[day] = DueDays(first, maintenance)
    return found


def _due_on(now: Situation, cars: Places, when: Days) -> DueDays:
    """What was due of listed cars, each as known on a day of its own, by its last reading and visit till then."""
    vehicles, parameters, maintained = _cars_on(now, cars, when), now.parameters, now.once(_maintained)
    delivered = delivery_days(vehicles)
    pace = driving_since(now.readings, now.readings.last(cars, when), delivered, parameters)
    latest = Maintained.at(now.visits, maintained.last_visit(cars, when))

    def km_on(those: Places, days: Days) -> Numbers:
        return now.readings.at(cars[those], days)

    return DueDays(
        first_service(delivered, pace, parameters).day,
        next_maintenance(latest, vehicles, km_on, pace, parameters).day,
    )


def _cars_on(now: Situation, cars: Places, when: Days) -> Table:
    """Listed cars as they were known each on a day of its own (DOM V19)."""
    vehicles = now.as_read.vehicles
    columns = {name: vehicles.read(name)[cars] for name in SERVICED if name in vehicles.columns}
    for stamp in set(STAMPS["vehicle"]) & set(columns):
        columns[stamp] = np.where(columns[stamp].astype("datetime64[D]") > when, np.datetime64("NaT"), columns[stamp])
    return Table(vehicles.entity, columns, vehicles.sheet[cars], vehicles.row[cars])


@dataclass(frozen=True)
class _Maintenance(CarDays):
    """Maintenance visits, and the place of each among all visits."""

    visit: Places

    def last_visit(self, cars: Places, days: Days) -> Places:
        """The last one of each of some cars up to a day of its own, among all visits; -1 where there is none."""
        place = self.last(cars, days)
        there = np.flatnonzero(place >= 0)
        place[there] = self.visit[place[there]]
        return place


def _maintained(now: Situation) -> _Maintenance:
    visits = now.visits
    place = np.flatnonzero(visits.maintenance)
    return _Maintenance(visits.car[place], visits.day[place], place)
