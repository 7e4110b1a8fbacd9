"""The rows behind a figure: a set of customers, cars, visits or other things, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

import numpy as np

from xl_retention.domain.store import Flags, Places


class Subject(Enum):
    """What a row of the set is."""

    CUSTOMER = "customer"
    VEHICLE = "vehicle"
    VISIT = "visit"
    EVENT = "visit or delivery"
    CONTACT = "contact"
    ITEM = "due contact"
    BOOKING = "booking"
    COMPLAINT = "complaint"
    PROSPECT = "prospect"
    RECORD = "customer or prospect"
    EXPIRY = "expiry"
    REFERRAL = "referral"
    INVITATION = "invitation"


def distinct(places: Places, count: int) -> Places:
    """Different places below *count*, rising."""
    flags = np.zeros(count, np.bool_)
    flags[places] = True
    return np.flatnonzero(flags)


Named = Callable[[Places], list[str]]


@dataclass(frozen=True, eq=False)
class Rows:
    """A set of rows.

    Args:
        subject: What each is.
        places: Where they stand, rising, each once; what a place means depends on the subject.
        named: Their names by place: customer_id, VIN, due key …
    """

    subject: Subject
    places: Places
    named: Named

    def __len__(self) -> int:
        return len(self.places)

    @property
    def ids(self) -> list[str]:
        """The names of the rows, in their order."""
        return self.named(self.places)

    def where(self, kept: Flags) -> Rows:
        """The rows for which *kept*, one flag per row, is true."""
        return Rows(self.subject, self.places[kept], self.named)

    def among(self, places: Places) -> Rows:
        """The rows that are among *places* too."""
        return self.where(self._are_in(places))

    def without(self, other: Rows) -> Rows:
        """The rows that are not in another set of the same subject."""
        return self.where(~self._are_in(other.places))

    def _are_in(self, places: Places) -> Flags:
        beyond = int(self.places.max(initial=-1)) + 1
        flags = np.zeros(beyond, np.bool_)
        flags[places[(places >= 0) & (places < beyond)]] = True
        return flags[self.places]


@dataclass(frozen=True)
class Amount:
    """A number that is no count of rows: money, a number typed by the store.

    Args:
        number: None where it is not known.
        rows: What it was added up over, if anything.
    """

    number: float | None
    rows: Rows | None = None


Term = Rows | Amount | None
"""A numerator or a denominator; None is unknown."""


def number_of(term: Term) -> float | None:
    """How many rows, or the amount."""
    if isinstance(term, Rows):
        return len(term)
    return None if term is None else term.number


def exact(term: Term) -> Fraction | None:
    """The same without rounding."""
    number = number_of(term)
    return None if number is None else Fraction(number)


def rows_of(term: Term) -> Rows | None:
    """The rows behind a term."""
    return term.rows if isinstance(term, Amount) else term
