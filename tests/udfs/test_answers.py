"""Each cell function against the vectors of DOM 8 and both sides of its limits."""

from __future__ import annotations

import datetime as dt

import pytest
import retention_udfs as udf

from tests.udfs.formulas import computed, in_words
from xl_retention.builder.wrappers import cell_functions
from xl_retention.cell_functions import contacts

EXAMPLES = [example for function in cell_functions(udf) for example in function.examples]


def days(*texts: str) -> list[dt.date]:
    return [dt.date.fromisoformat(text) for text in texts]


def column(*cells: object) -> list[list[object]]:
    return [[cell] for cell in cells]


@pytest.mark.parametrize(("formula", "shown"), EXAMPLES, ids=[formula for formula, _ in EXAMPLES])
def test_the_examples_of_the_docstrings_are_right(formula: str, shown: str):
    assert in_words(computed(formula)) == shown


@pytest.mark.parametrize(
    ("start", "months", "day"),
    [
        pytest.param("2024-08-31", 6, "2025-02-28", id="T01"),
        pytest.param("2023-08-31", 6, "2024-02-29", id="T02"),
        pytest.param("2024-01-31", 1, "2024-02-29", id="T03 one"),
        pytest.param("2024-01-31", 2, "2024-03-31", id="T03 two"),
        pytest.param("2024-02-29", 12, "2025-02-28", id="T04 a year"),
        pytest.param("2024-02-29", 48, "2028-02-29", id="T04 four years"),
        pytest.param("2025-03-31", -1, "2025-02-28", id="T17"),
    ],
)
def test_months_are_added_to_the_end_of_a_short_month(start: str, months: int, day: str):
    assert udf.EDATE_CLAMPED(start, months) == dt.date.fromisoformat(day)


def test_a_date_beyond_what_a_cell_shows_is_the_fault_of_the_months():
    assert udf.EDATE_CLAMPED("2025-01-31", [[12 * 7974, 12 * 7975, 1e300]]) == [
        [dt.date(9999, 1, 31), "months: beyond the calendar", "months: beyond the calendar"]
    ]


@pytest.mark.parametrize(
    ("start", "finish", "months"),
    [
        pytest.param("2023-08-31", "2024-02-29", 6, id="T05"),
        pytest.param("2024-08-31", "2025-02-27", 5, id="T06 before"),
        pytest.param("2024-08-31", "2025-02-28", 6, id="T06 on the day"),
        pytest.param("2025-03-01", "2025-03-01", 0, id="same day"),
        pytest.param("2025-03-02", "2025-03-01", -1, id="backwards"),
    ],
)
def test_completed_months(start: str, finish: str, months: int):
    assert udf.MONTHS_BETWEEN_DATES(start, finish) == months


def test_the_next_contact_after_a_delivery_moves_on_day_by_day():
    """
    DLV-3D, then the two 7-day calls, then the manager's thanks (T08-T11 count the days).
    """
    after = column(*days("2025-03-01", "2025-03-03", "2025-03-04", "2025-03-08", "2025-03-15"))

    assert udf.NEXT_CONTACT("2025-03-01", after=after) == column(
        *days("2025-03-04", "2025-03-04", "2025-03-08", "2025-03-15", "2025-03-23")
    )


@pytest.mark.parametrize(
    ("expiry", "reminder"),
    [
        pytest.param("2025-03-31", "2025-02-28", id="T17"),
        pytest.param("2025-03-30", "2025-02-28", id="T18"),
        pytest.param("2024-03-31", "2024-02-29", id="T17 leap year"),
    ],
)
def test_a_renewal_is_due_a_month_ahead_and_not_on_the_day_itself(expiry: str, reminder: str):
    day = dt.date.fromisoformat(reminder)
    for argument in ("insurance_expiry", "inspection_expiry"):
        assert udf.NEXT_CONTACT("", **{argument: expiry}, after=day - dt.timedelta(days=1)) == day
        assert udf.NEXT_CONTACT("", **{argument: expiry}, after=day) == ""


@pytest.mark.parametrize(
    ("after", "due"),
    [
        pytest.param("2025-02-20", "2025-02-21", id="T15 a week ahead"),
        pytest.param("2025-02-21", "2025-02-28", id="T14 the day itself"),
        pytest.param("2025-02-28", "2026-02-21", id="the next year"),
        pytest.param("2027-12-01", "2028-02-22", id="T15 leap year"),
    ],
)
def test_birthdays_come_every_year(after: str, due: str):
    for birthday in ("1992-02-29", "2-29", "2月29日"):
        assert udf.NEXT_CONTACT("", birth_date=birthday, after=after) == dt.date.fromisoformat(due)


