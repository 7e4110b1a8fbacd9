"""The mailing list: message-only and bulk rules, kept out of today's calls (DOM 0.3, 3.3, 3.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterator
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.anchors import ANCHORS
from xl_retention.domain.cadence import Listing, Rule
from xl_retention.domain.dates import Period, add_months, birthday_in
from xl_retention.domain.do_not_contact import cars_without_messages, wants_no_messages
from xl_retention.domain.due import Wanted, as_date, items_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags

HOLIDAYS = {
    # Solar dates of the greetings table (DOM 3.6); the fixed ones stand in FIXED_HOLIDAYS.
    2025: ((1, 29), (5, 31), (10, 6)),
    2026: ((2, 17), (6, 19), (9, 25)),
    2027: ((2, 6), (6, 9), (9, 15)),
    2028: ((1, 26), (5, 28), (10, 3)),
}
FIXED_HOLIDAYS = ((1, 1), (5, 1), (10, 1))


@dataclass(frozen=True)
class Message:
    """One message to send."""

    customer_id: str
    vin: str
    rule: str
    due_date: dt.date
    channel: str


def greeting_days(year: int) -> list[dt.date]:
    """Days on which a greeting is sent, in the table as far as it goes (DOM 3.6)."""
    return [dt.date(year, month, day) for month, day in (*FIXED_HOLIDAYS, *HOLIDAYS.get(year, ()))]


def _next_holiday(situation: Situation) -> dt.date | None:
    days = [day for year in (0, 1) for day in greeting_days(situation.date.year + year)]
    return min((day for day in days if day >= situation.date), default=None)


def _month_day(situation: Situation, parameter: str) -> dt.date | None:
    """The latest start of a season on or before as_of, a month and a day; None where the cell is blank."""
    month_day = situation.parameters.month_day(parameter)
    if month_day is None:
        return None
    start = birthday_in(*month_day, situation.date.year)
    return start if start <= situation.date else birthday_in(*month_day, situation.date.year - 1)


def _next_anniversary(situation: Situation) -> dt.date | None:
    start = _month_day(situation, "store_anniversary")
    if start is None or start == situation.date:
        return start
    return add_months(start, 12)


CALENDAR: dict[str, Callable[[Situation], dt.date | None]] = {
    "holiday": _next_holiday,
    "anniversary": _next_anniversary,
    "month_start": lambda situation: Period.containing(situation.date, "month").start,
    "quarter_start": lambda situation: Period.containing(situation.date, "quarter").start,
    "spring": lambda situation: _month_day(situation, "spring_start"),
    "winter": lambda situation: _month_day(situation, "winter_start"),
}
"""Day that a message to the whole base counts from."""


def mailing_list(situation: Situation) -> list[Message]:
    """Messages due on the situation's day, to customers who agreed to messages and may be contacted."""
    return [
        message
        for rule in situation.rules.values()
        if rule.on and rule.listing is Listing.MAIL
        for message in (_to_all(situation, rule) if rule.counts_from in CALENDAR else _to_cars(situation, rule))
    ]


def willing(situation: Situation) -> Flags:
    """Customers who agreed to messages and may be contacted (DOM 0.3)."""
    customers = situation.store.customers
    agreed = customers.flags("consent_marketing") & ~customers.flags("do_not_contact")
    return np.asarray(agreed & ~wants_no_messages(situation))


def _to_all(situation: Situation, rule: Rule) -> Iterator[Message]:
    start = CALENDAR[rule.counts_from](situation)
    if start is None:
        return
    anchor = np.array([start], "datetime64[D]")
    open_, due, last = (
        add_months(anchor, offset.months)[0] + np.timedelta64(offset.whole_days, "D")
        for offset in (rule.open, rule.due, rule.deadline or rule.due)
    )
    if not open_ <= situation.day <= last:
        return
    log = situation.log
    sent = np.zeros(len(situation.identities.ids) + 1, np.bool_)
    sent[log.party[log.naming(rule.code) & (log.day >= open_)]] = True
    agreed = willing(situation)
    for customer in situation.identities.ids[np.flatnonzero(agreed & ~sent[: len(agreed)])].tolist():
        yield Message(customer, "", rule.code, as_date(due), rule.channel)


def _to_cars(situation: Situation, rule: Rule) -> Iterator[Message]:
    if rule.counts_from not in ANCHORS:
        return
    items = items_of(situation, rule, Wanted(situation.day))
    if not len(items):
        return
    told = situation.latest_log_day(situation.log.naming(rule.code))[items.car]
    agreed = willing(situation)
    listed = (
        (items.open <= situation.day)
        & (situation.day <= items.deadline)
        & ~items.stopped
        & ~(told >= items.open)
        & situation.cars_in_use[items.car]
        & agreed[items.party]
        & ~cars_without_messages(situation)[items.car]
    )
    identities = situation.identities
    kept = items.where(listed)
    for customer, vin, due in zip(
        identities.ids[kept.party].tolist(), identities.car_ids[kept.car].tolist(), kept.due.tolist(), strict=True
    ):
        yield Message(customer, vin, rule.code, due, rule.channel)
