"""Loyalty states as a scheme (DOM 4.8), of a car and of a customer; the rule itself is `domain.loyalty`."""

from __future__ import annotations

import datetime as dt

import numpy as np

from xl_retention.domain import loyalty
from xl_retention.domain.classes.scheme import NOT_KNOWN, Classified, Label
from xl_retention.domain.dates import months_between
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Numbers, Places, Texts

LABELS = (
    Label(
        loyalty.LOYAL, "Loyal",
        ("One-to-one service, first reception, reserved technician and parts, priority in events", "一对一服务，优先接待，预留技师工位配件，活动优先"),
    ),
    Label(loyalty.GENERAL, "General", ("Convince by facilities, skill and standard process", "以设施、技术与规范流程打动")),
    Label(
        loyalty.QUASI_LOST, "Quasi-lost",
        ("Regular free checks, packages, care, tours; pseudo-lapse call", "定期免费检测，套餐，关怀，自驾游；假性流失回访"),
    ),
    Label(
        loyalty.LOST, "Lost",
        ("Home visit, free check, labour discount, club and charity events, true-lapse survey", "一对一上门，免费检测，工时优惠，俱乐部与公益活动，真性流失调研"),
    ),
    Label(loyalty.GONE, "Gone", ("Leave out of rates; prospect for a new sale", "不计入比率；新车销售潜客")),
    NOT_KNOWN,
)  # fmt: skip


def classify(situation: Situation) -> Classified:
    """The state of each listed car."""
    vehicles, spent = situation.store.vehicles, situation.spending
    owner = situation.identities.owner[: len(vehicles)]
    return _explained(
        situation,
        situation.loyalty,
        vehicles.texts("vehicle_status"),
        situation.service.last_activity,
        situation.once(_came),
        spent.visits,
        spent.amount,
        situation.open_complaint[owner],
    )


def _came(situation: Situation) -> Flags:
    """Listed cars that were ever in the workshop; the last activity of the others is their delivery."""
    vehicles, visits = situation.store.vehicles, situation.visits
    came = ~np.isnat(vehicles.days("last_service_date"))
    came[visits.car[visits.car < len(vehicles)]] = True
    return came


def classify_customers(situation: Situation) -> Classified:
    """
    The state of each customer: table 4.8 once over the cars in use that are delivered or have no delivery day.

    The latest last activity of those cars counts, paid visits and amounts are added up. A customer who has only
    other cars is 已转出; who has none has no state.
    """
    vehicles, count = situation.store.vehicles, situation.identities.customer_count
    owner = situation.identities.owner[: len(vehicles)]
    owned = owner >= 0
    counted = owned & loyalty.in_use(vehicles.texts("vehicle_status")) & ~situation.delivered_later
    whose = owner[counted]

    def summed(values: np.ndarray) -> np.ndarray:
        return np.bincount(whose, weights=values[counted], minlength=count).astype(values.dtype)

    last_activity = np.full(count, NO_DAY)
    np.fmax.at(last_activity, whose, situation.service.last_activity[counted])
    has_counted = np.bincount(whose, minlength=count) > 0
    status = np.where(has_counted, loyalty.IN_USE, loyalty.GONE).astype(object)
    visits, amount = summed(situation.spending.visits), summed(situation.spending.amount)
    complaint = situation.open_complaint[:count]
    states = loyalty.loyalty_states(
        status, last_activity, visits, amount, complaint, situation.day, situation.parameters
    )
    has_car = np.bincount(owner[owned], minlength=count) > 0
    states = np.where(has_car, states, "").astype(object)
    status = np.where(has_car, status, "").astype(object)
    came = np.bincount(whose, weights=situation.once(_came)[counted], minlength=count) > 0
    return _explained(situation, states, status, last_activity, came, visits, amount, complaint)


def _months_since(days: Days, date: dt.date) -> Numbers:
    """Completed months from each day to *date*, counted once for each day of the calendar between; NaN for a blank."""
    months, known = np.full(len(days), np.nan), np.flatnonzero(~np.isnat(days))
    if not len(known):
        return months
    since = days[known].view(np.int64)
    first, beyond = int(since.min()), int(since.max()) + 1
    if beyond - first > len(days):
        return months_between(days, date)
    months[known] = months_between(np.arange(first, beyond).astype("datetime64[D]"), date)[since - first]
    return months


def _explained(
    situation: Situation,
    states: Texts,
    status: Texts,
    last_activity: Days,
    came: Flags,
    visits: Places,
    amount: Numbers,
    complaint: Flags,
) -> Classified:
    months = _months_since(last_activity, situation.date)
    return Classified(
        states,
        {
            "status": np.where(loyalty.in_use(status), "", status).astype(object),
            "visits": visits.astype(np.float64),
            "amount": amount,
            "since_visit": np.where(came, months, np.nan),
            "since_delivery": np.where(came, np.nan, months),
            "open_complaint": complaint,
        },
    )
