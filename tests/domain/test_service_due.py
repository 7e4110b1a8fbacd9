"""First service, next maintenance and last activity of a car (DOM 3.6)."""

import numpy as np
import pytest

from tests.tables import situation

C1 = "customer_id\nC1"
VISITS = "vin | visit_date | checkout_date | work_type | odometer_in | next_service_date | next_service_km\n"


def service(cells, visits="", as_of="2025-06-30", **given):
    """Due dates of one car with these cells; *visits* are lines after the VIN."""
    lines = "\n".join(f"V1 | {line.strip()}" for line in visits.strip().splitlines())
    vehicle = f"vin | customer_id | {' | '.join(cells)}\nV1 | C1 | {' | '.join(map(str, cells.values()))}"
    return situation(as_of, customer=C1, vehicle=vehicle, service_visit=VISITS + lines, **given).service


def text(days):
    return None if np.isnat(days[0]) else str(days[0])


# First service.


@pytest.mark.parametrize(
    ("cells", "visits", "done_on"),
    [
        pytest.param({}, "2025-04-01 | | 首保", "2025-04-01", id="a first service"),
        pytest.param({}, "2025-04-01 | | 定期保养", "2025-04-01", id="a maintenance"),
        pytest.param({}, "2025-05-01 | | 定期保养\n2025-04-01 | | 首保", "2025-04-01", id="the earliest of them"),
        pytest.param({"first_service_date": "2025-03-20"}, "2025-04-01 | | 首保", "2025-03-20", id="or the typed date"),
        pytest.param({"first_service_date": "2025-04-20"}, "2025-04-01 | | 首保", "2025-04-01", id="if it is earlier"),
        pytest.param({"first_service_done": "yes"}, "", None, id="ticked: done, the day is not known"),
        pytest.param({"last_service_date": "2025-04-01"}, "", None, id="a later service: done, the day not known"),
    ],
)
def test_the_first_service_is_done(cells, visits, done_on):
    """
    By a maintenance visit, a typed date or a tick.
    """
    found = service({"delivery_date": "2025-01-01", **cells}, visits)
    assert found.first_done.tolist() == [True]
    assert text(found.first_done_on) == done_on


@pytest.mark.parametrize("visits", ["", "2025-04-01 | | 一般维修", "2025-04-01 | | 事故车", "2025-04-01 | |"])
def test_the_first_service_is_open(visits):
    """
    No other visit does it.
    """
    found = service({"delivery_date": "2025-01-01", "first_service_done": ""}, visits)
    assert found.first_done.tolist() == [False]


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        pytest.param({"delivery_date": "2025-03-10"}, "2025-06-10", id="three months"),
        pytest.param({"purchase_date": "2025-03-10"}, "2025-06-10", id="purchase stands for delivery"),
        pytest.param({"purchase_date": "2025-03-01", "delivery_date": "2025-03-10"}, "2025-06-10", id="delivery first"),
        pytest.param({"first_service_done": ""}, None, id="no date at all"),
        pytest.param({"last_odometer": 3000, "odometer_date": "2025-04-09"}, None, id="kilometres alone give no day"),
    ],
)
def test_the_first_service_is_due_three_months_after_delivery(cells, due):
    """
    Unless the kilometres come first (T20-T22).
    """
    assert text(service(cells).first_due) == due


def test_the_limits_of_the_first_service_are_the_stores_choice():
    """
    Parameters `first_service_months` and `first_service_km`.
    """
    cells = {"delivery_date": "2025-03-31"}
    assert text(service(cells, parameters={"first_service_months": 1}).first_due) == "2025-04-30"
    assert text(service(cells, parameters={"first_service_km": 400}).first_due) == "2025-04-10"


# Maintenance.


BASE = {"delivery_date": "2024-01-01", "last_odometer": 10000, "odometer_date": "2025-01-20"}


@pytest.mark.parametrize(
    ("cells", "visits", "due"),
    [
        pytest.param({"next_service_date": "2025-08-01"}, "", "2025-08-01", id="typed date"),
        pytest.param(
            {"next_service_date": "2025-08-01"},
            "2025-02-01 | | 定期保养 | | 2025-07-01 |",
            "2025-07-01",
            id="the latest maintenance visit goes before the vehicle sheet",
        ),
        pytest.param(
            {"next_service_date": "2025-08-01"},
            "2025-02-01 | | 定期保养 | | 2025-07-01 |\n2025-03-01 | | 一般维修 | | 2025-09-01 |",
            "2025-07-01",
            id="a repair says nothing about it",
        ),
        pytest.param(
            {"next_service_date": "2025-08-01"},
            "2025-02-01 | | 定期保养 | | 2025-07-01 |\n2025-03-01 | | 定期保养",
            "2025-08-01",
            id="only the latest visit is asked, else the sheet",
        ),
        pytest.param(
            {"next_service_date": "2025-02-02"}, "2025-02-01 | | 定期保养", "2025-02-02", id="typed for after the visit"
        ),
        pytest.param(
            {"next_service_date": "2025-02-01"},
            "2025-02-01 | | 定期保养",
            "2025-08-01",
            id="typed for the visit itself: out of date, base + 6 months",
        ),
        pytest.param({"last_service_date": "2025-02-28"}, "", "2025-08-28", id="a typed last service is a base"),
        pytest.param(
            {"last_service_date": "2025-03-10"},
            "2025-02-01 | | 首保",
            "2025-09-10",
            id="the later of the two is the base",
        ),
        pytest.param({}, "", None, id="no base: the first-service rules apply"),
        pytest.param({}, "2025-02-01 | | 一般维修", None, id="a repair is no base"),
    ],
)
def test_the_day_of_the_next_maintenance(cells, visits, due):
    """
    Latest maintenance visit, vehicle sheet, else six months after the base.
    """
    assert text(service({"delivery_date": "2024-01-01", **cells}, visits).maintenance_due) == due


