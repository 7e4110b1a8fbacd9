"""The test vectors of DOM 8.4, and those of 8.5 that are about key figures, each by its number."""

# ruff: noqa: N802, E501 (a drawn row stays in one piece, and a Chinese letter counts twice)

from __future__ import annotations

import numpy as np
import pytest

from tests.figures import drawn, figure, figures, four_places, share
from xl_retention.domain.kpis.definitions import difference, growth_of
from xl_retention.domain.kpis.people import scorecard

VISITS = "vin | visit_date"


def owners(names: str) -> dict[str, str]:
    """Customers with a car each: C of A is `A`, its car `VA`."""
    return {
        "customer": drawn("customer_id", list(names)),
        "vehicle": drawn("vin | customer_id", [f"V{name} | {name}" for name in names]),
    }


@pytest.mark.parametrize(("basis", "expected", "value"), [
    ("customers", "2/5", "0.4000"), ("visits", "3/7", "0.4286"), ("visits_any", "4/7", "0.5714"),
])  # fmt: skip
def test_T59_return_rate_by_each_basis(basis, expected, value):
    visits = """
        vin | visit_date
        VA  | 2024-03-01
        VA  | 2025-06-02
        VA  | 2025-06-20
        VB  | 2025-05-31
        VB  | 2025-06-03
        VC  | 2025-06-04
        VC  | 2025-06-21
        VD  | 2025-06-05
        VE  | 2025-06-30
    """
    store = {**owners("ABCDE"), "service_visit": visits, "parameters": {"return_rate_basis": basis}}
    assert share("K01", "2025-06", "2025-07-01", **store) == expected
    assert four_places(figure("K01", "2025-06", "2025-07-01", **store).value) == value


def test_T60_no_visits_is_no_data_but_no_share_of_a_parc_is_a_real_0():
    store = {**owners("A"), "service_visit": VISITS, "parameters": {"parc": 8000}}
    assert figure("K01", "2025-06", "2025-07-01", **store).value is None
    assert figure("K02", "2025-06", "2025-07-01", **store).value is None
    assert figure("K03", "2025-06", "2025-07-01", **store).value == 0.0


def test_T61_repair_orders_of_one_day_are_one_visit():
    visits = f"{VISITS}\nVA | 2025-06-10\nVA | 2025-06-10\nVA | 2025-06-20"
    counted = figure("K13", "2025-06", "2025-07-01", **owners("A"), service_visit=visits)
    assert counted.denominator == 2
    assert counted.missing.ids == ["VA 2025-06-10", "VA 2025-06-20"]
    assert share("K24", "2025-12", "2026-01-01", **owners("A"), service_visit=visits) == "1/1"


def test_T62_one_customer_with_two_cars():
    store = {
        "customer": "customer_id\nA",
        "vehicle": "vin | customer_id\nV1 | A\nV2 | A",
        "service_visit": f"{VISITS}\nV1 | 2025-06-10\nV2 | 2025-06-11",
    }
    assert share("K01", "2025-06", "2025-07-01", **store) == "0/1"
    assert share("K24", "2025-12", "2026-01-01", **store) == "2/2"
    assert share("K13", "2025-06", "2025-07-01", **store) == "0/2"


def test_T63_delight_rate_of_customers_serviced_and_of_respondents():
    names = [f"C{place}" for place in range(200)]
    answers = ["非常满意"] * 90 + ["满意"] * 60 + [""] * 50
    store = {
        "customer": drawn("customer_id", names),
        "vehicle": drawn("vin | customer_id", [f"V{name} | {name}" for name in names]),
        "service_visit": drawn(VISITS, [f"V{name} | 2025-06-10" for name in names]),
        "contact_log": drawn(
            "customer_id | contact_at | rule_code | result | satisfaction_level",
            [f"{name} | 2025-06-12 | SVC-3D | 接通 | {answer}" for name, answer in zip(names, answers, strict=True)],
        ),
    }
    assert share("K02", "2025-06", "2025-07-31", **store) == "90/200"
    assert share("K02b", "2025-06", "2025-07-31", **store) == "90/150"


