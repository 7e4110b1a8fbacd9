"""A workbook's zip opened for small edits of a few parts; all others are copied byte for byte."""

from __future__ import annotations

import datetime as dt
import re
from pathlib import Path
from typing import BinaryIO

from xl_retention.books.file_kind import opened_zip
from xl_retention.books.package import Package
from xl_retention.books.parts import (
    Members,
    Relationship,
    WorkbookParts,
    content_types,
    relationships,
    rels_name,
)
from xl_retention.books.replacing import Clock, replace_file
from xl_retention.books.shared_parts import relative_target
from xl_retention.books.xml_edits import PACKAGE_RELATIONSHIPS, Element, XmlPart, escaped

_EMPTY_RELATIONSHIPS = (
    '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>\n'
    f'<Relationships xmlns="{PACKAGE_RELATIONSHIPS}"></Relationships>'
).encode()
CONTENT_TYPES = "[Content_Types].xml"


class OpenedBook:
    """
    The parts of a workbook file, with the edits made so far.

    Args:
        path: The file.

    Attributes:
        backup: Where `save` put the file that was replaced; None before.

    Raises:
        BookRefused: It is no workbook, or damaged.
    """

    def __init__(self, path: Path) -> None:
        self.path = path
        self.name = path.name
        self.backup: Path | None = None
        self._edited: dict[str, bytes] = {}
        with opened_zip(path) as archive:
            self.parts = WorkbookParts.read(archive)
            self._members = Members(archive)
            self._links = {
                part: relationships(archive, part, members=self._members, book=self.name)
                for part in ("", self.parts.workbook_part, *(sheet.part for sheet in self.parts.worksheets))
            }
            self._types = content_types(archive, self._members, self.name)
        with path.open("rb") as file:
            self._package = Package.read(file, book=self.name)

    def __contains__(self, part: str) -> bool:
        return part in self._edited or bool(self._members.find(part))

    @property
    def names(self) -> list[str]:
        """Names of all parts, those that were added last."""
        there = [entry.name for entry in self._package.entries]
        return there + [part for part in self._edited if part not in there]

    def read(self, part: str) -> bytes:
        """A part as it is after the edits."""
        spelled = self._members.find(part) or part
        if spelled in self._edited:
            return self._edited[spelled]
        with self.path.open("rb") as file:
            return self._package.inflate(file, spelled)

    def xml(self, part: str) -> XmlPart:
        """A part ready to be edited as text."""
        return XmlPart(self.read(part), part=part, book=self.name)

    def links(self, part: str, kind: str) -> list[Relationship]:
        """Relationships of the package (""), the workbook or a worksheet that lead to a part inside."""
        return [link for link in self._links[part] if link.kind == kind and link.present]

    def change(self, part: str, data: bytes) -> None:
        """Replaces a part or adds one; the very same bytes are no change."""
        spelled = self._members.find(part) or part
        if not (part in self and self.read(part) == data):
            self._edited[spelled] = data

    def add_link(self, part: str, type_: str, target: str) -> str:
        """A relationship of a part to another one of the zip; returns its id."""
        place = rels_name(part) if part else "_rels/.rels"
        data = self.read(place) if place in self else _EMPTY_RELATIONSHIPS
        xml = XmlPart(data, part=place, book=self.name)
        taken = {child.attributes.get("Id", "") for child in xml.root.children}
        rel_id = next(name for n in range(1, len(taken) + 2) if (name := f"rId{n}") not in taken)
        relative = relative_target(part, target)
        xml.append(
            xml.root,
            f'<{xml.root.prefix}Relationship Id="{rel_id}" Type="{escaped(type_, quote=True)}" '
            f'Target="{escaped(relative, quote=True)}"/>'.encode(),
        )
        self.change(place, xml.result())
        return rel_id

    def declare(self, part: str, kind: str) -> None:
        """Says of what content type a part is, where that is not said yet."""
        if self._types.of(part) == kind:
            return
        xml = self.xml(CONTENT_TYPES)
        name = escaped(_part_name(part), quote=True)
        if any(child.attributes.get("PartName") == name for child in xml.root.children):
            return
        xml.append(xml.root, f'<{xml.root.prefix}Override PartName="{name}" ContentType="{kind}"/>'.encode())
        self.change(CONTENT_TYPES, xml.result())

    def redeclare(self, part: str, kind: str) -> None:
        """Says that a part is of another content type than it was."""
        xml = self.xml(CONTENT_TYPES)
        for child in xml.root.children:
            if _part_name(child.attributes.get("PartName", "")).casefold() == _part_name(part).casefold():
                xml.set_attribute(child, "ContentType", kind)
                self.change(CONTENT_TYPES, xml.result())
                return
        self.declare(part, kind)

    def type_of(self, part: str) -> str:
        """The content type of a part."""
        return self._types.of(part)

    def free_name(self, pattern: str, *, first: int | str = 1) -> str:
        """A part name that is not taken; *pattern* has a place for a number, *first* is tried before all others."""
        if (name := pattern.format(first)) not in self:
            return name
        number = 2
        while pattern.format(number) in self:
            number += 1
        return pattern.format(number)

    @property
    def macros_part(self) -> str:
        """The part with the VBA project, "" where the workbook has none."""
        found = self.links(self.parts.workbook_part, "vbaProject")
        return found[0].target if found else ""

    @property
    def is_changed(self) -> bool:
        """Whether there is anything to save."""
        return bool(self._edited)

    def save(self, path: Path | None = None, *, clock: Clock = dt.datetime.now) -> None:
        """Puts the edited workbook in the place of a file, all or nothing, and keeps the old one as a backup.

        Args:
            path: Where to; None for the place of the workbook itself.
            clock: Local time, for the name of the backup.

        Raises:
            BookRefused: It is open somewhere, read-only, or the disk is full; it is as it was.
        """

        def write(file: BinaryIO) -> None:
            with self.path.open("rb") as source:
                self._package.write(source, file, self._edited)

        def check(file: BinaryIO) -> None:
            self._package.check(file, self._edited, frozenset())

        self.backup = replace_file(path or self.path, write, check, clock=clock)


def _part_name(part: str) -> str:
    """A member of the zip as content types call it; some programs spell members with backslashes."""
    return "/" + part.replace("\\", "/").lstrip("/")


MADE_BY = "xl_retention"
"""Property of the workbook (docProps/custom.xml) with the version of the package that made it."""


def made_by(book: OpenedBook) -> str:
    """Version of the package that made the workbook; "" where it was not made by it."""
    found = _version(book)
    return found[1].content(found[2]).strip() if found else ""


def set_made_by(book: OpenedBook, version: str) -> None:
    """Writes the version into a workbook that has one."""
    if found := _version(book):
        part, xml, element = found
        xml.set_content(element, version)
        book.change(part, xml.result())


def _version(book: OpenedBook) -> tuple[str, XmlPart, Element] | None:
    for link in book.links("", "custom-properties"):
        xml = book.xml(link.target)
        for each in xml.root.children:
            if each.attributes.get("name") == MADE_BY and each.children:
                return link.target, xml, each.children[0]
    return None


def version_numbers(version: str) -> tuple[int, ...]:
    """A version to compare: 0.10.2 is newer than 0.9."""
    return tuple(int(number) for number in re.findall(r"\d+", version))
