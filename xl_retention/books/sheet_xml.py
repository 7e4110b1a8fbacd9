"""The XML of a new sheet of ours: rows of cells, and around them what its layout asks for."""

from __future__ import annotations

import re
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from itertools import chain
from math import ceil

import numpy as np

from xl_retention.books.cell_xml import CellStyles, Kind, Rows, letters, sheet_data
from xl_retention.books.layout import ColumnLayout, Look, SheetLayout
from xl_retention.books.limits import MOST_COLUMNS, MOST_ROWS
from xl_retention.books.long_list import columns_below, width_of
from xl_retention.books.styles import DATE_FORMAT, DATETIME_FORMAT, TIME_FORMAT, Styles
from xl_retention.books.xml_edits import DECLARATION, MAIN, OFFICE_RELATIONSHIPS, escaped
from xl_retention.errors import BookRefused

LONGEST_CHOICES = 255
MOST_LINKS = 65_530
MOST_HEIGHT = 409.5
"""Points."""
PADDING = 0.7109375
"""What a column is wider than its characters: five pixels, in the unit of the file."""

ELEMENT_ORDER = tuple(
    (  # noqa: SIM905
        "sheetPr dimension sheetViews sheetFormatPr cols sheetData sheetCalcPr sheetProtection "
        "protectedRanges scenarios autoFilter sortState dataConsolidate customSheetViews mergeCells "
        "phoneticPr conditionalFormatting dataValidations hyperlinks printOptions pageMargins pageSetup "
        "headerFooter rowBreaks colBreaks customProperties cellWatches ignoredErrors smartTags drawing "
        "legacyDrawing legacyDrawingHF drawingHF picture oleObjects controls webPublishItems "
        "tableParts extLst"
    ).split()
)
"""Order of the parts of a worksheet in its schema; Excel calls a file damaged that has another."""


_AS_INPUT: dict[Look, Look] = {"text": "input", "wrapped": "input", "date": "input_date"}
_DATE_LOOKS = ("date", "datetime", "input_date")


def layout_styles(layout: SheetLayout, styles: Styles, *, over_columns: bool = False) -> CellStyles:
    """Cell styles as a layout asks for; a value that its look cannot show gets a number format that can.

    Args:
        over_columns: Whether the columns have looks of their own, which a blank cell of a title row must not show.
    """
    blank_title = styles.blank_title if over_columns else 0

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
        look = column(place).look
        return (0 <= layout.input_from <= place and look != "code") or look in ("input", "input_date")

    def head(index: int, place: int, kind: Kind, quoted: bool) -> int:
        if (index, place) in layout.looks:
            look = layout.looks[index, place]
            return blank_title if look is None and kind == "blank" else of(look, kind, quoted)
        if index >= layout.heading_row:
            return data(place, kind, quoted)
        if index + 1 == layout.heading_row:
            return of("input_heading" if is_input(place) else "heading", kind, quoted)
        look = layout.title_looks[index] if index < len(layout.title_looks) else None
        return blank_title if kind == "blank" else of(look, kind, quoted)

    def data(place: int, kind: Kind, quoted: bool) -> int:
        look = column(place).look
        return of(_AS_INPUT.get(look, look) if is_input(place) else look, kind, quoted)

    last = max((row + 1 for row, _ in layout.looks), default=0)
    return CellStyles(max(layout.heading_row, last), head, data)


_WRAPPING: tuple[Look, ...] = ("wrapped", "input")
"""Looks of cells whose text breaks into lines."""
TITLE_LINES: dict[Look, float] = {"title": 1.5, "note": 1.3}
"""Heights of the rows above the headings, in lines."""
NARROW = 20
"""Characters of a column in which the height of a row is estimated word by word."""
ROW_HEIGHT = 15.0
"""Points of a row with one line in the font of a new workbook."""
CHINESE_LINE = 1.15
"""Fonts with Chinese signs are so much taller than the others."""


def row_height(headings: Iterable[object]) -> float:
    """Points of a row with one line in a sheet with these headings: 15, more where they are Chinese."""
    chinese = any(isinstance(text, str) and any(sign > "\u2e7f" for sign in text) for text in headings)
    return ROW_HEIGHT * CHINESE_LINE if chinese else ROW_HEIGHT


