"""What a merge changes, put into the staff's sheets: single cells, rows below the last one, a column more."""

from __future__ import annotations

import contextlib
import datetime as dt
from collections import Counter
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Protocol, runtime_checkable

from xl_retention.books.block import Block
from xl_retention.books.book import KEEP, Book
from xl_retention.domain.merging_pairs import ROW_ID
from xl_retention.domain.schema import ENTITIES, Field, Kind
from xl_retention.errors import BookRefused
from xl_retention.sheets.merging.merge_rows import CopyTable, Sheet
from xl_retention.sheets.staff_rows import last_filled
from xl_retention.sheets.wording import word

COMPUTED_FROM = 20
"""From so many formulas on a column counts as computed."""
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.KM)


@dataclass(frozen=True)
class Refused:
    """
    A cell that could not be written, as a rule for it holds a formula.

    Args:
        row: Place of the row in the table.
        field: Of the cell.
        text: What it should say.
    """

    row: int
    field: str
    text: str


@runtime_checkable
class TellsFormulas(Protocol):
    """An open workbook, which refuses a formula only when it is saved."""

    def formulas(self, sheet: str, block: Block) -> list[list[object]]:
        """Formulas and values of cells, row by row."""
        ...


@dataclass
class TableWriter:
    """
    Writes into the sheets of one table.

    Args:
        book: The workbook.
        table: As it was read.
        headings: How the copy writes the headings of columns that this workbook lacks.
    """

    book: Book
    table: CopyTable
    headings: Mapping[str, str] = field(default_factory=dict)
    refused: list[Refused] = field(default_factory=list)
    _next: dict[str, int] = field(default_factory=dict)
    _known_formulas: dict[str, Sequence[Sequence[object]]] = field(default_factory=dict)
    _columns: dict[str, dict[str, int]] = field(default_factory=dict)

    @property
    def computed(self) -> set[str]:
        """Columns that formulas fill: what they show in a copy is no word of anybody's."""
        counts = Counter(refused.field for refused in self.refused)
        return {name for name, count in counts.items() if count >= COMPUTED_FROM}

    def change(self, row: int, cells: Mapping[str, object], texts: Mapping[str, str]) -> bool:
        """
        Changes cells of a row; those that hold a formula stay, and are told in `refused`.

        Args:
            cells: By field what is written.
            texts: The same as it is told.

        Returns:
            Whether anything was written.
        """
        computed = self.computed
        cells = {name: value for name, value in cells.items() if name not in computed}
        sheet = self.table.sheets[int(self.table.sheet_of[row])]
        number = int(self.table.row_of[row]) + 1
        places = {self._place(sheet, name): name for name in cells}
        values = {place: cells[name] for place, name in places.items()}
        formulas = self._formulas(sheet, number)
        if not formulas & set(values):
            with contextlib.suppress(BookRefused):
                self._put(sheet, number, [values])
                return bool(values)
        written = False
        for place in formulas & set(values):
            self.refused.append(Refused(row, places[place], texts.get(places[place], "")))
            del values[place]
        for place, value in values.items():
            try:
                self._put(sheet, number, [{place: value}])
                written = True
            except BookRefused:
                self.refused.append(Refused(row, places[place], texts.get(places[place], "")))
        return written

    def remove(self, rows: Sequence[int]) -> None:
        """Blanks rows; a blank row counts as none, and formulas in it stay."""
        for row in rows:
            sheet = self.table.sheets[int(self.table.sheet_of[row])]
            number = int(self.table.row_of[row])
            filled = [n for n, column in enumerate(sheet.grid.columns) if column.value(number) is not None]
            own = set(sheet.columns.values())
            own -= self._formulas(sheet, number + 1)
            blanks: dict[int, object] = {place: None for place in filled if place in own}
            try:
                self._put(sheet, number + 1, [blanks])
            except BookRefused:
                for place in blanks:
                    with contextlib.suppress(BookRefused):
                        self._put(sheet, number + 1, [{place: None}])

    def add(self, rows: Sequence[Mapping[str, object]]) -> None:
        """
        Adds rows below the last filled one.

        Raises:
            BookRefused: Something stands there; nothing was added.
        """
        if not rows:
            return
        sheet = self.table.for_new_rows
        name = sheet.match.sheet
        last = last_filled(self.book, name, set(sheet.columns.values()))
        # What was put is not read back from every book before it is saved.
        top = max(last + 1, sheet.match.header_row + 1, self._next.get(name, 0))
        self._next[name] = top + len(rows)
        cells = [{self._place(sheet, field): value for field, value in row.items() if field != ROW_ID} for row in rows]
        self._put(sheet, top, cells)

    def _formulas(self, sheet: Sheet, row: int) -> set[int]:
        """Places of the formulas of a row, as far as the book tells before it saves."""
        if not isinstance(self.book, TellsFormulas):
            return set()
        cells = self._known_formulas.get(sheet.match.sheet)
        if cells is None:
            cells = self.book.formulas(sheet.match.sheet, Block(1, sheet.grid.height, 1, max(sheet.grid.width, 1)))
            self._known_formulas[sheet.match.sheet] = cells
        line = cells[row - 1] if row <= len(cells) else []
        return {place for place, cell in enumerate(line) if isinstance(cell, str) and cell.startswith("=")}

    def _put(self, sheet: Sheet, top: int, rows: Sequence[Mapping[int, object]]) -> None:
        used = sorted({place for row in rows for place in row})
        if not used:
            return
        first, last = used[0], used[-1]
        block = [[row.get(place, KEEP) for place in range(first, last + 1)] for row in rows]
        self.book.put(sheet.match.sheet, top, first + 1, block)

    def _place(self, sheet: Sheet, name: str) -> int:
        """Place of a field's column; the sheet gets one where it has none."""
        columns = self._columns.setdefault(sheet.match.sheet, dict(sheet.columns))
        if name not in columns:
            place = max(columns.values(), default=-1) + 1
            while last_filled(self.book, sheet.match.sheet, {place}):
                place += 1
            self.book.put(sheet.match.sheet, sheet.match.header_row, place + 1, [[self._heading(name)]])
            columns[name] = place
        return columns[name]

    def _heading(self, name: str) -> str:
        return self.headings.get(name, name)


