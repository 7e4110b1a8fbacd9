# ruff: noqa: E501 (a column stays in one piece)
"""A sample store with what both lack: grades, bindings, industries, referrals, invitations, score cards, a parc."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

import numpy as np

from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.store import Store, Table


def filled(store: Store) -> Store:
    """The store with these made up."""
    customers, prospects = store.customers, store["prospect"]
    ids, place = customers.texts("customer_id").tolist(), np.arange(len(customers))
    day = np.datetime64("2026-07-03", "s") + np.timedelta64(1, "D") * (np.arange(400) % 150)
    owners = store.vehicles.texts("customer_id").tolist()
    delivered = dict(zip(owners, store.vehicles.days("delivery_date"), strict=True))
    bound = np.array([delivered.get(each, np.datetime64("NaT")) for each in ids], "datetime64[s]")
    words = np.array(["", "教育", "物流", "零售"], object)
    tables = {
        "customer": customers.with_columns({
            "customer_grade": np.where(place % 3 == 0, "A", "").astype(object), "wechat_bound": place % 2 == 0,
            "wechat_bind_date": np.where(place % 4 < 2, bound, np.datetime64("NaT")),
        }),
        "prospect": prospects.with_columns({
            "industry": words[np.arange(len(prospects)) % 4], "focus_point": words[np.arange(len(prospects)) % 3],
        }),
        "referral": _table("referral", referral_id=[f"R{each}" for each in range(400)], referrer_id=[ids[each * 7 % 300] for each in range(400)],
                           date=day, deal_date=np.where(np.arange(400) % 5 == 0, day + np.timedelta64(20, "D"), np.datetime64("NaT"))),
        "invitation": _table("invitation", campaign_id=["C1"] * 400, customer_id=ids[:400], invited_on=day,
                             reply=[("参加", "不参加", "")[each % 3] for each in range(400)], attended=np.arange(400) % 4 == 0,
                             deal=np.arange(400) % 11 == 0, cost=np.arange(400) * 1.5),
        "scorecard": _table("scorecard", staff=["Lily Fang", "Kevin Zhou"] * 2, month=["2026-10"] * 2 + ["2026-08"] * 2,
                            info_collected=[60.0, 40, 10, 0], info_target=[50.0] * 4, contribution=[0.63, 0.7, 0.1, 0.2],
                            contribution_target=[0.7] * 4),
        "parc": _table("parc", month=["2026-10", "2026-08"], parc=[8000.0, 7900]),
    }  # fmt: skip
    return replace(store, tables={**store.tables, **tables})


def _table(entity: str, **columns: Sequence[object] | np.ndarray) -> Table:
    arrays = {name: np.array(each, object if isinstance(each[0], str) else None) for name, each in columns.items()}
    length = len(next(iter(arrays.values())))
    return Table(ENTITIES[entity], arrays, np.full(length, entity, object), np.arange(2, length + 2))
