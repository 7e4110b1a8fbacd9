"""Which sheet is which table, where its heading row is, and which column is which field (DOM 2.2, 2.14-2.17).

Works on plain lists of cells. A heading is never guessed: what the tables of `domain.schema` do not settle is
handed back as a question, what they do not know as unmatched.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from enum import IntEnum
from functools import cache, lru_cache
from typing import NamedTuple

from xl_retention.domain.schema import AMBIGUOUS, ENTITIES, AmbiguousHeading, Entity, Meaning
from xl_retention.domain.words import canonical

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

# Brackets that say how to fill a column. Others belong to the heading: 交车日期(维修).
_UNIT = re.compile(
    r"[(\[【〔]\s*("
    r"km|kms|kilomet(?:er|re)s?|公里|万公里|千米|元|万元|人民币|rmb|cny|yuan|[¥￥%‰]"
    r"|年|月|日|天|周|岁|年/月/日|年月日|小时|分|分钟|秒|days?|months?|years?|hours?|min|mins|minutes|h"
    r"|次|次/年|个|人|台|辆|位|\d+\s*位|\d+\s*[-~–]\s*\d+|km/day|公里/天"
    r"|必填|必填项|选填|可选|非必填|自动|required|optional|mandatory|auto"
    r"|是/否|有/无|男/女|个人/单位|y/n|yes/no|m/f"
    r"|[ymdh年月日时分:./ -]{4,}|格式.*|e\.?g\.?.*|例.*"
    r")\s*[)\]】〕]",
    re.IGNORECASE,
)
_NOT_COUNTING = re.compile(r"[\s_*:\-‐‑–—\u200b\ufeff]")


@lru_cache(maxsize=10_000)
def clean_heading(text: str) -> str:
    """Return a heading as it is compared.

    Half-width, without line breaks, blanks, `_ - * :`, units in brackets and a full stop or question mark at
    its end, in lower case. So `Customer ID`, `customer_id` and `CUSTOMER-ID` are one heading.

    Source: DOM 2.14.
    """
    half_width = unicodedata.normalize("NFKC", text)
    return _NOT_COUNTING.sub("", _UNIT.sub("", half_width)).casefold().rstrip(".?。")


def heading_unit(heading: str) -> str:
    """Return the unit in the brackets of a heading (`万元` of 车价(万元)), "" where there is none."""
    unit = _UNIT.search(unicodedata.normalize("NFKC", heading))
    return unit.group(1).casefold() if unit else ""


class Certainty(IntEnum):
    """How a heading was recognised; the smaller wins where two columns claim one field (DOM 2.14)."""

    CANONICAL = 0
    ALIAS = 1
    CLEANED = 2
    MAPPED = 3


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
    return _exact_headings(names).get(heading) or _cleaned_headings(names).get(clean_heading(heading))


_AMBIGUOUS: dict[str, AmbiguousHeading] = {
    clean_heading(heading): row for row in AMBIGUOUS for heading in row.headings
}

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
    return heading != below[0] and all(
        _recognised(scope, each, mapping, ambiguous_too=True) for each in below
    )


def _recognised(scope: _Scope, heading: str, mapping: _OwnMapping, *, ambiguous_too: bool) -> Target | None:
    """Return a field that tells a recognised heading from the others, None where it is not recognised."""
    if not heading:
        return None
    known = _known(scope, heading)
    if known:
        return scope.accepts(known.target)
    if ambiguous_too:
        row = _AMBIGUOUS.get(clean_heading(heading))
        meanings = [] if row is None else [row.meanings.get(entity.name) for entity in scope.entities]
        if any(meanings):
            return ("", clean_heading(heading))
    return _mapped(scope, heading, mapping)


def _fields_in(
    scope: _Scope,
    rows: Sequence[Sequence[object]],
    row: int,
    mapping: _OwnMapping,
    *,
    ambiguous_too: bool,
) -> set[Target]:
    found = set()
    for place in range(len(rows[row])):
        if not _is_group(scope, rows, row, place, mapping):
            found.add(_recognised(scope, _cell(rows, row, place), mapping, ambiguous_too=ambiguous_too))
    return {target for target in found if target is not None}


def _header_row(
    scope: _Scope,
    rows: Sequence[Sequence[object]],
    mapping: _OwnMapping,
    *,
    ambiguous_too: bool,
) -> int | None:
    """Return the first row with enough recognised headings, counting from 0."""
    for row in range(min(len(rows), LAST_HEADING_ROW)):
        if len(_fields_in(scope, rows, row, mapping, ambiguous_too=ambiguous_too)) >= scope.fewest_headings:
            places = range(len(rows[row]))
            return row + any(_is_group(scope, rows, row, place, mapping) for place in places)
    return None


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
        ambiguous: list[tuple[int, int, int, ColumnMatch]] = []
        for column in sorted((*losers, *others)):
            target = _mapped(self._scope, column.heading, self._mapping)
            if target is not None and self._claim(target, column):
                continue
            meaning = None if column in losers else self._meaning(column.heading)
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
        row = _AMBIGUOUS.get(clean_heading(heading))
        return row is not None and any(name in row.meanings for name in self._kinds_of_sheet())

    def _kinds_of_sheet(self) -> tuple[str, ...]:
        """Keys of `AmbiguousHeading.meanings` that apply here, the first that is there counting."""
        if self._scope is not _WIDE:
            return (self._scope.entity.name,)
        if self._named == "vehicle":
            return ("vehicle", "wide")
        return ("wide",) if self._match.is_wide else ("customer",)

    def _meaning(self, heading: str) -> Meaning | None:
        row = _AMBIGUOUS.get(clean_heading(heading))
        if row is None:
            return None
        return next((row.meanings[name] for name in self._kinds_of_sheet() if name in row.meanings), None)

    def _settle_ambiguous(self, column: ColumnMatch) -> None:
        meaning = self._meaning(column.heading)
        if meaning is None:
            self._left_over.append(column)
            return
        targets = [target for each in meaning.fields if (target := self._scope.accepts(each)) is not None]
        if _AMBIGUOUS[clean_heading(column.heading)].by_content:
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
