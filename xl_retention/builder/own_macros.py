"""Our macros in a workbook of the staff's: a project of their own, or modules beside those that are there."""

from __future__ import annotations

import io
import posixpath
import re
import tempfile
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path

from xl_retention.books.shared_parts import WorkbookXml, beside
from xl_retention.builder.vba import CODE_NAME, macro_sources, project_of
from xl_retention.errors import BookRefused
from xl_retention.setting_up.code_names import code_name
from xl_retention.setting_up.macro_modules import code_of, understood
from xl_retention.setting_up.opened_book import OpenedBook

PROJECT_TYPE = "application/vnd.ms-office.vbaProject"
PROJECT_RELATIONSHIP = "http://schemas.microsoft.com/office/2006/relationships/vbaProject"
SIGNATURES = "vbaProjectSignature"
"""How the kinds of relationships begin that lead from a project to its signatures."""
INSTEAD = "or adopt it with --without-macros and use the buttons of the add-in Retention.xlam"
_PUBLIC = re.compile(r"^\s*(?:Public\s+)?(?:Static\s+)?(?:Sub|Function)\s+(\w+)", re.IGNORECASE | re.MULTILINE)


def give_macros(book: OpenedBook, our_sheets: Sequence[str]) -> tuple[str, ...]:
    """
    Gives a workbook our macros; macros of its own stay as they are.

    Args:
        our_sheets: Code names of the sheets of ours that were added.

    Returns:
        Names of the modules that were added; none where all are there.

    Raises:
        BookRefused: The project is signed, locked, damaged, has other macros under the names of ours, or did not
            come through unharmed.
    """
    if book.macros_part:
        return _join(book)
    _give_project(book, our_sheets)
    return tuple(macro_sources())


def _give_project(book: OpenedBook, our_sheets: Sequence[str]) -> None:
    """A new project; it knows those sheets that have a code name, the others Excel names when it opens the file."""
    workbook = book.parts.workbook_part
    name = code_name(book.read(workbook)).decode() or CODE_NAME
    xml = WorkbookXml(book.read(workbook), part=workbook, book=book.name)
    xml.give_code_name(name)
    book.change(workbook, xml.result())
    theirs = [code_name(book.read(sheet.part)).decode() for sheet in book.parts.worksheets if sheet.part]
    known = dict.fromkeys(each for each in (*theirs, *our_sheets) if each)
    part = book.free_name(beside(workbook, "vbaProject{}.bin"), first="")
    book.change(part, project_of(name, list(known)))
    book.declare(part, PROJECT_TYPE)
    book.add_link(workbook, PROJECT_RELATIONSHIP, part)


def _join(book: OpenedBook) -> tuple[str, ...]:
    """Adds our modules to the project of the workbook."""
    from pyopenvba import ExcelFile

    _refuse_signed(book)
    ours = macro_sources()
    with understood(book.path), tempfile.TemporaryDirectory() as folder, ExcelFile(book.path) as file:
        before = {name: file.get_module(name) for name in file.module_names()}
        _refuse_taken(book.name, ours, before)
        missing = [name for name in ours if name not in before]
        if not missing:
            return ()
        for name in missing:
            file.vba_project().add_module(name, ours[name].replace("\n", "\r\n"))
        copy = Path(folder) / book.path.name
        file.save(copy)
        with zipfile.ZipFile(copy) as archive:
            made = archive.read(book.macros_part)
        with ExcelFile(copy) as written:
            after = {name: written.get_module(name) for name in written.module_names()}
    wanted = before.keys() | set(missing)
    if after.keys() != wanted or not _kept(book.read(book.macros_part), made, before):
        raise BookRefused(f"The macros of {book.name} cannot be joined by others without a loss; use the add-in "
                          "Retention.xlam instead (adopt it with --without-macros).")  # fmt: skip
    book.change(book.macros_part, made)
    return tuple(missing)


def _kept(old: bytes, new: bytes, modules: Mapping[str, str]) -> bool:
    """Whether every module of the old project lies in the new one byte for byte, forms included."""
    import olefile  # type: ignore[import-untyped, unused-ignore]

    with olefile.OleFileIO(io.BytesIO(old)) as before, olefile.OleFileIO(io.BytesIO(new)) as after:
        listed = {"PROJECT", "PROJECTwm", "dir", "_VBA_PROJECT"}
        for path in before.listdir():
            if path[-1] in listed or path[-1].startswith("__SRP_"):
                continue
            if not after.exists(path) or before.openstream(path).read() != after.openstream(path).read():
                return False
    return True


def _refuse_signed(book: OpenedBook) -> None:
    folder, name = posixpath.split(book.macros_part)
    links = posixpath.join(folder, "_rels", f"{name}.rels")
    if links in book and SIGNATURES.encode() in book.read(links):
        raise BookRefused(
            f"The macros of {book.name} are signed, and others beside them would break the signature; take the "
            f"signature off in Excel (Alt+F11, Tools, Digital Signature), {INSTEAD}."
        )


def _refuse_taken(book: str, ours: Mapping[str, str], theirs: Mapping[str, str]) -> None:
    """A name that two macros bear is a macro that Excel does not run."""
    for name, source in ours.items():
        if name in theirs and code_of(theirs[name]) != code_of(source):
            raise BookRefused(
                f"{book} has a module {name} that is another one than ours; if it is an older one of ours, run "
                "'xl-retention doctor --repair' on it first, else rename it."
            )
    names = {macro.casefold(): macro for source in ours.values() for macro in _PUBLIC.findall(source)}
    for module, source in theirs.items():
        for macro in _PUBLIC.findall(source) if module not in ours else ():
            if macro.casefold() in names:
                raise BookRefused(
                    f"{book} has a macro {macro} of its own (in {module}), as our buttons have one; "
                    f"rename it, {INSTEAD}."
                )
