"""Contacts that lie ahead: what will be due if nobody calls and nothing else happens (DOM 3.8)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterator

import numpy as np

from xl_retention.domain.cadence import Listing
from xl_retention.domain.dates import add_months
from xl_retention.domain.due import Items, grown, items_of
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Store

LOOK_AHEAD_MONTHS = 6
"""From so many months to so many is looked for what repeats; no rule pauses longer between two contacts."""
REPEATING = ("birthday", "month_repeat", "replacement")
"""Anchors that are known only as far as they open soon."""


def upcoming(store: Store, after: dt.date, until: dt.date | None = None) -> Iterator[Items]:
    """
    The items of today's calls due later than *after*, rule by rule; an item may come twice.

    Global stops and the contact log are not asked. Of a repeating chain there is one item: the occurrence that
    comes next if nobody calls.

    Args:
        store: What is dated later than *after* is not known (DOM V19).
        until: Last due day; None leaves nothing out but what repeats after the next half year.
    """
    last = np.datetime64(after, "D")
    known = store.as_known_on(last)
    rules = [rule for rule in store.rules.values() if rule.on and rule.listing is Listing.CALLS]
    for step, day in enumerate(_days_to_look_from(after, until)):
        situation = Situation(known, day)
        for rule in rules:
            if step == 0 or rule.counts_from in REPEATING:
                items = items_of(situation, rule)
                if items.chained.any():
                    every = np.ones(len(items), np.bool_)
                    items = grown(situation, items, every, lambda chain: chain.due <= last)
                ahead = ~items.stopped & (items.due > last)
                if until is not None:
                    ahead &= items.due <= np.datetime64(until, "D")
                yield items.where(ahead)


def _days_to_look_from(after: dt.date, until: dt.date | None) -> Iterator[dt.date]:
    """The day after, where the next birthday is looked for, and each half year from there to the end."""
    first = after + dt.timedelta(days=1)
    last = until or add_months(first, LOOK_AHEAD_MONTHS)
    step = 0
    while (day := add_months(first, step * LOOK_AHEAD_MONTHS)) < last:
        yield day
        step += 1
    yield max(first, last)


def next_contacts(store: Store, after: dt.date) -> Days:
    """The earliest due day after *after* of each customer of the store; NaT where nothing lies ahead."""
    earliest = np.full(len(store.customers), NO_DAY)
    for items in upcoming(store, after):
        np.fmin.at(earliest, items.party, items.due)
    return earliest
