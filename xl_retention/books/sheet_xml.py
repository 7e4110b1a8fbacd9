"""The XML of a sheet of ours: made from rows and a layout, or an existing one whose cells are replaced.

An existing sheet keeps everything that is not its cells: buttons, drawings, tables, protection, page setup
and the column widths that somebody chose. What speaks of its rows (filter, drop-downs, colours, tables,
names) follows to the new last row.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass
from math import ceil

from xl_retention.books.cell_xml import CellStyles, Kind, Rows, column_number, letters, sheet_data
from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.books.styles import DATE_FORMAT, DATETIME_FORMAT, TIME_FORMAT, Styles
from xl_retention.books.xml_edits import DECLARATION, MAIN, OFFICE_RELATIONSHIPS, Element, XmlPart, escaped
from xl_retention.errors import BookRefused

MOST_ROWS, MOST_COLUMNS = 1_048_576, 16_384
LONGEST_CHOICES = 255
MOST_LINKS = 65_530
MOST_HEIGHT = 409.5
"""Points."""
PADDING = 0.7109375
"""What a column is wider than its characters: five pixels, in the unit of the file."""

ELEMENT_ORDER = (
    "sheetPr", "dimension", "sheetViews", "sheetFormatPr", "cols", "sheetData", "sheetCalcPr", "sheetProtection",
    "protectedRanges", "scenarios", "autoFilter", "sortState", "dataConsolidate", "customSheetViews", "mergeCells",
    "phoneticPr", "conditionalFormatting", "dataValidations", "hyperlinks", "printOptions", "pageMargins", "pageSetup",
    "headerFooter", "rowBreaks", "colBreaks", "customProperties", "cellWatches", "ignoredErrors", "smartTags",
    "drawing", "legacyDrawing", "legacyDrawingHF", "drawingHF", "picture", "oleObjects", "controls", "webPublishItems",
    "tableParts", "extLst",
)
"""Order of the parts of a worksheet in its schema; Excel calls a file damaged that has another."""

_SCANNED_ROWS = 60
"""How many rows of an old sheet are looked at for the style of its cells, where no layout says it."""

# --- places that follow the last row ------------------------------------------------------------------------

_RANGE = re.compile(r"(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7})(?::(\$?)([A-Z]{1,3})(\$?)([0-9]{1,7}))?")


@dataclass(frozen=True)
class Following:
    """How places that ended with the old last row come to end with the new one.

    Args:
        heading_row: From 1; a place that begins at or above the first row below it follows.
        old_ends: Rows that counted as the last one: of the cells, of the filter, of a table.
        new_end: The last row now; at least the one below the headings.
    """

    heading_row: int
    old_ends: frozenset[int]
    new_end: int

    def moved(self, places: str, *, single: bool = True) -> str:
        """
        Places such as `A4:Q43 S1`, each that covered the old rows now covers the new ones.

        Args:
            places: With or without `$`.
            single: Whether a lone cell in the first data row counts as a column of one row.
        """

        def move(found: re.Match[str]) -> str:
            lead, column, fix, row, *second = found.groups()
            lone = second[3] is None
            first, last = int(row), int(second[3] or row)
            if last not in self.old_ends or first > self.heading_row + 1 or last <= self.heading_row:
                return found[0]
            if lone and not single:
                return found[0]
            last_lead, last_column, last_fix = (lead, column, fix) if lone else second[:3]
            return f"{lead}{column}{fix}{first}:{last_lead}{last_column}{last_fix}{max(first, self.new_end)}"

        return _RANGE.sub(move, places)


# --- the looks of a layout ----------------------------------------------------------------------------------

_AS_INPUT: dict[Look, Look] = {"text": "input", "wrapped": "input", "date": "input_date"}
_DATE_LOOKS = ("date", "datetime", "input_date")


def layout_styles(layout: SheetLayout, styles: Styles) -> CellStyles:
    """Cell styles as a layout asks for them; a value that its look cannot show gets a number format that can."""

    def column(place: int) -> ColumnLayout:
        return layout.columns[place] if place < len(layout.columns) else ColumnLayout()

    def of(look: Look | None, kind: Kind, quoted: bool) -> int:
        number_format = ""
        if kind == "time":
            number_format = TIME_FORMAT
        elif kind in ("date", "datetime") and look not in _DATE_LOOKS:
            number_format = DATE_FORMAT if kind == "date" else DATETIME_FORMAT
        elif kind == "number" and look in _DATE_LOOKS:
            number_format = "General"
        return styles.cell(look, number_format, quoted=quoted)

    def is_input(place: int) -> bool:
        return 0 <= layout.input_from <= place or column(place).look in ("input", "input_date")

    def head(index: int, place: int, kind: Kind, quoted: bool) -> int:
        if index + 1 == layout.heading_row:
            return of("input_heading" if is_input(place) else "heading", kind, quoted)
        look = layout.title_looks[index] if index < len(layout.title_looks) else None
        return 0 if kind == "blank" else of(look, kind, quoted)

    def data(place: int, kind: Kind, quoted: bool) -> int:
        look = column(place).look
        return of(_AS_INPUT.get(look, look) if is_input(place) else look, kind, quoted)

    return CellStyles(layout.heading_row, head, data)


_OLD_ROW = re.compile(rb"<(?:\w+:)?row\b([^>]*)>")
_OLD_CELL = re.compile(rb"<(?:\w+:)?(?:row\b[^>]*>|c\b([^>]*)>)")
_NAME = re.compile(rb'\br="([A-Z]{1,3})([0-9]+)"')
_ROW_NUMBER = re.compile(rb'\br="([0-9]+)"')
_STYLE = re.compile(rb'\bs="([0-9]+)"')


def kept_styles(old_cells: bytes, styles: Styles, heading_row: int) -> CellStyles:
    """Cell styles as an old sheet had them, row by row at the top and by column below."""
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

    def suited(style: int, kind: Kind, quoted: bool) -> int:
        if kind in ("date", "datetime", "time") and (kind == "time" or not styles.is_date(style)):
            wanted = {"date": DATE_FORMAT, "datetime": DATETIME_FORMAT, "time": TIME_FORMAT}[kind]
            return styles.variant(style, wanted)
        if kind == "number" and styles.is_date(style):
            return styles.variant(style, "General")
        return styles.variant(style, quoted=True) if quoted else style

    def head(index: int, place: int, kind: Kind, quoted: bool) -> int:
        style = there.get((index, place), below.get(place, 0) if index >= heading_row else 0)
        return suited(style, kind, quoted)

    def data(place: int, kind: Kind, quoted: bool) -> int:
        return suited(below.get(place, 0), kind, quoted)

    return CellStyles(top, head, data)


class _Lines(dict[object, int]):
    """How many lines a value takes in a column of a given width in characters."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self._room = max(1.0, width * 1.1)  # a column counts digits, and letters are narrower

    def __missing__(self, value: object) -> int:
        lines = 1
        if isinstance(value, str):
            lines = sum(max(1, ceil(_wide(line) / self._room)) for line in value.split("\n"))
        self[value] = lines
        return lines


