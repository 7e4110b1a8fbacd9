"""A store made of bare columns: in each row one customer with one car, and nothing else is known."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np

from xl_retention.domain.cadence import Rulebook
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.store import MONTH_DAY, Array, Store, Table


def store_of_rows(columns: Mapping[str, Array], visits: Mapping[str, Array] | None = None) -> Store:
    """
    The store, with the parameters and rules as shipped.

    Args:
        columns: By field of customer or vehicle, all equally long; at least one.
        visits: By field of service_visit, one visit per row of the customers; a row without visit_date is none.

    Returns:
        Party n and car n of its `Identities` are row n.
    """
    count = len(next(iter(columns.values())))
    ids = np.arange(count).astype(str).astype(object)
    of_customer = {name: column for name, column in columns.items() if name == MONTH_DAY or _has("customer", name)}
    of_vehicle = {name: column for name, column in columns.items() if name not in of_customer}
    tables = {
        "customer": _table("customer", {**of_customer, "customer_id": ids}, count),
        "vehicle": _table("vehicle", {**of_vehicle, "customer_id": ids, "vin": ids}, count),
    }
    if visits:
        tables["service_visit"] = _table("service_visit", {**visits, "vin": ids}, count)
    parameters = Parameters()
    return Store(tables, parameters, Rulebook(parameters))


def _has(entity: str, name: str) -> bool:
    return ENTITIES[entity].has(name)


def _table(entity: str, columns: Mapping[str, Array], count: int) -> Table:
    return Table(ENTITIES[entity], columns, np.full(count, "", object), np.zeros(count, np.int64))
