"""Cell functions of the classification schemes and of the lapse score (DOM 4, vectors by number)."""

from __future__ import annotations

import datetime as dt

import pytest
import retention_udfs as udf


@pytest.mark.parametrize(
    ("km", "as_of", "band"),
    [
        (50_000, "2026-03-01", "保修期内"),  # both limits inclusive (T45)
        (50_001, "2026-03-01", "三包期限内"),
        (0.0, "2026-03-02", "三包期限内"),
        (60_000, "2027-03-01", "三包期限内"),
        (60_001, "2027-03-01", "三包期限外"),
        (None, "2027-03-02", "三包期限外"),
    ],
)
def test_age_bands(km: object, as_of: str, band: str) -> None:
    assert udf.VEHICLE_AGE_BAND("2024-03-01", km, as_of=as_of) == band


def test_the_warranty_on_the_sheet_stands_for_the_first_limit() -> None:
    given = {"warranty_end": [["2025-06-30"], [""]], "as_of": "2025-07-01", "language": "en"}
    assert udf.VEHICLE_AGE_BAND([["2024-03-01"]] * 2, **given) == [["In the three guarantees"], ["In warranty"]]


def test_a_car_that_is_not_delivered_yet_or_of_which_nothing_is_known_has_no_band() -> None:
    assert udf.VEHICLE_AGE_BAND("2025-08-01", as_of="2025-07-01", language="en") == "Unknown"
    assert udf.VEHICLE_AGE_BAND("") == ""
    assert udf.VEHICLE_AGE_BAND("", 5000, language="en") == "Unknown"


@pytest.mark.parametrize(
    ("born", "cohort"),
    [
        ("1959-12-31", "60前"),
        ("1960-01-01", "60后"),
        (dt.datetime(1989, 12, 31), "80后"),
        (1990, "90后"),
        (1999.0, "90后"),
        ("2000年", "00后"),
        ("85后", "80后"),
        ("110101198503011234", "80后"),
        (31048, "80后"),  # 1985-01-01 as a serial number
        ("", ""),
        ("yesterday?", "born: not a date"),
    ],
)
def test_cohorts(born: object, cohort: str) -> None:
    assert udf.AGE_COHORT(born) == cohort


def test_regions_go_by_what_is_entered_then_the_address_then_the_distance() -> None:
    assert udf.REGION_TYPE("某某县平安乡", "市区") == "市区"
    assert udf.REGION_TYPE("某某县平安乡") == "乡镇"
    assert udf.REGION_TYPE([[""], [""], [""]], "", [[10], [10.1], [""]], "en") == [["City"], ["Unknown"], [""]]


def test_accounts_are_graded_against_each_other() -> None:
    """Ten accounts: two A, three B, four C, one D (T51); a blank cell is no account."""
    amounts = [[100_000 - 1000 * number] for number in range(10)]
    grades = [cell for (cell,) in udf.GRADE_ABCD([*amounts, [""]])]
    assert "".join(grades) == "AABBBCCCCD"
    assert grades[-1] == ""


def test_points_of_the_eight_items_make_a_hundred() -> None:
    full = (90_000, 100, 25, 12, "框架合同", 80, 5, 10)
    assert udf.GRADE_ABCD(*full, show="score") == 100
    assert udf.GRADE_ABCD(*full[:4], "Contract", *full[5:], show="score") == pytest.approx(100 - 12.5 / 3, abs=1e-6)
    assert udf.GRADE_ABCD(90_000, show="points") == "show: not grade or score"


@pytest.mark.parametrize(
    ("share", "stage"),
    [
        (0, "客户开发阶段"), (0.1, "初期合作阶段"), (49.9, "初期合作阶段"), (50, "稳定合作阶段"),
        (79.9, "稳定合作阶段"), (80, "战略合作阶段"), (100, "战略合作阶段"),
        (100.1, "未知"), ("", ""), (-1, "wallet_share_pct: below zero"),
    ],
)  # fmt: skip
def test_stages(share: object, stage: str) -> None:
    """T56."""
    assert udf.RELATIONSHIP_STAGE(share) == stage


@pytest.mark.parametrize(
    ("given", "account"),
    [
        ((6, 20_000), "大客户"),
        ((5, 20_000), "潜在大客户"),
        ((6, 20_000, 20), "大客户"),
        ((6, 20_000, 19.9), "潜在大客户"),
        ((4.2, 14_000), "潜在大客户"),
        ((4.1, 14_000), "一般客户"),
        ((0, 0, None, 3), "大客户"),
        ((0, 0, None, 2), "一般客户"),
        ((6, ""), "未知"),
        (("", ""), ""),
    ],
)
def test_key_accounts(given: tuple[object, ...], account: str) -> None:
    assert udf.KEY_ACCOUNT(*given) == account


@pytest.mark.parametrize(
    ("given", "grade"),
    [
        ((0,), "A"), ((1, 15), "B"), ((1, 16), "C"), ((2, 15), "C"), ((3, 60), "C"), ((3, 61), "D"), ((4, 1), "D"),
        ((0, None, "yes"), "D"), ((1,), "未知"), (("",), ""),
    ],
)  # fmt: skip
def test_credit_grades(given: tuple[object, ...], grade: str) -> None:
    assert udf.CREDIT_GRADE(*given) == grade


# --- the lapse score -----------------------------------------------------------------------------------------

WHO = [["A"], ["A"], ["A"], ["B"], ["Customer"], [""]]
WHEN = [["2025-01-10"], ["2025-04-10"], ["2025-07-10"], ["2023-01-10"], ["Visit date"], ["2025-05-01"]]


def test_customers_who_are_asked_for_are_answered_in_their_shape() -> None:
    (first, other), (nobody, again) = udf.LAPSE_SCORE(WHO, WHEN, [["A", "B"], ["X", "A"]], 6, "2025-08-01")
    assert 1 > first > 0.5 > 0.1 > other > 0
    assert (nobody, again) == ("", first)


def test_without_any_asked_for_each_visit_has_the_chance_of_its_customer() -> None:
    answers = [cell for (cell,) in udf.LAPSE_SCORE(WHO, WHEN, as_of="2025-08-01")]
    assert answers[0] == answers[1] == answers[2]
    assert answers[4:] == ["", ""]


def test_visits_after_the_day_are_not_known() -> None:
    later = udf.LAPSE_SCORE([*WHO, ["B"]], [*WHEN, ["2025-08-02"]], [["A"], ["B"]], 6, "2025-08-01")
    assert later == udf.LAPSE_SCORE(WHO, WHEN, [["A"], ["B"]], 6, "2025-08-01")


@pytest.mark.parametrize(("months", "fault"), [(0.5, "months: 1 to 120 wanted"), (121, "months: 1 to 120 wanted")])
def test_months_beyond_reason_are_a_wrong_argument(months: float, fault: str) -> None:
    assert udf.LAPSE_SCORE(WHO, WHEN, "A", months) == fault
