"""Rows added to the sheets that the staff keep, and single cells changed there; all else of them stays."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

import numpy as np

from xl_retention.books.book import KEEP, Book
from xl_retention.books.cell_xml import letters
from xl_retention.books.grid import CellKind, Column
from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.domain.schema import ENTITIES, Entity, Field, Kind
from xl_retention.errors import BookRefused
from xl_retention.sheets.headers import SheetMatch, clean_heading
from xl_retention.sheets.reading.recognised import recognise_sheets, refuse_another_below
from xl_retention.sheets.staff_sheets import (
    STAFF_SHEETS,
    TEXT_KINDS,
    StaffSheet,
    dropdown,
    has_clock,
    heading,
    heading_width,
    whole_sheet,
    width,
)
from xl_retention.sheets.wording import say, word

KEY_SEPARATOR = ";"
"""Between several due keys or rule codes of one cell (DOM 2.7)."""
_FROZEN_COLUMNS = 2


@dataclass(frozen=True)
class RowPlace:
    """Where a row lies: its sheet, and its number counted from 1."""

    sheet: str
    row: int


@dataclass
class _Table:
    """The sheet of one table, and what is added to it.

    Args:
        entity: What a row is.
        sheet: Name of the sheet.
        heading_row: Counted from 1.
        places: Place of each column, from 0, by field name and by cleaned heading.
        next_row: Number of the next new row.
        made: How the sheet is made, None for one that is there.
        headings: Of columns added to the sheet, by place.
        rows: The new rows, a value by place.
    """

    entity: Entity
    sheet: str
    heading_row: int
    places: dict[str, int]
    next_row: int
    made: StaffSheet | None = None
    headings: dict[int, str] = field(default_factory=dict)
    rows: list[dict[int, object]] = field(default_factory=list)

    @property
    def width(self) -> int:
        """Number of columns from the first of the sheet on."""
        return max(self.places.values()) + 1


class StaffRows:
    """
    What an action adds to the staff's sheets; the book is told all at once by `write`.

    A table may lie on several sheets: rows then go to the one whose name says so, else to the last. A field that
    the sheet has no column for gets one, right of the others. A table that the workbook does not have gets a
    sheet of its own, with headings in the workbook's language.

    Args:
        book: The workbook.
        language: Of headings and words that are written, `en` or `zh`.
        matches: The sheets as `recognise_sheets` found them; found here without it.
    """

    def __init__(self, book: Book, language: str, matches: Sequence[SheetMatch] | None = None) -> None:
        self._book, self._language = book, language
        self._matches = recognise_sheets(book).matches if matches is None else matches
        self._tables: dict[str, _Table] = {}
        self._changes: dict[tuple[str, int, int], object] = {}

    @property
    def matches(self) -> Sequence[SheetMatch]:
        """The staff's sheets as they were found."""
        return self._matches

    def has(self, entity: str) -> bool:
        """Whether the workbook has a sheet of this table."""
        return self._match(entity) is not None

    def has_column(self, entity: str, name: str) -> bool:
        """Whether that sheet has a column for a field, or one of this heading; one that is made has all of ours."""
        places = self._table(entity).places
        return name in places or clean_heading(name) in places

    def add(self, entity: str, values: Mapping[str, object], spare: Collection[str] = ()) -> RowPlace:
        """
        Adds a row below the last one that is filled.

        Args:
            values: By field name, or by heading for columns of the staff's own: canonical words, days, moments,
                texts, numbers, several keys as a sequence. Blank ones are passed over.
            spare: Fields that are left out where the sheet has no column for them.

        Raises:
            BookRefused: Another table stands below, or right of the last column where a new one would go.
        """
        table = self._table(entity)
        if not table.rows and (match := self._match(entity)) is not None:
            refuse_another_below(self._book, match)
        row: dict[int, object] = {}
        for name, value in values.items():
            if value in (None, "", ()):
                continue
            place = table.places.get(name, table.places.get(clean_heading(name)))
            if place is None and name not in spare:
                place = self._new_column(table, name)
            if place is not None:
                row[place] = self._cell(table.entity, name, value)
        table.rows.append(row)
        table.next_row += 1
        return RowPlace(table.sheet, table.next_row - 1)

    def change(self, entity: str, place: RowPlace, values: Mapping[str, object]) -> None:
        """
        Changes cells of a row that is there.

        Args:
            entity: Whose fields they are; a car may stand on its customer's row.
            values: By field name; None blanks the cell. The sheet must have these columns, see `column`.
        """
        for name, value in values.items():
            column = self.column(entity, place.sheet, name)
            if column is None:
                raise KeyError(f"{place.sheet} has no column {entity}.{name}")
            self._changes[place.sheet, place.row, column] = self._cell(ENTITIES[entity], name, value)

    def column(self, entity: str, sheet: str, name: str) -> int | None:
        """Place of a field's column on a sheet, counted from 0."""
        columns = (match.columns.get((entity, name)) for match in self._matches if match.sheet == sheet)
        return next((column.place for column in columns if column), None)

    def cell(self, entity: str, place: RowPlace, name: str) -> object:
        """What stands in a field of a row that is there, as typed; None where the sheet has no such column."""
        column = self.column(entity, place.sheet, name)
        if column is None:
            return None
        cells = self._book.grid(place.sheet, {column}).columns[column]
        return cells.value(place.row - 1) if place.row <= len(cells) else None

    def address(self, entity: str, place: RowPlace, name: str) -> str:
        """Address of a field of a new row, such as `B7`; "" where it has no column."""
        column = self._table(entity).places.get(name)
        return "" if column is None else f"{letters(column)}{place.row}"

    def heading(self, entity: str, name: str) -> str:
        """Heading of a field's column as it is written in the workbook."""
        match = self._match(entity)
        column = match.columns.get((entity, name)) if match else None
        return column.heading if column else heading(ENTITIES[entity].field(name), self._language)

    def write(self) -> None:
        """Hands the new rows and changed cells to the book."""
        for entity in sorted(self._tables, key=list(ENTITIES).index):
            table = self._tables[entity]
            if table.rows and table.made:
                self._write_new(table, table.made)
            elif table.rows:
                self._write_below(table)
        for (sheet, row, column), value in self._changes.items():
            self._book.put(sheet, row, column + 1, [[value]])

    # --- where rows go ---------------------------------------------------------------------------------------

    def _match(self, entity: str) -> SheetMatch | None:
        found = [match for match in self._matches if match.entity == entity]
        named = [match for match in found if match.known_by_name]
        return next(reversed(named or found), None)

    def _table(self, entity: str) -> _Table:
        if entity not in self._tables:
            match = self._match(entity)
            self._tables[entity] = self._new_table(entity) if match is None else self._table_of(match)
        return self._tables[entity]

    def _table_of(self, match: SheetMatch) -> _Table:
        heads = self._book.head(match.sheet, match.header_row).rows()[match.header_row - 1]
        own_places = range(match.left, len(heads) if match.right is None else match.right)
        places = {
            clean_heading(cell): place
            for place, cell in _reversed(heads)
            if isinstance(cell, str) and place in own_places
        }
        own = {name: column.place for (owner, name), column in match.columns.items() if owner == match.entity}
        places.update(own)
        last = last_filled(self._book, match.sheet, {column.place for column in match.columns.values()})
        return _Table(ENTITIES[match.entity], match.sheet, match.header_row, places, max(last, match.header_row) + 1)

    def _new_table(self, entity: str) -> _Table:
        made = next((sheet for sheet in STAFF_SHEETS if sheet.entity.name == entity), None)
        made = made or whole_sheet(ENTITIES[entity])
        places = {name: place for place, name in enumerate(made.fields)}
        return _Table(made.entity, self._free_name(made.name(self._language)), 1, places, 2, made)

    def _free_name(self, name: str) -> str:
        """A name that no sheet has: the staff may keep something else under ours."""
        taken = {sheet.casefold() for sheet in self._book.sheet_names()}
        names = (name, *(f"{name} {number}" for number in range(2, len(taken) + 3)))
        return next(each for each in names if each.casefold() not in taken)

    def _new_column(self, table: _Table, name: str) -> int:
        place = table.width
        if table.made is None:
            match = next(
                each for each in self._matches if (each.sheet, each.entity) == (table.sheet, table.entity.name)
            )
            if match.right is not None:
                raise BookRefused(
                    f"On sheet '{match.sheet}' another table stands right of the one that needs a column "
                    f"'{name}'; put it on a sheet of its own and try again."
                )
            place = max(place, *(column.place + 1 for column in match.columns.values()))
            while last_filled(self._book, table.sheet, {place}):
                place += 1
        table.places[name] = place
        table.headings[place] = heading(table.entity.field(name), self._language) if table.entity.has(name) else name
        return place

    # --- what is written -------------------------------------------------------------------------------------

    def _cell(self, entity: Entity, name: str, value: object) -> object:
        """A value as a clerk of this store would have typed it."""
        if isinstance(value, dt.datetime) and value.time() == dt.time():
            return value.date()
        if isinstance(value, (tuple, list)):
            return KEY_SEPARATOR.join(map(str, value))
        if not entity.has(name):
            return value
        asked = entity.field(name)
        if isinstance(value, bool) and asked.kind is Kind.BOOL:
            return word("yes_no", "yes" if value else "no", self._language)
        if asked.words and asked.words != "role" and isinstance(value, str):  # a role goes by its code
            return word(asked.words, value, self._language)
        return value

    def _write_below(self, table: _Table) -> None:
        self._put_headings(table)
        used = {place for row in table.rows for place in row}
        first, last = min(used), max(used)
        block = [[row.get(place) if place in used else KEEP for place in range(first, last + 1)] for row in table.rows]
        self._book.put(table.sheet, table.next_row - len(table.rows), first + 1, block)

    def _put_headings(self, table: _Table) -> None:
        """Adds columns; a table or filter that ends left of them takes them in, to be sorted with its rows."""
        heads = self._book.head(table.sheet, table.heading_row).rows()[table.heading_row - 1]
        for place, text in sorted(table.headings.items()):
            alike = any(isinstance(cell, str) and cell.strip().casefold() == text.casefold() for cell in heads)
            if not alike and isinstance(heads[place - 1] if place <= len(heads) else None, str):
                self._book.put_columns(table.sheet, table.heading_row, place, {text: []})
                heads = [*heads[:place], text]
            else:
                self._book.put(table.sheet, table.heading_row, place + 1, [[text]])

    def _write_new(self, table: _Table, made: StaffSheet) -> None:
        asked = [made.entity.field(name) for name in made.fields]
        added = list(table.headings.values())
        headings = [*(heading(each, self._language) for each in asked), *added]
        rows: list[list[object]] = [[row.get(place) for place in range(table.width)] for row in table.rows]
        self._book.write(table.sheet, [headings, *rows], _layout(asked, added, self._language))


