"""What each rule counts from: for every rule the parties, cars and days its items start at (DOM 3, 3.8 "Anchor").

One function per name in the column `counts_from` of the rule table. A function answers for one rule with
`Anchors`; the windows are laid on them in `due.py`.
"""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Iterable
from dataclasses import dataclass, fields, replace
from typing import Any

import numpy as np

from xl_retention.domain.cadence import Rule
from xl_retention.domain.contact_log import CONNECTED, MOVED, REFUSED
from xl_retention.domain.dates import Period, PeriodKind, add_months, has_clock, next_birthday
from xl_retention.domain.identity import NO_CAR, RowsOf
from xl_retention.domain.mileage import NO_DAY
from xl_retention.domain.prospects import OPEN_STATUS, Contact, follow_up_grade, next_follow_up
from xl_retention.domain.situation import Situation, ended_bookings
from xl_retention.domain.store import MONTH_DAY, Days, Flags, Numbers, Places, Texts

NARROW_BASE = ("", "自销")
SOLVED = ("已解决", "已关闭")
LEVEL_ROLES = {"1": "CS", "2": "SV", "3": "RS", "4": "SVM", "5": "GM"}
"""Who solves a complaint at each handler level (DOM 3.4, CMP-24H)."""


@dataclass(frozen=True)
class Anchors:
    """Where the items of one rule start; all arrays have one entry per item.

    Args:
        party, car: Places in `Identities`; car NO_CAR for an item without a car.
        day: The anchor, datetime64[D]: the date in the due key.
        months, days: Distance of the base day from the anchor; rule offsets count from there without chaining
            (DOM V3).
        clock: Seconds since midnight of the base moment; NaN where the clock is unknown.
        sequence: Last part of the due key.
        stopped: Where the rule's own stop condition holds.
        role, owner: Where they differ from the rule's role and that role's owner; "" else.
        expire_by: Latest expire day; NaT for no limit.
        after_row: Row of the log that brought the item about; only later rows can close it. -1 for none.
        only: Items that exist at all.
        max_calls: Number of occurrences of a chain; 0 for no limit.
        chained: Whether occurrence k+1 is born when k closes (DOM 3.6 "Repeating rules").
    """

    party: Places
    car: Places
    day: Days
    months: Places | int = 0
    days: Places | int = 0
    clock: Numbers | None = None
    sequence: Texts | None = None
    stopped: Flags | None = None
    role: Texts | None = None
    owner: Texts | None = None
    expire_by: Days | None = None
    after_row: Places | None = None
    max_calls: int = 0
    chained: bool = False
    only: Flags | None = None

    def where(self, places: Places) -> Anchors:
        """The anchors at *places*."""
        chosen: dict[str, Any] = {
            each.name: value[places]
            for each in fields(self)
            if isinstance(value := getattr(self, each.name), np.ndarray)
        }
        return replace(self, **chosen)


Anchor = Callable[[Situation, Rule], Anchors]
ANCHORS: dict[str, Anchor] = {}


def _anchor(function: Anchor) -> Anchor:
    ANCHORS[function.__name__] = function
    return function


def _cars(situation: Situation, day: Days, **more: object) -> Anchors:
    """Anchors of listed cars whose customer is on file and whose anchor *day* is known."""
    owner = situation.identities.owner[: len(day)]
    only = (owner >= 0) & ~np.isnat(day)
    return Anchors(owner, np.arange(len(day)), day, only=only, **more)  # type: ignore[arg-type]


def _narrow(situation: Situation) -> Flags:
    """Per listed car: whether its customer belongs to the narrow base (DOM C10)."""
    scope = np.append(situation.store.customers.texts("base_scope"), "它牌")
    narrow = np.zeros(len(scope), np.bool_)
    for word in NARROW_BASE:
        narrow |= scope == word
    owner = situation.identities.owner[: len(situation.store.vehicles)]
    return np.asarray(narrow[owner])


