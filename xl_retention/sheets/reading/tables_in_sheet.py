"""Several tables on one sheet: side by side, or one below another (issue: staff keep them so)."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace

import numpy as np
import numpy.typing as npt

from xl_retention.books.grid import CellKind, Grid
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers import (
    SheetMatch,
    Target,
    heading_texts,
    is_heading_row,
    row_like_headings,
    table_of_sheet_name,
)

Rows = Sequence[Sequence[object]]
Recognise = Callable[[Rows, str | None], SheetMatch | None]
"""Finds the table in some rows, told by a title; by the name of the sheet where that is None."""

SAME_ROWS = 0.9
"""With so many equal keys row by row, two blocks beside each other are halves of one wide table."""
MOST_BLOCKS = 200
"""So many stretches of a sheet are looked at for headings of a further table."""
HEADING_DEPTH = 6
"""Rows from the first filled one below a gap in which the headings of the next table stand."""


def side_by_side(rows: Rows, whole: SheetMatch | None, recognise: Recognise) -> list[SheetMatch]:
    """
    The tables beside each other in the first rows of a sheet, or the one that *whole* is.

    Blocks parted by columns without a cell are tables of their own if each of them can be told by its headings,
    and they cannot be halves of one table: both name the same field with other values in the rows, or they are
    of kinds that no row holds together. Anything else with an empty column inside stays one table.
    """
    blocks = _column_blocks(rows, whole.header_row if whole else 1)
    if len(blocks) < 2:
        return [whole] if whole else []
    found: list[tuple[int, SheetMatch]] = []
    for left, right in blocks:
        block = _cut(rows, left, right)
        match = recognise(block, _title(block)) or recognise(block, None)
        if match is not None and is_heading_row(block[match.header_row - 1], match):
            found.append((left, match))
    titled = any(_title(_cut(rows, left, right)) for left, right in blocks[1:])
    if len(found) < 2 or not all(
        _apart(one, other, rows, None if titled else whole)
        for place, (_, one) in enumerate(found)
        for _, other in found[place + 1 :]
    ):
        return [whole] if whole else []
    # What lies between two tables, a column of remarks for example, belongs to the one on its left.
    lefts = [0, *(left for left, _ in found[1:])]
    rights: list[int | None] = [*lefts[1:], None]
    tables = []
    for first, end, (_, match) in zip(lefts, rights, found, strict=True):
        block = _cut(rows, first, end)
        again = recognise(block, _title(block)) or recognise(block, None)
        tables.append(replace(again or match, left=first, right=end))
    return tables


def _column_blocks(rows: Rows, header_row: int) -> list[tuple[int, int]]:
    """Stretches of columns that hold something from the heading row on, as places from and up to."""
    width = max(map(len, rows), default=0)
    below = rows[header_row - 1 :]
    used = [any(place < len(row) and row[place] not in (None, "") for row in below) for place in range(width)]
    edges = np.flatnonzero(np.diff(np.array([False, *used, False]).astype(np.int8)))
    return [(int(left), int(right)) for left, right in zip(edges[::2], edges[1::2], strict=True)]


def _cut(rows: Rows, left: int, right: int | None) -> list[list[object]]:
    """The rows with blanks outside of the block, so that places stay what they are."""
    return [[None] * min(left, len(row)) + list(row[left:right]) for row in rows]


def _apart(one: SheetMatch, other: SheetMatch, rows: Rows, whole: SheetMatch | None) -> bool:
    """Whether two blocks beside each other are two tables, and not the one that *whole* finds in all columns."""
    shared = [
        (column, others[target])
        for others in [_by_meaning(other)]
        for target, column in _by_meaning(one).items()
        if target in others
    ]
    if not shared:
        pair = {one.entity, other.entity}
        return len(pair) == 2 and pair != {"customer", "vehicle"} and not _fields_of_one(whole, one, other)
    first = max(one.header_row, other.header_row)
    for here, there in shared:
        cells = [(row[here], row[there]) for row in rows[first:] if max(here, there) < len(row)]
        told = [pair for pair in cells if any(cell not in (None, "") for cell in pair)]
        if told and sum(left == right for left, right in told) < SAME_ROWS * len(told):
            return True
    return False


def _fields_of_one(whole: SheetMatch | None, one: SheetMatch, other: SheetMatch) -> bool:
    """Whether a row of the table that is told by all columns holds the fields of both blocks (a complaint's phone)."""
    if whole is None:
        return False
    own = {column.place for (entity, _), column in whole.columns.items() if entity == whole.entity}
    return all(column.place in own for match in (one, other) for column in match.columns.values())


def _by_meaning(match: SheetMatch) -> dict[str, int]:
    """Places by field name; a customer number is the same whichever table names it."""
    return {name: column.place for (_, name), column in match.columns.items()}


def _title(rows: Rows) -> str:
    """The name of a table that stands above its headings; "" where nothing does."""
    for row in rows:
        filled = [cell for cell in row if cell not in (None, "")]
        if len(filled) == 1 and isinstance(filled[0], str) and table_of_sheet_name(filled[0]) in ENTITIES:
            return filled[0]
        if len(filled) > 1:
            break
    return ""


@dataclass(frozen=True)
class Column:
    """
    The tables one below another in the same columns of a sheet.

    Args:
        tables: From above; each but the last knows the row where it ends.
        unknown: Headings of a further one that nobody could place; the rows below it are not read.
    """

    tables: tuple[SheetMatch, ...]
    unknown: tuple[str, ...] = ()


def below(grid: Grid, match: SheetMatch, starts: npt.NDArray[np.intp], recognise: Recognise) -> Column:
    """
    The table of *match* and those that stand below it in its columns.

    Args:
        starts: Places of rows below the headings with which a stretch begins: after an empty row, or a total.
        recognise: As for the first rows of a sheet.
    """
    tables: list[SheetMatch] = []
    current = match
    for start in starts.tolist():
        if start < current.header_row:
            continue
        stop = min(start + HEADING_DEPTH, grid.height)
        rows = _cut([[column.value(number) for column in grid.columns] for number in range(start, stop)],
                    match.left, match.right)  # fmt: skip
        title = _title(rows)
        found = recognise(rows, title)
        if found is not None and not is_heading_row(rows[found.header_row - 1], found):
            found = None
        if found is None:
            row = row_like_headings(rows) if title or not _said_above(rows, current) else None
            if row is not None and (title or not _holds_words_of_its_columns(grid, current, start + row)):
                return Column((*tables, replace(current, last_row=start)), tuple(heading_texts(rows[row])))
            continue
        if _targets(found) == _targets(current) or (not title and _same_headings(rows, found, grid, current)):
            continue  # the same headings once more, as on every printed page
        tables.append(replace(current, last_row=start))
        current = replace(
            found, header_row=found.header_row + start, left=match.left, right=match.right, last_row=match.last_row
        )
    return Column((*tables, current))


def _said_above(rows: Rows, current: SheetMatch) -> bool:
    """Whether headings of the table above stand there once more, perhaps not all of them."""
    texts = {cell.strip() for row in rows for cell in row if isinstance(cell, str)}
    return len(texts & {column.heading for column in current.columns.values()}) * 2 > len(current.columns)


def _holds_words_of_its_columns(grid: Grid, current: SheetMatch, row: int) -> bool:
    """
    Whether a cell says what stands above it among the rows of the table: so it is one of them (电话, 接通).

    The table's own headings may stand among its rows on every printed page.
    """
    headings = {column.heading for column in current.headings}
    return any(
        isinstance(said := column.value(row), str)
        and said.strip() not in headings
        and (column.text[current.header_row : row] == column.text[row]).any()
        for column in grid.columns[current.left : current.right]
    )


def _same_headings(rows: Rows, found: SheetMatch, grid: Grid, current: SheetMatch) -> bool:
    """Whether the headings are those of the table above, letter by letter, whatever their few cells here suggest."""
    above = [column.value(current.header_row - 1) for column in grid.columns]
    return list(rows[found.header_row - 1]) == _cut([above], current.left, current.right)[0]


def _targets(match: SheetMatch) -> dict[Target, int]:
    return {target: column.place for target, column in match.columns.items()}


def stretches(grid: Grid, match: SheetMatch, totals: npt.NDArray[np.int64]) -> npt.NDArray[np.intp]:
    """
    Places of rows with which a stretch begins below the headings: after an empty row, or after a total.

    Args:
        totals: Places of the texts that begin a row of totals.
    """
    first = match.header_row
    height = (grid.height if match.last_row is None else match.last_row) - first
    if height <= 1:
        return np.empty(0, np.intp)
    used = np.zeros(height, np.bool_)
    ends = np.zeros(height, np.bool_)
    for column in grid.columns[match.left : match.right]:
        kind = column.kind[first : first + height]
        here = kind != CellKind.BLANK
        if len(totals):
            ends |= here & ~used & np.isin(column.text[first : first + height], totals)
        used |= here
    if used.all() and not ends.any():
        return np.empty(0, np.intp)
    begins = used[1:] & (~used[:-1] | ends[:-1])
    return np.flatnonzero(begins) + first + 1


def fewest_texts(grid: Grid, match: SheetMatch, starts: npt.NDArray[np.intp]) -> npt.NDArray[np.intp]:
    """Those of *starts* below which some row holds texts enough for headings."""
    fewest = min(entity.fewest_headings for entity in ENTITIES.values())
    kept = []
    for start in starts.tolist():
        stop = min(start + HEADING_DEPTH, grid.height)
        texts = sum(
            (column.kind[start:stop] == CellKind.TEXT).astype(np.int64)
            for column in grid.columns[match.left : match.right]
        )
        if np.any(np.asarray(texts) >= fewest):
            kept.append(start)
        if len(kept) == MOST_BLOCKS:
            break
    return np.array(kept, np.intp)
