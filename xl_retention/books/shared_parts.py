"""Edits of the parts that all sheets share: list of sheets, names, relationships, types, calculation."""

from __future__ import annotations

import posixpath
import re

from xl_retention.books.cell_xml import Rows, column_number, letters
from xl_retention.books.following import Following
from xl_retention.books.kept_sheet import clear_filter
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.sheet_xml import quoted_sheet
from xl_retention.books.xml_edits import (
    CONTENT_TYPES,
    MAIN,
    OFFICE_RELATIONSHIPS,
    PACKAGE_RELATIONSHIPS,
    STRICT_MAIN,
    Element,
    XmlPart,
    escaped,
)
from xl_retention.errors import BookRefused

_SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
_STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

_WORKBOOK_ORDER = tuple(
    (  # noqa: SIM905
        "fileVersion fileSharing workbookPr workbookProtection bookViews sheets functionGroups "
        "externalReferences definedNames calcPr oleSize customWorkbookViews pivotCaches smartTagPr "
        "smartTagTypes webPublishing fileRecoveryPr webPublishObjects extLst"
    ).split()
)
"""Order of the parts of a workbook in its schema."""

_HIGHEST_NUMBER = 65_534
"""Of a sheet, in Excel (MS-OI29500 2.1.619); a file with a higher one is one that Excel wants to repair."""

_SHEET_OF_REFERENCE = re.compile(
    r"""(?<![:\]])('(?:[^']|'')+'|[^\s'!,;:()+\-*/&=<>^"{}]+)!"""
    r"""(\$?[A-Z]{1,3}\$?[0-9]+(?::\$?[A-Z]{1,3}\$?[0-9]+)?)(?![\w(])"""
)
"""A place with its sheet in the formula of a name; not one over several sheets or in another workbook."""


class WorkbookXml:
    """workbook.xml: sheets are appended, names of our sheets set or moved.

    Args:
        data: The part, inflated.
        part: Its name, for messages.
        book: File name, for messages.

    Raises:
        BookRefused: It is of the strict kind, or not a workbook as Excel saves it.
    """

    def __init__(self, data: bytes, *, part: str, book: str) -> None:
        self._xml = XmlPart(data, part=part, book=book)
        self._book = book
        self._root = self._xml.root
        if self._root.namespace == STRICT_MAIN:
            raise BookRefused(
                f"{book} is a Strict Open XML workbook, which cannot be kept whole; "
                "save it as an ordinary .xlsx."
            )
        sheets = self._root.child("sheets")
        if self._root.namespace != MAIN or self._root.name != "workbook" or sheets is None:
            raise not_kept_whole(book, f"{part} is not as Excel saves it")
        self._sheets = sheets
        self._names = [s.attributes.get("name", "") for s in sheets.children]
        numbers = (s.attributes.get("sheetId", "") for s in sheets.children)
        self._numbers = {int(number) for number in numbers if number.isdecimal()}
        self._added_sheets: list[str] = []
        names = self._root.child("definedNames")
        self._defined = list(names.all("definedName")) if names else []
        self._texts = {id(name): self._xml.content(name) for name in self._defined}
        self._new_names: list[tuple[str, int, bool, str]] = []

    @property
    def structure_locked(self) -> bool:
        """Whether sheets may not be added."""
        protection = self._root.child("workbookProtection")
        return bool(
            protection and protection.attributes.get("lockStructure", "0").lower() in ("1", "true", "on")
        )

    def give_code_name(self, name: str) -> None:
        """The name by which macros know the workbook, where it has none."""
        properties = self._root.child("workbookPr")
        if properties is None:
            self._insert("workbookPr", f'<{self._root.prefix}workbookPr codeName="{name}"/>'.encode())
        elif "codeName" not in properties.attributes:
            self._xml.set_attribute(properties, "codeName", name)

    def add_sheet(self, name: str, rel_id: str) -> None:
        """A sheet after the last one.

        Raises:
            BookRefused: The structure of the workbook is protected.
        """
        if self.structure_locked:
            raise BookRefused(
                f"The structure of {self._book} is protected, so sheet {name} cannot be added; "
                "take the protection off (Review, Protect Workbook) and try again."
            )
        number = max(self._numbers, default=0) + 1
        if number > _HIGHEST_NUMBER:
            number = next(free for free in range(1, _HIGHEST_NUMBER) if free not in self._numbers)
        self._numbers.add(number)
        prefix = self._sheets.prefix_of(OFFICE_RELATIONSHIPS)
        declared = "" if prefix else f' xmlns:r="{OFFICE_RELATIONSHIPS}"'
        self._added_sheets.append(
            f'<{self._sheets.prefix}sheet name="{escaped(name, quote=True)}" sheetId="{number}"'
            f'{declared} {prefix or "r:"}id="{rel_id}"/>'
        )
        self._names.append(name)

    def set_name(
        self, name: str, sheet: str, text: str, *, hidden: bool = False, only_if_absent: bool = False
    ) -> None:
        """A name that belongs to one sheet, such as `_xlnm.Print_Titles`."""
        place = self._names.index(sheet)
        for defined in self._defined:
            attributes = defined.attributes
            if attributes.get("name", "").lower() == name.lower() and attributes.get("localSheetId") == str(
                place
            ):
                if not only_if_absent and not defined.closes_itself:
                    self._texts[id(defined)] = text
                return
        self._new_names.append((name, place, hidden, text))

    def follow(self, sheet: str, following: Following, *, only: str = "") -> None:
        """Names that cover the old rows of a sheet cover the new ones; *only* the one called so."""

        def move(found: re.Match[str]) -> str:
            spelled = found[1]
            named = spelled[1:-1].replace("''", "'") if spelled.startswith("'") else spelled
            if named.casefold() != sheet.casefold():
                return found[0]
            return f"{spelled}!{following.moved(found[2], single=False)}"

        for defined in self._defined:
            if only and defined.attributes.get("name", "").lower() != only.lower():
                continue
            self._texts[id(defined)] = _SHEET_OF_REFERENCE.sub(move, self._texts[id(defined)])

    def result(self) -> bytes:
        """workbook.xml with the edits; the very same bytes when there was none."""
        xml = self._xml
        for defined in self._defined:
            if (text := self._texts[id(defined)]) != xml.content(defined):
                xml.set_content(defined, text)
        if self._added_sheets:
            xml.append(self._sheets, "".join(self._added_sheets).encode())
        if self._new_names:
            p = self._root.prefix
            texts = [
                f'<{p}definedName name="{name}" localSheetId="{place}"'
                + ' hidden="1"' * hidden
                + f">{escaped(text)}</{p}definedName>"
                for name, place, hidden, text in self._new_names
            ]
            names = self._root.child("definedNames")
            if names:
                xml.append(names, "".join(texts).encode())
            else:
                whole = f"<{p}definedNames>{''.join(texts)}</{p}definedNames>".encode()
                self._insert("definedNames", whole)
        return xml.result()

    def _insert(self, name: str, text: bytes) -> None:
        earlier = _WORKBOOK_ORDER[: _WORKBOOK_ORDER.index(name)]
        before = [c for c in self._root.children if c.name in earlier and c.namespace == self._root.namespace]
        if before:
            self._xml.insert_after(before[-1], text)
        else:
            self._xml.insert_before(self._root.children[0], text)


