"""When services were due as month-end lists showed it, for many days at once (DOM 3.6, K11, K15).

From one month-end to the next, few cars come or are typed anew. Going back in time, a car is worked out afresh only
on the days before something happened to it, and these cars of all days in one block.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.domain.kpis.calendar import Calendar, visits_by_day
from xl_retention.domain.kpis.joining import spread
from xl_retention.domain.kpis.visits_of_cars import at, first_of_each_car
from xl_retention.domain.service_due import service_due
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import STAMPS, Days, Places, Table
from xl_retention.domain.visits import Visits

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
    block = service_due(_cars_on(now, cars, when), _visits_on(now, cars, when), now.parameters)
    first, maintenance = now.service.first_due, now.service.maintenance_due
    found = {}
    for day, of_day, end in zip(falling, changed, ends, strict=True):
        span = slice(end - len(of_day), end)
        first, maintenance = first.copy(), maintenance.copy()
        first[of_day], maintenance[of_day] = block.first_due[span], block.maintenance_due[span]
        found[day] = DueDays(first, maintenance)
    return found


def _cars_on(now: Situation, cars: Places, when: Days) -> Table:
    """Listed cars as they were known each on a day of its own (DOM V19)."""
    vehicles = now.as_read.vehicles
    columns = {name: vehicles.read(name)[cars] for name in SERVICED if name in vehicles.columns}
    for stamp in set(STAMPS["vehicle"]) & set(columns):
        columns[stamp] = np.where(columns[stamp].astype("datetime64[D]") > when, np.datetime64("NaT"), columns[stamp])
    return Table(vehicles.entity, columns, vehicles.sheet[cars], vehicles.row[cars])


def _visits_on(now: Situation, cars: Places, when: Days) -> Visits:
    """Their visits as known each on that day, by place in *cars*."""
    starts = now.once(first_of_each_car)
    number, place = spread(starts[cars], starts[cars + 1])
    there = now.visits.day[place] <= when[number]
    number, visits = number[there], at(now.visits, place[there])
    inside = visits.checkout > when[number]
    return replace(
        visits, car=number, in_shop=visits.in_shop | inside, checkout=np.where(inside, visits.day, visits.checkout)
    )


@dataclass(frozen=True)
class Changes:
    """When something became known of a car: it came, it left (visits), something was typed (cars, column by column)."""

    came: Calendar
    left: Calendar
    typed: Calendar


def _changes(now: Situation) -> Changes:
    vehicles = now.as_read.vehicles
    stamps = [vehicles.days(name) for name in STAMPS["vehicle"] if name in vehicles.columns]
    typed = np.concatenate(stamps) if stamps else np.empty(0, "datetime64[D]")
    visits = now.visits
    stayed = np.where(visits.checkout > visits.day, visits.checkout, np.datetime64("NaT"))
    return Changes(now.once(visits_by_day), Calendar.of(stayed), Calendar.of(typed))


def changed_between(now: Situation, day: np.datetime64, later: np.datetime64) -> Places:
    """Listed cars of which something became known after *day* and by *later*."""
    changes, after = now.once(_changes), day + np.timedelta64(1, "D")
    listed = now.identities.listed_cars
    flags = np.zeros(listed + 1, np.bool_)
    for calendar in (changes.came, changes.left):
        flags[np.minimum(now.visits.car[calendar.by_day(after, later)], listed)] = True
    flags[changes.typed.by_day(after, later) % max(listed, 1)] = True
    return np.flatnonzero(flags[:listed])
