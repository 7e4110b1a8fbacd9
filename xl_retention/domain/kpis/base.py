"""The base: who stays, who is lost, who comes back, who buys again (DOM K21-K23, K25, K26, K29)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from xl_retention.domain.anchors.laying import narrow_base
from xl_retention.domain.classes.loyalty_state import classify_customers
from xl_retention.domain.kpis.rows import Rows
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import in_period, serviced
from xl_retention.domain.loyalty import GENERAL, GONE, LOST, LOYAL, QUASI_LOST, in_use
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Texts
from xl_retention.domain.visits import is_any


def _states(situation: Situation) -> Texts:
    """Loyalty of each customer on the situation's day; "" without a car."""
    return situation.once(classify_customers).labels


def _base(situation: Situation) -> Flags:
    """Per customer: of the narrow base, which needs a car delivered by the day."""
    owner = situation.identities.owner[: len(situation.store.vehicles)]
    delivered = narrow_base(situation) & ~np.isnat(situation.service.delivered)
    flags = np.zeros(situation.identities.customer_count, np.bool_)
    flags[owner[delivered & (owner >= 0)]] = True
    return flags


def base_at_end(view: View) -> Rows:
    """The narrow base at the end of what is counted, without customers all of whose cars are gone."""
    return view.flagged_customers(_base(view.then) & (_states(view.then) != GONE))


def in_state(words: tuple[str, ...], view: View) -> Rows:
    """Of the base the customers in some states."""
    base = view.once(base_at_end)
    return base.where(is_any(_states(view.then)[base.places], words))


STAYING: Callable[[View], Rows] = partial(in_state, (LOYAL, GENERAL))
QUASI: Callable[[View], Rows] = partial(in_state, (QUASI_LOST,))
GONE_FOR_GOOD: Callable[[View], Rows] = partial(in_state, (LOST,))


def lost_at_start(view: View) -> Rows:
    """Customers of the narrow base who were quasi-lost or lost on the day before P."""
    return view.flagged_customers(_base(view.eve) & is_any(_states(view.eve), (QUASI_LOST, LOST)))


def won_back(view: View) -> Rows:
    """Of these the ones who came in P."""
    return view.once(lost_at_start).among(view.once(serviced).places)


def active_cars(view: View) -> Rows:
    """Cars in use of the narrow base, delivered and not lost at the end of what is counted."""
    then = view.then
    base = np.append(_base(then), False)[view.car_owner]
    active = in_use(then.store.vehicles.texts("vehicle_status")) & ~np.isnat(then.service.delivered)
    return view.flagged_cars(base & active & (then.loyalty != LOST))


def active_cars_seen(view: View) -> Rows:
    """Of these the ones with a visit in P."""
    return view.once(active_cars).among(view.visits.car[view.once(in_period)])


def base_at_start(view: View) -> Rows:
    """The narrow base on the day before P."""
    return view.flagged_customers(_base(view.eve))


def bought_again(view: View) -> Rows:
    """Of these the ones who got another car in P."""
    owner = view.car_owner[view.asked.holds(view.now.service.delivered)]
    return view.once(base_at_start).among(owner)
