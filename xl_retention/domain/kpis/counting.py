"""The key figures of a store over several periods; what does not depend on the period is worked out once."""

from __future__ import annotations

import datetime as dt
from collections.abc import Iterable, Sequence

from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.computed import Measured, measured
from xl_retention.domain.kpis.definitions import KPIS, Kpi
from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.kpis.selection import EVERYTHING, Selection, narrowed
from xl_retention.domain.kpis.view import View
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Store


class Counting:
    """
    A store, or a part of it, counted on a day.

    Args:
        store: As read, with the fields of `actions.refresh_kpis.NEEDED`.
        as_of: The day of counting; the end of it is meant (DOM V19).
        selection: Which branch, person and use of car; EVERYTHING by default.
    """

    def __init__(self, store: Store, as_of: dt.date, selection: Selection = EVERYTHING) -> None:
        self.situation = Situation(narrowed(store, selection), as_of)
        self._first = View(self.situation, Asked(Period.containing(as_of, "month"), as_of))

    def view(self, period: Period) -> View:
        """The store looked at for one period."""
        return self._first.over(Asked(period, self.situation.date))

    def figures(self, period: Period, kpis: Iterable[Kpi] = KPIS) -> tuple[Measured, ...]:
        """The key figures of a period, in the order of *kpis*; those by person or class one per name."""
        return tuple(measured(self.view(period), kpis))

    def table(self, periods: Sequence[Period], kpis: Sequence[Kpi] = KPIS) -> dict[Period, tuple[Measured, ...]]:
        """By period its key figures; any mix of weeks, months, quarters and years, ahead or over."""
        self._first.together(periods)
        return {period: self.figures(period, kpis) for period in periods}
