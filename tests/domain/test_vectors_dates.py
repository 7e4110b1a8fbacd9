"""The test vectors of DOM 8.1 (T01-T32), each by its number, run through the rules that the store lives by.

Where the numbers of DOM 8 are tested (the last test holds the list to account):

- T01-T19, T24, T28: counting of days, months and hours, `test_dates.py`; here again as due contacts where a
  rule stands behind them (T07-T19, T24, T26, T28).
- T20-T23, T31, T32: here.
- T25: `test_kpis_base.py`. T30: `tests/actions/test_kpi_report.py`.
- T33-T38b, T39-T44, T47-T52, T55, T81-T88: `test_vectors_lists.py`.
- T27 (monthly plan): `tests/actions/test_vectors_in_workbooks.py`. T29 (card number): `test_cards.py`.
- T45, T46, T51, T53, T54, T56-T58: `test_classes_of_*.py`. The key figures T59-T80: `test_vectors_kpis.py`.
"""

# ruff: noqa: N802

import re
from pathlib import Path

import pytest

from tests.tables import days_listed, laid, listed, situation
from xl_retention.domain.checks import row_problems

C1 = "customer_id\nC1"


def delivered(day):
    return f"vin | customer_id | delivery_date\nV1 | C1 | {day}"


def window(rule, day, as_of):
    (item,) = laid(as_of, rule, customer=C1, vehicle=delivered(day))
    return item.window


@pytest.mark.parametrize(
    ("rule", "due"),
    [
        ("DLV-M01", "2024-09-30"),
        ("DLV-M02", "2024-10-31"),
        ("DLV-M04", "2024-12-31"),
        ("DLV-M06", "2025-02-28"),
        ("DLV-M09", "2025-05-31"),
        ("DLV-M12", "2025-08-31"),
        ("DLV-M15", "2025-11-30"),
        ("DLV-M18", "2026-02-28"),
    ],
)
def test_T07_each_month_of_the_series_is_due_on_its_own_month_day(rule, due):
    """
    A short month does not pull the later ones back (V3).
    """
    assert window(rule, "2024-08-31", "2024-09-01").split()[1] == due


def test_T07_from_month_48_on_every_third_month():
    """
    Sequence 1 is month 48, sequence 2 month 51.
    """
    items = laid("2028-11-30", "DLV-M48+", customer=C1, vehicle=delivered("2024-08-31"))
    dues = {item.key: item.due for item in items}
    assert dues["C1/V1/DLV-M48+/2024-08-31/1"] == "2028-08-31"
    assert dues["C1/V1/DLV-M48+/2024-08-31/2"] == "2028-11-30"


@pytest.mark.parametrize(
    ("day", "three", "seven"),
    [
        pytest.param("2024-02-27", "2024-03-01", "2024-03-05", id="T08, a leap year"),
        pytest.param("2025-02-27", "2025-03-02", "2025-03-06", id="T09"),
    ],
)
def test_T08_T09_three_and_seven_days_after_the_delivery(day, three, seven):
    """
    The delivery day is day 0 (V1).
    """
    as_of = three
    assert window("DLV-3D", day, as_of).split()[1:3] == [three, three]
    for rule in ("DLV-7D-SA", "DLV-7D-CS"):
        assert window(rule, day, as_of).split()[1:3] == [seven, seven]


def test_T10_the_managers_thanks_two_weeks_after_the_delivery():
    """
    Three days of grace, over the turn of the year.
    """
    assert window("DLV-2W-MGR", "2024-12-20", "2025-01-01") == "2025-01-03 2025-01-03 2025-01-06 2025-01-20"


def test_T11_the_contact_of_the_second_fortnight():
    """
    Open on day 15, due on day 22, late after day 30.
    """
    assert window("DLV-15-30", "2025-01-31", "2025-02-01") == "2025-02-15 2025-02-22 2025-03-02 2025-03-16"


