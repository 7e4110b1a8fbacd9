# ruff: noqa: E501  (XML is easier to check in one line)
"""What a closed workbook keeps, takes and refuses."""

from __future__ import annotations

import datetime as dt
import os
import re
import shutil
import subprocess
import tracemalloc
import xml.etree.ElementTree as ET
from pathlib import Path

import openpyxl
import pytest
from python_calamine import CalamineWorkbook

from tests.books.workbooks import (
    CALL_LAYOUT,
    bare,
    call_rows,
    contents,
    edit,
    prefixed,
    raw_entries,
    rewrite,
    store,
)
from xl_retention.books.closed import ClosedBook
from xl_retention.books.layout import ColumnLayout, SheetLayout
from xl_retention.books.sheet_xml import ELEMENT_ORDER
from xl_retention.errors import BookRefused, WrongRequest

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")


def written(
    path: Path, sheet: str = "Call list", rows: int = 3, layout: SheetLayout | None = CALL_LAYOUT
) -> ClosedBook:
    book = ClosedBook(path)
    book.write(sheet, call_rows(rows), layout)
    book.save()
    return book


def sheet_part(path: Path, name: str) -> str:
    """The XML of a sheet, by its tab."""
    parts = contents(path)
    rel = re.search(rf'<(?:x:)?sheet name="{name}"[^>]*?:id="(\w+)"', parts["xl/workbook.xml"].decode())
    links = parts["xl/_rels/workbook.xml.rels"].decode()
    link = next(text for text in re.findall("<Relationship [^>]*>", links) if f'Id="{rel[1]}"' in text)
    target = re.search('Target="([^"]*)"', link)[1]
    return parts["xl/" + target.removeprefix("/xl/")].decode()


@pytest.mark.parametrize("suffix", [".xlsx", ".xlsm"])
def test_every_other_part_stays_byte_for_byte(tmp_path, suffix):
    """Charts, pictures, comments, VBA, buttons: packed bytes, header and order."""
    path = store(tmp_path / f"Store{suffix}")
    before = raw_entries(path)

    written(path)

    after = raw_entries(path)
    ours = {"xl/workbook.xml", "xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/styles.xml"}
    assert ours == {name for name in before if before[name] != after.get(name)}
    assert [*before, "xl/worksheets/sheet3.xml"] == list(after)
    kept = set(before) - ours
    assert {
        "xl/drawings/drawing1.xml",
        "xl/media/image1.png",
        "xl/comments1.xml",
        "xl/sharedStrings.xml",
    } <= kept
    assert suffix == ".xlsx" or "xl/vbaProject.bin" in kept


def test_shared_parts_only_grow(tmp_path):
    """What was in the shared parts is still there, in one piece before or after what was put in."""
    path = store(tmp_path / "Store.xlsx")
    before = contents(path)

    written(path)

    after = contents(path)
    for name in ("xl/_rels/workbook.xml.rels", "[Content_Types].xml", "xl/workbook.xml"):
        old, new = before[name].decode(), after[name].decode()
        pieces = re.split("(?=<)", old)
        found = iter(re.split("(?=<)", new))
        assert all(piece in found for piece in pieces), name
    xfs = re.search("<cellXfs.*?</cellXfs>", before["xl/styles.xml"].decode(), re.DOTALL)[0]
    children = re.search("<cellXfs[^>]*>(.*)</cellXfs>", xfs, re.DOTALL)[1]
    assert children in after["xl/styles.xml"].decode()


@pytest.mark.parametrize("calls", [-1, 0, 1, 5])
def test_a_second_run_changes_no_byte(tmp_path, calls):
    path = store(tmp_path / "Store.xlsm", calls=calls)
    written(path, rows=4)
    once = path.read_bytes()
    files = sorted(tmp_path.iterdir())

    written(path, rows=4)

    assert once == path.read_bytes()
    assert files == sorted(tmp_path.iterdir()), "no backup either"


def test_same_work_on_the_same_file_gives_the_same_bytes(tmp_path):
    results = []
    for name in ("one", "two"):
        path = store(tmp_path / f"{name}.xlsx")
        written(path)
        results.append(path.read_bytes())

    assert results[0] == results[1]


