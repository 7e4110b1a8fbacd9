"""A masked copy: the values of the staff's tables in a workbook made anew, and nothing else of theirs."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from xl_retention.books.masked_book import ValueSheet, write_values
from xl_retention.domain.merging_pairs import ROW_ID, Rows
from xl_retention.domain.privacy import Masking, is_dropped
from xl_retention.errors import WrongRequest
from xl_retention.sheets.merging import packed_copy
from xl_retention.sheets.merging.merge_rows import ROW_ID_HEADING, CopyTable, Sheet
from xl_retention.sheets.merging.packed_copy import Packed, sealing
from xl_retention.sheets.wording import say

SHEET_NAME = 31
"""Longest name of a sheet."""
ERRORS = ("#N/A", "#DIV/0!", "#REF!", "#NAME?", "#VALUE!", "#NULL!", "#NUM!")


def write_masked(
    path: Path, found: Mapping[str, CopyTable], tables: Mapping[str, Rows], packed: Packed, secret: str, language: str
) -> None:
    """
    Writes the copy.

    Args:
        path: A new file.
        found: The tables as they lie in the workbook.
        tables: What their rows say, each with its number.
        packed: What the copy knows of itself, but for what it says behind its masks.
        secret: The key of its masks and seals.
        language: Of the workbook.

    Raises:
        WrongRequest: The name of the file promises macros.
    """
    if path.suffix.lower() != ".xlsx":
        raise WrongRequest("A masked copy holds no macros; choose a name ending in .xlsx.")
    masking = Masking.of(tables.values(), secret)
    shown = {name: masking.rows(rows) for name, rows in tables.items()}
    sent = {name: _masked_fields(tables[name], rows).renamed(sealing(secret, rows)) for name, rows in shown.items()}
    sheets = [
        _masked_sheet(table, place, masking, tables[name], shown[name])
        for name, table in found.items()
        for place in range(len(table.sheets))
    ]
    identity = packed_copy.lay_out(replace(packed, sent=sent), language)
    names: set[str] = set()
    for number, sheet in enumerate(sheets):
        name = sheet.name if sheet.name.casefold() not in names else f"{sheet.name[: SHEET_NAME - 4]} {number}"
        names.add(name.casefold())
        sheets[number] = replace(sheet, name=name)
    write_values(path, [*sheets, ValueSheet(say("parent_sheet", language), (), identity, is_hidden=True)])


def _masked_fields(rows: Rows, shown: Rows) -> Rows:
    """Of what is shown the fields that say something else than the workbook does."""
    fields = {
        name: column
        for name, column in shown.fields.items()
        if (column.different != rows.fields[name].different).any()
    }
    return replace(shown, fields=fields)


def _masked_sheet(table: CopyTable, place: int, masking: Masking, rows: Rows, shown: Rows) -> ValueSheet:
    """One sheet of a table: values as they were typed, but for those that are masked."""
    sheet = table.sheets[place]
    names = [name for name in sheet.columns if not is_dropped(name) and name != ROW_ID]
    its_rows = np.flatnonzero(table.sheet_of == place)
    columns = [_cells(sheet, name, table.row_of[its_rows], rows, shown, its_rows) for name in names]
    body = list(zip(*columns, (its_rows + 1).tolist(), strict=True))
    # Without a heading a column is known by its place, which is another one here: so it is headed by that.
    headings = [*(masking.text(sheet.headings[name]) or name for name in names), ROW_ID_HEADING]
    return ValueSheet(_sheet_name(sheet, masking), headings, body, frozenset({len(names)}))


def _cells(
    sheet: Sheet, name: str, places: np.ndarray, rows: Rows, shown: Rows, its_rows: np.ndarray
) -> list[object]:
    """A column: what was typed where nothing of it is masked, else what is shown; errors of formulas do not leave."""
    typed = sheet.grid.columns[sheet.columns[name]].values()
    cells = [None if typed[row] in ERRORS else typed[row] for row in places.tolist()]
    before, after = rows.column(name), shown.column(name)
    masked = np.append(before.different != after.different, False)[before.code[its_rows]]
    texts = after.different[after.code[its_rows]]
    for place in np.flatnonzero(masked).tolist():
        cells[place] = texts[place]
    return cells


def _sheet_name(sheet: Sheet, masking: Masking) -> str:
    name = sheet.match.sheet
    return name if masking.text(name) == name else sheet.match.entity
