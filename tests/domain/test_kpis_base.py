# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""Base, complaints, growth, people: who is counted, at both sides of each limit (DOM 5.6)."""

from __future__ import annotations

import pytest

from tests.figures import drawn, figure, figures, share

C1 = "customer_id\nC1"
CAR = "vin | customer_id | delivery_date\nV1 | C1 | 2024-01-15"


def base(**more: object) -> dict[str, object]:
    return {"customer": C1, "vehicle": CAR, "service_visit": "vin | visit_date\nV1 | 2024-12-31", **more}


@pytest.mark.parametrize(
    ("month", "states"),
    [("2025-05", "1/1 0/1 0/1"), ("2025-06", "1/1 0/1 0/1"), ("2025-07", "0/1 1/1 0/1"), ("2026-01", "0/1 0/1 1/1")],
)
def test_states_at_the_end_of_the_period(month, states):
    """
    The last visit on 31 December: six months are over after 30 June, twelve after 31 December.
    """
    assert " ".join(share(code, month, "2026-12-31", **base()) for code in ("K21", "K22", "K23")) == states


def test_a_running_month_is_judged_on_the_day():
    assert share("K22", "2025-07", "2025-07-01", **base()) == "1/1"
    assert share("K22", "2025-06", "2025-06-30", **base()) == "0/1"


def test_only_the_narrow_base_with_a_delivered_car_in_use_counts():
    customers = "customer_id | base_scope\nC1 | 自销\nC2 | 它牌\nC3 |\nC4 |\nC5 |"
    cars = """
        vin | customer_id | delivery_date | vehicle_status
        V1  | C1          | 2025-05-15    |
        V2  | C2          | 2025-05-15    |
        V3  | C3          | 2025-05-15    | 转让
        V4  | C4          | 2025-07-01    |
    """
    assert share("K21", "2025-06", "2025-12-31", customer=customers, vehicle=cars) == "1/1"


def test_unknown_states_stay_in_the_denominator():
    cars = """
        vin | customer_id | delivery_date | vehicle_status
        V1  | C1          | 2025-05-15    | 转让
        V2  | C1          |               | 在用
    """
    for code in ("K21", "K22", "K23"):
        assert share(code, "2025-06", "2025-12-31", customer=C1, vehicle=cars) == "0/1"


@pytest.mark.parametrize(("visit", "expected"), [("2025-07-01", "1/1"), ("2025-07-31", "1/1"), ("2025-08-01", "0/1")])
def test_customers_won_back_came_in_the_period(visit, expected):
    given = base(service_visit=f"vin | visit_date\nV1 | 2024-12-29\nV1 | {visit}")
    assert share("K25", "2025-07", "2025-12-31", **given) == expected
    assert share("K25", "2025-06", "2025-12-31", **given) == "0/0"


def test_cohort_loss_is_for_months_only_and_up_to_the_day():
    given = base(service_visit="vin | visit_date\nV1 | 2024-12-31\nV1 | 2025-06-20")
    assert share("K24", "2025-06", "2025-06-19", **given) == "1/1"
    assert share("K24", "2025-06", "2025-06-20", **given) == "0/1"
    assert share("K24", "2025-W26", "2025-12-31", **given) == "-/-"
    assert share("K24", "2025-Q2", "2025-12-31", **given) == "-/-"


def test_lost_cars_are_no_part_of_the_active_base():
    assert share("K26", "2025-12", "2026-12-31", **base()) == "0/1"
    assert share("K26", "2026-01", "2026-12-31", **base()) == "0/0"
    assert share("K26", "2024-12", "2026-12-31", **base()) == "1/1"


def test_without_last_years_share_there_is_nothing_to_grow_from():
    assert figure("K26", "2024-12", "2026-12-31", **base()).status.value == "no_target"


COMPLAINT = "complaint_id | category | received_at | first_response_at | resolved_at | followup_at"


