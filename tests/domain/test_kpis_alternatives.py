"""Retention and loss by every definition in use, side by side, at both sides of each limit."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.figures import period_of
from tests.tables import situation
from xl_retention.domain.kpis.alternatives import DEFINITIONS, Alternative, side_by_side
from xl_retention.domain.kpis.periods import Asked
from xl_retention.domain.kpis.view import View
from xl_retention.domain.parameters import PARAMETERS

CUSTOMERS = "customer_id\nA\nB"
CARS = "vin | customer_id | delivery_date\nVA | A | 2020-01-15\nVB | B | 2020-01-15"


def over(period: str, as_of: str, **given: object) -> dict[str, Alternative]:
    given = {"customer": CUSTOMERS, "vehicle": CARS, **given}
    asked = Asked(period_of(period), dt.date.fromisoformat(as_of))
    return {each.definition.key: each for each in side_by_side(View(situation(as_of, **given), asked))}


def visits(*days: str) -> dict[str, str]:
    return {"service_visit": "\n".join(["vin | visit_date", *(f"VA | {day}" for day in days)])}


def said(found: Alternative) -> str:
    counts = (found.kept, found.lost, found.base)
    return "/".join("-" if rows is None else str(len(rows)) for rows in counts)


@pytest.mark.parametrize(
    ("day", "seen_again", "expected"),
    [
        pytest.param("2024-10-31", None, "0/0/0", id="the month before N-7"),
        pytest.param("2024-11-01", None, "0/1/1", id="first day of N-7, and never again"),
        pytest.param("2024-11-30", "2024-12-01", "1/0/1", id="again in N-6"),
        pytest.param("2024-11-30", "2025-05-31", "1/0/1", id="again in N-1"),
        pytest.param("2024-11-30", "2025-06-01", "0/1/1", id="again in N alone comes too late"),
    ],
)
def test_the_base_of_seven_months_before(day: str, seen_again: str | None, expected: str) -> None:
    given = visits(*[day, seen_again] if seen_again else [day])
    assert said(over("2025-06", "2025-06-30", **given)["n7"]) == expected


@pytest.mark.parametrize(
    ("day", "expected"),
    [("2023-06-30", "0/0/0"), ("2023-07-01", "0/1/1"), ("2024-06-30", "0/1/1"), ("2024-07-01", "1/0/1")],
)
def test_two_years_of_vins_of_which_the_last_one_counts(day: str, expected: str) -> None:
    assert said(over("2025-06", "2025-06-30", **visits(day))["vin_two_years"]) == expected


@pytest.mark.parametrize(
    ("first", "again", "expected"),
    [
        pytest.param("2024-12-01", None, "0/1/1", id="active before, six months over on 1 June"),
        pytest.param("2024-12-01", "2025-06-20", "1/0/1", id="came again"),
        pytest.param("2024-11-29", "2025-06-20", "0/0/0", id="active at the end alone is new, not kept"),
    ],
)
def test_active_at_the_end_without_those_who_became_so(first: str, again: str | None, expected: str) -> None:
    given = visits(*[first, again] if again else [first])
    assert said(over("2025-06", "2025-06-30", **given)["active"]) == expected


def test_the_first_two_are_the_key_figures_of_the_table() -> None:
    found = over("2025-06", "2025-06-30", **visits("2024-12-31", "2023-12-31"))
    assert said(found["state"]) == "1/1/2"  # A came half a year ago, B never since 2020
    assert (found["state"].retention, found["state"].loss) == (0.5, 0.5)
    assert said(found["cohort"]) == "0/1/1"
    assert found["cohort"].loss == 1


def test_months_alone_where_a_definition_counts_in_months() -> None:
    for period in ("2025-W24", "2025-Q2"):
        found = over(period, "2025-06-30", **visits("2024-12-31"))
        assert said(found["n7"]) == said(found["cohort"]) == "-/-/-"
        assert found["n7"].retention is found["n7"].loss is None
        assert said(found["vin_two_years"]) == "1/0/1"


def test_no_base_and_a_month_ahead_are_no_data() -> None:
    found = over("2025-06", "2025-06-30")
    assert said(found["n7"]) == "0/0/0"
    assert found["n7"].loss is None
    assert {said(each) for each in over("2025-07", "2025-06-30").values()} == {"-/-/-"}


@pytest.mark.parametrize("key", [each.key for each in DEFINITIONS])
def test_the_store_says_which_one_is_its_own(key: str) -> None:
    found = over("2025-06", "2025-06-30", parameters={"retention_definition": key})
    assert [each.definition.key for each in found.values() if each.house] == [key]


def test_the_parameter_knows_all_of_them() -> None:
    parameter = next(each for each in PARAMETERS if each.name == "retention_definition")
    assert parameter.default == DEFINITIONS[0].key
    assert [parameter.reader.read(each.key) for each in DEFINITIONS] == [each.key for each in DEFINITIONS]
