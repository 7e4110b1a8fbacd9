"""The cells of a column on their way to values: what is text, what is a number, and each text only once.

Staff's sheets repeat few texts in many rows, or hold many texts of one regular shape. The first are read once
per different text, the second as one matrix of characters; neither costs a Python step per cell.
"""

from __future__ import annotations

import datetime as dt
import unicodedata
from collections.abc import Callable
from dataclasses import dataclass, field
from functools import cached_property
from itertools import compress

import numpy as np
import numpy.typing as npt

from xl_retention.books.grid import EPOCH, CellKind, Column
from xl_retention.domain.coded import Coded, Origin

Rows = npt.NDArray[np.intp]
Mask = npt.NDArray[np.bool_]
Texts = npt.NDArray[np.object_]

BLANKS = (
    "\t\n\x0b\x0c\r\x1c\x1d\x1e\x1f \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008"
    "\u2009\u200a\u2028\u2029\u202f\u205f\u3000"
    # Not seen at all, and pasted along from chat programs and address books.
    "\xad\u180e\u200b\u200c\u200d\u200e\u200f\u202a\u202b\u202c\u202d\u202e\u2060\u2066\u2067\u2068\u2069\ufeff"
)
"""Characters that count as blank."""

DASHES = "-\u2010\u2012\u2013\u2014\u2015\u2212/"
"""What clerks put into a cell to say that there is nothing."""

SEPARATOR = "\x00"
"""Joins many texts to one; it cannot stand in a cell, and no other character combines with it."""

_FEW = 4
"""Fetching a text by its place takes so many times as long as passing one over."""


@dataclass(frozen=True)
class Cleaned:
    """A column after cleaning.

    Args:
        found: One value per row from the asked row on; texts as numbers where no cell had to be turned into text.
        refused: Rows of the column whose cell is filled but not understood; the value is blank there. Counted
            from 0 at the first cell of the column, whatever row was asked from.
        wanted: What was expected, as `Problem.wanted` words it.
        month_day: Birthdays only: month * 100 + day as int16, 0 where unknown; also there where the year is
            not known.
        doubtful: Rows whose value is right only if the rest of the column tells how to read it.
    """

    found: npt.NDArray[np.generic] | Texts | Coded
    refused: Rows
    wanted: str
    month_day: npt.NDArray[np.int16] | None = None
    doubtful: Rows = field(default_factory=lambda: np.empty(0, np.intp))

    @cached_property
    def values(self) -> npt.NDArray[np.generic] | Texts:
        """One value per row; the type goes with the kind (`values.clean`)."""
        return self.found.texts if isinstance(self.found, Coded) else self.found


@dataclass(frozen=True)
class DifferentTexts:
    """The TEXT cells of a column.

    Args:
        texts: Every different text once.
        rows: The rows with text.
        place: For each of these rows the place of its text in `texts`.
        origin: Place of each text in `Column.texts`.
    """

    texts: list[str]
    rows: Rows
    place: npt.NDArray[np.integer]
    origin: npt.NDArray[np.integer]


