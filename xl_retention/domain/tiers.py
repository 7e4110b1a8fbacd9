"""Value tiers: what a car brings the workshop (DOM 4.5)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.dates import add_months, half_up_ratio
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.store import Flags, Numbers, Places, Table, Texts
from xl_retention.domain.visits import Visits

HIGH, MIDDLE, LOW, UNKNOWN = "高价值", "一般价值", "低价值", "未知"
RANKED = (HIGH, MIDDLE, LOW, UNKNOWN)
"""Best first; 未知 comes last (DOM 0.3)."""
TIERS = np.array(RANKED, object)

HIGH_FROM, MIDDLE_FROM = 8, 5
"""Total scores from which absolute mode gives a tier (DOM 4.5)."""


@dataclass(frozen=True)
class Spending:
    """What was paid for each listed car up to `as_of`.

    Args:
        visits: Paid visits in the last 12 months.
        amount: What they came to, yuan.
        span_days, gaps: Days between the first and the last paid visit of 24 months, and the number of
            intervals between them; the average interval is their ratio.
    """

    visits: Places
    amount: Numbers
    span_days: Places
    gaps: Places


def spending(visits: Visits, car_count: int, as_of: np.datetime64) -> Spending:
    """Paid visits and amounts of each listed car (DOM 4.5; the window is open at its far end)."""
    recent = np.flatnonzero(
        (visits.day > _months_before(as_of, 24))
        & (visits.day <= as_of)
        & (visits.paid > 0)
        & (visits.car < car_count)
    )
    car, day, paid = visits.car[recent], visits.day[recent], visits.paid[recent]
    year = np.flatnonzero(day > _months_before(as_of, 12))
    of_year = car[year]
    count = np.bincount(of_year, minlength=car_count)
    amount = np.bincount(of_year, weights=paid[year], minlength=car_count).astype(np.float64)
    in_two = np.bincount(car, minlength=car_count)
    days = day.astype(np.int64)
    first, last = np.zeros(car_count, np.int64), np.zeros(car_count, np.int64)
    first[car[::-1]] = days[::-1]  # sorted by day: the last write wins
    last[car] = days
    return Spending(count, amount, last - first, np.maximum(in_two - 1, 0))


def _months_before(as_of: np.datetime64, months: int) -> np.datetime64:
    day: np.datetime64 = add_months(np.array([as_of], "datetime64[D]"), -months)[0]
    return day


def _by_series(parameters: Parameters, name: str, series: Texts) -> Numbers:
    """A parameter per car; `name.SERIES` goes before `name`."""
    limits = np.full(len(series), parameters.number(name))
    for own in parameters.per_series(name):
        limits[series == own] = parameters.number(f"{name}.{own}")
    return limits


def scores(spent: Spending, series: Texts, parameters: Parameters) -> Places:
    """Total of the three scores of each car, 3 to 9 (DOM 4.5); limits are tested without rounding."""
    bought = spent.visits > 0
    hi, lo = (_by_series(parameters, f"tier_ticket_{side}", series) for side in ("hi", "lo"))
    # Amount against limit times visits: no division, so no rounding at the limit.
    ticket = _score(bought & (spent.amount >= hi * spent.visits), bought & (spent.amount >= lo * spent.visits))
    often = _score(
        spent.visits >= parameters.number("tier_visits_hi"), spent.visits >= parameters.number("tier_visits_lo")
    )
    regular = spent.gaps > 0
    hi_days, lo_days = (parameters.number(f"tier_interval_{side}") for side in ("hi", "lo"))
    interval = _score(
        regular & (spent.span_days <= hi_days * spent.gaps), regular & (spent.span_days <= lo_days * spent.gaps)
    )
    return ticket + often + interval


def ranks_by_total(total: Places) -> Places:
    """Rank of each total of scores in absolute mode (DOM 4.5)."""
    return np.where(total >= HIGH_FROM, 0, np.where(total >= MIDDLE_FROM, 1, 2))


def _score(high: Flags, middle: Flags) -> Places:
    """3 where the high limit is reached, else 2 where the lower one is, else 1."""
    return 1 + (high | middle).astype(np.int64) + high


def quantile_cuts(count: int, high_percent: int, middle_percent: int) -> tuple[int, int]:
    """Places after which high and middle end, of *count* ranked cars (T50)."""
    return half_up_ratio(high_percent * count, 100), half_up_ratio((high_percent + middle_percent) * count, 100)


def tier_ranks(
    vehicles: Table, car_ids: Texts, spent: Spending, parameters: Parameters, *, known: bool
) -> Places:
    """
    Tier of each listed car as its place in `RANKED`: 高价值, 一般价值, 低价值, or 未知 without a table of visits.

    Args:
        vehicles: As known on the day of *spent*.
        car_ids: VIN or what stands for it, breaks ties in quantile mode.
        known: Whether the workbook has a table of visits at all.
    """
    count = len(vehicles)
    if not known:
        return np.full(count, RANKED.index(UNKNOWN))
    series = vehicles.texts("series")
    total = scores(spent, series, parameters)
    if parameters.choice("tier_mode") == "absolute":
        return ranks_by_total(total)
    return _by_rank(vehicles, car_ids[:count], spent, total, series, parameters)


def _by_rank(
    vehicles: Table, car_ids: Texts, spent: Spending, total: Places, series: Texts, parameters: Parameters
) -> Places:
    customer = vehicles.texts("customer_id")
    order = sorted(
        range(len(total)),
        key=lambda car: (
            -total[car], -spent.amount[car], -spent.visits[car], customer[car], car_ids[car],
        ),
    )  # fmt: skip
    ranks = np.full(len(total), RANKED.index(LOW))
    ranked = np.array(order, np.int64)
    high, middle = int(parameters.number("tier_target_hi")), int(parameters.number("tier_target_mid"))
    for own in np.unique(series.astype(str)):
        of_series = ranked[series[ranked] == own]
        first, second = quantile_cuts(len(of_series), high, middle)
        ranks[of_series[:first]] = RANKED.index(HIGH)
        ranks[of_series[first:second]] = RANKED.index(MIDDLE)
    return ranks


