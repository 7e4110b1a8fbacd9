"""Texts by which a row of totals is known."""

import pytest

from xl_retention.sheets.reading import total_rows
from xl_retention.sheets.reading.total_rows import Totals, begins_total


@pytest.mark.parametrize(
    "text",
    ["合计", " 合计：", "总计", "小计:", "Total", "TOTAL（元）", "Ｔotal", "sub total", "Grand-Total", "_total"],
)
def test_words_of_totals_are_found_however_they_are_written(text):
    assert Totals().codes(["Ann", text, "C1"]).tolist() == [1]


@pytest.mark.parametrize("text", ["", "Totally", "合计人", "Subaru", "total\x00", "Total of all cars and more"])
def test_other_texts_are_none(text):
    assert not Totals().codes([text, "a\x00total\x00b"]).size


def test_texts_added_later_are_looked_at_too():
    texts = ["Total", "Ann"]
    totals = Totals()
    assert totals.codes(texts).tolist() == [0]
    texts += ["Bob", "合计"]
    assert totals.codes(texts).tolist() == [0, 3]
    assert totals.codes(["Ann", "小计"]).tolist() == [1]


def test_places_count_on_from_one_stretch_to_the_next(monkeypatch):
    monkeypatch.setattr(total_rows, "_AT_ONCE", 3)
    texts = ["Total" if place % 4 == 0 else f"C{place}" for place in range(11)]
    assert Totals().codes(texts).tolist() == [0, 4, 8]


@pytest.mark.parametrize(
    ("row", "is_one"),
    [
        (["合计", 5], True), ([None, "", "小计：", 5], True), (["C1", "合计"], False), ([12, "Total"], False),
        ([None], False), ([], False),
    ],
)  # fmt: skip
def test_the_first_filled_cell_makes_a_row_of_totals(row, is_one):
    assert begins_total(row) is is_one
