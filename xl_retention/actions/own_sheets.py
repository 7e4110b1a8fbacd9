"""The sheets that we write, in a workbook that may hold sheets of the staff's under the same names."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence

from xl_retention.books.book import Book
from xl_retention.domain.problems import Problem
from xl_retention.errors import BookRefused
from xl_retention.sheets import check_sheet, start_sheet
from xl_retention.sheets.headers import MAPPING
from xl_retention.sheets.reading import mapping, mapping_sheet
from xl_retention.sheets.reading.recognised import Recognised
from xl_retention.sheets.reading.understanding import Suggestion
from xl_retention.sheets.small_tables import heading_row, is_blank
from xl_retention.sheets.start_sheet import Status
from xl_retention.sheets.wording import both, say

HEAD_ROWS = 40
"""Rows in which the headings of a sheet of ours are looked for."""


def write_checks(
    book: Book, problems: Sequence[Problem], as_of: dt.date, language: str, *, whole: bool = False
) -> str:
    """
    Shows findings on the sheet Data Checks.

    Args:
        whole: Whether these are all that there are; else the sheet says how to get the others.

    Returns:
        Name of that sheet in this book.
    """
    name = own_sheet(book, "checks_sheet", language, check_sheet.is_ours)
    book.write(name, check_sheet.lay_out(problems, as_of, language, whole=whole), check_sheet.layout(language))
    return name


def write_mapping(book: Book, recognised: Recognised, suggested: Sequence[Suggestion], language: str) -> str:
    """
    Puts what was found and what has to be asked on the sheet Mapping; what the store answered there stays.

    Returns:
        Name of that sheet in this book, "" where the staff keep something else under its name.
    """
    name = recognised.special.get(MAPPING, say("mapping_sheet", language))
    before = rows_there(book, name)
    if not is_blank(before) and heading_row(before, mapping.HEADINGS, ("heading", "field")) is None:
        return ""
    cells, looks = mapping_sheet.lay_out(before, recognised, suggested, language)
    book.write(name, cells, looks)
    return name


def write_start(book: Book, status: Status, language: str) -> None:
    """Tells the last run on the sheet Start of a workbook that has one."""
    names = {name.casefold() for name in both("start_sheet")}
    sheet = next((name for name in book.sheet_names() if name.casefold() in names), None)
    if sheet is not None and start_sheet.is_current(book.head(sheet, start_sheet.BUTTON_ROW - 1).rows()):
        book.write(sheet, start_sheet.lay_out(status, language))


def rows_there(book: Book, sheet: str) -> list[list[object]]:
    """The cells of a sheet; none where the book has no such sheet."""
    return book.read(sheet) if sheet in book.sheet_names() else []


def own_sheet(
    book: Book, key: str, language: str, is_ours: Callable[[Sequence[Sequence[object]]], bool]
) -> str:
    """
    Name of a sheet of ours in this book: under the name it has already, in either language, else its own.

    Raises:
        BookRefused: The staff keep a sheet of their own under that name.
    """
    names = {name.casefold() for name in both(key)}
    present = [name for name in book.sheet_names() if name.casefold() in names]
    ours = next((name for name in present if is_ours(book.head(name, HEAD_ROWS).rows())), None)
    if ours is not None:
        return ours
    name = say(key, language)
    if name.casefold() in {each.casefold() for each in present}:
        raise not_ours(name)
    return name


def not_ours(name: str) -> BookRefused:
    """The refusal to write over a sheet of the staff that bears a name of ours."""
    return BookRefused(
        f"The sheet '{name}' was not made by this program, or its headings were changed, so it is not "
        "overwritten; put its headings back or give it another name, and try again."
    )
