"""Visits of made-up workshops, each with a rhythm of its own: what the lapse score is tried on beside CDs.

A shape is a rule for the next visit after a day. Customers join all through the years, and after each visit some
stay away for good; who does is drawn from a law of the shape, not from the one that the score assumes.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xl_retention.domain.lapse.history import VisitHistory
from xl_retention.domain.store import Numbers, Places

Dice = np.random.Generator
Next = Callable[[Numbers], Numbers]
"""The day of each customer's next visit, from the day of the last."""

CUSTOMERS, YEARS = 5_000, 5
DAYS = YEARS * 365
FIRST_DAY = 16_000
"""In days from 1970-01-01."""


@dataclass(frozen=True)
class Shape:
    """
    How the customers of a workshop come.

    Args:
        next_visit: Makes the rule for all customers of a store.
        stays_away: Parameters of the Beta law of each customer's chance to stay away after a visit.
    """

    next_visit: Callable[[Dice, int], Next]
    stays_away: tuple[float, float]


def _regular(median: float, spread: float, jitter: float) -> Callable[[Dice, int], Next]:
    def begin(dice: Dice, count: int) -> Next:
        interval = median * np.exp(dice.normal(0, spread, count))
        return lambda day: day + np.maximum(interval * dice.normal(1, jitter, count), 3)

    return begin


def _by_mileage(dice: Dice, count: int) -> Next:
    """Every 10,000 km, or every year, whichever comes first; some drive three times as far as others."""
    per_day = 35 * np.exp(dice.normal(0, 0.55, count))

    def following(day: Numbers) -> Numbers:
        driven = 10_000 / (per_day * np.exp(dice.normal(0, 0.25, count)))
        return np.asarray(day + np.minimum(driven, 365 + dice.normal(0, 25, count)))

    return following


def _seasonal(dice: Dice, count: int) -> Next:
    """Wheels are changed in April and in October; some skip a season now and then."""
    skips = dice.beta(1, 4, count)

    def following(day: Numbers) -> Numbers:
        year = np.floor((day + 60) / 365.25) * 365.25
        seasons = year + np.array([[100.0], [298.0], [465.25], [663.25]])
        coming = (seasons < day + 60).sum(axis=0) + (dice.random(count) < skips)
        return np.asarray(seasons[np.minimum(coming, 3), np.arange(count)] + dice.normal(0, 18, count))

    return following


def _with_repairs(dice: Dice, count: int) -> Next:
    """A service now and then, and between two of them what breaks."""
    interval = 240 * np.exp(dice.normal(0, 0.4, count))
    breaks = dice.gamma(0.7, 1 / 300, count) + 1e-6

    def following(day: Numbers) -> Numbers:
        service = interval * dice.normal(1, 0.25, count)
        return np.asarray(day + np.maximum(np.minimum(service, dice.exponential(1 / breaks)), 3))

    return following


def _yearly(dice: Dice, count: int) -> Next:
    """The inspection once a year, or a service every half year."""
    interval = np.where(dice.random(count) < 0.6, 365.0, 182.0)
    return lambda day: day + interval + dice.normal(0, 15, count)


def _without_rhythm(dice: Dice, count: int) -> Next:
    """At any time, each at a rate of his own: the law that BG/NBD assumes."""
    rate = dice.gamma(1.2, 1 / 200, count) + 1e-6
    return lambda day: day + 1 + dice.exponential(1 / rate)


SHAPES: Mapping[str, Shape] = {
    "regular": Shape(_regular(180, 0.4, 0.2), (1, 6)),
    "like clockwork": Shape(_regular(150, 0.5, 0.1), (1, 8)),
    "many drop out": Shape(_regular(150, 0.35, 0.3), (0.8, 2)),
    "by mileage": Shape(_by_mileage, (1.2, 7)),
    "seasonal": Shape(_seasonal, (1, 7)),
    "yearly": Shape(_yearly, (1, 9)),
    "service and repairs": Shape(_with_repairs, (1, 5)),
}
NO_RHYTHM = Shape(_without_rhythm, (1, 4))
"""Not a workshop; shows what is lost where the rhythm is none."""


def visits(shape: Shape, seed: int = 7, customers: int = CUSTOMERS) -> VisitHistory:
    """All visits of a store, without amounts."""
    dice = np.random.default_rng(seed)
    chance = dice.beta(*shape.stays_away, customers)
    following = shape.next_visit(dice, customers)
    day = dice.uniform(0, DAYS, customers)
    going_on = np.ones(customers, np.bool_)
    who: list[Places] = []
    days: list[npt.NDArray[np.int64]] = []
    while going_on.any():
        coming = np.flatnonzero(going_on)
        who.append(coming)
        days.append(day[coming].astype(np.int64))
        going_on &= dice.random(customers) >= chance
        day = following(day)
        going_on &= day < DAYS
    all_days = np.concatenate(days) + FIRST_DAY
    return VisitHistory(np.concatenate(who), all_days.astype("datetime64[D]"), np.zeros(len(all_days)), customers)
