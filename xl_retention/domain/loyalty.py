"""Loyalty state of a car: loyal, general, quasi-lost, lost (DOM 4.8)."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.dates import add_months
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.store import Days, Flags, Numbers, Places, Texts

LOYAL, GENERAL, QUASI_LOST, LOST = "忠诚客户", "一般客户", "准流失客户", "流失客户"
GONE, UNKNOWN = "已转出", "未知"
IN_USE = "在用"
STATES = np.array([GONE, UNKNOWN, LOST, QUASI_LOST, LOYAL, GENERAL], object)
"""In the order in which they are tried."""


def in_use(status: Texts) -> Flags:
    """A blank vehicle_status is 在用 (DOM 0.3)."""
    return np.asarray((status == IN_USE) | (status == ""), np.bool_)


def loyalty_states(
    status: Texts,
    last_activity: Days,
    paid_visits: Places,
    paid_amount: Numbers,
    open_complaint: Flags,
    as_of: np.datetime64,
    parameters: Parameters,
) -> Texts:
    """
    The first label that fits, in the order of DOM 4.8.

    Args:
        status: vehicle_status.
        last_activity: Last activity, falling back on delivery (DOM 3.6); NaT gives 未知.
        paid_visits, paid_amount: Of the last 12 months (DOM 4.5).
        open_complaint: A complaint of the customer is received and not closed.
    """
    return np.asarray(
        STATES[
            state_numbers(
                ~in_use(status), last_activity, paid_visits, paid_amount, open_complaint, as_of, parameters
            )
        ]
    )


def state_numbers(
    gone: Flags,
    last_activity: Days,
    paid_visits: Places,
    paid_amount: Numbers,
    open_complaint: Flags,
    as_of: np.datetime64,
    parameters: Parameters,
) -> Places:
    """The same as places in `STATES`; *gone* is which cars are not in use."""
    since = [is_lost(last_activity, as_of, parameters), _is_over("quasi_lost_months", last_activity, as_of, parameters)]
    loyal = (
        (paid_visits >= parameters.number("loyal_visits"))
        & (paid_amount >= parameters.number("loyal_amount"))
        & ~open_complaint
    )
    fits = [gone, np.isnat(last_activity), *since, loyal]
    return np.select(fits, range(len(fits)), len(fits))


def is_lost(last_activity: Days, as_of: np.datetime64, parameters: Parameters) -> Flags:
    """Whether the last activity is too long ago to come back; a blank one is not."""
    return _is_over("lost_months", last_activity, as_of, parameters)


def _is_over(months: str, since: Days, as_of: np.datetime64, parameters: Parameters) -> Flags:
    return np.asarray(as_of > add_months(since, parameters.integer(months)))
