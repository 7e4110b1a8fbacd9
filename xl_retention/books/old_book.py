"""A workbook of Excel 97 to 2003 (.xls) as a book that can be read, through calamine (extra `xls`)."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from pathlib import Path

from xl_retention.books.grid import Grid
from xl_retention.errors import BookRefused


class OldBook:
    """
    The reading half of a `Book`.

    Args:
        path: The file.

    Raises:
        BookRefused: calamine is not installed, or cannot read the file.
    """

    date1904 = False

    def __init__(self, path: Path) -> None:
        try:
            from python_calamine import CalamineError, CalamineWorkbook
        except ImportError:
            raise BookRefused(
                f"{path.name} is a workbook of Excel 97-2003; install the reader with 'pip install xl-retention[xls]', "
                "or save it in Excel as .xlsx."
            ) from None
        try:
            workbook = CalamineWorkbook.from_path(str(path))
            self._grids = {
                name: Grid.of(workbook.get_sheet_by_name(name).to_python(skip_empty_area=False))
                for name in workbook.sheet_names
            }
        except (CalamineError, OSError, ValueError) as error:
            raise BookRefused(
                f"{path.name} cannot be read ({error}); open it in Excel and save it as .xlsx."
            ) from None

    def sheet_names(self) -> list[str]:
        """Names of the sheets."""
        return list(self._grids)

    def read(self, sheet: str) -> list[list[object]]:
        """All cells; blanks as None."""
        return self.grid(sheet).rows()

    def head(self, sheet: str, rows: int = 30) -> Grid:
        """The first rows of a sheet."""
        return Grid.of(self.grid(sheet).rows()[:rows])

    def grid(self, sheet: str, columns: Collection[int] | None = None) -> Grid:
        """The whole sheet as arrays."""
        return self._grids[sheet]

    def grids(self, sheets: Sequence[str]) -> Iterator[Grid]:
        """The same, for each name."""
        return (self.grid(sheet) for sheet in sheets)