@pytest.mark.parametrize(
    ("cells", "due"),
    [
        pytest.param({"next_service_km": 12000}, "2025-04-07", id="kilometres alone"),
        pytest.param({"next_service_km": 12000, "next_service_date": "2025-04-06"}, "2025-04-06", id="the date first"),
        pytest.param({"next_service_km": 12000, "next_service_date": "2025-04-08"}, "2025-04-07", id="the km first"),
    ],
)
def test_kilometres_or_date_whichever_comes_first(cells, due):
    """
    10,000 km in 385 days since delivery; 2,000 km take 77 days.
    """
    assert text(service({**BASE, **cells}).maintenance_due) == due


@pytest.mark.parametrize(
    ("km", "due"),
    [
        pytest.param(10000, "2025-07-20", id="at the odometer of the visit: out of date, so the interval counts"),
        pytest.param(10001, "2025-01-21", id="a kilometre more is still ahead"),
    ],
)
def test_kilometres_already_driven_at_the_last_maintenance_are_out_of_date(km, due):
    """
    The visit of 01-20 read 10,000 km; 5,000 more take 193 days, six months come first.
    """
    cells = {"delivery_date": "2024-01-01", "next_service_km": km}
    assert text(service(cells, "2025-01-20 | | 定期保养 | 10000").maintenance_due) == due


def test_the_interval_by_kilometres_needs_the_reading_of_the_base_day():
    """
    20,000 km in 385 days: 5,000 km take 97; without a reading on that day six months count.
    """
    cells = {"delivery_date": "2024-01-01"}
    assert text(service(cells, "2025-01-20 | | 定期保养 | 20000").maintenance_due) == "2025-04-27"
    assert text(service(cells, "2025-01-20 | | 定期保养").maintenance_due) == "2025-07-20"
    other_day = "2025-01-10 | | 一般维修 | 20000\n2025-01-20 | | 定期保养"
    assert text(service(cells, other_day).maintenance_due) == "2025-07-20"


def test_the_interval_is_the_stores_choice():
    """
    Parameters `maint_interval_months` and `maint_interval_km`.
    """
    cells, visit = {"delivery_date": "2024-01-01"}, "2025-01-20 | | 定期保养 | 20000"
    given = {"parameters": {"maint_interval_months": 2}}
    assert text(service(cells, visit, **given).maintenance_due) == "2025-03-20"
    given = {"parameters": {"maint_interval_km": 2000}}
    assert text(service(cells, visit, **given).maintenance_due) == "2025-02-28"


def test_of_two_repair_orders_of_a_day_the_earliest_date_and_smallest_kilometres_count():
    """
    One visit (V12).
    """
    orders = "2025-02-01 | | 定期保养 | | 2025-08-01 |\n2025-02-01 | | 一般维修 | | 2025-07-01 |"
    assert text(service({"delivery_date": "2024-01-01"}, orders).maintenance_due) == "2025-07-01"


# Last activity.


@pytest.mark.parametrize(
    ("cells", "visits", "as_of", "active"),
    [
        pytest.param({}, "", "2025-06-30", "2024-01-01", id="never came: delivery"),
        pytest.param({}, "2025-02-01 | 2025-02-05 |", "2025-06-30", "2025-02-05", id="the day it left"),
        pytest.param({}, "2025-02-01 | |", "2025-06-30", "2025-02-01", id="no checkout: the day it came"),
        pytest.param({}, "2025-02-01 | 2025-02-05 |", "2025-02-03", "2025-02-01", id="still in the shop"),
        pytest.param({}, "2025-02-01 | |\n2025-03-01 | |", "2025-06-30", "2025-03-01", id="the latest"),
        pytest.param({"last_service_date": "2025-05-01"}, "2025-02-01 | |", "2025-06-30", "2025-05-01", id="or typed"),
        pytest.param({"last_service_date": "2025-07-01"}, "2025-02-01 | |", "2025-06-30", "2025-02-01", id="not ahead"),
        pytest.param(
            {"last_service_date": "2023-05-01"}, "", "2025-06-30", "2023-05-01", id="typed before delivery: used car"
        ),
    ],
)
def test_the_last_activity(cells, visits, as_of, active):
    """
    Paid or free; without any the delivery.
    """
    found = service({"delivery_date": "2024-01-01", **cells}, visits, as_of)
    assert text(found.last_activity) == active


def test_a_car_without_any_date_has_no_last_activity():
    """
    And so no lapse.
    """
    assert text(service({"first_service_done": ""}).last_activity) is None
