"""Rows spelled as office programs spell them, read and edited as bytes: a column of ours touches every row.

To parse a row takes a hundred times as long as to find its cells by their addresses. A row that is spelled in any
other way is left to `single_row`; both give the same bytes.
"""

from __future__ import annotations

import re
from collections.abc import Mapping

from xl_retention.books.cell_xml import column_number, letters
from xl_retention.books.single_row import Cell

_CELL = re.compile(rb'<c r="([A-Z]{1,3})([0-9]{1,7})"[^>]*>')
_ANY_CELL = re.compile(rb"<c[\s/>]")
_STYLE = re.compile(rb'\ss="([0-9]+)"')
_SPANS = re.compile(rb'\sspans="([0-9]+):([0-9]+)"')
_FORMULA = re.compile(rb"<f[\s/>]")
_CONTENT = re.compile(rb"<[vt](?:\s[^>]*)?>\s*[^<\s]")
_UNUSUAL = (b"<!", b"<?", b"extLst", b"'")


class QuickRow:
    """
    One row; made by `of`.

    Args:
        row: Its bytes.
        number: Its number, from 1.
        places: By column (from 0), in their order, where the tag of its cell begins and ends.
    """

    def __init__(self, row: bytes, number: int, places: Mapping[int, tuple[int, int]]) -> None:
        self._row, self._number, self._places = row, number, places

    @classmethod
    def of(cls, row: bytes, number: int) -> QuickRow | None:
        """The row, None where it is spelled in another way."""
        if any(sign in row for sign in _UNUSUAL):
            return None
        places: dict[int, tuple[int, int]] = {}
        before, own = -1, str(number).encode()
        for found in _CELL.finditer(row):
            column = column_number(found[1].decode())
            if column <= before or found[2] != own:
                return None
            places[column] = found.span()
            before = column
        closed = row.count(b"</c>") + sum(row[end - 2 : end - 1] == b"/" for _, end in places.values())
        if not places or len(_ANY_CELL.findall(row)) != len(places) or closed != len(places):
            return None
        return cls(row, number, places)

    def cell(self, column: int) -> Cell | None:
        """What a cell says, None where it is not there."""
        place = self._places.get(column)
        if place is None:
            return None
        start, inside = place
        style = _STYLE.search(self._row, start, inside)
        end = self._end(place)
        return Cell(
            int(style[1]) if style else 0,
            _FORMULA.search(self._row, inside, end) is not None,
            _CONTENT.search(self._row, inside, end) is not None,
        )

    def _end(self, place: tuple[int, int]) -> int:
        inside = place[1]
        if self._row[inside - 2 : inside - 1] == b"/":
            return inside
        return self._row.index(b"</c>", inside) + len(b"</c>")

    def result(self, cells: Mapping[int, str]) -> bytes:
        """The row with other cells, as `SingleRow.result` gives it."""
        row = self._row
        pieces: list[bytes] = []
        done = 0
        columns = list(self._places)
        for column, text in sorted(cells.items()):
            if column in self._places:
                place = self._places[column]
                start, end = place[0], self._end(place)
                text = text or f'<c r="{letters(column)}{self._number}"/>'
            else:
                right = next((self._places[each][0] for each in columns if each > column), None)
                start = end = self._end(self._places[columns[-1]]) if right is None else right
            pieces += (row[done:start], text.encode())
            done = end
        pieces.append(row[done:])
        return self._with_spans(b"".join(pieces), min(cells) + 1, max(cells) + 1)

    def _with_spans(self, row: bytes, first: int, last: int) -> bytes:
        found = _SPANS.search(row, 0, row.index(b">"))
        if not found or int(found[1]) <= first <= last <= int(found[2]):
            return row
        spans = b"%d:%d" % (min(int(found[1]), first), max(int(found[2]), last))
        return row[: found.start(1)] + spans + row[found.end(2) :]
