"""Whose row is it: the party and the car behind every row (DOM 2.19).

A *party* is whoever is contacted: a customer, a prospect or a key account; parties are numbered in that order.
A *car* is a row of the vehicle table, or one that only other rows name; listed cars come first.
"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from enum import IntEnum
from functools import cached_property

import numpy as np

from xl_retention.domain.first_places import FirstPlaces
from xl_retention.domain.problems import Problem
from xl_retention.domain.store import Flags, Places, Store, Table, Texts

NOBODY = -1
NO_CAR = -1

TAIL_LENGTHS = range(6, 9)
"""A chassis number of so many characters is the tail of a VIN, good for look-up only (DOM 2.4)."""


class PartyKind(IntEnum):
    """Where a party is on file."""

    CUSTOMER = 0
    PROSPECT = 1
    ACCOUNT = 2


@dataclass(frozen=True)
class RowsOf:
    """Party and car of each row of a table: places in `Identities`, or NOBODY and NO_CAR."""

    party: Places
    car: Places


def _texts_of(table: Table, name: str, places: Places) -> list[str]:
    """The texts of a column at *places*; blank where the table has no such column."""
    texts: list[str] = table.texts_at(name, places).tolist()
    return texts


class Identities:
    """The parties and cars of a store, and which of them each row is about.

    Args:
        store: As known on the day in question.
    """

    def __init__(self, store: Store) -> None:
        self._store = store
        customers, prospects, accounts = store.customers, store["prospect"], store["key_account"]
        self.customer_count = len(customers)
        self.prospect_from = len(customers)
        self.account_from = self.prospect_from + len(prospects)
        self.ids: Texts = np.concatenate(
            [customers.texts("customer_id"), prospects.texts("prospect_no"), accounts.texts("account_no")]
        )
        self.names: Texts = np.concatenate(
            [customers.texts("customer_name"), prospects.texts("name"), accounts.texts("name")]
        )
        self.mobiles: Texts = np.concatenate(
            [customers.texts("mobile"), prospects.texts("mobile"), accounts.texts("contact")]
        )
        self._party_rows = FirstPlaces(
            (customers, "customer_id"), (prospects, "prospect_no"), (accounts, "account_no")
        )
        vehicles = store.vehicles
        self._vins = FirstPlaces((vehicles, "vin"))
        self.listed_cars = len(vehicles)
        self._unlisted: dict[tuple[str, int], int] = {}
        self._unlisted_plates: list[str] = []
        self._without_vin_or_plate: set[int] = set()
        owner = self._party_rows.of(vehicles, "customer_id")
        self._listed_owner = np.where(owner < self.customer_count, owner, NOBODY)
        self.visits = self._rows("service_visit", carries_customer=False)
        self.log = self._rows("contact_log")
        self.bookings = self._rows("booking")
        self.complaints = self._rows("complaint")
        self.renewals = self._rows("renewal")
        self.reminders = self._rows("maintenance_reminder")
        self.owner: Places = np.concatenate([self._listed_owner, np.full(len(self._unlisted), NOBODY)])
        self.car_ids: Texts = np.concatenate(
            [self._listed_car_ids(vehicles), np.array([*(name for name, _ in self._unlisted), ""], object)[:-1]]
        )
        self.plates: Texts = np.concatenate(
            [vehicles.texts("plate_no"), np.array([*self._unlisted_plates, ""], object)[:-1]]
        )

    @property
    def party_places(self) -> Mapping[str, int]:
        """The first party of each number; customers go before prospects, these before key accounts."""
        return self._party_rows.by_text

    @cached_property
    def _plates(self) -> FirstPlaces:
        return FirstPlaces((self._store.vehicles, "plate_no"))

    def named_car(self, cars: Places) -> Places:
        """*cars*, with NO_CAR where only the phone of a visit stands for the car: a phone is no VIN."""
        if not self._without_vin_or_plate:
            return cars
        return np.where(np.isin(cars, list(self._without_vin_or_plate)), NO_CAR, cars)

    def kind(self, party: int) -> PartyKind:
        """Whether a party is a customer, a prospect or a key account."""
        if party < self.prospect_from:
            return PartyKind.CUSTOMER
        return PartyKind.PROSPECT if party < self.account_from else PartyKind.ACCOUNT

    def rows_about(self, table: Table) -> RowsOf:
        """Party and car of the rows of a table beside the staff's; a car that is not on file is none."""
        cars = self._listed(table)
        return RowsOf(self._parties(table, cars, carries_customer=True), cars)

    def with_same_number(self, parties: Flags) -> Flags:
        """The flags of all parties; two cards under one number are one prospect and share theirs."""
        flagged = np.flatnonzero(parties[self.prospect_from :]) + self.prospect_from
        if not len(flagged):
            return parties
        known = {(self.kind(party), self.ids[party]) for party in flagged.tolist()}
        spread = parties.copy()
        for party in range(self.prospect_from, len(self.ids)):
            spread[party] |= (self.kind(party), self.ids[party]) in known
        return spread

    @staticmethod
    def _listed_car_ids(vehicles: Table) -> Texts:
        """VIN; else the plate; else `customer_id#n` in sheet order."""
        ids = vehicles.texts("vin").copy()
        without = np.flatnonzero(ids == "")
        ids[without] = vehicles.texts("plate_no")[without]
        counts: dict[str, int] = {}
        for place in without[ids[without] == ""].tolist():
            customer = vehicles.texts("customer_id")[place]
            counts[customer] = counts.get(customer, 0) + 1
            ids[place] = f"{customer}#{counts[customer]}"
        return ids

    def _rows(self, entity: str, *, carries_customer: bool = True) -> RowsOf:
        """
        Party and car of the rows of one table.

        Args:
            carries_customer: Visits do not; their car's owner goes first, and their phone may stand for a car.
        """
        table = self._store[entity]
        cars = self._listed(table)
        parties = self._parties(table, cars, carries_customer=carries_customer)
        elsewhere = np.flatnonzero(cars == NO_CAR)
        vins, plates, mobiles = (_texts_of(table, name, elsewhere) for name in ("vin", "plate_no", "mobile"))
        for place, vin, plate, mobile in zip(elsewhere.tolist(), vins, plates, mobiles, strict=True):
            if name := vin or plate:
                cars[place] = self._unlisted_car(name, plate)
            elif mobile and not carries_customer:
                # Two customers may share a phone; their cars are two.
                cars[place] = self._unlisted_car(mobile, plate, int(parties[place]))
                self._without_vin_or_plate.add(int(cars[place]))
        return RowsOf(parties, cars)

    def _unlisted_car(self, name: str, plate: str, whose: int = NOBODY) -> int:
        car = self._unlisted.setdefault((name, whose), self.listed_cars + len(self._unlisted))
        if car - self.listed_cars == len(self._unlisted_plates):
            self._unlisted_plates.append(plate)
        return car

    def _listed(self, table: Table) -> Places:
        """Listed car of each row by VIN, where that is blank by plate; NO_CAR where none is named or on file."""
        cars = self._vins.of(table, "vin")
        open_ = np.flatnonzero(cars == NO_CAR)
        vins, plates = _texts_of(table, "vin", open_), _texts_of(table, "plate_no", open_)
        for place, vin, plate in zip(open_.tolist(), vins, plates, strict=True):
            if vin:
                cars[place] = self._by_tail(vin)
                if cars[place] == NO_CAR:
                    cars[place] = self._standing_names.get(vin, NO_CAR)
            elif plate:
                cars[place] = self._plates.by_text.get(plate, NO_CAR)
        return cars

    def _by_tail(self, vin: str) -> int:
        if len(vin) in TAIL_LENGTHS:
            cars = self._tails.get(vin, [])
            if len(cars) == 1:
                return cars[0]
        return NO_CAR

    @cached_property
    def _standing_names(self) -> Mapping[str, int]:
        """What stands for the VIN of cars without one, as the list of calls shows it (DOM 2.19)."""
        vehicles = self._store.vehicles
        without = np.flatnonzero(vehicles.texts("vin") == "")
        names = self._listed_car_ids(vehicles)[without].tolist()
        return dict(reversed([*zip(names, without.tolist(), strict=True)]))

    @cached_property
    def _tails(self) -> Mapping[str, list[int]]:
        tails: dict[str, list[int]] = {}
        for vin, car in self._vins.by_text.items():
            for length in TAIL_LENGTHS:
                if len(str(vin)) > length:
                    tails.setdefault(str(vin)[-length:], []).append(int(car))
        return tails

    def _parties(self, table: Table, cars: Places, *, carries_customer: bool) -> Places:
        """Party of each row by number, by the owner of its car, by phone; NOBODY where none of them tells."""
        parties = np.append(self._listed_owner, NOBODY)[cars]  # NO_CAR is the last place
        if carries_customer:
            named = self._party_rows.of(table, "customer_id")
            parties = np.where(named == NOBODY, parties, named)
        open_ = np.flatnonzero(parties == NOBODY)
        mobiles, names = _texts_of(table, "mobile", open_), _texts_of(table, "customer_name", open_)
        for place, mobile, name in zip(open_.tolist(), mobiles, names, strict=True):
            if mobile:
                parties[place] = self._by_mobile(mobile, name)
        return parties

    def _by_mobile(self, mobile: str, name: str) -> int:
        """The only customer with that number; of several the one whose name fits; else the prospect."""
        found = self._mobile_parties.get(mobile, [])
        customers = [party for party in found if party < self.customer_count]
        if len(customers) > 1:
            customers = [party for party in customers if self.names[party] == name and name]
            return customers[0] if len(customers) == 1 else NOBODY
        if customers:
            return customers[0]
        return found[0] if found else NOBODY

    @cached_property
    def _mobile_parties(self) -> Mapping[str, list[int]]:
        """Customers and prospects by phone; a key account's contact is no phone of a customer (DOM 2.19)."""
        parties: dict[str, list[int]] = {}
        for party, mobile in enumerate(self.mobiles[: self.account_from]):
            if mobile:
                parties.setdefault(mobile, []).append(party)
        return parties

    def problems(self) -> list[Problem]:
        """Cars and rows that belong to nobody on file."""
        found = []
        vehicles = self._store.vehicles
        for place in np.flatnonzero(self.owner[: self.listed_cars] < 0):
            found.append(
                vehicles.fault(
                    "car_without_customer",
                    "high",
                    int(place),
                    "customer_id",
                    found=vehicles.texts("customer_id")[place],
                    wanted="a customer on file",
                    remedy="Enter the number of a customer of the customer sheet.",
                )
            )
        return found
