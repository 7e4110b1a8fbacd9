"""Today's calls: what is kept off, what is one row, in which order and whose (DOM 0.3, V15, V16, V19)."""

import datetime as dt

import pytest

from tests.tables import calls, codes, days_listed, laid, listed, situation, worklist
from xl_retention.domain.checks import row_problems

C1 = "customer_id\nC1"
CAR = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01"
QUALITY = """
    complaint_id | customer_id | vin | received_at      | promised_at      | category
    K1           | C1          | V1  | 2025-03-07T10:00 | 2025-03-08T12:00 | 质量
"""


def rules(found):
    return sorted(rule for call in found for rule in call.rules)


def kept_off(found):
    return sorted((stop.rule, stop.reason) for stop in found.suppressed)


# Global stops.


def test_a_customer_who_wants_no_calls_is_left_alone():
    """
    Nothing but what serves his complaint.
    """
    found = worklist(
        "2025-03-08",
        only=("DLV-3D", "DLV-7D", "CMP-", "NEXT"),
        customer="customer_id | do_not_contact\nC1 | yes",
        vehicle=CAR,
        complaint=QUALITY + "K2 | C1 | V1 | 2025-03-06T10:00 | | 服务\n",
    )
    assert rules(found.calls) == ["CMP-24H", "CMP-2H", "CMP-PROG"]
    assert len(found.calls[0].due_keys) + len(found.calls[1].due_keys) == 4
    assert kept_off(found) == [(rule, "do_not_contact") for rule in ("DLV-3D", "DLV-7D-CS", "DLV-7D-SA")]


def test_a_usage_question_is_no_complaint_in_this_sense():
    """
    CMP-USE is stopped like any other call.
    """
    found = worklist(
        "2025-03-06",
        only=("CMP-",),
        customer="customer_id | do_not_contact\nC1 | yes",
        contact_log="customer_id | contact_at | result | objection_type\nC1 | 2025-03-05 | 接通 | 使用异议",
    )
    assert found.calls == ()
    assert kept_off(found) == [("CMP-USE", "do_not_contact")]


@pytest.mark.parametrize(
    ("status", "left"),
    [
        ("", ["BDAY-0", "CMP-24H", "INS-1M"]),
        ("在用", ["BDAY-0", "CMP-24H", "INS-1M"]),
        ("转让", ["BDAY-0", "CMP-24H"]),
        ("报废", ["BDAY-0", "CMP-24H"]),
        ("它牌置换", ["BDAY-0", "CMP-24H"]),
    ],
)
def test_a_car_that_is_gone_needs_no_calls(status, left):
    """
    Its complaints and the customer's birthday go on.
    """
    found = worklist(
        "2025-03-08",
        only=("INS-1M", "CMP-24H", "BDAY-0"),
        customer="customer_id | birth_date | consent_marketing\nC1 | 03-08 | yes",
        vehicle=f"vin | customer_id | insurance_expiry | vehicle_status\nV1 | C1 | 2025-03-20 | {status}",
        complaint=QUALITY,
    )
    assert rules(found.calls) == left
    assert kept_off(found) == ([("INS-1M", "vehicle_gone")] if len(left) == 2 else [])


@pytest.mark.parametrize(
    ("status", "left"), [("它牌置换", ["LAPSE-TRUE"]), ("转让", []), ("", ["LAPSE-TRUE", "TRADE-IN"])]
)
def test_the_survey_why_he_left_goes_on_with_a_customer_who_bought_another_brand(status, left):
    """
    Other sales upkeep stops.
    """
    car = f"vin | customer_id | delivery_date | vehicle_status\nV1 | C1 | 2021-03-01 | {status}"
    log = "vin | visit_date\nV1 | 2024-02-20"
    given = {"only": ("LAPSE-TRUE", "TRADE-IN"), "customer": C1, "vehicle": car, "service_visit": log}
    assert rules(worklist("2025-03-08", **given).calls) == left


