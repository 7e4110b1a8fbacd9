"""Grades of prospects by the days until the expected order (DOM 4.10), for all prospects at once."""

from __future__ import annotations

import numpy as np

from xl_retention.domain.classes.scheme import Classified, Label
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.prospects import GRADES, NURTURE, OPEN_STATUS, OVERDUE
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Days, Texts
from xl_retention.domain.visits import is_any

LABELS = (
    Label("H", "H", ("Manager involved, quotation, delivery plan", "经理介入，报价，交车计划")),
    Label("A", "A", ("Test drive, negotiation", "试乘试驾，洽谈")),
    Label("B", "B", ("Needs, comparison", "了解需求，竞品对比")),
    Label("C", "C", ("Keep warm", "保持联系")),
    Label(NURTURE, "Nurture", ("Nurture list", "培育名单")),
    Label(OVERDUE, "Past expected date", ("Manager grades anew", "经理重新定级")),
)


def prospect_grades(expected: Days, as_of: np.datetime64, parameters: Parameters) -> Texts:
    """H, A, B, C, 培育 or 逾期未订 of each expected order day (T55); NaT is no date."""
    days = np.where(np.isnat(expected), 0, (expected - as_of).astype(np.int64))
    limits = [parameters.integer(f"prospect_days_{grade.lower()}") for grade in GRADES]
    return np.select(
        [np.isnat(expected), days < 0, *(days <= limit for limit in limits)], [NURTURE, OVERDUE, *GRADES], NURTURE
    ).astype(object)


def classify(situation: Situation) -> Classified:
    """The computed grade of each prospect still followed up (在跟 or blank); the others have none."""
    prospects = situation.store["prospect"]
    expected = prospects.days("expected_order_date")
    followed = is_any(prospects.texts("status"), OPEN_STATUS)
    labels = np.where(followed, prospect_grades(expected, situation.day, situation.parameters), "").astype(object)
    days = np.where(np.isnat(expected), np.nan, (expected - situation.day).astype(np.float64))
    return Classified(
        labels,
        {
            "days_ahead": np.where(days >= 0, days, np.nan),
            "days_ago": np.where(days < 0, -days, np.nan),
            "no_date": np.isnat(expected),
            "typed": prospects.texts("grade"),
        },
    )
