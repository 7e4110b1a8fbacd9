"""What each rule counts from, and what stops it (DOM 3.1-3.5, 3.8)."""

import pytest

from tests.tables import codes, days_listed, laid, listed
from xl_retention.domain.cadence import RuleOverride

C1 = "customer_id\nC1"


def car(**cells):
    """One car of C1 with these cells."""
    return f"vin | customer_id | {' | '.join(cells)}\nV1 | C1 | {' | '.join(cells.values())}"


def stopped(as_of, rule, **given):
    """Whether the only item of *rule* is stopped."""
    (item,) = laid(as_of, rule, **{"customer": C1, **given})
    return item.stopped


def window(as_of, rule, **given):
    (item,) = laid(as_of, rule, **{"customer": C1, **given})
    return item.window


# 3.1 and 3.2: delivery and the months after it.


@pytest.mark.parametrize(("scope", "count"), [("", 1), ("自销", 1), ("本牌它销", 0), ("它牌", 0)])
def test_delivery_rules_are_for_cars_that_we_sold(scope, count):
    """
    A blank base_scope is taken for our own.
    """
    customer = f"customer_id | base_scope\nC1 | {scope}"
    bought = car(delivery_date="2025-03-01")
    for rule in ("DLV-D0", "DLV-2H", "DLV-3D", "DLV-7D-SA", "DLV-7D-CS", "DLV-2W-MGR", "DLV-15-30", "DLV-PHOTO"):
        assert len(laid("2025-03-01", rule, customer=customer, vehicle=bought)) == count


def test_every_other_rule_is_for_all_customers_on_file():
    """
    Broad for contacts (C10).
    """
    found = codes(
        "2025-04-01",
        customer="customer_id | base_scope\nC1 | 它牌",
        vehicle=car(delivery_date="2025-03-01", insurance_expiry="2025-04-20"),
        service_visit="vin | visit_date\nV1 | 2025-03-30",
    )
    assert found == ["DLV-M01", "INS-1M", "SVC-3D"]


def test_a_clock_in_the_delivery_date_serves_where_delivery_time_is_blank():
    """
    Midnight is no clock (V18).
    """
    for cells, due in (
        ({"delivery_date": "2025-03-01T23:00"}, "2025-03-02"),
        ({"delivery_date": "2025-03-01T23:00", "delivery_time": "10:00"}, "2025-03-01"),
        ({"delivery_date": "2025-03-01", "delivery_time": "00:00"}, "2025-03-01"),
    ):
        assert window("2025-03-01", "DLV-2H", vehicle=car(**cells)).split()[1] == due


@pytest.mark.parametrize(
    ("rule", "delivered", "cs_owner", "role"),
    [
        ("DLV-M12", "2024-03-01", "Bo", "SA"),
        ("DLV-M15", "2024-03-01", "Bo", "CS"),
        ("DLV-M15", "2024-03-01", "", "SA"),
        ("DLV-M48+", "2021-05-01", "Bo", "CS"),
        ("DLV-M48+", "2021-05-01", "", "SA"),
    ],
)
def test_after_the_first_year_customer_service_keeps_in_touch_where_there_is_one(rule, delivered, cs_owner, role):
    """
    Sales up to and including month 12.
    """
    customer = f"customer_id | cs_owner\nC1 | {cs_owner}"
    item = laid("2025-05-01", rule, customer=customer, vehicle=car(delivery_date=delivered))[0]
    assert item.role == role


def test_a_role_of_the_rules_sheet_goes_before_the_first_year_and_after():
    """
    One row for the whole series.
    """
    rules = {"DLV-M": RuleOverride(role="SM")}
    given = {"customer": "customer_id | cs_owner\nC1 | Bo", "vehicle": car(delivery_date="2021-05-01"), "rules": rules}
    for rule in ("DLV-M12", "DLV-M15", "DLV-M48+"):
        assert {item.role for item in laid("2025-05-01", rule, **given)} == {"SM"}


@pytest.mark.parametrize(
    ("given", "ended"),
    [
        pytest.param({}, False, id="first service still open"),
        pytest.param({"first_service_done": "yes"}, True, id="ticked as done"),
        pytest.param({"first_service_date": "2025-05-01"}, True, id="its date typed"),
        pytest.param({"last_service_date": "2025-05-01"}, True, id="a last service typed"),
        pytest.param({"first_service_date": "2025-06-02"}, False, id="a date that lies ahead is blank"),
    ],
)
def test_month_three_and_the_first_service_calls_end_with_the_first_service(given, ended):
    """
    C2: the call would only double the first-service call.
    """
    vehicle = car(delivery_date="2025-03-01", **given)
    for rule in ("DLV-M03", "FS-CALL", "FS-AUTO"):
        assert stopped("2025-06-01", rule, vehicle=vehicle) is ended
    assert not stopped("2025-06-01", "DLV-M04", vehicle=vehicle)