def test_the_other_car_of_a_customer_is_not_stopped():
    """
    A status is of one car.
    """
    cars = """
        vin | customer_id | insurance_expiry | vehicle_status
        V1  | C1          | 2025-03-20       | 报废
        V2  | C1          | 2025-03-20       |
    """
    (call,) = calls("2025-03-08", only=("INS-1M",), customer=C1, vehicle=cars)
    assert call.due_keys == ("C1/V2/INS-1M/2025-03-20/1",)


@pytest.mark.parametrize(("consent", "left"), [("yes", ["BDAY-0"]), ("", [])])
def test_a_birthday_message_needs_consent(consent, left):
    """
    Blank is no consent.
    """
    customer = f"customer_id | birth_date | consent_marketing\nC1 | 03-08 | {consent}"
    found = worklist("2025-03-08", only=("BDAY",), customer=customer)
    assert rules(found.calls) == left
    assert kept_off(found) == ([] if left else [("BDAY-0", "no_consent")])


def test_without_a_consent_column_nobody_consented():
    """
    And calls that are no messages need none.
    """
    customer = "customer_id | birth_date\nC1 | 03-15"
    found = worklist("2025-03-08", only=("BDAY", "DLV-3D"), customer=customer, vehicle=CAR)
    assert rules(found.calls) == ["DLV-3D"]
    assert kept_off(found) == [("BDAY-7", "no_consent")]


def test_each_item_is_kept_off_for_one_reason():
    """
    Do not contact goes before a car that is gone, that before missing consent.
    """
    found = worklist(
        "2025-03-08",
        only=("INS-1M", "BDAY-0"),
        customer="customer_id | birth_date | do_not_contact\nC1 | 03-08 | yes",
        vehicle="vin | customer_id | insurance_expiry | vehicle_status\nV1 | C1 | 2025-03-20 | 报废",
    )
    assert kept_off(found) == [("BDAY-0", "do_not_contact"), ("INS-1M", "do_not_contact")]


def test_what_its_own_rule_stopped_is_not_told_as_kept_off():
    """
    The insurance is renewed: there is nothing to keep off.
    """
    found = worklist(
        "2025-03-08",
        only=("INS-1M",),
        customer="customer_id | do_not_contact\nC1 | yes",
        vehicle="vin | customer_id | insurance_expiry\nV1 | C1 | 2025-03-20",
        renewal="vin | kind | expiry | result\nV1 | 保险 | 2025-03-20 | 本店续保",
    )
    assert (found.calls, found.suppressed) == ((), ())


# One row per customer and role.


def test_the_items_of_a_customer_for_one_role_are_one_row_whatever_the_car():
    """
    Smallest priority, earliest due day and deadline; car and plate of the most urgent item.
    """
    (call,) = calls(
        "2025-03-20",
        only=("INS-1M", "DLV-7D-SA"),
        customer=C1,
        vehicle="""
            vin | plate_no | customer_id | delivery_date | insurance_expiry
            V1  | A1       | C1          | 2023-03-01    | 2025-03-10
            V2  | A2       | C1          | 2025-03-15    |
        """,
    )
    assert call.rules == ("DLV-7D-SA", "INS-1M")
    assert call.due_keys == ("C1/V2/DLV-7D-SA/2025-03-15/1", "C1/V1/INS-1M/2025-03-10/1")
    assert (call.vin, call.plate_no) == ("V2", "A2")
    assert (call.priority, call.overdue_days) == (2, 10)
    assert (str(call.due_date), str(call.deadline)) == ("2025-02-10", "2025-03-10")


def test_a_rule_of_two_cars_stands_once_with_two_keys():
    """
    In order of deadline, then key.
    """
    cars = """
        vin | customer_id | insurance_expiry
        V2  | C1          | 2025-03-20
        V1  | C1          | 2025-03-20
        V3  | C1          | 2025-03-19
    """
    (call,) = calls("2025-03-15", only=("INS-1M",), customer=C1, vehicle=cars)
    assert call.rules == ("INS-1M",)
    assert [key.split("/")[1] for key in call.due_keys] == ["V3", "V1", "V2"]


