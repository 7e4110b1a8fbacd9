"""Which sheet is which table, where its heading row is, and which column is which field (DOM 2.2, 2.14-2.17).

Works on plain lists of cells. A heading is never guessed: what the tables of `domain.schema` do not settle is
handed back as a question, what they do not know as unmatched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from xl_retention.domain.schema import AMBIGUOUS, ENTITIES, AmbiguousHeading, Entity, Kind, Meaning
from xl_retention.domain.simplified import simplified
from xl_retention.domain.words import canonical
from xl_retention.sheets.heading_forms import (
    PERSON,
    asks_yes_or_no,
    belongs_to_a_person,
    form,
    parts,
    without_name,
    without_owner,
    without_unit,
)

Target = tuple[str, str]
"""Entity and field."""

SETTINGS, RULES, MAPPING = "settings", "rules", "mapping"

SHEETS_KNOWN_BY_NAME_ALONE: Mapping[str, tuple[str, ...]] = {
    SETTINGS: ("参数", "Settings"),
    RULES: ("回访规则", "Rules"),
    MAPPING: ("对照表", "Mapping"),
}

LAST_HEADING_ROW = 20
"""The first row with enough headings counts. DOM 2.14 expects it in rows 1-5; below this one nobody looks."""

DISTANCES = ("km", "kms", "公里", "万公里", "千米")
_DAYS = (Kind.DATE, Kind.BIRTHDAY)

_NOT_COUNTING = re.compile(r"[\s_*:\-‐‑–—\u200b\ufeff'’‘\"“”「」『』《》★☆※◆◇●○■□▲△▼▽↑↓]")
_WRAPPED = re.compile(r"【(.*)】")
_NUMBERING = re.compile(
    r"^\s*(?:[\u2460-\u249b\u2776-\u2793]|\(?\d{1,3}\)?[.、)](?!\d)|[一二三四五六七八九十]{1,3}、)\s*(?=\w)"
)


@lru_cache(maxsize=10_000)
def clean_heading(text: str) -> str:
    """Return a heading as it is compared.

    Half-width and simplified, without line breaks, blanks, `_ - * :`, marks, a number before it, units in
    brackets and a stop or question mark at its end, in lower case. So `Customer ID`, `customer_id` and
    `CUSTOMER-ID` are one heading, as are 車牌號碼 and ★3.车牌号码.

    Source: DOM 2.14.
    """
    bare, _ = without_unit(_NUMBERING.sub("", text))
    bare = _NOT_COUNTING.sub("", _WRAPPED.sub(r"\1", bare)).casefold()
    return simplified(_NUMBERING.sub("", bare)).rstrip(".?。,;!")


def heading_unit(heading: str) -> str:
    """Return the unit in the brackets of a heading (`万元` of 车价(万元)), "" where there is none."""
    return without_unit(heading)[1]


class Certainty(IntEnum):
    """How a heading was recognised; the smaller wins where two columns claim one field (DOM 2.14)."""

    CANONICAL = 0
    ALIAS = 1
    CLEANED = 2
    MAPPED = 3
    WORDED = 4


class Mapped(NamedTuple):
    """What the store said about a heading in its Mapping sheet. A blank sheet means any."""

    sheet: str
    heading: str
    entity: str
    field: str


class ColumnMatch(NamedTuple):
    """A recognised column."""

    place: int  # counting from 0, as in the row
    heading: str  # as staff wrote it


class Question(NamedTuple):
    """A heading that may be several fields, so that the store has to say which."""

    heading: str
    candidates: tuple[Target, ...]
    place: int


@dataclass(frozen=True)
class SheetMatch:
    """A recognised sheet.

    Args:
        sheet: Its name.
        entity: The table that it holds; a customer sheet may carry vehicle columns too.
        header_row: Its heading row, counting from 1; the rows of data come after it.
        columns: By entity and field.
        unmatched: Headings that were not used, from left to right: unknown ones, and second columns of a
            field that another column has.
        questions: Headings that remain ambiguous.
        known_by_name: Whether the name of the sheet told its table, and not its headings.
        headings: All headings of its heading row, from left to right.
        left: Place (from 0) of the first column of the table; another table may lie left of it.
        right: Place of the first column behind it, None where nothing but blanks follows.
        last_row: Number of the last row that may be its own, None where no table lies below.
    """

    sheet: str
    entity: str
    header_row: int
    columns: dict[Target, ColumnMatch] = field(default_factory=dict)
    unmatched: list[str] = field(default_factory=list)
    questions: list[Question] = field(default_factory=list)
    known_by_name: bool = False
    headings: tuple[ColumnMatch, ...] = ()
    left: int = 0
    right: int | None = None
    last_row: int | None = None

    @property
    def is_alone(self) -> bool:
        """Whether no other table lies beside or below it."""
        return self.left == 0 and self.right is None and self.last_row is None

    @property
    def is_wide(self) -> bool:
        """Whether its rows are customers and vehicles at once."""
        return self.entity == "customer" and any(entity == "vehicle" for entity, _ in self.columns)

    def has(self, entity: str, field_name: str) -> bool:
        """Whether it has a column for the field."""
        return (entity, field_name) in self.columns


Samples = Callable[[int], Sequence[object]]
"""Cells of the column at a place (from 0), in any number; blanks and the heading itself do not matter."""


def table_of_sheet_name(name: str) -> str | None:
    """Return the table that a sheet of this name holds: an entity, `settings`, `rules`, `mapping`, or None.

    Source: DOM 2.2.
    """
    return _table_names().get(clean_heading(name))


@cache
def _table_names() -> dict[str, str]:
    names = {
        clean_heading(name): entity.name
        for entity in reversed(ENTITIES.values())
        for name in (*entity.sheet_names, entity.name)
    }
    return names | {
        clean_heading(name): table for table, known in SHEETS_KNOWN_BY_NAME_ALONE.items() for name in known
    }


def recognise(
    sheet_name: str,
    first_rows: Sequence[Sequence[object]],
    column_samples: Samples | None = None,
    mapping: Sequence[Mapped] = (),
    *,
    named: str | None = None,
    no_customer_sheet: bool = False,
) -> SheetMatch | None:
    """Find out what a sheet holds.

    A sheet whose name is known belongs to that table; another one to the table for which it has the most
    headings, if the key is among them (a wide sheet: customer name or phone, and VIN or plate).

    Args:
        sheet_name: Its name.
        first_rows: Its first rows, `LAST_HEADING_ROW` of them or as many as there are.
        column_samples: Cells of a column, for headings that only their content explains.
        mapping: What the store said about headings that we do not know by ourselves.
        named: What tells the table instead of the sheet's name: a title above it, "" where nothing does.
        no_customer_sheet: The workbook has no customer sheet, so a vehicle sheet that names its customers
            stands for one.

    Returns:
        None for a sheet that is left alone: unknown, with fewer than three recognised headings (parc: two),
        or one of Settings, Rules and Mapping. Several sheets of one workbook may be the same table; whether
        they may is for the caller to say.

    Source: DOM 2.2, 2.14, 2.16.
    """
    own_mapping = _mapping_of(sheet_name, mapping)
    table = table_of_sheet_name(sheet_name if named is None else named)
    if table is None:
        found = _by_headings(first_rows, own_mapping)
    elif table in ENTITIES:
        scope = _SCOPES[table]
        if table == "vehicle" and no_customer_sheet:
            scope = _scope_of_vehicle_sheet(first_rows, own_mapping)
        header_row = _header_row(scope, first_rows, own_mapping, ambiguous_too=True)
        found = None if header_row is None else (scope, header_row)
    else:
        found = None
    if found is None:
        return None
    scope, header_row = found
    headings = _headings(scope, first_rows, header_row, own_mapping)
    match = SheetMatch(
        sheet_name, scope.entity.name, header_row + 1, known_by_name=table is not None, headings=tuple(headings)
    )
    _Columns(scope, table or "", column_samples, own_mapping, match).settle(headings)
    return match


def looks_like_headings(rows: Sequence[Sequence[object]]) -> list[str]:
    """The headings of the first row that could be those of some table, though nothing says which; [] without one."""
    for row, cells in enumerate(rows[:LAST_HEADING_ROW]):
        for scope in _SCOPES.values():
            found = len(_fields_in(scope, rows, row, {}, ambiguous_too=False))
            if found >= scope.fewest_headings and _says_nothing_else(cells, found):
                return [_text(cell) for cell in cells if _text(cell)]
    return []


def is_heading_row(cells: Sequence[object], match: SheetMatch) -> bool:
    """Whether a row holds texts alone, and those that *match* knows are at least half of them.

    Among rows of data some words are headings too (回访员, 生日, WeChat); beside them stand dates and numbers.
    """
    return _says_nothing_else(cells, len(match.columns) + len(match.questions))


def _says_nothing_else(cells: Sequence[object], known: int) -> bool:
    filled = [cell for cell in cells if cell is not None and cell != ""]
    return all(isinstance(cell, str) for cell in filled) and known * 2 >= len(filled)


# What a sheet may hold: one table, or customers with their vehicles beside them.


@dataclass(frozen=True)
class _Scope:
    entity: Entity
    entities: tuple[Entity, ...]

    @property
    def fewest_headings(self) -> int:
        return self.entity.fewest_headings

    def accepts(self, target: Target) -> Target | None:
        """Return the field that *target* is on such a sheet, None where it has no place there."""
        name, field_name = target
        for entity in self.entities:
            if name == entity.name and entity.has(field_name):
                shared = name == "vehicle" and len(self.entities) > 1 and field_name == "customer_id"
                return ("customer", field_name) if shared else target
        return None


_SCOPES: dict[str, _Scope] = {name: _Scope(entity, (entity,)) for name, entity in ENTITIES.items()}
_CUSTOMER_ONLY = _SCOPES["customer"]
_WIDE = _SCOPES["customer"] = _Scope(ENTITIES["customer"], (ENTITIES["customer"], ENTITIES["vehicle"]))
_WIDE_KEY: tuple[frozenset[Target], ...] = (
    frozenset({("customer", "customer_name"), ("customer", "mobile")}),
    frozenset({("vehicle", "vin"), ("vehicle", "plate_no")}),
)


class _Known(NamedTuple):
    target: Target
    certainty: Certainty


@cache
def _exact_headings(scope_names: tuple[str, ...]) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for entity in (ENTITIES[name] for name in scope_names):
        for each in entity.fields:
            known.setdefault(each.name, _Known((entity.name, each.name), Certainty.CANONICAL))
    for entity in (ENTITIES[name] for name in scope_names):
        for each in entity.fields:
            for alias in each.aliases:
                known.setdefault(alias, _Known((entity.name, each.name), Certainty.ALIAS))
    return known


@cache
def _cleaned_headings(scope_names: tuple[str, ...]) -> dict[str, _Known]:
    known: dict[str, _Known] = {}
    for heading, exact in _exact_headings(scope_names).items():
        known.setdefault(clean_heading(heading), _Known(exact.target, Certainty.CLEANED))
    return known


def _known(scope: _Scope, heading: str) -> _Known | None:
    """Look a heading up in the schema; whether it is ambiguous is not asked here."""
    names = tuple(entity.name for entity in scope.entities)
    known = _exact_headings(names).get(heading) or _cleaned_headings(names).get(clean_heading(heading))
    return known if known is None or _may_have_unit(known.target, heading) else None


def _may_have_unit(target: Target, heading: str) -> bool:
    """Whether a field can be counted in the unit of its heading: Next Service (km) is no date."""
    return heading_unit(heading) not in DISTANCES or ENTITIES[target[0]].field(target[1]).kind not in _DAYS


@cache
def _worded_headings(scope_names: tuple[str, ...]) -> dict[str, Target | None]:
    """By form the field whose headings say these words; None where they are those of two fields."""
    known: dict[str, Target | None] = {}
    questions: dict[str, Target | None] = {}
    for exact in _exact_headings(scope_names):
        target = _exact_headings(scope_names)[exact].target
        if target == ("vehicle", "customer_id") and "customer" in scope_names:
            target = ("customer", "customer_id")
        words = form(exact)
        known[words] = target if known.setdefault(words, target) == target else None
        asked = asks_yes_or_no(exact)
        if asked and ENTITIES[target[0]].field(target[1]).kind is Kind.BOOL:
            questions[asked] = target if questions.setdefault(asked, target) == target else None
    return questions | known


def _worded(scope: _Scope, heading: str) -> Target | None:
    """Look a heading up by the words that it says: in another order, with its owner, twice (`heading_forms`)."""
    return _worded_in(scope.entity.name, heading)


@lru_cache(maxsize=50_000)
def _worded_in(table: str, heading: str) -> Target | None:
    scope = _SCOPES[table]
    if said := parts(heading):
        agreed = set.intersection(*(_may_be(scope, part) for part in said))
        if len(agreed) == 1:
            return agreed.pop()
        if "/" in heading:
            return None  # it holds two things
    known = _worded_headings(tuple(entity.name for entity in scope.entities))
    if heading_unit(heading) in DISTANCES:
        heading = heading.replace("(", " ").replace(")", " ")
    words = form(heading)
    if words in known:
        return known[words]
    for rest, fits in _shorter(heading, table):
        target = known.get(rest)
        if target is not None and fits(*target):
            return target
    return None


def _shorter(heading: str, table: str) -> Iterator[tuple[str, Callable[[str, str], bool]]]:
    """Forms of a heading without a word that may say nothing, and of which fields they may then be."""
    yield without_name(heading), lambda entity, name: ENTITIES[entity].field(name).kind is Kind.TEXT
    yield asks_yes_or_no(heading), lambda entity, name: ENTITIES[entity].field(name).kind is Kind.BOOL
    for rest, owner in without_owner(heading, table):
        if owner == PERSON:
            yield rest, lambda entity, name: belongs_to_a_person(ENTITIES[entity].field(name))
        else:
            yield rest, lambda entity, _, owner=owner: entity == owner  # type: ignore[misc]


def _may_be(scope: _Scope, heading: str) -> set[Target]:
    """The fields that a part of a heading may be."""
    known = _known(scope, heading)
    target = known.target if known else _worded_headings(tuple(each.name for each in scope.entities)).get(form(heading))
    if target is not None:
        return {accepted} if (accepted := scope.accepts(target)) else set()
    row = _ambiguous(heading)
    meanings = [row.meanings[each.name].fields for each in scope.entities if each.name in row.meanings] if row else []
    return {accepted for fields in meanings for each in fields if (accepted := scope.accepts(each))}


_AMBIGUOUS: dict[str, AmbiguousHeading] = {
    clean_heading(heading): row for row in AMBIGUOUS for heading in row.headings
}
@cache
def _ambiguous_words() -> dict[str, AmbiguousHeading]:
    return {form(heading): row for row in AMBIGUOUS for heading in row.headings}


def _ambiguous(heading: str) -> AmbiguousHeading | None:
    """The row of DOM 2.16 that a heading belongs to, by its letters or its words."""
    return _AMBIGUOUS.get(clean_heading(heading)) or _ambiguous_words().get(form(heading))


def may_be_a_field(heading: str) -> bool:
    """Whether a heading names a field of some table, or could."""
    return clean_heading(heading) in _cleaned_headings(tuple(ENTITIES)) or clean_heading(heading) in _AMBIGUOUS


_OwnMapping = Mapping[str, tuple[Target, ...]]


def _mapping_of(sheet_name: str, mapping: Iterable[Mapped]) -> _OwnMapping:
    """Gather the store's rows for this sheet, those that name it before those for any sheet."""
    name = clean_heading(sheet_name)
    rows: dict[str, tuple[Target, ...]] = {}
    for wanted in (name, ""):
        for row in mapping:
            if clean_heading(row.sheet) == wanted:
                heading = clean_heading(row.heading)
                rows[heading] = (*rows.get(heading, ()), (row.entity, row.field))
    return rows