class _Lines(dict[object, float]):
    """How many lines a value takes in a column of a given width in characters."""

    def __init__(self, width: float) -> None:
        super().__init__()
        self._room = max(1.0, width)  # words break early, so no more than the width in digits is counted on

    def __missing__(self, value: object) -> float:
        lines: float = 1
        if isinstance(value, str):
            lines = sum(self._of_line(line) for line in value.split("\n"))
            if lines > 1 and not value.isascii():
                lines *= CHINESE_LINE
        self[value] = lines
        return lines

    def _of_line(self, line: str) -> int:
        """In a narrow column words decide, in a wide one they make little difference."""
        wide = _wide(line)
        if wide <= self._room or self._room > NARROW or not line.isascii():
            return max(1, ceil(wide / self._room))
        lines, left = 0, -1.0
        for word in line.split():
            if len(word) > left:
                lines += ceil(len(word) / self._room)
                left = self._room
            left -= len(word) + 1
        return lines


def _wide(text: str) -> float:
    """Width in characters; a Chinese one takes the room of two."""
    return len(text) if text.isascii() else sum(2.2 if sign > "\u2e7f" else 1 for sign in text)


def row_heights(
    rows: Rows, layout: SheetLayout, line_height: float, widths: Mapping[int, float]
) -> dict[int, str]:
    """Heights for rows whose text takes several lines, and for a title.

    LibreOffice does not fit the rows of a workbook that Excel saved, so they are estimated here; they are not
    marked as chosen by hand, so both programs fit them anew when a cell is edited.

    Args:
        rows: Row 1 first.
        layout: Which columns wrap, and where the headings are.
        line_height: Of one line, in points.
        widths: Of columns (from 0) in characters, where not as the layout says.
    """
    tall: dict[int, float] = {}
    for index, look in enumerate(layout.title_looks[: max(0, layout.heading_row - 1)]):
        if index < len(rows) and look in TITLE_LINES:
            tall[index + 1] = TITLE_LINES[look] * line_height
    for (index, place), own_look in layout.looks.items():
        if own_look is None or index >= min(len(rows), layout.heading_row - 1):
            continue
        taken = TITLE_LINES.get(own_look, 1)
        if own_look in _WRAPPING and place < min(len(rows[index]), len(layout.columns)):
            taken = _Lines(widths.get(place, layout.columns[place].width))[rows[index][place]]
        if taken > 1:
            tall[index + 1] = max(tall.get(index + 1, 0), taken * line_height)
    heads = rows[layout.heading_row - 1] if 0 < layout.heading_row <= len(rows) else ()
    most = np.ones(max(0, len(rows) - layout.heading_row))
    columns = columns_below(rows, layout.heading_row)
    for place, column in enumerate(layout.columns):
        lines = _Lines(widths.get(place, column.width))
        if place < len(heads) and lines[heads[place]] > 1:
            tall[layout.heading_row] = max(tall.get(layout.heading_row, 0), lines[heads[place]] * line_height)
        wraps = column.look in _WRAPPING or (column.look == "text" and 0 <= layout.input_from <= place)
        # Most columns hold few different texts, and often none that is too long.
        if wraps and place < len(columns) and any(lines[cell] > 1 for cell in set(columns[place])):
            np.maximum(most, np.fromiter(map(lines.__getitem__, columns[place]), float, len(most)), out=most)
    below = np.flatnonzero(most > 1)
    tall |= zip((below + layout.heading_row + 1).tolist(), (most[below] * line_height).tolist(), strict=True)
    marks = {height: f' ht="{min(height, MOST_HEIGHT):g}"' for height in set(tall.values())}
    return {number: marks[height] for number, height in tall.items()}


