"""Key figures made of the row sets of the table: value, status, and the rows behind (DOM V11, V13, 5.6)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from enum import Enum
from fractions import Fraction

from xl_retention.domain.kpis.definitions import BY_CODE, KPIS, LOYALTY_PARTS, Direction, Kpi, Over, growth_of
from xl_retention.domain.kpis.growth import in_second_half
from xl_retention.domain.kpis.rows import Rows, Term, exact, number_of, rows_of
from xl_retention.domain.kpis.view import View

INDEX = "K51"
FIRST_HALF, SECOND_HALF = "K32_first", "K32_second"


class Status(Enum):
    """How a figure stands against its target; the value is the word of the JSON contract."""

    MET = "met"
    MISSED = "missed"
    NO_TARGET = "no_target"
    NO_DATA = "no_data"
    OPEN = "open"


@dataclass(frozen=True, eq=False)
class Measured:
    """A key figure of one period.

    Args:
        kpi: Which.
        group: Person or class; "" for the whole store.
        above, below: Numerator and denominator with their rows.
        value: None is no data.
        target: None where the store set none.
    """

    kpi: Kpi
    group: str
    above: Term
    below: Term
    value: float | None
    target: float | None
    status: Status

    @property
    def numerator(self) -> float | None:
        """Rows or amount above the line."""
        return number_of(self.above)

    @property
    def denominator(self) -> float | None:
        """Rows or amount below the line."""
        return number_of(self.below)

    @property
    def rows(self) -> Rows | None:
        """The rows behind the numerator."""
        return rows_of(self.above)

    @property
    def missing(self) -> Rows | None:
        """Rows of the denominator that are not in the numerator; None where the two are different things."""
        above, below = rows_of(self.above), rows_of(self.below)
        if not self.kpi.within or above is None or below is None:
            return None
        return below.without(above)


def measured(view: View, kpis: Iterable[Kpi] = KPIS) -> list[Measured]:
    """
    The figures of a period, in the order of *kpis*; those by person or class one per name.

    Whoever asks for several periods asks `view.over(other)` for each: what is known of a day is worked out once.
    """
    return [found for kpi in kpis for found in _measured(kpi, view)]


def _measured(kpi: Kpi, view: View) -> Iterator[Measured]:
    if not _countable(kpi, view):
        yield _figure(kpi, view, "", None, None)
    elif kpi.code == INDEX:
        yield _index(kpi, view)
    elif kpi.groups is None:
        own = _over(kpi, view)
        yield _figure(kpi, view, "", own.once(kpi.numerator), own.once(kpi.denominator))
    elif groups := view.once(kpi.groups):
        for name, (above, below) in groups.items():
            yield _figure(kpi, view, name, above, below)
    else:
        yield _figure(kpi, view, "", None, None)


def _countable(kpi: Kpi, view: View) -> bool:
    """Whether there is anything to count: the period has begun and is of the right kind, the sheets are there."""
    if not view.asked.has_begun or not all(view.now.store[sheet].present for sheet in kpi.sheets):
        return False
    return kpi.over is not Over.MONTH or view.asked.period.kind == "month"


def _over(kpi: Kpi, view: View) -> View:
    return view.over(view.asked.in_year()) if kpi.over is Over.YEAR else view


def _figure(kpi: Kpi, view: View, group: str, above: Term, below: Term) -> Measured:
    value = kpi.figure(exact(above), exact(below))
    return _judged(kpi, view, group, above, below, value)


def _judged(kpi: Kpi, view: View, group: str, above: Term, below: Term, value: Fraction | None) -> Measured:
    target = target_of(kpi, view)
    status = _status(kpi, view, value, target)
    return Measured(kpi, group, above, below, None if value is None else float(value), target, status)


def target_of(kpi: Kpi, view: View) -> float | None:
    """The store's target: of the sub-code, else of the key figure."""
    parameters = view.parameters
    if kpi.target == FIRST_HALF:
        return parameters.target(SECOND_HALF if in_second_half(view) else FIRST_HALF)
    if kpi.target:
        return parameters.target(kpi.target.format(kind=view.asked.period.kind))
    own = parameters.target(kpi.code)
    return parameters.target(kpi.parent) if own is None else own


def _status(kpi: Kpi, view: View, value: Fraction | None, target: float | None) -> Status:
    if value is None:
        return Status.NO_DATA
    if kpi.over is not Over.DAY and view.asked.is_open(kpi.window):
        return Status.OPEN
    reached = _growth(kpi, view, value) if kpi.grows else value
    if reached is None or target is None or kpi.direction is Direction.NONE:
        return Status.NO_TARGET
    limit = Fraction(str(target))
    met = reached <= limit if kpi.direction is Direction.DOWN else reached >= limit
    return Status.MET if met else Status.MISSED


def _growth(kpi: Kpi, view: View, value: Fraction) -> Fraction | None:
    """By how much a value is more than that of the same period of the year before, as a share of it."""
    before = view.over(view.asked.a_year_earlier())
    return growth_of(value, kpi.figure(exact(before.once(kpi.numerator)), exact(before.once(kpi.denominator))))


def _index(kpi: Kpi, view: View) -> Measured:
    """The loyalty index: retention, repeat purchase and referral, weighted; nothing where one of them is unknown."""
    parts = [(weight, next(_measured(BY_CODE[code], view)).value) for code, weight in LOYALTY_PARTS.items()]
    if any(value is None for _, value in parts):
        return _figure(kpi, view, "", None, None)
    index = sum((Fraction(str(weight)) * Fraction(value or 0) for weight, value in parts), Fraction(0))
    return _judged(kpi, view, "", None, None, index)
