"""The classes of all rows, written beside them into columns of ours that the sheet Mapping lists."""

from __future__ import annotations

import datetime as dt
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field

from xl_retention.books.book import KEEP, Book
from xl_retention.books.layout import ColumnLayout, SheetLayout
from xl_retention.domain.classes.scheme import UNKNOWN
from xl_retention.domain.dates import add_months
from xl_retention.domain.identity import NOBODY
from xl_retention.domain.problems import Problem
from xl_retention.domain.situation import Situation
from xl_retention.errors import BookRefused
from xl_retention.sheets.classes.class_changes_sheet import Change, ChangeLog
from xl_retention.sheets.classes.class_columns import CLASSIFIED_ON, ClassColumn, headings_on, rows_on, values_on
from xl_retention.sheets.classes.class_reasons import why
from xl_retention.sheets.headers import MAPPING, SheetMatch, clean_heading
from xl_retention.sheets.reading import mapping
from xl_retention.sheets.reading.reader import recognise_sheets
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.wording import say


@dataclass
class WrittenClasses:
    """
    What was written.

    Args:
        rows: Rows of the staff's that show a class.
        changes: Promotions and demotions.
        problems: Lists that have no room for our columns; they are left as they are.
    """

    rows: int = 0
    changes: list[Change] = field(default_factory=list)
    problems: list[Problem] = field(default_factory=list)


def write_class_columns(book: Book, situation: Situation, log: ChangeLog, language: str) -> WrittenClasses:
    """
    Puts the classes beside the rows of every sheet that has some, and room for them.

    Args:
        log: What the sheet Class Changes said before.
    """
    recognised = recognise_sheets(book)
    own = mapping.own_columns(book.read(recognised.special[MAPPING])) if MAPPING in recognised.special else {}
    written = WrittenClasses()
    listed: list[tuple[str, str, str]] = []
    for match in recognised.matches:
        columns = dict(values_on(match, situation, language))
        if not columns or not match.is_alone:  # beside or below it stands a table of its own, which would be hit
            continue
        sheet = _ClassSheet(book, match, own.get(clean_heading(match.sheet), {}), language)
        changes: list[Change] = []
        try:
            rows = sheet.put(columns, situation, log, changes)
        except BookRefused as refused:  # of one list; the others and the sheet Segments are of use all the same
            written.problems.append(_no_room(match, refused))
            continue
        written.rows += rows
        written.changes += changes
        if not (rows or sheet.has_columns):
            continue  # an empty list gets no columns, so that none can be listed
        listed += [
            (match.sheet, heading, key)
            for key, heading in sheet.headings.items()
            if sheet.own.get(key) != heading
        ]
    if listed:
        _list_columns(book, recognised.special.get(MAPPING), listed, language)
    return written


def _no_room(match: SheetMatch, refused: BookRefused) -> Problem:
    return Problem(
        "classes_left_out",
        "medium",
        match.sheet,
        f"A{match.header_row}",
        wanted="room beside the list for the columns of its classes",
        remedy=str(refused),
    )


