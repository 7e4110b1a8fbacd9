"""The sheet KPI Report: one view or form at a time, to be printed on A4 (DOM 6.4)."""

from __future__ import annotations

import datetime as dt
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from xl_retention.books.layout import ColumnLayout, Look, RowColour, SheetLayout
from xl_retention.domain.dates import Period
from xl_retention.domain.kpis.computed import Measured
from xl_retention.domain.kpis.definitions import BY_CODE
from xl_retention.domain.losses import VIEWS, Losses
from xl_retention.sheets.kpis.kpi_choices import Choices
from xl_retention.sheets.kpis.kpi_groups import group_word
from xl_retention.sheets.kpis.kpi_sheet import MOODS, value_look
from xl_retention.sheets.kpis.kpi_views import REPORTS, Column, Part, Report, Rows, report_of
from xl_retention.sheets.kpis.kpi_words import status_word
from xl_retention.sheets.small_tables import as_text, cell_at, is_blank
from xl_retention.sheets.wording import both, say

REPORT_ROW, MONTH_ROW, HEADING_ROW = 4, 5, 7
"""From 1; the yellow cells stand in column B."""
WIDTH = 12
OFFERED = Choices(("report_view", "kpi_month"), HEADING_ROW, WIDTH + 1)
LIST = ("kpi_code", "kpi_target", "value", "kpi_status", "numerator", "denominator", "period_before", "a_year_before")
"""Headings of a list of key figures after that of the names."""

LOSS_COLUMNS = ("lost", "cancelled", "share_of_lost")
HANDED_IN = (6, 8)
"""Days of the month after a quarter by which a store reports, and the group sums up (DOM 6.4)."""

Cells = list[list[object]]
Looks = dict[tuple[int, int], Look | None]


@dataclass(frozen=True)
class Line:
    """A row of a form: what it is about, and its key figures by code and group."""

    name: str
    figures: Mapping[tuple[str, str], Measured]


@dataclass(frozen=True)
class Listed:
    """A row of a list: the figure of the period, of the one before, and of a year before."""

    now: Measured
    before: Measured | None
    year_before: Measured | None


def names(report: Report) -> tuple[str, ...]:
    """Names of a report in both languages."""
    return both(f"view_{report.key}")


def typed(cells: Sequence[Sequence[object]]) -> tuple[str, object]:
    """What stands in the yellow cells: report and month; "" for a blank one."""
    month = cell_at(cells, MONTH_ROW, 1)
    return as_text(cell_at(cells, REPORT_ROW, 1)), "" if month is None else month


def wanted_report(text: str) -> Report | None:
    """The report that is meant by its number, key or name."""
    return report_of(text, [names(report) for report in REPORTS])


def is_ours(cells: Sequence[Sequence[object]]) -> bool:
    """Whether a sheet under our name is one of ours (or blank), and not one that the staff keep."""
    return is_blank(cells) or is_report(cells)


def is_report(cells: Sequence[Sequence[object]]) -> bool:
    """Whether the cells are those of the sheet, filled or not."""
    return cell_at(cells, REPORT_ROW) in both("report_view") and cell_at(cells, MONTH_ROW) in both("kpi_month")


def layout(language: str, looks: Looks | None = None) -> SheetLayout:
    """Looks of the sheet; *looks* are those of the cells of one report."""
    status = f"$E{HEADING_ROW + 1}"
    yellow: Looks = {}
    for row in (REPORT_ROW, MONTH_ROW):
        yellow |= {(row - 1, 0): "input_heading", (row - 1, 1): "input", (row - 1, 2): "note"}
    return SheetLayout(
        (ColumnLayout(40, "text"), *(ColumnLayout(12.5, "text") for _ in range(WIDTH - 1)), *OFFERED.columns),
        heading_row=HEADING_ROW,
        title_looks=("title", "note", "note"),
        row_colours=tuple(RowColour(f'{status}="{status_word(each, language)}"', mood) for each, mood in MOODS.items()),
        coloured=(4,),
        filter=False,
        tab_colour="548235",
        footer=say("page", language),
        printed_columns=WIDTH,
        looks={**yellow, **(looks or {}), **OFFERED.looks},
        drop_downs=OFFERED.drop_downs(REPORT_ROW, 1),
    )


def empty(language: str) -> Cells:
    """The sheet before the first report."""
    rows = head(say("kpi_report_sheet", language), "", "", "", [say("kpi_name", language)], language)
    return with_choices(rows, [], language)


