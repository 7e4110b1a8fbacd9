"""The data checks of DOM 2.15: each with a row that has the fault and a row at the boundary that has not."""

import numpy as np
import pytest

from tests.tables import situation
from xl_retention.domain.data_quality import CHECKS, further_problems, quality_problems
from xl_retention.domain.hand_over import ownerless
from xl_retention.domain.merge_candidates import merge_candidates, merge_problems

TODAY = "2026-11-22"
CODES = {check.code for check in CHECKS}


def rows_with(code, as_of=TODAY, **drawings):
    """Row numbers (the first below the headings is 2) told under one code."""
    known = situation(as_of, **drawings)
    found = [*quality_problems(known), *further_problems(known)]
    return [int("".join(filter(str.isdigit, problem.cell))) for problem in found if problem.code == code]


def test_a_customer_is_unreachable_without_any_channel():
    customers = """
        customer_id | mobile      | mobile_backup | email | wechat_id
        C1          |             |               |       |
        C2          | 13800000000 |               |       |
        C3          |             | 01088886666   |       |
        C4          |             |               | a@b.c |
        C5          |             |               |       | wx
        C6          | 1380000     | 4             |       |
    """
    assert rows_with("customer_unreachable", customer=customers) == [2, 7]
    assert rows_with("phone_not_whole", customer=customers) == []


@pytest.mark.parametrize(
    ("phone", "is_whole"),
    [
        ("13800000000", True), ("1380000000", False), ("138000000000", False), ("02112345678", True),
        ("88886666", True), ("4008008888", True), ("123456", False), ("", True),
    ],
)  # fmt: skip
def test_a_phone_that_lacks_a_digit_is_told(phone, is_whole):
    customer = f"customer_id | mobile | email\nC1 | {phone} | a@b.c"
    assert rows_with("phone_not_whole", customer=customer) == ([] if is_whole else [2])


@pytest.mark.parametrize(
    ("born", "told"),
    [
        ("2010-11-22", False), ("2010-11-23", True),  # 16 today, 16 tomorrow
        ("1925-11-23", False), ("1925-11-22", True),  # 100 today still, 101 today
        ("", False), ("05-21", False),
    ],
)  # fmt: skip
def test_ages_below_16_and_above_100_are_unlikely(born, told):
    assert rows_with("birth_date_unlikely", customer=f"customer_id | birth_date\nC1 | {born}") == [2] * told


def test_deliveries():
    """Blank with a purchase date, in the future with one, before 1990."""
    cars = """
        vin | customer_id | delivery_date | purchase_date
        V1  | C1          | 1989-12-31    |
        V2  | C1          | 1990-01-01    |
        V3  | C1          |               | 2024-01-01
        V4  | C1          | 2026-11-23    | 2024-01-01
        V5  | C1          | 2026-11-22    | 2024-01-01
    """
    store = {"customer": "customer_id | customer_name\nC1 | Li", "vehicle": cars}
    assert rows_with("delivery_date_too_early", **store) == [2]
    assert rows_with("delivery_date_missing", **store) == [4]
    assert rows_with("delivery_date_ahead", **store) == [5]


def test_expiries_of_cars_in_use():
    """A car that left needs none, and a renewal row tells it as well."""
    cars = """
        vin | vehicle_status | insurance_expiry | inspection_expiry
        V1  |                |                  | 2027-01-01
        V2  | 在用           | 2027-01-01       |
        V3  | 报废           |                  |
        V4  | 在用           |                  |
    """
    renewals = "vin | kind | expiry\nV4 | 保险 | 2027-01-01\nV4 | 年检 |"
    assert rows_with("insurance_expiry_missing", vehicle=cars, renewal=renewals) == [2]
    assert rows_with("inspection_expiry_missing", vehicle=cars, renewal=renewals) == [3, 5]


def test_a_store_without_the_column_is_not_reminded_row_by_row():
    assert rows_with("insurance_expiry_missing", vehicle="vin | delivery_date\nV1 | 2024-01-01") == []


def test_loans_of_more_than_60_months():
    assert rows_with("loan_too_long", vehicle="vin | loan_months\nV1 | 60\nV2 | 61") == [3]


def test_a_car_leaves_on_or_after_the_day_it_came():
    """By the clock where both have one, else by the day (DOM V18)."""
    visits = """
        ro_no | vin | visit_date       | checkout_date
        R1    | V1  | 2026-11-02       | 2026-11-01
        R2    | V1  | 2026-11-02       | 2026-11-02
        R3    | V1  | 2026-11-02T14:00 | 2026-11-02
        R4    | V1  | 2026-11-02T14:00 | 2026-11-02T13:59
        R5    | V1  | 2026-11-02       |
    """
    assert rows_with("checkout_before_visit", service_visit=visits) == [2, 5]


def test_an_odometer_does_not_run_back():
    """Compared with earlier days of the same car; the order on the sheet says nothing."""
    visits = """
        ro_no | vin | visit_date | odometer_in
        R1    | V1  | 2026-03-01 | 9999
        R2    | V1  | 2026-01-01 | 10000
        R3    | V2  | 2026-02-01 | 50
        R4    | V1  | 2026-04-01 | 10000
        R5    | V1  | 2026-04-01 | 9999
        R6    | V1  | 2026-05-01 |
    """
    assert rows_with("odometer_runs_back", service_visit=visits) == [2, 6]


