"""The rows of a long list kept as columns."""

import pytest

from xl_retention.books.long_list import LongList, columns_below, width_of

ROWS = [["Calls"], ["No", "Who"], (1, "Li"), (2, None), (3, "Wu")]


@pytest.fixture
def long() -> LongList:
    return LongList([["Calls"], ["No", "Who"]], [[1, 2, 3], ["Li", None, "Wu"]])


def test_it_reads_like_its_rows(long):
    """
    One by one, from the end, in part and in turn.
    """
    assert [*long] == [*ROWS]
    assert len(long) == len(ROWS)
    assert [long[place] for place in range(-5, 5)] == ROWS * 2
    assert long[1:4] == ROWS[1:4]
    assert long[::-2] == ROWS[::-2]
    with pytest.raises(IndexError):
        long[5]


@pytest.mark.parametrize("start", range(6))
def test_columns_below_a_row_are_those_of_its_rows(long, start):
    """
    Whether the columns are there already or have to be made.
    """
    assert [tuple(column) for column in columns_below(long, start)] == columns_below(ROWS, start)


def test_it_is_as_wide_as_its_longest_row(long):
    """
    Columns without a row count for nothing.
    """
    assert width_of(long) == width_of(ROWS) == 2
    assert width_of(LongList([["Calls"]], [[], [], []])) == width_of([["Calls"]]) == 1
    assert width_of(LongList([], [])) == width_of([]) == 0
