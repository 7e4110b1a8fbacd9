"""Calls after a delivery and after a repair: made, in time, and what the customers said (DOM K02, K04-K10)."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial

import numpy as np

from xl_retention.domain.cadence import MONTH_SERIES, RULES
from xl_retention.domain.contact_log import CONNECTED, MOVED, REFUSED, UNREACHED
from xl_retention.domain.dates import has_clock
from xl_retention.domain.kpis.deliveries import buyers, delivered_in
from xl_retention.domain.kpis.followed import Followed, Overlapping, State, followed, items_on
from xl_retention.domain.kpis.joining import pairs, with_day
from xl_retention.domain.kpis.rows import Rows, Subject
from xl_retention.domain.kpis.view import View
from xl_retention.domain.kpis.visiting import in_period, serviced, visit_customers, visit_rows, visitor_rows
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
MARGIN = np.timedelta64(62, "D")
"""Items are laid so far around the period, whatever the store's rules say of their windows."""


def _overlapping(view: View, situation: Situation, parties: Flags | None = None) -> Overlapping:
    return Overlapping(view.asked.first - MARGIN, parties, view.asked.last + MARGIN)


def calls_today(view: View) -> Followed:
    """The calls after deliveries and repairs that concern P, as they stand on as_of."""
    now = view.now
    flags = np.zeros(len(now.identities.ids) + 1, np.bool_)
    flags[view.car_owner[view.once(delivered_in)]] = True
    flags[view.visits.party[view.once(in_period)]] = True
    flags[now.log.party[_surveys(view)]] = True
    flags[-1] = False
    items = items_on(now, (*AFTER_DELIVERY, AFTER_REPAIR), _overlapping(view, now, flags))
    return followed(now, items)


def calls_then(view: View) -> Followed:
    """The calls of DOM 3.1, 3.2 and after repairs with original due day in P, evaluated as if as_of were c."""
    then = view.then
    codes = (*AFTER_DELIVERY, *(code for code in then.rules if code.startswith(MONTH_SERIES)), AFTER_REPAIR)
    items = items_on(then, codes, _overlapping(view, then))
    return followed(then, items.where(view.asked.holds(items.due)))


def item_rows(situation: Situation, calls: Followed, flags: Flags) -> Rows:
    """Items by a flag for each, named by their due keys."""
    identities, items = situation.identities, calls.items
    return Rows(
        Subject.ITEM, np.flatnonzero(flags), lambda at: items.where(at).keys(identities.ids, identities.car_ids)
    )


# K04: required calls of each buyer


def _required(view: View, rules: tuple[str, ...]) -> tuple[Flags, Flags]:
    """Per customer: whether all required calls count, and whether all were made."""
    calls, now = view.once(calls_today), view.now
    on = [code for code in rules if code in now.rules and now.rules[code].on]
    count = now.identities.customer_count
    car = np.flatnonzero(view.once(delivered_in))
    car = car[view.car_owner[car] >= 0]
    counted, made = np.zeros(count, np.bool_), np.ones(count, np.bool_)
    if not on:
        return counted, made
    counted[view.car_owner[car]] = True
    due = (calls.state != State.STOPPED) & (calls.items.deadline < view.asked.day)
    for code in on:
        of_rule = np.flatnonzero(calls.items.rule == code)
        item = np.full(len(view.car_owner), -1, np.int64)
        item[calls.items.car[of_rule]] = of_rule
        item = item[car]
        counted[view.car_owner[car[(item < 0) | ~np.append(due, False)[item]]]] = False
        made[view.car_owner[car[~np.append(calls.state == State.DONE, False)[item]]]] = False
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


def _call_of_visit(view: View) -> Places:
    """Place of the call after each visit in `calls_today`; -1 for none. Of visits with one checkout the last has it."""
    visits, calls = view.visits, view.once(calls_today)
    key = np.where(visits.in_shop, -1, with_day(visits.car, visits.checkout))
    last = np.zeros(len(visits), np.bool_)
    _, from_end = np.unique(key[::-1], return_index=True)
    last[len(key) - 1 - from_end] = True
    of_rule = np.flatnonzero(calls.items.rule == AFTER_REPAIR)
    asked = np.where(last & view.once(in_period), key, -1)
    visit, at = pairs(asked, with_day(calls.items.car[of_rule], calls.items.anchor[of_rule]))
    found = np.full(len(visits), -1, np.int64)
    found[visit] = of_rule[at]
    return found


def _state_of_visit(view: View) -> Places:
    return np.append(view.once(calls_today).state, State.STOPPED)[view.once(_call_of_visit)]


def due_visits(view: View) -> Rows:
    """Visits of P whose call exists, is not stopped and past its original deadline."""
    call = view.once(_call_of_visit)
    deadline = np.append(view.once(calls_today).items.deadline, np.datetime64("NaT", "D"))[call]
    return visit_rows(view, (call >= 0) & (_state_of_visit(view) != State.STOPPED) & (deadline < view.asked.day))


def called_visits(view: View) -> Rows:
    """Of these the ones after which the customer was reached, or refused."""
    due = view.once(due_visits)
    return due.where(_state_of_visit(view)[due.places] == State.DONE)


