"""The plan of a month: who is in which group, on both sides of every month's end (DOM 3.7, 3.8)."""

from __future__ import annotations

import pytest

from tests.tables import situation
from xl_retention.domain.cadence import RuleOverride
from xl_retention.domain.dates import Period
from xl_retention.domain.identity import NO_CAR
from xl_retention.domain.month_plan import GROUP_CODES, GROUPS, month_plan
from xl_retention.domain.worklist import todays_calls

AS_OF, MONTH = "2026-03-31", "2026-04"
"""The plan of April, made on the last day of March."""
QUIET = ("NOTHING",)
"""No rule that reaches today's calls: nothing is overdue."""


def planned(as_of: str = AS_OF, month: str = MONTH, only=QUIET, rules=None, **drawings: object) -> dict[str, list[str]]:
    """By `customer/car` the groups of each row, in the order of the plan."""
    switched_on = (*only, *(group.code for group in GROUPS))
    known = situation(as_of, only=switched_on, rules=rules, **drawings)
    plan = month_plan(known, Period.month(month), todays_calls(known))
    ids, cars = known.identities.ids, known.identities.car_ids
    return {
        f"{ids[row.party]}/{cars[row.car] if row.car != NO_CAR else ''}": list(row.groups) for row in plan.rows
    }


def cars(field: str, *days: str, more: str = "") -> dict[str, str]:
    """A car and a customer for each day: C1 with V1, C2 with V2 and so on."""
    customers = "customer_id\n" + "\n".join(f"C{n}" for n, _ in enumerate(days, 1))
    vehicles = f"vin | customer_id | {field}{more and ' | '}{more.split('=')[0]}\n" + "\n".join(
        f"V{n} | C{n} | {day}{more and ' | '}{more.partition('=')[2]}" for n, day in enumerate(days, 1)
    )
    return {"customer": customers, "vehicle": vehicles}


@pytest.mark.parametrize(
    ("field", "group", "inside", "outside"),
    [
        ("delivery_date", "PLAN-PREV", ("2026-03-01", "2026-03-31"), ("2026-02-28", "2026-04-01")),
        ("delivery_date", "DLV-M03", ("2026-01-01", "2026-01-31"), ("2025-12-31", "2026-02-01")),
        ("insurance_expiry", "INS-1M", ("2026-05-01", "2026-05-31"), ("2026-04-30", "2026-06-01")),
        ("inspection_expiry", "INSP-1M", ("2026-05-01", "2026-05-31"), ("2026-04-30", "2026-06-01")),
    ],
)
def test_a_group_begins_and_ends_with_its_month(field, group, inside, outside):
    rows = planned(**cars(field, *inside, *outside))

    assert {"C1/V1": [group], "C2/V2": [group]} == {key: groups for key, groups in rows.items() if group in groups}


def test_the_months_around_the_turn_of_the_year():
    rows = planned(
        "2026-01-02",
        "2026-01",
        **cars("delivery_date", "2025-12-31", "2025-10-01", "2025-11-30"),
    )
    expiring = planned("2026-12-01", "2026-12", **cars("insurance_expiry", "2027-01-31", "2027-02-01"))

    assert rows == {"C1/V1": ["PLAN-PREV"], "C2/V2": ["DLV-M03"]}
    assert expiring == {"C1/V1": ["INS-1M"]}


def test_a_delivery_that_the_day_does_not_know_yet_is_not_planned():
    """
    DOM V19: the plan of April, made on 10 March, cannot know a delivery of 20 March.
    """
    rows = cars("delivery_date", "2026-03-10", "2026-03-20")

    assert planned("2026-03-10", **rows) == {"C1/V1": ["PLAN-PREV"]}


def test_where_the_delivery_is_blank_the_purchase_counts():
    assert planned(**cars("purchase_date", "2026-03-15")) == {"C1/V1": ["PLAN-PREV"]}


@pytest.mark.parametrize(
    ("kind", "field", "result", "listed"),
    [
        ("保险", "insurance_expiry", "本店续保", False),
        ("保险", "insurance_expiry", "未续", True),
        ("年检", "inspection_expiry", "已年检", False),
        ("年检", "inspection_expiry", "待定", True),
    ],
)
def test_what_is_renewed_already_is_not_planned(kind, field, result, listed):
    rows = planned(
        **cars(field, "2026-05-10"),
        renewal=f"renewal_id | vin | kind | expiry | result\nR1 | V1 | {kind} | 2026-05-10 | {result}",
    )

    assert bool(rows) == listed


def birthdays(month: str, *days: str, **more: object) -> list[str]:
    customers = "customer_id | birth_date\n" + "\n".join(f"C{n} | {day}" for n, day in enumerate(days, 1))
    rows = planned(month=month, customer=customers, **more)
    assert all(groups == ["BDAY-MONTH"] for groups in rows.values())
    return list(rows)


