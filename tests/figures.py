"""Key figures of stores drawn as small text tables."""

from __future__ import annotations

import datetime as dt
from fractions import Fraction

from tests.tables import situation
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.computed import Measured, measured
from xl_retention.domain.kpis.definitions import BY_CODE
from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.kpis.view import View


def figures(code: str, period: str, as_of: str, **given: object) -> list[Measured]:
    """One key figure of a drawn store; several where it is told by person or class."""
    asked = Asked(period_of(period), dt.date.fromisoformat(as_of))
    return measured(View(situation(as_of, **given), asked), [BY_CODE[code]])


def figure(code: str, period: str, as_of: str, **given: object) -> Measured:
    """One key figure of the whole store."""
    (found,) = figures(code, period, as_of, **given)
    return found


def share(code: str, period: str, as_of: str, **given: object) -> str:
    """Numerator and denominator, such as `2/5`."""
    found = figure(code, period, as_of, **given)
    return f"{number(found.numerator)}/{number(found.denominator)}"


def number(value: float | None) -> str:
    """A number as short as it can be written."""
    return "-" if value is None else f"{value:g}"


def period_of(text: str) -> Period:
    """A month, week, quarter or year as it is written."""
    make = {7: Period.month, 8: Period.week, 4: Period.year}
    return Period.quarter(text) if "Q" in text else make[len(text)](text)


def drawn(heading: str, rows: list[str]) -> str:
    """A table of many rows."""
    return "\n".join([heading, *rows])


def four_places(value: float | None) -> str:
    """As the vectors of the reference write ratios (V10)."""
    assert value is not None
    return f"{Fraction(value).limit_denominator(10**9).__float__():.4f}"