class _ClassSheet:
    """One sheet of the staff's with our columns on it.

    Args:
        own: What the Mapping sheet says of them: heading by key.
    """

    def __init__(self, book: Book, match: SheetMatch, own: Mapping[str, str], language: str) -> None:
        self._book, self._match, self.own, self._language = book, match, own, language
        self._rows = book.read(match.sheet)
        row = self._rows[match.header_row - 1]
        self.headings = headings_on(match, row, own, language)
        texts = [str(cell).strip() if isinstance(cell, str) else None for cell in row]
        self._places = {key: texts.index(text) for key, text in self.headings.items() if text in texts}

    def put(
        self,
        columns: Mapping[ClassColumn, dict[int, object]],
        situation: Situation,
        log: ChangeLog,
        changes: list[Change],
    ) -> int:
        """Writes the columns and notes what changed; returns how many rows they are about."""
        for column, values in columns.items():
            if column.is_logged:
                self._follow(column, values, situation, log, changes)
        rows = set().union(*columns.values())
        values_of = {column.key: values for column, values in columns.items()}
        said = {number for values in columns.values() for number, value in values.items() if value is not None}
        values_of[CLASSIFIED_ON] = dict.fromkeys(said, situation.date)
        others = (number for number in range(self._first, len(self._rows) + 1) if number not in rows)
        gone = set(filter(self._is_ours, others))
        last = max(rows | gone, default=self._first - 1)
        texts = {
            self.headings[key]: [
                values.get(number) if number in rows else None if number in gone else KEEP
                for number in range(self._first, last + 1)
            ]
            for key, values in values_of.items()
        }
        if rows or self._places:
            beside = min(column.place for column in self._match.columns.values()) + 1
            self._book.put_columns(self._match.sheet, self._match.header_row, beside, texts)
        return len(rows)

    @property
    def has_columns(self) -> bool:
        """Whether our columns stood there before."""
        return bool(self._places)

    @property
    def _first(self) -> int:
        return self._match.header_row + 1

    def _cell(self, key: str, number: int) -> object:
        place, row = self._places.get(key), self._rows[number - 1] if number <= len(self._rows) else ()
        return row[place] if place is not None and place < len(row) else None

    def _is_ours(self, number: int) -> bool:
        """Whether we wrote into a row before."""
        return isinstance(self._cell(CLASSIFIED_ON, number), dt.date)

    def _follow(
        self,
        column: ClassColumn,
        values: dict[int, object],
        situation: Situation,
        log: ChangeLog,
        changes: list[Change],
    ) -> None:
        """Compares the labels with those that stand in the rows; one that has to be held longer stays."""
        assert column.scheme, column.key
        classified = column.classified(situation)
        hold = situation.parameters.integer("class_hold_months")
        names = {name.casefold(): word for word in column.scheme.ranks for name in _names(column, word)}
        places, rows = rows_on(self._match, situation.store[column.table])
        for place, number in zip(places.tolist(), rows.tolist(), strict=True):
            now = classified.labels[place]
            before = names.get(str(self._cell(column.key, number) or "").strip().casefold())
            if not before or not now or before == now or UNKNOWN in (before, now):
                continue
            whose = _whose(column.table, place, situation)
            key = f"{column.table}/{whose.number}/{column.key}"
            is_demotion = column.scheme.ranks[now] > column.scheme.ranks[before]
            shown_before = column.scheme.name(before, self._language)
            if is_demotion and hold:
                since = max(filter(None, (log.held_since(key, name) for name in _names(column, before))), default=None)
                if since and add_months(since, hold) > situation.date:
                    values[number] = shown_before
                    continue
            reason = why(column.scheme, classified, place, self._language)
            heading, shown = column.scheme.heading(self._language), column.scheme.name(now, self._language)
            changes.append(
                Change(situation.date, whose.name, whose.plate, heading, shown_before, shown, is_demotion, reason, key)
            )


def _names(column: ClassColumn, word: str) -> Iterator[str]:
    assert column.scheme, column.key
    yield word
    for language in ("en", "zh"):
        yield column.scheme.name(word, language)


@dataclass(frozen=True)
class _Whose:
    """Who a row is about."""

    number: str
    name: str
    plate: str = ""


def _whose(table: str, place: int, situation: Situation) -> _Whose:
    identities = situation.identities
    if table == "vehicle":
        owner = int(identities.owner[place])
        name = str(identities.names[owner] or identities.ids[owner]) if owner != NOBODY else ""
        return _Whose(str(identities.car_ids[place]), name, str(identities.plates[place]))
    first = {"customer": 0, "prospect": identities.prospect_from, "key_account": identities.account_from}[table]
    party = first + place
    return _Whose(str(identities.ids[party]), str(identities.names[party] or identities.ids[party]))


def _list_columns(
    book: Book, sheet: str | None, listed: Collection[tuple[str, str, str]], language: str
) -> None:
    """Enters columns of ours into the sheet Mapping; what the store answered there stays."""
    rows: Sequence[Sequence[object]] = book.read(sheet) if sheet else []
    if sheet is None or is_blank(rows):
        headings = [texts[language == "zh"] for texts in mapping.HEADINGS.values()]
        layout = SheetLayout(tuple(ColumnLayout(22, "input") for _ in headings), footer=say("page", language))
        body = [[name, heading, mapping.OURS, key] for name, heading, key in listed]
        book.write(sheet or say("mapping_sheet", language), [headings, *body], layout)
        return
    found = heading_row(rows, mapping.HEADINGS, tuple(mapping.HEADINGS))
    if found is None:
        raise BookRefused(
            f"The sheet '{sheet}' has no headings Sheet, Heading, Table and Field (工作表, 列标题, 表, 字段), "
            "so our columns cannot be listed there; name its headings so and try again."
        )
    _, places = found
    left = min(places.values())
    block: list[list[object]] = []
    for name, heading, key in listed:
        cells: list[object] = [KEEP] * (max(places.values()) - left + 1)
        for column, value in (("sheet", name), ("heading", heading), ("table", mapping.OURS), ("field", key)):
            cells[places[column] - left] = value
        block.append(cells)
    book.put(sheet, len(rows) + 1, left + 1, block)
