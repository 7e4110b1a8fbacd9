"""Measures the lapse score: `python -m benchmarks.lapse`; needs the package `lifetimes` (extra `benchmarks`).

On the CDNOW master data (9 months to learn, 9 to check) and on made-up workshop visits with a rhythm, beside
BG/NBD and the plain rules, all in one run; and its time beside one pandas groupby over the same visits. Ends with
1 where a target is missed.
"""

from __future__ import annotations

import contextlib
import datetime as dt
import importlib.resources
import io
import sys
import time
import warnings
from collections.abc import Callable, Mapping

import numpy as np
import pandas as pd
from rich.console import Console
from rich.table import Table

from benchmarks.rhythms import NO_RHYTHM, SHAPES, visits
from xl_retention.domain.dates import add_months
from xl_retention.domain.lapse.backtest import backtest
from xl_retention.domain.lapse.history import VisitHistory
from xl_retention.domain.lapse.score import days_ahead, score, whole_day
from xl_retention.domain.lapse.separation import Ranking
from xl_retention.domain.store import Numbers

CDNOW = dt.date(1997, 9, 30), 9
LEAST_AUC = 0.77
WORKSHOP = dt.date(2017, 10, 1)
MONTHS = (3, 6, 12)
HALF_YEAR_MONTHS = 6
MOST_TIMES_GROUPBY = 2.0
TIMED_CUSTOMERS, VISITS_EACH, TIMED = 25_000, 6, 9
METHODS = ("score", "bg_nbd", "rfm", "recency", "frequency", "half_year")
PENALTIES = (0.0, 0.001, 0.01, 0.1, 1.0)
"""Tried in turn until BG/NBD converges."""


def cdnow() -> VisitHistory:
    """69,659 purchases of 23,570 customers, January 1997 to June 1998."""
    path = importlib.resources.files("lifetimes") / "datasets" / "CDNOW_master.txt"
    rows = [line.split() for line in path.read_text("utf-8").splitlines()[1:] if line.strip()]
    number = np.array([int(row[0]) - 1 for row in rows])
    day = np.array([f"{row[1][:4]}-{row[1][4:6]}-{row[1][6:]}" for row in rows], "datetime64[D]")
    return VisitHistory(number, day, np.array([float(row[3]) for row in rows]), int(number.max()) + 1)


def bg_nbd(history: VisitHistory, date: dt.date, months: int) -> float:
    """AUC of the purchases that BG/NBD expects; NaN where it does not converge."""
    from lifetimes import BetaGeoFitter

    day, days = whole_day(date), days_ahead(date, months)
    habits = history.habits(day)
    month = 30.0
    known, last = habits.known / month, (habits.known - habits.away) / month
    for penalty in PENALTIES:
        fitter = BetaGeoFitter(penalizer_coef=penalty)
        with warnings.catch_warnings(), contextlib.redirect_stdout(io.StringIO()), contextlib.suppress(Exception):
            warnings.simplefilter("ignore")
            fitter.fit(habits.intervals, last, known)
            expected = fitter.conditional_expected_number_of_purchases_up_to_time(
                days / month, habits.intervals, last, known
            )
            if np.isfinite(expected).all():
                came = history.came(day, day + days)[habits.who]
                return Ranking.of(np.asarray(expected, np.float64), came).auc()
    return float("nan")


def measured(history: VisitHistory, date: dt.date, months: int) -> Mapping[str, float]:
    """AUC of all methods on one history."""
    tried = backtest(history, date, months, HALF_YEAR_MONTHS)
    return {**{name: found.auc for name, found in tried.methods.items()}, "bg_nbd": bg_nbd(history, date, months)}


def timing() -> tuple[float, float]:
    """Seconds of the whole score, learning and all, and of the groupby that any RFM table begins with."""
    dice = np.random.default_rng(3)
    count = TIMED_CUSTOMERS * VISITS_EACH
    number = np.sort(dice.integers(0, TIMED_CUSTOMERS, count))
    day = (dice.integers(14_000, 16_000, count)).astype("datetime64[D]")
    order = np.lexsort((day, number))
    number, day, amount = number[order], day[order], dice.gamma(2, 400, count)
    rows = pd.DataFrame({"customer": number, "day": day.astype("datetime64[ns]"), "amount": amount})

    def grouped() -> None:
        rows.groupby("customer").agg(
            first=("day", "min"), last=("day", "max"), visits=("day", "count"), amount=("amount", "sum")
        )

    def scored() -> Numbers:
        return score(VisitHistory(number, day, amount, TIMED_CUSTOMERS), 16_000, 183).chance

    return _fastest(scored), _fastest(grouped)


def _fastest(work: Callable[[], object]) -> float:
    seconds = []
    for _ in range(TIMED):
        start = time.perf_counter()
        work()
        seconds.append(time.perf_counter() - start)
    return min(seconds)


def main() -> int:
    """Measures, prints; gives back the exit code."""
    console = Console(width=None if sys.stdout.isatty() else 110)
    table = Table(title="AUC: who comes in the months after the day")
    for heading in ("visits", "months", *METHODS, "met"):
        table.add_column(heading, justify="left" if heading == "visits" else "right")
    missed = 0

    def row(name: str, months: int, found: Mapping[str, float], met: bool | None) -> None:
        nonlocal missed
        missed += met is False
        shown = "" if met is None else "[green]yes[/green]" if met else "[red]no[/red]"
        table.add_row(name, str(months), *(f"{found[method]:.4f}" for method in METHODS), shown)

    date, months = CDNOW
    found = measured(cdnow(), date, months)
    row("CDNOW", months, found, found["score"] >= LEAST_AUC)
    for name, shape in SHAPES.items():
        history = visits(shape)
        for months in MONTHS:
            found = measured(history, add_months(WORKSHOP, -months), months)
            row(name, months, found, not found["score"] <= found["bg_nbd"])
    for months in MONTHS:
        row("without rhythm", months, measured(visits(NO_RHYTHM), add_months(WORKSHOP, -months), months), None)
    console.print(table)
    own, groupby = timing()
    met = own <= MOST_TIMES_GROUPBY * groupby
    console.print(
        f"{TIMED_CUSTOMERS:,} customers, {VISITS_EACH} visits each: score {own * 1000:.1f} ms, "
        f"one groupby {groupby * 1000:.1f} ms, {own / groupby:.2f} times; "
        f"target at most {MOST_TIMES_GROUPBY:g}: {'met' if met else 'missed'}"
    )
    return 1 if missed or not met else 0


if __name__ == "__main__":
    raise SystemExit(main())
