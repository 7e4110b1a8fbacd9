"""Prospects: the next follow-up of every open card (DOM 3.8 "Prospects")."""

from __future__ import annotations

import datetime as dt

import numpy as np

from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.prospects import OPEN_STATUS, Contact, follow_up_grade, next_follow_up
from xl_retention.domain.situation import Situation


def _day_or_none(day: np.datetime64) -> dt.date | None:
    return None if np.isnat(day) else day.astype("datetime64[D]").item()


@anchor
def prospect(situation: Situation, rule: Rule) -> Anchors:
    """The last follow-up of a prospect of the rule's grade; the due day is the base day."""
    due = [found for found in situation.once(prospect_follow_ups) if found[0] == rule.code]
    party = np.array([found[1] for found in due], np.int64)
    since = np.array([found[2] for found in due], "datetime64[D]")
    next_day = np.array([found[3] for found in due], "datetime64[D]")
    return Anchors(party, np.full(len(party), NO_CAR), since, days=(next_day - since).astype(np.int64))


def prospect_follow_ups(situation: Situation) -> list[tuple[str, int, dt.date, dt.date]]:
    """Rule code, party, anchor and due day of every prospect that is still followed up (DOM 3.8)."""
    cards, log = situation.store["prospect"], situation.log
    first = situation.identities.prospect_from
    contacts: dict[str, list[Contact]] = {}
    ids = situation.identities.ids
    for row in np.flatnonzero((log.party >= first) & (log.party < situation.identities.account_from)):
        contact = Contact(log.day[row].item(), str(log.result[row]), _day_or_none(log.agreed[row]))
        contacts.setdefault(ids[log.party[row]], []).append(contact)
    status, grades = cards.texts("status"), cards.texts("grade")
    days = {
        name: cards.days(name)
        for name in ("last_follow_date", "created_date", "next_follow_date", "expected_order_date")
    }
    found: dict[tuple[str, str, dt.date], tuple[str, int, dt.date, dt.date]] = {}
    for place in range(len(cards)):
        if status[place] not in OPEN_STATUS:
            continue
        last, created, typed_next, expected = (_day_or_none(column[place]) for column in days.values())
        letter = follow_up_grade(str(grades[place]), expected, situation.date, situation.parameters)
        interval = situation.parameters.integer(f"prospect_follow_{letter.lower()}")
        follow_up = next_follow_up(
            last, created, typed_next, expected, interval, contacts.get(ids[first + place], ())
        )
        if follow_up:
            item = (f"PRO-{letter}", first + place, follow_up.since, follow_up.due)
            found.setdefault((ids[first + place], item[0], follow_up.since), item)
    return list(found.values())