def _levels(view: View) -> Texts:
    """What the customer said in the call that closed each visit's item; "" where nothing."""
    calls, call = view.once(calls_today), view.once(_call_of_visit)
    closed_by = np.append(np.where(calls.state == State.DONE, calls.closed_by, -1), -1)[call]
    return np.asarray(np.append(_satisfaction(view), "")[closed_by], object)


def _satisfaction(view: View) -> Texts:
    log = view.now.log
    return log.table.texts("satisfaction_level")[log.row]


def answered_customers(view: View) -> Rows:
    """Customers of P's visits who said how satisfied they were."""
    return visitor_rows(view, view.once(visit_customers)[view.once(_levels) != ""])


def delighted_customers(view: View) -> Rows:
    """Customers of P's visits who were very satisfied."""
    delighted = visitor_rows(view, view.once(visit_customers)[view.once(_levels) == VERY_SATISFIED])
    return view.once(serviced).among(delighted.places)


# K06, K07: answered surveys


def _surveys(view: View) -> Flags:
    """Rows of the log in P with a connected call and an answer."""
    log = view.now.log
    return np.asarray(view.asked.holds(log.day) & log.results.is_any(CONNECTED) & (_satisfaction(view) != ""))


def contact_rows(view: View, flags: Flags) -> Rows:
    """Rows of the log by a flag for each."""
    ids = view.now.log.table.texts("contact_id")[view.now.log.row]
    return Rows(Subject.CONTACT, np.flatnonzero(flags), lambda at: ids[at].tolist())


def _surveys_about(view: View, rules: tuple[str, ...]) -> Flags:
    """Surveys that name one of *rules*, or closed such an item."""
    log, calls = view.now.log, view.once(calls_today)
    about = log.naming(*rules)
    closers = calls.closed_by[is_any(calls.items.rule, rules) & (calls.state == State.DONE)]
    about[closers] = True
    return view.once(_surveys) & about


def sales_surveys(view: View) -> Rows:
    """Answers about a delivery."""
    return contact_rows(view, _surveys_about(view, AFTER_DELIVERY))


def service_surveys(view: View) -> Rows:
    """Answers about a repair."""
    return contact_rows(view, _surveys_about(view, (AFTER_REPAIR,)))


def private_surveys(view: View) -> Rows:
    """Answers about a repair, without cars of commercial use; an unknown use stays in."""
    surveys = view.once(service_surveys)
    return surveys.where(~_commercial(view)[surveys.places])


def _commercial(view: View) -> Flags:
    """Rows of the log about a car of commercial use: the car they name, else the customer's only car."""
    log, owner = view.now.log, view.car_owner
    count = np.bincount(owner[owner >= 0], minlength=len(view.now.identities.ids) + 1)
    only = np.full(len(count), -1, np.int64)
    only[owner] = np.arange(len(owner))
    only = np.where(count == 1, only, -1)
    only[-1] = -1
    car = np.where(log.car >= 0, log.car, only[log.party])
    used = np.append(view.now.store.vehicles.texts("use_type") == COMMERCIAL, False)
    return np.asarray(used[np.where(car < len(owner), car, -1)], np.bool_)


def satisfied(term: Callable[[View], Rows], view: View) -> Rows:
    """Of some answers the satisfied ones."""
    rows = view.once(term)
    return rows.where(is_any(_satisfaction(view)[rows.places], SATISFIED))


# K08, K09, K10


def required_calls(view: View) -> Rows:
    """Calls after deliveries and repairs whose original deadline lies in P and before as_of, stopped ones apart."""
    calls = view.once(calls_today)
    wanted = is_any(calls.items.rule, (*REQUIRED, AFTER_REPAIR)) & (calls.state != State.STOPPED)
    wanted &= view.asked.holds(calls.items.deadline) & (calls.items.deadline < view.asked.day)
    return item_rows(view.now, calls, wanted)


def calls_in_time(view: View) -> Rows:
    """Of these the ones made by the deadline, by the clock where both have one."""
    calls, log, due = view.once(calls_today), view.now.log, view.once(required_calls)
    done = due.where(calls.state[due.places] == State.DONE)
    contact, items = log.moment[calls.closed_by[done.places]], calls.items.where(done.places)
    by_day = contact.astype("datetime64[D]") <= items.deadline
    in_time = np.where(has_clock(contact) & items.timed, contact <= items.moment, by_day)
    return done.where(in_time)


def attempts(view: View) -> Rows:
    """Phone calls of P."""
    log = view.now.log
    by_phone = is_any(log.channel, ("", "电话"))
    return contact_rows(view, view.asked.holds(log.day) & by_phone & log.results.is_any(*ATTEMPTS))


def connected(view: View) -> Rows:
    """Of these the connected ones."""
    tried = view.once(attempts)
    return tried.where(view.now.log.results.is_any(CONNECTED)[tried.places])


def planned_calls(view: View) -> Rows:
    """Items due in P, minus stopped and covered ones."""
    calls = view.once(calls_then)
    return item_rows(view.then, calls, (calls.state != State.STOPPED) & (calls.state != State.COVERED))


def planned_calls_done(view: View) -> Rows:
    """Of these the ones done by the end of what is counted."""
    planned = view.once(planned_calls)
    return planned.where(view.once(calls_then).state[planned.places] == State.DONE)
