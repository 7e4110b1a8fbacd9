"""Values put into single cells of a sheet that is not ours; all other bytes of the sheet stay."""

from __future__ import annotations

from collections.abc import Mapping

from xl_retention.books.book import KEEP
from xl_retention.books.cell_xml import CellWriter, Rows, plain
from xl_retention.books.following import Following
from xl_retention.books.grid import Grid
from xl_retention.books.growing import Region, TableXml, grow_rules, spelled, widen_order
from xl_retention.books.limits import MOST_COLUMNS, MOST_ROWS
from xl_retention.books.own_columns import Columns, block, changed_cells, planned, width
from xl_retention.books.put_looks import Looks
from xl_retention.books.put_xml import NewColumn, SpelledCells, set_widths, widened
from xl_retention.books.staff_sheet import Place, StaffSheet
from xl_retention.books.styles import Styles
from xl_retention.errors import BookRefused

_GAP = b"\0"
"""Stands for the rows while the rest of the sheet is edited; no XML holds this sign."""


class PutCells:
    """
    A sheet and the values put into it so far.

    Args:
        there: The sheet as it was.
        date1904: Whether days count from 1904.

    Attributes:
        cells: What was put where; None is a blank.
    """

    def __init__(self, there: StaffSheet, *, date1904: bool) -> None:
        self.cells: dict[Place, object] = {}
        self._there, self._date1904 = there, date1904
        self._blanks: set[Place] = set()
        self._lists: list[Region] = []
        """Rows without table or filter to which some were added."""
        self._new_columns: dict[int, NewColumn] = {}
        self._narrow_filter: int | None = None
        """Where the filter ended before it took columns in."""

    @property
    def sheet(self) -> str:
        """Name of the sheet."""
        return self._there.name

    @property
    def data(self) -> bytes:
        """The part of the sheet as it was."""
        return self._there.rows.data

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
            if (value is not None or self._holds(place)) and not self._there.is_heading(place, value)
        }
        for place in changed:
            self._there.refuse_unwritable(place)
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
        there = self._there
        table = next((each for each in there.tables.values() if self._heads(each.region, heading_row, beside)), None)
        filtered = there.filter if there.filter and self._heads(there.filter, heading_row, beside) else None
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
                f"Table {table.name} of {self._there.book} is filled by a query, so no columns are added to it; "
                "keep the list in a table of its own and try again."
            )
        bottom = region.new_end if region else MOST_ROWS
        others = [(t.first, t.top, t.last, t.bottom) for t in self._there.tables.values() if t is not table]
        for first, top, right, end in (*self._there.merged, *self._there.pivots, *others):
            if first <= last and right > like and top <= bottom and end >= heading_row:
                raise self._there.no_room((max(top, heading_row), max(first, like + 1)), "a new column of the list")

    def _holds(self, place: Place) -> bool:
        if place in self.cells:
            return self.cells[place] is not None
        return self._there.is_filled(place)

    def _grown_by(self, filled: Mapping[Place, object]) -> list[tuple[Region, int]]:
        """Which regions take rows in, and down to which one.

        Raises:
            BookRefused: Something stands where a new row would go.
        """
        found: list[tuple[Region, int]] = []
        for region in self._there.regions:
            rows = {row for row, column in filled if row > region.end and region.covers(column)}
            if not rows:
                continue
            first = region.end + 1 if any(row <= region.end for row, _ in filled) else min(rows)
            wanted = range(first, max(rows) + 1)
            self._there.refuse_below_totals(region, first)
            there = next((cell for row in wanted if (cell := self._there.filled_in(row, region))), None)
            is_known = there and there[0] == first  # below the region, and only gets other values
            if is_known or first > region.new_end + 1:
                continue
            if there:
                raise self._there.no_room(there, f"a new row of {region.name}")
            if region is not self._there.filter:
                self._there.refuse_merged(region, wanted)
            found.append((region, wanted[-1]))
        if not found and filled:
            found = self._list_grown_by(filled)
        return found

    def _list_grown_by(self, filled: Mapping[Place, object]) -> list[tuple[Region, int]]:
        """The same for rows that are neither in a table nor under a filter."""
        rows = {row for row, _ in filled}
        first, last = min(rows), max(rows)
        everything = Region("the list", 0, MOST_COLUMNS - 1, self._there.heading_row, first - 1)
        if self._there.filled_in(first, everything):
            return []
        for place in sorted(filled):
            cell = self._there.cell(place)
            if cell and cell.is_filled:
                raise self._there.no_room(place, "a new row")
        region = next((r for r in self._lists if r.end < first <= r.new_end + 1), None)
        if region is None:
            if first == 1 or not self._there.filled_in(first - 1, everything):
                return []
            region = everything
            self._lists.append(region)
        return [(region, last)]

    # --- the parts ------------------------------------------------------------------------------------------

    @property
    def filter_following(self) -> Following | None:
        """How the name that says where the filter lies has to follow; None where it need not."""
        region = self._there.filter
        if region is None or not region.has_grown:
            return None
        # Its headings count as rows of it: of a filter without data they are the last one.
        return Following(region.heading_row - 1, frozenset([region.end]), region.new_end)

    @property
    def filter_place(self) -> str:
        """Where the filter lies that took columns in; "" where none did."""
        region = self._there.filter
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

        return {name: table.result(filled=filled(table)) for name, table in self._there.tables.items()}

    def result(self, styles: Styles) -> bytes:
        """The part of the sheet with the values in it; looks are added to *styles*."""
        if not self.cells:
            return self.data
        by_row: dict[int, dict[int, object]] = {}
        for (row, column), value in sorted(self.cells.items()):
            by_row.setdefault(row, {})[column] = value
        for row, column in sorted(self._blanks):
            if row in by_row and row not in self._there.rows:
                by_row[row].setdefault(column, None)
        looks = Looks(self._there, [row for row in by_row if row not in self._there.rows])
        texts = SpelledCells(CellWriter(self._there.rows.prefix.decode(), self._date1904), styles)
        rows = {row: self._written(row, cells, looks, texts) for row, cells in by_row.items()}
        xml = self._there.skeleton()
        root = xml.root
        regions = [region for region in (*self._there.regions, *self._lists) if region.has_grown]
        grow_rules(xml, root, regions)
        region = self._there.filter
        if region and (region.has_grown or self.filter_place) and (buttons := root.child("autoFilter")):
            place = region.first, region.heading_row, region.last, region.new_end
            xml.set_attribute(buttons, "ref", spelled(place))
            if self._narrow_filter is not None:
                for order in (root.child("sortState"), buttons.child("sortState")):
                    widen_order(xml, order, self._narrow_filter, region.last)
        set_widths(xml, root, self._new_columns)
        if used := root.child("dimension"):
            before = used.attributes.get("ref", "")
            after = widened(before, by_row)
            if after != before:
                xml.set_attribute(used, "ref", after)
        inside = root.child("sheetData")
        assert inside, "it was there when the sheet was opened"
        xml.append(inside, _GAP)
        head, _, tail = xml.result().partition(_GAP)
        return b"".join((head, *self._there.rows.with_rows(rows), tail))

    def _written(self, number: int, cells: Mapping[int, object], looks: Looks, spelled_cells: SpelledCells) -> bytes:
        """A row with these cells: the one that is there, edited, or a new one."""
        quick = self._there.quick(number)
        there = self._there.single(number) if number in self._there.rows and not quick else None
        texts = {
            column: spelled_cells.text(value, number, column, self._look(looks, number, column))
            for column, value in sorted(cells.items())
        }
        if quick:
            return quick.result(texts)
        if there:
            return there.result(texts)
        prefix = self._there.rows.prefix.decode()
        return f'<{prefix}row r="{number}">{"".join(texts.values())}</{prefix}row>'.encode()

    def _look(self, looks: Looks, row: int, column: int) -> int:
        """The style that a cell has or would have, whatever it is to hold."""
        if there := self._there.cell((row, column)):
            return there.style
        new = self._new_columns.get(column)
        if new is None:
            return looks.base(row, column)
        return looks.base(row, new.like) if row == new.heading_row else self._there.style_of_column(column)
