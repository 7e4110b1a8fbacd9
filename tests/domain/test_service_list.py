# ruff: noqa: E501 (a drawn row stays in one piece)
"""Services due in a month: who is listed, what counts as reminded, booked and come, and whose call gets the credit."""

from __future__ import annotations

import pytest

from tests.figures import share
from tests.tables import situation
from xl_retention.domain.dates import Period
from xl_retention.domain.service_list import Progress, Service, ServiceCase, ServiceList, service_list

CUSTOMER = "customer_id | mobile      | cs_owner\nC1          | 13900000001 | Cai"
CAR = "vin | customer_id | delivery_date | first_service_done | next_service_date | odometer_date | last_odometer\nV1 | C1 | 2024-01-01 | yes | 2025-06-15 | 2025-03-01 | 12000"
CALL = "customer_id | vin | contact_at | rule_code | staff | result\nC1 | V1 | {day} | MNT-CALL | Cai | {result}"
BOOKING = "booking_id | vin | booked_on | appointment_at | initiator | status\nB1 | V1 | {made} | {day} | {initiator} | {status}"
VISIT = "vin | visit_date | work_type\nV1 | {day} | 定期保养"


def due(as_of: str, month: str = "2025-06", **more: object) -> ServiceList:
    given: dict[str, object] = {"customer": CUSTOMER, "vehicle": CAR, **more}
    return service_list(situation(as_of, **given), Period.month(month))


def case(as_of: str, month: str = "2025-06", **more: object) -> ServiceCase:
    (only,) = due(as_of, month, **more).cases
    return only


def call(day: str, result: str = "接通") -> str:
    return CALL.format(day=day, result=result)


def booking(day: str, made: str = "2025-06-10", initiator: str = "提醒后预约", status: str = "") -> str:
    return BOOKING.format(day=day, made=made, initiator=initiator, status=status)


def visit(day: str) -> str:
    return VISIT.format(day=day)


def test_the_export_of_a_month_end_lists_what_is_due_in_the_month_after():
    assert [each.due.item().isoformat() for each in due("2025-05-31").cases] == ["2025-06-15"]
    assert due("2025-05-31", "2025-05").cases == ()
    assert due("2025-05-31", "2025-07").cases == ()


def test_a_car_that_came_stays_on_the_list_of_its_month():
    """
    The visit moves the next due day; the list of the month is that of the day before it.
    """
    came = case("2025-06-20", service_visit=visit("2025-06-12"))

    assert (came.due.item().isoformat(), came.progress) == ("2025-06-15", Progress.CAME)


def test_a_first_service_is_listed_while_it_is_open():
    new = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-10"
    assert case("2025-05-31", vehicle=new).service is Service.FIRST
    done = "vin | customer_id | delivery_date | first_service_done\nV1 | C1 | 2025-03-10 | yes"
    assert due("2025-05-31", vehicle=done).cases == ()


def test_a_car_that_was_sold_on_is_not_listed():
    sold = f"{CAR.splitlines()[0]} | vehicle_status\n{CAR.splitlines()[1]} | 转让"
    assert due("2025-05-31", vehicle=sold).cases == ()


@pytest.mark.parametrize(
    ("log", "progress"),
    [
        (call("2025-03-14"), Progress.TO_REMIND),
        (call("2025-03-15"), Progress.REMINDED),
        (call("2025-06-08", "未接"), Progress.NOT_REACHED),
        (call("2025-06-08", "已发送"), Progress.REMINDED),
    ],
)
def test_who_was_reminded(log, progress):
    assert case("2025-06-10", contact_log=log).progress is progress


def test_a_car_that_nobody_brought_in_has_not_come_after_the_window():
    assert case("2025-07-15").progress is Progress.TO_REMIND
    assert case("2025-07-16").progress is Progress.NOT_COME


@pytest.mark.parametrize(
    ("as_of", "status", "progress"),
    [
        ("2025-06-14", "", Progress.BOOKED),
        ("2025-06-15", "", Progress.BOOKED),
        ("2025-06-16", "", Progress.DID_NOT_KEEP),
        ("2025-06-14", "未到店", Progress.DID_NOT_KEEP),
        ("2025-06-14", "取消", Progress.TO_REMIND),
        ("2025-06-14", "改期", Progress.TO_REMIND),
    ],
)
def test_a_booking_is_kept_or_not(as_of, status, progress):
    assert case(as_of, booking=booking("2025-06-15", status=status)).progress is progress


