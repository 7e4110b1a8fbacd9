"""The lapse score in a sentence: `4 visits, usually 182 days apart, the last 210 days ago: 62 % chance of …`."""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from xl_retention.domain.lapse.score import Score
from xl_retention.sheets.wording import say


def percent(chance: float) -> int:
    """In whole per cent, half up."""
    return int(chance * 100 + 0.5)


def why_score(score: Score, place: int, months: int, language: str) -> str:
    """
    The sentence for one customer.

    Args:
        place: In the score.
        months: How far ahead it looks.
    """
    visits = int(score.visits[place])
    return say(
        "lapse_why" if visits > 1 else "lapse_why_one",
        language,
        visits=visits,
        interval=int(score.interval[place] + 0.5),
        away=int(score.away[place]),
        chance=percent(float(score.chance[place])),
        months=months,
    )


def why_scores(score: Score, customers: Iterable[int], months: int, language: str) -> dict[int, str]:
    """The sentences of some customers (places in the store) by their places; whoever never came has none."""
    places = dict(zip(score.who.tolist(), range(len(score)), strict=True))
    return {
        customer: why_score(score, places[customer], months, language) for customer in customers if customer in places
    }


def percents(score: Score, count: int) -> list[int | None]:
    """The chance of each of *count* customers in whole per cent; None for whoever never came."""
    return [None if np.isnan(chance) else percent(chance) for chance in score.spread(count).tolist()]
