"""XML of a sheet of the staff's with values in its cells: the cells, the widths of new columns, the used place."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from functools import partial

from xl_retention.books.cell_xml import CellWriter, letters
from xl_retention.books.following import corners
from xl_retention.books.growing import spelled
from xl_retention.books.staff_sheet import columns_said
from xl_retention.books.styles import Styles
from xl_retention.books.xml_edits import Element, XmlPart

_ANY_ROW, _ROW = 1, "\1"


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


class SpelledCells:
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
            ).replace(f'{letters(column)}{_ANY_ROW}"', f'{letters(column)}{_ROW}"', 1)
        return self._known[key].replace(_ROW, str(row), 1)


def set_widths(xml: XmlPart, root: Element, new_columns: Mapping[int, NewColumn]) -> None:
    """New columns get a width where the sheet says nothing about them."""
    there = root.child("cols")
    said = [(first, last) for first, last, _ in columns_said(there)]
    texts = {
        place: f'<{root.prefix}col min="{place + 1}" max="{place + 1}" width="{new.width}" customWidth="1"/>'
        for place, new in sorted(new_columns.items())
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


def widened(used: str, cells: Mapping[int, Mapping[int, object]]) -> str:
    """The used place of a sheet with these cells; as it is spelled where they lie in it."""
    there = corners(used)
    if there is None:
        return used
    columns = [column for row in cells.values() for column in row]
    first, top = min(there[0], *columns), min(there[1], *cells)
    last, bottom = max(there[2], *columns), max(there[3], *cells)
    now = first, top, last, bottom
    return used if now == there else spelled(now)
