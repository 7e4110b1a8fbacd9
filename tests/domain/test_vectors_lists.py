"""The test vectors of DOM 8.2, 8.3 (as far as lists and values go) and 8.5, each by its number."""

# ruff: noqa: N802

import datetime as dt

import pytest

from tests.tables import calls, codes, days_listed, laid, listed, situation
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.prospects import computed_grade
from xl_retention.domain.tiers import quantile_cuts

C1 = "customer_id\nC1"
CAR = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01"
DELIVERY_DAY_LOGGED = """
    customer_id | contact_at | rule_code | result
    C1          | 2025-03-01 | DLV-D0    | 接通
    C1          | 2025-03-01 | DLV-2H    | 接通
"""
RULES_OF_3_1 = (
    "DLV-D0", "DLV-2H", "DLV-3D", "DLV-7D-SA", "DLV-7D-CS", "DLV-2W-MGR", "DLV-15-30",
)  # fmt: skip
T33 = {"only": RULES_OF_3_1, "customer": C1, "vehicle": CAR, "contact_log": DELIVERY_DAY_LOGGED}


def test_T33_two_rows_on_the_seventh_day():
    """
    The calls of two roles are not merged, those of one role are; the oldest deadline comes first.
    """
    sales, service = calls("2025-03-08", **T33)
    assert (sales.role, sales.rules) == ("SA", ("DLV-3D", "DLV-7D-SA"))
    assert (service.role, service.rules) == ("CS", ("DLV-7D-CS",))
    assert (sales.overdue_days, service.overdue_days) == (4, 0)
    assert (str(sales.due_date), str(sales.deadline)) == ("2025-03-04", "2025-03-04")
    assert str(service.deadline) == "2025-03-08"
    assert sales.due_keys == ("C1/V1/DLV-3D/2025-03-01/1", "C1/V1/DLV-7D-SA/2025-03-01/1")


def test_T34_asking_twice_gives_the_same_two_rows():
    """
    A list is worked out, not added to.
    """
    assert calls("2025-03-08", **T33) == calls("2025-03-08", **T33)


def test_T35_one_role_done_leaves_the_other():
    """
    The two seven-day calls are two obligations (C8).
    """
    log = DELIVERY_DAY_LOGGED + "C1 | 2025-03-06 | DLV-7D-SA | 接通\n"
    found = codes("2025-03-08", **{**T33, "contact_log": log})
    assert found == ["DLV-3D", "DLV-7D-CS"]


def test_T36_a_customer_who_wants_no_calls_still_hears_about_his_complaint():
    """
    The only thing that goes on.
    """
    (call,) = calls(
        "2025-03-08",
        customer="customer_id | do_not_contact\nC1 | yes",
        vehicle=CAR,
        complaint="complaint_id | customer_id | received_at | category\nK1 | C1 | 2025-03-07T10:00 | 质量",
    )
    assert call.rules == ("CMP-2H", "CMP-24H")


def test_T37_three_days_of_trying_close_the_item():
    """
    On the third day, not before.
    """
    log = """
        customer_id | contact_at | rule_code | result
        C1          | 2025-03-02 | DLV-3D    | 未接
        C1          | 2025-03-03 | DLV-3D    | 关机
        C1          | 2025-03-05 | DLV-3D    | 空号
    """
    given = {"only": ("DLV-3D",), "customer": C1, "vehicle": CAR, "contact_log": log}
    assert days_listed("DLV-3D", "2025-03-01", "2025-03-08", **given) == "2025-03-02..2025-03-04"


def test_T38_the_first_service_stops_its_notice_and_its_calls():
    """
    The visit of 05-20 is known from that day on.
    """
    given = {
        "customer": C1,
        "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01",
        "service_visit": "vin | visit_date | work_type\nV1 | 2025-05-20 | 首保",
    }
    assert days_listed("FS-CALL", "2025-05-15", "2025-05-25", **given) == "2025-05-17..2025-05-19"
    for rule in ("FS-AUTO", "FS-CALL"):
        assert [item.stopped for item in laid("2025-05-19", rule, **given)] == [False]
        assert [item.stopped for item in laid("2025-05-20", rule, **given)] == [True]


