"""Reads the cells of a column that are spelled alike but for what they hold, as nearly all are.

What the first of them says besides that is looked for in all others, byte for byte. Known are

    <c r="B7" s="3" t="s"><v>123</v></c>                    with or without s and t, in either order
    <c r="B7" t="str"><v>words</v></c>
    <c r="B7" t="inlineStr"><is><t>words</t></is></c>       as programs write texts that write a sheet in one go
    <c r="B7" s="3"/>
"""

from __future__ import annotations

import re
from typing import NamedTuple

import numpy as np
import numpy.typing as npt

from xl_retention.books.cell_heads import FAULT, SINGLY, WORDS, attributes, meaning
from xl_retention.books.cell_values import CellRules
from xl_retention.books.digits import HIGH, LOW, ZEROS, Words, added_up, long_numbers, not_digits
from xl_retention.books.gathering import Codes, Numbers, Places
from xl_retention.books.grid import CellKind
from xl_retention.books.scan_block import ADDRESSED, HEAD, Block, word
from xl_retention.books.spelling import Irregular
from xl_retention.books.texts import Texts

_LONGEST = 2 * HEAD
_TAIL, _INLINE_TAIL = b"</v></c>", b"</t></is></c>"
_TAIL_WORD = word(_TAIL)
_INLINE_TAIL_WORDS = word(_INLINE_TAIL[:8]), word(_INLINE_TAIL[-8:])
_INLINE_OPENED = re.compile(rb'(.*>)<is><t(?: xml:space="preserve")?>')
_INLINE = 251
"""Code of cells whose text stands in tags of its own."""
_TAGS, _INLINE_TAGS = 4, 6


class Read(NamedTuple):
    """
    What cells that are alike hold.

    Args:
        codes: Of each, or one for all of them, as `CellRules.cell` says it.
        numbers: Of each.
        tags: How many all have together.
        which: Of the cells asked for are alike; None where all are.
    """

    codes: int | Codes
    numbers: Numbers
    tags: int
    which: npt.NDArray[np.bool_] | None = None


class AlikeCells:
    """
    Remembers what the heads met so far mean.

    Args:
        rules: What types and styles mean.
        texts: Where the texts are.
    """

    def __init__(self, rules: CellRules, texts: Texts) -> None:
        self._rules, self._texts = rules, texts
        self._meanings: dict[bytes, int] = {}

    def read(self, block: Block, start: Places, end: Places, letters: int, rows: Words) -> Read | None:
        """
        What those of the cells hold that are like the first one.

        Args:
            start: Where each cell begins.
            end: Where each cell ends.
            letters: How many there are in the column's name.
            rows: The number of each cell's row and the quote behind it, as they are spelled; all equally long.

        Returns:
            None where one of these holds something unknown.

        Raises:
            Irregular: A text or a yes or no is none that there is.
        """
        first, row = int(start[0]), int(rows[0]).to_bytes(8, "little").rstrip(b"\0")
        address = len(ADDRESSED) + letters
        if not block.data.startswith(ADDRESSED, first) or not block.data.startswith(row, first + address):
            return None
        opened = _opened(block.data, first, int(end[0]))
        code = self._meaning(block.data[first + address + len(row) : opened])
        head = opened - first
        if code in (SINGLY, FAULT):
            return None
        long_enough = end - start >= head
        if long_enough.all():
            alike = _like_the_first(block, start, head, address, rows)
            if alike.all():
                return self._inside(block, start + head, end, code)
        else:
            alike = long_enough
            some = np.flatnonzero(alike)
            alike[some] = _like_the_first(block, start[some], head, address, rows[some])
        read = self._inside(block, start[alike] + head, end[alike], code)
        return None if read is None else read._replace(which=alike)

    def _inside(self, block: Block, start: Places, end: Places, code: int) -> Read | None:
        """What cells hold from *start* to *end*."""
        if code == CellKind.BLANK:
            return Read(code, np.zeros(len(start)), len(start)) if (end == start).all() else None
        if code in (WORDS, _INLINE):
            return self._words(block, start, end, inline=code == _INLINE)
        numbers = _numbers(block, start, end - len(_TAIL), whole=code in (CellKind.TEXT, CellKind.BOOL))
        if numbers is None:
            return None
        if code == CellKind.TEXT and numbers.max() >= self._texts.shared:
            raise Irregular("text")  # the careful path says which cell it is
        if code == CellKind.BOOL and numbers.max() > 1:
            raise Irregular("flag")
        return Read(code, numbers, _TAGS * len(start))

    def _meaning(self, opened: bytes) -> int:
        """What follows from the first bytes of a cell, from the end of its address to what it holds."""
        code = self._meanings.get(opened)
        if code is None:
            code = SINGLY
            if opened.endswith(b"/>"):
                code = SINGLY if attributes(opened[:-2]) is None else CellKind.BLANK
            elif opened.endswith(b"><v>"):
                code = meaning(opened[: -len(b"<v>")], self._rules)
            elif inline := _INLINE_OPENED.fullmatch(opened):
                code = _INLINE if (attributes(inline[1][:-1]) or {}).get(b"t") == b"inlineStr" else SINGLY
            self._meanings[opened] = code
        return code

    def _words(self, block: Block, start: Places, end: Places, *, inline: bool) -> Read | None:
        stop, last = end - len(_INLINE_TAIL if inline else _TAIL), _INLINE_TAIL_WORDS[1] if inline else _TAIL_WORD
        if (stop < start).any() or not (block.words[end - 8] == last).all():
            return None
        if inline and not (block.words[stop] == _INLINE_TAIL_WORDS[0]).all():
            return None
        places = self._texts.places(block, start, stop)
        codes: int | Codes = CellKind.TEXT
        if places.min() < 0:
            codes = np.where(places < 0, np.uint8(CellKind.BLANK), np.uint8(CellKind.TEXT))
        return Read(codes, places.astype(np.float64), (_INLINE_TAGS if inline else _TAGS) * len(start))