@pytest.mark.parametrize(
    ("clock", "order"),
    [
        pytest.param("10:00", ("DLV-2H", "DLV-D0"), id="noon comes before the end of the day"),
        pytest.param("", ("DLV-2H", "DLV-D0"), id="without a clock the keys decide"),
        pytest.param("23:00", ("DLV-D0", "DLV-2H"), id="one in the morning of the next day comes after"),
    ],
)
def test_inside_a_row_the_deadline_goes_by_its_clock(clock, order):
    """
    An item without a clock is due at the end of its day.
    """
    car = f"vin | customer_id | delivery_date | delivery_time\nV1 | C1 | 2025-03-01 | {clock}"
    (call,) = calls("2025-03-01", only=("DLV-D0", "DLV-2H"), customer=C1, vehicle=car)
    assert call.rules == order


def test_a_row_on_its_deadline_is_not_overdue_and_a_day_later_it_is():
    """
    At least 0.
    """
    given = {"only": ("DLV-3D",), "customer": C1, "vehicle": CAR}
    assert [calls(day, **given)[0].overdue_days for day in ("2025-03-02", "2025-03-04", "2025-03-05")] == [0, 0, 1]


# The order of the rows.


def test_rows_are_sorted_by_priority_then_deadline():
    """
    An hour's complaint before all else; then the oldest deadline.
    """
    found = calls(
        "2025-03-08",
        only=("DLV-3D", "DLV-7D-SA", "INS-1M", "CMP-24H"),
        customer="customer_id\nC1\nC2\nC3\nC4",
        vehicle="""
            vin | customer_id | delivery_date | insurance_expiry
            V1  | C1          |               | 2025-03-09
            V2  | C2          | 2025-03-04    |
            V3  | C3          | 2025-03-01    |
        """,
        complaint="complaint_id | customer_id | received_at\nK1 | C4 | 2025-03-08T10:00",
    )
    assert [call.customer_id for call in found] == ["C4", "C3", "C2", "C1"]


def test_deadlines_of_one_day_are_sorted_by_their_clock():
    """
    A complaint of the morning before one of the afternoon; without a clock the store opens at nine.
    """
    found = calls(
        "2025-03-08",
        only=("CMP-24H",),
        customer="customer_id\nC1\nC2\nC3",
        complaint="""
            complaint_id | customer_id | received_at
            K1           | C1          | 2025-03-08T15:00
            K2           | C2          | 2025-03-08T08:30
            K3           | C3          | 2025-03-08
        """,
    )
    assert [call.customer_id for call in found] == ["C2", "C3", "C1"]


def test_equal_deadlines_are_sorted_by_value_tier_high_first_unknown_last():
    """
    The tier of a customer is that of his best car; without a car it is unknown.
    """
    found = calls(
        "2025-06-30",
        only=("INS-1M", "NEXT"),
        customer="customer_id\nC1\nC2\nC3\nC4",
        vehicle="""
            vin | customer_id | insurance_expiry
            V1  | C1          | 2025-07-10
            V2  | C2          | 2025-07-10
            V3  | C3          | 2025-07-10
            V4  | C3          |
        """,
        service_visit="""
            vin | visit_date | pay_type | paid_amount
            V2  | 2025-05-30 | 自费     | 2000
            V4  | 2024-09-13 | 自费     | 1800
            V4  | 2024-12-12 | 自费     | 1800
            V4  | 2025-03-12 | 自费     | 1800
            V4  | 2025-06-10 | 自费     | 1800
        """,
        contact_log="""
            customer_id | contact_at | result | next_contact_date
            C4          | 2025-06-20 | 接通   | 2025-06-30
        """,
    )
    assert [(call.customer_id, call.value_tier) for call in found] == [
        ("C4", "未知"),  # priority 2
        ("C3", "高价值"),
        ("C2", "一般价值"),
        ("C1", "低价值"),
    ]


def test_without_a_table_of_visits_every_tier_is_unknown():
    """
    DOM 4.5.
    """
    (call,) = calls("2025-03-08", only=("DLV-3D",), customer=C1, vehicle=CAR)
    assert call.value_tier == "未知"


def test_the_last_ties_are_broken_by_number_as_text_and_role():
    """
    C10 comes before C9, CS before SA.
    """
    found = calls(
        "2025-03-08",
        only=("DLV-7D",),
        customer="customer_id\nC9\nC10",
        vehicle="vin | customer_id | delivery_date\nV1 | C9 | 2025-03-01\nV2 | C10 | 2025-03-01",
    )
    assert [f"{call.customer_id} {call.role}" for call in found] == ["C10 CS", "C10 SA", "C9 CS", "C9 SA"]


