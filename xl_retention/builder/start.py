"""Draws the sheet Start, and the buttons on it and on the sheets they belong to."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xl_retention.books.fresh import Looks, print_on_a4, write
from xl_retention.sheets import start_sheet
from xl_retention.sheets.push_buttons import BUTTONS, PushButton
from xl_retention.sheets.start_sheet import RowKind
from xl_retention.sheets.wording import say

HEIGHTS: dict[RowKind, float] = {"title": 26.0, "buttons": 24.0}
LINE = 18.0
"""Points; Chinese signs need more than the usual row."""
ON_START = {"width": 170, "height": 26, "x_offset": 5, "y_offset": 3}
ON_SHEET = {"width": 190, "height": 24, "x_offset": 10, "y_offset": 3}
"""Pixels; low enough for the row of the title."""
GAP = 10
FIRST_COLUMN = {"calls_sheet": 6, "checks_sheet": 3, "complaints_sheet": 5}
"""Column (from 0) above which the buttons of a sheet begin: to the right of its title."""


def add_start_sheet(workbook: Workbook, looks: Looks, language: str, *, examples: bool) -> Worksheet:
    """
    Draws the sheet before the first run.

    Args:
        examples: Whether the workbook has example rows.
    """
    sheet = workbook.add_worksheet(say("start_sheet", language))
    layout = start_sheet.layout(language)
    rows = start_sheet.lay_out(start_sheet.Status(examples=examples), language)
    for place, width in enumerate(start_sheet.WIDTHS):
        sheet.set_column(place, place, width)
    for index, (kind, row) in enumerate(zip(start_sheet.row_kinds(language), rows, strict=True)):
        sheet.set_row(index, HEIGHTS.get(kind, LINE))
        _write_row(sheet, looks, index, kind, row)
    for (index, place), look in start_sheet.value_looks().items():
        sheet.write_blank(index, place, None, looks.cell(look, align="left", valign="vcenter"))
    for index, place, button in start_sheet.button_places():
        _insert(sheet, index, place, button, language, ON_START)
    for colour in layout.row_colours:
        criteria = {"type": "formula", "criteria": f"={colour.formula}", "format": looks.mood(colour.mood)}
        sheet.conditional_format(0, min(layout.coloured), len(rows) - 1, max(layout.coloured), criteria)
    sheet.set_tab_color(f"#{layout.tab_colour}")
    sheet.hide_gridlines(2)
    print_on_a4(sheet, landscape=True, footer=layout.footer)
    return sheet


def _write_row(sheet: Worksheet, looks: Looks, index: int, kind: RowKind, row: list[object]) -> None:
    """The words of a row; a heading is a bar across the sheet."""
    if kind in ("title", "note", "heading"):
        across = len(start_sheet.WIDTHS) if kind == "heading" else len(row)
        for place in range(across):
            write(sheet, index, place, row[place] if place < len(row) else None, looks, kind)
        return
    for place, value in enumerate(row):
        if isinstance(value, str):
            sheet.write_string(index, place, value, _of_words(looks, kind, place))


def _of_words(looks: Looks, kind: RowKind, place: int) -> Format:
    """Words without a frame, so that they run on to the right; the other language is set back, names stand out."""
    if kind == "other_words":
        return looks.cell("note", valign="vcenter")
    name = kind == "words" and place == 0
    return looks.cell(None, valign="vcenter", bold=True) if name else looks.cell(None, valign="vcenter")


def add_buttons(sheet: Worksheet, key: str, language: str) -> None:
    """Puts the buttons of a sheet into the row of its title."""
    for number, button in enumerate(button for button in BUTTONS if key in button.sheets):
        offset = ON_SHEET["x_offset"] + number * (ON_SHEET["width"] + GAP)
        _insert(sheet, 0, FIRST_COLUMN.get(key, 3), button, language, {**ON_SHEET, "x_offset": offset})


def _insert(
    sheet: Worksheet, row: int, place: int, button: PushButton, language: str, size: dict[str, int]
) -> None:
    sheet.insert_button(
        row,
        place,
        {
            **size,
            "macro": button.macro,
            "caption": say(f"button_{button.name}", language),
            "description": say(f"tip_{button.name}", language),
        },
    )
