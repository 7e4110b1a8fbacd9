"""Which file is made: the kind follows from the ending of its name."""

from __future__ import annotations

from pathlib import Path

from xl_retention.books.replacing import refuse_if_not_writable
from xl_retention.errors import WrongRequest

SHIPPED = {"Retention.xlsm": "en", "Retention.zh.xlsm": "zh", "Retention.xlam": ""}
"""The files of the folder workbook/ and their languages; the add-in knows none."""


def build_file(path: Path, language: str) -> None:
    """
    Makes a workbook (.xlsm) or the add-in (.xlam); a file that is there is not replaced.

    Raises:
        WrongRequest: The name has another ending, or is taken.
        BookRefused: Nothing can be written there.
    """
    from xl_retention.builder.add_in import build_add_in
    from xl_retention.builder.workbook import build

    refuse_if_not_writable(path)
    if path.exists():
        raise WrongRequest(f"{path} is there already; give another name, or move it away.")
    try:
        match path.suffix.casefold():
            case ".xlsm":
                build(path, language)
            case ".xlam":
                build_add_in(path)
            case _:
                raise WrongRequest(f"{path} has to end in .xlsm (a workbook) or .xlam (the add-in).")
    except OSError:  # the disk is full: half a workbook would be in the way the next time
        path.unlink(missing_ok=True)
        raise


def build_shipped(folder: Path) -> None:
    """Makes the files of the folder workbook/ anew, in the place of those that are there."""
    for name, language in SHIPPED.items():
        (folder / name).unlink(missing_ok=True)
        build_file(folder / name, language)
