# ruff: noqa: E501  (XML is easier to check in one line)
"""The XML of our sheets and looks, piece by piece."""

from __future__ import annotations

import datetime as dt
import io
import re
import xml.etree.ElementTree as ET
import zipfile

import pytest
from hypothesis import given
from hypothesis import strategies as st

from xl_retention.books.cell_xml import (
    CellStyles,
    cell_text,
    column_number,
    letters,
    plain,
    serial,
    sheet_data,
)
from xl_retention.books.following import Following
from xl_retention.books.kept_sheet import replaced_sheet
from xl_retention.books.layout import ColumnLayout, SheetLayout
from xl_retention.books.package import Package
from xl_retention.books.shared_parts import followed_table, without_sheets
from xl_retention.books.sheet_xml import ELEMENT_ORDER, new_sheet, row_heights
from xl_retention.books.styles import EMPTY, Styles
from xl_retention.books.xml_edits import XmlPart, escaped, unescaped
from xl_retention.errors import BookRefused

PLAIN = CellStyles(0, lambda *_: 0, lambda *_: 0)
ASKED_FOR = "xl/styles.xml"


def styles(data: bytes = EMPTY) -> Styles:
    return Styles(data, part=ASKED_FOR, book="Store.xlsx")


def made(rows, layout=None, data=EMPTY) -> str:
    return b"".join(new_sheet(rows, layout, styles(data), date1904=False, sheets=["Ours"])).decode()


def cells_of(rows, *, width: int) -> ET.Element:
    return ET.fromstring(b"".join(sheet_data(rows, PLAIN, width=width, date1904=False)))


def replaced(old: bytes, rows, layout=None, **more):
    more = {
        "date1904": False,
        "sheets": ["Ours"],
        "part": "xl/worksheets/sheet1.xml",
        "book": "Store.xlsx",
        **more,
    }
    return replaced_sheet(old, rows, layout, styles(), **more)


@pytest.mark.parametrize(
    ("text", "xml"),
    [("a & <b>", "a &amp; &lt;b&gt;"), ("\x07", "_x0007_"), ("\r\n", "_x000D_\n"), ("_x0041_", "_x005F_x0041_"),
     ("_x41_", "_x41_"), ("\ud800", "_xD800_"), ("_x0041_x0042_", "_x005F_x0041_x005F_x0042_"), ("\uffff", "_xFFFF_")],
)  # fmt: skip
def test_signs_that_xml_cannot_carry(text, xml):
    assert cell_text(text) == xml


@given(st.text(st.characters(min_codepoint=0, max_codepoint=0x2FFFF)))
def test_any_text_makes_a_cell_that_reads_back(text):
    """By the rule of Excel for `_xHHHH_`."""
    found = cells_of([[text, "x", 1]], width=3).find(".//c[@r='A1']/is/t")
    back = re.sub(
        "_x([0-9A-Fa-f]{4})_",
        lambda code: chr(int(code[1], 16)),
        (found.text or "") if found is not None else "",
    )
    assert back == text


@given(
    st.lists(
        st.one_of(
            st.text(),
            st.integers(),
            st.floats(allow_nan=False, allow_infinity=False),
            st.booleans(),
            st.none(),
        )
    )
)
def test_a_column_at_once_says_the_same_as_cell_by_cell(values):
    """The quick way for plain columns is only a quick way."""
    at_once = cells_of([[v] for v in values], width=1)
    one_by_one = [cells_of([[v], [None], [1.5], [True], ["="]], width=1) for v in values]

    def cell(row):
        found = row.find("c")
        return found.get("t"), [(part.tag, part.text) for part in found.iter()][1:]

    assert [cell(row) for row in at_once] == [cell(sheet[0]) for sheet in one_by_one]


@pytest.mark.parametrize(
    ("value", "date1904", "days"),
    [(dt.date(1900, 1, 1), False, 1), (dt.date(1900, 2, 28), False, 59), (dt.date(1900, 3, 1), False, 61),
     (dt.datetime(2026, 11, 21, 12), False, 46347.5), (dt.date(2026, 11, 21), True, 44885), (dt.time(6), False, 0.25)],
)  # fmt: skip
def test_days_since_the_beginning_of_the_workbook(value, date1904, days):
    assert serial(value, date1904=date1904) == days


