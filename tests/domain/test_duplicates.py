"""Rows that stand twice (DOM 2.14 "Duplicate rows", "Duplicate customers")."""

import numpy as np
import pytest

from tests.tables import table
from xl_retention.domain.duplicates import FILLED, merged_by_key, repeated_rows
from xl_retention.domain.store import MONTH_DAY


def texts(merged, name):
    return merged.texts(name).tolist()


def kept(entity, drawing, beside=None):
    """Rows kept of a table, and what was told of the others."""
    flags, problems = repeated_rows(table(entity, drawing), beside, lambda places: [])
    return flags.tolist(), [problem.code for problem in problems]


def test_rows_equal_in_every_field_count_once():
    """
    The first stays, each other one is told.
    """
    drawing = """
        customer_id | contact_at | result
        C1          | 2025-03-01 | 接通
        C1          | 2025-03-01 | 接通
        C1          | 2025-03-01 | 未接
        C1          | 2025-03-01 | 接通
    """
    assert kept("contact_log", drawing) == ([True, False, True, False], ["row_repeated"] * 2)


@pytest.mark.parametrize("cell", ["", "2025-03-02"])
def test_a_single_different_cell_makes_another_row(cell):
    """
    A blank differs from a filled cell.
    """
    drawing = f"customer_id | contact_at | next_contact_date\nC1 | 2025-03-01 | 2025-03-01\nC1 | 2025-03-01 | {cell}"
    assert kept("contact_log", drawing) == ([True, True], [])


def test_blanks_are_alike():
    """
    Two rows that say nothing of the odometer say the same.
    """
    drawing = "vin | visit_date | odometer_in\nV1 | 2025-03-01 |\nV1 | 2025-03-01 |"
    assert kept("service_visit", drawing) == ([True, False], ["row_repeated"])


def test_on_a_wide_sheet_the_columns_of_the_other_table_count_too():
    """
    Two cars of one customer are not one row.
    """
    customers = "customer_id | customer_name\nC1 | Li\nC1 | Li"
    assert kept("customer", customers, table("vehicle", "vin\nV1\nV2")) == ([True, True], [])
    assert kept("customer", customers, table("vehicle", "vin\nV1\nV1")) == ([True, False], ["row_repeated"])


def test_customers_of_one_number_are_one_whose_blanks_are_filled():
    """
    The first row wins; what it leaves blank comes from the first that says it.
    """
    merged, problems = merged_by_key(
        table(
            "customer",
            """
            customer_id | customer_name | mobile      | birth_date
            C1          | Li            |             |
            C2          | Wu            | 13800000002 |
            C1          | Lee           | 13800000001 |
            C1          |               | 13800000009 | 1988-05-21
            """,
        )
    )
    assert texts(merged, "customer_id") == ["C1", "C2"]
    assert texts(merged, "customer_name") == ["Li", "Wu"]
    assert texts(merged, "mobile") == ["13800000001", "13800000002"]
    assert merged.read("birth_month_day").tolist() == [521, 0]
    assert [(problem.code, problem.found) for problem in problems] == [("key_repeated", "C1")]


def test_rows_that_only_fill_each_others_blanks_are_merged_without_a_word():
    """
    Nothing contradicts.
    """
    merged, problems = merged_by_key(table("customer", "customer_id | customer_name | mobile\nC1 | Li |\nC1 | | 138"))
    assert (texts(merged, "customer_name"), texts(merged, "mobile")) == (["Li"], ["138"])
    assert problems == []


def test_a_vin_that_stands_twice_is_told_even_if_nothing_contradicts():
    """
    DOM 2.15: of cars, unlike customers, there is a row each.
    """
    _, problems = merged_by_key(table("vehicle", "vin | customer_id | color\nV1 | C1 |\nV1 | C1 | red"))
    assert [(problem.code, problem.severity, problem.found) for problem in problems] == [("key_repeated", "high", "V1")]


def test_rows_without_a_key_stay_as_they_are():
    """
    Two nameless cars may be two cars.
    """
    merged, problems = merged_by_key(table("vehicle", "vin | plate_no | customer_id\n | | C1\n | | C1"))
    assert len(merged) == 2
    assert problems == []


def test_a_car_without_vin_is_known_by_its_plate():
    """
    The key of a vehicle row.
    """
    merged, _ = merged_by_key(table("vehicle", "vin | plate_no | customer_id | color\n | A1 | C1 |\n | A1 | C1 | red"))
    assert texts(merged, "color") == ["red"]


@pytest.mark.parametrize(
    ("first", "second", "owner"),
    [
        pytest.param("2024-01-01", "2025-01-01", "C2", id="the newest delivery wins"),
        pytest.param("2025-01-01", "2024-01-01", "C1", id="wherever it stands"),
        pytest.param("2025-01-01", "2025-01-01", "C1", id="equal: the first row"),
        pytest.param("", "2024-01-01", "C2", id="a date goes before none"),
        pytest.param("", "", "C1", id="no dates: the first row"),
    ],
)
def test_a_car_under_two_customers_is_the_one_of_the_newest_delivery(first, second, owner):
    """
    Listed for review either way.
    """
    cars = f"vin | customer_id | delivery_date\nV1 | C1 | {first}\nV1 | C2 | {second}"
    merged, problems = merged_by_key(table("vehicle", cars))
    assert texts(merged, "customer_id") == [owner]
    assert "vin_of_two_customers" in [problem.code for problem in problems]


def test_a_typed_no_is_not_blank():
    """
    A later yes does not overrule it, but it fills a blank.
    """
    drawn = table("customer", "customer_id | do_not_contact | consent_marketing\nC1 | |\nC1 | yes | yes")
    typed = {
        f"do_not_contact{FILLED}": np.array([True, True]),
        f"consent_marketing{FILLED}": np.array([False, True]),
    }
    merged, _ = merged_by_key(drawn.with_columns(typed))
    assert merged.flags("do_not_contact").tolist() == [False]
    assert merged.flags("consent_marketing").tolist() == [True]
    assert [name for name in merged.columns if name.endswith(FILLED)] == []


def test_a_car_of_two_customers_does_not_hide_the_next_repeated_car():
    """
    Each pair is told on its own, also where one row's number ends like the other's.
    """
    given = table(
        "vehicle",
        """
        vin | customer_id | series
        V1  | C1          | X5
        V2  | C3          | X5
        V1  | C2          | X5
        V2  | C3          | X7
        """,
    )
    _, problems = merged_by_key(given)
    assert [problem.code for problem in problems] == ["vin_of_two_customers", "key_repeated"]


def test_a_birthday_without_its_year_is_not_blank():
    """The year of another row's birthday does not join it."""
    merged, _ = merged_by_key(
        table("customer", "customer_id | birth_date\nC1 | 07-05\nC1 | 1995-09-04\nC2 |\nC2 | 1995-09-04")
    )
    assert np.isnat(merged.days("birth_date")).tolist() == [True, False]
    assert merged.columns[MONTH_DAY].tolist() == [705, 904]
