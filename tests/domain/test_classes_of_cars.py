# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""Vehicle age, use, work-order item, value and loyalty of cars (DOM 4.1-4.3, 4.5, 4.8)."""

import numpy as np
import pytest

from tests.tables import situation
from xl_retention.domain.classes.ratio_check import ratio_check
from xl_retention.domain.classes.schemes import BY_KEY, OF_EACH_CUSTOMER
from xl_retention.domain.parameters import Parameters

HIGH, MIDDLE, LOW, UNKNOWN = "高价值", "一般价值", "低价值", "未知"


def labels(key, as_of, cars, visits="", **given):
    """Labels of a scheme; *cars* begin with a heading, *visits* are VIN, day, amount."""
    tables = {"customer": "customer_id\nC1\nC2", "vehicle": cars, **given}
    if visits:
        rows = "\n".join(f"{line.strip()} | 自费" for line in visits.strip().splitlines())
        tables["service_visit"] = f"vin | visit_date | paid_amount | pay_type\n{rows}"
    return BY_KEY[key].of(situation(as_of, **tables)).labels.tolist()


def age(as_of, delivered="2022-08-31", km="", **more):
    names = ["vin", "customer_id", "delivery_date", "last_odometer", *more.pop("columns", {})]
    return labels("age_band", as_of, f"{' | '.join(names)}\nV1 | C1 | {delivered} | {km} | {more.pop('cells', '')}", **more)[0]


@pytest.mark.parametrize(
    ("as_of", "km", "band"),
    [
        pytest.param("2024-08-31", "50000", "AGE1", id="T45, last day"),
        pytest.param("2024-09-01", "50000", "AGE2", id="T45, the day after"),
        pytest.param("2024-08-31", "50001", "AGE2", id="T46"),
        pytest.param("2024-08-31", "60000", "AGE2", id="T46, outer limit"),
        pytest.param("2024-08-31", "60001", "AGE3", id="T46, beyond"),
        pytest.param("2025-08-31", "", "AGE2", id="km unknown: by date only, last day"),
        pytest.param("2025-09-01", "", "AGE3", id="the day after"),
        pytest.param("2025-09-01", "10", "AGE3", id="few km do not help"),
    ],
)
def test_age_bands(as_of, km, band):
    assert age(as_of, km=km) == band


def test_without_a_delivery_day_the_age_is_unknown():
    """Also where it lies ahead, and whatever the warranty says."""
    assert age("2024-08-31", delivered="") == UNKNOWN
    assert age("2022-08-30") == UNKNOWN
    assert age("2022-08-31") == "AGE1"
    assert age("2024-08-31", delivered="", columns=["warranty_end"], cells="2030-01-01") == UNKNOWN
    assert age("2024-08-31", delivered="", columns=["purchase_date"], cells="2022-08-31") == "AGE1"


@pytest.mark.parametrize(
    ("as_of", "end", "band"),
    [
        ("2023-01-31", "2023-01-31", "AGE1"),
        ("2023-02-01", "2023-01-31", "AGE2"),
        ("2026-01-31", "2026-01-31", "AGE1"),
        ("2026-02-01", "2026-01-31", "AGE3"),
    ],
)
def test_a_typed_end_of_warranty_replaces_the_inner_date(as_of, end, band):
    assert age(as_of, columns=["warranty_end"], cells=end) == band


def test_the_warranty_does_not_cover_more_kilometres():
    assert age("2023-01-01", km="50001", columns=["warranty_end"], cells="2030-01-01") == "AGE2"


def test_limits_of_a_brand_go_before_the_general_ones():
    parameters = {"age_inner_months": 12, "age_inner_months.Rover": 36, "age_inner_km.Rover": 10}
    assert age("2024-01-01", columns=["brand"], cells="Rover", parameters=parameters) == "AGE1"
    assert age("2024-01-01", km="11", columns=["brand"], cells="Rover", parameters=parameters) == "AGE2"
    assert age("2024-01-01", columns=["brand"], cells="Smart", parameters=parameters) == "AGE2"


