"""Prospects: the next follow-up of every open card (DOM 3.8 "Prospects")."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np

from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.prospects import FOLLOW_UP_GRADES, OPEN_STATUS, Contact, follow_up_grade, next_follow_up
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Places, Texts

EPOCH = dt.date(1970, 1, 1).toordinal()
"""Ordinal of the day that numpy numbers 0."""


@dataclass(frozen=True)
class FollowUps:
    """The next follow-up of every prospect that is still followed up, one entry each (DOM 3.8)."""

    rule: Texts
    party: Places
    since: Days
    due: Days


@anchor
def prospect(situation: Situation, rule: Rule) -> Anchors:
    """The last follow-up of a prospect of the rule's grade; the due day is the base day."""
    found = situation.once(prospect_follow_ups)
    own = found.rule == rule.code
    party, since = found.party[own], found.since[own]
    return Anchors(party, np.full(len(party), NO_CAR), since, days=(found.due[own] - since).astype(np.int64))


def prospect_follow_ups(situation: Situation) -> FollowUps:
    """The follow-ups of all cards; of two under one number with one anchor only the first."""
    cards, log = situation.store["prospect"], situation.log
    first = situation.identities.prospect_from
    contacts: dict[str, list[Contact]] = {}
    ids = situation.identities.ids
    of_prospects = np.flatnonzero((log.party >= first) & (log.party < situation.identities.account_from))
    talks = (
        log.party[of_prospects],
        log.day[of_prospects],
        log.results.where(of_prospects).texts,
        log.agreed[of_prospects],
    )
    for party, day, result, agreed in zip(*(column.tolist() for column in talks), strict=True):
        contacts.setdefault(ids[party], []).append(Contact(day, result, agreed))
    parameters = situation.parameters
    intervals = {letter: parameters.integer(f"prospect_follow_{letter.lower()}") for letter in FOLLOW_UP_GRADES}
    open_ = np.flatnonzero(cards.words("status").is_any(*OPEN_STATUS))
    columns = (
        open_ + first,
        ids[open_ + first],
        cards.texts("grade")[open_],
        cards.days("last_follow_date")[open_],
        cards.days("created_date")[open_],
        cards.days("next_follow_date")[open_],
        cards.days("expected_order_date")[open_],
    )
    found: dict[tuple[str, str, dt.date], tuple[str, int, dt.date, dt.date]] = {}

    @cache
    def letter_of(typed: str, expected: dt.date | None) -> str:
        return follow_up_grade(typed, expected, situation.date, parameters)

    for card, number, grade, last, created, typed_next, expected in zip(
        *(column.tolist() for column in columns), strict=True
    ):
        letter = letter_of(grade, expected)
        follow_up = next_follow_up(
            last, created, typed_next, expected, intervals[letter], contacts.get(number, ())
        )
        if follow_up:
            item = (f"PRO-{letter}", card, follow_up.since, follow_up.due)
            found.setdefault((number, item[0], follow_up.since), item)
    codes, parties, anchors, days = zip(*found.values(), strict=True) if found else ((), (), (), ())
    return FollowUps(
        np.array([*codes, ""], object)[:-1],
        np.array(parties, np.int64),
        _days(anchors),
        _days(days),
    )


def _days(dates: Sequence[dt.date]) -> Days:
    """Dates as an array; by their numbers, since numpy takes a date at a time apart."""
    return np.fromiter((date.toordinal() - EPOCH for date in dates), np.int64, len(dates)).view("datetime64[D]")
