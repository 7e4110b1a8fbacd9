"""Backtest: would the lapse score have known who comes back? The command `backtest`; writes nothing."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress
from xl_retention.books.book import Book
from xl_retention.domain.dates import add_months
from xl_retention.domain.lapse.backtest import Backtest, backtest
from xl_retention.domain.lapse.history import VisitHistory
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.situation import Situation
from xl_retention.sheets.reading.reader import read_store

NEEDED = {
    **{name: entity.key for name, entity in ENTITIES.items()},
    "customer": ("customer_id", "customer_name", "mobile"),
    "vehicle": ("vin", "plate_no", "customer_id"),
    "service_visit": (
        "ro_no", "vin", "plate_no", "customer_name", "mobile", "visit_date", "work_type", "total_amount",
        "paid_amount", "pay_type",
    ),
}  # fmt: skip
"""By table the fields that a visit's day, customer and amount depend on; of other tables the key alone."""


@dataclass(frozen=True)
class TriedScore:
    """
    What the action found.

    Args:
        language: Of the workbook.
    """

    backtest: Backtest
    language: str


def try_score(book: Book, date: dt.date, months: int, *, progress: Progress) -> TriedScore:
    """
    Tries the lapse score on the visits in the months after a day.

    Raises:
        WrongRequest: The history of the store is too short.
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read.
    """
    progress("reading")
    store = read_store(book, NEEDED)
    progress("computing")
    situation = Situation(store, add_months(date, months))
    half_year = situation.parameters.integer("quasi_lost_months")
    tried = backtest(VisitHistory.of_customers(situation), date, months, half_year)
    return TriedScore(tried, store.language)
