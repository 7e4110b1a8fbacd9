"""Whose row it is (DOM 2.19)."""

import pytest

from tests.tables import situation
from xl_retention.domain.checks import row_problems

CUSTOMERS = """
    customer_id | customer_name | mobile
    C1          | Li            | 13800000001
    C2          | Wu            | 13800000002
    C3          | Li            | 13800000003
    C4          | Ma            | 13800000003
"""
CARS = """
    vin               | plate_no | customer_id
    LVHRU1860N5000001 | 京A1     | C1
    LVHRU1860N5000002 | 京A2     | C2
"""
FIRST, SECOND = "LVHRU1860N5000001", "LVHRU1860N5000002"


def whose(entity, names, cells, **more):
    """Party and car of the only row of a table."""
    given = {
        "customer": CUSTOMERS,
        "vehicle": CARS,
        "prospect": "prospect_no | mobile | created_date\nP1 | 13900000001 | 2025-01-01\nP2 | 13800000001 | 2025-01-01",
        "key_account": "account_no | contact\nG1 | 13800000009",
        **more,
    }
    identities = situation("2025-06-30", **given, **{entity: f"{names}\n{cells}"}).identities
    rows = {"contact_log": "log", "service_visit": "visits", "booking": "bookings", "complaint": "complaints"}
    found = getattr(identities, rows[entity])
    party, car = int(found.party[0]), int(found.car[0])
    return (identities.ids[party] if party >= 0 else None), (identities.car_ids[car] if car >= 0 else None)


LOG = "contact_at | customer_id | vin | plate_no | mobile | customer_name"


@pytest.mark.parametrize(
    ("cells", "party", "car"),
    [
        pytest.param("C2 | | | |", "C2", None, id="its number"),
        pytest.param("P1 | | | |", "P1", None, id="the number of a prospect"),
        pytest.param("G1 | | | |", "G1", None, id="the number of a key account"),
        pytest.param(f"C2 | {FIRST} | | |", "C2", FIRST, id="the number goes before the car"),
        pytest.param(f"C9 | {FIRST} | | |", "C1", FIRST, id="an unknown number: the owner of the car"),
        pytest.param(f" | {FIRST} | | 13800000002 |", "C1", FIRST, id="the car goes before the phone"),
        pytest.param(" | | 京A2 | |", "C2", SECOND, id="by plate"),
        pytest.param(f" | {FIRST} | 京A2 | |", "C1", FIRST, id="VIN before plate"),
        pytest.param(" | LVHRU1860N5000009 | 京A2 | |", None, "LVHRU1860N5000009", id="an unknown VIN asks no plate"),
        pytest.param(" | N5000002 | | |", "C2", SECOND, id="the tail of a VIN"),
        pytest.param(" | | | 13800000002 |", "C2", None, id="by phone"),
        pytest.param(" | | | 13800000003 | Ma", "C4", None, id="of two with that phone the one whose name fits"),
        pytest.param(" | | | 13800000003 |", None, None, id="without a name none of the two"),
        pytest.param(" | | | 13800000003 | Xu", None, None, id="nor with a name of neither"),
        pytest.param(" | | | 13800000002 | Xu", "C2", None, id="the only customer with that phone whatever the name"),
        pytest.param(" | | | 13900000001 |", "P1", None, id="else the prospect with that phone"),
        pytest.param(" | | | 13800000001 |", "C1", None, id="a customer goes before a prospect"),
        pytest.param(" | | | | Wu", None, None, id="a name alone never"),
        pytest.param(" | | | 13800000009 |", None, None, id="the phone of a key account is nobody's"),
        pytest.param("C9 | | | |", None, None, id="an unknown number alone"),
    ],
)
def test_the_customer_of_a_row(cells, party, car):
    """
    Number, car, phone, prospect's phone; the first hit wins.
    """
    assert whose("contact_log", LOG, f"2025-06-01 | {cells}") == (party, car)


@pytest.mark.parametrize("entity", ["booking", "complaint"])
def test_bookings_and_complaints_are_found_alike(entity):
    """
    One ladder for all.
    """
    for cells, party in (("C2 | |", "C2"), ("| 京A2 |", "C2"), ("| | 13800000002", "C2")):
        assert whose(entity, "customer_id | plate_no | mobile", cells)[0] == party


