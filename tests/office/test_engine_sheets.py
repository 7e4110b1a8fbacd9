"""Workbooks, sheets, tables, names and looks through xlwings and our engine, in a real LibreOffice."""

from __future__ import annotations

import pytest
import xlsxwriter
from openpyxl import load_workbook

from xl_retention.books.libreoffice import NotInLibreOffice
from xl_retention.errors import RetentionError


@pytest.fixture
def path(tmp_path):
    path = tmp_path / "Store 店.xlsx"
    with xlsxwriter.Workbook(path) as made:
        first = made.add_worksheet("Customers")
        first.add_table("B2:C4", {"name": "Clients", "columns": [{"header": "Name"}, {"header": "Class"}]})
        first.write_column("B3", ["Wu", "Li"])
        first.data_validation("C3:C4", {"validate": "list", "source": ["A", "B"]})
        first.conditional_format("B3:B4", {"type": "text", "criteria": "containing", "value": "Wu",
                                           "format": made.add_format({"bold": True})})  # fmt: skip
        first.set_column("B:B", 30)
        made.add_worksheet("It's here")
        made.define_name("Outcomes", "='It''s here'!$A$1:$A$3")
    return path


@pytest.fixture
def opened(office, path):
    return office.open(path)


@pytest.fixture
def book(opened):
    return opened.book


def test_a_book_knows_its_file(book, path):
    assert book.name == path.name
    assert book.fullname == str(path)


def test_a_book_that_was_never_saved_has_a_title(office):
    assert office.new().book.fullname.startswith("Untitled")


def test_sheets_are_found_by_number_and_by_name_in_any_case(book):
    assert [sheet.name for sheet in book.sheets] == ["Customers", "It's here"]
    assert book.sheets["CUSTOMERS"].index == 1
    assert book.sheets[-1].name == "It's here"
    assert "customers" in book.sheets
    with pytest.raises(KeyError):
        book.sheets["Nobody"]


def test_sheets_are_added_renamed_moved_hidden_and_deleted(book):
    made = book.sheets.add("New", after=book.sheets[0])
    assert book.sheets.active == made
    made.name = "Newer"
    book.sheets.add(before=book.sheets[0])
    made.move(before=book.sheets[0])
    made.visible = False

    assert [sheet.name for sheet in book.sheets] == ["Newer", "Sheet1", "Customers", "It's here"]
    assert not book.sheets["Newer"].visible
    book.sheets["Newer"].delete()
    assert len(book.sheets) == 3


def test_a_copy_within_the_book_and_from_another_keeps_validation_and_conditional_formats(office, book, tmp_path):
    other = office.new().book
    book.sheets[0].copy(after=other.sheets[0])
    book.sheets[0].copy()
    saved = tmp_path / "copied.xlsx"
    other.save(saved)
    copied = load_workbook(saved)["Customers"]

    assert [sheet.name for sheet in book.sheets] == ["Customers", "It's here", "Customers (2)"]
    assert copied["B3"].value == "Wu"
    assert [str(rule.sqref) for rule in copied.data_validations.dataValidation] == ["C3:C4"]
    assert [str(rule.sqref) for rule in copied.conditional_formatting] == ["B3:B4"]
    assert other.sheets["Customers"]["B1"].column_width == book.sheets["Customers"]["B1"].column_width


def test_ranges_are_found_by_address_place_name_and_between_corners(book):
    sheet = book.sheets["It's here"]

    assert sheet["A1:B2"].address == sheet.range((1, 1), (2, 2)).address == sheet.range("A1", "B2").address
    assert sheet[0:2, 1].address == "$B$1:$B$2"
    assert sheet["Outcomes"].address == "$A$1:$A$3"
    assert sheet["A1"].get_address(False, False, include_sheetname=True) == "'It''s here'!A1"
    assert sheet["A:B"].shape == (1_048_576, 2)
    assert sheet["B2:C3"](2, 1).address == "$B$3"
    assert sheet[0:0, 0].shape == (0, 0)
    with pytest.raises(KeyError):
        sheet["No such name"]


def test_the_used_range_begins_at_the_first_used_cell(book):
    assert book.sheets[0].used_range.address == "$B$2:$C$4"


