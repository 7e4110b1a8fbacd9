"""Import: the rows of an export of some other program go into the tables that the staff keep.

A row is known by its number, else by what else tells it apart. One that is there gets the cells that the export
fills and that say something else; nothing is blanked. One that is not there is added below the others. What
cannot be placed is refused and listed, and the other rows go on.
"""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from xl_retention.actions.imported import NO_KEY, Imported, RefusedRow
from xl_retention.actions.importing_one_table import OneTable
from xl_retention.books.book import Book, ReadBook
from xl_retention.domain.schema import ENTITIES
from xl_retention.domain.store import Table
from xl_retention.errors import StoreNotUnderstood
from xl_retention.sheets.headers import Mapped, SheetMatch, recognise, table_of_sheet_name
from xl_retention.sheets.reading.reader import data_rows, read_tables
from xl_retention.sheets.reading.recognised import HEAD_ROWS, recognise_sheets
from xl_retention.sheets.reading.total_rows import Totals
from xl_retention.sheets.staff_rows import StaffRows


def import_export(book: Book, export: ReadBook, *, table: str = "") -> Imported:
    """
    Puts the rows of an export into the staff's tables; the book is not saved.

    Args:
        export: Any book that can be read.
        table: What the rows of the export are, by the name of a table or of its sheet; "" lets its headings say.

    Raises:
        StoreNotUnderstood: No sheet of the export is a table that we know.
        BookRefused: A row cannot be written.
    """
    recognised = recognise_sheets(book)
    # The store's answers about its own headings hold for the same headings in an export.
    mapping = [row._replace(sheet="") for row in recognised.answers.mapping]
    matches = list(_matches(export, mapping, table))
    if not matches:
        raise StoreNotUnderstood(
            "The export has no heading row with at least three headings that we know, the number of its rows among "
            "them; say with --table what its rows are, or put its headings on the Mapping sheet."
        )
    imported = Imported(recognised.language)
    rows = StaffRows(book, recognised.language, recognised.matches)
    for match in matches:
        tables, problems = read_tables(export, match)
        imported.problems += problems
        imported.unmatched[match.sheet] = [*match.unmatched, *(question.heading for question in match.questions)]
        for unit in _units(tables, recognised.matches):
            OneTable(book, rows, match, unit, imported).run()
        _tell_others(export, match, tables, imported)
    rows.write()
    return imported


def _matches(export: ReadBook, mapping: Sequence[Mapped], table: str) -> Iterator[SheetMatch]:
    if table and table_of_sheet_name(table) not in ENTITIES:
        raise StoreNotUnderstood(f"There is no table '{table}'; the tables are {', '.join(ENTITIES)}.")
    for sheet in export.sheet_names():
        rows = export.head(sheet, HEAD_ROWS).rows()

        def samples(place: int, rows: list[list[object]] = rows) -> Sequence[object]:
            return [row[place] for row in rows if place < len(row)]

        # A name such as 客户资料 says what the rows are; of another one their headings have to.
        for named in [table] if table else [None, ""]:
            if match := recognise(sheet, rows, samples, mapping, named=named):
                yield match
                break


def _units(tables: Sequence[Table], matches: Sequence[SheetMatch]) -> list[list[Table]]:
    """Tables whose rows go together: customer and car where the staff keep both in one row."""
    names = {table.entity.name for table in tables}
    separate = any(match.entity == "vehicle" for match in matches)
    wide = any(match.is_wide for match in matches)
    if len(names) > 1 and wide and not separate:
        return [list(tables)]
    return [[table] for table in tables]


def _tell_others(export: ReadBook, match: SheetMatch, tables: Sequence[Table], imported: Imported) -> None:
    """Rows that the reader has passed over: they say the same as another one, or not whose they are."""
    taken = {int(row) for table in tables for row in table.row}
    rows = export.read(match.sheet)
    seen = {tuple(rows[row - 1]) for row in taken}
    for place in data_rows(export.grid(match.sheet), match, Totals()).tolist():
        if place + 1 in taken:
            continue
        if tuple(rows[place]) in seen:
            imported.unchanged += 1
        else:
            imported.refused.append(RefusedRow(match.entity, match.sheet, place + 1, NO_KEY))