def test_the_reading_on_the_sheet_of_cars_is_one_of_them():
    """DOM 2.15 with the readings of 3.6: last_odometer counts where odometer_date is filled."""
    visits = """
        ro_no | vin | visit_date | odometer_in
        R1    | V1  | 2026-03-01 | 9999
        R2    | V2  | 2026-03-01 | 9999
        R3    | V3  | 2026-03-01 | 9999
    """
    cars = """
        vin | customer_id | last_odometer | odometer_date
        V1  | C1          | 10000         | 2026-02-28
        V2  | C1          | 9998          | 2026-03-02
        V3  | C1          | 5             |
    """
    known = situation(TODAY, customer="customer_id\nC1", vehicle=cars, service_visit=visits)
    told = [(one.sheet, one.found) for one in quality_problems(known) if one.code == "odometer_runs_back"]
    assert sorted(told) == [("service_visit", "9999"), ("vehicle", "9998")]


def test_a_complaint_without_clock_is_told():
    """It runs from the store's opening time; 00:00 is no clock (DOM 2.8, V18)."""
    complaints = """
        complaint_id | customer_id | received_at
        T1           | C1          | 2026-11-20
        T2           | C1          | 2026-11-20T00:00
        T3           | C1          | 2026-11-20T08:00
        T4           | C1          |
    """
    assert rows_with("clock_missing", customer="customer_id\nC1", complaint=complaints) == [2, 3]


def test_where_everybody_left_nobody_is_active():
    """DOM 2.15: an owner has to be in the active staff. Without a staff sheet nobody can tell."""
    store = {
        "customer": "customer_id | sales_advisor\nC1 | Li",
        "prospect": "prospect_no | sales_advisor | created_date\nP1 | Li | 2026-11-01",
    }
    left = situation(TODAY, staff="staff_id | name | status\n1 | Li | 离职", **store)
    assert [one.sheet for one in [*ownerless(left), *quality_problems(left)] if one.code == "owner_not_active"] == [
        "customer", "prospect",
    ]  # fmt: skip
    unknown = situation(TODAY, **store)
    assert not ownerless(unknown)
    assert "owner_not_active" not in {one.code for one in quality_problems(unknown)}


def test_a_maintenance_says_when_the_next_is_due():
    visits = """
        ro_no | vin | visit_date | work_type | next_service_date | next_service_km
        R1    | V1  | 2026-03-01 | 定期保养  |                   |
        R2    | V1  | 2026-03-02 | 首保      |                   | 20000
        R3    | V1  | 2026-03-03 | 一般维修  |                   |
        R4    | V1  | 2026-03-04 | 首保      | 2027-01-01        |
    """
    assert rows_with("next_service_missing", service_visit=visits) == [2]


def test_who_was_not_reached_gave_no_answer():
    log = """
        contact_id | contact_at | result | satisfaction_level | score
        L1         | 2026-11-01 | 未接   | 满意               |
        L2         | 2026-11-01 | 接通   | 满意               |
        L3         | 2026-11-01 |        |                    | 9
        L4         | 2026-11-01 | 拒访   | 满意               |
        L5         | 2026-11-01 | 未接   |                    |
    """
    assert rows_with("answer_without_talk", contact_log=log) == [2, 4, 5]


def test_past_events_that_lie_ahead_are_told():
    """DOM V16; today is not ahead."""
    visits = "ro_no | vin | visit_date\nR1 | V1 | 2026-11-22\nR2 | V1 | 2026-11-23"
    assert rows_with("date_ahead", service_visit=visits) == [3]


def test_two_repair_orders_of_one_number():
    visits = """
        ro_no | vin | visit_date
        R1    | V1  | 2026-11-01
        R2    | V1  | 2026-11-02
        R1    | V2  | 2026-11-03
              | V2  | 2026-11-04
    """
    known = situation(TODAY, service_visit=visits)
    (found,) = further_problems(known)
    assert (found.code, found.severity, found.found, found.cell) == ("number_twice", "high", "R1", "A4")


def test_a_check_of_a_filled_cell_shows_it():
    (found,) = quality_problems(situation(TODAY, vehicle="vin | delivery_date | loan_months\nV1 | 2024-01-01 | 72"))
    assert found.found == "72"
    assert str(found).startswith("vehicle!A2: '72' is not a loan of 60 months or less.")


def test_every_code_is_told_once():
    assert len({(check.code, check.table) for check in CHECKS}) == len(CHECKS)
    assert {check.code for check in CHECKS} == CODES
    assert all(check.severity in ("high", "medium") for check in CHECKS)


# Customers who are probably one.

TWINS = """
    customer_id | customer_name | mobile      | email
    C1          | 王 伟         | 13800000000 |
    C2          | 王伟          | 13800000000 | a@b.c
    C3          | 王芳          | 13800000000 |
    C4          | 王伟          | 13900000000 |
    C5          |               | 13800000000 |
"""


def test_same_phone_and_name_are_merge_candidates():
    """Of two equal ones the better filled stays; a family with one phone is not one customer."""
    (found,) = merge_candidates(situation(TODAY, customer=TWINS))
    assert (found.survivor, found.others) == (1, (0,))


def test_who_has_the_rows_survives():
    cars = "vin | customer_id | delivery_date\nV1 | C1 | 2024-01-01"
    known = situation(TODAY, customer=TWINS, vehicle=cars)
    (found,) = merge_candidates(known)
    assert (found.survivor, found.others) == (0, (1,))
    (problem,) = merge_problems(known)
    assert (problem.code, problem.cell, problem.found) == ("merge_candidate", "A3", "C2")
    assert "C1" in problem.wanted
    assert merge_problems(known, [frozenset(("C2", "C1"))]) == []


def test_without_twins_nothing_is_told():
    apart = "customer_id | customer_name | mobile\nC1 | A | 1\nC2 | A | 2"
    assert merge_problems(situation(TODAY, customer=apart)) == []
    assert np.array(merge_candidates(situation(TODAY))).size == 0