@pytest.mark.parametrize(
    ("row", "as_of", "expected"),
    [
        ("质量 | 2025-06-10T16:40 | 2025-06-10T18:40 | |", "2025-06-30", "1/1"),
        ("质量 | 2025-06-10T16:40 | 2025-06-10T18:41 | |", "2025-06-30", "0/1"),
        ("质量 | 2025-06-10T16:40 | 2025-06-10 | |", "2025-06-30", "1/1"),
        ("质量 | 2025-06-10T23:00 | 2025-06-11 | |", "2025-06-30", "1/1"),
        ("质量 | 2025-06-10 | 2025-06-10T11:00 | |", "2025-06-30", "1/1"),
        ("质量 | 2025-06-10 | 2025-06-10T11:01 | |", "2025-06-30", "0/1"),
        ("质量 | 2025-06-10T21:59 | | |", "2025-06-10", "0/1"),
        ("质量 | 2025-06-10T22:01 | | |", "2025-06-10", "0/0"),
        ("质量 | 2025-06-10T22:01 | | |", "2025-06-11", "0/1"),
        ("服务 | 2025-06-10T10:00 | 2025-06-10T10:30 | |", "2025-06-30", "0/0"),
    ],
)
def test_quality_complaints_answered_within_two_hours(row, as_of, expected):
    complaint = f"{COMPLAINT}\nK1 | {row}"
    assert share("K16", "2025-06", as_of, customer=C1, complaint=complaint) == expected


@pytest.mark.parametrize(
    ("resolved", "followed", "as_of", "expected"),
    [
        ("2025-05-31T15:00", "2025-06-01T15:00", "2025-06-30", "1/1"),  # T25
        ("2025-05-31T15:00", "2025-06-01T15:01", "2025-06-30", "0/1"),
        ("2025-05-31", "2025-06-01T23:59", "2025-06-30", "1/1"),
        ("2025-05-31", "2025-06-02", "2025-06-30", "0/1"),
        ("2025-05-31", "", "2025-06-01", "0/0"),
        ("2025-05-31", "", "2025-06-02", "0/1"),
        ("2025-06-01", "", "2025-06-30", "0/0"),
    ],
)
def test_T25_solved_complaints_followed_up_within_a_day(resolved, followed, as_of, expected):  # noqa: N802
    complaint = f"{COMPLAINT}\nK1 | 质量 | 2025-05-30T10:00 | | {resolved} | {followed}"
    assert share("K18", "2025-05", as_of, customer=C1, complaint=complaint) == expected


@pytest.mark.parametrize(
    ("row", "closed"),
    [
        ("2025-06-10 | 2025-06-11 | 2025-06-12 | 处理中", 1),
        ("2025-06-10 | 2025-06-11 | 2025-07-02 | 已关闭", 0),
        ("2025-06-10 |            |            | 已关闭", 1),
        ("2025-06-10 |            |            | 已解决", 0),
        ("2025-06-10 |            | 2025-06-12 | 已关闭", 0),
    ],
)
def test_closed_complaints(row, closed):
    complaint = f"received_at | resolved_at | followup_at | status\n{row}"
    assert share("K19", "2025-06", "2025-06-30", customer=C1, complaint=complaint) == f"{closed}/1"


def test_complaints_per_visit_and_delivery():
    given = {
        "customer": C1,
        "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2025-06-01\nV2 | C9 | 2025-06-30\nV3 | C1 | 2025-07-01",
        "service_visit": "vin | mobile | visit_date\nV1 | | 2025-06-10\nX1 | 13900000009 | 2025-06-10\nX2 | | 2025-06-11",
        "complaint": "received_at\n2025-06-30T10:00\n2025-07-01T10:00",
    }
    found = figure("K20", "2025-06", "2025-12-31", **given)
    assert (found.numerator, found.denominator, found.status.value) == (1, 5, "no_target")
    assert found.missing is None
    assert "V1 2025-06-10" in found.below.ids
    for target, status in ((0.2, "met"), (0.19, "missed")):
        assert figure("K20", "2025-06", "2025-12-31", parameters={"target_K20": target}, **given).status.value == status


def test_walk_ins_are_customers_by_their_phone():
    visits = """
        vin | mobile      | visit_date
        X1  | 13900000009 | 2025-05-10
        X2  | 13900000009 | 2025-06-10
        X3  |             | 2025-06-10
    """
    given = {"customer": C1, "vehicle": CAR, "service_visit": visits}
    found = figure("K01", "2025-06", "2025-12-31", **given)
    assert (found.numerator, found.denominator, found.rows.ids) == (1, 1, ["13900000009"])
    assert share("K24", "2025-11", "2025-12-31", **given) == "0/0"