def field_of(table: str, name: str) -> Field | None:
    """The field of a column of a table that is merged; None for a column of the staff's own."""
    owner, _, bare = name.rpartition(".")
    owner = owner or ("customer" if table == "customer with car" else table)
    bare = bare.partition(" (")[0]
    entity = ENTITIES.get(owner)
    return entity.field(bare) if entity and entity.has(bare) else None


def typed_cell(table: str, name: str, text: str, language: str) -> object:
    """What a clerk would type to say *text* in a column: a day, a number, a word of this workbook's language."""
    asked = field_of(table, name)
    if not text:
        return None
    if asked is None or "(" in name:
        return text
    if reader := _READERS.get(asked.kind):
        with contextlib.suppress(ValueError):
            return reader(text)
    if asked.kind is Kind.BOOL and text in ("yes", "no"):
        return word("yes_no", text, language)
    if asked.words and asked.words != "role":
        with contextlib.suppress(KeyError):
            return word(asked.words, text, language)
    return text


def _day(text: str) -> object:
    moment = dt.datetime.fromisoformat(text)
    return moment if "T" in text else moment.date()


def _number(text: str) -> object:
    number = float(text)
    return int(number) if number.is_integer() else number


def _clock(text: str) -> object:
    minutes, seconds = divmod(int(float(text)), 60)
    return dt.time(minutes // 60, minutes % 60, seconds)


_READERS: Mapping[Kind, Callable[[str], object]] = {
    Kind.DATE: _day,
    Kind.BIRTHDAY: _day,
    Kind.TIME: _clock,
    **dict.fromkeys(_NUMBERS, _number),
}
