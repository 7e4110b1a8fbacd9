"""How rows of the table of measurements come about: the middle of the rounds, the growth, what is missed."""

from __future__ import annotations

from pathlib import Path

import pytest

from benchmarks.__main__ import SERIES
from benchmarks.books import Book
from benchmarks.measure import Failed, Run
from benchmarks.series import Missing, Row, Series, Target
from benchmarks.table import cells

SMALL, LARGE = Book("small", 10, "10 customers"), Book("large", 1_000, "1,000 customers")


def lasting(*seconds: float):
    """Runs that last so long, in turn."""
    left = list(seconds)

    def run(_book: Path, _folder: Path) -> Run:
        return Run(left.pop(0), 0.0, 100.0, 0, "", "")

    return run


def rows(series: Series, times: int = 1) -> list[Row]:
    return list(series.rows(Path(), (), times, lambda run: run.seconds))


def test_the_ratio_is_the_middle_of_the_rounds_and_not_that_of_the_sums():
    series = Series("s", "s", (SMALL,), lasting(2, 30, 4), beside=lasting(1, 10, 4), targets={SMALL: Target(times=2)})

    (row,) = rows(series, times=3)

    assert (row.amount, row.ratio, row.met) == (4, 2, True)


@pytest.mark.parametrize(("ratio", "met"), [(3.0, True), (3.01, False)])
def test_a_target_holds_up_to_its_figure(ratio, met):
    series = Series("s", "s", (SMALL,), lasting(ratio), beside=lasting(1), targets={SMALL: Target(times=3)})

    assert rows(series)[0].met is met


def test_growth_is_the_power_of_the_size_since_the_workbook_before():
    targets = {LARGE: Target(growth=1.1)}
    series = Series("s", "s", (SMALL, LARGE), lasting(1, 10_000), None, targets=targets, extrapolate_to=10_000)

    small, large, further = rows(series)

    assert (small.growth, small.met) == (None, None)
    assert (large.growth, large.met) == (2, False)
    assert (further.amount, further.met) == (1_000_000, None)
    assert "not measured" in cells(further)[-1]


def test_what_is_not_installed_is_told_and_not_missed():
    def run(*_: object) -> Run:
        raise Missing("polars")

    (row,) = rows(Series("s", "s", (SMALL,), run, None, targets={SMALL: Target(times=1)}))

    assert (row.met, cells(row)[-1]) == (None, "polars is not installed")


def test_a_run_that_fails_is_missed():
    def run(*_: object) -> Run:
        raise Failed("ended with 1: no room")

    (row,) = rows(Series("s", "s", (SMALL,), run, None))

    assert (row.met, cells(row)[-1]) == (False, "failed: ended with 1: no room")


def test_series_have_names_of_their_own():
    names = [series.name for series in SERIES]

    assert len(set(names)) == len(names)