def test_orders_and_losses_of_prospects():
    prospect = """
        prospect_no | order_date | deposit_date | lost_date
        P1          | 2025-06-10 |              |
        P2          |            | 2025-06-30   |
        P3          | 2025-05-10 | 2025-06-30   | 2025-06-30
        P4          |            |              | 2025-06-01
        P5          | 2025-06-11 |              | 2025-06-12
        P6          |            |              | 2025-07-01
    """
    found = figure("K30", "2025-06", "2025-12-31", customer=C1, prospect=prospect)
    assert (found.rows.ids, found.missing.ids) == (["P1", "P2", "P5"], ["P3", "P4"])


def test_records_by_person_with_a_valid_phone():
    customer = """
        customer_id | mobile      | created_date | sales_advisor
        C1          | 13900000001 | 2025-06-01   | Ann
        C2          | 23900000001 | 2025-06-01   | Ann
        C3          | 13900000003 | 2025-05-31   | Bob
        C4          | 13900000004 | 2025-06-30   |
    """
    prospect = "prospect_no | mobile | created_date | sales_advisor\nP1 | 13900000009 | 2025-06-30 | Ann"
    found = figures("K44", "2025-06", "2025-07-01", customer=customer, prospect=prospect)
    assert [(each.group, each.numerator, each.denominator, each.value) for each in found] == [
        ("Ann", 2, None, 2), ("Bob", 0, None, 0),
    ]  # fmt: skip
    assert found[0].rows.ids == ["C1", "P1"]


def test_score_cards_of_the_month_and_their_missing_sheet():
    cards = """
        staff | month   | info_collected | info_target | contribution | contribution_target
        Bob   | 2025-06 | 60             | 50          | 63           | 70
        Ann   | 2025-06 | 60             | 0           | 63           | 70
        Ann   | 2025-05 | 60             | 50          | 63           | 70
    """
    found = figures("K43", "2025-06", "2025-07-01", customer=C1, scorecard=cards)
    assert [(each.group, each.value) for each in found] == [("Ann", None), ("Bob", 105.0)]
    assert figure("K43", "2025-06", "2025-07-01", customer=C1).status.value == "no_data"


@pytest.mark.parametrize(
    ("as_of", "status"), [("2025-05-31", "no_data"), ("2025-06-29", "open"), ("2025-06-30", "met")]
)
def test_a_figure_is_open_until_the_last_day_of_its_period(as_of, status):
    given = base(parameters={"target_K01": 0}, service_visit="vin | visit_date\nV1 | 2025-06-01")
    found = figure("K01", "2025-06", as_of, **given)
    assert found.status.value == status
    assert (found.numerator is None) == (status == "no_data")


@pytest.mark.parametrize(("code", "target"), [("K04.DLV-3D", 0.9), ("K07x", 0.8), ("K04", 0.9)])
def test_a_sub_code_has_the_target_of_its_figure(code, target):
    parameters = {"target_K04": 0.9, "target_K07": 0.8}
    assert figure(code, "2025-06", "2025-07-01", **base(parameters=parameters)).target == target
    own = {**parameters, f"target_{code}": 0.5}
    assert figure(code, "2025-06", "2025-07-01", **base(parameters=own)).target == 0.5


def test_a_missing_sheet_gives_no_numbers_at_all():
    given = {"customer": C1, "vehicle": CAR}
    for code in ("K01", "K05", "K09", "K14", "K16", "K20", "K30", "K37", "K27", "K50a"):
        assert share(code, "2025-06", "2025-07-01", **given) == "-/-", code
    assert share("K21", "2024-06", "2025-07-01", **given) == "1/1"