@pytest.mark.parametrize(("parc", "value"), [(8000, 0.04), (None, None)])
def test_T64_market_share_needs_a_parc(parc, value):
    names = [f"C{place}" for place in range(320)]
    store = {
        "customer": drawn("customer_id", names),
        "vehicle": drawn("vin | customer_id", [f"V{name} | {name}" for name in names]),
        "service_visit": drawn(VISITS, [f"V{name} | 2025-06-10" for name in names]),
        "parameters": {"parc": parc},
    }
    found = figure("K03", "2025-06", "2025-07-31", **store)
    assert (found.numerator, found.value) == (320, value)


def test_T65_deliveries_whose_calls_are_not_due_yet_are_left_out():
    rules = ("DLV-2H", "DLV-3D", "DLV-7D-SA", "DLV-7D-CS")
    names = [f"C{place}" for place in range(40)]
    days = ["2025-06-02"] * 38 + ["2025-06-29"] * 2
    store = {
        "customer": drawn("customer_id", names),
        "vehicle": drawn(
            "vin | customer_id | delivery_date",
            [f"V{name} | {name} | {day}" for name, day in zip(names, days, strict=True)],
        ),
        "contact_log": drawn(
            "customer_id | contact_at | rule_code | result",
            [f"{name} | 2025-06-0{3 if '3D' in rule else 2 if '2H' in rule else 7} | {rule} | 接通"
             for name in names[:38] for rule in rules],
        ),
    }  # fmt: skip
    assert share("K04", "2025-06", "2025-06-30", **store) == "38/38"
    assert share("K04.DLV-3D", "2025-06", "2025-06-30", **store) == "38/38"


def test_T66_satisfaction():
    answers = ["非常满意"] * 30 + ["满意"] * 5 + ["一般"] * 2 + ["不满意"]
    log = drawn(
        "customer_id | contact_at | rule_code | result | satisfaction_level",
        [f"A | 2025-06-12 | DLV-7D-CS | 接通 | {answer}" for answer in answers],
    )
    found = figure("K06", "2025-06", "2025-07-01", customer="customer_id\nA", contact_log=log)
    assert (found.numerator, found.denominator, four_places(found.value)) == (35, 38, "0.9211")


def test_T67_from_the_due_cars_to_those_that_came():
    names = [f"C{place}" for place in range(120)]
    store = {
        "customer": drawn("customer_id", names),
        "vehicle": drawn("vin | customer_id | next_service_date", [f"V{name} | {name} | 2025-06-15" for name in names]),
        "contact_log": drawn(
            "customer_id | contact_at | rule_code | result", [f"{name} | 2025-06-05 | 保养提醒 | 接通" for name in names[:108]]
        ),
        "service_visit": drawn(
            "vin | visit_date | work_type", [f"V{name} | 2025-06-20 | 定期保养" for name in names[:81]]
        ),
    }
    reminded, came = (figure(code, "2025-06", "2025-08-01", **store) for code in ("K11", "K12"))
    assert (reminded.numerator, reminded.denominator, reminded.value) == (108, 120, 0.9)
    assert (came.numerator, came.denominator, came.value) == (81, 108, 0.75)


def test_T68_booked_visits_and_kept_bookings():
    names = [f"C{place}" for place in range(95)]
    store = {
        "customer": drawn("customer_id", names),
        "vehicle": drawn("vin | customer_id", [f"V{name} | {name}" for name in names]),
        "service_visit": drawn("vin | visit_date | booked", [
            f"V{name} | 2025-06-10 | {'yes' if place < 38 else ''}" for place, name in enumerate(names)
        ]),
        "booking": drawn("booking_id | appointment_at | status", [
            f"B{place} | 2025-06-20 | {'已到店' if place < 51 else '未到店'}" for place in range(60)
        ]),
    }  # fmt: skip
    assert share("K13", "2025-06", "2025-07-01", **store) == "38/95"
    assert share("K14", "2025-06", "2025-07-01", **store) == "51/60"


