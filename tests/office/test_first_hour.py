"""What somebody meets who tries all the buttons of the workbook that we ship."""

from __future__ import annotations

import datetime as dt
from pathlib import Path

import pytest

from tests.office.filled import filled_workbook
from tests.office.soffice import Office, Opened
from xl_retention.books.layout import ColumnLayout, Mood, RowColour, SheetLayout
from xl_retention.books.live import LiveBook
from xl_retention.books.styles import MOODS
from xl_retention.builder.workbook import build
from xl_retention.buttons import press_in
from xl_retention.buttons.forms import FORMS, TYPED_INTO
from xl_retention.sheets.wording import say

LAYOUT = SheetLayout(
    (ColumnLayout(12, "text"), ColumnLayout(12, "input", ("yes", "no"))), heading_row=1, looks={(2, 0): "percent"}
)
ROWS: list[list[object]] = [["Rate", "Masked"], ["Amy", "yes"], [0.625, "no"]]
COLOURED: dict[str, tuple[Mood, ...]] = {"Copies": ("bad", "warning"), "Rows Behind": ("good", "bad", "sum")}
NOW = dt.datetime(2026, 11, 21, 8, 30)


@pytest.fixture
def opened(office: Office, tmp_path: Path) -> Opened:
    """Our workbook with macros and without rows."""
    return office.open(filled_workbook(tmp_path / "Retention.xlsm", "en", {}))


def test_a_sheet_is_added_to_a_workbook_with_macros_and_looks_as_drawn(opened: Opened) -> None:
    """
    LibreOffice raises after it has taken the sheet over, since the sheet brings no macros along. A cell that looks
    other than its column keeps its own look.
    """
    book = LiveBook(opened.book)
    before = book.sheet_names()

    book.write("Copies", ROWS, LAYOUT)
    book.write("Rows Behind", ROWS, LAYOUT)
    book.save()

    assert LiveBook(opened.book).sheet_names() == [*before, "Copies", "Rows Behind"]
    assert LiveBook(opened.book).read("Copies") == ROWS
    assert opened.cell("Rows Behind", "B2").Validation.Type.value == "LIST"
    assert opened.cell("Rows Behind", "A3").String.rstrip() == "62.5%"


def test_rows_of_an_added_sheet_are_coloured_as_drawn(opened: Opened) -> None:
    """
    LibreOffice gives the looks of conditional formats the same names in every workbook, and a sheet that is taken
    over would show those of the workbook that it comes to: red rows where green ones were drawn.
    """
    book = LiveBook(opened.book)
    for name, moods in COLOURED.items():
        colours = tuple(RowColour(f'$A2="{mood}"', mood) for mood in moods)
        book.write(name, [["Mood"], *[[mood] for mood in moods]], SheetLayout((ColumnLayout(),), row_colours=colours))
    book.save()

    styles = opened.model.StyleFamilies.getByName("CellStyles")
    for name, moods in COLOURED.items():
        (formats,) = opened.model.Sheets.getByName(name).ConditionalFormats.getConditionalFormats()
        shown = [styles.getByName(formats.getByIndex(place).StyleName).CellBackColor for place in range(len(moods))]
        assert shown == [int(MOODS[mood][1], 16) & 0xFFFFFF for mood in moods]


def test_a_formula_keeps_the_number_format_of_its_cell(opened: Opened) -> None:
    """
    LibreOffice gives a cell the format of texts when a text that begins with `=` is put into it as a value.
    """
    sheet = opened.book.sheets.add("Shares")
    sheet["A1:B2"].number_format = "0.0%"

    sheet["A1:B2"].value = [["=5/8", 0.25], [0.5, "=1/8"]]

    texts = [opened.cell("Shares", address).String for address in ("A1", "B1", "A2", "B2")]
    assert texts == ["62.5%", "25.0%", "50.0%", "12.5%"]


@pytest.fixture
def told(opened: Opened, tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> list[tuple[str, str]]:
    """Icon and text of the message boxes, none of which has to be closed."""
    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))
    boxes: list[tuple[str, str]] = []
    monkeypatch.setattr(
        type(opened.book.app), "alert", lambda app, text, title, mode: boxes.append((mode, text.split(".")[0]))
    )
    return boxes


@pytest.mark.parametrize(("button", "sheet"), list(FORMS.items()))
def test_a_button_that_wants_something_typed_shows_where(
    opened: Opened, told: list[tuple[str, str]], button: str, sheet: str
) -> None:
    """It is no error, and the cell to type into is marked."""
    press_in(opened.book, button, NOW)

    assert [mode for mode, _ in told] == ["info"]
    assert opened.book.sheets.active.name == say(sheet, "en")
    if button in TYPED_INTO:
        assert opened.book.app.selection.address.replace("$", "") == TYPED_INTO[button]


def test_remove_examples_says_how_many_rows_went_and_undo_shows_that_they_are_back(
    office: Office, tmp_path: Path, opened: Opened, told: list[tuple[str, str]]
) -> None:
    opened.close()
    build(tmp_path / "New.xlsm", "en")
    new = office.open(tmp_path / "New.xlsm")
    before = LiveBook(new.book).read("Customers")

    press_in(new.book, "remove_examples", NOW)
    emptied = LiveBook(new.book).read("Customers")
    press_in(new.book, "remove_examples", NOW)
    press_in(new.book, "undo_last_run", NOW)

    rows = [row for row in before if str(row[0]).startswith("EX-")]
    assert len(rows) == 3
    assert not [row for row in emptied if str(row[0]).startswith("EX-")]
    assert LiveBook(new.book).read("Customers") == before
    first, second = (text for _, text in told)
    assert first.split(" ", 1)[1] == "example rows were removed from 7 sheets"
    assert int(first.split()[0]) > len(rows)
    assert second == "There are no example rows (EX-) in this workbook"
    assert {mode for mode, _ in told} == {"info"}
    assert new.book.sheets.active.name in {sheet.name for sheet in new.book.sheets} - {"Start", "Journal"}
