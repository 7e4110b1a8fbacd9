"""What a car brings the workshop: high, middle, low (DOM 4.5)."""

import pytest

from tests.tables import situation

AS_OF = "2025-06-30"


def tiers(visits, vehicle="V1 | C1 |", as_of=AS_OF, **given):
    """Tier of each car; *visits* are lines of VIN, day, amount paid by the customer."""
    rows = "\n".join(f"{line.strip()} | 自费" for line in visits.strip().splitlines())
    known = situation(
        as_of,
        customer="customer_id\nC1\nC2",
        vehicle=f"vin | customer_id | series\n{vehicle}",
        service_visit=f"vin | visit_date | paid_amount | pay_type\n{rows}",
        **given,
    )
    return known.value_tier.tolist()


HIGH, MIDDLE, LOW = "高价值", "一般价值", "低价值"


@pytest.mark.parametrize(
    ("ticket", "tier"),
    [
        pytest.param("1500", HIGH, id="3 + 3 + 2"),
        pytest.param("1499.99", MIDDLE, id="2 + 3 + 2"),
        pytest.param("600", MIDDLE, id="2 + 3 + 2, at the lower limit"),
    ],
)
def test_limits_of_the_ticket_are_inclusive_and_tested_without_rounding(ticket, tier):
    """
    Four visits, on average 121 days or more apart are not possible in a year: 91 days.
    """
    days = ("2024-07-01", "2024-11-10", "2025-03-10", "2025-06-30")  # 364 days in three gaps, 121.33 a gap
    assert tiers("\n".join(f"V1 | {day} | {ticket}" for day in days)) == [tier]


@pytest.mark.parametrize(
    ("ticket", "tier"), [pytest.param("600", MIDDLE, id="2 + 1 + 2"), pytest.param("599.99", LOW, id="1 + 1 + 2")]
)
def test_the_lower_limit_of_the_ticket(ticket, tier):
    """
    One visit in the year, one 200 days before: the interval of two years counts.
    """
    assert tiers(f"V1 | 2025-01-01 | {ticket}\nV1 | 2024-06-15 | 1") == [tier]


@pytest.mark.parametrize(
    ("first", "tier"),
    [
        pytest.param("2024-12-01", MIDDLE, id="120 days: 1 + 2 + 3 = 6"),
        pytest.param("2024-11-30", MIDDLE, id="121 days: 1 + 2 + 2 = 5"),
        pytest.param("2024-09-12", MIDDLE, id="200 days: 1 + 2 + 2 = 5"),
        pytest.param("2024-09-11", LOW, id="201 days: 1 + 2 + 1 = 4"),
    ],
)
def test_limits_of_the_interval(first, tier):
    """
    Two visits of little money; the second on 2025-03-31.
    """
    assert tiers(f"V1 | {first} | 100\nV1 | 2025-03-31 | 100") == [tier]


@pytest.mark.parametrize(("first", "total_tier"), [("2024-12-01", HIGH), ("2024-11-30", MIDDLE)])
def test_the_high_limit_of_the_interval(first, total_tier):
    """
    Ticket 3 and visits 2: an interval of 120 days makes 8, of 121 days 7.
    """
    assert tiers(f"V1 | {first} | 2000\nV1 | 2025-03-31 | 2000") == [total_tier]


@pytest.mark.parametrize(("day", "tier"), [("2024-07-01", MIDDLE), ("2024-06-30", LOW)])
def test_the_year_does_not_hold_the_day_it_begins_on(day, tier):
    """
    add_months(as_of, -12) < visit_date: 2024-06-30 is outside.
    """
    assert tiers(f"V1 | {day} | 2000") == [tier]


def test_visits_count_from_two_and_from_four():
    """
    Of 2,000 yuan each, on days so close that the interval is 3: 3 + visits + 3.
    """
    days = ("2025-06-01", "2025-06-05", "2025-06-10", "2025-06-15")
    lines = [f"V1 | {day} | 100" for day in days]
    assert [tiers("\n".join(lines[:count]))[0] for count in (1, 2, 3, 4)] == [LOW, MIDDLE, MIDDLE, MIDDLE]
    lines = [f"V1 | {day} | 600" for day in days]
    assert [tiers("\n".join(lines[:count]))[0] for count in (1, 2, 3, 4)] == [LOW, MIDDLE, MIDDLE, HIGH]


def test_only_what_the_customer_paid_makes_a_paid_visit():
    """
    Two orders of a day that add up to nothing are none.
    """
    assert tiers("V1 | 2025-06-10 | 0\nV1 | 2025-06-10 |\nV1 | 2025-06-20 | 500") == [LOW]
    assert tiers("V1 | 2025-06-10 | 0\nV1 | 2025-06-20 | 0") == [LOW]


def test_limits_of_a_series_go_before_the_general_ones():
    """
    Parameter `tier_ticket_hi.SERIES`.
    """
    visits = "V1 | 2025-06-01 | 800\nV1 | 2025-06-20 | 800\nV2 | 2025-06-01 | 800\nV2 | 2025-06-20 | 800"
    parameters = {"tier_ticket_hi.RAV4": 800}
    assert tiers(visits, "V1 | C1 | RAV4\nV2 | C1 | Yaris", parameters=parameters) == [HIGH, MIDDLE]


def test_without_a_table_of_visits_the_tier_is_unknown():
    """
    With an empty one it is low.
    """
    known = situation(AS_OF, customer="customer_id\nC1", vehicle="vin | customer_id\nV1 | C1")
    assert known.value_tier.tolist() == ["未知"]
    assert tiers("V9 | 2025-06-01 | 100") == [LOW]


QUANTILE = {"tier_mode": "quantile"}


def test_in_quantile_mode_rank_goes_by_score_amount_visits_customer_and_vin():
    """
    Of five cars one is high and two are middle (cuts 1 and 3, half up).
    """
    visits = """
        V1 | 2025-06-01 | 2000
        V2 | 2025-06-01 | 2001
        V3 | 2025-06-01 | 100
        V4 | 2025-06-01 | 100
        V5 | 2025-06-01 | 100
    """
    cars = "V1 | C1 |\nV2 | C1 |\nV5 | C1 |\nV4 | C1 |\nV3 | C2 |"
    assert tiers(visits, cars, parameters=QUANTILE) == [MIDDLE, HIGH, LOW, MIDDLE, LOW]


def test_in_quantile_mode_each_series_is_cut_by_itself():
    """
    A blank series is a group of its own; all cars take part, visited or not.
    """
    cars = "\n".join([*(f"A{n} | C1 | A" for n in range(5)), *(f"B{n} | C1 |" for n in range(5))])
    found = tiers("A4 | 2025-06-01 | 100\nB0 | 2025-06-01 | 100", cars, parameters=QUANTILE)
    assert found == [MIDDLE, MIDDLE, LOW, LOW, HIGH, HIGH, MIDDLE, MIDDLE, LOW, LOW]
