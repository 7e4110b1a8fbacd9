"""The lapse score: the rhythm of a customer, what the past teaches, and that the future is not looked at."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from xl_retention.domain.lapse.history import VisitHistory
from xl_retention.domain.lapse.rhythm import USUAL_INTERVAL, Pool, Rhythm
from xl_retention.domain.lapse.score import Score, days_ahead, days_learnt_from, score, whole_day
from xl_retention.domain.store import Numbers

TODAY = 20_000


def history(*days: list[int]) -> VisitHistory:
    """A history in which each customer came so many days before today."""
    who = np.array([place for place, each in enumerate(days) for _ in each], np.int64)
    day = np.array([TODAY - back for each in days for back in each], "datetime64[D]")
    return VisitHistory(who, day, np.zeros(len(day)), len(days))


def workshop(customers: int = 400, seed: int = 1) -> VisitHistory:
    """Customers who come about every 90 to 270 days through five years; every fourth stays away for good."""
    dice = np.random.default_rng(seed)
    who, day = [], []
    for customer in range(customers):
        interval, at = dice.uniform(90, 270), TODAY - dice.uniform(900, 1800)
        end = TODAY + 200 if customer % 4 else at + dice.uniform(0, 700)
        while at < end:
            who.append(customer)
            day.append(int(at))
            at += interval * dice.normal(1, 0.15)
    return VisitHistory(np.array(who), np.array(day, "datetime64[D]"), np.full(len(who), 500.0), customers)


def test_visits_of_one_day_are_one_and_any_order_will_do() -> None:
    shuffled = VisitHistory(
        np.array([1, 0, 1, 1]),
        np.array([5, 9, 5, 2], "datetime64[D]"),
        np.array([100.0, 7.0, np.nan, 50.0]),
        3,
    )
    known = shuffled.habits(9)
    assert known.who.tolist() == [0, 1]
    assert known.visits.tolist() == [1, 2]
    assert known.away.tolist() == [0.5, 4.5]
    assert known.known.tolist() == [0.5, 7.5]
    assert known.spent.tolist() == [7.0, 150.0]


def test_a_visit_on_the_day_is_known_and_one_on_the_next_day_is_not() -> None:
    visits = history([10, 0, -1])
    assert visits.habits(TODAY).visits.tolist() == [2]
    assert visits.habits(TODAY + 1).visits.tolist() == [3]


def test_who_comes_on_the_last_day_came_and_on_the_day_itself_had_come_before() -> None:
    visits = history([0], [-1], [-30], [-31], [])
    assert visits.came(TODAY, TODAY + 30).tolist() == [False, True, True, False, False]


def test_a_store_of_which_nothing_is_known_has_the_usual_interval() -> None:
    pool = Pool.of(history([3], [40]).habits(TODAY))
    assert pytest.approx(USUAL_INTERVAL) == np.exp(pool.middle)


def test_the_interval_of_few_visits_lies_between_the_own_and_that_of_all() -> None:
    others = [[*range(0, 1000, 100)] for _ in range(30)]
    known = history([0, 400], [*range(0, 4001, 400)], *others).habits(TODAY)
    two, many, usual = Rhythm.of(known, Pool.of(known)).interval[:3]
    assert usual < two < many
    assert pytest.approx(100, rel=0.05) == usual
    assert pytest.approx(400, rel=0.1) == many


def test_who_is_regular_is_missed_sooner() -> None:
    regular, irregular = [*range(0, 2000, 200)], [0, 30, 420, 480, 900, 980, 1400, 1800]
    known = history(regular, irregular, *[[0, 150, 400]] * 20).habits(TODAY)
    rhythm = Rhythm.of(known, Pool.of(known))
    assert rhythm.steepness[0] > rhythm.steepness[1]
    late = rhythm.still_waiting(rhythm.middle + np.log(2.0))
    assert late[0] < late[1]


def test_the_day_of_a_chance_is_the_day_on_which_it_is_reached() -> None:
    known = workshop().habits(TODAY)
    rhythm = Rhythm.of(known, Pool.of(known))
    away = rhythm.away_at_chance(0.3)
    soon, much_later = rhythm.comes_within(away, 1e9), rhythm.comes_within(away * 1.2, 1e9)
    assert np.allclose(soon, 0.3, atol=1e-4)
    assert (much_later < 0.3).all()


def test_the_longer_somebody_is_away_beyond_the_own_rhythm_the_less_is_expected() -> None:
    """Three customers of one rhythm beside a whole workshop: in time, a little late, very late."""
    shop = workshop()
    intervals = [[back + late for back in range(0, 1000, 120)] for late in (60, 150, 500)]
    own = history(*intervals)
    joined = VisitHistory(
        np.concatenate([own.customer, shop.customer + 3]),
        np.concatenate([own.day, shop.day]).astype("datetime64[D]"),
        np.full(len(own) + len(shop), 500.0),
        shop.count + 3,
    )
    in_time, late, very_late = score(joined, TODAY, 120).chance[:3]
    assert in_time > 0.7
    assert in_time > late > 2 * very_late
    assert very_late < 0.1


def test_chances_agree_with_what_comes_true() -> None:
    """Calibration: of each third of the customers about as many come as was said."""
    shop = workshop(1500)
    found = score(shop, TODAY - 200, 180)
    came = shop.came(TODAY - 200, TODAY - 20)[found.who]
    for third in np.array_split(np.argsort(found.chance), 3):
        assert abs(found.chance[third].mean() - came[third].mean()) < 0.06


def test_a_store_with_a_handful_of_visits_is_scored_by_the_rhythms_alone() -> None:
    found = score(history([0, 100, 200], [400, 500]), TODAY, 90)
    assert found.chance[0] > found.chance[1] > 0


def test_nobody_came_nobody_is_scored() -> None:
    found = score(history([], []), TODAY, 90)
    assert len(found) == 0
    assert np.isnan(found.spread(2)).all()


def test_who_never_came_has_no_chance_told() -> None:
    spread = score(history([5], [], [9, 100]), TODAY, 90).spread(3)
    assert np.isnan(spread).tolist() == [False, True, False]


@pytest.mark.parametrize(
    ("span", "days", "back", "ahead"),
    [
        (59, 90, [], 26),  # too short to learn anything from
        (200, 90, [90], 90),
        (150, 90, [67], 67),
        (729, 180, [180], 180),
        (730, 180, [365], 180),  # two years: the same season a year ago
        (1095, 180, [365, 730], 180),
        (1094, 180, [365], 180),
        (1460, 400, [730], 400),  # more than a year ahead: two years back
    ],
)
def test_days_to_learn_from(span: int, days: int, back: list[int], ahead: int) -> None:
    past, far = days_learnt_from(TODAY - span, TODAY, days)
    assert back == [TODAY - each for each in past]
    assert ahead == far


def test_months_ahead_are_those_of_the_calendar() -> None:
    assert days_ahead(dt.date(2025, 1, 31), 1) == 28
    assert days_ahead(dt.date(1997, 9, 30), 9) == 273
    assert whole_day(dt.date(1970, 1, 2)) == 1


visit_days = st.lists(st.lists(st.integers(-400, 2500), max_size=8), min_size=1, max_size=30)


def _scored(found: Score) -> tuple[list[int], Numbers]:
    return found.who.tolist(), found.chance


@settings(max_examples=60, deadline=None)
@given(visit_days, st.integers(0, 900), st.integers(20, 400))
def test_what_comes_later_changes_nothing(days: list[list[int]], shifted: int, ahead: int) -> None:
    """No look into the future: on an earlier day the old list comes out."""
    then = TODAY - shifted
    known_then = [[back for back in each if back >= shifted] for each in days]
    now, before = _scored(score(history(*days), then, ahead)), _scored(score(history(*known_then), then, ahead))
    assert now[0] == before[0]
    assert np.array_equal(now[1], before[1])


@settings(max_examples=60, deadline=None)
@given(visit_days, st.integers(1, 4000))
def test_a_chance_is_a_chance(days: list[list[int]], ahead: int) -> None:
    found = score(history(*days), TODAY, ahead)
    assert ((found.chance >= 0) & (found.chance <= 1)).all()
    assert (found.interval > 0).all()


def test_all_told_apart_is_no_trouble() -> None:
    """Half of the store comes every month, the other half left long ago: the weights stay finite."""
    faithful = [[*range(0, 1500, 30)] for _ in range(100)]
    gone = [[*range(1200, 1500, 30)] for _ in range(100)]
    chance = score(history(*faithful, *gone), TODAY, 90).chance
    assert chance[:100].min() > 0.9
    assert chance[100:].max() < 0.1


def test_money_paid_back_is_no_trouble() -> None:
    shop = workshop()
    amounts = np.where(shop.customer == 0, -5000.0, 400.0)
    days = shop.day.astype("datetime64[D]")
    found = score(VisitHistory(shop.customer, days, amounts, shop.count), TODAY, 90)
    assert np.isfinite(found.chance).all()