@pytest.mark.parametrize(
    ("clock", "day"),
    [
        pytest.param("21:59", "2025-03-01", id="before midnight"),
        pytest.param("22:00", "2025-03-02", id="at midnight the next day begins"),
        pytest.param("23:00", "2025-03-02", id="T12"),
        pytest.param("", "2025-03-01", id="T13, no clock: the delivery day"),
    ],
)
def test_T12_T13_two_hours_after_the_delivery(clock, day):
    """
    Hours are not shifted by the night (V7); the list shows the day of the moment.
    """
    car = f"vin | customer_id | delivery_date | delivery_time\nV1 | C1 | 2025-03-01 | {clock}"
    (item,) = laid("2025-03-01", "DLV-2H", customer=C1, vehicle=car)
    assert item.window.split()[:3] == ["2025-03-01", day, day]


@pytest.mark.parametrize(
    ("as_of", "birthday", "ahead", "observed"),
    [
        pytest.param("2025-02-01", "02-29", "2025-02-21", "2025-02-28", id="T14 T15"),
        pytest.param("2028-02-01", "02-29", "2028-02-22", "2028-02-29", id="T14 T15, leap year"),
        pytest.param("2025-12-20", "01-03", "2025-12-27", "2026-01-03", id="T16"),
    ],
)
def test_T14_T15_T16_birthday_greetings_a_week_ahead_and_on_the_day(as_of, birthday, ahead, observed):
    """
    The birthday kept in the year is the anchor of both.
    """
    customer = f"customer_id | birth_date\nC1 | {birthday}"
    (week,) = laid(as_of, "BDAY-7", customer=customer)
    (day,) = laid(as_of, "BDAY-0", customer=customer)
    assert week.window.split()[0:2] == [ahead, ahead]
    assert day.window.split()[0:2] == [observed, observed]
    assert day.key == f"C1//BDAY-0/{observed}/1"
    assert week.key == f"C1//BDAY-7/{observed}/1"


@pytest.mark.parametrize(
    ("expiry", "reminder"),
    [
        pytest.param("2025-03-31", "2025-02-28", id="T17"),
        pytest.param("2024-03-31", "2024-02-29", id="T17, leap year"),
        pytest.param("2025-12-15", "2025-11-15", id="T17, same day number"),
        pytest.param("2025-03-29", "2025-02-28", id="T18, 29th"),
        pytest.param("2025-03-30", "2025-02-28", id="T18, 30th"),
    ],
)
def test_T17_T18_the_insurance_is_spoken_of_a_month_before_it_ends(expiry, reminder):
    """
    Going back a month clamps to its last day (V2).
    """
    car = f"vin | customer_id | insurance_expiry\nV1 | C1 | {expiry}"
    (item,) = laid("2024-01-01", "INS-1M", customer=C1, vehicle=car)
    assert item.window.split()[:3] == [reminder, reminder, expiry]


def test_T19_three_days_after_the_repair_over_the_turn_of_the_year():
    """
    The checkout day is day 0.
    """
    (item,) = laid(
        "2025-01-01",
        "SVC-3D",
        customer=C1,
        vehicle="vin | customer_id\nV1 | C1",
        service_visit="vin | visit_date | checkout_date\nV1 | 2024-12-28 | 2024-12-30",
    )
    assert item.window == "2024-12-31 2025-01-02 2025-01-02 2025-01-16"


@pytest.mark.parametrize(
    ("km", "limit", "due"),
    [
        pytest.param(1500, 5000, "2025-06-10", id="T20, three months come first"),
        pytest.param(3000, 5000, "2025-04-29", id="T21, the kilometres come first"),
        pytest.param(3000, 3000, "2025-04-09", id="T22, already reached"),
    ],
)
def test_T20_T21_T22_first_service_by_date_or_kilometres(km, limit, due):
    """
    The earlier of three months and the predicted day of the limit.
    """
    known = situation(
        "2025-04-10",
        parameters={"first_service_km": limit},
        customer=C1,
        vehicle=f"""
            vin | customer_id | delivery_date | last_odometer | odometer_date
            V1  | C1          | 2025-03-10    | {km}          | 2025-04-09
        """,
    )
    assert str(known.service.first_due[0]) == due


def test_T23_maintenance_by_date_or_kilometres():
    """
    37.5 km a day make 48 days for 1,800 km, a started day counts whole.
    """
    known = situation(
        "2025-04-11",
        customer=C1,
        vehicle="""
            vin | customer_id | delivery_date | next_service_date | next_service_km
            V1  | C1          | 2024-01-10    | 2025-06-15        | 20000
        """,
        service_visit="""
            vin | visit_date | odometer_in
            V1  | 2025-03-01 | 16700
            V1  | 2025-04-10 | 18200
        """,
    )
    assert str(known.service.maintenance_due[0]) == "2025-05-28"


