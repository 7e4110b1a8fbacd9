"""Reads the XML of a sheet with array arithmetic, a megabyte at a time.

Rows and cells are found here, and each cell's column. What the cells hold is read column by column, as the cells of
a column are spelled alike (`alike_cells`); those that are not are read all together (`mixed_cells`).

Every byte between a cell and the next one is accounted for. What is still unknown then (other prefixes, comments,
cells without an address or out of order) raises `Irregular`, and the whole sheet is read again by
`xl_retention.books.careful_scan`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xl_retention.books.alike_cells import ADDRESSED, AlikeCells
from xl_retention.books.cell_values import CellRules, Irregular, Texts
from xl_retention.books.digits import LOW, Words, leading_integer
from xl_retention.books.gathering import Codes, Gathering, Numbers, Places
from xl_retention.books.limits import MOST_COLUMNS, MOST_ROWS
from xl_retention.books.mixed_cells import MixedCells
from xl_retention.books.scan_block import CELLS_AND_ROWS, Block, word
from xl_retention.books.shared_strings import check_encoding, without_prefix

_U = np.uint64
_C, _R, _GT, _SLASH, _QUOTE, _A, _Z = (ord(sign) for sign in 'cr>/"AZ')

_ADDRESSED, _SIX = word(ADDRESSED), LOW[6]
_ROW_HEAD = word(b'<row r="')
_ROW_TAIL = word(b"</row>")

_SHEET_DATA = re.compile(rb"<([A-Za-z_][\w.-]*:)?sheetData ?(/?)>")
_MAIN_NAMESPACE = re.compile(rb"xmlns(?::([^=\s]+))?\s*=\s*[\"'][^\"']*/spreadsheetml/(?:2006/)?main[\"']")
_TWO_LETTERS, _THREE_LETTERS = 26, 702
"""First columns whose names have so many."""
_TAGS_OF_A_CELL = 4
_HEAD_LIMIT = 1 << 22
_CELLS_AT_ONCE = 1 << 17
"""Cells to collect before they are dealt out to their columns: a column of one block alone is short."""
_ENOUGH = 64
"""Cells of each column in a block, as a rule, from which on reading column by column is quicker."""
_ROW_LIMIT = 1 << 26


def scan(
    chunks: Iterable[bytes],
    rules: CellRules,
    texts: Texts,
    into: Gathering,
    columns: Collection[int] | None = None,
    rows: int | None = None,
) -> None:
    """Reads a worksheet part of the usual shape.

    Args:
        chunks: The inflated part in pieces of any size.
        rules: What types and styles mean.
        texts: Where the texts are.
        into: Takes the cells.
        columns: Places of the columns to read; None reads all.
        rows: Stops after that many rows; None reads on to the end of the part.

    Raises:
        Irregular: The part has another shape; what was gathered so far is to be thrown away.
        MissingText: A cell refers to a shared text that is not there.
    """
    scanner = _Scanner(rules, texts, into, columns)
    for block in row_blocks(chunks):
        scanner.block(block)
        if rows is not None and scanner.last_row >= rows:
            break
    scanner.hand_over()


def row_blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The rows between `<sheetData>` and `</sheetData>`, cut before a `<row`; the whole part is consumed.

    A prefix that stands before all names, as in `<x:row>`, is taken off.

    Raises:
        Irregular: The part before the rows is unusual, or a row is endless.
    """
    carry = prefix = b""
    stage = "head"
    for chunk in chunks:
        if stage == "tail":
            continue  # read on, so that the zip's checksum is looked at
        carry = carry + chunk if carry else chunk
        if stage == "head":
            found = _SHEET_DATA.search(carry)
            if found is None:
                if len(carry) > _HEAD_LIMIT:
                    raise Irregular("head")
                continue
            prefix = found[1] or b""
            _check_head(carry[: found.end()], prefix)
            if found[2]:
                stage = "tail"
                continue
            carry, stage = carry[found.end() :], "rows"
        # The end of the rows can only follow the last row: `<row ` with its blank is no `<rowBreaks>`.
        cut = max(carry.rfind(b"<" + prefix + b"row "), 0)
        end = carry.find(b"</" + prefix + b"sheetData>", cut)
        if end >= 0:
            if end:
                yield without_prefix(carry[:end], prefix)
            carry, stage = b"", "tail"
        elif cut:
            yield without_prefix(carry[:cut], prefix)
            carry = carry[cut:]
        elif len(carry) > _ROW_LIMIT:
            raise Irregular("row")
    if stage != "tail":
        raise Irregular("tail")