class RelationshipsXml:
    """The relationships of the workbook part."""

    def __init__(self, data: bytes, *, part: str, book: str) -> None:
        self._xml = XmlPart(data, part=part, book=book)
        self._root = self._xml.root
        self._ids = {c.attributes.get("Id", "") for c in self._root.children}
        self._added: list[str] = []
        if self._root.namespace != PACKAGE_RELATIONSHIPS:
            raise not_kept_whole(book, f"{part} is not as Excel saves it")

    def add(self, kind: str, target: str) -> str:
        """A relationship of a *kind* such as `worksheet`; gives its id."""
        number = len(self._ids) + 1
        while f"rId{number}" in self._ids:
            number += 1
        rel_id = f"rId{number}"
        self._ids.add(rel_id)
        self._added.append(
            f'<{self._root.prefix}Relationship Id="{rel_id}" Type="{OFFICE_RELATIONSHIPS}/{kind}" '
            f'Target="{escaped(target, quote=True)}"/>'
        )
        return rel_id

    def remove(self, kind: str) -> None:
        """All relationships of a kind go."""
        for child in self._root.children:
            if child.attributes.get("Type", "").rpartition("/")[2] == kind:
                self._xml.replace(child, b"")

    def result(self) -> bytes:
        """The part with the edits."""
        if self._added:
            self._xml.append(self._root, "".join(self._added).encode())
        return self._xml.result()


class ContentTypesXml:
    """`[Content_Types].xml`."""

    def __init__(self, data: bytes, *, part: str, book: str) -> None:
        self._xml = XmlPart(data, part=part, book=book)
        self._root = self._xml.root
        self._added: list[str] = []
        if self._root.namespace != CONTENT_TYPES:
            raise not_kept_whole(book, f"{part} is not as Excel saves it")

    def _override(self, part: str, kind: str) -> None:
        name = escaped("/" + part.lstrip("/"), quote=True)
        self._added.append(f'<{self._root.prefix}Override PartName="{name}" ContentType="{kind}"/>')

    def add(self, part: str, kind: str) -> None:
        """Declares a part of a content type."""
        self._override(part, kind)

    def add_sheet(self, part: str) -> None:
        """Declares a worksheet."""
        self._override(part, _SHEET_TYPE)

    def add_styles(self, part: str) -> None:
        """Declares a style sheet."""
        self._override(part, _STYLES_TYPE)

    def remove(self, part: str) -> None:
        """A part is no longer declared."""
        for child in self._root.children:
            if child.attributes.get("PartName", "").lstrip("/").lower() == part.lstrip("/").lower():
                self._xml.replace(child, b"")

    def result(self) -> bytes:
        """The part with the edits."""
        if self._added:
            self._xml.append(self._root, "".join(self._added).encode())
        return self._xml.result()