def test_T38a_what_was_late_before_go_live_is_not_generated():
    """
    The next month touch is month 24; month 21 ended on 2025-02-17.
    """
    given = {
        "parameters": {"go_live_date": dt.date(2025, 3, 1)},
        "only": ("DLV-",),
        "customer": C1,
        "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2023-05-10",
    }
    assert listed("2025-03-01", **given) == []
    assert laid("2025-03-01", "DLV-M21", **given) == []
    (item,) = laid("2025-03-01", "DLV-M24", **given)
    assert item.due == "2025-05-10"
    assert days_listed("DLV-M24", "2025-05-01", "2025-05-10", **given) == "2025-05-07..2025-05-10"


def test_T38a_a_deadline_on_the_go_live_day_is_generated():
    """
    Only deadlines before it are cut.
    """
    given = {"only": ("DLV-M21",), "customer": C1, "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2023-05-10"}
    live = {day: {"go_live_date": dt.date(2025, 2, day)} for day in (17, 18)}
    assert codes("2025-02-20", parameters=live[17], **given) == ["DLV-M21"]
    assert codes("2025-02-20", parameters=live[18], **given) == []


def test_T38b_an_expiry_that_lies_ahead_is_no_mistake():
    """
    Future-event anchors are valid (V16).
    """
    given = {"customer": C1, "vehicle": "vin | customer_id | insurance_expiry\nV1 | C1 | 2025-04-20"}
    (item,) = listed("2025-03-25", **given)
    assert (item.rule, item.window) == ("INS-1M", "2025-03-20 2025-03-20 2025-04-20 2025-05-04")
    assert days_listed("INS-1M", "2025-03-15", "2025-05-10", **given) == "2025-03-20..2025-05-04"


def loyalty(as_of, vehicle, **given):
    (state,) = situation(as_of, customer=C1, vehicle=vehicle, **given).loyalty
    return state


@pytest.mark.parametrize(
    ("active", "as_of", "state"),
    [
        pytest.param("2024-08-31", "2025-02-28", "一般客户", id="T39, six months to the day"),
        pytest.param("2024-08-31", "2025-03-01", "准流失客户", id="T39, a day more"),
        pytest.param("2024-08-31", "2025-08-31", "准流失客户", id="T40, twelve months to the day"),
        pytest.param("2024-08-31", "2025-09-01", "流失客户", id="T40, a day more"),
        pytest.param("2024-11-30", "2025-05-30", "一般客户", id="T41"),
        pytest.param("2024-11-30", "2025-05-31", "准流失客户", id="T41, a day more"),
    ],
)
def test_T39_T40_T41_quasi_lost_after_six_months_lost_after_twelve(active, as_of, state):
    """
    On the exact month day the limit is not exceeded (V5).
    """
    car = f"vin | customer_id | delivery_date | last_service_date\nV1 | C1 | 2022-01-01 | {active}"
    assert loyalty(as_of, car) == state


def test_T42_without_any_visit_the_delivery_is_the_last_activity():
    """
    Never having come counts from the delivery.
    """
    assert loyalty("2025-01-10", "vin | customer_id | delivery_date\nV1 | C1 | 2024-06-01") == "准流失客户"


VISITS = """
    vin | visit_date | pay_type | paid_amount
    V1  | 2025-01-10 | 自费     | 1000
    V1  | 2025-02-10 | 自费     | 1000
    V1  | 2025-04-10 | 自费     | {last}
"""


@pytest.mark.parametrize(
    ("last", "complaint", "state"),
    [
        pytest.param(1000, "", "忠诚客户", id="limits are inclusive"),
        pytest.param(999, "", "一般客户", id="a yuan less"),
        pytest.param(1000, "处理中", "一般客户", id="an open complaint"),
        pytest.param(1000, "已关闭", "忠诚客户", id="a closed complaint"),
    ],
)
def test_T43_loyal_with_three_paid_visits_and_3000_yuan(last, complaint, state):
    """
    And nothing to complain of.
    """
    drawing = "complaint_id | customer_id | received_at | status\n"
    given = {"complaint": f"{drawing}K1 | C1 | 2025-03-01 | {complaint}"} if complaint else {}
    visits = VISITS.format(last=last)
    assert loyalty("2025-06-10", CAR.replace("2025-03", "2023-03"), service_visit=visits, **given) == state


def test_T44_out_of_warranty_is_not_lost():
    """
    Traits are no states (C9).
    """
    car = """
        vin | customer_id | delivery_date | warranty_end
        V1  | C1          | 2019-01-01    | 2022-01-01
    """
    assert loyalty("2025-06-10", car, service_visit="vin | visit_date\nV1 | 2025-05-10") == "一般客户"