def test_a_number_that_would_lose_digits_is_text():
    """An identity number of 18 digits; a cell holds 15."""
    assert plain(123456789012345678) == "123456789012345678"
    assert plain(2**53) == 2**53


def test_letters_of_columns():
    assert [letters(n) for n in (0, 25, 26, 16383)] == ["A", "Z", "AA", "XFD"]
    assert list(range(2000)) == [column_number(letters(n)) for n in range(2000)]


@pytest.mark.parametrize(
    ("places", "moved"),
    [("A4:Q43", "A4:Q60"), ("$A$3:$Q$43", "$A$3:$Q$60"), ("A1:Q43 S1", "A1:Q60 S1"), ("A10:Q43", "A10:Q43"),
     ("A4:Q42", "A4:Q42"), ("A1:Q3", "A1:Q3"), ("S4", "S4")],
)  # fmt: skip
def test_places_that_cover_the_rows_follow(places, moved):
    """Heading in row 3, rows 4 to 43 became 4 to 60."""
    assert Following(3, frozenset({43}), 60).moved(places) == moved


def test_a_single_row_follows_where_it_is_a_column_of_one():
    following = Following(3, frozenset({4}), 9)
    assert following.moved("B4") == "B4:B9"
    assert following.moved("$B$4", single=False) == "$B$4", "a name of one cell means that cell"


def test_all_elements_of_a_layout_are_in_the_order_of_the_schema():
    layout = SheetLayout(
        (ColumnLayout(choices=("a",)), ColumnLayout(look="link")),
        heading_row=1,
        tab_colour="FF0000",
        frozen_columns=1,
    )
    root = ET.fromstring(made([["h", "k"], ["=x", "Ours!A1"]], layout))
    names = [child.tag.rpartition("}")[2] for child in root]
    assert sorted(names, key=ELEMENT_ORDER.index) == names
    assert {"hyperlinks", "dataValidations", "ignoredErrors", "autoFilter", "headerFooter"} <= set(names)


def test_the_schema_order_in_full():
    """ECMA-376 part 1, CT_Worksheet, with the newer drawingHF."""
    assert list(ELEMENT_ORDER) == [
        "sheetPr",
        "dimension",
        "sheetViews",
        "sheetFormatPr",
        "cols",
        "sheetData",
        "sheetCalcPr",
        "sheetProtection",
        "protectedRanges",
        "scenarios",
        "autoFilter",
        "sortState",
        "dataConsolidate",
        "customSheetViews",
        "mergeCells",
        "phoneticPr",
        "conditionalFormatting",
        "dataValidations",
        "hyperlinks",
        "printOptions",
        "pageMargins",
        "pageSetup",
        "headerFooter",
        "rowBreaks",
        "colBreaks",
        "customProperties",
        "cellWatches",
        "ignoredErrors",
        "smartTags",
        "drawing",
        "legacyDrawing",
        "legacyDrawingHF",
        "drawingHF",
        "picture",
        "oleObjects",
        "controls",
        "webPublishItems",
        "tableParts",
        "extLst",
    ]


def test_drop_downs():
    """A list longer than Excel takes, or with a comma in it, looks at a range instead."""
    long = tuple(f"choice number {n}" for n in range(30))
    layout = SheetLayout(
        (
            ColumnLayout(choices=('say "yes"', "no")),
            ColumnLayout(choices=long, formula_choices="Lists!$A$1:$A$30"),
            ColumnLayout(choices=("a, b", "c"), formula_choices="=Lists!$B$1:$B$2"),
            ColumnLayout(choices=long),
        )
    )
    xml = made([["a", "b", "c", "d"]], layout)
    assert re.findall('sqref="([A-Z0-9:]+)"><formula1>(.*?)</formula1>', xml) == [
        ("A2:A2", '"say ""yes"",no"'), ("B2:B2", "Lists!$A$1:$A$30"), ("C2:C2", "Lists!$B$1:$B$2"),
    ]  # fmt: skip
    assert xml.count('errorStyle="warning"') == 3


