"""Sheets of the kit go into a workbook of the staff's: cells, looks, buttons and names; nothing else is touched.

A sheet brings its texts along in its cells, so that the workbook's own list of texts stays as it is. Its styles
are appended to those that are there, its shapes get numbers that no other shape has.
"""

from __future__ import annotations

import posixpath
import re
from collections.abc import Sequence

from xl_retention.books.parts import SheetPart, rels_name
from xl_retention.books.shared_parts import WorkbookXml, beside
from xl_retention.books.styles import EMPTY, Styles
from xl_retention.books.xml_edits import OFFICE_RELATIONSHIPS
from xl_retention.setting_up.form_buttons import VML_TYPE
from xl_retention.setting_up.opened_book import OpenedBook

SHEET_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.worksheet+xml"
STYLES_TYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.styles+xml"

_TEXT_CELL = re.compile(rb't="s"><v>([0-9]+)</v>')
_STYLE = re.compile(rb'(<(?:c|row)\b[^>]*?\ss|<col\b[^>]*?\sstyle|<cfRule\b[^>]*?\sdxfId)="([0-9]+)"')
_SHAPES = re.compile(rb'<o:idmap\b[^>]*\bdata="([0-9,]+)"')
_SHAPE_NUMBER = re.compile(rb"_x0000_s([0-9]+)")
SHAPES_OF_A_SHEET = 1024
"""So many numbers of shapes belong to one number of a drawing."""


class Transplant:
    """
    Takes sheets of a kit over into a workbook, at its end.

    Args:
        book: The workbook; it is edited, not saved.
        kit: Where the sheets come from, as `kit.make_kit` draws it.

    Raises:
        BookRefused: By `take`: the workbook is of the strict kind, or its structure is protected.
    """

    def __init__(self, book: OpenedBook, kit: OpenedBook) -> None:
        self._book, self._kit = book, kit
        strings = kit.xml(kit.parts.shared_strings_part)
        self._texts = [strings.data[text.inside : text.inside_end] for text in strings.root.children]
        self._drawings = max(
            (
                int(number)
                for name in book.names
                if name.lower().endswith(".vml")
                for numbers in _SHAPES.findall(book.read(name))
                for number in numbers.split(b",")
                if number
            ),
            default=0,
        )

    def take(self, wanted: Sequence[SheetPart]) -> None:
        """Takes sheets of the kit over; nobody has checked yet that their names are free."""
        book, kit = self._book, self._kit
        styles_part = book.parts.styles_part
        styles = Styles(book.read(styles_part) if styles_part else EMPTY, part=styles_part or "styles", book=book.name)
        theirs = Styles(kit.read(kit.parts.styles_part), part=kit.parts.styles_part, book=kit.name)
        cells, moods = styles.taken_over(theirs)
        links = [self._add_sheet(sheet, cells, moods) for sheet in wanted]
        self._list(wanted, links)
        if styles_part:
            book.change(styles_part, styles.result())
        else:
            part = book.free_name(self._beside("styles{}.xml"))
            book.change(part, styles.result())
            book.declare(part, STYLES_TYPE)
            book.add_link(book.parts.workbook_part, f"{OFFICE_RELATIONSHIPS}/styles", part)

    def _beside(self, name: str) -> str:
        return beside(self._book.parts.workbook_part, name)

    def _add_sheet(self, sheet: SheetPart, cells: list[int], moods: list[int]) -> str:
        """Adds the parts of a sheet and returns its relationship."""
        book = self._book
        part = book.free_name(self._beside("worksheets/sheet{}.xml"))

        def text(found: re.Match[bytes]) -> bytes:
            return b't="inlineStr"><is>' + self._texts[int(found[1])] + b"</is>"

        def styled(found: re.Match[bytes]) -> bytes:
            numbers = moods if found[1].endswith(b"dxfId") else cells
            return found[1] + b'="%d"' % numbers[int(found[2])]

        data = _STYLE.sub(styled, _TEXT_CELL.sub(text, self._kit.read(sheet.part)))
        book.change(part, data.replace(b' tabSelected="1"', b""))
        book.declare(part, SHEET_TYPE)
        self._add_linked(sheet.part, part)
        return book.add_link(book.parts.workbook_part, f"{OFFICE_RELATIONSHIPS}/worksheet", part)

    def _add_linked(self, source: str, part: str) -> None:
        """Adds what a part of the kit leads to (drawings, their charts), under names that are free."""
        links = rels_name(source)
        if links not in self._kit:
            return
        xml = self._kit.xml(links)
        for link in xml.root.children:
            target = link.attributes["Target"]
            if link.attributes.get("TargetMode") == "External":
                continue
            there = posixpath.normpath(posixpath.join(posixpath.dirname(source), target))
            here = self._add_part(there)
            xml.set_attribute(link, "Target", posixpath.relpath("/" + here, "/" + posixpath.dirname(part)))
        self._book.change(rels_name(part), xml.result())

    def _add_part(self, source: str) -> str:
        book, kind = self._book, self._kit.type_of(source)
        folder, name = posixpath.split(source)
        stem, ending = posixpath.splitext(name)
        pattern = f"{posixpath.basename(folder)}/{stem.rstrip('0123456789')}{{}}{ending}"
        part = book.free_name(self._beside(pattern))
        data = self._kit.read(source)
        book.change(part, self._renumbered(data) if kind == VML_TYPE else data)
        book.declare(part, kind)
        self._add_linked(source, part)
        return part

    def _renumbered(self, drawing: bytes) -> bytes:
        """A drawing whose shapes have numbers of their own in the workbook."""
        before = self._drawings

        def moved(found: re.Match[bytes]) -> bytes:
            return b"_x0000_s%d" % (int(found[1]) + SHAPES_OF_A_SHEET * before)

        def numbered(found: re.Match[bytes]) -> bytes:
            return found[0].replace(b'data="' + found[1], b'data="%d' % (int(found[1]) + before))

        return _SHAPE_NUMBER.sub(moved, _SHAPES.sub(numbered, drawing))

    def _list(self, wanted: Sequence[SheetPart], links: Sequence[str]) -> None:
        """Enters the sheets, and the names that belong to them, into the workbook part."""
        book, kit = self._book, self._kit
        part = book.parts.workbook_part
        workbook = WorkbookXml(book.read(part), part=part, book=book.name)
        for sheet, rel_id in zip(wanted, links, strict=True):
            workbook.add_sheet(sheet.name, rel_id)
        names = [sheet.name for sheet in kit.parts.sheets]
        theirs = kit.xml(kit.parts.workbook_part)
        defined = theirs.root.child("definedNames")
        for name in defined.children if defined else ():
            place = name.attributes.get("localSheetId", "")
            owner = names[int(place)] if place else ""
            if owner in {sheet.name for sheet in wanted}:
                hidden = name.attributes.get("hidden") == "1"
                workbook.set_name(name.attributes["name"], owner, theirs.content(name), hidden=hidden)
        book.change(part, workbook.result())