@pytest.mark.parametrize(
    ("work", "ended"), [("首保", True), ("定期保养", True), ("一般维修", False), ("事故车", False), ("", False)]
)
def test_a_maintenance_visit_is_a_first_service(work, ended):
    """
    A repair is not.
    """
    visit = f"vin | visit_date | work_type\nV1 | 2025-05-01 | {work}"
    given = {"vehicle": car(delivery_date="2025-03-01"), "service_visit": visit}
    assert stopped("2025-06-01", "DLV-M03", **given) is ended
    assert stopped("2025-06-01", "FS-CALL", **given) is ended


def test_from_month_48_on_every_third_month():
    """
    Sequence 1 opens three days before month 48.
    """
    given = {"only": ("DLV-M48+",), "customer": C1, "vehicle": car(delivery_date="2021-03-31")}
    first, second = (f"C1/V1/DLV-M48+/2021-03-31/{number}" for number in (1, 2))
    assert days_listed(first, "2025-03-25", "2025-05-01", **given) == "2025-03-28..2025-04-21"
    assert days_listed(second, "2025-06-20", "2025-07-25", **given) == "2025-06-27..2025-07-21"


def test_start_and_rhythm_of_the_later_months_are_the_stores_choice():
    """
    Parameters `month_repeat_from` and `month_repeat_every`.
    """
    given = {
        "parameters": {"month_repeat_from": 36, "month_repeat_every": 6},
        "customer": C1,
        "vehicle": car(delivery_date="2021-03-31"),
    }
    dues = [item.due for item in laid("2025-04-01", "DLV-M48+", **given)]
    assert dues[:3] == ["2024-03-31", "2024-09-30", "2025-03-31"]


LOST = {"vehicle": car(delivery_date="2021-05-01"), "service_visit": "vin | visit_date\nV1 | 2024-02-01"}


@pytest.mark.parametrize(
    ("reason", "ended"),
    [
        pytest.param("C1 | 2025-03-01 | V1 | 搬家", True, id="lost, reason known"),
        pytest.param("C1 | 2025-03-01 |  | 搬家", True, id="a row without a car"),
        pytest.param("C1 | 2025-03-01 | V2 | 搬家", False, id="a row about another car"),
        pytest.param("C1 | 2025-03-01 | V1 |", False, id="no reason given"),
        pytest.param("C1 | 2024-02-01 | V1 | 搬家", False, id="told on the day of the last activity"),
        pytest.param("C1 | 2024-02-02 | V1 | 搬家", True, id="told the day after"),
    ],
)
def test_the_later_months_end_when_the_car_is_lost_and_the_reason_known(reason, ended):
    """
    流失客户, and a log row with no_visit_reason after the last activity.
    """
    log = f"customer_id | contact_at | vin | no_visit_reason\n{reason}"
    given = {**LOST, "contact_log": log}
    item = laid("2025-05-01", "DLV-M48+", customer=C1, **given)[0]
    assert item.stopped is ended


def test_a_reason_alone_does_not_end_the_later_months():
    """
    Not lost yet: twelve months to the day.
    """
    log = "customer_id | contact_at | no_visit_reason\nC1 | 2025-01-01 | 搬家"
    visit = "vin | visit_date\nV1 | 2024-05-01"
    given = {"customer": C1, "vehicle": LOST["vehicle"], "service_visit": visit, "contact_log": log}
    assert [laid(day, "DLV-M48+", **given)[0].stopped for day in ("2025-05-01", "2025-05-02")] == [False, True]


# 3.3: maintenance.


DUE = car(delivery_date="2024-01-01", first_service_done="yes", next_service_date="2025-06-30")


@pytest.mark.parametrize("rule", ["MNT-CALL", "MNT-NOSHOW", "MNT-AUTO-3M"])
@pytest.mark.parametrize(
    ("visited", "work", "ended"),
    [
        ("2025-05-31", "定期保养", True),
        ("2025-05-30", "定期保养", False),
        ("2025-06-10", "首保", True),
        ("2025-06-10", "一般维修", False),
    ],
)
def test_maintenance_rules_end_with_a_visit_from_thirty_days_before(rule, visited, work, ended):
    """
    Only a maintenance visit counts.
    """
    visit = f"vin | visit_date | work_type\nV1 | {visited} | {work}"
    assert stopped("2025-06-20", rule, vehicle=DUE, service_visit=visit) is ended


