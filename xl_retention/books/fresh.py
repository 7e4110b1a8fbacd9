"""A new sheet of ours, drawn by XlsxWriter in the looks that a closed file gives it.

Formats, drop-downs and row colours reach down to the last row of the sheet, so that a live book has nothing to
do later but to write values. Text columns are formatted as text: what a clerk types stays as typed.
"""

from __future__ import annotations

import datetime as dt
import re
import zipfile
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import TYPE_CHECKING, BinaryIO

from xl_retention.books.cell_xml import letters
from xl_retention.books.charts import draw
from xl_retention.books.formulas import Formula
from xl_retention.books.layout import ColumnLayout, Look, Mood, SheetLayout
from xl_retention.books.limits import MOST_ROWS
from xl_retention.books.replacing import replace_file
from xl_retention.books.sheet_xml import ROW_HEIGHT, SheetParts, link_target, row_heights, warns
from xl_retention.books.styles import DATE_FORMAT, DATETIME_FORMAT, DRAWINGS, MOODS, TEXT_FORMAT, TIME_FORMAT
from xl_retention.errors import BookRefused

if TYPE_CHECKING:
    from xlsxwriter import Workbook
    from xlsxwriter.format import Format
    from xlsxwriter.worksheet import Worksheet

LAST_ROW = MOST_ROWS - 1
CREATED = dt.datetime(2026, 1, 1)
"""Creation date of every book made here: equal input gives equal bytes."""

_AS_TEXT: tuple[Look, ...] = ("text", "wrapped", "code", "link", "input", "section")
_AS_INPUT: Mapping[Look, Look] = {"text": "input", "wrapped": "input", "date": "input_date"}
_ATTRIBUTE = re.compile(r'(\w+)="([^"]*)"')
_ALIGNED = {
    # What the XML of an alignment is called in XlsxWriter.
    "horizontal": ("align", {}),
    "vertical": ("valign", {"center": "vcenter"}),
}


class Looks:
    """The formats of one new workbook, each made once."""

    def __init__(self, workbook: Workbook) -> None:
        self._workbook = workbook
        self._known: dict[tuple[tuple[str, object], ...], Format] = {}

    def cell(self, look: Look | None, number_format: str = "", **more: object) -> Format:
        """
        The format of a look, None for a plain cell.

        Args:
            number_format: Instead of the one of the look.
            more: Properties of XlsxWriter beside those of the look.
        """
        properties = {**_properties(look), **more}
        if number_format:
            properties["num_format"] = number_format
        return self._format(properties)

    def plain(self, number_format: str = "", **more: object) -> Format:
        """The format of a cell without looks but *more*, properties of XlsxWriter."""
        return self._format({**({"num_format": number_format} if number_format else {}), **more})

    def mood(self, name: Mood) -> Format:
        """The format of a row colour."""
        font, fill = MOODS[name]
        return self._format({**_font(font), "bg_color": _colour(fill)})

    def _format(self, properties: Mapping[str, object]) -> Format:
        key = tuple(sorted(properties.items()))
        if key not in self._known:
            self._known[key] = self._workbook.add_format(dict(properties))
        return self._known[key]


def _colour(argb: str) -> str:
    return f"#{argb[2:]}"


def _font(xml: str) -> dict[str, object]:
    found: dict[str, object] = {}
    for tag, name in (("b", "bold"), ("i", "italic"), ("u", "underline")):
        if f"<{tag}/>" in xml:
            found[name] = True
    if colour := re.search(r'<color rgb="(\w+)"', xml):
        found["font_color"] = _colour(colour[1])
    return found