def _opened(data: bytes, first: int, last: int) -> int:
    """Where that begins which the cell from *first* to *last* holds; its end where it is closed or too long."""
    limit = min(last, first + _LONGEST)
    end = data.find(b">", first, limit) + 1
    if data.startswith(b"<v>", end):
        return end + len(b"<v>")
    if data.startswith(b"<is><t", end):
        return data.find(b">", end + len(b"<is><t"), limit) + 1 or limit
    return end or limit


def _like_the_first(block: Block, start: Places, length: int, address: int, rows: Words) -> npt.NDArray[np.bool_]:
    """Which cells have the same first *length* bytes, but that each has its own row behind its *address*."""
    alike = np.ones(len(start), bool)
    words = block.heads[start].view(np.uint64).reshape(len(start), -1)
    for place in range(0, length, 8):
        found, shift = words[:, place // 8] if place < HEAD else block.words[start + place], address - place
        # What is said alike stays alike when the rows are taken off.
        if 0 <= shift < 8:
            found = found ^ (rows << np.uint64(8 * shift))
        elif -8 < shift < 0:
            found = found ^ (rows >> np.uint64(-8 * shift))
        if length - place < 8:
            found = found & LOW[length - place]
        alike &= found == found[0]
    return alike


def _numbers(block: Block, start: Places, stop: Places, *, whole: bool) -> Numbers | None:
    """The numbers from *start* to *stop*, exactly as `float` reads them; None where one is another or no number.

    Args:
        whole: Whether they have to be small and whole.
    """
    length = stop - start
    shortest, longest = int(length.min()), int(length.max())
    ends = block.pairs[stop - 8].view(np.uint64).reshape(len(stop), 2)
    if shortest < 1 or not (ends[:, 1] == _TAIL_WORD).all():
        return None
    if longest <= 8:
        digits = (ends[:, 0] ^ ZEROS) & (HIGH[longest] if shortest == longest else HIGH[length])
        if not not_digits(digits).any():
            return added_up(digits).astype(np.float64)
    if whole or longest > 17:
        return None
    numbers, odd = long_numbers(block.bytes_, block.words, start, stop)
    return None if odd.any() else numbers