# Whose row.


OWN = "customer_id | sales_advisor | cs_owner | service_advisor_owner\nC1 | Ann | Bo | Cy"


def owners(as_of, **given):
    return {call.role: call.owner for call in calls(as_of, **given)}


def test_the_customers_own_people_go_first():
    """
    Sales advisor, customer service, service advisor.
    """
    found = owners(
        "2025-03-08",
        only=("DLV-7D", "CMP-2H"),
        customer=OWN,
        vehicle=CAR,
        complaint=QUALITY,
        staff="name | role\nDee | SA\nEd | CS\nFay | SV",
    )
    assert found == {"SA": "Ann", "CS": "Bo", "SV": "Cy"}


@pytest.mark.parametrize(
    ("staff", "owner"),
    [
        pytest.param("Dee | SA | 在职", "Dee", id="the only one"),
        pytest.param("Dee | SA |", "Dee", id="a blank status is active"),
        pytest.param("Dee | SA | 离职", "", id="one who left"),
        pytest.param("Dee | SA | 在职\nEd | SA | 在职", "", id="two"),
        pytest.param("Dee | SA | 在职\nEd | SA | 离职", "Dee", id="two of whom one left"),
        pytest.param("Dee | CS | 在职", "", id="another role"),
    ],
)
def test_a_customer_without_his_own_person_goes_to_the_only_active_one(staff, owner):
    """
    Of two nobody is chosen.
    """
    given = {"only": ("DLV-7D-SA",), "customer": C1, "vehicle": CAR, "staff": f"name | role | status\n{staff}"}
    assert owners("2025-03-08", **given) == {"SA": owner}


def test_roles_without_a_person_on_the_card_come_from_the_staff_sheet():
    """
    The manager's thanks.
    """
    given = {"only": ("DLV-2W-MGR",), "customer": OWN, "vehicle": CAR}
    assert owners("2025-03-15", **given) == {"SM": ""}
    assert owners("2025-03-15", **given, staff="name | role\nGil | SM") == {"SM": "Gil"}


def test_the_handler_of_a_complaint_goes_before_the_customers_own_people():
    """
    For the first contact and the solution, not for the progress report.
    """
    complaint = """
        complaint_id | customer_id | received_at      | promised_at      | category | handler
        K1           | C1          | 2025-03-07T10:00 | 2025-03-08T12:00 | 质量     | Hal
    """
    found = owners("2025-03-08", only=("CMP-",), customer=OWN, complaint=complaint)
    assert found == {"SV": "Hal", "CS": "Bo"}


def test_prospects_and_key_accounts_are_rows_of_their_own():
    """
    Under their own numbers, with their own people.
    """
    found = calls(
        "2025-05-14",
        only=("PRO-", "KA-WEEK"),
        prospect="""
            prospect_no | name | mobile      | grade | created_date | sales_advisor
            P1          | Wu   | 13900000001 | H     | 2025-05-01   | Ann
        """,
        key_account="account_no | name | contact | owner\nG1 | Fleet | 01088 | Kim",
    )
    assert [(call.customer_id, call.customer_name, call.mobile, call.role, call.owner) for call in found] == [
        ("P1", "Wu", "13900000001", "SA", "Ann"),
        ("G1", "Fleet", "01088", "KAM", "Kim"),
    ]
    assert [call.due_keys for call in found] == [("P1//PRO-H/2025-05-01/1",), ("G1//KA-WEEK/2025-05-12/1",)]


def test_a_prospect_and_a_customer_of_one_number_are_two_rows():
    """
    Many stores number both sheets from 1.
    """
    found = calls(
        "2025-05-25",
        only=("PRO-", "DLV-3D"),
        customer="customer_id | customer_name\n1 | Li",
        vehicle="vin | customer_id | delivery_date\nV1 | 1 | 2025-05-22",
        prospect="prospect_no | name | grade | created_date\n1 | Wu | A | 2025-05-01",
    )
    assert [(call.customer_name, call.rules) for call in found] == [("Wu", ("PRO-A",)), ("Li", ("DLV-3D",))]


