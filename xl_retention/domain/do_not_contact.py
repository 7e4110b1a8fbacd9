"""Who is not to be contacted, in which way and since when: the store's list, and outcomes that end all contact.

It wins over everything but what DOM 0.3 excepts: complaint handling, and notices of safety and recall. The
customer's own flag (do_not_contact) is beside it and holds for everything.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from xl_retention.domain.cadence import COMPLAINT_CLOCK, Rulebook
from xl_retention.domain.due import Items
from xl_retention.domain.identity import NO_CAR, NOBODY
from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import Entity, Field, InfoClass, Kind
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Flags, Places, Store, Table
from xl_retention.domain.words import Word, WordTable

ALL, PHONE, MESSAGE, MARKETING = "all", "phone", "message", "marketing"
KINDS = WordTable(
    (
        Word(ALL, "All", ("全部", "所有", "一切", "Everything", "Any")),
        Word(PHONE, "Phone", ("电话", "Call", "Calls", "Telephone")),
        Word(MESSAGE, "Message", ("信息", "短信", "微信", "Messages", "SMS", "WeChat")),
        Word(MARKETING, "Marketing", ("营销", "推销", "广告", "Advertising", "Promotion")),
    )
)
"""Kinds of contact that may be stopped."""

MESSAGE_CHANNELS = ("短信", "微信", "邮件", "信函", "明信片")
MARKETING_RULES = ("BDAY-", "INS-", "TRADE-IN", "LAPSE-", "LOST-VISIT", "PRO-")
"""Calls that want to sell or to win back, by the beginning of their code [D]; every rule of the mailing list, too."""


def _field(name: str, kind: Kind) -> Field:
    return Field(name, kind, (), InfoClass.PROCESS)


DO_NOT_CONTACT = Entity(
    "do_not_contact",
    (),
    (),
    (
        _field("customer_id", Kind.ID),
        _field("customer_name", Kind.TEXT),
        _field("mobile", Kind.PHONE),
        _field("plate_no", Kind.PLATE),
        _field("vin", Kind.VIN),
        _field("kind", Kind.ENUM),
        _field("reason", Kind.TEXT),
        _field("since", Kind.DATE),
        _field("told_by", Kind.TEXT),
    ),
)
"""The table of the store's list; known by the name of its sheet alone, so no heading leads to it."""


def silences(store: Store) -> Table:
    """The rows of the store's list."""
    nothing = Table(DO_NOT_CONTACT, {}, np.empty(0, object), np.empty(0, np.int64), present=False)
    return store.tables.get(DO_NOT_CONTACT.name, nothing)


@dataclass(frozen=True)
class Bans:
    """
    Whom and which cars each kind of ban holds for today.

    Args:
        parties: By kind a flag per party, and False at place NOBODY.
        cars: By kind a flag per listed car, and False at the last place, for other cars and none.
    """

    parties: dict[str, Flags] = field(default_factory=dict)
    cars: dict[str, Flags] = field(default_factory=dict)

    @property
    def kinds(self) -> set[str]:
        """The kinds that occur."""
        return self.parties.keys() | self.cars.keys()


def bans(situation: Situation) -> Bans:
    """
    The list and the log of a store on the situation's day.

    A row that names a customer is about him, whatever car stands beside; one that names only a car is about the
    car. A car delivered to the customer after that day lifts it; a row without a day is never lifted.
    """
    found, identities = Bans(), situation.identities
    table = silences(situation.store)
    rows, since, kinds = identities.rows_about(table), table.days("since"), table.texts("kind")
    names_customer = _names_customer(table)
    of_log = situation.log.with_outcome(lambda outcome: outcome.ends_all) & (situation.log.party >= 0)
    if not (len(table) or of_log.any()):
        return found
    last_delivery, delivered = _last_deliveries(situation), situation.service.delivered

    def ban_parties(kind: str, party: Places, day: Days) -> None:
        held = party[(party != NOBODY) & ~(last_delivery[party] > day)]
        flags = found.parties.setdefault(kind, np.zeros(len(identities.ids) + 1, np.bool_))
        flags[held] = True
        flags[:-1] = identities.with_same_number(flags[:-1])

    def ban_cars(kind: str, car: Places, day: Days) -> None:
        listed = (car != NO_CAR) & (car < len(delivered))
        car, day = car[listed], day[listed]
        flags = found.cars.setdefault(kind, np.zeros(len(delivered) + 1, np.bool_))
        flags[car[~(delivered[car] > day)]] = True

    for kind in dict.fromkeys(kinds.tolist()):
        those = kinds == kind
        ban_parties(kind, rows.party[those & names_customer], since[those & names_customer])
        ban_cars(kind, rows.car[those & ~names_customer], since[those & ~names_customer])
    if of_log.any():
        ban_parties(ALL, situation.log.party[of_log], situation.log.day[of_log])
    return found


