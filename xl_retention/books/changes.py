"""Which parts of a workbook a save replaces, appends or leaves out, for the sheets that were written."""

from __future__ import annotations

import zipfile
from collections.abc import Sequence
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path

from xl_retention.books.cell_xml import Rows
from xl_retention.books.kept_sheet import replaced_sheet
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.layout import SheetLayout
from xl_retention.books.package import Made, Package
from xl_retention.books.parts import Relationship, SheetPart, WorkbookParts, relationships, rels_name
from xl_retention.books.put_cells import PutCells
from xl_retention.books.shared_parts import (
    ContentTypesXml,
    RelationshipsXml,
    WorkbookXml,
    beside,
    filter_name,
    followed_table,
    printed_place,
    relative_target,
    table_place,
    titles_place,
    without_sheets,
)
from xl_retention.books.sheet_xml import SheetParts, new_sheet
from xl_retention.books.styles import EMPTY, Styles

_CONTENT_TYPES = "[Content_Types].xml"


@dataclass(frozen=True)
class WrittenSheet:
    """A sheet to be saved: its name as it is or will be on the tab, its rows from row 1, its layout."""

    name: str
    rows: Rows
    layout: SheetLayout | None


@dataclass
class Changes:
    """What a save puts into the zip.

    Args:
        parts: Inflated bytes by name; only parts that differ from those in the zip.
        removed: Names of the parts that go.
    """

    parts: dict[str, Made] = field(default_factory=dict)
    removed: set[str] = field(default_factory=set)

    def __bool__(self) -> bool:
        return bool(self.parts or self.removed)


