"""Puts back what a save in LibreOffice takes out of a workbook, and brings what is ours in it up to date."""

from __future__ import annotations

import datetime as dt
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from xl_retention import __version__
from xl_retention.books.replacing import Clock, refuse_if_not_writable, refuse_if_open
from xl_retention.setting_up import code_names, macro_modules, ribbon_part
from xl_retention.setting_up.form_buttons import buttons_of
from xl_retention.setting_up.opened_book import OpenedBook, made_by, set_made_by, version_numbers
from xl_retention.setting_up.shipped import WORKBOOKS, shipped


@dataclass(frozen=True)
class Repaired:
    """What was done to a workbook.

    Args:
        buttons: Wired again or put back.
        not_ours: Buttons without a macro that are none of ours.
        ribbon: Whether the ribbon tab was put back.
        modules: Macros renewed.
        backup: The file as it was before; None where nothing was written.
    """

    buttons: int
    not_ours: int
    ribbon: bool
    modules: tuple[str, ...]
    backup: Path | None


def models() -> list[Path]:
    """The workbooks that come with the package."""
    return [path for name in WORKBOOKS if (path := shipped(name))]


def model_for(book: OpenedBook, known: Sequence[Path]) -> OpenedBook | None:
    """The shipped workbook that *book* was made from: the one with most sheets of the same name."""
    names = {sheet.name.casefold() for sheet in book.parts.sheets}
    opened = [OpenedBook(path) for path in known]

    def shared(model: OpenedBook) -> int:
        return len(names & {sheet.name.casefold() for sheet in model.parts.sheets})

    best = max(opened, key=shared, default=None)
    return best if best and shared(best) else None


def repair(
    path: Path, *, known: Sequence[Path] | None = None, clock: Clock = dt.datetime.now
) -> Repaired:
    """
    Mends a workbook; whatever is not mended stays byte for byte.

    Args:
        path: A closed workbook.
        known: The workbooks that come with the package; others in tests.
        clock: Local time, for the name of the backup.

    Raises:
        BookRefused: It is open, read-only, no workbook; it is as it was.
    """
    refuse_if_open(path)
    book = OpenedBook(path)
    refuse_if_not_writable(path)
    sheets = buttons_of(book)
    count = sum(sheet.mend() for sheet in sheets.values())
    not_ours = sum(not button.target for sheet in sheets.values() for button in sheet.found)
    model = model_for(book, models() if known is None else known) if book.macros_part else None
    ribbon, modules = False, []
    if model:
        wanted = buttons_of(model)
        count += sum(
            sheets[name].add_missing(buttons) for name, buttons in wanted.items() if name in sheets
        )
        code_names.put_back(book, model)
        ribbon = ribbon_part.put_back(book, model)
        modules = macro_modules.renew(book, model.path)
    if version_numbers(made_by(book)) < version_numbers(__version__):
        set_made_by(book, __version__)
    if book.is_changed:
        book.save(clock=clock)
    return Repaired(count, not_ours, ribbon, tuple(modules), book.backup)