def with_choices(cells: Cells, months: Sequence[str], language: str) -> Cells:
    """The cells with what report and month are chosen from beside them."""
    views = [say(f"view_{report.key}", language) for report in REPORTS]
    return OFFERED.beside(cells, [views, months], language)


def head(title: str, note: str, report: object, month: object, headings: Sequence[object], language: str) -> Cells:
    """The rows down to the headings."""
    offered = [f"{number} {say(f'view_{each.key}', language)}" for number, each in enumerate(REPORTS, 1)]
    half = (len(offered) + 1) // 2
    return [
        [title],
        [note or None],
        [None],
        [say("report_view", language), report or None, "　".join(offered[:half])],
        [say("kpi_month", language), month or None, "　".join(offered[half:])],
        [None],
        [*headings, *[None] * (WIDTH - len(headings))],
    ]


def title_of(report: Report, period: Period, language: str) -> str:
    """Title of a report."""
    return f"{say(f'view_{report.key}', language)}　{period.label}"


def note_of(report: Report, period: Period, as_of: dt.date, language: str) -> str:
    """The day of counting; for the report of a quarter the days by which it is to be handed in."""
    note = say("report_as_of", language, day=as_of.isoformat())
    if report.quarter:
        store, group = (period.end + dt.timedelta(days=day) for day in HANDED_IN)
        note += say("report_dates", language, store=store.isoformat(), group=group.isoformat())
    return note


def list_rows(figures: Sequence[Listed], language: str) -> tuple[list[object], Cells, Looks]:
    """Headings, rows and looks of a list of key figures."""
    rows: Cells = []
    looks: Looks = {}
    for row, listed in enumerate(figures, HEADING_ROW):
        figure = listed.now
        name = figure.kpi.name(language)
        if figure.group:
            name += f": {group_word(figure.kpi.code, figure.group, language)}"
        rows.append([
            name, figure.kpi.code, figure.target, figure.value, status_word(figure.status, language),
            figure.numerator, figure.denominator, listed.before.value if listed.before else None,
            listed.year_before.value if listed.year_before else None,
        ])  # fmt: skip
        value = value_look(figure.kpi)
        looks |= {(row, place): value for place in (2, 3, 7, 8)} | {(row, place): "integer" for place in (5, 6)}
    return [say("kpi_name", language), *(say(key, language) for key in LIST)], rows, looks


def form_rows(report: Report, lines: Sequence[Line], language: str) -> tuple[list[object], Cells, Looks]:
    """Headings, rows and looks of a form."""
    ranked = report.rows is Rows.RANKING
    headings = [say("person" if report.rows is not Rows.PERIODS else "period", language)]
    headings += [say("rank", language)] * ranked + [say(f"form_{each.heading}", language) for each in report.columns]
    first = 1 + ranked
    rows: Cells = []
    looks: Looks = {}
    for row, line in enumerate(lines, HEADING_ROW):
        numbers = [part_of(line, column, line.name if ranked else "") for column in report.columns]
        rows.append([line.name, *[row - HEADING_ROW + 1] * ranked, *numbers])
        looks |= {(row, 1): "integer"} if ranked else {}
        for place, column in enumerate(report.columns, first):
            looks[row, place] = value_look(BY_CODE[column.code]) if column.part is Part.VALUE else "integer"
    return list(headings), rows, looks


def loss_rows(found: Sequence[Losses], language: str) -> tuple[list[object], Cells, Looks]:
    """Headings, rows and looks of the analysis of losses; a heading within the rows says what is counted."""
    rows: Cells = []
    looks: Looks = {}
    for view in VIEWS:
        looks |= {(HEADING_ROW + len(rows), place): "section" for place in range(4)}
        rows.append([say(f"losses_by_{view}", language), None, None, None])
        for each in (each for each in found if each.view == view):
            row = HEADING_ROW + len(rows)
            looks |= {(row, 1): "integer", (row, 2): "integer", (row, 3): "percent"}
            rows.append([each.name or say("not_entered", language), each.lost, each.cancelled, each.share])
    return [say("losses_of", language), *(say(f"form_{key}", language) for key in LOSS_COLUMNS)], rows, looks


def part_of(line: Line, column: Column, group: str = "") -> float | None:
    """The number of a column in a line; None where there is none."""
    figure = line.figures.get((column.code, group))
    if figure is None:
        return None
    return {Part.VALUE: figure.value, Part.ABOVE: figure.numerator, Part.BELOW: figure.denominator}[column.part]
