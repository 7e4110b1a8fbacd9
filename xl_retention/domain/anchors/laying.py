"""Steps that several anchors share: cars with their owners, occurrences, first of equal rows."""

from __future__ import annotations

import numpy as np
import numpy.typing as npt

from xl_retention.domain.anchors.table import Anchors
from xl_retention.domain.cadence import Rule
from xl_retention.domain.coded import Coded
from xl_retention.domain.dates import once_each
from xl_retention.domain.identity import RowsOf
from xl_retention.domain.ordering import order_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places, Texts

NARROW_BASE = ("", "自销")


def of_cars(situation: Situation, day: Days, **more: object) -> Anchors:
    """Anchors of listed cars whose customer is on file and whose anchor *day* is known."""
    owner = situation.identities.owner[: len(day)]
    only = (owner >= 0) & ~np.isnat(day)
    return Anchors(owner, np.arange(len(day)), day, only=only, **more)  # type: ignore[arg-type]


def narrow_base(situation: Situation) -> Flags:
    """Per listed car: whether its customer belongs to the narrow base (DOM C10)."""
    narrow = np.append(situation.store.customers.words("base_scope").is_any(*NARROW_BASE), False)
    owner = situation.identities.owner[: len(situation.store.vehicles)]
    return np.asarray(narrow[owner])


def months_open(situation: Situation, since: Days) -> Places:
    """Completed months from each day to as_of, at most one too many; -1000 where the day is unknown."""
    month = once_each(since, lambda days: days.astype("datetime64[M]"))
    months = (situation.day.astype("datetime64[M]") - month).astype(np.int64)
    return np.where(np.isnat(since), -1000, months)


def lead_months(rule: Rule) -> int:
    """Months, rounded up, by which an item may open before its base day."""
    return max(-rule.open.months, 0) + max(-rule.open.whole_days, 0) // 28 + 1


def occurrences(counts: Places) -> tuple[Places, Places]:
    """Places repeated as often as *counts* says, and the number of each repetition from 1."""
    some = np.flatnonzero(counts)
    times = counts[some]
    ends = np.cumsum(times)
    place = np.repeat(some, times)
    return place, np.arange(len(place)) - np.repeat(ends - times, times) + 1


def first_of_each(rows: RowsOf, moment: Days, number: Texts) -> Flags:
    """The first row of each party, car, day and number: two would have the same due key."""
    key = (rows.party, rows.car, moment.astype("datetime64[D]").astype(np.int64))
    first = _first_of_equal(*key)
    # To compare the numbers takes longest, and seldom has anybody two rows on one day.
    return first if first.all() else _first_of_equal(*key, Coded.of(number).code)


def _first_of_equal(*columns: npt.NDArray[np.integer]) -> Flags:
    """The first of the rows that are equal in all columns."""
    order = order_of(*columns)
    first = np.zeros(len(order), np.bool_)
    first[order[:1]] = True
    for column in columns:
        first[order[1:]] |= column[order[1:]] != column[order[:-1]]
    return first