@_anchor
def nothing(situation: Situation, rule: Rule) -> Anchors:
    """Rules that need a sheet of their own, or live in the monthly plan."""
    empty = np.empty(0, np.int64)
    return Anchors(empty, empty, np.empty(0, "datetime64[D]"))


@_anchor
def delivery(situation: Situation, rule: Rule) -> Anchors:
    """The delivery day, with the clock of delivery_time or of the delivery date itself."""
    return situation.once(_narrow_delivery if rule.narrow else _any_delivery)


def _any_delivery(situation: Situation) -> Anchors:
    vehicles = situation.store.vehicles
    typed = vehicles.numbers("delivery_time")
    moment = vehicles.moments("delivery_date")
    in_date = (moment - moment.astype("datetime64[D]")).astype("timedelta64[s]").astype(np.float64)
    clock = np.where(typed > 0, typed, np.where(has_clock(moment), in_date, np.nan))  # 00:00 is no clock (V18)
    return _cars(situation, situation.service.delivered, clock=clock)


def _narrow_delivery(situation: Situation) -> Anchors:
    anchors = situation.once(_any_delivery)
    return replace(anchors, only=np.asarray(anchors.only) & _narrow(situation))


@_anchor
def month_series(situation: Situation, rule: Rule) -> Anchors:
    """A month of the series after delivery; month 3 only while the first service is open (C2)."""
    service = situation.service
    stopped = service.first_done if rule.month == 3 else None
    return _cars(
        situation,
        service.delivered,
        months=rule.month,
        stopped=stopped,
        role=situation.once(_upkeep_roles) if rule.month > LAST_MONTH_OF_SALES and not rule.role_given else None,
    )


