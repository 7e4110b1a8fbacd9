"""Campaigns: whom to invite, on which days, and who came (DOM 2.11, 3.5 NEWCAR and PROMO)."""

from __future__ import annotations

import pytest

from tests.tables import situation
from xl_retention.domain.campaigns import Turnout, campaign_problems, campaigns, invitees, target

CUSTOMERS = """
    customer_id | consent_marketing | do_not_contact | hobbies      | region_type | birth_date
    C1          | yes               |                | 足球、自驾   | 市区        | 1985-05-05
    C2          | yes               |                | 采摘         | 乡镇        | 1995-05-05
    C3          | yes               | yes            | 足球         | 市区        | 1985-05-05
    C4          |                   |                | 足球         | 市区        | 1985-05-05
    C5          | yes               |                |              | 市区        | 1965-05-05
"""
VEHICLES = """
    vin | customer_id | series
    V1  | C1          | CS75
    V2  | C2          | CS55
    V5  | C5          | CS75
"""


def campaign(kind: str = "新车上市", start: str = "2026-05-20", end: str = "", filter_: str = "") -> str:
    return (
        f"campaign_id | name | kind | start | end | target_filter\nA1 | Spring | {kind} | {start} | {end} | {filter_}"
    )


def known(as_of: str = "2026-05-10", **drawings: str):
    return situation(as_of, **{"customer": CUSTOMERS, "vehicle": VEHICLES, **drawings})


def invited(as_of: str = "2026-05-10", **drawings: str) -> list[str]:
    store = known(as_of, **drawings)
    (found,) = campaigns(store)
    return store.identities.ids[invitees(store, found)].tolist() if found.listed else []


@pytest.mark.parametrize(
    ("kind", "rule", "due"),
    [("新车上市", "NEWCAR", "2026-05-06"), ("讲座", "NEWCAR", "2026-05-06"), ("促销", "PROMO", "2026-05-20")],
)
def test_the_kind_of_campaign_decides_the_rule(kind, rule, due):
    (found,) = campaigns(known(campaign=campaign(kind)))

    assert (found.rule.code, str(found.due)) == (rule, due)


@pytest.mark.parametrize(
    ("kind", "day", "listed"),
    [
        ("新车上市", "2026-05-05", False),
        ("新车上市", "2026-05-06", True),
        ("新车上市", "2026-05-20", True),
        ("新车上市", "2026-05-21", False),
        ("促销", "2026-05-19", False),
        ("促销", "2026-05-20", True),
        ("促销", "2026-05-21", False),
    ],
)
def test_invitations_are_listed_from_the_open_day_to_the_first_day(kind, day, listed):
    assert bool(invited(day, campaign=campaign(kind))) == listed


@pytest.mark.parametrize(("day", "listed"), [("2026-05-25", True), ("2026-05-26", False)])
def test_a_campaign_with_a_last_day_is_listed_until_then(day, listed):
    assert bool(invited(day, campaign=campaign("促销", end="2026-05-25"))) == listed


def test_a_campaign_without_a_first_day_brings_about_nothing():
    assert campaigns(known(campaign=campaign(start=""))) == []


def test_only_who_agreed_to_messages_and_may_be_contacted_is_invited():
    assert invited(campaign=campaign()) == ["C1", "C2", "C5"]


def test_who_is_invited_already_is_not_invited_again():
    asked = "campaign_id | customer_id | invited_on | reply\nA1 | C1 | 2026-05-07 |\nB9 | C2 | 2026-05-07 | 参加"

    assert invited(campaign=campaign(), invitation=asked) == ["C2", "C5"]


@pytest.mark.parametrize(
    ("text", "customers"),
    [
        ("", ["C1", "C2", "C3", "C4", "C5"]),
        ("市区", ["C1", "C3", "C4", "C5"]),
        ("City", ["C1", "C3", "C4", "C5"]),
        ("80后、60后", ["C1", "C3", "C4", "C5"]),
        ("市区, 80后", ["C1", "C3", "C4"]),
        ("足球", ["C1", "C3", "C4"]),
        ("CS75", ["C1", "C5"]),
        ("cs75; 60后", ["C5"]),
    ],
)
def test_labels_of_one_scheme_are_either_or_and_of_several_both(text, customers):
    store = known()
    found = target(store, text)

    assert found.unknown == ()
    assert store.identities.ids[: len(found.customers)][found.customers].tolist() == customers


def test_a_target_that_is_not_understood_invites_nobody_and_is_told():
    store = known(campaign=campaign(filter_="市区, 月球"))
    (problem,) = campaign_problems(store)

    assert (problem.code, problem.found) == ("target_unknown", "月球")
    assert invited(campaign=campaign(filter_="市区, 月球")) == []


def test_the_turnout_counts_replies_guests_and_attendance():
    asked = """
        campaign_id | customer_id | reply  | plus_ones | attended | deal
        A1          | C1          | 参加   | 2         | yes      | yes
        A1          | C2          | 参加   |           |          |
        A1          | C4          | 不参加 | 1         |          |
        A1          | C5          | 待定   |           | yes      |
        A2          | C5          | 参加   | 1         | yes      | yes
    """
    (found,) = campaigns(known(campaign=campaign(), invitation=asked))

    assert found.turnout == Turnout(invited=4, comes=2, declined=1, pending=1, guests=2, attended=2, deals=1)
