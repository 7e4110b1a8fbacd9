"""The button KPI Report in a workbook that is open in a real LibreOffice, its drop-downs, and the next choice."""

from __future__ import annotations

import datetime as dt

from tests.actions.drawn import shell, workbook
from tests.actions.test_kpi import STORE
from xl_retention.books.live import LiveBook
from xl_retention.sheets.kpis import kpi_report_sheet, kpi_sheet

NOW = dt.datetime(2026, 11, 21, 8, 30)


def choices(model, sheet: str, cell: str) -> str:
    """The formula of a cell's drop-down."""
    return model.Sheets.getByName(sheet).getCellRangeByName(cell).Validation.getFormula1()


def test_the_report_chosen_from_its_list_is_laid_out(office, tmp_path, told):
    """
    Pressed without a choice it shows the first report; then the one that was chosen, for the month chosen.
    """
    from xl_retention.buttons import press_in

    opened = office.open(workbook(tmp_path / "open.xlsx", STORE))
    closed = workbook(tmp_path / "closed.xlsx", STORE)

    press_in(opened.book, "kpi_report", NOW)
    assert told == []
    live = LiveBook(opened.book)
    first = live.read("KPI Report")
    assert first[0][0].endswith("2026-11")
    offered = kpi_report_sheet.OFFERED
    names = [row[offered.first] for row in first[kpi_report_sheet.HEADING_ROW :]]
    assert "OFFSET" in choices(opened.model, "KPI Report", "B4")
    assert "OFFSET" in choices(opened.model, "KPI Report", "B5")

    sheet = opened.book.sheets["KPI Report"]
    sheet.range("B4").value, sheet.range("B5").value = names[4], "2026-10"
    press_in(opened.book, "kpi_report", NOW)
    assert told == []
    shown = live.read("KPI Report")
    answer = shell("kpi-report", closed, "--date", "2026-11-21", "--month", "2026-10", "--report", "centre", "--json")
    wanted = [[None if cell == "" else cell for cell in row] for row in answer.json["rows"]]
    width = len(wanted[0])
    table = [row[:width] for row in shown[kpi_report_sheet.HEADING_ROW :]]
    assert shown[0][0].endswith("2026-10")
    assert shown[3][1] == names[4]
    assert [[None if cell == "" else cell for cell in row] for row in table[: len(wanted)]] == wanted


def test_the_yellow_cells_of_the_key_figures_are_chosen_from_lists(office, tmp_path, monkeypatch):
    from xl_retention.buttons import press_in

    monkeypatch.setenv("XDG_STATE_HOME", str(tmp_path / "state"))
    monkeypatch.setenv("XDG_LOG_HOME", str(tmp_path / "log"))
    opened = office.open(workbook(tmp_path / "open.xlsx", STORE))

    press_in(opened.book, "refresh_kpis", NOW)

    formulas = [choices(opened.model, "KPI", f"B{row}") for row in range(4, 9)]
    assert all("OFFSET" in formula for formula in formulas)
    assert len({*formulas}) == 5
    months = [row[kpi_sheet.OFFERED.first] for row in LiveBook(opened.book).read("KPI")[kpi_sheet.HEADING_ROW :]]
    assert months[:2] == ["2026-11", "2026-10"]
