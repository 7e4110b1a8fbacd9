"""The visits of all customers in the order of time, and what a day knows of each (DOM V19)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.ordering import order_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Numbers, Places

SHORTEST_INTERVAL = 5.0
"""Days; who comes back sooner comes for the same thing, and says nothing about a rhythm."""
LONGEST = 1 << 22
"""Days; more than the years 1 to 9999 have."""
HALF_A_DAY = 0.5
"""A day is looked at from its end, a visit stands in its middle; so no time is ever zero."""


@dataclass(frozen=True)
class Habits:
    """
    What is known at the end of a day of everybody who had come by then; one entry each.

    Args:
        who: Places of the customers.
        visits: Days on which they came.
        away, known: Days since the last and since the first visit.
        logs, squares: Sum over the intervals between visits of their logarithm, and of its square.
        spent: What their visits came to, yuan.
    """

    who: Places
    visits: Places
    away: Numbers
    known: Numbers
    logs: Numbers
    squares: Numbers
    spent: Numbers

    def __len__(self) -> int:
        return len(self.who)

    @property
    def intervals(self) -> Places:
        """Intervals between the visits of each."""
        return self.visits - 1


class VisitHistory:
    """
    Visits, one per customer and day.

    Args:
        customer: Whose visit, from 0.
        day: datetime64[D].
        amount: What it came to, yuan; NaN counts as nothing.
        count: Number of customers, also of those who never came.
    """

    def __init__(self, customer: Places, day: Days, amount: Numbers, count: int) -> None:
        number = day.astype("datetime64[D]").astype(np.int64)
        step = np.diff(customer * LONGEST + number)
        if (step < 0).any():
            order = order_of(customer, number)
            customer, number, amount = customer[order], number[order], amount[order]
            step = np.diff(customer * LONGEST + number)
        spent = np.nan_to_num(amount)
        if not step.all():  # a customer came with two cars, or had two orders, on one day
            new = np.append(True, step != 0)
            spent = np.asarray(np.bincount(np.cumsum(new) - 1, spent), np.float64)
            customer, number = customer[new], number[new]
        self._keep(customer, number, spent, count)

    def _keep(self, customer: Places, day: Places, spent: Numbers, count: int) -> None:
        """Keeps columns that are in order already."""
        self.count, self.customer, self.day, self.spent = count, customer, day, spent
        self._visits = np.bincount(customer, minlength=count)
        self._first = np.cumsum(self._visits) - self._visits
        gaps = np.maximum(np.diff(day, prepend=0), SHORTEST_INTERVAL)
        gaps[self._first[self._visits > 0]] = 1.0  # the first visit of each ends no interval
        self._logs = np.log(gaps)

    @classmethod
    def of_customers(cls, situation: Situation) -> VisitHistory:
        """The visits of each customer, whatever the car."""
        visits, count = situation.visits, situation.identities.customer_count
        known = np.flatnonzero((visits.party >= 0) & (visits.party < count))
        amount = np.fmax(visits.total, visits.paid)
        return cls(visits.party[known], visits.day[known], amount[known], count)

    @classmethod
    def of_cars(cls, situation: Situation) -> VisitHistory:
        """The visits of each listed car."""
        visits, count = situation.visits, len(situation.store.vehicles)
        listed = visits.car < count
        amount = np.fmax(visits.total, visits.paid)
        return cls(visits.car[listed], visits.day[listed], amount[listed], count)

    def __len__(self) -> int:
        return len(self.day)

    @property
    def first_day(self) -> int:
        """Of all visits, in days from 1970-01-01; there must be one."""
        return int(self.day.min())

    @property
    def last_day(self) -> int:
        """Of all visits, in days from 1970-01-01; there must be one."""
        return int(self.day.max())

    def sampled(self, step: int) -> VisitHistory:
        """The visits of the customers in each *step*-th place, who are numbered anew."""
        if step == 1:
            return self
        visits, first = self._visits[::step], self._first[::step]
        number = np.repeat(np.arange(len(visits)), visits)
        kept = np.arange(len(number)) + (first - np.cumsum(visits) + visits)[number]
        sample = object.__new__(VisitHistory)
        sample._keep(number, self.day[kept], self.spent[kept], len(visits))
        return sample

    def habits(self, day: int) -> Habits:
        """What is known at the end of *day* (days from 1970-01-01); later visits are not there."""
        logs, spent, visits = self._logs, self.spent, self._visits
        known = self.day <= day
        if not known.all():
            logs, spent = logs * known, spent * known
            visits = self._sums(known.astype(np.float64)).astype(np.int64)
        who = np.flatnonzero(visits)
        visits, first = visits[who], self._first[who]
        return Habits(
            who,
            visits,
            np.asarray(day - self.day[first + visits - 1] + HALF_A_DAY, np.float64),
            np.asarray(day - self.day[first] + HALF_A_DAY, np.float64),
            self._sums(logs)[who],
            self._sums(logs * logs)[who],
            self._sums(spent)[who],
        )

    def came(self, after: int, until: int) -> Flags:
        """Per customer whether a visit lies after one day and not after the other."""
        return np.asarray(self._sums(((self.day > after) & (self.day <= until)).astype(np.float64)) > 0)

    def _sums(self, column: Numbers) -> Numbers:
        """Over the visits of each customer."""
        return np.asarray(np.bincount(self.customer, column, self.count), np.float64)
