"""Who ran what when: told on the sheet Journal of a workbook that has one."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.books.book import Book
from xl_retention.sheets import journal_sheet
from xl_retention.sheets.wording import LANGUAGES, OWN_SHEET_KEYS, Language, both, say


@dataclass(frozen=True)
class Run:
    """One press of a button.

    Args:
        name: Of the button.
        when: Local time.
        who: Name of the account.
    """

    name: str
    when: dt.datetime
    who: str


def write_run(book: Book, run: Run, rows: int, result: str, language: str, *, always: bool = False) -> None:
    """
    Enters a run into the journal.

    Args:
        always: A workbook without that sheet gets one; customers' data that left it have to be told (DOM 6.8).
    """
    sheet = _journal(book)
    if sheet is None and not always:
        return
    before = book.read(sheet) if sheet else []
    sheet = sheet or say("journal_sheet", language)
    if journal_sheet.is_ours(before):
        caption = say(f"button_{run.name}", language)
        entry = journal_sheet.Entry(run.when, run.who, caption, run.when.date(), rows, result)
        book.write(sheet, journal_sheet.lay_out(before, entry, language), journal_sheet.layout(language))


def check_journal(book: Book) -> tuple[Language, journal_sheet.Checked | None]:
    """Language of a workbook, and what the chain of its journal says; None without a journal."""
    sheet = _journal(book)
    return language_of(book), None if sheet is None else journal_sheet.verify(book.read(sheet))


def _journal(book: Book) -> str | None:
    names = {name.casefold() for name in both("journal_sheet")}
    return next((name for name in book.sheet_names() if name.casefold() in names), None)


def language_of(book: Book) -> Language:
    """Language of a workbook before it is read: that of our sheets, else whether its sheets bear Chinese names."""
    names = {name.casefold() for name in book.sheet_names()}
    for language in LANGUAGES:
        if names & {say(key, language).casefold() for key in OWN_SHEET_KEYS}:
            return language
    return "zh" if any("\u4e00" <= letter <= "\u9fff" for name in names for letter in name) else "en"
