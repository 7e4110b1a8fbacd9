"""The built workbooks in a LibreOffice without our bridge: no cell shows an error, whatever is computed."""

from pathlib import Path

import pytest

from xl_retention.sheets.kpis import kpi_sheet
from xl_retention.sheets.wording import both

ERROR = 4
"""com.sun.star.sheet.FormulaResult.ERROR"""
WORKBOOKS = Path(__file__).parents[2] / "workbook"


@pytest.mark.parametrize("name", ["Retention.xlsm", "Retention.zh.xlsm"])
@pytest.mark.parametrize("macros", [False, True], ids=["macros off", "macros on"])
def test_no_cell_shows_an_error(office, name, macros):
    """
    As loaded the values of the build stay; computed anew, cells of ours show nothing where Python is missing.
    """
    opened = office.open(WORKBOOKS / name, macros=macros)
    loaded = scanned(opened.model)
    opened.model.calculateAll()
    computed = scanned(opened.model)
    opened.close()

    waiting = {place for place in loaded if place[0] in both("kpi_sheet")}  # for the button that counts them
    assert len(waiting) == len(kpi_sheet.FUNCTIONS)
    assert {loaded[place] for place in waiting} == {""}
    assert len(loaded) == len(waiting) + 3
    assert "" not in {loaded[place] for place in set(loaded) - waiting}
    assert set(loaded) == set(computed)


def scanned(model) -> dict[tuple[str, int, int], object]:
    """The values of all formulas by sheet, row and column, after a look at every cell for errors and their texts."""
    found = {}
    for sheet in model.Sheets:
        assert sheet.queryFormulaCells(ERROR).RangeAddressesAsString == ""
        cursor = sheet.createCursor()
        cursor.gotoStartOfUsedArea(False)
        cursor.gotoEndOfUsedArea(True)
        for row, (values, formulas) in enumerate(zip(cursor.getDataArray(), cursor.getFormulaArray(), strict=True)):
            for column, (value, formula) in enumerate(zip(values, formulas, strict=True)):
                assert not str(value).startswith(("#", "Err:")), f"{sheet.Name} row {row} column {column}"
                if formula.startswith("="):
                    found[sheet.Name, row, column] = value
    return found