def test_how_early_a_visit_may_be_is_the_stores_choice():
    """
    Parameter `early_visit_days`.
    """
    visit = "vin | visit_date | work_type\nV1 | 2025-05-30 | 定期保养"
    given = {"vehicle": DUE, "service_visit": visit, "parameters": {"early_visit_days": 31}}
    assert stopped("2025-06-20", "MNT-CALL", **given)


@pytest.mark.parametrize(
    ("booking", "ended"),
    [
        pytest.param("V1 | 2025-06-20 |", True, id="today"),
        pytest.param("V1 | 2025-07-20 |", True, id="later"),
        pytest.param("V1 | 2025-06-19 |", False, id="yesterday"),
        pytest.param("V1 | 2025-06-25 | 取消", False, id="cancelled"),
        pytest.param("V1 | 2025-06-25 | 改期", False, id="moved"),
        pytest.param("V1 | 2025-06-25 | 未到店", False, id="missed"),
        pytest.param("V1 | 2025-06-25 | 已到店", False, id="arrived"),
        pytest.param("V2 | 2025-06-25 |", False, id="another car"),
    ],
)
def test_maintenance_calls_pause_while_the_car_is_booked(booking, ended):
    """
    Then the booking is confirmed instead.
    """
    given = {"vehicle": DUE, "booking": f"vin | appointment_at | status\n{booking}"}
    assert stopped("2025-06-20", "MNT-CALL", **given) is ended
    assert stopped("2025-06-20", "MNT-NOSHOW", **given) is ended


@pytest.mark.parametrize(
    ("reminders", "anchor"),
    [
        pytest.param("", "2025-06-30", id="no promise: the due date"),
        pytest.param("V1 | 2025-06-30 | 2025-07-05", "2025-07-05", id="the promised date"),
        pytest.param("V1 | 2025-06-30 | 2025-07-05\nV1 | 2025-06-30 | 2025-07-03", "2025-07-05", id="the latest"),
        pytest.param("V1 | 2025-05-30 | 2025-07-05", "2025-06-30", id="a promise of an earlier due date"),
        pytest.param("V1 | 2025-06-30 |", "2025-06-30", id="no date promised"),
        pytest.param("V2 | 2025-06-30 | 2025-07-05", "2025-06-30", id="another car"),
    ],
)
def test_asking_why_a_customer_did_not_come_counts_from_the_promised_date(reminders, anchor):
    """
    Open and due three days after, late after seven.
    """
    sheet = {"maintenance_reminder": f"vin | due_date | promised_date\n{reminders}"} if reminders else {}
    (item,) = laid("2025-07-03", "MNT-NOSHOW", customer=C1, vehicle=DUE, **sheet)
    assert item.key == f"C1/V1/MNT-NOSHOW/{anchor}/1"
    days = {
        "2025-06-30": "2025-07-03 2025-07-03 2025-07-07 2025-07-21",
        "2025-07-05": "2025-07-08 2025-07-08 2025-07-12 2025-07-26",
    }
    assert item.window == days[anchor]


@pytest.mark.parametrize(
    ("cells", "ended"),
    [
        ("|", False),
        ("取消 |", True),
        ("改期 |", True),
        ("未到店 |", True),
        ("已到店 |", True),
        ("| 2025-06-10T09:05", True),
    ],
)
def test_a_booking_is_confirmed_the_day_before_unless_it_ended(cells, ended):
    """
    It leaves the list after the appointment day.
    """
    booking = f"booking_id | vin | appointment_at | status | arrived_at\nB7 | V1 | 2025-06-10T09:00 | {cells}"
    (item,) = laid("2025-06-10", "BOOK-CFM", customer=C1, vehicle="vin | customer_id\nV1 | C1", booking=booking)
    assert item.key == "C1/V1/BOOK-CFM/2025-06-10/B7"
    assert item.window == "2025-06-09 2025-06-09 2025-06-10 2025-06-10"
    assert item.stopped is ended


# 3.4: repairs and complaints.


V1 = "vin | customer_id\nV1 | C1\nV2 | C1"


@pytest.mark.parametrize(
    ("second", "left"),
    [
        pytest.param("V1 | 2025-05-05 | 2025-05-05", ["2025-05-05"], id="on the deadline of the first"),
        pytest.param("V1 | 2025-05-06 | 2025-05-06", ["2025-05-02", "2025-05-06"], id="a day after it"),
        pytest.param("V2 | 2025-05-05 | 2025-05-05", ["2025-05-02", "2025-05-05"], id="another car"),
        pytest.param("V1 | 2025-05-04 | 2025-05-20", [], id="in the shop again"),
    ],
)
def test_a_later_visit_restarts_the_clock_of_the_post_repair_call(second, left):
    """
    The first left on 05-02; its call is due by 05-05.
    """
    visits = f"vin | visit_date | checkout_date\nV1 | 2025-05-01 | 2025-05-02\n{second}"
    items = laid("2025-05-07", "SVC-3D", customer=C1, vehicle=V1, service_visit=visits)
    assert sorted(item.key.split("/")[3] for item in items if not item.stopped) == left


