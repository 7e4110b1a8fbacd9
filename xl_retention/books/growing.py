"""Tables, filters, drop-downs and colours that take in the rows added right below them, as when a clerk types there."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from xl_retention.books.cell_xml import letters
from xl_retention.books.following import corners
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.spelling import unescaped
from xl_retention.books.xml_edits import Element, XmlPart, escaped

Corners = tuple[int, int, int, int]
"""First column and row, last column and row; columns from 0, rows from 1."""

_YES = ("1", "true", "on")


@dataclass
class Region:
    """Rows that belong together and may get more at their end.

    Args:
        name: For messages.
        first: First column, from 0.
        last: Last column.
        heading_row: From 1; the rows below it are data.
        end: Its last data row, before anything is added.
    """

    name: str
    first: int
    last: int
    heading_row: int
    end: int
    new_end: int = field(init=False)

    def __post_init__(self) -> None:
        self.new_end = self.end

    @property
    def has_grown(self) -> bool:
        """Whether it ends lower now."""
        return self.new_end > self.end

    def covers(self, column: int) -> bool:
        """Whether a column is one of its."""
        return self.first <= column <= self.last

    def grow_to(self, row: int) -> None:
        """Takes in the rows down to this one."""
        self.new_end = max(self.new_end, row)

    def grown(self, place: Corners) -> Corners | None:
        """A place that reached to the end of this region, reaching to its new end; None for any other.

        A lone row follows only right below the headings: further down it is meant by itself.
        """
        first, top, last, bottom = place
        reaches = self.heading_row < bottom and self.end <= bottom < self.new_end
        alone = top >= self.end and bottom > self.heading_row + 1
        if not reaches or alone or last < self.first or first > self.last:
            return None
        return first, top, last, self.new_end


def spelled(place: Corners) -> str:
    """A place as it stands in a file, such as `A2:Q43`."""
    first, top, last, bottom = place
    return f"{letters(first)}{top}:{letters(last)}{bottom}"


class TableXml:
    """A table (ListObject) on the sheet.

    Raises:
        BookRefused: It is not a table as Excel saves it.
    """

    def __init__(self, data: bytes, *, part: str, book: str) -> None:
        self.data, self._part, self._book = data, part, book
        root = XmlPart(data, part=part, book=book).root
        place = corners(root.attributes.get("ref", ""))
        if root.name != "table" or place is None:
            raise not_kept_whole(book, f"{part} is not a table as Excel saves it")
        self.first, self.top, self.last, self.bottom = place
        self.name = root.attributes.get("displayName") or root.attributes.get("name", "")
        self.has_headings = root.attributes.get("headerRowCount", "1") != "0"
        self.totals = root.whole("totalsRowCount")
        columns = root.child("tableColumns")
        self.headings = [
            unescaped(column.attributes.get("name", "")) for column in (columns.children if columns else ())
        ]
        self._kind = root.attributes.get("tableType", "worksheet")
        self._added: list[str] = []
        heading_row = self.top if self.has_headings else self.top - 1
        self.region = Region(f"table {self.name}", self.first, self.last, heading_row, self.bottom - self.totals)

    def heading(self, row: int, column: int) -> str | None:
        """The heading in a cell, None where there is none of this table."""
        place = column - self.first
        if not (self.has_headings and row == self.top and 0 <= place < len(self.headings)):
            return None
        return self.headings[place]

    def is_total(self, row: int, column: int) -> bool:
        """Whether a cell lies in its totals row."""
        return bool(self.region.end < row <= self.bottom) and self.region.covers(column)

    @property
    def takes_columns(self) -> bool:
        """Whether columns may be added; a table that a query or an XML map fills says itself which it has."""
        return self._kind == "worksheet"

    def widen(self, headings: Sequence[str]) -> None:
        """Takes in the columns right of it."""
        self._added += headings
        self.headings += headings
        self.last += len(headings)
        self.region.last = self.last

    def result(self, *, filled: bool) -> bytes:
        """The part, on the rows and columns that it has now.

        Args:
            filled: Whether a data cell got a value: the empty row of a new table is one like others then.
        """
        xml = XmlPart(self.data, part=self._part, book=self._book)
        root = xml.root
        if self.region.has_grown or self._added:
            bottom = self.region.new_end if self.region.has_grown else self.bottom
            xml.set_attribute(root, "ref", spelled((self.first, self.top, self.last, bottom)))
            if buttons := root.child("autoFilter"):
                filtered = spelled((self.first, self.top, self.last, self.region.new_end))
                xml.set_attribute(buttons, "ref", filtered)
            for order in (root.child("sortState"), buttons and buttons.child("sortState")):
                widen_order(xml, order, self.last - len(self._added), self.last)
        if self._added and (columns := root.child("tableColumns")):
            self._add_columns(xml, columns)
        if filled and root.attributes.get("insertRow", "0") in _YES:
            xml.set_attribute(root, "insertRow", None)
        return xml.result()

    def _add_columns(self, xml: XmlPart, columns: Element) -> None:
        number = max((column.whole("id") for column in columns.children), default=0)
        texts = (
            f'<{columns.prefix}tableColumn id="{number + place}" name="{escaped(heading, quote=True)}"/>'
            for place, heading in enumerate(self._added, 1)
        )
        xml.append(columns, "".join(texts).encode())
        xml.set_attribute(columns, "count", str(len(columns.children) + len(self._added)))


def widen_order(xml: XmlPart, order: Element | None, before: int, now: int) -> None:
    """Rows that were sorted as far as column *before* are sorted as far as column *now*, when it is done again."""
    place = corners(order.attributes.get("ref", "")) if order else None
    if order and place and place[2] == before and "columnSort" not in order.attributes:
        xml.set_attribute(order, "ref", spelled((place[0], place[1], now, place[3])))


def grow_rules(xml: XmlPart, root: Element, regions: Sequence[Region]) -> None:
    """Colours, drop-downs and the like that reached to the end of a region reach to its new end."""
    for element in root.children:
        if element.name == "conditionalFormatting":
            _grow_attribute(xml, element, regions)
        elif element.name in ("protectedRanges", "ignoredErrors"):
            for child in element.children:
                _grow_attribute(xml, child, regions)
        elif element.name == "dataValidations":
            taken = _all_corners(child.attributes.get("sqref", "") for child in element.children)
            for child in element.children:
                _grow_attribute(xml, child, regions, taken)
        elif element.name == "extLst":
            for extension in element.children:
                _grow_extension(xml, extension, regions)


def _grow_extension(xml: XmlPart, extension: Element, regions: Sequence[Region]) -> None:
    """The same where Excel keeps newer rules and drop-downs that look at another sheet."""
    for rules in extension.children:
        if rules.name not in ("conditionalFormattings", "dataValidations"):
            continue
        places = [c for rule in rules.children for c in rule.children if c.name == "sqref" and not c.closes_itself]
        exclusive = rules.name == "dataValidations"
        taken = _all_corners(xml.content(place) for place in places) if exclusive else ()
        for place in places:
            before = xml.content(place)
            if (after := _moved(before, regions, taken)) != before:
                xml.set_content(place, after)


def _grow_attribute(xml: XmlPart, element: Element, regions: Sequence[Region], taken: Sequence[Corners] = ()) -> None:
    before = element.attributes.get("sqref", "")
    if (after := _moved(before, regions, taken)) != before:
        xml.set_attribute(element, "sqref", after)


def _moved(places: str, regions: Sequence[Region], taken: Sequence[Corners]) -> str:
    """Places such as `A2:Q43 S2:S43`, each grown with the first region at whose end it ends."""

    def one(place: str) -> str:
        there = corners(place)
        grown = next((new for region in regions if there and (new := region.grown(there))), None)
        if there is None or grown is None or _meets(grown, there, taken):
            return place
        return spelled(grown)

    after = [one(place) for place in places.split()]
    return " ".join(after) if after != places.split() else places


def _meets(grown: Corners, before: Corners, taken: Sequence[Corners]) -> bool:
    """Whether the added cells have a drop-down already; two in one cell are not allowed."""
    return any(
        first <= grown[2] and last >= grown[0] and top <= grown[3] and bottom > before[3]
        for first, top, last, bottom in taken
    )


def _all_corners(places: Iterable[str]) -> list[Corners]:
    found = (corners(place) for text in places for place in text.split())
    return [there for there in found if there]
