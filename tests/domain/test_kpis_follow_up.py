# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""Follow-up key figures: the day before, the day itself and the day after (DOM 5.6, K02, K04-K10)."""

from __future__ import annotations

import datetime as dt

import pytest

from tests.figures import drawn, figure, share
from xl_retention.domain.cadence import RuleOverride

C1 = "customer_id\nC1"
CAR = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01"
ONE_VISIT = "vin | visit_date\nV1 | 2025-06-10"
LOG = "customer_id | contact_at | rule_code | result"


def store(**more: object) -> dict[str, object]:
    return {"customer": C1, "vehicle": CAR, **more}


@pytest.mark.parametrize(("as_of", "expected"), [("2025-03-04", "0/0"), ("2025-03-05", "0/1")])
def test_a_call_counts_from_the_day_after_its_deadline(as_of, expected):
    assert share("K04.DLV-3D", "2025-03", as_of, **store()) == expected
    assert share("K08", "2025-03", as_of, **store(only=("DLV-3D",))) == expected


def test_a_call_made_early_waits_for_its_deadline_too():
    log = f"{LOG}\nC1 | 2025-03-02 | DLV-3D | 接通"
    assert share("K04.DLV-3D", "2025-03", "2025-03-04", **store(contact_log=log)) == "0/0"
    assert share("K04.DLV-3D", "2025-03", "2025-03-05", **store(contact_log=log)) == "1/1"


@pytest.mark.parametrize(("day", "in_time"), [("2025-03-04", 1), ("2025-03-05", 0)])
def test_done_by_the_deadline_day(day, in_time):
    log = f"{LOG}\nC1 | {day} | DLV-3D | 接通"
    given = store(contact_log=log, only=("DLV-3D",))
    assert share("K08", "2025-03", "2025-03-31", **given) == f"{in_time}/1"
    assert share("K04.DLV-3D", "2025-03", "2025-03-31", **given) == "1/1"


@pytest.mark.parametrize(
    ("delivered", "contact", "in_time"),
    [
        ("2025-03-01T10:00", "2025-03-01T12:00", 1),
        ("2025-03-01T10:00", "2025-03-01T12:01", 0),
        ("2025-03-01T10:00", "2025-03-01", 1),
        ("2025-03-01", "2025-03-01T23:59", 1),
        ("2025-03-01T23:00", "2025-03-02T01:00", 1),
        ("2025-03-01T23:00", "2025-03-02", 1),
    ],
)
def test_the_two_hour_call_is_judged_by_the_clock_where_both_have_one(delivered, contact, in_time):
    given = store(
        vehicle=f"vin | customer_id | delivery_date\nV1 | C1 | {delivered}",
        contact_log=f"{LOG}\nC1 | {contact} | DLV-2H | 接通",
        only=("DLV-2H",),
    )
    assert share("K08", "2025-03", "2025-03-31", **given) == f"{in_time}/1"


@pytest.mark.parametrize(
    ("result", "done"), [("接通", 1), ("拒访", 1), ("已发送", 0), ("未接", 0), ("空号", 0)]
)
def test_what_makes_a_call_done(result, done):
    log = f"{LOG}\nC1 | 2025-03-03 | DLV-3D | {result}"
    assert share("K04.DLV-3D", "2025-03", "2025-03-31", **store(contact_log=log)) == f"{done}/1"


def test_a_message_makes_the_two_hour_call_done():
    log = f"{LOG}\nC1 | 2025-03-01 | DLV-2H | 已发送"
    assert share("K04.DLV-2H", "2025-03", "2025-03-31", **store(contact_log=log)) == "1/1"


def test_unreachable_stays_in_the_denominator_and_is_not_done():
    rows = [f"C1 | 2025-03-0{day} | DLV-3D | 未接" for day in (2, 3, 4)]
    given = store(contact_log=drawn(LOG, [*rows, "C1 | 2025-03-05 | DLV-3D | 接通"]), only=("DLV-3D",))
    assert share("K08", "2025-03", "2025-03-31", **given) == "0/1"
    assert share("K10", "2025-03", "2025-03-31", **given) == "0/1"


def test_all_required_calls_of_all_cars_make_a_buyer_called():
    cars = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01\nV2 | C1 | 2025-03-02"
    header = "customer_id | vin | contact_at | rule_code | result"
    calls = [f"C1 | {vin} | 2025-03-0{day} | {rule} | 接通"
             for vin in ("V1", "V2") for rule, day in (("DLV-2H", 2), ("DLV-3D", 4), ("DLV-7D-SA", 8), ("DLV-7D-CS", 8))]  # fmt: skip
    assert share("K04", "2025-03", "2025-03-31", **store(vehicle=cars, contact_log=drawn(header, calls))) == "1/1"
    assert share("K04", "2025-03", "2025-03-31", **store(vehicle=cars, contact_log=drawn(header, calls[:-1]))) == "0/1"