def test_of_visits_with_the_same_checkout_date_only_the_last_is_asked_about():
    """
    Else two items would have one key.
    """
    visits = "vin | visit_date | checkout_date\nV1 | 2025-05-01 | 2025-05-04\nV1 | 2025-05-03 | 2025-05-04"
    items = laid("2025-05-07", "SVC-3D", customer=C1, vehicle=V1, service_visit=visits)
    assert [(item.key, item.stopped) for item in items] == [("C1/V1/SVC-3D/2025-05-04/1", False)]


def test_a_visit_that_names_no_car_is_asked_about_without_one():
    """
    The phone that told whose visit it was is no VIN.
    """
    visits = """
        ro_no | vin | plate_no | mobile      | visit_date
        R1    |     |          | 13800000001 | 2025-05-04
        R2    |     | 京Z9     | 13800000001 | 2025-05-02
    """
    customer = "customer_id | mobile\nC1 | 13800000001"
    items = laid("2025-05-07", "SVC-3D", customer=customer, vehicle=V1, service_visit=visits)
    assert sorted(item.key for item in items) == ["C1//SVC-3D/2025-05-04/1", "C1/京Z9/SVC-3D/2025-05-02/1"]


def test_a_walk_in_is_not_called_after_the_repair():
    """
    Also where a prospect has the phone: prospects are no customers (DOM 2.19).
    """
    given = {
        "customer": C1,
        "vehicle": V1,
        "prospect": "prospect_no | mobile | created_date\nP1 | 13900000001 | 2025-05-01",
    }
    visit = "ro_no | vin | mobile | visit_date\nR1 | V9 | {} | 2025-05-04"
    for mobile in ("13900000001", "13700000009"):
        assert laid("2025-05-07", "SVC-3D", **given, service_visit=visit.format(mobile)) == []


def complaint(category="", level="", **cells):
    fields = {"category": category, "handler_level": level, **cells}
    names, values = " | ".join(fields), " | ".join(fields.values())
    return f"complaint_id | customer_id | received_at | {names}\nK1 | C1 | 2025-03-07T10:00 | {values}"


@pytest.mark.parametrize(("category", "count"), [("质量", 1), ("服务", 0), ("销售", 0), ("使用", 0), ("", 0)])
def test_only_a_complaint_about_quality_is_answered_within_two_hours(category, count):
    """
    Every complaint is solved within a day.
    """
    given = {"customer": C1, "complaint": complaint(category)}
    assert len(laid("2025-03-07", "CMP-2H", **given)) == count
    assert len(laid("2025-03-07", "CMP-24H", **given)) == 1


@pytest.mark.parametrize(
    ("category", "level", "role"),
    [
        ("销售", "", "SM"),
        ("销售", "1", "SM"),
        ("质量", "1", "CS"),
        ("质量", "2", "SV"),
        ("服务", "3", "RS"),
        ("服务", "4", "SVM"),
        ("服务", "5", "GM"),
        ("服务", "", "SV"),
    ],
)
def test_who_solves_a_complaint_goes_by_category_and_level(category, level, role):
    """
    Sales complaints to the sales manager, the others up the ladder.
    """
    (item,) = laid("2025-03-07", "CMP-24H", customer=C1, complaint=complaint(category, level))
    assert item.role == role


@pytest.mark.parametrize(
    ("cells", "open_rules"),
    [
        pytest.param({}, ["CMP-24H", "CMP-2H", "CMP-PROG"], id="new"),
        pytest.param({"first_response_at": "2025-03-07T11:00"}, ["CMP-24H", "CMP-PROG"], id="answered"),
        pytest.param({"resolved_at": "2025-03-07T12:00"}, ["CMP-FU24"], id="solved"),
        pytest.param({"status": "已解决"}, [], id="solved without a time: nothing to count from"),
        pytest.param({"status": "已关闭"}, [], id="closed"),
        pytest.param({"status": "处理中"}, ["CMP-24H", "CMP-2H", "CMP-PROG"], id="in progress"),
        pytest.param(
            {"resolved_at": "2025-03-07T12:00", "followup_at": "2025-03-08T09:00"}, [], id="solved and followed up"
        ),
        pytest.param({"resolved_at": "2025-03-07T12:00", "status": "已关闭"}, [], id="solved and closed"),
        pytest.param({"resolved_at": "2025-03-07T12:00", "status": "已解决"}, ["CMP-FU24"], id="solved by status too"),
    ],
)
def test_a_complaint_is_served_by_what_its_own_columns_say(cells, open_rules):
    """
    CMP-PROG only with a promise, CMP-FU24 only with a time of solution.
    """
    drawing = complaint("质量", promised_at="2025-03-08T12:00", **cells)
    assert codes("2025-03-08", only=("CMP-",), customer=C1, complaint=drawing) == open_rules


