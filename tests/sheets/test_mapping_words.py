"""What is typed beside a question of the sheet Mapping: a name of ours, a candidate, or the words of a heading."""

from __future__ import annotations

import pytest

from xl_retention.sheets.headers import clean_heading
from xl_retention.sheets.reading.mapping import read_mapping


def answered(table: str, field: str) -> tuple[set[tuple[str, str]], list[str]]:
    """Tables and fields that the heading Handed Over is, and the codes of what is wrong."""
    rows = [["Sheet", "Heading", "Table", "Field"], ["Ours", "Handed Over", table, field]]
    answers = read_mapping("Mapping", rows, {"Ours": [clean_heading("Handed Over")]})
    return {(each.entity, each.field) for each in answers.mapping}, [problem.code for problem in answers.problems]


@pytest.mark.parametrize(
    "field",
    ["vehicle.delivery_date", "Delivery Date (vehicle.delivery_date)", "Delivery Date", "delivery date", "交车日期"],
)
def test_a_field_may_be_named_in_either_language(field: str) -> None:
    assert answered("", field) == ({("vehicle", "delivery_date")}, [])


def test_words_that_several_tables_have_are_of_the_table_that_is_named() -> None:
    assert answered("vehicle", "车牌号") == ({("vehicle", "plate_no")}, [])
    assert len(answered("", "车牌号")[0]) > 1


def test_words_that_mean_several_fields_are_told() -> None:
    assert answered("", "客户姓名") == (set(), ["mapping_unknown"])


def test_a_name_of_ours_goes_before_the_words_of_another_field() -> None:
    assert answered("staff", "name") == ({("staff", "name")}, [])


@pytest.mark.parametrize("field", ["Handed", "日"])
def test_other_words_are_told(field: str) -> None:
    assert answered("", field) == (set(), ["mapping_unknown"])
