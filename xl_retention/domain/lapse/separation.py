"""How well a value tells those who came from those who did not: AUC with its interval, the top tenth, calibration."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.dates import half_up_ratio
from xl_retention.domain.store import Flags, Numbers, Places

RESAMPLES = 300
SEED = 20260101
INTERVAL = (2.5, 97.5)
"""Percentiles of the resampled AUCs: the 95 per cent interval."""
GROUPS = 10


@dataclass(frozen=True)
class Ranking:
    """
    A value per customer, in rising order, beside who came.

    Args:
        order: Places of the customers.
        starts: Where each different value begins in that order.
        came: Who came, in that order.
    """

    order: Places
    starts: Places
    came: Flags

    @classmethod
    def of(cls, values: Numbers, came: Flags) -> Ranking:
        """Ranked by *values*; there must be one."""
        order = np.argsort(values, kind="stable")
        ranked = values[order]
        return cls(order, np.flatnonzero(np.append(True, ranked[1:] != ranked[:-1])), came[order])

    def auc(self, weights: Places | None = None) -> float:
        """
        Chance that of one who came and one who did not the first has the larger value; equal ones count half.

        Args:
            weights: How often each customer counts, in the customers' order; once if left out.
        """
        weight = np.ones(len(self.order), np.int64) if weights is None else weights[self.order]
        came = np.add.reduceat(weight * self.came, self.starts)
        others = np.add.reduceat(weight, self.starts) - came
        pairs = float(came.sum()) * float(others.sum())
        if not pairs:
            return float("nan")
        below = np.cumsum(others) - others
        return float((came * (below + others / 2)).sum() / pairs)

    def top_hits(self) -> float:
        """Share of the tenth with the largest values who came; of equals at its edge the average share counts."""
        count = max(half_up_ratio(len(self.order), GROUPS), 1)
        edge = int(self.starts[np.searchsorted(self.starts, len(self.order) - count, side="right") - 1])
        end = int(np.append(self.starts, len(self.order))[np.searchsorted(self.starts, edge, side="right")])
        above = int(self.came[end:].sum())
        wanted = count - (len(self.order) - end)
        return (above + wanted * float(self.came[edge:end].mean())) / count

    def groups(self) -> list[Places]:
        """Places of the customers in up to ten groups of rising value, about equally large; equals stay together."""
        wanted = np.arange(1, GROUPS) * len(self.order) / GROUPS
        cuts = np.unique(self.starts[np.minimum(np.searchsorted(self.starts, wanted), len(self.starts) - 1)])
        return [group for group in np.split(self.order, cuts) if len(group)]


@dataclass(frozen=True)
class Group:
    """
    Customers of about one value.

    Args:
        predicted: Share expected to come; None where the past is too short to say.
        observed: Share that came.
    """

    customers: int
    predicted: float | None
    observed: float


@dataclass(frozen=True)
class Separation:
    """What a method is worth; `auc_low` and `auc_high` hold 95 of 100 resamples of the customers."""

    auc: float
    auc_low: float
    auc_high: float
    top_tenth_hit: float
    calibration: tuple[Group, ...]

    @classmethod
    def of(cls, values: Numbers, chances: Numbers | None, came: Flags) -> Separation:
        """
        Judged on one set of customers; the resamples are the same for each method.

        Args:
            values: The larger, the surer to come.
            chances: What the method expects.
            came: Who came; some must have come, and some not.
        """
        ranking = Ranking.of(values, came)
        dice = np.random.default_rng(SEED)
        count = len(values)
        again = [ranking.auc(np.bincount(dice.integers(0, count, count), minlength=count)) for _ in range(RESAMPLES)]
        low, high = np.nanpercentile(again, INTERVAL)
        calibration = tuple(
            Group(
                len(group),
                None if chances is None else float(chances[group].mean()),
                float(came[group].mean()),
            )
            for group in ranking.groups()
        )
        return cls(ranking.auc(), float(low), float(high), ranking.top_hits(), calibration)
