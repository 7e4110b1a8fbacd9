# ruff: noqa: E501  (XML is easier to check in one line)
"""Values put into the staff's own sheets: what follows, what stays byte for byte, what is refused."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import time
from pathlib import Path

import openpyxl
import pytest
import xlsxwriter
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from tests.books.workbooks import CALL_LAYOUT, MADE_ON, bare, call_rows, contents, edit, prefixed, raw_entries, rewrite
from xl_retention.books.book import KEEP
from xl_retention.books.closed import ClosedBook
from xl_retention.errors import BookRefused, WrongRequest

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

SHEET, TABLE = "xl/worksheets/sheet1.xml", "xl/tables/table1.xml"
HEADINGS = ["Customer", "Day", "Phone", "Outcome", "Visits"]


def contacts(
    path: Path,
    *,
    rows: int = 3,
    table: bool = True,
    totals: bool = False,
    filtered: bool = False,
    date1904: bool = False,
) -> Path:
    """A Contacts sheet as a store keeps it: title, headings in row 3, *rows* of data, drop-down, colours, notes."""
    with xlsxwriter.Workbook(str(path), {"date_1904": date1904}) as book:
        book.set_properties({"created": MADE_ON})
        sheet = book.add_worksheet("Contacts")
        day = book.add_format({"num_format": "dd.mm.yyyy", "border": 1})
        text, plain = book.add_format({"num_format": "@", "border": 1}), book.add_format({"border": 1})
        bold = book.add_format({"bold": True, "bg_color": "#1F4E78"})
        sheet.write("A1", "Contacts of the store")
        sheet.write_row(2, 0, HEADINGS, bold)
        for row in range(3, 3 + rows):
            sheet.write(row, 0, f"Customer {row}", plain)
            sheet.write_datetime(row, 1, dt.datetime(2026, 10, row), day)
            sheet.write_string(row, 2, "0138 1234", text)
            sheet.write(row, 3, "Reached", plain)
            sheet.write(row, 4, row, plain)
        last = 2 + max(rows, 1)
        if table:
            columns = [{"header": text} for text in HEADINGS]
            if totals:
                columns[0]["total_string"] = "Total"
                columns[4]["total_function"] = "sum"
            sheet.add_table(2, 0, last + totals, 4, {"name": "Calls", "columns": columns, "total_row": totals})
        if filtered:
            sheet.autofilter(2, 0, last, 4)
        sheet.freeze_panes(3, 0)
        sheet.data_validation(3, 3, last, 3, {"validate": "list", "source": ["Reached", "No answer"]})
        sheet.data_validation(3, 6, last - 1, 6, {"validate": "integer", "criteria": ">", "value": 1})
        sheet.conditional_format(3, 0, last, 4, {"type": "formula", "criteria": "=$E4>5", "format": bold})
        sheet.conditional_format(last, 4, last, 4, {"type": "data_bar"})
        sheet.set_column("G:G", 12, book.add_format({"italic": True}))
        sheet.write("J2", "=SUM(E4:E6)", None, 12)
        sheet.write_comment("A4", "Prefers to be called after six")
        book.add_worksheet("Notes").write("A1", "=COUNTA(Contacts!A:A)", None, 3)
    return path


def put(path: Path, *blocks: tuple[int, int, list[list[object]]], sheet: str = "Contacts") -> ClosedBook:
    with ClosedBook(path) as book:
        for top, left, rows in blocks:
            book.put(sheet, top, left, rows)
        book.save()
    return book


def cells(path: Path, sheet: str = "Contacts") -> list[list[object]]:
    with ClosedBook(path) as book:
        return book.read(sheet)


def xml(path: Path, part: str = SHEET) -> str:
    return contents(path)[part].decode()


def attribute(text: str, element: str, name: str) -> list[str]:
    return re.findall(rf'<{element}\b[^>]*\s{name}="([^"]*)"', text)


def styled(path: Path, cell: str, sheet: str = "Contacts"):
    return openpyxl.load_workbook(path)[sheet][cell]


NEW = ["Ada", dt.date(2026, 11, 21), "0139 5678", "No answer", 7]


# --- what is written -----------------------------------------------------------------------------------------


def test_rows_are_appended_and_read_back(tmp_path):
    path = contacts(tmp_path / "a.xlsx")

    put(path, (7, 1, [NEW, ["Bo", None, "=1+1", KEEP, 2.5]]))

    after = cells(path)
    assert ["Ada", dt.datetime(2026, 11, 21), "0139 5678", "No answer", 7] == after[6][:5]
    assert after[7][:5] == ["Bo", None, "=1+1", None, 2.5]
    assert len(after) == 8


def test_only_the_bytes_of_the_cell_change(tmp_path):
    """A new phone number: the rest of the sheet and all other parts are the very same."""
    path = contacts(tmp_path / "a.xlsx")
    before, sheet = raw_entries(path), xml(path)

    put(path, (5, 3, [["0139 5678"]]))

    after = raw_entries(path)
    assert {SHEET} == {name for name in before if before[name] != after[name]}
    assert list(before) == list(after)
    style = re.search(r'<c r="C5" s="(\d+)" t="s"><v>\d+</v></c>', sheet)
    new = f'<c r="C5" s="{style[1]}" t="inlineStr"><is><t>0139 5678</t></is></c>'
    assert sheet.replace(style[0], new) == xml(path)


def test_an_appended_row_stands_alone_in_the_difference(tmp_path):
    path = contacts(tmp_path / "a.xlsx", table=False)
    before, parts = xml(path), raw_entries(path)

    put(path, (7, 1, [NEW]))

    after = xml(path)
    row = re.search(r'<row r="7">.*?</row>', after)[0]
    for place in ("A4:E6", "D4:D6"):
        before = before.replace(f'sqref="{place}"', f'sqref="{place[:-1]}7"')
    assert (
        before.replace('<dimension ref="A1:J6"/>', '<dimension ref="A1:J7"/>').replace(
            "</sheetData>", row + "</sheetData>"
        )
        == after
    )
    assert {SHEET} == {name for name, data in raw_entries(path).items() if data != parts[name]}


def test_new_cells_look_like_those_above(tmp_path):
    path = contacts(tmp_path / "a.xlsx")

    put(path, (7, 1, [NEW, ["Bo", None, "0139", None, None]]))

    for row in ("7", "8"):
        assert styled(path, "B" + row).number_format == "dd.mm.yyyy"
        assert styled(path, "C" + row).number_format == "@"
        assert styled(path, "A" + row).border.left.style == "thin"
    assert styled(path, "E8").border.left.style == "thin"  # a blank of the row, too


def test_the_first_row_below_the_headings_does_not_look_like_them(tmp_path):
    path = contacts(tmp_path / "a.xlsx", rows=0, table=False)

    put(path, (4, 1, [NEW]))

    assert not styled(path, "A4").font.bold


def test_a_new_cell_without_one_above_looks_like_its_column(tmp_path):
    path = contacts(tmp_path / "a.xlsx")

    put(path, (5, 7, [["note"]]))

    assert styled(path, "G5").font.italic


def test_a_date_gets_a_date_format_only_where_the_style_has_none(tmp_path):
    path = contacts(tmp_path / "a.xlsx")

    put(path, (5, 1, [[dt.date(2026, 11, 2), dt.date(2026, 11, 3)]]), (6, 2, [[45]]))

    assert (styled(path, "A5").number_format, styled(path, "A5").border.left.style) == ("yyyy-mm-dd", "thin")
    assert styled(path, "B5").number_format == "dd.mm.yyyy"
    assert cells(path)[5][1] == 45  # a number among dates is no date
    assert xml(path, "xl/styles.xml").count("<xf ") >= 2


def test_styles_are_only_appended_to(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    before = xml(path, "xl/styles.xml")

    put(path, (5, 1, [[dt.date(2026, 11, 2)]]))

    after = xml(path, "xl/styles.xml")
    old = re.search(r"<cellXfs[^>]*>(.*)</cellXfs>", before)[1]
    assert re.search(r"<cellXfs[^>]*>(.*)</cellXfs>", after)[1].startswith(old)


def test_text_stays_text_whatever_it_looks_like(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    texts = ["=SUM(A1)", "+49 1", "-", "@x", "2026-11-21", "007", " a ", "1\n2", "_x0041_", "<&>", "真"]

    put(path, (7, 2, [[text] for text in texts]))

    assert texts == [row[1] for row in cells(path)[6:]]
    assert styled(path, "B7").quotePrefix


def test_blanks_blank_and_keep_keeps(tmp_path):
    path = contacts(tmp_path / "a.xlsx")

    put(path, (4, 1, [[None, KEEP, "", float("nan"), KEEP]]))

    assert [None, dt.datetime(2026, 10, 3), None, None, 3] == cells(path)[3][:5]
    assert styled(path, "A4").border.left.style == "thin"


def test_the_date_system_of_the_workbook_is_kept(tmp_path):
    path = contacts(tmp_path / "a.xlsx", date1904=True)

    put(path, (7, 1, [NEW]))

    assert dt.datetime(2026, 11, 21) == cells(path)[6][1]
    assert f"<v>{(dt.date(2026, 11, 21) - dt.date(1904, 1, 1)).days}</v>" in xml(path)


# --- what follows --------------------------------------------------------------------------------------------


def test_a_table_takes_in_the_rows_right_below_it(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    before = xml(path, TABLE)

    put(path, (7, 1, [NEW] * 2))

    assert before.replace('ref="A3:E6"', 'ref="A3:E8"') == xml(path, TABLE)
    assert xml(path, TABLE).count("A3:E8") == 2


def test_several_puts_grow_a_table_as_if_each_were_saved(tmp_path):
    """The note in row 11 stood below the table before the table came near it."""
    path = contacts(tmp_path / "a.xlsx")

    put(path, (11, 1, [["a note"]]), (7, 1, [NEW] * 2), (8, 5, [[1]]), (9, 1, [NEW, NEW]))

    assert 'ref="A3:E10"' in xml(path, TABLE)


def test_a_table_stays_where_rows_come_beside_or_further_down(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    before = xml(path, TABLE)

    put(path, (8, 1, [NEW]), (7, 9, [["beside"]]), (5, 1, [["Ada"]]))

    assert before == xml(path, TABLE)


def test_drop_downs_and_colours_follow_the_table(tmp_path):
    """Only those that end where the data ended; one about a single row, or that ended earlier, stays."""
    path = contacts(tmp_path / "a.xlsx")

    put(path, (7, 1, [NEW] * 2))

    after = xml(path)
    assert attribute(after, "dataValidation", "sqref") == ["D4:D8", "G4:G5"]
    assert attribute(after, "conditionalFormatting", "sqref") == ["A4:E8", "E6"]


def test_a_drop_down_does_not_run_into_another(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    other = '<dataValidation type="whole" sqref="D8:D20"><formula1>1</formula1></dataValidation>'
    edit(
        path,
        SHEET,
        lambda text: text.replace("</dataValidations>", other + "</dataValidations>").replace(
            'dataValidations count="2"', 'dataValidations count="3"'
        ),
    )

    put(path, (7, 1, [NEW] * 2))

    assert attribute(xml(path), "dataValidation", "sqref") == ["D4:D6", "G4:G5", "D8:D20"]


def test_rules_in_the_newer_extension_follow(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    rule = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main">'
        '<x14:dataValidations xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main" count="1"><x14:dataValidation type="list">'
        "<x14:formula1><xm:f>Notes!$A$1:$A$2</xm:f></x14:formula1><xm:sqref>E4:E6 E2</xm:sqref></x14:dataValidation></x14:dataValidations></ext></extLst></worksheet>"
    )
    edit(path, SHEET, lambda text: text.replace("</worksheet>", rule))

    put(path, (7, 1, [NEW]))

    assert "<xm:sqref>E4:E7 E2</xm:sqref>" in xml(path)


def test_a_filter_and_its_hidden_name_follow(tmp_path):
    path = contacts(tmp_path / "a.xlsx", table=False, filtered=True)
    before = xml(path, "xl/workbook.xml")
    assert "Contacts!$A$3:$E$6" in before

    put(path, (7, 1, [NEW]))

    assert attribute(xml(path), "autoFilter", "ref") == ["A3:E7"]
    assert before.replace("$E$6", "$E$7") == xml(path, "xl/workbook.xml")


def test_the_first_row_under_a_filter_is_part_of_it(tmp_path):
    path = contacts(tmp_path / "a.xlsx", rows=0, table=False, filtered=True)
    edit(path, SHEET, lambda text: text.replace('autoFilter ref="A3:E4"', 'autoFilter ref="A3:E3"'))
    edit(path, "xl/workbook.xml", lambda text: text.replace("$E$4", "$E$3"))

    put(path, (4, 1, [NEW]))

    assert attribute(xml(path), "autoFilter", "ref") == ["A3:E4"]
    assert "$A$3:$E$4" in xml(path, "xl/workbook.xml")


def test_the_empty_row_of_a_new_table_becomes_a_row(tmp_path):
    path = contacts(tmp_path / "a.xlsx", rows=0)
    edit(path, TABLE, lambda text: text.replace('ref="A3:E4"', 'ref="A3:E4" insertRow="1"', 1))

    put(path, (4, 1, [NEW, NEW]))

    assert "insertRow" not in xml(path, TABLE)
    assert 'ref="A3:E5"' in xml(path, TABLE)


def test_the_used_place_widens(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    put(path, (30, 12, [["far"]]))
    assert attribute(xml(path), "dimension", "ref") == ["A1:L30"]


def test_formulas_names_and_texts_elsewhere_stay(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    before = contents(path)
    put(path, (7, 1, [NEW]))
    after = contents(path)
    assert before["xl/worksheets/sheet2.xml"] == after["xl/worksheets/sheet2.xml"]
    assert before["xl/workbook.xml"] == after["xl/workbook.xml"]
    assert before["xl/sharedStrings.xml"] == after["xl/sharedStrings.xml"]


# --- reads and saves -----------------------------------------------------------------------------------------


def test_reads_see_what_is_not_saved_yet(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    with ClosedBook(path) as book:
        book.put("contacts", 7, 1, [NEW])
        book.put("Contacts", 4, 4, [["Ill", None]])
        pending = (
            book.read("Contacts"),
            book.grid("Contacts", [0, 3]).rows(),
            book.head("Contacts", 7).rows(),
            book.head("Contacts", 4).rows(),
        )
        book.save()
        assert pending == (
            book.read("Contacts"),
            book.grid("Contacts", [0, 3]).rows(),
            book.head("Contacts", 7).rows(),
            book.head("Contacts", 4).rows(),
        )
    assert pending[0][6][0] == "Ada"
    assert [pending[0][3][4]] == [None]


def test_blanking_the_last_cells_shortens_the_sheet(tmp_path):
    path = contacts(tmp_path / "a.xlsx", table=False)
    with ClosedBook(path) as book:
        book.put("Contacts", 6, 1, [[None] * 5])
        book.put("Contacts", 1, 1, [["x"]])
        pending = book.read("Contacts")
        book.save()
        assert pending == book.read("Contacts")
    assert len(pending) == 5


def test_equal_work_gives_equal_bytes_and_twice_changes_nothing(tmp_path):
    one, two = contacts(tmp_path / "a.xlsx"), contacts(tmp_path / "b.xlsx")
    work = ((7, 1, [NEW] * 2), (4, 4, [["Ill"]]), (7, 2, [[dt.datetime(2026, 1, 1, 10)]]))
    put(one, *work)
    put(two, *work)
    assert one.read_bytes() == two.read_bytes()

    saved = one.stat().st_mtime_ns
    assert put(one, *work).backup is None
    assert saved == one.stat().st_mtime_ns


def test_our_sheets_are_written_in_the_same_save(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    with ClosedBook(path) as book:
        book.write("Calls today", call_rows(2), CALL_LAYOUT)
        book.put("Contacts", 7, 1, [NEW])
        book.put("Calls today", 4, 6, [["Reached"], [KEEP, dt.date(2026, 12, 1)]])
        book.save()
        assert book.read("Calls today")[3][5] == "Reached"
        assert dt.datetime(2026, 12, 1) == book.read("Calls today")[4][6]
        assert book.read("Contacts")[6][0] == "Ada"
        book.put("Calls today", 5, 6, [["No answer"]])
        book.save()
        assert [row[5] for row in book.read("Calls today")[3:]] == ["Reached", "No answer"]


def test_writing_a_whole_sheet_forgets_what_was_put_into_it(tmp_path):
    path = contacts(tmp_path / "a.xlsx", table=False)
    with ClosedBook(path) as book:
        book.put("Contacts", 7, 1, [NEW])
        book.write("Contacts", [["only this"]])
        assert book.read("Contacts") == [["only this"]]


def test_a_copy_has_the_values_and_the_book_still_has_them_to_save(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    with ClosedBook(path) as book:
        book.put("Contacts", 7, 1, [NEW])
        book.save(tmp_path / "copy.xlsx")
        assert len(cells(path)) == 6
        book.save()
    assert (tmp_path / "copy.xlsx").read_bytes() == path.read_bytes()


def test_what_is_refused_leaves_nothing_behind(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    with ClosedBook(path) as book:
        book.put("Contacts", 7, 1, [["Ada"]])
        with pytest.raises(BookRefused):
            book.put("Contacts", 2, 9, [["gone", "on a formula"]])
        assert book.read("Contacts")[1][8] is None
        book.save()
    assert cells(path)[6][0] == "Ada"


# --- what is refused -----------------------------------------------------------------------------------------


def refusal(path: Path, top: int, left: int, rows: list[list[object]], sheet: str = "Contacts") -> str:
    before = path.read_bytes()
    with ClosedBook(path) as book:
        with pytest.raises(BookRefused) as refused:
            book.put(sheet, top, left, rows)
        book.save()
    assert before == path.read_bytes()
    return str(refused.value)


@pytest.mark.parametrize("value", ["x", None])
def test_a_formula_is_neither_overwritten_nor_blanked(tmp_path, value):
    path = contacts(tmp_path / "a.xlsx")
    assert "Contacts!J2" in refusal(path, 2, 10, [[value]])


def test_cells_of_a_matrix_formula_are_not_written_to(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    edit(path, SHEET, lambda text: text.replace("<f>SUM(E4:E6)</f>", '<f t="array" ref="J2:J4">E4:E6</f>'))
    assert "Contacts!J3" in refusal(path, 3, 10, [["x"]])
    assert "Contacts!J4" in refusal(path, 4, 10, [[None]])
    put(path, (5, 10, [["below"]]))


def test_of_merged_cells_only_the_first_is_written_to(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    edit(
        path,
        SHEET,
        lambda text: text.replace(
            "<conditionalFormatting",
            '<mergeCells count="1"><mergeCell ref="A1:C1"/></mergeCells><conditionalFormatting',
            1,
        ),
    )
    assert "merged" in refusal(path, 1, 2, [["x"]])
    put(path, (1, 1, [["Title", None, None]]))
    assert cells(path)[0][0] == "Title"


def test_headings_of_a_table_stay(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    assert "heading of table Calls" in refusal(path, 3, 1, [["Client"]])
    put(path, (3, 1, [["Customer"], ["Ada"]]))
    assert cells(path)[3][0] == "Ada"


@pytest.mark.parametrize("row", [7, 8])
def test_a_totals_row_keeps_its_place(tmp_path, row):
    path = contacts(tmp_path / "a.xlsx", totals=True)
    assert "Table Design, Total Row" in refusal(path, row, 1, [["Ada"]])


def test_new_rows_do_not_run_over_what_stands_below(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    put(path, (8, 2, [["a note below the table"]]))
    assert "Contacts!B8" in refusal(path, 7, 1, [["Ada"], ["Bo"]])

    put(path, (8, 2, [["another note"]]))
    assert cells(path)[7][1] == "another note"
    assert 'ref="A3:E6"' in xml(path, TABLE)
    put(path, (7, 1, [["Ada"]]))
    assert 'ref="A3:E7"' in xml(path, TABLE)


def test_new_rows_of_a_plain_list_do_not_run_over_what_stands_below(tmp_path):
    path = contacts(tmp_path / "a.xlsx", table=False)
    put(path, (9, 1, [["Legend"]]))
    assert "Contacts!A9" in refusal(path, 7, 1, [["Ada"], ["Bo"], ["Cy"]])
    put(path, (7, 1, [["Ada"], ["Bo"]]))


def test_merged_cells_below_a_table_are_no_place_for_its_rows(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    edit(
        path,
        SHEET,
        lambda text: text.replace(
            "<conditionalFormatting",
            '<mergeCells count="1"><mergeCell ref="D7:E8"/></mergeCells><conditionalFormatting',
            1,
        ),
    )
    assert "Contacts!D7" in refusal(path, 7, 1, [["Ada"]])


def test_a_pivot_table_makes_its_cells_itself(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    parts = contents(path)
    rels = "xl/worksheets/_rels/sheet2.xml.rels"
    pivot = '<pivotTableDefinition xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" name="P"><location ref="C5:D9" rowPageCount="1" colPageCount="1"/></pivotTableDefinition>'
    link = (
        '<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships"><Relationship Id="rId1" '
        'Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/pivotTable" Target="../pivotTables/pivotTable1.xml"/></Relationships>'
    )
    rewrite(path, {**parts, rels: link.encode(), "xl/pivotTables/pivotTable1.xml": pivot.encode()})
    assert "pivot" in refusal(path, 9, 4, [["x"]], "Notes")
    assert "pivot" in refusal(path, 3, 3, [["x"]], "Notes")
    put(path, (10, 4, [["below"]]), sheet="Notes")


def test_a_protected_sheet_is_its_owners(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    edit(path, SHEET, lambda text: text.replace("</sheetData>", '</sheetData><sheetProtection sheet="1"/>'))
    assert "protected" in refusal(path, 5, 1, [["x"]])


def test_requests_that_make_no_sense(tmp_path):
    path = contacts(tmp_path / "a.xlsx")
    with ClosedBook(path) as book:
        for sheet, top, left, value in (
            ("Nowhere", 1, 1, "x"),
            ("Contacts", 0, 1, "x"),
            ("Contacts", 1, 0, "x"),
            ("Contacts", 1_048_577, 1, "x"),
            ("Contacts", 1, 16_385, "x"),
            ("Contacts", 5, 3, object()),
        ):
            with pytest.raises(WrongRequest):
                book.put(sheet, top, left, [[value]])
        with pytest.raises(WrongRequest, match="Contacts!C5"):
            book.put("Contacts", 5, 3, [[object()]])


# --- unusual XML ---------------------------------------------------------------------------------------------

MAIN = "http://schemas.openxmlformats.org/spreadsheetml/2006/main"


def odd(tmp_path: Path, sheet_data: str, before: str = "", after: str = "") -> Path:
    path = bare(tmp_path / "odd.xlsx")
    edit(
        path,
        SHEET,
        lambda _: (
            f'<?xml version="1.0"?>{before}<worksheet xmlns="{MAIN}" xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006">{sheet_data}{after}</worksheet>'
        ),
    )
    return path


def test_prefixed_names(tmp_path):
    path = prefixed(contacts(tmp_path / "a.xlsx"))
    put(path, (7, 1, [NEW]), (5, 3, [["0139"]]))
    assert cells(path)[4][2] == "0139"
    assert '<x:row r="7"><x:c r="A7"' in xml(path)


def test_a_sheet_without_cells(tmp_path):
    for empty in ("<sheetData/>", "<sheetData></sheetData>", '<sheetData x="1" />'):
        path = odd(tmp_path, empty)
        put(path, (2, 2, [["a", 1]]), sheet="Customers")
        assert cells(path, "Customers") == [[None] * 3, [None, "a", 1]]


def test_rows_and_cells_without_addresses(tmp_path):
    path = odd(
        tmp_path,
        "<sheetData><row><c><v>1</v></c><c><v>2</v></c></row><row/><row spans='1:2'><c r='B3'><v>5</v></c><c><v>6</v></c></row>"
        "<row ht='20'><c><v>7</v></c></row></sheetData>",
    )
    put(
        path,
        (1, 1, [["a", KEEP, "c"]]),
        (2, 2, [["b"]]),
        (3, 1, [[4, KEEP, None, 8]]),
        (6, 1, [[9]]),
        sheet="Customers",
    )
    assert cells(path, "Customers") == [
        ["a", 2, "c", None],
        [None, "b", None, None],
        [4, 5, None, 8],
        [7, None, None, None],
        [None] * 4,
        [9, None, None, None],
    ]
    assert '<row spans="1:4">' in xml(path)


def test_rows_and_cells_out_of_order(tmp_path):
    path = odd(
        tmp_path,
        '<sheetData><row r="5"><c r="C5"><v>3</v></c><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row></sheetData>',
    )
    put(path, (5, 1, [[KEEP, 2, "c", 4]]), (2, 1, [["x"]]), (3, 1, [["y"]]), sheet="Customers")
    assert cells(path, "Customers") == [
        [None] * 4,
        ["x", None, None, None],
        ["y", None, None, None],
        [None] * 4,
        [1, 2, "c", 4],
    ]


def test_comments_and_cdata_that_look_like_rows(tmp_path):
    kept = (
        '<!-- <sheetData><row r="1"/></sheetData> -->',
        '<!-- <row r="4"><c r="A4"/></row> -->',
        '<c r="B2" t="str"><v><![CDATA[<row r="3"></row></sheetData>]]></v></c>',
        '<?row r="3"?>',
    )
    path = odd(
        tmp_path,
        f'{kept[0]}<sheetData><row r="1"><c r="A1"><v>1</v></c></row>{kept[1]}<row r="2"><c r="A2"><v>2</v></c>{kept[2]}</row>{kept[3]}</sheetData>',
    )
    put(path, (2, 1, [["x"]]), (3, 1, [["y"]]), sheet="Customers")
    assert cells(path, "Customers") == [[1, None], ["x", '<row r="3"></row></sheetData>'], ["y", None]]
    assert all(text in xml(path) for text in kept)


def test_what_lies_beside_the_cells_of_a_row_stays(tmp_path):
    path = odd(
        tmp_path,
        '<sheetData><row r="1"><c r="A1" t="str"><v>x</v></c><extLst><ext uri="u"/></extLst></row><row r="2" foo="a>b"><extLst/></row></sheetData>',
    )
    put(path, (1, 2, [["b"]]), (2, 1, [["c"]]), sheet="Customers")
    assert '</is></c><extLst><ext uri="u"/></extLst></row>' in xml(path)
    assert "</is></c><extLst/></row>" in xml(path)
    assert cells(path, "Customers") == [["x", "b"], ["c", None]]


@pytest.mark.parametrize(
    "sheet_data",
    [
        '<sheetData><mc:AlternateContent><mc:Choice Requires="x"><row r="1"/></mc:Choice></mc:AlternateContent></sheetData>',
        f'<sheetData><row r="1"/><y:row xmlns:y="{MAIN}" r="2"/></sheetData>',
        '<sheetData><row r="2"/><row r="2"/></sheetData>',
        '<sheetData><row r="2"><c r="A2"/><c r="A2"/></row></sheetData>',
        '<sheetData><row r="2"><c r="A3"/></row></sheetData>',
        '<sheetData><row r="2"><c r="?"/></row></sheetData>',
        '<sheetData><row r="two"/></sheetData>',
        '<sheetData><row r="2000000"/></sheetData>',
        '<sheetData><row r="2"><c r="A2"></row></sheetData>',
        '<sheetData><row r="2">',
        "<other/>",
        "<other><sheetData/></other>",
    ],
)
def test_what_cannot_be_told_apart_is_refused_by_name(tmp_path, sheet_data):
    path = odd(tmp_path, sheet_data)
    said = refusal(path, 2, 1, [["x"]], "Customers")
    assert "odd.xlsx cannot be kept whole" in said
    assert "sheet1.xml" in said or "Customers" in said


def test_choices_between_versions_outside_the_cells_stay(tmp_path):
    choice = '<mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent>'
    path = odd(tmp_path, '<sheetData><row r="1"><c r="A1"><v>1</v></c></row></sheetData>', after=choice)
    put(path, (2, 1, [["x"]]), sheet="Customers")
    assert choice in xml(path)


# --- properties ----------------------------------------------------------------------------------------------

VALUES = st.one_of(
    st.none(),
    st.just(KEEP),
    st.text(max_size=8),
    st.sampled_from(["=1", "0138", "2026-01-01", " ", "a\r\nb"]),
    st.booleans(),
    st.integers(-(1 << 53), 1 << 53),
    st.floats(allow_nan=False, allow_infinity=False),
    st.datetimes(dt.datetime(1905, 1, 1), dt.datetime(2100, 1, 1)).map(lambda moment: moment.replace(microsecond=0)),
    st.dates(dt.date(1905, 1, 1), dt.date(2100, 1, 1)),
    st.times().map(lambda clock: clock.replace(microsecond=0)),
)
BLOCKS = st.lists(
    st.tuples(
        st.integers(4, 12),
        st.integers(1, 8),
        st.lists(st.lists(VALUES, min_size=1, max_size=4), min_size=1, max_size=4),
    ),
    min_size=1,
    max_size=3,
)


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(blocks=BLOCKS, table=st.booleans(), date1904=st.booleans())
def test_what_is_put_is_what_is_read_and_nothing_else_changes(tmp_path, blocks, table, date1904):
    path = contacts(tmp_path / "p.xlsx", table=table, date1904=date1904)
    before = contents(path)
    with ClosedBook(path) as book:
        wanted = {(n, m): value for n, row in enumerate(book.read("Contacts"), 1) for m, value in enumerate(row, 1)}
        for top, left, rows in blocks:
            try:
                book.put("Contacts", top, left, rows)
            except BookRefused as refused:
                assert "is taken where" in str(refused)  # noqa: PT017
                continue
            wanted |= {
                (top + n, left + m): value
                for n, row in enumerate(rows)
                for m, value in enumerate(row)
                if value is not KEEP
            }
        pending = book.read("Contacts")
        book.save()
        saved = book.read("Contacts")

    assert repr(pending) == repr(saved)
    found = {(n, m): value for n, row in enumerate(saved, 1) for m, value in enumerate(row, 1)}
    for place, value in wanted.items():
        if type(value) is dt.date:
            value = dt.datetime(value.year, value.month, value.day)
        assert found.get(place) == (None if value == "" else value), place
    assert all(place in wanted or value is None for place, value in found.items())
    after = contents(path)
    assert set(before) == set(after)
    assert {name for name in before if before[name] != after[name]} <= {SHEET, TABLE, "xl/styles.xml"}
    openpyxl.load_workbook(path)


# --- size and other programs ---------------------------------------------------------------------------------


def test_a_large_sheet_is_appended_to_quickly(tmp_path):
    """Rows are found as bytes; parsing all of these cells would take many times as long."""
    row = "".join(f'<c r="{letter}%d"><v>1</v></c>' for letter in "ABCDEFGH")
    rows = "".join(f'<row r="{n}">{row % ((n,) * 8)}</row>' for n in range(1, 100_001))
    path = odd(tmp_path, f"<sheetData>{rows}</sheetData>")
    with ClosedBook(path) as book:
        inflating = time.process_time()
        book._inflated(SHEET)
        inflating = time.process_time() - inflating
        begun = time.process_time()
        book.put("Customers", 100_001, 1, [["x"] * 8] * 50)
        taken = time.process_time() - begun - inflating
        book.save()
    assert taken < 1
    assert ClosedBook(path).grid("Customers").height == 100_050


def test_libreoffice_opens_the_result(tmp_path):
    soffice = shutil.which("soffice")
    if not soffice:
        message = "needs LibreOffice: apt-get install libreoffice-calc"
        if os.environ.get("XL_RETENTION_REQUIRE_OFFICE") == "1":
            pytest.fail(message)
        pytest.skip(message)
    path = contacts(tmp_path / "Store.xlsx")
    put(path, (7, 1, [NEW, ["=not a formula", dt.date(2026, 12, 24), "0139", "Reached", 8]]), (5, 3, [["0777"]]))
    run = subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "csv", str(path)],
        cwd=tmp_path, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert run.returncode == 0
    lines = (tmp_path / "Store.csv").read_text(encoding="utf-8").splitlines()
    assert lines[4].startswith("Customer 4,10/04/2026,0777,")
    assert lines[6].startswith("Ada,11/21/2026,0139 5678,No answer,7")
    assert lines[7].startswith("=not a formula,12/24/2026,0139,Reached,8")