def test_rows_with_long_texts_are_taller():
    layout = SheetLayout((ColumnLayout(10, "wrapped"), ColumnLayout(10)), heading_row=1)
    rows = [["h", "h"], ["a" * 25, ""], ["short", "b" * 99], ["two\nlines", ""], ["王" * 10, ""]]
    assert row_heights(rows, layout, 15, {}) == {2: ' ht="45"', 4: ' ht="30"', 5: ' ht="51.75"'}
    assert row_heights(rows, layout, 15, {0: 20.0}) == {2: ' ht="30"', 4: ' ht="30"', 5: ' ht="34.5"'}


def test_a_long_text_typed_above_the_headings_makes_its_row_taller():
    layout = SheetLayout((ColumnLayout(12), ColumnLayout(34)), heading_row=4, looks={(1, 1): "input", (2, 1): "input"})
    rows = [["Title"], ["For", "a" * 40 + "@example.com"], ["For", "ann@example.com"], ["h", "h"]]

    assert row_heights(rows, layout, 15, {}) == {2: ' ht="30"'}
    assert row_heights(rows, layout, 15, {1: 15.0}) == {2: ' ht="60"'}


def test_in_a_narrow_column_a_row_is_as_tall_as_its_words_need():
    """
    Words are not broken, so a name of 41 signs takes four lines of 16 and not three; in a wide column it is a matter
    of signs.
    """
    name = "Shanghai Lianchuang Construction Co., Ltd."
    narrow = SheetLayout((ColumnLayout(13, "wrapped"),), heading_row=1)
    wide = SheetLayout((ColumnLayout(21, "wrapped"),), heading_row=1)

    assert row_heights([["h"], [name]], narrow, 15, {}) == {2: ' ht="60"'}
    assert row_heights([["h"], [name]], wide, 15, {}) == {2: ' ht="30"'}
    assert row_heights([["h"], ["a" * 27]], narrow, 15, {}) == {2: ' ht="45"'}
    assert row_heights([["h"], ["Ann Lee"]], narrow, 15, {}) == {}


def test_a_hidden_column_makes_no_row_taller():
    """And the width that somebody chose counts, not that of the layout."""
    old = SHEET.replace(
        b"<sheetData>",
        b'<cols><col min="1" max="1" width="0" hidden="1"/><col min="2" max="2" width="60.71" customWidth="1"/></cols><sheetData>',
    )
    layout = SheetLayout(
        (ColumnLayout(10, "wrapped"), ColumnLayout(10, "wrapped"), ColumnLayout(10, "wrapped")), heading_row=1
    )
    xml = replaced(old, [["h"], ["a" * 90, "b" * 50, "c"]], layout).xml.decode()
    assert '<row r="2"><c r="A2"' in xml
    assert '<col min="3" max="3" width="10.7109375" customWidth="1"/></cols>' in xml
    assert xml.count("<col ") == 3


SHEET = (
    b'<worksheet xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" '
    b'xmlns:mc="http://schemas.openxmlformats.org/markup-compatibility/2006"><sheetPr/><dimension ref="A1:B3"/><sheetData>'
    b'<row r="1"><c r="A1" s="0"><v>1</v></c></row><row r="2"/><row r="3"><c r="B3"><f>A1</f><v>1</v></c></row></sheetData>'
    b'<sheetProtection sheet="1"/><mergeCells count="2"><mergeCell ref="A1:B1"/><mergeCell ref="A3:B3"/></mergeCells>'
    b'<!-- kept --><mc:AlternateContent><mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent></worksheet>'
)


def test_an_old_sheet_keeps_what_is_not_its_cells():
    layout = SheetLayout((ColumnLayout(choices=("x",)),), heading_row=2)
    result = replaced(SHEET, [["t"], ["h"], ["a"], ["b"]], layout)
    xml = result.xml.decode()
    assert result.had_formulas
    assert '<dimension ref="A1:A4"/>' in xml
    assert '<sheetProtection sheet="1"/><mergeCells count="1"><mergeCell ref="A1:B1"/></mergeCells>' in xml
    assert "</mergeCells><!-- kept --><dataValidations count=" in xml
    assert xml.endswith(
        "</dataValidations><mc:AlternateContent>"
        '<mc:Choice Requires="x14"><controls/></mc:Choice></mc:AlternateContent></worksheet>'
    )


