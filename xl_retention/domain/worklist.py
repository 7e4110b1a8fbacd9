"""The call list: due contacts without the stopped ones, merged per customer and role, ranked (DOM 0.3)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass, fields, replace
from functools import cached_property
from operator import lt
from typing import NamedTuple

import numpy as np

from xl_retention.domain.cadence import COMPLAINT_CLOCK
from xl_retention.domain.capacity import serving_order, taken_over, within_capacity
from xl_retention.domain.contacts import due_contacts
from xl_retention.domain.do_not_contact import banned
from xl_retention.domain.due import Items
from xl_retention.domain.identity import Identities, PartyKind
from xl_retention.domain.lapse.in_calls import call_order
from xl_retention.domain.loyalty import in_use
from xl_retention.domain.ordering import order_of
from xl_retention.domain.owners import colleagues, owners_of
from xl_retention.domain.quiet_time import at_rest
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places, Texts
from xl_retention.domain.tiers import RANKED, TIERS, UNKNOWN

DO_NOT_CONTACT, VEHICLE_GONE, NO_CONSENT = "do_not_contact", "vehicle_gone", "no_consent"

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


class Suppressed(NamedTuple):
    """A due contact that a global stop keeps off the list."""

    customer_id: str
    rule: str
    reason: str


@dataclass(frozen=True, eq=False)
class DueKeys:
    """The due keys of items, spelled out when somebody asks for them."""

    items: Items
    identities: Identities

    @cached_property
    def texts(self) -> Texts:
        """Due key of each item."""
        return np.array([*self.of(np.arange(len(self.items))), ""], object)[:-1]

    def of(self, places: Places) -> list[str]:
        """Due keys of the items at *places*."""
        return self.items.where(places).keys(self.identities.ids, self.identities.car_ids)


@dataclass(frozen=True, eq=False)
class Rows:
    """
    The call list as columns, one entry per row; `Worklist.calls` shows the same row by row.

    Args:
        items: Due contacts, those of one row side by side in the order of their reasons.
        first: Place of each row's first item.
        count: Number of items of each row.
        party, car: Of the first item; car -1 for none.
        due, deadline: Earliest of the row's items.
        overdue: Days from that deadline to `as_of`, at least 0.
        tier: Best value tier of the party's cars.
        due_keys: Of the items.
    """

    items: Items
    first: Places
    count: Places
    party: Places
    car: Places
    role: Texts
    owner: Texts
    due: Days
    deadline: Days
    overdue: Places
    priority: Places
    tier: Texts
    due_keys: DueKeys

    @property
    def keys(self) -> Texts:
        """Due key of each item."""
        return self.due_keys.texts

    def __len__(self) -> int:
        return len(self.first)

    def where(self, places: Places) -> Rows:
        """The rows at *places*."""
        chosen = {
            each.name: getattr(self, each.name)[places]
            for each in fields(self)
            if each.name not in ("items", "due_keys")
        }
        return Rows(items=self.items, due_keys=self.due_keys, **chosen)

    def joined(self, texts: Sequence[str], sign: str) -> list[str]:
        """Texts of the items (one each) put together per row."""
        ends = (self.first + self.count).tolist()
        return [
            texts[first] if end == first + 1 else sign.join(dict.fromkeys(texts[first:end]))
            for first, end in zip(self.first.tolist(), ends, strict=True)
        ]


@dataclass(frozen=True, eq=False)
class Worklist:
    """Today's calls.

    Args:
        rows: In the order of DOM 0.3.
        suppressed: What global stops and missing consent keep off.
        carried: Rows beyond what everybody's day has room for; they come back tomorrow.
        resting: Rows that wait because their customer was contacted lately (`quiet_time`).
    """

    as_of: dt.date
    rows: Rows
    identities: Identities
    suppressed: tuple[Suppressed, ...]
    carried: Rows
    resting: Rows

    def calls_at(self, places: Sequence[int]) -> tuple[Call, ...]:
        """Some rows of the list, by their places from 0."""
        return self._calls(self.rows.where(np.array(places, np.int64)))

    @cached_property
    def calls(self) -> tuple[Call, ...]:
        """The list, row by row."""
        return self._calls(self.rows)

    @cached_property
    def carried_over(self) -> tuple[Call, ...]:
        """What waits for tomorrow, row by row."""
        return self._calls(self.carried)

    @cached_property
    def left_in_peace(self) -> tuple[Call, ...]:
        """What waits until the customer's quiet time is over, row by row."""
        return self._calls(self.resting)

    def _calls(self, rows: Rows) -> tuple[Call, ...]:
        identities, items = self.identities, rows.items
        anchors, dues, deadlines = items.anchor.tolist(), items.due.tolist(), items.deadline.tolist()
        moments, timed, cars, rules = (
            column.tolist() for column in (items.moment, items.timed, items.car, items.rule)
        )
        columns = (
            rows.first, rows.count, rows.party, rows.car, rows.role, rows.owner, rows.due, rows.deadline,
            rows.overdue, rows.priority, rows.tier,
        )  # fmt: skip
        calls = []
        for first, count, party, car, role, owner, due, deadline, overdue, priority, tier in zip(
            *(column.tolist() for column in columns), strict=True
        ):
            reasons = tuple(
                [
                    Reason(
                        rules[place],
                        anchors[place],
                        dues[place],
                        deadlines[place],
                        moments[place] if timed[place] else None,
                        cars[place],
                        rows.keys[place],
                    )
                    for place in range(first, first + count)
                ]
            )
            calls.append(
                Call(
                    party,
                    identities.ids[party],
                    identities.names[party],
                    identities.mobiles[party],
                    identities.car_ids[car] if car >= 0 else "",
                    identities.plates[car] if car >= 0 else "",
                    role,
                    owner,
                    due,
                    deadline,
                    overdue,
                    priority,
                    tier,
                    reasons,
                )
            )
        return tuple(calls)


