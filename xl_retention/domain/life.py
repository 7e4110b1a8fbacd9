"""One due contact while the contact log is played over it (DOM 0.3)."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field, fields
from operator import attrgetter
from typing import Any

import numpy as np

from xl_retention.domain.cadence import Rule
from xl_retention.domain.coded import Coded
from xl_retention.domain.dates import end_of_day
from xl_retention.domain.due import NEVER, Items, no_items
from xl_retention.domain.identity import NO_CAR

DONE, UNREACHABLE, COVERED, MISSED = "done", "unreachable", "covered", "missed"
"""How an item closes (DOM 0.3)."""
WINDOW_DAYS = 3
"""A contact so many days before the open day still answers the item (DOM 0.3)."""
NEVER_DAY = int(NEVER.astype(np.int64))

_OF_LIFE = {"rules": "rule.code", "roles": "role"}
"""Columns of `Items` that a `Life` holds under another name."""


@dataclass(slots=True)
class Life:
    """One item while the log is played; days as numbers since 1970-01-01."""

    party: int
    rule: Rule
    key: str
    car: int
    role: str
    anchor: int
    open: int
    due: int
    deadline: int
    expire: int
    moment: np.datetime64
    timed: bool
    sequence: str
    owner: str
    stopped: bool
    expire_by: np.datetime64
    after_row: int
    chained: bool
    max_calls: int
    first_due: int = 0
    original_open: int = 0
    original_deadline: int = 0
    closed: str = ""
    closed_on: int = 0
    closed_by: int = -1
    attempts: set[int] = field(default_factory=set)

    def __post_init__(self) -> None:
        self.first_due = self.first_due or self.due
        self.original_open, self.original_deadline = self.open, self.deadline

    @property
    def starts(self) -> int:
        """First day of a contact that can answer this item; never before an anchor that lies behind."""
        start = self.original_open - WINDOW_DAYS
        return max(start, self.anchor) if self.anchor <= self.original_open else start

    def takes(self, day: int) -> bool:
        """Whether a contact on *day* lies in the window."""
        return self.starts <= day <= self.expire

    def reached_from(self, party: int, car: int) -> bool:
        """Whether a row of *party* that names *car* (or none) can be about this item."""
        return party == self.party and (car == NO_CAR or self.car in (NO_CAR, car))

    def close(self, how: str, day: int, row: int = -1) -> None:
        """Closes for good; *row* of the log did it, -1 for time."""
        self.closed, self.closed_on, self.closed_by = how, day, row

    def move(self, day: int) -> None:
        """Puts the item off to an agreed day; the expire day keeps its distance."""
        if self.expire != NEVER_DAY:
            self.expire += day - self.deadline
        self.open = self.due = self.deadline = day
        self.moment = end_of_day(np.array([day], "datetime64[D]"))[0]
        self.timed = False


def lives_of(items: Items, rules: Mapping[str, Rule], keys: Sequence[str]) -> Iterable[Life]:
    """Items as lives of their own; *keys* are their due keys."""
    opens, dues, deadlines, expires, anchors = (
        days.astype(np.int64).tolist()
        for days in (items.open, items.due, items.deadline, items.expire, items.anchor)
    )
    columns = (
        items.party.tolist(),
        [rules[code] for code in items.rule],
        keys,
        items.car.tolist(),
        items.role.tolist(),
        anchors,
        opens,
        dues,
        deadlines,
        expires,
        items.moment,
        items.timed.tolist(),
        items.sequence.tolist(),
        items.owner.tolist(),
        items.stopped.tolist(),
        items.expire_by,
        items.after_row.tolist(),
        items.chained.tolist(),
        items.max_calls.tolist(),
    )
    return (Life(*values) for values in zip(*columns, strict=True))


def as_items(lives: Sequence[Life]) -> Items:
    """Lives as items again, with the windows they have now."""
    kinds = no_items()
    if not lives:
        return kinds
    names = [each.name for each in fields(Items)]
    of_life = attrgetter(*(_OF_LIFE.get(name, name) for name in names))
    columns = dict(zip(names, zip(*map(of_life, lives), strict=True), strict=True))
    made: dict[str, Any] = {
        name: Coded.of(np.array([*column, ""], object)[:-1])
        if name in _OF_LIFE
        else np.array(column, getattr(kinds, name).dtype)
        for name, column in columns.items()
    }
    return Items(**made)
