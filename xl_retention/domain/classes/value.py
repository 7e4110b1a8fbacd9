"""Value tiers as a scheme (DOM 4.5); the rule itself is `domain.tiers`."""

from __future__ import annotations

import numpy as np

from xl_retention.domain import tiers
from xl_retention.domain.classes.scheme import NOT_KNOWN, Classified, Label
from xl_retention.domain.situation import Situation

LABELS = (
    Label(tiers.HIGH, "High value", ("Dedicated service of constant quality; VIP plan", "持续优质、专属服务；VIP方案")),
    Label(tiers.MIDDLE, "Average value", ("Standard products, better channels, lift to the higher tier", "标准产品，优化渠道，提升层级")),
    Label(tiers.LOW, "Low value", ("Offers, more visits and higher bills; low-cost channels", "优惠促进频次与客单价；低成本渠道")),
    NOT_KNOWN,
)  # fmt: skip


def classify(situation: Situation) -> Classified:
    """The tier of each listed car."""
    spent = situation.spending
    known = situation.store["service_visit"].present
    bought = spent.visits > 0
    ticket = np.where(bought, spent.amount / np.where(bought, spent.visits, 1), np.nan)
    regular = spent.gaps > 0
    interval = np.where(regular, spent.span_days / np.where(regular, spent.gaps, 1), np.nan)
    total = tiers.scores(spent, situation.store.vehicles.texts("series"), situation.parameters)
    by_rank = situation.parameters.choice("tier_mode") != "absolute"

    def seen(column: np.ndarray) -> np.ndarray:
        return np.where(known, column, np.nan)

    return Classified(
        situation.value_tier,
        {
            "visits": seen(spent.visits),
            "amount": seen(spent.amount),
            "ticket": seen(ticket),
            "interval": seen(interval),
            "score": seen(total),
            "by_rank": np.full(len(total), by_rank and known),
        },
    )
