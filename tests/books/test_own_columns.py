# ruff: noqa: E501  (XML is easier to check in one line)
"""Columns of our own beside a list of the staff's: what takes them in, what stays byte for byte, what is refused."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter

from tests.books.workbooks import MADE_ON, contents, edit
from xl_retention.books.book import KEEP
from xl_retention.books.closed import ClosedBook
from xl_retention.errors import BookRefused, WrongRequest

SHEET, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
DAY = dt.date(2026, 11, 21)
OURS = {"Tier": ["High", None, "Low"], "Classified on": [DAY, DAY, DAY]}


def cars(path: Path, *, table: bool = False, totals: bool = False, filtered: bool = False, beside: str = "") -> Path:
    """A list of three cars under headings in row 2; *beside* is a cell that the staff filled right of it."""
    with xlsxwriter.Workbook(str(path)) as book:
        book.set_properties({"created": MADE_ON})
        sheet = book.add_worksheet("Cars")
        bold = book.add_format({"bold": True, "bg_color": "#1F4E78"})
        sheet.write("A1", "Cars of the store")
        sheet.write_row(1, 0, ["Plate", "Owner", "Km"], bold)
        for row, km in enumerate([100, 200, 300], 2):
            sheet.write_row(row, 0, [f"A{row}", "Ada", km])
        sheet.write_comment("A3", "Comes in the morning")
        sheet.write("B8", "=SUM(C3:C5)", None, 600)
        columns = [{"header": "Plate", "total_string": "Total"}, {"header": "Owner"}, {"header": "Km", "total_function": "sum"}]
        if table:
            sheet.add_table(1, 0, 4 + totals, 2, {"name": "Cars", "columns": columns, "total_row": totals})
        if filtered:
            sheet.autofilter(1, 0, 4, 2)
        if beside:
            sheet.write(beside, "theirs")
        book.add_worksheet("Notes").write("A1", "=COUNTA(Cars!A:A)", None, 6)
    return path


def put_columns(path: Path, columns: dict[str, list[object]], beside: int = 1) -> ClosedBook:
    with ClosedBook(path) as book:
        book.put_columns("Cars", 2, beside, columns)
        book.save()
    return book


def read(path: Path) -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read("Cars")


def text(path: Path, part: str) -> str:
    return contents(path)[part].decode()


def test_new_columns_stand_right_of_the_list(tmp_path):
    path = cars(tmp_path / "a.xlsx")

    put_columns(path, OURS)

    moment = dt.datetime(2026, 11, 21)
    assert [row[3:5] for row in read(path)[1:5]] == [["Tier", "Classified on"], ["High", moment], [None, moment], ["Low", moment]]


@pytest.mark.parametrize("kind", ["plain", "table", "totals", "filtered"])
def test_everything_else_stays_byte_for_byte(tmp_path, kind):
    path = cars(tmp_path / "a.xlsx", table=kind in ("table", "totals"), totals=kind == "totals", filtered=kind == "filtered")
    before = contents(path)

    put_columns(path, OURS)

    after = contents(path)
    changed = {"plain": {SHEET}, "table": {SHEET, TABLE}, "totals": {SHEET, TABLE}, "filtered": {SHEET, "xl/workbook.xml"}}[kind]
    assert {name for name in after if after[name] != before.get(name)} == {*changed, "xl/styles.xml"}
    assert before.keys() == after.keys()
    staff = re.sub(r'<c r="[DE]\d+"[^>]*?(/>|>.*?</c>)|<col [^>]*/>|</?cols>', "", after[SHEET].decode())
    kept = before[SHEET].decode()
    for widened in (r'spans="[^"]*"', r'<dimension ref="[^"]*"', r'<autoFilter ref="[^"]*"'):
        staff, kept = re.sub(widened, "", staff), re.sub(widened, "", kept)
    assert staff == kept


def test_a_table_takes_the_columns_in(tmp_path):
    path = cars(tmp_path / "a.xlsx", table=True)

    put_columns(path, OURS)

    table = openpyxl.load_workbook(path)["Cars"].tables["Cars"]
    assert (table.ref, table.autoFilter.ref) == ("A2:E5", "A2:E5")
    assert [column.name for column in table.tableColumns] == ["Plate", "Owner", "Km", *OURS]
    assert [column.id for column in table.tableColumns] == [1, 2, 3, 4, 5]
    assert 'tableColumns count="5"' in text(path, TABLE)


def test_a_totals_row_stays_the_last_of_its_table(tmp_path):
    path = cars(tmp_path / "a.xlsx", table=True, totals=True)

    put_columns(path, OURS)

    table = openpyxl.load_workbook(path)["Cars"].tables["Cars"]
    assert (table.ref, table.autoFilter.ref, table.totalsRowCount) == ("A2:E6", "A2:E5", 1)
    assert read(path)[5][3:] == [None, None]


def test_a_filter_and_its_hidden_name_take_the_columns_in(tmp_path):
    path = cars(tmp_path / "a.xlsx", filtered=True)
    edit(path, SHEET, lambda xml: xml.replace('<autoFilter ref="A2:C5"/>', '<autoFilter ref="A2:C5"><sortState ref="A3:C5"><sortCondition ref="C3:C5"/></sortState></autoFilter>'))

    put_columns(path, OURS)

    assert '<autoFilter ref="A2:E5"><sortState ref="A3:E5"><sortCondition ref="C3:C5"/>' in text(path, SHEET)
    assert "$A$2:$E$5" in text(path, "xl/workbook.xml")


def test_the_headings_look_like_the_one_beside_and_dates_are_shown_whole(tmp_path):
    path = cars(tmp_path / "a.xlsx")

    put_columns(path, OURS)

    sheet = openpyxl.load_workbook(path)["Cars"]
    assert sheet["D2"].font.b
    assert sheet["E2"].font.b
    assert not sheet["D3"].font.b
    assert sheet["E3"].is_date
    assert sheet.column_dimensions["E"].width > 10


def test_a_heading_that_is_there_keeps_its_column(tmp_path):
    path = cars(tmp_path / "a.xlsx", table=True)
    put_columns(path, OURS)

    put_columns(path, {"Tier": ["Low", KEEP, KEEP], "Stage": ["x", "y", "z"]})

    rows = read(path)
    assert rows[1] == ["Plate", "Owner", "Km", "Tier", "Classified on", "Stage"]
    assert [row[3] for row in rows[2:5]] == ["Low", None, "Low"]
    assert openpyxl.load_workbook(path)["Cars"].tables["Cars"].ref == "A2:F5"


def test_twice_is_once(tmp_path):
    path = cars(tmp_path / "a.xlsx", table=True)
    put_columns(path, OURS)
    before = path.read_bytes()

    book = put_columns(path, OURS)

    assert path.read_bytes() == before
    assert book.backup is None


def test_reads_see_what_is_not_saved_yet(tmp_path):
    path = cars(tmp_path / "a.xlsx")

    with ClosedBook(path) as book:
        book.put_columns("Cars", 2, 1, OURS)
        book.put_columns("Cars", 2, 1, {"Tier": ["Low", "Low", "Low"], "Stage": ["x"]})
        waiting = book.read("Cars")
        book.save()
        assert waiting == book.read("Cars")
    assert [row[3:] for row in waiting[1:4]] == [["Tier", "Classified on", "Stage"], ["Low", dt.datetime(2026, 11, 21), "x"], ["Low", dt.datetime(2026, 11, 21), None]]


@pytest.mark.parametrize("kind", ["plain", "table", "filtered"])
def test_what_stands_right_of_the_list_is_not_written_over(tmp_path, kind):
    """
    A column further right would stay behind when the rows are sorted.
    """
    path = cars(tmp_path / "a.xlsx", table=kind == "table", filtered=kind == "filtered", beside="E4")
    before = path.read_bytes()

    with ClosedBook(path) as book, pytest.raises(BookRefused, match=r"Cars!E4 is taken where the column 'Classified on' would go"):
        book.put_columns("Cars", 2, 1, OURS)
    assert path.read_bytes() == before


def test_a_column_of_theirs_without_a_heading_belongs_to_a_plain_list(tmp_path):
    path = cars(tmp_path / "a.xlsx", beside="D4")

    put_columns(path, OURS)

    assert read(path)[1] == ["Plate", "Owner", "Km", None, "Tier", "Classified on"]
    assert read(path)[3][3] == "theirs"


def test_merged_cells_right_of_the_list_are_refused(tmp_path):
    path = cars(tmp_path / "a.xlsx")
    edit(path, SHEET, lambda xml: xml.replace("</sheetData>", '</sheetData><mergeCells count="1"><mergeCell ref="D3:F3"/></mergeCells>'))

    with ClosedBook(path) as book, pytest.raises(BookRefused, match=r"D3 of a\.xlsx is taken where a new column"):
        book.put_columns("Cars", 2, 1, OURS)


def test_a_table_that_a_query_fills_is_refused(tmp_path):
    path = cars(tmp_path / "a.xlsx", table=True)
    edit(path, TABLE, lambda xml: xml.replace('<table ', '<table tableType="queryTable" ', 1))

    with ClosedBook(path) as book, pytest.raises(BookRefused, match=r"Table Cars of a\.xlsx is filled by a query"):
        book.put_columns("Cars", 2, 1, OURS)


def test_a_formula_in_a_column_of_ours_is_not_overwritten(tmp_path):
    path = cars(tmp_path / "a.xlsx")
    put_columns(path, OURS)
    edit(path, SHEET, lambda xml: re.sub(r'<c r="D5"[^>]*>.*?</c>', '<c r="D5"><f>A1</f><v>1</v></c>', xml))

    with ClosedBook(path) as book, pytest.raises(BookRefused, match=r"Cars!D5 of a\.xlsx holds a formula"):
        book.put_columns("Cars", 2, 1, OURS)


def test_requests_that_make_no_sense(tmp_path):
    with ClosedBook(cars(tmp_path / "a.xlsx")) as book:
        with pytest.raises(WrongRequest, match="Cars!Z2 holds no heading"):
            book.put_columns("Cars", 2, 26, OURS)
        with pytest.raises(WrongRequest, match="has no sheet 'Cats'"):
            book.put_columns("Cats", 2, 1, OURS)
        with pytest.raises(WrongRequest, match="cannot hold object"):
            book.put_columns("Cars", 2, 1, {"Tier": [object()]})


def test_rows_spelled_unusually_give_the_same_cells(tmp_path):
    """
    Rows that the quick way does not know are parsed.
    """
    usual, unusual = cars(tmp_path / "a.xlsx"), cars(tmp_path / "b.xlsx")
    edit(unusual, SHEET, lambda xml: re.sub(r'<c r="(\w+)"( s="\d+")?', r"<c\2 r='\1'", xml))

    put_columns(usual, OURS)
    put_columns(unusual, OURS)

    assert read(usual) == read(unusual)
    assert re.findall(r'<c r="[DE]\d"[^>]*>.*?</c>', text(usual, SHEET)) == re.findall(r'<c r="[DE]\d"[^>]*>.*?</c>', text(unusual, SHEET))


@pytest.mark.skipif(
    not shutil.which("soffice") and os.environ.get("XL_RETENTION_REQUIRE_OFFICE") != "1", reason="needs soffice (package libreoffice-calc)"
)
def test_libreoffice_opens_the_result(tmp_path):
    path = cars(tmp_path / "a.xlsx", table=True, totals=True)
    put_columns(path, OURS)

    home = tmp_path / "home"
    subprocess.run(
        ["soffice", f"-env:UserInstallation=file://{home}", "--headless", "--convert-to", "csv", "--outdir", str(tmp_path), str(path)],
        env={"HOME": str(tmp_path), "PATH": os.environ["PATH"], "LANG": "C.UTF-8"}, check=True, capture_output=True, timeout=120,
    )  # fmt: skip

    lines = (tmp_path / "a.csv").read_text(encoding="utf-8").splitlines()
    assert lines[1:3] == ["Plate,Owner,Km,Tier,Classified on", "A2,Ada,100,High,2026-11-21"]
