"""KPI report: a view per role or a form of the key figures, one at a time; the command `kpi-report` (DOM 6.4)."""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass

from xl_retention.actions.generate_calls import Progress
from xl_retention.actions.own_sheets import own_sheet
from xl_retention.actions.refresh_kpis import NEEDED
from xl_retention.books.book import Book
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.computed import Measured
from xl_retention.domain.kpis.counting import Counting
from xl_retention.domain.kpis.definitions import BY_CODE
from xl_retention.domain.kpis.selection import Selection
from xl_retention.domain.losses import losses
from xl_retention.domain.store import Store
from xl_retention.errors import WrongRequest
from xl_retention.sheets.kpis import kpi_report_sheet
from xl_retention.sheets.kpis.kpi_choices import months_offered
from xl_retention.sheets.kpis.kpi_report_sheet import Line, Listed
from xl_retention.sheets.kpis.kpi_switches import Switches
from xl_retention.sheets.kpis.kpi_views import REPORTS, Report, Rows
from xl_retention.sheets.reading.reader import read_store
from xl_retention.sheets.wording import say

LOSS_FIELDS = ("cancel_date", "cancel_reason")
"""Of prospects, besides those of the key figures."""


@dataclass(frozen=True)
class KpiReport:
    """
    What the action found.

    Args:
        report: Which.
        period: The month, or the quarter that it is about.
        cells: As the sheet shows it.
        sheet: Name of the sheet in this workbook.
    """

    report: Report
    period: Period
    cells: list[list[object]]
    language: str
    sheet: str


def report_kpis(
    book: Book,
    as_of: dt.date,
    report: str | None = None,
    month: Period | None = None,
    *,
    write: bool = True,
    progress: Progress,
) -> KpiReport:
    """
    Lays out a report and shows it on the sheet KPI Report.

    Args:
        report: Its number, key or name; None for what is typed on the sheet.
        month: None for the one typed on the sheet, else that of *as_of*.
        write: False leaves the book as it is.

    Raises:
        StoreNotUnderstood: The sheets do not say enough.
        BookRefused: The book cannot be read, or the staff keep a sheet of their own under the name of ours.
        WrongRequest: There is no such report, or what is typed is no month.
    """
    progress("reading")
    store = read_store(book, {**NEEDED, "prospect": (*NEEDED["prospect"], *LOSS_FIELDS)})
    language = store.language
    sheet = own_sheet(book, "kpi_report_sheet", language, kpi_report_sheet.is_ours)
    there = sheet in book.sheet_names()
    typed, typed_month = kpi_report_sheet.typed(book.head(sheet).rows()) if there else ("", "")
    wanted = kpi_report_sheet.wanted_report(report if report is not None else typed)
    if wanted is None:
        known = ", ".join(f"{number} {each.key}" for number, each in enumerate(REPORTS, 1))
        asked = report if report is not None else typed
        raise WrongRequest(f"'{asked}' is not the number or name of a report; those are {known}.")
    period = month or Switches(typed_month).period or Period.containing(as_of, "month")
    if wanted.quarter:
        period = Period.containing(period.start, "quarter")
    progress("computing")
    rows_of = {Rows.FIGURES: _list, Rows.LOSSES: _losses}.get(wanted.rows, _form)
    headings, rows, looks = rows_of(store, as_of, wanted, period, language)
    cells = [
        *kpi_report_sheet.head(
            kpi_report_sheet.title_of(wanted, period, language),
            kpi_report_sheet.note_of(wanted, period, as_of, language),
            typed,
            typed_month,
            headings,
            language,
        ),
        *([*row, *[None] * (kpi_report_sheet.WIDTH - len(row))] for row in rows),
    ]
    if write:
        progress("writing")
        shown = kpi_report_sheet.with_choices(cells, months_offered(as_of), language)
        book.write(sheet, shown, kpi_report_sheet.layout(language, looks))
    return KpiReport(wanted, period, cells, language, sheet)


def _keyed(figures: tuple[Measured, ...]) -> dict[tuple[str, str], Measured]:
    return {(figure.kpi.code, figure.group): figure for figure in figures}


def _list(
    store: Store, as_of: dt.date, report: Report, period: Period, language: str
) -> tuple[list[object], kpi_report_sheet.Cells, kpi_report_sheet.Looks]:
    before, year_before = period.shift(-1), period.shift(-4 if report.quarter else -12)
    kpis = [BY_CODE[code] for code in report.wanted]
    table = Counting(store, as_of).table((period, before, year_before), kpis)
    earlier, last_year = _keyed(table[before]), _keyed(table[year_before])
    listed = [
        Listed(figure, earlier.get((figure.kpi.code, figure.group)), last_year.get((figure.kpi.code, figure.group)))
        for figure in table[period]
    ]
    return kpi_report_sheet.list_rows(listed, language)


def _form(
    store: Store, as_of: dt.date, report: Report, period: Period, language: str
) -> tuple[list[object], kpi_report_sheet.Cells, kpi_report_sheet.Looks]:
    kpis = [BY_CODE[code] for code in report.wanted]
    weeks = [week for week in _weeks(period) if week.start <= as_of]
    table = Counting(store, as_of).table((period, *weeks), kpis)
    if report.rows is Rows.RANKING:
        return kpi_report_sheet.form_rows(report, _ranked(table[period]), language)
    lines = []
    for name in _people(store, report.owner):
        own = _keyed(Counting(store, as_of, Selection(staff=name)).figures(period, kpis))
        line = Line(name, own)
        if any(kpi_report_sheet.part_of(line, column) for column in report.columns):
            lines.append(line)
    lines.append(Line(say("whole_month", language, label=period.label), _keyed(table[period])))
    lines += [Line(say("whole_week", language, label=week.label), _keyed(table[week])) for week in weeks]
    return kpi_report_sheet.form_rows(report, lines, language)


def _losses(
    store: Store, as_of: dt.date, report: Report, period: Period, language: str
) -> tuple[list[object], kpi_report_sheet.Cells, kpi_report_sheet.Looks]:
    return kpi_report_sheet.loss_rows(losses(store, period, as_of), language)


def _weeks(period: Period) -> list[Period]:
    """The weeks in which a period has days."""
    weeks = [Period.containing(period.start, "week")]
    while weeks[-1].end < period.end:
        weeks.append(weeks[-1].shift(1))
    return weeks


def _people(store: Store, owner: str) -> list[str]:
    return sorted(set(store.customers.texts(owner).tolist()) - {""}) if owner else []


def _ranked(figures: tuple[Measured, ...]) -> list[Line]:
    """People by their points, then by the records that they collected; nobody who has neither."""
    keyed = _keyed(figures)
    people = sorted({figure.group for figure in figures if figure.group})

    def order(name: str) -> tuple[float, float]:
        points, records = keyed.get(("K43", name)), keyed.get(("K44", name))
        return (-(points.value or 0) if points else 0.0, -(records.value or 0) if records else 0.0)

    return [Line(name, keyed) for name in sorted(people, key=order)]
