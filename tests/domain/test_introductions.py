"""HANDOVER: whoever takes a customer over tells him within three days (DOM 3.5, 6.7); nothing without our form."""

from __future__ import annotations

import pytest

from tests.tables import Item, calls, days_listed, laid
from xl_retention.domain.cadence import Offset, RuleOverride

CUSTOMERS = "customer_id | sales_advisor\nC1 | Mia\nC2 | Mia"
STAFF = "name | role\nMia | SA\nTom | CS"
KEY = "C1//HANDOVER/2025-05-01/1"


def form(*rows: str) -> str:
    """The list of the form."""
    return "\n".join(["customer_id | old_owner | new_owner | handed_on | told_on", *rows])


TOLD = form("C1 | Lily | Mia | 2025-05-01 |")


def items(as_of: str, told: str = TOLD, **given: object) -> list[Item]:
    return laid(as_of, "HANDOVER", customer=CUSTOMERS, staff=STAFF, introduction=told, **given)


def test_the_new_owner_calls_from_the_day_itself_to_the_third_day_after():
    (item,) = items("2025-05-01")

    assert (item.key, item.window) == (KEY, "2025-05-01 2025-05-01 2025-05-04 2025-05-18")
    assert days_listed(KEY, "2025-04-28", "2025-05-25", customer=CUSTOMERS, introduction=TOLD) == (
        "2025-05-01..2025-05-18"
    )


@pytest.mark.parametrize(("name", "role"), [("Mia", "SA"), ("Tom", "CS"), ("Nobody", "SA")])
def test_the_call_is_the_new_owners_in_his_own_role(name: str, role: str):
    """
    A name that is not on the staff sheet has the role of the rule.
    """
    given = {"customer": CUSTOMERS, "staff": STAFF, "only": ("HANDOVER",)}
    (call,) = calls("2025-05-02", introduction=form(f"C1 | Lily | {name} | 2025-05-01 |"), **given)

    assert (call.owner, call.role, call.priority) == (name, role, 2)


def test_a_role_of_the_rules_sheet_goes_first():
    (item,) = items("2025-05-01", form("C1 | Lily | Tom | 2025-05-01 |"), rules={"HANDOVER": RuleOverride(role="SM")})

    assert item.role == "SM"


@pytest.mark.parametrize(("as_of", "stopped"), [("2025-05-02", False), ("2025-05-03", True)])
def test_a_day_of_telling_on_the_form_ends_it_from_that_day_on(as_of: str, stopped: bool):
    (item,) = items(as_of, form("C1 | Lily | Mia | 2025-05-01 | 2025-05-03"))

    assert item.stopped == stopped


@pytest.mark.parametrize(
    ("row", "stopped"),
    [
        ("Lily | Mia | 2025-05-01 | 2025-05-02", True),
        ("Lily | Mia | 2025-05-01 | 2025-05-03", False),
        ("Lily | Mia | 2025-05-01 |", False),
        ("Lily | Tom | 2025-05-01 | 2025-05-02", False),
        ("Lily | Mia | 2025-04-30 | 2025-05-02", False),
    ],
)
def test_the_day_on_which_all_were_told_ends_those_of_that_hand_over(row: str, stopped: bool):
    """
    customer_notified_on of the row with the same two people and the same day, once that day has come.
    """
    (item,) = items("2025-05-02", handover=f"from | to | date | customer_notified_on\n{row}")

    assert item.stopped == stopped


def test_a_call_logged_under_the_rule_closes_it():
    given = {"customer": CUSTOMERS, "introduction": TOLD}
    log = "customer_id | contact_at | rule_code | result\nC1 | 2025-05-03 | 交接告知 | 接通"

    assert days_listed("HANDOVER", "2025-05-01", "2025-05-10", contact_log=log, **given) == "2025-05-01..2025-05-02"


def test_whoever_was_handed_on_once_more_is_called_by_the_last_one_only():
    twice = form("C1 | Lily | Mia | 2025-05-01 |", "C1 | Mia | Tom | 2025-05-03 |")

    assert [(item.key, item.stopped) for item in items("2025-05-02", twice)] == [(KEY, False)]
    assert [(item.key[-12:], item.stopped) for item in items("2025-05-03", twice)] == [
        ("2025-05-01/1", True), ("2025-05-03/1", False),
    ]  # fmt: skip


def test_nobody_on_file_and_no_form_give_nothing():
    assert items("2025-05-02", form("C9 | Lily | Mia | 2025-05-01 |")) == []
    handover = "from | to | date\nLily | Mia | 2025-05-01"
    assert laid("2025-05-02", "HANDOVER", customer=CUSTOMERS, handover=handover) == []


def test_windows_of_the_rules_sheet_hold():
    (item,) = items("2025-05-02", rules={"HANDOVER": RuleOverride(deadline=Offset.parse("+1d"))})

    assert item.window == "2025-05-01 2025-05-01 2025-05-02 2025-05-16"
