"""Visits: repair orders of one car and one day are one visit (DOM V12, 2.19), and what of them was paid (4.5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.identity import Identities
from xl_retention.domain.store import Days, Flags, Numbers, Places, Store, Texts

MAINTENANCE = ("首保", "定期保养")
"""Work types of a maintenance visit (DOM 3.6)."""
UNPAID_WORK = ("首保", "索赔", "返修")
"""Work types that count as not paid where the pay type is blank (DOM 4.5)."""


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


def is_any(values: Texts, words: tuple[str, ...]) -> Flags:
    """Where a text is one of *words*."""
    found = np.zeros(len(values), np.bool_)
    for word in words:
        found |= values == word
    return found


def paid_by_customer(work: Texts, pay: Texts, paid: Numbers, total: Numbers) -> Numbers:
    """What the customer paid of each repair order, yuan (DOM 4.5)."""
    own = np.where(np.isnan(paid), np.nan_to_num(total), np.nan_to_num(paid))
    own_share = np.nan_to_num(paid)
    like_own = (pay == "自费") | ((pay == "") & ~is_any(work, UNPAID_WORK))
    return np.where(like_own, own, np.where(pay == "保险", own_share, 0.0))


def merged_visits(store: Store, identities: Identities) -> Visits:
    """The visits of a store as known on its day; repair orders without date or car are left out (V15)."""
    table = store["service_visit"]
    days = table.days("visit_date")
    cars = identities.visits.car
    usable = np.flatnonzero((cars >= 0) & ~np.isnat(days))
    order = usable[np.lexsort((days[usable].astype(np.int64), cars[usable]))]
    car, day = cars[order], days[order]
    starts = np.flatnonzero(
        np.concatenate([np.ones(min(len(order), 1), np.bool_), (car[1:] != car[:-1]) | (day[1:] != day[:-1])])
    )
    work = table.texts("work_type")
    checkout = table.days("checkout_date")
    leaves = np.where(np.isnat(checkout), days, checkout)[order]
    still_in = table.columns.get("in_shop", np.zeros(len(table), np.bool_))[order]
    paid = paid_by_customer(
        work, table.texts("pay_type"), table.numbers("paid_amount"), table.numbers("total_amount")
    )
    next_date = table.days("next_service_date")[order].astype(np.int64)
    missing = np.iinfo(np.int64).min
    earliest = np.where(next_date == missing, np.iinfo(np.int64).max, next_date)

    def group(function: np.ufunc, values: np.ndarray) -> np.ndarray:
        return function.reduceat(values, starts) if len(starts) else values[:0]

    first_next = group(np.minimum, earliest)
    first_next = np.where(first_next == np.iinfo(np.int64).max, missing, first_next).astype("datetime64[D]")
    return Visits(
        car=car[starts],
        party=group(np.maximum, identities.visits.party[order]),
        day=day[starts],
        checkout=group(np.maximum, leaves.astype(np.int64)).astype("datetime64[D]"),
        in_shop=group(np.logical_or, still_in.astype(np.bool_)),
        odometer=group(np.fmax, table.numbers("odometer_in")[order]),
        maintenance=group(np.logical_or, is_any(work, MAINTENANCE)[order]),
        repair=group(np.logical_or, is_any(work, ("一般维修", "事故车"))[order]),
        next_date=first_next,
        next_km=group(np.fmin, table.numbers("next_service_km")[order]),
        paid=group(np.add, paid[order]),
        total=group(np.add, np.nan_to_num(table.numbers("total_amount"))[order]),
    )
