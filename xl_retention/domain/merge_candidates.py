"""Customers who are probably one: same mobile and same name (DOM 2.14 "Duplicate customers"); listed, never merged."""

from __future__ import annotations

from collections.abc import Collection
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.person_names import same_name
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Places

LATEST = np.iinfo(np.int64).max
_FILLED = ("birth_date", "email", "wechat_id", "address", "id_number", "sales_advisor", "cs_owner")


@dataclass(frozen=True)
class MergeCandidates:
    """
    Rows of the customer table that are probably one customer.

    Args:
        survivor: Place of the row to keep: one with a number of its own before one that goes by its phone, then
            the one with most cars and rows about it, then the better filled, then the older, then the upper one.
        others: Places of the rows to merge into it, in sheet order.
    """

    survivor: int
    others: tuple[int, ...]


def merge_candidates(situation: Situation) -> list[MergeCandidates]:
    """All groups of customers with the same mobile and name, in sheet order."""
    customers = situation.store.customers
    mobiles, names = customers.texts("mobile").tolist(), customers.texts("customer_name").tolist()
    groups: dict[tuple[str, str], list[int]] = {}
    seen: dict[str, int] = {}
    for mobile in mobiles:
        if mobile:
            seen[mobile] = seen.get(mobile, 0) + 1
    for place, mobile in enumerate(mobiles):
        if seen.get(mobile, 0) > 1 and names[place]:
            groups.setdefault((mobile, same_name(names[place])), []).append(place)
    found = [places for places in groups.values() if len(places) > 1]
    if not found:
        return []
    weight = rows_about(situation)
    numbers = customers.texts("customer_id").tolist()
    created = customers.days("created_date")

    def rank(place: int) -> tuple[bool, int, int, int, int]:
        filled = sum(bool(str(customers.read(name)[place]) not in ("", "NaT")) for name in _FILLED)
        age = LATEST if np.isnat(created[place]) else int(created[place].astype(np.int64))
        return (numbers[place] == mobiles[place], -int(weight[place]), -filled, age, place)

    candidates = []
    for places in found:
        survivor = min(places, key=rank)
        candidates.append(MergeCandidates(survivor, tuple(place for place in places if place != survivor)))
    return candidates


def rows_about(situation: Situation) -> Places:
    """How many cars and rows each customer has."""
    identities, count = situation.identities, situation.identities.customer_count
    parties = np.concatenate(
        [
            identities.owner, identities.visits.party, identities.log.party, identities.bookings.party,
            identities.complaints.party,
        ]
    )  # fmt: skip
    return np.bincount(parties[(parties >= 0) & (parties < count)], minlength=count)


def merge_problems(situation: Situation, apart: Collection[frozenset[str]] = ()) -> list[Problem]:
    """
    A finding for each row that would be merged into another one.

    Args:
        apart: Pairs of numbers of which the store said that they are two customers.
    """
    customers = situation.store.customers
    ids = customers.texts("customer_id")
    return [
        customers.fault(
            "merge_candidate", "low", place, "customer_id",
            found=ids[place],
            wanted=f"a customer of its own: {ids[each.survivor]} has the same phone and name",
            remedy="Choose on the sheet Duplicates what to do, and press the button Merge duplicates.",
        )
        for each in merge_candidates(situation)
        for place in each.others
        if frozenset((str(ids[place]), str(ids[each.survivor]))) not in apart
    ]  # fmt: skip