def tier(visits):
    known = situation("2025-06-30", customer=C1, vehicle="vin | customer_id\nV1 | C1", service_visit=visits)
    return known.value_tier[0]


def paid(*visits):
    rows = "\n".join(f"V1 | {day} | 自费 | {yuan}" for day, yuan in visits)
    return f"vin | visit_date | pay_type | paid_amount\n{rows}"


@pytest.mark.parametrize(
    ("visits", "label"),
    [
        pytest.param(
            [("2024-09-13", 1800), ("2024-12-12", 1800), ("2025-03-12", 1800), ("2025-06-10", 1800)],
            "高价值",
            id="T47, 3+3+3",
        ),
        pytest.param([("2024-12-01", 500), ("2025-05-30", 500)], "一般价值", id="T48, 1+2+2"),
        pytest.param([("2025-05-30", 2000)], "一般价值", id="T49, 3+1+1"),
        pytest.param([("2025-05-30", 500)], "低价值", id="T49, 1+1+1"),
    ],
)
def test_T47_T48_T49_ticket_visits_and_interval_make_the_tier(visits, label):
    """
    Three scores of 1 to 3; high from 8, middle from 5.
    """
    assert tier(paid(*visits)) == label


@pytest.mark.parametrize(("count", "sizes"), [(10, (2, 3, 5)), (7, (1, 3, 3)), (3, (1, 1, 1))])
def test_T50_quantile_tiers(count, sizes):
    """
    Cuts are rounded half up (V9).
    """
    high, middle = quantile_cuts(count, 20, 30)
    assert (high, middle - high, count - middle) == sizes
    rows = "\n".join(f"V{n:02} | C1 | 2024-01-01" for n in range(count))
    known = situation(
        "2025-06-30",
        parameters={"tier_mode": "quantile"},
        customer=C1,
        vehicle=f"vin | customer_id | delivery_date\n{rows}",
        service_visit="vin | visit_date | pay_type | paid_amount\nV00 | 2025-05-01 | 自费 | 100",
    )
    labels = known.value_tier.tolist()
    assert tuple(labels.count(label) for label in ("高价值", "一般价值", "低价值")) == sizes


def test_T52_half_up_gives_5_and_13_of_25():
    """
    Python's own rounding would give 5 and 12.
    """
    assert quantile_cuts(25, 20, 30) == (5, 13)


@pytest.mark.parametrize(
    ("days", "grade"),
    [
        (-1, "逾期未订"),
        (0, "H"),
        (7, "H"),
        (8, "A"),
        (15, "A"),
        (16, "B"),
        (30, "B"),
        (31, "C"),
        (90, "C"),
        (91, "培育"),
    ],
)
def test_T55_grade_by_days_to_the_expected_order(days, grade):
    """
    Both ends of each band.
    """
    as_of = dt.date(2025, 6, 1)
    assert computed_grade(as_of + dt.timedelta(days=days), as_of, Parameters()) == grade
    assert computed_grade(None, as_of, Parameters()) == "培育"


FIRST_SERVICE = {
    "only": ("FS-CALL",),
    "customer": C1,
    "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-10",
}


def test_T81_a_missed_first_service_call_comes_back_a_week_later():
    """
    Occurrence 1 is missed after 06-24, occurrence 2 due and open on 07-01.
    """
    first, second = "C1/V1/FS-CALL/2025-06-10/1", "C1/V1/FS-CALL/2025-06-10/2"
    assert laid("2025-06-25", "FS-CALL", **FIRST_SERVICE)[0].window == "2025-05-26 2025-06-03 2025-06-10 2025-06-24"
    assert days_listed(first, "2025-05-20", "2025-06-30", **FIRST_SERVICE) == "2025-05-26..2025-06-24"
    assert listed("2025-06-25", **FIRST_SERVICE) == []
    assert [(item.key, item.window[:32]) for item in listed("2025-07-01", **FIRST_SERVICE)] == [
        (second, "2025-07-01 2025-07-01 2025-07-08")
    ]


def test_T82_a_connected_first_service_call_comes_back_on_the_next_seventh_day():
    """
    The later of first due + 7 and the call + 7.
    """
    log = "customer_id | contact_at | rule_code | result\nC1 | 2025-05-28 | FS-CALL | 接通"
    given = {**FIRST_SERVICE, "contact_log": log}
    (item,) = listed("2025-06-10", **given)
    assert item.key == "C1/V1/FS-CALL/2025-06-10/2"
    assert item.window == "2025-06-10 2025-06-10 2025-06-17 2025-07-01"
    days = days_listed("FS-CALL", "2025-05-20", "2025-06-12", **given)
    assert days == "2025-05-26..2025-05-27 2025-06-10..2025-06-12"


