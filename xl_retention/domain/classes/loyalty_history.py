"""How the loyalty states of the cars shared out at the end of each of the last months (DOM 4.8, V19)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.domain import loyalty
from xl_retention.domain.service_due import service_due
from xl_retention.domain.situation import Situation, open_complaints
from xl_retention.domain.store import Texts
from xl_retention.domain.tiers import spending

MONTHS = 12
STATES = (loyalty.LOYAL, loyalty.GENERAL, loyalty.QUASI_LOST, loyalty.LOST)
"""The states that share out; cars that are gone or of which nothing is known are in none."""


@dataclass(frozen=True)
class MonthOfStates:
    """
    One month.

    Args:
        day: Its last day, or the day itself in the running month.
        shares: By state, together 1; empty where no car has one.
    """

    day: dt.date
    shares: Mapping[str, float]


def loyalty_on(situation: Situation, day: dt.date) -> Texts:
    """The state of each listed car as it was at the end of an earlier day; the same as asking on that day."""
    end = np.datetime64(day, "D")
    tables = {name: situation.store[name] for name in ("vehicle", "complaint")}
    then = replace(situation.store, tables=tables).as_known_on(end)
    visits, cars = situation.visits.known_on(end), len(then.vehicles)
    spent = spending(visits, cars, end)
    received = situation.store["complaint"].moments("received_at")
    known = ~(received >= end + np.timedelta64(1, "D"))
    party = situation.identities.complaints.party[known]
    complaint = open_complaints(then["complaint"], party, len(situation.identities.ids))
    return loyalty.loyalty_states(
        then.vehicles.texts("vehicle_status"),
        service_due(then.vehicles, visits, situation.parameters).last_activity,
        spent.visits,
        spent.amount,
        complaint[situation.identities.owner[:cars]],
        end,
        situation.parameters,
    )


def loyalty_history(situation: Situation) -> tuple[MonthOfStates, ...]:
    """The last twelve months, the running one last."""
    first = situation.date.replace(day=1)
    ends = [first - dt.timedelta(1)]
    while len(ends) < MONTHS - 1:
        ends.append(ends[-1].replace(day=1) - dt.timedelta(1))
    months = [_month(day, loyalty_on(situation, day)) for day in reversed(ends)]
    return (*months, _month(situation.date, situation.loyalty))


def _month(day: dt.date, states: Texts) -> MonthOfStates:
    counts = {state: int((states == state).sum()) for state in STATES}
    total = sum(counts.values())
    return MonthOfStates(day, {state: count / total for state, count in counts.items()} if total else {})
