# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""Reminders, bookings, first services, renewals and inspections: both sides of each limit (DOM 5.6)."""

from __future__ import annotations

import pytest

from tests.figures import figure, share

C1 = "customer_id\nC1"
DUE = "vin | customer_id | next_service_date\nV1 | C1 | 2025-06-15"


def due(**more: object) -> dict[str, object]:
    return {"customer": C1, "vehicle": DUE, **more}


@pytest.mark.parametrize(
    ("day", "result", "rule", "reminded"),
    [
        ("2025-03-14", "接通", "保养", 0),
        ("2025-03-15", "接通", "保养", 1),
        ("2025-07-15", "已发送", "MNT-AUTO-3M", 1),
        ("2025-07-16", "接通", "保养", 0),
        ("2025-06-01", "未接", "保养", 0),
        ("2025-06-01", "接通", "首保", 0),
        ("2025-06-01", "接通", "生日、保养", 1),
    ],
)
def test_a_reminder_from_three_months_before_to_thirty_days_after(day, result, rule, reminded):
    log = f"customer_id | contact_at | rule_code | result\nC1 | {day} | {rule} | {result}"
    assert share("K11", "2025-06", "2025-08-31", **due(contact_log=log)) == f"{reminded}/1"


def test_a_reminder_of_another_car_or_customer_is_none():
    log = """
        customer_id | vin | contact_at | rule_code | result
        C1          | V2  | 2025-06-01 | 保养      | 接通
        C2          |     | 2025-06-01 | 保养      | 接通
    """
    given = due(customer="customer_id\nC1\nC2", vehicle=f"{DUE}\nV2 | C1 |", contact_log=log)
    assert share("K11", "2025-06", "2025-08-31", **given) == "0/1"


def test_the_reminder_sheet_counts_as_well():
    sheet = "vin | first_reminded_on\nV1 | 2025-06-01"
    assert share("K11", "2025-06", "2025-08-31", **due(maintenance_reminder=sheet)) == "1/1"
    assert share("K11", "2025-06", "2025-05-31", **due(maintenance_reminder=sheet)) == "-/-"


def test_due_dates_are_those_of_the_day_before_the_month():
    """
    A visit in the month moves the next due date, but not the month-end export; due days ahead belong to it.
    """
    visit = "vin | visit_date | work_type | next_service_date\nV1 | 2025-06-05 | 定期保养 | 2025-12-05"
    assert share("K11", "2025-06", "2025-06-10", **due(service_visit=visit)) == "0/1"
    earlier = visit.replace("06-05", "05-31")
    assert share("K11", "2025-06", "2025-06-10", **due(service_visit=earlier)) == "0/0"
    assert share("K11", "2025-12", "2025-12-10", **due(service_visit=visit)) == "0/1"


def test_a_car_that_was_sold_on_is_not_due():
    cars = "vin | customer_id | next_service_date | vehicle_status\nV1 | C1 | 2025-06-15 | 转让"
    assert share("K11", "2025-06", "2025-06-10", **due(vehicle=cars)) == "0/0"


@pytest.mark.parametrize(
    ("day", "work", "came"),
    [
        ("2025-05-31", "定期保养", 0),
        ("2025-06-01", "定期保养", 1),
        ("2025-07-15", "首保", 1),
        ("2025-07-16", "定期保养", 0),
        ("2025-06-10", "一般维修", 0),
    ],
)
def test_the_visit_comes_between_the_reminder_and_thirty_days_after(day, work, came):
    given = due(
        contact_log="customer_id | contact_at | rule_code | result\nC1 | 2025-06-01 | 保养 | 接通",
        service_visit=f"vin | visit_date | work_type\nV1 | {day} | {work}",
    )
    assert share("K12", "2025-06", "2025-08-31", **given) == f"{came}/1"


@pytest.mark.parametrize(("as_of", "status"), [("2025-07-29", "open"), ("2025-07-30", "no_target")])
def test_reminders_are_open_until_thirty_days_after_the_period(as_of, status):
    assert figure("K11", "2025-06", as_of, **due()).status.value == status
    assert figure("K13", "2025-06", as_of, **due(service_visit="vin | visit_date\nV1 | 2025-06-01")).status.value == (
        "no_target"
    )


@pytest.mark.parametrize(("done", "in_time"), [("2025-07-01", 1), ("2025-07-02", 0), ("", 0)])
def test_first_service_within_thirty_days(done, in_time):
    given = {
        "customer": C1,
        "vehicle": f"vin | customer_id | delivery_date | first_service_date\nV1 | C1 | 2025-03-01 | {done}",
    }
    assert share("K15", "2025-06", "2025-08-31", **given) == f"{in_time}/1"


BOOKED = "booking_id | vin | customer_id | appointment_at | booked_on | initiator | status"


