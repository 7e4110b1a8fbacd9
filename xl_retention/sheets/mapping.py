"""The Mapping sheet: which heading of the store's own is which field (DOM 2.14 "user mapping")."""

from __future__ import annotations

from collections.abc import Sequence

from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers import Mapped
from xl_retention.sheets.small_tables import small_rows

HEADINGS = {
    "sheet": ("Sheet", "工作表"),
    "heading": ("Heading", "列标题", "标题"),
    "table": ("Table", "表"),
    "field": ("Field", "字段"),
}


def read_mapping(rows: Sequence[Sequence[object]]) -> tuple[Mapped, ...]:
    """The store's answers; a field may be written `table.field` or in two columns. Unknown ones are passed over."""
    found = []
    for row in small_rows(rows, HEADINGS, ("heading", "field")):
        table, _, field = row.text("field").rpartition(".")
        table = table or row.text("table")
        tables = [table] if table else [name for name, entity in ENTITIES.items() if entity.has(field)]
        found.extend(
            Mapped(row.text("sheet"), row.text("heading"), name, field)
            for name in tables
            if name in ENTITIES and ENTITIES[name].has(field)
        )
    return tuple(found)