# The day's limit.


FIVE = {
    "only": ("INS-1M",),
    "customer": "customer_id | sales_advisor\nC1 | Ann\nC2 | Ann\nC3 | Ann\nC4 | Bo\nC5 |",
    "vehicle": """
        vin | customer_id | insurance_expiry
        V1  | C1          | 2025-03-20
        V2  | C2          | 2025-03-18
        V3  | C3          | 2025-03-19
        V4  | C4          | 2025-03-20
        V5  | C5          | 2025-03-20
    """,
}


@pytest.mark.parametrize(
    ("limit", "kept", "carried"),
    [
        pytest.param(0, "C2 C3 C1 C4 C5", "", id="0 is no limit"),
        pytest.param(1, "C2 C4 C5", "C3 C1", id="one each"),
        pytest.param(2, "C2 C3 C4 C5", "C1", id="two each"),
        pytest.param(3, "C2 C3 C1 C4 C5", "", id="just enough"),
    ],
)
def test_no_more_rows_a_day_than_a_person_can_call(limit, kept, carried):
    """
    The most urgent stay, the others are carried over; rows of nobody are not limited.
    """
    found = worklist("2025-03-10", parameters={"max_calls_per_staff_day": limit}, **FIVE)
    assert [call.customer_id for call in found.calls] == kept.split()
    assert [call.customer_id for call in found.carried_over] == carried.split()


# Go-live.


LIVE = {"parameters": {"go_live_date": dt.date(2025, 3, 5)}}


def test_complaints_prospects_and_key_accounts_are_not_cut_by_go_live():
    """
    They wait, however old.
    """
    found = codes(
        "2025-03-06",
        **LIVE,
        customer=C1,
        complaint="complaint_id | customer_id | received_at\nK1 | C1 | 2025-02-01T10:00",
        prospect="prospect_no | grade | created_date\nP1 | A | 2025-01-01",
        key_account="account_no\nG1",
    )
    assert found == ["CMP-24H", "KA-MONTH", "KA-QTR", "KA-WEEK", "PRO-A"]


@pytest.mark.parametrize(("agreed", "found"), [("2025-03-04", []), ("2025-03-05", ["NEXT"])])
def test_an_agreed_call_back_of_before_go_live_is_cut(agreed, found):
    """
    By its deadline like any other item.
    """
    log = f"customer_id | contact_at | result | next_contact_date\nC1 | 2025-02-20 | 接通 | {agreed}"
    assert codes("2025-03-06", **LIVE, customer=C1, contact_log=log) == found


def test_a_repeating_rule_starts_with_the_next_occurrence():
    """
    Month 48 of a car bought on 2020-09-01 ended before go-live, month 54 did not.
    """
    car = "vin | customer_id | purchase_date\nV1 | C1 | 2020-09-01"
    items = laid("2025-03-06", "TRADE-IN", **LIVE, customer=C1, vehicle=car)
    assert [item.key for item in items][:1] == ["C1/V1/TRADE-IN/2020-09-01/2"]
    without = laid("2025-03-06", "TRADE-IN", customer=C1, vehicle=car)
    assert [item.key for item in without][:1] == ["C1/V1/TRADE-IN/2020-09-01/1"]


# An old day shows the old list.


