"""Whatever a store holds: a share lies between 0 and 1 and its numerator inside its denominator."""

from __future__ import annotations

import datetime as dt
import functools
from dataclasses import fields
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.oracle import kpi_stores
from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.classes.loyalty_state import classify_customers
from xl_retention.domain.dates import Period
from xl_retention.domain.due import Items
from xl_retention.domain.kpis import followed as following
from xl_retention.domain.kpis.base import Standing, Standings
from xl_retention.domain.kpis.computed import Status, measured
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.kpis.definitions import KPIS, ratio
from xl_retention.domain.kpis.due_days import due_days
from xl_retention.domain.kpis.follow_up import AFTER_DELIVERY, AFTER_REPAIR, calls_then
from xl_retention.domain.kpis.followed import State, followed, items_due
from xl_retention.domain.kpis.growth import highest
from xl_retention.domain.kpis.history import History, days_of
from xl_retention.domain.kpis.past import Past, spending_of
from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.kpis.view import View
from xl_retention.domain.situation import Situation
from xl_retention.domain.store import Store
from xl_retention.domain.tiers import Spending, spending
from xl_retention.sheets.reading.reader import read_store

SEEDS = (0, 1, 2, 3)


@functools.cache
def drawn_store(seed: int) -> tuple[Store, dt.date]:
    with TemporaryDirectory() as folder:
        path = Path(folder) / "store.xlsx"
        day = kpi_stores.make_store(
            path, seed, customers=25, language="en", dirty=False, settings=bool(seed % 2), rules=seed > 1
        )
        with ClosedBook(path) as book:
            return read_store(book, NEEDED), day


PERIODS = st.sampled_from(["month", "week", "quarter", "year"])


@settings(max_examples=25, deadline=None)
@given(st.sampled_from(SEEDS), st.integers(-90, 40), st.integers(-90, 60), PERIODS)
def test_a_share_is_a_share(seed: int, days: int, ahead: int, kind: str) -> None:
    store, day = drawn_store(seed)
    as_of = day + dt.timedelta(days=days)
    asked = Asked(Period.containing(as_of + dt.timedelta(days=ahead), kind), as_of)  # type: ignore[arg-type]
    for found in measured(View(Situation(store, as_of), asked)):
        assert (found.value is None) == (found.status is Status.NO_DATA)
        if found.rows is not None:
            assert len(found.rows) == len(found.rows.ids)
            assert np.all(np.diff(found.rows.places) > 0)
        if found.missing is not None:
            assert found.numerator is not None
            assert len(found.missing) + found.numerator == found.denominator, found.kpi.code
        if found.kpi.within and found.kpi.figure is ratio and found.value is not None and found.kpi.code != "K51":
            assert 0 <= found.value <= 1
        if not asked.has_begun:
            assert found.numerator is found.denominator is found.value is None


def test_every_share_says_what_is_missing_from_it() -> None:
    """
    Rows behind a figure: those of the numerator, and the rest of the denominator.
    """
    store, day = drawn_store(0)
    found = measured(View(Situation(store, day), Asked(Period.containing(day, "month"), day)))
    shares = [each for each in found if each.kpi.within and each.kpi.figure is ratio and each.value is not None]
    assert len(shares) > 20
    assert all(each.missing is not None for each in shares)


def test_items_judged_as_arrays_fare_as_those_played_row_by_row(monkeypatch: pytest.MonkeyPatch) -> None:
    play = following._Following._play

    def everything(self: following._Following, entangled: np.ndarray) -> None:
        play(self, np.ones(len(entangled), np.bool_))

    states: set[int] = set()
    for seed in SEEDS:
        store, day = drawn_store(seed)
        situation = Situation(store, day)
        span = np.timedelta64(60, "D")
        codes = (*AFTER_DELIVERY, AFTER_REPAIR, *(code for code in situation.rules if code.startswith("DLV-M")))
        items = items_due(situation, codes, situation.day - span, situation.day + span)
        quick = followed(situation, items)
        with monkeypatch.context() as patched:
            patched.setattr(following._Following, "_play", everything)
            played = followed(situation, items)
        assert quick.state.tolist() == played.state.tolist()
        assert quick.closed_by.tolist() == played.closed_by.tolist()
        states |= set(quick.state.tolist())
    assert states == set(State)


