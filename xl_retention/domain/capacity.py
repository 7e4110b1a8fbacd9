"""How many calls everybody makes a day, who is off, and who takes over (DOM 9; unlimited as shipped)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from xl_retention.domain.coded import Flags, Texts

Places = npt.NDArray[np.int64]
Days = npt.NDArray[np.datetime64]

URGENT = 1
"""Rows of this priority never wait behind others, however long those have waited."""


@dataclass(frozen=True)
class Absence:
    """Somebody's days off, from the first to the last."""

    name: str
    first: dt.date
    last: dt.date


@dataclass(frozen=True)
class Capacity:
    """What the store says of its staff's days.

    Args:
        of_person, of_role: Calls a day, by name and for everybody of a role; 0 is no limit.
        absences: Who is off and when.
    """

    of_person: Mapping[str, int] = field(default_factory=dict)
    of_role: Mapping[str, int] = field(default_factory=dict)
    absences: tuple[Absence, ...] = ()

    def limit(self, name: str, role: str, otherwise: int) -> int:
        """Calls a day of a person for a role: his own number, his role's, else the store's; 0 is no limit."""
        return self.of_person.get(name, self.of_role.get(role, otherwise))

    def off_on(self, day: dt.date) -> frozenset[str]:
        """Who is off on a day."""
        return frozenset(each.name for each in self.absences if each.first <= day <= each.last)


def taken_over(owner: Texts, role: Texts, off: frozenset[str], by_role: Mapping[str, Sequence[str]]) -> Texts:
    """
    Owners of the rows when those who are off get none.

    A row goes to the colleague of its role who has the fewest rows by then, of equals the first by name; it stays
    without owner where nobody of that role is there.
    """
    absent = np.isin(owner, list(off)) & (owner != "")
    if not absent.any():
        return owner
    taken = owner.copy()
    counts = Counter(owner[~absent].tolist())
    for place in np.flatnonzero(absent).tolist():
        there = [name for name in by_role.get(role[place], ()) if name not in off]
        taken[place] = min(there, key=lambda name: (counts[name], name), default="")
        counts[taken[place]] += 1
    return taken


def within_capacity(
    owner: Texts, role: Texts, limits: Mapping[tuple[str, str], int], first_served: Places
) -> Flags:
    """
    The rows that everybody's day has room for; rows without owner always stay.

    Args:
        limits: Calls a day by name and role; 0 is no limit.
        first_served: Places of all rows in the order in which the room is given away.
    """
    kept = np.ones(len(owner), np.bool_)
    if not any(limits.values()):
        return kept
    counts: Counter[str] = Counter()
    for place in first_served.tolist():
        name = owner[place]
        limit = limits[name, role[place]]
        kept[place] = not name or not limit or counts[name] < limit
        counts[name] += int(kept[place])
    return kept


def serving_order(priority: Places, due: Days, day: np.datetime64, max_wait: int) -> Places:
    """
    Places of the rows (given in the order of the list) as the room of a day is given away.

    What is urgent comes first, then what has been due for more than *max_wait* days (0: nothing waits too long).
    """
    if max_wait <= 0:
        return np.arange(len(priority))
    waited = (day - due).astype(np.int64) > max_wait
    rank = np.where(priority <= URGENT, 0, np.where(waited, 1, 2))
    return np.argsort(rank, kind="stable")
