"""The VBA project of a new workbook, made of the module texts in macros/*.bas."""

from __future__ import annotations

from collections.abc import Sequence
from importlib import resources
from pathlib import Path
from tempfile import TemporaryDirectory
from zipfile import ZipFile

from xl_retention.errors import WrongRequest

CODE_NAME = "ThisWorkbook"
_PROJECT = "xl/vbaProject.bin"


def macro_sources() -> dict[str, str]:
    """
    The VBA modules by name, in order of their names; lines end as in a text file.

    They lie inside the installed package, else in the source tree beside it.
    """
    package = Path(str(resources.files("xl_retention")))
    for folder in (package / "macros", package.parent / "macros"):
        if found := sorted(folder.glob("*.bas")):
            return {path.stem: path.read_text("ascii") for path in found}
    raise WrongRequest("The macros did not come with this installation; install the package again.")


def sheet_code_name(number: int) -> str:
    """Name of the sheet with this number (from 1) in the VBA project."""
    return f"Sheet{number}"


def vba_project(sheets: int) -> bytes:
    """
    The project with all modules, and a document module for the workbook and each of its sheets.

    Args:
        sheets: How many sheets the workbook has; their code names are those of `sheet_code_name`.
    """
    return project_of(CODE_NAME, [sheet_code_name(number) for number in range(1, sheets + 1)])


def project_of(workbook_name: str, sheet_names: Sequence[str]) -> bytes:
    """The same by code names; a workbook has at least one sheet."""
    import pyopenvba
    import xlsxwriter

    with TemporaryDirectory() as folder:
        # pyOpenVBA makes the document modules after the sheets of the workbook that the project is put into.
        path = Path(folder) / "empty.xlsm"
        with xlsxwriter.Workbook(path) as workbook:
            workbook.set_vba_name(workbook_name)
            for name in sheet_names:
                workbook.add_worksheet().set_vba_name(name)
        with pyopenvba.ExcelFile(path) as file:
            project = file.add_vba_project()
            for name, source in macro_sources().items():
                project.add_module(name, source.replace("\n", "\r\n"))
            file.save()
        with ZipFile(path) as package:
            return package.read(_PROJECT)
