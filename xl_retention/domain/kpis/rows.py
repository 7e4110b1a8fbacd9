"""The rows behind a figure: a set of customers, cars, visits or other things, each once."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction
from functools import cached_property

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


def marked(places: Places, count: int) -> Flags:
    """A flag for each place below *count*: whether it is among *places*."""
    flags = np.zeros(count, np.bool_)
    flags[places] = True
    return flags


def marked_of(places: Places, count: int) -> Flags:
    """The same of places that need not be below *count*; -1 is none."""
    return marked(places[(places >= 0) & (places < count)], count)


def _are_among(places: Places, others: Places) -> Flags:
    return marked_of(others, int(places.max(initial=-1)) + 1)[places]


Named = Callable[[Places], list[str]]


class Rows:
    """A set of rows.

    Args:
        subject: What each is.
        places: Where they stand, rising, each once, or a flag for each row that there is; what a place means depends on
            the subject.
        named: Their names by place: customer_id, VIN, due key …
    """

    def __init__(self, subject: Subject, places: Places | Flags, named: Named) -> None:
        self.subject = subject
        self.named = named
        self._given = places

    @property
    def _flags(self) -> Flags | None:
        return self._given if self._given.dtype == np.bool_ else None  # type: ignore[return-value]

    @cached_property
    def places(self) -> Places:
        """Where they stand; of flags found only when somebody asks, for most sets are but counted."""
        return self._given if self._flags is None else np.flatnonzero(self._flags)  # type: ignore[return-value]

    def __len__(self) -> int:
        return len(self._given) if self._flags is None else int(np.count_nonzero(self._flags))

    @property
    def ids(self) -> list[str]:
        """The names of the rows, in their order."""
        return self.named(self.places)

    def where(self, kept: Flags) -> Rows:
        """The rows for which *kept*, one flag per row, is true."""
        return Rows(self.subject, self.places[kept], self.named)

    def among(self, places: Places) -> Rows:
        """The rows that are among *places* too; -1 is no place."""
        if self._flags is None:
            return self.where(_are_among(self.places, places))
        return Rows(self.subject, self._flags & marked_of(places, len(self._flags)), self.named)

    def apart_from(self, places: Places) -> Rows:
        """The rows that are not among *places*."""
        if self._flags is None:
            return self.where(~_are_among(self.places, places))
        return Rows(self.subject, self._flags & ~marked_of(places, len(self._flags)), self.named)

    def without(self, other: Rows) -> Rows:
        """The rows that are not in another set of the same subject."""
        return self.apart_from(other.places)


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
