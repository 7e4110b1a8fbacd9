"""What a grade A to D is worth: prices, payment, lead time (DOM 4.9)."""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from xl_retention.domain.classes.grading import GRADES
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.store import Days, Places, Texts


@dataclass(frozen=True)
class Policy:
    """
    The terms of one grade, each in English and Chinese.

    Args:
        price: Against the internal control price.
        lead_time: Standard time of delivery.
        insertion: Of urgent orders.
        follow_up: Contact that is protected from being dropped.
    """

    grade: str
    price: tuple[str, str]
    payment: tuple[str, str]
    lead_time: tuple[str, str]
    insertion: tuple[str, str]
    priority: tuple[str, str]
    follow_up: tuple[str, str]


_NONE = ("none", "无")

POLICIES = (
    Policy(
        "A", ("down to {price}%", "可低至{price}%"), ("up to 3 months after delivery if safe", "安全前提下货到3个月内"),
        ("at most {days} days", "不超过{days}天"), ("allowed", "允许插单"), ("first", "最优先"),
        ("each quarter by phone or on site", "每季度电话或上门"),
    ),
    Policy(
        "B", ("down to {price}%", "可低至{price}%"), ("cash on delivery or within 30 days", "货到付款或30天内"),
        ("at most {days} days", "不超过{days}天"), ("as production allows", "视生产情况"), ("guaranteed", "保证"), _NONE,
    ),
    Policy(
        "C", ("not below {price}%", "不低于{price}%"), ("no deferred payment", "不予延期"),
        ("at most {days} days", "不超过{days}天"), ("no", "不允许"), ("yields", "让位"), _NONE,
    ),
    Policy(
        "D", ("{price}% above", "上浮{price}%"), ("before shipment", "款到发货"),
        ("strict review, case by case", "逐单严审"), ("no", "不允许"), _NONE, _NONE,
    ),
)  # fmt: skip
"""One row per grade, best first. For all: a reply to any inquiry within 24 hours; same grade: higher score first."""

LATE_PAYMENTS = 2
"""So many late payments in one calendar quarter lower the terms of payment by one grade at once."""


def terms_of(grade: str, parameters: Parameters) -> Policy | None:
    """The row of a grade with the store's own percentages and days; None for what is no grade."""
    if grade not in GRADES:
        return None
    place = GRADES.index(grade)
    policy, days = POLICIES[place], parameters.numbers("grade_days")
    price = f"{parameters.numbers('grade_price')[place]:g}"
    lead_time = policy.lead_time
    if place < len(days):
        lead_time = (lead_time[0].format(days=f"{days[place]:g}"), lead_time[1].format(days=f"{days[place]:g}"))
    return replace(
        policy, price=(policy.price[0].format(price=price), policy.price[1].format(price=price)), lead_time=lead_time
    )


def lowest_price(internal_price: float, grade: str, parameters: Parameters) -> float:
    """
    Lowest price for a grade, in the unit of *internal_price* (T53).

    For D it is the price itself: 5% above, no less and no more.
    """
    percent = parameters.numbers("grade_price")[GRADES.index(grade)]
    return internal_price * (100 + percent) / 100


def payment_terms(grade: Texts, account: Places, late_on: Days) -> Texts:
    """
    Whose terms of payment hold for each account (T54).

    Each calendar quarter with two or more late payments costs one grade, down to D; the grade itself stays until
    accounts are graded anew, once a year.

    Args:
        grade: Of each account.
        account, late_on: Account and day of each late payment since the last grading.
    """
    quarter = late_on.astype("datetime64[M]").astype(np.int64) // 3
    _, first, times = np.unique(np.stack([account, quarter]), axis=1, return_index=True, return_counts=True)
    bad = first[times >= LATE_PAYMENTS]
    drops = np.bincount(account[bad], minlength=len(grade))
    standing = np.array([GRADES.index(each) for each in grade], np.int64)
    return np.asarray(np.array(GRADES, object)[np.minimum(standing + drops, len(GRADES) - 1)], object)
