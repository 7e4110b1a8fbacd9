"""Our sheets alone, as a workbook: what a workbook of the staff's lacks is taken from it."""

from __future__ import annotations

import datetime as dt
from collections.abc import Callable, Sequence
from dataclasses import replace
from pathlib import Path

import xlsxwriter

from xl_retention.books.fresh import Looks
from xl_retention.builder.small_sheets import SmallSheet
from xl_retention.builder.start import add_start_sheet
from xl_retention.builder.workbook import AFTER_TABLES, BEFORE_TABLES, add_small_sheet, describe
from xl_retention.sheets import (
    check_sheet,
    complaint_sheet,
    customer_sheet,
    daily_report_sheet,
    hand_over_sheet,
    journal_sheet,
    mailing_sheet,
    plan_sheet,
    relations_sheet,
    service_sheet,
    start_sheet,
    survey_sheet,
    yellow_card_sheet,
)
from xl_retention.sheets.calls import call_sheet
from xl_retention.sheets.classes import class_changes_sheet, segments_sheet
from xl_retention.sheets.kpis import kpi_report_sheet, kpi_sheet, rows_sheet

START, CALLS, SETTINGS, MAPPING = "start_sheet", "calls_sheet", "settings_sheet", "mapping_sheet"
KEYS = (START, *(key for key, _ in (*BEFORE_TABLES, *AFTER_TABLES)))
"""Keys in `wording` of the names of the sheets, in their order."""
GO_LIVE = "go_live_date"

IS_OURS: dict[str, Callable[[Sequence[Sequence[object]]], bool]] = {
    "start_sheet": start_sheet.is_ours,
    "calls_sheet": call_sheet.is_ours,
    "plan_sheet": plan_sheet.is_ours,
    "customer_sheet": customer_sheet.is_ours,
    "report_sheet": daily_report_sheet.is_ours,
    "complaints_sheet": complaint_sheet.is_ours,
    "yellow_sheet": yellow_card_sheet.is_ours,
    "hand_over_sheet": hand_over_sheet.is_ours,
    "checks_sheet": check_sheet.is_ours,
    "mailing_sheet": mailing_sheet.is_ours,
    "segments_sheet": segments_sheet.is_ours,
    "changes_sheet": class_changes_sheet.is_ours,
    "journal_sheet": journal_sheet.is_ours,
    "service_sheet": service_sheet.is_ours,
    "kpi_sheet": kpi_sheet.is_ours,
    "rows_sheet": rows_sheet.is_ours,
    "survey_sheet": survey_sheet.is_ours,
    "relations_sheet": relations_sheet.is_ours,
    "kpi_report_sheet": kpi_report_sheet.is_ours,
}
"""Whether the cells under the name of a sheet are ours; a sheet that is not here is known by its name alone."""


def code_name(number: int) -> str:
    """Name of one of our sheets in a VBA project that knows sheets of the staff's too."""
    return f"OwnSheet{number}"


def make_kit(
    path: Path,
    language: str,
    first_load: dt.date,
    *,
    buttons: bool,
    named: bool,
    date1904: bool,
    mapping: SmallSheet | None = None,
) -> None:
    """
    Writes the workbook; equal input gives equal bytes.

    Args:
        language: `en` or `zh`.
        first_load: Day from which contacts are asked for (DOM 0.3, go_live_date).
        buttons: Whether the sheets carry their buttons; without them there is no sheet Start.
        named: Whether the sheets have code names, for a VBA project that is made for them.
        date1904: Whether days count from 1904 in the workbook that the sheets are for.
        mapping: The sheet Mapping; None for the empty one.
    """
    with xlsxwriter.Workbook(path, {"in_memory": True, "date_1904": date1904}) as workbook:
        describe(workbook)
        looks = Looks(workbook)
        if buttons:
            add_start_sheet(workbook, looks, language, examples=False)
        for key, small_sheet in (*BEFORE_TABLES, *AFTER_TABLES):
            drawn = small_sheet(language)
            if key == SETTINGS:
                drawn = _with_first_load(drawn, first_load)
            elif key == MAPPING and mapping is not None:
                drawn = mapping
            add_small_sheet(workbook, looks, key, drawn, language, buttons=buttons)
        for number, sheet in enumerate(workbook.worksheets() if named else (), 1):
            sheet.set_vba_name(code_name(number))


def _with_first_load(settings: SmallSheet, day: dt.date) -> SmallSheet:
    """Settings in which the day of the first load is filled in."""
    rows = [[row[0], day.isoformat(), *row[2:]] if row and row[0] == GO_LIVE else row for row in settings.rows]
    return replace(settings, rows=rows)
