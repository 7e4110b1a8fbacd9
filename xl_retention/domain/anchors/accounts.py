"""Key accounts: something every week, month and quarter (DOM 3.5, 3.6 "obligations")."""

from __future__ import annotations

import datetime as dt

import numpy as np

from xl_retention.domain.anchors.table import Anchors, anchor
from xl_retention.domain.cadence import Rule
from xl_retention.domain.contact_log import MOVED
from xl_retention.domain.dates import Period, PeriodKind
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.setting_readers import WEEKDAYS
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places


def _accounts(situation: Situation, kind: PeriodKind) -> Anchors:
    """The first day of this period per key account; of earlier ones too where a contact was put off."""
    party = np.arange(situation.identities.account_from, len(situation.identities.ids))
    party = party[_first_rows(situation, party)]
    start = _period_start(situation, situation.date, kind)
    found = [(each, start) for each in party.tolist()]
    log = situation.log
    of_accounts = np.flatnonzero(log.party >= situation.identities.account_from) if len(party) else party
    for each in sorted(set(log.party[of_accounts[log.results.is_any(MOVED)[of_accounts]]].tolist())):
        first = _period_start(situation, log.day[log.party == each][0].item(), kind)
        while first < start:
            found.append((each, first))
            first = _period_start(situation, _after(first, kind), kind)
    return Anchors(
        np.array([each for each, _ in found], np.int64),
        np.full(len(found), NO_CAR),
        np.array([day for _, day in found], "datetime64[D]"),
    )


def _period_start(situation: Situation, day: dt.date, kind: PeriodKind) -> dt.date:
    """First day of the period in which *day* lies; weeks begin on `week_start`."""
    if kind == "week":
        first = WEEKDAYS.index(situation.parameters.choice("week_start"))
        return day - dt.timedelta(days=(day.weekday() - first) % 7)
    return Period.containing(day, kind).start


def _after(first: dt.date, kind: PeriodKind) -> dt.date:
    return (
        first + dt.timedelta(days=7)
        if kind == "week"
        else Period.containing(first, kind).end + dt.timedelta(days=1)
    )


def _first_rows(situation: Situation, party: Places) -> Flags:
    """Parties that are not a second row under the same number: two would have the same due keys."""
    if not len(party):  # the places of all parties take a while
        return np.zeros(0, np.bool_)
    ids, places = situation.identities.ids, situation.identities.party_places
    return np.array([places.get(ids[each]) == each for each in party], np.bool_)


@anchor
def account_week(situation: Situation, rule: Rule) -> Anchors:
    """The first day of this week, per key account."""
    return _accounts(situation, "week")


@anchor
def account_month(situation: Situation, rule: Rule) -> Anchors:
    """The first day of this month, per key account."""
    return _accounts(situation, "month")


@anchor
def account_quarter(situation: Situation, rule: Rule) -> Anchors:
    """The first day of this quarter, per key account."""
    return _accounts(situation, "quarter")