def test_end_goes_where_ctrl_and_an_arrow_go(book):
    sheet = book.sheets[1]
    sheet["B2"].value = [[1, 2, None, 4], [5, None, None, None], [None] * 4, [6, None, None, None]]

    assert sheet["B2"].end("down").address == "$B$3"
    assert sheet["B3"].end("down").address == "$B$5"
    assert sheet["B5"].end("down").row == 1_048_576
    assert sheet["B5"].end("up").address == "$B$3"
    assert sheet["B2"].end("up").address == "$B$1"
    assert sheet["B2"].end("right").address == "$C$2"
    assert sheet["E2"].end("left").address == "$C$2"
    assert sheet["A1"].end("down").row == 1_048_576


def test_tables_are_found_and_resized(book):
    sheet = book.sheets[0]
    table = sheet.tables["Clients"]
    assert table.range.address == "$B$2:$C$4"
    assert table.header_row_range.value == ["Name", "Class"]
    assert table.data_body_range.address == "$B$3:$C$4"
    assert sheet["C3"].table.name == "Clients"
    assert sheet["D3"].table is None
    assert len(book.sheets[1].tables) == 0
    table.resize(sheet["B2:C9"])

    assert table.data_body_range.address == "$B$3:$C$9"


def test_a_table_is_added(book, tmp_path):
    sheet = book.sheets[1]
    sheet["A1"].value = [["x", "y"], [1, 2]]
    made = sheet.tables.add(sheet["A1:B2"], name="Points")

    assert made.data_body_range.value == [1.0, 2.0]
    assert [table.name for table in sheet.tables] == ["Points"]


def test_names_are_read_added_and_deleted(book):
    assert book.names["outcomes"].refers_to == "='It''s here'!$A$1:$A$3"
    book.names.add("Rate", "=Customers!$B$3")
    assert book.names["Rate"].refers_to_range.value == "Wu"
    book.names["Rate"].delete()

    assert [name.name for name in book.names] == ["Outcomes"]


def test_formulas_are_written_and_read_as_excel_writes_them(book):
    sheet = book.sheets[0]
    sheet["E1"].formula = "=IF(COUNTA('It''s here'!$A$1,B3)>0,\"a,b;c!\",SUM({1,2;3,4}))"
    sheet["F1:F3"].formula = "=B1&Customers!$B$3"

    assert sheet["E1"].value == "a,b;c!"
    assert sheet["E1"].formula == "=IF(COUNTA('It''s here'!$A$1,B3)>0,\"a,b;c!\",SUM({1,2;3,4}))"
    assert sheet["F1:F3"].formula == [["=B1&Customers!$B$3"], ["=B2&Customers!$B$3"], ["=B3&Customers!$B$3"]]
    assert sheet["F3"].value == "WuWu"


def test_what_formula_gives_can_be_put_back(book):
    sheet = book.sheets[1]
    sheet["A1"].value = [["=1+1", "'007", 0.5, "a, b; c", None, True]]
    before, formulas = sheet["A1:F1"].value, sheet["A1:F1"].formula
    sheet["A1:F1"].clear_contents()
    sheet["A1:F1"].formula = formulas

    assert sheet["A1:F1"].value == before


def test_an_array_formula_fills_its_range(book):
    sheet = book.sheets[1]
    sheet["A1:A3"].formula_array = "={1;2;3}*2"

    assert sheet["A1:A3"].value == [2.0, 4.0, 6.0]
    assert sheet["A1:A3"].formula_array == "={1;2;3}*2"


@pytest.mark.parametrize(
    "code", ["yyyy-mm-dd", "yyyy-mm-dd hh:mm", "@", "0%", "0.00", "#,##0", "General", "h:mm AM/PM", '0 "km"']
)
def test_number_formats_are_excels(book, code):
    book.sheets[1]["A1"].number_format = code

    assert book.sheets[1]["A1"].number_format == code