def test_T69_bookings_cancelled_two_days_ahead_are_left_out():
    rows = [f"B{place} | 2025-06-20 | {'已到店' if place < 51 else '未到店'} | " for place in range(55)]
    rows += [f"B{place} | 2025-06-20 | 取消 | 2025-06-18" for place in range(55, 60)]
    booking = drawn("booking_id | appointment_at | status | cancelled_at", rows)
    found = figure("K14", "2025-06", "2025-07-01", customer="customer_id\nA", booking=booking)
    assert (found.numerator, found.denominator, four_places(found.value)) == (51, 55, "0.9273")


def test_T70_T71_cohort_loss_counts_vehicles():
    names = [f"V{place}" for place in range(80)]
    december = [f"{name} | 2024-12-{10 + place % 10}" for place, name in enumerate(names)]
    again = [f"{name} | 2024-12-28" for name in names[:20]]
    back = [f"{name} | 2025-0{place % 6 + 1}-15" for place, name in enumerate(names[:62])]
    store = {
        "customer": "customer_id\nA",
        "vehicle": drawn("vin | customer_id", [f"{name} | A" for name in names]),
        "service_visit": drawn(VISITS, december + again + back),
    }
    found = figure("K24", "2025-06", "2025-07-01", **store)
    assert (found.numerator, found.denominator, found.value) == (18, 80, 0.225)


@pytest.mark.parametrize(("month", "bound_before", "expected", "value", "status"), [
    ("2025-03", 0, "212/400", "0.5300", "met"), ("2025-08", 190, "70/210", "0.3333", "missed"),
])  # fmt: skip
def test_T72_binding_at_visits_by_programme_month(month, bound_before, expected, value, status):
    names = [f"C{place}" for place in range(400)]
    bound = 212 if not bound_before else 260
    days = [
        "2025-07-01" if place < bound_before else f"{month}-10" if place < bound else "" for place in range(400)
    ]
    store = {
        "customer": drawn("customer_id | wechat_bound | wechat_bind_date", [
            f"{name} | {'yes' if day else ''} | {day}" for name, day in zip(names, days, strict=True)
        ]),
        "vehicle": drawn("vin | customer_id", [f"V{name} | {name}" for name in names]),
        "service_visit": drawn(VISITS, [f"V{name} | {month}-10" for name in names]),
        "parameters": {"wechat_start": np.datetime64("2025-01-01", "D").item()},
    }  # fmt: skip
    found = figure("K32", month, "2026-01-31", **store)
    assert share("K32", month, "2026-01-31", **store) == expected
    assert (four_places(found.value), found.status.value) == (value, status)


@pytest.mark.parametrize(("card", "points"), [((60, 50, 63, 70), 105.0), ((40, 50, 70, 70), 90.0)])
def test_T73_T74_score_card(card, points):
    assert scorecard(*map(float, card)) == points


def test_T75_records_of_the_month_met_and_of_the_second_week_missed():
    per_week = {"2025-09-01": 12, "2025-09-08": 9, "2025-09-15": 15, "2025-09-22": 14}
    rows = [
        f"C{day}{place} | 1390000{place:04d} | {day} | Ann" for day, count in per_week.items() for place in range(count)
    ]
    customer = drawn("customer_id | mobile | created_date | sales_advisor", rows)
    (month,) = figures("K44", "2025-09", "2025-10-01", customer=customer)
    (week,) = figures("K44", "2025-W37", "2025-10-01", customer=customer)
    assert (month.group, month.numerator, month.target, month.status.value) == ("Ann", 50, 50, "met")
    assert (week.numerator, week.target, week.status.value) == (9, 10, "missed")


def test_T76_return_to_factory_grows_relative_to_last_year():
    """
    45 of 900 to 48 of 900 in points is too little, relative it is enough.
    """
    names = [f"V{place}" for place in range(900)]
    came = {"2024-06-10": 45, "2025-06-10": 48}
    store = {
        "customer": "customer_id\nA",
        "vehicle": drawn(
            "vin | customer_id | delivery_date | last_service_date",
            [f"{name} | A | 2024-01-05 | 2024-06-09" for name in names],
        ),
        "service_visit": drawn(
            VISITS, [f"{name} | {day}" for day, count in came.items() for name in names[:count]]
        ),
        "parameters": {"lost_months": 24},
    }
    found = figure("K26", "2025-06", "2025-07-01", **store)
    assert (found.numerator, found.denominator, found.status.value) == (48, 900, "met")
    parameters = {"lost_months": 24, "target_K26": 0.07}
    assert figure("K26", "2025-06", "2025-07-01", **{**store, "parameters": parameters}).status.value == "missed"