def _mapped(scope: _Scope, heading: str, mapping: _OwnMapping) -> Target | None:
    targets = (scope.accepts(target) for target in mapping.get(clean_heading(heading), ()))
    return next((target for target in targets if target is not None), None)


# The heading row.


def _text(cell: object) -> str:
    """Return a heading without the blanks around it; what is no text is no heading."""
    return cell.strip() if isinstance(cell, str) else ""


def _cell(rows: Sequence[Sequence[object]], row: int, place: int) -> str:
    return _text(rows[row][place]) if 0 <= row < len(rows) and 0 <= place < len(rows[row]) else ""


def _is_group(
    scope: _Scope, rows: Sequence[Sequence[object]], row: int, place: int, mapping: _OwnMapping
) -> bool:
    """Whether a cell is the heading of a group: nothing to its right, but headings below both."""
    heading = _cell(rows, row, place)
    if not heading or _cell(rows, row, place + 1):
        return False
    below = [_cell(rows, row + 1, place), _cell(rows, row + 1, place + 1)]
    worded = _holds_texts_alone(rows, row + 1)  # in a row of values nobody has to look for other words
    return heading != below[0] and all(below) and all(
        _recognised(scope, each, mapping, ambiguous_too=True, worded_too=worded) for each in below
    )


def _holds_texts_alone(rows: Sequence[Sequence[object]], row: int) -> bool:
    return row < len(rows) and all(isinstance(cell, str) for cell in rows[row] if cell is not None)


