"""The lapse score on trial: separation by hand, and when a history is too short."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_retention.domain.lapse.backtest import METHODS, backtest
from xl_retention.domain.lapse.history import VisitHistory
from xl_retention.domain.lapse.separation import Ranking, Separation
from xl_retention.errors import WrongRequest

DAY = dt.date(2025, 1, 1)


def flags(text: str) -> np.ndarray:
    return np.array([sign == "1" for sign in text])


def numbers(*values: float) -> np.ndarray:
    return np.array(values, np.float64)


@pytest.mark.parametrize(
    ("values", "came", "auc"),
    [
        (numbers(1, 2, 3, 4), "0011", 1.0),
        (numbers(4, 3, 2, 1), "0011", 0.0),
        (numbers(1, 1, 1, 1), "0011", 0.5),  # equal values count half
        (numbers(1, 2, 2, 3), "0011", 0.875),
        (numbers(1, 2, 3), "010", 0.5),
    ],
)
def test_auc_by_hand(values: np.ndarray, came: str, auc: float) -> None:
    assert auc == Ranking.of(values, flags(came)).auc()


def test_auc_with_weights_is_that_of_customers_written_out() -> None:
    values, came, often = numbers(3, 1, 2, 2), flags("1010"), np.array([2, 0, 3, 1])
    written_out = Ranking.of(np.repeat(values, often), np.repeat(came, often)).auc()
    assert written_out == Ranking.of(values, came).auc(often)


@given(st.lists(st.tuples(st.integers(0, 5), st.booleans()), min_size=2, max_size=40))
def test_auc_is_the_share_of_pairs_in_the_right_order(rows: list[tuple[int, bool]]) -> None:
    came = [value for value, flag in rows if flag]
    others = [value for value, flag in rows if not flag]
    found = Ranking.of(numbers(*(value for value, _ in rows)), np.array([flag for _, flag in rows])).auc()
    if not came or not others:
        assert np.isnan(found)
        return
    pairs = [(one > other) + (one == other) / 2 for one in came for other in others]
    assert pytest.approx(sum(pairs) / len(pairs)) == found


def test_the_top_tenth_of_twenty_are_two() -> None:
    came = flags("0" * 18 + "10")
    assert Ranking.of(np.arange(20.0), came).top_hits() == 0.5
    assert Ranking.of(-np.arange(20.0), came).top_hits() == 0.0


def test_equals_at_the_edge_of_the_top_tenth_count_by_their_average() -> None:
    """The best of 20 came; of the four next ones, of whom one more has a place, one came."""
    values = numbers(*[0] * 15, 5, 5, 5, 5, 9)
    came = flags("0" * 15 + "10001")
    assert pytest.approx((1 + 0.25) / 2) == Ranking.of(values, came).top_hits()


def test_groups_hold_everybody_once_and_keep_equals_together() -> None:
    values = numbers(*[1] * 50, *range(2, 52))
    groups = Ranking.of(values, np.zeros(100, np.bool_)).groups()
    assert list(range(100)) == sorted(np.concatenate(groups).tolist())
    assert 50 in map(len, groups)


def test_the_interval_holds_the_auc_and_is_the_same_each_time() -> None:
    dice = np.random.default_rng(5)
    came = dice.random(300) < 0.4
    values = came + dice.normal(0, 1, 300)
    first, second = (Separation.of(values, None, came) for _ in range(2))
    assert first == second
    assert first.auc_low < first.auc < first.auc_high


def store(
    customers: int = 60, first: dt.date = dt.date(2022, 1, 1), last: dt.date = dt.date(2025, 12, 31)
) -> VisitHistory:
    """Every second customer comes every 60 days up to the last day; the others only in the first 80 days."""
    start, end = (np.datetime64(day).astype(np.int64) for day in (first, last))
    who, days = [], []
    for customer in range(customers):
        until = end if customer % 2 else start + 80
        for day in range(start + customer % 30, until + 1, 60):
            who.append(customer)
            days.append(day)
    who.append(1)
    days.append(end)
    return VisitHistory(np.array(who), np.array(days, "datetime64[D]"), np.full(len(who), 100.0), customers)


def test_each_method_is_judged_and_the_score_comes_first() -> None:
    found = backtest(store(), DAY, 6, 6)
    assert ["score", *METHODS] == list(found.methods)
    assert (found.customers, found.came) == (60, 0.5)
    assert 1.0 == found.methods["score"].auc == found.methods["recency"].auc == found.methods["half_year"].auc
    assert found.methods["score"].top_tenth_hit == 1.0
    for method in found.methods.values():
        assert sum(group.customers for group in method.calibration) == 60


def test_who_came_for_the_first_time_after_the_day_is_not_judged() -> None:
    known = store()
    later = VisitHistory(
        np.append(known.customer, 60),
        np.append(known.day.astype("datetime64[D]"), np.datetime64("2025-03-01")),
        np.full(len(known) + 1, 100.0),
        61,
    )
    assert backtest(later, DAY, 6, 6).customers == 60


def test_the_half_year_ends_on_its_last_day() -> None:
    """A visit on 1 July is within six months of 1 January, one on 30 June is not."""
    days = np.array(["2024-07-01", "2024-06-30"], "datetime64[D]")
    habits = VisitHistory(np.array([0, 1]), days, np.zeros(2), 2).habits(int(np.datetime64(DAY).astype(int)))
    assert METHODS["half_year"](habits, 184).tolist() == [1.0, 0.0]


@pytest.mark.parametrize(
    ("first", "last", "refused"),
    [
        (dt.date(2024, 10, 3), dt.date(2025, 7, 1), True),  # 90 days before, 181 after
        (dt.date(2024, 10, 2), dt.date(2025, 7, 1), False),
        (dt.date(2022, 1, 1), dt.date(2025, 5, 30), True),  # the last 32 days are not known
        (dt.date(2022, 1, 1), dt.date(2025, 5, 31), False),
    ],
)
def test_a_history_that_is_too_short_is_refused(first: dt.date, last: dt.date, refused: bool) -> None:
    visits = store(first=first, last=last)
    if refused:
        with pytest.raises(WrongRequest, match=r"the (first|last) visit was on"):
            backtest(visits, DAY, 6, 6)
    else:
        assert backtest(visits, DAY, 6, 6).methods


def test_no_visits_at_all_is_too_short() -> None:
    nothing = VisitHistory(np.empty(0, np.int64), np.empty(0, "datetime64[D]"), np.empty(0), 3)
    with pytest.raises(WrongRequest, match="there are no visits"):
        backtest(nothing, DAY, 6, 6)


def test_few_customers_prove_nothing() -> None:
    with pytest.raises(WrongRequest, match="at least 10"):
        backtest(store(9), DAY, 6, 6)
    assert backtest(store(10), DAY, 6, 6).methods
