"""A store looked at for one period: what is known today, at the end of the period and on the day before it."""

from __future__ import annotations

import copy
import datetime as dt
from collections.abc import Callable
from dataclasses import replace
from functools import cached_property
from typing import TypeVar

import numpy as np

from xl_retention.domain.identity import Identities, RowsOf
from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.kpis.rows import Rows, Subject
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import ROW_DATES, Flags, Places, Texts
from xl_retention.domain.visits import Visits

Answer = TypeVar("Answer")

NONE = np.empty(0, np.int64)

AS_THEY_ARE = ("service_visit", "contact_log", "prospect")
"""Tables of which an earlier day has no copy: visits and log are cut instead, and of prospects nothing is asked."""


def earlier(situation: Situation, day: dt.date) -> Situation:
    """
    The store as known on an earlier day, made of what is known of the later one.

    Whose a row is does not change with time, and visits and log are in the order of time; finding all this out
    again would take longest.
    """
    read, now = situation.as_read, situation.store
    few = {name: table for name, table in read.tables.items() if name not in AS_THEY_ARE}
    known = Situation(replace(read, tables=few), day)
    kept = {name: now.tables[name] for name in AS_THEY_ARE if name in now.tables}
    known.store = replace(known.store, tables={**known.store.tables, **kept})
    known.identities = _narrowed(situation, known.day)
    known.visits = situation.visits.known_on(known.day)
    known.log = situation.log.until(known.day)
    return known


def _narrowed(situation: Situation, day: np.datetime64) -> Identities:
    """The parties and cars of the bookings and complaints that were there."""
    identities, end = copy.copy(situation.identities), day + np.timedelta64(1, "D")

    def rows(entity: str, known: RowsOf) -> RowsOf:
        (date,) = ROW_DATES[entity]
        there = ~(situation.store[entity].moments(date) >= end)
        return RowsOf(known.party[there], known.car[there])

    identities.bookings = rows("booking", identities.bookings)
    identities.complaints = rows("complaint", identities.complaints)
    return identities


class View:
    """A store and a period.

    Args:
        now: The store as known on the day of asking.
        asked: The period; it must have begun.
    """

    def __init__(self, now: Situation, asked: Asked) -> None:
        self.now = now
        self.asked = asked
        self._answers: dict[object, object] = {}
        self._days = {now.date: now}
        self._views = {asked: self}

    def once(self, question: Callable[[View], Answer]) -> Answer:
        """The answer to *question* about this view, worked out at most once."""
        if question not in self._answers:
            self._answers[question] = question(self)
        return self._answers[question]  # type: ignore[return-value]

    @cached_property
    def then(self) -> Situation:
        """The store as known at `c`, the end of what is counted."""
        return self._on(self.asked.until)

    @cached_property
    def eve(self) -> Situation:
        """The store as known on the day before the period: what a month-end export showed."""
        return self._on(self.asked.eve)

    def _on(self, day: dt.date) -> Situation:
        if day not in self._days:
            self._days[day] = earlier(self.now, day)
        return self._days[day]

    @property
    def parameters(self) -> Parameters:
        """The store's numbers."""
        return self.now.parameters

    @property
    def visits(self) -> Visits:
        """The visits as known today."""
        return self.now.visits

    @cached_property
    def car_owner(self) -> Places:
        """Customer of each listed car; -1 for none on file."""
        return self.now.identities.owner[: len(self.now.store.vehicles)]

    def over(self, asked: Asked) -> View:
        """The same store over another period."""
        if asked not in self._views:
            other = View(self.now, asked)
            other._days, other._views = self._days, self._views
            self._views[asked] = other
        return self._views[asked]

    def customers(self, places: Places) -> Rows:
        """Customers by party number, each once."""
        ids = self.now.identities.ids
        return Rows(Subject.CUSTOMER, np.unique(places), lambda at: ids[at].tolist())

    def flagged_customers(self, flags: Flags) -> Rows:
        """Customers by a flag for each."""
        return replace(self.customers(NONE), places=np.flatnonzero(flags))

    def cars(self, places: Places) -> Rows:
        """Cars by place, each once."""
        ids = self.now.identities.car_ids
        return Rows(Subject.VEHICLE, np.unique(places), lambda at: ids[at].tolist())

    def flagged_cars(self, flags: Flags) -> Rows:
        """Cars by a flag for each."""
        return replace(self.cars(NONE), places=np.flatnonzero(flags))

    def of_table(self, entity: str, name: str, subject: Subject, flags: Flags) -> Rows:
        """Rows of a table, named by one of its columns."""
        column: Texts = self.now.store[entity].texts(name)
        return Rows(subject, np.flatnonzero(flags), lambda at: column[at].tolist())