@pytest.mark.parametrize(
    ("cells", "party", "car"),
    [
        pytest.param(f"{FIRST} | | 13800000002", "C1", FIRST, id="the owner of the car goes first"),
        pytest.param("V9 | | 13800000002", "C2", "V9", id="an unknown car of a known phone"),
        pytest.param("V9 | 京A9 | 13700000001", None, "V9", id="a walk-in: car by its VIN"),
        pytest.param(" | 京A9 | 13700000001", None, "京A9", id="else by plate"),
        pytest.param(" | | 13700000001", None, "13700000001", id="else by phone"),
        pytest.param(" | |", None, None, id="nothing at all"),
    ],
)
def test_the_owner_of_a_visit(cells, party, car):
    """
    Visits carry no customer number.
    """
    assert whose("service_visit", "visit_date | vin | plate_no | mobile", f"2025-06-01 | {cells}") == (party, car)


def test_the_tail_of_two_cars_is_nobodys():
    """
    Only a tail that fits one car.
    """
    cars = "vin | customer_id\nAAAAAAAAAAA000001 | C1\nBBBBBBBBBBB000001 | C2"
    assert whose("contact_log", LOG, "2025-06-01 | | 000001 | | |", vehicle=cars)[0] is None


@pytest.mark.parametrize(
    ("tail", "party"), [("00001", None), ("000001", "C1"), ("N5000001", "C1"), ("0N5000001", None)]
)
def test_a_tail_has_six_to_eight_characters(tail, party):
    """
    DOM 2.4, last 6-8.
    """
    assert whose("contact_log", LOG, f"2025-06-01 | | {tail} | | |")[0] == party


def test_a_car_without_vin_goes_by_its_plate_and_without_both_by_its_owner():
    """
    The number is that among the customer's cars without either, in sheet order.
    """
    known = situation(
        "2025-06-30",
        customer=CUSTOMERS,
        vehicle="""
            vin | plate_no | customer_id
            V1  | 京A1     | C1
                | 京A2     | C1
                |          | C1
                |          | C2
                |          | C1
        """,
    )
    assert known.identities.car_ids.tolist() == ["V1", "京A2", "C1#1", "C2#1", "C1#2"]


def test_visits_of_two_customers_with_one_phone_are_of_two_cars():
    """
    Where no car is named the phone stands for it (2.19), for each customer by itself.
    """
    known = situation(
        "2025-06-30",
        customer="customer_id | customer_name | mobile\nC1 | Li | 13800000001\nC2 | Wu | 13800000001",
        service_visit="""
            customer_name | mobile      | visit_date
            Li            | 13800000001 | 2025-06-01
            Wu            | 13800000001 | 2025-06-01
            Wu            | 13800000001 | 2025-06-02
        """,
    )
    visits = known.identities.visits
    assert visits.party.tolist() == [0, 1, 1]
    assert visits.car[0] != visits.car[1] == visits.car[2]


@pytest.mark.parametrize(
    ("named", "found"),
    [
        pytest.param("京A2", "京A2", id="the plate of a car without VIN"),
        pytest.param("C2#1", "C2#1", id="the number of a car without VIN and plate"),
        pytest.param("京A1", None, id="a car with a VIN goes by its VIN alone"),
    ],
)
def test_what_stands_for_a_vin_may_stand_in_the_column_of_the_vin(named, found):
    """
    The list of calls shows it there (2.19).
    """
    known = situation(
        "2025-06-30",
        customer=CUSTOMERS,
        vehicle=f"vin | plate_no | customer_id\n{FIRST} | 京A1 | C1\n | 京A2 | C2\n | | C2",
        contact_log=f"contact_at | customer_id | vin\n2025-06-01 | C2 | {named}",
    )
    car = int(known.identities.log.car[0])
    assert (car < known.identities.listed_cars) == (found is not None)
    assert known.identities.car_ids[car] == named


def test_customers_with_one_phone_and_name_stay_two():
    """
    They are only listed as candidates, never merged.
    """
    twins = "customer_id | customer_name | mobile\nC1 | Li | 13800000001\nC2 | Li | 13800000001"
    known = situation("2025-06-30", customer=twins)
    assert known.identities.ids.tolist() == ["C1", "C2"]


def test_walk_ins_are_told_and_counted():
    """
    A data-quality row each.
    """
    known = situation(
        "2025-06-30",
        customer=CUSTOMERS,
        vehicle=CARS,
        service_visit=f"""
            vin     | mobile      | visit_date
            {FIRST} |             | 2025-06-01
            V9      | 13700000001 | 2025-06-01
                    |             | 2025-06-01
        """,
    )
    assert (known.identities.visits.party < 0).tolist() == [False, True, True]
    codes = [problem.code for problem in row_problems(known) if problem.code.startswith("visit")]
    assert codes == ["visit_of_a_walk_in", "visit_of_nobody"]
