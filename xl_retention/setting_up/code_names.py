"""Names by which the macros know the workbook and its sheets (`ThisWorkbook`, `Sheet1`).

LibreOffice leaves them out on saving; from then on `ThisWorkbook` is unknown to the macros there.
"""

from __future__ import annotations

import re

from xl_retention.setting_up.opened_book import OpenedBook

_HEAD = 4096
"""Bytes at the beginning of a part in which its properties stand; sheets are not inflated into elements for them."""
_PROPERTIES = re.compile(rb"<((?:\w+:)?)(workbookPr|sheetPr)\b[^>]*>")
_CODE_NAME = re.compile(rb"""\scodeName\s*=\s*["']([^"']*)["']""")


def code_name(data: bytes) -> bytes:
    """The name in a workbook or sheet part, b"" where it has none."""
    properties = _PROPERTIES.search(data, 0, _HEAD)
    found = _CODE_NAME.search(properties[0]) if properties else None
    return found[1] if found else b""


def is_lost(book: OpenedBook, model: OpenedBook) -> bool:
    """Whether the macros no longer know the workbook."""
    here, there = book.parts.workbook_part, model.parts.workbook_part
    return bool(code_name(model.read(there))) and not code_name(book.read(here))


def put_back(book: OpenedBook, model: OpenedBook) -> None:
    """Gives workbook and sheets the names that they have in *model*, where they have none."""
    _name(book, book.parts.workbook_part, code_name(model.read(model.parts.workbook_part)))
    models = {sheet.name.casefold(): sheet.part for sheet in model.parts.worksheets}
    names = {name: code_name(model.read(part)) for name, part in models.items()}
    taken = {code_name(book.read(sheet.part)) for sheet in book.parts.worksheets}
    for sheet in book.parts.worksheets:
        if (name := names.get(sheet.name.casefold(), b"")) not in taken:
            _name(book, sheet.part, name)


def _name(book: OpenedBook, part: str, name: bytes) -> None:
    data = book.read(part)
    properties = _PROPERTIES.search(data, 0, _HEAD)
    if name and properties and not code_name(data):
        place = properties.end(2)
        book.change(part, data[:place] + b' codeName="' + name + b'"' + data[place:])