def test_the_latest_promise_for_this_service_is_shown():
    sheet = "vin | due_date | promised_date\nV1 | 2025-06-15 | 2025-06-20\nV1 | 2025-06-15 | 2025-06-18\nV1 | 2025-01-15 | 2025-08-01"
    assert str(case("2025-06-10", maintenance_reminder=sheet).promised) == "2025-06-20"


@pytest.mark.parametrize(("day", "credited"), [("2025-07-15", True), ("2025-07-16", False)])
def test_a_booking_is_credited_to_the_call_if_the_car_comes_within_the_set_days(day, credited):
    given = {"contact_log": call("2025-06-08"), "booking": booking("2025-07-12"), "service_visit": visit(day)}
    assert (case("2025-08-01", **given).credited >= 0) is credited


@pytest.mark.parametrize(("days", "credited"), [(4, False), (5, True)])
def test_the_store_sets_these_days(days, credited):
    given = {"contact_log": call("2025-06-08"), "booking": booking("2025-06-19"), "service_visit": visit("2025-06-20")}
    assert (case("2025-08-01", parameters={"booking_credit_days": days}, **given).credited >= 0) is credited


@pytest.mark.parametrize(
    ("made", "initiator", "credited"),
    [
        ("2025-06-07", "提醒后预约", False),
        ("2025-06-08", "提醒后预约", True),
        ("2025-06-08", "员工代约", True),
        ("2025-06-08", "", True),
        ("2025-06-08", "客户主动", False),
        ("", "提醒后预约", True),
    ],
)
def test_only_a_booking_after_the_call_is_its_merit(made, initiator, credited):
    given = {
        "contact_log": call("2025-06-08"),
        "booking": booking("2025-06-18", made=made, initiator=initiator),
        "service_visit": visit("2025-06-18"),
    }
    assert (case("2025-08-01", **given).credited >= 0) is credited


def test_the_last_reminder_before_the_booking_gets_the_credit():
    log = "\n".join((call("2025-06-01"), call("2025-06-08").splitlines()[1], call("2025-06-12").splitlines()[1]))
    given = {"contact_log": log, "booking": booking("2025-06-18"), "service_visit": visit("2025-06-18")}
    known = situation("2025-08-01", customer=CUSTOMER, vehicle=CAR, **given)
    (found,) = service_list(known, Period.month("2025-06")).cases

    assert str(known.log.day[found.credited]) == "2025-06-08"


@pytest.mark.parametrize(
    "given",
    [
        {},
        {"contact_log": call("2025-06-08")},
        {"contact_log": call("2025-06-08"), "service_visit": visit("2025-06-08")},
        {"contact_log": call("2025-06-08"), "service_visit": visit("2025-06-07")},
        {"contact_log": call("2025-06-08"), "service_visit": visit("2025-07-15")},
        {
            "contact_log": call("2025-06-08"),
            "service_visit": visit("2025-07-16"),
            "parameters": {"booking_credit_days": 60},
        },
        {"maintenance_reminder": "vin | first_reminded_on\nV1 | 2025-06-01", "service_visit": visit("2025-06-20")},
    ],
)
def test_the_funnel_agrees_with_the_key_figures(given):
    """
    DOM K11, K12: two sheets of one workbook that contradict each other are trusted no longer.
    """
    counts = due("2025-08-01", **given).funnel(Service.MAINTENANCE)
    store = {"customer": CUSTOMER, "vehicle": CAR, **given}

    assert share("K11", "2025-06", "2025-08-01", **store) == f"{counts['reminded']}/{counts['due']}"
    assert share("K12", "2025-06", "2025-08-01", **store) == f"{counts['came']}/{counts['reminded']}"


def test_what_is_missing_is_named():
    bare = "vin | customer_id | first_service_done | next_service_date\nV1 | C1 | yes | 2025-06-15"
    assert case("2025-05-31", customer="customer_id\nC1", vehicle=bare).missing == ("mobile", "last_odometer")
