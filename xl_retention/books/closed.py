"""A workbook as a file, without Excel: read fast, written by replacing our own parts and single cells of others.

What is not ours (other sheets, charts, pictures, comments, VBA, buttons, pivots, slicers, custom XML) is
copied byte for byte. Equal work on an equal file gives equal bytes, and doing it twice changes nothing.
"""

from __future__ import annotations

import datetime as dt
import zipfile
from collections.abc import Collection, Iterator, Mapping, Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from functools import cached_property
from itertools import chain
from pathlib import Path
from types import TracebackType
from typing import BinaryIO

from xl_retention.books.ahead import ahead
from xl_retention.books.block import check_block, put_into_rows
from xl_retention.books.book import KEEP
from xl_retention.books.cell_xml import Rows, letters, plain
from xl_retention.books.changes import Changes, ChangesOf, WrittenSheet
from xl_retention.books.grid import Grid
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.layout import SheetLayout
from xl_retention.books.long_list import LongList
from xl_retention.books.one_heap import give_back
from xl_retention.books.overlaid import overlaid
from xl_retention.books.package import Package
from xl_retention.books.parts import Relationship, SheetPart, relationships
from xl_retention.books.put_cells import PutCells
from xl_retention.books.reading import WorkbookReader
from xl_retention.books.replacing import Clock, refuse_if_open, replace_file
from xl_retention.books.shared_parts import WorkbookXml
from xl_retention.books.staff_sheet import StaffSheet
from xl_retention.errors import BookRefused, WrongRequest

_SUFFIX_OF_TYPE = {
    "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet.main+xml": ".xlsx",
    "application/vnd.ms-excel.sheet.macroEnabled.main+xml": ".xlsm",
}


_CELL_TYPES = frozenset({str, int, float, bool, type(None), dt.datetime, dt.date, dt.time})


@dataclass(frozen=True)
class _Pending(WrittenSheet):
    """A sheet written but not saved yet."""

    date1904: bool

    @cached_property
    def grid(self) -> Grid:
        """What a reader of the saved file would find: cleaned values, up to the last used cell."""
        rows = [[plain(value, date1904=self.date1904) for value in row] for row in self.rows]
        width = max((n for row in rows for n, value in enumerate(row, 1) if value is not None), default=0)
        height = max(
            (n for n, row in enumerate(rows, 1) if any(value is not None for value in row)), default=0
        )
        return Grid.of([row[:width] + [None] * (width - len(row)) for row in rows[:height]])


