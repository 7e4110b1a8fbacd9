# ruff: noqa: E501 (a drawn row stays in one piece, and a Chinese letter counts twice)
"""Region, cohort, occupation, credit and other groupings of customers; grades of prospects (DOM 4.4, 4.6, 4.7, 4.10-4.14)."""

import datetime as dt

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from tests.tables import situation
from xl_retention.domain.classes.cohort import year_in_id, year_in_words
from xl_retention.domain.classes.credit import credit_grades
from xl_retention.domain.classes.groupings import interests_in
from xl_retention.domain.classes.prospect_grade import prospect_grades
from xl_retention.domain.classes.schemes import BY_KEY, on_cars
from xl_retention.domain.parameters import Parameters
from xl_retention.domain.prospects import computed_grade

UNKNOWN = "未知"


def label(key, fields, as_of="2025-06-30", **more):
    """The label of one customer with these fields."""
    customer = f"customer_id | {' | '.join(fields)}\nC1 | {' | '.join(fields.values())}"
    (found,) = BY_KEY[key].of(situation(as_of, customer=customer, **more)).labels.tolist()
    return found


@pytest.mark.parametrize(
    ("fields", "expected"),
    [
        ({"region_type": "县城", "address": "朝阳区"}, "县城"),
        ({"address": "朝阳区柳镇1号"}, "乡镇"),
        ({"address": "安吉县良朋村"}, "乡镇"),
        ({"address": "安吉县某乡"}, "乡镇"),
        ({"address": "安吉县城区"}, "县城"),
        ({"address": "朝阳区建国路"}, "市区"),
        ({"address": "建国路1号", "distance_km": "10"}, "市区"),
        ({"address": "建国路1号", "distance_km": "10.1"}, UNKNOWN),
        ({"address": "良朋村", "distance_km": "1"}, "乡镇"),
        ({"address": "", "distance_km": "0"}, "市区"),
        ({"address": ""}, UNKNOWN),
    ],
)
def test_region(fields, expected):
    assert label("region", fields) == expected


def test_the_city_ends_where_the_store_says():
    assert label("region", {"distance_km": "12"}, parameters={"city_distance_km": 12.0}) == "市区"


@pytest.mark.parametrize(
    ("km", "circle"), [("5", "5公里内"), ("5.1", "5-10公里"), ("10", "5-10公里"), ("10.1", "10公里外"), ("", UNKNOWN)]
)
def test_distance_circles(km, circle):
    assert label("distance", {"distance_km": km}) == circle


@pytest.mark.parametrize(
    ("born", "cohort"),
    [
        pytest.param("1959-12-31", "60前"),
        pytest.param("1960-01-01", "60后"),
        pytest.param("1969-12-31", "60后", id="T57"),
        pytest.param("1970-01-01", "70后", id="T57, the day after"),
        pytest.param("1979-12-31", "70后"),
        pytest.param("1980-01-01", "80后"),
        pytest.param("1989-12-31", "80后"),
        pytest.param("1990-01-01", "90后"),
        pytest.param("1999-12-31", "90后", id="T57, 1999"),
        pytest.param("2000-01-01", "00后", id="T57, 2000"),
    ],
)
def test_cohort_by_birth_date(born, cohort):
    assert label("cohort", {"birth_date": born}) == cohort


@pytest.mark.parametrize(
    ("fields", "cohort"),
    [
        ({"birth_date": "1985-05-05", "birth_year": "70后"}, "80后"),
        pytest.param({"birth_date": "05-21", "birth_year": "1975"}, "70后", id="a birthday without its year says no year"),
        ({"birth_year": "80后", "id_number": "11010119650101123X"}, "80后"),
        ({"birth_year": "?", "id_number": "11010119650101123X"}, "60后"),
        ({"birth_year": "", "id_number": "110101650101123"}, UNKNOWN),
        ({"birth_year": "", "age": "40"}, UNKNOWN),
        ({"birth_year": ""}, UNKNOWN),
    ],
)
def test_cohort_asks_date_then_year_then_identity_number(fields, cohort):
    assert label("cohort", fields) == cohort


@pytest.mark.parametrize(
    ("text", "year"),
    [
        ("1985", 1985), ("1985年", 1985), ("1985.0", 1985), ("１９８５", 1985), ("85年", 1985), ("03年", 2003), ("80后", 1980),
        ("85后", 1980), ("95后", 1990), ("00后", 2000), ("05后", 2000), ("50后", 1950), ("80 后", 1980), ("80年代", 1980), ("60前", 1959),
    ],
)  # fmt: skip
def test_years_as_staff_type_them(text, year):
    assert year_in_words(text) == year


@pytest.mark.parametrize("text", ["85", "后", "成年", "35岁", "198", "19855", "70前", ""])
def test_what_is_no_year(text):
    assert np.isnan(year_in_words(text))


@pytest.mark.parametrize("text", ["", "123", "110101850101123", "110101**********1X", "A" * 18])
def test_what_is_no_identity_number_with_a_year(text):
    assert np.isnan(year_in_id(text))


