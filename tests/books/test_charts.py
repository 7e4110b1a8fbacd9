"""Charts, formulas and looks of single cells on a sheet of ours, and that they stay when its cells are replaced."""

from __future__ import annotations

import re
from pathlib import Path

import openpyxl
import pytest

from tests.books.workbooks import contents, store
from xl_retention.books.charts import Cells, Chart, Series
from xl_retention.books.closed import ClosedBook
from xl_retention.books.formulas import Formula
from xl_retention.books.fresh import single_sheet
from xl_retention.books.layout import ColumnLayout, SheetLayout

pytestmark = pytest.mark.filterwarnings("ignore:.*extension is not supported:UserWarning")

NAME = "Ada's Figures"
MONTHS = ["2026-09", "2026-10", "2026-11"]
LAYOUT = SheetLayout(
    (ColumnLayout(20), *(ColumnLayout(9, "percent") for _ in MONTHS)),
    heading_row=3,
    title_looks=("title",),
    frozen_rows=False,
    looks={(1, 0): "input", (1, 1): None, (4, 1): "integer", (4, 2): "integer", (9, 0): None},
    charts=(
        Chart("First", "line", Cells(2, 1, 2, 3), (Series((3, 0), Cells(3, 1, 3, 3)),), 6, 0),
        Chart("Second", "column", Cells(3, 0, 4, 0), (Series("both", Cells(3, 3, 4, 3)),), 6, 4, legend=False),
    ),
)


def rows(rate: float | None = 0.5, count: int = 7) -> list[list[object]]:
    return [
        ["Figures"],
        [None],
        ["", *MONTHS],
        ["Rate", 0.25, None, Formula('=IFERROR(1/2,"")', rate)],
        ["Count", 3, count, Formula("=3&\"<\"", "3<")],
    ]  # fmt: skip


def drawn_places(path: Path) -> list[str]:
    """What the charts of a file read."""
    parts = contents(path)
    charts = [parts[name].decode() for name in sorted(parts) if name.startswith("xl/charts/chart")]
    return [place for chart in charts for place in re.findall("<c:f>([^<]*)</c:f>", chart) if "Figures" in place]


def write(path: Path, cells: list[list[object]]) -> None:
    with ClosedBook(path) as book:
        book.write(NAME, cells, LAYOUT)
        book.save()


@pytest.fixture
def book(tmp_path: Path) -> Path:
    path = store(tmp_path / "Store.xlsx")
    write(path, rows())
    return path


def test_a_new_sheet_comes_with_its_charts_beside_those_of_the_staff(tmp_path: Path) -> None:
    before = contents(store(tmp_path / "Before.xlsx"))
    path = store(tmp_path / "Store.xlsx")
    write(path, rows())
    after = contents(path)

    assert {name for name in after if name not in before if "chart" in name}
    assert all(after[name] == data for name, data in before.items() if name.startswith(("xl/charts", "xl/drawings")))
    assert drawn_places(path) == [
        "'Ada''s Figures'!$A$4", "'Ada''s Figures'!$B$3:$D$3", "'Ada''s Figures'!$B$4:$D$4",
        "'Ada''s Figures'!$A$4:$A$5", "'Ada''s Figures'!$D$4:$D$5",
    ]  # fmt: skip
    opened = openpyxl.load_workbook(path)  # fails where a part is not declared or linked
    assert len(opened[NAME]._charts) == 2


def test_the_charts_stay_when_the_cells_are_replaced(book: Path) -> None:
    before = contents(book)
    write(book, rows(0.75, 9))
    after = contents(book)

    charts = {name for name in before if name.startswith(("xl/charts", "xl/drawings"))}
    assert charts
    assert {name: after.get(name) for name in charts} == {name: before[name] for name in charts}
    sheet = openpyxl.load_workbook(book)[NAME]
    assert len(sheet._charts) == 2
    assert sheet["C5"].value == 9


def test_the_same_again_writes_nothing(book: Path) -> None:
    before = book.read_bytes()
    write(book, rows())
    assert book.read_bytes() == before


def test_a_formula_lies_in_the_file_with_its_value(book: Path) -> None:
    formulas = openpyxl.load_workbook(book)[NAME]
    values = openpyxl.load_workbook(book, data_only=True)[NAME]

    assert (formulas["D4"].value, values["D4"].value) == ('=IFERROR(1/2,"")', 0.5)
    assert (formulas["D5"].value, values["D5"].value) == ('=3&"<"', "3<")
    with ClosedBook(book) as opened:
        assert opened.read(NAME)[3] == ["Rate", 0.25, None, 0.5]


def test_a_formula_without_a_value_shows_nothing(book: Path) -> None:
    write(book, rows(None))
    with ClosedBook(book) as opened:
        assert opened.read(NAME)[3][3] in (None, "")


def test_what_is_not_saved_yet_reads_as_it_will(book: Path) -> None:
    with ClosedBook(book) as opened:
        opened.write(NAME, rows(0.75), LAYOUT)
        assert opened.read(NAME)[3] == ["Rate", 0.25, None, 0.75]


@pytest.mark.parametrize("drawn", [True, False], ids=["drawn", "written"])
def test_single_cells_look_other_than_their_column(tmp_path: Path, book: Path, drawn: bool) -> None:
    if drawn:
        single_sheet(tmp_path / "drawn.xlsx", NAME, rows(), LAYOUT)
        book = tmp_path / "drawn.xlsx"
    sheet = openpyxl.load_workbook(book)[NAME]

    assert sheet["B4"].number_format == "0.0%_)"
    assert sheet["B5"].number_format == sheet["C5"].number_format == "#,##0_)"
    assert sheet["D5"].number_format == "0.0%_)"
    assert sheet["A2"].fill.fgColor.rgb.endswith("FFF9E0")
    assert not sheet["B2"].border.left.style
    assert sheet.freeze_panes is None
