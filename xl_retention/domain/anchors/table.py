"""What the items of a rule start at, and the table of the functions that tell it.

A function stands in the table under its own name; the rule table names it in its column `counts_from`.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from xl_retention.domain.cadence import Rule
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Numbers, Places, Texts


@dataclass(frozen=True)
class Anchors:
    """Where the items of one rule start; all arrays have one entry per item.

    Args:
        party, car: Places in `Identities`; car NO_CAR for an item without a car.
        day: The anchor, datetime64[D]: the date in the due key.
        months, days: Distance of the base day from the anchor; rule offsets count from there without chaining
            (DOM V3).
        clock: Seconds since midnight of the base moment; NaN where the clock is unknown.
        sequence: Last part of the due key: a text, or the number of the occurrence.
        stopped: Where the rule's own stop condition holds.
        role, owner: Where they differ from the rule's role and that role's owner; "" else.
        expire_by: Latest expire day; NaT for no limit.
        after_row: Row of the log that brought the item about; only later rows can close it. -1 for none.
        only: Items that exist at all.
        max_calls: Number of occurrences of a chain; 0 for no limit.
        chained: Whether occurrence k+1 is born when k closes (DOM 3.6 "Repeating rules").
    """

    party: Places
    car: Places
    day: Days
    months: Places | int = 0
    days: Places | int = 0
    clock: Numbers | None = None
    sequence: Texts | Places | None = None
    stopped: Flags | None = None
    role: Texts | None = None
    owner: Texts | None = None
    expire_by: Days | None = None
    after_row: Places | None = None
    max_calls: int = 0
    chained: bool = False
    only: Flags | None = None

    def where(self, places: Places) -> Anchors:
        """The anchors at *places*."""
        chosen: dict[str, Any] = {
            each.name: value[places]
            for each in fields(self)
            if isinstance(value := getattr(self, each.name), np.ndarray)
        }
        return replace(self, **chosen)


Anchor = Callable[[Situation, Rule], Anchors]
ANCHORS: dict[str, Anchor] = {}


def anchor(function: Anchor) -> Anchor:
    """Puts a function into the table."""
    ANCHORS[function.__name__] = function
    return function
