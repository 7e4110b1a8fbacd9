"""Where the heading row of a sheet is, and what stands in it (DOM 2.2, 2.14)."""

from __future__ import annotations

from collections.abc import Sequence

from xl_retention.sheets.headers.lookup import (
    OwnMapping,
    ambiguous_heading,
    known_heading,
    mapped_heading,
    worded_heading,
)
from xl_retention.sheets.headers.match import ColumnMatch, SheetMatch, Target
from xl_retention.sheets.headers.scope import SCOPES, Scope
from xl_retention.sheets.headers.spelling import clean_heading

LAST_HEADING_ROW = 20
"""The first row with enough headings counts. DOM 2.14 expects it in rows 1-5; below this one nobody looks."""
_WHOSE = frozenset({"vin", "plate_no", "mobile", "customer_id"})
"""Fields that say whose a row is."""


def _text(cell: object) -> str:
    """Return a heading without the blanks around it; what is no text is no heading."""
    return cell.strip() if isinstance(cell, str) else ""


def _cell(rows: Sequence[Sequence[object]], row: int, place: int) -> str:
    return _text(rows[row][place]) if 0 <= row < len(rows) and 0 <= place < len(rows[row]) else ""


def _places_of_texts(cells: Sequence[object]) -> list[int]:
    # Where a stray cell stands in the last of 16,384 columns, nearly all of them are blank.
    return [place for place, cell in enumerate(cells) if cell is not None and _text(cell)]


def _is_group(scope: Scope, rows: Sequence[Sequence[object]], row: int, place: int, mapping: OwnMapping) -> bool:
    """Whether a cell is the heading of a group: nothing to its right, but headings below both."""
    heading = _cell(rows, row, place)
    if not heading or _cell(rows, row, place + 1):
        return False
    below = [_cell(rows, row + 1, place), _cell(rows, row + 1, place + 1)]
    worded = _holds_texts_alone(rows, row + 1)  # in a row of values nobody has to look for other words
    return (
        heading != below[0]
        and all(below)
        and all(recognised(scope, each, mapping, ambiguous_too=True, worded_too=worded) for each in below)
    )


def _holds_texts_alone(rows: Sequence[Sequence[object]], row: int) -> bool:
    return row < len(rows) and all(isinstance(cell, str) for cell in rows[row] if cell is not None)


def recognised(
    scope: Scope, heading: str, mapping: OwnMapping, *, ambiguous_too: bool, worded_too: bool = True
) -> Target | None:
    """Return a field that tells a recognised heading from the others, None where it is not recognised."""
    if not heading:
        return None
    known = known_heading(scope, heading)
    if known:
        return scope.accepts(known.target)
    if ambiguous_too:
        row = ambiguous_heading(heading)
        meanings = [] if row is None else [row.meanings.get(entity.name) for entity in scope.entities]
        if any(meanings):
            return ("", clean_heading(heading))
    worded = mapped_heading(scope, heading, mapping) or (worded_heading(scope, heading) if worded_too else None)
    return scope.accepts(worded) if worded else None


def fields_in(
    scope: Scope,
    rows: Sequence[Sequence[object]],
    row: int,
    mapping: OwnMapping,
    *,
    ambiguous_too: bool,
    worded_too: bool = True,
) -> set[Target]:
    """The fields that the headings of a row are; what is ambiguous stands for itself."""
    found = set()
    for place in _places_of_texts(rows[row]):
        if not _is_group(scope, rows, row, place, mapping):
            heading = _cell(rows, row, place)
            found.add(recognised(scope, heading, mapping, ambiguous_too=ambiguous_too, worded_too=worded_too))
    return {target for target in found if target is not None}


def header_row_of(
    scope: Scope,
    rows: Sequence[Sequence[object]],
    mapping: OwnMapping,
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
            found = fields_in(scope, rows, row, mapping, ambiguous_too=ambiguous_too, worded_too=worded)
            if len(found) >= scope.fewest_headings:
                first = row
                break
    if first is None:
        return None
    return first + any(_is_group(scope, rows, first, place, mapping) for place in _places_of_texts(rows[first]))


def headings_of(
    scope: Scope, rows: Sequence[Sequence[object]], header_row: int, mapping: OwnMapping
) -> list[ColumnMatch]:
    """Return the headings of a row; one merged over two rows stands in the row above."""
    above = rows[header_row - 1] if header_row else ()
    headings = []
    for place in range(max(len(rows[header_row]), len(above))):
        heading = _cell(rows, header_row, place)
        if not heading and header_row:
            heading = _cell(rows, header_row - 1, place)
            if not recognised(scope, heading, mapping, ambiguous_too=True):
                heading = ""
        if heading:
            headings.append(ColumnMatch(place, heading))
    return headings


def row_like_headings(rows: Sequence[Sequence[object]]) -> int | None:
    """The place of the first row that could hold headings of some table, though nothing says which; None without."""
    for row, cells in enumerate(rows[:LAST_HEADING_ROW]):
        for scope in SCOPES.values():
            found = len(fields_in(scope, rows, row, {}, ambiguous_too=False))
            if found >= scope.fewest_headings and _says_nothing_else(cells, found):
                return row
    return None


def row_of_somebody(rows: Sequence[Sequence[object]]) -> int | None:
    """
    The place of headings of which too few are known, but one tells whose a row is (日期, 车牌, 里程, 项目 …).

    Made for the top of a sheet: among the rows of a table a cell such as 电话 may be a word of the staff's.
    """
    for row, cells in enumerate(rows[:LAST_HEADING_ROW]):
        if len(heading_texts(cells)) < 3 or not _has_rows_below(rows, row):
            continue
        for scope in SCOPES.values():
            fields = fields_in(scope, rows, row, {}, ambiguous_too=False)
            if len(fields) > 1 and not _WHOSE.isdisjoint(name for _, name in fields):
                return row
    return None


def heading_texts(cells: Sequence[object]) -> list[str]:
    """What the filled cells of a row say."""
    return [text for text in map(_text, cells) if text]


def _has_rows_below(rows: Sequence[Sequence[object]], row: int) -> bool:
    """Whether it holds texts alone, with something filled in below it that is more than one cell."""
    below = [sum(cell is not None and cell != "" for cell in cells) for cells in rows[row + 1 :]]
    return _holds_texts_alone(rows, row) and max(below, default=0) > 1


def is_heading_row(cells: Sequence[object], match: SheetMatch) -> bool:
    """Whether a row holds texts alone, and those that *match* knows are at least half of them.

    Among rows of data some words are headings too (回访员, 生日, WeChat); beside them stand dates and numbers.
    """
    return _says_nothing_else(cells, len(match.columns) + len(match.questions))


def _says_nothing_else(cells: Sequence[object], known: int) -> bool:
    filled = [cell for cell in cells if cell is not None and cell != ""]
    return all(isinstance(cell, str) for cell in filled) and known * 2 >= len(filled)
