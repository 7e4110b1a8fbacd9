"""Reads cells of all the shapes that are usual, whichever way they are mixed.

The shapes are known here byte for byte:

    <c r="B7" s="3" t="s"><v>123</v></c>        with or without s and t, in either order
    <c r="B7"><f>A7*2</f><v>12.5</v></c>
    <c r="B7" t="inlineStr"><is><t>words</t></is></c>
    <c r="B7" s="3"/>

A cell of another shape is looked at singly.
"""

from __future__ import annotations

import re

import numpy as np
import numpy.typing as npt

from xl_retention.books.cell_heads import ATTRIBUTE, FAULT, SINGLY, WORDS, meaning
from xl_retention.books.cell_values import CellRules
from xl_retention.books.digits import HIGH, LOW, ZEROS, Words, added_up, long_numbers, not_digits
from xl_retention.books.gathering import Codes, Numbers, Places
from xl_retention.books.grid import CellKind
from xl_retention.books.scan_block import ALL_TAGS, Block, word
from xl_retention.books.shared_strings import rich_text
from xl_retention.books.spelling import Irregular, resolved
from xl_retention.books.texts import Texts

_U = np.uint64
_C, _R, _V, _F, _GT, _SLASH = (ord(sign) for sign in "crvf>/")

_CELL_TAIL = word(b"</v></c>")
_INLINE = word(b' t="inli'), word(b'ineStr">')
_INLINE_TAIL = word(b"</t></is"), word(b"/is></c>")
_INLINE_TEXT, _SEVEN = word(b"<is><t>"), LOW[7]
_PRESERVED = tuple(word(b'<is><t xml:space="preserve">'[place : place + 8]) for place in (0, 8, 16, 20))
_FORMULA_TAIL, _FOUR = word(b"</f>"), LOW[4]

_TABLE_BITS = 10
_MIX = _U(0x9E3779B97F4A7C15)
_MIX_TOO = _U(0xC2B2AE3D27D4EB4F)
_UNKNOWN = 254

_CELL = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]+"((?: [A-Za-z_][\w.:-]*="[^"<&]*")*) ?'
    rb'(?:/>|>(?:<f(?: [A-Za-z_][\w.:-]*="[^"<]*")* ?(?:/>|>[^<]*</f>))?'
    rb'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|<v ?/>|<is>(.*)</is>|<is ?/>)?</c>)',
    re.DOTALL,
)
_NUMBER = re.compile(rb"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")


