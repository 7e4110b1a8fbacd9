"""The cell functions in formulas of a real LibreOffice, through their VBA wrappers and the bridge script."""

from __future__ import annotations

import datetime as dt
import sys
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import retention_udfs

from tests.office.soffice import Office, Opened
from xl_retention.builder import wrappers
from xl_retention.setting_up import bridge

xlsxwriter = pytest.importorskip("xlsxwriter")
pyopenvba = pytest.importorskip("pyopenvba")

SHEET = "Sheet"
CELLS = (
    # A: delivered, B: insured until, C: phone, D: number
    (dt.date(2025, 3, 1), "2025-12-15", "138 0013 8000", 3),
    (dt.date(2024, 8, 31), "2024年3月31日", 13912345678, 4),
    ("soon", "", "none", "２"),
    (None, None, None, None),
)
FORMULAS = {
    # as they stand in the file: formula with the value that it was saved with
    "=RETURN_RATE(3,4)": 0.75,
    "=RETURN_RATE(D1,D2)": 0.75,
    '=IFERROR(RETURN_RATE(D4,D2),"")': "",  # LibreOffice computes what was saved as an empty text
    '=EDATE_CLAMPED("2024-08-31",6)': 45716,
    '=NEXT_CONTACT(A1,,B1,,,"2025-03-01")': 45720,
    '=MASK_PHONE("13800138000")': "138****8000",
    '=LOYALTY_STATE("2024-08-31",,,,,,"2025-03-01")': "准流失客户",
    "=AGE_COHORT(1985)": "80后",
    '=VEHICLE_AGE_BAND(A2,50001,,"2026-08-31","en")': "In the three guarantees",
    "=CREDIT_GRADE(0)": "A",
    "=KEY_ACCOUNT(6,20000)": "大客户",
    "=RELATIONSHIP_STAGE(0)": "客户开发阶段",
    '=REGION_TYPE("",,10,"en")': "City",
    '=GRADE_ABCD(90000,100,,,,,,,"score")': 25,
    "=MASK_PHONE(C3)": "phone: not a telephone number",
}
SERIAL_0 = dt.date(1899, 12, 30)


def serial(text: str) -> float:
    return float((dt.date.fromisoformat(text) - SERIAL_0).days)


@pytest.fixture
def workbook(tmp_path: Path) -> Path:
    seed, project = tmp_path / "seed.xlsm", tmp_path / "vbaProject.bin"
    with pyopenvba.ExcelFile.create_new(str(seed)) as made:
        made.vba_project().add_module(wrappers.MODULE, wrappers.TARGET.read_text("ascii").replace("\n", "\r\n"))
        made.save()
    with zipfile.ZipFile(seed) as parts:
        project.write_bytes(parts.read("xl/vbaProject.bin"))
    path = tmp_path / "Functions.xlsm"
    with xlsxwriter.Workbook(path) as made:
        sheet = made.add_worksheet(SHEET)
        made.add_vba_project(str(project))
        day = made.add_format({"num_format": "yyyy-mm-dd"})
        for row, cells in enumerate(CELLS):
            for column, cell in enumerate(cells):
                if isinstance(cell, dt.date):
                    sheet.write_datetime(row, column, dt.datetime(cell.year, cell.month, cell.day), day)
                elif cell is not None:
                    sheet.write(row, column, cell)
        for row, (formula, value) in enumerate(FORMULAS.items()):
            sheet.write_formula(row, 5, formula, None, value)
    return path


@pytest.fixture
def bridged(office: Office, tmp_path: Path) -> Iterator[Path]:
    """The bridge script in the profile; its log must stay empty."""
    place, log = office.scripts / bridge.NAME, tmp_path / "bridge.log"
    before = place.read_text("utf-8") if place.exists() else None
    place.write_text(bridge.script(bridge.Bridge(bridge.our_folders(), sys.version_info[:2]), log), "utf-8")
    yield place
    if before is None:
        place.unlink(missing_ok=True)
    else:
        place.write_text(before, "utf-8")
    assert not log.exists(), log.read_text("utf-8")


@pytest.fixture
def opened(office: Office, bridged: Path, workbook: Path) -> Opened:
    return office.open(workbook)


def shown(opened: Opened, formula: str, area: str = "H1") -> object:
    """What a formula shows in a cell, or, as an array formula, in an area; error values as their codes."""
    cells = opened.cell(SHEET, area)
    if ":" in area:
        cells.setArrayFormula(formula)
        return cells.getDataArray()
    cells.Formula = formula
    assert cells.getError() == 0, f"{formula} gives {cells.String}"
    return cells.getDataArray()[0][0]


