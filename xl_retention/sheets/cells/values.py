"""What staff typed, cleaned to values: one entry for all kinds of fields (DOM 2.14).

Cleaning never guesses: a cell that could mean two things is refused and blank, and whoever reads the sheet
turns the refusal into a `Problem`. Cleaning a cleaned value again changes nothing.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from xl_retention.books.grid import CellKind, Column
from xl_retention.domain.coded import Coded
from xl_retention.domain.schema import Field, Kind
from xl_retention.domain.words import WORDS, YES_NO_OF, WordTable
from xl_retention.sheets.cells import dates_in_cells, ids_in_cells, numbers_in_cells, phones_in_cells
from xl_retention.sheets.cells.cell_texts import Cells, Cleaned, Texts, as_objects, is_nothing, normal

__all__ = ["Cleaned", "clean", "words_of"]

YES_NO = "yes_no"
"""The table of words for BOOL (DOM 2.18)."""

_UNKNOWN = "\x00unknown"
"""Stands for a word that the table does not know; no cell can hold it."""


@dataclass(frozen=True)
class Reading:
    """What a cleaner is told besides the cells.

    Args:
        words: Table of words of the field, or its name in `words.WORDS`; "" where it has none.
        date1904: Plain serial numbers count from 1904.
        month_end: A month alone stands for its last day.
    """

    words: str | WordTable
    date1904: bool
    month_end: bool


Values = npt.NDArray[np.generic] | Texts | Coded


def clean(
    column: Column,
    kind: Kind,
    words: str | WordTable = "",
    *,
    start: int = 0,
    date1904: bool = False,
    month_end: bool = False,
) -> Cleaned:
    """Clean the cells of a column.

    Args:
        column: The column.
        kind: What the field holds.
        words: For ENUM: the table of words, or its name in `words.WORDS`; "" accepts any text. For BOOL: the
            table for a field with words of its own for yes and no (`words_of`).
        start: First row to clean, counted from 0 at the first cell: the row below the headings.
        date1904: For DATE, BIRTHDAY and MONTH: plain serial numbers count from 1904.
        month_end: For DATE: `有效期至2025-03` is the last day of that month (DOM 2.4, inspection_expiry).

    Returns:
        Values from row *start* on:

        - DATE, BIRTHDAY: datetime64[s], NaT where blank; 00:00 is no clock (V18).
        - TIME: float64, seconds since midnight, NaN where blank.
        - INTEGER, DECIMAL, MONEY, KM: float64, NaN where blank; INTEGER and KM are whole.
        - BOOL: bool; blank is False.
        - all others: Python strings in an object array, "" where blank. PHONE are digits, MONTH is `YYYY-MM`,
          ENUM a canonical word.
    """
    cells = Cells(column, start)
    if kind is Kind.BIRTHDAY:
        birthdays = dates_in_cells.birthdays(cells, date1904=date1904)
        return Cleaned(birthdays.dates, cells.refused_rows, _WANTED[kind], birthdays.month_day, doubtful=cells.doubtful)
    values = _CLEANERS[kind](cells, Reading(words, date1904, month_end))
    return Cleaned(values, cells.refused_rows, _WANTED[kind], doubtful=cells.doubtful)


def words_of(field: Field) -> str | WordTable:
    """What `clean` takes as the words of a field."""
    return YES_NO_OF.get(field.name, YES_NO) if field.kind is Kind.BOOL else field.words


def _yes_no(cells: Cells, words: str | WordTable) -> npt.NDArray[np.bool_]:
    table = words if isinstance(words, WordTable) else WORDS[words or YES_NO]
    out = np.zeros(len(cells), np.bool_)
    rows = cells.rows(CellKind.NUMBER, CellKind.BOOL)
    out[rows] = cells.number[rows] == 1
    cells.refuse(rows[(cells.number[rows] != 0) & (cells.number[rows] != 1)])
    cells.refuse(cells.rows(CellKind.DATE, CellKind.TIME))
    texts = cells.texts
    if texts.rows.size:
        # A program that keeps all numbers as floating point writes 1.0 and 0.0.
        found = as_objects([_word(table, text.strip().removesuffix(".0")) for text in texts.texts])
        cells.put_texts(out, found == "yes", found != _UNKNOWN)
    return out


def _words(cells: Cells, words: str | WordTable) -> Texts | Coded:
    if not words:
        return ids_in_cells.plain(cells)
    table = words if isinstance(words, WordTable) else WORDS[words]
    out = cells.as_texts(lambda texts: [_word(table, text) for text in texts])
    return ids_in_cells.without_words(cells, out, {_UNKNOWN}.intersection)


def _word(table: WordTable, text: str) -> str:
    # Asked first, for a table that takes any word would take a dash as well.
    if is_nothing(normal(text)):
        return ""
    word = table.canonical(text)
    return _UNKNOWN if word is None else word


_CLEANERS: dict[Kind, Callable[[Cells, Reading], Values]] = {
    Kind.TEXT: lambda cells, _: ids_in_cells.plain(cells),
    Kind.LIST: lambda cells, _: ids_in_cells.plain(cells),
    Kind.CODES: lambda cells, _: ids_in_cells.plain(cells),
    Kind.ID: lambda cells, _: ids_in_cells.ids(cells),
    Kind.VIN: lambda cells, _: ids_in_cells.without_words(cells, ids_in_cells.ids(cells), ids_in_cells.no_numbers),
    Kind.PLATE: lambda cells, _: ids_in_cells.without_words(
        cells, ids_in_cells.plates(cells), ids_in_cells.no_numbers
    ),
    Kind.KEYS: lambda cells, _: ids_in_cells.keys(cells),
    Kind.PHONE: lambda cells, _: phones_in_cells.phones(cells),
    Kind.DATE: lambda cells, how: dates_in_cells.dates(cells, date1904=how.date1904, month_end=how.month_end),
    Kind.MONTH: lambda cells, how: dates_in_cells.months(cells, date1904=how.date1904),
    Kind.TIME: lambda cells, _: dates_in_cells.clocks(cells),
    Kind.INTEGER: lambda cells, _: numbers_in_cells.numbers(cells, numbers_in_cells.INTEGER),
    Kind.DECIMAL: lambda cells, _: numbers_in_cells.numbers(cells, numbers_in_cells.DECIMAL),
    Kind.MONEY: lambda cells, _: numbers_in_cells.numbers(cells, numbers_in_cells.MONEY),
    Kind.KM: lambda cells, _: numbers_in_cells.numbers(cells, numbers_in_cells.KM),
    Kind.BOOL: lambda cells, how: _yes_no(cells, how.words),
    Kind.ENUM: lambda cells, how: _words(cells, how.words),
}
"""The cleaner of each kind; BIRTHDAY has two results and stands in `clean`."""

_WANTED: dict[Kind, str] = {
    Kind.TEXT: "a text",
    Kind.LIST: "a text",
    Kind.CODES: "a text",
    Kind.ID: "an id",
    Kind.VIN: "a VIN",
    Kind.PLATE: "a plate number",
    Kind.KEYS: "a key",
    Kind.PHONE: "a telephone number",
    Kind.DATE: "a date",
    Kind.BIRTHDAY: "a date, or a month and a day",
    Kind.MONTH: "a month",
    Kind.TIME: "a clock time",
    Kind.INTEGER: numbers_in_cells.INTEGER.wanted,
    Kind.DECIMAL: numbers_in_cells.DECIMAL.wanted,
    Kind.MONEY: numbers_in_cells.MONEY.wanted,
    Kind.KM: numbers_in_cells.KM.wanted,
    Kind.BOOL: "yes or no",
    Kind.ENUM: "a known word",
}
