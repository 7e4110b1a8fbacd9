"""The call list: due contacts without the stopped ones, merged per customer and role, ranked (DOM 0.3)."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.cadence import COMPLAINT_CLOCK
from xl_retention.domain.contacts import OWNER_FIELDS, due_contacts
from xl_retention.domain.due import Items
from xl_retention.domain.identity import PartyKind
from xl_retention.domain.loyalty import in_use
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Texts
from xl_retention.domain.tiers import RANKED, UNKNOWN

DO_NOT_CONTACT, VEHICLE_GONE, NO_CONSENT = "do_not_contact", "vehicle_gone", "no_consent"

GONE = ("转让", "报废", "它牌置换")
GOES_ON_AFTER_REPLACEMENT = "LAPSE-TRUE"
"""The survey why a customer left is still made when he bought another brand (DOM 0.3, global stops)."""
NEEDS_CONSENT = ("BDAY-7", "BDAY-0")
"""The message rules among today's calls (DOM 0.3)."""

@dataclass(frozen=True)
class Reason:
    """Why a call is on the list: one due contact of it.

    Args:
        rule: Rule code.
        anchor, due, deadline: Days of the item.
        moment: Deadline with its clock, None where it has none.
        car: Place of the car in `Identities`, -1 for none.
        due_key: As written to the log when the call is saved.
    """

    rule: str
    anchor: dt.date
    due: dt.date
    deadline: dt.date
    moment: dt.datetime | None
    car: int
    due_key: str


@dataclass(frozen=True)
class Call:
    """One row of the call list: everything due of one party for one role."""

    party: int
    customer_id: str
    customer_name: str
    mobile: str
    vin: str
    plate_no: str
    role: str
    owner: str
    due_date: dt.date
    deadline: dt.date
    overdue_days: int
    priority: int
    value_tier: str
    reasons: tuple[Reason, ...]

    @property
    def rules(self) -> tuple[str, ...]:
        """Rule codes in the order of the reasons, each once."""
        return tuple(dict.fromkeys(reason.rule for reason in self.reasons))

    @property
    def due_keys(self) -> tuple[str, ...]:
        """Due keys in the order of the reasons."""
        return tuple([reason.due_key for reason in self.reasons])


@dataclass(frozen=True)
class Suppressed:
    """A due contact that a global stop keeps off the list."""

    customer_id: str
    rule: str
    reason: str


@dataclass(frozen=True)
class Worklist:
    """Today's calls.

    Args:
        calls: In the order of DOM 0.3.
        suppressed: What global stops and missing consent keep off.
        carried_over: Calls beyond `max_calls_per_staff_day`; they come back tomorrow.
    """

    as_of: dt.date
    calls: tuple[Call, ...]
    suppressed: tuple[Suppressed, ...] = ()
    carried_over: tuple[Call, ...] = ()


def todays_calls(situation: Situation) -> Worklist:
    """The call list of a store on the situation's day (DOM 0.3, "Generate today's calls")."""
    listed = due_contacts(situation).listed()
    stops = _stops(situation, listed)
    ids = situation.identities.ids
    suppressed = tuple(
        Suppressed(str(ids[listed.party[place]]), str(listed.rule[place]), str(stops[place]))
        for place in np.flatnonzero(stops != "")
    )
    calls = _merged(situation, listed.where(stops == ""))
    kept, carried = _capped(calls, situation.parameters.integer("max_calls_per_staff_day"))
    return Worklist(situation.date, kept, suppressed, carried)


def _stops(situation: Situation, items: Items) -> Texts:
    """Why each item is kept off the list; "" where nothing does."""
    customers, vehicles = situation.store.customers, situation.store.vehicles
    beyond = len(situation.identities.ids) - len(customers) + 1
    silent = np.append(customers.flags("do_not_contact"), np.zeros(beyond, np.bool_))[items.party]
    consent = np.append(customers.flags("consent_marketing"), np.ones(beyond, np.bool_))[items.party]
    status = np.append(vehicles.texts("vehicle_status"), "")
    car = np.where((items.car >= 0) & (items.car < len(vehicles)), items.car, len(vehicles))
    gone = ~in_use(status)[car]
    goes_on = (items.rule == GOES_ON_AFTER_REPLACEMENT) & (status[car] == "它牌置换")
    by_the_clock = _is_one_of(items.rule, COMPLAINT_CLOCK)
    return np.select(
        [
            silent & ~by_the_clock,
            gone & ~goes_on & ~by_the_clock,
            ~consent & _is_one_of(items.rule, NEEDS_CONSENT),
        ],
        [DO_NOT_CONTACT, VEHICLE_GONE, NO_CONSENT],
        "",
    ).astype(object)