@pytest.mark.parametrize(
    ("again", "on_06", "on_07"),
    [
        pytest.param("2025-05-05", ["2025-05-05"], ["2025-05-05"], id="the first is stopped"),
        pytest.param("2025-05-06", ["2025-05-02"], ["2025-05-02", "2025-05-06"], id="both stay"),
    ],
)
def test_T83_a_car_that_comes_back_by_the_deadline_restarts_the_clock(again, on_06, on_07):
    """
    05-05 is the deadline of the call about 05-02; a call opens the day after the checkout.
    """
    visits = f"vin | visit_date | checkout_date\nV1 | 2025-05-01 | 2025-05-02\nV1 | {again} | {again}"
    given = {"only": ("SVC-3D",), "customer": C1, "vehicle": "vin | customer_id\nV1 | C1", "service_visit": visits}
    for day, checkouts in (("2025-05-06", on_06), ("2025-05-07", on_07)):
        assert [item.key.split("/")[3] for item in listed(day, **given)] == checkouts


def test_T84_a_call_put_off_comes_back_on_the_agreed_day():
    """
    Overdue from the day after, listed until 03-24: the 14 days move along.
    """
    log = """
        customer_id | contact_at | rule_code | result | next_contact_date
        C1          | 2025-03-03 | DLV-3D    | 改约   | 2025-03-10
    """
    given = {"only": ("DLV-3D", "NEXT"), "customer": C1, "vehicle": CAR, "contact_log": log}
    days = days_listed("DLV-3D", "2025-03-01", "2025-03-30", **given)
    assert days == "2025-03-02..2025-03-02 2025-03-10..2025-03-24"
    assert codes("2025-03-10", **given) == ["DLV-3D"]
    assert [call.overdue_days for day in ("2025-03-10", "2025-03-11") for call in calls(day, **given)] == [0, 1]


def test_T85_a_call_without_a_rule_answers_what_that_role_had_to_ask():
    """
    The windows of 0.3: DLV-7D-CS from 03-02 on.
    """
    log = DELIVERY_DAY_LOGGED.replace("result", "result | role") + "C1 | 2025-03-05 | | 接通 | CS\n"
    assert codes("2025-03-08", **{**T33, "contact_log": log}) == ["DLV-3D", "DLV-7D-SA"]


@pytest.mark.parametrize(("day", "left"), [("2025-02-27", ["DLV-3D"]), ("2025-03-01", [])])
def test_T86_a_call_before_the_delivery_cannot_answer_for_it(day, left):
    """
    The window never starts before an anchor that lies on or before the open day.
    """
    log = f"customer_id | contact_at | rule_code | result\nC1 | {day} | DLV-3D | 接通"
    assert codes("2025-03-04", only=("DLV-3D",), customer=C1, vehicle=CAR, contact_log=log) == left


@pytest.mark.parametrize(
    ("visited", "found"),
    [("2025-06-01", []), ("2025-05-31", []), ("2025-05-30", ["MNT-CALL"])],
)
def test_T87_a_maintenance_visit_stops_the_call_unless_it_was_too_early(visited, found):
    """
    30 days before the due date is the first day that counts.
    """
    given = {
        "only": ("MNT-CALL",),
        "customer": C1,
        "vehicle": "vin | customer_id | delivery_date | next_service_date\nV1 | C1 | 2024-01-01 | 2025-06-30",
        "service_visit": f"vin | visit_date | work_type\nV1 | {visited} | 定期保养",
    }
    assert codes("2025-06-20", **given) == found


@pytest.mark.parametrize(
    ("expected", "due"), [("2025-05-03", "2025-05-03"), ("2025-04-30", "2025-05-05"), ("", "2025-05-05")]
)
def test_T88_a_prospect_is_followed_up_no_later_than_he_means_to_order(expected, due):
    """
    An expected order on or before the last follow-up says nothing.
    """
    card = f"prospect_no | grade | last_follow_date | expected_order_date\nP1 | A | 2025-05-01 | {expected}"
    (item,) = laid("2025-05-02", "PRO-A", prospect=card)
    assert (item.key, item.due) == ("P1//PRO-A/2025-05-01/1", due)
    assert days_listed("PRO-A", "2025-05-01", "2025-05-06", prospect=card) == f"{due}..2025-05-06"