def _wide(text: str) -> float:
    """Width in characters; a Chinese one takes the room of two."""
    return len(text) if text.isascii() else sum(2.2 if sign > "\u2e7f" else 1 for sign in text)


def row_heights(
    rows: Rows, layout: SheetLayout, line_height: float, widths: Mapping[int, float]
) -> dict[int, str]:
    """
    Heights for rows whose text takes several lines, and for a title.

    LibreOffice does not fit the rows of a workbook that Excel saved, so they are estimated here; they are not
    marked as chosen by hand, so both programs fit them anew when a cell is edited.

    Args:
        line_height: Of one line, in points.
        widths: Of columns (from 0) in characters, where not as the layout says.
    """
    tall: dict[int, float] = {}
    for index, look in enumerate(layout.title_looks[: max(0, layout.heading_row - 1)]):
        if look == "title" and index < len(rows):
            tall[index + 1] = 1.5 * line_height
    heads = rows[layout.heading_row - 1] if 0 < layout.heading_row <= len(rows) else ()
    body = rows[layout.heading_row :]
    most = [1] * len(body)
    for place, column in enumerate(layout.columns):
        lines = _Lines(widths.get(place, column.width))
        if place < len(heads) and lines[heads[place]] > 1:
            tall[layout.heading_row] = max(tall.get(layout.heading_row, 0), lines[heads[place]] * line_height)
        if column.look in ("wrapped", "input") or (column.look == "text" and 0 <= layout.input_from <= place):
            needed = [lines[row[place]] if place < len(row) else 1 for row in body]
            most = list(map(max, most, needed))
    tall |= {number: count * line_height for number, count in enumerate(most, layout.heading_row + 1) if count > 1}
    return {number: f' ht="{min(height, MOST_HEIGHT):g}"' for number, height in tall.items()}


