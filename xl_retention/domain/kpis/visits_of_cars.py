"""The visits of some cars; all visits lie in the order of their cars."""

from __future__ import annotations

from dataclasses import fields
from typing import TypeVar

import numpy as np

from xl_retention.domain.kpis.joining import spread
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places
from xl_retention.domain.visits import Visits

Record = TypeVar("Record")


def visits_of(now: Situation, cars: Places) -> tuple[Places, Visits]:
    """The visits of some cars, and for each the place of its car among them."""
    number, place = places_of(now, cars)
    return number, at(now.visits, place)


def places_of(now: Situation, cars: Places) -> tuple[Places, Places]:
    """Where the visits of some cars stand, and for each the place of its car among them."""
    starts = now.once(first_of_each_car)
    number, place = spread(starts[cars], starts[cars + 1])
    return number, place


def first_of_each_car(now: Situation) -> Places:
    """Where the visits of each car begin, and at last their number."""
    return np.searchsorted(now.visits.car, np.arange(len(now.identities.car_ids) + 1))


def at(record: Record, places: Places) -> Record:
    """A record of arrays at some places."""
    return type(record)(**{each.name: getattr(record, each.name)[places] for each in fields(record)})  # type: ignore[arg-type]
