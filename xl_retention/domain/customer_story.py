"""Everything that is known about one customer: found by what a clerk has at hand, told in one piece."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, replace
from enum import Enum

import numpy as np

from xl_retention.domain.anchors.referrals import referrers
from xl_retention.domain.contact_log import split_keys
from xl_retention.domain.contacts import due_contacts
from xl_retention.domain.dates import add_months
from xl_retention.domain.due import Items
from xl_retention.domain.identity import NO_CAR, PartyKind
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places, Store, Table, same
from xl_retention.domain.upcoming import upcoming
from xl_retention.domain.worklist import stop_reasons

TOLD = {
    # By table the date that its rows are told by.
    "contact_log": "contact_at", "complaint": "received_at", "service_visit": "visit_date", "booking": "appointment_at",
    "referral": "date", "invitation": "invited_on",
}  # fmt: skip
PLANNED_MONTHS = 3
"""Contacts that open later than so many months ahead are not told."""
SHORTEST_PART = 3
"""Fewer signs of a number are no part to look for."""


class State(Enum):
    """State of a due contact on the day (DOM 0.3); the closed ones stand in the log."""

    STOPPED = "stopped"
    OVERDUE = "overdue"
    OPEN = "open"
    PLANNED = "planned"


@dataclass(frozen=True)
class Asked:
    """
    What a customer is looked for by, as cells are cleaned; "" where the text can be no such thing.

    Args:
        name: As typed.
        number: A customer number or a VIN, or the end of a VIN.
        plate: A plate.
        phone: Digits.
    """

    name: str
    number: str
    plate: str
    phone: str


def parties_found(situation: Situation, asked: Asked) -> Places:
    """The parties that fit exactly, by number, car, phone or name; if none does, those that fit in part."""
    exact = np.flatnonzero(_fitting(situation, asked, whole=True))
    return exact if len(exact) else np.flatnonzero(_fitting(situation, asked, whole=False))


def _fitting(situation: Situation, asked: Asked, *, whole: bool) -> Flags:
    identities, vehicles = situation.identities, situation.store.vehicles
    count = len(identities.ids)
    backup = same("", count)
    backup[: identities.customer_count] = situation.store.customers.texts("mobile_backup")
    names = np.array([*(name.casefold() for name in identities.names.tolist()), ""], object)[:-1]
    fits = np.zeros(count + 1, np.bool_)
    for column, text in (
        (names, asked.name.casefold()), (identities.ids, asked.number), (identities.mobiles, asked.phone),
        (backup, asked.phone),
    ):  # fmt: skip
        fits[:-1] |= _holds(column, text, whole=whole or (column is not names and len(text) < SHORTEST_PART))
    for column, text in ((vehicles.texts("vin"), asked.number), (vehicles.texts("plate_no"), asked.plate)):
        cars = np.flatnonzero(_holds(column, text, whole=whole or len(text) < SHORTEST_PART))
        fits[identities.owner[cars]] = True
    return fits[:-1]


def _holds(column: np.ndarray, text: str, *, whole: bool) -> Flags:
    if not text:
        return np.zeros(len(column), np.bool_)
    if whole:
        return np.asarray(column == text, np.bool_)
    return np.fromiter((text in each for each in column.tolist()), np.bool_, len(column))


@dataclass(frozen=True, eq=False)
class Story:
    """
    What is known about one party.

    Args:
        kind: Where it is on file.
        row: Place in the table of that kind.
        cars: Places of its cars.
        rows: By table of `TOLD` the places of its rows, the newest first.
        due: Its due contacts that are not closed, by due day.
        states: State of each of them.
        stops: What keeps each of them off the call list (`worklist.stop_reasons`); "" where nothing does.
    """

    party: int
    kind: PartyKind
    row: int
    cars: Places
    rows: Mapping[str, Places]
    due: Items
    states: tuple[State, ...]
    stops: tuple[str, ...]


def story_of(situation: Situation, party: int) -> Story:
    """Gathers all about a party, as known on the situation's day."""
    identities = situation.identities
    kind = identities.kind(party)
    first = {
        PartyKind.CUSTOMER: 0, PartyKind.PROSPECT: identities.prospect_from, PartyKind.ACCOUNT: identities.account_from,
    }  # fmt: skip
    cars = np.flatnonzero(identities.owner == party)
    rows = {
        name: _newest_first(situation.store[name], date, _own(situation, name, party)) for name, date in TOLD.items()
    }
    return Story(party, kind, party - first[kind], cars, rows, *_due(situation, party, cars))


