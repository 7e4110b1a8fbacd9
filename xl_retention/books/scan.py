"""Reads the XML of a sheet with array arithmetic, a megabyte at a time.

The usual shapes of a cell are known here, byte for byte:

    <c r="B7" s="3" t="s"><v>123</v></c>        with or without s and t, in either order
    <c r="B7"><f>A7*2</f><v>12.5</v></c>
    <c r="B7" s="3"/>

Every byte between a cell and the next one is accounted for. A cell of another shape is looked at singly;
whatever is then still unknown (other prefixes, comments, cells without an address or out of order)
raises `Irregular`, and the whole sheet is read again by `xl_retention.books.careful_scan`.
"""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Iterator

import numpy as np
import numpy.typing as npt

from xl_retention.books.cell_values import CellRules, Irregular, Texts, resolved, unescaped
from xl_retention.books.digits import (
    HIGH,
    LOW,
    ZEROS,
    Words,
    added_up,
    leading_integer,
    long_numbers,
    not_digits,
)
from xl_retention.books.gathering import Codes, Gathering, Numbers, Places
from xl_retention.books.grid import CellKind
from xl_retention.books.shared_strings import check_encoding, rich_text, without_prefix

LAST_COLUMN = 16384
LAST_ROW = 1048576

_U = np.uint64
_C, _R, _V, _F, _GT, _SLASH, _QUOTE, _A, _Z = (ord(sign) for sign in 'crvf>/"AZ')

# `<c`, `<f`, `<r` and `<v` share these bits; with them come b, g, s and w, which a sheet's rows do not hold.
_TAG_BITS, _TAG_VALUE = 0xEA, 0x62

_SENTINEL = b"<r<r<r" + b" " * 24


def _word(text: bytes) -> np.uint64:
    return _U(int.from_bytes(text.ljust(8, b"\0"), "little"))


_CELL_HEAD, _SIX = _word(b'<c r="'), LOW[6]
_ROW_HEAD = _word(b'<row r="')
_CELL_TAIL = _word(b"</v></c>")
_ROW_TAIL = _word(b"</row>")
_INLINE = _word(b' t="inli'), _word(b'ineStr">')
_INLINE_TAIL = _word(b"</t></is"), _word(b"/is></c>")
_INLINE_TEXT, _SEVEN = _word(b"<is><t>"), LOW[7]
_PRESERVED = tuple(_word(b'<is><t xml:space="preserve">'[place : place + 8]) for place in (0, 8, 16, 20))
_FORMULA_TAIL, _FOUR = _word(b"</f>"), LOW[4]

_TABLE_BITS = 10
_MIX = _U(0x9E3779B97F4A7C15)
_MIX_TOO = _U(0xC2B2AE3D27D4EB4F)
_SINGLY = 255
"""Code of heads whose cells are looked at one by one."""
_UNKNOWN = 254
_WORDS, _FAULT = 253, 252
"""Codes of cells whose value is the text itself, until it has its place among the texts."""

