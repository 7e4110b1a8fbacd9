"""The sheet Copies: what is known of the copies that went out and came in, and the cells in which a button is told."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from xl_retention.actions.own_sheets import own_sheet
from xl_retention.books.book import Book
from xl_retention.sheets.merging import copies_sheet
from xl_retention.sheets.merging.copies_sheet import Event


def show_form(book: Book, language: str) -> str:
    """Makes the sheet Copies, on which is typed what to merge and how to pack; returns its name."""
    sheet = own_sheet(book, "copies_sheet", language, copies_sheet.is_ours)
    cells = copies_sheet.lay_out(copies_sheet.read(book), language, copies_sheet.typed_form(book))
    book.write(sheet, cells, copies_sheet.layout(language))
    return sheet


def write_events(book: Book, events: Sequence[Event], language: str) -> None:
    """Writes what is known of the copies; a file that was merged is taken out of its yellow cell."""
    sheet = own_sheet(book, "copies_sheet", language, copies_sheet.is_ours)
    form = replace(copies_sheet.typed_form(book), file="")
    book.write(sheet, copies_sheet.lay_out(events, language, form), copies_sheet.layout(language))