def test_the_last_merged_cells_go_with_their_list():
    xml = replaced(SHEET, [["h"], ["a"]], SheetLayout((ColumnLayout(),), heading_row=1)).xml
    assert b"mergeCell" not in xml


@pytest.mark.parametrize(
    "part",
    [b"<chartsheet xmlns='x'/>", b"<worksheet xmlns='x'><sheetData/></worksheet>", b"<worksheet><sheetData>"],
)
def test_what_is_no_sheet_is_refused(part):
    with pytest.raises(BookRefused):
        replaced(part, [["a"]])


def test_styles_only_grow_and_are_found_again():
    first = styles()
    numbers = [first.cell("heading"), first.cell("date"), first.cell("text", quoted=True), first.cell(None)]
    bad = first.mood("bad")
    data = first.result()
    again = styles(data)
    assert numbers == [
        again.cell("heading"),
        again.cell("date"),
        again.cell("text", quoted=True),
        again.cell(None),
    ]
    assert (bad, frozenset({bad})) == (again.mood("bad"), again.moods_there())
    assert again.result() == data
    assert numbers[3] == 0
    assert styles().result() == EMPTY


@pytest.mark.parametrize("extra", ['<dxfs count="0"/>', "<dxfs/>", '<dxfs count="1"><dxf/></dxfs>', ""])
def test_lists_that_are_empty_closed_or_missing(extra):
    data = EMPTY.replace(b"</cellStyles>", b"</cellStyles>" + extra.encode())
    sheet = styles(data)
    number = sheet.mood("good")
    sheet.cell("datetime")
    root = ET.fromstring(sheet.result())
    names = [child.tag.rpartition("}")[2] for child in root]
    assert names == ["numFmts", "fonts", "fills", "borders", "cellStyleXfs", "cellXfs", "cellStyles", "dxfs"]
    assert number == ('"1"' in extra)
    assert all(len(group) == int(group.get("count")) for group in root)


def test_a_style_takes_the_workbooks_own_font():
    data = EMPTY.replace(
        b'<sz val="11"/><name val="Calibri"/>',
        '<sz val="10"/><name val="等线"/><charset val="134"/>'.encode(),
    )
    sheet = styles(data)
    sheet.cell("heading")
    assert '<font><b/><sz val="10"/><color rgb="FFFFFFFF"/><name val="等线"/>' in sheet.result().decode()
    assert sheet.line_height == 13.64


def test_a_variant_keeps_the_rest_of_a_style():
    data = EMPTY.replace(
        b'borderId="0" xfId="0"/></cellXfs>',
        b'borderId="0" xfId="0"/><xf numFmtId="14" fontId="0" fillId="1" borderId="0" xfId="0"><protection locked="0"/></xf></cellXfs>',
    )
    sheet = styles(data)
    sheet.variant(1, "General")
    sheet.variant(0, quoted=True)
    text = sheet.result().decode()
    assert (
        '<xf numFmtId="0" fontId="0" fillId="1" borderId="0" xfId="0" applyNumberFormat="1"><protection locked="0"/></xf>'
        in text
    )
    assert 'xfId="0" quotePrefix="1"/>' in text


def test_edits_leave_the_rest_of_the_text():
    part = XmlPart(
        b"<?xml version='1.0'?>\n<a  x = 'it>s'  y=\"2\" ><b /><!-- c --><b>t</b ></a>", part="p", book="b"
    )
    first, second = part.root.children
    part.set_attribute(part.root, "x", 'say "so"')
    part.set_attribute(part.root, "y", None)
    part.set_attribute(first, "z", "1")
    part.append(first, b"<c/>")
    part.set_content(second, "u & v")
    assert part.result() == (
        b'<?xml version=\'1.0\'?>\n<a  x = "say &quot;so&quot;" ><b z="1" ><c/></b><!-- c --><b>u &amp; v</b ></a>'
    )


@given(st.text(st.characters(exclude_categories=["Cs"])))
def test_escaping_and_back(text):
    assert unescaped(escaped(text)) == unescaped(escaped(text, quote=True)) == text


def test_calculation_chain_with_nothing_of_ours_is_the_same_bytes():
    chain = b'<calcChain xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main"><c r="A1" i="1"/><c r="A2"/></calcChain>'
    assert without_sheets(chain, frozenset({4}), part="p", book="b") is chain
    assert without_sheets(chain, frozenset({1}), part="p", book="b") == b""


