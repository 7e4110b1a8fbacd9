"""Values put into single cells of a sheet that is not ours; all other bytes of the sheet stay."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial

from xl_retention.books.book import KEEP
from xl_retention.books.cell_xml import CellWriter, Rows, letters, plain
from xl_retention.books.following import Following, corners
from xl_retention.books.grid import Grid
from xl_retention.books.growing import Corners, Region, TableXml, grow_rules, spelled, widen_order
from xl_retention.books.kept_sheet import heading_row_of
from xl_retention.books.own_columns import Columns, block, changed_cells, planned, width
from xl_retention.books.put_looks import Looks
from xl_retention.books.quick_rows import QuickRow
from xl_retention.books.sheet_rows import SheetRows
from xl_retention.books.sheet_xml import MOST_COLUMNS, MOST_ROWS
from xl_retention.books.single_row import Cell, KnownRow, SingleRow, Surroundings
from xl_retention.books.styles import Styles
from xl_retention.books.xml_edits import MAIN, Element, XmlPart
from xl_retention.errors import BookRefused, WrongRequest

Place = tuple[int, int]
"""Row from 1, column from 0."""

_YES = ("1", "true", "on")
_ANY_ROW, _ROW = 1, "\1"
_GAP = b"\0"
"""Stands for the rows while the rest of the sheet is edited; no XML holds this sign."""


@dataclass(frozen=True)
class NewColumn:
    """
    A column of ours that was not there.

    Args:
        heading_row: Row of its heading.
        like: Column whose heading its own looks like.
        width: In characters.
    """

    heading_row: int
    like: int
    width: int


class _SpelledCells:
    """XML of cells; what stands in many rows is spelled once.

    Args:
        writer: How cells are spelled in the sheet.
        styles: The workbook's styles, to which number formats are added.
    """

    def __init__(self, writer: CellWriter, styles: Styles) -> None:
        self._writer, self._styles = writer, styles
        self._known: dict[tuple[object, ...], str] = {}

    def text(self, value: object, row: int, column: int, look: int) -> str:
        """One cell in a style that suits its value, "" where a blank one needs none."""
        key = type(value), value, column, look
        if key not in self._known:
            style = partial(self._styles.suited, look)
            self._known[key] = self._writer.cell(
                value, _ANY_ROW, letters(column), lambda kind, quoted: style(kind, quoted=quoted)
            ).replace(f'{letters(column)}{_ANY_ROW}"', f"{letters(column)}{_ROW}\"", 1)
        return self._known[key].replace(_ROW, str(row), 1)


class PutCells:
    """A sheet and the values put into it so far.

    Args:
        data: The part of the sheet, inflated.
        tables: Parts of the tables on it, by name.
        pivots: Parts of the pivot tables on it, by name.
        sheet: Its name as on the tab.
        part: Name of its part, for messages.
        book: File name, for messages.
        date1904: Whether days count from 1904.

    Attributes:
        cells: What was put where; None is a blank.

    Raises:
        BookRefused: The sheet is protected, or cannot be kept whole.
    """

    def __init__(
        self,
        data: bytes,
        *,
        tables: Mapping[str, bytes],
        pivots: Mapping[str, bytes],
        sheet: str,
        part: str,
        book: str,
        date1904: bool,
    ) -> None:
        self.cells: dict[Place, object] = {}
        self.sheet = sheet
        self._part, self._book, self._date1904 = part, book, date1904
        self._rows = SheetRows(data, part=part, book=book)
        self._known: dict[int, KnownRow | None] = {}
        self._blanks: set[Place] = set()
        root = self._skeleton().root
        named = {element.name: element for element in root.children if element.namespace == root.namespace}
        inside = named.get("sheetData")
        if root.name != "worksheet" or root.namespace != MAIN or not inside or inside.start != self._rows.start:
            raise BookRefused(f"{book} cannot be kept whole: {part} is not a sheet as Excel saves it.")
        lock = named.get("sheetProtection")
        if lock and lock.attributes.get("sheet", "0") in _YES:
            raise BookRefused(
                f"Sheet {sheet} of {book} is protected; "
                "its owner has to take the protection off (Review, Unprotect Sheet) first."
            )
        self._surroundings = Surroundings(inside.prefix + inside.name, inside.namespaces, sheet, part, book)
        self._columns = _column_styles(named.get("cols"))
        self._heading_row = heading_row_of("", (), named.get("sheetViews"))
        self._merged = [there for there in _places(named.get("mergeCells")) if there]
        self._matrices = [there for ref in self._rows.matrices() if (there := corners(ref))]
        self._pivots = [_pivot_place(text, name, book) for name, text in pivots.items()]
        self._tables = {name: TableXml(text, part=name, book=book) for name, text in tables.items()}
        self._regions = [table.region for table in self._tables.values()]
        self._filter: Region | None = None
        buttons = named.get("autoFilter")
        if buttons and (there := corners(buttons.attributes.get("ref", ""))):
            self._filter = Region("the filter", there[0], there[2], there[1], there[3])
            self._regions.append(self._filter)
        self._lists: list[Region] = []
        """Rows without table or filter to which some were added."""
        self._quick_rows: dict[int, QuickRow | None] = {}
        self._new_columns: dict[int, NewColumn] = {}
        self._narrow_filter: int | None = None
        """Where the filter ended before it took columns in."""

    @property
    def data(self) -> bytes:
        """The part of the sheet as it was."""
        return self._rows.data

    def _skeleton(self) -> XmlPart:
        return XmlPart(self._rows.skeleton, part=self._part, book=self._book)

    # --- taking values --------------------------------------------------------------------------------------

    def put(self, top: int, left: int, rows: Rows) -> None:
        """Takes a block of values; all of it or, where it is refused, nothing.

        Args:
            top: Row of the first cell, from 1.
            left: Its column, from 1.
            rows: None, "" and NaN blank a cell, KEEP leaves it.

        Raises:
            BookRefused: A cell is none to write to, or there is no room for new rows.
        """
        block = {
            (row, column): plain(value, date1904=self._date1904)
            for row, cells in enumerate(rows, top)
            for column, value in enumerate(cells, left - 1)
            if value is not KEEP
        }
        filled = {place: value for place, value in block.items() if value is not None}
        changed = {
            place: value
            for place, value in block.items()
            if (value is not None or self._holds(place)) and not self._is_heading(place, value)
        }
        for place in changed:
            self._refuse_unwritable(place)
        grown = self._grown_by(filled)
        for region, last in grown:
            region.grow_to(last)
        self.cells |= changed
        filled_rows = {row for row, _ in filled}
        self._blanks |= {place for place in block.keys() - changed.keys() if place[0] in filled_rows}

    def put_columns(self, grid: Grid, heading_row: int, beside: int, columns: Columns) -> None:
        """Takes columns of ours: into those that bear their headings, else right of the list, which takes them in.

        Args:
            grid: The sheet as it is now.
            heading_row: Of the list, from 1.
            beside: A column of the list, from 1.
            columns: By heading the values of the rows below it.

        Raises:
            BookRefused: There is no room right of the list, or a cell is none to write to.
            WrongRequest: There is no such list.
        """
        table = next((each for each in self._tables.values() if self._heads(each.region, heading_row, beside)), None)
        filtered = self._filter if self._filter and self._heads(self._filter, heading_row, beside) else None
        region = table.region if table else filtered
        plan = planned(grid, heading_row, beside, columns, region.last if region else None, self.sheet)
        cells = changed_cells(grid, plan, columns, date1904=self._date1904)
        if plan.added:
            self._refuse_to_widen(plan.last, plan.like, heading_row, table, region)
        if not cells:
            return
        first, rows = block(cells)
        self.put(heading_row, first + 1, rows)
        for heading in plan.added:
            column = cells[plan.places[heading]]
            self._new_columns[plan.places[heading]] = NewColumn(heading_row, plan.like, width(column))
        if plan.added and table:
            table.widen(plan.added)
        elif plan.added and filtered:
            self._narrow_filter = filtered.last if self._narrow_filter is None else self._narrow_filter
            filtered.last = plan.last

    @staticmethod
    def _heads(region: Region, heading_row: int, beside: int) -> bool:
        return region.heading_row == heading_row and region.covers(beside - 1)

    def _refuse_to_widen(
        self, last: int, like: int, heading_row: int, table: TableXml | None, region: Region | None
    ) -> None:
        """Raises where the columns right of *like* to *last* cannot become part of the list."""
        if table and not table.takes_columns:
            raise BookRefused(
                f"Table {table.name} of {self._book} is filled by a query, so no columns are added to it; "
                "keep the list in a table of its own and try again."
            )
        bottom = region.new_end if region else MOST_ROWS
        others = [(t.first, t.top, t.last, t.bottom) for t in self._tables.values() if t is not table]
        for first, top, right, end in (*self._merged, *self._pivots, *others):
            if first <= last and right > like and top <= bottom and end >= heading_row:
                raise self._no_room((max(top, heading_row), max(first, like + 1)), "a new column of the list")

    def _holds(self, place: Place) -> bool:
        if place in self.cells:
            return self.cells[place] is not None
        cell = self._cell(place)
        return bool(cell and (cell.is_filled or cell.is_formula)) or _within(place, self._matrices) is not None

    def _is_heading(self, place: Place, value: object) -> bool:
        headings = [table.heading(*place) for table in self._tables.values()]
        return value is not None and value in headings

    def _name(self, place: Place) -> str:
        return f"{self.sheet}!{letters(place[1])}{place[0]}"

    def _refuse_unwritable(self, place: Place) -> None:
        why = self._unwritable(place)
        if why:
            raise BookRefused(f"{self._name(place)} of {self._book} {why}")

    def _unwritable(self, place: Place) -> str:
        """What speaks against writing to a cell, "" where nothing does."""
        row, column = place
        cell = self._cell(place)
        if (cell and cell.is_formula) or _within(place, self._matrices):
            return "holds a formula, and a formula of the staff is not overwritten; type over it by hand if it may go."
        merged = _within(place, self._merged)
        if merged and (row, column) != (merged[1], merged[0]):
            return "is part of merged cells; unmerge them (Home, Merge & Center) and try again."
        if _within(place, self._pivots):
            return "lies in a pivot table, which makes its cells itself; move the pivot table to another sheet."
        for table in self._tables.values():
            if table.heading(row, column) is not None:
                return f"is a heading of table {table.name}; change it by hand if it has to change."
            if table.is_total(row, column):
                return _totals_in_the_way(table)
        return ""

    def _grown_by(self, filled: Mapping[Place, object]) -> list[tuple[Region, int]]:
        """Which regions take rows in, and down to which one.

        Raises:
            BookRefused: Something stands where a new row would go.
        """
        found: list[tuple[Region, int]] = []
        for region in self._regions:
            rows = {row for row, column in filled if row > region.end and region.covers(column)}
            if not rows:
                continue
            first = region.end + 1 if any(row <= region.end for row, _ in filled) else min(rows)
            wanted = range(first, max(rows) + 1)
            self._refuse_below_totals(region, first)
            there = next((cell for row in wanted if (cell := self._filled_in(row, region))), None)
            is_known = there and there[0] == first  # below the region, and only gets other values
            if is_known or first > region.new_end + 1:
                continue
            if there:
                raise self._no_room(there, f"a new row of {region.name}")
            if region is not self._filter:
                self._refuse_merged(region, wanted)
            found.append((region, wanted[-1]))
        if not found and filled:
            found = self._list_grown_by(filled)
        return found

    def _list_grown_by(self, filled: Mapping[Place, object]) -> list[tuple[Region, int]]:
        """The same for rows that are neither in a table nor under a filter."""
        rows = {row for row, _ in filled}
        first, last = min(rows), max(rows)
        everything = Region("the list", 0, MOST_COLUMNS - 1, self._heading_row, first - 1)
        if self._filled_in(first, everything):
            return []
        for place in sorted(filled):
            cell = self._cell(place)
            if cell and cell.is_filled:
                raise self._no_room(place, "a new row")
        region = next((r for r in self._lists if r.end < first <= r.new_end + 1), None)
        if region is None:
            if first == 1 or not self._filled_in(first - 1, everything):
                return []
            region = everything
            self._lists.append(region)
        return [(region, last)]

    def _refuse_below_totals(self, region: Region, first: int) -> None:
        for table in self._tables.values():
            if (
                table.region is region
                and table.totals
                and first == table.bottom + 1
                and not self._filled_in(first, region)
            ):
                raise BookRefused(f"{self._name((first, region.first))} of {self._book} {_totals_in_the_way(table)}")

    def _refuse_merged(self, region: Region, rows: range) -> None:
        for first, top, last, bottom in self._merged:
            if first <= region.last and last >= region.first and top < rows.stop and bottom >= rows.start:
                raise self._no_room((max(top, rows.start), first), f"a new row of {region.name}")

    def _no_room(self, place: Place, wanted: str) -> BookRefused:
        return BookRefused(
            f"{self._name(place)} of {self._book} is taken where {wanted} would go; "
            "move what stands there further down and try again."
        )

    def _filled_in(self, row: int, region: Region) -> Place | None:
        """The first cell of a row that held something within the columns of a region."""
        known = self.row(row)
        columns = [
            column
            for column, cell in (known.cells.items() if known else ())
            if region.covers(column) and (cell.is_filled or cell.is_formula)
        ]
        return (row, min(columns)) if columns else None

    # --- the rows that are there ----------------------------------------------------------------------------

    def row(self, number: int) -> KnownRow | None:
        """What a row said before anything was put, None where there was none."""
        if number not in self._known:
            self._known[number] = self._single(number).known() if number in self._rows else None
        return self._known[number]

    def _single(self, number: int) -> SingleRow:
        return SingleRow(self._rows.row(number), number, self._surroundings)

    def _quick(self, number: int) -> QuickRow | None:
        """The same where the row can be read without parsing it."""
        if number not in self._quick_rows:
            prefixed = bool(self._rows.prefix)
            there = number in self._rows and not prefixed
            self._quick_rows[number] = QuickRow.of(self._rows.row(number), number) if there else None
        return self._quick_rows[number]

    def _cell(self, place: Place) -> Cell | None:
        if quick := self._quick(place[0]):
            return quick.cell(place[1])
        row = self.row(place[0])
        return row.cells.get(place[1]) if row else None

    # --- the parts ------------------------------------------------------------------------------------------

    @property
    def filter_following(self) -> Following | None:
        """How the name that says where the filter lies has to follow; None where it need not."""
        region = self._filter
        if region is None or not region.has_grown:
            return None
        # Its headings count as rows of it: of a filter without data they are the last one.
        return Following(region.heading_row - 1, frozenset([region.end]), region.new_end)

    @property
    def filter_place(self) -> str:
        """Where the filter lies that took columns in; "" where none did."""
        region = self._filter
        if region is None or self._narrow_filter is None:
            return ""
        return spelled((region.first, region.heading_row, region.last, region.new_end))

    def tables(self) -> dict[str, bytes]:
        """The parts of the tables, on the rows and columns that they have now."""

        def filled(table: TableXml) -> bool:
            region = table.region
            return any(
                region.heading_row < row <= region.new_end and region.covers(column) for row, column in self.cells
            )

        return {name: table.result(filled=filled(table)) for name, table in self._tables.items()}

    def result(self, styles: Styles) -> bytes:
        """The part of the sheet with the values in it; looks are added to *styles*."""
        if not self.cells:
            return self.data
        by_row: dict[int, dict[int, object]] = {}
        for (row, column), value in sorted(self.cells.items()):
            by_row.setdefault(row, {})[column] = value
        for row, column in sorted(self._blanks):
            if row in by_row and row not in self._rows:
                by_row[row].setdefault(column, None)
        looks = Looks(self, [row for row in by_row if row not in self._rows])
        texts = _SpelledCells(CellWriter(self._rows.prefix.decode(), self._date1904), styles)
        rows = {row: self._written(row, cells, looks, texts) for row, cells in by_row.items()}
        xml = self._skeleton()
        root = xml.root
        regions = [region for region in (*self._regions, *self._lists) if region.has_grown]
        grow_rules(xml, root, regions)
        region = self._filter
        if region and (region.has_grown or self.filter_place) and (buttons := root.child("autoFilter")):
            place = region.first, region.heading_row, region.last, region.new_end
            xml.set_attribute(buttons, "ref", spelled(place))
            if self._narrow_filter is not None:
                for order in (root.child("sortState"), buttons.child("sortState")):
                    widen_order(xml, order, self._narrow_filter, region.last)
        self._set_widths(xml, root)
        if used := root.child("dimension"):
            before = used.attributes.get("ref", "")
            after = _widened(before, by_row)
            if after != before:
                xml.set_attribute(used, "ref", after)
        inside = root.child("sheetData")
        assert inside, "it was there when the sheet was opened"
        xml.append(inside, _GAP)
        head, _, tail = xml.result().partition(_GAP)
        return b"".join((head, *self._rows.with_rows(rows), tail))

    def _set_widths(self, xml: XmlPart, root: Element) -> None:
        """New columns get a width where the sheet says nothing about them."""
        there = root.child("cols")
        said = [(first, last) for first, last, _ in _columns(there)]
        texts = {
            place: f'<{root.prefix}col min="{place + 1}" max="{place + 1}" width="{new.width}" customWidth="1"/>'
            for place, new in sorted(self._new_columns.items())
            if not any(first <= place <= last for first, last in said)
        }
        if there is None:
            if texts and (inside := root.child("sheetData")):
                p = root.prefix
                xml.insert_before(inside, f"<{p}cols>{''.join(texts.values())}</{p}cols>".encode())
            return
        behind: list[str] = []
        for place, text in texts.items():
            right = next((one for one, (first, _) in zip(there.children, said, strict=True) if first > place), None)
            if right:
                xml.insert_before(right, text.encode())
            else:
                behind.append(text)
        if behind:
            xml.append(there, "".join(behind).encode())

    def _written(self, number: int, cells: Mapping[int, object], looks: Looks, spelled_cells: _SpelledCells) -> bytes:
        """A row with these cells: the one that is there, edited, or a new one."""
        quick = self._quick(number)
        there = self._single(number) if number in self._rows and not quick else None
        texts = {
            column: spelled_cells.text(value, number, column, self._look(looks, number, column))
            for column, value in sorted(cells.items())
        }
        if quick:
            return quick.result(texts)
        if there:
            return there.result(texts)
        prefix = self._rows.prefix.decode()
        return f'<{prefix}row r="{number}">{"".join(texts.values())}</{prefix}row>'.encode()

    def _look(self, looks: Looks, row: int, column: int) -> int:
        """The style that a cell has or would have, whatever it is to hold."""
        if there := self._cell((row, column)):
            return there.style
        new = self._new_columns.get(column)
        if new is None:
            return looks.base(row, column)
        return looks.base(row, new.like) if row == new.heading_row else self.style_of_column(column)

    def style_of_column(self, column: int) -> int:
        """The style that a column gives to its new cells."""
        return next((style for first, last, style in self._columns if first <= column <= last), 0)

    def is_data(self, row: int, column: int) -> bool:
        """Whether a cell lies below the headings of its column."""
        for region in self._regions:
            if region.covers(column) and region.heading_row <= row <= region.new_end:
                return row > region.heading_row
        return row > self._heading_row


def _totals_in_the_way(table: TableXml) -> str:
    return (
        f"cannot be written to, for table {table.name} ends with a totals row; "
        "switch it off (Table Design, Total Row), try again and switch it on."
    )


def _within(place: Place, places: Sequence[Corners]) -> Corners | None:
    """The first of the places in which a cell lies."""
    row, column = place
    return next((p for p in places if p[0] <= column <= p[2] and p[1] <= row <= p[3]), None)


def _places(element: Element | None) -> Iterator[Corners | None]:
    return (corners(child.attributes.get("ref", "")) for child in (element.children if element else ()))


def _column_styles(columns: Element | None) -> list[tuple[int, int, int]]:
    """First and last column, from 0, and the style that their cells get."""
    return [(first, last, int(style)) for first, last, style in _columns(columns) if style.isdigit()]


def _columns(columns: Element | None) -> list[tuple[int, int, str]]:
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
        raise BookRefused(f"{book} cannot be kept whole: {part} is not a pivot table as Excel saves it.")
    first, top, last, bottom = there
    pages, beside = (place.whole(name) for name in ("rowPageCount", "colPageCount"))
    if pages:
        top = max(1, top - pages - 1)
        last = max(last, first + 3 * beside - 2)
    return first, top, last, bottom


def _widened(used: str, cells: Mapping[int, Mapping[int, object]]) -> str:
    """The used place of a sheet with these cells; as it is spelled where they lie in it."""
    there = corners(used)
    if there is None:
        return used
    columns = [column for row in cells.values() for column in row]
    first, top = min(there[0], *columns), min(there[1], *cells)
    last, bottom = max(there[2], *columns), max(there[3], *cells)
    widened = first, top, last, bottom
    return used if widened == there else spelled(widened)


def put_into_rows(rows: Rows, top: int, left: int, block: Rows) -> list[tuple[object, ...]]:
    """The rows of a sheet with a block of values in them (first cell from 1); KEEP leaves what is there."""
    made = [list(row) for row in rows]
    made += [[] for _ in range(top - 1 + len(block) - len(made))]
    for row, values in zip(made[top - 1 : top - 1 + len(block)], block, strict=True):
        end = left - 1 + len(values)
        row += [None] * (end - len(row))
        row[left - 1 : end] = [
            before if value is KEEP else value for before, value in zip(row[left - 1 : end], values, strict=True)
        ]
    return [tuple(row) for row in made]


def check_block(sheet: str, top: int, left: int, rows: Rows) -> None:
    """Raises `WrongRequest` for a block that does not lie on a sheet whole."""
    width = max((len(row) for row in rows), default=0)
    if top < 1 or left < 1 or top + len(rows) - 1 > MOST_ROWS or left + width - 1 > MOST_COLUMNS:
        raise WrongRequest(f"{len(rows):,} rows from row {top}, column {left} do not fit on {sheet}.")
