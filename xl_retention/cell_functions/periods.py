"""The period that a formula counts in, seen from today."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

import numpy as np

from xl_retention.cell_functions import answering
from xl_retention.domain.dates import Period
from xl_retention.domain.store import Days, Flags
from xl_retention.sheets.cell_arguments import Cell, WrongArgument, single_day


@dataclass(frozen=True)
class AskedPeriod:
    """The period that a formula asks for, seen from today."""

    first: np.datetime64
    last: np.datetime64
    today: np.datetime64

    def spans(self, days: Days) -> Flags:
        """Days in the period, those ahead too."""
        return np.asarray((days >= self.first) & (days <= self.last))

    def holds(self, days: Days) -> Flags:
        """Days in the period up to today (DOM V13)."""
        return self.spans(days) & (days <= self.today)

    def before_today(self, days: Days) -> Flags:
        """Days in the period that are past."""
        return self.spans(days) & (days < self.today)


def asked_period(start: Cell, finish: Cell) -> AskedPeriod | None:
    """The period of a formula with columns; None where it gives two numbers."""
    first = single_day("start", start)
    return None if first is None else AskedPeriod(*first_and_last(first, finish), np.datetime64(answering.today(), "D"))


def first_and_last(first: dt.date, finish: Cell) -> tuple[np.datetime64, np.datetime64]:
    """First and last day of a period; without *finish* the month goes to its end (DOM V13)."""
    last = single_day("finish", finish) or Period.containing(first, "month").end
    if last < first:
        raise WrongArgument("finish", "before start")
    return np.datetime64(first), np.datetime64(last)