@pytest.mark.parametrize(
    ("booking", "said", "counted"),
    [
        ("B1 | V1 |    | 2025-06-10T09:00 | 2025-06-01 | 客户主动   |       ", "", 1),
        ("B1 | V1 |    | 2025-06-10T09:00 | 2025-06-01 | 提醒后预约 | 已到店", "", 1),
        ("B1 | V1 |    | 2025-06-10T09:00 |            |            |       ", "", 1),
        ("B1 | V1 |    | 2025-06-10T09:00 | 2025-06-01 | 员工代约   |       ", "yes", 0),
        ("B1 | V1 |    | 2025-06-10T09:00 | 2025-06-11 | 客户主动   |       ", "", 0),
        ("B1 | V1 |    | 2025-06-10T09:00 | 2025-06-01 | 客户主动   | 取消  ", "", 0),
        ("B1 | V1 |    | 2025-06-10T09:00 | 2025-06-01 | 客户主动   | 取消  ", "yes", 1),
        ("B1 |    | C1 | 2025-06-10T09:00 | 2025-06-01 | 客户主动   |       ", "", 1),
        ("B1 | V2 | C1 | 2025-06-10T09:00 | 2025-06-01 | 客户主动   |       ", "", 0),
        ("B1 | V1 |    | 2025-06-11T09:00 | 2025-06-01 | 客户主动   |       ", "", 0),
        ("B7 | V9 |    | 2025-06-20T09:00 | 2025-06-01 | 客户主动   |       ", "", 1),
    ],
)
def test_bookings_of_a_visit(booking, said, counted):
    given = {
        "customer": C1,
        "vehicle": "vin | customer_id\nV1 | C1\nV2 | C1",
        "service_visit": f"vin | visit_date | booked | booking_id\nV1 | 2025-06-10 | {said} | B7",
        "booking": f"{BOOKED}\n{booking}",
    }
    assert share("K13", "2025-06", "2025-06-30", **given) == f"{counted}/1"


def test_bookings_by_the_customer_himself_where_the_store_wants_that():
    given = {
        "customer": C1,
        "vehicle": "vin | customer_id\nV1 | C1",
        "service_visit": "vin | visit_date | booked\nV1 | 2025-06-10 | yes",
        "booking": f"{BOOKED}\nB1 | V1 | | 2025-06-10 | | 提醒后预约 |",
    }
    assert share("K13", "2025-06", "2025-06-30", **given) == "1/1"
    assert share("K13", "2025-06", "2025-06-30", parameters={"booking_rate_basis": "customer"}, **given) == "0/1"


@pytest.mark.parametrize(
    ("row", "as_of", "expected"),
    [
        ("2025-06-10 | 2025-06-10T11:00 | 未到店", "2025-06-30", "1/1"),
        ("2025-06-10 | 2025-06-11T11:00 | 已到店", "2025-06-30", "0/1"),
        ("2025-06-10 |                  | 已到店", "2025-06-30", "1/1"),
        ("2025-06-10 |                  | 改期  ", "2025-06-30", "0/0"),
        ("2025-06-10 |                  |       ", "2025-06-10", "0/0"),
        ("2025-06-10 |                  |       ", "2025-06-11", "0/1"),
    ],
)
def test_bookings_that_were_kept(row, as_of, expected):
    given = {"customer": C1, "booking": f"appointment_at | arrived_at | status\n{row}"}
    assert share("K14", "2025-06", as_of, **given) == expected


def test_policies_once_per_car_and_day():
    renewal = """
        vin | kind | expiry     | result
        V1  | 保险 | 2025-06-10 | 未续
        V1  | 保险 | 2025-06-10 | 本店续保
        V2  | 保险 | 2025-06-30 | 外部续保
        V3  | 保险 | 2025-07-01 | 本店续保
        V4  | 年检 | 2025-06-10 | 已年检
    """
    assert share("K37", "2025-06", "2025-07-31", customer=C1, renewal=renewal) == "1/2"
    assert share("K37", "2025-06", "2025-06-29", customer=C1, renewal=renewal) == "1/1"
    assert figure("K37", "2025-06", "2025-07-31", customer=C1, renewal=renewal).rows.ids == ["V1 2025-06-10"]


@pytest.mark.parametrize(
    ("log", "reminded"),
    [
        ("2025-05-06 | 年检 | 接通", 0),
        ("2025-05-07 | 年检 | 接通", 1),
        ("2025-06-10 | INSP-1M | 已发送", 1),
        ("2025-06-11 | 年检 | 接通", 0),
        ("2025-06-01 | 年检 | 未接", 0),
        ("2025-06-01 | 续保 | 接通", 0),
    ],
)
def test_inspections_reminded_of_before_they_end(log, reminded):
    given = {
        "customer": C1,
        "vehicle": "vin | customer_id | inspection_expiry\nV1 | C1 | 2025-06-10",
        "contact_log": f"customer_id | contact_at | rule_code | result\nC1 | {log}",
    }
    assert share("K38", "2025-06", "2025-06-30", **given) == f"{reminded}/1"


def test_inspections_of_the_renewal_sheet_join_those_of_the_cars():
    given = {
        "customer": C1,
        "vehicle": "vin | customer_id | inspection_expiry | vehicle_status\nV1 | C1 | 2025-06-10 | \nV2 | C1 | 2025-06-11 | 报废",
        "renewal": """
            vin | kind | expiry     | reminded_on
            V1  | 年检 | 2025-06-10 | 2025-06-10
            X9  | 年检 | 2025-06-12 | 2025-06-13
        """,
    }
    found = figure("K38", "2025-06", "2025-06-30", **given)
    assert (found.rows.ids, found.missing.ids) == (["V1 2025-06-10"], ["X9 2025-06-12"])
