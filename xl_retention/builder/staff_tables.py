"""Draws the staff's sheets: an Excel table each, with drop-downs, formats, notes on its headings, and rows."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xlsxwriter import Workbook
from xlsxwriter.format import Format
from xlsxwriter.worksheet import Worksheet

from xl_retention.books.cell_xml import letters
from xl_retention.books.fresh import LAST_ROW, Looks, offer, print_on_a4, set_row_height
from xl_retention.books.sheet_xml import ROW_HEIGHT, quoted_sheet, row_height
from xl_retention.books.styles import DATE_FORMAT, DATETIME_FORMAT, TIME_FORMAT
from xl_retention.builder.examples import Row
from xl_retention.builder.heading_notes import heading_note
from xl_retention.builder.next_contact import next_contact_days, next_contact_formula
from xl_retention.builder.small_sheets import HEADING_ROW as RULES_HEADING_ROW
from xl_retention.builder.small_sheets import RULE_NAMES_PLACE
from xl_retention.domain.cadence import RULES
from xl_retention.domain.schema import Field, Kind
from xl_retention.sheets.staff_sheets import StaffSheet, dropdown, fields_of, heading, number_format, width
from xl_retention.sheets.wording import say, word

TABLE_STYLE = "Table Style Medium 2"
FROZEN_COLUMNS = 2
NEXT_CONTACT_WIDTH = 16.0
OURS = "#7F7F7F"
"""Behind the heading of a column that is not the staff's."""
NOTE_WIDTH, NOTE_LINE, NOTE_LETTERS = 300, 18, 42
"""A note's size in pixels, and how many letters fit into a line of it."""
NOTE_AUTHOR = "Retention"
LEFT: Mapping[str, object] = {"align": "left"}


@dataclass(frozen=True)
class _Page:
    """A sheet being drawn."""

    workbook: Workbook
    sheet: Worksheet
    looks: Looks
    language: str


def add_staff_sheet(
    workbook: Workbook, looks: Looks, staff_sheet: StaffSheet, rows: Sequence[Row], language: str
) -> None:
    """
    Draws one sheet of the staff's.

    Args:
        rows: A value by field; what a field does not say is blank.
    """
    page = _Page(workbook, workbook.add_worksheet(staff_sheet.name(language)), looks, language)
    fields = fields_of(staff_sheet, rows)
    columns: list[dict[str, object]] = []
    for place, field in enumerate(fields):
        shown = _plain(page, field)
        page.sheet.set_column(place, place, width(field, language), shown)
        columns.append({"header": heading(field, language), "format": shown, "header_format": looks.cell("heading")})
        _offer_words(page, place, field)
    if staff_sheet.entity.name == "vehicle":
        columns.append(_next_contact_column(page, [field.name for field in fields]))
    page.sheet.add_table(
        0, 0, max(1, len(rows)), len(columns) - 1,
        {"name": staff_sheet.table, "style": TABLE_STYLE, "columns": columns},
    )  # fmt: skip
    for place, field in enumerate(fields):
        _note(page, place, heading_note(staff_sheet.entity, field, language))
        for number, row in enumerate(rows, 1):
            if (value := row.get(field.name)) not in (None, ""):
                _write(page, number, place, field, value)
    if staff_sheet.entity.name == "vehicle":
        _write_next_contacts(page, [field.name for field in fields], rows)
        _note(page, len(fields), say("next_contact_note", language))
    set_row_height(page.sheet, row_height(str(column["header"]) for column in columns))
    _set_page(page)


def _offer_words(page: _Page, place: int, field: Field) -> None:
    if field.kind is Kind.CODES:
        names = letters(RULE_NAMES_PLACE)
        first, last = RULES_HEADING_ROW + 1, RULES_HEADING_ROW + len(RULES)
        sheet = quoted_sheet(say("rules_sheet", page.language))
        offer(page.sheet, 1, place, f"={sheet}!${names}${first}:${names}${last}")
    elif words := dropdown(field, page.language):
        offer(page.sheet, 1, place, words)


def _write(page: _Page, row: int, place: int, field: Field, value: object) -> None:
    """One cell of the staff's; a text stays a text, also one in a column of dates or numbers."""
    shown = _plain(page, field)
    if isinstance(value, bool):
        page.sheet.write_string(row, place, word("yes_no", "yes" if value else "no", page.language), shown)
    elif isinstance(value, (dt.date, dt.time)):
        page.sheet.write_datetime(row, place, value, page.looks.plain(_shows(field, value), **LEFT))
    elif isinstance(value, (int, float)):
        page.sheet.write_number(row, place, value, shown)
    else:
        page.sheet.write_string(row, place, str(value), shown)


def _plain(page: _Page, field: Field) -> Format:
    """The cells of a column; its days stand left, clear of the text in the next one."""
    return page.looks.plain(number_format(field), **(LEFT if field.kind in (Kind.DATE, Kind.TIME) else {}))


def _shows(field: Field, value: dt.date | dt.time) -> str:
    """The number format for a day or a clock in this column."""
    if isinstance(value, dt.time):
        return TIME_FORMAT
    if isinstance(value, dt.datetime) and value.time() != dt.time():
        return DATETIME_FORMAT
    return number_format(field) if field.kind is Kind.DATE else DATE_FORMAT


def _next_contact_column(page: _Page, fields: Sequence[str]) -> dict[str, object]:
    """Our own column behind those of the staff; a row that is added to the table gets its formula by itself."""
    shown = page.looks.plain(DATE_FORMAT, **LEFT)
    page.sheet.set_column(len(fields), len(fields), NEXT_CONTACT_WIDTH, shown)
    return {
        "header": say("next_contact", page.language),
        "formula": next_contact_formula(fields, 2),
        "format": shown,
        "header_format": page.looks.cell("heading", bg_color=OURS),
    }


def _write_next_contacts(page: _Page, fields: Sequence[str], rows: Sequence[Row]) -> None:
    shown = page.looks.plain(DATE_FORMAT, **LEFT)
    for number, day in enumerate(next_contact_days(rows) or [""], 1):
        page.sheet.write_formula(number, len(fields), next_contact_formula(fields, number + 1), shown, day)


def _note(page: _Page, place: int, text: str) -> None:
    chinese = page.language == "zh"
    lines = sum(1 + len(line) * (2 if chinese else 1) // NOTE_LETTERS for line in text.split("\n"))
    page.sheet.write_comment(
        0, place, text, {"width": NOTE_WIDTH, "height": NOTE_LINE * (lines + 1), "author": NOTE_AUTHOR}
    )


def _set_page(page: _Page) -> None:
    page.sheet.set_row(0, 2 * ROW_HEIGHT)
    page.sheet.freeze_panes(1, FROZEN_COLUMNS)
    page.sheet.repeat_rows(0)
    page.sheet.repeat_columns(0, FROZEN_COLUMNS - 1)
    page.sheet.ignore_errors({"number_stored_as_text": f"A2:XFD{LAST_ROW + 1}"})
    print_on_a4(page.sheet, landscape=True, footer=say("page", page.language), one_page_wide=False)
