"""What each person did on a day and what is left: the daily report (DOM 6.1 "Check", 6.4)."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field

import numpy as np

from xl_retention.domain.dates import Period, add_months
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.situation import CLOSED_STATUS, Situation
from xl_retention.domain.store import Flags, Places, Texts
from xl_retention.domain.worklist import Worklist

CHANGES_OF_A_CARD = ("created_date", "last_follow_date", "order_date", "cancel_date", "lost_date")
"""Dates of what happens to a prospect, each of which a supervisor reads (DOM 6.1)."""


@dataclass
class PersonsDay:
    """
    One person's day.

    Args:
        staff: Name; "" for what names nobody.
        made: Rows of the contact log table of that day, by time.
        left: Rows of the call list that wait for this person, in its order.
        overdue: How many of them are behind their deadline.
        complaints: Rows of the complaint table that the person handles and that are not closed.
        bookings: Rows of the booking table of that day: of a customer whom the person talked to on it.
        unread: Rows of the contact log table of the last month that no supervisor has reviewed, by time.
        unread_prospects: Rows of the prospect table that changed in the last month and that nobody has reviewed.
        unread_cards: Rows of the C-card table, filed this month or the last, that no manager has checked.
    """

    staff: str
    made: list[int] = field(default_factory=list)
    left: list[int] = field(default_factory=list)
    overdue: int = 0
    complaints: list[int] = field(default_factory=list)
    bookings: list[int] = field(default_factory=list)
    unread: list[int] = field(default_factory=list)
    unread_prospects: list[int] = field(default_factory=list)
    unread_cards: list[int] = field(default_factory=list)

    @property
    def unread_count(self) -> int:
        """How much waits for the supervisor."""
        return len(self.unread) + len(self.unread_prospects) + len(self.unread_cards)

    def results(self, result: Texts) -> Counter[str]:
        """How many of the contacts had which result, by the column of the log table; "" for none."""
        return Counter(result[self.made].tolist())


def day_report(situation: Situation, worklist: Worklist, staff: str | None = None) -> list[PersonsDay]:
    """
    The report of the situation's day, a person each, by name; what names nobody comes last.

    Args:
        worklist: The calls that are left at the end of that day.
        staff: Only this person, who is reported on even with nothing to tell.
    """
    people: dict[str, PersonsDay] = defaultdict(lambda: PersonsDay(""))

    def enter(names: Iterable[str], places: Iterable[int], part: str) -> None:
        for name, place in zip(names, places, strict=True):
            getattr(people[name], part).append(place)

    log, rows = situation.log, worklist.rows
    today = np.flatnonzero(log.day == situation.day)
    enter(log.staff[today].tolist(), log.row[today].tolist(), "made")
    enter(rows.owner.tolist(), range(len(rows)), "left")
    for owner, days in zip(rows.owner.tolist(), rows.overdue.tolist(), strict=True):
        people[owner].overdue += days > 0
    complaints = situation.store["complaint"]
    waiting = np.flatnonzero(_open_complaints(situation))
    enter(complaints.texts("handler")[waiting].tolist(), waiting.tolist(), "complaints")
    _enter_bookings(situation, people)
    unread = np.flatnonzero(_unread(situation))
    enter(log.staff[unread].tolist(), log.row[unread].tolist(), "unread")
    prospects, cards = situation.store["prospect"], np.flatnonzero(_unchecked_cards(situation))
    changed = np.flatnonzero(_unread_prospects(situation))
    enter(prospects.texts("sales_advisor")[changed].tolist(), changed.tolist(), "unread_prospects")
    enter(_advisors_of_cards(situation, cards), cards.tolist(), "unread_cards")
    if staff is not None:
        people = {staff: people[staff]}
    for name, day in people.items():
        day.staff = name
    return sorted(people.values(), key=lambda day: (day.staff == "", day.staff))


def _open_complaints(situation: Situation) -> Flags:
    """Complaints that were received and are not closed (DOM K19)."""
    complaints = situation.store["complaint"]
    solved, followed = (~np.isnat(complaints.moments(name)) for name in ("resolved_at", "followup_at"))
    closed = (solved & followed) | (~solved & ~followed & (complaints.texts("status") == CLOSED_STATUS))
    return np.asarray(~closed & ~np.isnat(complaints.moments("received_at")))


def _enter_bookings(situation: Situation, people: dict[str, PersonsDay]) -> None:
    """Bookings name no person: whoever talked to the customer last on that day has made them."""
    log = situation.log
    today = np.flatnonzero((log.day == situation.day) & (log.party != NOBODY))
    talked = dict(zip(log.party[today].tolist(), log.staff[today].tolist(), strict=True))  # the last one stays
    bookings, party = situation.store["booking"], situation.identities.bookings.party
    for place in np.flatnonzero(bookings.days("booked_on") == situation.day).tolist():
        people[talked.get(int(party[place]), "")].bookings.append(place)


def _unread(situation: Situation) -> Flags:
    """Rows of the log, of the month up to the day, that wait for review; none in a store without that column."""
    log = situation.log
    if "checked_by" not in log.table.columns:
        return np.zeros(len(log), np.bool_)
    since = np.datetime64(add_months(situation.date, -1), "D")
    waits = log.table.texts("checked_by")[log.row] == ""
    return np.asarray(waits & (log.day > since) & (log.result != ""))


def _unread_prospects(situation: Situation) -> Flags:
    """Prospects opened, followed, ordered, cancelled or lost in the month up to the day and not reviewed since."""
    table = situation.store["prospect"]
    if "reviewed_by" not in table.columns:
        return np.zeros(len(table), np.bool_)
    since = np.datetime64(add_months(situation.date, -1), "D")
    changed = np.zeros(len(table), np.bool_)
    for name in CHANGES_OF_A_CARD:
        changed |= (table.days(name) > since) & (table.days(name) <= situation.day)
    return np.asarray(changed & (table.texts("reviewed_by") == ""))


def _unchecked_cards(situation: Situation) -> Flags:
    """C-cards filed under this month or the last whose yellow card no manager has checked (DOM 6.5)."""
    table = situation.store["base_card"]
    if "manager_checked" not in table.columns:
        return np.zeros(len(table), np.bool_)
    month = Period.containing(situation.date, "month")
    filed = np.isin(table.texts("month_file").astype(str), [month.label, month.shift(-1).label])
    return np.asarray(filed & (table.texts("manager_checked") == ""))


def _advisors_of_cards(situation: Situation, cards: Places) -> list[str]:
    customers, places = situation.store.customers, situation.identities.party_places
    advisors = customers.texts("sales_advisor")
    numbers = situation.store["base_card"].texts("customer_id")[cards].tolist()
    parties = (places.get(number, NOBODY) for number in numbers)
    return [str(advisors[party]) if 0 <= party < len(advisors) else "" for party in parties]