def test_month_48_and_later_comes_every_third_month():
    """
    T07: delivered 2024-08-31, month 48 is due on 2028-08-31, the next one on 2028-11-30, and so on for ever.
    """
    rows = udf.DUE_CONTACTS("2024-08-31", after="2028-08-30", finish="2029-09-30", last_service="2028-08-30")
    assert isinstance(rows, list)

    assert [row[0] for row in rows if row[1] == "DLV-M48+"] == days(
        "2028-08-31", "2028-11-30", "2029-02-28", "2029-05-31", "2029-08-31"
    )


def test_a_first_service_that_nobody_came_for_is_asked_for_again():
    """
    T81: due 2025-06-10, first call 06-03; missed after 06-24, so the next call is due on 07-01.
    """
    rows = udf.DUE_CONTACTS("2025-03-10", after="2025-06-25", finish="2025-07-10")
    assert isinstance(rows, list)

    assert [row[0] for row in rows if row[1] == "FS-CALL"] == days("2025-07-01")


def test_a_service_that_was_done_ends_the_calls_for_the_first_one():
    rows = udf.DUE_CONTACTS("2025-03-10", "2025-05-20", after="2025-05-21")
    assert isinstance(rows, list)

    codes = [row[1] for row in rows]
    assert "FS-CALL" not in codes
    assert "DLV-M03" not in codes
    assert [row[0] for row in rows if row[1] == "MNT-CALL"] == days("2025-11-13")  # 2025-11-20 less a week


def test_what_lies_ahead_of_the_day_asked_from_is_not_known():
    """
    DOM V19: a delivery of tomorrow has not happened.
    """
    assert udf.NEXT_CONTACT("2025-03-02", after="2025-03-01") == ""


def test_a_list_of_many_customers_carries_their_labels_and_the_faults_of_each():
    rows = udf.DUE_CONTACTS(
        column("2025-03-01", "2025-03-01", "soon"), after="2025-03-03", finish="2025-03-04",
        labels=column("Ada", "Bo", "Cy"), language="en",
    )  # fmt: skip

    assert rows == [
        ["Cy", "delivery_date: not a date", "", ""],
        ["Ada", dt.date(2025, 3, 4), "DLV-3D", "3-day call"],
        ["Bo", dt.date(2025, 3, 4), "DLV-3D", "3-day call"],
    ]


VISITS = """
    A 2025-05-02, A 2025-06-03, A 2025-06-20, B 2025-01-05, B 2025-06-04,
    C 2025-06-05, C 2025-06-25, D 2025-06-06, E 2025-06-07
"""


@pytest.mark.parametrize(
    ("basis", "rate"),
    [
        pytest.param(None, 2 / 5, id="T59 customers"),
        pytest.param("Visits", 3 / 7, id="T59 visits"),
        pytest.param("visits_any", 4 / 7, id="T59 visits_any"),
    ],
)
def test_return_rate_by_its_three_bases(today: dt.date, basis: str | None, rate: float):
    ids, dates = zip(*(visit.split() for visit in VISITS.replace("\n", "").split(",")), strict=True)

    assert udf.RETURN_RATE(column(*ids), column(*dates), "2025-06-01", None, basis) == pytest.approx(rate)


def test_the_period_of_a_return_rate_has_both_its_days(today: dt.date):
    ids, dates = column("A", "A", "B"), column("2025-05-31", "2025-06-10", "2025-06-01")

    assert udf.RETURN_RATE(ids, dates, "2025-06-01", "2025-06-10") == 0.5
    assert udf.RETURN_RATE(ids, dates, "2025-06-01", "2025-06-09") == 0
    assert udf.RETURN_RATE(ids, dates, "2025-06-02", "2025-06-10") == 1
    assert udf.RETURN_RATE(ids, dates, "2025-08-01") == ""


def test_two_repair_orders_of_a_car_on_one_day_are_one_visit(today: dt.date):
    """
    T61, T62: and two cars of a customer on one day are two.
    """
    ids = column("A", "A", "A", "B")
    dates = column("2025-06-10", "2025-06-10", "2025-06-20", "2025-06-30")
    same, other = column("V1", "V1", "V1", "V9"), column("V1", "V2", "V1", "V9")

    assert udf.RETURN_RATE(ids, dates, "2025-06-01", None, "visits_any", same) == pytest.approx(1 / 3)
    assert udf.RETURN_RATE(ids, dates, "2025-06-01", None, "visits_any", other) == pytest.approx(1 / 4)
    assert udf.RETURN_RATE(ids, dates, "2025-06-01", None, "visits_any") == pytest.approx(1 / 3)


