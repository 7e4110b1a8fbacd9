"""A cell function over a long column in LibreOffice, as one array formula: `python -m benchmarks.cell_functions CELLS`.

Beside it the same column is read as one block and written as another, over the same connection. Entering an array
formula costs LibreOffice as long again, whatever it computes; that is not counted. The office is that of the tests.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
import time
from dataclasses import replace
from pathlib import Path
from typing import Any

from benchmarks.books import COLUMN
from benchmarks.measure import Run, must, run
from benchmarks.series import Missing, Series, Target

FUNCTIONS = {
    "MASK_PHONE": "=MASK_PHONE(A1:A{cells})",
    "EDATE_CLAMPED": "=EDATE_CLAMPED(A1:A{cells};6)",
    "LOYALTY_STATE": '=LOYALTY_STATE(A1:A{cells};;;;;;"2026-03-01")',
    "NEXT_CONTACT": '=NEXT_CONTACT(A1:A{cells};;;;;"2026-03-01")',
}
SHEET = "Measured"


class InTurn:
    """A function and blocks are measured in one office; the run of the blocks comes first and keeps the other."""

    def __init__(self, function: str) -> None:
        self._function = function
        self._kept: Run | None = None

    def blocks(self, _book: Path, _folder: Path) -> Run:
        """Reading and writing the column."""
        if shutil.which("soffice") is None or shutil.which("Xvfb") is None:
            raise Missing("LibreOffice with Xvfb")
        done = must(run([sys.executable, "-m", __name__, self._function, str(COLUMN.size)]))
        told = json.loads(done.output.splitlines()[-1])
        self._kept = _lasting(done, told["function"])
        return _lasting(done, told["blocks"])

    def function(self, _book: Path, _folder: Path) -> Run:
        """Computing the column."""
        assert self._kept is not None
        return self._kept


def _lasting(done: Run, seconds: float) -> Run:
    """The office works in a process of its own, so the clock on the wall is the only one."""
    return replace(done, seconds=seconds, processor=seconds, peak_mb=0)


def _series(function: str) -> Series:
    turn = InTurn(function)
    return Series(
        f"cells-{function.lower().replace('_', '-')}",
        f"{function} in LibreOffice, one array formula",
        (COLUMN,),
        turn.function,
        beside=turn.blocks,
        beside_what="the column as blocks",
        targets={COLUMN: Target(times=3.0)},
        slow=True,
    )


SERIES = tuple(map(_series, FUNCTIONS))


def main(function: str, cells: int) -> None:
    """Measures in an office of its own and prints both times."""
    from tests.office.soffice import Office
    from xl_retention.builder.workbook import build
    from xl_retention.setting_up import bridge

    with tempfile.TemporaryDirectory(prefix="benchmarks-") as place:
        folder = Path(place)
        build(folder / "Functions.xlsm", "en", {})
        office = Office(folder / "office")
        log = folder / "bridge.log"
        try:
            place_of_script = office.scripts / bridge.NAME
            place_of_script.write_text(bridge.script(bridge.Bridge(_folders(), sys.version_info[:2]), log), "utf-8")
            told = _measured(office.open(folder / "Functions.xlsm").model, FUNCTIONS[function], cells)
        finally:
            office.close()
        if log.exists():
            raise RuntimeError(log.read_text("utf-8"))
    print(json.dumps(told))


def _folders() -> tuple[str, ...]:
    """Where our packages lie: those of this tree before those that are installed."""
    from xl_retention.setting_up import bridge

    root = Path(__file__).parents[1]
    return (str(root / "udfs"), str(root), *bridge.our_folders())


def _measured(model: Any, formula: str, cells: int) -> dict[str, float]:
    model.Sheets.insertNewByName(SHEET, 0)
    sheet = model.Sheets.getByName(SHEET)
    column, blocks, answer = (sheet.getCellRangeByName(f"{letter}1:{letter}{cells}") for letter in "ADB")
    phones = formula.startswith("=MASK_PHONE")
    column.setDataArray(tuple((f"138{row:08}" if phones else 40_000.0 + row % 5_000,) for row in range(cells)))
    first = sheet.getCellRangeByName("B1")
    best = {"blocks": float("inf"), "function": float("inf")}
    for _ in range(3):
        start = time.perf_counter()
        blocks.setDataArray(column.getDataArray())
        best["blocks"] = min(best["blocks"], time.perf_counter() - start)
        answer.setArrayFormula(formula.format(cells=cells))
        start = time.perf_counter()
        shown = first.getString()  # it is computed when somebody looks
        best["function"] = min(best["function"], time.perf_counter() - start)
        if not shown:
            raise RuntimeError(f"{formula} shows nothing")
        answer.setArrayFormula("")
    return best


if __name__ == "__main__":
    main(sys.argv[1], int(sys.argv[2]))