def todays_calls(situation: Situation) -> Worklist:
    """The call list of a store on the situation's day (DOM 0.3, "Generate today's calls")."""
    listed = due_contacts(situation).listed()
    stops = stop_reasons(situation, listed)
    identities = situation.identities
    stopped = stops != ""
    suppressed = tuple(
        map(
            Suppressed,
            identities.ids[listed.party[stopped]].tolist(),
            listed.rule[stopped].tolist(),
            stops[stopped].tolist(),
        )
    )
    rests = at_rest(situation, listed)
    rows = _spread(situation, _merged(situation, listed.where(~stopped & ~rests)))
    kept = _within_capacity(situation, rows)
    return Worklist(
        situation.date,
        rows.where(np.flatnonzero(kept)),
        identities,
        suppressed,
        rows.where(np.flatnonzero(~kept)),
        _merged(situation, listed.where(~stopped & rests)),
    )


def stop_reasons(situation: Situation, items: Items) -> Texts:
    """Why each item is kept off the list; "" where nothing does."""
    customers, vehicles = situation.store.customers, situation.store.vehicles
    beyond = len(situation.identities.ids) - len(customers) + 1
    silent = np.append(customers.flags("do_not_contact"), np.zeros(beyond, np.bool_))[items.party]
    consent = np.append(customers.flags("consent_marketing"), np.ones(beyond, np.bool_))[items.party]
    listed = (items.car >= 0) & (items.car < len(vehicles))
    status = np.full(len(items), "", object)
    status[listed] = vehicles.texts_at("vehicle_status", items.car[listed])
    rules = items.rules
    goes_on = rules.is_any(GOES_ON_AFTER_REPLACEMENT) & (status == "它牌置换")
    by_the_clock = rules.is_any(*COMPLAINT_CLOCK)
    fits = [
        (silent & ~by_the_clock) | banned(situation, items),
        ~in_use(status) & ~goes_on & ~by_the_clock,
        ~consent & rules.is_any(*NEEDS_CONSENT),
    ]
    reasons = np.array([DO_NOT_CONTACT, VEHICLE_GONE, NO_CONSENT, ""], object)
    return np.asarray(reasons[np.select(fits, range(len(fits)), len(fits))])


def best_tier_ranks(situation: Situation) -> Places:
    """Place in `RANKED` of the best value tier among the cars of each party; 未知 without a car."""
    best = np.full(len(situation.identities.ids) + 1, RANKED.index(UNKNOWN))
    rank = situation.tier_rank
    np.minimum.at(best, situation.identities.owner[: len(rank)], rank)
    return best[:-1]


