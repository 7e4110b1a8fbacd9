"""Finds rows and cells in the XML of a sheet, a stretch of whole rows at a time, and each cell's row and column.

What the cells hold is read by `scan`, which may then work on one stretch while the next one is looked through here.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Generator, Iterable, Iterator
from contextlib import closing
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xl_retention.books.ahead import Pieces
from xl_retention.books.digits import LOW, Words, leading_integer
from xl_retention.books.gathering import Places
from xl_retention.books.limits import MOST_COLUMNS, MOST_ROWS
from xl_retention.books.scan_block import ADDRESSED, BEHIND, CELLS_AND_ROWS, Block, word
from xl_retention.books.shared_strings import check_encoding, without_prefix
from xl_retention.books.spelling import Irregular

_C, _R, _GT, _SLASH, _QUOTE, _A, _Z = (ord(sign) for sign in 'cr>/"AZ')

_ADDRESSED, _SIX = word(ADDRESSED), LOW[6]
_ROW_HEAD = word(b'<row r="')
_ROW_TAIL = word(b"</row>")

_SHEET_DATA = re.compile(rb"<([A-Za-z_][\w.-]*:)?sheetData ?(/?)>")
_MAIN_NAMESPACE = re.compile(rb"xmlns(?::([^=\s]+))?\s*=\s*[\"'][^\"']*/spreadsheetml/(?:2006/)?main[\"']")
_HEAD_LIMIT = 1 << 22
_ROW_LIMIT = 1 << 24
TWO_LETTERS, THREE_LETTERS = 26, 702
"""First columns whose names have so many."""


@dataclass(frozen=True)
class FoundCells:
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
        kept: Which cells are wanted; None where all are, and then every tag is to be accounted for.
        tags: How many of the block's tags are those of its rows.
    """

    block: Block
    places: Places
    end: Places
    ordinal: Places
    column: Places
    numbers: Places
    digits: Places
    quoted: Words
    kept: Places | None
    tags: int

    @property
    def last_row(self) -> int:
        """Its number, from 1."""
        return int(self.numbers[-1]) + 1

    def check_tags(self, of_cells: int) -> None:
        """Makes sure that there is nothing but rows and the cells read.

        Raises:
            Irregular: There is.
        """
        if self.block.count() != self.tags + of_cells:
            raise Irregular("tags")


def found_cells(chunks: Pieces, columns: Collection[int] | None = None) -> Generator[FoundCells, None, None]:
    """The cells of a worksheet part of the usual shape, in blocks of some rows.

    Args:
        chunks: The inflated part in pieces of any size.
        columns: Places of the columns to read; None reads all.

    Raises:
        Irregular: The part has another shape.
    """
    finder = _Finder(columns)
    with closing(chunks):
        for block in row_blocks(chunks):
            yield finder.block(block)


def row_blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The rows between `<sheetData>` and `</sheetData>`, cut before a `<row`; the whole part is consumed.

    A prefix that stands before all names, as in `<x:row>`, is taken off. Each block ends with `BEHIND`.

    Raises:
        Irregular: The part before the rows is unusual, or a row is endless.
    """
    carry = prefix = b""
    stage = "head"
    for chunk in chunks:
        if stage == "tail":
            continue  # read on, so that the zip's checksum is looked at
        if stage == "head":
            carry += chunk
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
            chunk, carry, stage = carry[found.end() :], b"", "rows"
        # The end of the rows can only follow the last row: `<row ` with its blank is no `<rowBreaks>`.
        cut = chunk.rfind(b"<" + prefix + b"row ")
        if cut <= 0:
            chunk, carry = carry + chunk, b""
            cut = max(chunk.rfind(b"<" + prefix + b"row "), 0)
        end = chunk.find(b"</" + prefix + b"sheetData>", cut)
        if end >= 0:
            if carry or end:
                yield _block(carry, chunk, end, prefix)
            carry, stage = b"", "tail"
        elif cut:
            yield _block(carry, chunk, cut, prefix)
            carry = chunk[cut:]
        elif len(chunk) > _ROW_LIMIT:
            raise Irregular("row")
        else:
            carry = chunk
    if stage != "tail":
        raise Irregular("tail")


def _block(carry: bytes, chunk: bytes, stop: int, prefix: bytes) -> bytes:
    if prefix:
        return without_prefix(carry + chunk[:stop], prefix) + BEHIND
    return b"".join((carry, memoryview(chunk)[:stop], BEHIND))  # copied once, not three times


def _check_head(head: bytes, prefix: bytes) -> None:
    check_encoding(head)
    if b"<!" in head or head.count(b"<?") > head.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")):
        raise Irregular("head")
    # Were the main namespace bound twice, rows could stand under two names.
    bound = [name.strip() + b":" if name else b"" for name in _MAIN_NAMESPACE.findall(head)]
    if bound != [prefix] and (bound or prefix):
        raise Irregular("prefix")


class _Finder:
    """Takes blocks of whole rows one after the other."""

    def __init__(self, columns: Collection[int] | None) -> None:
        self._wanted: npt.NDArray[np.bool_] | None = None
        if columns is not None:
            self._wanted = np.zeros(MOST_COLUMNS, bool)
            self._wanted[[place for place in columns if 0 <= place < MOST_COLUMNS]] = True
        self._last_row = 0

    def block(self, rows: bytes) -> FoundCells:
        """The cells of a block of whole rows, with `BEHIND` behind them."""
        if (b"!" in rows and b"<!" in rows) or (b"?" in rows and b"<?" in rows):
            raise Irregular("comment")
        block = Block.of(rows)
        tags, names = block.tags(CELLS_AND_ROWS)
        starts, cells = np.flatnonzero(names == _R), np.flatnonzero(names == _C)
        if len(cells) + len(starts) != len(names) or not len(starts) or starts[0] != 0:
            raise Irregular("tags")
        numbers, digits, quoted, tally = self._rows(block, tags, starts)
        ordinal = np.repeat(np.arange(len(numbers)), np.diff(starts)[: len(numbers)] - 1)
        places = tags[cells]
        column = _columns(block, places)
        level = np.flatnonzero(column[1:] <= column[:-1])
        if (ordinal[level] == ordinal[level + 1]).any():
            raise Irregular("order")
        ends = tags[1:].copy()
        ends[starts[1:] - 1] -= len(b"</row>")
        end = ends[cells]
        kept = None
        if self._wanted is not None:
            check_heads(block, places)
            kept = np.flatnonzero(self._wanted[column])
        return FoundCells(block, places, end, ordinal, column, numbers, digits, quoted, kept, tally)

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
            int(numbers[0]) <= self._last_row
            or int(numbers[-1]) > MOST_ROWS
            or not (np.diff(numbers) > 0).all()
        ):
            raise Irregular("row")
        self._last_row = int(numbers[-1])
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


def check_heads(block: Block, places: Places) -> None:
    """Makes sure that cells begin with their address."""
    if not ((block.words[places] & LOW[len(ADDRESSED)]) == _ADDRESSED).all():
        raise Irregular("cell")


def _columns(block: Block, places: Places) -> Places:
    """Column of each cell from 0, if its address is what it begins with."""
    bytes_ = block.bytes_
    places = places + len(ADDRESSED)
    first, second = bytes_[places] - np.uint8(_A), bytes_[places + 1]
    if not (first < TWO_LETTERS).all():
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
