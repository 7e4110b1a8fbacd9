"""The cells of a sheet as XML: values as a cell can hold them, a column at a time."""

from __future__ import annotations

import datetime as dt
import re
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from decimal import Decimal
from enum import Enum
from functools import cache, partial
from itertools import repeat
from operator import itemgetter
from typing import Literal

import numpy as np

from xl_retention.books.formulas import Formula
from xl_retention.books.long_list import columns_below
from xl_retention.errors import WrongRequest

Rows = Sequence[Sequence[object]]

LONGEST_TEXT = 32_767
"""Characters a cell holds, counted as Excel does (a character beyond the basic plane counts twice)."""

Kind = Literal["blank", "text", "number", "bool", "date", "datetime", "time"]


def plain(value: object, *, date1904: bool = False) -> object:
    """A value as a cell can hold it.

    Returns:
        None for None, "", NaN, NaT and infinity; str (cut to what a cell holds), bool, int, float, datetime,
        date, time or timedelta; of a formula what it gives. A day before the workbook's first one becomes text, for
        no cell can hold it.

    Raises:
        TypeError: Anything else.
    """
    if isinstance(value, str):
        return _cut(str.__str__(value)) or None
    if value is None or type(value).__name__ in ("NAType", "NaTType"):
        return None
    if isinstance(value, Formula):
        return plain(value.value, date1904=date1904)
    if isinstance(value, np.generic):
        value = value.item()
    if isinstance(value, Enum) and not isinstance(value, (str, int)):
        return plain(value.value, date1904=date1904)
    if isinstance(value, str):
        return _cut(str(value)) or None
    if isinstance(value, (bool, dt.time, dt.timedelta)):
        return value
    if isinstance(value, int):
        # A larger number would lose digits in a cell, a text keeps them.
        return int(value) if abs(value) <= 1 << 53 else str(int(value))
    if isinstance(value, (float, Decimal)):
        number = float(value)
        return number if np.isfinite(number) else None
    if isinstance(value, dt.date):
        return value if _days(value, date1904) > 0 else str(value)
    raise TypeError(f"a cell cannot hold {type(value).__name__}")


def _cut(text: str) -> str:
    if len(text) <= LONGEST_TEXT // 2:
        return text
    if len(text) + sum(character > "\uffff" for character in text) <= LONGEST_TEXT:
        return text
    room = LONGEST_TEXT - 1
    for place, character in enumerate(text):
        room -= 2 if character > "\uffff" else 1
        if room < 0:
            return text[:place] + "…"
    return text


def _days(day: dt.date, date1904: bool) -> int:
    first = dt.date(1904, 1, 1) if date1904 else dt.date(1899, 12, 31)
    days = (dt.date(day.year, day.month, day.day) - first).days
    # Excel's first system counts a 29 February 1900 that never was.
    return days + (not date1904 and days >= 60)


def serial(value: dt.date | dt.time | dt.timedelta, *, date1904: bool) -> float:
    """Days since the workbook's own beginning; a clock time is a part of a day. A time zone is left out."""
    if isinstance(value, dt.timedelta):
        return value.total_seconds() / 86400
    clock = value.time() if isinstance(value, dt.datetime) else value
    days = _days(value, date1904) if isinstance(value, dt.date) else 0
    if not isinstance(clock, dt.time):
        return days
    return days + (clock.hour * 3600 + clock.minute * 60 + clock.second + clock.microsecond / 1e6) / 86400


_UNSAFE = re.compile("[&<>\x00-\x08\x0b-\x1f\ud800-\udfff\ufffe\uffff]|_x(?=[0-9A-Fa-f]{4}_)")
_NAMED = {"&": "&amp;", "<": "&lt;", ">": "&gt;", "_x": "_x005F_x"}


def cell_text(text: str) -> str:
    """Text as it stands inside `<t>`: a sign that XML cannot carry becomes `_xHHHH_`."""
    return _UNSAFE.sub(lambda found: _NAMED.get(found[0]) or f"_x{ord(found[0]):04X}_", text)


def letters(column: int) -> str:
    """The letters of a column, counting from 0."""
    name = ""
    column += 1
    while column:
        column, rest = divmod(column - 1, 26)
        name = chr(65 + rest) + name
    return name


def column_number(name: str) -> int:
    """The place of a column, from 0, by its letters."""
    number = 0
    for letter in name:
        number = number * 26 + ord(letter) - 64
    return number - 1


StyleOf = Callable[[Kind, bool], int]
"""The style number for a kind of value; the second argument says whether the text looks like a formula."""

_FORMULA_SIGNS = "=+-@"

ROWS_AT_ONCE = 256
"""Rows put together before they are encoded: a long list is never there twice, and so few stay near the processor."""


