"""A store read from ranges of cells, each a table with its headings, as a formula hands them over."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from pathlib import Path

from xl_retention.books.grid import Grid
from xl_retention.books.layout import SheetLayout
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.store import Store
from xl_retention.sheets.cell_arguments import Block, Cell
from xl_retention.sheets.reading.reader import read_store

SETTINGS_SHEET = "Settings"


class RangeBook:
    """A book of ranges; it can be read alone."""

    def __init__(self, rows: Mapping[str, Sequence[Sequence[object]]]) -> None:
        self._rows = rows

    def sheet_names(self) -> list[str]:
        """Names of the ranges."""
        return list(self._rows)

    def read(self, sheet: str) -> list[list[object]]:
        """All cells of a range."""
        return [list(row) for row in self._rows[sheet]]

    def head(self, sheet: str, rows: int = 30) -> Grid:
        """The first rows of a range."""
        return Grid.of(self._rows[sheet][:rows])

    def grid(self, sheet: str, columns: Collection[int] | None = None) -> Grid:
        """The whole range as arrays."""
        return Grid.of(self._rows[sheet])

    def grids(self, sheets: Sequence[str]) -> Iterator[Grid]:
        """Several ranges in their order."""
        return (self.grid(sheet) for sheet in sheets)

    def write(self, sheet: str, rows: Sequence[Sequence[object]], layout: SheetLayout | None = None) -> None:
        """A formula changes no cells but its own."""
        raise NotImplementedError

    def put(self, sheet: str, top: int, left: int, rows: Sequence[Sequence[object]]) -> None:
        """A formula changes no cells but its own."""
        raise NotImplementedError

    def put_columns(self, sheet: str, heading_row: int, beside: int, columns: Mapping[str, Sequence[object]]) -> None:
        """A formula changes no cells but its own."""
        raise NotImplementedError

    def save(self, path: str | Path | None = None) -> None:
        """A formula changes no cells but its own."""
        raise NotImplementedError


def store_of_ranges(ranges: Mapping[str, Cell], fields: Mapping[str, Collection[str]]) -> Store:
    """
    The store that ranges make up.

    Args:
        ranges: By table its cells, the headings first; blank ones are tables that the store does not have.
            `parameter` is the sheet Settings.
        fields: By table the fields that the caller needs.

    Raises:
        StoreNotUnderstood: No customers, or their name and phone are missing.
    """
    sheets = {}
    for entity, cells in ranges.items():
        block = Block.of(entity, cells)
        if not block.is_blank:
            name = SETTINGS_SHEET if entity == "parameter" else ENTITIES[entity].sheet_names[0]
            starts = range(0, len(block.cells), block.width)
            sheets[name] = [list(block.cells[start : start + block.width]) for start in starts]
    return read_store(RangeBook(sheets), fields)
