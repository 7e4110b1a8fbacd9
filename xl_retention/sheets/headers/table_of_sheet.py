"""Which sheet is which table (DOM 2.2, 2.14-2.17).

Works on plain lists of cells. A heading is never guessed: what the tables of `domain.schema` do not settle is
handed back as a question, what they do not know as unmatched.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from functools import cache

from xl_retention.domain.schema import ENTITIES
from xl_retention.sheets.headers.columns import Columns
from xl_retention.sheets.headers.heading_row import fields_in, header_row_of, headings_of, recognised
from xl_retention.sheets.headers.lookup import OwnMapping, mapping_of
from xl_retention.sheets.headers.match import Mapped, Samples, SheetMatch
from xl_retention.sheets.headers.scope import CUSTOMER_ONLY, SCOPES, WIDE, Scope, has_key
from xl_retention.sheets.headers.spelling import clean_heading

SETTINGS, RULES, MAPPING = "settings", "rules", "mapping"
SHEETS_KNOWN_BY_NAME_ALONE: Mapping[str, tuple[str, ...]] = {
    SETTINGS: ("参数", "Settings"),
    RULES: ("回访规则", "Rules"),
    MAPPING: ("对照表", "Mapping"),
}


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
    return names | {clean_heading(name): table for table, known in SHEETS_KNOWN_BY_NAME_ALONE.items() for name in known}


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
    own_mapping = mapping_of(sheet_name, mapping)
    table = table_of_sheet_name(sheet_name if named is None else named)
    if table is None:
        found = _by_headings(first_rows, own_mapping)
    elif table in ENTITIES:
        scope = SCOPES[table]
        if table == "vehicle" and no_customer_sheet:
            scope = _scope_of_vehicle_sheet(first_rows, own_mapping)
        header_row = header_row_of(scope, first_rows, own_mapping, ambiguous_too=True)
        found = None if header_row is None else (scope, header_row)
    else:
        found = None
    if found is None:
        return None
    scope, header_row = found
    headings = headings_of(scope, first_rows, header_row, own_mapping)
    match = SheetMatch(
        sheet_name, scope.entity.name, header_row + 1, known_by_name=table is not None, headings=tuple(headings)
    )
    Columns(scope, table or "", column_samples, own_mapping, match).settle(headings)
    return match


def _by_headings(rows: Sequence[Sequence[object]], mapping: OwnMapping) -> tuple[Scope, int] | None:
    """Find the table with the most recognised headings; without its key the sheet is left alone."""
    best: tuple[int, bool, Scope, int] | None = None
    for scope in (*SCOPES.values(), CUSTOMER_ONLY):
        header_row = header_row_of(scope, rows, mapping, ambiguous_too=False)
        if header_row is None:
            continue
        headings = headings_of(scope, rows, header_row, mapping)
        found = (recognised(scope, each.heading, mapping, ambiguous_too=False) for each in headings)
        fields = {target for target in found if target is not None}
        rank = (len(fields), has_key(scope, fields))
        if scope is WIDE and not rank[1]:
            continue  # then it may still be a sheet of customers, or of vehicles, alone
        if best is None or rank > best[:2]:
            best = (*rank, scope, header_row)
    if best is None or not best[1]:
        return None
    scope = WIDE if best[2] is CUSTOMER_ONLY else best[2]
    return scope, best[3]


def _scope_of_vehicle_sheet(rows: Sequence[Sequence[object]], mapping: OwnMapping) -> Scope:
    """Return the wide scope for a vehicle sheet that names its customers, else that of vehicles."""
    header_row = header_row_of(WIDE, rows, mapping, ambiguous_too=True)
    if header_row is None:
        return SCOPES["vehicle"]
    fields = fields_in(WIDE, rows, header_row, mapping, ambiguous_too=True)
    return WIDE if has_key(WIDE, fields) else SCOPES["vehicle"]
