"""Values through xlwings and our engine, in a real LibreOffice: what goes in comes out, as it would with Excel."""

from __future__ import annotations

import datetime as dt
import time

import numpy as np
import pandas as pd
import pytest
import xlsxwriter

from xl_retention.books.libreoffice import NotInLibreOffice

DAY = dt.datetime(2024, 2, 29)
MOMENT = dt.datetime(2024, 2, 29, 9, 30)


@pytest.fixture
def opened(office):
    return office.new()


@pytest.fixture
def sheet(opened):
    return opened.book.sheets[0]


def text_type(opened, address):
    return opened.cell("Sheet1", address).Type.value


def test_a_block_comes_back_as_excel_would_hand_it_out(sheet):
    sheet["B2"].value = [["text", 1, 2.5], [DAY, MOMENT, None], [True, False, ""]]

    assert sheet["B2:D4"].value == [["text", 1.0, 2.5], [DAY, MOMENT, None], [True, False, None]]
    assert [type(value) for value in sheet["B4:C4"].value] == [bool, bool]
    assert type(sheet["C2"].value) is float


def test_one_cell_is_a_value_and_one_row_or_column_a_list(sheet):
    sheet["A1"].value = [[1, 2], [3, 4]]

    assert sheet["A1"].value == 1.0
    assert sheet["A1:B1"].value == [1.0, 2.0]
    assert sheet["A1:A2"].value == [1.0, 3.0]
    assert sheet["A1"].raw_value == 1.0


@pytest.mark.parametrize(
    ("ndim", "value"), [(1, [1.0]), (2, [[1.0]]), (None, 1.0)], ids=["list", "list of lists", "as it is"]
)
def test_the_number_of_dimensions_can_be_asked_for(sheet, ndim, value):
    sheet["A1"].value = 1

    assert sheet["A1"].options(ndim=ndim).value == value


def test_one_value_fills_a_whole_range(sheet):
    sheet["A1:B2"].value = "x"

    assert sheet["A1:B2"].value == [["x", "x"], ["x", "x"]]


@pytest.mark.parametrize(
    "text",
            ["13800138000", "007", "1/2", "2024-05-01", "TRUE", "1e5", "+86 138", "-5", "@home", "50%", "  x", "a\nb",
             "客户"],
)  # fmt: skip
def test_text_stays_text_and_leaves_the_number_format_alone(opened, sheet, text):
    """
    A phone number is no number, and the next number typed there is no text.
    """
    sheet["A1"].value = [[text]]

    assert sheet["A1"].value == text
    assert text_type(opened, "A1") == "TEXT"
    assert sheet["A1"].number_format == "General"


def test_a_text_with_an_equals_sign_is_a_formula_and_an_apostrophe_prevents_it(opened, sheet):
    sheet["A1"].value = [["=1+1", "'=1+1", "'13800138000", "''quoted'", "="]]

    assert sheet["A1:E1"].value == [2.0, "=1+1", "13800138000", "'quoted'", "="]
    assert [text_type(opened, f"{column}1") for column in "ABCDE"] == ["FORMULA", "TEXT", "TEXT", "TEXT", "TEXT"]


def test_in_a_cell_formatted_as_text_every_text_is_taken_as_it_is(opened, sheet):
    sheet["A1:B1"].number_format = "@"
    sheet["A1"].value = [["=1+1", "'007"]]

    assert sheet["A1:B1"].value == ["=1+1", "'007"]
    assert text_type(opened, "A1") == "TEXT"


def test_formulas_between_values_leave_the_values_as_they_are(opened, sheet):
    sheet["A1"].value = [[0.1 + 0.2, 1], ["=A1*10", 2], ["007", 3], [None, 4], ["=SUM(B1,B2)", 5], ["end", 6]]

    assert sheet["A1:A6"].value == [0.1 + 0.2, (0.1 + 0.2) * 10, "007", None, 3.0, "end"]
    assert text_type(opened, "A3") == "TEXT"


def test_a_date_gets_a_format_only_where_none_shows_dates(sheet):
    sheet["A1"].number_format = "d.m.yy"
    sheet["A2"].number_format = "0.00"
    sheet["A1"].value = [[DAY], [DAY], [DAY], [MOMENT], [DAY.date()]]

    assert [sheet[row, 0].number_format for row in range(5)] == [
        "d.m.yy", "yyyy-mm-dd", "yyyy-mm-dd", "yyyy-mm-dd hh:mm", "yyyy-mm-dd",
    ]  # fmt: skip
    assert sheet["A1:A5"].value == [DAY, DAY, DAY, MOMENT, DAY]


def test_a_number_in_the_place_of_a_boolean_is_a_number(sheet):
    sheet["A1"].value = [[True], [True], [True]]
    sheet["A2"].value = [[7], ["x"]]

    assert sheet["A1:A3"].value == [True, 7.0, "x"]


@pytest.mark.parametrize("date_1904", [False, True], ids=["days from 1900", "days from 1904"])
def test_both_date_systems_give_the_same_days(office, tmp_path, date_1904):
    path = tmp_path / "Days.xlsx"
    with xlsxwriter.Workbook(path, {"date_1904": date_1904}) as made:
        day, moment, clock = (made.add_format({"num_format": code}) for code in ("yyyy/m/d", "d-mmm-yy h:mm", "h:mm"))
        first = made.add_worksheet()
        first.write_datetime("A1", DAY, day)
        first.write_datetime("A2", MOMENT, moment)
        first.write_datetime("A3", dt.time(18, 45), clock)
        first.write_formula("A4", "=A1+1", day, 45352 - 1462 * date_1904)
    sheet = office.open(path).book.sheets[0]
    sheet["B1"].value = [[DAY], [MOMENT]]

    assert sheet["A1:A4"].value == [DAY, MOMENT, dt.datetime(1899, 12, 30, 18, 45), DAY + dt.timedelta(1)]
    assert sheet["B1:B2"].value == [DAY, MOMENT]


