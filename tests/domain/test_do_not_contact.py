"""The list Do Not Contact: it wins over all but complaints, and a car delivered later ends it (DOM 0.3)."""

import pytest

from tests.tables import situation, worklist
from xl_retention.domain.checks import row_problems
from xl_retention.domain.mailing import mailing_list

TWO = {
    "customer": "customer_id | mobile | consent_marketing\nC1 | 13900000001 | yes\nC2 | 13900000002 | yes",
    "vehicle": """
        vin | plate_no | customer_id | delivery_date | insurance_expiry
        V1  | 沪A00001 | C1          | 2025-03-01    |
        V2  | 沪A00002 | C2          | 2025-03-01    |
    """,
}


def listed(as_of, rows, only=("DLV-7D-CS",), **more):
    """Customers on the list with a ban drawn as `customer_id | mobile | plate_no | vin | kind | since`."""
    found = worklist(
        as_of,
        only=only,
        do_not_contact="customer_id | mobile | plate_no | vin | kind | since\n" + rows,
        **{**TWO, **more},
    )
    assert {stop.reason for stop in found.suppressed} <= {"do_not_contact"}
    return sorted(call.customer_id for call in found.calls)


@pytest.mark.parametrize("row", ["C1", " | 13900000001", " | | 沪A00001", " | | | V1"])
def test_a_customer_or_a_car_is_left_alone(row):
    cells = [*row.split("|"), "", "", "", ""][:4]
    assert listed("2025-03-06", " | ".join([*cells, "all", ""])) == ["C2"]


@pytest.mark.parametrize(("day", "left"), [("2025-03-05", ["C1", "C2"]), ("2025-03-06", ["C2"])])
def test_it_begins_on_its_day(day, left):
    assert listed(day, "C1 | | | | all | 2025-03-06") == left


@pytest.mark.parametrize(
    ("kind", "rule", "stopped"),
    [
        ("all", "DLV-7D-CS", True),
        ("phone", "DLV-7D-CS", True),
        ("message", "DLV-7D-CS", False),
        ("marketing", "DLV-7D-CS", False),
        ("phone", "BDAY-7", False),
        ("message", "BDAY-7", True),
        ("marketing", "BDAY-7", True),
        ("marketing", "TRADE-IN", True),
        ("phone", "TRADE-IN", True),
    ],
)
def test_the_kind_says_what_stops(kind, rule, stopped):
    day = {"DLV-7D-CS": "2025-03-06", "BDAY-7": "2025-03-06", "TRADE-IN": "2029-03-01"}[rule]
    customer = "customer_id | consent_marketing | birth_date\nC1 | yes | 03-10"
    found = listed(day, f"C1 | | | | {kind} |", only=(rule,), customer=customer)
    assert found == ([] if stopped else ["C1"])


def test_complaints_go_on():
    found = listed(
        "2025-03-06",
        "C1 | | | | all |",
        only=("CMP-24H", "CMP-USE", "DLV-7D-CS"),
        complaint="complaint_id | customer_id | received_at | category\nK1 | C1 | 2025-03-05T10:00 | 服务",
    )
    assert found == ["C1", "C2"]


NEW_CAR = TWO["vehicle"] + "V3 | | C1 | {day} |\n"


@pytest.mark.parametrize(("delivered", "left"), [("2025-03-02", ["C2"]), ("2025-03-03", ["C1", "C1", "C2"])])
def test_a_car_delivered_later_ends_it(delivered, left):
    """
    Since 03-02: a car of that very day does not, one of the next day does, for all cars of the customer.
    """
    found = worklist(
        "2025-03-07",
        only=("DLV-7D-CS",),
        do_not_contact="customer_id | kind | since\nC1 | all | 2025-03-02",
        **{**TWO, "vehicle": NEW_CAR.format(day=delivered)},
    )
    people = sorted(key.split("/")[0] for call in found.calls for key in call.due_keys)
    assert people == left


def test_without_a_day_no_car_ends_it():
    found = listed("2025-03-07", "C1 | | | | all |", vehicle=NEW_CAR.format(day="2025-03-03"))
    assert found == ["C2"]


def test_the_ban_of_a_car_leaves_the_other_cars_of_its_owner():
    found = worklist(
        "2025-03-06",
        only=("DLV-7D-CS",),
        do_not_contact="plate_no | kind\n沪A00001 | all",
        **{**TWO, "vehicle": NEW_CAR.format(day="2025-03-01")},
    )
    assert sorted(call.vin for call in found.calls) == ["V2", "V3"]


@pytest.mark.parametrize("kind", ["all", "message", "marketing"])
def test_no_message_reaches_who_wants_none(kind):
    drawn = {**TWO, "do_not_contact": f"customer_id | kind\nC1 | {kind}", "only": ("SEAS-SPR",)}
    assert [message.customer_id for message in mailing_list(situation("2025-03-06", **drawn))] == ["C2"]


def test_who_wants_no_calls_still_gets_messages():
    drawn = {**TWO, "do_not_contact": "customer_id | kind\nC1 | phone", "only": ("SEAS-SPR",)}
    assert [message.customer_id for message in mailing_list(situation("2025-03-06", **drawn))] == ["C1", "C2"]


def test_a_row_that_reaches_nobody_is_told():
    known = situation(
        "2025-03-06", do_not_contact="customer_id | plate_no | kind\nC9 | | all\n | 沪A99999 | all\nC1 | | all", **TWO
    )
    told = [(found.found, found.severity) for found in row_problems(known) if found.code == "do_not_contact_of_nobody"]
    assert told == [("C9", "high"), ("沪A99999", "high")]