@pytest.mark.parametrize("seed", SEEDS)
@pytest.mark.parametrize("back", [1, 17, 45])
def test_an_earlier_day_made_of_a_later_one_is_the_earlier_day(seed: int, back: int) -> None:
    store, day = drawn_store(seed)
    then = day - dt.timedelta(days=back)
    anew, made = Situation(store, then), Past(Situation(store, day), then)
    for name in ("maintenance_due", "first_due", "last_activity", "first_done_on", "delivered"):
        assert np.array_equal(getattr(anew.service, name), getattr(made.service, name), equal_nan=True), name
    assert np.array_equal(anew.service.delivered, made.present.once(History).delivered(made.day), equal_nan=True)
    activity = made.present.once(History).last_activity(made.day)
    assert np.array_equal(anew.service.last_activity, days_of(activity), equal_nan=True)
    assert anew.loyalty.tolist() == made.loyalty.tolist()
    assert len(anew.log) == len(made.log)
    asked = Asked(Period.containing(then, "month"), then)
    by_key = [state_by_key(View(known, asked)) for known in (anew, made)]
    assert by_key[0] == by_key[1]


@pytest.mark.parametrize("seed", SEEDS)
def test_what_was_spent_by_a_day_made_of_a_later_one_is_what_was_spent(seed: int) -> None:
    store, day = drawn_store(seed)
    situation = Situation(store, day)
    changed = 0
    for back in (0, 1, 31, 32, 61, 365, 366, 730, 731, 15):
        then = Past(situation, day - dt.timedelta(days=back)) if back else situation
        made, anew = spending_of(then), spending(situation.visits, situation.identities.listed_cars, then.day)
        for each in fields(Spending):
            assert np.array_equal(getattr(made, each.name), getattr(anew, each.name)), (back, each.name)
        changed += not np.array_equal(made.visits, spending_of(situation).visits)
    assert changed


@pytest.mark.parametrize("seed", SEEDS)
def test_due_days_of_many_days_are_those_of_each_day(seed: int) -> None:
    """
    The block worked out for many month-ends at once, and each day alone.
    """
    store, day = drawn_store(seed)
    days = [np.datetime64(day - dt.timedelta(days=back), "D") for back in (0, 3, 40, 41, 200)]
    block = due_days(Situation(store, day), days)
    for each in days:
        alone = Situation(store, each.item()).service
        assert np.array_equal(block[each].first, alone.first_due, equal_nan=True)
        assert np.array_equal(block[each].maintenance, alone.maintenance_due, equal_nan=True)


@pytest.mark.parametrize("seed", SEEDS)
def test_standings_are_the_loyalty_states_of_customers(seed: int) -> None:
    store, day = drawn_store(seed)
    labels = classify_customers(Situation(store, day)).labels.tolist()
    standings = Standings.on(Situation(store, day))
    words = {
        Standing.STAYING: ("忠诚客户", "一般客户"), Standing.QUASI_LOST: ("准流失客户",), Standing.LOST: ("流失客户",),
        Standing.GONE: ("已转出",),
    }  # fmt: skip
    for standing, wanted in words.items():
        assert standings.are(standing).tolist() == [label in wanted for label in labels], standing


def test_several_periods_together_are_what_each_is_alone() -> None:
    store, day = drawn_store(1)
    month = Period.containing(day, "month")
    together = Counting(store, day).table([month.shift(-back) for back in range(5)])
    for period, figures in together.items():
        alone = Counting(store, day).figures(period)
        assert [(each.numerator, each.denominator, each.status) for each in figures] == [
            (each.numerator, each.denominator, each.status) for each in alone
        ]


@given(st.lists(st.integers(0, 6).map(float), max_size=30), st.integers(0, 30))
def test_the_highest_are_those_of_a_stable_sort(values: list[float], count: int) -> None:
    wanted = sorted(range(len(values)), key=lambda place: -values[place])[:count]
    assert highest(np.array(values), min(count, len(values))).tolist() == sorted(wanted)


def state_by_key(view: View) -> dict[str, int]:
    calls, identities = calls_then(view), view.then.identities
    items: Items = calls.items
    return dict(zip(items.keys(identities.ids, identities.car_ids), calls.state.tolist(), strict=True))


def test_every_code_stands_once() -> None:
    codes = [kpi.code for kpi in KPIS]
    assert len(codes) == len(set(codes))
    assert {f"K{number:02d}" for number in range(1, 55)} == {kpi.parent for kpi in KPIS}