class ClosedBook:
    """A workbook file; a `Book`.

    Args:
        path: An .xlsx or .xlsm file.
        clock: Local time, for the names of backups.

    Attributes:
        backup: Where the last save put the file that it replaced; None where there was none.

    Raises:
        BookRefused: It cannot be opened, with the reason as one sentence.
    """

    def __init__(self, path: str | Path, *, clock: Clock = dt.datetime.now) -> None:
        self.path = Path(path)
        self._clock = clock
        self._pending: dict[str, _Pending] = {}
        self._puts: dict[str, PutCells] = {}
        self.backup: Path | None = None
        self._changes: Changes | None = None
        self._open()  # says what the file really is, whatever its name
        if self.path.suffix.lower() not in (".xlsx", ".xlsm"):
            self._reader.close()
            raise BookRefused(
                f"{self.path.name} is not an .xlsx or .xlsm workbook; save it as one of these first."
            )

    def _open(self) -> None:
        self._reader = WorkbookReader(self.path)
        self._parts = self._reader.parts
        try:
            with self.path.open("rb") as file:
                self._package = Package.read(file, book=self.path.name)
                with zipfile.ZipFile(file) as archive:
                    self._package_links = relationships(archive, "", book=self.path.name)
                    self._workbook_links = relationships(
                        archive, self._parts.workbook_part, book=self.path.name
                    )
        except (OSError, zipfile.BadZipFile) as error:
            self._reader.close()
            raise self._unreadable(error) from error
        except BaseException:
            self._reader.close()
            raise
        if self._parts.workbook_type and self._parts.workbook_type not in _SUFFIX_OF_TYPE:
            self._reader.close()
            raise BookRefused(
                f"{self.path.name} is a template, an add-in or a binary workbook; "
                "save it as .xlsx or .xlsm first."
            )

    def _unreadable(self, error: Exception) -> BookRefused:
        return BookRefused(
            f"{self.path.name} cannot be read ({getattr(error, 'strerror', None) or error}); try again."
        )

    def __enter__(self) -> ClosedBook:
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        """Lets go of the file; what was written and not saved is gone."""
        self._reader.close()

    @property
    def date1904(self) -> bool:
        """Whether the workbook counts days from 1904."""
        return self._parts.date1904

    def sheet_names(self) -> list[str]:
        """Names of the worksheets in their order, those written but not saved yet last."""
        names = self._reader.sheet_names()
        known = {name.casefold() for name in names}
        return names + [pending.name for key, pending in self._pending.items() if key not in known]

    def read(self, sheet: str) -> list[list[object]]:
        """All cells from A1 to the last used one; dates as datetime, blanks as None."""
        return self.grid(sheet).rows()

    def head(self, sheet: str, rows: int = 30) -> Grid:
        """The first rows of a sheet, without reading the rest of it."""
        pending = self._pending.get(sheet.casefold())
        if pending is None:
            cells = {place: value for place, value in self._put_cells(sheet).items() if place[0] <= rows}
            return overlaid(self._reader.head(sheet, rows), cells)
        return Grid.of(pending.grid.rows()[:rows])

    def grid(self, sheet: str, columns: Collection[int] | None = None) -> Grid:
        """The whole sheet as arrays; with *columns* (places from 0) the others come back blank."""
        pending = self._pending.get(sheet.casefold())
        if pending is None:
            return overlaid(self._reader.grid(sheet, columns), self._put_cells(sheet), columns)
        if columns is None:
            return pending.grid
        rows = pending.grid.rows()
        return Grid.of([[value if n in columns else None for n, value in enumerate(row)] for row in rows])

    def grids(self, sheets: Sequence[str]) -> Iterator[Grid]:
        """Several whole sheets in their order, each one's arrays made while the one before is worked on."""
        self._reader.prepare()
        # One thread: sheets add to one list of texts, and two ahead would only take memory.
        with closing(ahead((self.grid(sheet) for sheet in sheets), 1)) as grids:
            yield from grids
        self._reader.forget()  # who has read all tables needs the memory for them

    def write(self, sheet: str, rows: Sequence[Sequence[object]], layout: SheetLayout | None = None) -> None:
        """Replaces the values of a sheet of ours; a sheet that is not there comes last.

        Args:
            sheet: Its name; capitals make no difference, as in Excel.
            rows: Row 1 first. None, "" and NaN are blank; text stays text, even if it begins with `=`.
            layout: Set whole when the sheet is new; of an existing sheet the widths, the page and everything
                else that somebody may have changed stay. None keeps the looks that are there.

        Raises:
            BookRefused: The workbook cannot be kept whole, or the sheet not be added or replaced.
            WrongRequest: The name is none that a sheet can have, or a value none that a cell can hold.
        """
        self.refuse_if_not_kept_whole()
        existing = self._part_of(sheet)
        if existing is None:
            _check_name(sheet)
            if sheet.casefold() not in self._pending:
                self._shared_workbook().add_sheet(sheet, "rId0")  # raises where the structure is protected
        else:
            self._refuse_without_cells(existing)
        self._reader.forget()  # who writes has read
        give_back()  # a long list needs the memory
        kept = rows if isinstance(rows, LongList) else [tuple(row) for row in rows]
        before = self._pending.get(sheet.casefold())
        name = existing.name if existing else before.name if before else sheet
        if layout is None and before:
            layout = before.layout
        _check_types(sheet, kept)
        self._pending[sheet.casefold()] = _Pending(name, kept, layout, self.date1904)
        self._puts.pop(sheet.casefold(), None)
        self._changes = None

    def put(self, sheet: str, top: int, left: int, rows: Sequence[Sequence[object]]) -> None:
        """Writes values into a block of cells of a sheet that is not ours; everything else of it stays.

        A cell keeps its style, a new one looks like those above it. Rows right below a table or a filtered
        list become part of it. All of the block is taken or, where it is refused, nothing.

        Args:
            sheet: Its name; capitals make no difference, as in Excel.
            top: Row of the first cell, from 1.
            left: Column of the first cell, from 1.
            rows: None, "" and NaN blank a cell, KEEP leaves it; text stays text, even if it begins with `=`.

        Raises:
            BookRefused: The workbook cannot be kept whole, the sheet is protected, something stands where a
                new row would go, or a cell is one that its owner alone may change: a formula, a heading or
                total of a table, a part of merged cells or of a pivot table.
            WrongRequest: There is no such sheet or place, or a value is none that a cell can hold.
        """
        key = sheet.casefold()
        block = [tuple(None if value is KEEP else value for value in row) for row in rows]
        check_block(sheet, top, left, rows)
        _check_types(sheet, block, top, left)
        if pending := self._pending.get(key):
            self._pending[key] = replace(pending, rows=put_into_rows(pending.rows, top, left, rows))
        else:
            if key not in self._puts:
                self.refuse_if_not_kept_whole()
            opened = self._puts.get(key) or self._sheet_to_put(sheet)
            opened.put(top, left, rows)
            self._puts[key] = opened
        self._changes = None

    def put_columns(
        self, sheet: str, heading_row: int, beside: int, columns: Mapping[str, Sequence[object]]
    ) -> None:
        """Writes columns of ours into a sheet of the staff's; everything else of it stays.

        A heading that is there already keeps its column. Further ones come directly right of the table, the
        filtered list or the last used column, and the table or filter takes them in. Cells that hold the value
        already are not touched. All of the columns are taken or, where they are refused, nothing.

        Args:
            sheet: Its name; capitals make no difference, as in Excel.
            heading_row: Of the list, from 1.
            beside: A column of the list, from 1, that has a heading.
            columns: By heading the values of the rows below it; None, "" and NaN blank a cell, KEEP leaves it.

        Raises:
            BookRefused: As for `put`; or something stands right of the list, where a new column would go.
            WrongRequest: There is no such sheet or list, or a value is none that a cell can hold.
        """
        key = sheet.casefold()
        if key in self._pending:
            raise WrongRequest(f"{sheet} is a sheet of ours; it is written whole.")
        for values in columns.values():
            check_block(sheet, heading_row + 1, beside, [[None]] * len(values))
            _check_types(sheet, [(None if value is KEEP else value,) for value in values], heading_row + 1, beside)
        if key not in self._puts:
            self.refuse_if_not_kept_whole()
        opened = self._puts.get(key) or self._sheet_to_put(sheet)
        opened.put_columns(self.grid(sheet), heading_row, beside, columns)
        if opened.cells:
            self._puts[key] = opened
        self._changes = None

    def _put_cells(self, sheet: str) -> Mapping[tuple[int, int], object]:
        opened = self._puts.get(sheet.casefold())
        return opened.cells if opened else {}

    def _sheet_to_put(self, sheet: str) -> PutCells:
        existing = self._part_of(sheet)
        if existing is None:
            raise WrongRequest(
                f"{self.path.name} has no sheet {sheet!r}; its sheets are {', '.join(self.sheet_names())}."
            )
        self._refuse_without_cells(existing)
        links = self._links_of(existing.part)
        parts = {
            kind: {link.target: self._inflated(link.target) for link in links if link.kind == kind and link.present}
            for kind in ("table", "pivotTable")
        }
        there = StaffSheet(
            self._inflated(existing.part),
            tables=parts["table"],
            pivots=parts["pivotTable"],
            name=existing.name,
            part=existing.part,
            book=self.path.name,
        )
        return PutCells(there, date1904=self.date1904)

    def _refuse_without_cells(self, sheet: SheetPart) -> None:
        if sheet.kind != "worksheet" or not sheet.part:
            raise BookRefused(
                f"{sheet.name} in {self.path.name} is a {sheet.kind}, so no rows can be written to it; "
                "give it another name and try again."
            )

    def _links_of(self, part: str) -> list[Relationship]:
        try:
            with zipfile.ZipFile(self.path) as archive:
                return relationships(archive, part, book=self.path.name)
        except (OSError, zipfile.BadZipFile) as error:
            raise self._unreadable(error) from error

    def save(self, path: str | Path | None = None) -> None:
        """Writes the workbook back, or a copy to *path*; all or nothing.

        A file that is replaced is kept as a dated backup beside it (see `books.replacing`). Without a change
        nothing is written. A copy leaves this book where it is, its rows still to be saved.

        Raises:
            BookRefused: The file is open somewhere, was changed meanwhile, is read-only, the disk is full, or
                the ending of *path* does not fit the workbook; whatever was there is untouched.
        """
        target = self.path if path is None else Path(path)
        in_place = target.resolve() == self.path.resolve()
        if not in_place:
            self._check_suffix(target)
        if in_place and not (self._pending or self._puts):
            return
        if in_place:
            refuse_if_open(self.path)
        changes = self._made()
        if in_place and not changes:
            self._forget_written()
            return

        def write(file: BinaryIO) -> None:
            with self.path.open("rb") as source:
                self._refuse_if_changed(source)
                self._package.write(source, file, changes.parts, frozenset(changes.removed))

        def check(file: BinaryIO) -> None:
            self._package.check(file, changes.parts, frozenset(changes.removed))

        if not in_place:
            self.backup = replace_file(target, write, check, clock=self._clock)
            return
        self._reader.close()  # Windows replaces no file that is open
        try:
            self.backup = replace_file(target, write, check, clock=self._clock)
            self._forget_written()
        finally:
            self._open()

    def _forget_written(self) -> None:
        self._pending.clear()
        self._puts.clear()
        self._changes = None

    # --- what cannot be kept whole --------------------------------------------------------------------------

    def refuse_if_not_kept_whole(self) -> None:
        """Looks for what no editing of single parts can keep.

        Raises:
            BookRefused: The workbook is signed, shared with a log of changes, of the strict kind, or not as Excel
                saves it.
        """
        name = self.path.name
        if any(link.kind == "origin" for link in self._package_links) or any(
            entry.name.lower().startswith("_xmlsignatures/") for entry in self._package.entries
        ):
            raise BookRefused(
                f"{name} is digitally signed, and any change would break the signature; use a copy without."
            )
        if any(link.kind in ("revisionHeaders", "usernames") for link in self._workbook_links):
            raise BookRefused(
                f"{name} is a shared workbook that logs its changes; "
                "stop sharing it (Review, Share Workbook) and try again."
            )
        if not self._parts.rels_part:
            raise not_kept_whole(name, "the workbook's relationships are missing")
        self._shared_workbook()

    def _shared_workbook(self) -> WorkbookXml:
        part = self._parts.workbook_part
        return WorkbookXml(self._inflated(part), part=part, book=self.path.name)

    def _refuse_if_changed(self, source: BinaryIO) -> None:
        # Size and directory (with the checksum of every part) tell; the time alone also changes by copying.
        now = Package.read(source, book=self.path.name)
        if (now.size, now.directory) != (self._package.size, self._package.directory):
            raise BookRefused(
                f"{self.path.name} was changed by somebody else meanwhile; start again with the new state."
            )

    def _check_suffix(self, target: Path) -> None:
        wanted = _SUFFIX_OF_TYPE.get(self._parts.workbook_type, self.path.suffix.lower())
        if target.suffix.lower() != wanted:
            holds = "holds macros" if wanted == ".xlsm" else "holds no macros"
            raise BookRefused(
                f"{self.path.name} {holds}, so Excel would not open it as {target.name}; "
                f"choose a name ending in {wanted}."
            )

    def _part_of(self, sheet: str) -> SheetPart | None:
        return next((part for part in self._parts.sheets if part.name.casefold() == sheet.casefold()), None)

    # --- making the parts -----------------------------------------------------------------------------------

    def _inflated(self, name: str) -> bytes:
        try:
            with self.path.open("rb") as file:
                self._refuse_if_changed(file)
                return self._package.inflate(file, name)
        except OSError as error:
            raise self._unreadable(error) from error

    def _made(self) -> Changes:
        if self._changes is None:
            self._reader.forget()  # what is made needs the memory
            try:
                with self.path.open("rb") as file:
                    self._refuse_if_changed(file)
                self._changes = ChangesOf(self.path, self._package, self._parts).made(
                    list(self._pending.values()), list(self._puts.values())
                )
            except OSError as error:
                raise self._unreadable(error) from error
        return self._changes


def _check_name(sheet: str) -> None:
    if not 1 <= len(sheet) <= 31 or set(sheet) & set("[]:*?/\\") or "'" in (sheet[:1], sheet[-1:]):
        raise WrongRequest(
            f"{sheet!r} cannot be the name of a sheet: at most 31 characters, none of [ ] : * ? / \\ "
            "and no apostrophe at either end."
        )


def _check_types(sheet: str, rows: Rows, top: int = 1, left: int = 1) -> None:
    """A value that no cell can hold is told where it is handed over; of a million in columns, when they are spelled."""
    parts = rows.first if isinstance(rows, LongList) else rows
    strange = set(map(type, chain.from_iterable(parts))) - _CELL_TYPES
    for number, row in enumerate(rows if strange else (), top):
        for place, value in enumerate(row, left - 1):
            try:
                plain(value)
            except TypeError as error:
                raise WrongRequest(f"{sheet}!{letters(place)}{number}: {error}.") from None
