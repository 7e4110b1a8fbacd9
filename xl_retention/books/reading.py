"""Reads a closed .xlsx or .xlsm into grids, fast where its XML is of the usual shape, right in any case."""

from __future__ import annotations

import zipfile
from collections.abc import Collection, Generator, Iterator
from contextlib import closing, contextmanager
from functools import cached_property
from pathlib import Path
from types import TracebackType
from xml.parsers import expat

from xl_retention.books.ahead import Pieces, ahead
from xl_retention.books.careful_scan import careful_scan
from xl_retention.books.cell_values import CellRules, MissingText
from xl_retention.books.deflate import BROKEN, part_in_pieces
from xl_retention.books.file_kind import opened_zip
from xl_retention.books.found_cells import FoundCells, found_cells
from xl_retention.books.gathering import Gathering, TooManyCells, TooSpread
from xl_retention.books.grid import Grid
from xl_retention.books.limits import LARGEST_TEXTS
from xl_retention.books.number_formats import cell_styles
from xl_retention.books.parts import WorkbookParts, inflated_part, parse_part
from xl_retention.books.scan import scan
from xl_retention.books.shared_strings import parsed_texts, plain_texts
from xl_retention.books.spelling import Irregular
from xl_retention.books.texts import Texts
from xl_retention.errors import BookRefused, WrongRequest

_PIECE = 1 << 21
_SMALL_PIECE = 1 << 16
"""For the first rows of a sheet, and for texts, which are split while their XML is near the processor."""
_PIECES_AHEAD, _BLOCKS_AHEAD = 2, 1
_BROKEN: tuple[type[Exception], ...] = (
    zipfile.BadZipFile,
    *BROKEN,
    EOFError,
    expat.ExpatError,
    MissingText,
    NotImplementedError,
    LookupError,  # an encoding that nobody knows
    OSError,
)


