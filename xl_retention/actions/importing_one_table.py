"""The rows of one table of an export: which of the staff's each is, what of it changes, what cannot be placed."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence

import numpy as np

from xl_retention.actions.imported import (
    NO_KEY,
    NO_SHEET,
    SEVERAL,
    TWICE,
    AddedRow,
    Cells,
    ChangedRow,
    Imported,
    RefusedRow,
)
from xl_retention.books.book import Book
from xl_retention.domain.schema import Kind
from xl_retention.domain.store import Table
from xl_retention.sheets.headers import SheetMatch
from xl_retention.sheets.reading.reader import read_tables
from xl_retention.sheets.staff_rows import RowPlace, StaffRows

KNOWN_BY: Mapping[str, tuple[tuple[str, ...], ...]] = {
    "customer": (("customer_id",), ("mobile", "customer_name")),
    "vehicle": (("vin",), ("plate_no",)),
    "service_visit": (("ro_no",), ("vin", "visit_date"), ("plate_no", "visit_date")),
    "booking": (("booking_id",), ("vin", "appointment_at"), ("mobile", "appointment_at")),
    "contact_log": (("contact_id",), ("customer_id", "contact_at", "rule_code"), ("mobile", "contact_at")),
    "complaint": (("complaint_id",), ("mobile", "received_at")),
    "prospect": (("prospect_no",), ("mobile", "name")),
    "key_account": (("account_no",), ("name",)),
}
"""What tells the rows of a table apart, the best first; of a table that is not here its key (DOM 2.3-2.12)."""
Key = tuple[int, tuple[object, ...]]
"""Which of the ways to tell rows apart, and what the row says there."""


class OneTable:
    """
    The rows of one table of the export, or of customers and cars together.

    Args:
        book: The staff's workbook.
        rows: Of its sheets; what is added and changed goes there.
        match: How the sheet of the export is understood.
        tables: Its cleaned rows.
        imported: Is told what came of each.
    """

    def __init__(
        self, book: Book, rows: StaffRows, match: SheetMatch, tables: Sequence[Table], imported: Imported
    ) -> None:
        self._book, self._rows, self._match, self._imported = book, rows, match, imported
        self._tables = tables
        self._main = next((table for table in tables if table.entity.name == "vehicle"), tables[0])
        self._entity = self._main.entity.name
        self._target = _target(rows, self._entity, len(tables) > 1)
        self._filled = {
            table.entity.name: [name for owner, name in match.columns if owner == table.entity.name] for table in tables
        }
        if len(tables) == 1 and self._entity == "vehicle" and match.has("customer", "customer_id"):
            self._filled["vehicle"].append("customer_id")  # of the customer in the same row

    def run(self) -> None:
        """Places every row of the export."""
        theirs = self._their_rows()
        keys = [self._key(self._main, place, self._filled[self._entity]) for place in range(len(self._main))]
        seen: dict[Key, dict[str, Cells]] = {}
        others = {table.entity.name: _by_row(table) for table in self._tables}
        for place, key in enumerate(keys):
            row = int(self._main.row[place])
            cells = {
                table.entity.name: _cells(table, at, self._filled[table.entity.name])
                for table in self._tables
                if (at := others[table.entity.name].get(row)) is not None
            }
            if self._target is None and len(self._tables) == 1 and self._entity == "vehicle" and self._is_wide():
                self._refuse(row, NO_SHEET)
            elif key is None:
                self._refuse(row, NO_KEY)
            elif key in seen:
                if seen[key] == cells:
                    self._imported.unchanged += 1
                else:
                    self._refuse(row, TWICE)
            else:
                seen[key] = cells
                found = theirs.get(key, [])
                if len(found) > 1:
                    self._refuse(row, SEVERAL)
                elif found:
                    self._change(found[0], cells)
                else:
                    self._add(cells)

    def _is_wide(self) -> bool:
        return any(match.is_wide for match in self._rows.matches)

    def _refuse(self, row: int, reason: str) -> None:
        self._imported.refused.append(RefusedRow(self._entity, self._match.sheet, row, reason))

    # --- which row is it -------------------------------------------------------------------------------------

    def _ways(self) -> tuple[tuple[str, ...], ...]:
        return KNOWN_BY.get(self._entity, (self._main.entity.key,))

    def _key(self, table: Table, place: int, filled: Sequence[str]) -> Key | None:
        """The first way to tell the row apart for which it, and the staff's sheet, has all that is needed."""
        there = self._their_fields()
        for number, names in enumerate(self._ways()):
            if all(name in filled and (there is None or name in there) for name in names):
                values = tuple(_value(table, name, place) for name in names)
                if all(value is not None for value in values):
                    return number, values
        return None

    def _their_fields(self) -> set[str] | None:
        if self._target is None:
            return None
        return {name for owner, name in self._target.columns if owner == self._entity}

    def _their_rows(self) -> dict[Key, list[tuple[RowPlace, dict[str, tuple[Table, int]]]]]:
        """The staff's rows by every key that they have."""
        found: dict[Key, list[tuple[RowPlace, dict[str, tuple[Table, int]]]]] = {}
        table = self._target.entity if self._target else ""
        for match in self._rows.matches:
            if match.entity != table or (len(self._tables) > 1 and not match.is_wide):
                continue
            tables = {table.entity.name: table for table in read_tables(self._book, match)[0]}
            main = tables.get(self._entity)
            if main is None:
                continue
            filled = [name for owner, name in match.columns if owner == self._entity]
            rows = {name: _by_row(table) for name, table in tables.items()}
            for place in range(len(main)):
                row = int(main.row[place])
                where = {name: (tables[name], rows[name][row]) for name in tables if row in rows[name]}
                for number, names in enumerate(self._ways()):
                    values = tuple(_value(main, name, place) for name in names) if set(names) <= set(filled) else ()
                    if values and all(value is not None for value in values):
                        found.setdefault((number, values), []).append((RowPlace(match.sheet, row), where))
        return found

    # --- what becomes of it ----------------------------------------------------------------------------------

    def _change(self, found: tuple[RowPlace, dict[str, tuple[Table, int]]], cells: Mapping[str, Cells]) -> None:
        place, there = found
        different: dict[str, tuple[object, object]] = {}
        for entity, new in cells.items():
            if entity not in there:
                continue
            table, at = there[entity]
            for name, value in new.items():
                if self._rows.column(entity, place.sheet, name) is None:
                    self._no_column(name)
                elif (before := _value(table, name, at)) != value:
                    different[name] = (before, value)
                    self._rows.change(entity, place, {name: value})
        if different:
            self._imported.changed.append(ChangedRow(self._entity, place.sheet, place.row, different))
        else:
            self._imported.unchanged += 1

    def _add(self, cells: Mapping[str, Cells]) -> None:
        entity = self._entity if len(cells) == 1 or self._target is None else self._target.entity
        values: Cells = {}
        for owner, row in cells.items():
            for name, value in row.items():
                if owner == entity:
                    values[name] = value
                elif column := (self._target.columns.get((owner, name)) if self._target else None):
                    values[column.heading] = value
        if self._target is not None:
            missing = [name for name in values if not self._rows.has_column(entity, name)]
            for name in missing:
                self._no_column(name)
                del values[name]
        if not values:
            return
        place = self._rows.add(entity, values)
        self._imported.added.append(AddedRow(self._entity, place.sheet, place.row, values))

    def _no_column(self, name: str) -> None:
        unmatched = self._imported.unmatched[self._match.sheet]
        column = next((column for (_, field), column in self._match.columns.items() if field == name), None)
        heading = column.heading if column else name
        if heading not in unmatched:
            unmatched.append(heading)