def _reversed(cells: Sequence[object]) -> Iterable[tuple[int, object]]:
    """Places and cells from the right, so that of two equal headings the left one is kept."""
    return reversed(list(enumerate(cells)))


def last_filled(book: Book, sheet: str, places: Collection[int]) -> int:
    """Number of the last row in which one of these columns holds something, 0 where none does."""
    grid = book.grid(sheet, places)
    return max((_last_in(grid.columns[place]) for place in places if place < grid.width), default=0)


def _last_in(column: Column) -> int:
    filled = column.kind != CellKind.BLANK
    empty = [code for code in np.unique(column.text[column.text >= 0]).tolist() if not column.texts[code].strip()]
    if empty:  # a formula that shows nothing
        filled &= ~np.isin(column.text, empty)
    rows = np.flatnonzero(filled)
    return int(rows[-1]) + 1 if len(rows) else 0


_LOOKS: Mapping[Kind, Look] = {
    **dict.fromkeys(TEXT_KINDS, "text"),
    Kind.DATE: "date",
    Kind.MONEY: "decimal",
    Kind.DECIMAL: "decimal",
    Kind.INTEGER: "integer",
    Kind.KM: "integer",
}


def _layout(fields: Sequence[Field], added: Sequence[str], language: str) -> SheetLayout:
    """Looks of a sheet that is made for the staff, who keep it from then on; *added* are headings without a field."""
    columns = [
        ColumnLayout(
            width(each, language),
            "datetime" if has_clock(each) else _LOOKS.get(each.kind, "text"),
            dropdown(each, language),
        )
        for each in fields
    ]
    return SheetLayout(
        (*columns, *(ColumnLayout(heading_width(text, language)) for text in added)),
        frozen_columns=_FROZEN_COLUMNS,
        footer=say("page", language),
    )