class WorkbookReader:
    """A closed workbook, open for reading; `close` it, or use it in a `with` statement.

    Args:
        path: An .xlsx or .xlsm file; what it is called does not matter, what it is does.

    Raises:
        BookRefused: It is missing, not readable, not a workbook, has a password, or is broken.
    """

    def __init__(self, path: Path) -> None:
        self._path = Path(path)
        self._name = self._path.name
        self._archive = opened_zip(self._path)
        try:
            with self._mended("the list of sheets"):
                self.parts = WorkbookParts.read(self._archive)
            if not self.parts.worksheets:
                raise BookRefused(
                    f"{self._name} has no worksheet; open the right file, or add a sheet in Excel."
                )
        except BaseException:
            self._archive.close()
            raise

    def __enter__(self) -> WorkbookReader:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file; what was read stays."""
        self._archive.close()

    @property
    def date1904(self) -> bool:
        """Whether the workbook counts its days from 1904 (grids have this resolved already)."""
        return self.parts.date1904

    def sheet_names(self) -> list[str]:
        """Names of the worksheets in the order of their tabs, hidden ones too; no chart sheets."""
        return [sheet.name for sheet in self.parts.worksheets]

    def head(self, sheet: str, rows: int = 30) -> Grid:
        """The first rows of a sheet; only the beginning of its XML is inflated.

        Args:
            sheet: Its name.
            rows: How many rows at most; the grid ends earlier at the last used cell among them.

        Raises:
            BookRefused: As `grid`.
            WrongRequest: There is no such sheet.
        """
        return self._grid(sheet, None, rows)

    def grid(self, sheet: str, columns: Collection[int] | None = None) -> Grid:
        """The whole sheet, from A1 to its last used cell; cells that only have a format do not count.

        Args:
            sheet: Its name.
            columns: Places from 0 of the columns to read, which is quicker; the others come back blank, and
                the grid ends at the last used cell of those read. Each asked for is there, if only blank.

        Returns:
            Arrays of columns without numbers, or without texts, may be read-only.

        Raises:
            BookRefused: The sheet is broken, or its cells lie too far apart.
            WrongRequest: There is no such sheet.
        """
        return self._grid(sheet, columns, None)

    def prepare(self) -> None:
        """Reads what all sheets share, so that several may then be read at the same time."""
        _ = self._rules

    def forget(self) -> None:
        """Lets go of the texts of all sheets; they are read again when another sheet is asked for."""
        for name in ("_rules", "_texts"):
            self.__dict__.pop(name, None)

    def _grid(self, sheet: str, columns: Collection[int] | None, rows: int | None) -> Grid:
        part = next((entry.part for entry in self.parts.worksheets if entry.name == sheet), None)
        if part is None:
            raise WrongRequest(
                f"{self._name} has no sheet {sheet!r}; its sheets are {', '.join(self.sheet_names())}."
            )
        if not part:
            raise BookRefused(
                f"{self._name} lacks the contents of the sheet {sheet!r}; "
                "open it in Excel, let Excel repair it and save it again."
            )
        with self._mended(f"the sheet {sheet!r}"):
            try:
                return self._gathered(part, columns, rows).grid(rows)
            except TooManyCells as many:
                raise BookRefused(
                    f"{self._name} has more than {many.cells:,} filled cells on the sheet {sheet!r}; "
                    "split it into smaller sheets, by year for example."
                ) from None
            except TooSpread as spread:
                raise BookRefused(
                    f"{self._name} has a stray cell far away on the sheet {sheet!r} (the used area "
                    f"reaches row {spread.row:,} and column {spread.column:,}); delete the empty rows and "
                    "columns in between and save it again."
                ) from None

    def _gathered(self, part: str, columns: Collection[int] | None, rows: int | None) -> Gathering:
        try:
            gathering = Gathering(self._texts, self.date1904, columns)
            with closing(self._found(part, columns, rows)) as found:
                scan(found, self._rules, self._texts, gathering, rows)
            return gathering
        except Irregular:
            pass
        gathering = Gathering(self._texts, self.date1904, columns)
        with closing(self._inflated(part, rows)) as pieces:
            careful_scan(pieces, self._rules, gathering, columns, rows)
        return gathering

    def _found(
        self, part: str, columns: Collection[int] | None, rows: int | None
    ) -> Generator[FoundCells, None, None]:
        if self._is_short(part, rows):
            return found_cells(self._pieces(part, _SMALL_PIECE), columns)
        return ahead(found_cells(self._pieces(part, _PIECE), columns), _BLOCKS_AHEAD)

    def _inflated(self, part: str, rows: int | None = None) -> Pieces:
        if self._is_short(part, rows):
            return self._pieces(part, _SMALL_PIECE)
        return ahead(self._pieces(part, _PIECE), _PIECES_AHEAD)

    def _is_short(self, part: str, rows: int | None) -> bool:
        return rows is not None or self._archive.getinfo(part).file_size <= _PIECE

    def _pieces(self, part: str, most: int) -> Pieces:
        return part_in_pieces(self._path, self._archive, part, most)

    @cached_property
    def _texts(self) -> Texts:
        part = self.parts.shared_strings_part
        if not part:
            return Texts([])
        if (size := self._archive.getinfo(part).file_size) > LARGEST_TEXTS:
            raise BookRefused(
                f"{self._name} holds {size >> 20} MB of texts; split it into smaller workbooks, by year for example."
            )
        try:
            with closing(self._pieces(part, _SMALL_PIECE)) as pieces:
                return Texts(plain_texts(pieces))
        except Irregular:
            with closing(self._inflated(part)) as pieces:
                return Texts(parsed_texts(pieces))

    @cached_property
    def _rules(self) -> CellRules:
        part = self.parts.styles_part
        if not part:
            return CellRules(cell_styles(None), self._texts)
        data = inflated_part(self._archive, part, book=self._name)
        return CellRules(cell_styles(parse_part(data, book=self._name, part=part)), self._texts)

    @contextmanager
    def _mended(self, what: str) -> Iterator[None]:
        """Turns what a broken file leads to into one sentence."""
        try:
            yield
        except _BROKEN:
            raise BookRefused(
                f"{self._name} is damaged inside ({what} is not whole); "
                "open it in Excel, let Excel repair it and save it again, or ask for a new copy."
            ) from None
