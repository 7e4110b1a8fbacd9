"""The rows of one table find those of another by their texts."""

import numpy as np
import pytest

from tests.tables import table
from xl_retention.domain.coded import Coded, Origin
from xl_retention.domain.first_places import FirstPlaces

LISTED = ["V2", "v1", "V3", "V9", "V1"]
"""The texts of a workbook; cleaning makes V1 of v1."""
CARS = table("vehicle", "vin | customer_id\nV1 | C1\nV2 | C1\n | C2\nV1 | C3")
VISITS = table("service_visit", "vin | ro_no\nV9 | 1\nV1 | 2\nV1 | 3\n | 4\nV2 | 5\nV3 | 6")
FOUND = [-1, 0, 0, -1, 1, -1]


def numbered(plain, name, listed=LISTED, places=None):
    """The same table, knowing where the texts of a column come from."""
    coded = Coded.of(plain.columns[name])
    taken = [(places or {}).get(text, listed.index(text) if text in listed else -1) for text in coded.different]
    whole = Coded(coded.code, coded.different, Origin(listed, np.array(taken, np.int32)))
    return type(plain)(plain.entity, plain.columns, plain.sheet, plain.row, coded={name: whole})


@pytest.mark.parametrize(
    ("cars", "visits"),
    [
        pytest.param(CARS, VISITS, id="plain texts"),
        pytest.param(numbered(CARS, "vin"), VISITS, id="texts in numbers"),
        pytest.param(CARS, numbered(VISITS, "vin"), id="numbers in texts"),
        pytest.param(numbered(CARS, "vin"), numbered(VISITS, "vin"), id="of one list"),
        pytest.param(numbered(CARS, "vin"), numbered(VISITS, "vin", LISTED[::-1]), id="of two lists"),
        pytest.param(numbered(CARS, "vin", places={"V1": -1}), numbered(VISITS, "vin"), id="a text that was changed"),
        pytest.param(numbered(CARS, "vin"), numbered(VISITS, "vin", places={"V1": -1}), id="one changed in the other"),
        pytest.param(numbered(CARS, "vin", places={"V1": 1}), numbered(VISITS, "vin"), id="a text listed twice"),
    ],
)
def test_the_first_row_of_each_text(cars, visits):
    """
    However much is known of where the texts come from, the answer is the same; a blank finds nothing.
    """
    assert FirstPlaces((cars, "vin")).of(visits, "vin").tolist() == FOUND


def test_rows_are_counted_through_from_table_to_table():
    """
    Customers come before prospects; the first of two with one number counts.
    """
    customers = table("customer", "customer_id\nC1\nC2")
    prospects = table("prospect", "prospect_no\nC2\nP1")
    places = FirstPlaces((customers, "customer_id"), (prospects, "prospect_no"))
    assert places.by_text == {"C1": 0, "C2": 1, "P1": 3}
    assert places.of(table("booking", "customer_id\nP1\nC2\nX"), "customer_id").tolist() == [3, 1, -1]


def test_a_column_that_the_workbook_does_not_have_finds_nothing():
    """
    As if all of it were blank.
    """
    assert FirstPlaces((CARS, "vin")).of(VISITS, "plate_no").tolist() == [-1] * len(VISITS)
