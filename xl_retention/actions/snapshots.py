"""What a button replaced is kept on this computer, so that the last run can be undone."""

from __future__ import annotations

import dataclasses
import datetime as dt
import hashlib
import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path

from platformdirs import user_state_path

from xl_retention.books.block import Block, Replaced

Cells = list[list[object]]


@dataclass(frozen=True)
class TakenRows:
    """Rows that left a sheet of the staff's.

    Args:
        cut: Whether what lay below moved up; else the cells were blanked.
        formulas: Their formulas and values, row by row.
    """

    sheet: str
    block: Block
    cut: bool
    formulas: Cells


@dataclass(frozen=True)
class PutCells:
    """Cells that were put into a sheet of the staff's.

    Args:
        before: What they were.
        after: Their formulas and values since, row by row; other ones mean that somebody worked on them.
    """

    before: Replaced
    after: Cells


@dataclass(frozen=True)
class Snapshot:
    """The state before a run.

    Args:
        action: Name of the button.
        sheets: By name of a sheet that was written its cells before, None where it was not there.
        taken: Rows that the run took out, in the order in which it did.
        put: Cells that the run put into sheets of the staff's, in the order in which it did.
        made: By name of a sheet that the run made for the staff what it wrote there.
    """

    action: str
    sheets: Mapping[str, Cells | None] = field(default_factory=dict)
    taken: Sequence[TakenRows] = ()
    put: Sequence[PutCells] = ()
    made: Mapping[str, Cells] = field(default_factory=dict)


def keep(workbook: str, snapshot: Snapshot, folder: Path | None = None) -> None:
    """Keeps the state of a workbook before its last run, in the place of the one before.

    Args:
        workbook: Full name of the file, or the name of a workbook that was never saved.
        folder: Where; the user's own folder for such things without it.
    """
    path = _place(workbook, folder)
    path.parent.mkdir(parents=True, exist_ok=True)
    content = {
        "workbook": workbook,
        "action": snapshot.action,
        "sheets": {name: None if cells is None else _encoded(cells) for name, cells in snapshot.sheets.items()},
        "taken": [
            {
                "sheet": rows.sheet,
                "block": dataclasses.astuple(rows.block),
                "cut": rows.cut,
                "formulas": _encoded(rows.formulas),
            }
            for rows in snapshot.taken
        ],
        "put": [
            {
                "sheet": cells.before.sheet,
                "block": dataclasses.astuple(cells.before.block),
                "formulas": _encoded(cells.before.formulas),
                "table": cells.before.table,
                "table_rows": cells.before.table_rows,
                "last_column": cells.before.last_column,
                "after": _encoded(cells.after),
            }
            for cells in snapshot.put
        ],
        "made": {name: _encoded(cells) for name, cells in snapshot.made.items()},
    }
    path.write_text(json.dumps(content, ensure_ascii=False), encoding="utf-8")


def kept(workbook: str, folder: Path | None = None) -> Snapshot | None:
    """The state before the last run; None where there is nothing to undo, or what is kept cannot be read."""
    try:
        content = json.loads(_place(workbook, folder).read_text(encoding="utf-8"))
        return Snapshot(
            content["action"],
            {name: None if cells is None else _decoded(cells) for name, cells in content["sheets"].items()},
            [
                TakenRows(rows["sheet"], Block(*rows["block"]), rows["cut"], _decoded(rows["formulas"]))
                for rows in content["taken"]
            ],
            [
                PutCells(
                    Replaced(
                        cells["sheet"],
                        Block(*cells["block"]),
                        _decoded(cells["formulas"]),
                        cells["table"],
                        cells["table_rows"],
                        cells["last_column"],
                    ),
                    _decoded(cells["after"]),
                )
                for cells in content["put"]
            ],
            {name: _decoded(cells) for name, cells in content["made"].items()},
        )
    except (OSError, ValueError, KeyError, TypeError):
        return None


def leave_out(workbook: str, sheet: str, folder: Path | None = None) -> None:
    """Lets go of one sheet: undoing the last run leaves it as it is then."""
    snapshot = kept(workbook, folder)
    if snapshot is None:
        return
    sheets = {name: cells for name, cells in snapshot.sheets.items() if name.casefold() != sheet.casefold()}
    keep(workbook, dataclasses.replace(snapshot, sheets=sheets), folder)


def forget(workbook: str, folder: Path | None = None) -> None:
    """Lets go of what was kept: a run is undone once."""
    _place(workbook, folder).unlink(missing_ok=True)


def _place(workbook: str, folder: Path | None) -> Path:
    name = hashlib.sha256(workbook.encode()).hexdigest()[:24]
    return (folder or user_state_path("xl_retention") / "undo") / f"{name}.json"


def _encoded(cells: Cells) -> list[list[object]]:
    return [[_encoded_cell(cell) for cell in row] for row in cells]


def _encoded_cell(cell: object) -> object:
    if isinstance(cell, dt.datetime):
        return {"moment": cell.isoformat()}
    if isinstance(cell, dt.time):
        return {"clock": cell.isoformat()}
    return cell


def _decoded(cells: Cells) -> Cells:
    return [[_decoded_cell(cell) for cell in row] for row in cells]


def _decoded_cell(cell: object) -> object:
    if isinstance(cell, dict):
        if "moment" in cell:
            return dt.datetime.fromisoformat(cell["moment"])
        return dt.time.fromisoformat(cell["clock"])
    return cell