@dataclass
class Cells:
    """The cells of a column from one row on, and the refusals that are collected while they are read."""

    column: Column
    start: int = 0
    refused: Mask = field(init=False)
    doubtful: Rows = field(init=False, default_factory=lambda: np.empty(0, np.intp))

    def __post_init__(self) -> None:
        self.refused = self.kind == CellKind.ERROR

    def __len__(self) -> int:
        return len(self.kind)

    @cached_property
    def kind(self) -> npt.NDArray[np.uint8]:
        """`CellKind` of each cell."""
        return self.column.kind[self.start :]

    @cached_property
    def number(self) -> npt.NDArray[np.float64]:
        """Number of each cell, as in `Column`."""
        return self.column.number[self.start :]

    def rows(self, *kinds: int) -> Rows:
        """The rows, counted from the start row, whose cell is of one of *kinds* (of `CellKind`)."""
        found = self.kind == kinds[0]
        for kind in kinds[1:]:
            found |= self.kind == kind
        return np.flatnonzero(found)

    def refuse(self, rows: Rows) -> None:
        """Note that these rows, counted from the start row, are filled but not understood."""
        self.refused[rows] = True

    def doubt(self, rows: Rows) -> None:
        """Note that the values of these rows, counted from the start row, were read like the rest of the column."""
        self.doubtful = rows + self.start

    @property
    def refused_rows(self) -> Rows:
        """The refused rows, counted from the first cell of the column."""
        return np.flatnonzero(self.refused) + self.start

    @cached_property
    def texts(self) -> DifferentTexts:
        """The text cells."""
        rows = self.rows(CellKind.TEXT)
        codes = self.column.text[self.start :]
        codes = codes if len(rows) == len(codes) else codes[rows]
        shared = self.column.texts
        # The texts of a column often lie side by side among those of the workbook.
        first, last = int(codes.min(initial=len(shared))), int(codes.max(initial=-1))
        if last - first > 8 * len(codes):
            used, place = np.unique(codes, return_inverse=True)
            return DifferentTexts([shared[code] for code in used.tolist()], rows, place, used)
        in_use = np.zeros(max(0, last + 1 - first), np.bool_)
        in_use[codes - first] = True
        if in_use.all():
            return DifferentTexts(list(shared[first : last + 1]), rows, codes - first, np.arange(first, last + 1))
        number = np.cumsum(in_use, dtype=np.int32) - 1
        origin = np.flatnonzero(in_use) + first
        if len(origin) * _FEW < len(in_use):
            texts = [shared[code] for code in origin.tolist()]
        else:
            texts = list(compress(shared[first : last + 1], in_use.tolist()))
        return DifferentTexts(texts, rows, number[codes - first], origin)

    def put_texts(
        self, out: npt.NDArray[np.generic] | Texts, values: npt.NDArray[np.generic] | Texts, understood: Mask
    ) -> None:
        """Spread the values of the different texts over the rows of *out*; refuse what was not understood."""
        texts = self.texts
        out[texts.rows] = values[texts.place]
        if not understood.all():
            self.refuse(texts.rows[~understood[texts.place]])

    def as_texts(self, clean: Callable[[list[str]], list[str]]) -> Texts | Coded:
        """Every cell as text, "" where blank or an error; as numbers of texts where the others all are text.

        Args:
            clean: Gets many different texts and answers with as many cleaned ones.
        """
        texts = self.texts
        # The last of the objects is for the cells without text, so that they are all handed out in one step.
        made = clean(texts.texts)
        cleaned = as_objects([*made, ""])
        place = texts.place
        if len(texts.rows) < len(self):
            place = np.full(len(self), len(cleaned) - 1)
            place[texts.rows] = texts.place
        if np.isin(self.kind, (CellKind.BLANK, CellKind.TEXT, CellKind.ERROR)).all():
            origin = np.append(texts.origin, -1).astype(np.int32)
            if made is not texts.texts:
                changed = [text is not before for text, before in zip(made, texts.texts, strict=True)]
                origin[:-1][np.array(changed, np.bool_)] = -1
            shared = self.column.texts
            return Coded(place, cleaned, Origin(getattr(shared, "mark", shared), origin))
        out: Texts = cleaned[place]
        for kind, in_words in _IN_WORDS.items():
            rows = self.rows(kind)
            if not rows.size:
                continue
            numbers = self.number[rows]
            if kind == CellKind.NUMBER and _all_whole(numbers):
                # Numbers of customers and orders rarely repeat: finding the different ones costs more.
                out[rows] = as_objects(clean(in_words(numbers)))
            else:
                different, place = np.unique(numbers, return_inverse=True)
                out[rows] = as_objects(clean(in_words(different)))[place]
        return out


def as_objects(items: list[str]) -> Texts:
    """A one-dimensional array of Python strings."""
    out = np.empty(len(items), object)
    out[:] = items
    return out


def number_words(numbers: npt.NDArray[np.float64]) -> list[str]:
    """Numbers as a sheet would show them: no `.0`, at most 15 digits, never with an exponent."""
    if _all_whole(numbers):
        return list(map(str, numbers.astype(np.int64).tolist()))
    return [_number_word(number) for number in numbers.tolist()]


def _all_whole(numbers: npt.NDArray[np.float64]) -> bool:
    return bool(np.all((np.floor(numbers) == numbers) & (np.abs(numbers) < 1e15)))


def _number_word(number: float) -> str:
    if number.is_integer() and abs(number) < 1e15:
        return str(int(number))
    return np.format_float_positional(float(f"{number:.15g}"), trim="-")