def test_birthdays_of_the_month_with_and_without_a_year():
    assert birthdays("2026-04", "1980-04-01", "04-30", "1980-03-31", "05-01") == ["C1/", "C2/"]


@pytest.mark.parametrize(
    ("month", "feb29", "listed"),
    [
        ("2027-02", "28feb", True),
        ("2027-03", "28feb", False),
        ("2027-02", "1mar", False),
        ("2027-03", "1mar", True),
        ("2028-02", "28feb", True),
        ("2028-02", "1mar", True),
        ("2028-03", "1mar", False),
    ],
)
def test_a_birthday_on_29_february_is_kept_on_another_day_in_a_common_year(month, feb29, listed):
    """
    DOM V8.
    """
    assert bool(birthdays(month, "1988-02-29", parameters={"feb29_observe": feb29})) == listed


VISITS = """
    ro_no | vin | visit_date | work_type | paid_amount | total_amount
    R1    | V1  | 2025-06-01 | 一般维修 | 7000        | 7000
    R2    | V1  | 2025-09-01 | 一般维修 | 7000        | 7000
    R3    | V1  | 2025-11-01 | 一般维修 | 7000        | 7000
    R4    | V1  | 2026-01-01 | 一般维修 | 7000        | 7000
    R5    | V2  | 2026-01-01 | 一般维修 | 100         | 100
"""


def test_vip_are_the_customers_with_a_car_of_high_value():
    rows = planned(**cars("model", "X", "X"), service_visit=VISITS)

    assert rows == {"C1/V1": ["PLAN-VIP"]}


def test_a_customer_with_two_cars_of_high_value_is_contacted_once():
    of_v1 = [line for line in VISITS.splitlines() if "V1" in line]
    two = "\n".join([VISITS, *(line.replace("R", "S").replace("V1", "V3") for line in of_v1)])
    rows = planned(
        customer="customer_id\nC1\nC2",
        vehicle="vin | customer_id\nV1 | C1\nV2 | C2\nV3 | C1",
        service_visit=two,
    )

    assert rows == {"C1/V1": ["PLAN-VIP"]}


@pytest.mark.parametrize(
    ("due", "listed"), [("2026-04-30", False), ("2026-05-01", True), ("2026-05-31", True), ("2026-06-01", False)]
)
def test_cars_due_for_maintenance_in_the_month_after_are_listed(due, listed):
    """
    DOM 3.3 MNT-MONTH: the export of the end of April holds what is due in May.
    """
    rows = planned(
        **cars("next_service_date", due),
        service_visit="ro_no | vin | visit_date | work_type\nR1 | V1 | 2025-11-01 | 定期保养",
    )

    assert rows == ({"C1/V1": ["MNT-MONTH"]} if listed else {})


def test_a_car_that_waits_for_its_first_service_is_no_maintenance():
    assert planned(**cars("delivery_date", "2026-02-10")) == {}


@pytest.mark.parametrize(
    ("visit", "listed"), [("2026-02-28", False), ("2026-03-01", True), ("2026-03-31", True), ("2026-04-01", False)]
)
def test_repairs_of_the_month_before_are_listed(visit, listed):
    rows = planned(
        "2026-04-02",
        **cars("model", "X"),
        service_visit=f"ro_no | vin | visit_date | work_type\nR1 | V1 | {visit} | 一般维修",
    )

    assert rows == ({"C1/V1": ["REPAIR-LIST"]} if listed else {})


@pytest.mark.parametrize(("again", "listed"), [("2026-03-10", True), ("2026-03-11", False), ("2026-04-01", False)])
def test_a_car_that_was_here_since_its_repair_is_not_listed(again, listed):
    rows = planned(
        "2026-04-02",
        **cars("model", "X"),
        service_visit=f"""
            ro_no | vin | visit_date | work_type
            R1    | V1  | 2026-03-10 | 事故车
            R2    | V1  | {again}    | 定期保养
        """,
    )

    assert rows == ({"C1/V1": ["REPAIR-LIST"]} if listed else {})


@pytest.mark.parametrize(("as_of", "listed"), [("2026-03-18", False), ("2026-03-19", True)])
def test_a_call_behind_its_deadline_comes_into_the_plan(as_of, listed):
    rows = planned(as_of, only=("DLV-3D",), **cars("delivery_date", "2026-03-15"))

    assert rows == {"C1/V1": ["PLAN-PREV", *(["OVERDUE"] if listed else [])]}


def test_prospects_and_key_accounts_come_in_by_what_is_overdue():
    rows = planned(
        only=("PRO-", "KA-WEEK"),
        customer="customer_id\nC1",
        prospect="prospect_no | created_date | name | grade | status\nP1 | 2026-03-01 | Wu | H | 在跟",
        key_account="account_no | name\nA1 | Fleet",
    )

    assert rows == {"P1/": ["OVERDUE"]}