def _check_head(head: bytes, prefix: bytes) -> None:
    check_encoding(head)
    if b"<!" in head or head.count(b"<?") > head.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")):
        raise Irregular("head")
    # Were the main namespace bound twice, rows could stand under two names.
    bound = [name.strip() + b":" if name else b"" for name in _MAIN_NAMESPACE.findall(head)]
    if bound != [prefix] and (bound or prefix):
        raise Irregular("prefix")


@dataclass(frozen=True)
class _Cells:
    """
    The cells of a block, one after the other, and the rows that they stand in.

    Args:
        places: Where each begins.
        end: Where each ends.
        ordinal: Of the row that it stands in.
        column: From 0.
        numbers: Of the rows, from 0.
        digits: How many each of these has when counted from 1.
        quoted: These digits and the quote behind them.
    """

    block: Block
    places: Places
    end: Places
    ordinal: Places
    column: Places
    numbers: Places
    digits: Places
    quoted: Words


class _Scanner:
    """Takes blocks of whole rows one after the other."""

    def __init__(
        self, rules: CellRules, texts: Texts, into: Gathering, columns: Collection[int] | None
    ) -> None:
        self._into = into
        self._alike, self._mixed = AlikeCells(rules, texts), MixedCells(rules, texts)
        self._wanted: npt.NDArray[np.bool_] | None = None
        if columns is not None:
            self._wanted = np.zeros(MOST_COLUMNS, bool)
            self._wanted[[place for place in columns if 0 <= place < MOST_COLUMNS]] = True
        self.last_row = 0
        self._slots = np.zeros(MOST_COLUMNS, np.int64)
        self._waiting: list[tuple[Places, Places, Codes, Numbers]] = []
        self._waiting_cells = 0

    def block(self, rows: bytes) -> None:
        """Reads a block of whole rows."""
        if (b"!" in rows and b"<!" in rows) or (b"?" in rows and b"<?" in rows):
            raise Irregular("comment")
        block = Block.of(rows)
        tags, names = block.tags(CELLS_AND_ROWS)
        starts, cells = np.flatnonzero(names == _R), np.flatnonzero(names == _C)
        if len(cells) + len(starts) != len(names) or not len(starts) or starts[0] != 0:
            raise Irregular("tags")
        numbers, digits, quoted, tally = self._rows(block, tags, starts)
        if not len(cells):
            self._all_seen(block, tally)
            return
        ordinal = np.repeat(np.arange(len(numbers)), np.diff(starts)[: len(numbers)] - 1)
        places = tags[cells]
        column = _columns(block, places)
        level = np.flatnonzero(column[1:] <= column[:-1])
        if (ordinal[level] == ordinal[level + 1]).any():
            raise Irregular("order")
        end = tags[cells + 1] - len(b"</row>") * (names[cells + 1] == _R)
        seen = _Cells(block, places, end, ordinal, column, numbers, digits, quoted)
        kept = None
        if self._wanted is not None:
            _check_heads(block, places)
            kept = np.flatnonzero(self._wanted[column])
            if not len(kept):
                return
        tally += self._in_columns(seen, kept)
        if kept is None:
            self._all_seen(block, tally)

    @staticmethod
    def _all_seen(block: Block, tags: int) -> None:
        if block.count() != tags:
            raise Irregular("tags")

    def _in_columns(self, seen: _Cells, kept: Places | None) -> int:
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
            row = seen.ordinal[some]
            letters = 1 + (place >= _TWO_LETTERS) + (place >= _THREE_LETTERS)
            read = self._alike.read(seen.block, seen.places[some], seen.end[some], letters, seen.quoted[row])
            if read is None:
                others.append(some)
                continue
            tally += _TAGS_OF_A_CELL * len(some)
            self._into.put(place, _side_by_side(seen.numbers[row]), *read)
        if others:
            tally += self._mixed_up(seen, np.sort(np.concatenate(others)))
            self.hand_over()
        return tally

    def _mixed_up(self, seen: _Cells, some: Places) -> int:
        """Reads cells of several columns together, and counts their tags; they wait until there are many."""
        row, column, places = seen.ordinal[some], seen.column[some], seen.places[some]
        _check_heads(seen.block, places)
        address = places + (len(ADDRESSED) + 1) + (column >= _TWO_LETTERS) + (column >= _THREE_LETTERS)
        width = seen.digits[row] + 1
        if not ((seen.block.words[address] & LOW[width]) == seen.quoted[row]).all():
            raise Irregular("address")
        codes, values, tally = self._mixed.read(seen.block, seen.places, some, address + width)
        self._waiting.append((seen.numbers[row], column, codes, values))
        self._waiting_cells += len(some)
        if self._waiting_cells >= _CELLS_AT_ONCE:
            self.hand_over()
        return tally

    def _rows(self, block: Block, tags: Places, starts: Places) -> tuple[Places, Places, Words, int]:
        """The row numbers from 0, how many digits each has, these with their quote, and the tags seen."""
        bytes_, words = block.bytes_, block.words
        places = tags[starts[:-3]]
        if not len(places) or not (words[places] == _ROW_HEAD).all():
            raise Irregular("row")
        address = words[places + 8]
        numbers, digits = leading_integer(address)
        if (
            not (digits > 0).all()
            or not (digits < 8).all()
            or not (bytes_[places + 8 + digits] == _QUOTE).all()
        ):
            raise Irregular("row")
        if (
            int(numbers[0]) <= self.last_row
            or int(numbers[-1]) > MOST_ROWS
            or not (np.diff(numbers) > 0).all()
        ):
            raise Irregular("row")
        self.last_row = int(numbers[-1])
        # What stands before the next row: the end of this row, or this row's own closed tag.
        nexts = tags[starts[1:-2]]
        closed = (words[nexts - 6] & _SIX) == _ROW_TAIL
        if not closed.all():
            alone = np.flatnonzero(~closed)
            if not (
                (starts[1:-2][alone] == starts[:-3][alone] + 1).all()
                and (bytes_[nexts[alone] - 1] == _GT).all()
                and (bytes_[nexts[alone] - 2] == _SLASH).all()
            ):
                raise Irregular("row")
        quoted = address & LOW[digits + 1]
        return numbers - 1, digits, quoted, len(places) + int(np.count_nonzero(closed))

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