def test_T24_two_and_twenty_four_hours_after_a_complaint():
    """
    Hours run through the night; the list shows their calendar day, the moment sorts.
    """
    given = {
        "customer": C1,
        "complaint": "complaint_id | customer_id | received_at | category\nK1 | C1 | 2025-05-30T16:40 | 质量",
    }
    (two,) = laid("2025-05-30", "CMP-2H", **given)
    (day,) = laid("2025-05-30", "CMP-24H", **given)
    assert two.window == "2025-05-30 2025-05-30 2025-05-30 never"
    assert day.window == "2025-05-30 2025-05-31 2025-05-31 never"


def test_T25_the_follow_up_of_a_solved_complaint_is_due_the_same_clock_next_day():
    """
    Overdue on the list only from the day after; without a clock the next day as well.
    """
    drawing = "complaint_id | customer_id | received_at | resolved_at\nK1 | C1 | 2025-05-30T16:40 | {}"
    for solved in ("2025-05-31T15:00", "2025-05-31"):
        (item,) = laid("2025-05-31", "CMP-FU24", customer=C1, complaint=drawing.format(solved))
        assert item.window == "2025-05-31 2025-06-01 2025-06-01 never"


def test_T26_a_three_day_call_that_nobody_makes_leaves_the_list_two_weeks_after_its_deadline():
    """
    Listed from the day after the delivery to 14 days after the deadline, both included.
    """
    given = {"only": ("DLV-3D",), "customer": C1, "vehicle": delivered("2025-03-01")}
    assert days_listed("DLV-3D", "2025-02-25", "2025-03-25", **given) == "2025-03-02..2025-03-18"


@pytest.mark.parametrize(("bought", "due"), [("2020-02-29", "2024-02-29"), ("2021-02-28", "2025-02-28")])
def test_T28_replacement_after_48_months(bought, due):
    """
    From the purchase date.
    """
    car = f"vin | customer_id | purchase_date\nV1 | C1 | {bought}"
    items = laid(due, "TRADE-IN", customer=C1, vehicle=car)
    assert items[0].key == f"C1/V1/TRADE-IN/{bought}/1"
    assert items[0].due == due


def test_T31_lapse_warning_a_month_after_the_maintenance_was_due():
    """
    The later of maintenance due + 30 days (04-30) and last activity + 4 months (04-10).
    """
    (item,) = laid(
        "2025-04-30",
        "LAPSE-WARN",
        customer=C1,
        vehicle="""
            vin | customer_id | delivery_date | next_service_date | last_service_date
            V1  | C1          | 2024-01-01    | 2025-03-31        | 2024-12-10
        """,
    )
    assert item.window == "2025-04-30 2025-04-30 2025-05-15 2025-05-29"


def test_T32_a_car_without_any_date_has_no_item_and_one_finding():
    """
    No date is ever guessed (V15).
    """
    given = {"customer": C1, "vehicle": "vin | customer_id\nV1 | C1"}
    assert listed("2025-03-08", **given) == []
    (problem,) = row_problems(situation("2025-03-08", **given))
    assert problem.code == "delivery_date_missing"


def test_every_number_of_the_lists_and_dates_has_a_test():
    """
    T01-T38b and T81-T89 stand in the name of a test.
    """
    wanted = {f"T{n:02}" for n in (*range(1, 39), *range(81, 90))} | {"T38a", "T38b"}
    named = set()
    tests = Path(__file__).parents[1]
    for path in tests.rglob("test_*.py"):
        if "oracle" in path.parts:
            continue  # the oracle's own tests say nothing about the product
        for name in re.findall(r"^def (test_T\w+)", path.read_text("utf-8"), re.MULTILINE):
            for first, letter, last in re.findall(r"T(\d\d)([a-z]?)(?:_to_T(\d\d))?", name):
                named |= {f"T{n:02}" for n in range(int(first), int(last or first) + 1)} if not letter else set()
                named.add(f"T{first}{letter}")
    assert wanted <= named
