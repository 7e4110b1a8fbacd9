"""A sheet of the staff's as it lies in the file: what its rows say, and which of its cells can be written to."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence

from xl_retention.books.cell_xml import letters
from xl_retention.books.following import corners
from xl_retention.books.growing import Corners, Region, TableXml
from xl_retention.books.kept_sheet import heading_row_of
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.quick_rows import QuickRow
from xl_retention.books.sheet_rows import SheetRows
from xl_retention.books.single_row import Cell, KnownRow, SingleRow, Surroundings
from xl_retention.books.xml_edits import MAIN, Element, XmlPart
from xl_retention.errors import BookRefused

Place = tuple[int, int]
"""Row from 1, column from 0."""

_YES = ("1", "true", "on")


class StaffSheet:
    """
    A sheet before anything is put into it.

    Args:
        data: Its part, inflated.
        tables: Parts of the tables on it, by name.
        pivots: Parts of the pivot tables on it, by name.
        name: As on the tab.
        part: Name of its part, for messages.
        book: File name, for messages.

    Attributes:
        rows: Its rows as bytes.
        tables: The tables on it, by name of their parts.
        filter: The filtered list on it that is no table, None without one.
        regions: Tables and filter; they grow as rows and columns are put beside them.
        merged, pivots: Where merged cells and pivot tables lie.

    Raises:
        BookRefused: The sheet is protected, or cannot be kept whole.
    """

    def __init__(
        self,
        data: bytes,
        *,
        tables: Mapping[str, bytes],
        pivots: Mapping[str, bytes],
        name: str,
        part: str,
        book: str,
    ) -> None:
        self.name, self.part, self.book = name, part, book
        self.rows = SheetRows(data, part=part, book=book)
        self._known: dict[int, KnownRow | None] = {}
        self._quick_rows: dict[int, QuickRow | None] = {}
        root = self.skeleton().root
        named = {element.name: element for element in root.children if element.namespace == root.namespace}
        inside = named.get("sheetData")
        if root.name != "worksheet" or root.namespace != MAIN or not inside or inside.start != self.rows.start:
            raise not_kept_whole(book, f"{part} is not a sheet as Excel saves it")
        lock = named.get("sheetProtection")
        if lock and lock.attributes.get("sheet", "0") in _YES:
            raise BookRefused(
                f"Sheet {name} of {book} is protected; "
                "its owner has to take the protection off (Review, Unprotect Sheet) first."
            )
        self._surroundings = Surroundings(inside.prefix + inside.name, inside.namespaces, name, part, book)
        self._columns = _column_styles(named.get("cols"))
        self.heading_row = heading_row_of("", (), named.get("sheetViews"))
        self.merged = [there for there in _places(named.get("mergeCells")) if there]
        self._matrices = [there for ref in self.rows.matrices() if (there := corners(ref))]
        self.pivots = [_pivot_place(text, name, book) for name, text in pivots.items()]
        self.tables = {name: TableXml(text, part=name, book=book) for name, text in tables.items()}
        self.regions = [table.region for table in self.tables.values()]
        self.filter = _filter(named.get("autoFilter"))
        if self.filter:
            self.regions.append(self.filter)

    def skeleton(self) -> XmlPart:
        """The sheet without its rows."""
        return XmlPart(self.rows.skeleton, part=self.part, book=self.book)

    # --- rows and cells -------------------------------------------------------------------------------------

    def row(self, number: int) -> KnownRow | None:
        """What a row said before anything was put, None where there was none."""
        if number not in self._known:
            self._known[number] = self.single(number).known() if number in self.rows else None
        return self._known[number]

    def single(self, number: int) -> SingleRow:
        """A row, parsed by itself."""
        return SingleRow(self.rows.row(number), number, self._surroundings)

    def quick(self, number: int) -> QuickRow | None:
        """A row that can be read without parsing it; None for any other."""
        if number not in self._quick_rows:
            prefixed = bool(self.rows.prefix)
            there = number in self.rows and not prefixed
            self._quick_rows[number] = QuickRow.of(self.rows.row(number), number) if there else None
        return self._quick_rows[number]

    def cell(self, place: Place) -> Cell | None:
        """What a cell was, None where there was none."""
        if quick := self.quick(place[0]):
            return quick.cell(place[1])
        row = self.row(place[0])
        return row.cells.get(place[1]) if row else None

    def is_filled(self, place: Place) -> bool:
        """Whether a cell held something, a formula too."""
        cell = self.cell(place)
        return bool(cell and (cell.is_filled or cell.is_formula)) or within(place, self._matrices) is not None

    def filled_in(self, row: int, region: Region) -> Place | None:
        """The first cell of a row that held something within the columns of a region."""
        known = self.row(row)
        columns = [
            column
            for column, cell in (known.cells.items() if known else ())
            if region.covers(column) and (cell.is_filled or cell.is_formula)
        ]
        return (row, min(columns)) if columns else None

    def style_of_column(self, column: int) -> int:
        """The style that a column gives to its new cells."""
        return next((style for first, last, style in self._columns if first <= column <= last), 0)

    def is_data(self, row: int, column: int) -> bool:
        """Whether a cell lies below the headings of its column."""
        for region in self.regions:
            if region.covers(column) and region.heading_row <= row <= region.new_end:
                return row > region.heading_row
        return row > self.heading_row

    # --- what can be written to -----------------------------------------------------------------------------

    def named(self, place: Place) -> str:
        """A cell as messages name it, such as `Cars!B7`."""
        return f"{self.name}!{letters(place[1])}{place[0]}"

    def is_heading(self, place: Place, value: object) -> bool:
        """Whether this is what a table is headed with in this cell."""
        headings = [table.heading(*place) for table in self.tables.values()]
        return value is not None and value in headings

    def refuse_unwritable(self, place: Place) -> None:
        """Raises `BookRefused` for a cell that is none to write to."""
        why = self._unwritable(place)
        if why:
            raise BookRefused(f"{self.named(place)} of {self.book} {why}")

    def _unwritable(self, place: Place) -> str:
        """What speaks against writing to a cell, "" where nothing does."""
        row, column = place
        cell = self.cell(place)
        if (cell and cell.is_formula) or within(place, self._matrices):
            return "holds a formula, and a formula of the staff is not overwritten; type over it by hand if it may go."
        merged = within(place, self.merged)
        if merged and (row, column) != (merged[1], merged[0]):
            return "is part of merged cells; unmerge them (Home, Merge & Center) and try again."
        if within(place, self.pivots):
            return "lies in a pivot table, which makes its cells itself; move the pivot table to another sheet."
        for table in self.tables.values():
            if table.heading(row, column) is not None:
                return f"is a heading of table {table.name}; change it by hand if it has to change."
            if table.is_total(row, column):
                return _totals_in_the_way(table)
        return ""

    def refuse_below_totals(self, region: Region, first: int) -> None:
        """Raises `BookRefused` where a region cannot get rows from this one on, as its totals stand there."""
        for table in self.tables.values():
            if (
                table.region is region
                and table.totals
                and first == table.bottom + 1
                and not self.filled_in(first, region)
            ):
                raise BookRefused(f"{self.named((first, region.first))} of {self.book} {_totals_in_the_way(table)}")

    def refuse_merged(self, region: Region, rows: range) -> None:
        """Raises `BookRefused` where merged cells lie in rows that a region is to get."""
        for first, top, last, bottom in self.merged:
            if first <= region.last and last >= region.first and top < rows.stop and bottom >= rows.start:
                raise self.no_room((max(top, rows.start), first), f"a new row of {region.name}")

    def no_room(self, place: Place, wanted: str) -> BookRefused:
        """Says that a cell is taken where something new would go."""
        return BookRefused(
            f"{self.named(place)} of {self.book} is taken where {wanted} would go; "
            "move what stands there further down and try again."
        )


def _totals_in_the_way(table: TableXml) -> str:
    return (
        f"cannot be written to, for table {table.name} ends with a totals row; "
        "switch it off (Table Design, Total Row), try again and switch it on."
    )


def within(place: Place, places: Sequence[Corners]) -> Corners | None:
    """The first of the places in which a cell lies."""
    row, column = place
    return next((p for p in places if p[0] <= column <= p[2] and p[1] <= row <= p[3]), None)


def _places(element: Element | None) -> Iterator[Corners | None]:
    return (corners(child.attributes.get("ref", "")) for child in (element.children if element else ()))


def _filter(buttons: Element | None) -> Region | None:
    there = corners(buttons.attributes.get("ref", "")) if buttons else None
    return Region("the filter", there[0], there[2], there[1], there[3]) if there else None


def _column_styles(columns: Element | None) -> list[tuple[int, int, int]]:
    """First and last column, from 0, and the style that their cells get."""
    return [(first, last, int(style)) for first, last, style in columns_said(columns) if style.isdigit()]


def columns_said(columns: Element | None) -> list[tuple[int, int, str]]:
    """First and last column, from 0, of each group that the sheet says something about, and their style."""
    found = []
    for column in columns.children if columns else ():
        first, last = (column.attributes.get(name, "") for name in ("min", "max"))
        places = (int(first) - 1, int(last) - 1) if first.isdigit() and last.isdigit() else (-1, -1)
        found.append((*places, column.attributes.get("style", "")))
    return found


def _pivot_place(data: bytes, part: str, book: str) -> Corners:
    """Where a pivot table lies, with the fields above it by which the page is chosen."""
    place = XmlPart(data, part=part, book=book).root.child("location")
    there = corners(place.attributes.get("ref", "")) if place else None
    if place is None or there is None:
        raise not_kept_whole(book, f"{part} is not a pivot table as Excel saves it")
    first, top, last, bottom = there
    pages, beside = (place.whole(name) for name in ("rowPageCount", "colPageCount"))
    if pages:
        top = max(1, top - pages - 1)
        last = max(last, first + 3 * beside - 2)
    return first, top, last, bottom