def test_without_a_promise_there_is_no_progress_report():
    """
    Nothing to count from.
    """
    assert laid("2025-03-08", "CMP-PROG", customer=C1, complaint=complaint("质量")) == []


@pytest.mark.parametrize(
    ("promised", "open_"),
    [
        pytest.param("2025-03-08T12:00", "2025-03-08", id="at noon"),
        pytest.param("2025-03-08T01:00", "2025-03-07", id="at one in the morning: two hours before"),
        pytest.param("2025-03-08", "2025-03-08", id="no clock: the day itself"),
    ],
)
def test_a_progress_report_opens_two_hours_before_the_promise(promised, open_):
    """
    Due and late at the promised moment.
    """
    drawing = complaint("质量", promised_at=promised)
    (item,) = laid("2025-03-08", "CMP-PROG", customer=C1, complaint=drawing)
    assert item.window == f"{open_} 2025-03-08 2025-03-08 never"


def test_a_usage_question_brings_a_second_explanation():
    """
    Due the next day, late after two, from the row itself; the row does not close it.
    """
    log = """
        customer_id | contact_at       | vin | rule_code | result | objection_type
        C1          | 2025-03-05T09:00 | V1  | DLV-7D-CS | 接通   | 使用异议
        C1          | 2025-03-05T10:00 | V1  |           | 接通   | 使用异议
        C1          | 2025-03-05T11:00 | V2  |           | 接通   | 质量异议
        C1          | 2025-03-05T12:00 |     | DLV-7D-CS | 接通   | 使用异议
    """
    items = listed("2025-03-05", only=("CMP-USE",), customer=C1, vehicle=V1, contact_log=log)
    assert [(item.key, item.window) for item in items] == [
        ("C1//CMP-USE/2025-03-05/1", "2025-03-05 2025-03-06 2025-03-07 2025-03-21"),
        ("C1/V1/CMP-USE/2025-03-05/1", "2025-03-05 2025-03-06 2025-03-07 2025-03-21"),
    ]


def test_sales_answers_the_usage_question_by_any_later_call():
    """
    Earlier rows of the day cannot answer it.
    """
    log = """
        customer_id | contact_at       | role | result | objection_type
        C1          | 2025-03-05T08:00 | SA   | 接通   |
        C1          | 2025-03-05T09:00 | CS   | 接通   | 使用异议
    """
    given = {"only": ("CMP-USE",), "customer": C1}
    assert codes("2025-03-06", **given, contact_log=log) == ["CMP-USE"]
    assert codes("2025-03-06", **given, contact_log=log + "C1 | 2025-03-05T10:00 | SA | 接通 |\n") == []


# 3.5: renewals, birthdays, replacement.


@pytest.mark.parametrize(
    ("renewal", "ended"),
    [
        ("V1 | 保险 | 2025-04-20 | 本店续保", True),
        ("V1 | 保险 | 2025-04-20 | 外部续保", True),
        ("V1 | 保险 | 2025-04-20 | 未续", False),
        ("V1 | 保险 | 2025-04-20 | 待定", False),
        ("V1 | 保险 | 2025-04-20 |", False),
        ("V1 | 保险 | 2024-04-20 | 本店续保", False),
        ("V1 | 年检 | 2025-04-20 | 本店续保", False),
        ("V2 | 保险 | 2025-04-20 | 本店续保", False),
    ],
)
def test_insurance_ends_with_its_own_renewal(renewal, ended):
    """
    Same car, same kind, same expiry, renewed here or elsewhere.
    """
    given = {"vehicle": car(insurance_expiry="2025-04-20"), "renewal": f"vin | kind | expiry | result\n{renewal}"}
    assert stopped("2025-04-01", "INS-1M", **given) is ended