VALUES = [
    None, "", "text", " spaces ", "two\nlines", "tab\there", "<&>\"'", "_x0041_", "bell\x07", "carriage\rreturn", "😀王",
    0, 7, -3, 2.5, 1.5e-7, True, False, "=1+1", "+86 138", "-", "@home", "0138",
    dt.datetime(2026, 11, 21), dt.datetime(2026, 11, 21, 17, 45, 30), dt.datetime(1999, 2, 28), dt.time(9, 30),
]  # fmt: skip
DAYS = [dt.date(2026, 2, 28), dt.date(2000, 2, 29)]


@pytest.mark.parametrize(
    "layout", [None, SheetLayout((ColumnLayout(), ColumnLayout(look="date")), heading_row=1)]
)
@pytest.mark.parametrize("date1904", [False, True])
def test_what_was_written_is_read_back(tmp_path, date1904, layout):
    """Before the save and after it, in both date systems, whatever the look of the column."""
    path = store(tmp_path / "Store.xlsx", date1904=date1904)
    rows = [["Heading", "Other", "Last"]] + [[value, value, 1] for value in [*VALUES, *DAYS]]
    book = ClosedBook(path)

    book.write("Ours", rows, layout)
    pending = book.read("Ours")
    book.save()

    cells = [None if value == "" else value for value in VALUES] + [
        dt.datetime(d.year, d.month, d.day) for d in DAYS
    ]
    wanted = [["Heading", "Other", "Last"]] + [[value, value, 1] for value in cells]
    assert wanted == pending
    again = ClosedBook(path).read("Ours")
    assert wanted == again
    assert [[type(v) for v in row] for row in wanted] == [[type(v) for v in row] for row in again]


def test_first_days_of_1900(tmp_path):
    """Excel counts a 29 February 1900 that never was."""
    path = store(tmp_path / "Store.xlsx")
    days = [dt.datetime(1900, 1, 1), dt.datetime(1900, 2, 28), dt.datetime(1900, 3, 1)]
    book = ClosedBook(path)
    book.write("Ours", [[day] for day in days] + [[dt.date(1899, 1, 1)]])
    book.save()

    cells = [row[0].value for row in openpyxl.load_workbook(path)["Ours"].iter_rows()]
    assert days[1:] == cells[1:3]
    assert cells[3] == "1899-01-01", "a day that no cell can hold is text"
    assert [[day] for day in days] == ClosedBook(path).read("Ours")[:3]


def test_values_of_numpy_and_pandas(tmp_path):
    np = pytest.importorskip("numpy")
    pd = pytest.importorskip("pandas")
    book = ClosedBook(store(tmp_path / "Store.xlsx"))
    row = [
        np.int64(3),
        np.float64(2.5),
        np.bool_(True),
        pd.Timestamp(2026, 1, 2),
        pd.NaT,
        float("nan"),
        pd.NA,
        "end",
    ]

    book.write("Ours", [row])

    wanted = [[3, 2.5, True, dt.datetime(2026, 1, 2), None, None, None, "end"]]
    assert wanted == book.read("Ours")
    book.save()
    assert wanted == book.read("Ours")


def test_a_value_no_cell_can_hold(tmp_path):
    book = ClosedBook(store(tmp_path / "Store.xlsx"))
    with pytest.raises(WrongRequest, match="Ours!B1: a cell cannot hold list"):
        book.write("Ours", [["a", [1]]])
    assert "Ours" not in book.sheet_names()


@pytest.mark.parametrize("layout", [None, CALL_LAYOUT])
def test_text_that_looks_like_a_formula_is_text(tmp_path, layout):
    """And stays text when a clerk edits the cell: Excel is told with quotePrefix."""
    path = store(tmp_path / "Store.xlsx")
    texts = ['=HYPERLINK("http://x")', "+1", "-1", "@SUM(A1)", "=cmd|' /C calc'!A0"]
    book = ClosedBook(path)
    book.write("Ours", [["h"], ["h"], ["h"], *[[text] for text in texts]], layout)
    book.save()

    sheet = openpyxl.load_workbook(path)["Ours"]
    for row, text in enumerate(texts, 4):
        cell = sheet.cell(row, 1)
        assert (text, False) == (cell.value, cell.data_type == "f")
        assert cell.quotePrefix
    assert not re.search("<f[ >]", sheet_part(path, "Ours"))