def test_the_parc_of_the_month_goes_before_the_parameter():
    given = base(
        service_visit="vin | visit_date\nV1 | 2025-06-01\nV1 | 2025-07-01",
        parc="month | parc\n2025-06 | 50\n2025-07 |",
        parameters={"parc": 80},
    )
    assert share("K03", "2025-06", "2025-12-31", **given) == "1/50"
    assert share("K03", "2025-07", "2025-12-31", **given) == "1/80"
    assert share("K03", "2025-W23", "2025-12-31", **given) == "-/-"


@pytest.mark.parametrize(
    ("result", "contacted"), [("接通", 1), ("拒访", 1), ("已发送", 1), ("改约", 1), ("未接", 0), ("空号", 0), ("", 0)]
)
def test_k27_counts_those_who_were_reached_as_contacted(result, contacted):
    given = base(
        contact_log=f"customer_id | contact_at | result\nC1 | 2025-06-02 | {result}",
        referral="referral_id | referrer_id | date\nR1 | C1 | 2025-05-03",
    )
    assert share("K27", "2025-06", "2025-07-01", **given) == f"0/{contacted}"


def test_figures_of_growth():
    given = {
        "customer": "customer_id | customer_name | customer_grade\nC1 | Ann | A\nC2 | Bob |",
        "vehicle": CAR,
        "contact_log": "customer_id | contact_at | result\nC1 | 2025-06-02 | 接通",
        "referral": "referral_id | referrer_id | date | deal_date\nR1 | Ann | 2025-06-03 | 2025-06-20\nR2 | C2 | 2025-06-03 |",
        "invitation": "campaign_id | customer_id | invited_on | reply | attended | deal | cost\n"
        "E1 | C1 | 2025-06-01 | 参加 | yes | yes | 30\nE1 | C2 | 2025-06-01 | 不参加 | | |",
        "prospect": "prospect_no | order_date | industry | focus_point | source_channel | lost_date | lost_reason | lost_model\n"
        "P1 | 2025-06-05 | | 价格、空间 | 车展 | | |\nP2 | 2025-06-06 | 物流 | 价格 | 展厅 | | |\nP3 | | | | | 2025-06-07 | 价格 | X",
    }
    expected = {
        "K27": "2/1", "K28": "1/2", "K46": "1/2", "K50a": "1/2", "K50b": "1/1", "K50c": "30/1", "K50d": "1/-", "K53": "1/1",
    }  # fmt: skip
    assert {code: share(code, "2025-06", "2025-07-01", **given) for code in expected} == expected
    assert {each.group: each.value for each in figures("K36", "2025-06", "2025-07-01", **given)} == {"价格": 2, "空间": 1}
    assert {each.group: each.value for each in figures("K35", "2025-06", "2025-07-01", **given)} == {"未填": 1, "物流": 1}
    assert {each.group: each.value for each in figures("K48", "2025-06", "2025-07-01", **given)} == {"展厅": 0.5, "车展": 0.5}


def test_what_the_best_fifth_pays():
    names = [f"C{place}" for place in range(5)]
    given = {
        "customer": drawn("customer_id", names),
        "vehicle": drawn("vin | customer_id", [f"V{name} | {name}" for name in names]),
        "service_visit": drawn(
            "vin | visit_date | paid_amount | pay_type",
            [f"V{name} | 2025-06-01 | {600 if place == 3 else 100} | 自费" for place, name in enumerate(names)],
        ),
    }
    found = figure("K49", "2025-06", "2025-07-01", **given)
    assert (found.value, found.rows.ids) == (0.6, ["C3"])
    assert share("K39a", "2025-06", "2025-07-01", **given) == "1000/5"


def test_the_day_of_asking():
    prospect = "prospect_no | created_date | next_follow_date | status\nP1 | 2025-06-10 | 2025-06-10 |\nP2 | 2025-06-09 | 2025-06-11 | 在跟"
    given = {"customer": C1, "prospect": prospect}
    assert [figure(code, "2025-06", "2025-06-10", **given).value for code in ("K31a", "K31c", "K31d")] == [0, 1, 1]


def test_a_repeat_purchase_is_counted_over_the_year():
    cars = "vin | customer_id | delivery_date\nV1 | C1 | 2024-01-15\nV2 | C1 | 2025-02-01"
    assert share("K29", "2025-11", "2025-12-31", customer=C1, vehicle=cars) == "1/1"
