"""Rows added to the staff's sheets: below the last one, in the words of the workbook, all else untouched."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest
from openpyxl import load_workbook
from xlsxwriter import Workbook

from tests.actions.drawn import Sheet, workbook
from xl_retention.books.closed import ClosedBook
from xl_retention.domain.schema import ENTITIES
from xl_retention.errors import BookRefused
from xl_retention.sheets.reading.reader import recognise_sheets
from xl_retention.sheets.staff_rows import RowPlace, StaffRows

CUSTOMERS = "Customer ID | Name | Mobile\n C1 | Ada | '13900000001"
LOG = """
    Call ID | Customer ID | Call Date  | Outcome   | Weather
    K1      | C1          | 2026-11-01 | Connected | sunny
"""


def added(path: Path, sheets: dict[str, Sheet], *rows: dict[str, object], language: str = "en", **options) -> Path:
    """A workbook of drawn sheets with rows added to its contact log."""
    workbook(path, sheets)
    with ClosedBook(path) as book:
        staff = StaffRows(book, language)
        for row in rows:
            staff.add("contact_log", row, **options)
        staff.write()
        book.save()
    return path


def cells(path: Path, sheet: str) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read(sheet)


def test_rows_come_below_the_last_filled_one(tmp_path: Path) -> None:
    log = LOG.rstrip() + "\n |||| \n |||| note of ours"
    path = added(
        tmp_path / "S.xlsx",
        {"Customers": CUSTOMERS, "Call Log": log},
        {"contact_id": "K2", "customer_id": "C1", "contact_at": dt.datetime(2026, 11, 2), "result": "未接"},
        {"contact_id": "K3", "customer_id": "C1"},
    )

    assert cells(path, "Call Log")[2][:4] == ["K2", "C1", dt.datetime(2026, 11, 2), "No answer"]
    assert cells(path, "Call Log")[3] == ["K3", "C1", None, None, "note of ours"]


def test_values_are_written_as_a_clerk_of_this_store_would(tmp_path: Path) -> None:
    path = added(
        tmp_path / "S.xlsx",
        {"Customers": CUSTOMERS},
        {"due_key": ("a/b/c/d/1", "e"), "role": "SA", "recorded": True, "result": "空号", "feedback": "=1", "score": 0},
        language="zh",
    )

    heads, row = cells(path, "回访记录")
    found = {str(head): cell for head, cell in zip(heads, row, strict=True) if cell is not None}
    assert found == {
        "到期键": "a/b/c/d/1;e", "岗位": "SA", "是否录音": "是", "回访结果": "空号", "客户意见": "=1", "评分": 0,
    }  # fmt: skip


@pytest.mark.parametrize("language", ["en", "zh"])
def test_a_sheet_that_is_made_is_understood_again(tmp_path: Path, language: str) -> None:
    for entity in ("contact_log", "complaint", "prospect", "booking", "referral", "handover", "campaign"):
        path = workbook(tmp_path / f"{entity}.xlsx", {"Customers": CUSTOMERS})
        with ClosedBook(path) as book:
            staff = StaffRows(book, language)
            assert not staff.has(entity)
            staff.add(entity, {ENTITIES[entity].key[0]: "X1"})
            staff.write()
            (match,) = (match for match in recognise_sheets(book).matches if match.entity == entity)
            assert match.unmatched == []
            assert match.questions == []


def test_a_missing_column_is_added_at_the_right_end(tmp_path: Path) -> None:
    path = added(
        tmp_path / "S.xlsx",
        {"Customers": CUSTOMERS, "Call Log": LOG},
        {"contact_id": "K2", "feedback": "fine", "staff": "Li"},
        {"contact_id": "K3", "feedback": "too"},
        spare=("staff",),
    )

    assert cells(path, "Call Log") == [
        ["Call ID", "Customer ID", "Call Date", "Outcome", "Weather", "Feedback"],
        ["K1", "C1", dt.datetime(2026, 11, 1), "Connected", "sunny", None],
        ["K2", None, None, None, None, "fine"],
        ["K3", None, None, None, None, "too"],
    ]


def test_a_heading_added_to_a_sheet_that_is_made_fits_its_column(tmp_path: Path) -> None:
    path = tmp_path / "S.xlsx"
    workbook(path, {"Customers": CUSTOMERS})
    with ClosedBook(path) as book:
        staff = StaffRows(book, "en")
        staff.add("contact_log", {"contact_id": "K1", "Customers beforehand": 7}, spare=())
        staff.write()
        book.save()

    sheet = load_workbook(path).worksheets[-1]
    last = sheet.cell(1, sheet.max_column)
    assert last.value == "Customers beforehand"
    assert sheet.column_dimensions[last.column_letter].width > len("beforehand")


def test_a_column_of_the_staffs_own_is_filled_by_its_heading(tmp_path: Path) -> None:
    path = added(
        tmp_path / "S.xlsx", {"Customers": CUSTOMERS, "Call Log": LOG}, {"contact_id": "K2", "WEATHER": "rain"}
    )

    assert cells(path, "Call Log")[2] == ["K2", None, None, None, "rain"]


def test_of_several_sheets_the_one_that_says_so_takes_the_rows(tmp_path: Path) -> None:
    path = added(
        tmp_path / "S.xlsx",
        {"Customers": CUSTOMERS, "Call Log": LOG, "2025": LOG.replace("Outcome", "Call Outcome")},
        {"contact_id": "K2"},
    )

    assert (len(cells(path, "Call Log")), len(cells(path, "2025"))) == (3, 2)


def test_a_name_that_the_staff_use_for_something_else_is_left_to_them(tmp_path: Path) -> None:
    path = added(
        tmp_path / "S.xlsx", {"Customers": CUSTOMERS, "Contacts": "our suppliers"}, {"contact_id": "K2"}
    )

    assert cells(path, "Contacts") == [["our suppliers"]]
    assert cells(path, "Contacts 2")[1][0] == "K2"


def test_a_table_takes_the_rows_in(tmp_path: Path) -> None:
    """
    Also a new one, whose only row is still empty.
    """
    path = tmp_path / "S.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet("Customers").write_row(0, 0, ["Customer ID", "Name", "Mobile"])
        log = book.add_worksheet("Call Log")
        log.add_table(0, 0, 1, 2, {"columns": [{"header": text} for text in ("Call ID", "Customer ID", "Outcome")]})
    with ClosedBook(path) as book:
        staff = StaffRows(book, "en")
        places = [staff.add("contact_log", {"contact_id": f"K{number}"}) for number in (1, 2)]
        staff.write()
        book.save()

    assert places == [RowPlace("Call Log", 2), RowPlace("Call Log", 3)]
    (table,) = load_workbook(path)["Call Log"].tables.values()
    assert table.ref == "A1:C3"


@pytest.mark.parametrize("kind", ["table", "filter"])
def test_a_table_or_filter_takes_a_missing_column_in(tmp_path: Path, kind: str) -> None:
    """
    Sorted without it, a due key would come to stand beside somebody else's call.
    """
    path = tmp_path / "S.xlsx"
    heads = ["Call ID", "Customer ID", "Outcome"]
    with Workbook(str(path)) as book:
        book.add_worksheet("Customers").write_row(0, 0, ["Customer ID", "Name", "Mobile"])
        sheet = book.add_worksheet("Call Log")
        sheet.write_row(0, 0, heads)
        sheet.write_row(1, 0, ["K1", "C1", "Connected"])
        if kind == "table":
            sheet.add_table(0, 0, 1, 2, {"name": "Calls", "columns": [{"header": each} for each in heads]})
        else:
            sheet.autofilter(0, 0, 1, 2)
    with ClosedBook(path) as closed:
        staff = StaffRows(closed, "en")
        staff.add("contact_log", {"contact_id": "K2", "due_key": ("C1/V1/DLV-3D/2026-11-14/1",), "role": "SA"})
        staff.write()
        closed.save()

    there = load_workbook(path)["Call Log"]
    assert [cell.value for cell in there[1]] == [*heads, "Due Key", "Role"]
    assert (there.tables["Calls"] if kind == "table" else there.auto_filter).ref == "A1:E3"


def test_a_cell_is_changed_where_its_row_lies(tmp_path: Path) -> None:
    path = workbook(tmp_path / "S.xlsx", {"Customers": CUSTOMERS})
    with ClosedBook(path) as book:
        staff = StaffRows(book, "en")
        ada = RowPlace("Customers", 2)
        assert staff.cell("customer", ada, "mobile") == "13900000001"
        assert staff.cell("customer", ada, "email") is None
        staff.change("customer", ada, {"mobile": "13700000000"})
        staff.write()
        book.save()

    assert cells(path, "Customers")[1] == ["C1", "Ada", "13700000000"]


def test_nothing_is_written_before_it_is_said(tmp_path: Path) -> None:
    path = workbook(tmp_path / "S.xlsx", {"Customers": CUSTOMERS, "Call Log": LOG})
    with ClosedBook(path) as book:
        StaffRows(book, "en").add("contact_log", {"contact_id": "K2"})

        assert len(book.read("Call Log")) == 2


def test_what_lies_in_the_way_is_not_overwritten(tmp_path: Path) -> None:
    """
    A total below a table of the staff's.
    """
    path = tmp_path / "S.xlsx"
    with Workbook(str(path)) as book:
        book.add_worksheet("Customers").write_row(0, 0, ["Customer ID", "Name", "Mobile"])
        log = book.add_worksheet("Call Log")
        columns = [{"header": "Call ID", "total_string": "Total"}, {"header": "Customer ID"}, {"header": "Score"}]
        log.add_table(0, 0, 2, 2, {"columns": columns, "total_row": True, "data": [["K1", "C1", 5]]})
    with ClosedBook(path) as book:
        staff = StaffRows(book, "en")
        staff.add("contact_log", {"contact_id": "K2"})
        with pytest.raises(BookRefused, match="total"):
            staff.write()
