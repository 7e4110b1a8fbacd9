"""The button Show rows in a workbook that is open in a real LibreOffice: the marked figure, its rows, undoing."""

from __future__ import annotations

import datetime as dt

from tests.actions.drawn import shell, workbook
from tests.actions.test_kpi import STORE
from xl_retention.books.closed import ClosedBook
from xl_retention.books.live import LiveBook
from xl_retention.sheets.kpis import kpi_sheet
from xl_retention.sheets.wording import both

NOW = dt.datetime(2026, 11, 21, 8, 30)


def test_the_rows_of_the_marked_figure_are_those_of_the_command(office, tmp_path, told):
    from xl_retention.buttons import press_in

    opened = office.open(workbook(tmp_path / "open.xlsx", STORE))
    closed = workbook(tmp_path / "closed.xlsx", STORE)

    press_in(opened.book, "show_rows", NOW)
    assert told in [[words] for words in both("no_figure_marked")]

    press_in(opened.book, "refresh_kpis", NOW)
    sheet = opened.book.sheets["KPI"]
    row = kpi_sheet.ROW_OF["K01"] + 1
    october = kpi_sheet.FIRST_MONTH + kpi_sheet.MONTHS - 1
    opened.model.CurrentController.select(opened.model.Sheets.getByName("KPI").getCellByPosition(october - 1, row - 1))
    assert sheet.range((kpi_sheet.HEADING_ROW, october)).value == "2026-10"
    press_in(opened.book, "show_rows", NOW)

    shell("rows", closed, "--date", NOW.date().isoformat(), "--kpi", "K01", "--month", "2026-10")
    with ClosedBook(closed) as book:
        expected = book.read("Rows Behind")
    assert told[1:] == []
    shown = [[None if cell == "" else cell for cell in line] for line in LiveBook(opened.book).read("Rows Behind")]
    assert shown == expected
    assert opened.book.sheets.active.name == "Rows Behind"

    press_in(opened.book, "undo_last_run", NOW)
    assert told[1:] == []
    assert "Rows Behind" not in [each.name for each in opened.book.sheets]