def _properties(look: Look | None) -> dict[str, object]:
    """The properties of a look for XlsxWriter, out of what the style sheet of a closed file would hold."""
    if look is None:
        return {"valign": "top"}
    drawing = DRAWINGS[look]
    found = _font(drawing.font)
    if drawing.size:
        found["font_size"] = drawing.size
    if drawing.fill:
        found["bg_color"] = _colour(drawing.fill)
    if drawing.border:
        found |= {"border": 1, "border_color": _colour(drawing.border)}
    if drawing.number_format:
        found["num_format"] = drawing.number_format
    for name, value in _ATTRIBUTE.findall(drawing.align):
        if name in _ALIGNED:
            called, words = _ALIGNED[name]
            found[called] = words.get(value, value)
        elif name == "wrapText":
            found["text_wrap"] = True
        else:
            found[name] = int(value)
    return found


def single_sheet(path: str | Path, name: str, rows: Sequence[Sequence[object]], layout: SheetLayout) -> None:
    """Writes a workbook that holds this sheet alone: a template that a live book takes the sheet from."""
    import xlsxwriter

    with xlsxwriter.Workbook(path) as workbook:
        workbook.set_properties({"created": CREATED})
        add_sheet(workbook, name, rows, layout)


def workbook_of(
    path: Path, sheets: Sequence[tuple[str, Sequence[Sequence[object]], SheetLayout]]
) -> Path | None:
    """
    Writes a workbook of these sheets in place of *path*, at once or not at all.

    Args:
        sheets: Name, rows and layout of each.

    Returns:
        The backup of the file that was there; None where there was none.

    Raises:
        BookRefused: The file is open or cannot be written.
    """
    import xlsxwriter

    def write(file: BinaryIO) -> None:
        with xlsxwriter.Workbook(file, {"in_memory": True}) as workbook:
            workbook.set_properties({"created": CREATED})
            looks = Looks(workbook)
            for name, rows, layout in sheets:
                add_sheet(workbook, name, rows, layout, looks=looks)

    def check(file: BinaryIO) -> None:
        file.seek(0)
        with zipfile.ZipFile(file) as archive:
            if broken := archive.testzip():
                raise BookRefused(f"{path.name} could not be written whole: {broken} is damaged.")

    return replace_file(path, write, check)


def add_sheet(
    workbook: Workbook,
    name: str,
    rows: Sequence[Sequence[object]],
    layout: SheetLayout,
    *,
    looks: Looks | None = None,
) -> Worksheet:
    """
    Draws a sheet of ours.

    Args:
        rows: Row 1 first; text is written as text, never as a formula.
        looks: Formats that the workbook has already; None makes new ones.
    """
    looks = looks or Looks(workbook)
    sheet = workbook.add_worksheet(name)
    rows = [*rows, *([] for _ in range(layout.heading_row - len(rows)))]
    parts = SheetParts.of(rows, layout)
    set_row_height(sheet, parts.row_height)
    look: Look | None
    for place, column in enumerate(layout.columns):
        look, number_format = _column_look(layout, place, column)
        sheet.set_column(place, place, column.width, looks.cell(look, number_format))
    _write_head(sheet, looks, rows, layout, parts.width)
    for index, row in enumerate(rows[layout.heading_row :], layout.heading_row):
        for place, value in enumerate(row):
            look, number_format = _cell_look(layout, index, place)
            write(sheet, index, place, value, looks, look, number_format)
    for index, place in layout.looks:
        if index >= len(rows) or (place >= len(rows[index]) and index >= layout.heading_row):
            look, number_format = _cell_look(layout, index, place)
            write(sheet, index, place, None, looks, look, number_format)
    for chart in layout.charts:
        draw(workbook, sheet, chart)
    _write_links(workbook, sheet, looks, rows, layout)
    _set_heights(sheet, rows, layout)
    _validate(sheet, parts)
    _colour_rows(sheet, looks, parts)
    _set_page(sheet, parts)
    return sheet


def set_row_height(sheet: Worksheet, points: float) -> None:
    """
    How high rows are that nobody set.

    Not by XlsxWriter's `set_default_row`, which marks each row as set by hand, so that it never fits its text again.
    """
    height = round(sheet.default_row_height * points / ROW_HEIGHT, 2)  # in pixels, with older versions in points
    sheet.original_row_height = sheet.default_row_height = int(height) if height.is_integer() else height


