"""Cards: their numbers, and what a yellow card is planned from (DOM 6.5)."""

# ruff: noqa: N802

import datetime as dt

import pytest

from tests.tables import situation
from xl_retention.domain.cards import card_numbers, yellow_cards
from xl_retention.domain.dates import Period

DAY = dt.date(2025, 3, 7)


def test_T29_the_third_card_of_a_day():
    """
    YYMMDD of its creation, and a count of the day.
    """
    numbers = card_numbers([], DAY)

    assert [numbers.next() for _ in range(3)] == ["250307-01", "250307-02", "250307-03"]


@pytest.mark.parametrize(
    ("taken", "number"),
    [
        (["250307-01", "250307-02"], "250307-03"),
        (["250307-02"], "250307-03"),
        (["250306-09"], "250307-01"),
        (["250307"], "250307-02"),
        (["250307-99"], "250307-100"),
    ],
)
def test_T29_numbers_go_on_from_those_of_the_day(taken, number):
    """
    A bare day counts as the first; no number is given twice.
    """
    assert card_numbers(taken, DAY).next() == number


def test_a_card_is_planned_from_what_is_known_on_the_day_of_delivery():
    """
    The paper is printed on that day: later visits and calls do not change it.
    """
    given = {
        "customer": "customer_id | customer_name | mobile\nC1 | Ada | 13900000001\nC2 | Bo | 13900000002",
        "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2026-11-18\nV2 | C2 | 2026-10-30",
    }
    (plain,) = yellow_cards(situation("2026-11-21", **given), Period.month("2026-11"))
    (later,) = yellow_cards(
        situation(
            "2027-06-01",
            service_visit="ro_no | vin | visit_date | work_type\nR1 | V1 | 2027-01-05 | 首保",
            contact_log="customer_id | contact_at | rule_code | result\nC1 | 2026-11-20 | DLV-3D | 接通",
            **given,
        ),
        Period.month("2026-11"),
    )

    assert (plain.party, plain.delivered) == (0, dt.date(2026, 11, 18))
    assert plain.plan.rule.tolist() == later.plan.rule.tolist()
    assert plain.plan.due.tolist() == later.plan.due.tolist()
