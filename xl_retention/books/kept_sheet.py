"""A sheet of ours that is there already gets other cells and keeps everything else.

Buttons, drawings, tables, protection, page setup and the column widths that somebody chose stay. What speaks
of the rows (filter, drop-downs, colours, tables, names) follows to the new last row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass

from xl_retention.books.cell_xml import CellStyles, Kind, Rows, column_number, sheet_data
from xl_retention.books.following import Following, bottom
from xl_retention.books.following import corners as corners_of
from xl_retention.books.kept_whole import not_kept_whole
from xl_retention.books.layout import SheetLayout
from xl_retention.books.long_list import width_of
from xl_retention.books.sheet_xml import (
    ELEMENT_ORDER,
    PADDING,
    SheetParts,
    check_size,
    dimension,
    layout_styles,
    row_heights,
)
from xl_retention.books.styles import Styles
from xl_retention.books.xml_edits import MAIN, Element, XmlPart
from xl_retention.errors import BookRefused

_HIDDEN = 1e6
_SCANNED_ROWS = 200
"""How many rows of an old sheet are looked at for their heights and the styles of their cells, without a layout."""


@dataclass(frozen=True)
class Replaced:
    """A sheet whose cells were replaced.

    Args:
        xml: The part.
        following: How places elsewhere that speak of its rows follow.
        filter_place: Where its filter lies now, "" without one.
        laid_out: Whether it was empty, so that it got its whole layout now.
        had_formulas: Whether a cell of it held a formula, of which the calculation chain may still speak.
    """

    xml: bytes
    following: Following
    filter_place: str
    laid_out: bool
    had_formulas: bool


def replaced_sheet(
    old: bytes,
    rows: Rows,
    layout: SheetLayout | None,
    styles: Styles,
    *,
    date1904: bool,
    sheets: Collection[str],
    tables: Sequence[str] = (),
    part: str,
    book: str,
) -> Replaced:
    """An existing sheet with other cells, everything else of it kept or following.

    Args:
        old: The part, inflated.
        rows: Row 1 first.
        layout: None keeps the looks that are there.
        styles: The workbook's styles, to which looks are added.
        date1904: Whether days count from 1904.
        sheets: Names of the workbook's sheets, for links.
        tables: Places of the tables on it, as `A3:Q43`.
        part: Its name, for messages.
        book: File name, for messages.

    Raises:
        BookRefused: The part is not one that can be kept whole.
        WrongRequest: A value is of a type no cell can hold.
    """
    skeleton, cells = _without_cells(old, part, book)
    xml = XmlPart(skeleton, part=part, book=book)
    root = xml.root
    if root.name != "worksheet" or root.namespace != MAIN:
        raise not_kept_whole(book, f"{part} is not a sheet as Excel saves it")
    p = root.prefix
    named = {element.name: element for element in root.children if element.namespace == root.namespace}
    filter_place = named["autoFilter"].attributes.get("ref", "") if "autoFilter" in named else ""
    heading_row = (
        layout.heading_row if layout else heading_row_of(filter_place, tables, named.get("sheetViews"))
    )
    last_old = _last_row(cells)
    ends = {bottom(place) for place in (filter_place, *tables) if place} | {max(last_old, heading_row + 1)}
    following = Following(heading_row, frozenset(ends), max(len(rows), heading_row + 1))

    width = width_of(rows)
    parts = None
    if layout:
        parts = SheetParts.of(rows, layout)
        width = max(width, parts.width)
        look = layout_styles(layout, styles, over_columns=_has_styled_columns(named.get("cols")))
    else:
        look = kept_styles(cells, styles, heading_row)
    check_size(rows, width)
    marks = _row_marks(cells, heading_row if layout else _SCANNED_ROWS)
    if layout:
        marks = row_heights(rows, layout, styles.line_height, _widths(named.get("cols"))) | marks
    new_cells = sheet_data(rows, look, width=width, date1904=date1904, prefix=p, row_marks=marks)

    added: dict[str, str] = {}
    added_page = bool(parts and not last_old)
    if parts and not last_old:
        # The sheet was there but empty: it gets its whole layout, except for what somebody has set already.
        page = parts.page(p)
        if tables:
            page.pop("autoFilter", None)  # a table brings its own
        added = {name: text for name, text in page.items() if name not in named}
    _follow(xml, root, following, parts, styles)
    if parts:
        _renew_rules(xml, root, parts, styles, rows, sheets, added)
    if parts and "cols" in named:
        covered = max((c.whole("max") for c in named["cols"].children), default=0)
        if missing := parts.widths(p, max(covered, 1)):
            xml.append(named["cols"], missing.encode())
    if "dimension" in named:
        xml.set_attribute(named["dimension"], "ref", dimension(rows, width))
    for name in sorted(added, key=ELEMENT_ORDER.index):
        _insert(xml, root, name, added[name].encode())
    xml.replace(named["sheetData"], b"".join(new_cells))
    if "autoFilter" in named:
        filter_place = parts.filter_place if parts and parts.filter_place else following.moved(filter_place)
    elif "autoFilter" in added and parts:
        filter_place = parts.filter_place
    return Replaced(xml.result(), following, filter_place, added_page, b"<f" in cells or b":f" in cells)


def _without_cells(old: bytes, part: str, book: str) -> tuple[bytes, bytes]:
    """The sheet with an empty `sheetData`, and what stood in it: the many cells need not be parsed."""
    start = re.search(rb"<((?:[\w.-]+:)?)sheetData\b[^>]*>", old)
    if not start:
        raise not_kept_whole(book, f"{part} has no cells, so it is not a sheet as Excel saves it")
    empty = b"<" + start[1] + b"sheetData/>"
    if start[0].endswith(b"/>"):
        return old[: start.start()] + empty + old[start.end() :], b""
    close = old.rfind(b"</" + start[1] + b"sheetData")
    end = old.find(b">", close) + 1
    if close < 0 or not end:
        raise BookRefused(f"{book} is damaged inside ({part}); save it again in Excel.")
    return old[: start.start()] + empty + old[end:], old[start.end() : close]


def _last_row(cells: bytes) -> int:
    last = max(cells.rfind(b"<row"), cells.rfind(b":row"))
    if last < 0:
        return 0
    found = _ROW_NUMBER.search(cells, last, cells.find(b">", last))
    return int(found[1]) if found else len(_OLD_ROW.findall(cells))


def _widths(columns: Element | None) -> dict[int, float]:
    """Widths in characters, by place, that an old sheet sets."""
    found: dict[int, float] = {}
    for column in columns.children if columns else ():
        with suppress(KeyError, ValueError):
            width = float(column.attributes["width"]) - PADDING
            if width <= 0 or column.attributes.get("hidden", "0") in ("1", "true"):
                width = _HIDDEN  # nobody sees how many lines its texts would take
            first, last = int(column.attributes["min"]) - 1, int(column.attributes["max"])
            found |= dict.fromkeys(range(first, min(last, first + 200)), round(width, 3))
    return found


def _has_styled_columns(columns: Element | None) -> bool:
    return any(column.attributes.get("style", "0") != "0" for column in (columns.children if columns else ()))


def _row_marks(cells: bytes, last_row: int) -> dict[int, str]:
    """Heights that somebody chose for the rows down to *last_row*, where the buttons stand."""
    marks = {}
    number = 0
    for found in _OLD_ROW.finditer(cells):
        place = _ROW_NUMBER.search(found[1])
        number = int(place[1]) if place else number + 1
        if number > last_row:
            break
        height = re.search(rb'\sht="([0-9.]+)"', found[1])
        if height and re.search(rb'\scustomHeight="(1|true)"', found[1]):
            marks[number] = f' ht="{height[1].decode()}" customHeight="1"'
    return marks


def heading_row_of(filter_place: str, tables: Sequence[str], views: Element | None) -> int:
    """The row that a filter, a table or the frozen panes say is that of the headings, else the first."""
    for place in (filter_place, *tables):
        if corners := corners_of(place):
            return corners[1]
    for view in views.children if views else ():
        pane = view.child("pane")
        split = (
            pane.attributes.get("ySplit", "") if pane and pane.attributes.get("state", "") != "split" else ""
        )
        if split.isdigit():
            return int(split)
    return 1


def _follow(
    xml: XmlPart, root: Element, following: Following, parts: SheetParts | None, styles: Styles
) -> None:
    """Whatever speaks of rows speaks of the new ones; `_renew_rules` does what the layout says itself."""
    ours = set(parts.chosen()) if parts else set()
    moods = styles.moods_there()
    for element in root.children:
        name = element.name
        if name == "autoFilter":
            place = parts.filter_place if parts and parts.filter_place else ""
            xml.set_attribute(element, "ref", place or following.moved(element.attributes.get("ref", "")))
            clear_filter(xml, element)
        elif name == "sortState":
            xml.replace(element, b"")  # it told how the rows that are gone were sorted
        elif name in ("protectedRanges", "ignoredErrors"):
            for child in element.children:
                _move_places(xml, child, following)
        elif name == "conditionalFormatting" and not (parts and _is_row_colour(xml, element, parts, moods)):
            _move_places(xml, element, following)
        elif name == "dataValidations":
            for child in element.children:
                if not _only_in(child.attributes.get("sqref", ""), ours):
                    _move_places(xml, child, following)
        elif name == "mergeCells":
            _keep_merged(xml, element, following)
        elif name == "extLst":
            _follow_extensions(xml, element, following, ours)


def _move_places(xml: XmlPart, element: Element, following: Following) -> None:
    places = element.attributes.get("sqref")
    if places and (moved := following.moved(places)) != places:
        xml.set_attribute(element, "sqref", moved)


def clear_filter(xml: XmlPart, element: Element) -> None:
    """Takes the choices of a filter away (the rows they hid are gone) and leaves its buttons."""
    for child in element.children:
        if child.name == "sortState" or (child.name == "filterColumn" and child.children):
            xml.replace(child, b"")


def _only_in(places: str, columns: Collection[int]) -> bool:
    """Whether all places lie in these columns."""
    corners = [corners_of(place) for place in places.split()]
    return bool(corners) and all(c and all(n in columns for n in range(c[0], c[2] + 1)) for c in corners)


def _is_row_colour(xml: XmlPart, element: Element, parts: SheetParts, moods: Collection[int]) -> bool:
    """Whether a conditional format is one of ours: by its looks, or by saying the same."""
    formulas = {colour.formula.removeprefix("=") for colour in parts.layout.row_colours}
    rules = list(element.all("cfRule"))

    def ours(rule: Element) -> bool:
        if rule.attributes.get("type") != "expression":
            return False
        formula = rule.child("formula")
        look = rule.attributes.get("dxfId", "")
        return bool(formula and xml.content(formula) in formulas) or bool(
            look.isdigit() and int(look) in moods
        )

    return bool(rules) and all(map(ours, rules))


def _keep_merged(xml: XmlPart, element: Element, following: Following) -> None:
    """Merged cells among the new rows would hide values; those of the title rows stay."""

    def hides(child: Element) -> bool:
        return bottom(child.attributes.get("ref", "")) >= max(1, following.heading_row)

    gone = [child for child in element.children if hides(child)]
    if gone and len(gone) == len(element.children):
        xml.replace(element, b"")
        return
    for child in gone:
        xml.replace(child, b"")
    if gone and "count" in element.attributes:
        xml.set_attribute(element, "count", str(len(element.children) - len(gone)))


def _follow_extensions(xml: XmlPart, lists: Element, following: Following, ours: Collection[int]) -> None:
    """The same, in the extension where Excel keeps newer rules and drop-downs that look at another sheet."""
    gone_lists = []
    for extension in lists.children:
        gone: list[Element] = []
        kept = 0
        for rules in extension.children:
            for rule in rules.children:
                place = next((c for c in rule.children if c.name == "sqref"), None)
                places = xml.content(place) if place and not place.closes_itself else ""
                if rule.name == "dataValidation" and _only_in(places, ours):
                    gone.append(rule)
                    continue
                kept += 1
                if place and places and (moved := following.moved(places)) != places:
                    xml.set_content(place, moved)
        if gone and not kept:
            gone_lists.append(extension)
        elif gone:
            rules = next(c for c in extension.children if gone[0] in c.children)
            for rule in gone:
                xml.replace(rule, b"")
            if "count" in rules.attributes:
                xml.set_attribute(rules, "count", str(len(rules.children) - len(gone)))
    if gone_lists and len(gone_lists) == len(lists.children):
        xml.replace(lists, b"")
    else:
        for extension in gone_lists:
            xml.replace(extension, b"")


def _renew_rules(
    xml: XmlPart,
    root: Element,
    parts: SheetParts,
    styles: Styles,
    rows: Rows,
    sheets: Collection[str],
    added: dict[str, str],
) -> None:
    """Drop-downs, row colours and links of the layout take the place of those written before."""
    p = root.prefix
    moods = styles.moods_there()
    chosen = set(parts.chosen())
    links = {place for place, column in enumerate(parts.layout.columns) if column.look == "link"}
    highest = 0
    for element in root.children:
        if element.name == "conditionalFormatting" and _is_row_colour(xml, element, parts, moods):
            xml.replace(element, b"")
        elif element.name in ("conditionalFormatting", "extLst"):
            highest = max([highest, *_priorities(element)])
    added["conditionalFormatting"] = parts.row_colours(p, styles, highest)

    def under_headings(child: Element) -> bool:
        return (
            _only_in(child.attributes.get("ref", ""), links)
            and bottom(child.attributes["ref"]) > parts.heading_row
        )

    def chosen_here(child: Element) -> bool:
        places = child.attributes.get("sqref", "")
        return _only_in(places, chosen) or places in parts.cells_chosen()

    _renew_list(xml, root, "dataValidations", parts.validations(p), chosen_here, added, counted=True)
    _renew_list(xml, root, "hyperlinks", parts.links(rows, sheets, p), under_headings, added, counted=False)


def _renew_list(
    xml: XmlPart,
    root: Element,
    name: str,
    ours: list[str],
    is_ours: Callable[[Element], bool],
    added: dict[str, str],
    *,
    counted: bool,
) -> None:
    """Within a list of the sheet, children of ours are replaced; an empty list goes, a missing one comes."""
    element = root.child(name)
    if element is None:
        count = f' count="{len(ours)}"' * counted
        added[name] = f"<{root.prefix}{name}{count}>{''.join(ours)}</{root.prefix}{name}>" if ours else ""
        return
    gone = [child for child in element.children if is_ours(child)]
    total = len(element.children) - len(gone) + len(ours)
    if total == 0:
        xml.replace(element, b"")
        return
    for child in gone:
        xml.replace(child, b"")
    if ours:
        xml.append(element, "".join(ours).encode())
    if counted:
        xml.set_attribute(element, "count", str(total))


def _priorities(element: Element) -> Iterable[int]:
    for child in element.children:
        value = child.attributes.get("priority", "")
        if value.lstrip("-").isdigit():
            yield int(value)
        yield from _priorities(child)


def _insert(xml: XmlPart, root: Element, name: str, text: bytes) -> None:
    """Puts an element where its kind belongs among the others."""
    if not text:
        return
    place = ELEMENT_ORDER.index(name)
    for element in root.children:
        inner = element
        while inner.name not in ELEMENT_ORDER and inner.children:
            inner = inner.children[0]  # a choice between versions stands where its content would
        if inner.name in ELEMENT_ORDER and ELEMENT_ORDER.index(inner.name) > place:
            xml.insert_before(element, text)
            return
    xml.append(root, text)


_OLD_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_OLD_CELL = re.compile(rb"<(?:\w+:)?(?:row\b[^>]*>|c\b([^>]*)>)")
_NAME = re.compile(rb'\br="([A-Z]{1,3})([0-9]+)"')
_ROW_NUMBER = re.compile(rb'\br="([0-9]+)"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')


def kept_styles(old_cells: bytes, styles: Styles, heading_row: int) -> CellStyles:
    """
    Cell styles as an old sheet had them, row by row at the top and by column below.

    A blank cell of a row that was there stays as bare as it was: not every sheet is a table.
    """
    there: dict[tuple[int, int], int] = {}
    below: dict[int, int] = {}
    row, place, top = 0, -1, 0
    for found in _OLD_CELL.finditer(old_cells):
        attributes = found[1]
        if attributes is None:
            number = _ROW_NUMBER.search(found[0])
            row, place = int(number[1]) if number else row + 1, -1
            if row > _SCANNED_ROWS:
                break
            continue
        name = _NAME.search(attributes)
        place = column_number(name[1].decode()) if name else place + 1
        style = _STYLE.search(attributes)
        there[row - 1, place] = int(style[1]) if style else 0
        top = max(top, row)
        if row > heading_row:
            below[place] = there[row - 1, place]

    def head(index: int, place: int, kind: Kind, quoted: bool) -> int:
        of_column = below.get(place, 0) if index >= heading_row and kind != "blank" else 0
        return styles.suited(there.get((index, place), of_column), kind, quoted=quoted)

    def data(place: int, kind: Kind, quoted: bool) -> int:
        return styles.suited(below.get(place, 0), kind, quoted=quoted)

    return CellStyles(top, head, data)
