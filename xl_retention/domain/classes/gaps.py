"""What is missing for the classes: labels 未知, and blank items of the A to D grading (DOM 4, common rules)."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import numpy as np

from xl_retention.domain.classes import relationship_stage
from xl_retention.domain.classes.grading import ITEMS, item_values
from xl_retention.domain.classes.scheme import UNKNOWN, Scheme
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Table


def class_problems(situation: Situation, schemes: Iterable[Scheme]) -> list[Problem]:
    """
    The findings about the labels of some schemes.

    Unknown cars and customers are told once per scheme, with their number and the first of their cells: a field
    that a store does not keep would otherwise fill the list. Blank items of a key account are told one by one.
    """
    return [
        *(problem for scheme in schemes if scheme.needs for problem in _unknown(situation, scheme)),
        *_blank_items(situation),
        *_strange_stages(situation),
    ]


def _unknown(situation: Situation, scheme: Scheme) -> Iterator[Problem]:
    labels = scheme.of(situation).labels
    unknown = np.flatnonzero(labels == UNKNOWN)
    if not len(unknown):
        return
    rows = situation.store[scheme.subject.value]
    fields = [need.partition(".")[2] for need in scheme.needs]
    yield rows.fault(
        "class_unknown",
        "low",
        int(unknown[0]),
        _kept(rows, fields),
        found=f"{len(unknown)} of {len(labels)} rows",
        wanted=f"known: {' or '.join(fields)}",
        remedy="Fill the column; until then these rows are in no class of this scheme.",
    )


def _kept(rows: Table, fields: list[str]) -> str:
    """The first of the fields that the sheet has a column for; else the first."""
    return next((name for name in fields if any(field == name for _, field in rows.headings)), fields[0])


def _blank_items(situation: Situation) -> Iterator[Problem]:
    accounts = situation.store["key_account"]
    for item, values in zip(ITEMS, item_values(accounts), strict=True):
        for place in np.flatnonzero(np.isnan(values)).tolist():
            yield accounts.fault(
                "account_item_blank",
                "low",
                place,
                item.field,
                wanted="filled: a blank brings no points",
                remedy="Enter the figure of the last year.",
            )


def _strange_stages(situation: Situation) -> Iterator[Problem]:
    """Shares that are none, and stages that moved in a way that asks for somebody to look."""
    accounts = situation.store["key_account"]
    share, typed = accounts.numbers("wallet_share_pct"), accounts.texts("stage")
    now = situation.once(relationship_stage.classify).labels
    for place in np.flatnonzero(~np.isnan(share) & (now == UNKNOWN)).tolist():
        yield accounts.fault(
            "share_out_of_range",
            "medium",
            place,
            "wallet_share_pct",
            found=f"{share[place]:g}",
            wanted="a percentage from 0 to 100",
            remedy="Correct the cell or clear it.",
        )
    for place in np.flatnonzero(relationship_stage.fallen(typed, now)).tolist():
        yield accounts.fault(
            "stage_fell",
            "medium",
            place,
            "stage",
            found=typed[place],
            wanted="the stage of the share of wallet",
            remedy="Plan how to win the share back; then enter the stage.",
        )
    for place in np.flatnonzero(relationship_stage.skipped(typed, now)).tolist():
        yield accounts.fault(
            "stage_skipped",
            "medium",
            place,
            "stage",
            found=typed[place],
            wanted="at most one stage lower",
            remedy="Check the share of wallet; stages are climbed one by one.",
        )
