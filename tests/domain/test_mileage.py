"""How far a car is driven a day and when it reaches a number of kilometres (DOM 3.6)."""

import numpy as np
import pytest

from tests.tables import situation
from xl_retention.domain.mileage import Rung

C1 = "customer_id\nC1"


def driving(visits="", vehicle="V1 | C1 | 2025-01-01 | |", as_of="2025-06-30", **given):
    """Pace of one car; *visits* are lines of day and odometer."""
    lines = "\n".join(f"V1 | {line}" for line in visits.strip().splitlines())
    return situation(
        as_of,
        customer=C1,
        vehicle=f"vin | customer_id | delivery_date | last_odometer | odometer_date\n{vehicle}",
        service_visit=f"vin | visit_date | odometer_in\n{lines}",
        **given,
    ).service.driving


def pace(*args, **given):
    found = driving(*args, **given)
    return float(found.daily_km()[0]), Rung(found.rung[0])


def reached(target, *args, **given):
    day = driving(*args, **given).reaches(np.array([float(target)]))[0]
    return None if np.isnat(day) else str(day)


@pytest.mark.parametrize(
    ("visits", "expected"),
    [
        pytest.param("2025-03-01 | 3000\n2025-03-08 | 3350", (50, Rung.READINGS), id="a week apart: two readings"),
        pytest.param(
            "2025-03-01 | 3000\n2025-03-07 | 3350",
            (3350 / 65, Rung.SINCE_DELIVERY),
            id="six days apart: delivery with 0 km",
        ),
        pytest.param(
            "2025-02-01 | 1000\n2025-03-01 | 2400\n2025-03-05 | 2800",
            (1800 / 32, Rung.READINGS),
            id="the latest at least a week earlier, not the one just before",
        ),
        pytest.param("2025-01-08 | 280", (40, Rung.SINCE_DELIVERY), id="one reading a week after delivery"),
        pytest.param("2025-01-07 | 600", (40, Rung.STORE_DEFAULT), id="one reading six days after delivery"),
        pytest.param("2025-03-01 | 3000\n2025-03-20 | 2900", (40, Rung.STORE_DEFAULT), id="the odometer went back"),
        pytest.param("2025-03-01 | 3000\n2025-03-20 | 3000", (40, Rung.STORE_DEFAULT), id="it stood still"),
        pytest.param("", (40, Rung.STORE_DEFAULT), id="no reading at all"),
    ],
)
def test_the_pace_comes_from_the_last_two_readings_else_delivery_else_the_store(visits, expected):
    """
    Odo2 is the latest reading, odo1 the latest one at least seven days earlier.
    """
    assert pace(visits) == expected


def test_of_readings_on_one_day_the_highest_counts():
    """
    Two repair orders, one visit.
    """
    assert pace("2025-03-01 | 3000\n2025-03-11 | 3100\n2025-03-11 | 3500") == (50, Rung.READINGS)


def test_a_typed_odometer_is_a_reading_only_with_its_date():
    """
    Else nobody knows when it was read.
    """
    visits = "2025-03-01 | 3000"
    assert pace(visits, "V1 | C1 | 2025-01-01 | 3600 | 2025-03-11") == (60, Rung.READINGS)
    assert pace(visits, "V1 | C1 | 2025-01-01 | 3600 |") == (3000 / 59, Rung.SINCE_DELIVERY)


def test_a_reading_after_the_day_is_not_known_yet():
    """
    V19, for visits and for the typed odometer.
    """
    visits = "2025-03-01 | 3000\n2025-03-11 | 3500"
    assert pace(visits, as_of="2025-03-10") == (3000 / 59, Rung.SINCE_DELIVERY)
    assert pace("2025-03-01 | 3000", "V1 | C1 | 2025-01-01 | 3600 | 2025-03-11", as_of="2025-03-10") == (
        3000 / 59,
        Rung.SINCE_DELIVERY,
    )


def test_without_a_delivery_date_one_reading_goes_by_the_store():
    """
    There is nothing to compare it with.
    """
    assert pace("2025-03-01 | 3000", "V1 | C1 | | |") == (40, Rung.STORE_DEFAULT)


@pytest.mark.parametrize(
    ("target", "day"),
    [
        pytest.param(3550, "2025-03-12", id="50 km at 50 km a day: one day"),
        pytest.param(3551, "2025-03-13", id="a kilometre more: a started day counts whole"),
        pytest.param(3500, "2025-03-11", id="already reached"),
        pytest.param(3000, "2025-03-11", id="long passed: the day of the latest reading"),
        pytest.param(3500 + 50 * 3650, "2035-03-09", id="3,650 days ahead"),
        pytest.param(3500 + 50 * 3650 + 1, None, id="farther off is no date"),
    ],
)
def test_the_predicted_day_counts_from_the_latest_reading(target, day):
    """
    Read 3,500 km on 2025-03-11, 50 km a day.
    """
    assert reached(target, "2025-03-01 | 3000\n2025-03-11 | 3500") == day


def test_whole_numbers_leave_no_rounding_error():
    """
    700 km in 3 weeks, 1,000 to go: exactly 30 days, not 31 by a crumb of floating point.
    """
    assert reached(1700, "2025-03-01 | 0\n2025-03-22 | 700") == "2025-04-21"


def test_without_a_reading_the_store_counts_from_the_delivery_with_0_km():
    """
    5,000 km at 40 km a day are 125 days.
    """
    assert reached(5000) == "2025-05-06"
    assert reached(5000, parameters={"default_daily_km": 50}) == "2025-04-11"


def test_without_reading_and_delivery_there_is_no_day():
    """
    No date is guessed.
    """
    assert reached(5000, "", "V1 | C1 | | |") is None


def test_a_store_default_with_a_fraction_is_kept():
    """
    37.5 km a day: 1,800 km take 48 days.
    """
    assert reached(1800, parameters={"default_daily_km": 37.5}) == "2025-02-18"


def test_readings_of_other_cars_do_not_mix():
    """
    Each car by itself.
    """
    known = situation(
        "2025-06-30",
        customer=C1,
        vehicle="vin | customer_id | delivery_date\nV1 | C1 | 2025-01-01\nV2 | C1 | 2025-01-01",
        service_visit="""
            vin | visit_date | odometer_in
            V1  | 2025-03-01 | 3000
            V2  | 2025-03-11 | 9000
            V1  | 2025-03-11 | 3500
            V9  | 2025-03-21 | 99000
        """,
    )
    assert known.service.driving.daily_km().tolist() == [50, 9000 / 69]
