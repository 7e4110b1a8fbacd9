"""The Mapping sheet: which heading of the store's own is which field (DOM 2.14 "user mapping")."""

from __future__ import annotations

import re
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from functools import cache

from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers import Mapped, clean_heading, table_of_sheet_name
from xl_retention.sheets.small_tables import SmallRow, small_rows, small_table
from xl_retention.sheets.staff_sheets import heading as staff_heading
from xl_retention.sheets.wording import LANGUAGES, both

OURS = "xl_retention"
"""In the column Table: the heading is that of a column of our own."""

HEADINGS = {
    "sheet": ("Sheet", "工作表"),
    "heading": ("Heading", "列标题", "标题"),
    "table": ("Table", "表"),
    "field": ("Field", "字段"),
}

MORE_HEADINGS = {"state": ("State", "状态"), "where": ("Column", "列")}
"""Columns that we fill besides."""
FINGERPRINT = {"fingerprint": ("Fingerprint", "指纹")}
"""The last column: of the headings of the sheet, as they were when the row was written."""
ANSWERED = "mapping_answered"
"""State, as a key in `wording`: the store answered a question."""
FOUND, GONE = "mapping_found", "mapping_gone"
"""States, as keys in `wording`: the row tells what we found ourselves; its column is not there any more."""

NOT_USED = "-"
"""In the column Field: the heading, or without one the whole sheet, is nothing of ours; nobody asks again."""

_OFFERED = re.compile(r".*[(（]\s*([a-z_]+\.[a-z_]+)\s*[)）]", re.DOTALL)


@dataclass(frozen=True)
class Listed:
    """
    A column as it was found or answered before.

    Args:
        where: Letters of its column; "" where they were not written.
        cell: Of its row on the sheet Mapping.
        fingerprint: Of the headings of its sheet then; "" where it was not written.
    """

    sheet: str
    heading: str
    table: str
    field: str
    where: str
    cell: str
    fingerprint: str = ""


@dataclass(frozen=True)
class Answers:
    """
    What the store says on its Mapping sheet.

    Args:
        mapping: Headings and their fields.
        tables: By cleaned name of a sheet the table that it holds, by the suggested name of its sheet.
        left_alone: Cleaned names of sheets that are nothing of ours.
        own: By cleaned name of a sheet the headings of our own columns, and those that are not used.
        problems: Rows that say nothing.
        listed: Columns as they were found before.
        answered: Columns as they were when the store said what they are.
    """

    mapping: tuple[Mapped, ...] = ()
    tables: Mapping[str, str] = field(default_factory=dict)
    left_alone: frozenset[str] = frozenset()
    own: Mapping[str, frozenset[str]] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()
    listed: tuple[Listed, ...] = ()
    answered: tuple[Listed, ...] = ()

    def not_staffs(self, sheet: str) -> Collection[str]:
        """Headings of a sheet that are passed over."""
        return self.own.get(clean_heading(sheet), frozenset()) | self.own.get("", frozenset())

    def settles(self, sheet: str, heading: str) -> bool:
        """Whether the store itself said what a heading is."""
        wanted = clean_heading(heading)
        return any(
            clean_heading(row.heading) == wanted and clean_heading(row.sheet) in ("", clean_heading(sheet))
            for row in self.mapping
        )


