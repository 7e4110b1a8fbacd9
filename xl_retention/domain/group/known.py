"""Who is known in several stores of a group, by car and then by phone (DOM 5, "Merging stores")."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import numpy.typing as npt

from xl_retention.domain.group.share import StoreShare

Numbers = npt.NDArray[np.int64]


@dataclass(frozen=True)
class Moved:
    """A car that was last seen in another store than before.

    Args:
        car: VIN or plate.
        customer: Number and name where it was seen last.
        before, now: Places of the stores.
        last_before, last_now: Days of the latest visit to each, ISO.
    """

    car: str
    customer: tuple[str, str]
    before: int
    now: int
    last_before: str
    last_now: str


@dataclass(frozen=True)
class Duplicate:
    """A customer known in several stores: place of the store and of the customer in it, store by store."""

    places: tuple[tuple[int, int], ...]


class Known:
    """
    The customers and cars of all stores, the same one under one number.

    A car is the same where VIN (else plate) is; customers are where they have such a car, or the same phone. A phone
    of several customers of one store tells them apart by name too.

    Args:
        stores: Of the group, in their order.
    """

    def __init__(self, stores: Sequence[StoreShare]) -> None:
        self._stores = stores
        self._first = np.cumsum([0, *(len(store.ids) for store in stores)])
        self._first_car = np.cumsum([0, *(len(store.cars) for store in stores)])

    def numbers(self, subject: str, store: int, places: Sequence[int]) -> Numbers:
        """Group numbers of customers (`customer`) or cars (`vehicle`) of a store."""
        of_customers = subject == "customer"
        first, numbers = (self._first, self._customers) if of_customers else (self._first_car, self._cars)
        return np.asarray(numbers[first[store] + np.array(places, np.int64)])

    @cached_property
    def _car_texts(self) -> list[str]:
        return [car for store in self._stores for car in store.cars]

    @cached_property
    def _cars(self) -> Numbers:
        first: dict[str, int] = {}
        return np.array(
            [first.setdefault(car, place) if car else place for place, car in enumerate(self._car_texts)], np.int64
        )

    @cached_property
    def _customers(self) -> Numbers:
        parent = list(range(int(self._first[-1])))

        def root(place: int) -> int:
            while parent[place] != place:
                parent[place] = parent[parent[place]]
                place = parent[place]
            return place

        for one, other in (*self._by_car(), *self._by_phone()):
            first, second = sorted((root(one), root(other)))
            parent[second] = first
        return np.array([root(place) for place in range(len(parent))], np.int64)

    def _by_car(self) -> Iterator[tuple[int, int]]:
        owners = [
            int(self._first[number]) + owner if owner >= 0 else -1
            for number, store in enumerate(self._stores)
            for owner in store.owners
        ]
        for place, same in enumerate(self._cars.tolist()):
            if same != place and owners[place] >= 0 and owners[same] >= 0:
                yield owners[place], owners[same]

    def _by_phone(self) -> Iterator[tuple[int, int]]:
        first: dict[tuple[str, str], int] = {}
        for number, store in enumerate(self._stores):
            counts: dict[str, int] = {}
            for mobile in store.mobiles:
                counts[mobile] = counts.get(mobile, 0) + 1
            for place, (mobile, name) in enumerate(zip(store.mobiles, store.names, strict=True)):
                if not mobile:
                    continue
                own = int(self._first[number]) + place
                keys = [(mobile, name)] if counts[mobile] > 1 else [(mobile, name), (mobile, "")]
                for key in keys:
                    if (other := first.setdefault(key, own)) != own:
                        yield other, own

    @cached_property
    def duplicates(self) -> list[Duplicate]:
        """Customers known in more than one store."""
        found: dict[int, list[tuple[int, int]]] = {}
        for store in range(len(self._stores)):
            start, end = int(self._first[store]), int(self._first[store + 1])
            for place, number in enumerate(self._customers[start:end].tolist()):
                found.setdefault(number, []).append((store, place))
        return [Duplicate(tuple(places)) for places in found.values() if len({store for store, _ in places}) > 1]

    @cached_property
    def moved(self) -> list[Moved]:
        """Cars whose latest visit was to another store than the one before, by car."""
        seen: dict[int, list[tuple[str, int, int]]] = {}
        for number, store in enumerate(self._stores):
            for place, day in enumerate(store.last_visits):
                if day and store.cars[place]:
                    seen.setdefault(int(self._cars[self._first_car[number] + place]), []).append((day, number, place))
        found = []
        for visits in seen.values():
            if len({number for _, number, _ in visits}) < 2:
                continue
            visits.sort()
            last_now, now, place = visits[-1]
            last_before, before, _ = next(visit for visit in reversed(visits) if visit[1] != now)
            store = self._stores[now]
            owner = store.owners[place]
            customer = (store.ids[owner], store.names[owner]) if owner >= 0 else ("", "")
            found.append(Moved(store.cars[place], customer, before, now, last_before, last_now))
        return sorted(found, key=lambda each: each.car)

    @property
    def customers(self) -> int:
        """Different customers of the group."""
        own = [self._customers[self._first[place] :][: store.customers] for place, store in enumerate(self._stores)]
        return len(np.unique(np.concatenate(own))) if own else 0
