"""Labels of a customer made from those of the cars (DOM 4, common rules)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from xl_retention.domain.classes.scheme import Classified, Scheme, Subject, chosen_labels
from xl_retention.domain.situation import Situation


def best_of_cars(scheme: Scheme) -> Callable[[Situation], Classified]:
    """
    The most favourable label among a customer's cars, with that car's inputs; "" for a customer without cars.

    Of a scheme with several labels a car, a customer carries all that any car has, in the order of the scheme.
    Loyalty is not made so, but judged once for the customer: `loyalty_state.classify_customers`.
    """
    assert scheme.subject is Subject.CAR
    return partial(_all if scheme.several else _best, scheme)


def _best(scheme: Scheme, situation: Situation) -> Classified:
    of_cars = scheme.of(situation)
    cars, count = len(of_cars), situation.identities.customer_count
    owner = situation.identities.owner[:cars]
    rank = np.full(cars, len(scheme.labels))
    for word, place in scheme.ranks.items():
        rank[of_cars.labels == word] = place
    chosen = np.full(count, -1, np.int64)
    order = np.lexsort((np.arange(cars), rank))[::-1]  # the best, and of equals the first, is written last
    owned = order[owner[order] >= 0]
    chosen[owner[owned]] = owned
    return of_cars.at(chosen, "")


def _all(scheme: Scheme, situation: Situation) -> Classified:
    of_cars = scheme.of(situation)
    owner = situation.identities.owner[: len(of_cars)]
    carried = np.zeros((situation.identities.customer_count, len(scheme.labels)), np.bool_)
    for word, place in scheme.ranks.items():
        carry = np.array([word in labels for labels in of_cars.labels], np.bool_) & (owner >= 0)
        carried[owner[carry], place] = True
    return Classified(chosen_labels(scheme.labels, carried))
