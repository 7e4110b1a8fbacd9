"""Reads the XML of a sheet with array arithmetic, a megabyte at a time.

Where rows and cells are is known by now (`found_cells`). What the cells hold is read column by column, as the cells of
a column are spelled alike (`alike_cells`); those that are not are read all together (`mixed_cells`).

Every byte between a cell and the next one is accounted for. What is still unknown then (other prefixes, comments,
cells without an address or out of order) raises `Irregular`, and the whole sheet is read again by
`xl_retention.books.careful_scan`.
"""

from __future__ import annotations

from collections.abc import Iterable

import numpy as np

from xl_retention.books.alike_cells import AlikeCells, Read
from xl_retention.books.cell_values import CellRules
from xl_retention.books.digits import LOW
from xl_retention.books.found_cells import THREE_LETTERS, TWO_LETTERS, FoundCells, check_heads
from xl_retention.books.gathering import Codes, Gathering, Numbers, Places
from xl_retention.books.limits import MOST_COLUMNS
from xl_retention.books.mixed_cells import MixedCells
from xl_retention.books.scan_block import ADDRESSED
from xl_retention.books.spelling import Irregular
from xl_retention.books.texts import Texts

_CELLS_AT_ONCE = 1 << 17
"""Cells to collect before they are dealt out to their columns: a column of one block alone is short."""
_ENOUGH = 64
"""Cells of each column in a block, as a rule, from which on reading column by column is quicker."""
_SHAPES = 4
"""So many the cells of a column may have: some that hold nothing, say, in a table of two colours."""


def scan(
    found: Iterable[FoundCells], rules: CellRules, texts: Texts, into: Gathering, rows: int | None = None
) -> None:
    """Reads a worksheet part of the usual shape.

    Args:
        found: Its cells, in blocks.
        rules: What types and styles mean.
        texts: Where the texts are.
        into: Takes the cells.
        rows: Stops after that many rows; None reads on to the end of the part.

    Raises:
        Irregular: The part has another shape; what was gathered so far is to be thrown away.
        MissingText: A cell refers to a shared text that is not there.
    """
    scanner = _Scanner(rules, texts, into)
    for block in found:
        scanner.block(block)
        if rows is not None and block.last_row >= rows:
            break
    scanner.hand_over()


class _Scanner:
    """Takes the cells of blocks one after the other."""

    def __init__(self, rules: CellRules, texts: Texts, into: Gathering) -> None:
        self._into = into
        self._alike, self._mixed = AlikeCells(rules, texts), MixedCells(rules, texts)
        self._slots = np.zeros(MOST_COLUMNS, np.int64)
        self._waiting: list[tuple[Places, Places, Codes, Numbers]] = []
        self._waiting_cells = 0

    def block(self, found: FoundCells) -> None:
        """Reads the cells of a block."""
        some = len(found.places) if found.kept is None else len(found.kept)
        tally = self._in_columns(found, found.kept) if some else 0
        if found.kept is None:
            found.check_tags(tally)

    def _in_columns(self, seen: FoundCells, kept: Places | None) -> int:
        """Reads the cells *kept*, column by column where there are enough of each, and counts their tags."""
        column = seen.column if kept is None else seen.column[kept]
        counts = np.bincount(column)
        present = np.flatnonzero(counts)
        if len(column) < _ENOUGH * len(present) or (seen.digits != seen.digits[0]).any():
            return self._mixed_up(seen, np.arange(len(column)) if kept is None else kept)
        self.hand_over()  # what waits must not lie over what is put beside it
        # A stable order of small numbers is found in one pass.
        order = np.argsort(column.astype(np.uint8 if len(counts) <= 256 else np.uint16), kind="stable")
        if kept is not None:
            order = kept[order]
        others, tally = [], 0
        for place, some in zip(present.tolist(), np.split(order, np.cumsum(counts[present])[:-1]), strict=True):
            runs = self._alike_runs(seen, place, some)
            if not runs:
                others.append(some)
            for rows, read in runs:
                tally += read.tags
                self._into.put(place, rows, read.codes, read.numbers)
        if others:
            tally += self._mixed_up(seen, np.sort(np.concatenate(others)))
            self.hand_over()
        return tally

    def _alike_runs(self, seen: FoundCells, column: int, some: Places) -> list[tuple[slice | Places, Read]]:
        """The cells *some* of a column, those of each shape with their rows; nothing where there are many shapes."""
        letters = 1 + (column >= TWO_LETTERS) + (column >= THREE_LETTERS)
        runs: list[tuple[slice | Places, Read]] = []
        while some.size and len(runs) < _SHAPES:
            row = seen.ordinal[some]
            read = self._alike.read(seen.block, seen.places[some], seen.end[some], letters, seen.quoted[row])
            if read is None:
                return []
            if read.which is None:
                return [*runs, (_side_by_side(seen.numbers[row]), read)]
            runs.append((_side_by_side(seen.numbers[row[read.which]]), read))
            some = some[~read.which]
        return []

    def _mixed_up(self, seen: FoundCells, some: Places) -> int:
        """Reads cells of several columns together, and counts their tags; they wait until there are many."""
        row, column, places = seen.ordinal[some], seen.column[some], seen.places[some]
        check_heads(seen.block, places)
        address = places + (len(ADDRESSED) + 1) + (column >= TWO_LETTERS) + (column >= THREE_LETTERS)
        width = seen.digits[row] + 1
        if not ((seen.block.words[address] & LOW[width]) == seen.quoted[row]).all():
            raise Irregular("address")
        codes, values, tally = self._mixed.read(seen.block, seen.places, some, address + width)
        self._waiting.append((seen.numbers[row], column, codes, values))
        self._waiting_cells += len(some)
        if self._waiting_cells >= _CELLS_AT_ONCE:
            self.hand_over()
        return tally

    def hand_over(self) -> None:
        """Gives the cells of the blocks read since the last time to the gathering, column by column."""
        if not self._waiting:
            return
        row, column, codes, values = (np.concatenate(arrays) for arrays in zip(*self._waiting, strict=True))
        self._waiting.clear()
        self._waiting_cells = 0
        first, last = int(row[0]), int(row[-1])
        height = last - first + 1
        present = np.flatnonzero(np.bincount(column))
        if len(present) * height > 4 * len(column) + (1 << 16):
            order = np.argsort(column, kind="stable")
            edges = np.searchsorted(column[order], present)
            for place, some in zip(present.tolist(), np.split(order, edges[1:]), strict=True):
                self._into.put(place, row[some], codes[some], values[some])
            return
        self._slots[present] = np.arange(len(present)) * height - first
        flat = self._slots[column] + row
        all_codes = np.zeros(len(present) * height, np.uint8)
        all_values = np.zeros(len(present) * height)
        all_codes[flat] = codes
        all_values[flat] = values
        for index, place in enumerate(present.tolist()):
            part = slice(index * height, (index + 1) * height)
            self._into.put(place, slice(first, last + 1), all_codes[part], all_values[part])


def _side_by_side(rows: Places) -> slice | Places:
    """Increasing places as a slice where they are all one after the other."""
    first, last = int(rows[0]), int(rows[-1])
    return slice(first, last + 1) if last - first == len(rows) - 1 else rows
