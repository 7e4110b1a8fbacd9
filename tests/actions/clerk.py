"""A clerk at work: generates, types beside a call, saves; and what the workbook says afterwards."""

from __future__ import annotations

from collections.abc import Mapping
from pathlib import Path

from tests.actions.drawn import Answer, shell, type_in
from xl_retention.books.closed import ClosedBook
from xl_retention.sheets.reading.reader import recognise_sheets

Rows = list[dict[str, object]]


def generate(path: Path, day: str) -> Answer:
    """The list of a day; it has to go well."""
    answer = shell("today", path, "--date", day, "--json")
    assert answer.code == 0, answer.err
    return answer


def save(path: Path, day: str, *arguments: object) -> Answer:
    """`save-results` on a day; it has to go well."""
    answer = shell("save-results", path, "--date", day, "--json", *arguments)
    assert answer.code == 0, answer.err
    return answer


def call(path: Path, day: str, key: str, typed: Mapping[str, object]) -> Answer:
    """One call from the list of a day, saved at once."""
    generate(path, day)
    type_in(path, key, typed)
    return save(path, day)


def rules(path: Path, day: str) -> list[list[str]]:
    """The rules of each call of a day."""
    return [row["rules"] for row in generate(path, day).json["rows"]]


def keys(path: Path, day: str) -> set[str]:
    """All due keys on the list of a day."""
    return {key for row in generate(path, day).json["rows"] for key in row["due_keys"]}


def table(path: Path, entity: str) -> Rows:
    """The rows of a table of the staff's by field, as they stand; blank cells are left out."""
    with ClosedBook(path) as book:
        found = []
        for match in recognise_sheets(book).matches:
            columns = {field: column.place for (owner, field), column in match.columns.items() if owner == entity}
            if columns:
                for row in book.read(match.sheet)[match.header_row :]:
                    found.append({field: row[place] for field, place in columns.items() if row[place] is not None})
    return found


def cells(path: Path, sheet: str) -> list[list[object]]:
    """All cells of a sheet."""
    with ClosedBook(path) as book:
        return book.read(sheet)


def change(path: Path, sheet: str, edit) -> None:
    """Lets *edit* change the cells of a sheet, as a person would."""
    with ClosedBook(path) as book:
        rows = book.read(sheet)
        edit(rows)
        book.write(sheet, rows)
        book.save()
