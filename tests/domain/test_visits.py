"""Repair orders of one car and one day are one visit (DOM V12, 2.19); what of it the customer paid (4.5)."""

import pytest

from tests.tables import situation

NAMES = "vin | visit_date | checkout_date | odometer_in | work_type | pay_type | paid_amount | total_amount\n"


def visits(lines, as_of="2025-06-30", vehicle="vin | customer_id\nV1 | C1\nV2 | C1"):
    rows = "\n".join(line.strip() for line in lines.strip().splitlines())
    return situation(as_of, customer="customer_id\nC1", vehicle=vehicle, service_visit=NAMES + rows).visits


def test_T61_T62_orders_of_one_car_and_day_are_one_visit():  # noqa: N802
    """
    Two orders on 06-10 and one on 06-20 are two visits; another car is another visit.
    """
    found = visits(
        """
        V1 | 2025-06-20 |
        V1 | 2025-06-10T09:00 |
        V1 | 2025-06-10T15:00 |
        V2 | 2025-06-10 |
        """
    )
    assert [str(day) for day in found.day] == ["2025-06-10", "2025-06-20", "2025-06-10"]
    assert found.car.tolist() == [0, 0, 1]


def test_a_merged_visit_has_the_latest_checkout_the_highest_reading_and_all_work():
    """
    What was paid adds up.
    """
    found = visits(
        """
        V1 | 2025-06-10 | 2025-06-12 | 15000 | 一般维修 | 自费 | 100 |
        V1 | 2025-06-10 | 2025-06-11 | 15010 | 定期保养 | 自费 | 200 |
        V1 | 2025-06-10 |            |       |          | 自费 |     | 50
        """
    )
    assert len(found) == 1
    assert str(found.checkout[0]) == "2025-06-12"
    assert found.odometer.tolist() == [15010]
    assert (found.maintenance.tolist(), found.repair.tolist()) == ([True], [True])
    assert (found.paid.tolist(), found.total.tolist()) == ([350], [50])


def test_without_a_checkout_the_car_left_the_day_it_came():
    """
    Blank is not "still here".
    """
    found = visits("V1 | 2025-06-10 |")
    assert str(found.checkout[0]) == "2025-06-10"
    assert found.in_shop.tolist() == [False]


def test_a_checkout_after_the_day_means_the_car_is_in_the_shop():
    """
    V19; one open order of a visit is enough.
    """
    lines = "V1 | 2025-06-10 | 2025-06-11\nV1 | 2025-06-10 | 2025-06-15"
    assert visits(lines, as_of="2025-06-14").in_shop.tolist() == [True]
    assert visits(lines, as_of="2025-06-15").in_shop.tolist() == [False]


def test_a_visit_after_the_day_is_not_there():
    """
    The day itself is.
    """
    lines = "V1 | 2025-06-10T18:00 |"
    assert [len(visits(lines, as_of=day)) for day in ("2025-06-09", "2025-06-10")] == [0, 1]


def test_an_order_without_a_date_is_no_visit():
    """
    V15.
    """
    assert len(visits("V1 | | 2025-06-11")) == 0


@pytest.mark.parametrize(
    ("work", "pay", "paid", "total", "amount"),
    [
        pytest.param("一般维修", "自费", "300", "500", 300, id="own: the paid amount"),
        pytest.param("一般维修", "自费", "", "500", 500, id="own, blank: the total"),
        pytest.param("首保", "自费", "300", "", 300, id="own: whatever the work"),
        pytest.param("事故车", "保险", "300", "500", 300, id="insurance: the own share"),
        pytest.param("事故车", "保险", "", "500", 0, id="insurance, blank: nothing"),
        pytest.param("一般维修", "", "300", "500", 300, id="no pay type: like own"),
        pytest.param("一般维修", "", "", "500", 500, id="no pay type, blank: the total"),
        pytest.param("首保", "", "300", "500", 0, id="no pay type: a first service is free"),
        pytest.param("索赔", "", "300", "500", 0, id="no pay type: so is a warranty claim"),
        pytest.param("返修", "", "300", "500", 0, id="no pay type: and rework"),
        pytest.param("一般维修", "首保免费", "300", "500", 0, id="free first service"),
        pytest.param("一般维修", "保修索赔", "300", "500", 0, id="warranty"),
        pytest.param("一般维修", "内部", "300", "500", 0, id="internal"),
        pytest.param("一般维修", "活动赠送", "300", "500", 0, id="gift"),
    ],
)
def test_what_the_customer_paid_of_a_repair_order(work, pay, paid, total, amount):
    """
    DOM 4.5, "Paid by one repair order".
    """
    assert visits(f"V1 | 2025-06-10 | | | {work} | {pay} | {paid} | {total}").paid.tolist() == [amount]


def test_a_walk_in_is_a_visit_of_nobody():
    """
    It counts, but belongs to no customer.
    """
    found = visits("V9 | 2025-06-10 |")
    assert found.party.tolist() == [-1]
