"""A new sheet drawn by XlsxWriter looks and behaves as the one that a closed file gets."""

import datetime as dt
import re
from zipfile import ZipFile

import openpyxl
import pytest

from xl_retention.books.closed import ClosedBook
from xl_retention.books.fresh import single_sheet
from xl_retention.books.layout import ColumnLayout, RowColour, SheetLayout
from xl_retention.books.styles import BEHIND_NUMBER, DRAWINGS
from xl_retention.sheets import check_sheet, journal_sheet
from xl_retention.sheets.calls import call_sheet

LAYOUT = SheetLayout(
    (
        ColumnLayout(12, "text"),
        ColumnLayout(14, "date"),
        ColumnLayout(10, "integer"),
        ColumnLayout(16, "wrapped", ("yes", "no")),
        ColumnLayout(9, "code"),
    ),
    heading_row=3,
    title_looks=("title", "note"),
    row_colours=(RowColour("$C4>5", "bad"),),
    frozen_columns=1,
    tab_colour="C00000",
    input_from=3,
    footer="Page &P",
)
ROWS = [["Calls"], ["Type here."], ["Name", "Due", "Days", "Answer", "Key"],
        ["Ada", dt.date(2026, 11, 21), 7, None, "k1"]]  # fmt: skip


@pytest.fixture
def both(tmp_path):
    """The same sheet drawn anew, and written into a closed file that did not have it."""
    fresh, closed = tmp_path / "fresh.xlsx", tmp_path / "closed.xlsx"
    single_sheet(fresh, "Calls", ROWS, LAYOUT)
    empty = openpyxl.Workbook()
    empty.save(closed)
    with ClosedBook(closed) as book:
        book.write("Calls", ROWS, LAYOUT)
        book.save()
    return openpyxl.load_workbook(fresh)["Calls"], openpyxl.load_workbook(closed)["Calls"]


def looks(cell) -> dict[str, object]:
    return {
        "font": (cell.font.b, cell.font.i, cell.font.u, cell.font.color.rgb if cell.font.color else None),
        "fill": cell.fill.fgColor.rgb if cell.fill.patternType else None,
        "border": (cell.border.left.style, cell.border.bottom.style),
        "align": (cell.alignment.horizontal, cell.alignment.vertical, cell.alignment.wrap_text or False),
    }


def test_filled_cells_look_as_in_a_closed_file(both):
    fresh, closed = both
    for row in range(1, 5):
        for place in range(1, 6):
            if fresh.cell(row, place).value is not None:
                wanted, found = looks(closed.cell(row, place)), looks(fresh.cell(row, place))
                if found["font"][3] != "FF000000":  # a plain font names no colour there and black here
                    found["font"] = (*found["font"][:3], found["font"][3] if wanted["font"][3] else None)
                assert wanted == found, fresh.cell(row, place).coordinate


def test_values_widths_panes_and_page_are_as_in_a_closed_file(both):
    fresh, closed = both

    assert list(closed.values) == list(fresh.values)
    assert closed.freeze_panes == fresh.freeze_panes == "B4"
    assert closed.auto_filter.ref == fresh.auto_filter.ref == "A3:E4"
    assert closed.print_title_rows == fresh.print_title_rows == "$3:$3"
    assert [round(closed.column_dimensions[c].width, 1) for c in "ABCDE"] == [
        round(fresh.column_dimensions[c].width, 1) for c in "ABCDE"
    ]
    for name in ("orientation", "paperSize", "fitToHeight"):
        assert getattr(closed.page_setup, name) == getattr(fresh.page_setup, name)
    assert closed.oddFooter.center.text == fresh.oddFooter.center.text == "Page &P"
    assert closed.sheet_properties.tabColor.rgb == fresh.sheet_properties.tabColor.rgb == "FFC00000"
    assert not fresh.sheet_view.showGridLines


@pytest.mark.parametrize(("heading", "points"), [("客户", 17.25), ("Customer", 15)])
def test_rows_of_a_chinese_sheet_are_higher(tmp_path, heading, points):
    """
    Fonts with Chinese signs are taller: in rows of 15 points LibreOffice cuts their feet. No row is marked as set by
    hand, so each still fits its text when that grows.
    """
    fresh, closed = tmp_path / "fresh.xlsx", tmp_path / "closed.xlsx"
    rows, layout = [[heading], ["Ada"]], SheetLayout((ColumnLayout(),))
    single_sheet(fresh, "Calls", rows, layout)
    openpyxl.Workbook().save(closed)
    with ClosedBook(closed) as book:
        book.write("Calls", rows, layout)
        book.save()

    for path in (fresh, closed):
        sheet = openpyxl.load_workbook(path)["Calls"]
        assert sheet.sheet_format.defaultRowHeight == points
        assert not sheet.sheet_format.customHeight
        assert [sheet.row_dimensions[row].height for row in (1, 2)] == [None, None]