def _recognised(
    scope: _Scope, heading: str, mapping: _OwnMapping, *, ambiguous_too: bool, worded_too: bool = True
) -> Target | None:
    """Return a field that tells a recognised heading from the others, None where it is not recognised."""
    if not heading:
        return None
    known = _known(scope, heading)
    if known:
        return scope.accepts(known.target)
    if ambiguous_too:
        row = _ambiguous(heading)
        meanings = [] if row is None else [row.meanings.get(entity.name) for entity in scope.entities]
        if any(meanings):
            return ("", clean_heading(heading))
    worded = _mapped(scope, heading, mapping) or (_worded(scope, heading) if worded_too else None)
    return scope.accepts(worded) if worded else None


def _fields_in(
    scope: _Scope,
    rows: Sequence[Sequence[object]],
    row: int,
    mapping: _OwnMapping,
    *,
    ambiguous_too: bool,
    worded_too: bool = True,
) -> set[Target]:
    found = set()
    for place in range(len(rows[row])):
        if not _is_group(scope, rows, row, place, mapping):
            heading = _cell(rows, row, place)
            found.add(_recognised(scope, heading, mapping, ambiguous_too=ambiguous_too, worded_too=worded_too))
    return {target for target in found if target is not None}


def _header_row(
    scope: _Scope,
    rows: Sequence[Sequence[object]],
    mapping: _OwnMapping,
    *,
    ambiguous_too: bool,
) -> int | None:
    """Return the first row with enough recognised headings, counting from 0."""
    first: int | None = None
    for worded in (False, True):
        # Other words than ours are looked for only above, in rows of texts alone.
        for row in range(min(len(rows), LAST_HEADING_ROW) if first is None else first):
            if worded and not _holds_texts_alone(rows, row):
                continue
            found = _fields_in(scope, rows, row, mapping, ambiguous_too=ambiguous_too, worded_too=worded)
            if len(found) >= scope.fewest_headings:
                first = row
                break
    if first is None:
        return None
    return first + any(_is_group(scope, rows, first, place, mapping) for place in range(len(rows[first])))


