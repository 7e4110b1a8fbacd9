"""Prospects lost and orders cancelled in a period, by reason, by the model bought instead, by advisor (DOM 7, 6.5)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from xl_retention.domain.dates import Period
from xl_retention.domain.store import Days, Flags, Store, Table

VIEWS = ("reason", "model", "advisor")
"""What the cases are counted by. The model is known of lost prospects alone."""


@dataclass(frozen=True)
class Losses:
    """
    The cases that have one thing in common.

    Args:
        view: One of `VIEWS`.
        name: The reason, model or person; "" where none was entered.
        lost, cancelled: Prospects, each number once.
        share: Of all that were lost in the period; None where nobody was.
    """

    view: str
    name: str
    lost: int
    cancelled: int
    share: float | None


def losses(store: Store, period: Period, as_of: dt.date) -> list[Losses]:
    """
    Per view a row for each name, the most losses first, then by name.

    Args:
        period: Days after *as_of* are not there yet (DOM V13, V19).
    """
    table = store["prospect"]
    lost, cancelled = (_once(table, _within(table.days(f"{case}_date"), period, as_of)) for case in ("lost", "cancel"))
    named: dict[str, tuple[list[str], list[str]]] = {
        "reason": (table.texts("lost_reason")[lost].tolist(), table.texts("cancel_reason")[cancelled].tolist()),
        "model": (table.texts("lost_model")[lost].tolist(), []),
        "advisor": (table.texts("sales_advisor")[lost].tolist(), table.texts("sales_advisor")[cancelled].tolist()),
    }
    total = int(lost.sum())
    rows = []
    for view in VIEWS:
        first, second = named[view]
        found = [
            Losses(view, name, first.count(name), second.count(name), first.count(name) / total if total else None)
            for name in {*first, *second}
        ]
        rows += sorted(found, key=lambda row: (-row.lost, -row.cancelled, not row.name, row.name))
    return rows


def _within(days: Days, period: Period, as_of: dt.date) -> Flags:
    day = days.astype("datetime64[D]")
    until = np.datetime64(min(period.end, as_of), "D")
    return np.asarray((day >= np.datetime64(period.start, "D")) & (day <= until))


def _once(table: Table, wanted: Flags) -> Flags:
    """Of the wanted rows the first of each number; a row without number stands for itself."""
    numbers = table.texts("prospect_no")
    kept = wanted.copy()
    seen: set[str] = set()
    for place in np.flatnonzero(wanted).tolist():
        number = str(numbers[place])
        kept[place] = not number or number not in seen
        seen.add(number)
    return kept