def _date_words(seconds: npt.NDArray[np.float64]) -> list[str]:
    moments = [EPOCH + dt.timedelta(seconds=second) for second in seconds.tolist()]
    return [_moment_word(moment) for moment in moments]


def _moment_word(moment: dt.datetime) -> str:
    if moment.time() == dt.time():
        return moment.date().isoformat()
    return moment.isoformat(timespec="seconds" if moment.second else "minutes")


def _time_words(seconds: npt.NDArray[np.float64]) -> list[str]:
    clocks = [(EPOCH + dt.timedelta(seconds=second)).time() for second in seconds.tolist()]
    return [clock.isoformat(timespec="seconds" if clock.second else "minutes") for clock in clocks]


def _yes_no_words(numbers: npt.NDArray[np.float64]) -> list[str]:
    return ["TRUE" if number else "FALSE" for number in numbers.tolist()]


_IN_WORDS: dict[int, Callable[[npt.NDArray[np.float64]], list[str]]] = {
    CellKind.NUMBER: number_words,
    CellKind.DATE: _date_words,
    CellKind.TIME: _time_words,
    CellKind.BOOL: _yes_no_words,
}


def normal(text: str) -> str:
    """Half-width (NFKC), without outer blanks and with single blanks inside."""
    if not text.isascii():
        text = unicodedata.normalize("NFKC", text)
        for blank in BLANKS:
            if blank in text:
                text = text.replace(blank, " " if blank.isspace() else "")
    return " ".join(text.split())


def is_nothing(text: str) -> bool:
    """Whether a normal text says that there is nothing: empty, or only dashes and strokes."""
    return not text.strip(DASHES)


def at_once(texts: list[str], change: Callable[[str], str]) -> list[str]:
    """Change many texts in one go.

    Args:
        texts: The texts; none changes the others.
        change: Gets all texts as one, with `SEPARATOR` before, between and behind them, and leaves it there.
    """
    joined = SEPARATOR.join(texts)
    if joined.count(SEPARATOR) != len(texts) - 1:
        texts = [text.replace(SEPARATOR, "") for text in texts]
        joined = SEPARATOR.join(texts)
    joined = f"{SEPARATOR}{joined}{SEPARATOR}"
    changed = change(joined)
    return texts if changed == joined else changed[1:-1].split(SEPARATOR)


@dataclass(frozen=True)
class Shapes:
    """Many texts as characters in one row, so that the texts of one shape are read at once."""

    codes: npt.NDArray[np.uint8] | npt.NDArray[np.uint32]
    lengths: npt.NDArray[np.int64]
    starts: npt.NDArray[np.int64]

    @classmethod
    def of(cls, texts: list[str]) -> Shapes:
        """The shapes of *texts*."""
        lengths = np.fromiter(map(len, texts), np.int64, len(texts))
        joined = "".join(texts)
        codes: npt.NDArray[np.uint8] | npt.NDArray[np.uint32]
        if joined.isascii():
            codes = np.frombuffer(joined.encode("ascii"), np.uint8)
        else:
            codes = np.frombuffer(joined.encode("utf-32-le", "surrogatepass"), np.uint32)
        return cls(codes, lengths, np.cumsum(lengths) - lengths)

    def matching(self, pattern: str) -> Matching:
        """The texts of the shape *pattern*; `9` is any ASCII digit, other characters stand for themselves."""
        places = np.flatnonzero(self.lengths == len(pattern))
        digits: list[npt.NDArray[np.int64]] = []
        for offset, sign in enumerate(pattern):
            found = self.codes[self.starts[places] + offset]
            fits = (found >= ord("0")) & (found <= ord("9")) if sign == "9" else found == ord(sign)
            if not fits.all():
                places = places[fits]
                digits = [digit[fits] for digit in digits]
                found = found[fits]
            if not places.size:
                break
            if sign == "9":
                digits.append(found.astype(np.int64) - ord("0"))
        return Matching(places, digits)


@dataclass(frozen=True)
class Matching:
    """The texts that have a shape.

    Args:
        places: Which of the texts.
        digits: For each `9` of the shape the digits 0 to 9 of these texts.
    """

    places: Rows
    digits: list[npt.NDArray[np.int64]]
