"""Defined names of a workbook or of one sheet."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from xlwings import base_classes

from xl_retention.books.libreoffice import notation
from xl_retention.books.libreoffice.ranges import Range
from xl_retention.books.libreoffice.structs import Area, cell_address
from xl_retention.books.libreoffice.unsupported import NotInLibreOffice, named_refusals

if TYPE_CHECKING:
    from xl_retention.books.libreoffice.books import Book


@named_refusals
class Name(base_classes.Name):
    """
    One name.

    Args:
        names: The collection that it is of.
        text: The name itself.
    """

    def __init__(self, names: Names, text: str) -> None:
        self._names = names
        self._text = text

    @property
    def api(self) -> Any:
        """The UNO named range."""
        return self._names.xl.getByName(self._text)

    @property
    def name(self) -> str:
        """Such as `Outcomes`."""
        return self._text

    @name.setter
    def name(self, value: str) -> None:
        self.api.setName(value)
        self._text = value

    def delete(self) -> None:
        """The name goes, the cells stay."""
        self._names.xl.removeByName(self._text)

    @property
    def refers_to(self) -> str:
        """Such as `=Lists!$A$1:$A$5`."""
        return "=" + notation.to_excel(self.api.Content)

    @refers_to.setter
    def refers_to(self, value: str) -> None:
        self.api.setContent(notation.to_calc(value.removeprefix("=")))

    @property
    def refers_to_range(self) -> Range:
        """The cells."""
        cells = self.refers_to_range_or_none
        if cells is None:
            raise NotInLibreOffice(f"the range of the name {self._text}, which is {self.refers_to}")
        return cells

    @property
    def refers_to_range_or_none(self) -> Range | None:
        """The cells, None for the name of a constant or of a formula."""
        cells = self.api.getReferredCells()
        if cells is None:
            return None
        address = cells.RangeAddress
        return Range(self._names.book.sheets(address.Sheet + 1), Area.of(address))


@named_refusals
class Names(base_classes.Names):
    """
    All names of a workbook, or of a sheet.

    Args:
        book: The workbook.
        xl: The UNO named ranges.
    """

    def __init__(self, book: Book, xl: Any) -> None:
        self.book = book
        self.xl = xl

    @property
    def api(self) -> Any:
        """The UNO named ranges."""
        return self.xl

    def snapshot(self) -> list[tuple[str, Name]]:
        """Each name with its object."""
        return [(name, Name(self, name)) for name in self.xl.ElementNames]

    def __call__(self, name_or_index: str | int) -> Name:
        """By the name, in any case, or by its number from 1."""
        if isinstance(name_or_index, int):
            return self.snapshot()[name_or_index - 1][1]
        for name, one in self.snapshot():
            if name.casefold() == name_or_index.casefold():
                return one
        raise KeyError(name_or_index)

    def contains(self, name_or_index: str | int) -> bool:
        """Whether there is one of that name, in any case."""
        return str(name_or_index).casefold() in (name.casefold() for name, _ in self.snapshot())

    def __len__(self) -> int:
        return int(self.xl.Count)

    def add(self, name: str, refers_to: str) -> Name:
        """Define a name, for example `Outcomes` for `=Lists!$A$1:$A$5`."""
        self.xl.addNewByName(name, notation.to_calc(refers_to.removeprefix("=")), cell_address(0, 0, 0), 0)
        return Name(self, name)