def _parties_of(situation: Situation, name: str) -> Places:
    """Whose the rows of a table are; of a referral, who named the friend."""
    identities = situation.identities
    if name == "referral":
        return situation.once(referrers)
    if name == "invitation":
        return identities.rows_about(situation.store[name]).party
    return {
        "contact_log": identities.log, "complaint": identities.complaints, "service_visit": identities.visits,
        "booking": identities.bookings,
    }[name].party  # fmt: skip


def _own(situation: Situation, name: str, party: int) -> Places:
    return np.flatnonzero(_parties_of(situation, name) == party)


def _newest_first(table: Table, date: str, places: Places) -> Places:
    moments = table.moments(date)[places].astype(np.int64)  # a blank is the smallest number
    return places[np.argsort(-moments, kind="stable")] if len(places) else places


def _due(situation: Situation, party: int, cars: Places) -> tuple[Items, tuple[State, ...], tuple[str, ...]]:
    """What is open, overdue or put off, and what opens in the next months; state and stop of each."""
    identities = situation.identities
    known = due_contacts(situation).items
    near = known.where((known.party == party) & ~known.stopped & (known.expire >= situation.day))
    told = {*near.keys(identities.ids, identities.car_ids), *_logged_keys(situation, party)}
    found = [near]
    for ahead in _ahead(situation, party, cars):
        keys = ahead.keys(identities.ids, identities.car_ids)
        found.append(ahead.where(np.array([key not in told for key in keys])))
        told.update(keys)
    items = Items.together(found)
    by_day = sorted(range(len(items)), key=lambda place: (items.due[place], str(items.rule[place])))
    items = items.where(np.array(by_day, np.int64))
    stops = stop_reasons(situation, items)
    days = zip(stops.tolist(), items.open, items.deadline, strict=True)
    states = tuple([_state(stop, opens, deadline, situation.day) for stop, opens, deadline in days])
    return items, states, tuple(stops.tolist())


def _state(stop: str, opens: np.datetime64, deadline: np.datetime64, day: np.datetime64) -> State:
    """A contact that waits for a quiet customer or a free colleague is open all the same."""
    if stop:
        return State.STOPPED
    if opens > day:
        return State.PLANNED
    return State.OVERDUE if deadline < day else State.OPEN


def _logged_keys(situation: Situation, party: int) -> set[str]:
    log = situation.log
    rows = log.with_keys[log.party[log.with_keys] == party] if len(log.with_keys) else log.with_keys
    return {key for text in log.keys[rows].tolist() for key in split_keys(text)}


def _ahead(situation: Situation, party: int, cars: Places) -> list[Items]:
    """Items that open within the next months, with the party and cars of the whole store.

    Of a chain only the first occurrence can lie ahead without the log telling so; the others are among the played.
    """
    small = _alone(situation, party, cars)
    until = add_months(situation.date, PLANNED_MONTHS)
    found = []
    for items in upcoming(small, situation.date, until):
        ahead = items.where((items.open > situation.day) & (~items.chained | (items.sequence == "1")))
        if len(ahead):
            found.append(_in_whole_store(ahead, party, cars))
    return found


def _alone(situation: Situation, party: int, cars: Places) -> Store:
    """The store with this one party in it, so that looking ahead is quick."""
    store, identities = situation.store, situation.identities
    parties = np.arange(len(identities.ids)) == party
    kept = {
        "customer": parties[: identities.prospect_from],
        "prospect": parties[identities.prospect_from : identities.account_from],
        "key_account": parties[identities.account_from :],
        "vehicle": np.isin(np.arange(len(store.vehicles)), cars),
        **{name: np.isin(np.arange(len(store[name])), _own(situation, name, party)) for name in TOLD},
        **{
            name: np.isin(rows.car, cars)
            for name, rows in (("renewal", identities.renewals), ("maintenance_reminder", identities.reminders))
        },
    }
    tables = {name: table.where(kept[name]) if name in kept else table for name, table in store.tables.items()}
    return replace(store, tables=tables, problems=())


def _in_whole_store(items: Items, party: int, cars: Places) -> Items:
    """The same items by the numbers of the whole store: the small one holds this party and these cars alone."""
    items.party[:] = party
    items.car[:] = np.append(cars, NO_CAR)[np.where(items.car < len(cars), items.car, NO_CAR)]
    return items
