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
import pandas as pd

from xl_retention.domain.problems import Problem
from xl_retention.domain.store import Places, Store, Table, Texts

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


def _index(values: Texts) -> pd.Index:
    return pd.Index(values, dtype=object)


def _first_places(values: Texts) -> pd.Series:
    """Place of the first row of each filled value."""
    places = pd.Series(np.arange(len(values)), index=_index(values))
    places = places[places.index != ""]
    return places[~places.index.duplicated()]


def _look_up(places: pd.Series, wanted: Texts) -> Places:
    found = places.index.get_indexer(_index(wanted))
    if len(places) == 0:
        return np.full(len(wanted), -1, np.int64)
    return np.where(found >= 0, places.to_numpy()[found], -1)


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
        self.party_places = _first_places(self.ids)
        self._vins = _first_places(store.vehicles.texts("vin"))
        self._plates = _first_places(store.vehicles.texts("plate_no"))
        vehicles = store.vehicles
        self.listed_cars = len(vehicles)
        self._unlisted: dict[str, int] = {}
        self._unlisted_plates: list[str] = []
        self._listed_owner = _look_up(self._customer_places, vehicles.texts("customer_id"))
        self.visits = self._rows("service_visit", carries_customer=False)
        self.log = self._rows("contact_log")
        self.bookings = self._rows("booking")
        self.complaints = self._rows("complaint")
        self.renewals = self._rows("renewal")
        self.reminders = self._rows("maintenance_reminder")
        self.owner: Places = np.concatenate([self._listed_owner, np.full(len(self._unlisted), NOBODY)])
        self.car_ids: Texts = np.concatenate(
            [self._listed_car_ids(vehicles), np.array([*self._unlisted, ""], object)[:-1]]
        )
        self.plates: Texts = np.concatenate(
            [vehicles.texts("plate_no"), np.array([*self._unlisted_plates, ""], object)[:-1]]
        )

    @cached_property
    def _customer_places(self) -> pd.Series:
        return self.party_places[self.party_places < self.customer_count]

    def kind(self, party: int) -> PartyKind:
        """Whether a party is a customer, a prospect or a key account."""
        if party < self.prospect_from:
            return PartyKind.CUSTOMER
        return PartyKind.PROSPECT if party < self.account_from else PartyKind.ACCOUNT

    @staticmethod
    def _listed_car_ids(vehicles: Table) -> Texts:
        """VIN; else the plate; else `customer_id#n` in sheet order."""
        vin, plate = vehicles.texts("vin"), vehicles.texts("plate_no")
        ids = np.where(vin != "", vin, plate)
        counts: dict[str, int] = {}
        for place in np.flatnonzero(ids == ""):
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

        def texts(name: str) -> Texts:
            return table.texts(name) if table.entity.has(name) else np.full(len(table), "", object)

        vins, plates, mobiles = texts("vin"), texts("plate_no"), texts("mobile")
        cars = self._listed(vins, plates)
        ids = texts("customer_id") if carries_customer else np.full(len(table), "", object)
        parties = self._parties(ids, cars, mobiles, texts("customer_name"))
        for place in np.flatnonzero(cars == NO_CAR):
            name = vins[place] or plates[place] or ("" if carries_customer else mobiles[place])
            if name:
                cars[place] = self._unlisted_car(name, plates[place])
        return RowsOf(parties, cars)

    def _unlisted_car(self, name: str, plate: str) -> int:
        car = self._unlisted.setdefault(name, self.listed_cars + len(self._unlisted))
        if car - self.listed_cars == len(self._unlisted_plates):
            self._unlisted_plates.append(plate)
        return car

    def _listed(self, vins: Texts, plates: Texts) -> Places:
        """Listed car of each row by VIN, where that is blank by plate; NO_CAR where none is named or on file."""
        by_vin = _look_up(self._vins, vins)
        cars = np.where(vins != "", by_vin, NO_CAR)
        for place in np.flatnonzero((vins != "") & (by_vin < 0)):
            cars[place] = self._by_tail(vins[place])
        needs_plate = (vins == "") & (plates != "")
        if needs_plate.any():
            cars = np.where(needs_plate, _look_up(self._plates, plates), cars)
        return np.asarray(cars)

    def _by_tail(self, vin: str) -> int:
        if len(vin) in TAIL_LENGTHS:
            cars = self._tails.get(vin, [])
            if len(cars) == 1:
                return cars[0]
        return NO_CAR

    @cached_property
    def _tails(self) -> Mapping[str, list[int]]:
        tails: dict[str, list[int]] = {}
        for vin, car in self._vins.items():
            for length in TAIL_LENGTHS:
                if len(str(vin)) > length:
                    tails.setdefault(str(vin)[-length:], []).append(int(car))
        return tails

    def _parties(self, ids: Texts, cars: Places, mobiles: Texts, names: Texts) -> Places:
        parties = _look_up(self.party_places, ids)
        missing = parties < 0
        if missing.any():
            known = np.append(self._listed_owner, NOBODY)[cars]  # NO_CAR is the last place
            parties = np.where(missing, known, parties)
            for place in np.flatnonzero((parties < 0) & (mobiles != "")):
                parties[place] = self._by_mobile(mobiles[place], names[place])
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
