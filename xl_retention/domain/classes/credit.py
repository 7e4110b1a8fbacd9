"""Credit grades by late payments of the last 12 months (DOM 4.13)."""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from xl_retention.domain.classes.scheme import NOT_KNOWN, UNKNOWN, Classified, Label
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Flags, Numbers, Texts

LABELS = (
    Label("A", "A", ("Limit and term, at most the sales of the contract period", "授信额度与账期，不超过合同期销售额")),
    Label("B", "B", ("Fixed limit, widened step by step", "固定额度，逐步放宽")),
    Label("C", "C", ("Cash; a small limit after careful review", "现金；慎审后小额授信")),
    Label("D", "D", ("No credit: cash or prepayment", "不授信：现金或预付")),
    NOT_KNOWN,
)


@dataclass(frozen=True)
class Entry:
    """Which payments still let a customer into a grade: at most so many late, the longest by so many days."""

    grade: str
    late: int
    days: int


ENTRIES = (Entry("A", 0, 0), Entry("B", 1, 15), Entry("C", 3, 60))
"""Best first; whoever fits no row, or is in a legal dispute, is D."""


def credit_grades(late: Numbers, longest_days: Numbers, dispute: Flags) -> Texts:
    """
    Grade of each customer.

    Args:
        late: Late payments of the last 12 months; NaN gives 未知.
        longest_days: How late the latest of them was; NaN with late payments gives 未知.
        dispute: Whether there is a legal dispute.
    """
    none = late == 0
    days = np.where(none, 0, longest_days)
    unknown = np.isnan(late) | np.isnan(days)
    fits = [(late <= entry.late) & (days <= entry.days) for entry in ENTRIES]
    return np.select([dispute, unknown, *fits], ["D", UNKNOWN, *(entry.grade for entry in ENTRIES)], "D").astype(object)


def classify(situation: Situation) -> Classified:
    """The grade that the store typed for each customer; payments themselves are on no sheet."""
    typed = situation.store.customers.words("credit_grade")
    return Classified(typed.renamed(lambda grade: grade or UNKNOWN).texts, {"typed": typed.texts})
