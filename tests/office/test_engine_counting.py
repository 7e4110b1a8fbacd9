"""The number of calls to the office does not grow with the rows."""

from __future__ import annotations

import datetime as dt

import pandas as pd
import pytest

from tests.office.counting import counting_book

DAY = dt.datetime(2024, 2, 29)


def block(rows):
    """Texts, numbers, dates, booleans, blanks and formulas, no two rows alike in their kinds."""
    return [
        [
            f"客户{row}",
            "13800138000" if row % 3 else None,
            float(row) if row % 2 else DAY,
            row % 5 == 0 if row % 7 else "x",
            "=1+1" if row % 4 else "'=text",
        ]
        for row in range(rows)
    ]  # fmt: skip


def calls(office, rows, do):
    """What an action on that many rows asks of an office that has not seen the workbook before."""
    book, count = counting_book(office.new())
    sheet = book.sheets[0]
    sheet["A1"].value = block(rows)
    count.by_name.clear()
    do(sheet, rows)
    return count.by_name


ACTIONS = {
    "write": lambda sheet, rows: setattr(sheet["H1"], "value", block(rows)),
    "write over": lambda sheet, rows: setattr(sheet["A1"], "value", block(rows)[::-1]),
    "read": lambda sheet, rows: sheet.range((1, 1), (rows, 5)).value,
    "read errors too": lambda sheet, rows: sheet.range((1, 1), (rows, 5)).options(err_to_str=True).value,
    "read as a frame": lambda sheet, rows: sheet.range((1, 1), (rows, 5)).options(pd.DataFrame).value,
    "expand": lambda sheet, rows: sheet["A1"].expand("down").address,
    "fill with a formula": lambda sheet, rows: setattr(sheet.range((1, 6), (rows, 6)), "value", 1),
    "clear": lambda sheet, rows: sheet.used_range.clear_contents(),
}


@pytest.mark.parametrize("do", ACTIONS.values(), ids=ACTIONS)
def test_twenty_thousand_rows_cost_as_many_calls_as_a_few_hundred(office, do):
    """
    Both numbers are multiples of 420, so that the patterns of `block` meet in the same ways.
    """
    few, many = calls(office, 420, do), calls(office, 50 * 420, do)

    assert few == many
    assert 0 < few.total() < 150
