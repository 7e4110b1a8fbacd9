"""Calls after a delivery and after a repair: made, in time, and what the customers said (DOM K02, K04-K10)."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial

import numpy as np

from xl_retention.domain.cadence import MONTH_SERIES, RULES
from xl_retention.domain.contact_log import CONNECTED, MOVED, REFUSED, UNREACHED
from xl_retention.domain.dates import has_clock
from xl_retention.domain.identity import NO_CAR, Identities
from xl_retention.domain.kpis.calendar import Calendar
from xl_retention.domain.kpis.deliveries import buyers, delivered_in
from xl_retention.domain.kpis.followed import Anchored, Followed, State, followed, items_due, items_on
from xl_retention.domain.kpis.growth import log_rows
from xl_retention.domain.kpis.joining import pairs, with_day
from xl_retention.domain.kpis.rows import Rows, Subject
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import in_period, serviced, visit_customers, visit_rows, visitor_rows
from xl_retention.domain.ordering import order_of
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places, Texts
from xl_retention.domain.visits import is_any

REQUIRED = ("DLV-2H", "DLV-3D", "DLV-7D-SA", "DLV-7D-CS")
"""Calls that every delivery asks for (DOM K04, K08)."""
AFTER_REPAIR = "SVC-3D"
AFTER_DELIVERY = tuple(rule.code for rule in RULES if rule.counts_from == "delivery")
"""The rules of DOM 3.1."""
ATTEMPTS = (CONNECTED, *UNREACHED, REFUSED, MOVED)
VERY_SATISFIED = "非常满意"
SATISFIED = (VERY_SATISFIED, "满意")
COMMERCIAL = "营运车"


def calls_today(view: View) -> Followed:
    """The calls after deliveries and repairs that concern P, or any period asked for, as they stand on as_of."""
    return view.whole.once(_calls_today)


def _calls_today(view: View) -> Followed:
    now, asked = view.now, view.asked
    left = view.visits.checkout[view.once(in_period)]
    span = Anchored(
        asked.first,
        None,
        asked.last,
        lower=np.append(left, asked.first).min(),
        upper=np.append(left, asked.last).max(),
    )
    return followed(now, items_on(now, (*AFTER_DELIVERY, AFTER_REPAIR), span))


def calls_then(view: View) -> Followed:
    """The calls of DOM 3.1, 3.2 and after repairs with original due day in P, evaluated as if as_of were c."""
    then = view.then
    codes = (*AFTER_DELIVERY, *(code for code in then.rules if code.startswith(MONTH_SERIES)), AFTER_REPAIR)
    return followed(then, items_due(then, codes, view.asked.first, np.datetime64(view.asked.until, "D")))


def item_rows(situation: Situation, calls: Followed, places: Places) -> Rows:
    """Items by place, rising, named by their due keys."""
    identities, items = situation.identities, calls.items
    return Rows(Subject.ITEM, places, lambda at: items.where(at).keys(identities.ids, identities.car_ids))


# K04: required calls of each buyer


def _call_of_car(view: View) -> dict[str, Places]:
    """By required rule the place of each listed car's call in `calls_today`; -1 for none."""
    calls = calls_today(view)
    found = {}
    for code in REQUIRED:
        of_rule = np.flatnonzero(calls.items.rules.is_any(code))
        found[code] = np.full(len(view.car_owner), -1, np.int64)
        found[code][calls.items.car[of_rule]] = of_rule
    return found


def _required(view: View, rules: tuple[str, ...]) -> tuple[Flags, Flags]:
    """Per customer: whether all required calls count, and whether all were made."""
    calls, now = calls_today(view), view.now
    on = [code for code in rules if code in now.rules and now.rules[code].on]
    count = now.identities.customer_count
    car = view.once(delivered_in)
    car = car[view.car_owner[car] >= 0]
    counted, made = np.zeros(count, np.bool_), np.ones(count, np.bool_)
    if not on:
        return counted, made
    owner = view.car_owner[car]
    counted[owner] = True
    for code in on:
        item = view.whole.once(_call_of_car)[code][car]
        due, done = np.zeros(len(car), np.bool_), np.zeros(len(car), np.bool_)
        has = np.flatnonzero(item >= 0)
        call = item[has]
        due[has] = (calls.state[call] != State.STOPPED) & (calls.items.deadline[call] < view.asked.day)
        done[has] = calls.state[call] == State.DONE
        counted[owner[~due]] = False
        made[owner[~done]] = False
    return counted, made


