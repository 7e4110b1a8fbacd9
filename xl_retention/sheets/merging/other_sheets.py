"""Sheets of a copy that hold no table of ours, or one that this workbook lacks: they come in whole, and are told."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from xl_retention.books.book import Book
from xl_retention.sheets.merging.conflicts_sheet import Question
from xl_retention.sheets.merging.merge_rows import Copy, CopyTable

NAME_LENGTH = 31
UNKNOWN_SHEET = "unknown_sheet"
_NOT_IN_NAMES = str.maketrans("[]:*?/\\'", "()------")


@dataclass
class OtherSheets:
    """
    The sheets of a copy that are not merged row by row.

    Args:
        book: The workbook, which gets what it lacks.
        incoming: The copy.
        base: What both came from; None where nobody knows.
        mine: The workbook as it was read.
        theirs: The copy as it was read.
        label: Name of the copy.

    Attributes:
        added: Rows of tables that came in with their sheet.
    """

    book: Book
    incoming: Book
    base: Book | None
    mine: Copy
    theirs: Copy
    label: str
    added: int = 0

    def merge(self) -> Iterator[Question]:
        """Copies the sheets that are missing or say something else; yields one question for each."""
        for name, table in self.theirs.tables.items():
            if name not in self.mine.tables and len(table.rows):
                yield from self._table(table)
        for sheet in self.theirs.recognised.left_alone:
            yield from self._free(sheet)

    def _table(self, table: CopyTable) -> Iterator[Question]:
        for sheet in table.sheets:
            name = self._free_name(sheet.match.sheet)
            self.book.write(name, sheet.grid.rows())
            yield self._question(sheet.match.sheet, None, ", ".join(sheet.headings.values()))
        self.added += len(table.rows)

    def _free(self, sheet: str) -> Iterator[Question]:
        theirs = self.incoming.read(sheet)
        said = _texts(theirs)
        if not said or (self.base and _same_sheet(self.base, sheet) and said <= self._said(self.base, sheet)):
            return
        own = f"{sheet[: NAME_LENGTH - len(self._mark)]}{self._mark}"
        here = self._said(self.book, sheet) if _same_sheet(self.book, sheet) else set()
        if said <= here | (self._said(self.book, own) if _same_sheet(self.book, own) else set()):
            return
        is_new = _same_sheet(self.book, sheet) is None
        self.book.write(sheet if is_new else self._free_name(own), theirs)
        yield self._question(sheet, None if is_new else "; ".join(sorted(here - said)), "; ".join(sorted(said - here)))

    @property
    def _mark(self) -> str:
        return f" ({self.label.translate(_NOT_IN_NAMES)[:12]})"

    def _said(self, book: Book, sheet: str) -> set[str]:
        return _texts(book.read(_same_sheet(book, sheet) or sheet))

    def _free_name(self, name: str) -> str:
        taken = {each.casefold() for each in self.book.sheet_names()}
        names = (name, *(f"{name[: NAME_LENGTH - 4]} {number}" for number in range(2, len(taken) + 3)))
        return next(each for each in names if each.casefold() not in taken)

    def _question(self, sheet: str, mine: str | None, theirs: str) -> Question:
        return Question(UNKNOWN_SHEET, sheet, "", "", None, mine, theirs, self.label, "both" if mine else "theirs")


def _same_sheet(book: Book, sheet: str) -> str | None:
    """The sheet of this name, whatever its capitals."""
    return next((name for name in book.sheet_names() if name.casefold() == sheet.casefold()), None)


def _texts(rows: Sequence[Sequence[object]]) -> set[str]:
    """What is written on a sheet; numbers may be results of formulas, which differ by themselves."""
    return {text for row in rows for cell in row if isinstance(cell, str) and (text := cell.strip())}