def test_a_text_is_cut_to_what_a_cell_holds(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    book = ClosedBook(path)
    book.write("Ours", [["a" * 32_767], ["b" * 32_768], ["😀" * 20_000]])
    book.save()

    fits, cut, wide = (row[0] for row in ClosedBook(path).read("Ours"))
    assert fits == "a" * 32_767
    assert cut == "b" * 32_766 + "…"
    assert wide == "😀" * 16_383 + "…"


def test_others_read_the_result(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    written(path)

    sheet = openpyxl.load_workbook(path)["Call list"]
    assert "A4" != sheet.freeze_panes == "C4"
    assert sheet.auto_filter.ref == "A3:H6"
    assert sheet.print_title_rows == "$3:$3"
    assert (sheet.page_setup.orientation, sheet.page_setup.fitToHeight, sheet.page_setup.paperSize) == (
        "landscape",
        0,
        9,
    )
    assert sheet.sheet_properties.pageSetUpPr.fitToPage
    assert sheet.oddFooter.center.text == "Page &P / &N"
    assert sheet["C4"].number_format == "yyyy-mm-dd"
    assert sheet["F4"].fill.fgColor.rgb == "FFFFF9E0"
    assert {str(rule.sqref): rule.formula1 for rule in sheet.data_validations.dataValidation} == {
        "F4:F6": '"Reached,No answer"',
        "H4:H6": "Lists!$A$1:$A$3",
    }
    assert [
        (str(place.sqref), rule.formula)
        for place, rules in sheet.conditional_formatting._cf_rules.items()
        for rule in rules
    ] == [("A4:H6", ["$A4>2"]), ("A4:H6", ['$B4="<Bo>"'])]
    assert sheet["E4"].hyperlink.location == "'Customers'!A2"
    calamine = CalamineWorkbook.from_path(path).get_sheet_by_name("Call list").to_python()
    assert [1.0, "Customer 1", dt.date(2026, 11, 21)] == calamine[3][:3]


@pytest.mark.parametrize("calls", [-1, 0, 4])
def test_order_of_elements_is_that_of_the_schema(tmp_path, calls):
    """Excel calls a file damaged whose sheet has its parts in another order."""
    path = store(tmp_path / "Store.xlsm", calls=calls)
    for rows in (6, 2):
        written(path, rows=rows)
        root = ET.fromstring(sheet_part(path, "Call list"))
        names = [child.tag.rpartition("}")[2] for child in root]
        assert sorted(names, key=ELEMENT_ORDER.index) == names
        once = [name for name in names if name != "conditionalFormatting"]
        assert len(set(once)) == len(once)
        styles = ET.fromstring(contents(path)["xl/styles.xml"])
        for group in styles:
            if "count" in group.attrib:
                assert int(group.get("count")) == len(group)


@pytest.mark.parametrize(("before", "rows"), [(5, 9), (5, 0), (0, 3), (1, 2), (3, 3)])
def test_a_sheet_that_was_there_keeps_its_surroundings(tmp_path, before, rows):
    """Button row, widths, footer, drawing stay; table, filter and names follow to the last row."""
    path = store(tmp_path / "Store.xlsm", calls=before)
    written(path, rows=rows)

    parts = contents(path)
    xml = sheet_part(path, "Call list")
    last = 3 + max(rows, 1)
    assert '<col min="2" max="2" width="33.7109375"' in xml
    assert 'r="1" ht="39.75" customHeight="1"' in xml
    assert "Chosen by the store" in xml
    assert "<drawing r:id=" in xml
    assert "<tableParts" in xml
    assert "<autoFilter" not in xml, "the table brings its own"
    table = parts["xl/tables/table1.xml"].decode()
    assert re.findall(r'ref="([^"]*)"', table) == [f"A3:H{last}"] * 2
    names = openpyxl.load_workbook(path).defined_names
    assert names["CalledNow"].attr_text == f"'Call list'!$B$4:$B${last}"
    assert names["Tiers"].attr_text == "Customers!$B$2:$B$4"
    assert len(ClosedBook(path).read("Call list")) == 3 + rows


def test_growing_and_shrinking_comes_back_to_the_same_sheet(tmp_path):
    """The places that follow are not worn out by following."""
    path = store(tmp_path / "Store.xlsx")
    written(path, rows=5)
    first = sheet_part(path, "Call list")
    for rows in (1, 0, 40, 5):
        written(path, rows=rows)

    assert first == sheet_part(path, "Call list")


def test_other_rules_of_a_sheet_of_ours_follow(tmp_path):
    """A rule, a drop-down and a filter that the clerk set on our sheet; the choices of the filter go."""
    path = store(tmp_path / "Store.xlsx")
    written(path, rows=2)
    edit(
        path, "xl/worksheets/sheet3.xml",
        lambda xml: xml.replace(
            '<autoFilter ref="A3:H5"/>',
            '<autoFilter ref="A3:H5"><filterColumn colId="1"><filters><filter val="x"/></filters></filterColumn></autoFilter>'
            '<conditionalFormatting sqref="D4:D5 J1"><cfRule type="duplicateValues" dxfId="0" priority="9"/></conditionalFormatting>',
        ).replace(
            '<dataValidations count="2">',
            '<dataValidations count="3"><dataValidation type="whole" sqref="A4:A5"><formula1>0</formula1></dataValidation>',
        ),
    )  # fmt: skip
    written(path, rows=7)

    xml = sheet_part(path, "Call list")
    assert '<autoFilter ref="A3:H10"></autoFilter>' in xml
    assert 'sqref="D4:D10 J1"' in xml
    assert '<dataValidation type="whole" sqref="A4:A10">' in xml
    assert '<dataValidations count="3">' in xml
    assert sorted(re.findall(r'priority="(\d+)"', xml)) == ["10", "11", "9"]


def test_rules_excel_moved_into_its_extension_are_not_doubled(tmp_path):
    """Excel saves a drop-down that looks at another sheet in `extLst`."""
    path = store(tmp_path / "Store.xlsx")
    written(path, rows=2)
    extension = (
        '<extLst><ext uri="{CCE6A557-97BC-4b89-ADB6-D9C93CAAB3DF}" '
        'xmlns:x14="http://schemas.microsoft.com/office/spreadsheetml/2009/9/main"><x14:dataValidations count="1" '
        'xmlns:xm="http://schemas.microsoft.com/office/excel/2006/main"><x14:dataValidation type="list"><x14:formula1>'
        "<xm:f>Lists!$A$1:$A$3</xm:f></x14:formula1><xm:sqref>H4:H5</xm:sqref></x14:dataValidation></x14:dataValidations>"
        "</ext></extLst></worksheet>"
    )
    edit(path, "xl/worksheets/sheet3.xml", lambda xml: xml.replace("</worksheet>", extension))
    written(path, rows=2)

    assert "extLst" not in sheet_part(path, "Call list")


def test_without_a_layout_the_looks_stay(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    written(path, rows=2)
    before = openpyxl.load_workbook(path)["Call list"]
    written(path, rows=5, layout=None)

    after = openpyxl.load_workbook(path)["Call list"]
    assert after.auto_filter.ref == "A3:H8"
    for cell in ("A1", "A3", "C4", "F5"):
        assert before[cell].style_id == after[cell].style_id
    assert before["C5"].style_id == after["C8"].style_id


def test_an_empty_sheet_gets_the_whole_layout(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    book = ClosedBook(path)
    book.write("Call list", [])
    book.save()
    written(path)

    sheet = openpyxl.load_workbook(path)["Call list"]
    assert (sheet.auto_filter.ref, sheet.print_title_rows, sheet.column_dimensions["D"].width) == (
        "A3:H6",
        "$3:$3",
        40.7109375,
    )


def test_a_table_with_other_headings(tmp_path):
    """Headings follow another language; columns that do not fit the table are refused."""
    path = store(tmp_path / "Store.xlsx", calls=2)
    rows = call_rows(2)
    rows[2] = ["序号", "客户", "日期", "原因", "位置", "结果", "回访\n时间", "评分"]
    book = ClosedBook(path)
    book.write("Call list", rows, CALL_LAYOUT)
    book.save()
    assert list(openpyxl.load_workbook(path)["Call list"].tables["Calls"].column_names)[:2] == [
        "序号",
        "客户",
    ]
    before = path.read_bytes()

    rows[2] = ["No.", "No.", "", "d", "e", "f", "g", "h"]
    book.write("Call list", rows, CALL_LAYOUT)
    with pytest.raises(BookRefused, match="Table Calls"):
        book.save()
    assert before == path.read_bytes()


def test_the_calculation_chain_forgets_the_cells_that_are_gone(tmp_path):
    path = store(tmp_path / "Store.xlsx", calls=2)
    parts = contents(path)
    chain = (
        '<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="E2" i="1"/><c r="E3"/>'
        '<c r="K1" i="4"/><c r="K2"/><c r="E4" i="1" l="1"/></calcChain>'
    )
    types = parts["[Content_Types].xml"].replace(
        b"</Types>",
        b'<Override PartName="/xl/calcChain.xml" ContentType="application/vnd.openxmlformats-officedocument.'
        b'spreadsheetml.calcChain+xml"/></Types>',
    )
    rels = parts["xl/_rels/workbook.xml.rels"].replace(
        b"</Relationships>",
        b'<Relationship Id="rId99" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/calcChain" '
        b'Target="calcChain.xml"/></Relationships>',
    )
    with_chain = {**parts, "[Content_Types].xml": types, "xl/_rels/workbook.xml.rels": rels}
    rewrite(path, {**with_chain, "xl/calcChain.xml": chain.encode()})
    written(path)
    assert (
        '<c r="E2" i="1"/><c r="E3"/><c r="E4" i="1" l="1"/>' in contents(path)["xl/calcChain.xml"].decode()
    )

    only_ours = re.sub("<c .*/>", '<c r="K1" i="4"/>', chain)
    rewrite(path, {**with_chain, "xl/calcChain.xml": only_ours.encode()})
    written(path)
    after = contents(path)
    assert "xl/calcChain.xml" not in after, "an empty chain is not allowed"
    assert types.replace(b"\n", b"").count(b"<Override") - 1 == after["[Content_Types].xml"].count(
        b"<Override"
    )
    assert b"calcChain" not in after["xl/_rels/workbook.xml.rels"] + after["[Content_Types].xml"]


@pytest.mark.parametrize("calls", [-1, 3])
def test_prefixed_namespaces(tmp_path, calls):
    path = prefixed(store(tmp_path / "Store.xlsx", calls=calls))
    before = raw_entries(path)
    written(path, rows=4)

    assert openpyxl.load_workbook(path)["Call list"]["F4"].fill.fgColor.rgb == "FFFFF9E0"
    assert ClosedBook(path).read("Call list")[3][1] == "Customer 1"
    once = path.read_bytes()
    assert before["xl/worksheets/sheet1.xml"] == raw_entries(path)["xl/worksheets/sheet1.xml"]
    written(path, rows=4)
    assert once == path.read_bytes()


def test_a_workbook_without_styles_strings_or_calculation(tmp_path):
    path = bare(tmp_path / "Bare.xlsx")
    book = ClosedBook(path)
    book.write("Plain", [["only text", 1]])
    book.save()
    assert "xl/styles.xml" not in contents(path)
    written(path)

    assert openpyxl.load_workbook(path)["Call list"]["C4"].value == dt.datetime(2026, 11, 21)
    assert ClosedBook(path).sheet_names() == ["Customers", "Plain", "Call list"]
    once = path.read_bytes()
    written(path)
    assert once == path.read_bytes()


def test_names_of_sheets_ignore_capitals_as_excel_does(tmp_path):
    path = store(tmp_path / "Store.xlsx", calls=1)
    book = ClosedBook(path)
    book.write("CALL LIST", call_rows(2), CALL_LAYOUT)
    assert book.sheet_names() == ["Customers", "Lists", "Call list"]
    assert len(book.read("Call list")) == 5
    book.save()
    assert ClosedBook(path).sheet_names() == ["Customers", "Lists", "Call list"]


@pytest.mark.parametrize("name", ["", "a" * 32, "a/b", "'a", "[x]"])
def test_a_name_no_sheet_can_have(tmp_path, name):
    with pytest.raises(WrongRequest, match="cannot be the name"):
        ClosedBook(store(tmp_path / "Store.xlsx")).write(name, [])


def test_special_signs_in_the_name_of_a_sheet(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    name = 'Bo\'s <calls> & "more"'
    written(path, name)
    assert openpyxl.load_workbook(path)[name].print_title_rows == "$3:$3"
    written(path, name, rows=7)
    assert openpyxl.load_workbook(path)[name].auto_filter.ref == "A3:H10"
    assert len(ClosedBook(path).read(name)) == 10


def refused(path: Path, match: str, sheet: str = "Call list") -> None:
    before = path.read_bytes()
    listing = sorted(path.parent.iterdir())
    with pytest.raises(BookRefused, match=match):
        written(path, sheet)
    assert before == path.read_bytes()
    assert listing == sorted(path.parent.iterdir())


@pytest.mark.parametrize(("number", "wanted"), [(65_532, "65533"), (65_533, "65534"), (65_534, "2"), (4_294_967_295, "2")])
def test_a_new_sheet_gets_a_number_that_excel_takes(tmp_path, number, wanted):
    path = bare(tmp_path / "Store.xlsx")
    edit(path, "xl/workbook.xml", lambda xml: xml.replace('sheetId="7"', f'sheetId="1"/><sheet name="B" sheetId="{number}"'))
    written(path)
    numbers = re.findall('sheetId="([0-9]+)"', contents(path)["xl/workbook.xml"].decode())
    assert numbers == ["1", str(number), wanted]


def test_refuses_a_locked_structure_only_when_a_sheet_must_be_added(tmp_path):
    refused(store(tmp_path / "Store.xlsx", protected=True), "structure of Store.xlsx is protected")
    path = store(tmp_path / "Other.xlsx", protected=True, calls=2)
    written(path)
    assert len(ClosedBook(path).read("Call list")) == 6


def test_refuses_a_signed_workbook(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    rewrite(path, {**contents(path), "_xmlsignatures/sig1.xml": b"<Signature/>"})
    refused(path, "digitally signed")


def test_refuses_a_shared_workbook(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    edit(
        path, "xl/_rels/workbook.xml.rels",
        lambda xml: xml.replace(
            "</Relationships>",
            '<Relationship Id="rId77" Type="http://schemas.openxmlformats.org/officeDocument/2006/relationships/'
            'revisionHeaders" Target="revisions/revisionHeaders.xml"/></Relationships>',
        ),
    )  # fmt: skip
    refused(path, "shared workbook")


def test_refuses_strict_open_xml(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    old, new = (
        "http://schemas.openxmlformats.org/spreadsheetml/2006/main",
        "http://purl.oclc.org/ooxml/spreadsheetml/main",
    )
    edit(path, "xl/workbook.xml", lambda xml: xml.replace(old, new))
    refused(path, "Strict Open XML")


def test_refuses_a_chart_sheet(tmp_path):
    refused(store(tmp_path / "Store.xlsx"), "Trend in Store.xlsx is a chartsheet", "Trend")


def test_refuses_more_cell_formats_than_excel_takes(tmp_path):
    """
    Excel would want to repair the workbook, and drop every look of it.
    """
    path = store(tmp_path / "Store.xlsx")
    plain = '<xf numFmtId="0" fontId="0" fillId="0" borderId="0" xfId="0"/>'
    edit(path, "xl/styles.xml", lambda xml: xml.replace("</cellXfs>", plain * 65_485 + "</cellXfs>"))
    refused(path, "nearly all the 65,490 cell formats")


def test_refuses_a_document_type(tmp_path):
    path = store(tmp_path / "Store.xlsx")
    styles = "<!DOCTYPE styleSheet [<!ENTITY a 'b'>]>\n<styleSheet"
    edit(path, "xl/styles.xml", lambda xml: xml.replace("<styleSheet", styles, 1))
    refused(path, "declares XML entities")


def test_refuses_a_sheet_with_utf16(tmp_path):
    path = store(tmp_path / "Store.xlsx", calls=1)
    parts = contents(path)
    text = parts["xl/styles.xml"].decode().replace("UTF-8", "UTF-16")
    rewrite(path, {**parts, "xl/styles.xml": text.encode("utf-16")})
    refused(path, "not written in UTF-8")


@pytest.mark.parametrize(
    ("name", "target"), [("a.xlsx", "b.xlsm"), ("a.xlsm", "b.xlsx"), ("a.xlsx", "b.txt")]
)
def test_refuses_an_ending_that_does_not_fit(tmp_path, name, target):
    book = ClosedBook(store(tmp_path / name))
    book.write("Ours", [["a"]])
    with pytest.raises(BookRefused, match="choose a name ending in"):
        book.save(tmp_path / target)
    assert not (tmp_path / target).exists()


def test_refuses_what_is_no_workbook(tmp_path):
    for name, data in (
        ("a.xlsx", b""),
        ("b.xlsx", b"PK nonsense"),
        ("c.xlsx", b"\xd0\xcf\x11\xe0" + b"\0" * 600),
    ):
        (tmp_path / name).write_bytes(data)
        with pytest.raises(BookRefused):
            ClosedBook(tmp_path / name)
    with pytest.raises(BookRefused):
        ClosedBook(tmp_path / "missing.xlsx")
    with pytest.raises(BookRefused):
        ClosedBook(tmp_path / "old.xls")


def test_entries_with_a_descriptor_and_a_comment_are_kept(tmp_path):
    """A streaming program writes sizes after the data; the archive may carry a comment."""
    import zipfile

    path = store(tmp_path / "Store.xlsx")
    parts = contents(path)

    class Pipe:
        def __init__(self, file):
            self.write, self.flush = file.write, file.flush

    with path.open("wb") as file, zipfile.ZipFile(Pipe(file), "w", zipfile.ZIP_DEFLATED) as archive:
        archive.comment = b"from a program that streams"
        for name, data in parts.items():
            archive.writestr(name, data)
    before = raw_entries(path)
    written(path)

    assert before["xl/worksheets/sheet1.xml"] == raw_entries(path)["xl/worksheets/sheet1.xml"]
    assert contents(path)["xl/worksheets/sheet1.xml"] == parts["xl/worksheets/sheet1.xml"]
    with zipfile.ZipFile(path) as archive:
        assert archive.comment == b"from a program that streams"


def test_a_large_neighbour_is_not_held_in_memory(tmp_path):
    """Parts that are not ours are copied in pieces."""
    path = store(tmp_path / "Store.xlsx")
    parts = contents(path)
    rewrite(path, {**parts, "xl/media/film.bin": os.urandom(30 << 20)})
    book = ClosedBook(path)
    book.write("Ours", [["a"]])
    tracemalloc.start()
    book.save()
    peak = tracemalloc.get_traced_memory()[1]
    tracemalloc.stop()

    assert peak < 8 << 20


def test_libreoffice_opens_the_result(tmp_path):
    """The one program at hand that reads it all; Excel was never at hand."""
    soffice = shutil.which("soffice")
    if not soffice:
        message = "needs LibreOffice: apt-get install libreoffice-calc poppler-utils"
        if os.environ.get("XL_RETENTION_REQUIRE_OFFICE") == "1":
            pytest.fail(message)
        pytest.skip(message)
    path = store(tmp_path / "Store.xlsx", calls=2)
    written(path, rows=12)
    written(path, "Second", rows=3)
    run = subprocess.run(
        [soffice, f"-env:UserInstallation=file://{tmp_path}/profile", "--headless", "--convert-to", "pdf", str(path)],
        cwd=tmp_path, env={"HOME": str(tmp_path), "PATH": "/usr/bin:/bin", "LANG": "C.UTF-8"},
        capture_output=True, text=True, timeout=120, check=False,
    )  # fmt: skip

    assert run.returncode == 0
    assert "rror" not in run.stdout + run.stderr
    pdf = tmp_path / "Store.pdf"
    assert pdf.stat().st_size > 10_000
    if shutil.which("pdftotext"):
        text = subprocess.run(
            ["pdftotext", "-layout", str(pdf), "-"], capture_output=True, text=True, check=True
        ).stdout
        assert "Customer 12" in text
        assert text.count("ask about brakes") == 15