def _merged(situation: Situation, items: Items) -> Rows:
    """One row per party and role, in the order of DOM 0.3."""
    identities = situation.identities
    priority = items.rules.numbers({code: rule.priority for code, rule in situation.rules.items()})
    group = _groups(identities, items)
    ranking = (group, priority, items.moment.astype(np.int64), items.due.astype(np.int64))
    order = _by_key_where_equal(order_of(*ranking), ranking, DueKeys(items, identities))
    items, priority, group = items.where(order), priority[order], group[order]

    first = np.flatnonzero(np.append(True, group[1:] != group[:-1])[: len(group)])
    tier_rank = situation.once(best_tier_ranks)
    rows = Rows(
        items=items,
        first=first,
        count=np.diff(np.append(first, len(group))),
        party=items.party[first],
        car=items.car[first],
        role=items.role[first],
        owner=owners_of(situation, items.where(first)),
        due=_earliest(items.due, first),
        deadline=_earliest(items.deadline, first),
        overdue=np.maximum((situation.day - _earliest(items.deadline, first)).astype(np.int64), 0),
        priority=priority[first],
        tier=TIERS[tier_rank[items.party[first]]],
        due_keys=DueKeys(items, identities),
    )
    by_score = call_order(situation)
    return rows.where(
        order_of(
            rows.priority,
            *([] if by_score is None else [by_score[rows.party]]),
            _earliest(items.moment, first).astype(np.int64),
            tier_rank[rows.party],
            _id_ranks(identities, rows.party),
            _text_ranks(items.roles.different)[items.roles.code[first]],
        )
    )


def _groups(identities: Identities, items: Items) -> Places:
    """A number per party and role; two cards under one number are one prospect."""
    party = items.party.copy()
    first: dict[tuple[PartyKind, str], int] = {}
    for place in np.flatnonzero(party >= identities.prospect_from):
        card = int(party[place])
        party[place] = first.setdefault((identities.kind(card), identities.ids[card]), card)
    role = items.roles
    return np.asarray(party * len(role.different) + role.code, np.int64)


def _earliest(days: Days, first: Places) -> Days:
    """The earliest of the days of each row."""
    if not len(first):
        return days[:0]
    return np.minimum.reduceat(days.astype(np.int64), first).astype(days.dtype)


def _text_ranks(texts: Texts) -> Places:
    """Places of texts in the order of their characters; equal texts have equal places."""
    listed = texts.tolist()
    if all(map(lt, listed, listed[1:])):  # as numbers given one after the other are
        return np.arange(len(texts))
    order = np.array(sorted(range(len(texts)), key=listed.__getitem__), np.int64)
    ordered = texts[order]
    ranks = np.zeros(len(texts), np.int64)
    ranks[order[1:]] = np.cumsum(ordered[1:] != ordered[:-1])
    return ranks


def _id_ranks(identities: Identities, party: Places) -> Places:
    """Places of the numbers of parties in the order of their characters; each party is looked at once."""
    parties, place = np.unique(party, return_inverse=True)
    return _text_ranks(identities.ids[parties])[place]


def _by_key_where_equal(order: Places, columns: Sequence[Places], due_keys: DueKeys) -> Places:
    """*order*, in which neighbours that are equal in all *columns* are put in the order of their due keys."""
    if len(order) < 2:
        return order
    equal = np.ones(len(order) - 1, np.bool_)
    for column in columns:
        ordered = column[order]
        equal &= ordered[1:] == ordered[:-1]
    tied = np.append(False, equal) | np.append(equal, False)
    places = np.flatnonzero(tied)
    keys = dict(zip(places.tolist(), due_keys.of(order[places]), strict=True))
    edges = np.diff(np.concatenate([[0], equal.astype(np.int8), [0]]))
    for start, end in zip(np.flatnonzero(edges == 1), np.flatnonzero(edges == -1) + 1, strict=True):
        order[start:end] = order[sorted(range(start, end), key=keys.__getitem__)]
    return order


def _spread(situation: Situation, rows: Rows) -> Rows:
    """The rows of whoever is off today with those who take them over."""
    off = situation.store.capacity.off_on(situation.date)
    return replace(rows, owner=taken_over(rows.owner, rows.role, off, colleagues(situation.store["staff"])))


def _within_capacity(situation: Situation, rows: Rows) -> Flags:
    """The rows that everybody's day has room for (DOM 9, max_calls_per_staff_day)."""
    store, parameters = situation.store, situation.parameters
    most = parameters.integer("max_calls_per_staff_day")
    different = set(zip(rows.owner.tolist(), rows.role.tolist(), strict=True))
    limits = {(name, role): store.capacity.limit(name, role, most) for name, role in different}
    order = serving_order(rows.priority, rows.due, situation.day, parameters.integer("max_wait_days"))
    return within_capacity(rows.owner, rows.role, limits, order)