class ChangesOf:
    """Works out the changes of one save.

    Args:
        path: The workbook; it is read while the changes are made, not after.
        package: Its directory.
        parts: Where its sheets and lists lie.

    Raises:
        BookRefused: By `made`, where the workbook cannot be kept whole.
    """

    def __init__(self, path: Path, package: Package, parts: WorkbookParts) -> None:
        self._path, self._book, self._package, self._parts = path, path.name, package, parts
        self._changes = Changes()
        self._names = {entry.name.replace("\\", "/").lower() for entry in package.entries}
        self._sheet_names = [sheet.name for sheet in parts.sheets]
        self._emptied: set[int] = set()
        self._old: dict[str, bytes] = {}

    def made(self, sheets: Sequence[WrittenSheet], puts: Sequence[PutCells] = ()) -> Changes:
        """The changes for *sheets* (appended parts come in their order) and for cells of other sheets."""
        existing = {part.name.casefold(): part for part in self._parts.sheets}
        self._sheet_names += [sheet.name for sheet in sheets if sheet.name.casefold() not in existing]
        for sheet in sheets:
            part = existing.get(sheet.name.casefold())
            if part:
                self._replace(part, sheet)
            else:
                self._add(sheet)
        for put in puts:
            self._put(existing[put.sheet.casefold()], put)
        self._take_out_of_calculation()
        self._finish()
        return self._changes

    # --- the shared parts, opened when first needed ---------------------------------------------------------

    def _read(self, part: str) -> bytes:
        if part not in self._old:
            with self._path.open("rb") as file:
                self._old[part] = self._package.inflate(file, part)
        return self._old[part]

    @cached_property
    def _workbook(self) -> WorkbookXml:
        part = self._parts.workbook_part
        return WorkbookXml(self._read(part), part=part, book=self._book)

    @cached_property
    def _rels(self) -> RelationshipsXml:
        part = self._parts.rels_part
        return RelationshipsXml(self._read(part), part=part, book=self._book)

    @cached_property
    def _types_part(self) -> str:
        found = [
            entry.name for entry in self._package.entries if entry.name.lower() == _CONTENT_TYPES.lower()
        ]
        if not found:
            raise not_kept_whole(self._book, f"it has no {_CONTENT_TYPES}")
        return found[0]

    @cached_property
    def _types(self) -> ContentTypesXml:
        return ContentTypesXml(self._read(self._types_part), part=self._types_part, book=self._book)

    @cached_property
    def _styles(self) -> Styles:
        part = self._parts.styles_part
        return Styles(self._read(part) if part else EMPTY, part=part or "styles.xml", book=self._book)

    def _links(self, part: str) -> list[Relationship]:
        with zipfile.ZipFile(self._path) as archive:
            return relationships(archive, part, book=self._book)

    def _new_part(self, pattern: str, first: int) -> str:
        number = first
        while (part := beside(self._parts.workbook_part, pattern.format(number or ""))).lower() in self._names:
            number += 1
        self._names.add(part.lower())
        return part

    def _link_from_workbook(self, kind: str, part: str) -> str:
        return self._rels.add(kind, relative_target(self._parts.workbook_part, part))

    # --- sheets ---------------------------------------------------------------------------------------------

    def _add(self, sheet: WrittenSheet) -> None:
        part = self._new_part("worksheets/sheet{}.xml", 1)
        self._workbook.add_sheet(sheet.name, self._link_from_workbook("worksheet", part))
        self._types.add_sheet(part)
        date1904 = self._parts.date1904
        drawing = self._draw_charts(part, sheet.name, sheet.layout) if sheet.layout and sheet.layout.charts else ""
        self._changes.parts[part] = new_sheet(
            sheet.rows, sheet.layout, self._styles, date1904=date1904, sheets=self._sheet_names, drawing=drawing
        )
        if sheet.layout:
            look = SheetParts.of(sheet.rows, sheet.layout)
            self._set_names(sheet.name, look.filter_place, look.heading_row)
            self._set_printed(sheet.name, sheet.layout, look.last_row)

    def _draw_charts(self, sheet_part: str, name: str, layout: SheetLayout) -> str:
        """Adds the charts of a new sheet; gives the id by which it names their drawing."""
        from xl_retention.books.chart_parts import CHART_TYPE, DRAWING_TYPE, chart_parts, links

        made = chart_parts(name, layout)
        drawing = self._new_part("drawings/drawing{}.xml", 1)
        charts = [self._new_part("charts/chart{}.xml", 1) for _ in made.charts]
        self._types.add(drawing, DRAWING_TYPE)
        for chart in charts:
            self._types.add(chart, CHART_TYPE)
        self._changes.parts |= {drawing: made.drawing, **dict(zip(charts, made.charts, strict=True))}
        self._changes.parts[rels_name(drawing)] = links(
            [("chart", relative_target(drawing, chart)) for chart in charts]
        )
        self._changes.parts[rels_name(sheet_part)] = links([("drawing", relative_target(sheet_part, drawing))])
        return "rId1"

    def _replace(self, part: SheetPart, sheet: WrittenSheet) -> None:
        tables = [
            (link.target, self._read(link.target))
            for link in (self._links(part.part) if rels_name(part.part).lower() in self._names else ())
            if link.kind == "table" and link.present
        ]
        old = self._read(part.part)
        new = replaced_sheet(
            old,
            sheet.rows,
            sheet.layout,
            self._styles,
            date1904=self._parts.date1904,
            sheets=self._sheet_names,
            tables=[table_place(data, part=name, book=self._book) for name, data in tables],
            part=part.part,
            book=self._book,
        )
        self._change(part.part, new.xml)
        for name, data in tables:
            self._change(name, followed_table(data, sheet.rows, new.following, part=name, book=self._book))
        self._workbook.follow(part.name, new.following)
        if new.laid_out:
            self._set_names(part.name, new.filter_place, new.following.heading_row)
        elif new.filter_place:
            self._set_names(part.name, new.filter_place, 0)
        if new.had_formulas:
            self._emptied.add(part.sheet_id)

    def _put(self, part: SheetPart, put: PutCells) -> None:
        self._old[part.part] = put.data
        self._change(part.part, put.result(self._styles))
        for name, data in put.tables().items():
            self._change(name, data)
        if put.filter_place:
            self._workbook.set_name(
                "_xlnm._FilterDatabase", part.name, filter_name(part.name, put.filter_place), hidden=True
            )
        elif put.filter_following:
            self._workbook.follow(part.name, put.filter_following, only="_xlnm._FilterDatabase")

    def _set_printed(self, sheet: str, layout: SheetLayout, last_row: int) -> None:
        """What is printed at first; from then on it follows the rows, or what somebody chose instead."""
        if layout.printed_columns:
            place = printed_place(sheet, layout.printed_columns, last_row)
            self._workbook.set_name("_xlnm.Print_Area", sheet, place, only_if_absent=True)

    def _set_names(self, sheet: str, filter_place: str, heading_row: int) -> None:
        if filter_place:
            self._workbook.set_name(
                "_xlnm._FilterDatabase", sheet, filter_name(sheet, filter_place), hidden=True
            )
        if heading_row:
            self._workbook.set_name(
                "_xlnm.Print_Titles", sheet, titles_place(sheet, heading_row), only_if_absent=True
            )

    # --- the rest -------------------------------------------------------------------------------------------

    def _take_out_of_calculation(self) -> None:
        links = self._links(self._parts.workbook_part) if self._emptied else []
        chain = next((link.target for link in links if link.kind == "calcChain" and link.present), "")
        if not chain:
            return
        left = without_sheets(self._read(chain), frozenset(self._emptied), part=chain, book=self._book)
        if left:
            self._change(chain, left)
        else:
            self._changes.removed.add(chain)
            self._rels.remove("calcChain")
            self._types.remove(chain)

    def _finish(self) -> None:
        if "_styles" in self.__dict__:
            data, part = self._styles.result(), self._parts.styles_part
            if part:
                self._change(part, data)
            elif data != EMPTY:
                part = self._new_part("styles{}.xml", 0)
                self._link_from_workbook("styles", part)
                self._types.add_styles(part)
                self._changes.parts[part] = data
        for used, part in (
            ("_workbook", self._parts.workbook_part),
            ("_rels", self._parts.rels_part),
            ("_types", ""),
        ):
            if used in self.__dict__:
                self._change(part or self._types_part, self.__dict__[used].result())

    def _change(self, part: str, data: bytes) -> None:
        if data != self._read(part):
            self._changes.parts[part] = data
