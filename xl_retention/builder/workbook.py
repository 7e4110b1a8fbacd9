"""Makes a new retention workbook: our sheets, the staff's tables, buttons, macros and the ribbon."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from io import BytesIO
from pathlib import Path

import xlsxwriter

from xl_retention import __version__
from xl_retention.books.fresh import CREATED, Looks, add_sheet
from xl_retention.builder import small_sheets
from xl_retention.builder.examples import Row, examples
from xl_retention.builder.package import write_package
from xl_retention.builder.ribbon import ribbon
from xl_retention.builder.small_sheets import SmallSheet
from xl_retention.builder.staff_tables import add_staff_sheet
from xl_retention.builder.start import add_buttons, add_start_sheet
from xl_retention.builder.vba import CODE_NAME, sheet_code_name, vba_project
from xl_retention.domain.schema import ENTITIES
from xl_retention.setting_up.opened_book import MADE_BY
from xl_retention.sheets.staff_sheets import STAFF_SHEETS, further_sheet

BEFORE_TABLES: tuple[tuple[str, Callable[[str], SmallSheet]], ...] = (
    ("calls_sheet", small_sheets.todays_calls),
    ("plan_sheet", small_sheets.month_plan),
    ("service_sheet", small_sheets.services_due),
    ("survey_sheet", small_sheets.survey_results),
    ("customer_sheet", small_sheets.customer_view),
    ("report_sheet", small_sheets.daily_report),
    ("relations_sheet", small_sheets.relationships),
    ("complaints_sheet", small_sheets.complaint_clocks),
    ("yellow_sheet", small_sheets.yellow_cards),
    ("hand_over_sheet", small_sheets.hand_over_form),
    ("kpi_sheet", small_sheets.key_figures),
    ("kpi_report_sheet", small_sheets.kpi_report),
)
AFTER_TABLES: tuple[tuple[str, Callable[[str], SmallSheet]], ...] = (
    ("rules_sheet", small_sheets.rules),
    ("outcomes_sheet", small_sheets.outcomes),
    ("templates_sheet", small_sheets.survey_questions),
    ("silence_sheet", small_sheets.do_not_contact),
    ("settings_sheet", small_sheets.settings),
    ("mapping_sheet", small_sheets.mapping),
    ("holidays_sheet", small_sheets.holidays),
    ("staff_days_sheet", small_sheets.staff_days),
    ("capacity_sheet", small_sheets.capacity),
    ("checks_sheet", small_sheets.data_checks),
    ("mailing_sheet", small_sheets.mailing_list),
    ("segments_sheet", small_sheets.segments),
    ("changes_sheet", small_sheets.class_changes),
    ("journal_sheet", small_sheets.journal),
)


CALCULATED_BY = 191029
"""Calculation engine of Excel since 2019: what an older one computed Excel computes anew on opening."""


def build(path: str | Path, language: str, staff_rows: Mapping[str, Sequence[Row]] | None = None) -> None:
    """
    Writes the workbook; equal input gives equal bytes.

    Args:
        language: `en` or `zh`.
        staff_rows: By table the rows of the staff's sheets, a value by field; None gives the example rows. A
            table or field that a new workbook does not have by itself gets its sheet or column.
    """
    rows = examples(language) if staff_rows is None else staff_rows
    made = BytesIO()
    workbook = xlsxwriter.Workbook(made, {"in_memory": True})
    describe(workbook)
    _keep_values(workbook)
    looks = Looks(workbook)
    add_start_sheet(workbook, looks, language, examples=staff_rows is None)
    for key, small_sheet in BEFORE_TABLES:
        add_small_sheet(workbook, looks, key, small_sheet(language), language)
    for sheet in STAFF_SHEETS:
        add_staff_sheet(workbook, looks, sheet, rows.get(sheet.entity.name, ()), language)
    there = {sheet.entity.name for sheet in STAFF_SHEETS}
    for name in (name for name in ENTITIES if name in rows and name not in there):
        add_staff_sheet(workbook, looks, further_sheet(ENTITIES[name], rows[name]), rows[name], language)
    for key, small_sheet in AFTER_TABLES:
        add_small_sheet(workbook, looks, key, small_sheet(language), language)
    give_macros(workbook)
    workbook.close()
    write_package(made, path, ribbon(language))


def add_small_sheet(
    workbook: xlsxwriter.Workbook, looks: Looks, key: str, drawn: SmallSheet, language: str, *, buttons: bool = True
) -> None:
    """
    Draws one sheet of ours.

    Args:
        key: Of its name in `wording`.
        buttons: Whether it gets the buttons that belong to it.
    """
    sheet = add_sheet(workbook, drawn.name, drawn.rows, drawn.layout, looks=looks)
    if buttons:
        add_buttons(sheet, key, language)


def describe(workbook: xlsxwriter.Workbook) -> None:
    """Writes title, date and the version of the package that made it, by which an old workbook is known."""
    workbook.set_properties({"created": CREATED, "title": "Retention"})
    workbook.set_custom_property(MADE_BY, __version__)


def _keep_values(workbook: xlsxwriter.Workbook) -> None:
    """Lets Excel show the values of the build: computed anew where macros are blocked, they would be gone."""
    workbook.set_calc_mode("auto", CALCULATED_BY)
    workbook.calc_on_load = False


def give_macros(workbook: xlsxwriter.Workbook) -> None:
    """The project knows the workbook and each sheet by its code name."""
    sheets = workbook.worksheets()
    workbook.add_vba_project(BytesIO(vba_project(len(sheets))), is_stream=True)
    workbook.set_vba_name(CODE_NAME)
    for number, sheet in enumerate(sheets, 1):
        sheet.set_vba_name(sheet_code_name(number))
