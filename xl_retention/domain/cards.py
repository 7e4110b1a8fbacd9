"""Cards of prospects and of delivered customers: numbers, grades, conversion, the plan of the yellow card (DOM 6.5)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.domain.cadence import Listing
from xl_retention.domain.dates import Period, add_months
from xl_retention.domain.due import Items, items_of, no_items
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.numbering import Numbers
from xl_retention.domain.person_names import people, same_name
from xl_retention.domain.problems import Problem
from xl_retention.domain.prospects import GRADES, OPEN_STATUS, computed_grade
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Places, Store
from xl_retention.domain.upcoming import upcoming

DELIVERED, LOST, CANCELLED = "交车", "战败", "退订"
MANDATORY = (
    # What an ended card has to say: name of the finding, status, field.
    ("lost_without_reason", LOST, "lost_reason"),
    ("lost_without_model", LOST, "lost_model"),
    ("cancelled_without_reason", CANCELLED, "cancel_reason"),
)
FEWEST_CONTACTS = 2
"""So many colleagues know an important customer (DOM 2.12, 6.8)."""
PLANNED_MONTHS = 48
"""How far the plan of a yellow card reaches: to the replacement of the car."""


def card_numbers(taken: Iterable[str], day: dt.date) -> Numbers:
    """
    Numbers of the cards made on a day: `250307-03` is the third of 7 March 2025 (DOM 6.5, T29).

    The first one is -01 at once: whether a second comes is not known yet, and a number never changes. A bare
    `250307` that somebody typed counts as the first.
    """
    bare = f"{day:%y%m%d}"
    return Numbers.of_cards((f"{number}-01" if number == bare else number for number in taken), day)


def grade_to_enter(situation: Situation, place: int) -> str:
    """H, A, B or C for an open card by its expected order (DOM 4.10); "" for those that only a manager can grade."""
    cards = situation.store["prospect"]
    if cards.texts("status")[place] not in OPEN_STATUS:
        return ""
    day = cards.days("expected_order_date")[place]
    grade = computed_grade(None if np.isnat(day) else day.item(), situation.date, situation.parameters)
    return grade if grade in GRADES else ""


@dataclass(frozen=True)
class Conversion:
    """
    A delivered prospect who becomes a customer.

    Args:
        place: Row of the prospect table.
        party: The customer who has this name and phone already; None for one to be entered.
    """

    place: int
    party: int | None


def conversions(situation: Situation) -> list[Conversion]:
    """Delivered cards without their customer; those that cannot be settled are among `card_problems`."""
    cards, customers = situation.store["prospect"], situation.store.customers
    by_name = {
        (mobile, same_name(name)): party
        for party, (mobile, name) in reversed(
            list(enumerate(zip(customers.texts("mobile"), customers.texts("customer_name"), strict=True)))
        )
    }
    phones = {mobile for mobile, _ in by_name}
    found = []
    for place in np.flatnonzero(_unconverted(situation)).tolist():
        mobile, name = cards.texts("mobile")[place], cards.texts("name")[place]
        party = by_name.get((mobile, same_name(name)))
        if mobile and name and (party is not None or mobile not in phones):
            found.append(Conversion(place, party))
    return found


def _unconverted(situation: Situation) -> Flags:
    cards = situation.store["prospect"]
    return np.asarray((cards.texts("status") == DELIVERED) & (cards.texts("delivered_customer_id") == ""))


def card_problems(situation: Situation) -> list[Problem]:
    """Losses and refunds without their reason (DOM 2.9, 2.15), cards that nobody could call, unclear deliveries."""
    cards = situation.store["prospect"]
    status = cards.texts("status")
    found = [
        cards.fault(
            code, "high", place, name,
            wanted="The reason, and at a loss the model bought instead",
            remedy="Ask the sales advisor and enter it; the loss analysis needs it.",
        )
        for code, ended, name in MANDATORY
        for place in np.flatnonzero((status == ended) & (cards.texts(name) == "")).tolist()
    ]  # fmt: skip
    unreachable = np.isin(status, OPEN_STATUS) & (cards.texts("mobile") == "")
    found += [
        cards.fault(
            "card_without_phone", "medium", place, "mobile",
            wanted="A phone",
            remedy="Enter the phone; without one no card is opened.",
        )
        for place in np.flatnonzero(unreachable).tolist()
    ]  # fmt: skip
    settled = {each.place for each in conversions(situation)}
    found += [
        cards.fault(
            "delivered_unclear", "medium", place, "status",
            wanted="The number of the customer",
            remedy="Enter it: name or phone is missing here, or the phone belongs to a customer of another name.",
        )
        for place in np.flatnonzero(_unconverted(situation)).tolist()
        if place not in settled
    ]  # fmt: skip
    return found


def contact_problems(situation: Situation) -> list[Problem]:
    """Key accounts that fewer than two colleagues know (DOM 2.12, 6.8)."""
    accounts = situation.store["key_account"]
    pairs = zip(accounts.texts("contacts").tolist(), accounts.texts("second_contact").tolist(), strict=True)
    return [
        accounts.fault(
            "too_few_contacts", "medium", place, "contacts",
            found=first or second,
            wanted="two colleagues or more",
            remedy="Enter a second colleague who knows this customer.",
        )
        for place, (first, second) in enumerate(pairs)
        if len({same_name(name) for text in (first, second) for name in people(text)}) < FEWEST_CONTACTS
    ]  # fmt: skip


@dataclass(frozen=True, eq=False)
class YellowCard:
    """
    The card of a customer who got a car (DOM 6.5): one for all his cars of that month.

    Args:
        party: The customer.
        car: The car delivered first.
        delivered: When.
        plan: All contacts of all rules from that day on, by due day, as if nobody called and nothing happened.
    """

    party: int
    car: int
    delivered: dt.date
    plan: Items


def yellow_cards(situation: Situation, month: Period) -> list[YellowCard]:
    """The cards filed under a month, by the day of delivery and number of the customer."""
    identities, delivered = situation.identities, situation.service.delivered
    first, last = np.datetime64(month.start, "D"), np.datetime64(month.end, "D")
    owner = identities.owner[: len(delivered)]
    cars = np.flatnonzero((delivered >= first) & (delivered <= last) & (owner >= 0))
    cars = np.array(sorted(cars.tolist(), key=lambda car: (delivered[car], str(identities.ids[owner[car]]), car)), int)
    of_party: dict[int, int] = {}
    for car in cars.tolist():
        of_party.setdefault(int(owner[car]), car)
    cards = []
    for day in np.unique(delivered[list(of_party.values())]) if of_party else ():
        parties = [party for party, car in of_party.items() if delivered[car] == day]
        plan = _plan(situation, np.array(parties), day.item())
        cards += [YellowCard(party, of_party[party], day.item(), plan.where(plan.party == party)) for party in parties]
    return cards


def _plan(situation: Situation, parties: Places, day: dt.date) -> Items:
    """The contacts of some customers from a day of delivery on, sorted by due day, priority and order of the rules."""
    store, identities = situation.as_read, situation.identities
    cars = np.flatnonzero(np.isin(identities.owner[: len(store.vehicles)], parties))
    rows = np.isin(np.arange(len(store.customers)), parties)
    tables = {
        "customer": store.customers.where(rows),
        "vehicle": store.vehicles.where(np.isin(np.arange(len(store.vehicles)), cars)),
    }
    small = replace(store, tables=tables, problems=())
    customers = np.flatnonzero(rows)
    found = []
    seen: set[str] = set()
    for items in (*_on_the_day(small, day), *upcoming(small, day, add_months(day, PLANNED_MONTHS))):
        items.party = customers[items.party]
        items.car = np.append(cars, NO_CAR)[np.where(items.car == NO_CAR, len(cars), items.car)]
        keys = items.keys(identities.ids, identities.car_ids)
        new = np.array([key not in seen for key in keys], np.bool_)
        seen.update(keys)
        found.append(items.where(new))
    plan = Items.together([no_items(), *found])
    rank = {code: (rule.priority, place) for place, (code, rule) in enumerate(situation.rules.items())}
    order = sorted(range(len(plan)), key=lambda at: (plan.due[at], rank[str(plan.rule[at])]))
    return plan.where(np.array(order, np.int64))


def _on_the_day(store: Store, day: dt.date) -> Sequence[Items]:
    """What is due on the day of delivery itself."""
    known = Situation(store, day)
    rules = [rule for rule in store.rules.values() if rule.on and rule.listing is Listing.CALLS]
    laid = [items_of(known, rule) for rule in rules]
    return [items.where(~items.stopped & (items.due == known.day)) for items in laid]