# --- the parts of a sheet around its cells ------------------------------------------------------------------


@dataclass(frozen=True)
class SheetParts:
    """The elements that a layout asks for, by name; "" or absent where it asks for none.

    Args:
        heading_row: From 1; 0 for a sheet without headings.
        last_row: Last row of the table; at least the one below the headings.
    """

    layout: SheetLayout
    width: int
    heading_row: int
    last_row: int

    @classmethod
    def of(cls, rows: Rows, layout: SheetLayout) -> SheetParts:
        """For these rows; the table is as wide as the layout or the heading row says."""
        heading_row = layout.heading_row
        width = max([len(layout.columns), *(len(row) for row in rows[: heading_row + 1])])
        return cls(layout, width, heading_row, max(len(rows), heading_row + 1))

    @property
    def last_column(self) -> str:
        """Letters of the last column."""
        return letters(max(0, self.width - 1))

    @property
    def filter_place(self) -> str:
        """Where the filter buttons and the table below them lie, "" without filter."""
        if not (self.layout.filter and self.heading_row):
            return ""
        return f"A{self.heading_row}:{self.last_column}{self.last_row}"

    def rows_of(self, place: int) -> str:
        """The data rows of a column."""
        return f"{letters(place)}{self.heading_row + 1}:{letters(place)}{self.last_row}"

    def chosen(self) -> dict[int, str]:
        """Formula of the drop-down by column."""
        found = {}
        for place, column in enumerate(self.layout.columns):
            joined = ",".join(column.choices)
            fits = len(joined) <= LONGEST_CHOICES and not any("," in choice for choice in column.choices)
            if column.choices and fits:
                found[place] = '"' + joined.replace('"', '""') + '"'
            elif column.formula_choices:
                found[place] = column.formula_choices.removeprefix("=")
        return found

    def validations(self, prefix: str) -> list[str]:
        """One `dataValidation` per column with choices."""
        return [
            f'<{prefix}dataValidation type="list" errorStyle="warning" allowBlank="1" showInputMessage="1" '
            f'showErrorMessage="1" sqref="{self.rows_of(place)}"><{prefix}formula1>{escaped(formula)}'
            f"</{prefix}formula1></{prefix}dataValidation>"
            for place, formula in self.chosen().items()
        ]

    def row_colours(self, prefix: str, styles: Styles, after: int) -> str:
        """The conditional formats, their priorities counting on from *after*."""
        if not self.layout.row_colours:
            return ""
        rules = "".join(
            f'<{prefix}cfRule type="expression" dxfId="{styles.mood(colour.mood)}" priority="{after + count}">'
            f"<{prefix}formula>{escaped(colour.formula.removeprefix('='))}</{prefix}formula></{prefix}cfRule>"
            for count, colour in enumerate(self.layout.row_colours, 1)
        )
        place = f"A{self.heading_row + 1}:{self.last_column}{self.last_row}"
        return f'<{prefix}conditionalFormatting sqref="{place}">{rules}</{prefix}conditionalFormatting>'

    def links(self, rows: Rows, sheets: Collection[str], prefix: str) -> list[str]:
        """Links within the workbook, for cells of a `link` column that name a cell such as `Customers!D14`."""
        known = {sheet.casefold() for sheet in sheets}
        found = []
        for place, column in enumerate(self.layout.columns):
            if column.look != "link":
                continue
            start, locations = f'<{prefix}hyperlink ref="{letters(place)}', _Locations(known)
            for number, row in enumerate(rows[self.heading_row :], self.heading_row + 1):
                location = locations[row[place]] if place < len(row) and isinstance(row[place], str) else ""
                if location:
                    found.append(f"{start}{number}{location}")
        return found[:MOST_LINKS]

    def page(self, prefix: str) -> dict[str, str]:
        """What is set once, when the sheet is made: view, widths, print."""
        p, layout = prefix, self.layout
        colour = layout.tab_colour.lstrip("#").upper()
        tab = f'<{p}tabColor rgb="{colour if len(colour) == 8 else "FF" + colour}"/>' if colour else ""
        footer = layout.footer or "&P / &N"
        footer = footer if footer.startswith(("&L", "&C", "&R")) else "&C" + footer
        elements = {
            "sheetPr": f'<{p}sheetPr>{tab}<{p}pageSetUpPr fitToPage="1"/></{p}sheetPr>',
            "sheetViews": self._views(p),
            "sheetFormatPr": f'<{p}sheetFormatPr defaultRowHeight="15"/>',
            "cols": self.widths(p, 0),
            "pageMargins": f'<{p}pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" header="0.3" footer="0.3"/>',
            "pageSetup": f'<{p}pageSetup paperSize="9" fitToHeight="0" '
            f'orientation="{"landscape" if layout.landscape else "portrait"}"/>',
            "headerFooter": f"<{p}headerFooter><{p}oddFooter>{escaped(footer[:255])}</{p}oddFooter></{p}headerFooter>",
        }
        if self.filter_place:
            elements["autoFilter"] = f'<{p}autoFilter ref="{self.filter_place}"/>'
        if self.width:
            place = f"A{self.heading_row + 1}:{self.last_column}{self.last_row}"
            # Phone numbers and plates are text on purpose; without this Excel puts a green corner on each.
            elements["ignoredErrors"] = (
                f'<{p}ignoredErrors><{p}ignoredError sqref="{place}" numberStoredAsText="1"/></{p}ignoredErrors>'
            )
        return {name: text for name, text in elements.items() if text}

    def widths(self, prefix: str, covered: int) -> str:
        """`cols` for the columns of the layout from place *covered* on; "" when there are none."""
        columns = "".join(
            f'<{prefix}col min="{place}" max="{place}" width="{column.width + PADDING:.8g}" customWidth="1"/>'
            for place, column in enumerate(self.layout.columns, 1)
            if place > covered
        )
        return f"<{prefix}cols>{columns}</{prefix}cols>" if columns and not covered else columns

    def _views(self, p: str) -> str:
        rows, columns = self.heading_row, self.layout.frozen_columns
        first = f"{letters(columns)}{rows + 1}"
        split = f' xSplit="{columns}"' * bool(columns) + f' ySplit="{rows}"' * bool(rows)
        corner = {(True, True): "bottomRight", (False, True): "bottomLeft", (True, False): "topRight"}
        pane = corner.get((bool(columns), bool(rows)), "")
        frozen = f'<{p}pane{split} topLeftCell="{first}" activePane="{pane}" state="frozen"/>' if pane else ""
        others = ("topRight", "bottomLeft") if pane == "bottomRight" else ()
        selections = "".join(f'<{p}selection pane="{other}"/>' for other in others)
        if pane:
            selections += f'<{p}selection pane="{pane}" activeCell="{first}" sqref="{first}"/>'
        inside = frozen + selections
        # The lines of the grid only disturb where every cell has a border.
        view = f'<{p}sheetView showGridLines="0" workbookViewId="0"'
        return f"<{p}sheetViews>{view}{f'>{inside}</{p}sheetView>' if inside else '/>'}</{p}sheetViews>"


