"""Who of the store looks after whom, and so makes the contact (DOM 0.3)."""

from __future__ import annotations

from functools import cached_property

import numpy as np

from xl_retention.domain.due import Items
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Store, Table, Texts

OWNER_FIELDS = {"SA": "sales_advisor", "CS": "cs_owner", "SV": "service_advisor_owner"}
"""Who of the store looks after a customer, by role."""

LEFT = "离职"
"""Status of somebody who no longer works here; blank is 在职 (DOM 2.18)."""


class PeopleOf:
    """Whom of the store each party knows by role: a customer's own people, a prospect's advisor (DOM 0.3)."""

    def __init__(self, situation: Situation) -> None:
        self._store, self._identities = situation.store, situation.identities

    @cached_property
    def _of_customers(self) -> dict[str, Texts]:
        return {role: self._store.customers.texts(name) for role, name in OWNER_FIELDS.items()}

    @cached_property
    def _advisors(self) -> Texts:
        return self._store["prospect"].texts("sales_advisor")

    def __call__(self, party: int) -> dict[str, str]:
        """Name by role; nobody for a key account and for NOBODY."""
        first = self._identities.prospect_from
        if 0 <= party < first:
            return {role: str(people[party]) for role, people in self._of_customers.items()}
        if first <= party < self._identities.account_from:
            return {"SA": str(self._advisors[party - first])}
        return {}


def owners_of(situation: Situation, items: Items) -> Texts:
    """Who makes each contact: whoever is named, the customer's own person of that role, the only one of it."""
    identities, store = situation.identities, situation.store
    owner, role = items.owner.copy(), items.roles

    def name(those: Flags, table: Table, column: str, first_party: int) -> None:
        open_ = np.flatnonzero(those)
        open_ = open_[owner[open_] == ""]
        owner[open_] = table.texts_at(column, items.party[open_] - first_party)

    of_customer = items.party < identities.prospect_from
    of_account = items.party >= identities.account_from
    for code, column in OWNER_FIELDS.items():
        name(of_customer & role.is_any(code), store.customers, column, 0)
    of_prospect = ~of_customer & ~of_account & role.is_any("SA")
    name(of_prospect, store["prospect"], "sales_advisor", identities.prospect_from)
    name(of_account, store["key_account"], "owner", identities.account_from)
    for code, people in colleagues(store["staff"]).items():
        if len(people) == 1:
            owner[role.is_any(code) & (owner == "")] = people[0]
    return owner


def people_of(store: Store) -> set[str]:
    """Everybody of the store who is named: on the staff sheet, or beside a customer or prospect."""
    named = [store["staff"].texts("name"), store["prospect"].texts("sales_advisor")]
    named += [store.customers.texts(column) for column in OWNER_FIELDS.values()]
    return {str(name) for names in named for name in np.unique(names)} - {""}


def colleagues(staff: Table) -> dict[str, list[str]]:
    """Who works here, by role and in the order of their names."""
    found: dict[str, set[str]] = {}
    columns = (staff.texts(name).tolist() for name in ("role", "name", "status"))
    for role, name, status in zip(*columns, strict=True):
        if role and name and status != LEFT:
            found.setdefault(role, set()).add(name)
    return {role: sorted(names) for role, names in found.items()}
