# ruff: noqa: E501 (a table stays in one piece)
"""Three months of both samples: every key figure counted once more in plain SQL over the cleaned rows (DOM 5.6)."""

from __future__ import annotations

import datetime as dt
import functools
import sqlite3
from pathlib import Path

import pytest

from tests.sample.sql_base import base_of
from tests.sample.sql_days import RULE_ROWS, know
from tests.sample.sql_filled import filled
from tests.sample.sql_kpis import BY_NAME, QUERIES
from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.behind import lines_behind
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.kpis.definitions import KPIS
from xl_retention.domain.store import Store
from xl_retention.sheets.reading.reader import read_store

SAMPLE = Path(__file__).parents[2] / "sample"
BOOKS = sorted(SAMPLE.glob("*.xlsx"))
AS_OF = dt.date(2026, 11, 21)
MONTHS = ("2026-11", "2026-10", "2026-08")
ONE_DAY = dt.timedelta(days=1)


FILLED = "filled"
"""The first sample with the sheets and columns that both samples lack."""


@functools.cache
def opened(book: Path | str) -> tuple[Store, Counting, sqlite3.Connection]:
    with ClosedBook(BOOKS[0] if book == FILLED else Path(book)) as closed:
        store = read_store(closed, NEEDED)
    if book == FILLED:
        store = filled(store)
    base = base_of(store)
    base.execute("create table done (what)")
    for statement in RULE_ROWS.split(";\n"):
        if statement.strip():
            base.execute(statement, parameters(store))
    return store, Counting(store, AS_OF), base


def parameters(store: Store) -> dict[str, object]:
    """What the queries name with a colon, without days."""
    of, identities = store.parameters, Counting(store, AS_OF).situation.identities
    whole = {
        "quasi": "quasi_lost_months", "lost": "lost_months", "first_months": "first_service_months", "first_km": "first_service_km",
        "maint_months": "maint_interval_months", "maint_km": "maint_interval_km", "daily_km": "default_daily_km",
        "attempts": "max_attempts", "repeat_every": "month_repeat_every", "ticket_hi": "tier_ticket_hi", "ticket_lo": "tier_ticket_lo",
        "visits_hi": "tier_visits_hi", "visits_lo": "tier_visits_lo", "interval_hi": "tier_interval_hi", "interval_lo": "tier_interval_lo",
        "city_km": "city_distance_km",
    }  # fmt: skip
    return {
        **{name: of.integer(parameter) for name, parameter in whole.items()},
        "go_live": str(of.date("go_live_date") or ""), "opens": of.clock("store_open_time").isoformat(),
        "listed": identities.listed_cars, "people": identities.customer_count - 1,
    }  # fmt: skip


def asked(book: Path | str, month: str) -> tuple[sqlite3.Connection, dict[str, object]]:
    """The tables of all days that a month concerns, and what its queries name."""
    store, _, base = opened(book)
    period = Period.month(month)
    until = min(period.end, AS_OF)
    year_first = dt.date(period.start.year, 1, 1)
    given = parameters(store)
    for name, day, scripts in (
        ("now", AS_OF, ("visits", "services", "loyalty", "items")),
        ("then", until, ("visits", "services", "loyalty", "items")),
        ("eve", period.start - ONE_DAY, ("visits", "services", "loyalty")),
        ("year", year_first - ONE_DAY, ("visits", "loyalty")),
    ):
        know(base, f"{name}" if name == "now" else f"{name}_{month[-2:]}", {**given, "day": day.isoformat()}, *scripts)
    return base, given | {
        "asof": AS_OF.isoformat(), "first": period.start.isoformat(), "last": period.end.isoformat(), "c": until.isoformat(),
        "cohort_end": period.shift(-6).end.isoformat(), "month": month, "year_first": year_first.isoformat(),
        "year_c": min(year_first.replace(month=12, day=31), AS_OF).isoformat(),
    }  # fmt: skip


def of_month(query: str, month: str) -> str:
    for name in ("then", "eve", "year"):
        query = query.replace(f"_{name} ", f"_{name}_{month[-2:]} ")
    return query


def test_every_key_figure_has_a_query():
    assert {*QUERIES, *BY_NAME} == {kpi.code for kpi in KPIS}


@pytest.mark.parametrize(
    ("book", "month"),
    [*((book, month) for book in BOOKS for month in MONTHS), (FILLED, MONTHS[1])],
    ids=lambda value: getattr(value, "stem", value),
)
def test_key_figures_equal_their_count_in_sql(book: Path | str, month: str) -> None:
    base, given = asked(book, month)
    store, counting, _ = opened(book)
    found: dict[tuple[str, str], list[object]] = {}
    wanted: dict[tuple[str, str], list[object]] = {}
    for figure in counting.figures(Period.month(month)):
        found[figure.kpi.code, figure.group] = [figure.numerator, figure.denominator]
    for kpi in KPIS:
        if not all(store[sheet].present for sheet in kpi.sheets):
            wanted[kpi.code, ""] = [None, None]
        elif kpi.code in BY_NAME:
            rows = base.execute(of_month(BY_NAME[kpi.code], month), given).fetchall()
            wanted |= {(kpi.code, name): pair for name, *pair in rows or [("", None, None)]}
        else:
            wanted[kpi.code, ""] = [
                base.execute(of_month(query, month), given).fetchone()[0] if query else None
                for query in QUERIES[kpi.code]
            ]
    differing = {
        key: (wanted.get(key), found.get(key))
        for key in {**wanted, **found}
        if not _same(wanted.get(key), found.get(key))
    }
    assert differing == {}


def _same(one: list[object] | None, other: list[object] | None) -> bool:
    return (
        one is not None
        and other is not None
        and one == [each if each is None else pytest.approx(each, abs=0.005) for each in other]
    )


@pytest.mark.parametrize("book", [*BOOKS, FILLED], ids=lambda book: getattr(book, "stem", book))
def test_as_many_rows_stand_behind_a_figure_as_it_counts(book: Path | str) -> None:
    _, counting, _ = opened(book)
    view = counting.view(Period.month(MONTHS[1]))
    for figure in counting.figures(Period.month(MONTHS[1])):
        if figure.rows is not None and figure.kpi.within:
            lines = lines_behind(view, figure)
            assert sum(line.counted for line in lines) == figure.numerator, figure.kpi.code
            assert len(lines) == (figure.denominator or figure.numerator), figure.kpi.code
