"""Who makes how many calls, who takes over, and what waits (DOM 9)."""

import datetime as dt
from dataclasses import replace

import pytest

from tests.tables import store
from xl_retention.domain.capacity import Absence, Capacity
from xl_retention.domain.situation import Situation
from xl_retention.domain.worklist import todays_calls

STAFF = "name | role | status\nAnn | CS |\nBob | CS |\nCy | CS | 离职\nDan | SA |"
DAY = dt.date(2025, 3, 6)


def owned(*owners):
    """Customers C1, C2 … with their cs_owner, each with a 7-day call by customer service."""
    numbers = range(1, len(owners) + 1)
    return {
        "customer": "customer_id | cs_owner\n" + "\n".join(f"C{n} | {owner}" for n, owner in enumerate(owners, 1)),
        "vehicle": "vin | customer_id | delivery_date\n" + "\n".join(f"V{n} | C{n} | 2025-03-01" for n in numbers),
        "staff": STAFF,
    }


def work(capacity, day=DAY, only=("DLV-7D-CS",), parameters=None, **drawn):
    """The list as pairs of customer and owner, and whom tomorrow waits for."""
    drawn_store = store(only=only, parameters=parameters, **drawn)
    found = todays_calls(Situation(replace(drawn_store, capacity=capacity), day))
    return [(call.customer_id, call.owner) for call in found.calls], [call.customer_id for call in found.carried_over]


def off(name, first=DAY, last=DAY):
    return Capacity(absences=(Absence(name, first, last),))


def test_without_the_sheets_everybody_makes_all_of_his_own_calls():
    assert work(Capacity(), **owned("Ann", "Ann")) == ([("C1", "Ann"), ("C2", "Ann")], [])


def test_calls_of_somebody_who_is_off_go_to_the_colleague_with_the_fewest():
    found, waiting = work(off("Ann"), **owned("Ann", "Bob", "Ann"))
    assert found == [("C1", "Bob"), ("C2", "Bob"), ("C3", "Bob")], "who left takes nothing over"
    assert waiting == []


def test_they_are_spread_evenly():
    drawn = {**owned("Ann", "Ann", "Ann", "Bob"), "staff": STAFF + "\nEve | CS |"}
    assert work(off("Ann"), **drawn)[0] == [("C1", "Eve"), ("C2", "Bob"), ("C3", "Eve"), ("C4", "Bob")]


@pytest.mark.parametrize(
    ("first", "last", "there"),
    [
        (dt.date(2025, 3, 7), dt.date(2025, 3, 8), True),
        (dt.date(2025, 3, 6), dt.date(2025, 3, 8), False),
        (dt.date(2025, 3, 1), dt.date(2025, 3, 6), False),
        (dt.date(2025, 3, 1), dt.date(2025, 3, 5), True),
    ],
)
def test_first_and_last_day_are_days_off(first, last, there):
    assert work(off("Ann", first, last), **owned("Ann"))[0] == [("C1", "Ann" if there else "Bob")]


def test_where_nobody_of_the_role_is_there_the_call_stays_without_owner():
    both = Capacity(absences=(Absence("Ann", DAY, DAY), Absence("Bob", DAY, DAY)))
    assert work(both, **owned("Ann"))[0] == [("C1", "")]


@pytest.mark.parametrize(
    ("capacity", "most", "listed"),
    [
        (Capacity(), 0, 3),
        (Capacity(), 2, 2),
        (Capacity(of_role={"CS": 1}), 2, 1),
        (Capacity(of_role={"CS": 1}, of_person={"Ann": 2}), 0, 2),
        (Capacity(of_person={"Ann": 0}), 1, 3),
        (Capacity(of_role={"SA": 1}), 0, 3),
    ],
)
def test_a_person_goes_before_his_role_and_the_role_before_the_store(capacity, most, listed):
    found, waiting = work(capacity, parameters={"max_calls_per_staff_day": most}, **owned("Ann", "Ann", "Ann"))
    assert (len(found), len(waiting)) == (listed, 3 - listed)


@pytest.mark.parametrize(("wait", "first"), [(0, "C1"), (9, "C1"), (8, "C2")])
def test_what_has_waited_too_long_goes_before_a_higher_priority(wait, first):
    """
    C2's greeting of priority 5 has been due for 9 days; more than 8 is too long, more than 9 is not.
    """
    drawn = {
        "customer": "customer_id | cs_owner\nC1 | Ann\nC2 | Ann",
        "vehicle": "vin | customer_id | delivery_date | inspection_expiry\n"
        "V1 | C1 | 2025-03-01 |\nV2 | C2 | | 2025-03-26",
        "staff": STAFF,
    }
    found, waiting = work(
        Capacity(of_role={"CS": 1}),
        day=dt.date(2025, 3, 7),
        only=("DLV-7D-CS", "INSP-1M"),
        parameters={"max_wait_days": wait},
        **drawn,
    )
    assert [customer for customer, _ in found] == [first]
    assert sorted([first, *waiting]) == ["C1", "C2"]


def test_urgent_calls_never_wait_behind_old_ones():
    drawn = {
        **owned("Ann", "Ann"),
        "complaint": "complaint_id | customer_id | received_at | category\nK1 | C2 | 2025-03-18T10:00 | 服务",
    }
    found, waiting = work(
        Capacity(of_person={"Ann": 1, "Bob": 1}),
        day=dt.date(2025, 3, 18),
        only=("DLV-7D-CS", "CMP-24H"),
        parameters={"max_wait_days": 1},
        **drawn,
    )
    assert found[0][0] == "C2"
    assert len(found) + len(waiting) == 3
