"""The last step of every build: a ribbon goes into the package, and equal parts make equal bytes."""

from __future__ import annotations

from io import BytesIO
from pathlib import Path
from zipfile import ZIP_DEFLATED, ZipFile, ZipInfo

RIBBON_PART = "customUI/customUI14.xml"
_RELATIONSHIPS, _TYPES = "_rels/.rels", "[Content_Types].xml"
_RIBBON = (
    '<Relationship Id="rIdRibbon" Type="http://schemas.microsoft.com/office/2007/relationships/ui/extensibility" '
    f'Target="{RIBBON_PART}"/>'
)
_EARLIEST = (1980, 1, 1, 0, 0, 0)
"""Date of every part: the first that a zip file can name."""

WORKBOOK_TYPE = "application/vnd.ms-excel.sheet.macroEnabled.main+xml"
ADD_IN_TYPE = "application/vnd.ms-excel.addin.macroEnabled.main+xml"


def write_package(made: BytesIO, path: str | Path, ribbon: str, *, add_in: bool = False) -> None:
    """
    Writes a workbook that XlsxWriter made, with a ribbon.

    Args:
        made: The workbook, with macros.
        ribbon: The part customUI14.xml.
        add_in: Whether the workbook is to be an add-in.
    """
    with ZipFile(made) as package:
        parts = {name: package.read(name) for name in package.namelist()}
    parts[RIBBON_PART] = ribbon.encode()
    parts[_RELATIONSHIPS] = _replaced(parts[_RELATIONSHIPS], "</Relationships>", _RIBBON + "</Relationships>")
    if add_in:
        parts[_TYPES] = _replaced(parts[_TYPES], WORKBOOK_TYPE, ADD_IN_TYPE)
    with ZipFile(path, "w", ZIP_DEFLATED) as package:
        for name in sorted(parts, key=lambda name: (name != _TYPES, name)):
            entry = ZipInfo(name, _EARLIEST)
            entry.compress_type = ZIP_DEFLATED
            entry.create_system = 0  # on every system the same
            package.writestr(entry, parts[name])


def _replaced(part: bytes, old: str, new: str) -> bytes:
    if part.count(old.encode()) != 1:
        raise AssertionError(f"{old} is not where it was: another version of XlsxWriter writes other packages")
    return part.replace(old.encode(), new.encode())
