"""The rhythm of each customer: an interval and its regularity, drawn towards those of all where little is known.

Intervals between visits are taken as log-logistic around a middle of the customer's own. It follows a log-normal
law closely, bears single long gaps, and needs nothing but powers. After each visit some stay away for good.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.lapse.history import Habits
from xl_retention.domain.store import Numbers

USUAL_INTERVAL = 180.0
"""Days; the middle for a store of which nothing is known yet."""
USUAL_SPREAD, USUAL_DIFFERENCE = 0.1, 0.15
"""Variance of the logarithm of an interval around the customer's middle, and of the middles around that of all."""
LEAST_DIFFERENCE = 0.02
PRIOR_COUNT = 10
"""So many intervals, or customers, do the usual values weigh against those of the store."""
OWN_SPREAD_COUNT = 4
"""So many intervals does the spread of all weigh against that of one customer."""
STAYS_AWAY = 0.15
"""Chance after each visit that it was the last; whatever it really is, the score learns from the store's past."""
_EARLIEST = 0.95
_LOGISTIC = np.pi / np.sqrt(3.0)
"""Standard deviation of the logistic law."""


@dataclass(frozen=True)
class Pool:
    """
    All customers of a store taken together, in logarithms of days.

    Args:
        middle: Of all intervals.
        spread: Variance of an interval around its customer's middle.
        difference: Variance of the customers' middles.
    """

    middle: float
    spread: float
    difference: float

    @classmethod
    def of(cls, habits: Habits) -> Pool:
        """What the intervals known by then say, drawn towards the usual values while there are few."""
        count = habits.intervals
        total = int(count.sum())
        middle = (habits.logs.sum() + PRIOR_COUNT / 2 * np.log(USUAL_INTERVAL)) / (total + PRIOR_COUNT / 2)
        several = count >= 2
        own, logs = count[several], habits.logs[several]
        within = float((habits.squares[several] - logs * logs / own).sum())
        spread = (within + PRIOR_COUNT * USUAL_SPREAD) / (int((own - 1).sum()) + PRIOR_COUNT)
        between = float(((logs / own - middle) ** 2).sum() - spread * (1 / own).sum())
        difference = (between + PRIOR_COUNT * USUAL_DIFFERENCE) / (len(own) + PRIOR_COUNT)
        return cls(float(middle), spread, max(difference, LEAST_DIFFERENCE))


@dataclass(frozen=True)
class Rhythm:
    """
    The law of the next interval of each customer.

    Args:
        middle: Logarithm of the interval in days that half of the visits keep to.
        steepness: How sharply visits gather around it; the more is known and the more regular, the higher.
    """

    middle: Numbers
    steepness: Numbers

    @classmethod
    def of(cls, habits: Habits, pool: Pool) -> Rhythm:
        """Of each customer, drawn towards the pool."""
        count = habits.intervals
        within = np.maximum(habits.squares - habits.logs * habits.logs / np.maximum(count, 1), 0.0)
        spread = (OWN_SPREAD_COUNT * pool.spread + within) / (OWN_SPREAD_COUNT + np.maximum(count - 1, 0))
        weight = 1 / pool.difference + count / spread
        middle = (pool.middle / pool.difference + habits.logs / spread) / weight
        return cls(middle, _LOGISTIC / np.sqrt(spread + 1 / weight))

    @property
    def interval(self) -> Numbers:
        """Days between visits."""
        return np.exp(self.middle)

    def still_waiting(self, log_days: Numbers) -> Numbers:
        """Chance that the next interval is longer than the days whose logarithm is given."""
        return np.asarray(1 / (1 + np.exp(np.clip(self.steepness * (log_days - self.middle), -30, 30))))

    def comes_within(self, away: Numbers, days: float) -> Numbers:
        """Chance of a visit in the next *days*, for customers who have been away for so many."""
        waiting, later = self.still_waiting(np.log(away)), self.still_waiting(np.log(away + days))
        stays = 1 - STAYS_AWAY
        return np.asarray(stays * (waiting - later) / (STAYS_AWAY + stays * waiting))

    def away_at_chance(self, chance: float) -> Numbers:
        """
        Days away after which the chance that a customer still comes at all falls below *chance*.

        Args:
            chance: Above 0; from the chance right after a visit, `1 - STAYS_AWAY`, on it is too early to miss anybody,
                and 1 in 20 of the next visits is waited for.
        """
        waiting = min(chance * STAYS_AWAY / ((1 - STAYS_AWAY) * max(1 - chance, 1e-9)), _EARLIEST)
        return np.asarray(np.exp(self.middle + np.log((1 - waiting) / waiting) / self.steepness))
