"""The staff's tables of a workbook as merging sees them: every row, every column, one text for each value."""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from xl_retention.books.book import Book
from xl_retention.books.cell_xml import letters
from xl_retention.books.grid import CellKind, Column, Grid
from xl_retention.domain.coded import Coded
from xl_retention.domain.merging_fields import plain
from xl_retention.domain.merging_pairs import ROW_ID, WIDE, Places, Rows
from xl_retention.domain.schema import ENTITIES, Kind
from xl_retention.domain.store import Array
from xl_retention.sheets.cells.cell_texts import is_nothing, normal
from xl_retention.sheets.cells.values import clean, words_of
from xl_retention.sheets.headers import (
    LAST_HEADING_ROW,
    MAPPING,
    RULES,
    SETTINGS,
    SheetMatch,
    clean_heading,
    heading_unit,
)
from xl_retention.sheets.reading.mapping import own_columns
from xl_retention.sheets.reading.reader import (
    CAPACITY,
    OUTCOMES,
    Recognised,
    data_rows,
    recognise_sheets,
)
from xl_retention.sheets.reading.total_rows import Totals

ROW_ID_HEADING = "xl_retention row"
"""Heading of the hidden column of row numbers in a packed copy."""
OTHER_UNITS = frozenset({"万", "万元", "万公里", "年", "years"})
"""Units of headings in which a bare number means something else; such columns only compare with their like."""
BY_FIRST_COLUMN = frozenset({SETTINGS, RULES, OUTCOMES, CAPACITY})
"""Small sheets whose rows are told apart by their first column; rows of the others by all they say."""
_NUMBERS = (Kind.INTEGER, Kind.DECIMAL, Kind.MONEY, Kind.KM)


@dataclass(frozen=True)
class Sheet:
    """A sheet that holds a table, or a part of one.

    Args:
        match: As it was recognised.
        grid: All its cells.
        rows: Places of its rows of data, from 0.
        columns: Place of each column by field, or by heading for one of the staff's own.
        headings: How each is written.
    """

    match: SheetMatch
    grid: Grid
    rows: Places
    columns: Mapping[str, int]
    headings: Mapping[str, str]

    @property
    def table(self) -> str:
        """Name of its table."""
        return WIDE if self.match.is_wide else self.match.entity


@dataclass(frozen=True)
class CopyTable:
    """
    One table of a workbook.

    Args:
        rows: What its rows say.
        sheets: The sheets that it lies on.
        sheet_of: For each row the place of its sheet in *sheets*.
        row_of: For each row its place in that sheet, from 0.
    """

    rows: Rows
    sheets: Sequence[Sheet]
    sheet_of: Places
    row_of: Places

    def cell(self, row: int, name: str) -> object:
        """The cell of a field as it was typed; None where the sheet of the row has no such column."""
        sheet = self.sheets[int(self.sheet_of[row])]
        place = sheet.columns.get(name)
        return None if place is None else sheet.grid.columns[place].value(int(self.row_of[row]))

    @property
    def for_new_rows(self) -> Sheet:
        """Where rows are added: the sheet whose name says what it holds, else the last."""
        named = [sheet for sheet in self.sheets if sheet.match.known_by_name]
        return (named or list(self.sheets))[-1]


@dataclass(frozen=True)
class Copy:
    """
    A workbook as merging sees it.

    Args:
        tables: By name.
        recognised: What its sheets are.
        language: `en` or `zh`.
        own: Headings of our own columns in its sheets, in small letters.
    """

    tables: Mapping[str, CopyTable]
    recognised: Recognised
    language: str
    own: frozenset[str] = frozenset()