class _Payloads(dict[object, str]):
    """What follows the address of a cell, by value: each different value of a column is written out once.

    Args:
        typed: Whether keys are pairs of type and value; 1, 1.0 and True are one key, but three cells.
    """

    def __init__(self, style_of: StyleOf, prefix: str, date1904: bool, *, typed: bool) -> None:
        super().__init__()
        self._style_of, self._prefix, self._date1904, self._typed = style_of, prefix, date1904, typed

    def __missing__(self, key: object) -> str:
        cell = key[1] if self._typed and isinstance(key, tuple) else key
        value = plain(cell, date1904=self._date1904)
        p = self._prefix
        if isinstance(cell, Formula):
            self[key] = payload = self._formula(cell.text, value)
            return payload
        if value is None:
            payload = _mark(self._style_of("blank", False)) + "/>"
        elif isinstance(value, str):
            space = (
                ' xml:space="preserve"' if value != value.strip() or "\n" in value or "\t" in value else ""
            )
            style = self._style_of("text", value[0] in _FORMULA_SIGNS)
            text = f"<{p}is><{p}t{space}>{cell_text(value)}</{p}t></{p}is></{p}c>"
            payload = f'{_mark(style)} t="inlineStr">{text}'
        else:
            kind, number = self._number(value)
            mark = _mark(self._style_of(kind, False)) + ' t="b"' * (kind == "bool")
            payload = f"{mark}><{p}v>{number}</{p}v></{p}c>"
        self[key] = payload
        return payload

    def _formula(self, text: str, value: object) -> str:
        """A formula with its cached result; one that gives nothing gives an empty text."""
        p = self._prefix
        formula = f"<{p}f>{cell_text(text.removeprefix('='))}</{p}f>"
        if value is None or isinstance(value, str):
            mark = _mark(self._style_of("number", False))
            return f'{mark} t="str">{formula}<{p}v>{cell_text(value or "")}</{p}v></{p}c>'
        kind, number = self._number(value)
        mark = _mark(self._style_of(kind, False)) + ' t="b"' * (kind == "bool")
        return f"{mark}>{formula}<{p}v>{number}</{p}v></{p}c>"

    def _number(self, value: object) -> tuple[Kind, str]:
        if isinstance(value, bool):
            return "bool", str(int(value))
        if isinstance(value, (dt.date, dt.time, dt.timedelta)):
            number = serial(value, date1904=self._date1904)
            kind: Kind = "time"
            if isinstance(value, dt.date):
                kind = "date" if number == int(number) else "datetime"
            return kind, repr(int(number) if number == int(number) else number)
        return "number", repr(value)


def _mark(style: int) -> str:
    return f'" s="{style}"' if style else '"'


@dataclass(frozen=True)
class _ColumnXml:
    """One column: a pattern with gaps, for the number of the row and, where cells differ, for the text of the cell."""

    pattern: str
    texts: Sequence[str] | None

    def gaps(self, numbers: Sequence[str]) -> tuple[Sequence[str], ...]:
        """What fills the gaps, in turn, by row."""
        return (numbers,) if self.texts is None else (numbers, self.texts)


def _filled(pattern: str, gaps: Sequence[Sequence[str]]) -> Iterator[str]:
    """
    A pattern once for each row, several rows at a time.

    Gaps of many rows are filled in one step each, which takes half the time of `%` row by row.

    Args:
        pattern: With a `%s` for each gap.
        gaps: What fills each of them, by row.
    """
    between = pattern.split("%s")
    row: list[str] = [part for text in between[:-1] for part in (text, "")] + between[-1:]
    height = len(gaps[0])
    rows = row * min(ROWS_AT_ONCE, height)
    for start in range(0, height, ROWS_AT_ONCE):
        stop = min(start + ROWS_AT_ONCE, height)
        parts = rows[: (stop - start) * len(row)]
        for place, texts in enumerate(gaps):
            parts[2 * place + 1 :: len(row)] = texts[start:stop]
        yield "".join(parts)


