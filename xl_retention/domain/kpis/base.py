"""The base: who stays, who is lost, who comes back, who buys again (DOM K21-K23, K25, K26, K29)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

import numpy as np

from xl_retention.domain.anchors.laying import narrow_base
from xl_retention.domain.dates import add_months
from xl_retention.domain.kpis.deliveries import delivered_in
from xl_retention.domain.kpis.history import BLANK, History
from xl_retention.domain.kpis.past import present
from xl_retention.domain.kpis.rows import Rows
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import in_period, serviced
from xl_retention.domain.ordering import order_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places

_NEVER = np.iinfo(np.int64).max


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

    def highest(self, values: Places, customers: int) -> Places:
        """Per customer the highest value of the cars; `NO_CAR` without one."""
        found = np.full(customers, NO_CAR)
        if len(self.car):
            found[self.owner] = np.maximum.reduceat(values[self.car], self.first)
        return found


def _owned(now: Situation) -> _Owned:
    return _Owned.of(now)


class Standing(IntEnum):
    """How far a customer's loyalty goes (DOM 4.8); rates do not ask who of the staying is 忠诚 and who 一般."""

    NO_CAR = 0
    GONE = 1
    UNKNOWN = 2
    LOST = 3
    QUASI_LOST = 4
    STAYING = 5


# In the place of a customer's last activity; all lie before any day.
NO_CAR, ALL_GONE, NO_ACTIVITY = BLANK, BLANK + 1, BLANK + 2


@dataclass(frozen=True)
class Standings:
    """
    The customers' standings on a day; `classes.loyalty_state` tells the whole state, and why.

    Args:
        latest: Last activity of each customer's cars in use; NO_CAR, ALL_GONE or NO_ACTIVITY.
        from_: By standing the first such day; it ends where the next one begins.
    """

    latest: Places
    from_: tuple[int, ...]

    @classmethod
    def on(cls, situation: Situation) -> Standings:
        """Those of a situation's day."""
        now, day = present(situation), situation.day
        counted = now.cars_in_use & (now.once(_known_from) <= day.astype(np.int64))
        activity = np.where(counted, np.maximum(situation.once(_activity), NO_ACTIVITY), ALL_GONE)
        latest = now.once(_owned).highest(activity, now.identities.customer_count)
        lost, quasi = (_within(months, situation) for months in ("lost_months", "quasi_lost_months"))
        return cls(latest, (NO_CAR, ALL_GONE, NO_ACTIVITY, NO_ACTIVITY + 1, lost, max(lost, quasi), _NEVER))

    def are(self, first: Standing, last: Standing | None = None) -> Flags:
        """Customers whose standing is *first*, or lies between it and *last*."""
        end = self.from_[(first if last is None else last) + 1]
        return np.asarray((self.latest >= self.from_[first]) & (self.latest < end))


def _activity(situation: Situation) -> Places:
    return present(situation).once(History).last_activity(situation.day)


def _known_from(now: Situation) -> Places:
    return now.once(History).known_from


def _within(months: str, situation: Situation) -> int:
    """The first day, as a number, since which not more than so many months have passed (DOM V5)."""
    day, number = situation.day, situation.parameters.integer(months)
    near = add_months(np.array([day]), -number) + np.arange(4)  # so many months after a month's end may fall short
    return int(near[add_months(near, number) >= day][0].astype(np.int64))


def _base_since(now: Situation) -> Places:
    """Per customer, and last for nobody, the day from which he is of the narrow base: that of its first car."""
    known = now.once(_known_from)
    cars = np.where(now.once(narrow_base) & (known != BLANK), -known, NO_CAR)
    since = now.once(_owned).highest(cars, now.identities.customer_count)
    return np.append(np.where(since == NO_CAR, _NEVER, -since), _NEVER)


def _base(situation: Situation) -> Flags:
    """Per customer: of the narrow base on the situation's day."""
    return np.asarray(present(situation).once(_base_since)[:-1] <= situation.day.astype(np.int64))


def _active_since(now: Situation) -> Places:
    """Per car the day from which it is one of the narrow base, delivered, if it is in use."""
    known = now.once(_known_from)
    owner = now.identities.owner[: len(known)]
    since = np.maximum(now.once(_base_since)[owner], known)
    return np.where(now.cars_in_use & (known != BLANK), since, _NEVER)


def base_at_end(view: View) -> Rows:
    """The narrow base at the end of what is counted, without customers all of whose cars are gone."""
    then = view.then
    return view.flagged_customers(then.once(_base) & ~then.once(Standings.on).are(Standing.GONE))


def of_standing(standing: Standing, view: View) -> Rows:
    """Of the base the customers of a standing."""
    return of_base_on(view, view.then, standing)


STAYING: Callable[[View], Rows] = partial(of_standing, Standing.STAYING)
QUASI: Callable[[View], Rows] = partial(of_standing, Standing.QUASI_LOST)
GONE_FOR_GOOD: Callable[[View], Rows] = partial(of_standing, Standing.LOST)


def of_base_on(view: View, on: Situation, first: Standing, last: Standing | None = None) -> Rows:
    """Customers of the narrow base of a day whose standing on it was *first*, or lay between it and *last*."""
    return view.flagged_customers(on.once(_base) & on.once(Standings.on).are(first, last))


def lost_at_start(view: View) -> Rows:
    """Customers of the narrow base who were quasi-lost or lost on the day before P."""
    return of_base_on(view, view.eve, Standing.LOST, Standing.QUASI_LOST)


def won_back(view: View) -> Rows:
    """Of these the ones who came in P."""
    return view.once(lost_at_start).among(view.once(serviced).places)


def active_cars(view: View) -> Rows:
    """Cars in use of the narrow base, delivered and not lost at the end of what is counted."""
    then = view.then
    active = view.now.once(_active_since) <= then.day.astype(np.int64)
    return view.flagged_cars(active & (then.once(_activity) >= _within("lost_months", then)))


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