def test_a_table_with_a_total_row_ends_with_the_rows():
    table = (
        b'<table xmlns="http://schemas.openxmlformats.org/spreadsheetml/2006/main" id="1" name="T" displayName="T" ref="A1:B4" '
        b'totalsRowCount="1"><autoFilter ref="A1:B3"><filterColumn colId="0"><filters><filter val="x"/></filters></filterColumn>'
        b'</autoFilter><tableColumns count="2"><tableColumn id="1" name="a"/><tableColumn id="2" name="b"/></tableColumns></table>'
    )
    rows = [["a", "line\nbreak"], [1, 2], [3, 4], [5, 6], [7, 8]]
    xml = followed_table(table, rows, Following(1, frozenset({4}), 5), part="p", book="b").decode()
    assert re.findall('ref="(.*?)"', xml) == ["A1:B5", "A1:B5"]
    assert "totalsRowCount" not in xml
    assert "filterColumn" not in xml
    assert 'name="line_x000a_break"' in xml


def zip_of(*names: str, prefix: bytes = b"") -> io.BytesIO:
    file = io.BytesIO()
    file.write(prefix)
    with zipfile.ZipFile(file, "a" if prefix else "w") as archive:
        for name in names:
            archive.writestr(zipfile.ZipInfo(name), name * 50)
    return file


def test_a_package_replaces_appends_and_leaves_out():
    source = zip_of("a.xml", "b.xml", "c.xml")
    package = Package.read(source, book="b")
    target = io.BytesIO()
    parts = {"b.xml": b"new", "d.xml": b"added", "é.xml": b"name"}
    package.write(source, target, parts, frozenset({"c.xml"}))
    package.check(target, parts, frozenset({"c.xml"}))
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.namelist() == ["a.xml", "b.xml", "d.xml", "é.xml"]
        assert archive.read("b.xml") == b"new"
        assert archive.getinfo("b.xml").date_time == (1980, 1, 1, 0, 0, 0)


def test_a_part_in_blocks():
    source = zip_of("a.xml", "b.xml")
    package = Package.read(source, book="b")
    blocks = [b"new", b"", b"er " * 1_000_000, b"end", b""]
    whole, other = b"".join(blocks), [*blocks[:-2], b"eNd"]
    target = io.BytesIO()
    package.write(source, target, {"b.xml": blocks, "c.xml": []})
    package.check(target, {"b.xml": blocks, "c.xml": []}, frozenset())
    with zipfile.ZipFile(target) as archive:
        assert archive.read("b.xml") == whole
    written = Package.read(target, book="b")
    assert written.holds(target, "b.xml", [whole])
    assert written.holds(target, "c.xml", [])
    for wrong in (other, [whole, b"s"], [whole[:-1]], []):
        assert not written.holds(target, "b.xml", wrong)
    assert not written.holds(target, "c.xml", [b"c"])


def test_a_package_without_change_is_the_same_bytes():
    source = zip_of("a.xml", "b.xml")
    target = io.BytesIO()
    Package.read(source, book="b").write(source, target, {})
    assert target.getvalue() == source.getvalue()


def test_a_package_with_large_sizes_is_kept():
    """Some programs write the 64-bit form of sizes and directory without need."""
    source = io.BytesIO()
    with zipfile.ZipFile(source, "w") as archive:
        with archive.open("a.xml", "w", force_zip64=True) as part:
            part.write(b"long" * 40)
        archive.writestr("b.xml", "x")
    target = io.BytesIO()
    package = Package.read(source, book="b")
    package.write(source, target, {"c.xml": b"c"})
    with zipfile.ZipFile(target) as archive:
        assert archive.testzip() is None
        assert archive.read("a.xml") == b"long" * 40


@pytest.mark.filterwarnings("ignore:Duplicate name")
def test_packages_nobody_can_read_for_sure():
    """A part twice, something before the first part, a cut end."""
    for file in (
        zip_of("a.xml", "A.xml"),
        zip_of("a.xml", prefix=b"#!"),
        io.BytesIO(zip_of("a.xml").getvalue()[:-30]),
    ):
        with pytest.raises(BookRefused):
            Package.read(file, book="b")
