"""Customers who stay away: warning, pseudo-lapse, true lapse, visits to lost ones (DOM 3.5, LAPSE-*)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.anchors.laying import (
    of_cars,
)
from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.contact_log import CONNECTED, REFUSED
from xl_retention.domain.dates import add_months
from xl_retention.domain.lapse.in_calls import early_warnings
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation


@anchor
def lapse_warning(situation: Situation, rule: Rule) -> Anchors:
    """
    The day a customer should have come back by; none if he counts as quasi-lost by then.

    Where the store switched it on, the day on which the car's own rhythm gives cause for worry, if that is earlier.
    """
    service, parameters = situation.service, situation.parameters
    first_open = ~service.first_done & ~np.isnat(service.first_due)
    expected = np.where(first_open, service.first_due, service.maintenance_due)
    expected = expected + np.timedelta64(parameters.integer("lapse_warn_days"), "D")
    silent = add_months(service.last_activity, parameters.integer("lapse_warn_months"))
    warning = np.where(np.isnat(silent), NO_DAY, np.fmax(expected, silent))
    warning = np.fmin(warning, early_warnings(situation))
    limit = add_months(service.last_activity, parameters.integer("quasi_lost_months"))
    return of_cars(situation, np.where(warning > limit, NO_DAY, warning))


@anchor
def quasi_lost(situation: Situation, rule: Rule) -> Anchors:
    """The last activity; due the day after six months."""
    months = situation.parameters.integer("quasi_lost_months")
    return of_cars(situation, situation.service.last_activity, months=months, days=1)


@anchor
def lost(situation: Situation, rule: Rule) -> Anchors:
    """The last activity; due the day after twelve months, unless the reason is known already."""
    months = situation.parameters.integer("lost_months")
    return of_cars(
        situation,
        situation.service.last_activity,
        months=months,
        days=1,
        stopped=situation.reason_recorded,
    )


@anchor
def lost_contact(situation: Situation, rule: Rule) -> Anchors:
    """The last conversation with a lost customer since his last activity; ends when he refuses."""
    log = situation.log
    about = log.naming("LAPSE-TRUE", "LOST-VISIT")
    talked = situation.latest_log_day(about & log.results.is_any(CONNECTED))
    refused = situation.latest_log_day(about & log.results.is_any(REFUSED))
    return of_cars(
        situation,
        np.where(talked > situation.service.last_activity, talked, NO_DAY),
        months=LOST_VISIT_MONTHS,
        stopped=refused > talked,
    )


LOST_VISIT_MONTHS = 6