def test_a_number_that_is_no_day_stays_a_number(sheet):
    sheet["A1:A3"].number_format = "yyyy-mm-dd"
    sheet["A1"].options(ndim=2).value = [[-1], [1e9], [60]]

    assert sheet["A1:A3"].value == [-1.0, 1e9, dt.datetime(1900, 2, 28)]


def test_options_for_dates_numbers_and_blanks_are_honoured(sheet):
    sheet["A1"].value = [DAY, 3, None]

    assert sheet["A1:C1"].options(dates=dt.date, numbers=int, empty="-").value == [DAY.date(), 3, "-"]


def test_errors_are_none_or_named(sheet):
    sheet["A1"].value = [["=1/0", "=NA()", "=NOSUCH()", '="x"+1', '=""', "fine"]]

    assert sheet["A1:F1"].value == [None, None, None, None, None, "fine"]
    assert sheet["A1:F1"].options(err_to_str=True).value == [
        "#DIV/0!", "#N/A", "#NAME?", "#VALUE!", None, "fine",
    ]  # fmt: skip


def test_errors_in_a_file_keep_their_names(office, tmp_path):
    names = ["#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A"]
    with xlsxwriter.Workbook(tmp_path / "Errors.xlsx") as made:
        first = made.add_worksheet()
        for column, name in enumerate(names):
            first.write_formula(0, column, f"={name}", None, name)
    sheet = office.open(tmp_path / "Errors.xlsx").book.sheets[0]

    assert sheet["A1:G1"].value == [None] * 7
    assert sheet["A1:G1"].options(err_to_str=True).value == names


def test_a_frame_goes_out_and_comes_in(sheet):
    frame = pd.DataFrame(
        {
            "customer": ["Wu", "Müller", "李"],
            "phone": ["13800138000", "+49 151", "007"],
            "km": [1.5, np.nan, 3.0],
            "on": [pd.Timestamp("2024-02-29"), pd.NaT, pd.Timestamp("2025-01-01 08:00")],
        }
    )
    sheet["A1"].options(index=False).value = frame
    back = sheet["A1"].expand().options(pd.DataFrame, index=False).value

    assert back["customer"].tolist() == frame["customer"].tolist()
    assert back["phone"].tolist() == frame["phone"].tolist()
    np.testing.assert_array_equal(back["km"], frame["km"])
    assert back["on"].tolist()[::2] == frame["on"].tolist()[::2]
    assert bool(back["on"].isna()[1])


def test_numpy_goes_out_and_comes_in(sheet):
    sheet["A1"].value = np.arange(6).reshape(2, 3)
    sheet["A4"].value = [[np.int64(3), np.float32(0.5), np.bool_(True), np.datetime64("2024-02-29"), np.nan, pd.NaT]]

    np.testing.assert_array_equal(sheet["A1:C2"].options(np.array).value, [[0, 1, 2], [3, 4, 5]])
    assert sheet["A4:F4"].value == [3.0, 0.5, True, DAY, None, None]


def test_what_no_cell_can_hold_is_named(sheet):
    with pytest.raises(NotInLibreOffice, match="a dict as a cell's value"):
        sheet["A1"].value = [[1, {"a": 1}]]


def test_expanding_finds_the_table(sheet):
    sheet["B2"].value = [["a", "b", "c"], [1, 2, 3], [4, 5, 6], [None, 7, 8]]
    sheet["F2"].value = "apart"

    assert sheet["B2"].expand().address == "$B$2:$D$4"
    assert sheet["C2"].expand("down").address == "$C$2:$C$5"
    assert sheet["B2"].expand("right").address == "$B$2:$D$2"
    assert sheet["B2"].current_region.address == "$B$2:$D$5"


def test_notes_colours_and_validation_outlive_a_write(opened, sheet):
    """
    LibreOffice's own call for a block would throw the notes away.
    """
    for address in ("B2", "A3", "C3"):
        opened.model.Sheets.getByIndex(0).Annotations.insertNew(opened.cell("Sheet1", address).CellAddress, address)
    sheet["B2"].color = (255, 255, 0)
    sheet["A1"].value = [[f"{row}{column}" for column in "abc"] for row in range(4)]
    sheet["A3"].value = [["=1+1", 5, "'z"]]
    notes = opened.model.Sheets.getByIndex(0).Annotations

    assert sheet["A1:C4"].value == [["0a", "0b", "0c"], ["1a", "1b", "1c"], [2.0, 5.0, "z"], ["3a", "3b", "3c"]]
    assert sorted(notes.getByIndex(at).String for at in range(notes.Count)) == ["A3", "B2", "C3"]
    assert sheet["B2"].color == (255, 255, 0)


def test_a_hundred_thousand_rows_take_seconds(sheet):
    rows = [[float(n), f"客户{n}", "13800138000", DAY + dt.timedelta(n % 999), None] * 2 for n in range(100_000)]
    start = time.monotonic()
    sheet["A1"].value = rows
    back = sheet["A1:J100000"].value

    assert back == rows
    assert time.monotonic() - start < 60