def due_buyers(rules: tuple[str, ...], view: View) -> Rows:
    """Buyers of P all of whose calls under *rules* exist, are not stopped and past their original deadline."""
    counted, _ = _required(view, rules)
    return view.once(buyers).among(np.flatnonzero(counted))


def called_buyers(rules: tuple[str, ...], view: View) -> Rows:
    """Of these the ones who got all of them."""
    counted, made = _required(view, rules)
    return view.once(buyers).among(np.flatnonzero(counted & made))


def of_rule(term: Callable[[tuple[str, ...], View], Rows], *rules: str) -> Callable[[View], Rows]:
    """A row set for some rules alone."""
    return partial(term, rules)


# K02, K05: the call after each visit


def _calls_of_visits(view: View) -> Places:
    """Place of the call after each visit in `calls_today`; -1 for none. Of visits with one checkout the last has it."""
    visits, calls, identities = view.visits, calls_today(view), view.now.identities
    car = _car_or_customer(identities, identities.named_car(visits.car), visits.party)
    key = np.where(visits.in_shop, -1, with_day(car, visits.checkout))
    order = order_of(key)
    last = np.zeros(len(key), np.bool_)
    last[order[np.append(key[order][1:] != key[order][:-1], True)[: len(key)]]] = True
    of_rule = np.flatnonzero(calls.items.rules.is_any(AFTER_REPAIR))
    items = calls.items.where(of_rule)
    asked = view.once(in_period)
    asked = asked[last[asked]]
    visit, at = pairs(key[asked], with_day(_car_or_customer(identities, items.car, items.party), items.anchor))
    found = np.full(len(visits), -1, np.int64)
    found[asked[visit]] = of_rule[at]
    return found


def _car_or_customer(identities: Identities, car: Places, party: Places) -> Places:
    """A number for each car, or for the customer of a visit that names no car; -1 for neither."""
    nameless = np.where(party >= 0, len(identities.car_ids) + party, -1)
    return np.where(car == NO_CAR, nameless, car)


@dataclass(frozen=True)
class _Calls:
    """The visits of P that have a call, rising, and its place in `calls_today`."""

    visit: Places
    call: Places


def _calls_of_period(view: View) -> _Calls:
    visit = view.once(in_period)
    call = view.whole.once(_calls_of_visits)[visit]
    return _Calls(visit[call >= 0], call[call >= 0])


def due_visits(view: View) -> Rows:
    """Visits of P whose call exists, is not stopped and past its original deadline."""
    calls, found = calls_today(view), view.once(_calls_of_period)
    due = (calls.state[found.call] != State.STOPPED) & (calls.items.deadline[found.call] < view.asked.day)
    return visit_rows(view, found.visit[due])


def called_visits(view: View) -> Rows:
    """Of these the ones after which the customer was reached, or refused."""
    calls, found = calls_today(view), view.once(_calls_of_period)
    return view.once(due_visits).among(found.visit[calls.state[found.call] == State.DONE])


@dataclass(frozen=True)
class _Said:
    """Customers of P's visits, and what they said in the call that closed the visit's item; "" where nothing."""

    visitor: Places
    level: Texts


def _said(view: View) -> _Said:
    calls, found = calls_today(view), view.once(_calls_of_period)
    done = calls.state[found.call] == State.DONE
    visitor = view.once(visit_customers)[found.visit[done]]
    return _Said(visitor, view.now.once(_satisfaction)[calls.closed_by[found.call[done]]])


def _satisfaction(now: Situation) -> Texts:
    return now.log.table.texts("satisfaction_level")[now.log.row]


def answered_customers(view: View) -> Rows:
    """Customers of P's visits who said how satisfied they were."""
    said = view.once(_said)
    return visitor_rows(view, said.visitor[said.level != ""])


def delighted_customers(view: View) -> Rows:
    """Customers of P's visits who were very satisfied."""
    said = view.once(_said)
    return view.once(serviced).among(said.visitor[said.level == VERY_SATISFIED])


# K06, K07: answered surveys


def _surveys(now: Situation) -> Flags:
    """Rows of the log with a connected call and an answer."""
    unsaid = now.log.table.words("satisfaction_level").where(now.log.row).is_any("")
    return now.log.results.is_any(CONNECTED) & ~unsaid


def contact_rows(view: View, places: Places) -> Rows:
    """Rows of the log by place, rising."""
    table, row = view.now.log.table, view.now.log.row
    return Rows(Subject.CONTACT, places, lambda at: table.texts("contact_id")[row[at]].tolist())