@pytest.mark.parametrize(
    ("typed", "band"),
    [
        pytest.param("| 20000 |", "AGE3", id="the dated reading of the visit goes before an undated one"),
        pytest.param("| 20000 | 2023-03-02", "AGE1", id="the later reading counts"),
        pytest.param("| 20000 | 2023-03-01", "AGE3", id="of one day the highest"),
        pytest.param("| 20000 | 2024-09-09", "AGE3", id="a reading of a day to come is undated"),
    ],
)
def test_the_latest_dated_reading_counts(typed, band):
    found = labels(
        "age_band",
        "2023-06-01",
        f"vin | customer_id | delivery_date | last_odometer | odometer_date\nV1 | C1 | 2022-08-31 {typed}",
        service_visit="vin | visit_date | odometer_in\nV1 | 2023-01-01 | 5000\nV1 | 2023-03-01 | 60001\nV1 | 2023-07-01 | 9",
    )
    assert found == [band]


def test_the_use_is_the_one_typed():
    assert labels("use", "2025-01-01", "vin | use_type\nV1 | 营运车\nV2 |\nV3 | 私家车") == ["营运车", UNKNOWN, "私家车"]


CARS = "vin | customer_id | delivery_date | first_service_done | next_service_date"


@pytest.mark.parametrize(
    ("as_of", "car", "expected"),
    [
        ("2025-01-31", "V1 | C1 | 2025-01-31 |", ("首保客户",)),
        ("2025-01-30", "V1 | C1 | 2025-01-31 |", ()),
        ("2025-01-31", "V1 | C1 | 2025-01-31 | yes |", ()),
        ("2025-01-31", "V1 | C1 | 2024-01-31 | yes | 2025-01-31", ()),
        ("2025-01-31", "V1 | C1 | 2024-01-31 | yes | 2025-02-01", ("定期保养客户",)),
        ("2025-01-01", "V1 | C1 | 2024-01-31 | yes | 2025-02-28", ("定期保养客户",)),
        ("2025-01-01", "V1 | C1 | 2024-01-31 | yes | 2025-03-01", ()),
        ("2024-12-31", "V1 | C1 | 2024-01-31 | yes | 2025-01-31", ("定期保养客户",)),
        pytest.param("2025-01-01", "V1 | C1 | 2024-01-31 | | 2025-02-28", ("首保客户",), id="first service first"),
    ],
)
def test_work_items(as_of, car, expected):
    assert labels("work_item", as_of, f"{CARS}\n{car}") == [expected]


@pytest.mark.parametrize(
    ("day", "work", "found"),
    [
        ("2025-01-01", "一般维修", True), ("2025-01-31", "事故车", True), ("2024-12-31", "一般维修", False),
        ("2025-02-01", "一般维修", False), ("2025-01-15", "返修", False), ("2025-01-15", "索赔", False),
    ],
)  # fmt: skip
def test_a_repair_of_last_month(day, work, found):
    made = labels(
        "work_item", "2025-02-28", f"{CARS}\nV1 | C1 | | yes |", service_visit=f"vin | visit_date | work_type\nV1 | {day} | {work}"
    )  # fmt: skip
    assert made == [("一般维修客户",) if found else ()]


def test_a_car_may_carry_several_items_in_the_order_of_the_table():
    made = labels(
        "work_item", "2025-02-28", f"{CARS}\nV1 | C1 | 2025-01-02 | |", service_visit="vin | visit_date | work_type\nV1 | 2025-01-15 | 事故车"
    )  # fmt: skip
    assert made == [("首保客户", "一般维修客户")]