@_anchor
def month_repeat(situation: Situation, rule: Rule) -> Anchors:
    """Every three months from month 48 on; ends when the car is lost and the reason known."""
    start = situation.parameters.integer("month_repeat_from")
    every = max(situation.parameters.integer("month_repeat_every"), 1)
    delivered = situation.service.delivered
    reach = _months_open(situation, delivered) - start + _lead_months(rule)
    car, occurrence = _occurrences(np.where(reach >= 0, reach // every + 1, 0))
    months = start + every * (occurrence - 1)
    owner = situation.identities.owner[car]
    return Anchors(
        owner,
        car,
        delivered[car],
        months=months,
        sequence=occurrence.astype(str).astype(object),
        stopped=situation.lost_and_confirmed[car],
        role=None if rule.role_given else np.where(
            months > LAST_MONTH_OF_SALES, situation.once(_upkeep_roles)[car], "SA"
        ).astype(object),
        only=owner >= 0,
    )


LAST_MONTH_OF_SALES = 12
"""Up to this month sales keeps in touch, afterwards customer service where the customer has one (DOM 3.2)."""


def _upkeep_roles(situation: Situation) -> Texts:
    """Who keeps in touch with each listed car after the first year."""
    has_cs = np.append(situation.store.customers.texts("cs_owner") != "", False)
    owner = situation.identities.owner[: len(situation.store.vehicles)]
    return np.where(has_cs[owner], "CS", "SA").astype(object)


def _months_open(situation: Situation, since: Days) -> Places:
    """Completed months from each day to as_of, at most one too many; -1000 where the day is unknown."""
    months = (situation.day.astype("datetime64[M]") - since.astype("datetime64[M]")).astype(np.int64)
    return np.where(np.isnat(since), -1000, months)


def _lead_months(rule: Rule) -> int:
    """Months, rounded up, by which an item may open before its base day."""
    return max(-rule.open.months, 0) + max(-rule.open.whole_days, 0) // 28 + 1


def _occurrences(counts: Places) -> tuple[Places, Places]:
    """Places repeated as often as *counts* says, and the number of each repetition from 1."""
    place = np.repeat(np.arange(len(counts)), counts)
    ends = np.cumsum(counts)
    return place, np.arange(len(place)) - np.repeat(ends - counts, counts) + 1


@_anchor
def first_service(situation: Situation, rule: Rule) -> Anchors:
    """The day the first service is due; it repeats until the car comes, but not beyond 30 days after."""
    service = situation.service
    last = service.first_due + np.timedelta64(situation.parameters.integer("first_service_stop_days"), "D")
    return _cars(situation, service.first_due, stopped=service.first_done, expire_by=last, chained=True)


@_anchor
def maintenance(situation: Situation, rule: Rule) -> Anchors:
    """The day maintenance is due; ends with a maintenance visit not more than 30 days before, or a booking."""
    return _cars(
        situation,
        situation.service.maintenance_due,
        stopped=_maintained(situation) | situation.booked_ahead(),
        max_calls=situation.parameters.integer("maint_max_calls"),
        chained=True,
    )


def _maintained(situation: Situation) -> Flags:
    early = np.timedelta64(situation.parameters.integer("early_visit_days"), "D")
    service = situation.service
    return np.asarray(service.last_maintenance >= service.maintenance_due - early)


@_anchor
def maintenance_ahead(situation: Situation, rule: Rule) -> Anchors:
    """Three months before maintenance is due (DOM C5)."""
    months = -situation.parameters.integer("maint_auto_months")
    return _cars(
        situation, situation.service.maintenance_due, months=months, stopped=_maintained(situation)
    )


@_anchor
def maintenance_missed(situation: Situation, rule: Rule) -> Anchors:
    """The day maintenance is due, or the latest day the customer promised for it."""
    due = situation.service.maintenance_due
    reminders = situation.store["maintenance_reminder"]
    rows = situation.identities.reminders
    promised = reminders.days("promised_date")
    fits = (rows.car >= 0) & (rows.car < len(due)) & ~np.isnat(promised)
    places = np.flatnonzero(fits)
    places = places[reminders.days("due_date")[places] == due[rows.car[places]]]
    latest = np.full(len(due), NO_DAY)
    for place in places:
        latest[rows.car[place]] = np.fmax(latest[rows.car[place]], promised[place])
    anchor = np.where(np.isnat(latest), due, latest)
    return _cars(situation, anchor, stopped=_maintained(situation) | situation.booked_ahead())


def _once(rows: RowsOf, moment: Days, number: Texts) -> Flags:
    """The first row of each party, car, day and number: two would have the same due key."""
    seen: set[tuple[object, ...]] = set()
    first = np.zeros(len(number), np.bool_)
    days = moment.astype("datetime64[D]").tolist()
    for place, key in enumerate(zip(rows.party.tolist(), rows.car.tolist(), days, number, strict=True)):
        if key not in seen:
            seen.add(key)
            first[place] = True
    return first


@_anchor
def appointment(situation: Situation, rule: Rule) -> Anchors:
    """The day of a booking that nobody has ended yet."""
    bookings, rows = situation.store["booking"], situation.identities.bookings
    day = bookings.days("appointment_at")
    ended = ended_bookings(bookings.texts("status")) | ~np.isnat(bookings.moments("arrived_at"))
    booking = bookings.texts("booking_id")
    return Anchors(
        rows.party,
        rows.car,
        day,
        sequence=np.where(booking == "", "1", booking),
        stopped=ended,
        only=_once(rows, day, booking) & (rows.party >= 0) & ~np.isnat(day),
    )


@_anchor
def checkout(situation: Situation, rule: Rule) -> Anchors:
    """The day a car left the workshop; a later visit up to the deadline restarts the clock (T83)."""
    visits = situation.visits
    same_car = np.append(visits.car[1:] == visits.car[:-1], False)
    next_day = np.where(same_car, np.append(visits.day[1:], NO_DAY), NO_DAY)
    next_leaves = np.where(same_car, np.append(visits.checkout[1:], NO_DAY), NO_DAY)
    deadline = rule.deadline or rule.due
    limit = add_months(visits.checkout, deadline.months) + np.timedelta64(deadline.whole_days, "D")
    superseded_twin = next_leaves == visits.checkout
    return Anchors(
        visits.party,
        visits.car,
        visits.checkout,
        stopped=next_day <= limit,
        only=(visits.party >= 0) & ~visits.in_shop & ~superseded_twin,
    )


def _complaints(
    situation: Situation,
    moment: Days,
    *,
    ended: Flags,
    owner: Texts | None = None,
    role: Texts | None = None,
    only: Flags | bool = True,
) -> Anchors:
    complaints, rows = situation.store["complaint"], situation.identities.complaints
    number = complaints.texts("complaint_id")
    clock = (moment - moment.astype("datetime64[D]")).astype("timedelta64[s]").astype(np.float64)
    return Anchors(
        rows.party,
        rows.car,
        moment.astype("datetime64[D]"),
        clock=np.where(has_clock(moment), clock, np.nan),
        sequence=np.where(number == "", "1", number),
        stopped=ended,
        only=_once(rows, moment, number) & (rows.party >= 0) & ~np.isnat(moment) & only,
        owner=owner,
        role=role,
    )


def _received(situation: Situation) -> Days:
    """received_at; without a clock the store's opening time of that day (DOM 2.8)."""
    received = situation.store["complaint"].moments("received_at")
    clock = situation.parameters.clock("store_open_time")
    opening = np.timedelta64(clock.hour * 3600 + clock.minute * 60 + clock.second, "s")
    return np.where(has_clock(received), received, received.astype("datetime64[D]") + opening)


def _solved(situation: Situation) -> Flags:
    complaints = situation.store["complaint"]
    status = complaints.texts("status")
    return np.asarray(
        ~np.isnat(complaints.moments("resolved_at")) | (status == SOLVED[0]) | (status == SOLVED[1])
    )


@_anchor
def quality_complaint(situation: Situation, rule: Rule) -> Anchors:
    """A complaint about quality; ends with the first response or the solution."""
    complaints = situation.store["complaint"]
    return _complaints(
        situation,
        _received(situation),
        ended=_solved(situation) | ~np.isnat(complaints.moments("first_response_at")),
        owner=complaints.texts("handler"),
        only=complaints.texts("category") == "质量",
    )


@_anchor
def complaint(situation: Situation, rule: Rule) -> Anchors:
    """Any complaint; ends with the solution. Who solves it goes by category and handler level."""
    complaints = situation.store["complaint"]
    role = np.array([*(LEVEL_ROLES.get(level, "SV") for level in complaints.texts("handler_level")), ""], object)[:-1]
    role = np.where(complaints.texts("category") == "销售", "SM", role)
    return _complaints(
        situation,
        _received(situation),
        ended=_solved(situation),
        owner=complaints.texts("handler"),
        role=None if rule.role_given else role.astype(object),
    )


@_anchor
def complaint_solved(situation: Situation, rule: Rule) -> Anchors:
    """A solved complaint; ends with the follow-up."""
    complaints = situation.store["complaint"]
    followed = ~np.isnat(complaints.moments("followup_at")) | (complaints.texts("status") == "已关闭")
    return _complaints(situation, complaints.moments("resolved_at"), ended=followed)


@_anchor
def complaint_promise(situation: Situation, rule: Rule) -> Anchors:
    """A promise made to a complaining customer; ends with the solution."""
    return _complaints(
        situation, situation.store["complaint"].moments("promised_at"), ended=_solved(situation)
    )


@_anchor
def usage_objection(situation: Situation, rule: Rule) -> Anchors:
    """A call in which the customer could not handle the car: one per customer, car and day."""
    log = situation.log
    rows = np.flatnonzero((log.objection == "使用异议") & (log.party >= 0))
    seen: set[tuple[int, int, int]] = set()
    first = []
    for row in rows:
        key = (int(log.party[row]), int(log.car[row]), int(log.day[row].astype(np.int64)))
        if key not in seen:
            seen.add(key)
            first.append(row)
    places = np.array(first, np.int64)
    return Anchors(
        log.party[places], log.car[places], log.day[places], after_row=places
    )


@_anchor
def insurance(situation: Situation, rule: Rule) -> Anchors:
    """The day the insurance ends; ends when a renewal is recorded for that very day."""
    expiry = situation.store.vehicles.days("insurance_expiry")
    return _cars(
        situation, expiry, stopped=_renewed(situation, "保险", expiry, ("本店续保", "外部续保"))
    )


@_anchor
def inspection(situation: Situation, rule: Rule) -> Anchors:
    """The day the inspection ends; ends when it is recorded as done."""
    expiry = situation.store.vehicles.days("inspection_expiry")
    return _cars(situation, expiry, stopped=_renewed(situation, "年检", expiry, ("已年检",)))


def _renewed(situation: Situation, kind: str, expiry: Days, results: Iterable[str]) -> Flags:
    renewals = situation.store["renewal"]
    rows = situation.identities.renewals
    result = renewals.texts("result")
    settled = np.zeros(len(renewals), np.bool_)
    for word in results:
        settled |= result == word
    places = np.flatnonzero(
        settled & (renewals.texts("kind") == kind) & (rows.car >= 0) & (rows.car < len(expiry))
    )
    places = places[renewals.days("expiry")[places] == expiry[rows.car[places]]]
    flags = np.zeros(len(expiry), np.bool_)
    flags[rows.car[places]] = True
    return flags


@_anchor
def birthday(situation: Situation, rule: Rule) -> Anchors:
    """The next birthday on or after as_of (DOM V8)."""
    month_day = situation.store.customers.read(MONTH_DAY).astype(np.int64)
    party = np.flatnonzero(month_day > 0)
    month, day = month_day[party] // 100, month_day[party] % 100
    feb29: Any = situation.parameters.choice("feb29_observe")
    days: Days = next_birthday(month, day, situation.date, feb29)
    return Anchors(party, np.full(len(party), NO_CAR), days)


@_anchor
def replacement(situation: Situation, rule: Rule) -> Anchors:
    """The end of the usual time that a car is kept, and every half year after."""
    vehicles = situation.store.vehicles
    bought = vehicles.days("purchase_date")
    bought = np.where(np.isnat(bought), situation.service.delivered, bought)
    cycle = situation.parameters.integer("replacement_cycle_months")
    every = max(situation.parameters.integer("replacement_repeat_months"), 1)
    reach = _months_open(situation, bought) - cycle + _lead_months(rule)
    car, occurrence = _occurrences(np.where(reach >= 0, reach // every + 1, 0))
    owner = situation.identities.owner[car]
    return Anchors(
        owner,
        car,
        bought[car],
        months=cycle + every * (occurrence - 1),
        sequence=occurrence.astype(str).astype(object),
        only=owner >= 0,
    )


@_anchor
def lapse_warning(situation: Situation, rule: Rule) -> Anchors:
    """The day a customer should have come back by; none if he counts as quasi-lost by then."""
    service, parameters = situation.service, situation.parameters
    first_open = ~service.first_done & ~np.isnat(service.first_due)
    expected = np.where(first_open, service.first_due, service.maintenance_due)
    expected = expected + np.timedelta64(parameters.integer("lapse_warn_days"), "D")
    silent = add_months(service.last_activity, parameters.integer("lapse_warn_months"))
    warning = np.where(np.isnat(silent), NO_DAY, np.fmax(expected, silent))
    limit = add_months(service.last_activity, parameters.integer("quasi_lost_months"))
    return _cars(situation, np.where(warning > limit, NO_DAY, warning))


@_anchor
def quasi_lost(situation: Situation, rule: Rule) -> Anchors:
    """The last activity; due the day after six months."""
    months = situation.parameters.integer("quasi_lost_months")
    return _cars(situation, situation.service.last_activity, months=months, days=1)


@_anchor
def lost(situation: Situation, rule: Rule) -> Anchors:
    """The last activity; due the day after twelve months, unless the reason is known already."""
    months = situation.parameters.integer("lost_months")
    return _cars(
        situation,
        situation.service.last_activity,
        months=months,
        days=1,
        stopped=situation.reason_recorded,
    )


@_anchor
def lost_contact(situation: Situation, rule: Rule) -> Anchors:
    """The last conversation with a lost customer since his last activity; ends when he refuses."""
    log = situation.log
    about = log.naming("LAPSE-TRUE", "LOST-VISIT")
    talked = situation.latest_log_day(about & (log.result == CONNECTED))
    refused = situation.latest_log_day(about & (log.result == REFUSED))
    return _cars(
        situation,
        np.where(talked > situation.service.last_activity, talked, NO_DAY),
        months=LOST_VISIT_MONTHS,
        stopped=refused > talked,
    )


LOST_VISIT_MONTHS = 6


def _accounts(situation: Situation, kind: PeriodKind) -> Anchors:
    """The first day of this period per key account; of earlier ones too where a contact was put off."""
    party = np.arange(situation.identities.account_from, len(situation.identities.ids))
    party = party[_first_rows(situation, party)]
    start = _period_start(situation, situation.date, kind)
    found = [(each, start) for each in party.tolist()]
    log = situation.log
    for each in np.unique(log.party[(log.result == MOVED) & (log.party >= situation.identities.account_from)]):
        first = _period_start(situation, log.day[log.party == each][0].item(), kind)
        while first < start:
            found.append((int(each), first))
            first = _period_start(situation, _after(first, kind), kind)
    return Anchors(
        np.array([each for each, _ in found], np.int64),
        np.full(len(found), NO_CAR),
        np.array([day for _, day in found], "datetime64[D]"),
    )


def _period_start(situation: Situation, day: dt.date, kind: PeriodKind) -> dt.date:
    """First day of the period in which *day* lies; weeks begin on `week_start`."""
    if kind == "week" and situation.parameters.choice("week_start") == "Sunday":
        return day - dt.timedelta(days=day.isoweekday() % 7)
    return Period.containing(day, kind).start


def _after(first: dt.date, kind: PeriodKind) -> dt.date:
    return first + dt.timedelta(days=7) if kind == "week" else Period.containing(first, kind).end + dt.timedelta(days=1)


def _first_rows(situation: Situation, party: Places) -> Flags:
    """Parties that are not a second row under the same number: two would have the same due keys."""
    ids, places = situation.identities.ids, situation.identities.party_places
    return np.array([places.get(ids[each]) == each for each in party], np.bool_)


@_anchor
def account_week(situation: Situation, rule: Rule) -> Anchors:
    """The first day of this week, per key account."""
    return _accounts(situation, "week")


@_anchor
def account_month(situation: Situation, rule: Rule) -> Anchors:
    """The first day of this month, per key account."""
    return _accounts(situation, "month")


@_anchor
def account_quarter(situation: Situation, rule: Rule) -> Anchors:
    """The first day of this quarter, per key account."""
    return _accounts(situation, "quarter")


def _day_or_none(day: np.datetime64) -> dt.date | None:
    return None if np.isnat(day) else day.astype("datetime64[D]").item()


@_anchor
def prospect(situation: Situation, rule: Rule) -> Anchors:
    """The last follow-up of a prospect of the rule's grade; the due day is the base day."""
    due = [found for found in situation.once(prospect_follow_ups) if found[0] == rule.code]
    party = np.array([found[1] for found in due], np.int64)
    since = np.array([found[2] for found in due], "datetime64[D]")
    next_day = np.array([found[3] for found in due], "datetime64[D]")
    return Anchors(
        party, np.full(len(party), NO_CAR), since, days=(next_day - since).astype(np.int64)
    )


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


@_anchor
def agreed(situation: Situation, rule: Rule) -> Anchors:
    """Agreed call-backs come about while the log is played (`contacts.py`)."""
    return nothing(situation, rule)


