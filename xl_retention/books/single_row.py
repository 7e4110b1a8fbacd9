"""One row of a sheet, parsed by itself: what its cells hold, and the row with other cells."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from xl_retention.books.cell_xml import letters
from xl_retention.books.following import corners
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.xml_edits import MAIN, Element, XmlPart, escaped

_YES = ("1", "true", "on")


@dataclass(frozen=True)
class Cell:
    """A cell that is there."""

    style: int
    is_formula: bool
    is_filled: bool


@dataclass(frozen=True)
class KnownRow:
    """What a row says.

    Args:
        cells: By column, from 0.
        style: What it gives to its new cells; None where that is not said.
    """

    cells: Mapping[int, Cell]
    style: int | None


@dataclass(frozen=True)
class Surroundings:
    """Where rows stand, so that one can be parsed by itself.

    Args:
        tag: Name of the element around them, with its prefix.
        namespaces: What prefixes stand for there.
        sheet: Name of the sheet, for messages.
        part: Name of its part, for messages.
        book: File name, for messages.
    """

    tag: str
    namespaces: Mapping[str, str]
    sheet: str
    part: str
    book: str

    def around(self, row: bytes) -> XmlPart:
        """A part that holds nothing but this row."""
        declared = "".join(
            f' xmlns{":" * bool(prefix)}{prefix}="{escaped(uri, quote=True)}"'
            for prefix, uri in self.namespaces.items()
            if prefix != "xml"
        )
        data = f"<{self.tag}{declared}>".encode() + row + f"</{self.tag}>".encode()
        return XmlPart(data, part=self.part, book=self.book)


class SingleRow:
    """A row that can be read and edited.

    Args:
        row: Its bytes.
        number: Its number, from 1.
        there: Where it stands.

    Raises:
        BookRefused: Its cells cannot be told apart.
    """

    def __init__(self, row: bytes, number: int, there: Surroundings) -> None:
        self._xml = there.around(row)
        self._number = number
        self._element = self._xml.root.children[0]
        self._elements: dict[int, Element] = {}
        wrong = not_kept_whole(there.book, f"row {number} of {there.sheet} names its cells wrongly")
        if (self._element.name, self._element.namespace) != ("row", MAIN):
            raise wrong
        column = -1
        for child in self._element.all("c"):
            address = child.attributes.get("r")
            place = corners(address) if address else (column + 1, number)
            if place is None or place[1] != number or place[0] in self._elements:
                raise wrong
            column = place[0]
            self._elements[column] = child

    @property
    def prefix(self) -> str:
        """Of its elements, with its colon."""
        return self._element.prefix

    def known(self) -> KnownRow:
        """What it says."""
        attributes = self._element.attributes
        own = attributes.get("s", "") if attributes.get("customFormat", "0") in _YES else ""
        return KnownRow(
            {column: self._cell(element) for column, element in self._elements.items()},
            int(own) if own.isdigit() else None,
        )

    def _cell(self, element: Element) -> Cell:
        style = element.attributes.get("s", "")
        return Cell(
            int(style) if style.isdigit() else 0,
            element.child("f") is not None,
            any(self._has_content(child) for child in element.children if child.name in ("v", "is")),
        )

    def _has_content(self, value: Element) -> bool:
        if value.children:
            return any(map(self._has_content, value.children))
        inside = self._xml.data[value.inside : value.inside_end]
        return value.name in ("v", "t") and bool(inside.strip())

    def result(self, cells: Mapping[int, str]) -> bytes:
        """The row with other cells; those that are there already give their places up.

        Args:
            cells: XML by column; "" for a blank cell without a look.
        """
        xml = self._xml
        behind: list[bytes] = []
        for column, text in sorted(cells.items()):
            if there := self._elements.get(column):
                # A blank one stays, for the cell after it may count on its place.
                kept = text or f'<{self.prefix}c r="{letters(column)}{self._number}"/>'
                xml.replace(there, kept.encode())
                continue
            right = next((element for place, element in self._elements.items() if place > column), None)
            if right:
                xml.insert_before(right, text.encode())
            else:
                behind.append(text.encode())
        self._append(b"".join(behind))
        self._widen_spans(cells)
        end_tag = len(xml.data) - xml.root.inside_end
        return xml.result()[xml.root.inside : -end_tag]

    def _append(self, text: bytes) -> None:
        if self._elements:
            self._xml.insert_after(list(self._elements.values())[-1], text)
        elif self._element.children:
            self._xml.insert_before(self._element.children[0], text)
        elif text:
            self._xml.append(self._element, text)

    def _widen_spans(self, columns: Iterable[int]) -> None:
        """The columns that a row says it uses are a hint for readers, but one that they believe."""
        ends = [end for span in self._element.attributes.get("spans", "").split() for end in span.split(":")]
        if not ends or not all(end.isdigit() for end in ends):
            return
        numbers = list(map(int, ends))
        used = [*numbers, *(column + 1 for column in columns)]
        if (min(used), max(used)) != (min(numbers), max(numbers)):
            self._xml.set_attribute(self._element, "spans", f"{min(used)}:{max(used)}")
