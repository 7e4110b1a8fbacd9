"""The seam to a workbook: live Excel, LibreOffice and a closed file answer to the same methods."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping, Sequence
from enum import Enum
from pathlib import Path
from typing import Final, Protocol

from xl_retention.books.grid import Grid
from xl_retention.books.layout import SheetLayout


class _Keep(Enum):
    KEEP = "KEEP"


KEEP: Final = _Keep.KEEP
"""In the place of a value: the cell stays as it is."""


class ReadBook(Protocol):
    """What can be read as a workbook, an export of some other program too; raw cells only."""

    def sheet_names(self) -> list[str]:
        """Names of the worksheets in their order."""
        ...

    def read(self, sheet: str) -> list[list[object]]:
        """All cells from A1 to the last used one; dates as datetime, blanks as None."""
        ...

    def head(self, sheet: str, rows: int = 30) -> Grid:
        """The first rows of a sheet, without reading the rest of it."""
        ...

    def grid(self, sheet: str, columns: Collection[int] | None = None) -> Grid:
        """The whole sheet as arrays; with *columns* (places from 0) the others come back blank."""
        ...

    def grids(self, sheets: Sequence[str]) -> Iterator[Grid]:
        """Several whole sheets in their order; a book that can reads ahead while one is worked on."""
        ...


class Book(ReadBook, Protocol):
    """A workbook; nothing here knows a customer."""

    def write(
        self, sheet: str, rows: Sequence[Sequence[object]], layout: SheetLayout | None = None
    ) -> None:
        """Replaces the values of a sheet of ours, created if absent; text is written as text, never as formula."""
        ...

    def put(self, sheet: str, top: int, left: int, rows: Sequence[Sequence[object]]) -> None:
        """Writes values into a block of cells of a sheet that is not ours; everything else of it stays.

        Args:
            sheet: Its name.
            top: Row of the first cell, from 1.
            left: Column of the first cell, from 1.
            rows: None and "" blank a cell, KEEP leaves it; text is written as text, never as formula.
        """
        ...

    def put_columns(
        self, sheet: str, heading_row: int, beside: int, columns: Mapping[str, Sequence[object]]
    ) -> None:
        """Writes columns of ours into a sheet of the staff's; everything else of it stays.

        Args:
            sheet: Its name.
            heading_row: Of the staff's list, from 1.
            beside: A column of that list, from 1.
            columns: By heading the values of the rows below it; KEEP leaves a cell. A heading that is not there
                comes directly right of the list, whose table or filter takes it in.
        """
        ...

    def save(self, path: str | Path | None = None) -> None:
        """Writes the workbook back, or to *path*; all or nothing."""
        ...
