"""What a workbook's zip says about its parts: which sheet lies where, which parts hold styles and texts.

Tolerant where producers differ (prefixed or strict namespaces, absolute targets, other capitals in part
names); the reader and the writer of closed files both look here.
"""

from __future__ import annotations

import posixpath
import xml.etree.ElementTree as ET
import zipfile
import zlib
from dataclasses import dataclass
from pathlib import PurePath
from urllib.parse import unquote

from xl_retention.books.limits import DEEPEST, LARGEST_STRUCTURE
from xl_retention.errors import BookRefused


class _NoDoctype(ET.TreeBuilder):
    """A tree builder that stops at a document type, where entity bombs and outside references live."""

    def doctype(self, name: str, pubid: str | None, system: str | None) -> None:
        raise DoctypeFound(name)


    def __init__(self) -> None:
        super().__init__()
        self._depth = 0

    def start(self, tag: str, attrs: dict[str, str]) -> ET.Element:
        self._depth += 1
        if self._depth > DEEPEST:
            raise TooDeep(tag)
        return super().start(tag, attrs)

    def end(self, tag: str) -> ET.Element:
        self._depth -= 1
        return super().end(tag)


class DoctypeFound(ValueError):
    """An XML part declares a document type, which no office program writes."""


class TooDeep(ValueError):
    """An XML part has more elements within elements than any office program writes."""


def inflated_part(archive: zipfile.ZipFile, part: str, *, book: str) -> bytes:
    """
    A part that is parsed as a whole, inflated.

    Raises:
        BookRefused: It is too large for that, or damaged.
    """
    size = archive.getinfo(part).file_size
    if size > LARGEST_STRUCTURE:
        raise BookRefused(
            f"{book} holds a part of {size >> 20} MB ({part}) that is a few kilobytes elsewhere; "
            "do not use this file, ask the sender for a new copy saved by Excel."
        )
    try:
        return archive.read(part)
    except (zipfile.BadZipFile, zlib.error, EOFError, NotImplementedError, RuntimeError, ValueError):
        raise _damaged(book, part) from None


def parse_part(data: bytes, *, book: str, part: str) -> ET.Element:
    """The tree of a small XML part.

    Args:
        data: The part, inflated.
        book: File name for messages.
        part: Part name for messages.

    Raises:
        BookRefused: The XML is broken, or declares a document type.
    """
    try:
        return ET.fromstring(data, ET.XMLParser(target=_NoDoctype()))
    except DoctypeFound:
        raise BookRefused(
            f"{book} declares XML entities in {part}, as no office program does; "
            "do not use this file, ask the sender for a new copy saved by Excel."
        ) from None
    except TooDeep:
        raise BookRefused(
            f"{book} nests {part} deeper than any office program does; "
            "do not use this file, ask the sender for a new copy saved by Excel."
        ) from None
    except (ET.ParseError, LookupError, ValueError):
        raise _damaged(book, part) from None


def _damaged(book: str, part: str) -> BookRefused:
    return BookRefused(
        f"{book} is damaged inside ({part} is not whole); open it in Excel, let Excel repair it and save it again."
    )


def local_name(tag: str) -> str:
    """The name of a tag or attribute without its namespace, as `sheet` of `{http://...}sheet`."""
    return tag.rpartition("}")[2]


def attribute(element: ET.Element, name: str) -> str | None:
    """An attribute by its local name, whatever namespace it stands in; None when it is absent."""
    for key, value in element.attrib.items():
        if local_name(key) == name:
            return value
    return None


@dataclass(frozen=True)
class Relationship:
    """One relationship of a part.

    Args:
        rel_id: Such as `rId3`.
        kind: Last word of its type, such as `worksheet` or `sharedStrings`.
        target: Member of the zip it leads to, spelled as in the zip; the raw target when nothing is there
            or it lies outside.
        present: Whether the zip has that member.
    """

    rel_id: str
    kind: str
    target: str
    present: bool


@dataclass(frozen=True)
class SheetPart:
    """One sheet of the workbook.

    Args:
        name: As on its tab.
        sheet_id: The workbook's own number of it.
        rel_id: Its relationship in the workbook's rels part.
        part: Member of the zip, spelled as in the zip; "" when the file lacks it.
        state: `visible`, `hidden` or `veryHidden`.
        kind: `worksheet`, `chartsheet`, `dialogsheet` or another last word of the relationship's type.
    """

    name: str
    sheet_id: int
    rel_id: str
    part: str
    state: str
    kind: str = "worksheet"


