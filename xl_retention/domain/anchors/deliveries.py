"""After a delivery: the calls of the first weeks and the month series (DOM 3.1, 3.2)."""

from __future__ import annotations

from dataclasses import replace

import numpy as np

from xl_retention.domain.anchors.laying import (
    lead_months,
    months_open,
    narrow_base,
    occurrences,
    of_cars,
)
from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.dates import DAY_SECONDS, has_clock
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places, Texts


@anchor
def delivery(situation: Situation, rule: Rule) -> Anchors:
    """The delivery day, with the clock of delivery_time or of the delivery date itself."""
    return situation.once(_narrow_delivery if rule.narrow else _any_delivery)


def _any_delivery(situation: Situation) -> Anchors:
    vehicles = situation.store.vehicles
    typed = vehicles.numbers("delivery_time")
    moment = vehicles.moments("delivery_date")
    clock = np.where(typed > 0, typed, np.nan)
    with_clock = np.flatnonzero(has_clock(moment) & ~(typed > 0))  # 00:00 is no clock (V18)
    clock[with_clock] = moment[with_clock].astype("datetime64[s]").astype(np.int64) % DAY_SECONDS
    return of_cars(situation, situation.service.delivered, clock=clock)


def _narrow_delivery(situation: Situation) -> Anchors:
    anchors = situation.once(_any_delivery)
    return replace(anchors, only=np.asarray(anchors.only) & narrow_base(situation))


@anchor
def month_series(situation: Situation, rule: Rule) -> Anchors:
    """A month of the series after delivery; month 3 only while the first service is open (C2)."""
    service = situation.service
    stopped = service.first_done if rule.month == 3 else None
    return of_cars(
        situation,
        service.delivered,
        months=rule.month,
        stopped=stopped,
        role=situation.once(_upkeep_roles)
        if rule.month > LAST_MONTH_OF_SALES and not rule.role_given
        else None,
    )


@anchor
def month_repeat(situation: Situation, rule: Rule) -> Anchors:
    """Every three months from month 48 on; ends when the car is lost and the reason known."""
    start = situation.parameters.integer("month_repeat_from")
    every = max(situation.parameters.integer("month_repeat_every"), 1)
    delivered = situation.service.delivered
    reach = months_open(situation, delivered) - start + lead_months(rule)
    car, occurrence = occurrences(np.where(reach >= 0, reach // every + 1, 0))
    months = start + every * (occurrence - 1)
    owner = situation.identities.owner[car]
    return Anchors(
        owner,
        car,
        delivered[car],
        months=months,
        sequence=occurrence,
        stopped=situation.lost_and_confirmed[car],
        role=None
        if rule.role_given
        else _roles_by_month(situation, months, car),
        only=owner >= 0,
    )


LAST_MONTH_OF_SALES = 12
"""Up to this month sales keeps in touch, afterwards customer service where the customer has one (DOM 3.2)."""


def _roles_by_month(situation: Situation, months: Places, car: Places) -> Texts:
    roles = situation.once(_upkeep_roles)[car]
    roles[months <= LAST_MONTH_OF_SALES] = "SA"
    return roles


def _upkeep_roles(situation: Situation) -> Texts:
    """Who keeps in touch with each listed car after the first year."""
    has_cs = np.append(~situation.store.customers.words("cs_owner").is_any(""), False)
    owner = situation.identities.owner[: len(situation.store.vehicles)]
    return np.array(["SA", "CS"], object)[has_cs[owner].astype(np.int64)]
