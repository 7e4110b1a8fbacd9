"""Ratio check: how large the value tiers are, beside how large the store wants them (DOM 4.5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain import tiers
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.store import Texts


@dataclass(frozen=True)
class TierShare:
    """
    One tier.

    Args:
        count: Cars in it.
        share: Of all cars with a tier, 0 to 1; None without any (DOM V11).
        target: The share that the store wants, 0 to 1.
    """

    value_tier: str
    count: int
    share: float | None
    target: float


def ratio_check(labels: Texts, parameters: Parameters) -> tuple[TierShare, ...]:
    """Actual against wanted shares of the three tiers, the best first; 未知 is not counted."""
    high, middle = parameters.number("tier_target_hi"), parameters.number("tier_target_mid")
    targets = {tiers.HIGH: high, tiers.MIDDLE: middle, tiers.LOW: 100 - high - middle}
    counts = {tier: int(np.count_nonzero(labels == tier)) for tier in targets}
    total = sum(counts.values())
    return tuple(
        TierShare(tier, counts[tier], counts[tier] / total if total else None, target / 100)
        for tier, target in targets.items()
    )