def test_a_heading_and_a_mistyped_date_within_the_columns_do_no_harm(today: dt.date):
    ids, dates = column("Customer", "A", "A", "B", "B"), column("Date", "2025-05-02", "2025-06-03", "2025-06-04", "?")

    assert udf.RETURN_RATE(ids, dates, "2025-06-01") == 0.5


def test_visits_after_today_have_not_happened(today: dt.date):
    assert udf.RETURN_RATE(column("A", "A"), column("2025-05-02", "2025-07-02"), "2025-07-01") == ""
    assert udf.RETURN_RATE(column("A", "A"), column("2025-05-02", "2025-07-01"), "2025-07-01") == 1


def test_columns_need_a_period():
    assert udf.RETURN_RATE(column("A", "A"), column("2025-05-02", "2025-07-02")) == "start: needed with columns"
    assert udf.RETURN_RATE(column("A"), column("2025-05-02"), "2025-06-02", "2025-06-01") == "finish: before start"


def test_follow_up_rate_counts_what_is_past_its_day_and_was_reached(today: dt.date):
    """
    T65 in small: what is due today or later is on neither side; a refusal counts as a contact (K05).
    """
    results = column("接通", "拒访", "未接", "", "接通", "接通")
    due = column("2025-06-03", "2025-06-04", "2025-06-05", "2025-06-30", "2025-07-01", "2025-05-31")

    assert udf.FOLLOW_UP_RATE(results, due, "2025-06-01", "2025-07-31") == 0.5
    assert udf.FOLLOW_UP_RATE(results, due, "2025-05-31", "2025-07-31") == pytest.approx(3 / 5)
    assert udf.FOLLOW_UP_RATE(results, due, "2025-07-01") == ""


def test_attempts_of_one_contact_count_once(today: dt.date):
    results, due = column("No answer", "Connected", "No answer"), column(*["2025-06-03"] * 3)

    assert udf.FOLLOW_UP_RATE(results, due, "2025-06-01") == pytest.approx(1 / 3)
    assert udf.FOLLOW_UP_RATE(results, due, "2025-06-01", None, column("C1", "C1", "C2")) == 0.5


@pytest.mark.parametrize(
    ("part", "whole", "rate"),
    [
        pytest.param(3, 4, 0.75, id="numbers"),
        pytest.param("３", " 4 ", 0.75, id="numbers as text"),
        pytest.param(0, 4, 0, id="a genuine nothing"),
        pytest.param(3, 0, "", id="V11"),
        pytest.param(None, 4, "", id="blank"),
        pytest.param(-1, 4, "returning_or_ids: below zero", id="below zero"),
        pytest.param(3, "four", "total_or_dates: not a number", id="word"),
    ],
)
def test_the_ratio_of_two_numbers(part: object, whole: object, rate: object):
    assert udf.RETURN_RATE(part, whole) == rate


@pytest.mark.parametrize(
    ("last", "as_of", "state"),
    [
        pytest.param("2024-08-31", "2025-02-28", "一般客户", id="T39 before"),
        pytest.param("2024-08-31", "2025-03-01", "准流失客户", id="T39 after"),
        pytest.param("2024-08-31", "2025-08-31", "准流失客户", id="T40 before"),
        pytest.param("2024-08-31", "2025-09-01", "流失客户", id="T40 after"),
        pytest.param("2024-11-30", "2025-05-30", "一般客户", id="T41 before"),
        pytest.param("2024-11-30", "2025-05-31", "准流失客户", id="T41 after"),
    ],
)
def test_loyalty_by_the_last_visit(last: str, as_of: str, state: str):
    assert udf.LOYALTY_STATE(last, as_of=as_of) == state


def test_loyalty_of_a_car_that_never_came_counts_from_its_delivery():
    """
    T42; without a delivery nothing is known.
    """
    assert udf.LOYALTY_STATE("", delivery_date="2024-06-01", as_of="2025-01-10") == "准流失客户"
    assert udf.LOYALTY_STATE("", 0, 0, as_of="2025-01-10") == "未知"
    assert udf.LOYALTY_STATE("", "", "", as_of="2025-01-10") == ""


@pytest.mark.parametrize(
    ("visits", "amount", "complaint", "status", "state"),
    [
        pytest.param(3, 3000, "", "", "忠诚客户", id="T43"),
        pytest.param(2, 3000, "", "", "一般客户", id="one visit less"),
        pytest.param(3, 2999.99, "", "", "一般客户", id="a little less"),
        pytest.param(3, "3,000元", "是", "", "一般客户", id="T43 open complaint"),
        pytest.param(3, 3000, "", "转让", "已转出", id="sold on"),
    ],
)
def test_loyalty_by_what_was_paid(visits: object, amount: object, complaint: str, status: str, state: str):
    assert udf.LOYALTY_STATE("2025-05-01", visits, amount, None, complaint, status, "2025-07-01") == state