def _column(layout: SheetLayout, place: int) -> ColumnLayout:
    return layout.columns[place] if place < len(layout.columns) else ColumnLayout()


def _is_input(layout: SheetLayout, place: int) -> bool:
    look = _column(layout, place).look
    return (0 <= layout.input_from <= place and look != "code") or look in ("input", "input_date")


def _cell_look(layout: SheetLayout, index: int, place: int) -> tuple[Look | None, str]:
    if (index, place) in layout.looks:
        look = layout.looks[index, place]
        return look, TEXT_FORMAT if look in _AS_TEXT else ""
    return _column_look(layout, place, _column(layout, place))


def _column_look(layout: SheetLayout, place: int, column: ColumnLayout) -> tuple[Look, str]:
    look = _AS_INPUT.get(column.look, column.look) if _is_input(layout, place) else column.look
    return look, TEXT_FORMAT if look in _AS_TEXT else ""


def _write_head(
    sheet: Worksheet, looks: Looks, rows: Sequence[Sequence[object]], layout: SheetLayout, width: int
) -> None:
    """The rows down to the headings; their blank cells are plain, or they would show the looks of the columns."""
    for index, row in enumerate(rows[: layout.heading_row]):
        is_heading = index + 1 == layout.heading_row
        for place in range(width):
            value = row[place] if place < len(row) else None
            look: Look | None = None
            if (index, place) in layout.looks:
                look = layout.looks[index, place]
            elif is_heading:
                look = "input_heading" if _is_input(layout, place) else "heading"
            elif (place == 0 or value is not None) and index < len(layout.title_looks):
                look = layout.title_looks[index]
            write(sheet, index, place, value, looks, look)


def write(
    sheet: Worksheet,
    row: int,
    place: int,
    value: object,
    looks: Looks,
    look: Look | None,
    number_format: str = "",
) -> None:
    """
    Writes one cell; a text that looks like a formula, a number or an address stays a text.

    Args:
        row: From 0, as *place*.
        number_format: Instead of the one of the look; a date or a clock gets one that shows it.
    """
    date_look = look in ("date", "datetime", "input_date")
    if isinstance(value, Formula):
        shown = "" if value.value is None else value.value
        sheet.write_formula(row, place, value.text, looks.cell(look, number_format), shown)
    elif value is None or value == "":
        sheet.write_blank(row, place, None, looks.cell(look, number_format))
    elif isinstance(value, str):
        sheet.write_string(row, place, value, looks.cell(look, number_format))
    elif isinstance(value, bool):
        sheet.write_boolean(row, place, value, looks.cell(look))
    elif isinstance(value, dt.time):
        sheet.write_datetime(row, place, value, looks.cell(look, TIME_FORMAT))
    elif isinstance(value, dt.date):
        has_clock = isinstance(value, dt.datetime) and value.time() != dt.time()
        shown = "" if date_look else DATETIME_FORMAT if has_clock else DATE_FORMAT
        sheet.write_datetime(row, place, value, looks.cell(look, shown))
    elif isinstance(value, (int, float)):
        sheet.write_number(row, place, value, looks.cell(look, "General" if date_look else ""))
    else:
        raise TypeError(f"{type(value).__name__} is nothing that a cell can hold")


def _write_links(
    workbook: Workbook, sheet: Worksheet, looks: Looks, rows: Sequence[Sequence[object]], layout: SheetLayout
) -> None:
    known = {each.get_name().casefold() for each in workbook.worksheets()}
    for place, column in enumerate(layout.columns):
        if column.look != "link":
            continue
        for index, row in enumerate(rows[layout.heading_row :], layout.heading_row):
            if place < len(row) and (target := link_target(row[place], known)):
                sheet.write_url(index, place, f"internal:{target}", looks.cell("link", TEXT_FORMAT), str(row[place]))


