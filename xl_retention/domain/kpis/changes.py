"""What changed between two days, so that an earlier day is made of a later one by working out a few rows (DOM V19)."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.kpis.calendar import Calendar, visits_by_day
from xl_retention.domain.ordering import Whole
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import STAMPS, Places

TYPED = STAMPS["vehicle"]
"""The dates that staff type beside a car."""


@dataclass(frozen=True)
class _Changes:
    """When something became known of a car: a visit came or left, a date was typed, by its column."""

    came: Calendar
    left: Calendar
    typed: Mapping[str, Calendar]


def _changes(now: Situation) -> _Changes:
    vehicles, visits = now.as_read.vehicles, now.visits
    stayed = np.where(visits.checkout > visits.day, visits.checkout, np.datetime64("NaT"))
    typed = {name: Calendar.of(vehicles.days(name)) for name in TYPED if name in vehicles.columns}
    return _Changes(now.once(visits_by_day), Calendar.of(stayed), typed)


def changed_between(now: Situation, day: np.datetime64, later: np.datetime64, typed: Sequence[str] = TYPED) -> Places:
    """
    Listed cars of which something became known after *day* and by *later*.

    Args:
        typed: The columns of dates that matter beside the visits.
    """
    changes, after = now.once(_changes), day + np.timedelta64(1, "D")
    listed = now.identities.listed_cars
    flags = np.zeros(listed + 1, np.bool_)
    for calendar in (changes.came, changes.left):
        flags[np.minimum(now.visits.car[calendar.by_day(after, later)], listed)] = True
    for name in typed:
        if name in changes.typed:
            flags[changes.typed[name].by_day(after, later)] = True
    return np.flatnonzero(flags[:listed])


class Backwards:
    """
    Numbers of many rows on any of some days, each day made of the nearest later one that is known.

    Args:
        count: How many rows there are.
        work_out: The numbers of some rows, rising, on a day.
        changed: The rows whose numbers may differ between a day and a later one, rising.
    """

    def __init__(
        self,
        count: int,
        work_out: Callable[[Places, np.datetime64], Whole],
        changed: Callable[[np.datetime64, np.datetime64], Places],
    ) -> None:
        self._count = count
        self._work_out = work_out
        self._changed = changed
        self._known: dict[np.datetime64, Whole] = {}

    def on(self, day: np.datetime64) -> Whole:
        """The numbers on a day."""
        if day not in self._known:
            later = [known for known in self._known if known > day]
            if later:
                nearest = min(later)
                rows, numbers = self._changed(day, nearest), self._known[nearest].copy()
                numbers[rows] = self._work_out(rows, day)
            else:
                numbers = self._work_out(np.arange(self._count), day)
            self._known[day] = numbers
        return self._known[day]
