"""The command `import`: rows of an export into the tables that the staff keep."""

from __future__ import annotations

import argparse
import contextlib
import datetime as dt
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING

from xl_retention.cli.answers import (
    DONE,
    FAULTS,
    print_end,
    print_findings,
    print_json,
    print_rows,
    problem_json,
    progress_on_stderr,
    save,
)
from xl_retention.cli.options import writing_options

if TYPE_CHECKING:
    from xl_retention.actions.imported import Imported
    from xl_retention.books.book import ReadBook
    from xl_retention.cli.options import Commands

_ZIP, _COMPOUND = b"PK", b"\xd0\xcf\x11\xe0"


def add_to(commands: Commands) -> None:
    """Registers the commands of this module."""
    import_ = commands.add_parser("import", help="put the rows of an export (CSV, .xls, .xlsx) into your own tables")
    import_.add_argument("book", type=Path, metavar="BOOK", help="an .xlsx or .xlsm workbook")
    import_.add_argument("export", type=Path, metavar="EXPORT", help="a file that some other program exported")
    import_.add_argument("--table", default="", metavar="NAME", help="what its rows are, such as customer or 维修记录")
    import_.add_argument("--json", action="store_true", help="print one JSON object instead of a table")
    import_.add_argument("--strict", action="store_true", help="exit 1 if a row was refused or a cell left out")
    writing_options(import_)
    import_.set_defaults(run=_import)


def _import(options: argparse.Namespace) -> int:
    from xl_retention.actions.import_export import import_export
    from xl_retention.books.closed import ClosedBook

    with progress_on_stderr(quiet=options.json) as progress, ClosedBook(options.book) as book:
        progress("reading")
        with _opened(options.export) as export:
            imported = import_export(book, export, table=options.table)
        progress("writing")
        save(book, options)
    if options.json:
        print_json(_json(imported))
    else:
        _print(imported)
        print_end(options, imported.language, book.backup)
    return FAULTS if options.strict and (imported.refused or imported.problems) else DONE


@contextlib.contextmanager
def _opened(path: Path) -> Iterator[ReadBook]:
    """The export, by what it is and not by what it is called."""
    from xl_retention.books.closed import ClosedBook
    from xl_retention.books.old_book import OldBook
    from xl_retention.books.text_book import TextBook

    with path.open("rb") as file:
        start = file.read(8)
    if start.startswith(_ZIP):
        with ClosedBook(path) as book:
            yield book
    elif start.startswith(_COMPOUND):
        yield OldBook(path)
    else:
        yield TextBook(path)


def _json(imported: Imported) -> dict[str, object]:
    def place(row: object) -> dict[str, object]:
        return {name: getattr(row, name) for name in ("table", "sheet", "row")}

    return {
        "added": [{**place(row), "cells": {name: _plain(value) for name, value in row.cells.items()}}
                  for row in imported.added],
        "changed": [
            {**place(row), "cells": {name: {"from": _plain(old), "to": _plain(new)}
                                     for name, (old, new) in row.cells.items()}}
            for row in imported.changed
        ],
        "refused": [{**place(row), "reason": row.reason} for row in imported.refused],
        "unchanged": imported.unchanged,
        "unmatched": imported.unmatched,
        "problems": [problem_json(problem) for problem in imported.problems],
    }  # fmt: skip


def _plain(value: object) -> object:
    """A value as JSON holds it: a day or a moment as text (the contract's forms), no data as null."""
    if isinstance(value, dt.datetime):
        return value.date().isoformat() if value.time() == dt.time() else value.isoformat(timespec="minutes")
    return value.isoformat() if isinstance(value, (dt.date, dt.time)) else value


def _print(imported: Imported) -> None:
    from xl_retention.sheets.wording import say

    language = imported.language
    counts = {name: len(getattr(imported, name)) for name in ("added", "changed", "refused")}
    print(say("result_import", language, **counts, unchanged=imported.unchanged))
    headings = [say(key, language) for key in ("import_what", "sheet", "import_row", "import_cells")]
    rows: list[list[object]] = []
    for row in imported.added:
        rows.append([say("import_added", language), row.sheet, row.row, _told(row.cells)])
    for change in imported.changed:
        cells = {name: f"{_plain(old) or '–'} → {_plain(new)}" for name, (old, new) in change.cells.items()}
        rows.append([say("import_changed", language), change.sheet, change.row, _told(cells)])
    for refused in imported.refused:
        why = say(f"import_{refused.reason}", language)
        rows.append([say("import_refused", language), refused.sheet, refused.row, why])
    if rows:
        print_rows(say("import_title", language), headings, rows, language)
    for sheet, names in imported.unmatched.items():
        if names:
            print(say("import_left", language, sheet=sheet, headings=", ".join(names)))
    if imported.problems:
        print_findings(imported.problems, language)


def _told(cells: dict[str, object] | dict[str, str]) -> str:
    return ", ".join(f"{name}: {_plain(value)}" for name, value in cells.items())