@pytest.mark.parametrize(
    ("entity", "drawing", "rule", "before", "after"),
    [
        pytest.param(
            "contact_log",
            "customer_id | contact_at | rule_code | result\nC1 | 2025-03-06T09:00 | DLV-3D | 接通",
            "DLV-3D", 1, 0, id="a call",
        ),
        pytest.param(
            "service_visit",
            "vin | visit_date | checkout_date\nV1 | 2025-03-04 | 2025-03-04\nV1 | 2025-03-06 | 2025-03-06",
            "SVC-3D", 1, 0, id="a visit that supersedes",
        ),
        pytest.param(
            "complaint",
            "complaint_id | customer_id | received_at\nK1 | C1 | 2025-03-06T09:00",
            "CMP-24H", 0, 1, id="a complaint",
        ),
        pytest.param(
            "complaint",
            "complaint_id | customer_id | received_at | resolved_at\nK1 | C1 | 2025-03-04T09:00 | 2025-03-06T09:00",
            "CMP-24H", 1, 0, id="its solution",
        ),
        pytest.param(
            "complaint",
            "complaint_id | customer_id | received_at | resolved_at\nK1 | C1 | 2025-03-04T09:00 | 2025-03-06T09:00",
            "CMP-FU24", 0, 1, id="and the call after it",
        ),
        pytest.param(
            "complaint",
            "complaint_id | customer_id | received_at | first_response_at | category\n"
            "K1 | C1 | 2025-03-04T09:00 | 2025-03-06T09:00 | 质量",
            "CMP-2H", 1, 0, id="its first response",
        ),
        pytest.param(
            "booking",
            "booking_id | customer_id | booked_on | appointment_at\nB1 | C1 | 2025-03-06 | 2025-03-06",
            "BOOK-CFM", 0, 1, id="a booking made on the day",
        ),
        pytest.param(
            "booking",
            "booking_id | customer_id | booked_on | appointment_at | arrived_at\n"
            "B1 | C1 | 2025-03-01 | 2025-03-06 | 2025-03-06T09:00",
            "BOOK-CFM", 1, 0, id="the arrival",
        ),
        pytest.param(
            "prospect", "prospect_no | grade | created_date\nP1 | H | 2025-03-06", "PRO-H", 0, 0, id="a new card",
        ),
        pytest.param(
            "prospect",
            "prospect_no | grade | created_date | last_follow_date\nP1 | H | 2025-03-01 | 2025-03-06",
            "PRO-H", 0, 0, id="a card followed up later",
        ),
    ],
)  # fmt: skip
def test_rows_and_stamps_after_the_day_are_not_there(entity, drawing, rule, before, after):
    """
    Asked for 5 and 6 March: what happened on the 6th is known on the 6th (V19).
    """
    given = {"only": (rule,), "customer": C1, "vehicle": CAR, entity: drawing}
    assert [codes(day, **given).count(rule) for day in ("2025-03-05", "2025-03-06")] == [before, after]


def test_a_car_that_leaves_after_the_day_is_still_in_the_shop():
    """
    Its post-repair call does not exist yet; without a written checkout the visit day stands for it.
    """
    given = {"customer": C1, "vehicle": "vin | customer_id\nV1 | C1"}
    later = "vin | visit_date | checkout_date\nV1 | 2025-03-03 | 2025-03-10"
    none = "vin | visit_date\nV1 | 2025-03-03"
    assert laid("2025-03-05", "SVC-3D", **given, service_visit=later) == []
    assert [item.key for item in laid("2025-03-05", "SVC-3D", **given, service_visit=none)] == [
        "C1/V1/SVC-3D/2025-03-03/1"
    ]
    assert [item.key for item in laid("2025-03-10", "SVC-3D", **given, service_visit=later)] == [
        "C1/V1/SVC-3D/2025-03-10/1"
    ]


def test_columns_without_a_date_are_taken_as_they_stand():
    """
    do_not_contact holds for every day.
    """
    found = worklist("2025-03-04", only=("DLV-3D",), customer="customer_id | do_not_contact\nC1 | yes", vehicle=CAR)
    assert kept_off(found) == [("DLV-3D", "do_not_contact")]


# Days off.


DELIVERED_05 = "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-05"


@pytest.mark.parametrize(
    ("how", "due"),
    [("none", "2025-03-08"), ("next", "2025-03-10"), ("previous", "2025-03-07")],
)
def test_due_days_move_off_days_off_if_the_store_wants_it(how, due):
    """
    2025-03-08 is a Saturday; the expire day counts from the moved deadline (V17).
    """
    (item,) = laid("2025-03-05", "DLV-3D", parameters={"shift_nonworking": how}, customer=C1, vehicle=DELIVERED_05)
    assert item.window.split()[:3] == ["2025-03-06", due, due]


