"""Rows in the order of several columns of whole numbers."""

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_retention.domain.ordering import order_of

FEW, MANY = st.integers(-3, 3), st.integers(-(2**62), 2**62)


def sorted_places(*columns):
    rows = list(zip(*columns, strict=True))
    return sorted(range(len(rows)), key=rows.__getitem__)


def test_the_first_column_goes_first_and_equal_rows_stay():
    """
    Car, then day, then as in the sheet.
    """
    car, day = np.array([2, 1, 2, 1, 1]), np.array([5, 9, 5, 3, 9])
    assert order_of(car, day).tolist() == [3, 1, 4, 0, 2]


@pytest.mark.parametrize("width", [1, 2, 3])
def test_without_rows_there_is_no_order(width):
    """
    A store without visits.
    """
    assert order_of(*[np.empty(0, np.int64)] * width).tolist() == []


@given(st.lists(st.tuples(FEW, MANY, FEW), max_size=40))
def test_it_is_the_order_of_python_however_large_the_numbers_are(rows):
    """
    Numbers too large to stand side by side are counted, or sorted one column after the other.
    """
    columns = [np.array([row[place] for row in rows], np.int64) for place in range(3)]
    assert order_of(*columns).tolist() == sorted_places(*(column.tolist() for column in columns))


def test_more_columns_than_have_room_side_by_side():
    """
    Six columns of a thousand different values each need more than 64 bits even when they are counted.
    """
    generator = np.random.default_rng(0)
    columns = [generator.permutation(1000) * 10**12 for _ in range(6)]
    assert order_of(*columns).tolist() == sorted_places(*(column.tolist() for column in columns))


def test_a_blank_day_goes_before_all_others():
    """
    Its number is the smallest that there is.
    """
    days = np.array(["2025-01-02", "NaT", "2025-01-01"], "datetime64[D]").astype(np.int64)
    assert order_of(days, np.zeros(3, np.int64)).tolist() == [1, 2, 0]
