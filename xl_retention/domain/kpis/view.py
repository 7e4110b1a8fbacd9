"""A store looked at for one period: what is known today, at the end of the period and on the day before it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from functools import cached_property
from typing import TypeVar

import numpy as np

from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.due_days import DueDays, due_days
from xl_retention.domain.kpis.past import Past
from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.kpis.rows import Rows, Subject, marked
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places, Texts
from xl_retention.domain.visits import Visits

Answer = TypeVar("Answer")


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
        self._days: dict[dt.date, Situation] = {now.date: now}
        self._views = {asked: self}
        self._wholes: list[Asked] = []
        self._eves: set[np.datetime64] = set()
        self._due: dict[np.datetime64, DueDays] = {}

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

    @property
    def due_on_eve(self) -> DueDays:
        """What was due as seen on the day before the period; of periods asked for together worked out together."""
        eve = np.datetime64(self.asked.eve, "D")
        if eve not in self._due:
            self._due.update(due_days(self.now, [*self._eves] if eve in self._eves else [eve]))
        return self._due[eve]

    def _on(self, day: dt.date) -> Situation:
        if day not in self._days:
            nearest = min(known for known in self._days if known > day)
            self._days[day] = Past(self._days[nearest], day)
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
            other._days, other._views, other._wholes = self._days, self._views, self._wholes
            other._eves, other._due = self._eves, self._due
            self._views[asked] = other
        return self._views[asked]

    def together(self, periods: Sequence[Period]) -> None:
        """
        Makes ready for several periods.

        What is asked of `whole` is worked out once for all of them, and what was known on the end of each is made of
        what was known on that of the next.
        """
        begun = [period for period in periods if Asked(period, self.now.date).has_begun]
        if not begun:
            return
        self._wholes.insert(0, Asked.together(begun, self.now.date))
        asked = [Asked(period, self.now.date) for period in begun]
        self._eves.update(np.datetime64(each.eve, "D") for each in asked)
        for day in sorted({day for each in asked for day in (each.until, each.eve)}, reverse=True):
            self._on(day)

    @property
    def whole(self) -> View:
        """The same store over all periods that are asked for together; over this one where it is none of them."""
        return self.over(next((whole for whole in self._wholes if whole.holds_all_of(self.asked)), self.asked))

    def customers(self, places: Places) -> Rows:
        """Customers by party number, each once."""
        return self.flagged_customers(marked(places, len(self.now.identities.ids)))

    def flagged_customers(self, flags: Flags) -> Rows:
        """Customers by a flag for each."""
        ids = self.now.identities.ids
        return Rows(Subject.CUSTOMER, flags, lambda at: ids[at].tolist())

    def cars(self, places: Places) -> Rows:
        """Cars by place, each once."""
        return self.flagged_cars(marked(places, len(self.now.identities.car_ids)))

    def flagged_cars(self, flags: Flags) -> Rows:
        """Cars by a flag for each."""
        ids = self.now.identities.car_ids
        return Rows(Subject.VEHICLE, flags, lambda at: ids[at].tolist())

    def of_table(self, entity: str, name: str, subject: Subject, flags: Flags) -> Rows:
        """Rows of a table, named by one of its columns."""
        column: Texts = self.now.store[entity].texts(name)
        return Rows(subject, flags, lambda at: column[at].tolist())
