"""Insurance, inspection, birthday and the end of the usual time a car is kept (DOM 3.5)."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

import numpy as np

from xl_retention.domain.anchors.laying import (
    lead_months,
    months_open,
    occurrences,
    of_cars,
)
from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.dates import next_birthday
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import MONTH_DAY, Days, Flags


@anchor
def insurance(situation: Situation, rule: Rule) -> Anchors:
    """The day the insurance ends; ends when a renewal is recorded for that very day."""
    expiry = situation.store.vehicles.days("insurance_expiry")
    return of_cars(situation, expiry, stopped=_renewed(situation, "保险", expiry, ("本店续保", "外部续保")))


@anchor
def inspection(situation: Situation, rule: Rule) -> Anchors:
    """The day the inspection ends; ends when it is recorded as done."""
    expiry = situation.store.vehicles.days("inspection_expiry")
    return of_cars(situation, expiry, stopped=_renewed(situation, "年检", expiry, ("已年检",)))


def _renewed(situation: Situation, kind: str, expiry: Days, results: Iterable[str]) -> Flags:
    renewals = situation.store["renewal"]
    rows = situation.identities.renewals
    result = renewals.texts("result")
    settled = np.zeros(len(renewals), np.bool_)
    for word in results:
        settled |= result == word
    places = np.flatnonzero(
        settled & (renewals.texts("kind") == kind) & (rows.car >= 0) & (rows.car < len(expiry))
    )
    places = places[renewals.days("expiry")[places] == expiry[rows.car[places]]]
    flags = np.zeros(len(expiry), np.bool_)
    flags[rows.car[places]] = True
    return flags


@anchor
def birthday(situation: Situation, rule: Rule) -> Anchors:
    """The next birthday on or after as_of (DOM V8)."""
    return situation.once(_birthdays)


def _birthdays(situation: Situation) -> Anchors:
    month_day = situation.store.customers.read(MONTH_DAY).astype(np.int64)
    party = np.flatnonzero(month_day > 0)
    different, place = np.unique(month_day[party], return_inverse=True)
    feb29: Any = situation.parameters.choice("feb29_observe")
    days: Days = next_birthday(different // 100, different % 100, situation.date, feb29)
    return Anchors(party, np.full(len(party), NO_CAR), days[place])


@anchor
def replacement(situation: Situation, rule: Rule) -> Anchors:
    """The end of the usual time that a car is kept, and every half year after."""
    vehicles = situation.store.vehicles
    bought = vehicles.days("purchase_date")
    bought = np.where(np.isnat(bought), situation.service.delivered, bought)
    cycle = situation.parameters.integer("replacement_cycle_months")
    every = max(situation.parameters.integer("replacement_repeat_months"), 1)
    reach = months_open(situation, bought) - cycle + lead_months(rule)
    car, occurrence = occurrences(np.where(reach >= 0, reach // every + 1, 0))
    owner = situation.identities.owner[car]
    return Anchors(
        owner,
        car,
        bought[car],
        months=cycle + every * (occurrence - 1),
        sequence=occurrence,
        only=owner >= 0,
    )