def test_a_note_beside_a_yellow_cell_has_room(tmp_path):
    """
    Its row is as high as one of the notes above it.
    """
    layout = SheetLayout(LAYOUT.columns, heading_row=4, title_looks=("title", "note", "input"), looks={(2, 1): "note"})
    single_sheet(tmp_path / "fresh.xlsx", "Calls", [["Calls"], ["Type here."], ["2026-12", "Due: 3."], []], layout)

    sheet = openpyxl.load_workbook(tmp_path / "fresh.xlsx")["Calls"]
    assert sheet.row_dimensions[3].height == sheet.row_dimensions[2].height == 19.5


@pytest.mark.parametrize("look", [look for look, drawing in DRAWINGS.items() if "right" in drawing.align])
def test_a_number_keeps_clear_of_the_text_in_the_next_column(look):
    """
    By its format, not by an indent: LibreOffice forgets that of a cell right of another number, and a live book
    gives single cells their format alone.
    """
    assert DRAWINGS[look].number_format.endswith(BEHIND_NUMBER)
    assert "indent" not in DRAWINGS[look].align


def test_formats_lists_and_colours_reach_down_to_the_last_row(both):
    """
    A live book writes values only, be it one row or fifty thousand.
    """
    fresh, _ = both
    (validation,) = fresh.data_validations.dataValidation
    (colours,) = fresh.conditional_formatting

    assert [fresh.column_dimensions[c].number_format for c in "ABCDE"] == ["@", "yyyy-mm-dd", "#,##0_)", "@", "@"]
    assert str(validation.sqref) == "D4:D1048576"
    assert (validation.errorStyle, validation.formula1) == ("warning", '"yes,no"')
    assert "A4:A1048576" in str(colours.sqref).split()
    assert "E4:E1048576" in str(colours.sqref).split()


def test_blank_cells_above_the_headings_are_plain(both):
    """
    Without a format of their own they would show the border and the yellow of their column.
    """
    fresh, _ = both

    assert all(fresh.cell(row, place).border.left.style is None for row in (1, 2) for place in range(2, 6))
    assert all(fresh.cell(row, place).fill.patternType is None for row in (1, 2) for place in range(2, 6))


@pytest.mark.parametrize("text", ["=1+1", "+3d", "-1m", "@x", "http://x.example", "0012", "{=A1}", "3/4"])
def test_a_text_stays_a_text(tmp_path, text):
    single_sheet(tmp_path / "x.xlsx", "Calls", [*ROWS, [text, text, text, text, text]], LAYOUT)
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["Calls"]

    assert {text} == {cell.value for cell in sheet[5]}
    with ZipFile(tmp_path / "x.xlsx") as package:
        cells = package.read("xl/worksheets/sheet1.xml").decode()
    assert "<f>" not in cells
    assert len(re.findall(r'<c r="[A-E]5" [^>]*t="s">', cells)) == 5


def test_a_link_leads_to_the_cell_that_it_names(tmp_path):
    layout = SheetLayout((ColumnLayout(20, "link"),))
    rows = [["Cell"], ["Checks!D14"], ["Elsewhere!A1"], ["no cell"]]
    single_sheet(tmp_path / "x.xlsx", "Checks", rows, layout)
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["Checks"]

    locations = [row[0].hyperlink.location if row[0].hyperlink else None for row in sheet.iter_rows(min_row=2)]
    assert locations == ["'Checks'!D14", None, None]
    assert [row[0].value for row in sheet.iter_rows(min_row=2)] == ["Checks!D14", "Elsewhere!A1", "no cell"]


def test_without_rows_the_headings_are_drawn_blank_and_values_find_their_looks(tmp_path):
    """
    What a live book takes as template for a sheet that is missing.
    """
    single_sheet(tmp_path / "x.xlsx", "Calls", [], LAYOUT)
    sheet = openpyxl.load_workbook(tmp_path / "x.xlsx")["Calls"]

    assert sheet["A1"].font.sz == 16
    assert sheet["A3"].fill.fgColor.rgb == "FF1F4E78"
    assert sheet["D3"].fill.fgColor.rgb == "FFFFD966"


@pytest.mark.parametrize(
    "layout",
    [call_sheet.layout(dt.date(2026, 11, 21), "en"), check_sheet.layout("zh"), journal_sheet.layout("en")],
    ids=["calls", "checks", "journal"],
)
def test_every_sheet_of_ours_can_be_drawn_twice_alike(tmp_path, layout):
    for name in ("a", "b"):
        single_sheet(tmp_path / f"{name}.xlsx", "Ours", [], layout)

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()
