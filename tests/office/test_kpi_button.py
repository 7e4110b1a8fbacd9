"""The button Refresh KPIs in a workbook that is open in a real LibreOffice: cells, formulas, charts, undoing."""

from __future__ import annotations

import datetime as dt

from tests.actions.drawn import shell, workbook
from tests.actions.test_kpi import STORE
from xl_retention.books.closed import ClosedBook
from xl_retention.books.live import LiveBook
from xl_retention.sheets.kpis import kpi_sheet

NOW = dt.datetime(2026, 11, 21, 8, 30)


def values(cells: list[list[object]]) -> list[list[object]]:
    """Without the line that tells the minute; blank is blank."""
    return [[None if cell == "" else cell for cell in row] for row in [*cells[:1], *cells[2:]]]


def drawn(model) -> list[list[float | None]]:
    """What the series of the charts on the sheet KPI show; None is a gap."""
    charts = model.Sheets.getByName("KPI").Charts
    found = []
    for name in sorted(charts.ElementNames):
        diagram = charts.getByName(name).EmbeddedObject.FirstDiagram
        for series in diagram.CoordinateSystems[0].ChartTypes[0].DataSeries:
            for sequence in series.DataSequences:
                found.append([None if value != value else value for value in sequence.Values.NumericalData])
    return found


def test_the_button_shows_what_the_command_writes_and_the_charts_follow(office, tmp_path, told):
    from xl_retention.buttons import press_in

    opened = office.open(workbook(tmp_path / "open.xlsx", STORE))
    closed = workbook(tmp_path / "closed.xlsx", STORE)
    before = opened.book.sheets[0].range("A1:E3").value

    press_in(opened.book, "refresh_kpis", NOW)
    shell("kpi", closed, "--date", NOW.date().isoformat(), "--month", "2026-11")
    with ClosedBook(closed) as book:
        expected = values(book.read("KPI"))
    live = LiveBook(opened.book)

    assert told == []
    assert values(live.read("KPI")) == expected
    sheet = opened.book.sheets["KPI"]
    row = kpi_sheet.ROW_OF["K01"] + 1
    assert sheet.range(f"D{row}").formula.upper() == f'=IFERROR(RETURN_RATE(F{row},G{row})+0,IFERROR(F{row}/G{row},""))'
    assert sheet.range(f"D{kpi_sheet.ROW_OF['K39b'] + 1}").number_format == "#,##0.00_)"
    lines = drawn(opened.model)
    retention = next(row[kpi_sheet.FIRST_MONTH : kpi_sheet.WIDTH] for row in expected if row[0] == "K21")
    assert set(retention) > {None}
    assert retention in lines

    sheet.range("B4").value = "2026-10"
    press_in(opened.book, "refresh_kpis", NOW)
    assert told == []
    assert live.read("KPI")[0][0] == "KPIs, 2026-10"
    assert live.read("KPI")[3][1] == "2026-10"
    assert len(drawn(opened.model)) == len(lines)
    assert drawn(opened.model) != lines

    press_in(opened.book, "undo_last_run", NOW)
    assert told == []
    assert live.read("KPI")[0][0] == "KPIs, 2026-11"
    assert len(drawn(opened.model)) == len(lines)
    assert opened.book.sheets[0].range("A1:E3").value == before