def test_T77_growth_and_difference_of_service_output():
    store = {
        **owners("A"),
        "service_visit": "vin | visit_date | total_amount\nVA | 2024-05-01 | 20000000\nVA | 2025-05-01 | 21000000",
        "parameters": {"target_K40d": 2_000_000},
    }
    grown, more = (figure(code, "2025", "2026-01-01", **store) for code in ("K40", "K40d"))
    assert (grown.value, grown.status.value) == (0.05, "met")
    assert (more.value, more.status.value) == (1_000_000, "missed")
    assert growth_of(None, None) is difference(None, None) is None


def test_T78_merged_stores_add_their_rows():
    """
    3 of 10 and 30 of 50 are 33 of 60, not the mean of two shares.
    """
    visits, names = [], []
    for store, count, old in (("X", 10, 3), ("Y", 50, 30)):
        for place in range(count):
            names.append(f"{store}{place}")
            visits.append(f"V{store}{place} | 2025-06-10")
            if place < old:
                visits.append(f"V{store}{place} | 2025-05-10")
    both = {
        "customer": drawn("customer_id", names),
        "vehicle": drawn("vin | customer_id", [f"V{name} | {name}" for name in names]),
        "service_visit": drawn(VISITS, visits),
    }
    assert share("K01", "2025-06", "2025-07-01", **both) == "33/60"


def test_T79_complaints_still_inside_their_day_are_left_out():
    rows = [f"K{place} | 2025-06-10T09:00 | 2025-06-11T08:59" for place in range(8)]
    rows += ["K8 | 2025-06-10T09:00 | 2025-06-12T09:00", "K9 | 2025-06-30T09:00 | "]
    complaint = drawn("complaint_id | received_at | resolved_at", rows)
    found = figure("K17", "2025-06", "2025-06-30", customer="customer_id\nA", complaint=complaint)
    assert (found.numerator, found.denominator, four_places(found.value)) == (8, 9, "0.8889")


def test_T80_solved_without_follow_up_is_not_closed():
    complaint = "complaint_id | received_at | resolved_at | status\nK1 | 2025-06-10T09:00 | 2025-06-11T08:59 | 已关闭"
    assert share("K19", "2025-06", "2025-06-30", customer="customer_id\nA", complaint=complaint) == "0/1"


def test_T83_a_later_visit_within_the_deadline_takes_over_the_call():
    twice = "vin | visit_date\nVA | 2025-05-02\nVA | 2025-05-05"
    assert share("K05", "2025-05", "2025-06-30", **owners("A"), service_visit=twice) == "0/1"
    apart = "vin | visit_date\nVA | 2025-05-02\nVA | 2025-05-06"
    assert share("K05", "2025-05", "2025-06-30", **owners("A"), service_visit=apart) == "0/2"


def test_T84_a_call_put_off_is_late_whatever_happens():
    log = """
        customer_id | contact_at | rule_code | result | next_contact_date
        C1          | 2025-03-03 | DLV-3D    | 改约   | 2025-03-10
        C1          | 2025-03-10 | DLV-3D    | 接通   |
    """
    store = {
        "only": ("DLV-3D",),
        "customer": "customer_id\nC1",
        "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2025-03-01",
        "contact_log": log,
    }
    assert share("K08", "2025-03", "2025-03-31", **store) == "0/1"
    assert share("K04.DLV-3D", "2025-03", "2025-03-31", **store) == "1/1"
    assert share("K10", "2025-03", "2025-03-31", **store) == "1/1"


@pytest.mark.parametrize(("cancelled", "counted"), [("2025-05-09", 0), ("2025-05-10", 1), ("", 0)])
def test_T89_cancelled_on_the_day_stays_in_the_denominator(cancelled, counted):
    booking = f"booking_id | appointment_at | status | cancelled_at\nB1 | 2025-05-10 | 取消 | {cancelled}"
    found = figure("K14", "2025-05", "2025-06-01", customer="customer_id\nA", booking=booking)
    assert found.denominator == counted