def test_occupation_is_the_one_typed():
    assert label("occupation", {"occupation": "农民"}) == "农民"
    assert label("occupation", {"occupation": ""}) == UNKNOWN


def test_a_car_of_nobody_on_file_is_in_no_class_of_people():
    known = situation(
        "2025-06-30",
        customer="customer_id | region_type\nC1 | 市区",
        vehicle="vin | customer_id\nV1 | C1\nV2 | C9\nV3 | C1",
    )
    for key, expected in (("region", "市区"), ("cohort", UNKNOWN), ("occupation", UNKNOWN)):
        assert on_cars(BY_KEY[key], known).labels.tolist() == [expected, UNKNOWN, expected]


AS_OF = dt.date(2025, 6, 1)


@pytest.mark.parametrize(
    ("days", "grade"),
    [(0, "H"), (7, "H"), (8, "A"), (15, "A"), (16, "B"), (30, "B"), (31, "C"), (90, "C"), (91, "培育"), (-1, "逾期未订")],
)
def test_prospect_grades_t55(days, grade):
    expected = np.array([AS_OF + dt.timedelta(days=days)], "datetime64[D]")
    assert prospect_grades(expected, np.datetime64(AS_OF), Parameters()).tolist() == [grade]


@given(
    st.lists(st.none() | st.dates(dt.date(2025, 1, 1), dt.date(2026, 1, 1)), max_size=20),
    st.tuples(*(st.integers(0, 120) for _ in range(4))),
)
def test_prospects_are_graded_one_by_one_as_all_at_once(expected, limits):
    """The follow-up rules ask for one, the scheme for all."""
    names = (f"prospect_days_{grade}" for grade in "habc")
    parameters = Parameters(dict(zip(names, limits, strict=True)))
    days = np.array([np.datetime64("NaT") if day is None else day for day in expected], "datetime64[D]")
    assert prospect_grades(days, np.datetime64(AS_OF), parameters).tolist() == [
        computed_grade(day, AS_OF, parameters) for day in expected
    ]


def test_only_prospects_still_followed_up_have_a_computed_grade():
    known = situation(
        "2025-06-01",
        prospect="""
            prospect_no | created_date | expected_order_date | status | grade
            P1 | 2025-05-01 | 2025-06-02 | 在跟 | C
            P2 | 2025-05-01 |            |      |
            P3 | 2025-05-01 | 2025-06-02 | 战败 |
            P4 | 2025-06-02 | 2025-06-02 |      |
        """,
    )
    assert known.store["prospect"].texts("prospect_no").tolist() == ["P1", "P2", "P3"]
    assert BY_KEY["prospect_grade"].of(known).labels.tolist() == ["H", "培育", ""]


@pytest.mark.parametrize(
    ("late", "days", "dispute", "grade"),
    [
        (0, np.nan, False, "A"), (1, 15, False, "B"), (1, 16, False, "C"), (1, 60, False, "C"), (1, 61, False, "D"),
        (2, 15, False, "C"), (3, 60, False, "C"), (3, 61, False, "D"), (4, 1, False, "D"), (0, 0, True, "D"),
        (np.nan, np.nan, False, UNKNOWN), (2, np.nan, False, UNKNOWN), (np.nan, np.nan, True, "D"),
    ],
)  # fmt: skip
def test_credit_grades(late, days, dispute, grade):
    assert credit_grades(np.array([late]), np.array([days]), np.array([dispute])).tolist() == [grade]


def test_interests_are_parted_by_signs_and_blanks():
    assert interests_in("足球、自驾,采摘;亲子 足球") == ("足球", "自驾", "采摘", "亲子")
    assert label("interests", {"hobbies": ""}) == ()


def test_the_latest_answer_about_satisfaction_counts():
    known = situation(
        "2025-06-30",
        customer="customer_id\nC1\nC2",
        contact_log="""
            customer_id | contact_at | satisfaction_level
            C1 | 2025-05-02 | 满意
            C1 | 2025-05-01 | 不满意
            C1 | 2025-05-03 |
            C1 | 2025-07-01 | 非常满意
        """,
    )
    assert BY_KEY["satisfaction"].of(known).labels.tolist() == ["满意", UNKNOWN]


@pytest.mark.parametrize(("cars", "kind", "expected"), [(3, "单位", "大客户"), (2, "单位", "一般客户"), (3, "个人", "一般客户")])
def test_a_company_with_three_cars_in_use_is_a_key_account(cars, kind, expected):
    """A fourth car that was sold does not count."""
    vehicles = "\n".join(f"V{place} | C1 | {'转让' if place >= cars else ''}" for place in range(cars + 1))
    known = situation(
        "2025-06-30",
        customer=f"customer_id | customer_type\nC1 | {kind}",
        vehicle=f"vin | customer_id | vehicle_status\n{vehicles}",
    )
    assert BY_KEY["key_customer"].of(known).labels.tolist() == [expected]
