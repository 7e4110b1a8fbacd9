"""Key figures of a part of a store: one branch, one person's customers, cars of one use."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, replace

import numpy as np

from xl_retention.domain.identity import Identities, RowsOf
from xl_retention.domain.store import Flags, Store, Table, Texts

OWNERS = ("sales_advisor", "cs_owner", "service_advisor_owner")
"""Who may be responsible for a customer; a person's key figures are those of his customers."""


@dataclass(frozen=True)
class Selection:
    """
    What to count; "" is everything.

    Args:
        store: Branch (`store_code`) of the customer; a visit that names a branch of its own belongs to that one.
        staff: The customer's sales advisor, customer service or service advisor; a prospect's sales advisor.
        use: Use of the car as in DOM 4.2 (私家车, 公务车, 营运车); prospects have none.
    """

    store: str = ""
    staff: str = ""
    use: str = ""

    def __bool__(self) -> bool:
        return bool(self.store or self.staff or self.use)


EVERYTHING = Selection()


def choices(store: Store) -> dict[str, list[str]]:
    """What can be chosen in a store, sorted: for `store`, `staff` and `use` the values that its rows hold."""
    customers, visits = store.customers, store["service_visit"]

    def values(*columns: Texts) -> list[str]:
        return sorted({text for column in columns for text in np.unique(column.astype(str)).tolist()} - {""})

    return {
        "store": values(customers.texts("store_code"), visits.texts("store_code")),
        "staff": values(*(customers.texts(name) for name in OWNERS), store["prospect"].texts("sales_advisor")),
        "use": values(store.vehicles.texts("use_type")),
    }


def narrowed(store: Store, selection: Selection) -> Store:
    """The store with the selected rows only; whose a row is, is told by the whole store (DOM 2.19)."""
    return _Narrowing(store, selection).store() if selection else store


class _Narrowing:
    """One pass over the tables."""

    def __init__(self, store: Store, selection: Selection) -> None:
        self.whole = store
        self.selection = selection
        self.identities = identities = Identities(store)
        customers, vehicles = store.customers, store.vehicles
        of_customer = self._of_branch(customers.texts("store_code")) & self._of_person(customers, OWNERS)
        owner = identities.owner[: len(vehicles)]
        self.cars = np.append(of_customer, not (selection.store or selection.staff))[owner]
        if selection.use:
            self.cars &= vehicles.texts("use_type") == selection.use
            with_car = np.zeros(len(customers), np.bool_)
            with_car[owner[self.cars & (owner >= 0)]] = True
            of_customer &= with_car
        prospects, accounts = store["prospect"], store["key_account"]
        own = not (selection.store or selection.use)
        self.parties = np.concatenate([
            of_customer,
            self._of_person(prospects, ("sales_advisor",)) & own,
            self._of_person(accounts, ("owner",)) & own,
        ])  # fmt: skip

    def store(self) -> Store:
        identities, whole = self.identities, self.whole
        count = identities.customer_count
        kept: dict[str, Flags] = {
            "customer": self.parties[:count],
            "prospect": self.parties[identities.prospect_from : identities.account_from],
            "key_account": self.parties[identities.account_from :],
            "vehicle": self.cars,
            "service_visit": self._visits(),
            "contact_log": self._rows(identities.log),
            "booking": self._rows(identities.bookings),
            "complaint": self._rows(identities.complaints),
            "renewal": self._rows(identities.renewals),
            "maintenance_reminder": self._rows(identities.reminders),
            "referral": self._named(whole["referral"], "referrer_id"),
            "invitation": self._named(whole["invitation"], "customer_id"),
            "scorecard": self._of_person(whole["scorecard"], ("staff",)),
        }
        tables = {name: self._cut(table, kept.get(name)) for name, table in whole.tables.items()}
        return replace(whole, tables=tables)

    @staticmethod
    def _cut(table: Table, kept: Flags | None) -> Table:
        return table if kept is None else table.where(kept)

    def _of_branch(self, codes: Texts) -> Flags:
        return self._like(codes, self.selection.store)

    def _of_person(self, table: Table, fields: tuple[str, ...]) -> Flags:
        flags = np.zeros(len(table), np.bool_)
        for name in fields:
            flags |= self._like(table.texts(name), self.selection.staff)
        return flags

    @staticmethod
    def _like(words: Texts, wanted: str) -> Flags:
        return np.ones(len(words), np.bool_) if not wanted else np.asarray(words == wanted, np.bool_)

    def _rows(self, rows: RowsOf) -> Flags:
        """Rows of a kept party, or without one of a kept car; never those of a car that is left out."""
        car = np.append(self.cars, np.zeros(1, np.bool_))
        listed = (rows.car >= 0) & (rows.car < len(self.cars))
        of_car = car[np.where(listed, rows.car, -1)]
        of_party = np.append(self.parties, False)[rows.party] & (rows.party >= 0)
        strange = (rows.car >= len(self.cars)) & bool(self.selection.use)
        return np.asarray(np.where(listed, of_car, of_party & ~strange), np.bool_)

    def _visits(self) -> Flags:
        visits = self.whole["service_visit"]
        kept = self._rows(self.identities.visits)
        codes = visits.texts("store_code")
        if self.selection.store and not (self.selection.staff or self.selection.use):
            return np.asarray(np.where(codes == "", kept, codes == self.selection.store), np.bool_)
        return np.asarray(kept & ((codes == "") | self._of_branch(codes)), np.bool_)

    def _named(self, table: Table, field: str) -> Flags:
        """Rows that name a kept customer by number."""
        places: Callable[[str], int] = lambda text: self.identities.party_places.get(text.upper(), -1)  # noqa: E731
        party = np.array([places(text) for text in table.texts(field).tolist()], np.int64)
        return np.asarray(np.append(self.parties, False)[party], np.bool_)
