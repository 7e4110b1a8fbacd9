"""A to D by a hundred points over eight items: companies, fleets, second-tier dealers (DOM 4.9)."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from fractions import Fraction

import numpy as np

from xl_retention.domain.classes.scheme import Classified, Label
from xl_retention.domain.dates import half_up_ratio
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Numbers, Places, Table, Texts

GRADES = ("A", "B", "C", "D")

LABELS = (
    Label("A", "A", ("Best terms, call or visit each quarter", "条件最优，每季度电话或上门")),
    Label("B", "B", ("Good terms, delivery guaranteed", "条件较优，保证供货")),
    Label("C", "C", ("No deferred payment", "不予延期付款")),
    Label("D", "D", ("Pay before shipment, review case by case", "款到发货，逐单严审")),
)

SALES_MODES = {"框架合同": 3.0, "合同": 2.0, "散单": 1.0}
"""What a mode of sale counts."""

TOP_DECILE = None
"""Full points at the value of the k-th largest account, k being a tenth of all accounts."""


@dataclass(frozen=True)
class Item:
    """
    One of the eight items.

    Args:
        field: Of the key-account sheet.
        full: Value from which an account has all its points.
        english, chinese: Its name.
    """

    field: str
    full: float | None
    english: str
    chinese: str


ITEMS = (
    Item("amount", TOP_DECILE, "yearly amount", "年消费量"),
    Item("on_time_pct", 100, "paid on time", "付款及时率"),
    Item("margin_pct", 25, "margin", "利润率"),
    Item("annual_frequency", TOP_DECILE, "orders a year", "年消费频率"),
    Item("sales_mode", 3, "mode of sale", "销售模式"),
    Item("wallet_share_pct", 80, "share of wallet", "采购份额"),
    Item("years", 5, "years with us", "合作年限"),
    Item("reputation", 10, "reputation", "知名度"),
)
"""In the order of `grade_weights`."""

DECIMALS = 6
"""Totals are compared after rounding: two ways to add up the same points must not tell accounts apart."""


def item_values(accounts: Table) -> tuple[Numbers, ...]:
    """What each account reaches in each item; NaN is blank."""
    return tuple(
        _modes(accounts.texts(item.field)) if item.field == "sales_mode" else accounts.numbers(item.field)
        for item in ITEMS
    )


def _modes(words: Texts) -> Numbers:
    return np.array([SALES_MODES.get(word, np.nan) for word in words], np.float64)


def top_decile(values: Numbers) -> float:
    """Value of the k-th largest account, k = half_up(n / 10), at least 1; a blank account is as large as nothing."""
    place = max(half_up_ratio(len(values), 10), 1)
    return float(np.sort(np.nan_to_num(values))[-place]) if len(values) else 0.0


def item_points(values: Numbers, full: float, weight: float) -> Numbers:
    """Points of one item, at most *weight*; none for a blank, and none at all where the full value is 0."""
    if full <= 0:
        return np.zeros(len(values))
    return weight * np.minimum(np.nan_to_num(values) / full, 1)


def points(values: Iterable[Numbers], weights: Iterable[float]) -> Numbers:
    """Points per item (rows, in the order of `ITEMS`) and account (columns)."""
    return np.array(
        [
            item_points(reached, top_decile(reached) if item.full is TOP_DECILE else item.full, weight)
            for item, reached, weight in zip(ITEMS, values, weights, strict=True)
        ]
    )


def cuts(count: int, split: Iterable[float]) -> list[int]:
    """
    Ranks after which each grade but the last ends, of *count* accounts (T51, T52).

    Args:
        split: Shares of the grades in percent, best first; they make 100.
    """
    ends, total = [], Fraction(0)
    for share in list(split)[:-1]:
        total += Fraction(str(share))
        ends.append(half_up_ratio(total.numerator * count, total.denominator * 100))
    return ends


def grades(totals: Numbers, amounts: Numbers, account_no: Texts, split: Iterable[float]) -> Texts:
    """
    Grade of each account by its rank: total points, then yearly amount, then number of the account.

    Args:
        totals: Rounded.
        amounts: Of the first item; blank counts as nothing.
    """
    size = np.nan_to_num(amounts)
    ranked = sorted(range(len(totals)), key=lambda place: (-totals[place], -size[place], account_no[place], place))
    found = np.empty(len(totals), object)
    rank = np.empty(len(totals), np.int64)
    rank[ranked] = np.arange(len(totals))
    band: Places = np.searchsorted(np.array(cuts(len(totals), split), np.int64), rank, side="right")
    for place, grade in enumerate(GRADES):
        found[band == place] = grade
    return found


def classify(situation: Situation) -> Classified:
    """Grade of each key account, with its score out of a hundred and the points per item."""
    accounts, parameters = situation.store["key_account"], situation.parameters
    values = item_values(accounts)
    by_item = points(values, parameters.numbers("grade_weights"))
    totals = np.round(by_item.sum(axis=0), DECIMALS)
    labels = grades(totals, values[0], accounts.texts("account_no"), parameters.numbers("grade_split"))
    return Classified(labels, {"score": totals, **dict(zip((item.field for item in ITEMS), by_item, strict=True))})
