"""The workbooks that are measured; those that are missing are made in benchmarks/made/.

Each is made in a process of its own, `python -m benchmarks.books NAME`: what a process has used at the most counts for
those that it starts as well.
"""

from __future__ import annotations

import subprocess
import sys
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from benchmarks import formatted_rows, formulas, workbooks
from benchmarks.workbook_xml import TextsInCells

FOLDER = Path(__file__).parent / "made"


@dataclass(frozen=True)
class Book:
    """A workbook to measure.

    Args:
        name: Of the file.
        size: Customers, or what else its cost grows with.
        what: In the table.
        make: Writes one of that size; None where whoever measures makes it.
    """

    name: str
    size: int
    what: str
    make: Callable[[Path, int], object] | None = None

    def made(self) -> Path:
        """Its file."""
        path = FOLDER / f"{self.name}.xlsx"
        if self.make is not None and not path.exists():
            FOLDER.mkdir(exist_ok=True)
            print(f"making {path.name} …", file=sys.stderr)
            subprocess.run([sys.executable, "-m", "benchmarks.books", self.name], check=True)
        return path


def _usual(customers: int) -> Book:
    return Book(f"customers-{customers}", customers, f"{customers:,} customers", workbooks.make_workbook)


def _level(customers: int) -> Book:
    def make(path: Path, size: int) -> None:
        workbooks.make_workbook(path, size, shape=workbooks.LEVEL)

    return Book(f"level-{customers}", customers, f"{customers:,} rows on 3 sheets", make)


def _exported(customers: int) -> Book:
    def make(path: Path, size: int) -> None:
        workbooks.make_workbook(path, size, strings=TextsInCells())

    return Book(f"exported-{customers}", customers, f"{customers:,} customers, no shared texts", make)


def _formulas(customers: int) -> Book:
    return Book(f"formulas-{customers}", customers, f"{customers:,} customers", formulas.make_workbook)


TEN, HUNDRED, THREE_HUNDRED = USUAL = tuple(map(_usual, (10_000, 100_000, 300_000)))
"""A store after six years."""
TENTH, FULL = LEVEL = tuple(map(_level, (104_857, 1_048_575)))
"""As many customers as cars as visits: a tenth of what a sheet can hold, and all of it."""
EXPORTED = _exported(100_000)
"""The same store as a program writes it that exports tables: each cell holds its text."""
WITH_FORMULAS = tuple(map(_formulas, (1_000, 2_000, 5_000, 10_000)))
"""What people build instead: formulas beside each customer."""
FORMATTED = Book(
    "formatted_rows", 2_000, "1,000,000 formatted rows", lambda path, _: formatted_rows.make_workbook(path)
)
FIFTY, FIVE_HUNDRED = (Book(f"opened-{size}", size, f"{size} customers") for size in (50, 500))
"""Opened in a spreadsheet program."""
COLUMN = Book("column", 100_000, "100,000 cells")
"""A column of an open workbook."""


def main(name: str) -> None:
    """Makes the workbook of that name."""
    for book in (*USUAL, *LEVEL, EXPORTED, *WITH_FORMULAS, FORMATTED):
        if book.name == name and book.make is not None:
            book.make(FOLDER / f"{name}.xlsx", book.size)


if __name__ == "__main__":
    main(sys.argv[1])