@pytest.mark.parametrize(
    ("visits", "tier"),
    [
        pytest.param(
            "V1 | 2024-08-04 | 1800\nV1 | 2024-11-02 | 1800\nV1 | 2025-01-31 | 1800\nV1 | 2025-05-01 | 1800", HIGH, id="T47"
        ),
        pytest.param("V1 | 2024-11-01 | 500\nV1 | 2025-04-30 | 500", MIDDLE, id="T48"),
        pytest.param("V1 | 2025-05-01 | 2000", MIDDLE, id="T49"),
        pytest.param("V1 | 2025-05-01 | 500", LOW, id="T49, little money"),
    ],
)
def test_value_tiers(visits, tier):
    assert labels("value_tier", "2025-06-30", "vin | customer_id\nV1 | C1", visits) == [tier]


@pytest.mark.parametrize(("count", "sizes"), [(10, [2, 3, 5]), (7, [1, 3, 3]), (3, [1, 1, 1])])
def test_quantile_tiers_t50(count, sizes):
    cars = "vin | customer_id\n" + "\n".join(f"V{place} | C1" for place in range(count))
    found = labels("value_tier", "2025-06-30", cars, "V0 | 2025-06-01 | 10", parameters={"tier_mode": "quantile"})
    assert [found.count(tier) for tier in (HIGH, MIDDLE, LOW)] == sizes


def test_the_ratio_check_sets_shares_beside_targets():
    tiers = np.array([HIGH, LOW, LOW, MIDDLE, LOW], object)
    found = [(tier.value_tier, tier.count, tier.share, tier.target) for tier in ratio_check(tiers, Parameters())]
    assert found == [(HIGH, 1, 0.2, 0.2), (MIDDLE, 1, 0.2, 0.3), (LOW, 3, 0.6, 0.5)]
    changed = ratio_check(tiers, Parameters({"tier_target_hi": 10.0, "tier_target_mid": 25.0}))
    assert [tier.target for tier in changed] == [0.1, 0.25, 0.65]


def test_without_any_tier_there_is_no_share():
    """Zero of zero is no data, and 未知 is no tier (V11)."""
    for tiers in (np.array([UNKNOWN], object), np.empty(0, object)):
        assert {(tier.count, tier.share) for tier in ratio_check(tiers, Parameters())} == {(0, None)}


def state(as_of, visits, car="V1 | C1 | |", complaint="", **given):
    if complaint:
        given["complaint"] = f"complaint_id | customer_id | received_at | resolved_at | followup_at\n{complaint}"
    return labels("loyalty", as_of, f"vin | customer_id | delivery_date | vehicle_status\n{car}", visits, **given)[0]


@pytest.mark.parametrize(
    ("visit", "as_of", "expected"),
    [
        pytest.param("2024-08-31", "2025-02-28", "一般客户", id="T39"),
        pytest.param("2024-08-31", "2025-03-01", "准流失客户", id="T39, the day after"),
        pytest.param("2024-08-31", "2025-08-31", "准流失客户", id="T40"),
        pytest.param("2024-08-31", "2025-09-01", "流失客户", id="T40, the day after"),
        pytest.param("2024-11-30", "2025-05-30", "一般客户", id="T41"),
        pytest.param("2024-11-30", "2025-05-31", "准流失客户", id="T41, the day after"),
    ],
)
def test_lapse_counts_months_from_the_last_activity(visit, as_of, expected):
    assert state(as_of, f"V1 | {visit} | 100") == expected


def test_never_here_counts_from_delivery_t42():
    assert state("2025-01-10", "V9 | 2024-06-01 | 1", "V1 | C1 | 2024-06-01 |") == "准流失客户"
    assert state("2025-01-10", "V9 | 2024-06-01 | 1") == UNKNOWN


VISITS = "V1 | 2025-01-10 | 1000\nV1 | 2025-02-10 | 1000\nV1 | 2025-04-10 | {last}"


