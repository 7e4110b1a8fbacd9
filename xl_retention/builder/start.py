"""Draws the sheet Start, and the buttons on it and on the sheets they belong to."""

from __future__ import annotations

from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_retention.books.fresh import LINE_HEIGHT, Looks, print_on_a4, write
from xl_retention.books.layout import Look
from xl_retention.books.sheet_xml import row_heights
from xl_retention.sheets import start_sheet
from xl_retention.sheets.push_buttons import BUTTONS, PushButton
from xl_retention.sheets.wording import say

VALUE_LOOKS: tuple[Look, ...] = ("date", "datetime", "integer", "text")
"""Looks of the rows whose second column is filled by a run."""
BUTTON_ROW_HEIGHT = 33.0
"""Points."""
ON_START = {"width": 200, "height": 36, "x_offset": 8, "y_offset": 4}
ON_SHEET = {"width": 190, "height": 24, "x_offset": 10, "y_offset": 3}
"""Pixels; low enough for the row of the title."""
GAP = 10
FIRST_COLUMN = {"calls_sheet": 6, "checks_sheet": 3}
"""Column (from 0) above which the buttons of a sheet begin: to the right of its title."""
LINE, TITLE_LINE = 18.0, 26.0
"""Points; Chinese signs need more than the usual row."""


def add_start_sheet(workbook: Workbook, looks: Looks, language: str) -> Worksheet:
    """Draws the sheet before the first run."""
    sheet = workbook.add_worksheet(say("start_sheet", language))
    layout = start_sheet.layout(language)
    rows = start_sheet.lay_out(start_sheet.Status(), language)
    row_looks = start_sheet.row_looks(language)
    heights = row_heights(rows, layout, LINE_HEIGHT, {})
    for place, width in enumerate(start_sheet.WIDTHS):
        sheet.set_column(place, place, width)
    for index, (look, row) in enumerate(zip(row_looks, rows, strict=True)):
        for place, value in enumerate(row):
            is_value = look in VALUE_LOOKS
            _write(sheet, index, place, value, looks, "wrapped" if is_value and place != 1 else look)
        estimated = heights.get(index + 1) if look == "wrapped" else None
        sheet.set_row(index, float(estimated.split('"')[1]) if estimated else LINE)
    sheet.set_row(0, TITLE_LINE)
    for number, button in enumerate(BUTTONS):
        index = start_sheet.BUTTON_ROW - 1 + number
        sheet.set_row(index, BUTTON_ROW_HEIGHT)
        _insert(sheet, index, 0, button, language, ON_START)
    for colour in layout.row_colours:
        criteria = {"type": "formula", "criteria": f"={colour.formula}", "format": looks.mood(colour.mood)}
        sheet.conditional_format(0, 0, len(rows) - 1, len(start_sheet.WIDTHS) - 1, criteria)
    sheet.set_tab_color(f"#{layout.tab_colour}")
    sheet.hide_gridlines(2)
    print_on_a4(sheet, landscape=True, footer=layout.footer)
    return sheet


def _write(sheet: Worksheet, index: int, place: int, value: object, looks: Looks, look: Look) -> None:
    """A cell of Start; numbers stand beside their words, and a tip in the middle of its button."""
    if look in VALUE_LOOKS:
        sheet.write_blank(index, place, None, looks.cell(look, align="left", valign="vcenter", indent=0))
    elif look == "wrapped" and isinstance(value, str):
        sheet.write_string(index, place, value, looks.cell(look, valign="vcenter"))
    else:
        write(sheet, index, place, value, looks, look)


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
