"""A store as known on an earlier day, made of what is known of a later one.

Whose a row is does not change with time, visits and log are in the order of time, and between two month-ends few
cars were in the workshop. So an earlier day takes over what is known of the day after it and works out the rest.
"""

from __future__ import annotations

import copy
import datetime as dt
from dataclasses import fields, replace
from functools import cached_property

import numpy as np

from xl_retention.domain.contact_log import ContactLog
from xl_retention.domain.dates import add_months
from xl_retention.domain.identity import Identities, RowsOf
from xl_retention.domain.kpis.calendar import Calendar, visits_by_day
from xl_retention.domain.kpis.changes import changed_between
from xl_retention.domain.kpis.due_days import SERVICED
from xl_retention.domain.kpis.history import History, ever_delivered
from xl_retention.domain.kpis.rows import marked
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
    return now.once(_payments).until(situation.day)


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


class _Payments:
    """
    Paid visits of listed cars in the order of their days.

    Args:
        car, day, paid: One of each per visit; a day is a number.
        car_count: How many cars there are.
    """

    def __init__(self, car: Places, day: Places, paid: Numbers, car_count: int) -> None:
        self._car, self._day, self._paid, self._car_count = car, day, paid, car_count
        self._known: dict[np.datetime64, Spending] = {}

    def until(self, day: np.datetime64) -> Spending:
        """`tiers.spending` on a day, its whole numbers in 32 bits; made of the nearest later day that is known."""
        if day not in self._known:
            two, one, last = self._edges(day)
            later = min((known for known in self._known if known > day), default=None)
            if later is None:
                self._known[day] = self._of(slice(two, last), one - two)
            else:
                entering = [slice(*edges) for edges in zip((two, one, last), self._edges(later), strict=True)]
                changed = marked(np.concatenate([self._car[some] for some in entering]), self._car_count)
                some, cars = two + np.flatnonzero(changed[self._car[two:last]]), np.flatnonzero(changed)
                change = self._of(some, int(np.searchsorted(some, one)), cars)
                self._known[day] = _patched(self._known[later], cars, change)
        return self._known[day]

    def _edges(self, day: np.datetime64) -> list[int]:
        """Where the visits of the last 24 months begin, those of the last 12, and where those after the day do."""
        first = (add_months(np.array([day], "datetime64[D]"), -months)[0] for months in (24, 12))
        found: list[int] = np.searchsorted(self._day, np.array([*first, day]).view(np.int64), "right").tolist()
        return found

    def _of(self, both: Places | slice, before: int, cars: Places | slice = slice(None)) -> Spending:
        """For *cars* of the visits *both* of the last 24 months; from the place *before* on of the last 12."""
        car, number, paid = self._car[both], self._day[both], self._paid[both][before:]
        first_day, last_day = np.zeros((2, self._car_count), np.int32)
        first_day[car[::-1]] = number[::-1]  # in the order of days: the last write wins
        last_day[car] = number
        visits, amount, times = (
            np.bincount(some, weights, self._car_count)[cars]
            for some, weights in ((car[before:], None), (car[before:], paid), (car, None))
        )
        return Spending(
            visits.astype(np.int32),
            amount.astype(np.float64, copy=False),
            (last_day - first_day)[cars],
            np.maximum(times - 1, 0).astype(np.int32),
        )


def _payments(now: Situation) -> _Payments:
    visits, calendar = now.visits, now.once(visits_by_day)
    paid = np.flatnonzero((visits.paid[calendar.place] > 0) & (visits.car[calendar.place] < now.identities.listed_cars))
    place = calendar.place[paid]
    return _Payments(visits.car[place], calendar.day[paid], visits.paid[place], now.identities.listed_cars)
