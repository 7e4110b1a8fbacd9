"""The lapse score on trial: what it and plain rules would have said on an earlier day, beside what came true."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Mapping
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.dates import add_months
from xl_retention.domain.lapse.history import Habits, VisitHistory
from xl_retention.domain.lapse.score import days_ahead, days_learnt_from, score, whole_day
from xl_retention.domain.lapse.separation import Ranking, Separation
from xl_retention.domain.store import Numbers
from xl_retention.errors import WrongRequest

FIFTHS = 5
LEAST_PART_KNOWN = 0.5
"""The history must reach back half as far as it is asked to look ahead …"""
LAST_VISIT_SLACK = 31
"""… and its last visit lie no more days than these before the end of the time looked at."""
LEAST_CUSTOMERS = 10


def _fifths(values: Numbers) -> Numbers:
    """1 to 5 by rank; equal values stay together."""
    ranked = np.sort(values)
    middle = (np.searchsorted(ranked, values, "left") + np.searchsorted(ranked, values, "right")) / 2
    return np.asarray(np.ceil(middle / max(len(values), 1) * FIFTHS))


def _rfm(habits: Habits, half_year: int) -> Numbers:
    return _fifths(-habits.away) + _fifths(habits.visits.astype(np.float64)) + _fifths(habits.spent)


Method = Callable[[Habits, int], Numbers]
"""The value of each customer, the larger the surer to come; the number is the length of the last half year."""

METHODS: Mapping[str, Method] = {
    "recency": lambda habits, half_year: -habits.away,
    "frequency": lambda habits, half_year: habits.visits.astype(np.float64),
    "rfm": _rfm,
    "half_year": lambda habits, half_year: (habits.away <= half_year + 1).astype(np.float64),
}
"""The plain rules beside the score: last visit, number of visits, RFM sum, a visit in the last half year."""


@dataclass(frozen=True)
class Backtest:
    """
    What each method was worth on a day.

    Args:
        customers: Who had come by the day.
        came: Share of them who came within the months after it.
        methods: By name, the score first.
    """

    date: dt.date
    months: int
    customers: int
    came: float
    methods: Mapping[str, Separation]


def backtest(history: VisitHistory, date: dt.date, months: int, half_year_months: int) -> Backtest:
    """
    Tries the score and the plain rules on the visits after a day; they see only the visits up to it.

    Args:
        months: How far ahead, 1 or more.
        half_year_months: Of the fixed rule: who stayed away longer is not expected (`quasi_lost_months`).

    Raises:
        WrongRequest: The history is too short to judge by.
    """
    day, days = whole_day(date), days_ahead(date, months)
    _check_length(history, date, months)
    habits = history.habits(day)
    came = history.came(day, day + days)[habits.who]
    if len(habits) < LEAST_CUSTOMERS or came.all() or not came.any():
        raise WrongRequest(
            f"The history is too short: of {len(habits)} customers who had come by {date}, {int(came.sum())} came "
            f"in the {months} months after it; at least {LEAST_CUSTOMERS} are needed, some of whom came and some not."
        )
    scored = score(history, day, days)
    methods = {"score": Separation.of(scored.chance, scored.chance, came)}
    half_year = (date - add_months(date, -half_year_months)).days
    for name, method in METHODS.items():
        values = method(habits, half_year)
        methods[name] = Separation.of(values, _learnt(history, method, values, day, days, half_year), came)
    return Backtest(date, months, len(habits), float(came.mean()), methods)


def _check_length(history: VisitHistory, date: dt.date, months: int) -> None:
    end = add_months(date, months)
    if not len(history):
        raise WrongRequest("The history is too short: there are no visits of known customers.")
    first, last = (dt.date(1970, 1, 1) + dt.timedelta(each) for each in (history.first_day, history.last_day))
    if (date - first).days < LEAST_PART_KNOWN * (end - date).days:
        raise WrongRequest(
            f"The history is too short: the first visit was on {first}, and before {date} there must be at least "
            f"half as long to learn from as the {months} months to look ahead."
        )
    if (end - last).days > LAST_VISIT_SLACK:
        raise WrongRequest(
            f"The history is too short: the last visit was on {last}, so what came in the {months} months after "
            f"{date} is not known to the end; choose an earlier day or fewer months."
        )


def _learnt(
    history: VisitHistory, method: Method, values: Numbers, day: int, days: int, half_year: int
) -> Numbers | None:
    """What a plain value meant in the store's past: the share of those of about that value who came."""
    past, ahead = days_learnt_from(history.first_day, day, days)
    if not past:
        return None
    habits = history.habits(past[0])
    came = history.came(past[0], past[0] + ahead)[habits.who]
    before = method(habits, half_year)
    groups = Ranking.of(before, came).groups()
    begins = np.array([before[group].min() for group in groups])
    shares = np.array([came[group].mean() for group in groups])
    return np.asarray(shares[np.maximum(np.searchsorted(begins, values, side="right") - 1, 0)])
