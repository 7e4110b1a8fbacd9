"""Excel's tables, which LibreOffice keeps as database ranges."""

from __future__ import annotations

from collections.abc import Iterator
from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xl_retention.books.libreoffice.ranges import Range
from xl_retention.books.libreoffice.structs import Area
from xl_retention.books.libreoffice.unsupported import NotInLibreOffice, named_refusals

if TYPE_CHECKING:
    from xl_retention.books.libreoffice.sheets import Sheet


@named_refusals
class Table(base_classes.Table):
    """
    One table.

    Args:
        sheet: Where it lies.
        xl: The UNO database range.
    """

    def __init__(self, sheet: Sheet, xl: Any) -> None:
        self._sheet = sheet
        self.xl = xl

    @property
    def parent(self) -> Sheet:
        """Its sheet."""
        return self._sheet

    @property
    def api(self) -> Any:
        """The UNO database range."""
        return self.xl

    @property
    def name(self) -> str:
        """Such as `Customers`."""
        name: str = self.xl.Name
        return name

    @name.setter
    def name(self, value: str) -> None:
        self.xl.setName(value)

    @property
    def display_name(self) -> str:
        """As `name`."""
        return self.name

    @display_name.setter
    def display_name(self, value: str) -> None:
        self.name = value

    @property
    def _area(self) -> Area:
        return Area.of(self.xl.DataArea)

    @property
    def range(self) -> Range:
        """All of it, with headings and totals."""
        return Range(self.parent, self._area)

    @property
    def header_row_range(self) -> Range | None:
        """Its headings."""
        area = self._area
        return Range(self.parent, Area(area.top, area.left, area.top, area.right)) if self.show_headers else None

    @property
    def data_body_range(self) -> Range | None:
        """Its rows, None if there are none."""
        area = self._area
        top, bottom = area.top + self.show_headers, area.bottom - self.show_totals
        return Range(self.parent, Area(top, area.left, bottom, area.right)) if top <= bottom else None

    @property
    def totals_row_range(self) -> Range | None:
        """Its totals."""
        area = self._area
        return Range(self.parent, Area(area.bottom, area.left, area.bottom, area.right)) if self.show_totals else None

    @property
    def insert_row_range(self) -> None:
        """Excel's blank row of an empty table; there is none here."""
        return

    @property
    def show_headers(self) -> bool:
        """Whether it has headings."""
        return bool(self.xl.ContainsHeader)

    @show_headers.setter
    def show_headers(self, value: bool) -> None:
        self.xl.ContainsHeader = bool(value)

    @property
    def show_totals(self) -> bool:
        """Whether it has a row of totals."""
        return bool(self.xl.TotalsRow)

    @show_totals.setter
    def show_totals(self, value: bool) -> None:
        self.xl.TotalsRow = bool(value)

    @property
    def show_autofilter(self) -> bool:
        """Whether its headings have arrows to filter by."""
        return bool(self.xl.AutoFilter)

    @show_autofilter.setter
    def show_autofilter(self, value: bool) -> None:
        self.xl.AutoFilter = bool(value)

    def resize(self, range: Any) -> None:
        """Make it cover other cells of its sheet; their values stay."""
        self.xl.setDataArea(range.impl.api.RangeAddress)


@named_refusals
class Tables(base_classes.Tables):
    """
    The tables of a sheet, in the order of their names.

    Args:
        sheet: The sheet.
    """

    def __init__(self, sheet: Sheet) -> None:
        self.parent = sheet

    @property
    def api(self) -> Any:
        """The UNO database ranges of the whole workbook."""
        return self.parent.book.xl.DatabaseRanges

    def __iter__(self) -> Iterator[Table]:
        ranges, sheet = self.api, self.parent.index - 1
        for name in ranges.ElementNames:
            one = ranges.getByName(name)
            if one.DataArea.Sheet == sheet:
                yield Table(self.parent, one)

    def __len__(self) -> int:
        return sum(1 for _ in self)

    def __contains__(self, key: object) -> bool:
        return any(table.name == key for table in self)

    def __call__(self, name_or_index: str | int) -> Table:
        """By name or by number from 1."""
        for number, table in enumerate(self, 1):
            if name_or_index in (number, table.name):
                return table
        raise KeyError(name_or_index)

    def add(
        self,
        source_type: Any = None,
        source: Any = None,
        link_source: Any = None,
        has_headers: bool | None = None,
        destination: Any = None,
        table_style_name: str | None = None,
        name: str | None = None,
    ) -> Table:
        """A table over cells. LibreOffice 7 has no table styles: *table_style_name* does nothing."""
        if has_headers is False:
            raise NotInLibreOffice("Tables.add without headings")
        taken = self.api.ElementNames
        free = name or next(text for text in (f"Table{n}" for n in range(1, len(taken) + 2)) if text not in taken)
        self.api.addNewByName(free, source.impl.api.RangeAddress)
        made = Table(self.parent, self.api.getByName(free))
        made.show_headers = True
        made.show_autofilter = True
        return made
