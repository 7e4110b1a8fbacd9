"""Small workbooks with buttons and macros, whole or as LibreOffice leaves them after a save."""

from __future__ import annotations

import re
import zipfile
from collections.abc import Mapping, Sequence
from functools import cache
from pathlib import Path

import xlsxwriter
from pyopenvba import ExcelFile

from xl_retention import __version__

CODE = """Option Explicit

Public Sub GenerateTodaysCalls()
    ThisWorkbook.Sheets(1).Cells(30, 1).Value = "generated"
End Sub

Public Sub CheckData()
    ThisWorkbook.Sheets(1).Cells(31, 1).Value = "checked"
End Sub
"""
OTHER_CODE = """Option Explicit

Public Sub PrintLabels()
    ThisWorkbook.Sheets(1).Cells(32, 1).Value = "printed"
End Sub
"""
MODULES = {"RetentionButtons": CODE, "Labels": OTHER_CODE}
SHEETS = {
    "Start": [("GenerateTodaysCalls", "Generate today's calls"), ("CheckData", "Check data")],
    "Customers": [],
    "Today's Calls": [("GenerateTodaysCalls", "Generate today's calls")],
}
RIBBON = b'<customUI xmlns="http://schemas.microsoft.com/office/2009/07/customui"><ribbon/></customUI>'
RIBBON_TYPE = "http://schemas.microsoft.com/office/2007/relationships/ui/extensibility"


@cache
def project(modules: tuple[tuple[str, str], ...], folder: Path) -> Path:
    """A vbaProject.bin with these modules."""
    seed = folder / "seed.xlsm"
    seed.unlink(missing_ok=True)
    with ExcelFile.create_new(str(seed)) as made:
        for name, code in modules:
            made.vba_project().add_module(name, code.replace("\n", "\r\n"))
        made.save()
    path = folder / "vbaProject.bin"
    with zipfile.ZipFile(seed) as archive:
        path.write_bytes(archive.read("xl/vbaProject.bin"))
    seed.unlink()
    return path


def button_book(
    path: Path,
    sheets: Mapping[str, Sequence[tuple[str, str]]] = SHEETS,
    *,
    modules: Mapping[str, str] = MODULES,
    version: str = __version__,
    ribbon: bool = False,
    note: bool = False,
) -> Path:
    """A workbook with buttons (macro and caption) on its sheets; without modules an .xlsx."""
    with xlsxwriter.Workbook(path) as made:
        if modules:
            made.add_vba_project(str(project(tuple(modules.items()), path.parent)))
            made.set_vba_name("ThisWorkbook")
        for name, buttons in sheets.items():
            sheet = made.add_worksheet(name)
            if note:
                sheet.write_comment("H1", "a note")
            for row, (macro, caption) in enumerate(buttons):
                place = {"macro": macro, "caption": caption, "width": 180, "height": 30}
                sheet.insert_button(2 + 3 * row, 1, place)
        if version:
            made.set_custom_property("xl_retention", version)
    (path.parent / "vbaProject.bin").unlink(missing_ok=True)
    project.cache_clear()
    if ribbon:
        edit(path, added={"customUI/customUI14.xml": RIBBON}, edits={"_rels/.rels": _with_ribbon})
    return path


def _with_ribbon(data: bytes) -> bytes:
    link = f'<Relationship Id="rIdUI" Type="{RIBBON_TYPE}" Target="customUI/customUI14.xml"/>'
    return data.replace(b"</Relationships>", link.encode() + b"</Relationships>")


def edit(path: Path, *, edits: Mapping[str, object], added: Mapping[str, bytes] | None = None) -> Path:
    """Rewrites parts of a zip; *edits* maps patterns of names to functions of the bytes (None drops the part)."""
    with zipfile.ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    with zipfile.ZipFile(path, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in parts.items():
            for pattern, change in edits.items():
                if re.fullmatch(pattern, name):
                    data = change(data)
            if data is not None:
                archive.writestr(name, data)
        for name, data in (added or {}).items():
            archive.writestr(name, data)
    return path


def saved_by_libreoffice(path: Path, *, macros_named: bool = True) -> Path:
    """
    Breaks a workbook as LibreOffice 7.4 does on saving (a real save is in tests/office/test_repair.py).

    Args:
        macros_named: Whether it names the macro in its own way, or not at all.
    """
    named = r"<x:FmlaMacro>RetentionButtons.\1</x:FmlaMacro>" if macros_named else ""

    def vml(data: bytes) -> bytes:
        text = re.sub(r' id="_x0000_s\d+"', ' id="shape_0"', data.decode())
        text = re.sub(r"<x:FmlaMacro>\[0\]!(\w+)</x:FmlaMacro>", named, text)
        text = re.sub(r"<div[^>]*><font[^>]*>([^<]*)</font></div>", r"<div>\1</div>", text)
        return text.encode()

    def without_ribbon(data: bytes) -> bytes:
        return re.sub(rb'<Relationship [^>]*extensibility"[^>]*/>', b"", data)

    return edit(
        path,
        edits={
            r"xl/drawings/vmlDrawing\d+\.vml": vml,
            r"_rels/\.rels": without_ribbon,
            r"customUI/.*": lambda data: None,
        },
    )


def saved_twice(path: Path) -> Path:
    """As after a second save: LibreOffice, which saw no buttons when it opened the file, left them out."""

    def vml(data: bytes) -> bytes:
        return re.sub(rb'<v:shape (?:(?!</v:shape>).)*ObjectType="Button".*?</v:shape>', b"", data, flags=re.S)

    return edit(saved_by_libreoffice(path), edits={r"xl/drawings/vmlDrawing\d+\.vml": vml})


def parts(path: Path) -> dict[str, bytes]:
    with zipfile.ZipFile(path) as archive:
        return {name: archive.read(name) for name in archive.namelist()}