@dataclass(frozen=True)
class SheetParts:
    """The elements that a layout asks for, by name; "" or absent where it asks for none.

    Args:
        heading_row: From 1; 0 for a sheet without headings.
        last_row: Last row of the table; at least the one below the headings.
        row_height: Of a row with one line, in points.
    """

    layout: SheetLayout
    width: int
    heading_row: int
    last_row: int
    row_height: float

    @classmethod
    def of(cls, rows: Rows, layout: SheetLayout) -> SheetParts:
        """For these rows; the table is as wide as the layout or the heading row says."""
        heading_row = layout.heading_row
        width = max([len(layout.columns), *(len(row) for row in rows[: heading_row + 1])])
        headings = rows[heading_row - 1] if 0 < heading_row <= len(rows) else ()
        return cls(layout, width, heading_row, max(len(rows), heading_row + 1), row_height(headings))

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

    def cells_chosen(self) -> dict[str, str]:
        """Formula of the drop-down of single cells, such as `B4`."""
        return {
            f"{letters(place)}{row + 1}": formula.removeprefix("=")
            for (row, place), formula in self.layout.drop_downs.items()
        }

    def validations(self, prefix: str) -> list[str]:
        """One `dataValidation` per column or cell with choices; none of those that differ by row is insisted on."""
        offered = {self.rows_of(place): formula for place, formula in self.chosen().items()} | self.cells_chosen()
        return [
            f'<{prefix}dataValidation type="list" errorStyle="warning" allowBlank="1" showInputMessage="1" '
            f'showErrorMessage="{int(warns(formula))}" sqref="{place}">'
            f"<{prefix}formula1>{escaped(formula)}</{prefix}formula1></{prefix}dataValidation>"
            for place, formula in offered.items()
        ]

    def row_colours(self, prefix: str, styles: Styles, after: int) -> str:
        """The conditional formats, their priorities counting on from *after*."""
        if not self.layout.row_colours:
            return ""
        rules = "".join(
            f'<{prefix}cfRule type="expression" dxfId="{styles.mood(colour.mood)}" '
            f'priority="{after + count}">'
            f"<{prefix}formula>{escaped(colour.formula.removeprefix('='))}</{prefix}formula></{prefix}cfRule>"
            for count, colour in enumerate(self.layout.row_colours, 1)
        )
        first = self.heading_row + 1
        columns = [letters(column) for column in self.layout.coloured]
        place = " ".join(f"{column}{first}:{column}{self.last_row}" for column in columns)
        place = place or f"A{first}:{self.last_column}{self.last_row}"
        return f'<{prefix}conditionalFormatting sqref="{place}">{rules}</{prefix}conditionalFormatting>'

    def links(self, rows: Rows, sheets: Collection[str], prefix: str) -> list[str]:
        """Links within the workbook, for cells of a `link` column that name one such as `Customers!D14`."""
        known = {sheet.casefold() for sheet in sheets}
        found = []
        linked = [place for place, column in enumerate(self.layout.columns) if column.look == "link"]
        columns = columns_below(rows, self.heading_row) if linked else []
        for place in linked:
            start, locations = f'<{prefix}hyperlink ref="{letters(place)}', _Locations(known)
            for number, cell in enumerate(chain.from_iterable(columns[place : place + 1]), self.heading_row + 1):
                if isinstance(cell, str) and (location := locations[cell]):
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
            "sheetFormatPr": f'<{p}sheetFormatPr defaultRowHeight="{self.row_height:g}"/>',
            "cols": self.widths(p, 0),
            "pageMargins": f'<{p}pageMargins left="0.4" right="0.4" top="0.5" bottom="0.6" '
            'header="0.3" footer="0.3"/>',
            "pageSetup": f'<{p}pageSetup paperSize="9" fitToHeight="0" '
            f'orientation="{"landscape" if layout.landscape else "portrait"}"/>',
            "headerFooter": f"<{p}headerFooter><{p}oddFooter>{escaped(footer[:255])}</{p}oddFooter>"
            f"</{p}headerFooter>",
        }
        if self.filter_place:
            elements["autoFilter"] = f'<{p}autoFilter ref="{self.filter_place}"/>'
        if self.width:
            place = f"A{self.heading_row + 1}:{self.last_column}{self.last_row}"
            # Phone numbers and plates are text on purpose; without this Excel puts a green corner on each.
            elements["ignoredErrors"] = (
                f'<{p}ignoredErrors><{p}ignoredError sqref="{place}" numberStoredAsText="1"/>'
                f"</{p}ignoredErrors>"
            )
        return {name: text for name, text in elements.items() if text}

    def widths(self, prefix: str, covered: int) -> str:
        """`cols` for the columns of the layout from place *covered* on; "" when there are none."""
        columns = "".join(
            f'<{prefix}col min="{place}" max="{place}" width="{column.width + PADDING:.10g}" '
            'customWidth="1"/>'
            for place, column in enumerate(self.layout.columns, 1)
            if place > covered
        )
        return f"<{prefix}cols>{columns}</{prefix}cols>" if columns and not covered else columns

    def _views(self, p: str) -> str:
        rows, columns = self.heading_row * self.layout.frozen_rows, self.layout.frozen_columns
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
        target = link_target(text, self._known)
        location = f'" location="{escaped(target, quote=True)}"/>' if target else ""
        self[text] = location
        return location