def _set_heights(sheet: Worksheet, rows: Sequence[Sequence[object]], layout: SheetLayout) -> None:
    """Rows that need several lines are so high; the others are left to the program."""
    widths = {place: column.width for place, column in enumerate(layout.columns)}
    for number, height in row_heights(rows, layout, ROW_HEIGHT, widths).items():
        sheet.set_row(number - 1, float(height.split('"')[1]))


def _validate(sheet: Worksheet, parts: SheetParts) -> None:
    for place, formula in parts.chosen().items():
        chosen_from = list(parts.layout.columns[place].choices) if formula.startswith('"') else f"={formula}"
        offer(sheet, parts.heading_row, place, chosen_from, insisting=warns(formula))
    for (row, place), formula in parts.layout.drop_downs.items():
        rule = {"validate": "list", "source": f"={formula.removeprefix('=')}", "show_error": False}
        sheet.data_validation(row, place, row, place, rule)


def offer(
    sheet: Worksheet, first_row: int, place: int, choices: Sequence[str] | str, *, insisting: bool = True
) -> None:
    """
    A drop-down from *first_row* (from 0) to the last row of the sheet.

    Args:
        choices: Texts, or a formula that names a range.
        insisting: Whether other entries are accepted with a warning, or as they are.
    """
    source = choices if isinstance(choices, str) else list(choices)
    rule = {"validate": "list", "source": source, "error_type": "warning", "show_error": insisting}
    sheet.data_validation(first_row, place, LAST_ROW, place, rule)


def _colour_rows(sheet: Worksheet, looks: Looks, parts: SheetParts) -> None:
    layout, first = parts.layout, parts.heading_row
    places = layout.coloured or tuple(range(parts.width))
    runs = " ".join(f"{letters(place)}{first + 1}:{letters(place)}{LAST_ROW + 1}" for place in places)
    for colour in layout.row_colours:
        sheet.conditional_format(
            first,
            places[0],
            LAST_ROW,
            places[0],
            {
                "type": "formula",
                "criteria": "=" + colour.formula.removeprefix("="),
                "format": looks.mood(colour.mood),
                "multi_range": runs,
            },
        )


def _set_page(sheet: Worksheet, parts: SheetParts) -> None:
    """View and print as `SheetParts.page` sets them in a closed file.

    A print area holds whole columns: one that ended with the rows of today would cut off those of tomorrow.
    """
    layout, first = parts.layout, parts.heading_row
    sheet.hide_gridlines(2)
    if layout.tab_colour:
        sheet.set_tab_color(f"#{layout.tab_colour[-6:]}")
    if first * layout.frozen_rows or layout.frozen_columns:
        sheet.freeze_panes(first * layout.frozen_rows, layout.frozen_columns)
    if layout.filter and first:
        sheet.autofilter(first - 1, 0, parts.last_row - 1, parts.width - 1)
    if first:
        sheet.repeat_rows(first - 1)
    if layout.printed_columns:  # whole columns: a live book adds rows without telling
        sheet.print_area(0, 0, LAST_ROW, layout.printed_columns - 1)
    print_on_a4(sheet, landscape=layout.landscape, footer=layout.footer)
    if parts.width:
        sheet.ignore_errors({"number_stored_as_text": f"A{first + 1}:{parts.last_column}{LAST_ROW + 1}"})


def print_on_a4(sheet: Worksheet, *, landscape: bool, footer: str, one_page_wide: bool = True) -> None:
    """Paper, margins and footer of our sheets."""
    if one_page_wide:
        sheet.fit_to_pages(1, 0)
    sheet.set_paper(9)
    sheet.set_margins(left=0.4, right=0.4, top=0.5, bottom=0.6)
    if landscape:
        sheet.set_landscape()
    footer = footer or "&P / &N"
    sheet.set_footer(footer if footer.startswith(("&L", "&C", "&R")) else "&C" + footer)
