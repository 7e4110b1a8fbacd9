"""Return rate and follow-up rate of rows that were chosen before (DOM 5.1, 5.6)."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Literal, get_args

import numpy as np

from xl_retention.domain.store import Days, Flags, Places

ReturnBasis = Literal["customers", "visits", "visits_any"]
RETURN_BASES: tuple[ReturnBasis, ...] = get_args(ReturnBasis)


@dataclass(frozen=True)
class Ratio:
    """A share of counted rows; without any row in the denominator there is no data (DOM V11)."""

    numerator: float
    denominator: float

    @property
    def value(self) -> float | None:
        """The share, unrounded (DOM V10); None is no data."""
        return self.numerator / self.denominator if self.denominator else None


def share(counted: Flags, good: Flags) -> Ratio:
    """The good ones among the rows that are counted."""
    return Ratio(int((counted & good).sum()), int(counted.sum()))


def return_rate(customer: Places, day: Days, first: np.datetime64, last: np.datetime64, basis: ReturnBasis) -> Ratio:
    """
    Share of customers, or of visits, that come from somebody who came before (DOM K01, T59).

    Args:
        customer, day: One entry per visit (DOM V12), in any order.
        first, last: The period, both days included.
        basis: `customers` counts customers with a visit before *first*; `visits` their visits; `visits_any`
            visits with any earlier visit, be it in the period.
    """
    inside = (day >= first) & (day <= last)
    known = customer[day < first]
    came = customer[inside]
    if basis == "customers":
        different = np.unique(came)
        return Ratio(int(np.isin(different, known).sum()), len(different))
    if basis == "visits":
        return Ratio(int(np.isin(came, known).sum()), len(came))
    count = int(customer.max(initial=-1)) + 1
    first_ever = np.full(count, np.iinfo(np.int64).max)
    np.minimum.at(first_ever, customer, day.astype(np.int64))
    return Ratio(int((day[inside].astype(np.int64) > first_ever[came]).sum()), len(came))


def follow_up_rate(
    contact: Places, due: Days, done: Flags, first: np.datetime64, last: np.datetime64, as_of: np.datetime64
) -> Ratio:
    """
    Share of the due contacts that were made, whenever it was (as DOM K05 counts, by the month of the due day).

    Args:
        contact: Which due contact each attempt belongs to; attempts with the same number and due day are one.
        due: Last day on which the contact is on time; it counts from the day after on. NaT is none.
        done: Whether the attempt reached the customer.
        first, last: The period of the due days, both included.
        as_of: The day of counting.
    """
    counted = (due >= first) & (due <= last) & (due < as_of)
    contacts = np.stack([contact[counted], due[counted].astype(np.int64)])
    _, place = np.unique(contacts, axis=1, return_inverse=True)
    place = place.reshape(-1)  # numpy 2.0 alone keeps the axis
    count = int(place.max(initial=-1)) + 1
    reached = np.zeros(count, np.bool_)
    reached[place[done[counted]]] = True
    return Ratio(int(reached.sum()), count)
