"""What the lapse score does to the calls of a store that switched it on: their order, and earlier warnings."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Numbers, Places

# The score itself is loaded where a store asks for it: few do, and all wait for what today's calls load.
if TYPE_CHECKING:
    from xl_retention.domain.lapse.history import VisitHistory
    from xl_retention.domain.lapse.score import Score

LEAVING_FIRST, RETURNING_FIRST, OFF = "leaving_first", "returning_first", "off"


def visits_of_customers(situation: Situation) -> VisitHistory:
    """The visits that the score of a situation looks at."""
    from xl_retention.domain.lapse.history import VisitHistory

    return situation.once(VisitHistory.of_customers)


def lapse_score(situation: Situation) -> Score:
    """The score of each customer who came, for the months of the parameter `lapse_months`."""
    return situation.once(_lapse_score)


def _lapse_score(situation: Situation) -> Score:
    from xl_retention.domain.lapse.score import days_ahead, score, whole_day

    months = situation.parameters.integer("lapse_months")
    return score(visits_of_customers(situation), whole_day(situation.date), days_ahead(situation.date, months))


def call_order(situation: Situation) -> Places | None:
    """
    A number per party by which calls of equal priority are ranked, the smallest first; None where it is off.

    The chance counts in whole per cent, so that among like ones the deadline decides. Whoever never came, and
    prospects and key accounts, stand where the average customer does.
    """
    order = situation.parameters.choice("lapse_order")
    if order == OFF:
        return None
    found = lapse_score(situation)
    parties = len(situation.identities.ids)
    average = float(found.chance.mean()) if len(found) else 0.5
    percent = np.floor(np.nan_to_num(found.spread(parties), nan=average) * 100).astype(np.int64)
    return percent if order == LEAVING_FIRST else 100 - percent


def early_warnings(situation: Situation) -> Days:
    """
    The day on which the chance that a listed car still comes falls below `lapse_warn_chance`; NaT where that is off.

    It follows from the car's own visits, and from those of all up to the end of the year before its last one: so it
    stays where it is until the car comes again, and a call made for it stays made.
    """
    count, percent = len(situation.store.vehicles), situation.parameters.number("lapse_warn_chance")
    if not percent:
        return np.full(count, NO_DAY)
    from xl_retention.domain.lapse.history import VisitHistory
    from xl_retention.domain.lapse.rhythm import Pool, Rhythm
    from xl_retention.domain.lapse.score import whole_day

    history = VisitHistory.of_cars(situation)
    habits = history.habits(whole_day(situation.date))
    last = situation.day - np.floor(habits.away).astype("timedelta64[D]")
    away: Numbers = np.full(count, np.nan)
    years = last.astype("datetime64[Y]")
    for year in np.unique(years):
        pool = Pool.of(history.habits(int(year.astype("datetime64[D]").astype(np.int64)) - 1))
        of_year = years == year
        away[habits.who[of_year]] = Rhythm.of(habits, pool).away_at_chance(percent / 100)[of_year]
    known = ~np.isnan(away)
    days = np.ceil(np.where(known, away, 0)).astype("timedelta64[D]")
    return np.where(known, situation.service.last_activity + days, NO_DAY)