class MixedCells:
    """
    Remembers what the heads met so far mean.

    Args:
        rules: What types and styles mean.
        texts: Where the texts are.
    """

    def __init__(self, rules: CellRules, texts: Texts) -> None:
        self._rules, self._texts = rules, texts
        # Ends of heads such as ` s="3" t="s">`, by a mix of their bytes: there are few of them in a sheet.
        self._first = np.zeros(1 << _TABLE_BITS, np.uint64)
        self._second = np.zeros(1 << _TABLE_BITS, np.uint64)
        self._code = np.full(1 << _TABLE_BITS, _UNKNOWN, np.uint8)
        self._length = np.zeros(1 << _TABLE_BITS, np.int64)

    def read(self, block: Block, cells: Places, some: Places | slice, head_from: Places) -> tuple[Codes, Numbers, int]:
        """
        Reads cells of a block.

        Args:
            cells: Where all cells of the block begin.
            some: Which of these are read.
            head_from: Where the address of each of them has ended.

        Returns:
            Code and number of each, and how many tags they have together.

        Raises:
            Irregular: One has a shape that nobody knows.
        """
        data, bytes_, words = block.data, block.bytes_, block.words
        tags, names = block.tags(ALL_TAGS)
        found = (names == _C) | (names == _R) | (names == _V) | (names == _F)
        in_tags = np.flatnonzero(names == _C)
        if not found.all() or len(in_tags) != len(cells):
            raise Irregular("tags")
        cells = in_tags[some]
        count = len(cells)
        following = names[cells + 1]
        value_tag = cells + 1
        formula = following == _F
        any_formula = bool(formula.any())
        if any_formula:
            value_tag = value_tag + formula
        beyond = names[value_tag + 1]
        plain = (names[value_tag] == _V) & ((beyond == _C) | (beyond == _R))
        end = tags[value_tag + 1]
        end -= 6 * (beyond == _R)
        tail = end - 8
        value = tags[value_tag]
        head_to = tags[cells + 1] if any_formula else value
        plain &= words[tail] == _CELL_TAIL
        plain &= bytes_[value + 2] == _GT
        if any_formula:
            plain &= ~formula | self._formula_is_whole(bytes_, words, head_to, value)
        length = head_to - head_from
        plain &= (length <= 16) & (length > 0)
        codes = np.full(count, SINGLY, np.uint8)
        numbers = np.zeros(count)
        if plain.all():
            which: Places | None = None
        else:
            which = np.flatnonzero(plain)
            head_from, head_to, length, value, tail = (
                head_from[which], head_to[which], length[which], value[which], tail[which]
            )  # fmt: skip
        if which is None or which.size:
            found = self._head_codes(data, words, head_from, head_to, length)
            worded = (found == WORDS) | (found == FAULT)
            amounts, odd = self._numbers(data, bytes_, words, value + 3, tail, worded)
            if odd.any():
                found = np.where(odd, np.uint8(SINGLY), found)
            if worded.any():
                some = np.flatnonzero(worded)
                amounts[some] = self._texts.places(block, value[some] + 3, tail[some])
            if which is None:
                codes, numbers = found, amounts
            else:
                codes[which], numbers[which] = found, amounts
        shared = numbers[codes == CellKind.TEXT]
        if ((shared < 0) | (shared >= self._texts.shared) | (np.floor(shared) != shared)).any():
            raise Irregular("text")  # the careful path says which cell it is
        if ((codes == CellKind.BOOL) & (numbers > 1)).any():
            raise Irregular("flag")
        closed = ~plain
        if closed.any():
            # Styled cells without content: `<c r="B7" s="3"/>` right before the next cell or the row's end.
            end = tags[cells + 1] - 6 * (following == _R)
            closed &= (following == _C) | (following == _R)
            closed &= (bytes_[end - 1] == _GT) & (bytes_[end - 2] == _SLASH)
            codes[closed] = CellKind.BLANK
        alone = int(np.count_nonzero(closed))
        quoted = self._inline(block, tags, cells, following, codes, numbers)
        singly = np.flatnonzero(codes == SINGLY)
        tally = 4 * (count - len(singly) - alone - quoted) + alone + 6 * quoted
        if any_formula:
            calculated = np.flatnonzero(formula & (codes != SINGLY))
            tally += len(calculated)
            tally += int(np.count_nonzero(bytes_[tags[value_tag[calculated]] - 2] != _SLASH))
        if singly.size:
            tally += self._one_by_one(data, tags, names, cells, singly, codes, numbers)
        said = (codes == WORDS) | (codes == FAULT)
        if said.any():
            codes[codes == WORDS] = CellKind.TEXT
            codes[codes == FAULT] = CellKind.ERROR
            codes[said & (numbers < 0)] = CellKind.BLANK
        return codes, numbers, tally

    def _inline(
        self,
        block: Block,
        tags: Places,
        cells: Places,
        following: Codes,
        codes: Codes,
        numbers: Numbers,
    ) -> int:
        """Fills in the cells ` t="inlineStr"><is><t>words</t></is></c>`, and says how many there are."""
        some = np.flatnonzero((codes == SINGLY) & ((following == _C) | (following == _R)))
        if not some.size:
            return 0
        start = tags[cells[some]]
        end = tags[cells[some] + 1] - 6 * (following[some] == _R)
        words = block.words
        insides = np.flatnonzero(block.opening & (block.bytes_[1:] == ord("i")))
        if not insides.size:
            return 0
        inside = insides[np.minimum(np.searchsorted(insides, start), len(insides) - 1)]
        preserved = words[inside] == _PRESERVED[0]
        text = inside + np.where(preserved, 28, 7)
        stop = end - 13
        regular = (inside > start) & (text <= stop)
        regular &= (words[inside - 8] == _INLINE[1]) & (words[inside - 15] == _INLINE[0])
        regular &= (words[np.maximum(stop, 0)] == _INLINE_TAIL[0]) & (
            words[np.maximum(end - 8, 0)] == _INLINE_TAIL[1]
        )
        plain = (words[inside] & _SEVEN) == _INLINE_TEXT
        kept = np.flatnonzero(preserved)
        if kept.size:
            plain[kept] = (
                (words[inside[kept] + 8] == _PRESERVED[1])
                & (words[inside[kept] + 16] == _PRESERVED[2])
                & (words[inside[kept] + 20] == _PRESERVED[3])
            )
        good = np.flatnonzero(regular & plain)
        if not good.size:
            return 0
        codes[some[good]] = WORDS
        numbers[some[good]] = self._texts.places(block, text[good], stop[good])
        return len(good)

    @staticmethod
    def _formula_is_whole(
        bytes_: Codes, words: Words, head_to: Places, value: Places
    ) -> npt.NDArray[np.bool_]:
        """Which formulas end right before their value."""
        before = value - 4
        opened = bytes_[head_to + 2]
        ended = ((words[before] & _FOUR) == _FORMULA_TAIL) | (
            (bytes_[value - 1] == _GT) & (bytes_[value - 2] == _SLASH)
        )
        whole: npt.NDArray[np.bool_] = ended & ((opened == _GT) | (opened == ord(" ")) | (opened == _SLASH))
        return whole

    def _head_codes(
        self, data: bytes, words: Words, head_from: Places, head_to: Places, length: Places
    ) -> Codes:
        """What the ends of heads, such as ` s="3" t="s">`, make of the numbers behind them."""
        first = words[head_from] & LOW[np.minimum(length, 8)]
        long = length > 8
        second = np.zeros(len(first), np.uint64)
        if long.any():
            where = np.flatnonzero(long)
            second[where] = words[head_to[where] - 8]
        slot = ((first * _MIX + second * _MIX_TOO) >> _U(64 - _TABLE_BITS)).astype(np.int64)
        while True:
            codes = self._code[slot]
            bad = (
                (self._first[slot] != first) | (self._second[slot] != second) | (self._length[slot] != length)
            )
            if not bad.any():
                return codes
            fresh = np.flatnonzero(bad & (codes == _UNKNOWN))
            if not fresh.size:
                # Two heads met in one slot; those of the second go singly, which is slow but right.
                codes[bad] = SINGLY
                return codes
            example = int(fresh[0])
            place = int(slot[example])
            self._first[place], self._second[place] = first[example], second[example]
            self._length[place] = length[example]
            self._code[place] = meaning(
                data[int(head_from[example]) : int(head_to[example])], self._rules
            )

    def _numbers(
        self,
        data: bytes,
        bytes_: Codes,
        words: Words,
        start: Places,
        stop: Places,
        worded: npt.NDArray[np.bool_],
    ) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """The numbers written from *start* to *stop*, exactly as `float` reads them, and which are none.

        Where *worded* says that the cell holds words, no number is looked for.
        """
        length = stop - start
        short = (length > 0) & (length <= 8)
        digits = (words[stop - 8] ^ ZEROS) & HIGH[np.minimum(np.maximum(length, 0), 8)]
        odd = ~short | (not_digits(digits) != 0)
        numbers = added_up(digits).astype(np.float64)
        odd &= ~worded
        if odd.any():
            which = np.flatnonzero(odd & (length > 0) & (length <= 17))
            if which.size:
                numbers[which], odd[which] = long_numbers(bytes_, words, start[which], stop[which])
            for place in np.flatnonzero(odd).tolist():
                text = data[start[place] : stop[place]]
                if _NUMBER.fullmatch(text):
                    numbers[place], odd[place] = float(text), False
        return numbers, odd

    def _one_by_one(
        self,
        data: bytes,
        tags: Places,
        names: Codes,
        cells: Places,
        singly: Places,
        codes: Codes,
        numbers: Numbers,
    ) -> int:
        """Fills in the cells that the arithmetic cannot read, and counts their tags."""
        tally = 0
        for place in singly.tolist():
            following = int(cells[place]) + 1
            while names[following] == _V or names[following] == _F:
                following += 1
            start, stop = int(tags[cells[place]]), int(tags[following])
            if names[following] == _R:
                stop -= 6
            found = _CELL.fullmatch(data, start, stop)
            if found is None:
                raise Irregular("cell")
            said = ATTRIBUTE.findall(found[1])
            attributes = dict(said)
            if len(attributes) != len(said):
                raise Irregular("attributes")
            try:
                value = None if found[2] is None else resolved(found[2].decode("utf-8"))
                inline = None if found[3] is None else rich_text(found[3].decode("utf-8"))
                kind, style = (
                    attributes.get(b"t", b"").decode("ascii"),
                    attributes.get(b"s", b"").decode("ascii"),
                )
            except UnicodeDecodeError:
                raise Irregular("bytes") from None
            codes[place], numbers[place] = self._rules.cell(kind, style, value, inline)
            tally += data.count(b"<", start, stop)
        return tally