def without_sheets(chain: bytes, sheet_ids: frozenset[int], *, part: str, book: str) -> bytes:
    """The calculation chain without the cells of some sheets.

    Args:
        chain: calcChain.xml, inflated.
        sheet_ids: The workbook's own numbers of the sheets.
        part: Its name, for messages.
        book: File name, for messages.

    Returns:
        The very same bytes when no entry was theirs; b"" when all were, for an empty chain is not allowed.
    """
    xml = XmlPart(chain, part=part, book=book)
    current = 0
    kept = False
    for cell in xml.root.all("c"):
        # An entry without a sheet of its own belongs to that of the entry before; so whole runs go or stay.
        current = cell.whole("i", current)
        if current in sheet_ids:
            xml.replace(cell, b"")
        else:
            kept = True
    return xml.result() if kept else b""


def table_place(data: bytes, *, part: str, book: str) -> str:
    """Where a table lies, as `A3:Q43`."""
    return XmlPart(data, part=part, book=book).root.attributes.get("ref", "")


def followed_table(data: bytes, rows: Rows, following: Following, *, part: str, book: str) -> bytes:
    """A table of one of our sheets, on the new rows.

    Raises:
        BookRefused: The new headings cannot be those of the table: one is empty, no text, or stands twice.
    """
    xml = XmlPart(data, part=part, book=book)
    root = xml.root
    found = re.fullmatch(r"([A-Z]+)([0-9]+):([A-Z]+)([0-9]+)", root.attributes.get("ref", ""))
    if not found or root.name != "table":
        raise not_kept_whole(book, f"{part} is not a table as Excel saves it")
    first, last = column_number(found[1]), column_number(found[3])
    top = int(found[2])
    has_headings = root.attributes.get("headerRowCount", "1") != "0"
    end = max(following.new_end, top + has_headings)
    place = f"{found[1]}{top}:{found[3]}{end}"
    xml.set_attribute(root, "ref", place)
    if root.attributes.get("totalsRowCount", "0") != "0":
        xml.set_attribute(root, "totalsRowCount", None)  # the rows written are all of them, no sum below
    if buttons := root.child("autoFilter"):
        xml.set_attribute(buttons, "ref", place)
        clear_filter(xml, buttons)
    if order := root.child("sortState"):
        xml.replace(order, b"")
    columns = root.child("tableColumns")
    if columns and has_headings:
        row = rows[top - 1] if top <= len(rows) else []
        headings = [row[n] if n < len(row) else None for n in range(first, last + 1)]
        texts = [text for text in headings if isinstance(text, str) and text]
        if len({text.casefold() for text in texts}) < len(headings) or len(headings) != len(columns.children):
            name = root.attributes.get("displayName", root.attributes.get("name", ""))
            raise BookRefused(
                f"Table {name} of {book} has other columns than those to be written; "
                "turn it into a plain range (Table Design, Convert to Range) and try again."
            )
        for column, heading in zip(columns.children, texts, strict=True):
            _rename(xml, column, heading)
    return xml.result()


def _rename(xml: XmlPart, column: Element, heading: str) -> None:
    safe = re.sub(r"_x(?=[0-9A-Fa-f]{4}_)", "_x005F_x", heading)
    spelled = re.sub(r"[\x00-\x1f]", lambda sign: f"_x{ord(sign[0]):04x}_", safe)
    if column.attributes.get("name", "").casefold() != spelled.casefold():
        xml.set_attribute(column, "name", spelled)


def titles_place(sheet: str, row: int) -> str:
    """What `_xlnm.Print_Titles` says for one heading row."""
    return f"{quoted_sheet(sheet)}!${row}:${row}"


def printed_place(sheet: str, columns: int, rows: int) -> str:
    """What `_xlnm.Print_Area` says for so many columns and rows from the corner."""
    return f"{quoted_sheet(sheet)}!$A$1:${letters(columns - 1)}${rows}"


def filter_name(sheet: str, place: str) -> str:
    """What `_xlnm._FilterDatabase` says for a filter at *place*."""
    return f"{quoted_sheet(sheet)}!" + re.sub(r"([A-Z]+)([0-9]+)", r"$\1$\2", place)


def beside(part: str, name: str) -> str:
    """A part of that name in the folder of *part*; some programs spell parts with backslashes."""
    return posixpath.join(posixpath.dirname(part.replace("\\", "/")), name)


def relative_target(workbook_part: str, part: str) -> str:
    """The target of a relationship of the workbook that leads to *part*."""
    return posixpath.relpath("/" + part, posixpath.dirname("/" + workbook_part.replace("\\", "/")))
