"""The lapse score: the chance that a customer comes within the next months, from the store's visits alone.

Each customer's rhythm says what to expect; how much of it comes true, and what the number of visits, the time
known and the money spent add to it, is learnt from the store's own past. Nothing later than the day is looked at.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.dates import add_months
from xl_retention.domain.lapse.history import Habits, VisitHistory
from xl_retention.domain.lapse.learning import Learnt
from xl_retention.domain.lapse.rhythm import Pool, Rhythm
from xl_retention.domain.store import Numbers, Places

YEAR = 365
PART_TO_LEARN_FROM = 0.45
"""Of a short history the last part shows what became of the customers known before it."""
LEAST_PAST = 30
"""Days of history before and after the day that is learnt from."""
LEAST_EXAMPLES = 50
"""Customers; fewer teach nothing, and the rhythms alone are believed."""
MOST_EXAMPLES = 6000
"""Customers looked at on each day that is learnt from; more make no better score, only a slower one."""
_EDGE = 1e-3


@dataclass(frozen=True)
class Score:
    """
    One entry per customer who has come by the day.

    Args:
        who: Places of the customers in the history.
        chance: Of a visit within the days looked ahead, 0 to 1.
        visits: Days on which they came.
        away: Whole days since the last visit.
        interval: Usual days between their visits, drawn towards those of all where there are few.
    """

    who: Places
    chance: Numbers
    visits: Places
    away: Places
    interval: Numbers

    def __len__(self) -> int:
        return len(self.who)

    def spread(self, count: int) -> Numbers:
        """The chance of each of *count* customers; NaN for those who never came."""
        chances = np.full(count, np.nan)
        chances[self.who] = self.chance
        return chances


def whole_day(day: dt.date) -> int:
    """Days from 1970-01-01."""
    return int(np.datetime64(day, "D").astype(np.int64))


def days_ahead(day: dt.date, months: int) -> int:
    """Length of the next *months* months (DOM V2)."""
    return (add_months(day, months) - day).days


def score(history: VisitHistory, day: int, days: int) -> Score:
    """
    Chance of a visit in the *days* after *day*, for everybody who had come by then.

    Args:
        day: In days from 1970-01-01; what came later is not looked at.
        days: At least 1.
    """
    habits = history.habits(day)
    pool = Pool.of(habits)
    rhythm = Rhythm.of(habits, pool)
    expected = rhythm.comes_within(habits.away, days)
    learnt = _learnt(history.sampled(-(-len(habits) // MOST_EXAMPLES) or 1), day, days)
    chances = expected if learnt is None else learnt.chances(_signs(habits, pool, rhythm, expected, days))
    return Score(habits.who, chances, habits.visits, habits.away.astype(np.int64), rhythm.interval)


def days_learnt_from(first_day: int, day: int, days: int) -> tuple[list[int], int]:
    """
    The earlier days whose customers teach, and how far ahead these are followed; none for a short history.

    Whole years back the same season followed, so these are taken where two years are known; else one day, and
    not further ahead than the history allows.
    """
    span = day - first_day
    back = -(-days // YEAR) * YEAR
    needed = max(YEAR, days)
    if span - back >= needed:
        return [day - back, *([day - back - YEAR] if span - back - YEAR >= needed else [])], days
    ahead = min(days, int(span * PART_TO_LEARN_FROM))
    return ([day - ahead] if ahead >= LEAST_PAST else []), ahead


def _learnt(history: VisitHistory, day: int, days: int) -> Learnt | None:
    if not len(history):
        return None
    signs, came = [], []
    past, ahead = days_learnt_from(history.first_day, day, days)
    for then in past:
        habits = history.habits(then)
        pool = Pool.of(habits)
        rhythm = Rhythm.of(habits, pool)
        expected = rhythm.comes_within(habits.away, ahead)
        signs.append(_signs(habits, pool, rhythm, expected, ahead))
        came.append(history.came(then, then + ahead)[habits.who])
    if sum(map(len, came)) < LEAST_EXAMPLES:
        return None
    return Learnt.of(np.concatenate(signs), np.concatenate(came))


def _signs(habits: Habits, pool: Pool, rhythm: Rhythm, expected: Numbers, days: int) -> Numbers:
    """What the chance is told by, a row per customer; all but the first matter only as far as the past shows."""
    expected = np.clip(expected, _EDGE, 1 - _EDGE)
    lateness = np.log(habits.away) - rhythm.middle
    rate = (habits.intervals + 0.5) / (habits.known + 0.5 * np.exp(pool.middle))
    signs = np.empty((len(habits), 9))
    signs[:, 0] = np.log(expected / (1 - expected))
    signs[:, 1] = np.log(np.expm1(np.minimum(rate * days, 20.0)) + _EDGE)  # odds if visits fell evenly
    signs[:, 2] = np.log(habits.visits)
    signs[:, 3] = np.log(habits.away / days + 0.05)
    signs[:, 4] = np.log(habits.known / days + 0.05)
    signs[:, 5] = habits.visits == 1
    signs[:, 6] = np.clip(lateness, -3.0, 0.0)
    signs[:, 7] = np.clip(lateness, 0.0, 3.0)
    spent = np.maximum(habits.spent, 0.0)  # more may be paid back than was paid
    bill = spent.sum() / max(int(habits.visits.sum()), 1)
    signs[:, 8] = np.log1p(spent / bill) if bill > 0 else 0.0
    return signs
