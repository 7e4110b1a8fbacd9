"""The sheet Mapping as we write it: what each heading was taken for, and questions with their candidates.

The store answers a question in the column Field, by its drop-down or by typing. Answers and columns of our own stay
as they are; what we found ourselves is written anew each time, and what is gone since stays until somebody deletes
the row.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from xl_retention.books.cell_xml import letters
from xl_retention.books.layout import ColumnLayout, RowColour, SheetLayout
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.reading.drift import fingerprints
from xl_retention.sheets.reading.mapping import (
    ANSWERED,
    FINGERPRINT,
    FOUND,
    GONE,
    HEADINGS,
    MORE_HEADINGS,
    NOT_USED,
    offered,
)
from xl_retention.sheets.reading.recognised import Recognised
from xl_retention.sheets.reading.understanding import MOST_CANDIDATES, Suggestion
from xl_retention.sheets.small_tables import heading_row, small_rows
from xl_retention.sheets.wording import both, say

HEADING_ROW = 3
COLUMNS = (*HEADINGS, *MORE_HEADINGS)
MAY_BE = tuple(f"may_be_{number}" for number in range(1, MOST_CANDIDATES + 2))
"""Columns of the candidates; the last of them says that the column is not used."""
ALL_HEADINGS = {**HEADINGS, **MORE_HEADINGS}
LAST = tuple(FINGERPRINT)
_WIDTHS = {"sheet": 16, "heading": 22, "table": 16, "field": 34, "state": 14, "where": 8}


@dataclass(frozen=True)
class Entry:
    """One row: a heading, or without one a sheet."""

    sheet: str
    heading: str
    table: str
    field: str
    state: str
    where: str
    candidates: tuple[str, ...] = ()
    fingerprint: str = ""

    def cells(self, language: str) -> list[object]:
        """As they stand in the columns of the sheet."""
        state = say(self.state, language) if self.state else ""
        blanks = [""] * (len(MAY_BE) - len(self.candidates))
        return [
            self.sheet, self.heading, self.table, self.field, state, self.where, *self.candidates, *blanks,
            self.fingerprint,
        ]  # fmt: skip


def headings(language: str) -> list[str]:
    """The heading row."""
    chinese = language == "zh"
    return [
        *(texts[chinese] for texts in ALL_HEADINGS.values()),
        *(f"{say('may_be', language)} {number}" for number in range(1, len(MAY_BE) + 1)),
        *(texts[chinese] for texts in FINGERPRINT.values()),
    ]


def layout(language: str, row: int = HEADING_ROW) -> SheetLayout:
    """Looks of the sheet; the drop-down of a row offers the candidates of that row."""
    first, last = letters(len(COLUMNS)), letters(len(COLUMNS) + len(MAY_BE) - 1)
    tables = tuple(ENTITIES)
    columns = [
        ColumnLayout(
            _WIDTHS[name],
            "input" if name in ("table", "field") else "text",
            choices=tables if name == "table" else (),
            formula_choices=f"${first}{row + 1}:${last}{row + 1}" if name == "field" else "",
        )
        for name in COLUMNS
    ]
    columns += [ColumnLayout(34, "text") for _ in MAY_BE]
    columns += [ColumnLayout(16, "code") for _ in LAST]
    state, table, field = (letters(COLUMNS.index(name)) for name in ("state", "table", "field"))
    asked = f'${state}{row + 1}="{say("mapping_asked", language)}"'
    return SheetLayout(
        tuple(columns),
        heading_row=row,
        title_looks=("title", "note") if row == HEADING_ROW else (),
        row_colours=(
            RowColour(f'AND({asked},${table}{row + 1}&${field}{row + 1}="")', "warning"),
            RowColour(f'${state}{row + 1}="{say(GONE, language)}"', "bad"),
        ),
        printed_columns=len(COLUMNS),  # what a field is chosen from is for the screen
        footer=say("page", language),
    )


def open_questions(recognised: Recognised, suggested: Iterable[Suggestion], language: str) -> list[Entry]:
    """Headings that may be several fields, headings that nobody knows but whose cells tell something, and sheets."""
    asked = [
        _question(match.sheet, question.heading, question.place, question.candidates, language)
        for match in recognised.matches
        for question in match.questions
    ]
    asked += [_question(each.sheet, each.heading, each.place, each.candidates, language) for each in suggested]
    sheets = [
        Entry(problem.sheet, "", "", "", "mapping_asked", "", (NOT_USED,))
        for problem in recognised.remarks
        if problem.code == "sheet_not_placed"
    ]
    return [*asked, *sheets]


def _question(sheet: str, heading: str, place: int, candidates: Sequence[tuple[str, str]], language: str) -> Entry:
    named = tuple(offered(entity, name, language) for entity, name in candidates[:MOST_CANDIDATES])
    return Entry(sheet, heading, "", "", "mapping_asked", letters(place), (*named, NOT_USED))


def found_columns(recognised: Recognised) -> list[Entry]:
    """What each recognised column is."""
    known = fingerprints(recognised.matches)
    return [
        Entry(
            match.sheet, column.heading, entity, name, FOUND, letters(column.place),
            fingerprint=known[match.sheet],
        )
        for match in recognised.matches
        for (entity, name), column in sorted(match.columns.items(), key=lambda each: each[1].place)
    ]  # fmt: skip


def lay_out(
    before: Sequence[Sequence[object]], recognised: Recognised, suggested: Iterable[Suggestion], language: str
) -> tuple[list[list[object]], SheetLayout]:
    """
    The cells of the sheet.

    Args:
        before: Its cells as they are; titles and columns of the staff's own beside ours stay.
        suggested: Headings that nobody knows, and what they may be.

    Returns:
        Cells and looks; questions stand first, then answers and our own columns, then what was found.
    """
    place, places = heading_row(before, _known_headings(), ("heading", "field")) or (HEADING_ROW - 1, {})
    new_titles: list[list[object]] = [[say("mapping_sheet", language)], [say("mapping_note", language)]]
    titles = [list(row) for row in before[:place]] if places else new_titles
    ours = set(places.values())
    extra = [n for n in range(max(map(len, before), default=0)) if n not in ours] if places else []
    found, asked = found_columns(recognised), open_questions(recognised, suggested, language)
    listed_now = {(each.sheet, each.heading) for each in found}
    known = fingerprints(recognised.matches)
    present = {
        (match.sheet, column.heading): column.place for match in recognised.matches for column in match.headings
    }
    kept: list[list[object]] = []
    answered: set[tuple[str, str]] = set()
    for row in small_rows(before, _known_headings(), ("heading", "field")):
        sheet, heading, table, field, typed, where, *told = (row.text(name) for name in (*COLUMNS, *LAST))
        entry = Entry(sheet, heading, table, field, typed, where, fingerprint=told[0])
        cells = before[row.number - 1]
        notes = [cells[n] if n < len(cells) else None for n in extra]
        state = _state(entry.state)
        if state == "mapping_asked" and not entry.field and not entry.table:
            continue
        if state == "mapping_asked":
            entry = replace(entry, state=ANSWERED)
        elif state in (FOUND, GONE):
            if (entry.sheet, entry.heading) in listed_now:
                continue
            entry = replace(entry, state=GONE)
        else:
            entry = replace(entry, state=state)
        if entry.state == ANSWERED and (entry.sheet, entry.heading) in present:
            there = letters(present[entry.sheet, entry.heading])
            entry = replace(entry, where=there, fingerprint=known[entry.sheet])
        answered.add((entry.sheet, entry.heading))
        kept.append([*entry.cells(language), *notes])
    own_headings = [before[place][n] if n < len(before[place]) else None for n in extra] if places else []
    rows = [
        *titles,
        [*headings(language), *own_headings],
        *(each.cells(language) for each in asked if (each.sheet, each.heading) not in answered),
        *kept,
        *(each.cells(language) for each in found if (each.sheet, each.heading) not in answered),
    ]
    return rows, layout(language, len(titles) + 1)


def _known_headings() -> dict[str, tuple[str, ...]]:
    may_be = {
        name: tuple(f"{word} {number}" for word in both("may_be")) for number, name in enumerate(MAY_BE, 1)
    }
    return {**ALL_HEADINGS, **may_be, **FINGERPRINT}


def _state(text: str) -> str:
    """Key in `wording` of a state, "" for a text of the staff's."""
    keys = (FOUND, GONE, "mapping_asked", ANSWERED)
    return next((key for key in keys if text in both(key)), "")
