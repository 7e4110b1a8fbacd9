"""Values on their way into the cells of an open workbook, and out of them."""

from __future__ import annotations

import datetime as dt
import math
from collections.abc import Sequence
from typing import Any

import numpy as np

from xl_retention.books.cell_xml import plain
from xl_retention.books.formulas import Formula
from xl_retention.books.grid import CellKind, Column, Grid
from xl_retention.books.layout import Look

NUMBER_FORMATS: dict[Look, str] = {
    # Text columns are text before a value is written, or a phone number would become a number.
    "text": "@", "wrapped": "@", "input": "@", "link": "@", "code": "@", "section": "@",
    "date": "yyyy-mm-dd", "input_date": "yyyy-mm-dd", "datetime": "yyyy-mm-dd hh:mm",
}  # fmt: skip
_ERRORS = frozenset({"#NULL!", "#DIV/0!", "#VALUE!", "#REF!", "#NAME?", "#NUM!", "#N/A", "#GETTING_DATA", "#SPILL!"})
_CLOCK_DAY = dt.date(1899, 12, 30)
"""The day that a cell with a clock time only is read with."""


def plain_cell(value: object) -> object:
    """A value as a cell holds it; a formula stays one."""
    return Formula(value.text, plain(value.value)) if isinstance(value, Formula) else plain(value)


def typed(value: object, *, as_text: bool) -> object:
    """A value such that the program takes it for what it is: text in a column that holds no text gets an apostrophe."""
    if value is None or value == "" or (isinstance(value, float) and math.isnan(value)):
        return None
    if isinstance(value, Formula):
        return value.text
    if isinstance(value, str) and not as_text:
        return f"'{value}"
    if isinstance(value, dt.time):
        return (value.hour * 3600 + value.minute * 60 + value.second) / 86400
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 86400
    return value


def as_grid(block: Sequence[Sequence[object]]) -> Grid:
    """A block as arrays; a clock time and an error value are told from what they look like."""
    grid = Grid.of([[_clock(cell) for cell in row] for row in block])
    columns: list[Column] = []
    for column in grid.columns:
        kind = column.kind
        errors = [place for place, text in enumerate(column.texts) if text in _ERRORS]
        if errors:
            kind = np.where(np.isin(column.text, errors), np.uint8(CellKind.ERROR), kind)
        columns.append(Column(kind, column.number, column.text, column.texts))
    return Grid(columns, grid.height)


def _clock(cell: object) -> object:
    return cell.time() if isinstance(cell, dt.datetime) and cell.date() == _CLOCK_DAY else cell


def two_dimensional(formulas: Any) -> list[list[object]]:
    """Formulas of a block as rows; a single cell comes bare."""
    if not isinstance(formulas, (list, tuple)):
        return [[formulas]]
    return [list(row) if isinstance(row, (list, tuple)) else [row] for row in formulas]
