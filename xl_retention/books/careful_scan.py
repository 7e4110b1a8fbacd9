"""Reads a sheet of any shape with an XML parser, a cell at a time: slower than `scan`, and always right."""

from __future__ import annotations

import re
from array import array
from collections.abc import Collection, Iterable
from xml.parsers import expat

import numpy as np

from xl_retention.books.cell_values import CellRules
from xl_retention.books.gathering import Gathering
from xl_retention.books.grid import CellKind
from xl_retention.books.limits import MOST_COLUMNS, MOST_ROWS
from xl_retention.books.shared_strings import guarded_parser, parse
from xl_retention.books.spelling import unescaped

_ADDRESS = re.compile(r"\$?([A-Za-z]{1,3})\$?([0-9]{1,7})")


def careful_scan(
    chunks: Iterable[bytes],
    rules: CellRules,
    into: Gathering,
    columns: Collection[int] | None = None,
    rows: int | None = None,
) -> None:
    """Reads a worksheet part.

    Cells without an address follow the one before them; of two cells at one place the later counts.

    Args:
        chunks: The inflated part in pieces of any size.
        rules: What types and styles mean.
        into: Takes the cells.
        columns: Places of the columns to read; None reads all.
        rows: Stops after that many rows of a sheet in order; None reads all.

    Raises:
        expat.ExpatError: The XML is broken, declares a document type, or has an impossible address.
        MissingText: A cell refers to a shared text that is not there.
    """
    cells = _Cells(rules, columns)
    parser = guarded_parser()
    parser.StartElementHandler, parser.EndElementHandler = cells.start, cells.end
    parser.CharacterDataHandler = cells.data
    for chunk in chunks:
        parse(parser, chunk)
        if rows is not None and cells.row >= rows:
            break
    else:
        parse(parser, b"", last=True)
    cells.hand_over(into)


class _Cells:
    """Listens to the parser."""

    def __init__(self, rules: CellRules, columns: Collection[int] | None) -> None:
        self._rules = rules
        self._wanted = None if columns is None else frozenset(columns)
        self._found: dict[int, tuple[array[int], array[int], array[float]]] = {}
        self.row = -1
        self._column = -1
        self._inside = False
        self._kind = self._style = ""
        self._value: list[str] | None = None
        self._inline: list[str] | None = None
        self._into: list[str] | None = None
        self._phonetic = 0

    def start(self, name: str, attributes: dict[str, str]) -> None:
        tag = name.rpartition("}")[2]
        if tag == "c" and self._inside:
            self._next_cell(attributes)
        elif tag == "row" and self._inside:
            number = attributes.get("r", "").strip()
            self.row = _checked(int(number) - 1, MOST_ROWS) if number.isdecimal() else self.row + 1
            self._column = -1
        elif tag == "v":
            self._into = self._value = []
        elif tag == "is":
            self._inline = []
        elif tag == "t":
            self._into = self._inline if not self._phonetic else None
        elif tag == "rPh":
            self._phonetic += 1
        elif tag == "sheetData":
            self._inside = True

    def end(self, name: str) -> None:
        tag = name.rpartition("}")[2]
        if tag == "c" and self._inside:
            self._finish()
        elif tag in ("v", "t"):
            self._into = None
        elif tag == "rPh":
            self._phonetic -= 1
        elif tag == "sheetData":
            self._inside = False

    def data(self, text: str) -> None:
        if self._into is not None:
            self._into.append(text)

    def hand_over(self, into: Gathering) -> None:
        for column, (rows, codes, numbers) in sorted(self._found.items()):
            row = np.frombuffer(rows, np.int64)
            code = np.frombuffer(codes, np.uint8)
            number = np.frombuffer(numbers, np.float64)
            if not (row[1:] > row[:-1]).all():
                # Of the same row, the last one in the file is the first one seen from the end.
                row, last = np.unique(row[::-1], return_index=True)
                code, number = code[::-1][last], number[::-1][last]
            into.put(column, row, code, number)

    def _next_cell(self, attributes: dict[str, str]) -> None:
        address = attributes.get("r")
        if address is None:
            self._column += 1
        else:
            parts = _ADDRESS.fullmatch(address.strip())
            if parts is None:
                raise expat.ExpatError(f"no cell is called {address}")
            column = 0
            for letter in parts[1].upper():
                column = column * 26 + ord(letter) - 64
            self._column = column - 1
            self.row = _checked(int(parts[2]) - 1, MOST_ROWS)
        _checked(self._column, MOST_COLUMNS)
        self.row = max(self.row, 0)
        self._kind, self._style = attributes.get("t", ""), attributes.get("s", "")
        self._value = self._inline = self._into = None

    def _finish(self) -> None:
        if self._wanted is not None and self._column not in self._wanted:
            return
        value = None if self._value is None else "".join(self._value)
        inline = None if self._inline is None else unescaped("".join(self._inline))
        code, number = self._rules.cell(self._kind, self._style, value, inline)
        before = self._found.get(self._column)
        # An empty cell only matters where it may replace one that came before it.
        if code == CellKind.BLANK and (before is None or before[0][-1] < self.row):
            return
        if before is None:
            before = self._found[self._column] = (array("q"), array("B"), array("d"))
        rows, codes, numbers = before
        rows.append(self.row)
        codes.append(code)
        numbers.append(number)


def _checked(place: int, limit: int) -> int:
    if not 0 <= place < limit:
        raise expat.ExpatError("a cell lies outside the sheet")
    return place