def test_looks_are_set_and_read_and_are_none_where_cells_differ(book):
    cells = book.sheets[1]["A1:B2"]
    cells.color, cells.wrap_text = "#ff8000", True
    cells.font.bold, cells.font.italic, cells.font.size, cells.font.color = True, True, 14, (0, 0, 255)
    cells.column_width, cells.row_height = 20, 30
    book.sheets[1]["A1"].number_format = "0%"

    assert cells.color == (255, 128, 0)
    assert (cells.wrap_text, cells.font.bold, cells.font.italic, cells.font.size) == (True, True, True, 14)
    assert cells.font.color == (0, 0, 255)
    assert (cells.column_width, cells.row_height) == pytest.approx((20, 30), abs=0.1)
    assert cells.number_format is None
    cells.color = None
    assert cells.color is None


def test_clearing_contents_keeps_looks_and_clearing_takes_all(book):
    cell = book.sheets[1]["A1"]
    cell.value, cell.color = 5, (1, 2, 3)
    cell.clear_contents()
    assert (cell.value, cell.color) == (None, (1, 2, 3))
    cell.clear()

    assert cell.color is None


def test_rows_are_inserted_looking_like_those_below_and_deleted(book):
    sheet = book.sheets[1]
    sheet["A1"].value = [["head"], [1], [2]]
    sheet["A2:A3"].color = (0, 255, 0)
    sheet["A2:B3"].insert("down", copy_origin="format_from_right_or_below")
    assert sheet["A1:A5"].value == ["head", None, None, 1.0, 2.0]
    assert sheet["A2"].color == sheet["A3"].color == (0, 255, 0)
    sheet["2:3"].delete()

    assert sheet["A1:A3"].value == ["head", 1.0, 2.0]


def test_rows_and_columns_are_hidden_and_fitted(book):
    sheet = book.sheets[1]
    sheet["A1"].value = "a text that is quite a bit wider than its column is at first"
    narrow = sheet["A1"].column_width
    sheet["A1"].columns.autofit()
    sheet["2:3"].rows.hidden = True

    assert sheet["A1"].column_width > 2 * narrow
    assert sheet["A2"].rows.hidden
    assert not sheet["A1"].rows.hidden


def test_cells_are_merged_copied_and_selected(book):
    sheet = book.sheets[1]
    sheet["A1:B1"].merge()
    sheet["A3"].value = [["x", "=A3"]]
    sheet["A3:B3"].copy(sheet["D5"])
    sheet["D5:E5"].select()

    assert sheet["B1"].merge_area.address == "$A$1:$B$1"
    assert sheet["B1"].merge_cells
    assert not sheet["C1"].merge_cells
    assert book.app.selection.address == "$D$5:$E$5"
    assert sheet["E5"].formula == "=D5"


def test_panes_freeze(book, opened):
    book.sheets[1].freeze_panes.freeze_at("1:3")
    assert opened.model.CurrentController.SplitRow == 3
    book.sheets[1].freeze_panes.unfreeze()

    assert not opened.model.CurrentController.hasFrozenPanes()


def test_saving_keeps_the_file_and_its_format(book, path, tmp_path):
    book.sheets[0]["B3"].value = "Zhao"
    book.save()
    book.save(tmp_path / "other.ods")

    assert load_workbook(path)["Customers"]["B3"].value == "Zhao"
    assert (tmp_path / "other.ods").read_bytes()[:2] == b"PK"
    with pytest.raises(NotInLibreOffice, match=r"Book\.save as \.pdf"):
        book.save(tmp_path / "other.pdf")


@pytest.mark.parametrize(
    ("ask", "name"),
    [
        (lambda sheet: sheet["A1"].borders.impl, "Range.borders"),
        (lambda sheet: sheet["A1"].sort(1), "Range.sort"),
        (lambda sheet: sheet.charts, "Sheet.charts"),
        (lambda sheet: sheet.pivot_tables, "Sheet.pivot_tables"),
        (lambda sheet: sheet.book.impl.json(), "Book.json"),
        (lambda sheet: setattr(sheet.tables[0], "table_style", "x"), "Table.table_style"),
        (lambda sheet: sheet.book.app.startup_path, "App.startup_path"),
    ],
)
def test_what_the_engine_leaves_out_is_named(book, ask, name):
    """
    One sentence that a message box can show, never a NotImplementedError.
    """
    with pytest.raises(NotInLibreOffice, match=f"^{name} is not available in LibreOffice$") as raised:
        ask(book.sheets[0])
    assert isinstance(raised.value, RetentionError)