@dataclass(frozen=True)
class CellWriter:
    """How cells are spelled in one sheet.

    Args:
        prefix: Of the main namespace, with its colon.
        date1904: Whether days count from 1904.
    """

    prefix: str
    date1904: bool

    def column(self, cells: Sequence[object], name: str, style_of: StyleOf) -> _ColumnXml:
        """A column of cells; at once where all are plain texts or whole numbers, else value by value."""
        p = self.prefix
        # Counting what is blank takes a fifth of the time of looking at types, but longer where there are texts.
        blank = len(cells) > 0 and cells[0] is None and cells.count(None) == len(cells)
        kinds = {type(None)} if blank else set(map(type, cells))
        start = f'<{p}c r="{name}%s'
        if kinds == {type(None)}:
            return _ColumnXml(f"{start}{_mark(style_of('blank', False))}/>", None)
        if str in kinds and kinds <= {str, type(None)} and self._plain_texts(cells):
            return self._texts(cells, start, style_of)
        if kinds == {int} and min(cells) >= -(1 << 53) and max(cells) <= 1 << 53:  # type: ignore[type-var,operator]
            pattern = f"{start}{_mark(style_of('number', False))}><{p}v>%s</{p}v></{p}c>"
            return _ColumnXml(pattern, list(map(str, cells)))
        typed = len(kinds - {str, type(None), dt.datetime, dt.date}) > 1
        payloads = _Payloads(cache(style_of), p, self.date1904, typed=typed)
        try:
            keys = zip(map(type, cells), cells, strict=True) if typed else cells
            texts = list(map(payloads.__getitem__, keys))
        except TypeError as error:
            raise WrongRequest(f"Column {name} of a sheet to be written is wrong: {error}.") from None
        return _ColumnXml(f"{start}%s", texts)

    def _texts(self, cells: Sequence[object], start: str, style_of: StyleOf) -> _ColumnXml:
        p = self.prefix
        before, after = f'{_mark(style_of("text", False))} t="inlineStr"><{p}is><{p}t>', f"</{p}t></{p}is></{p}c>"
        if all(cells):
            return _ColumnXml(f"{start}{before}%s{after}", cells)  # type: ignore[arg-type]
        blank = f"{_mark(style_of('blank', False))}/>"
        return _ColumnXml(f"{start}%s", [f"{before}{cell}{after}" if cell else blank for cell in cells])

    @staticmethod
    def _plain_texts(cells: Sequence[object]) -> bool:
        """Whether texts, where they are not blank, can be written as they are, all in the same style."""
        texts: set[str] = set(filter(None, cells))  # type: ignore[arg-type]
        if not texts or len(max(texts, key=len)) > LONGEST_TEXT // 2:
            return False
        joined = "".join(texts)
        return (
            joined.isprintable()  # neither signs that XML cannot carry nor blanks other than the usual one
            and not any(sign in joined for sign in ("&", "<", ">", "_x"))
            and {" ", *_FORMULA_SIGNS}.isdisjoint(map(itemgetter(0), texts))
            and " " not in map(itemgetter(-1), texts)
        )

    def cell(self, value: object, row: int, name: str, style_of: StyleOf) -> str:
        """One cell, "" where a blank one needs no look; *row* counts from 1, *name* is that of the column."""
        blank = not isinstance(value, Formula) and plain(value, date1904=self.date1904) is None
        if blank and not style_of("blank", False):
            return ""
        column = self.column([value], name, style_of)
        return column.pattern % tuple(gap[0] for gap in column.gaps([str(row)]))


@dataclass(frozen=True)
class CellStyles:
    """Which style a cell gets.

    Args:
        head_rows: Rows from the top that are looked up one by one.
        head: Style for row and column (both from 0) of those rows, kind and quoting.
        data: Style for a column of the rows below.
    """

    head_rows: int
    head: Callable[[int, int, Kind, bool], int]
    data: Callable[[int, Kind, bool], int]


def sheet_data(
    rows: Rows,
    styles: CellStyles,
    *,
    width: int,
    date1904: bool,
    prefix: str = "",
    row_marks: Mapping[int, str] | None = None,
) -> list[bytes]:
    """The `sheetData` element, in blocks of some rows.

    Args:
        rows: Row 1 first; shorter rows end with blanks.
        styles: What style a cell gets.
        date1904: Whether days count from 1904.
        prefix: Of the main namespace, with its colon.
        width: Columns to write, so that blanks get their look too; at least that of *rows*.
        row_marks: Attributes of rows (from 1), as ` ht="30" customHeight="1"`.

    Raises:
        WrongRequest: A value is of a type no cell can hold.
    """
    p, marks = prefix, row_marks or {}
    writer = CellWriter(prefix, date1904)
    head_rows = min(styles.head_rows, len(rows))
    blocks = [f"<{p}sheetData>".encode()]
    for number, row in enumerate(rows[:head_rows], 1):
        cells = "".join(
            writer.cell(value, number, letters(place), partial(styles.head, number - 1, place))
            for place, value in enumerate([*row, *repeat(None, width - len(row))])
        )
        mark = marks.get(number, "")
        blocks.append((f'<{p}row r="{number}"{mark}>{cells}</{p}row>' if cells or mark else "").encode())
    columns = columns_below(rows, head_rows)
    height = len(rows) - head_rows
    columns += [(None,) * height] * (width - len(columns))
    written = [
        writer.column(cells_of, letters(place), partial(styles.data, place))
        for place, cells_of in enumerate(columns)
    ]
    if height and written:
        pattern = f'<{p}row r="%s"%s>{"".join(column.pattern for column in written)}</{p}row>'
        places = range(head_rows + 1, len(rows) + 1)
        numbers = list(map(str, places))
        gaps: list[Sequence[str]] = [numbers, [marks.get(place, "") for place in places]]
        for column in written:
            gaps += column.gaps(numbers)
        blocks += map(str.encode, _filled(pattern, gaps))
    blocks.append(f"</{p}sheetData>".encode())
    return blocks