def read_mapping(
    sheet: str, rows: Sequence[Sequence[object]], headings: Mapping[str, Collection[str]]
) -> Answers:
    """
    The store's answers; a field may be written `table.field`, in two columns, or in the words of its heading.

    Args:
        sheet: Name of the Mapping sheet.
        headings: By name of sheet the cleaned texts of its first rows, to tell a row that names nothing there.
    """
    found: list[Mapped] = []
    tables: dict[str, str] = {}
    left_alone: set[str] = set()
    passed_over: dict[str, set[str]] = {}
    listed: list[Listed] = []
    answered: list[Listed] = []
    answers, problems = small_table(sheet, rows, {**HEADINGS, **MORE_HEADINGS, **FINGERPRINT}, ("heading", "field"))
    for row in answers:
        heading, where = row.text("heading"), clean_heading(row.text("sheet"))
        text = _by_its_name(bare_field(row.text("field")), _entity(row.text("table")))
        is_ours = row.text("table") == OURS
        if text == NOT_USED and where and not heading:
            left_alone.add(where)
        if not text and not heading and where and (table := _entity(row.text("table"))):
            tables[where] = ENTITIES[table].sheet_names[0]
        if not heading or not text:
            continue  # a question that nobody has answered yet
        is_listed = row.text("state") in (*both(FOUND), *both(GONE))
        if is_ours or text == NOT_USED:
            passed_over.setdefault(where, set()).add(heading)
        table, _, field_name = text.rpartition(".")
        table = table or row.text("table")
        tables_named = [_entity(table)] if table else list(ENTITIES)
        known = [name for name in tables_named if name and ENTITIES[name].has(field_name)]
        if not (known or is_ours or text == NOT_USED):
            problems.append(_fault(sheet, row, "field", "a field that we know", "Correct the name of the field."))
            continue
        is_answered = row.text("state") in both(ANSWERED) and bool(known and row.text("fingerprint"))
        if is_listed or is_answered:
            column = Listed(
                row.text("sheet"), heading, known[0] if is_answered else row.text("table"),
                field_name if is_answered else text, row.text("where"), row.address("heading"), row.text("fingerprint"),
            )  # fmt: skip
            (listed if is_listed else answered).append(column)
        sheets = [texts for name, texts in headings.items() if where in ("", clean_heading(name))]
        if is_listed or is_answered:
            pass  # what became of the column is told as drift
        elif not sheets:
            problems.append(_fault(sheet, row, "sheet", "a sheet of this workbook", "Correct the name of the sheet."))
        elif not any(clean_heading(heading) in texts for texts in sheets):
            wanted = "a heading of that sheet" if where else "a heading of this workbook"
            remedy = "Copy the heading from the sheet, or delete the row."
            problems.append(_fault(sheet, row, "heading", wanted, remedy))
        found.extend(Mapped(row.text("sheet"), heading, name, field_name) for name in known)
    own = {where: frozenset(headings) for where, headings in passed_over.items()}
    return Answers(tuple(found), tables, frozenset(left_alone), own, tuple(problems), tuple(listed), tuple(answered))


def offered(entity: str, name: str, language: str) -> str:
    """A field as a candidate is written: in words of the workbook's language, and by its name."""
    words = staff_heading(ENTITIES[entity].field(name), language)
    return f"{words} ({entity}.{name})"


def bare_field(text: str) -> str:
    """`table.field` of a text that was chosen from the candidates; any other text as it is."""
    found = _OFFERED.fullmatch(text)
    return found[1] if found else text


def _by_its_name(text: str, table: str) -> str:
    """A field that is written in words, as it would be the heading of a new workbook; any other text as it is."""
    if any(entity.has(text) for name, entity in ENTITIES.items() if table in ("", name)):
        return text
    named = {(owner, name) for owner, name in _in_words().get(clean_heading(text), ()) if table in ("", owner)}
    names = {name for _, name in named}
    return text if len(names) != 1 else ".".join(*named) if len(named) == 1 else names.pop()


@cache
def _in_words() -> dict[str, set[tuple[str, str]]]:
    """Tables and names of fields by their cleaned headings in both languages."""
    found: dict[str, set[tuple[str, str]]] = {}
    for table, entity in ENTITIES.items():
        for name in entity.field_names:
            for language in LANGUAGES:
                words = clean_heading(staff_heading(entity.field(name), language))
                found.setdefault(words, set()).add((table, name))
    return found


def _entity(table: str) -> str:
    """Name of a table that is written as such, or by the name of its sheet; "" for another text."""
    name = table_of_sheet_name(table) or table
    return name if name in ENTITIES else ""


def own_columns(rows: Sequence[Sequence[object]]) -> dict[str, dict[str, str]]:
    """
    The columns of our own in the staff's sheets.

    Args:
        rows: The whole Mapping sheet.

    Returns:
        By cleaned name of the sheet the headings of ours, by what they hold; of two rows the last counts.
    """
    found: dict[str, dict[str, str]] = {}
    for row in small_rows(rows, HEADINGS, ("heading", "field")):
        if row.text("table") == OURS and (heading := row.text("heading")):
            found.setdefault(clean_heading(row.text("sheet")), {})[row.text("field")] = heading
    return found


def without_own(rows: Sequence[Sequence[object]], own: Collection[str]) -> list[list[object]]:
    """The first rows of a sheet without the headings of ours, so that nobody takes them for the staff's."""
    ours = {heading.casefold() for heading in own}

    def kept(cell: object) -> object:
        return None if isinstance(cell, str) and cell.strip().casefold() in ours else cell

    return [list(map(kept, row)) for row in rows]


def _fault(sheet: str, row: SmallRow, name: str, wanted: str, remedy: str) -> Problem:
    return Problem(
        "mapping_unknown", "medium", sheet, row.address(name), row.headings[name], row.text(name), wanted, remedy
    )
