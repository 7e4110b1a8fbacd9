"""The plan of a month: whom the sales manager has contacted, in which groups, and since which day (DOM 3.7, 3.8).

A preview, no second obligation: what is due by the rules stays due.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from dataclasses import dataclass
from typing import Any

import numpy as np

from xl_retention.domain.anchors import ANCHORS
from xl_retention.domain.cadence import Rule
from xl_retention.domain.dates import Period, birthday_in
from xl_retention.domain.due import Items
from xl_retention.domain.identity import NO_CAR, PartyKind
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import MONTH_DAY, Days, Flags, Places, Texts
from xl_retention.domain.tiers import HIGH
from xl_retention.domain.worklist import Worklist

OVERDUE = "OVERDUE"
NO_ITEM = -1


@dataclass(frozen=True)
class Members:
    """
    Who belongs to a group; one entry each.

    Args:
        party, car: Places in `Identities`; car NO_CAR where it is about the customer alone.
        day: What the group goes by: the delivery, the expiry, the birthday; NaT for none.
        item: Place in the items of the call list; NO_ITEM for none.
        personal: Whether it is about the customer, whichever car stands in the row.
    """

    party: Places
    car: Places
    day: Days
    item: Places
    personal: Flags

    @classmethod
    def of_cars(cls, situation: Situation, day: Days, wanted: Flags) -> Members:
        """Listed cars in use whose customer is on file."""
        owner = situation.identities.owner[: len(day)]
        running = situation.cars_in_use
        car = np.flatnonzero(wanted & (owner >= 0) & running & ~np.isnat(day))
        return cls(owner[car], car, day[car], np.full(len(car), NO_ITEM), np.zeros(len(car), np.bool_))

    @classmethod
    def of_customers(cls, party: Places, car: Places, day: Days) -> Members:
        """Customers, whichever car of theirs stands beside them."""
        count = len(party)
        return cls(party, car, day, np.full(count, NO_ITEM), np.ones(count, np.bool_))

    def where(self, kept: Flags) -> Members:
        """The entries for which *kept* is true."""
        return Members(self.party[kept], self.car[kept], self.day[kept], self.item[kept], self.personal[kept])


Lay = Callable[[Situation, Period], Members]


def _delivered(months: int) -> Lay:
    def lay(situation: Situation, month: Period) -> Members:
        delivered = situation.service.delivered
        return Members.of_cars(situation, delivered, month.shift(months).holds(delivered))

    return lay


def _expiring(code: str) -> Lay:
    """Policies and inspections that end in the month after, unless they are renewed already."""

    def lay(situation: Situation, month: Period) -> Members:
        rule = situation.rules[code]
        ends = ANCHORS[rule.counts_from](situation, rule)
        renewed = np.zeros(len(ends.day), np.bool_) if ends.stopped is None else ends.stopped
        return Members.of_cars(situation, ends.day, month.shift(1).holds(ends.day) & ~renewed)

    return lay


def _birthdays(situation: Situation, month: Period) -> Members:
    """Birthdays by the day on which they are kept that year (DOM V8)."""
    month_day = situation.store.customers.read(MONTH_DAY).astype(np.int64)
    feb29: Any = situation.parameters.choice("feb29_observe")
    day = birthday_in(month_day // 100, month_day % 100, month.start.year, feb29)
    party = np.flatnonzero(month.holds(day))
    return Members.of_customers(party, np.full(len(party), NO_CAR), day[party])


def _very_important(situation: Situation, month: Period) -> Members:
    """Customers with a car in use of high value (DOM 4.5: "VIP plan group")."""
    owner = situation.identities.owner[: len(situation.store.vehicles)]
    running = situation.cars_in_use
    cars = np.flatnonzero((situation.value_tier == HIGH) & running & (owner >= 0))
    party, first = np.unique(owner[cars], return_index=True)
    return Members.of_customers(party, cars[first], np.full(len(party), NO_DAY))


def _maintenance(situation: Situation, month: Period) -> Members:
    """Cars due for maintenance in the month after, their first service being done (DOM 3.3 MNT-MONTH, 4.3)."""
    service = situation.service
    wanted = service.first_done & month.shift(1).holds(service.maintenance_due)
    return Members.of_cars(situation, service.maintenance_due, wanted)


def _repaired(situation: Situation, month: Period) -> Members:
    """Cars repaired in the month before that were not here again (DOM 3.3 REPAIR-LIST: "visit since")."""
    visits, count = situation.visits, len(situation.store.vehicles)
    last, repaired = np.full(count, NO_DAY), np.full(count, NO_DAY)
    listed = np.flatnonzero(visits.car < count)
    last[visits.car[listed]] = visits.day[listed]  # sorted by day: the last write is the latest
    then = listed[visits.repair[listed] & month.shift(-1).holds(visits.day[listed])]
    repaired[visits.car[then]] = visits.day[then]
    return Members.of_cars(situation, repaired, last == repaired)


@dataclass(frozen=True)
class Group:
    """One group of the plan.

    Args:
        code: The rule whose switch in the Rules sheet turns it off; a code that is no rule is always on.
        lay: Who belongs to it in a month.
        source: Section of DOM.
    """

    code: str
    lay: Lay
    source: str


GROUPS: tuple[Group, ...] = (
    Group("PLAN-PREV", _delivered(-1), "DOM 3.7"),
    Group("INS-1M", _expiring("INS-1M"), "DOM 3.7"),
    Group("INSP-1M", _expiring("INSP-1M"), "DOM 3.7"),
    Group("BDAY-MONTH", _birthdays, "DOM 3.7"),
    Group("DLV-M03", _delivered(-3), "DOM 3.7"),
    Group("PLAN-VIP", _very_important, "DOM 3.7, 4.5"),
    Group("MNT-MONTH", _maintenance, "DOM 3.3, 3.8"),
    Group("REPAIR-LIST", _repaired, "DOM 3.3, 3.8"),
)
"""In the order of the plan; overdue items follow."""

GROUP_CODES = (*(group.code for group in GROUPS), OVERDUE)


@dataclass(frozen=True)
class Membership:
    """Why a customer is in the plan: group, its day (None for none), and the overdue item (NO_ITEM for none)."""

    group: str
    day: np.datetime64 | None
    item: int


@dataclass(frozen=True)
class PlanRow:
    """One customer with one car or none, and all reasons to contact them."""

    party: int
    car: int
    reasons: tuple[Membership, ...]

    @property
    def groups(self) -> tuple[str, ...]:
        """Codes of the groups, each once."""
        return tuple(dict.fromkeys(reason.group for reason in self.reasons))


@dataclass(frozen=True, eq=False)
class MonthPlan:
    """
    The plan.

    Args:
        month: Which month.
        rows: By sales advisor, then group, day and number of the customer.
        items: Where `Membership.item` points.
        advisors: Sales advisor of each party; of a key account its owner.
    """

    month: Period
    rows: tuple[PlanRow, ...]
    items: Items
    advisors: Texts

    def count(self, group: str) -> int:
        """How many rows are in a group."""
        return sum(group in row.groups for row in self.rows)


def month_plan(situation: Situation, month: Period, worklist: Worklist) -> MonthPlan:
    """
    Who belongs into the plan of a month, as known on the situation's day.

    Nobody who asked not to be contacted is in it, but with a complaint that is overdue.

    Args:
        worklist: The calls of that day; those behind their deadline come into the plan.
    """
    items = worklist.rows.items
    parts = [(group.code, _allowed(situation, group.lay(situation, month))) for group in _on(situation)]
    parts.append((OVERDUE, _overdue(situation, items)))
    advisors = _advisors(situation)
    rows = [
        PlanRow(party, car, tuple(reasons)) for (party, car), reasons in _gathered(situation, parts).items()
    ]
    order, ids = {code: place for place, code in enumerate(GROUP_CODES)}, situation.identities.ids
    rows.sort(key=lambda row: (advisors[row.party], order[row.groups[0]], _first_day(row), ids[row.party], row.car))
    return MonthPlan(month, tuple(rows), items, advisors)


def _on(situation: Situation) -> Iterator[Group]:
    for group in GROUPS:
        rule: Rule | None = situation.rules.get(group.code)
        if rule is None or rule.on:
            yield group


def _allowed(situation: Situation, members: Members) -> Members:
    return members.where(~situation.store.customers.flags("do_not_contact")[members.party])


def _overdue(situation: Situation, items: Items) -> Members:
    """What is behind its deadline; the global stops have been applied to the list."""
    late = np.flatnonzero(items.deadline < situation.day)
    return Members(items.party[late], items.car[late], items.deadline[late], late, items.car[late] == NO_CAR)


def _gathered(
    situation: Situation, parts: list[tuple[str, Members]]
) -> dict[tuple[int, int], list[Membership]]:
    """All reasons by party and car; what is about the customer goes to the first of the cars in the plan."""
    same = _one_per_number(situation)
    home: dict[int, int] = {}
    for personal in (False, True):
        for _, members in parts:
            chosen = np.flatnonzero((members.personal == personal) & (members.car != NO_CAR))
            for party, car in zip(members.party[chosen].tolist(), members.car[chosen].tolist(), strict=True):
                home.setdefault(same.get(party, party), car)
    gathered: dict[tuple[int, int], list[Membership]] = {}
    for code, members in parts:
        columns = (members.party, members.car, members.item, members.personal)
        for place, (party, car, item, personal) in enumerate(
            zip(*(column.tolist() for column in columns), strict=True)
        ):
            party = same.get(party, party)
            day = members.day[place]
            key = (party, home.get(party, NO_CAR) if personal else car)
            gathered.setdefault(key, []).append(Membership(code, None if np.isnat(day) else day, item))
    return gathered


def _one_per_number(situation: Situation) -> dict[int, int]:
    """The first card of each prospect with several cards under one number."""
    identities = situation.identities
    first: dict[tuple[PartyKind, str], int] = {}
    return {
        party: first.setdefault((identities.kind(party), identities.ids[party]), party)
        for party in range(identities.prospect_from, len(identities.ids))
    }


def _first_day(row: PlanRow) -> int:
    day = row.reasons[0].day
    return 0 if day is None else int(day.astype(np.int64))


def _advisors(situation: Situation) -> Texts:
    store = situation.store
    return np.concatenate([
        store.customers.texts("sales_advisor"),
        store["prospect"].texts("sales_advisor"),
        store["key_account"].texts("owner"),
    ])  # fmt: skip
