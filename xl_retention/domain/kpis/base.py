"""The base: who stays, who is lost, who comes back, who buys again (DOM K21-K23, K25, K26, K29)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import IntEnum
from functools import partial

import numpy as np

from xl_retention.domain.anchors.laying import narrow_base
from xl_retention.domain.dates import add_months
from xl_retention.domain.kpis.changes import Backwards, changed_between
from xl_retention.domain.kpis.deliveries import delivered_in
from xl_retention.domain.kpis.history import ACTIVE, BLANK, History
from xl_retention.domain.kpis.joining import spread
from xl_retention.domain.kpis.past import present
from xl_retention.domain.kpis.rows import Rows, marked
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import in_period, serviced
from xl_retention.domain.ordering import Whole, order_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places

_NEVER = int(np.iinfo(np.int32).max)


@dataclass(frozen=True)
class _Owned:
    """
    The cars on file that somebody owns, in the order of their owners.

    Args:
        car: Place of each.
        first: Where each customer's cars begin, and at last their number.
    """

    car: Places
    first: Places

    @classmethod
    def of(cls, now: Situation) -> _Owned:
        owner = now.identities.owner[: len(now.store.vehicles)]
        order = order_of(owner)
        return cls(order, np.searchsorted(owner[order], np.arange(now.identities.customer_count + 1)))

    def highest(self, customers: Places, value_of: Callable[[Places], Whole]) -> Whole:
        """For each of some customers the highest value of their cars; `NO_CAR` without one."""
        first, beyond = self.first[customers], self.first[customers + 1]
        _, car = spread(first, beyond, self.car)
        number = beyond - first
        starts, some = np.cumsum(number) - number, np.flatnonzero(number)
        found = np.full(len(customers), NO_CAR, np.int32)
        if len(some):
            found[some] = np.maximum.reduceat(value_of(car), starts[some])
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

    latest: Whole
    from_: tuple[int, ...]

    @classmethod
    def on(cls, situation: Situation) -> Standings:
        """Those of a situation's day."""
        latest = present(situation).once(_latest).on(situation.day)
        lost, quasi = (_within(months, situation) for months in ("lost_months", "quasi_lost_months"))
        return cls(latest, (NO_CAR, ALL_GONE, NO_ACTIVITY, NO_ACTIVITY + 1, lost, max(lost, quasi), _NEVER))

    def are(self, first: Standing, last: Standing | None = None) -> Flags:
        """Customers whose standing is *first*, or lies between it and *last*."""
        end = self.from_[(first if last is None else last) + 1]
        return np.asarray((self.latest >= self.from_[first]) & (self.latest < end))


def _latest(now: Situation) -> Backwards:
    """Last activity of each customer's cars in use on any day; NO_CAR, ALL_GONE or NO_ACTIVITY."""
    owned, owner, known, used = now.once(_owned), now.identities.owner, now.once(_known_from), now.cars_in_use

    def work_out(customers: Places, day: np.datetime64) -> Whole:
        active, number = now.once(History).last_activity(day), int(day.astype(np.int64))

        def of_cars(car: Places) -> Whole:
            counted = used[car] & (known[car] <= number)
            return np.where(counted, np.maximum(active[car], NO_ACTIVITY), ALL_GONE).astype(np.int32)

        return owned.highest(customers, of_cars)

    def changed(day: np.datetime64, later: np.datetime64) -> Places:
        owners = owner[changed_between(now, day, later, ACTIVE)]
        return np.flatnonzero(marked(owners[owners >= 0], now.identities.customer_count))

    return Backwards(now.identities.customer_count, work_out, changed)


def _activity(situation: Situation) -> Whole:
    return present(situation).once(History).last_activity(situation.day)


def _known_from(now: Situation) -> Whole:
    return now.once(History).known_from


def _within(months: str, situation: Situation) -> int:
    """The first day, as a number, since which not more than so many months have passed (DOM V5)."""
    day, number = situation.day, situation.parameters.integer(months)
    near = add_months(np.array([day]), -number) + np.arange(4)  # so many months after a month's end may fall short
    return int(near[add_months(near, number) >= day][0].astype(np.int64))


def _base_since(now: Situation) -> Whole:
    """Per customer, and last for nobody, the day from which he is of the narrow base: that of its first car."""
    known = now.once(_known_from)
    cars = np.where(now.once(narrow_base) & (known != BLANK), -known, NO_CAR)
    since = now.once(_owned).highest(np.arange(now.identities.customer_count), cars.__getitem__)
    return np.append(np.where(since == NO_CAR, _NEVER, -since), _NEVER)


def _base(situation: Situation) -> Flags:
    """Per customer: of the narrow base on the situation's day."""
    return np.asarray(present(situation).once(_base_since)[:-1] <= situation.day.astype(np.int64))


def _active_since(now: Situation) -> Whole:
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