@dataclass(frozen=True)
class WorkbookParts:
    """The parts of a workbook that others need to find; "" stands for a part that the file does not have."""

    sheets: list[SheetPart]
    date1904: bool
    styles_part: str
    shared_strings_part: str
    workbook_part: str
    rels_part: str
    workbook_type: str
    """Content type of the workbook part; tells .xlsx, .xlsm and .xlsb apart whatever the file is called."""

    @property
    def worksheets(self) -> list[SheetPart]:
        """The sheets that have cells, in the order of their tabs, hidden ones too."""
        return [sheet for sheet in self.sheets if sheet.kind == "worksheet"]

    @classmethod
    def read(cls, archive: zipfile.ZipFile) -> WorkbookParts:
        """Looks the workbook over.

        Raises:
            BookRefused: It is no workbook, or the parts that say so are broken.
        """
        book = PurePath(str(archive.filename or "The workbook")).name
        members = Members(archive)
        workbook_part = _workbook_part(archive, members, book)
        workbook = parse_part(inflated_part(archive, workbook_part, book=book), book=book, part=workbook_part)
        rels_part = members.find(rels_name(workbook_part))
        links = relationships(archive, workbook_part, members=members, book=book)
        by_id = {link.rel_id: link for link in links}
        date1904 = False
        sheets = []
        for element in workbook.iter():
            if not isinstance(element.tag, str):
                continue
            name = local_name(element.tag)
            if name == "workbookPr":
                date1904 = (attribute(element, "date1904") or "0").strip().lower() in ("1", "true", "on")
            elif name == "sheet" and attribute(element, "sheetId") is not None:
                sheets.append(_sheet(element, by_id, workbook_part))

        def part_of(kind: str) -> str:
            return next((link.target for link in links if link.kind == kind and link.present), "")

        return cls(
            sheets=sheets,
            date1904=date1904,
            styles_part=part_of("styles"),
            shared_strings_part=part_of("sharedStrings"),
            workbook_part=workbook_part,
            rels_part=rels_part,
            workbook_type=content_types(archive, members, book).of(workbook_part),
        )


class Members:
    """The members of a zip by part name: capitals, a leading slash and backslashes make no difference."""

    def __init__(self, archive: zipfile.ZipFile) -> None:
        self._spelled: dict[str, str] = {}
        for name in archive.namelist():
            self._spelled.setdefault(_folded(name), name)

    def find(self, part: str) -> str:
        """The member's own spelling, or "" when there is none."""
        return self._spelled.get(_folded(part), "")


@dataclass(frozen=True)
class ContentTypes:
    """What `[Content_Types].xml` says."""

    by_part: dict[str, str]
    by_extension: dict[str, str]

    def of(self, part: str) -> str:
        """The content type of a part, "" when it is not declared."""
        extension = posixpath.splitext(part)[1][1:].lower()
        return self.by_part.get(_folded(part), self.by_extension.get(extension, ""))


def content_types(archive: zipfile.ZipFile, members: Members, book: str) -> ContentTypes:
    """Reads `[Content_Types].xml`; without it every type is unknown."""
    part = members.find("[Content_Types].xml")
    by_part: dict[str, str] = {}
    by_extension: dict[str, str] = {}
    if part:
        for element in parse_part(inflated_part(archive, part, book=book), book=book, part=part):
            kind = attribute(element, "ContentType") or ""
            if name := attribute(element, "PartName"):
                by_part[_folded(name)] = kind
            elif extension := attribute(element, "Extension"):
                by_extension[extension.lower()] = kind
    return ContentTypes(by_part, by_extension)


def rels_name(part: str) -> str:
    """Where the relationships of *part* lie: `xl/workbook.xml` has `xl/_rels/workbook.xml.rels`."""
    folder, name = posixpath.split(part.replace("\\", "/"))
    return posixpath.join(folder, "_rels", name + ".rels")


def relationships(
    archive: zipfile.ZipFile, part: str, *, members: Members | None = None, book: str = "The workbook"
) -> list[Relationship]:
    """The relationships of *part* ("" for those of the package), in their order; none without a rels part."""
    members = members or Members(archive)
    rels_part = members.find(rels_name(part))
    if not rels_part:
        return []
    found = []
    for element in parse_part(inflated_part(archive, rels_part, book=book), book=book, part=rels_part):
        if local_name(str(element.tag)) != "Relationship":
            continue
        target = attribute(element, "Target") or ""
        member = ""
        if (attribute(element, "TargetMode") or "").lower() != "external":
            joined = posixpath.join(
                "/" + posixpath.dirname(part.replace("\\", "/")), target.replace("\\", "/")
            )
            whole = posixpath.normpath(joined)
            member = members.find(whole) or members.find(unquote(whole))
        kind = (attribute(element, "Type") or "").rstrip("/").rpartition("/")[2]
        found.append(Relationship(attribute(element, "Id") or "", kind, member or target, bool(member)))
    return found


def _folded(part: str) -> str:
    return part.replace("\\", "/").lstrip("/").lower()


def _workbook_part(archive: zipfile.ZipFile, members: Members, book: str) -> str:
    for link in relationships(archive, "", members=members, book=book):
        if link.kind == "officeDocument" and link.present:
            return link.target
    # Some generators leave the package's rels out; the usual place is then the only hint.
    part = members.find("xl/workbook.xml") or members.find("xl/workbook.bin")
    if not part:
        raise BookRefused(
            f"{book} is a zip file but holds no workbook; "
            "open the right file, or unpack it and use the workbook inside."
        )
    return part


def _sheet(element: ET.Element, by_id: dict[str, Relationship], workbook_part: str) -> SheetPart:
    # `id` stands in the relationships' namespace, so it must not be mistaken for `sheetId`.
    rel_id = attribute(element, "id") or ""
    link = by_id.get(rel_id)
    number = attribute(element, "sheetId") or "0"
    return SheetPart(
        name=attribute(element, "name") or "",
        sheet_id=int(number) if number.isdigit() else 0,
        rel_id=rel_id,
        part=link.target if link and link.present and link.target != workbook_part else "",
        state=attribute(element, "state") or "visible",
        kind=link.kind if link else "worksheet",
    )