def _names_customer(table: Table) -> Flags:
    return np.asarray((table.texts("customer_id") != "") | (table.texts("mobile") != ""), np.bool_)


def _last_deliveries(situation: Situation) -> Days:
    """The latest delivery to each party, and NaT at place NOBODY."""
    delivered = situation.service.delivered
    owner = situation.identities.owner[: len(delivered)]
    last = np.full(len(situation.identities.ids) + 1, np.datetime64("NaT"), "datetime64[D]")
    order = np.argsort(delivered)  # blanks are last
    order = order[~np.isnat(delivered[order])]
    last[owner[order]] = delivered[order]
    last[NOBODY] = np.datetime64("NaT")
    return last


def banned(situation: Situation, items: Items) -> Flags:
    """The items that nobody is to make, complaint handling excepted (DOM 0.3)."""
    found = situation.once(bans)
    flags = np.zeros(len(items), np.bool_)
    rules = items.rules
    for kind in found.kinds:
        stopped = [code for code in rules.different.tolist() if code and stops(kind, code, situation.rules)]
        flags |= _held(found, kind, items) & rules.is_any(*stopped)
    return flags


def _held(found: Bans, kind: str, items: Items) -> Flags:
    held = np.zeros(len(items), np.bool_)
    if kind in found.parties:
        held |= found.parties[kind][items.party]
    if (cars := found.cars.get(kind)) is not None:
        held |= cars[np.where((items.car >= 0) & (items.car < len(cars)), items.car, len(cars) - 1)]
    return held


def stops(kind: str, code: str, rules: Rulebook) -> bool:
    """Whether a ban of a *kind* stops the calls of a rule."""
    if code in COMPLAINT_CLOCK:
        return False
    by_message = rules[code].channel in MESSAGE_CHANNELS
    return {
        ALL: True,
        PHONE: not by_message,
        MESSAGE: by_message,
        MARKETING: code.startswith(MARKETING_RULES),
    }[kind]


def wants_no_messages(situation: Situation) -> Flags:
    """Customers whom no bulk message may reach."""
    found = situation.once(bans)
    flags = np.zeros(situation.identities.customer_count, np.bool_)
    for kind in (ALL, MESSAGE, MARKETING):
        if kind in found.parties:
            flags |= found.parties[kind][: len(flags)]
    return flags


def cars_without_messages(situation: Situation) -> Flags:
    """Listed cars about which no bulk message may be sent, and False at the last place."""
    found = situation.once(bans)
    flags = np.zeros(len(situation.store.vehicles) + 1, np.bool_)
    for kind in (ALL, MESSAGE, MARKETING):
        if kind in found.cars:
            flags |= found.cars[kind]
    return flags


def silence_problems(situation: Situation) -> Iterator[Problem]:
    """Rows of the list that reach nobody."""
    table = silences(situation.store)
    rows = situation.identities.rows_about(table)
    listed = (rows.car != NO_CAR) & (rows.car < situation.identities.listed_cars)
    reached = np.where(_names_customer(table), rows.party != NOBODY, listed)
    for place in np.flatnonzero(~reached).tolist():
        columns = ("customer_id", "mobile", "plate_no", "vin")
        name = next((each for each in columns if table.texts(each)[place]), "customer_id")
        yield table.fault(
            "do_not_contact_of_nobody",
            "high",
            place,
            name,
            found=table.texts(name)[place],
            wanted="a customer or a car on file",
            remedy="Enter the customer's number or phone, or the VIN or plate of the car.",
        )