@pytest.mark.parametrize(
    ("renewal", "ended"),
    [
        ("V1 | 年检 | 2025-04-20 | 已年检", True),
        ("V1 | 年检 | 2025-04-20 | 待定", False),
        ("V1 | 保险 | 2025-04-20 | 已年检", False),
        ("V1 | 年检 | 2025-04-21 | 已年检", False),
    ],
)
def test_inspection_ends_when_it_is_recorded(renewal, ended):
    """
    The other sign of the same sheet.
    """
    given = {"vehicle": car(inspection_expiry="2025-04-20"), "renewal": f"vin | kind | expiry | result\n{renewal}"}
    assert stopped("2025-04-01", "INSP-1M", **given) is ended


def test_an_expiry_long_past_is_not_listed():
    """
    Until 14 days after the day itself.
    """
    given = {"only": ("INSP-1M",), "customer": C1, "vehicle": car(inspection_expiry="2025-04-20")}
    assert days_listed("INSP-1M", "2025-03-10", "2025-05-20", **given) == "2025-03-20..2025-05-04"


@pytest.mark.parametrize(
    ("feb29", "greeted"), [("28feb", "2025-02-28..2025-02-28"), ("1mar", "2025-03-01..2025-03-01")]
)
def test_a_birthday_on_29_february_is_kept_on_the_day_the_store_chooses(feb29, greeted):
    """
    Parameter `feb29_observe`; 28 February unless it says otherwise (V8).
    """
    given = {
        "only": ("BDAY-0",),
        "parameters": {"feb29_observe": feb29},
        "customer": "customer_id | birth_date\nC1 | 1988-02-29",
    }
    assert days_listed("BDAY-0", "2025-02-25", "2025-03-05", **given) == greeted


def test_the_week_before_a_birthday_ends_the_day_before():
    """
    One greeting per customer, however many cars.
    """
    given = {"only": ("BDAY",), "customer": "customer_id | birth_date\nC1 | 1988-05-21", "vehicle": V1}
    assert days_listed("BDAY-7", "2025-05-10", "2025-05-25", **given) == "2025-05-14..2025-05-20"
    assert days_listed("BDAY-0", "2025-05-10", "2025-05-25", **given) == "2025-05-21..2025-05-21"
    assert [item.key for item in listed("2025-05-21", **given)] == ["C1//BDAY-0/2025-05-21/1"]


def test_replacement_is_spoken_of_after_48_months_and_every_six():
    """
    Open three months before; month ends are counted from the purchase itself (V3).
    """
    items = laid(
        "2025-03-01", "TRADE-IN", customer=C1, vehicle=car(purchase_date="2020-08-31", delivery_date="2020-09-15")
    )
    assert [(item.key, item.window) for item in items[:2]] == [
        ("C1/V1/TRADE-IN/2020-08-31/1", "2024-05-31 2024-08-31 2024-09-30 2024-10-14"),
        ("C1/V1/TRADE-IN/2020-08-31/2", "2024-11-30 2025-02-28 2025-03-30 2025-04-13"),
    ]


def test_replacement_counts_from_the_delivery_where_the_purchase_is_blank():
    """
    And by the store's own cycle.
    """
    given = {"parameters": {"replacement_cycle_months": 36, "replacement_repeat_months": 12}, "customer": C1}
    items = laid("2025-03-01", "TRADE-IN", vehicle=car(delivery_date="2021-03-01"), **given)
    assert [item.due for item in items[:2]] == ["2024-03-01", "2025-03-01"]


# 3.5: lapse.


@pytest.mark.parametrize(
    ("cells", "warning"),
    [
        pytest.param(
            {"last_service_date": "2024-12-10", "next_service_date": "2025-03-31"},
            "2025-04-30",
            id="maintenance + 30 days",
        ),
        pytest.param(
            {"last_service_date": "2024-12-10", "next_service_date": "2025-02-28"},
            "2025-04-10",
            id="activity + 4 months",
        ),
        pytest.param(
            {"last_service_date": "2024-12-10", "next_service_date": "2025-05-11"}, "2025-06-10", id="on the last day"
        ),
        pytest.param({"last_service_date": "2024-12-10", "next_service_date": "2025-05-12"}, "", id="a day too late"),
        pytest.param({"delivery_date": "2024-12-10"}, "2025-04-10", id="first service open: due 03-10 + 30 is earlier"),
        pytest.param(
            {"delivery_date": "2024-12-10", "first_service_done": "yes"}, "2025-04-10", id="nothing due: activity + 4"
        ),
    ],
)
def test_a_warning_when_the_customer_should_have_come_back(cells, warning):
    """
    The later of the two, and none when he counts as quasi-lost by then.
    """
    given = {"delivery_date": "2023-01-01", **cells}
    items = laid("2025-04-30", "LAPSE-WARN", customer=C1, vehicle=car(**given))
    assert [item.due for item in items] == ([warning] if warning else [])