def _surveys_about(rules: tuple[str, ...], view: View) -> Flags:
    """Surveys that name one of *rules*, or closed such an item."""
    calls = calls_today(view)
    about = view.now.log.naming(*rules)
    about[calls.closed_by[calls.items.rules.is_any(*rules) & (calls.state == State.DONE)]] = True
    return view.now.once(_surveys) & about


_ABOUT_DELIVERY = partial(_surveys_about, AFTER_DELIVERY)
_ABOUT_REPAIR = partial(_surveys_about, (AFTER_REPAIR,))


def sales_surveys(view: View) -> Rows:
    """Answers about a delivery."""
    rows = view.once(log_rows)
    return contact_rows(view, rows[view.whole.once(_ABOUT_DELIVERY)[rows]])


def service_surveys(view: View) -> Rows:
    """Answers about a repair."""
    rows = view.once(log_rows)
    return contact_rows(view, rows[view.whole.once(_ABOUT_REPAIR)[rows]])


def private_surveys(view: View) -> Rows:
    """Answers about a repair, without cars of commercial use; an unknown use stays in."""
    surveys = view.once(service_surveys)
    return surveys.where(~view.now.once(_commercial)[surveys.places])


def _commercial(now: Situation) -> Flags:
    """Rows of the log about a car of commercial use: the car they name, else the customer's only car."""
    log, owner = now.log, now.identities.owner[: len(now.store.vehicles)]
    count = np.bincount(owner[owner >= 0], minlength=len(now.identities.ids) + 1)
    only = np.full(len(count), -1, np.int64)
    only[owner] = np.arange(len(owner))
    only = np.where(count == 1, only, -1)
    only[-1] = -1
    car = np.where(log.car >= 0, log.car, only[log.party])
    used = np.append(now.store.vehicles.words("use_type").is_any(COMMERCIAL), False)
    return np.asarray(used[np.where(car < len(owner), car, -1)], np.bool_)


def satisfied(term: Callable[[View], Rows], view: View) -> Rows:
    """Of some answers the satisfied ones."""
    rows = view.once(term)
    return rows.where(is_any(view.now.once(_satisfaction)[rows.places], SATISFIED))


# K08, K09, K10


def _deadlines(view: View) -> Calendar:
    """The calls that are required, by their original deadline."""
    items = calls_today(view).items
    required = items.rules.is_any(*REQUIRED, AFTER_REPAIR)
    return Calendar.of(np.where(required, items.deadline, np.datetime64("NaT", "D")))


def required_calls(view: View) -> Rows:
    """Calls after deliveries and repairs whose original deadline lies in P and before as_of, stopped ones apart."""
    calls, found = calls_today(view), view.whole.once(_deadlines).within(view.asked)
    wanted = (calls.state[found] != State.STOPPED) & (calls.items.deadline[found] < view.asked.day)
    return item_rows(view.now, calls, found[wanted])


def calls_in_time(view: View) -> Rows:
    """Of these the ones made by the deadline, by the clock where both have one."""
    calls, log, due = calls_today(view), view.now.log, view.once(required_calls)
    done = due.where(calls.state[due.places] == State.DONE)
    contact, items = log.moment[calls.closed_by[done.places]], calls.items.where(done.places)
    by_day = contact.astype("datetime64[D]") <= items.deadline
    in_time = np.where(has_clock(contact) & items.timed, contact <= items.moment, by_day)
    return done.where(in_time)


def _attempts(now: Situation) -> Flags:
    """Rows of the log that are phone calls."""
    channel = now.log.table.words("channel").where(now.log.row)
    return channel.is_any("", "电话") & now.log.results.is_any(*ATTEMPTS)


def attempts(view: View) -> Rows:
    """Phone calls of P."""
    rows = view.once(log_rows)
    return contact_rows(view, rows[view.now.once(_attempts)[rows]])


def _connected(now: Situation) -> Flags:
    return now.log.results.is_any(CONNECTED)


def connected(view: View) -> Rows:
    """Of these the connected ones."""
    tried = view.once(attempts)
    return tried.where(view.now.once(_connected)[tried.places])


def planned_calls(view: View) -> Rows:
    """Items due in P, minus stopped and covered ones."""
    calls = view.once(calls_then)
    planned = (calls.state != State.STOPPED) & (calls.state != State.COVERED)
    return item_rows(view.then, calls, np.flatnonzero(planned))


def planned_calls_done(view: View) -> Rows:
    """Of these the ones done by the end of what is counted."""
    planned = view.once(planned_calls)
    return planned.where(view.once(calls_then).state[planned.places] == State.DONE)
