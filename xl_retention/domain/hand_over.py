"""Hand-over when somebody leaves: what the person stands beside, and who gets it (DOM 6.7)."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.identity import NOBODY
from xl_retention.domain.owners import OWNER_FIELDS
from xl_retention.domain.person_names import people, same_name
from xl_retention.domain.problems import Problem
from xl_retention.domain.prospects import OPEN_STATUS
from xl_retention.domain.situation import CLOSED_STATUS, Situation
from xl_retention.domain.store import Flags, Places, Table, Texts

CUSTOMER_FIELDS = tuple(OWNER_FIELDS.values())
"""Who looks after a customer: sales advisor, customer service, service advisor."""
LIVE_PROSPECTS = (*OPEN_STATUS, "订车")
"""A card that waits for its car must not be without owner either."""
ACCOUNT_FIELDS = ("owner", "contacts", "second_contact")
LEFT = "离职"


@dataclass(frozen=True)
class Moved:
    """
    A row that gets a new owner.

    Args:
        entity: Its table.
        place: Place in that table.
        party: The customer, prospect or account behind it, NOBODY for none on file.
        fields: In which the leaver stands.
        to: The new owner.
    """

    entity: str
    place: int
    party: int
    fields: tuple[str, ...]
    to: str


def active_names(situation: Situation) -> dict[str, str]:
    """Names of the active people of the staff sheet as written there, by what is common to all spellings."""
    staff = situation.store["staff"].texts("name")
    return {same_name(staff[place]): staff[place] for place in _active(situation)}


def active_row(situation: Situation, name: str) -> int | None:
    """Place of a person in the staff table; None for somebody who is not there, or left."""
    staff = situation.store["staff"].texts("name")
    return next((place for place in _active(situation) if same_name(staff[place]) == same_name(name)), None)


def _active(situation: Situation) -> list[int]:
    """Places of the people of the staff table who work here; a blank status is 在职 (DOM 2.18)."""
    staff = situation.store["staff"]
    active = (staff.texts("name") != "") & (staff.texts("status") != LEFT)
    return np.flatnonzero(active).tolist()


def handed_over(situation: Situation, leaver: str, receivers: Sequence[str]) -> list[Moved]:
    """
    Everything live that a person stands beside, shared out in turn.

    Customers come first, by number; a complaint goes to whoever gets its customer. What is over (closed
    complaints, ended cards, contacts, visits) keeps the old name (DOM 6.7, step 6).

    Args:
        receivers: One or more; each gets the same number of rows, or one more.
    """
    turn = 0
    share: dict[int, str] = {}
    moved: list[Moved] = []
    for entity, place, party, fields in _held(situation, same_name(leaver)):
        to = share.get(party, receivers[turn % len(receivers)])
        if party not in share:
            turn += 1
            if party != NOBODY:
                share[party] = to
        moved.append(Moved(entity, place, party, fields, to))
    return moved


def _held(situation: Situation, leaver: str) -> Iterable[tuple[str, int, int, tuple[str, ...]]]:
    store, identities = situation.store, situation.identities
    complaints, prospects, accounts = store["complaint"], store["prospect"], store["key_account"]
    numbers = identities.ids
    tables: tuple[tuple[str, Table, tuple[str, ...], Flags, Places], ...] = (
        ("customer", store.customers, CUSTOMER_FIELDS, np.ones(len(store.customers), np.bool_),
         np.arange(len(store.customers))),
        ("complaint", complaints, ("handler",), _open_files(complaints), identities.complaints.party),
        ("prospect", prospects, ("sales_advisor",), np.isin(prospects.texts("status"), LIVE_PROSPECTS),
         np.arange(len(prospects)) + identities.prospect_from),
        ("key_account", accounts, ACCOUNT_FIELDS, np.ones(len(accounts), np.bool_),
         np.arange(len(accounts)) + identities.account_from),
    )  # fmt: skip
    for entity, table, fields, live, parties in tables:
        found = {name: live & names_person(table.texts(name), leaver) for name in fields}
        places = np.flatnonzero(np.any([*found.values()], axis=0)).tolist()
        for place in sorted(places, key=lambda each: (str(numbers[parties[each]]) if parties[each] >= 0 else "", each)):
            yield entity, place, int(parties[place]), tuple(name for name in fields if found[name][place])


def names_person(texts: Texts, person: str) -> Flags:
    """Cells that name a person, alone or among several parted by signs."""
    known = {text: person in map(same_name, people(text)) for text in set(texts.tolist())}
    return np.array([*(known[text] for text in texts.tolist()), False], np.bool_)[:-1]


def renamed(text: str, leaver: str, to: str) -> str:
    """A cell with the leaver's name replaced; whoever stands there already is not named twice."""
    if same_name(text) == same_name(leaver):
        return to
    names = [to if same_name(name) == same_name(leaver) else name for name in people(text)]
    return "、".join(dict.fromkeys(names))


def _open_files(complaints: Table) -> Flags:
    followed = ~np.isnat(complaints.moments("resolved_at")) & ~np.isnat(complaints.moments("followup_at"))
    return np.asarray(~followed & (complaints.texts("status") != CLOSED_STATUS))


def ownerless(situation: Situation) -> list[Problem]:
    """Customers whose owner is not among the active people of the staff sheet (DOM 2.15); none without that sheet."""
    active, customers = active_names(situation), situation.store.customers
    if not len(situation.store["staff"]):
        return []
    found = []
    for name in CUSTOMER_FIELDS:
        owners = customers.texts(name)
        gone = {owner for owner in set(owners.tolist()) if owner and same_name(owner) not in active}
        for place in np.flatnonzero(np.isin(owners, [*gone])).tolist() if gone else ():
            found.append(
                customers.fault(
                    "owner_not_active", "high", place, name,
                    found=owners[place],
                    wanted="an active person of the staff sheet",
                    remedy="Hand the customer over to somebody who is there.",
                )
            )  # fmt: skip
    return found
