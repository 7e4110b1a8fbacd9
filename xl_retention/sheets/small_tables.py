"""Small sheets known by their name: a heading row, then rows of a few named columns (DOM 2.20)."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from xl_retention.books.cell_xml import letters
from xl_retention.domain.problems import Problem
from xl_retention.sheets.headers import LAST_HEADING_ROW, clean_heading


@dataclass(frozen=True)
class SmallRow:
    """One row: its number in the sheet, and per column its cell, its place and its heading as written there."""

    number: int
    cells: Mapping[str, object]
    places: Mapping[str, int]
    headings: Mapping[str, str]

    def text(self, name: str) -> str:
        """The cell as text without blanks around; "" for a blank or missing one."""
        return as_text(self.cells.get(name))

    def address(self, name: str) -> str:
        """Address of the cell of a column, such as `B7`."""
        return f"{letters(self.places[name])}{self.number}"


def as_text(cell: object) -> str:
    """A cell as somebody typed it, without blanks around, a whole number without its point; "" for a blank one."""
    if isinstance(cell, float) and cell.is_integer():
        return str(int(cell))
    return "" if cell is None else str(cell).strip()


def cell_at(rows: Sequence[Sequence[object]], row: int, place: int = 0) -> object:
    """The cell of a row, from 1, in a column, from 0; None where the sheet does not reach so far."""
    return rows[row - 1][place] if len(rows) >= row and len(rows[row - 1]) > place else None


def is_blank(rows: Sequence[Sequence[object]]) -> bool:
    """Whether no cell of a sheet holds anything."""
    return all(cell in (None, "") for row in rows for cell in row)


def small_table(
    sheet: str, rows: Sequence[Sequence[object]], headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[list[SmallRow], list[Problem]]:
    """The rows of a sheet, as `small_rows` finds them; a filled sheet without the needed headings is a finding."""
    if heading_row(rows, headings, needed) is None and not is_blank(rows):
        wanted = ", ".join(f"{headings[name][0]} ({headings[name][1]})" for name in needed)
        return [], [
            Problem(
                "headings_not_found",
                "medium",
                sheet,
                wanted=f"A heading row with {wanted}",
                remedy="Name the headings so; until then the sheet is not used.",
            )
        ]
    return list(small_rows(rows, headings, needed)), []


def small_rows(
    rows: Sequence[Sequence[object]], headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> Iterator[SmallRow]:
    """
    The rows below the first row that holds all *needed* headings.

    Args:
        rows: The whole sheet.
        headings: By column name the headings it may have, in any spelling.
        needed: Columns without which a row is no heading row.
    """
    found = heading_row(rows, headings, needed)
    if found is None:
        return
    place, places = found
    texts = {name: str(rows[place][column]).strip() for name, column in places.items()}
    for number, row in enumerate(rows[place + 1 :], place + 2):
        cells = {name: row[column] if column < len(row) else None for name, column in places.items()}
        if any(cell not in (None, "") for cell in cells.values()):
            yield SmallRow(number, cells, places, texts)


def heading_row(
    rows: Sequence[Sequence[object]], headings: Mapping[str, Sequence[str]], needed: Sequence[str]
) -> tuple[int, dict[str, int]] | None:
    """Place of the heading row and, by column name, the place of each column; None without one."""
    known = {clean_heading(text): name for name, texts in headings.items() for text in (*texts, name)}
    for place, row in enumerate(rows[:LAST_HEADING_ROW]):
        places: dict[str, int] = {}
        for column, cell in enumerate(row):
            if isinstance(cell, str) and (name := known.get(clean_heading(cell))):
                places.setdefault(name, column)
        if all(name in places for name in needed):
            return place, places
    return None
