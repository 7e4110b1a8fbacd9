"""A store as known on an earlier day, made of what is known of a later one.

Whose a row is does not change with time, visits and log are in the order of time, and between two month-ends few
cars were in the workshop. So an earlier day takes over what is known of the day after it and works out the rest.
"""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import dataclass, fields, replace
from functools import cached_property

import numpy as np

from xl_retention.domain.contact_log import ContactLog
from xl_retention.domain.dates import add_months
from xl_retention.domain.identity import Identities, RowsOf
from xl_retention.domain.kpis.calendar import Calendar, visits_by_day
from xl_retention.domain.kpis.changes import changed_between
from xl_retention.domain.kpis.due_days import SERVICED
from xl_retention.domain.kpis.history import History, ever_delivered
from xl_retention.domain.kpis.visits_of_cars import Record, visits_of
from xl_retention.domain.service_due import ServiceDue, service_due
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import ROW_DATES, Flags, Numbers, Places, Store, Table
from xl_retention.domain.tiers import Spending
from xl_retention.domain.visits import Visits

AS_THEY_ARE = ("service_visit", "contact_log", "prospect")
"""Tables of which an earlier day has no copy: visits and log are cut instead, and of prospects nothing is asked."""


class Past(Situation):
    """
    A store as known at the end of an earlier day.

    Args:
        later: The store as known on a later day, the nearer the better.
        as_of: The earlier day.
    """

    def __init__(self, later: Situation, as_of: dt.date) -> None:
        self.later = later
        self.present = present(later)
        self.day = np.datetime64(as_of, "D")
        self.date = as_of
        self.as_read = later.as_read
        self.parameters = later.parameters
        self.rules = later.rules
        self._answers = {}

    @cached_property
    def store(self) -> Store:  # type: ignore[override]
        """The tables as known on the day."""
        read, now = self.as_read, self.present.store
        few = {name: table for name, table in read.tables.items() if name not in AS_THEY_ARE}
        known = replace(read, tables=few).as_known_on(self.day)
        kept = {name: now.tables[name] for name in AS_THEY_ARE if name in now.tables}
        return replace(known, tables={**known.tables, **kept})

    @cached_property
    def identities(self) -> Identities:
        """Parties and cars of the rows that were there."""
        identities, end = copy.copy(self.present.identities), self.day + np.timedelta64(1, "D")

        def rows(entity: str, known: RowsOf) -> RowsOf:
            (date,) = ROW_DATES[entity]
            there = ~(self.present.store[entity].moments(date) >= end)
            return RowsOf(known.party[there], known.car[there])

        identities.bookings = rows("booking", identities.bookings)
        identities.complaints = rows("complaint", identities.complaints)
        return identities

    @cached_property
    def visits(self) -> Visits:
        """Merged visits."""
        return self.present.visits.known_on(self.day)

    @cached_property
    def log(self) -> ContactLog:
        """The contact log in the order in which it happened."""
        return self.present.log.until(self.day)

    @cached_property
    def service(self) -> ServiceDue:
        """Due dates of each listed car: those of the later day, but for the cars that something happened to since."""
        cars = changed_between(self.present, self.day, self.later.day)
        vehicles, known = self.store.vehicles, self._visits_of(cars)
        columns = {name: vehicles.read(name)[cars] for name in SERVICED if name in vehicles.columns}
        table = Table(vehicles.entity, columns, vehicles.sheet[cars], vehicles.row[cars])
        return _patched(self.later.service, cars, service_due(table, known, self.parameters))

    def _visits_of(self, cars: Places) -> Visits:
        """What was known of the visits of some cars, which are numbered anew in their order."""
        number, chosen = visits_of(self.present, cars)
        return replace(chosen, car=number).known_on(self.day)

    @cached_property
    def spending(self) -> Spending:
        """Paid visits of each listed car (DOM 4.5)."""
        return self.once(spending_of)

    @cached_property
    def delivered_later(self) -> Flags:
        """Listed cars whose only delivery day lies ahead."""
        return np.asarray(np.isnat(self.present.once(History).delivered(self.day)) & self.present.once(ever_delivered))

    @property
    def cars_in_use(self) -> Flags:
        """Listed cars in use."""
        return self.present.cars_in_use


def left_between(situation: Situation, first: np.datetime64, last: np.datetime64) -> Situation:
    """The same store and day with the visits of those cars alone that left the workshop in some days."""
    now = present(situation)
    left = now.once(_departures).between(first, last)
    few = copy.copy(situation)
    few._answers = {}
    few.__dict__["visits"] = visits_of(now, np.unique(now.visits.car[left]))[1].known_on(situation.day)
    return few


def _departures(now: Situation) -> Calendar:
    return Calendar.of(now.visits.checkout)


def present(situation: Situation) -> Situation:
    """The store as known on the day of asking."""
    return situation.present if isinstance(situation, Past) else situation


def spending_of(situation: Situation) -> Spending:
    """Paid visits of each listed car."""
    now = present(situation)
    return now.once(_payments).until(situation.day, now.identities.listed_cars)


def _patched(record: Record, places: Places, change: Record) -> Record:
    """A record of arrays, or of such records, with others at some places."""
    columns = {}
    for each in fields(record):  # type: ignore[arg-type]
        old, new = getattr(record, each.name), getattr(change, each.name)
        if isinstance(old, np.ndarray):
            columns[each.name] = old.copy()
            columns[each.name][places] = new
        else:
            columns[each.name] = _patched(old, places, new)
    return type(record)(**columns)


@dataclass(frozen=True)
class _Payments:
    """Paid visits of listed cars in the order of their days."""

    car: Places
    day: Places
    paid: Numbers

    def until(self, day: np.datetime64, car_count: int) -> Spending:
        """`tiers.spending` on a day, its whole numbers in 32 bits: there are many days."""
        ends = [day, *(add_months(np.array([day], "datetime64[D]"), -months)[0] for months in (12, 24))]
        last, one, two = np.searchsorted(self.day, np.array(ends).view(np.int64), "right").tolist()
        year, both = slice(one, last), slice(two, last)
        car, number = self.car[both], self.day[both]
        first_day, last_day = np.zeros((2, car_count), np.int32)
        first_day[car[::-1]] = number[::-1]  # in the order of days: the last write wins
        last_day[car] = number
        return Spending(
            np.bincount(self.car[year], minlength=car_count).astype(np.int32),
            np.bincount(self.car[year], weights=self.paid[year], minlength=car_count).astype(np.float64, copy=False),
            last_day - first_day,
            np.maximum(np.bincount(car, minlength=car_count) - 1, 0).astype(np.int32),
        )


def _payments(now: Situation) -> _Payments:
    visits, calendar = now.visits, now.once(visits_by_day)
    paid = np.flatnonzero((visits.paid[calendar.place] > 0) & (visits.car[calendar.place] < now.identities.listed_cars))
    place = calendar.place[paid]
    return _Payments(visits.car[place], calendar.day[paid], visits.paid[place])
