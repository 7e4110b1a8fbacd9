# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""A to D grading, stages of the relationship and key accounts (DOM 4.9, 4.11, 4.12)."""

import numpy as np
import pytest

from tests.tables import situation
from xl_retention.domain.classes.gaps import class_problems
from xl_retention.domain.classes.grade_policy import POLICIES, lowest_price, payment_terms, terms_of
from xl_retention.domain.classes.grading import GRADES, cuts, grades, item_points, top_decile
from xl_retention.domain.classes.key_account import key_accounts
from xl_retention.domain.classes.relationship_stage import repair_plans, stages
from xl_retention.domain.classes.schemes import BY_KEY
from xl_retention.domain.parameters import Parameters

SPLIT = (20.0, 30.0, 40.0, 10.0)
ITEMS = "amount | on_time_pct | margin_pct | annual_frequency | sales_mode | wallet_share_pct | years | reputation"


def ids(count):
    return np.array([f"K{place:03}" for place in range(count)], object)


@pytest.mark.parametrize(
    ("count", "sizes"),
    [
        (10, [2, 3, 4, 1]), (7, [1, 3, 2, 1]), (25, [5, 8, 10, 2]), (3, [1, 1, 1, 0]), (2, [0, 1, 1, 0]), (1, [0, 1, 0, 0]),
        (0, [0, 0, 0, 0]),
    ],
)  # fmt: skip
def test_sizes_of_the_grades_t51(count, sizes):
    totals = np.arange(count, 0, -1).astype(float)
    found = grades(totals, totals, ids(count), SPLIT).tolist()
    assert [found.count(grade) for grade in GRADES] == sizes
    assert found == sorted(found)


def test_cuts_are_rounded_half_up_t52():
    assert cuts(25, SPLIT) == [5, 13, 23]
    assert cuts(8, (12.5, 12.5, 50.0, 25.0)) == [1, 2, 6]


def test_equal_totals_are_ranked_by_amount_then_number():
    totals, amounts = np.array([50.0, 50, 50, 50]), np.array([10.0, 30, 30, np.nan])
    found = grades(totals, amounts, np.array(["K1", "K3", "K2", "K0"], object), (25.0, 25.0, 25.0, 25.0))
    assert found.tolist() == ["C", "B", "A", "D"]


@pytest.mark.parametrize(("count", "place"), [(1, 1), (4, 1), (14, 1), (15, 2), (24, 2), (25, 3)])
def test_full_points_begin_at_the_top_decile(count, place):
    values = np.arange(count, 0, -1).astype(float)
    assert top_decile(values) == values[place - 1]


def test_points_of_an_item_are_capped_and_a_blank_brings_none():
    assert item_points(np.array([0, 5, 10, 20, np.nan]), 10, 12.5).tolist() == [0, 6.25, 12.5, 12.5, 0]
    assert item_points(np.array([0.0, np.nan]), 0, 12.5).tolist() == [0, 0]


def accounts(*rows, **given):
    drawn = "\n".join(f"K{place} | {row}" for place, row in enumerate(rows, 1))
    return situation("2025-06-30", key_account=f"account_no | {ITEMS} | stage | name | owner\n{drawn}", **given)


def test_the_best_account_has_a_hundred_points():
    known = accounts("1000 | 100 | 25 | 10 | 框架合同 | 80 | 5 | 10", "500 | 50 | 12.5 | 5 | 散单 | 40 | 2.5 | 5")
    found = BY_KEY["account_grade"].of(known)
    assert found.inputs["score"].tolist() == [100, round(7 * 6.25 + 12.5 / 3, 6)]
    assert found.labels.tolist() == ["B", "C"]


def test_weights_and_split_are_the_stores():
    parameters = {"grade_weights": (100.0, *(0.0,) * 7), "grade_split": (50.0, 0.0, 0.0, 50.0)}
    known = accounts("400 | 100 | | | | | |", "1000 | 0 | | | | | |", parameters=parameters)
    found = BY_KEY["account_grade"].of(known)
    assert found.inputs["score"].tolist() == [40, 100]
    assert found.labels.tolist() == ["D", "A"]


