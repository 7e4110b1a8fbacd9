"""The VBA modules of a workbook, compared with those that come with the package, and renewed."""

from __future__ import annotations

import contextlib
import struct
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from xl_retention.errors import BookRefused
from xl_retention.setting_up.opened_book import OpenedBook

OUR_MODULES = "Retention"
"""How the names of our modules begin; a store may have others of its own."""


@contextlib.contextmanager
def understood(path: Path) -> Iterator[None]:
    """Turns what is wrong with a VBA project into a sentence."""
    from pyopenvba.exceptions import PyOpenVBAError

    try:
        yield
    except (PyOpenVBAError, ValueError, KeyError, IndexError, struct.error) as error:
        raise BookRefused(
            f"the macros of {path.name} are locked with a password or damaged ({str(error).partition('. ')[0]}); "
            "take the password off in Excel (Alt+F11, Tools, VBAProject Properties) and try again."
        ) from error


def modules(path: Path) -> dict[str, str]:
    """
    Our modules of a workbook by name: the code, without what Excel or LibreOffice change on saving.

    Raises:
        BookRefused: The macros are damaged.
    """
    from pyopenvba import ExcelFile

    with understood(path), ExcelFile(path) as file:
        ours = [name for name in file.module_names() if name.startswith(OUR_MODULES)]
        return {name: code_of(file.get_module(name)) for name in ours}


def code_of(source: str) -> str:
    """A module without what Excel or LibreOffice change on saving."""
    lines = [line.rstrip() for line in source.splitlines()]
    return "\n".join(line for line in lines if not line.startswith("Attribute VB_")).strip()


def differing(path: Path, model: Path) -> list[str]:
    """Names of our modules that are missing in the workbook at *path*, or other than in *model*."""
    there = modules(path)
    return [name for name, code in modules(model).items() if there.get(name) != code]


def renew(book: OpenedBook, model: Path) -> list[str]:
    """
    Puts our modules of *model* into a workbook with macros; modules of others stay. Returns their names.

    Raises:
        BookRefused: The macros are locked with a password or damaged.
    """
    names = differing(book.path, model)
    if not names:
        return []
    from pyopenvba import ExcelFile

    with (
        understood(book.path),
        tempfile.TemporaryDirectory() as folder,
        ExcelFile(model) as source,
        ExcelFile(book.path) as file,
    ):
        for name in names:
            if name in file.module_names():
                file.set_module(name, source.get_module(name))
            else:
                file.vba_project().add_module(name, source.get_module(name))
        copy = Path(folder) / book.path.name
        file.save(copy)
        with zipfile.ZipFile(copy) as archive:
            book.change(book.macros_part, archive.read(book.macros_part))
    return names
