"""The Mapping sheet: which heading of the store's own is which field (DOM 2.14 "user mapping")."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence

from xl_retention.domain.problems import Problem
from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers import Mapped, clean_heading, table_of_sheet_name
from xl_retention.sheets.small_tables import SmallRow, small_rows, small_table

OURS = "xl_retention"
"""In the column Table: the heading is that of a column of our own."""

HEADINGS = {
    "sheet": ("Sheet", "工作表"),
    "heading": ("Heading", "列标题", "标题"),
    "table": ("Table", "表"),
    "field": ("Field", "字段"),
}


def read_mapping(
    sheet: str, rows: Sequence[Sequence[object]], headings: Mapping[str, Collection[str]]
) -> tuple[tuple[Mapped, ...], list[Problem]]:
    """
    The store's answers; a field may be written `table.field` or in two columns.

    Args:
        sheet: Name of the Mapping sheet.
        headings: By name of sheet the cleaned texts of its first rows, to tell a row that names nothing there.
    """
    found: list[Mapped] = []
    answers, problems = small_table(sheet, rows, HEADINGS, ("heading", "field"))
    for row in answers:
        heading, text = row.text("heading"), row.text("field")
        if not heading or not text:
            continue  # a question that nobody has answered yet
        table, _, field = text.rpartition(".")
        table = table or row.text("table")
        is_ours = row.text("table") == OURS
        tables = [table_of_sheet_name(table) or table] if table else list(ENTITIES)
        known = [name for name in tables if name in ENTITIES and ENTITIES[name].has(field)]
        if not (known or is_ours):
            problems.append(_fault(sheet, row, "field", "a field that we know", "Correct the name of the field."))
            continue
        where = clean_heading(row.text("sheet"))
        sheets = [texts for name, texts in headings.items() if where in ("", clean_heading(name))]
        if not sheets:
            problems.append(_fault(sheet, row, "sheet", "a sheet of this workbook", "Correct the name of the sheet."))
        elif not any(clean_heading(heading) in texts for texts in sheets):
            wanted = "a heading of that sheet" if where else "a heading of this workbook"
            remedy = "Copy the heading from the sheet, or delete the row."
            problems.append(_fault(sheet, row, "heading", wanted, remedy))
        found.extend(Mapped(row.text("sheet"), heading, name, field) for name in known)
    return tuple(found), problems


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
