"""Reads the XML of a sheet with array arithmetic: tags are found and digits added up for a megabyte at a time.

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

from xl_retention.books.cell_values import CellRules, Irregular, Texts, resolved
from xl_retention.books.gathering import Codes, Gathering, Numbers, Places
from xl_retention.books.grid import CellKind
from xl_retention.books.shared_strings import check_encoding, rich_text

Words = npt.NDArray[np.uint64]
"""Eight bytes each, the first one in the lowest place."""

LAST_COLUMN = 16384
LAST_ROW = 1048576

_U = np.uint64
_C, _R, _V, _F, _GT, _SLASH, _QUOTE, _A, _Z = (ord(sign) for sign in "crvf>/\"AZ")

# `<c`, `<f`, `<r` and `<v` share these bits; with them come b, g, s and w, which a sheet's rows do not hold.
_TAG_BITS, _TAG_VALUE = 0xEA, 0x62

_SENTINEL = b"<r<r<r" + b" " * 24


def _word(text: bytes) -> np.uint64:
    return _U(int.from_bytes(text.ljust(8, b"\0"), "little"))


def _low_bytes(count: int) -> int:
    return (1 << (8 * count)) - 1


_LOW = np.array([_low_bytes(count) for count in range(9)], np.uint64)
_HIGH = np.array([_low_bytes(8) ^ _low_bytes(8 - count) for count in range(9)], np.uint64)
_CELL_HEAD, _SIX = _word(b'<c r="'), _U(_low_bytes(6))
_ROW_HEAD = _word(b'<row r="')
_CELL_TAIL = _word(b"</v></c>")
_ROW_TAIL = _word(b"</row>")
_FORMULA_TAIL, _FOUR = _word(b"</f>"), _U(_low_bytes(4))
_ZEROS, _SIXES, _TOPS = (_U(int.from_bytes(bytes([byte]) * 8, "little")) for byte in (0x30, 0x76, 0x80))
_ONES, _DOTS = (_U(int.from_bytes(bytes([byte]) * 8, "little")) for byte in (0x01, ord(".") ^ 0x30))
_PAIRS, _QUADS, _EIGHT = _U(0x00FF00FF00FF00FF), _U(0x0000FFFF0000FFFF), _U(0xFFFFFFFF)
_TENS = 10.0 ** np.arange(23)
_EXACT = 1 << 53

_TABLE_BITS = 10
_MIX = _U(0x9E3779B97F4A7C15)
_MIX_TOO = _U(0xC2B2AE3D27D4EB4F)
_SINGLY = 255
"""Code of heads whose cells are looked at one by one."""
_UNKNOWN = 254

_ATTRIBUTE = re.compile(rb' ([A-Za-z_][\w.:-]*)="([^"<&]*)"')
_ATTRIBUTES = re.compile(rb'(?: [A-Za-z_][\w.:-]*="[^"<&]*")* ?')
_CELL = re.compile(
    rb'<c r="[A-Z]{1,3}[0-9]+"((?: [A-Za-z_][\w.:-]*="[^"<&]*")*) ?'
    rb"(?:/>|>(?:<f(?: [^<>]*)?(?:/>|>[^<]*</f>))?"
    rb'(?:<v(?: xml:space="preserve")?>([^<]*)</v>|<v ?/>|<is>(.*)</is>|<is ?/>)?</c>)',
    re.DOTALL,
)
_NUMBER = re.compile(rb"-?(?:[0-9]+\.?[0-9]*|\.[0-9]+)(?:[eE][+-]?[0-9]+)?")
_SHEET_DATA = re.compile(rb"<sheetData ?(/?)>")
_MAIN = b"/spreadsheetml/"
_HEAD_LIMIT = 1 << 22
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
            return


def row_blocks(chunks: Iterable[bytes]) -> Iterator[bytes]:
    """The rows between `<sheetData>` and `</sheetData>`, cut before a `<row`; the whole part is consumed.

    Raises:
        Irregular: The part before the rows is unusual, or a row is endless.
    """
    carry = b""
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
            _check_head(carry[: found.end()])
            if found[1]:
                stage = "tail"
                continue
            carry, stage = carry[found.end() :], "rows"
        # The end of the rows can only follow the last row: `<row ` with its blank is no `<rowBreaks>`.
        cut = max(carry.rfind(b"<row "), 0)
        end = carry.find(b"</sheetData>", cut)
        if end >= 0:
            if end:
                yield carry[:end]
            carry, stage = b"", "tail"
        elif cut:
            yield carry[:cut]
            carry = carry[cut:]
        elif len(carry) > _ROW_LIMIT:
            raise Irregular("row")
    if stage != "tail":
        raise Irregular("tail")


def _check_head(head: bytes) -> None:
    check_encoding(head)
    # A document type, a comment, or the main namespace bound to a prefix: rows could then hide anywhere.
    if b"<!" in head or head.count(b"<?") > head.startswith((b"<?xml", b"\xef\xbb\xbf<?xml")):
        raise Irregular("head")
    if head.startswith((b"\xff\xfe", b"\xfe\xff", b"\0")) or b"\0" in head:
        raise Irregular("encoding")
    if re.search(rb"xmlns:[^=]+=[\"'][^\"']*/spreadsheetml/[^\"']*main[\"']", head.partition(b"<sheetData")[0]):
        inside = re.findall(rb"xmlns:([^=\s]+)\s*=\s*[\"']([^\"']*)[\"']", head)
        if any(uri.endswith((b"/spreadsheetml/2006/main", b"/spreadsheetml/main")) for _, uri in inside):
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
            fits = (words[after] & _LOW[width]) == quoted[ordinal]
            head_from = after + width
        else:
            width_of = (digits + 1)[ordinal]
            fits = (words[after] & _LOW[width_of]) == quoted[ordinal]
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
        codes, values, tally_cells = self._cells(data, bytes_, words, tags, names, cells, head_from)
        if self._wanted is None and np.count_nonzero(opening) - 3 != tally + tally_cells:
            raise Irregular("tags")
        self._hand_over(numbers, ordinal, column, codes, values)

    def _rows(
        self, bytes_: Codes, words: Words, tags: Places, starts: Places
    ) -> tuple[Places, Places, Words, int]:
        """The row numbers from 0, how many digits each has, those digits with their quote, and the tags seen."""
        places = tags[starts[:-3]]
        if not len(places) or not (words[places] == _ROW_HEAD).all():
            raise Irregular("row")
        address = words[places + 8]
        numbers, digits = _leading_integer(address)
        if not (digits > 0).all() or not (digits < 8).all() or not (bytes_[places + 8 + digits] == _QUOTE).all():
            raise Irregular("row")
        if int(numbers[0]) <= self.last_row or int(numbers[-1]) > LAST_ROW or not (np.diff(numbers) > 0).all():
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
        quoted = address & _LOW[digits + 1]
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
        plain &= words[np.where(plain, tail, 0)] == _CELL_TAIL
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
            amounts, odd = self._numbers(data, bytes_, words, value + 3, tail)
            found = np.where(odd, np.uint8(_SINGLY), found) if odd.any() else found
            if which is None:
                codes, numbers = found, amounts
            else:
                codes[which], numbers[which] = found, amounts
        shared = codes == CellKind.TEXT
        if shared.any() and float(np.max(numbers, where=shared, initial=0.0)) >= self._texts.shared:
            raise Irregular("text")  # the careful path says which cell it is
        flags = np.flatnonzero(codes == CellKind.BOOL)
        if flags.size and not (numbers[flags] <= 1).all():
            raise Irregular("flag")
        closed = ~plain
        if closed.any():
            # Styled cells without content: `<c r="B7" s="3"/>` right before the next cell or the row's end.
            end = tags[cells + 1] - 6 * (following == _R)
            closed &= (following == _C) | (following == _R)
            closed &= (bytes_[end - 1] == _GT) & (bytes_[end - 2] == _SLASH)
            codes[closed] = CellKind.BLANK
        alone = int(np.count_nonzero(closed))
        singly = np.flatnonzero(codes == _SINGLY)
        tally = 4 * (count - len(singly) - alone) + alone
        if any_formula:
            calculated = np.flatnonzero(formula & (codes != _SINGLY))
            tally += len(calculated)
            tally += int(np.count_nonzero(bytes_[tags[value_tag[calculated]] - 2] != _SLASH))
        if singly.size:
            tally += self._one_by_one(data, tags, names, cells, singly, codes, numbers)
        return codes, numbers, tally

    @staticmethod
    def _formula_is_whole(bytes_: Codes, words: Words, head_to: Places, value: Places) -> npt.NDArray[np.bool_]:
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
        first = words[head_from] & _LOW[np.minimum(length, 8)]
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
        return self._rules.style(said.get(b"s", b"0").decode("ascii", "replace")) if kind == b"n" else _SINGLY

    def _numbers(
        self, data: bytes, bytes_: Codes, words: Words, start: Places, stop: Places
    ) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """The numbers written from *start* to *stop*, exactly as `float` reads them, and which are none."""
        length = stop - start
        short = (length > 0) & (length <= 8)
        digits = (words[stop - 8] ^ _ZEROS) & _HIGH[np.minimum(np.maximum(length, 0), 8)]
        odd = ~short | ((((digits + _SIXES) | digits) & _TOPS) != 0)
        numbers = _added_up(digits).astype(np.float64)
        if odd.any():
            which = np.flatnonzero(odd & (length > 0) & (length <= 17))
            if which.size:
                numbers[which], odd[which] = self._long_numbers(bytes_, words, start[which], stop[which])
            for place in np.flatnonzero(odd).tolist():
                text = data[start[place] : stop[place]]
                if _NUMBER.fullmatch(text):
                    numbers[place], odd[place] = float(text), False
        return numbers, odd

    @staticmethod
    def _long_numbers(
        bytes_: Codes, words: Words, start: Places, stop: Places
    ) -> tuple[Numbers, npt.NDArray[np.bool_]]:
        """Numbers with a sign, a point or more than eight digits, up to sixteen; and which are none of these."""
        minus = bytes_[start] == ord("-")
        first = start + minus
        length = stop - first
        # Where words begin before the block, the row tag is too short to be one; then nothing is said.
        usable = (length > 0) & (length <= 16) & (bytes_[first] - ord("0") < 10) & (bytes_[stop - 1] - ord("0") < 10)
        length = np.where(usable, length, 1)
        low = (words[stop - 8] ^ _ZEROS) & _HIGH[np.minimum(length, 8)]
        high = (words[np.maximum(stop - 16, 0)] ^ _ZEROS) & _HIGH[np.maximum(length - 8, 0)]
        low_dot, low_below = _point(low)
        high_dot, high_below = _point(high)
        decimals = np.where(low_dot, _bytes_above(low_below), 0)
        decimals += np.where(high_dot, _bytes_above(high_below) + 8, 0)
        # Taking the point out moves the digits before it one place up.
        low_new = np.where(low_dot, _without_point(low, low_below) | (high >> _U(56)), low)
        high_new = np.where(low_dot, high << _U(8), high)
        high_new = np.where(high_dot & ~low_dot, _without_point(high, high_below), high_new)
        digits_only = ((((low_new + _SIXES) | low_new) | ((high_new + _SIXES) | high_new)) & _TOPS) == 0
        amount = _added_up(high_new) * _U(10**8) + _added_up(low_new)
        # Integers are rounded once by the conversion; a fraction is exact as long as its digits are.
        exact = usable & digits_only & ((decimals == 0) | (amount <= _EXACT))
        numbers = amount.astype(np.float64) / _TENS[decimals]
        np.negative(numbers, where=minus, out=numbers)
        return numbers, ~exact

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
                kind, style = attributes.get(b"t", b"").decode("ascii"), attributes.get(b"s", b"").decode("ascii")
            except UnicodeDecodeError:
                raise Irregular("bytes") from None
            codes[place], numbers[place] = self._rules.cell(kind, style, value, inline)
            tally += data.count(b"<", start, stop)
        return tally

    def _hand_over(
        self, numbers: Places, ordinal: Places, column: Places, codes: Codes, values: Numbers
    ) -> None:
        """Gives the cells of a block to the gathering, column by column."""
        first, last = int(numbers[ordinal[0]]), int(numbers[ordinal[-1]])
        height = last - first + 1
        present = np.flatnonzero(np.bincount(column))
        row = numbers[ordinal]
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


def _leading_integer(address: Words) -> tuple[Places, Places]:
    """The number that a word begins with, and how many digits it has (8 when nothing ends it)."""
    digits = address ^ _ZEROS
    others = ((digits + _SIXES) | digits) & _TOPS
    count = np.where(others != 0, _bytes_below(others), 8)
    shifted = digits << (_U(64) - _U(8) * count.astype(np.uint64))
    return _added_up(np.where(count > 0, shifted, _U(0))).astype(np.int64), count


def _added_up(digits: Words) -> Words:
    """The number whose eight digits stand one in each byte, the first in the lowest."""
    pairs = (digits * _U(10) + (digits >> _U(8))) & _PAIRS
    quads = (pairs * _U(100) + (pairs >> _U(16))) & _QUADS
    return (quads * _U(10000) + (quads >> _U(32))) & _EIGHT


def _bytes_below(flags: Words) -> Places:
    """How many whole bytes lie below the lowest bit set in each word of flags."""
    lowest = flags & (~flags + _U(1))
    return (np.frexp(lowest.astype(np.float64))[1].astype(np.int64) - 1) >> 3


def _point(digits: Words) -> tuple[npt.NDArray[np.bool_], Words]:
    """Whether a decimal point is among the digits, and all bits of the bytes before it."""
    other = digits ^ _DOTS
    flags = (other - _ONES) & ~other & _TOPS
    lowest = flags & (~flags + _U(1))
    return flags != 0, (lowest >> _U(7)) - _U(1)


def _bytes_above(below: Words) -> Places:
    """How many bytes follow the point, given the bits of the bytes before it."""
    above: Places = 7 - _bytes_below(below + _U(1))
    return above


def _without_point(digits: Words, below: Words) -> Words:
    after = ~((below << _U(8)) | _U(0xFF))
    moved: Words = (digits & after) | ((digits & below) << _U(8))
    return moved
