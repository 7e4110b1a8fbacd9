"""Columns of a table: some kept as read, some as numbers of texts."""

import numpy as np
import pytest

from xl_retention.domain.coded import Coded
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.store import Table

NAMES = Coded(np.array([1, 0, 1, 2]), np.array(["Wu", "Li", ""], object))
SPENT = np.array([1.0, 2.0, 3.0, 4.0])


@pytest.fixture
def visits() -> Table:
    sheet = np.array(["Visits"] * 4, object)
    return Table(
        ENTITIES["service_visit"], {"total_amount": SPENT}, sheet, np.arange(2, 6), coded={"service_advisor": NAMES}
    )


def test_a_column_of_numbers_reads_like_one_of_texts(visits):
    """
    Whether it is asked for by name, for some rows, or as numbers.
    """
    assert visits.texts("service_advisor").tolist() == ["Li", "Wu", "Li", ""]
    assert visits.texts_at("service_advisor", np.array([3, 0])).tolist() == ["", "Li"]
    assert visits.words("service_advisor") is NAMES


def test_it_is_spelled_out_once(visits):
    """
    Whoever asks row by row does not pay for the column each time.
    """
    assert visits.texts("service_advisor") is visits.texts("service_advisor")


def test_it_is_one_of_the_columns(visits):
    """
    Each name stands once, also where a column was given both ways.
    """
    assert list(visits.columns) == ["total_amount", "service_advisor"]
    assert len(visits.columns) == 2
    both = Table(
        visits.entity, {"service_advisor": NAMES.texts}, visits.sheet, visits.row, coded={"service_advisor": NAMES}
    )
    assert list(both.columns) == ["service_advisor"]
    assert "plate_no" not in both.columns


def test_a_column_that_is_not_there_is_blank(visits):
    """
    For all rows and for some.
    """
    assert visits.texts_at("plate_no", np.array([0, 2])).tolist() == ["", ""]


def test_rows_are_kept_in_both_kinds_of_columns(visits):
    """
    By flags; sheet and row go along.
    """
    some = visits.where(np.array([False, True, True, False]))
    assert some.texts("service_advisor").tolist() == ["Wu", "Li"]
    assert some.numbers("total_amount").tolist() == [2.0, 3.0]
    assert some.row.tolist() == [3, 4]


def test_a_column_that_is_replaced_is_no_longer_that_of_the_numbers(visits):
    """
    Nor is it there any more when it is taken out.
    """
    other = visits.with_columns({"service_advisor": np.array(["Ma"] * 4, object)})
    assert other.texts("service_advisor").tolist() == ["Ma"] * 4
    assert other.words("service_advisor").different.tolist() == ["Ma"]
    assert visits.texts("service_advisor").tolist() == ["Li", "Wu", "Li", ""]
    assert list(visits.without_columns({"service_advisor"}).columns) == ["total_amount"]