def _target(rows: StaffRows, entity: str, both: bool) -> SheetMatch | None:
    """The staff's sheet that new rows go to; None where they have none."""
    found = [match for match in rows.matches if match.is_wide] if both else []
    found = found or [match for match in rows.matches if match.entity == entity]
    named = [match for match in found if match.known_by_name]
    return next(reversed(named or found), None)


def _by_row(table: Table) -> dict[int, int]:
    """Places of the rows by their number in the sheet."""
    return {int(row): place for place, row in enumerate(table.row)}


def _cells(table: Table, place: int, names: Sequence[str]) -> Cells:
    """What a row fills, by field."""
    found = ((name, _value(table, name, place)) for name in names)
    return {name: value for name, value in found if value is not None}


def _value(table: Table, name: str, place: int) -> object:
    """A cleaned cell as a Python value, None for blank; a no is not told from a blank and counts as one (DOM 2.14)."""
    if name not in table.columns:
        return None
    value = table.columns[name][place]
    kind = table.entity.field(name).kind
    if isinstance(value, np.datetime64):
        return None if np.isnat(value) else value.astype("datetime64[s]").item()
    if isinstance(value, (bool, np.bool_)):
        return True if value else None
    if kind is Kind.TIME:
        return None if np.isnan(value) else (dt.datetime.min + dt.timedelta(seconds=float(value))).time()
    if isinstance(value, (float, np.floating)):
        number = float(value)
        return None if np.isnan(number) else int(number) if number.is_integer() else number
    return str(value) or None