def test_while_the_first_service_is_open_its_due_date_stands_for_the_maintenance():
    """
    Even where a next service date is typed.
    """
    vehicle = car(delivery_date="2025-03-10", next_service_date="2025-07-31")
    assert window("2025-07-10", "LAPSE-WARN", vehicle=vehicle).split()[0] == "2025-07-10"


@pytest.mark.parametrize(
    ("rule", "days"),
    [
        ("LAPSE-PSEUDO", "2025-03-01 2025-03-01 2025-03-16 2025-03-30"),
        ("LAPSE-TRUE", "2025-09-01 2025-09-01 2025-10-01 2025-10-15"),
    ],
)
def test_quasi_lost_and_lost_are_called_the_day_after_the_limit(rule, days):
    """
    Six and twelve months after 2024-08-31 (V5).
    """
    given = {"vehicle": car(delivery_date="2023-01-01", last_service_date="2024-08-31")}
    assert window("2025-03-01", rule, **given) == days
    (item,) = laid("2025-03-01", rule, customer=C1, **given)
    assert item.key == f"C1/V1/{rule}/2024-08-31/1"


def test_the_lapse_calls_move_with_the_limits_of_the_store():
    """
    DOM 3.8: changed months move LAPSE-* with them.
    """
    months = {"quasi_lost_months": 3, "lost_months": 5, "lapse_warn_months": 2, "lapse_warn_days": 10}
    given = {
        "parameters": months,
        "vehicle": car(delivery_date="2023-01-01", last_service_date="2024-08-31", next_service_date="2024-10-25"),
    }
    found = {
        rule: window("2024-11-01", rule, **given).split()[1] for rule in ("LAPSE-WARN", "LAPSE-PSEUDO", "LAPSE-TRUE")
    }
    assert found == {"LAPSE-WARN": "2024-11-04", "LAPSE-PSEUDO": "2024-12-01", "LAPSE-TRUE": "2025-02-01"}


def test_a_visit_puts_the_lapse_off():
    """
    The last activity is another one.
    """
    given = {
        "only": ("LAPSE-PSEUDO",),
        "customer": C1,
        "vehicle": car(delivery_date="2023-01-01", last_service_date="2024-08-31"),
        "service_visit": "vin | visit_date\nV1 | 2025-03-05",
    }
    assert days_listed("LAPSE-PSEUDO", "2025-02-25", "2025-04-05", **given) == "2025-03-01..2025-03-04"


def test_a_recorded_reason_ends_the_survey():
    """
    After the last activity, not on its day.
    """
    given = {"vehicle": car(delivery_date="2023-01-01", last_service_date="2024-02-01")}
    log = "customer_id | contact_at | no_visit_reason\nC1 | {} | 搬家"
    assert stopped("2025-03-01", "LAPSE-TRUE", **given, contact_log=log.format("2024-12-01"))
    assert not stopped("2025-03-01", "LAPSE-TRUE", **given, contact_log=log.format("2024-02-01"))


LOST_CAR = car(delivery_date="2022-01-01", last_service_date="2023-02-01")


@pytest.mark.parametrize(
    ("rows", "due"),
    [
        pytest.param("", [], id="never spoken to"),
        pytest.param("2024-03-01 | LAPSE-TRUE | 接通", ["2024-09-01"], id="the survey"),
        pytest.param("2024-03-01 | LOST-VISIT | 接通", ["2024-09-01"], id="a visit"),
        pytest.param("2024-03-01 | 流失调研 | 接通", ["2024-09-01"], id="by its word"),
        pytest.param("2024-03-01 | LAPSE-TRUE | 未接", [], id="not reached"),
        pytest.param("2024-03-01 | INS-1M | 接通", [], id="about something else"),
        pytest.param("2023-02-01 | LAPSE-TRUE | 接通", [], id="on the day of the last activity"),
        pytest.param(
            "2024-03-01 | LAPSE-TRUE | 接通\nC1 | 2024-09-05 | LOST-VISIT | 接通", ["2025-03-05"], id="the last"
        ),
    ],
)
def test_a_lost_customer_is_visited_half_a_year_after_the_last_talk(rows, due):
    """
    Every six months after a conversation naming LAPSE-TRUE or LOST-VISIT.
    """
    log = {"contact_log": f"customer_id | contact_at | rule_code | result\nC1 | {rows}"} if rows else {}
    items = laid("2025-03-10", "LOST-VISIT", customer=C1, vehicle=LOST_CAR, **log)
    assert [item.due for item in items if not item.stopped] == due