def _check_heads(block: Block, places: Places) -> None:
    """Makes sure that cells begin with their address."""
    if not ((block.words[places] & LOW[len(ADDRESSED)]) == _ADDRESSED).all():
        raise Irregular("cell")


def _columns(block: Block, places: Places) -> Places:
    """Column of each cell from 0, if its address is what it begins with."""
    bytes_ = block.bytes_
    places = places + len(ADDRESSED)
    first, second = bytes_[places] - np.uint8(_A), bytes_[places + 1]
    if not (first < _TWO_LETTERS).all():
        raise Irregular("address")
    column = first.astype(np.int64)
    longer = np.flatnonzero(second >= _A)
    if not longer.size:
        return column
    letter = second[longer]
    two = (column[longer] + 1) * 26 + (letter - _A)
    third = bytes_[places[longer] + 2]
    three = np.flatnonzero(third >= _A)
    if three.size:
        two[three] = (two[three] + 1) * 26 + (third[three] - _A)
    if not (letter <= _Z).all() or not (third[three] <= _Z).all() or int(two.max()) >= MOST_COLUMNS:
        raise Irregular("address")
    column[longer] = two
    return column


def _side_by_side(rows: Places) -> slice | Places:
    """Increasing places as a slice where they are all one after the other."""
    first, last = int(rows[0]), int(rows[-1])
    return slice(first, last + 1) if last - first == len(rows) - 1 else rows