def _headings(
    scope: _Scope, rows: Sequence[Sequence[object]], header_row: int, mapping: _OwnMapping
) -> list[ColumnMatch]:
    """Return the headings of a row; one merged over two rows stands in the row above."""
    above = rows[header_row - 1] if header_row else ()
    headings = []
    for place in range(max(len(rows[header_row]), len(above))):
        heading = _cell(rows, header_row, place)
        if not heading and header_row:
            heading = _cell(rows, header_row - 1, place)
            if not _recognised(scope, heading, mapping, ambiguous_too=True):
                heading = ""
        if heading:
            headings.append(ColumnMatch(place, heading))
    return headings


# Sheets whose name says nothing.


def _by_headings(rows: Sequence[Sequence[object]], mapping: _OwnMapping) -> tuple[_Scope, int] | None:
    """Find the table with the most recognised headings; without its key the sheet is left alone."""
    best: tuple[int, bool, _Scope, int] | None = None
    for scope in (*_SCOPES.values(), _CUSTOMER_ONLY):
        header_row = _header_row(scope, rows, mapping, ambiguous_too=False)
        if header_row is None:
            continue
        headings = _headings(scope, rows, header_row, mapping)
        found = (_recognised(scope, each.heading, mapping, ambiguous_too=False) for each in headings)
        fields = {target for target in found if target is not None}
        rank = (len(fields), _has_key(scope, fields))
        if scope is _WIDE and not rank[1]:
            continue  # then it may still be a sheet of customers, or of vehicles, alone
        if best is None or rank > best[:2]:
            best = (*rank, scope, header_row)
    if best is None or not best[1]:
        return None
    scope = _WIDE if best[2] is _CUSTOMER_ONLY else best[2]
    return scope, best[3]


