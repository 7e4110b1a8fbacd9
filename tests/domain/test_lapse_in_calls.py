"""What a store that switches the lapse score on sees in its calls; with all switches off nothing changes."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.tables import calls, laid, situation
from xl_retention.domain.lapse.in_calls import call_order, lapse_score
from xl_retention.domain.lapse.score import Score

C = "customer_id\nC1\nC2\nC3"
CARS = """
    vin | customer_id | insurance_expiry
    V1  | C1          | 2025-07-20
    V2  | C2          | 2025-07-20
    V3  | C3          | 2025-07-20
"""


def visits(**days: str) -> str:
    """A table of visits: the days of each car."""
    return "vin | visit_date\n" + "\n".join(f"{vin} | {day}" for vin, each in days.items() for day in each.split())


REGULAR = "2024-01-10 2024-04-10 2024-07-10 2024-10-10 2025-01-10 2025-04-10"
LEFT = "2023-01-10 2023-04-10 2023-07-10 2023-10-10 2024-01-10"
BOTH = visits(V1=REGULAR, V2=LEFT)
GIVEN = {"customer": C, "vehicle": CARS, "service_visit": BOTH}


def order(**parameters: object) -> list[str]:
    """Who is called about the insurance, in the order of the list."""
    found = calls("2025-06-25", only=("INS-",), parameters=parameters, **GIVEN)
    return [call.customer_id for call in found]


def test_as_shipped_the_order_is_that_of_deadline_tier_and_number() -> None:
    assert order() == ["C1", "C2", "C3"]
    assert call_order(situation("2025-06-25", **GIVEN)) is None


def test_whoever_is_about_to_leave_goes_first() -> None:
    """C3 never came and stands where the average customer does."""
    assert order(lapse_order="leaving_first") == ["C2", "C3", "C1"]


def test_or_whoever_is_likely_to_come() -> None:
    assert order(lapse_order="returning_first") == ["C1", "C3", "C2"]


def test_a_smaller_number_of_priority_still_goes_before_any_chance() -> None:
    found = calls(
        "2025-06-25",
        only=("INS-", "SVC-"),
        parameters={"lapse_order": "leaving_first"},
        customer=C,
        vehicle=CARS,
        service_visit=BOTH + "\nV1 | 2025-06-22",
    )
    assert (found[0].customer_id, found[0].priority) == ("C1", 2)


def test_the_score_looks_the_months_of_the_setting_ahead() -> None:
    def chances(months: int) -> Score:
        return lapse_score(situation("2025-06-25", parameters={"lapse_months": months}, **GIVEN))

    assert (chances(12).chance > chances(1).chance).all()


def warning(as_of: str, days: str, **parameters: object) -> list[str]:
    """Anchor days of the lapse warnings of a car that came on these days."""
    found = laid(
        as_of,
        "LAPSE-WARN",
        parameters={"maint_interval_months": 3, **parameters},
        customer="customer_id\nC1",
        vehicle="vin | customer_id | delivery_date | first_service_done\nV1 | C1 | 2022-12-01 | yes",
        service_visit=visits(V1=days),
    )
    return [item.key.split("/")[3] for item in found]


MONTHLY = " ".join(f"{year}-{month:02}-10" for year in (2023, 2024) for month in range(1, 13))


def test_as_shipped_the_warning_comes_on_its_fixed_day() -> None:
    """Four months after the last visit, or a month after the missed service, whichever is later."""
    assert warning("2025-06-01", MONTHLY) == ["2025-04-10"]


def test_a_car_that_came_every_month_is_missed_sooner() -> None:
    (day,) = warning("2025-06-01", MONTHLY, lapse_warn_chance=50)
    assert dt.date(2025, 1, 10) < dt.date.fromisoformat(day) < dt.date(2025, 4, 10)


def test_the_less_must_be_feared_the_later_the_warning() -> None:
    early, late = (warning("2025-06-01", MONTHLY, lapse_warn_chance=chance)[0] for chance in (80, 30))
    assert early < late


def test_a_car_with_a_slow_rhythm_is_warned_of_on_the_fixed_day() -> None:
    yearly = "2021-01-10 2022-01-10 2023-01-10 2024-01-10 2025-01-10"
    assert warning("2025-06-01", yearly, lapse_warn_chance=50) == ["2025-05-10"] == warning("2025-06-01", yearly)


def test_a_car_that_never_came_keeps_its_fixed_day() -> None:
    given = {
        "customer": "customer_id\nC1",
        "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2025-01-10",
    }
    off = laid("2025-06-01", "LAPSE-WARN", **given)
    assert off == laid("2025-06-01", "LAPSE-WARN", parameters={"lapse_warn_chance": 50}, **given)


@pytest.mark.parametrize("later", ["2025-02-20", "2025-05-30", "2025-12-31", "2026-02-01"])
def test_the_day_stays_where_it_is_until_the_car_comes_again(later: str) -> None:
    """Or a call made for it would have to be made again. Other cars come all the time."""
    others = "\n".join(f"W{n} | 2025-{month:02}-{n + 1:02}" for n in range(9) for month in range(1, 13))

    def keys(as_of: str) -> list[str]:
        found = laid(
            as_of,
            "LAPSE-WARN",
            parameters={"lapse_warn_chance": 50},
            customer="customer_id\nC1",
            vehicle="vin | customer_id | delivery_date | first_service_done\nV1 | C1 | 2022-12-01 | yes\n"
            + "\n".join(f"W{n} | C1 | 2022-12-01 | yes" for n in range(9)),
            service_visit=visits(V1=MONTHLY) + "\n" + others,
        )
        return [item.key for item in found if "/V1/" in item.key]

    assert keys("2025-01-20") == keys(later)


@pytest.mark.parametrize("chance", [1, 84, 85, 99, 100, 400])
def test_any_percentage_gives_a_day_after_the_last_visit(chance: int) -> None:
    days = warning("2025-06-01", MONTHLY, lapse_warn_chance=chance)
    assert all(day > "2024-12-10" for day in days)