_LINK = re.compile(r"#?('(?:[^']|'')+'|[^'!]+)!(\$?[A-Z]{1,3}\$?[0-9]{1,7})")


class _Locations(dict[object, str]):
    """What follows the address of a link, by the text of its cell; "" for a text that leads nowhere."""

    def __init__(self, known: Collection[str]) -> None:
        super().__init__()
        self._known = known

    def __missing__(self, text: object) -> str:
        found = _LINK.fullmatch(str(text))
        location = ""
        if found:
            sheet = found[1][1:-1].replace("''", "'") if found[1].startswith("'") else found[1]
            if sheet.casefold() in self._known:
                target = escaped(f"{quoted_sheet(sheet)}!{found[2]}", quote=True)
                location = f'" location="{target}"/>'
        self[text] = location
        return location


def quoted_sheet(name: str) -> str:
    """A sheet's name as it stands in a formula, always in quotes."""
    return "'" + name.replace("'", "''") + "'"


def _check_size(rows: Rows, width: int) -> None:
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise BookRefused(f"{len(rows):,} rows of {width:,} columns do not fit on one sheet.")


def new_sheet(
    rows: Rows, layout: SheetLayout | None, styles: Styles, *, date1904: bool, sheets: Collection[str]
) -> bytes:
    """
    The part of a sheet that the workbook did not have.

    Args:
        rows: Row 1 first.
        layout: None writes values only, dates as dates.
        sheets: Names of the workbook's sheets, for links.

    Raises:
        BookRefused: More rows or columns than a sheet has.
        WrongRequest: A value is of a type no cell can hold.
    """
    width = max((len(row) for row in rows), default=0)
    elements: dict[str, str] = {}
    heights: dict[int, str] = {}
    look = CellStyles(0, lambda *_: 0, lambda _, kind, quoted: _plain_style(styles, kind, quoted))
    if layout:
        parts = SheetParts.of(rows, layout)
        width = max(width, parts.width)
        look = layout_styles(layout, styles)
        heights = row_heights(rows, layout, styles.line_height, {})
        elements = parts.page("")
        elements["conditionalFormatting"] = parts.row_colours("", styles, 0)
        if validations := parts.validations(""):
            count = len(validations)
            elements["dataValidations"] = f'<dataValidations count="{count}">{"".join(validations)}</dataValidations>'
        if links := parts.links(rows, sheets, ""):
            elements["hyperlinks"] = f"<hyperlinks>{''.join(links)}</hyperlinks>"
    _check_size(rows, width)
    elements["dimension"] = f'<dimension ref="{_dimension(rows, width)}"/>'
    cells = sheet_data(rows, look, width=width, date1904=date1904, row_marks=heights)
    start = f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONSHIPS}">'.encode()
    pieces = [DECLARATION, start]
    for name in ELEMENT_ORDER:
        pieces.append(cells if name == "sheetData" else elements.get(name, "").encode())
    return b"".join([*pieces, b"</worksheet>"])


