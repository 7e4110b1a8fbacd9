"""A chance learnt from examples: logistic regression, drawn towards what is held true beforehand."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.store import Flags, Numbers

STRENGTH = 200.0
"""How firmly the weights are held where they began, in examples of variance 1."""
MOST_STEPS, LONGEST_STEP, ENOUGH = 12, 2.0, 0.05
_LEAST_WEIGHT = 0.01
"""Keeps a step finite where all examples are told apart."""


def chance(log_odds: Numbers) -> Numbers:
    """The chance with these odds."""
    return np.asarray(1 / (1 + np.exp(-np.clip(log_odds, -30, 30))))


@dataclass(frozen=True)
class Learnt:
    """Weights of the signs, on their own scale, and the constant."""

    weights: Numbers
    constant: float

    def chances(self, signs: Numbers) -> Numbers:
        """One chance per row of signs."""
        return chance(signs @ self.weights + self.constant)

    @classmethod
    def of(cls, signs: Numbers, came: Flags) -> Learnt:
        """
        Learns from examples.

        Args:
            signs: A row per example. The first sign is the log odds expected beforehand: its weight begins at 1,
                those of the others at 0.
            came: How each example turned out; there must be one.
        """
        mean, scale = signs.mean(axis=0), signs.std(axis=0)
        scale = np.where(scale > 1e-9, scale, 1.0)
        rows = np.column_stack([(signs - mean) / scale, np.ones(len(signs))])
        share = (came.sum() + 0.5) / (len(came) + 1)
        begun = np.zeros(rows.shape[1])
        begun[0], begun[-1] = scale[0], np.log(share / (1 - share))
        hold = np.full(len(begun), STRENGTH)
        hold[-1] = 1e-3
        weights = begun.copy()
        for _ in range(MOST_STEPS):
            expected = chance(rows @ weights)
            bend = (rows * np.maximum(expected * (1 - expected), _LEAST_WEIGHT)[:, None]).T @ rows + np.diag(hold)
            step = np.linalg.solve(bend, rows.T @ (came - expected) - hold * (weights - begun))
            longest = np.abs(step).max()
            weights = weights + step * min(1.0, LONGEST_STEP / max(longest, ENOUGH))
            if longest < ENOUGH:
                break
        own = weights[:-1] / scale
        return cls(own, float(weights[-1] - own @ mean))