@pytest.mark.parametrize(
    ("formula", "value"),
    [
        pytest.param("=RETURN_RATE(3;4)", 0.75, id="literals"),
        pytest.param("=RETURN_RATE(D1;D2)", 0.75, id="cells"),
        pytest.param("=RETURN_RATE(D1+D1;D2*2)", 0.75, id="computed"),
        pytest.param("=RETURN_RATE(D3;D2)", 0.5, id="full-width number typed as text"),
        pytest.param("=RETURN_RATE(0;0)", "", id="no data"),
        pytest.param("=RETURN_RATE(D4;D2)", "", id="blank cell"),
        pytest.param('=RETURN_RATE("x";2)', "returning_or_ids: not a number", id="wrong literal"),
        pytest.param("=EDATE_CLAMPED(A2;6)", serial("2025-02-28"), id="date in a cell"),
        pytest.param('=EDATE_CLAMPED("2024-08-31";6)', serial("2025-02-28"), id="date as a text"),
        pytest.param("=EDATE_CLAMPED(DATE(2024;8;31);6)", serial("2025-02-28"), id="date computed"),
        pytest.param("=EDATE_CLAMPED(A3;6)", "start: not a date", id="wrong cell"),
        pytest.param("=MONTHS_BETWEEN_DATES(A2;A1)", 6.0, id="months"),
        pytest.param('=NEXT_CONTACT(A1;;B1;;;"2025-03-01")', serial("2025-03-04"), id="arguments left out"),
        pytest.param('=NEXT_CONTACT("";;B2;;;"2024-01-15")', serial("2024-02-29"), id="chinese date"),
        pytest.param('=LOYALTY_STATE("2024-08-31";;;;;;"2025-03-01")', "准流失客户", id="loyalty"),
        pytest.param('=VALUE_TIER(7200;4;90;"en")', "High value", id="tier"),
        pytest.param('=VALUE_TIER(2000;1;;"en")', "Average value", id="interval left out"),
        pytest.param('=SERVICE_DUE("2025-03-10";;;3000;"2025-04-09";;;"2025-05-01")', serial("2025-04-29"),
                     id="service"),
        pytest.param('=PROSPECT_GRADE("2025-06-16";"2025-06-01")', "A", id="grade"),
        pytest.param("=MASK_PHONE(C2)", "139****5678", id="phone"),
        pytest.param("=FOLLOW_UP_RATE(38;40)", 0.95, id="follow-up"),
        pytest.param('=RETURN_RATE(A1:A3;B1:B2;"2025-01-01")', "total_or_dates: 2 cells, 3 wanted", id="unequal"),
        pytest.param('=RETURN_RATE({"A";"A";"B"};{"2025-05-02";"2025-06-03";"2025-06-04"};"2025-06-01")', 0.5,
                     id="array literals"),
    ],
)  # fmt: skip
def test_formulas_compute(opened: Opened, formula: str, value: object):
    assert shown(opened, formula) == value


def test_a_column_gives_a_column(opened: Opened):
    assert shown(opened, "=MASK_PHONE(C1:C4)", "H1:H4") == (
        ("138****8000",), ("139****5678",), ("phone: not a telephone number",), ("",),
    )  # fmt: skip


def test_a_list_spills_over_the_cells_of_a_matrix_formula(opened: Opened):
    expected = retention_udfs.call_from_libreoffice("DUE_CONTACTS", ("2025-03-01", "", "", "", "", "2025-03-05"))
    assert isinstance(expected, tuple)
    assert len(expected) > 10

    area = f"H1:J{len(expected)}"
    assert shown(opened, '=DUE_CONTACTS("2025-03-01";;;;;"2025-03-05")', area) == expected


def everything(opened: Opened) -> list[tuple[object, ...]]:
    """All cells of the sheet; fails where one shows an error."""
    cursor = opened.model.Sheets.getByName(SHEET).createCursor()
    cursor.gotoEndOfUsedArea(False)
    sheet = opened.model.Sheets.getByName(SHEET)
    rows, columns = cursor.RangeAddress.EndRow + 1, cursor.RangeAddress.EndColumn + 1
    for row in range(rows):
        for column in range(columns):
            cell = sheet.getCellByPosition(column, row)
            assert cell.getError() == 0, f"{cell.AbsoluteName}: {cell.Formula} gives {cell.String}"
            assert not cell.String.startswith(("#", "Err:")), f"{cell.AbsoluteName} shows {cell.String}"
    return list(sheet.getCellRangeByPosition(0, 0, columns - 1, rows - 1).getDataArray())


def test_a_workbook_computes_the_same_as_it_was_saved_with(opened: Opened):
    saved = everything(opened)
    opened.model.calculateAll()

    assert everything(opened) == saved
    assert [row[5] for row in saved] == list(FORMULAS.values())


def test_without_the_bridge_nothing_shows_an_error(office: Office, bridged: Path, workbook: Path):
    bridged.unlink()
    opened = office.open(workbook)

    assert [row[5] for row in everything(opened)] == list(FORMULAS.values())
    opened.model.calculateAll()
    everything(opened)


def test_with_macros_forbidden_the_saved_values_stay(office: Office, workbook: Path):
    opened = office.open(workbook, macros=False)

    assert [row[5] for row in everything(opened)] == list(FORMULAS.values())