def read_copy(book: Book, own_elsewhere: frozenset[str] = frozenset()) -> Copy:
    """
    Reads all tables of the staff's; raises nothing for a workbook without any.

    Args:
        own_elsewhere: Headings of columns that are ours in another copy, in small letters; they are ours here too.
    """
    recognised = recognise_sheets(book)
    mapping = recognised.special.get(MAPPING)
    own = own_columns(book.read(mapping)) if mapping else {}
    totals = Totals()
    found: dict[str, list[Sheet]] = {}
    grids = book.grids([match.sheet for match in recognised.matches])
    for match, grid in zip(recognised.matches, grids, strict=True):
        ours = {heading.casefold() for heading in own.get(clean_heading(match.sheet), {}).values()}
        sheet = _sheet(match, grid, ours | own_elsewhere, totals)
        found.setdefault(sheet.table, []).append(sheet)
    date1904 = bool(getattr(book, "date1904", False))
    tables = {name: _table(name, sheets, date1904=date1904) for name, sheets in found.items()}
    for kind, name in recognised.special.items():
        if kind != MAPPING and (small := _small_table(kind, name, book.grid(name), date1904=date1904)):
            tables[kind] = small
    headings = frozenset(heading.casefold() for each in own.values() for heading in each.values())
    return Copy(tables, recognised, recognised.language, headings)


def _small_table(kind: str, name: str, grid: Grid, *, date1904: bool) -> CopyTable | None:
    """A small sheet such as Settings, by its own headings; None without a heading row."""
    head = Grid([Column(c.kind[:LAST_HEADING_ROW], c.number, c.text, c.texts) for c in grid.columns], 0)
    texts = np.sum([column.kind == CellKind.TEXT for column in head.columns], axis=0) if head.columns else np.empty(0)
    rows = np.flatnonzero(texts >= 2)
    if not len(rows):
        return None
    sheet = _sheet(SheetMatch(name, kind, int(rows[0]) + 1, known_by_name=True), grid, set(), Totals())
    table = _table(kind, [sheet], date1904=date1904)
    first = next(iter(sheet.columns))
    key = ((first,),) if kind in BY_FIRST_COLUMN else ()
    return CopyTable(Rows(kind, table.rows.fields, table.rows.count, key), [sheet], table.sheet_of, table.row_of)


def _sheet(match: SheetMatch, grid: Grid, ours: set[str], totals: Totals) -> Sheet:
    rows = data_rows(grid, match, totals) if match.columns else _filled_rows(grid, match.header_row)
    fields = {}
    for (owner, name), column in match.columns.items():
        unit = heading_unit(column.heading)
        unusual = ENTITIES[owner].field(name).kind in _NUMBERS and unit in OTHER_UNITS
        full = name if owner == match.entity else f"{owner}.{name}"
        fields[column.place] = f"{full} ({unit})" if unusual else full
    columns: dict[str, int] = {}
    headings: dict[str, str] = {}
    for place, column_of_cells in enumerate(grid.columns):
        heading = column_of_cells.value(match.header_row - 1)
        text = "" if heading is None else str(heading).strip()
        if text.casefold() in ours and text and text != ROW_ID_HEADING:
            continue
        filled = bool((column_of_cells.kind[rows] != CellKind.BLANK).any()) if len(rows) else False
        if not (text or filled):
            continue
        name = fields.get(place) or (ROW_ID if text == ROW_ID_HEADING else text or f"column {letters(place)}")
        while name in columns:
            name += "'"
        columns[name], headings[name] = place, text
    return Sheet(match, grid, rows, columns, headings)


def _filled_rows(grid: Grid, first: int) -> Places:
    filled = np.zeros(max(grid.height - first, 0), np.bool_)
    for column in grid.columns:
        filled |= column.kind[first:] != CellKind.BLANK
    return np.flatnonzero(filled) + first


