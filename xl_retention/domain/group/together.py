"""Key figures of a group, counted anew from the rows of its stores and never averaged (DOM 5, T78)."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from xl_retention.domain.group.known import Known
from xl_retention.domain.group.share import Count, Figure, StoreShare
from xl_retention.domain.kpis.computed import INDEX, Status
from xl_retention.domain.kpis.definitions import BY_CODE, LOYALTY_PARTS, Direction, Family, Kpi


@dataclass(frozen=True)
class GroupFigure:
    """
    A key figure of several stores.

    Args:
        group: Class, such as a value tier; "" for all.
        numerator, denominator: A customer or a car of two stores counts once.
        target: The one that all stores set; None where they differ.
        status: Word of `Status`.
        stores: How many gave a number.
    """

    kpi: Kpi
    group: str
    numerator: float | None
    denominator: float | None
    value: float | None
    target: float | None
    status: str
    stores: int


def figures_together(
    stores: Sequence[StoreShare], known: Known, among: Sequence[int] | None = None
) -> list[GroupFigure]:
    """
    The key figures of all stores together, or of those at the places in *among*.

    Those of single persons are left to their stores.
    """
    places = range(len(stores)) if among is None else among
    by_key: dict[tuple[str, str], list[tuple[int, Figure]]] = {}
    for place in places:
        for figure in stores[place].figures:
            if BY_CODE[figure.code].family is not Family.STAFF or not figure.group:
                by_key.setdefault((figure.code, figure.group), []).append((place, figure))
    found: dict[str, GroupFigure] = {}
    result = []
    for (code, group), figures in by_key.items():
        kpi = BY_CODE[code]
        above = _number([(place, figure.above) for place, figure in figures], known)
        below = _number([(place, figure.below) for place, figure in figures], known)
        value = _index(found) if code == INDEX else kpi.figure(_exact(above), _exact(below))
        made = _judged(kpi, group, above, below, value, [figure for _, figure in figures])
        if not group:
            found[code] = made
        result.append(made)
    return result


def _number(counts: Sequence[tuple[int, Count]], known: Known) -> float | None:
    told = [(store, count) for store, count in counts if count.number is not None]
    if not told:
        return None
    numbers = [known.numbers(count.subject, store, count.places) for store, count in told if count.subject]
    apart = [Fraction(count.number or 0) for _, count in told if not count.subject]
    shared = len(np.unique(np.concatenate(numbers))) if numbers else 0
    return _plain(sum(apart, Fraction(shared)))


def _plain(number: Fraction) -> float:
    return int(number) if number.denominator == 1 else float(number)


def _exact(number: float | None) -> Fraction | None:
    return None if number is None else Fraction(number)


def _index(found: dict[str, GroupFigure]) -> Fraction | None:
    """The loyalty index of the group, of the group's own parts."""
    parts = [(weight, found[code].value if code in found else None) for code, weight in LOYALTY_PARTS.items()]
    if any(value is None for _, value in parts):
        return None
    return sum((Fraction(str(weight)) * Fraction(value or 0) for weight, value in parts), Fraction(0))


def _judged(
    kpi: Kpi,
    group: str,
    above: float | None,
    below: float | None,
    value: Fraction | None,
    figures: Sequence[Figure],
) -> GroupFigure:
    targets = {figure.target for figure in figures}
    target = targets.pop() if len(targets) == 1 else None
    told = [figure for figure in figures if figure.status != Status.NO_DATA.value]
    return GroupFigure(
        kpi,
        group,
        above,
        below,
        None if value is None else float(value),
        target,
        _status(kpi, value, target, told),
        len(told),
    )


def _status(kpi: Kpi, value: Fraction | None, target: float | None, told: Sequence[Figure]) -> str:
    if value is None:
        return Status.NO_DATA.value
    if any(figure.status == Status.OPEN.value for figure in told):
        return Status.OPEN.value
    if target is None or kpi.direction is Direction.NONE or kpi.grows:  # growth needs the year before, of each store
        return Status.NO_TARGET.value
    limit = Fraction(str(target))
    met = value <= limit if kpi.direction is Direction.DOWN else value >= limit
    return str((Status.MET if met else Status.MISSED).value)
