"""What one store gives to the group: plain values that travel between processes and computers, and to a file."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import asdict, dataclass
from typing import Any

import numpy as np

from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.computed import Measured
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.kpis.rows import Rows, Subject, Term, number_of
from xl_retention.domain.kpis.visiting import visitors
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Store

SHARED = {Subject.CUSTOMER: "customer", Subject.VEHICLE: "vehicle"}
"""Subjects that two stores may both have; anything else belongs to one store alone."""


@dataclass(frozen=True)
class Count:
    """A numerator or denominator of one store.

    Args:
        number: Rows or amount; None is unknown.
        subject: `customer` or `vehicle` where the rows may be known in another store too; else "".
        places: These rows, as places in the store's lists.
    """

    number: float | None
    subject: str = ""
    places: tuple[int, ...] = ()

    @classmethod
    def of(cls, term: Term) -> Count:
        """The count of a term."""
        if isinstance(term, Rows) and term.subject in SHARED:
            return cls(len(term), SHARED[term.subject], tuple(term.places.tolist()))
        return cls(number_of(term))


@dataclass(frozen=True)
class Figure:
    """A key figure of one store.

    Args:
        group: Person or class; "" for the whole store.
        above, below: Numerator and denominator.
        target: The store's; None where it set none.
        status: Word of `Status`.
    """

    code: str
    group: str
    above: Count
    below: Count
    value: float | None
    target: float | None
    status: str

    @classmethod
    def of(cls, measured: Measured) -> Figure:
        """A measured key figure."""
        return cls(
            measured.kpi.code, measured.group, Count.of(measured.above), Count.of(measured.below),
            measured.value, measured.target, measured.status.value,
        )  # fmt: skip


@dataclass(frozen=True)
class StoreShare:
    """One store of the group; lists of customers and cars go with the places of `Count`.

    Args:
        file: Name of its workbook.
        name, region: As the store calls itself; the file's name without a name.
        language: Of its workbook.
        figures: Key figures of the period.
        customers: How many there are.
        ids, names, mobiles: One per customer, then per prospect and key account, whose mobile is left blank (cards of
            two stores are two), then per walk-in.
        cars, owners, last_visits: One per car, on file or not: VIN, else plate, else ""; place of its customer (-1 for
            none); day of the latest visit ("" for none).
        problems: Findings about its data by severity.
    """

    file: str
    name: str
    region: str
    language: str
    as_of: str
    figures: tuple[Figure, ...]
    customers: int
    ids: tuple[str, ...]
    names: tuple[str, ...]
    mobiles: tuple[str, ...]
    cars: tuple[str, ...]
    owners: tuple[int, ...]
    last_visits: tuple[str, ...]
    problems: Mapping[str, int]

    def as_plain(self) -> dict[str, Any]:
        """As JSON takes it."""
        return asdict(self)

    @classmethod
    def from_plain(cls, plain: Mapping[str, Any]) -> StoreShare:
        """What `as_plain` gave, read back."""
        figures = tuple(
            Figure(**{**each, **{name: Count(**{**each[name], "places": tuple(each[name]["places"])})
                                 for name in ("above", "below")}})
            for each in plain["figures"]
        )  # fmt: skip
        lists = {name: tuple(value) for name, value in plain.items() if isinstance(value, list)}
        return cls(**{**plain, **lists, "figures": figures})


def share_of(file: str, store: Store, counting: Counting, period: Period, problems: tuple[Problem, ...]) -> StoreShare:
    """What a store gives to the group for one period.

    Args:
        file: Name of its workbook.
        store: As read, with the fields of `actions.refresh_kpis.NEEDED`.
        counting: Of that store.
    """
    situation = counting.situation
    vehicles, identities = store.vehicles, situation.identities
    walk_ins = situation.once(visitors).walk_ins.tolist()
    listed = np.where(vehicles.texts("vin") != "", vehicles.texts("vin"), vehicles.texts("plate_no"))
    no_mobiles = [""] * (len(identities.ids) - identities.customer_count)
    name, region = _named(store)
    severities = [problem.severity for problem in problems]
    return StoreShare(
        file=file,
        name=name or file.rpartition(".")[0],
        region=region,
        language=store.language,
        as_of=situation.date.isoformat(),
        figures=tuple(map(Figure.of, counting.figures(period))),
        customers=identities.customer_count,
        ids=(*identities.ids.tolist(), *walk_ins),
        names=(*identities.names.tolist(), *[""] * len(walk_ins)),
        mobiles=(*identities.mobiles[: identities.customer_count].tolist(), *no_mobiles, *walk_ins),
        cars=(*listed.tolist(), *identities.car_ids[identities.listed_cars :].tolist()),
        owners=tuple(identities.owner.tolist()),
        last_visits=tuple(_last_visits(situation)),
        problems={severity: severities.count(severity) for severity in ("high", "medium", "low")},
    )


def _named(store: Store) -> tuple[str, str]:
    """Name and region: as set, else as the only row of the list of stores says."""
    stores = store["store"]
    alone = len(stores) == 1
    name = store.parameters.text("store_name") or (stores.texts("name")[0] if alone else "")
    return str(name), str(stores.texts("region")[0]) if alone else ""


def _last_visits(situation: Situation) -> list[str]:
    visits = situation.visits
    last = np.full(len(situation.identities.car_ids), np.datetime64("NaT"), "datetime64[D]")
    last[visits.car] = visits.day  # sorted by day: the last write is the latest visit
    return ["" if day is None else day.isoformat() for day in last.tolist()]