def _plain_style(styles: Styles, kind: Kind, quoted: bool) -> int:
    formats = {"date": DATE_FORMAT, "datetime": DATETIME_FORMAT, "time": TIME_FORMAT}
    return styles.cell(None, formats.get(kind, ""), quoted=quoted) if quoted or kind in formats else 0


def _dimension(rows: Rows, width: int) -> str:
    return f"A1:{letters(width - 1)}{len(rows)}" if rows and width else "A1"


# --- an existing sheet --------------------------------------------------------------------------------------


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
    """
    An existing sheet with other cells, everything else of it kept or following.

    Args:
        old: The part, inflated.
        tables: Places of the tables on it, as `A3:Q43`.
        part: Its name, for messages.
        book: File name, for messages.
        rows: As for `new_sheet`, like *layout*, *styles*, *date1904* and *sheets*.

    Raises:
        BookRefused: The part is not one that can be kept whole.
        WrongRequest: A value is of a type no cell can hold.
    """
    skeleton, cells = _without_cells(old, part, book)
    xml = XmlPart(skeleton, part=part, book=book)
    root = xml.root
    if root.name != "worksheet" or root.namespace != MAIN:
        raise BookRefused(f"{book} cannot be kept whole: {part} is not a sheet as Excel saves it.")
    p = root.prefix
    named = {element.name: element for element in root.children if element.namespace == root.namespace}
    filter_place = named["autoFilter"].attributes.get("ref", "") if "autoFilter" in named else ""
    heading_row = layout.heading_row if layout else _heading_row(filter_place, tables, named.get("sheetViews"))
    last_old = _last_row(cells)
    ends = {_bottom(place) for place in (filter_place, *tables) if place} | {max(last_old, heading_row + 1)}
    following = Following(heading_row, frozenset(ends), max(len(rows), heading_row + 1))

    width = max((len(row) for row in rows), default=0)
    parts = None
    if layout:
        parts = SheetParts.of(rows, layout)
        width = max(width, parts.width)
        look = layout_styles(layout, styles)
    else:
        look = kept_styles(cells, styles, heading_row)
    _check_size(rows, width)
    marks = _row_marks(cells, heading_row)
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
        covered = max((int(c.attributes.get("max", "0")) for c in named["cols"].children), default=0)
        if missing := parts.widths(p, max(covered, 1)):
            xml.append(named["cols"], missing.encode())
    if "dimension" in named:
        xml.set_attribute(named["dimension"], "ref", _dimension(rows, width))
    for name in sorted(added, key=ELEMENT_ORDER.index):
        _insert(xml, root, name, added[name].encode())
    xml.replace(named["sheetData"], new_cells)
    if "autoFilter" in named:
        filter_place = parts.filter_place if parts and parts.filter_place else following.moved(filter_place)
    elif "autoFilter" in added and parts:
        filter_place = parts.filter_place
    return Replaced(xml.result(), following, filter_place, added_page, b"<f" in cells or b":f" in cells)


