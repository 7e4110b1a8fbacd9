"""The filter of an open sheet, asked and widened as Excel for Windows wants it (a stand-in for its objects)."""

from __future__ import annotations

from types import SimpleNamespace

import pytest

from xl_retention.books.live_filters import SheetFilter, filter_of, set_end
from xl_retention.errors import BookRefused

THERE = SheetFilter(3, 1, 9, 4)


class Sheet:
    """A sheet with a filter over A3:D9."""

    name = "Cars"

    def __init__(self, *, hides: bool = False) -> None:
        cells = SimpleNamespace(Row=3, Column=1, Rows=SimpleNamespace(Count=7), Columns=SimpleNamespace(Count=4))
        self.api = SimpleNamespace(AutoFilterMode=True, FilterMode=hides, AutoFilter=SimpleNamespace(Range=cells))
        self.filtered: list[tuple[tuple[int, int], tuple[int, int]]] = []

    def range(self, first, last):
        return SimpleNamespace(api=SimpleNamespace(AutoFilter=lambda: self.filtered.append((first, last))))


def test_the_filter_is_found_where_the_program_tells():
    assert filter_of(Sheet()) == THERE
    assert filter_of(SimpleNamespace(api=object())) is None


def test_the_filter_is_made_anew_over_more_columns():
    sheet = Sheet()
    set_end(sheet, THERE, 6)
    assert (sheet.api.AutoFilterMode, sheet.filtered) == (False, [((3, 1), (9, 6))])


def test_a_filter_that_hides_rows_is_left_alone():
    sheet = Sheet(hides=True)
    with pytest.raises(BookRefused, match="Rows of Cars are hidden by its filter"):
        set_end(sheet, THERE, 6)
    assert sheet.filtered == []
