"""An open workbook in a real LibreOffice answers as the same workbook closed does."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.actions.drawn import workbook
from xl_retention.actions.generate_calls import generate_calls
from xl_retention.actions.refresh_classes import refresh_classes
from xl_retention.books.book import KEEP
from xl_retention.books.closed import ClosedBook
from xl_retention.books.layout import ColumnLayout, SheetLayout
from xl_retention.errors import BookRefused

SAMPLES = Path(__file__).parents[2] / "sample"
DAY = dt.date(2026, 11, 21)
LAYOUT = SheetLayout(
    (ColumnLayout(20, "text"), ColumnLayout(12, "date"), ColumnLayout(9, "integer"), ColumnLayout(30, "wrapped")),
    heading_row=2,
    title_looks=("title",),
)


def live(opened):
    from xl_retention.books.live import LiveBook

    return LiveBook(opened.book)


@pytest.mark.parametrize("name", ["Store-East.xlsx", "城西店.xlsx"])
def test_every_sheet_reads_as_from_the_closed_file(office, name):
    """
    Same workbook, same results: dates, texts, numbers, blanks, errors and clock times come in alike.
    """
    book = live(office.open(SAMPLES / name))

    with ClosedBook(SAMPLES / name) as closed:
        assert closed.sheet_names() == book.sheet_names()
        for sheet in closed.sheet_names():
            assert closed.read(sheet) == book.read(sheet), sheet
            assert closed.head(sheet, 5).rows() == book.head(sheet, 5).rows(), sheet


def test_odd_cells_read_as_from_the_closed_file(office, tmp_path):
    path = workbook(
        tmp_path / "odd.xlsx",
        {"Odd": [["a", dt.datetime(2026, 2, 28, 13, 45), 1.5, True, None, "'quoted", "=1+1", "007", " "], [], ["end"]]},
    )
    book = live(office.open(path))

    with ClosedBook(path) as closed:
        assert closed.read("Odd") == book.read("Odd")


def test_the_calls_are_those_of_the_closed_file(office):
    path = SAMPLES / "Store-East.xlsx"

    made = generate_calls(live(office.open(path)), DAY, write=False)

    with ClosedBook(path) as closed:
        expected = generate_calls(closed, DAY, write=False)
    assert expected.worklist.calls == made.worklist.calls
    assert expected.problems == made.problems
    assert expected.worklist.calls


def test_a_sheet_of_ours_comes_with_its_looks_and_its_rows(office):
    opened = office.new()
    book = live(opened)

    book.write("Ours", [["Title"], ["Name", "Day", "Count", "Notes"], ["Wu", dt.date(2026, 11, 21), 3, "a\nb"]], LAYOUT)
    book.save()

    assert [["Title", None, None, None], ["Name", "Day", "Count", "Notes"],
            ["Wu", dt.datetime(2026, 11, 21), 3, "a\nb"]] == book.read("Ours")  # fmt: skip
    assert opened.cell("Ours", "B3").String == "2026-11-21"
    assert opened.cell("Ours", "D3").IsTextWrapped
    assert "Sheet1" in book.sheet_names()


@pytest.mark.parametrize(
    "text",
    ["=1+1", "+86 138", "-5", "@home", '=HYPERLINK("http://x")', "13800138000", "2026-11-21", "1/2", "'007", "1e5"],
)
def test_what_a_person_typed_stays_text(office, text):
    """
    Neither a formula nor a number nor a date is made of it, in a column of text or outside.
    """
    opened = office.new()
    book = live(opened)

    book.write("Ours", [[text], ["Name", "Day", "Count", "Notes"], [text, None, None, text]], LAYOUT)
    book.save()

    assert [[text, None, None, None], [text, None, None, text]] == [book.read("Ours")[0], book.read("Ours")[2]]
    assert opened.cell("Ours", "A3").Type.value == "TEXT"
    assert opened.cell("Ours", "A1").Type.value == "TEXT"


def test_rows_of_a_longer_list_of_yesterday_are_gone(office):
    book = live(office.new())
    head = [["Title"], ["Name", "Day", "Count", "Notes"]]
    book.write("Ours", [*head, ["one"], ["two"], ["three"]], LAYOUT)
    book.save()

    book.write("Ours", [*head, ["four"]], LAYOUT)
    book.save()

    assert [row[0] for row in book.read("Ours")[2:]] == ["four"]


def test_nothing_shows_before_it_is_saved(office):
    opened = office.new()
    book = live(opened)

    book.write("Ours", [["Title"], ["Name"]], LAYOUT)

    assert book.read("Ours") == [["Title"], ["Name"]]
    assert not opened.model.Sheets.hasByName("Ours")


def test_a_protected_sheet_leaves_all_sheets_as_they_were(office):
    opened = office.new()
    book = live(opened)
    rows = [["Title"], ["Name", "Day", "Count", "Notes"], ["before"]]
    book.write("First", rows, LAYOUT)
    book.write("Second", rows, LAYOUT)
    book.save()
    opened.model.Sheets.getByName("Second").protect("")

    book.write("First", [*rows[:2], ["after"]], LAYOUT)
    book.write("Second", [*rows[:2], ["after"]], LAYOUT)
    book.write("Third", [*rows[:2], ["after"]], LAYOUT)
    with pytest.raises(BookRefused, match="Second"):
        book.save()

    assert book.read("First")[2][0] == "before"
    assert book.read("Second")[2][0] == "before"
    assert not opened.model.Sheets.hasByName("Third")


def test_looking_is_put_back_after_a_run_and_after_a_failure(office):
    opened = office.new()
    book = live(opened)
    book.write("Ours", [["Title"], ["Name"]], LAYOUT)

    book.save()

    assert not opened.model.hasControllersLocked()
    assert opened.model.isAutomaticCalculationEnabled()


def test_an_open_workbook_is_not_saved_elsewhere(office, tmp_path):
    with pytest.raises(BookRefused, match="Save As"):
        live(office.new()).save(tmp_path / "x.xlsx")


def test_rows_put_below_a_table_join_it_and_look_like_the_row_above(office, tmp_path):
    """
    Contacts are appended to the staff's own sheet: as text where text is, with their dates shown as dates.
    """
    path = workbook(tmp_path / "log.xlsx", {"Log": """
        Contact at | Mobile       | Result
        2026-11-20 | '13800138000 | x
        """.strip("\n")})
    opened = office.open(path)
    opened.cell("Log", "B2").setPropertyValue("NumberFormat", _text_format(opened))
    book = live(opened)

    book.put("Log", 3, 1, [[dt.datetime(2026, 11, 21), "13800138001", "=y"], [dt.datetime(2026, 11, 22), "007", None]])
    assert [dt.datetime(2026, 11, 21), "13800138001", "=y"] == book.read("Log")[2]
    book.save()

    assert [dt.datetime(2026, 11, 21), "13800138001", "=y"] == book.read("Log")[2]
    assert [
        opened.cell("Log", "A3").String, opened.cell("Log", "B3").Type.value, opened.cell("Log", "C3").Type.value
    ] == ["2026-11-21", "TEXT", "TEXT"]  # fmt: skip


def _text_format(opened):
    from tests.office.soffice import uno_module

    locale = uno_module().createUnoStruct("com.sun.star.lang.Locale")
    return opened.model.NumberFormats.queryKey("@", locale, False)


def test_a_put_is_taken_back_whole(office, tmp_path):
    path = workbook(tmp_path / "log.xlsx", {"Log": [["Day", "Result"], [dt.datetime(2026, 11, 20), "x"], [None, "y"]]})
    book = live(office.open(path))
    before = book.read("Log")

    book.put("Log", 3, 1, [[dt.datetime(2026, 11, 21), "z"], [dt.datetime(2026, 11, 22), "w"]])
    book.save()
    assert before != book.read("Log")
    book.restore(book.replaced)

    assert before == book.read("Log")


def test_kept_cells_stay(office, tmp_path):
    path = workbook(tmp_path / "log.xlsx", {"Log": [["A", "B", "C"], ["a", "b", "c"], ["d", "e", "f"]]})
    book = live(office.open(path))

    book.put("Log", 2, 1, [["x", KEEP, KEEP], ["y", KEEP, "z"]])
    book.save()

    assert book.read("Log") == [["A", "B", "C"], ["x", "b", "c"], ["y", "e", "z"]]


def test_a_formula_of_the_staff_is_not_overwritten(office, tmp_path):
    path = workbook(tmp_path / "log.xlsx", {"Log": [["A", "B"], ["a", None]]})
    opened = office.open(path)
    opened.cell("Log", "B2").Formula = "=1+1"
    book = live(opened)

    book.put("Log", 2, 1, [["x", "y"]])
    with pytest.raises(BookRefused, match="Log!B2 holds a formula"):
        book.save()

    assert book.read("Log")[1][0] == "a"


def test_a_filter_of_yesterday_hides_no_call_of_today(office):
    opened = office.new()
    book = live(opened)
    head = [["Title"], ["Name", "Day", "Count", "Notes"]]
    book.write("Ours", [*head, ["one"], ["two"]], LAYOUT)
    book.save()
    opened.model.Sheets.getByName("Ours").getRows().getByIndex(3).IsVisible = False

    book.write("Ours", [*head, ["one"], ["two"], ["three"]], LAYOUT)
    book.save()

    rows = opened.model.Sheets.getByName("Ours").getRows()
    assert all(rows.getByIndex(number).IsVisible for number in range(5))


@pytest.mark.parametrize("kind", ["plain", "table"])
def test_columns_of_ours_are_those_of_the_closed_file_and_undo_takes_them_back(office, tmp_path, kind):
    """
    The table that takes them in is as it was after undoing.
    """
    import xlsxwriter

    from xl_retention.books.live_puts import list_end

    path = tmp_path / "cars.xlsx"
    with xlsxwriter.Workbook(str(path)) as drawn:
        sheet = drawn.add_worksheet("Cars")
        for row, cells in enumerate([["Plate", "Km"], ["A1", 1], ["A2", 2]], 1):
            sheet.write_row(row, 0, cells)
        if kind == "table":
            sheet.add_table(1, 0, 3, 1, {"name": "Cars", "columns": [{"header": "Plate"}, {"header": "Km"}]})
    columns = {"Tier": ["High", KEEP], "Classified on": [DAY, DAY]}
    opened = office.open(path)
    book = live(opened)
    before = book.read("Cars")

    book.put_columns("Cars", 2, 1, columns)
    book.save()

    with ClosedBook(path) as closed:
        closed.put_columns("Cars", 2, 1, columns)
        assert book.read("Cars") == closed.read("Cars")
    assert list_end(opened.book.sheets["Cars"], 2, 1) == (None if kind == "plain" else 3)
    replaced = list(book.replaced)
    book.put_columns("Cars", 2, 1, columns)
    book.save()
    assert book.replaced == []
    book.restore(replaced)
    assert book.read("Cars") == before
    assert list_end(opened.book.sheets["Cars"], 2, 1) == (None if kind == "plain" else 1)


def test_classes_are_those_of_the_closed_file(office, tmp_path):
    path = tmp_path / "store.xlsx"
    path.write_bytes((SAMPLES / "城西店.xlsx").read_bytes())
    book = live(office.open(path))

    done = refresh_classes(book, DAY, progress=print)
    book.save()

    with ClosedBook(path) as closed:
        assert refresh_classes(closed, DAY, progress=print).rows == done.rows
        for sheet in ("客户资料", "潜客卡", "对照表", "类别变动", "客户分群"):
            assert closed.read(sheet) == book.read(sheet), sheet
