"""What a button says when it could not do its work is known again in Chinese."""

from __future__ import annotations

import re

import pytest

from tests.actions.drawn import workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.errors import RetentionError
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.refusals import in_chinese

CUSTOMERS = """
    Customer ID | Customer | Mobile
    C1          | Wu       | '13800138000
"""
BOOKS = {
    "no customers": {"Notes": "hello | world"},
    "no heading row": {"Customers": "hello | world"},
    "no name": {"Customers": "VIN | Plate No | Delivery date\nLSVAA4187E2184847 | 沪A12345 | 2026-11-01"},
}


@pytest.mark.parametrize("sheets", BOOKS.values(), ids=BOOKS)
def test_a_workbook_that_is_not_understood_is_told_in_chinese(tmp_path, sheets):
    with ClosedBook(workbook(tmp_path / "x.xlsx", sheets)) as book, pytest.raises(RetentionError) as error:
        read_store(book)

    told = in_chinese(str(error.value))

    assert "工作表" in told
    assert "sheet" not in told.casefold()


@pytest.mark.parametrize(
    "sentence",
    [
        "The sheet 'Today's Calls' was not made by this program, or its headings were changed, so it is not "
        "overwritten; put its headings back or give it another name, and try again.",
        "The sheet 'X' could not be written (at a.cxx:1\n); if it or the workbook is protected, lift the protection "
        "(Review) and try again.",
        "Log!B2 holds a formula, which is not overwritten; replace it by a value, or keep that column elsewhere, and "
        "try again.",
        "Log!B2 of S.xlsx holds a formula, and a formula of the staff is not overwritten; type over it by hand if it "
        "may go.",
        "Log!B2 of S.xlsx is part of merged cells; unmerge them (Home, Merge & Center) and try again.",
        "Log!B2 of S.xlsx lies in a pivot table, which makes its cells itself; move the pivot table to another sheet.",
        "Log!B2 of S.xlsx is a heading of table Calls; change it by hand if it has to change.",
        "Log!A4 of S.xlsx cannot be written to, for table Calls ends with a totals row; switch it off (Table Design, "
        "Total Row), try again and switch it on.",
        "Log!A4 of S.xlsx is taken where a new row of table Calls would go; move what stands there further down and "
        "try again.",
        "Table Calls of S.xlsx is filled by a query, so no columns are added to it; keep the list in a table of its "
        "own and try again.",
        "Sheet Log of S.xlsx is protected; its owner has to take the protection off (Review, Unprotect Sheet) first.",
        "KPI in S.xlsx is a chartsheet, so no rows can be written to it; give it another name and try again.",
        "S.xlsx has nearly all the 65,490 cell formats that Excel takes, so none can be added; clear those that are of "
        "no use (Home, Clear, Clear Formats), save it in Excel and try again.",
    ],
)
def test_what_cannot_be_written_is_told_in_chinese(sentence):
    assert not re.search("[a-z]{4} [a-z]", in_chinese(sentence))


@pytest.mark.parametrize("why", ["xl/styles.xml is missing", "xl/tables/table1.xml is not a table as Excel saves it"])
def test_a_workbook_that_would_lose_something_is_told_in_chinese_with_what_to_do(why):
    told = in_chinese(str(not_kept_whole("Store.xlsx", why)))

    assert "Store.xlsx" in told
    assert "在 Excel 中" in told
    assert "as Excel saves" not in told


@pytest.mark.parametrize(
    "sentence",
    [
        "'soon' in the yellow cell is no month such as 2026-11.",
        "'Nobody' in the yellow cell is in no row of this workbook.",
        "There is no saved filter 'Lost' on the sheet Segments; saved are none.",
        "'director' is not the number or name of a report; those are 1 manager, 2 sales_manager.",
    ],
)
def test_what_a_yellow_cell_cannot_mean_is_told_in_chinese(sentence):
    assert not in_chinese(sentence).isascii()
    assert "'" not in in_chinese(sentence)


def test_an_unknown_sentence_stays_as_it_is():
    assert in_chinese("The moon is full.") == "The moon is full."
