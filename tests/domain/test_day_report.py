"""The day of each person: made, left, complaints, bookings and what nobody has reviewed (DOM 6.1, 6.4)."""

from __future__ import annotations

import pytest

from tests.tables import situation
from xl_retention.domain.day_report import PersonsDay, day_report
from xl_retention.domain.worklist import todays_calls

CUSTOMERS = """
    customer_id | customer_name | sales_advisor | cs_owner
    C1          | Ada           | Meg           | Kim
    C2          | Bo            | Rob           |
"""
VEHICLES = "vin | customer_id | delivery_date\nV1 | C1 | 2026-03-15\nV2 | C2 | 2026-03-17"


def report(as_of: str = "2026-03-20", staff: str | None = None, **drawings: object) -> dict[str, PersonsDay]:
    known = situation(
        as_of, **{"customer": CUSTOMERS, "vehicle": VEHICLES, "only": ("DLV-3D", "DLV-7D-CS"), **drawings}
    )
    return {day.staff: day for day in day_report(known, todays_calls(known), staff)}


def log(*rows: str) -> str:
    return "contact_id | customer_id | contact_at | staff | result | rule_code | checked_by\n" + "\n".join(rows)


def test_contacts_of_the_day_count_for_who_made_them():
    people = report(
        contact_log=log(
            "L1 | C1 | 2026-03-20T09:00 | Meg | 接通 | x |",
            "L2 | C2 | 2026-03-20T08:00 | Meg | 未接 | x |",
            "L3 | C2 | 2026-03-20T10:00 | Meg | 接通 | x |",
            "L4 | C2 | 2026-03-19T10:00 | Meg | 接通 | x |",
            "L5 | C2 | 2026-03-20T10:00 | Kim | 接通 | x |",
        )
    )

    assert people["Meg"].made == [1, 0, 2]
    assert people["Kim"].made == [4]


def test_calls_left_wait_for_their_owner_and_nobodys_come_last():
    people = report()

    assert {name: (len(day.left), day.overdue) for name, day in people.items()} == {
        "Kim": (1, 0), "Meg": (1, 1), "Rob": (1, 0),
    }  # fmt: skip
    assert list(report(customer="customer_id\nC1\nC2")) == [""]


def test_open_complaints_stand_with_their_handler():
    people = report(
        complaint="""
            complaint_id | received_at      | customer_id | handler | resolved_at | followup_at | status
            X1           | 2026-03-19T09:00 | C1          | Sun     |             |             |
            X2           | 2026-03-19T09:00 | C1          | Sun     | 2026-03-19  |             | 已解决
            X3           | 2026-03-19T09:00 | C1          | Sun     | 2026-03-19  | 2026-03-20  | 已解决
            X4           | 2026-03-19T09:00 | C1          | Sun     |             |             | 已关闭
            X5           | 2026-03-21T09:00 | C1          | Sun     |             |             |
        """
    )

    assert people["Sun"].complaints == [0, 1]


def test_a_booking_belongs_to_who_talked_to_the_customer_last_on_that_day():
    people = report(
        contact_log=log(
            "L1 | C1 | 2026-03-20T09:00 | Meg | 接通 | x |",
            "L2 | C1 | 2026-03-20T11:00 | Kim | 接通 | x |",
        ),
        booking="""
            booking_id | customer_id | booked_on        | appointment_at
            B1         | C1          | 2026-03-20T11:05 | 2026-03-25T09:00
            B2         | C2          | 2026-03-20T12:00 | 2026-03-25T09:00
            B3         | C1          | 2026-03-19T12:00 | 2026-03-25T09:00
        """,
    )

    assert (people["Kim"].bookings, people[""].bookings) == ([0], [1])


@pytest.mark.parametrize(("day", "listed"), [("2026-02-20", False), ("2026-02-21", True), ("2026-03-20", True)])
def test_rows_of_the_last_month_without_review_are_listed(day, listed):
    rows = (f"L1 | C1 | {day}T09:00 | Meg | 接通 | x |", f"L2 | C1 | {day} | Meg | 接通 | x | Sun")
    people = report(contact_log=log(*rows))

    assert people["Meg"].unread == ([0] if listed else [])


def test_a_store_without_a_column_for_the_review_has_nothing_unread():
    rows = "contact_id | customer_id | contact_at | staff | result\nL1 | C1 | 2026-03-20 | Meg | 接通"

    assert report(contact_log=rows)["Meg"].unread == []


def test_one_person_is_reported_on_even_with_nothing_to_tell():
    assert list(report(staff="Meg")) == ["Meg"]
    assert report(staff="Zoe")["Zoe"] == PersonsDay("Zoe")


@pytest.mark.parametrize(
    ("card", "unread"),
    [
        ("P1 | Meg | 2026-03-20 |            |     ", True),
        ("P1 | Meg | 2026-02-21 |            |     ", True),
        ("P1 | Meg | 2026-02-20 |            |     ", False),
        ("P1 | Meg | 2026-01-05 | 2026-03-01 |     ", True),
        ("P1 | Meg | 2026-03-20 |            | Boss", False),
    ],
)
def test_prospects_that_changed_in_the_last_month_wait_for_review(card, unread):
    """
    DOM 6.1: the supervisor reads the cards of prospects, too.
    """
    people = report(prospect=f"prospect_no | sales_advisor | created_date | lost_date | reviewed_by\n{card}")

    assert people["Meg"].unread_prospects == ([0] if unread else [])
    assert people["Meg"].unread_count == unread


def test_a_store_without_a_column_for_the_review_waits_for_none():
    assert report(prospect="prospect_no | sales_advisor | created_date\nP1 | Meg | 2026-03-20")["Meg"].unread_count == 0


def test_yellow_cards_of_this_month_and_the_last_wait_for_the_manager():
    """
    DOM 6.5: the sales manager confirms on the day of delivery.
    """
    cards = """
        card_no | customer_id | month_file | manager_checked
        A       | C1          | 2026-03    |
        B       | C1          | 2026-02    |
        C       | C1          | 2026-01    |
        D       | C1          | 2026-03    | 是
        E       | C9          | 2026-03    |
    """
    people = report(base_card=cards)

    assert people["Meg"].unread_cards == [0, 1]
    assert people[""].unread_cards == [4]