@pytest.mark.parametrize(
    ("last", "complaint", "expected"),
    [
        pytest.param("1000", "", "忠诚客户", id="T43"),
        pytest.param("999.99", "", "一般客户", id="T43, a fen less"),
        pytest.param("1000", "X1 | C1 | 2025-06-01 | |", "一般客户", id="T43, open complaint"),
        pytest.param("1000", "X1 | C1 | 2025-06-01 | 2025-06-02 |", "一般客户", id="T80, no follow-up yet"),
        pytest.param("1000", "X1 | C1 | 2025-06-01 | 2025-06-02 | 2025-06-03", "忠诚客户", id="closed"),
        pytest.param("1000", "X1 | C2 | 2025-06-01 | |", "忠诚客户", id="of somebody else"),
        pytest.param("1000", "X1 | C1 | 2025-06-11 | |", "忠诚客户", id="received later"),
    ],
)
def test_loyal_customers(last, complaint, expected):
    assert state("2025-06-10", VISITS.format(last=last), complaint=complaint) == expected


def test_two_visits_do_not_make_a_loyal_customer():
    assert state("2025-06-10", "V1 | 2025-02-10 | 5000\nV1 | 2025-04-10 | 5000") == "一般客户"


def test_out_of_warranty_is_not_lost_t44():
    assert state("2025-06-10", "V1 | 2025-05-10 | 5", "V1 | C1 | 2010-01-01 |") == "一般客户"


@pytest.mark.parametrize("status", ["转让", "报废", "它牌置换"])
def test_a_car_that_is_gone_is_nothing_else(status):
    assert state("2025-06-10", VISITS.format(last=1000), f"V1 | C1 | | {status}") == "已转出"


def of_customers(key, as_of, **given):
    (scheme,) = (scheme for scheme in OF_EACH_CUSTOMER if scheme.key == key)
    return scheme.of(situation(as_of, **given)).labels.tolist()


FLEET = {
    "customer": "customer_id\nC1\nC2\nC3\nC4",
    "vehicle": """
        vin | customer_id | delivery_date | vehicle_status
        V1  | C1          | 2020-01-01    |
        V2  | C1          | 2020-01-01    | 在用
        V3  | C2          | 2020-01-01    | 转让
        V4  | C3          | 2025-06-11    |
        V5  | C3          | 2020-01-01    | 报废
        V6  | C9          | 2020-01-01    |
    """,
    "service_visit": """
        vin | visit_date | paid_amount | pay_type
        V1  | 2025-01-10 | 1000 | 自费
        V2  | 2025-02-10 | 1000 | 自费
        V2  | 2025-04-10 | 1000 | 自费
    """,
}


def test_a_customers_loyalty_is_judged_over_all_cars_in_use():
    """Neither car alone is loyal; a car delivered later does not count; no car, no state."""
    assert of_customers("loyalty", "2025-06-10", **FLEET) == ["忠诚客户", "已转出", "已转出", ""]
    assert of_customers("loyalty", "2025-06-11", **FLEET) == ["忠诚客户", "已转出", "一般客户", ""]


def test_another_label_of_a_customer_is_the_best_of_the_cars():
    """V1 alone is low. V3 was given up: that does not change what it brought. V6 is of nobody on file."""
    cars = labels("value_tier", "2025-06-10", FLEET["vehicle"], service_visit=FLEET["service_visit"])
    assert cars[:2] == [LOW, MIDDLE]
    assert of_customers("value_tier", "2025-06-10", **FLEET) == [MIDDLE, LOW, LOW, ""]
    visits = FLEET["service_visit"].replace("V2  | 2025-02-10 | 1000", "V3 | 2025-02-10 | 2000")
    assert of_customers("value_tier", "2025-06-10", **{**FLEET, "service_visit": visits}) == [LOW, MIDDLE, LOW, ""]


def test_a_customer_carries_the_work_items_of_all_cars():
    given = {
        "customer": "customer_id\nC1\nC2",
        "vehicle": "vin | customer_id | delivery_date\nV1 | C1 | 2025-06-01\nV2 | C1 | 2020-01-01",
        "service_visit": "vin | visit_date | work_type\nV2 | 2025-05-10 | 事故车\nV2 | 2021-05-10 | 首保",
    }
    assert of_customers("work_item", "2025-06-10", **given) == [("首保客户", "一般维修客户"), ()]