def _has_key(scope: _Scope, fields: set[Target]) -> bool:
    if scope is _WIDE:
        return all(not fields.isdisjoint(either) for either in _WIDE_KEY)
    return all((scope.entity.name, name) in fields for name in scope.entity.key)


def _scope_of_vehicle_sheet(rows: Sequence[Sequence[object]], mapping: _OwnMapping) -> _Scope:
    """Return the wide scope for a vehicle sheet that names its customers, else that of vehicles."""
    header_row = _header_row(_WIDE, rows, mapping, ambiguous_too=True)
    if header_row is None:
        return _SCOPES["vehicle"]
    fields = _fields_in(_WIDE, rows, header_row, mapping, ambiguous_too=True)
    return _WIDE if _has_key(_WIDE, fields) else _SCOPES["vehicle"]


# The columns.


class _Columns:
    """Gives every heading of a row its field, asks about it, or leaves it unmatched."""

    def __init__(
        self, scope: _Scope, named: str, samples: Samples | None, mapping: _OwnMapping, match: SheetMatch
    ) -> None:
        self._scope = scope
        self._named = named
        self._samples = samples
        self._mapping = mapping
        self._match = match
        self._left_over: list[ColumnMatch] = []

    def settle(self, headings: Sequence[ColumnMatch]) -> None:
        """Plain headings first, the better match before the others; then mapped, then ambiguous ones."""
        plain: list[tuple[Certainty, ColumnMatch, Target]] = []
        others: list[ColumnMatch] = []
        for column in headings:
            known = _known(self._scope, column.heading)
            if known and not self._may_mean_several(column.heading):
                plain.append((known.certainty, column, known.target))
            else:
                others.append(column)
        losers = [column for _, column, target in sorted(plain) if not self._claim(target, column)]
        rest: list[ColumnMatch] = []
        for column in sorted((*losers, *others)):
            target = _mapped(self._scope, column.heading, self._mapping)
            if target is None or not self._claim(target, column):
                rest.append(column)
        ambiguous: list[tuple[int, int, int, ColumnMatch]] = []
        for column in rest:
            meaning = None if column in losers else self._meaning(column.heading)
            if meaning is None and column not in losers:
                target = _worded(self._scope, column.heading)
                if target is not None and self._claim(target, column):
                    continue
            if meaning is None:
                self._left_over.append(column)
            else:
                # 回访日期 names a field of this table and goes before 日期, which only may be one.
                known = _known(self._scope, column.heading)
                vague = len(Certainty) if known is None else known.certainty
                ambiguous.append((meaning.ask, vague, len(meaning.fields), column))
        for *_, column in sorted(ambiguous):
            self._settle_ambiguous(column)
        self._match.unmatched.extend(column.heading for column in sorted(self._left_over))
        self._match.questions.sort(key=lambda question: question.place)

    def _claim(self, target: Target, column: ColumnMatch) -> bool:
        accepted = self._scope.accepts(target)
        if accepted is None or accepted in self._match.columns:
            return False
        self._match.columns[accepted] = column
        return True

    def _may_mean_several(self, heading: str) -> bool:
        row = _AMBIGUOUS.get(clean_heading(heading))  # a heading that we know needs no other words
        return row is not None and any(name in row.meanings for name in self._kinds_of_sheet())

    def _kinds_of_sheet(self) -> tuple[str, ...]:
        """Keys of `AmbiguousHeading.meanings` that apply here, the first that is there counting."""
        if self._scope is not _WIDE:
            return (self._scope.entity.name,)
        if self._named == "vehicle":
            return ("vehicle", "wide")
        return ("wide",) if self._match.is_wide else ("customer",)

    def _meaning(self, heading: str) -> Meaning | None:
        row = _ambiguous(heading)
        if row is None:
            return None
        return next((row.meanings[name] for name in self._kinds_of_sheet() if name in row.meanings), None)

    def _settle_ambiguous(self, column: ColumnMatch) -> None:
        meaning = self._meaning(column.heading)
        if meaning is None:
            self._left_over.append(column)
            return
        targets = [target for each in meaning.fields if (target := self._scope.accepts(each)) is not None]
        row = _ambiguous(column.heading)
        if row is not None and row.by_content:
            targets = targets[1:] if self._holds_numbers(column) else targets[:1]
        free = [target for target in targets if target not in self._match.columns]
        if free and not meaning.never_take and (len(free) == 1 or not meaning.ask):
            self._claim(free[0], column)
        elif not free and self._is_second_column(column):
            self._left_over.append(column)
        else:
            candidates = tuple(free or targets)
            self._match.questions.append(Question(column.heading, candidates, column.place))

    def _is_second_column(self, column: ColumnMatch) -> bool:
        """Whether the heading names a field that another column has, and so asks nothing."""
        return _known(self._scope, column.heading) is not None

    def _holds_numbers(self, column: ColumnMatch) -> bool:
        """Whether a column of answers holds marks and not words; one word of the scale makes it words."""
        cells = [] if self._samples is None else self._samples(column.place)
        texts = [str(cell).strip() for cell in cells if cell is not None and not isinstance(cell, bool)]
        if any(canonical("satisfaction_level", text) for text in texts):
            return False
        return any(_is_number(text) for text in texts)


def _is_number(text: str) -> bool:
    return bool(re.fullmatch(r"\d+(\.\d+)?分?", unicodedata.normalize("NFKC", text)))
