"""The base: who stays, who is lost, who comes back, who buys again (DOM K21-K23, K25, K26, K29)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from xl_retention.domain.anchors.laying import narrow_base
from xl_retention.domain.kpis.deliveries import delivered_in
from xl_retention.domain.kpis.past import activity_of, present, spending_of
from xl_retention.domain.kpis.rows import Rows
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import in_period, serviced
from xl_retention.domain.loyalty import (
    GENERAL,
    GONE,
    LOST,
    LOYAL,
    QUASI_LOST,
    STATES,
    is_lost,
    state_numbers,
)
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.ordering import order_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places

NONE = len(STATES)
"""The state of a customer without a car."""


@dataclass(frozen=True)
class _Owned:
    """
    The cars on file that somebody owns, in the order of their owners.

    Args:
        car: Place of each.
        first: Where each owner's cars begin.
        owner: Whose they are; each owner once.
    """

    car: Places
    first: Places
    owner: Places

    @classmethod
    def of(cls, now: Situation) -> _Owned:
        owner = now.identities.owner[: len(now.store.vehicles)]
        order = order_of(owner)
        order = order[owner[order] >= 0]
        sorted_ = owner[order]
        first = np.flatnonzero(np.append(True, sorted_[1:] != sorted_[:-1])[: len(sorted_)])
        return cls(order, first, sorted_[first])

    def any(self, flags: Flags, customers: int) -> Flags:
        """Per customer whether any of the cars is flagged."""
        found = np.zeros(customers, np.bool_)
        if len(self.car):
            found[self.owner] = np.logical_or.reduceat(flags[self.car], self.first)
        return found

    def latest(self, days: Days, customers: int) -> Days:
        """Per customer the latest day of the cars."""
        found = np.full(customers, NO_DAY)
        if len(self.car):
            # As a number a blank is the smallest of all.
            latest = np.maximum.reduceat(days[self.car].view(np.int64), self.first)
            found[self.owner] = latest.view("datetime64[D]")
        return found


def has_car(now: Situation) -> Flags:
    """Customers with any car on file."""
    return now.once(_Owned.of).any(np.ones(len(now.store.vehicles), np.bool_), now.identities.customer_count)


def customer_states(situation: Situation) -> Places:
    """
    Loyalty of each customer on the situation's day as a place in `STATES`; NONE without a car.

    The rule is that of `classes.loyalty_state.classify_customers`, which explains each label and takes longer.
    """
    now, count = present(situation), situation.identities.customer_count
    owned, spent = now.once(_Owned.of), situation.once(spending_of)
    counted = now.cars_in_use & ~situation.delivered_later
    owner = now.identities.owner[: len(counted)]
    car = np.flatnonzero(counted & (owner >= 0))

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(owner[car], weights=values[car], minlength=count)

    states = state_numbers(
        ~owned.any(counted, count),
        owned.latest(np.where(counted, situation.once(activity_of).latest, NO_DAY), count),
        summed(spent.visits),
        summed(spent.amount),
        situation.open_complaint[:count],
        situation.day,
        situation.parameters,
    )
    return np.where(now.once(has_car), states, NONE)


def _base(situation: Situation) -> Flags:
    """Per customer: of the narrow base, which needs a car delivered by the day."""
    now = present(situation)
    delivered = now.once(narrow_base) & ~np.isnat(situation.once(activity_of).delivered)
    return now.once(_Owned.of).any(delivered, situation.identities.customer_count)


def _in(states: Places, *words: str) -> Flags:
    wanted = np.array([word in words for word in (*STATES.tolist(), "")], np.bool_)  # NONE comes last
    return wanted[states]


def base_at_end(view: View) -> Rows:
    """The narrow base at the end of what is counted, without customers all of whose cars are gone."""
    then = view.then
    return view.flagged_customers(then.once(_base) & ~_in(then.once(customer_states), GONE))


def in_state(words: tuple[str, ...], view: View) -> Rows:
    """Of the base the customers in some states."""
    base = view.once(base_at_end)
    return base.where(_in(view.then.once(customer_states)[base.places], *words))


STAYING: Callable[[View], Rows] = partial(in_state, (LOYAL, GENERAL))
QUASI: Callable[[View], Rows] = partial(in_state, (QUASI_LOST,))
GONE_FOR_GOOD: Callable[[View], Rows] = partial(in_state, (LOST,))


def of_states(view: View, on: Situation, *words: str) -> Rows:
    """Customers of the narrow base of a day who were in some states on it."""
    return view.flagged_customers(on.once(_base) & _in(on.once(customer_states), *words))


def lost_at_start(view: View) -> Rows:
    """Customers of the narrow base who were quasi-lost or lost on the day before P."""
    return of_states(view, view.eve, QUASI_LOST, LOST)


def won_back(view: View) -> Rows:
    """Of these the ones who came in P."""
    return view.once(lost_at_start).among(view.once(serviced).places)


def active_cars(view: View) -> Rows:
    """Cars in use of the narrow base, delivered and not lost at the end of what is counted."""
    then = view.then
    activity = then.once(activity_of)
    base = np.append(then.once(_base), False)[view.car_owner]
    lost = is_lost(activity.latest, then.day, then.parameters)
    return view.flagged_cars(base & view.now.cars_in_use & ~np.isnat(activity.delivered) & ~lost)


def active_cars_seen(view: View) -> Rows:
    """Of these the ones with a visit in P."""
    return view.once(active_cars).among(view.visits.car[view.once(in_period)])


def base_at_start(view: View) -> Rows:
    """The narrow base on the day before P."""
    return view.flagged_customers(view.eve.once(_base))


def bought_again(view: View) -> Rows:
    """Of these the ones who got another car in P."""
    owner = view.car_owner[view.once(delivered_in)]
    return view.once(base_at_start).among(owner)