def test_each_blank_item_is_told():
    known = accounts("1000 | 100 | 25 | 10 | 框架合同 | | 5 | ")
    found = [problem for problem in class_problems(known, ()) if problem.code == "account_item_blank"]
    assert len(found) == 2


@pytest.mark.parametrize(("grade", "price"), [("A", 95_000), ("B", 97_000), ("C", 100_000), ("D", 105_000)])
def test_prices_t53(grade, price):
    assert lowest_price(100_000, grade, Parameters()) == price


def test_every_grade_has_a_policy():
    assert tuple(policy.grade for policy in POLICIES) == GRADES


def test_the_terms_of_a_grade_are_the_stores_own():
    own = Parameters({"grade_price": (-6.5, -3.0, 0.0, 5.0), "grade_days": (14.0, 30.0, 40.0)})
    best, worst = terms_of("A", own), terms_of("D", own)
    assert (best.price, best.lead_time) == (("down to -6.5%", "可低至-6.5%"), ("at most 14 days", "不超过14天"))
    assert worst.price == ("5% above", "上浮5%")
    assert worst.lead_time == ("strict review, case by case", "逐单严审")
    assert terms_of("", own) is None


def terms(grade, *late_on):
    days = np.array(late_on, "datetime64[D]")
    return payment_terms(np.array([grade, "A"], object), np.zeros(len(days), np.int64), days).tolist()[0]


def test_two_late_payments_in_a_quarter_lower_the_terms_t54():
    assert terms("A", "2025-04-01", "2025-06-30") == "B"
    assert terms("A", "2025-06-30", "2025-07-01") == "A"
    assert terms("A", "2024-06-30", "2025-06-30") == "A"
    assert terms("A", "2025-04-01", "2025-05-01", "2025-06-30") == "B"
    assert terms("D", "2025-04-01", "2025-06-30") == "D"
    assert terms("A") == "A"


@pytest.mark.parametrize(
    ("share", "stage"),
    [
        (0, "客户开发阶段"), (0.1, "初期合作阶段"), (49.9, "初期合作阶段"), (50, "稳定合作阶段"), (79.9, "稳定合作阶段"),
        (80, "战略合作阶段"), (100, "战略合作阶段"), (100.1, "未知"), (-0.1, "未知"), (np.nan, "未知"),
    ],
)  # fmt: skip
def test_stages_t56(share, stage):
    assert stages(np.array([share]), Parameters()).tolist() == [stage]


def test_the_cuts_of_the_stages_are_the_stores():
    parameters = Parameters({"stage_cut_low": 30.0, "stage_cut_high": 60.0})
    assert stages(np.array([29.9, 30, 60]), parameters).tolist() == ["初期合作阶段", "稳定合作阶段", "战略合作阶段"]


def test_a_stage_that_fell_asks_for_a_repair_plan():
    """One that rose does not; one that rose by two is told."""
    share = "| | | | | {} | |  | {} | Name | Ann"
    known = accounts(
        share.format(49, "稳定合作阶段"), share.format(50, "稳定合作阶段"), share.format(80, "初期合作阶段"), share.format(9, "")
    )
    assert [(plan.account_no, plan.owner, plan.before, plan.now) for plan in repair_plans(known)] == [
        ("K1", "Ann", "稳定合作阶段", "初期合作阶段")
    ]
    codes = [problem.code for problem in class_problems(known, ()) if problem.code.startswith("stage")]
    assert codes == ["stage_fell", "stage_skipped"]


@pytest.mark.parametrize(
    ("frequency", "amount", "margin", "label"),
    [
        (6, 20000, 20, "大客户"), (6, 20000, np.nan, "大客户"), (6, 20000, 19.9, "潜在大客户"), (5, 20000, 20, "潜在大客户"),
        (6, 19999, 20, "潜在大客户"), (4.2, 14000, np.nan, "潜在大客户"), (4, 20000, 20, "一般客户"), (6, 13999, 20, "一般客户"),
        (np.nan, 20000, 20, "未知"), (6, np.nan, 20, "未知"),
    ],
)  # fmt: skip
def test_key_accounts(frequency, amount, margin, label):
    one = (np.array([value], float) for value in (frequency, amount, margin))
    assert key_accounts(*one, np.zeros(1, np.int64), Parameters()).tolist() == [label]