@pytest.mark.parametrize("how", ["next", "previous"])
def test_deadlines_in_hours_never_move(how):
    """
    A complaint of Friday is solved on Saturday.
    """
    given = {"customer": C1, "complaint": "complaint_id | customer_id | received_at\nK1 | C1 | 2025-03-07T10:00"}
    (item,) = laid("2025-03-07", "CMP-24H", parameters={"shift_nonworking": how}, **given)
    assert item.window == "2025-03-07 2025-03-08 2025-03-08 never"


def test_a_birthday_on_a_day_off_is_greeted_on_the_working_day_before():
    """
    BDAY-0 opens, is due and ends on the birthday, 2025-03-08, a Saturday; likewise BOOK-CFM on a Sunday.
    """
    given = {"only": ("BDAY-0",), "customer": "customer_id | birth_date\nC1 | 03-08"}
    assert days_listed(
        "BDAY-0", "2025-03-05", "2025-03-12", parameters={"shift_nonworking": "previous"}, **given
    ).startswith("2025-03-07")


# Missing and future anchors.


def faults(as_of, **given):
    return sorted(problem.code for problem in row_problems(situation(as_of, **given)))


@pytest.mark.parametrize(
    ("delivered", "found", "told"),
    [
        pytest.param("2025-03-04", ["DLV-3D"], [], id="delivered"),
        pytest.param("", [], ["delivery_date_missing"], id="V15, blank"),
        pytest.param("2025-03-06", [], ["delivery_date_missing"], id="V16, tomorrow"),
        pytest.param("2025-03-05", [], [], id="today: its call opens tomorrow"),
    ],
)
def test_a_delivery_that_is_missing_or_lies_ahead_has_no_item_and_one_finding(delivered, found, told):
    """
    Never a crash, never a guessed date.
    """
    car = f"vin | customer_id | delivery_date\nV1 | C1 | {delivered}"
    given = {"customer": C1, "vehicle": car}
    assert codes("2025-03-05", only=("DLV-3D",), **given) == found
    assert faults("2025-03-05", **given) == told


def test_the_purchase_date_stands_for_a_missing_delivery_date():
    """
    "Delivery date" everywhere (DOM 3.6).
    """
    car = "vin | customer_id | delivery_date | purchase_date\nV1 | C1 | | 2025-03-01"
    (item,) = listed("2025-03-04", only=("DLV-3D",), customer=C1, vehicle=car)
    assert item.key == "C1/V1/DLV-3D/2025-03-01/1"


@pytest.mark.parametrize(
    ("entity", "drawing", "told"),
    [
        ("service_visit", "vin | visit_date | checkout_date\nV1 | | 2025-03-04", "date_missing"),
        ("contact_log", "customer_id | contact_at | rule_code | result\nC1 | | DLV-3D | 接通", "date_missing"),
        ("complaint", "complaint_id | customer_id | received_at\nK1 | C1 |", "date_missing"),
        ("complaint", "complaint_id | customer_id | received_at\nK1 | C9 | 2025-03-04", "customer_not_on_file"),
        ("booking", "booking_id | customer_id | appointment_at\nB1 | C1 |", "date_missing"),
        ("prospect", "prospect_no | grade\nP1 | A", "date_missing"),
        ("service_visit", "vin | visit_date\nV9 | 2025-03-04", "visit_of_a_walk_in"),
        ("service_visit", "ro_no | visit_date\nR1 | 2025-03-04", "visit_of_nobody"),
    ],
)
def test_a_row_without_its_anchor_or_owner_has_no_item_and_one_finding(entity, drawing, told):
    """
    Only the three-day call of the delivery stays.
    """
    given = {"customer": C1, "vehicle": CAR, entity: drawing}
    assert codes("2025-03-04", only=("DLV-3D", "SVC-3D", "CMP-", "BOOK-CFM", "PRO-"), **given) == ["DLV-3D"]
    assert faults("2025-03-04", **given) == [told]


def test_a_car_without_a_customer_on_file_has_no_item_and_one_finding():
    """
    DOM 3.8 "Whose cars".
    """
    given = {"customer": C1, "vehicle": "vin | customer_id | delivery_date\nV1 | C9 | 2025-03-01"}
    assert codes("2025-03-04", **given) == []
    assert faults("2025-03-04", **given) == ["car_without_customer"]