def _table(name: str, sheets: Sequence[Sheet], *, date1904: bool) -> CopyTable:
    names = list(dict.fromkeys(name for sheet in sheets for name in sheet.columns))
    parts = [{name: _said(sheet, name, date1904=date1904) for name in sheet.columns} for sheet in sheets]
    fields: dict[str, Coded] = parts[0]
    if len(sheets) > 1:
        fields = {
            name: Coded.of(
                np.concatenate(
                    [
                        part[name].texts if name in part else Coded.blank(len(sheet.rows)).texts
                        for part, sheet in zip(parts, sheets, strict=True)
                    ]
                )
            )
            for name in names
        }
    sheet_of = np.concatenate([np.full(len(sheet.rows), place, np.int64) for place, sheet in enumerate(sheets)])
    row_of = np.concatenate([sheet.rows for sheet in sheets])
    return CopyTable(Rows(name, fields, len(row_of)), sheets, sheet_of, row_of)


def _said(sheet: Sheet, name: str, *, date1904: bool) -> Coded:
    """What the cells of a column say: the value where it makes sense, else the text as typed."""
    place = sheet.columns[name]
    whole = sheet.grid.columns[place]
    column = Column(whole.kind[sheet.rows], whole.number[sheet.rows], whole.text[sheet.rows], whole.texts)
    target = next((target for target, each in sheet.match.columns.items() if each.place == place), None)
    if target is None:
        return _typed(column)
    field = ENTITIES[target[0]].field(target[1])
    cleaned = clean(column, field.kind, words_of(field), date1904=date1904, month_end=field.name == "inspection_expiry")
    said = cleaned.found if isinstance(cleaned.found, Coded) else _coded(cleaned.values, column)
    unclear = (column.kind != CellKind.BLANK) & (column.kind != CellKind.ERROR) & ~said.those(bool)
    unclear[cleaned.refused] = column.kind[cleaned.refused] != CellKind.ERROR
    return _with_typed(said, column, np.flatnonzero(unclear)) if unclear.any() else said


def _coded(values: Array, column: Column) -> Coded:
    """Values as texts: days in ISO form, whole numbers without decimals, yes and no."""
    if values.dtype == object:
        return Coded.of(values.astype(object))
    if values.dtype.kind == "b":
        filled = (column.kind != CellKind.BLANK).astype(np.int64)
        return Coded(filled * (1 + values.astype(np.int64)), np.array(["", "no", "yes"], object))
    numbers = values.view(np.int64) if values.dtype.kind == "M" else values
    different, code = np.unique(numbers, return_inverse=True)
    if values.dtype.kind == "M":
        texts = [_day(text) for text in np.datetime_as_string(different.view(values.dtype)).tolist()]
    else:
        texts = ["" if number != number else plain(float(number)) for number in different.tolist()]
    return Coded(code.reshape(-1).astype(np.int64), np.array([*texts, ""], object)[:-1])


def _day(text: str) -> str:
    return "" if text == "NaT" else text.removesuffix("T00:00:00")


def _typed(column: Column) -> Coded:
    """Cells of a column of the staff's own: texts without blanks around, numbers and days in one form."""
    said = Coded.blank(len(column))
    return _with_typed(said, column, np.flatnonzero((column.kind != CellKind.BLANK) & (column.kind != CellKind.ERROR)))


def _with_typed(said: Coded, column: Column, places: Places) -> Coded:
    """The column with these cells as they were typed."""
    texts = said.texts.copy()
    kinds = column.kind[places]
    words = places[kinds == CellKind.TEXT]
    known = {code: _word(column.texts[code]) for code in np.unique(column.text[words]).tolist()}
    for place, code in zip(words.tolist(), column.text[words].tolist(), strict=True):
        texts[place] = known[code]
    for place in places[kinds != CellKind.TEXT].tolist():
        texts[place] = _number(column, place)
    return Coded.of(texts)


def _word(text: str) -> str:
    """A text as typed, without what nobody sees."""
    return "" if is_nothing(normal(text)) else unicodedata.normalize("NFC", text).strip()


def _number(column: Column, place: int) -> str:
    kind, number = column.kind[place], float(column.number[place])
    if kind == CellKind.DATE:
        return _day(str(np.datetime64(int(number), "s")))
    if kind == CellKind.BOOL:
        return "yes" if number else "no"
    return plain(number)