# One row per customer and car.


def test_what_is_about_the_customer_stands_with_the_car_that_is_in_the_plan():
    rows = planned(
        customer="customer_id | birth_date\nC1 | 1980-04-10",
        vehicle="""
            vin | customer_id | insurance_expiry
            V1  | C1          |
            V2  | C1          | 2026-05-10
            V3  | C1          | 2026-05-20
        """,
    )

    assert rows == {"C1/V2": ["INS-1M", "BDAY-MONTH"], "C1/V3": ["INS-1M"]}


def test_several_groups_of_one_car_are_one_row():
    rows = planned(
        customer="customer_id | birth_date\nC1 | 1980-04-10",
        vehicle="vin | customer_id | delivery_date | insurance_expiry\nV1 | C1 | 2026-03-10 | 2026-05-10",
    )

    assert rows == {"C1/V1": ["PLAN-PREV", "INS-1M", "BDAY-MONTH"]}


def test_the_plan_is_ordered_by_advisor_group_day_and_customer():
    rows = planned(
        customer="""
            customer_id | sales_advisor
            C1          | Rob
            C2          | Meg
            C3          | Meg
            C4          | Meg
        """,
        vehicle="""
            vin | customer_id | delivery_date | insurance_expiry
            V1  | C1          | 2026-03-01    |
            V2  | C2          |               | 2026-05-01
            V3  | C3          | 2026-03-20    |
            V4  | C4          | 2026-03-10    |
        """,
    )

    assert list(rows) == ["C4/V4", "C3/V3", "C2/V2", "C1/V1"]


# Who is left out.


def test_who_asked_not_to_be_contacted_is_in_no_group():
    assert planned(
        customer="customer_id | birth_date | do_not_contact\nC1 | 1980-04-10 | yes",
        vehicle="vin | customer_id | delivery_date\nV1 | C1 | 2026-03-10",
    ) == {}  # fmt: skip


def test_an_overdue_complaint_of_somebody_who_asked_not_to_be_contacted_is_planned():
    """
    DOM 0.3: do-not-contact stops everything except complaint handling.
    """
    rows = planned(
        only=("CMP-24H",),
        customer="customer_id | do_not_contact\nC1 | yes",
        complaint="complaint_id | received_at | customer_id | category\nX1 | 2026-03-20T10:00 | C1 | 服务",
    )

    assert rows == {"C1/": ["OVERDUE"]}


@pytest.mark.parametrize("status", ["转让", "报废", "它牌置换"])
def test_a_car_that_is_gone_is_in_no_group_but_its_owner_has_a_birthday(status):
    rows = planned(
        customer="customer_id | birth_date\nC1 | 1980-04-10",
        vehicle=f"vin | customer_id | delivery_date | vehicle_status\nV1 | C1 | 2026-03-10 | {status}",
    )

    assert rows == {"C1/": ["BDAY-MONTH"]}


def test_a_car_without_a_customer_on_file_is_not_planned():
    assert planned(customer="customer_id\nC1", vehicle="vin | customer_id | delivery_date\nV1 | C9 | 2026-03-10") == {}


@pytest.mark.parametrize("group", [group.code for group in GROUPS])
def test_each_group_is_switched_off_by_the_rule_of_its_name(group):
    everything = {
        "customer": "customer_id | birth_date\n" + "\n".join(f"C{n} | 1980-04-10" for n in range(1, 6)),
        "vehicle": """
            vin | customer_id | delivery_date | insurance_expiry | inspection_expiry | next_service_date
            V1  | C1          | 2026-03-10    | 2026-05-10       | 2026-05-10        |
            V2  | C2          | 2026-01-10    |                  |                   |
            V3  | C3          |               |                  |                   | 2026-05-20
            V4  | C4          |               |                  |                   |
        """,
        "service_visit": """
            ro_no | vin | visit_date | work_type | paid_amount | total_amount
            R1    | V3  | 2025-11-01 | 定期保养 | 200         | 200
            R2    | V4  | 2025-05-01 | 一般维修 | 9000        | 9000
            R3    | V4  | 2025-08-01 | 一般维修 | 9000        | 9000
            R4    | V4  | 2025-11-01 | 一般维修 | 9000        | 9000
            R5    | V4  | 2026-03-01 | 一般维修 | 9000        | 9000
        """,
    }
    found = {code for groups in planned(**everything).values() for code in groups}
    without = {
        code for groups in planned(rules={group: RuleOverride(on=False)}, **everything).values() for code in groups
    }

    assert found == set(GROUP_CODES) - {"OVERDUE"}
    assert without == found - {group}