def link_target(text: object, known: Collection[str]) -> str:
    """The cell that a text such as `Customers!D14` leads to, "" where it leads nowhere.

    Args:
        known: Names of the workbook's sheets, case-folded.
    """
    found = _LINK.fullmatch(text) if isinstance(text, str) else None
    if not found:
        return ""
    sheet = found[1][1:-1].replace("''", "'") if found[1].startswith("'") else found[1]
    return f"{quoted_sheet(sheet)}!{found[2]}" if sheet.casefold() in known else ""


def quoted_sheet(name: str) -> str:
    """A sheet's name as it stands in a formula, always in quotes."""
    return "'" + name.replace("'", "''") + "'"


def check_size(rows: Rows, width: int) -> None:
    """Raises `BookRefused` for more rows or columns than a sheet has."""
    if len(rows) > MOST_ROWS or width > MOST_COLUMNS:
        raise BookRefused(f"{len(rows):,} rows of {width:,} columns do not fit on one sheet.")


def new_sheet(
    rows: Rows,
    layout: SheetLayout | None,
    styles: Styles,
    *,
    date1904: bool,
    sheets: Collection[str],
    drawing: str = "",
) -> list[bytes]:
    """The part of a sheet that the workbook did not have, in blocks: those of a long list take tens of megabytes.

    Args:
        rows: Row 1 first.
        layout: None writes values only, dates as dates.
        styles: The workbook's styles, to which looks are added.
        date1904: Whether days count from 1904.
        sheets: Names of the workbook's sheets, for links.
        drawing: Id of the relationship to the drawing with its charts, "" for none.

    Raises:
        BookRefused: More rows or columns than a sheet has.
        WrongRequest: A value is of a type no cell can hold.
    """
    width = width_of(rows)
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
            elements["dataValidations"] = (
                f'<dataValidations count="{count}">{"".join(validations)}</dataValidations>'
            )
        if links := parts.links(rows, sheets, ""):
            elements["hyperlinks"] = f"<hyperlinks>{''.join(links)}</hyperlinks>"
    if drawing:
        elements["drawing"] = f'<drawing r:id="{drawing}"/>'
    check_size(rows, width)
    elements["dimension"] = f'<dimension ref="{dimension(rows, width)}"/>'
    cells = sheet_data(rows, look, width=width, date1904=date1904, row_marks=heights)
    start = f'<worksheet xmlns="{MAIN}" xmlns:r="{OFFICE_RELATIONSHIPS}">'.encode()
    place = ELEMENT_ORDER.index("sheetData")
    before, after = ELEMENT_ORDER[:place], ELEMENT_ORDER[place + 1 :]
    return [
        DECLARATION + start + "".join(elements.get(name, "") for name in before).encode(),
        *cells,
        "".join(elements.get(name, "") for name in after).encode() + b"</worksheet>",
    ]


def _plain_style(styles: Styles, kind: Kind, quoted: bool) -> int:
    formats = {"date": DATE_FORMAT, "datetime": DATETIME_FORMAT, "time": TIME_FORMAT}
    return styles.cell(None, formats.get(kind, ""), quoted=quoted) if quoted or kind in formats else 0


def dimension(rows: Rows, width: int) -> str:
    """The used place of a sheet, as `A1:Q43`."""
    return f"A1:{letters(width - 1)}{len(rows)}" if rows and width else "A1"


def warns(choices: str) -> bool:
    """Whether the formula of a drop-down lists texts, so that another entry is accepted with a warning."""
    return choices.startswith('"')