def test_labels_in_english():
    assert udf.LOYALTY_STATE("2025-05-01", 3, 3000, as_of="2025-07-01", language="EN") == "Loyal"
    assert udf.LOYALTY_STATE("2025-05-01", language="fr") == "language: not zh or en"


@pytest.mark.parametrize(
    ("amount", "visits", "interval", "tier"),
    [
        pytest.param(7200, 4, 90, "高价值", id="T47"),
        pytest.param(1000, 2, 180, "一般价值", id="T48"),
        pytest.param(2000, 1, None, "一般价值", id="T49 one visit"),
        pytest.param(500, 1, None, "低价值", id="T49 little"),
        pytest.param(6000, 4, 120, "高价值", id="limits reached"),
        pytest.param(6000, 4, 121, "高价值", id="interval a day longer"),
        pytest.param(5999, 4, 121, "一般价值", id="and a yuan less"),
        pytest.param(0, 0, None, "低价值", id="nothing paid"),
    ],
)
def test_value_tiers(amount: float, visits: int, interval: float | None, tier: str):
    assert udf.VALUE_TIER(amount, visits, interval) == tier


@pytest.mark.parametrize(
    ("in_days", "grade"),
    [(7, "H"), (8, "A"), (15, "A"), (16, "B"), (30, "B"), (31, "C"), (90, "C"), (91, "培育"), (-1, "逾期未订")],
)
def test_prospect_grades(in_days: int, grade: str):
    """
    T55.
    """
    day = dt.date(2025, 6, 1)
    assert udf.PROSPECT_GRADE(day + dt.timedelta(days=in_days), day) == grade


def test_what_was_asked_before_is_not_worked_out_again(monkeypatch: pytest.MonkeyPatch):
    """
    LibreOffice asks all cells of a column anew whenever a sheet is added.
    """
    worked_out = []
    original = contacts.next_contacts
    monkeypatch.setattr(contacts, "_REMEMBERED", {})
    monkeypatch.setattr(contacts, "next_contacts", lambda *given: worked_out.append(given) or original(*given))
    asked = [("2025-03-01", "2025-03-01"), ("2025-03-01", "2025-03-04"), ("2025-03-02", "2025-03-01")]
    once = [udf.NEXT_CONTACT(delivered, after=day) for delivered, day in asked]
    assert [udf.NEXT_CONTACT(delivered, after=day) for delivered, day in asked] == once
    assert len(set(once)) == len(worked_out) == len(asked)


@pytest.mark.parametrize(
    ("car", "due"),
    [
        pytest.param({"delivery_date": "2025-03-10", "odometer": 1500, "odometer_date": "2025-04-09"},
                     "2025-06-10", id="T20"),
        pytest.param({"delivery_date": "2025-03-10", "odometer": 3000, "odometer_date": "2025-04-09"},
                     "2025-04-29", id="T21"),
        pytest.param({"delivery_date": "", "last_service": "2025-03-01", "last_service_km": 16700,
                      "odometer": 18200, "odometer_date": "2025-04-10", "next_service_date": "2025-06-15",
                      "next_service_km": 20000}, "2025-05-28", id="T23"),
        pytest.param({"delivery_date": "2024-01-10", "last_service": "2024-08-31"}, "2025-02-28", id="half a year on"),
        pytest.param({"delivery_date": "2024-01-10", "last_service": "2025-05-02"}, "2024-04-10", id="a visit ahead"),
        pytest.param({"delivery_date": ""}, "", id="T32"),
    ],
)  # fmt: skip
def test_service_due(car: dict[str, object], due: str):
    answer = udf.SERVICE_DUE(**car, as_of="2025-05-01")
    assert answer == (dt.date.fromisoformat(due) if due else "")


@pytest.mark.parametrize(
    ("phone", "masked"),
    [
        (13812341234, "138****1234"), ("+86 138-1234-1234", "138****1234"), ("１３８１２３４１２３４", "138****1234"),
        ("0755-12345678", "075*****5678"), ("62345678", "****5678"), ("12345", "****5"), (None, ""), ("-", ""),
        ("1234", "phone: not a telephone number"),
        ("call his wife", "phone: not a telephone number"),
    ],
)  # fmt: skip
def test_masked_phones_never_show_more_than_seven_digits(phone: object, masked: str):
    assert udf.MASK_PHONE(phone) == masked
