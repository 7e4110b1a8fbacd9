"""Visits: repair orders of one car and one day are one visit (DOM V12, 2.19), and what of them was paid (4.5)."""

from __future__ import annotations

from dataclasses import dataclass, fields, replace

import numpy as np

from xl_retention.domain.coded import Coded
from xl_retention.domain.identity import Identities
from xl_retention.domain.ordering import order_of
from xl_retention.domain.store import Days, Flags, Numbers, Places, Store, Texts

MAINTENANCE = ("首保", "定期保养")
"""Work types of a maintenance visit (DOM 3.6)."""
UNPAID_WORK = ("首保", "索赔", "返修")
"""Work types that count as not paid where the pay type is blank (DOM 4.5)."""
REPAIR = ("一般维修", "事故车")
"""Work types of a general or an accident repair."""


@dataclass(frozen=True)
class Visits:
    """One row per car and day, sorted by car, then day.

    Args:
        car, party: Places in `Identities`; party NOBODY for a walk-in.
        day: Day of the visit.
        checkout: Day the car left; the visit day where none is written.
        in_shop: The car had not left yet.
        odometer: Highest reading, km; NaN where none.
        maintenance: Whether a first service or a maintenance was done.
        repair: Whether a general or an accident repair was done.
        next_date, next_km: Earliest next service date and smallest km written; NaT and NaN where none.
        paid: What the customer paid, yuan (DOM 4.5).
        total: Sum of total_amount, yuan.
    """

    car: Places
    party: Places
    day: Days
    checkout: Days
    in_shop: Flags
    odometer: Numbers
    maintenance: Flags
    repair: Flags
    next_date: Days
    next_km: Numbers
    paid: Numbers
    total: Numbers

    def __len__(self) -> int:
        return len(self.car)

    def known_on(self, day: np.datetime64) -> Visits:
        """The visits as known on an earlier day; a car that left later is still in the shop (DOM V19)."""
        known = np.flatnonzero(self.day <= day)
        visits = Visits(**{field.name: getattr(self, field.name)[known] for field in fields(self)})
        later = visits.checkout > day
        return replace(visits, in_shop=visits.in_shop | later, checkout=np.where(later, visits.day, visits.checkout))

    def first(self, count: int) -> Visits:
        """The first *count* visits."""
        return Visits(**{field.name: getattr(self, field.name)[:count] for field in fields(self)})


def is_any(values: Texts, words: tuple[str, ...]) -> Flags:
    """Where a text is one of *words*."""
    found = np.zeros(len(values), np.bool_)
    for word in words:
        found |= values == word
    return found


def paid_by_customer(work: Coded, pay: Coded, paid: Numbers, total: Numbers) -> Numbers:
    """What the customer paid of each repair order, yuan (DOM 4.5)."""
    like_own = pay.is_any("自费") | (pay.is_any("") & ~work.is_any(*UNPAID_WORK))
    share = np.where(like_own | pay.is_any("保险"), paid, 0.0)
    unknown = np.flatnonzero(np.isnan(share))  # few, as a rule
    share[unknown] = np.where(like_own[unknown], _or_nothing(total[unknown]), 0.0)
    return share


def _or_nothing(amount: Numbers) -> Numbers:
    """Amounts; 0 where none is given."""
    return np.where(np.isnan(amount), 0.0, amount)


def merged_visits(store: Store, identities: Identities) -> Visits:
    """The visits of a store as known on its day; repair orders without date or car are left out (V15)."""
    table = store["service_visit"]
    days = table.days("visit_date")
    cars = identities.visits.car
    usable = (cars >= 0) & ~np.isnat(days)
    if usable.all():
        order = order_of(cars, days.view(np.int64))
    else:
        those = np.flatnonzero(usable)
        order = those[order_of(cars[those], days[those].view(np.int64))]
    car, day = cars[order], days[order]
    is_first = np.ones(len(order), np.bool_)
    is_first[1:] = (car[1:] != car[:-1]) | (day[1:] != day[:-1])
    # Nearly all visits are one order; only the orders of the others are gone through.
    starts = np.flatnonzero(is_first)
    first, car, day = order[starts], car[starts], day[starts]
    joins = ~is_first  # the order before it
    of_several = joins.copy()
    of_several[:-1] |= joins[1:]
    together = order[of_several]
    begins = np.flatnonzero(is_first[of_several])
    several = np.flatnonzero(of_several[starts])
    work = table.words("work_type")
    checkout = table.days("checkout_date")
    leaves = np.where(np.isnat(checkout), days, checkout)
    paid = paid_by_customer(
        work, table.words("pay_type"), table.numbers("paid_amount"), table.numbers("total_amount")
    )

    def merged(function: np.ufunc, column: np.ndarray) -> np.ndarray:
        values = column[first]
        if len(several):
            values[several] = function.reduceat(column[together], begins)
        return values

    return Visits(
        car=car,
        party=merged(np.maximum, identities.visits.party),
        day=day,
        checkout=merged(np.maximum, leaves),
        in_shop=merged(np.logical_or, table.columns.get("in_shop", np.zeros(len(table), np.bool_)).astype(np.bool_)),
        odometer=merged(np.fmax, table.numbers("odometer_in")),
        maintenance=merged(np.logical_or, work.is_any(*MAINTENANCE)),
        repair=merged(np.logical_or, work.is_any(*REPAIR)),
        next_date=merged(np.fmin, table.days("next_service_date")),
        next_km=merged(np.fmin, table.numbers("next_service_km")),
        paid=merged(np.add, paid),
        total=merged(np.add, _or_nothing(table.numbers("total_amount"))),
    )
