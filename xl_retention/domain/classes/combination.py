"""Labels combined into a filter: the customers with a car that carries all of them (DOM 4.14)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.classes.scheme import Scheme, Subject
from xl_retention.domain.classes.schemes import on_cars
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Texts


@dataclass(frozen=True)
class Condition:
    """
    One part of a filter.

    Args:
        scheme: Of cars or of customers.
        words: Labels of which one is enough.
    """

    scheme: Scheme
    words: frozenset[str]

    def holds(self, labels: Texts) -> Flags:
        """For which entries of the scheme's labels it is true."""
        if self.scheme.several:
            return np.array([not self.words.isdisjoint(each) for each in labels], np.bool_)
        return np.isin(labels.astype(str), list(self.words))


def customers_with(conditions: Sequence[Condition], situation: Situation) -> Flags:
    """
    Which customers fit: one car fits all the conditions about cars, its owner those about customers.

    Without a condition about cars the customer alone is looked at, so one without a car can fit too.
    """
    of_customers = np.ones(situation.identities.customer_count, np.bool_)
    if not any(each.scheme.subject is Subject.CAR for each in conditions):
        for each in conditions:
            of_customers &= each.holds(each.scheme.of(situation).labels)
        return of_customers
    owner = situation.identities.owner[: len(situation.store.vehicles)]
    fits: Flags = owner >= 0
    for each in conditions:
        fits &= each.holds(on_cars(each.scheme, situation).labels)
    found = np.zeros(len(of_customers), np.bool_)
    found[owner[fits]] = True
    return found