def _without_cells(old: bytes, part: str, book: str) -> tuple[bytes, bytes]:
    """The sheet with an empty `sheetData`, and what stood in it: the many cells need not be parsed."""
    start = re.search(rb"<((?:[\w.-]+:)?)sheetData\b[^>]*>", old)
    if not start:
        raise BookRefused(f"{book} cannot be kept whole: {part} has no cells, so it is not a sheet as Excel saves it.")
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
            first, last = int(column.attributes["min"]) - 1, int(column.attributes["max"])
            found |= dict.fromkeys(range(first, min(last, first + 200)), round(width, 3))
    return found


def _row_marks(cells: bytes, heading_row: int) -> dict[int, str]:
    """Heights that somebody chose for the rows down to the headings, where the buttons stand."""
    marks = {}
    number = 0
    for found in _OLD_ROW.finditer(cells):
        place = _ROW_NUMBER.search(found[1])
        number = int(place[1]) if place else number + 1
        if number > heading_row:
            break
        height = re.search(rb'\sht="([0-9.]+)"', found[1])
        if height and re.search(rb'\scustomHeight="(1|true)"', found[1]):
            marks[number] = f' ht="{height[1].decode()}" customHeight="1"'
    return marks


def _corners(place: str) -> tuple[int, int, int, int] | None:
    """First column, first row, last column, last row; columns from 0, rows from 1."""
    found = _RANGE.fullmatch(place.strip())
    if not found:
        return None
    _, column, _, row, _, last_column, _, last_row = found.groups()
    first = column_number(column)
    return first, int(row), column_number(last_column) if last_column else first, int(last_row or row)


def _bottom(place: str) -> int:
    corners = _corners(place)
    return corners[3] if corners else 0


def _heading_row(filter_place: str, tables: Sequence[str], views: Element | None) -> int:
    for place in (filter_place, *tables):
        if corners := _corners(place):
            return corners[1]
    for view in views.children if views else ():
        pane = view.child("pane")
        split = pane.attributes.get("ySplit", "") if pane and pane.attributes.get("state", "") != "split" else ""
        if split.isdigit():
            return int(split)
    return 1


def _follow(
    xml: XmlPart, root: Element, following: Following, parts: SheetParts | None, styles: Styles
) -> None:
    """Whatever speaks of rows speaks of the new ones; `_renew_rules` looks after what the layout says itself."""
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
        elif name == "conditionalFormatting" and not (
            parts and _is_row_colour(xml, element, parts, moods)
        ):
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
    corners = [_corners(place) for place in places.split()]
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
        return _bottom(child.attributes.get("ref", "")) >= max(1, following.heading_row)

    gone = [child for child in element.children if hides(child)]
    if gone and len(gone) == len(element.children):
        xml.replace(element, b"")
        return
    for child in gone:
        xml.replace(child, b"")
    if gone and "count" in element.attributes:
        xml.set_attribute(element, "count", str(len(element.children) - len(gone)))


def _follow_extensions(xml: XmlPart, lists: Element, following: Following, ours: Collection[int]) -> None:
    """Excel keeps newer rules, and drop-downs that look at another sheet, in an extension: the same goes there."""
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
        return _only_in(child.attributes.get("ref", ""), links) and _bottom(child.attributes["ref"]) > parts.heading_row

    def chosen_here(child: Element) -> bool:
        return _only_in(child.attributes.get("sqref", ""), chosen)

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
