"""Remove examples: the rows that came with a new workbook leave the staff's sheets, theirs stay."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xl_retention.actions.snapshots import TakenRows
from xl_retention.books.block import Block
from xl_retention.books.live import LiveBook
from xl_retention.domain.numbering import EXAMPLE
from xl_retention.sheets.headers import SheetMatch
from xl_retention.sheets.reading.reader import recognise_sheets


def remove_examples(book: LiveBook) -> tuple[TakenRows, ...]:
    """
    Takes the example rows out of every sheet that is understood.

    Where rows of the staff's own lie in the same table, the examples are cut out of it; a table of examples
    alone is blanked, so that it keeps its looks for the first row that is typed.

    Returns:
        What was taken, in the order in which it was.
    """
    taken: list[TakenRows] = []
    with book.quiet():
        for match in recognise_sheets(book).matches:
            rows = book.read(match.sheet)
            width = _width(rows[match.header_row - 1])
            body = rows[match.header_row :]
            examples = [place for place, row in enumerate(body) if _is_example(row[:width])]
            if not examples:
                continue
            others = any(any(row[:width]) for place, row in enumerate(body) if place not in set(examples))
            for first, last in reversed(list(_runs(examples))):  # from below, so that places above stay right
                top = match.header_row + 1
                block = Block(top + first, top + last, _first(rows, match), width)
                take = book.cut_rows if others else book.clear_rows
                taken.append(TakenRows(match.sheet, block, others, take(match.sheet, block)))
    return tuple(taken)


def _is_example(row: Sequence[object]) -> bool:
    return any(isinstance(cell, str) and cell.strip().startswith(EXAMPLE) for cell in row)


def _first(rows: Sequence[Sequence[object]], match: SheetMatch) -> int:
    """First column of the table, from 1."""
    headings = rows[match.header_row - 1]
    return next(place for place, cell in enumerate(headings, 1) if cell not in (None, ""))


def _width(headings: Sequence[object]) -> int:
    """Last column with a heading, from 1."""
    return max((place for place, cell in enumerate(headings, 1) if cell not in (None, "")), default=0)


def _runs(places: Sequence[int]) -> Iterator[tuple[int, int]]:
    """First and last of each run of neighbouring places."""
    first = before = places[0]
    for place in places[1:]:
        if place != before + 1:
            yield first, before
            first = place
        before = place
    yield first, before