def _is_one_of(values: Texts, words: Sequence[str]) -> Flags:
    found = np.zeros(len(values), np.bool_)
    for word in words:
        found |= values == word
    return found


def best_tiers(situation: Situation) -> Texts:
    """Best value tier among the cars of each party; 未知 without a car."""
    ranks = {tier: rank for rank, tier in enumerate(RANKED)}
    best = np.full(len(situation.identities.ids) + 1, ranks[UNKNOWN])
    rank = np.array([ranks[tier] for tier in situation.value_tier], np.int64)
    np.minimum.at(best, situation.identities.owner[: len(rank)], rank)
    return np.array(RANKED, object)[best[:-1]]


class _Owners:
    """Who makes a contact: the customer's own person of that role, else the only one of that role."""

    def __init__(self, situation: Situation) -> None:
        self.identities = situation.identities
        store = situation.store
        self.own = {role: store.customers.texts(name) for role, name in OWNER_FIELDS.items()}
        self.advisors = store["prospect"].texts("sales_advisor")
        self.account_owners = store["key_account"].texts("owner")
        staff = store["staff"]
        active = [
            (role, name)
            for role, name, status in zip(
                staff.texts("role"), staff.texts("name"), staff.texts("status"), strict=True
            )
            if role and name and status != "离职"
        ]
        people = Counter(role for role, _ in set(active))
        self.only: Mapping[str, str] = {role: name for role, name in active if people[role] == 1}

    def of(self, party: int, role: str, named: str) -> str:
        if named:
            return named
        kind = self.identities.kind(party)
        owner = ""
        if kind is PartyKind.CUSTOMER and role in self.own:
            owner = str(self.own[role][party])
        elif kind is PartyKind.PROSPECT and role == "SA":
            owner = str(self.advisors[party - self.identities.prospect_from])
        elif kind is PartyKind.ACCOUNT:
            owner = str(self.account_owners[party - self.identities.account_from])
        return owner or self.only.get(role, "")


def _merged(situation: Situation, items: Items) -> list[Call]:
    """One call per party and role, in the order of DOM 0.3."""
    identities, owners = situation.identities, _Owners(situation)
    tiers = best_tiers(situation).tolist()
    ranks = {tier: rank for rank, tier in enumerate(RANKED)}
    priorities = {code: rule.priority for code, rule in situation.rules.items()}
    keys = items.keys(identities.ids, identities.car_ids)
    rules, cars = items.rule.tolist(), items.car.tolist()
    anchors, dues, deadlines = items.anchor.tolist(), items.due.tolist(), items.deadline.tolist()
    moments, timed = items.moment.tolist(), items.timed.tolist()
    named = items.owner.tolist()
    parties = items.party.tolist()
    groups: dict[tuple[str, str], list[int]] = {}
    for place, group in enumerate(zip(identities.ids[items.party].tolist(), items.role.tolist(), strict=True)):
        groups.setdefault(group, []).append(place)
    ranked: list[tuple[tuple[object, ...], Call]] = []
    for (_, role), members in groups.items():
        if len(members) > 1:
            members.sort(
                key=lambda place: (priorities[rules[place]], moments[place], dues[place], keys[place])
            )
        first, party, car = members[0], parties[members[0]], cars[members[0]]
        reasons = tuple(
            [
                Reason(
                    rules[place],
                    anchors[place],
                    dues[place],
                    deadlines[place],
                    moments[place] if timed[place] else None,
                    cars[place],
                    keys[place],
                )
                for place in members
            ]
        )
        deadline = min([deadlines[place] for place in members])
        tier = tiers[party]
        call = Call(
            party,
            identities.ids[party],
            identities.names[party],
            identities.mobiles[party],
            identities.car_ids[car] if car >= 0 else "",
            identities.plates[car] if car >= 0 else "",
            role,
            owners.of(party, role, named[first]),
            min([dues[place] for place in members]),
            deadline,
            max((situation.date - deadline).days, 0),
            priorities[rules[first]],
            tier,
            reasons,
        )
        earliest = min([moments[place] for place in members])
        ranked.append(((call.priority, earliest, ranks[tier], call.customer_id, role), call))
    ranked.sort(key=lambda pair: pair[0])
    return [call for _, call in ranked]


def _capped(calls: list[Call], limit: int) -> tuple[tuple[Call, ...], tuple[Call, ...]]:
    """The first *limit* calls of each owner, and the rest; 0 is no limit."""
    if limit <= 0:
        return tuple(calls), ()
    counts: Counter[str] = Counter()
    kept, carried = [], []
    for call in calls:
        counts[call.owner] += 1
        (carried if call.owner and counts[call.owner] > limit else kept).append(call)
    return tuple(kept), tuple(carried)