@pytest.mark.parametrize(("refused", "ended"), [("2024-08-20", True), ("2024-02-20", False)])
def test_a_refusal_ends_the_visits(refused, ended):
    """
    If it came after the talk.
    """
    log = f"""
        customer_id | contact_at | rule_code  | result
        C1          | 2024-03-01 | LAPSE-TRUE | 接通
        C1          | {refused}  | LOST-VISIT | 拒访
    """
    assert stopped("2024-09-01", "LOST-VISIT", vehicle=LOST_CAR, contact_log=log) is ended


# 3.5: prospects.


def card(**cells):
    return f"prospect_no | {' | '.join(cells)}\nP1 | {' | '.join(cells.values())}"


@pytest.mark.parametrize(
    ("status", "count"), [("", 1), ("在跟", 1), ("订车", 0), ("退订", 0), ("交车", 0), ("战败", 0)]
)
def test_only_open_prospects_are_followed_up(status, count):
    """
    A blank status is 在跟.
    """
    assert len(laid("2025-05-05", "PRO-A", prospect=card(grade="A", created_date="2025-05-01", status=status))) == count


@pytest.mark.parametrize(
    ("grade", "expected", "rule", "due"),
    [
        pytest.param("H", "", "PRO-H", "2025-05-03", id="typed H, 2 days"),
        pytest.param("A", "", "PRO-A", "2025-05-05", id="typed A, 4 days"),
        pytest.param("B", "", "PRO-B", "2025-05-08", id="typed B, 7 days"),
        pytest.param("C", "", "PRO-C", "2025-05-16", id="typed C, 15 days"),
        pytest.param("", "", "PRO-N", "2025-05-31", id="no date: nurture, 30 days"),
        pytest.param("", "2025-05-22", "PRO-B", "2025-05-08", id="17 days ahead of as_of: B"),
        pytest.param("", "2025-05-04", "PRO-H", "2025-05-03", id="past and still open: H"),
        pytest.param("C", "2025-05-06", "PRO-C", "2025-05-06", id="the typed grade first; the order day is nearer"),
        pytest.param("N", "", "PRO-N", "2025-05-31", id="another letter counts as none"),
    ],
)
def test_the_grade_of_a_prospect_sets_the_rhythm(grade, expected, rule, due):
    """
    Typed first, else by the expected order.
    """
    prospect = card(grade=grade, created_date="2025-05-01", expected_order_date=expected)
    for each in ("PRO-H", "PRO-A", "PRO-B", "PRO-C", "PRO-N"):
        items = laid("2025-05-05", each, prospect=prospect)
        assert [(item.rule, item.due) for item in items] == ([(rule, due)] if each == rule else [])


@pytest.mark.parametrize(
    ("cells", "key", "due"),
    [
        pytest.param(
            {"created_date": "2025-05-01"}, "2025-05-01", "2025-05-05", id="never followed up: the card's day"
        ),
        pytest.param(
            {"created_date": "2025-05-01", "last_follow_date": "2025-05-04"},
            "2025-05-04",
            "2025-05-08",
            id="followed up",
        ),
        pytest.param(
            {"created_date": "2025-05-01", "next_follow_date": "2025-05-20"}, "2025-05-01", "2025-05-20", id="agreed"
        ),
        pytest.param(
            {"created_date": "2025-05-01", "next_follow_date": "2025-05-01"},
            "2025-05-01",
            "2025-05-05",
            id="agreed for the same day counts as none",
        ),
    ],
)
def test_a_follow_up_counts_from_the_last_one_or_the_agreed_day(cells, key, due):
    """
    The anchor is in the key; it never expires.
    """
    (item,) = laid("2025-05-05", "PRO-A", prospect=card(grade="A", **cells))
    assert (item.key, item.window) == (f"P1//PRO-A/{key}/1", f"{due} {due} {due} never")


def test_a_prospect_without_any_date_has_no_item():
    """
    One data-quality row instead.
    """
    assert laid("2025-05-05", "PRO-A", prospect=card(grade="A")) == []


def test_a_call_by_phone_number_reaches_the_prospect():
    """
    No customer has that number.
    """
    given = {
        "prospect": card(grade="A", created_date="2025-05-01", mobile="13900000001"),
        "contact_log": "mobile | contact_at | result\n13900000001 | 2025-05-03 | 接通",
    }
    (item,) = laid("2025-05-05", "PRO-A", **given)
    assert item.due == "2025-05-07"


def test_the_intervals_are_the_stores_choice():
    """
    Parameters `prospect_follow_h` to `_n`.
    """
    prospect = card(grade="A", created_date="2025-05-01")
    (item,) = laid("2025-05-05", "PRO-A", prospect=prospect, parameters={"prospect_follow_a": 5})
    assert item.due == "2025-05-06"