_ATTRIBUTE = re.compile(rb' ([A-Za-z_][\w.:-]*)="([^"<&]*)"')
_ATTRIBUTES = re.compile(rb'(?: [A-Za-z_][\w.:-]*="[^"<&]*")* ?')
_CELL = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]+"((?: [A-Za-z_][\w.:-]*="[^"<&]*")*) ?'
    rb'(?:/>|>(?:<f(?: [A-Za-z_][\w.:-]*="[^"<]*")* ?(?:/>|>[^<]*</f>))?'
    rb'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|<v ?/>|<is>(.*)</is>|<is ?/>)?</c>)',
    re.DOTALL,
)
_NUMBER = re.compile(rb"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SHEET_DATA = re.compile(rb"<([A-Za-z_][\w.-]*:)?sheetData ?(/?)>")
_MAIN_NAMESPACE = re.compile(rb"xmlns(?::([^=\s]+))?\s*=\s*[\"'][^\"']*/spreadsheetml/(?:2006/)?main[\"']")
_HEAD_LIMIT = 1 << 22
_CELLS_AT_ONCE = 1 << 17
"""Cells to collect before they are dealt out to their columns: a column of one block alone is short."""
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


class _Scanner:
    """Takes blocks of whole rows one after the other."""

    def __init__(
        self, rules: CellRules, texts: Texts, into: Gathering, columns: Collection[int] | None
    ) -> None:
        self._rules, self._texts, self._into = rules, texts, into
        self._wanted: npt.NDArray[np.bool_] | None = None
        if columns is not None:
            self._wanted = np.zeros(LAST_COLUMN, bool)
            self._wanted[[place for place in columns if 0 <= place < LAST_COLUMN]] = True
        self.last_row = 0
        # Ends of heads such as ` s="3" t="s">`, by a mix of their bytes: there are few of them in a sheet.
        self._first = np.zeros(1 << _TABLE_BITS, np.uint64)
        self._second = np.zeros(1 << _TABLE_BITS, np.uint64)
        self._code = np.full(1 << _TABLE_BITS, _UNKNOWN, np.uint8)
        self._length = np.zeros(1 << _TABLE_BITS, np.int64)
        self._slots = np.zeros(LAST_COLUMN, np.int64)
        self._waiting: list[tuple[Places, Places, Codes, Numbers]] = []
        self._waiting_cells = 0

    def block(self, block: bytes) -> None:
        """Reads a block of whole rows."""
        if (b"!" in block and b"<!" in block) or (b"?" in block and b"<?" in block):
            raise Irregular("comment")
        data = block + _SENTINEL
        bytes_ = np.frombuffer(data, np.uint8)
        # Eight bytes from any place on; the processor does not mind that they are not aligned.
        words: Words = np.ndarray((len(data) - 7,), "<u8", data, 0, (1,))

        opening = bytes_[:-1] == ord("<")
        tags = np.flatnonzero(opening & ((bytes_[1:] & _TAG_BITS) == _TAG_VALUE))
        names = bytes_[tags + 1]
        is_cell = names == _C
        is_row = names == _R
        cells = np.flatnonzero(is_cell)
        starts = np.flatnonzero(is_row)
        known = len(cells) + len(starts) + np.count_nonzero(names == _V) + np.count_nonzero(names == _F)
        if known != len(names) or not len(starts) or starts[0] != 0:
            raise Irregular("tags")
        numbers, digits, quoted, tally = self._rows(bytes_, words, tags, starts)

        rows_of_cells = np.searchsorted(cells, starts)
        counts = np.diff(rows_of_cells)[: len(numbers)]
        if not len(cells):
            if np.count_nonzero(opening) - 3 != tally:
                raise Irregular("tags")
            return
        ordinal = np.repeat(np.arange(len(numbers)), counts)

        places = tags[cells]
        column, after = self._columns(bytes_, words, places)
        if (digits == digits[0]).all():
            width = int(digits[0]) + 1
            fits = (words[after] & LOW[width]) == quoted[ordinal]
            head_from = after + width
        else:
            width_of = (digits + 1)[ordinal]
            fits = (words[after] & LOW[width_of]) == quoted[ordinal]
            head_from = after + width_of
        if not fits.all():
            raise Irregular("address")
        flat = ordinal * LAST_COLUMN + column
        if not (flat[1:] > flat[:-1]).all():
            raise Irregular("order")

        if self._wanted is not None:
            kept = np.flatnonzero(self._wanted[column])
            cells, ordinal, column, places, head_from = (
                cells[kept], ordinal[kept], column[kept], places[kept], head_from[kept]
            )  # fmt: skip
            if not len(cells):
                return
        codes, values, tally_cells = self._cells(data, bytes_, words, tags, names, opening, cells, head_from)
        if self._wanted is None and np.count_nonzero(opening) - 3 != tally + tally_cells:
            raise Irregular("tags")
        self._waiting.append((numbers[ordinal], column, codes, values))
        self._waiting_cells += len(column)
        if self._waiting_cells >= _CELLS_AT_ONCE:
            self.hand_over()

    def _rows(
        self, bytes_: Codes, words: Words, tags: Places, starts: Places
    ) -> tuple[Places, Places, Words, int]:
        """The row numbers from 0, how many digits each has, these with their quote, and the tags seen."""
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
            or int(numbers[-1]) > LAST_ROW
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

    def _columns(self, bytes_: Codes, words: Words, places: Places) -> tuple[Places, Places]:
        """Column of each cell from 0, and where the digits of its address begin."""
        head = words[places]
        if not ((head & _SIX) == _CELL_HEAD).all():
            raise Irregular("cell")
        first = (head >> _U(48)).astype(np.uint8)
        second = bytes_[places + 7]
        if not ((first >= _A) & (first <= _Z)).all():
            raise Irregular("address")
        column = first.astype(np.int64) - _A
        after = places + 7
        longer = np.flatnonzero(second >= _A)
        if longer.size:
            letter = second[longer]
            two = (column[longer] + 1) * 26 + (letter - _A)
            third = bytes_[places[longer] + 8]
            after[longer] += 1
            three = np.flatnonzero(third >= _A)
            if three.size:
                two[three] = (two[three] + 1) * 26 + (third[three] - _A)
                after[longer[three]] += 1
            if not (letter <= _Z).all() or not (third[three] <= _Z).all() or int(two.max()) >= LAST_COLUMN:
                raise Irregular("address")
            column[longer] = two
        return column, after

    def _cells(
        self,
        data: bytes,
        bytes_: Codes,
        words: Words,
        tags: Places,
        names: Codes,
        opening: npt.NDArray[np.bool_],
        cells: Places,
        head_from: Places,
    ) -> tuple[Codes, Numbers, int]:
        """Code and number of each cell, and how many tags they have together."""
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
        codes = np.full(count, _SINGLY, np.uint8)
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
            worded = (found == _WORDS) | (found == _FAULT)
            amounts, odd = self._numbers(data, bytes_, words, value + 3, tail, worded)
            if odd.any():
                found = np.where(odd, np.uint8(_SINGLY), found)
            if worded.any():
                some = np.flatnonzero(worded)
                amounts[some] = self._places(data, value[some] + 3, tail[some])
            if which is None:
                codes, numbers = found, amounts
            else:
                codes[which], numbers[which] = found, amounts
        if ((codes == CellKind.TEXT) & (numbers >= self._texts.shared)).any():
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
        quoted = self._inline(data, words, tags, opening, cells, following, codes, numbers)
        singly = np.flatnonzero(codes == _SINGLY)
        tally = 4 * (count - len(singly) - alone - quoted) + alone + 6 * quoted
        if any_formula:
            calculated = np.flatnonzero(formula & (codes != _SINGLY))
            tally += len(calculated)
            tally += int(np.count_nonzero(bytes_[tags[value_tag[calculated]] - 2] != _SLASH))
        if singly.size:
            tally += self._one_by_one(data, tags, names, cells, singly, codes, numbers)
        said = (codes == _WORDS) | (codes == _FAULT)
        if said.any():
            codes[codes == _WORDS] = CellKind.TEXT
            codes[codes == _FAULT] = CellKind.ERROR
            codes[said & (numbers < 0)] = CellKind.BLANK
        return codes, numbers, tally

    def _inline(
        self,
        data: bytes,
        words: Words,
        tags: Places,
        opening: npt.NDArray[np.bool_],
        cells: Places,
        following: Codes,
        codes: Codes,
        numbers: Numbers,
    ) -> int:
        """Fills in the cells ` t="inlineStr"><is><t>words</t></is></c>`, and says how many there are."""
        some = np.flatnonzero((codes == _SINGLY) & ((following == _C) | (following == _R)))
        if not some.size:
            return 0
        start = tags[cells[some]]
        end = tags[cells[some] + 1] - 6 * (following[some] == _R)
        bytes_ = np.frombuffer(data, np.uint8)
        insides = np.flatnonzero(opening & (bytes_[1:] == ord("i")))
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
        codes[some[good]] = _WORDS
        numbers[some[good]] = self._places(data, text[good], stop[good])
        return len(good)

    def _places(self, data: bytes, start: Places, stop: Places) -> Places:
        """Where the texts from *start* to *stop* stand among all texts; -1 for a text without a letter."""
        raw = b"\0".join([data[begin:end] for begin, end in zip(start.tolist(), stop.tolist(), strict=True)])
        try:
            joined = raw.decode("utf-8")
        except UnicodeDecodeError:
            raise Irregular("bytes") from None
        found = joined.split("\0")
        if len(found) != len(start) or "<" in joined:
            raise Irregular("text")
        if "&" in joined or "_x" in joined or "\r" in joined:
            found = [
                unescaped(resolved(text)) if "&" in text or "_x" in text or "\r" in text else text
                for text in found
            ]
        return self._texts.places(found)

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
                codes[bad] = _SINGLY
                return codes
            example = int(fresh[0])
            place = int(slot[example])
            self._first[place], self._second[place] = first[example], second[example]
            self._length[place] = length[example]
            self._code[place] = self._meaning(data[int(head_from[example]) : int(head_to[example])])

    def _meaning(self, head: bytes) -> int:
        if not head.endswith(b">") or not _ATTRIBUTES.fullmatch(head[:-1]):
            return _SINGLY
        said = dict(_ATTRIBUTE.findall(head[:-1]))
        kind = said.get(b"t", b"n")
        if kind == b"s":
            return CellKind.TEXT
        if kind == b"b":
            return CellKind.BOOL
        if kind == b"str":
            return _WORDS
        if kind == b"e":
            return _FAULT
        return self._rules.style(said.get(b"s", b"0").decode("ascii", "replace")) if kind == b"n" else _SINGLY

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
            said = _ATTRIBUTE.findall(found[1])
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
