# ruff: noqa: E501 (a drawn row stays in one piece)
"""Referrals, clubs, WeChat and key accounts: what is kept, what is due, whom to ask (DOM 2.11, 2.12, 3.5)."""

from __future__ import annotations

import pytest

from tests.tables import situation
from xl_retention.domain.relations import accounts, clubs, referrals, unbound
from xl_retention.domain.worklist import todays_calls

CUSTOMERS = """
    customer_id | customer_name | mobile      | hobbies    | wechat_bound | wechat_bind_date | do_not_contact
    C1          | Ada           | 13900000001 | 足球、自驾 |              |                  |
    C2          | Bo            | 13900000002 |            | yes          |                  |
    C3          | Cy            | 13900000003 |            |              | 2025-01-01       |
    C4          | Di            | 13900000004 | 足球       |              |                  | yes
"""


def known(as_of: str = "2025-05-31", **more: str):
    return situation(as_of, **{"customer": CUSTOMERS, **more})


def occasions(as_of: str = "2025-05-31", **more: str) -> list[str]:
    store = known(as_of, **more)
    return [f"{store.identities.ids[each.party]} {each.occasion} {each.day}" for each in unbound(store)]


BOOKINGS = "booking_id | customer_id | appointment_at | status\n" + "\n".join(
    f"B{number} | C{number} | {{day}} | {{status}}" for number in (1, 2, 3, 4)
)


@pytest.mark.parametrize(
    ("day", "status", "listed"),
    [
        ("2025-05-31", "", ["C1 appointment 2025-05-31"]),
        ("2025-06-20", "", ["C1 appointment 2025-06-20"]),
        ("2025-05-30", "", []),
        ("2025-06-20", "取消", []),
    ],
)
def test_whoever_comes_and_is_not_bound_is_asked(day, status, listed):
    """
    Bound by a tick or by a day; nobody who wants no contact.
    """
    assert occasions(booking=BOOKINGS.format(day=day, status=status)) == listed


@pytest.mark.parametrize(
    ("visit", "listed"),
    [
        ("V1 | 2025-05-31 | 2025-05-31", ["C1 here 2025-05-31"]),
        ("V1 | 2025-05-20 | 2025-06-02", ["C1 here 2025-05-20"]),
        ("V1 | 2025-05-20 | 2025-05-30", []),
    ],
)
def test_whoever_is_here_is_asked(visit, listed):
    cars = "vin | customer_id\nV1 | C1"
    assert occasions(vehicle=cars, service_visit=f"vin | visit_date | checkout_date\n{visit}") == listed


@pytest.mark.parametrize(("day", "asked"), [("2025-05-24", True), ("2025-05-23", False), ("2025-06-01", False)])
def test_a_new_owner_is_asked_for_a_week(day, asked):
    cars = f"vin | customer_id | delivery_date\nV1 | C1 | {day}"
    assert bool(occasions(vehicle=cars)) is asked


def test_a_store_that_does_not_keep_who_is_bound_has_nobody_to_ask():
    assert occasions(customer="customer_id\nC1", booking=BOOKINGS.format(day="2025-06-01", status="")) == []


def test_clubs_have_members_teams_and_captains_and_whom_to_invite():
    members = """
        customer_id | interest | team    | captain
        C2          | 足球     | Falcons | yes
        C3          | 足球     | Owls    |
        C2          | 台球     |         |
    """
    interests = "customer_id | interest\nC3 | 足球\nC3 | 自驾\nC9 | 自驾"
    found = {club.interest: club for club in clubs(known(club_member=members, interest=interests))}

    assert sorted(found) == ["台球", "自驾", "足球"]
    football = found["足球"]
    assert football.teams == (("Falcons", (1,)), ("Owls", ()))
    assert (football.members, football.others) == ((1, 2), (0,))
    assert football.without_captain == ("Owls",)
    assert found["台球"].without_captain == ()
    assert set(found["自驾"].others) == {0, 2}


REFERRALS = "referral_id | referrer_id | friend_name | date | deal_date\nF1 | C1 | Eve | 2025-05-01 |\nF2 | C1 | Flo | 2025-05-20 | 2025-05-29\nF3 | Zoe | Gus | |"


def told(**more: str) -> list[tuple[int, str, bool]]:
    store = known(referral=REFERRALS, **more)
    return [
        (each.place, str(each.due.deadline) if each.due else "", each.thanked)
        for each in referrals(store, todays_calls(store))
    ]


def test_referrals_stand_newest_first_with_the_thanks_that_are_due():
    assert told() == [(1, "2025-05-21", False), (0, "2025-05-21", False), (2, "", False)]


def test_thanks_count_for_what_lies_before_them():
    log = "customer_id | contact_at | rule_code | result\nC1 | 2025-05-22 | REF-THANKS | 接通"
    assert [each[2] for each in told(contact_log=log)] == [False, True, False]
    later = log.replace("05-22", "05-30")
    assert [each[2] for each in told(contact_log=later)] == [True, True, False]


ACCOUNTS = """
    account_no | name | owner | contacts | second_contact
    K1         | Ames | Kim   | Kim      | Lee
    K2         | Boon | Kim   | Kim，Lee |
    K3         | Cord | Kim   | Kim      | kim
    K4         | Dale | Kim   |          |
"""


def test_an_important_customer_is_known_to_two_colleagues():
    """
    DOM 2.12, 6.8; one name written twice is one colleague.
    """
    store = known(key_account=ACCOUNTS)
    found = accounts(store, todays_calls(store))

    assert [each.too_few_contacts for each in found] == [False, False, True, True]


def test_a_key_account_has_its_contacts_that_are_due():
    log = "customer_id | contact_at | channel | result\nK1 | 2025-05-28 | 电话 | 接通"
    store = known(key_account=ACCOUNTS, contact_log=log)
    first, second, *_ = accounts(store, todays_calls(store))

    assert {due.rule for due in second.due} == {"KA-WEEK", "KA-MONTH", "KA-QTR"}
    assert {due.rule for due in first.due} == {"KA-QTR"}
    assert (str(first.last_contact), str(second.last_contact)) == ("2025-05-28", "NaT")
