"""The first KPIs, as formulas over the staff's tables: each with numerator and denominator beside it (DOM 5, V11)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
from xlsxwriter import Workbook
from xlsxwriter.worksheet import Worksheet

from xl_retention.books.fresh import Looks, print_on_a4, write
from xl_retention.books.layout import Look
from xl_retention.builder.examples import REFERENCE, Row
from xl_retention.domain import rates
from xl_retention.domain.cadence import RULES
from xl_retention.domain.contact_log import CONNECTED, REFUSED
from xl_retention.domain.dates import Period
from xl_retention.sheets.call_sheet import word
from xl_retention.sheets.staff_sheets import STAFF_SHEETS, heading
from xl_retention.sheets.wording import say

PERIOD = Period.containing(REFERENCE, "month")
FROM_CELL, TO_CELL = "$B$3", "$B$4"
HEADING_ROW = 6
HEADINGS = ("kpi_code", "kpi_name", "numerator", "denominator", "value", "counted")
WIDTHS = (12.0, 26.0, 12.0, 14.0, 12.0, 70.0)
_AFTER_REPAIR = "SVC-3D"
"""The rule whose calls the service follow-up rate counts (DOM K05)."""

_SHEETS = {sheet.entity.name: sheet for sheet in STAFF_SHEETS}


@dataclass(frozen=True)
class _Kpi:
    """A line: formulas of its three numbers, and what they give for the rows that the workbook is made with."""

    code: str
    numerator: str
    denominator: str
    value: str
    ratio: rates.Ratio


def add_kpi_sheet(workbook: Workbook, looks: Looks, rows: Mapping[str, Sequence[Row]], language: str) -> Worksheet:
    """
    Draws the sheet.

    Args:
        rows: By table the rows of the staff's sheets, for the values shown until the formulas are computed.
    """
    sheet = workbook.add_worksheet(say("kpi_sheet", language))
    for place, column_width in enumerate(WIDTHS):
        sheet.set_column(place, place, column_width)
    head: tuple[tuple[Look, list[object]], ...] = (
        ("title", [say("kpi_title", language)]),
        ("note", [say("kpi_note", language)]),
    )
    for index, (look, cells) in enumerate(head):
        write(sheet, index, 0, cells[0], looks, look)
    sheet.set_row(0, 24)
    for index, (key, day) in enumerate((("from_day", PERIOD.start), ("to_day", PERIOD.end)), 2):
        write(sheet, index, 0, say(key, language), looks, "text")
        write(sheet, index, 1, day, looks, "input_date")
    for place, key in enumerate(HEADINGS):
        write(sheet, HEADING_ROW - 1, place, say(key, language), looks, "heading")
    for index, kpi in enumerate(_kpis(rows, language), HEADING_ROW):
        write(sheet, index, 0, kpi.code, looks, "text")
        write(sheet, index, 1, say(f"kpi_{kpi.code}", language), looks, "text")
        shown = "" if kpi.ratio.value is None else kpi.ratio.value
        sheet.write_formula(index, 2, kpi.numerator, looks.cell("integer"), kpi.ratio.numerator if shown != "" else "")
        sheet.write_formula(index, 3, kpi.denominator, looks.cell("integer"), kpi.ratio.denominator)
        sheet.write_formula(index, 4, kpi.value, looks.cell("percent"), shown)
        write(sheet, index, 5, say(f"basis_{kpi.code}", language), looks, "wrapped")
        sheet.set_row(index, 30)
    sheet.hide_gridlines(2)
    print_on_a4(sheet, landscape=True, footer=say("page", language))
    return sheet


def _kpis(rows: Mapping[str, Sequence[Row]], language: str) -> list[_Kpi]:
    return [_return_rate(rows.get("service_visit", ()), HEADING_ROW + 1, language),
            _follow_up_rate(rows, HEADING_ROW + 2, language)]  # fmt: skip


def _column(entity: str, field: str, language: str) -> str:
    """A column of a staff's table as a formula names it."""
    sheet = _SHEETS[entity]
    return f"{sheet.table}[{heading(sheet.entity.field(field), language)}]"


def _in_period(column: str) -> str:
    """Criteria of COUNTIFS; a moment of the last day lies in the period, too."""
    return f'{column},">="&{FROM_CELL},{column},"<"&{TO_CELL}+1'


def _return_rate(visits: Sequence[Row], row: int, language: str) -> _Kpi:
    """K01 by repair orders and cars: the sheet of visits carries no customer number (DOM 2.5, 2.19)."""
    car, day, order = (_column("service_visit", name, language) for name in ("vin", "visit_date", "ro_no"))
    dated = ((each.get("vin"), _day(each.get("visit_date"))) for each in visits)
    known = [(str(vin), found) for vin, found in dated if vin and found]
    _, cars = np.unique([vin for vin, _ in known], return_inverse=True)
    return _Kpi(
        "K01",
        f'=IF(ISNUMBER(E{row}),ROUND(E{row}*D{row},0),"")',
        f'=COUNTIFS({_in_period(day)},{car},"<>")',
        f'=IFERROR(RETURN_RATE({car},{day},{FROM_CELL},{TO_CELL},"visits",{order}),"")',
        rates.return_rate(
            cars.reshape(-1), np.array([found for _, found in known], "datetime64[D]"), *_period(), "visits"
        ),
    )


def _follow_up_rate(rows: Mapping[str, Sequence[Row]], row: int, language: str) -> _Kpi:
    rule, result, day = (_column("contact_log", name, language) for name in ("rule_code", "result", "contact_at"))
    left = _column("service_visit", "checkout_date", language)
    names = next((each.code, each.english, each.chinese) for each in RULES if each.code == _AFTER_REPAIR)
    reached = [word("result", each, language) for each in (CONNECTED, REFUSED)]
    counted = "{" + ",".join(f'"{name}"' for name in names) + "}"
    calls = "+".join(
        f'SUMPRODUCT(COUNTIFS({rule},{counted},{result},"{each}",{_in_period(day)}))' for each in reached
    )
    contacts, visits = rows.get("contact_log", ()), rows.get("service_visit", ())
    made = sum(
        each.get("rule_code") in names and each.get("result") in reached and _inside(each.get("contact_at"))
        for each in contacts
    )
    due = sum(_inside(each.get("checkout_date")) for each in visits)
    return _Kpi(
        "K05",
        f"={calls}",
        f"=COUNTIFS({_in_period(left)})",
        f'=IFERROR(FOLLOW_UP_RATE(C{row},D{row}),"")',
        rates.Ratio(made, due),
    )


def _day(value: object) -> dt.date | None:
    return value.date() if isinstance(value, dt.datetime) else value if isinstance(value, dt.date) else None


def _inside(value: object) -> bool:
    day = _day(value)
    return day is not None and PERIOD.start <= day <= PERIOD.end


def _period() -> tuple[np.datetime64, np.datetime64]:
    return np.datetime64(PERIOD.start), np.datetime64(PERIOD.end)