@pytest.mark.parametrize(
    ("customer", "expected"),
    [
        ("customer_id | do_not_contact\nC1 | yes", "0/0"),
        ("customer_id | base_scope\nC1 | 它牌", "0/0"),
        ("customer_id | base_scope\nC1 | 自销", "0/1"),
    ],
)
def test_stopped_calls_and_calls_that_do_not_exist_leave_the_buyer_out(customer, expected):
    assert share("K04", "2025-03", "2025-03-31", **store(customer=customer)) == expected


def test_a_contact_made_before_the_stop_stays_done():
    log = f"{LOG}\nC1 | 2025-03-03 | DLV-3D | 接通"
    given = store(customer="customer_id | do_not_contact\nC1 | yes", contact_log=log, only=("DLV-3D",))
    assert share("K04.DLV-3D", "2025-03", "2025-03-31", **given) == "1/1"
    assert share("K08", "2025-03", "2025-03-31", **given) == "1/1"


def test_a_rule_that_is_off_asks_for_nothing():
    off = {"DLV-3D": RuleOverride(on=False)}
    assert share("K04.DLV-3D", "2025-03", "2025-03-31", **store(rules=off)) == "0/0"
    assert share("K04", "2025-03", "2025-03-31", **store(only=("SVC-3D",))) == "0/0"


def test_items_from_before_go_live_do_not_exist():
    given = store(parameters={"go_live_date": dt.date(2025, 3, 5)})
    assert share("K04.DLV-3D", "2025-03", "2025-03-31", **given) == "0/0"
    assert share("K04.DLV-7D-SA", "2025-03", "2025-03-31", **given) == "0/1"


@pytest.mark.parametrize(("as_of", "expected"), [("2025-06-13", "0/0"), ("2025-06-14", "0/1")])
def test_a_visit_counts_when_its_call_is_past_its_deadline(as_of, expected):
    assert share("K05", "2025-06", as_of, **store(service_visit=ONE_VISIT)) == expected


def test_the_call_after_a_visit_of_the_last_day_belongs_to_the_month_of_the_visit():
    visit = "vin | visit_date | checkout_date\nV1 | 2025-06-30 | 2025-07-02"
    log = f"{LOG}\nC1 | 2025-07-04 | SVC-3D | 接通"
    assert share("K05", "2025-06", "2025-07-31", **store(service_visit=visit, contact_log=log)) == "1/1"
    assert share("K05", "2025-07", "2025-07-31", **store(service_visit=visit, contact_log=log)) == "0/0"
    assert share("K08", "2025-07", "2025-07-31", **store(service_visit=visit, contact_log=log)) == "1/1"


def test_a_car_still_in_the_shop_and_a_walk_in_have_no_call():
    visits = """
        vin | mobile      | visit_date | checkout_date
        V1  |             | 2025-06-10 | 2025-07-10
        X9  | 13900000009 | 2025-06-10 |
    """
    assert share("K05", "2025-06", "2025-06-30", **store(service_visit=visits)) == "0/0"
    assert share("K02", "2025-06", "2025-06-30", **store(service_visit=visits)) == "0/2"


def test_only_the_row_that_closed_the_call_tells_the_satisfaction():
    log = """
        customer_id | contact_at | rule_code | result | satisfaction_level
        C1          | 2025-06-12 | SVC-3D    | 接通   |
        C1          | 2025-06-13 | SVC-3D    | 接通   | 非常满意
    """
    given = store(service_visit=ONE_VISIT, contact_log=log)
    assert share("K02", "2025-06", "2025-06-30", **given) == "0/1"
    assert share("K02b", "2025-06", "2025-06-30", **given) == "0/0"
    assert share("K07", "2025-06", "2025-06-30", **given) == "1/1"


def test_a_survey_counts_by_what_it_names_or_by_what_it_closed():
    log = """
        customer_id | contact_at | rule_code | role | result | satisfaction_level
        C1          | 2025-03-03 |           | SA   | 接通   | 一般
        C1          | 2025-06-01 | 3天       | SA   | 接通   | 满意
        C1          | 2025-06-02 |           | SA   | 接通   | 满意
        C1          | 2025-06-03 | 生日      | SA   | 接通   | 满意
        C1          | 2025-06-04 | 3天       | SA   | 拒访   | 满意
        C1          | 2025-06-05 | 3天       | SA   | 接通   |
    """
    assert share("K06", "2025-03", "2025-06-30", **store(contact_log=log)) == "0/1"
    assert share("K06", "2025-06", "2025-06-30", **store(contact_log=log)) == "1/1"


@pytest.mark.parametrize(
    ("use", "row_vin", "second", "expected"),
    [
        ("营运车", "V1", "", "0/0"),
        ("营运车", "", "", "0/0"),
        ("营运车", "", "V2 | C1 | ", "1/1"),
        ("私家车", "V1", "", "1/1"),
        ("", "V1", "", "1/1"),
    ],
)
def test_commercial_cars_are_left_out_of_one_satisfaction(use, row_vin, second, expected):
    given = {
        "customer": C1,
        "vehicle": f"vin | customer_id | use_type\nV1 | C1 | {use}\n{second}",
        "contact_log": "customer_id | vin | contact_at | rule_code | result | satisfaction_level\n"
        f"C1 | {row_vin} | 2025-06-12 | 3DC | 接通 | 满意",
    }
    assert share("K07x", "2025-06", "2025-06-30", **given) == expected
    assert share("K07", "2025-06", "2025-06-30", **given) == "1/1"


def test_attempts_by_phone():
    log = """
        customer_id | contact_at | channel | result
        C1          | 2025-06-01 | 电话    | 接通
        C1          | 2025-06-01 |         | 改约
        C1          | 2025-06-02 | 微信    | 接通
        C1          | 2025-06-03 | 电话    | 已发送
        C1          | 2025-06-04 | 电话    |
        C1          | 2025-06-30 | 电话    | 空号
        C1          | 2025-07-01 | 电话    | 接通
    """
    assert share("K09", "2025-06", "2025-07-31", **store(contact_log=log)) == "1/3"


@pytest.mark.parametrize(("day", "expected"), [("2025-03-31", "1/1"), ("2025-04-01", "0/1")])
def test_the_plan_is_judged_as_if_the_period_had_just_ended(day, expected):
    given = store(
        vehicle="vin | customer_id | delivery_date\nV1 | C1 | 2025-03-24",
        contact_log=f"{LOG}\nC1 | {day} | DLV-7D-CS | 接通",
        only=("DLV-7D-CS",),
    )
    assert share("K10", "2025-03", "2025-06-30", **given) == expected


def test_covered_months_are_no_part_of_the_plan():
    log = f"{LOG}\nC1 | 2025-03-30 | 生日 | 接通"
    assert share("K10", "2025-04", "2025-06-30", **store(only=("DLV-M",))) == "0/1"
    assert share("K10", "2025-04", "2025-06-30", **store(only=("DLV-M",), contact_log=log)) == "0/0"


def test_the_rows_behind_the_figures():
    log = f"{LOG}\nC1 | 2025-03-03 | DLV-3D | 接通"
    found = figure("K08", "2025-03", "2025-03-31", **store(contact_log=log))
    assert found.rows.ids == ["C1/V1/DLV-3D/2025-03-01/1"]
    assert found.missing.ids == [
        "C1/V1/DLV-2H/2025-03-01/1", "C1/V1/DLV-7D-SA/2025-03-01/1", "C1/V1/DLV-7D-CS/2025-03-01/1",
    ]  # fmt: skip


def test_a_car_that_came_again_and_is_still_in_the_shop_has_left_only_once():
    visits = """
        vin | visit_date | checkout_date
        V1  | 2025-06-30 | 2025-07-02
        V1  | 2025-07-02 | 2025-07-20
    """
    given = store(service_visit=visits, contact_log=f"{LOG}\nC1 | 2025-07-02 | SVC-3D | 接通")
    assert share("K05", "2025-06", "2025-07-12", **given) == "1/1"
    assert share("K05", "2025-07", "2025-07-12", **given) == "0/0"


@pytest.mark.parametrize(("mobile", "expected"), [("13800138000", "1/1"), ("13900139000", "0/0")])
def test_a_visit_that_names_only_the_phone_of_a_customer_has_its_call_in_k02_and_k05(mobile, expected):
    given = {
        "customer": "customer_id | mobile\nC1 | 13800138000",
        "service_visit": f"mobile | visit_date\n{mobile} | 2025-06-10",
        "contact_log": f"{LOG} | satisfaction_level\nC1 | 2025-06-12 | SVC-3D | 接通 | 非常满意",
    }
    assert share("K05", "2025-06", "2025-06-30", **given) == expected
    assert share("K02b", "2025-06", "2025-06-30", **given) == expected
    assert share("K08", "2025-06", "2025-06-30", **given) == expected


def test_two_nameless_cars_left_on_one_day_keep_their_own_calls():
    given = {
        "customer": "customer_id | mobile\nC1 | 13800138000\nC2 | 13900139000",
        "service_visit": "mobile | visit_date\n13800138000 | 2025-06-10\n13900139000 | 2025-06-10",
        "contact_log": f"{LOG}\nC2 | 2025-06-12 | SVC-3D | 接通",
    }
    assert share("K05", "2025-06", "2025-06-30", **given) == "1/2"
